"""The type of a kind of resolution: whose matter it is, its title and verb, its dossier, the questions of verification.

Each statement of law stands in a rule that is linked to; what is ours is short and says what to do.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from knowledge.records.fields import ItemText, Links, LinksTo, Slug, Strict, Summary, Text, _id
from knowledge.records.model import Record

TIMES_OF_KINDS: dict[str, str] = {
    "cuoi-nam": "Thường có ở kỳ họp cuối năm",
    "khi-co-viec": "Khi có việc",
}
"""When a kind of resolution comes, and what people call that; in the order of the lists."""

OWNERS: dict[str, str] = {
    "hdnd": "HĐND quyết định",
    "tuy": "Tùy trường hợp",
    "y-kien": "HĐND cho ý kiến, cấp trên quyết định",
    "khac": "Thường do cơ quan khác quyết định",
}
"""Whether a matter is the council's."""

NORMATIVE: dict[str, str] = {
    "ca-biet": "Cá biệt",
    "quy-pham": "Quy phạm pháp luật",
    "tuy": "Tùy nội dung",
}
"""Whether a resolution of a kind is normative."""

SECTIONS: dict[str, tuple[str, str]] = {
    "whose": ("Việc này của ai?", "cua-ai"),
    "titles": ("Tên nghị quyết", "ten"),
    "questions": ("Câu hỏi thẩm tra", "cau-hoi"),
    "dossier": ("Hồ sơ", "ho-so"),
    "deadlines": ("Thời hạn", "thoi-han"),
    "grounds": ("Căn cứ, hiệu lực", "can-cu"),
    "forms": ("Biểu mẫu, phiếu rà soát, bài luyện", "bieu-mau"),
    "unsure": ("Biết chắc đến đâu", "chac-den-dau"),
}
"""The sections of a kind's page in order: what they show → title, place."""

FEWEST_QUESTIONS, MOST_QUESTIONS = 6, 10
"""So many fit on one page, with room to write."""


class Otherwise(Strict):
    """Who decides a matter that looks like this kind and is not the council's."""

    who: Text = Field(description="Ai quyết định, ví dụ UBND xã, phường")
    what: ItemText = Field(description="Việc gì, trong trường hợp nào; tối đa 25 chữ")
    rules: Annotated[Links, LinksTo("rules")] = Field(
        default_factory=list, description="Căn cứ; không có thì câu mang nhãn gợi ý biên soạn"
    )


class WrongTitle(Strict):
    """A title as it goes wrong, made up."""

    text: Text = Field(description="Tên dễ sai, ví dụ minh họa")
    why: ItemText = Field(description="Sai ở đâu, viết lại thế nào; tối đa 25 chữ")
    prevents: Annotated[Links, LinksTo("parts", "findings")] = Field(
        default_factory=list, description="Hạn chế, ví dụ [HC2a]"
    )


class DossierPaper(Strict):
    """One paper of the dossier."""

    paper: Text = Field(description="Tên tài liệu")
    maker: Text = Field(description="Ai làm")
    forms: Annotated[Links, LinksTo("templates")] = Field(default_factory=list, description="Biểu mẫu, nếu có")
    rules: Annotated[Links, LinksTo("rules")] = Field(
        default_factory=list, description="Căn cứ đòi tài liệu này; không có thì là gợi ý biên soạn"
    )


class UsualGround(Strict):
    """A text that a resolution of this kind usually rests on."""

    instrument: Annotated[str | None, LinksTo("instruments")] = Field(
        None, description="Mã văn bản, ví dụ luat-72-2025"
    )
    text: Text | None = Field(None, description="Văn bản chưa có trong sổ tay, hoặc của địa phương")
    note: ItemText | None = Field(None, description="Điều cần dẫn, hoặc vì sao không dẫn nữa")
    ended: bool = Field(False, description="true nếu đã hết hiệu lực: tệp cũ hay còn, đừng dẫn")


class Question(Strict):
    """What verification asks of a draft of this kind, and in which paper the answer must stand."""

    id: Slug = Field(description="Mã câu hỏi trong loại này. Không đổi")
    text: ItemText = Field(description="Câu hỏi, tối đa 25 chữ, trả lời được bằng có, chưa")
    where: Text = Field(description="Câu trả lời phải đứng ở đâu: tài liệu, chỗ")
    prevents: Annotated[Links, LinksTo("parts", "findings")] = Field(
        default_factory=list, description="Hạn chế được ngăn, ví dụ [HC3b]"
    )
    rules: Annotated[Links, LinksTo("rules")] = Field(default_factory=list, description="Căn cứ")


class ResolutionKind(Record):
    """A kind of resolution that a council of a commune or ward adopts."""

    id: str = _id(r"^LN([0-9]{2}|[1-9][0-9]{2})$", "LN01")
    summary: Summary = Field(description="Một, hai câu: điều phải biết trước tiên")
    time: Literal["cuoi-nam", "khi-co-viec"] = Field(description="cuoi-nam: kỳ họp cuối năm; khi-co-viec")
    owner: Literal["hdnd", "tuy", "y-kien", "khac"] = Field(
        description="hdnd; tuy: tùy trường hợp; y-kien: chỉ cho ý kiến; khac: thường cơ quan khác"
    )
    whose: list[ItemText] = Field(min_length=1, description="Khi nào là việc của HĐND; mỗi câu tối đa 25 chữ")
    rules: Annotated[Links, LinksTo("rules")] = Field(min_length=1, description="Căn cứ giao việc này cho HĐND")
    otherwise: list[Otherwise] = Field(default_factory=list, description="Việc giống thế mà cơ quan khác quyết định")
    normative: Literal["ca-biet", "quy-pham", "tuy"] = Field(description="ca-biet, quy-pham hoặc tuy")
    normative_why: ItemText = Field(description="Vì sao xếp như vậy; tối đa 25 chữ")
    verb: Text = Field(description="Động từ của nghị quyết: quyết định, phê chuẩn, thông qua, ban hành, bầu…")
    titles: list[Text] = Field(min_length=1, description="Tên đúng, chỗ thay đổi trong « »")
    words: list[Text] = Field(
        min_length=1,
        description="Cụm từ trong tên để máy nhận ra loại này, ví dụ phân bổ dự toán; dấu … thay chữ bất kỳ ở giữa",
    )
    wrong_titles: list[WrongTitle] = Field(min_length=1, description="Tên dễ sai")
    drafts: Text = Field(description="Ai soạn")
    submits: Text = Field(description="Ai trình")
    verifies: Text = Field(description="Ban nào thẩm tra")
    signs: Text = Field("Chủ tịch HĐND ký chứng thực", description="Ai ký")
    who_rules: Annotated[Links, LinksTo("rules")] = Field(
        default_factory=list, description="Căn cứ về người trình, thẩm tra, ký"
    )
    dossier: list[DossierPaper] = Field(min_length=2, description="Hồ sơ, từng tài liệu")
    deadlines: Annotated[Links, LinksTo("deadlines")] = Field(
        default_factory=list, description="Thời hạn, ví dụ [han-phe-chuan-quyet-toan]"
    )
    grounds: list[UsualGround] = Field(min_length=1, description="Căn cứ thường có, căn cứ đã hết hiệu lực")
    effect: list[ItemText] = Field(min_length=1, description="Hiệu lực, phạm vi, đối tượng; mỗi câu tối đa 25 chữ")
    questions: list[Question] = Field(
        min_length=FEWEST_QUESTIONS, max_length=MOST_QUESTIONS, description="6 đến 10 câu hỏi thẩm tra"
    )
    forms: Annotated[Links, LinksTo("templates")] = Field(default_factory=list, description="Biểu mẫu nghị quyết")
    no_form: ItemText | None = Field(None, description="Vì sao chưa có biểu mẫu, dùng gì thay; khi forms để trống")
    sheets: Annotated[Links, LinksTo("checklists")] = Field(min_length=1, description="Phiếu rà soát")
    exercises: Annotated[Links, LinksTo("exercises")] = Field(default_factory=list, description="Bài luyện")
    unsure: list[ItemText] = Field(min_length=1, description="Điều chưa chắc, ai trả lời được; mỗi câu tối đa 25 chữ")
