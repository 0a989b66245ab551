"""Record types of the knowledge base. Closed types: an unknown field is an error.

Field names are English, values Vietnamese; the descriptions are in Vietnamese because editors read
them as completion hints and as remedies. Dates are ISO text in the files. Links are lists of IDs,
declared once, on the more specific side; back-links are computed (``links.py``).
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    Field,
    model_validator,
)

from knowledge.records.fields import (
    ANY_PAGE,
    ANYTHING,
    TITLE_LETTERS,
    Colour,
    Day,
    ExerciseText,
    ItemText,
    Links,
    LinksTo,
    Locator,
    LooseDay,
    RuleId,
    Slug,
    Strict,
    Summary,
    Text,
    Title,
    Url,
    _id,
    fault,
)
from knowledge.records.trials import Trials

ALWAYS = "Thường xuyên"
"""What a checklist writes under ``stages`` when it belongs to no one stage."""


class Record(Strict):
    """A top-level record; every one has an ID and a title."""

    id: str
    title: Title = Field(description=f"Tên hiển thị, tối đa {TITLE_LETTERS} ký tự. Đổi được bất cứ lúc nào")
    draft: bool = Field(
        False,
        exclude=True,
        description="true khi chưa viết xong: lỗi là cảnh báo, chỉ hiện khi make serve; xong thì xóa dòng này",
    )


class Quote(Strict):
    """Words of a source, verbatim at their locator (white space folded)."""

    source: Annotated[str, LinksTo("sources")] = Field(
        pattern=r"^(TB[0-9]+|[a-z0-9]+(-[a-z0-9]+)*)$", description="Mã nguồn, ví dụ TB1"
    )
    locator: Locator = Field(description="Vị trí trong nguồn, ví dụ 2.1, fn1.b, 3.3")
    text: Text = Field(description="Trích nguyên văn, kể cả chữ in sai trong nguồn")


class Paragraph(Strict):
    """One paragraph of a source.

    ``frame``: it only introduces what follows, so no record has to quote it. ``deferred``: its
    lesson is not a record yet; the coverage check lists it instead of failing.
    """

    locator: Locator = Field(description="Vị trí, ví dụ 2.1 (mục 2, đoạn 1), fn1.b (chú thích 1, ý b)")
    text: Text = Field(description="Nguyên văn của đoạn")
    frame: bool = Field(False, description="true nếu đoạn chỉ dẫn vào ý sau, không cần trích")
    deferred: bool = Field(False, description="true nếu đoạn chưa có bản ghi nào trích")


class Heading(Strict):
    """A heading of a source, shown before the paragraph at ``before``."""

    before: Locator = Field(description="Vị trí của đoạn đứng ngay sau tiêu đề")
    text: Text = Field(description="Nguyên văn tiêu đề")


SourceKind = Literal["thong-bao", "ket-luan", "bao-cao", "tin", "bao-chi", "quy-che", "cau-hoi"]
"""What a source is; what people call each stands in ``SOURCE_KINDS``."""
SOURCE_KINDS: dict[str, str] = {
    "thong-bao": "Thông báo", "ket-luan": "Kết luận", "bao-cao": "Báo cáo", "tin": "Tin của cơ quan nhà nước",
    "bao-chi": "Báo chí", "quy-che": "Quy chế, bộ tiêu chí", "cau-hoi": "Câu hỏi, trả lời",
}  # fmt: skip
DOCUMENT_KINDS: tuple[SourceKind, ...] = ("thong-bao", "ket-luan", "bao-cao")
"""Kinds that are one kind of document, whose name stands before the number."""


class Addressee(Strict):
    """Whom the source asked in its day, and who does that work today."""

    then: Text = Field(description="Nơi nhận ghi trong nguồn")
    now: Text = Field(description="Cơ quan, vai trò tương ứng hiện nay")
    roles: Annotated[Links, LinksTo("roles")] = Field(
        default_factory=list, description="Mã vai trò trong sổ tay, nếu đã có"
    )


class Evidence(Strict):
    """Where a source met a fault that the handbook knows: its words at a locator, or ours about it."""

    id: str = Field(pattern=r"^BC-[a-z0-9]+(-[a-z0-9]+)*$", description="Mã bằng chứng, ví dụ BC-thap-muoi-1")
    part: Annotated[str, LinksTo("parts")] = Field(description="Ý của hạn chế mà nguồn đã gặp, ví dụ HC3a")
    text: Text | None = Field(None, description="Trích nguyên văn; chỉ với văn bản, tin của cơ quan nhà nước")
    locator: Locator | None = Field(None, description="Vị trí của câu trích trong nguồn")
    told: ItemText | None = Field(None, description="Kể lại bằng lời của mình, khi không trích; trang tự ghi “Theo …”")

    @model_validator(mode="after")
    def _one_of_both(self) -> Evidence:
        if (self.text is None) == (self.told is None) or (self.text is None) != (self.locator is None):
            raise fault("evidence", "cần câu trích hoặc lời kể", "ghi text cùng locator, hoặc chỉ ghi told")
        return self


LABEL_LETTERS = 40


class Source(Record):
    """Where lessons come from: a council's notice, a conclusion, news of a supervision, the press."""

    id: str = _id(r"^(TB[0-9]+|[a-z0-9]+(-[a-z0-9]+)*)$", "TB1, thap-muoi-2022")
    kind: SourceKind = Field(description="Loại nguồn")
    label: Text = Field(max_length=LABEL_LETTERS, description="Tên ngắn, không trùng: nơi và năm, ví dụ Hà Giang 2026")
    number: Text | None = Field(None, description="Số, ký hiệu văn bản, nếu có")
    date: LooseDay | None = Field(
        None, description="Ngày, đúng tới đâu ghi tới đó: 2024-10-31, 2024-10, 2024-Q4 hoặc 2024"
    )
    issuer: Text = Field(description="Cơ quan ban hành, hoặc nơi đăng")
    council: Text | None = Field(None, description="HĐND mà bài học nói tới, nay ra sao; khi khác cơ quan ban hành")
    province: Text | None = Field(None, description="Tỉnh, thành phố khi đó; bỏ trống nếu nguồn không nêu một nơi")
    level: Literal["tỉnh", "huyện", "xã", "nhiều cấp"] = Field(description="Cấp của hội đồng mà nguồn nói tới, khi đó")
    url: Url | None = Field(None, description="Địa chỉ đã đọc, nếu có trên mạng")
    read: Literal["đủ", "một phần"] = Field("đủ", description="Đã đọc đủ hay một phần")
    issued: bool = Field(True, description="false nếu mới là dự thảo")
    checked_on: Day | None = Field(None, description="Ngày đã đọc ở địa chỉ trên")
    setting: Text | None = Field(None, description="Một câu: bài học thuộc năm nào, cấp nào, luật nào khi đó")
    theme: Text | None = Field(None, description="Chủ đề, nguyên văn")
    headings: list[Heading] = Field(default_factory=list, description="Tiêu đề các mục")
    coverage: Literal["full", "none"] = Field("none", description="full: mọi câu của lessons_in phải được trích")
    lessons_in: list[str] = Field(
        default_factory=list, description="Các mục mà mỗi câu phải được trích khi coverage: full, ví dụ ['2', '3', fn1]"
    )
    paragraphs: list[Paragraph] = Field(default_factory=list, description="Các đoạn theo thứ tự; đoạn cần trích là đủ")
    misprints: list[Text] = Field(
        default_factory=list, description="Chữ in sai trong nguồn; nơi hiện sẽ có [nguyên văn]"
    )
    addressees: list[Addressee] = Field(default_factory=list, description="Nơi nhận: trước và nay")
    evidence: list[Evidence] = Field(default_factory=list, description="Lỗi nào đã gặp ở nguồn này")

    @property
    def year(self) -> int | None:
        """The year, as far as it is known."""
        return int(self.date[:4]) if self.date else None

    @property
    def cited(self) -> str:
        """What stands with each quotation: the number, if there is one, and the label, which tells councils apart."""
        return f"{self.number} ({self.label})" if self.number else self.label

    @property
    def named(self) -> str:
        """What a sentence calls it: a number needs the kind of document before it."""
        numbered = self.number and self.kind in DOCUMENT_KINDS
        return f"{SOURCE_KINDS[self.kind]} {self.cited}" if numbered else self.cited


class Lesson(Record):
    """What strengths, findings, causes and solutions share."""

    summary: Summary = Field(description="Tóm tắt, tối đa 50 chữ, nói việc cần làm hoặc lỗi cần tránh")
    quotes: list[Quote] = Field(min_length=1, description="Trích nguyên văn từ nguồn")
    stated: Links = Field(
        default_factory=list, description="Các mã mà chính nguồn đã nối; còn lại là người biên soạn nối"
    )


class Action(Strict):
    """One step of a solution, or of keeping up a strength."""

    who: Annotated[Links, LinksTo("roles")] = Field(min_length=1, description="Mã vai trò làm việc này")
    does: ItemText = Field(description="Làm gì; bắt đầu bằng động từ")
    stage: Annotated[str | None, LinksTo("stages")] = Field(
        None, description="Bước làm việc này, ví dụ B4, nếu gắn với một bước"
    )
    when: Text = Field(description="Khi nào")
    evidence: Text = Field(description="Bằng chứng đã làm")


class Strength(Lesson):
    """A practice that worked."""

    id: str = _id(r"^CT[1-9][0-9]*$", "CT1")
    solutions: Annotated[Links, LinksTo("solutions")] = Field(
        default_factory=list, description="Giải pháp liên quan, ví dụ [GP1]"
    )
    actions: list[Action] = Field(default_factory=list, description="Việc cụ thể để làm theo")


class Part(Strict):
    """One distinct fault inside a finding; items prevent parts. ``signs`` tell how to recognise it."""

    id: str = Field(pattern=r"^HC[1-9][0-9]*[a-z]{1,2}$", description="Mã ý, ví dụ HC1e")
    title: Title = Field(description="Tên lỗi, ngắn")
    best: Annotated[str | None, LinksTo("items")] = Field(
        None, description="Mục của phiếu rà soát ngăn lỗi này tốt nhất, ví dụ DM12/viet-y-kien"
    )
    signs: list[Text] = Field(min_length=1, description="Dấu hiệu nhận ra, mỗi dòng một dấu hiệu")
    words: list[Text] = Field(
        default_factory=list,
        description="Từ ngữ nhận ra bài luyện về lỗi này, ví dụ thẩm tra; bài phải có một trong số đó",
    )
    quotes: list[Quote] = Field(
        default_factory=list,
        description="Trích nguyên văn từ nguồn; để trống khi bằng chứng của một nguồn kể lại lỗi này",
    )


class Finding(Lesson):
    """A fault that the source found."""

    id: str = _id(r"^HC[1-9][0-9]*$", "HC1")
    severity: Literal["cao", "vừa", "thấp"] = Field(
        description="Mức ảnh hưởng theo người biên soạn: cao (có thể phải hủy, làm lại), vừa, thấp"
    )
    parts: list[Part] = Field(default_factory=list, description="Các ý: HC1a, HC1b…")
    causes: Annotated[Links, LinksTo("causes")] = Field(min_length=1, description="Nguyên nhân, ví dụ [NN1]")
    solutions: Annotated[Links, LinksTo("solutions")] = Field(min_length=1, description="Giải pháp, ví dụ [GP1]")
    stages: Annotated[Links, LinksTo("stages")] = Field(min_length=1, description="Bước dễ mắc, ví dụ [B3]")


class Cause(Lesson):
    """Why a fault arose, as the source says."""

    id: str = _id(r"^NN[1-9][0-9]*$", "NN1")
    solutions: Annotated[Links, LinksTo("solutions")] = Field(
        default_factory=list, description="Giải pháp, ví dụ [GP2]"
    )


class Solution(Lesson):
    """What the source asks to be done."""

    id: str = _id(r"^GP[1-9][0-9]*$", "GP1")
    actions: list[Action] = Field(default_factory=list, description="Việc cụ thể")
    roles: Annotated[Links, LinksTo("roles")] = Field(min_length=1, description="Vai trò chịu trách nhiệm")


TIMES: dict[str, tuple[str, int | None]] = {
    "som": ("Còn hơn 15 ngày", 16),
    "ho-so": ("Còn 15 đến 6 ngày", 6),
    "sap-hop": ("Còn 5 ngày, đến khi bế mạc", 0),
    "sau": ("Sau kỳ họp", None),
}
"""The times of a sitting by which work is ordered: what people call each, and how many days before the opening it ends."""

USUAL_TIME = "ho-so"
"""The time that is shown first while nobody has told the opening day."""


class FirstThings(Strict):
    """What a role does first at one time of a sitting, and which sheets it takes, in an editor's order."""

    when: Literal["som", "ho-so", "sap-hop", "sau"] = Field(
        description="som: còn hơn 15 ngày; ho-so: 15 đến 6 ngày; sap-hop: 5 ngày đến khi bế mạc; sau: sau kỳ họp"
    )
    tasks: Annotated[Links, LinksTo("items")] = Field(
        min_length=3, max_length=3, description="Ba mục của phiếu rà soát nên làm trước, ví dụ DM12/viec-gi"
    )
    sheets: Annotated[Links, LinksTo("checklists")] = Field(
        min_length=1, description="Các phiếu theo thứ tự nên mở, ví dụ [DM12, DM13]"
    )


class Role(Record):
    """Who does the work."""

    id: Slug = Field(description="Mã vai trò, trùng tên tệp, ví dụ thuong-truc")
    short: Text = Field(description="Tên gọn, dùng trên nhãn")
    mandate: Summary = Field(description="Vai trò này chịu trách nhiệm gì, tối đa 50 chữ")
    addressee: Text | None = Field(None, description="Nơi nhận ghi trong nguồn → tên gọi nay, nếu có")
    order: int = Field(description="Thứ tự hiển thị, số nhỏ đứng trước")
    sheets: bool = Field(True, description="false nếu vai trò chỉ có trang hướng dẫn, không có phiếu")
    first: list[FirstThings] = Field(default_factory=list, description="Việc và phiếu đi trước, theo từng lúc")


class Stage(Record):
    """A step in the cycle of a sitting."""

    id: str = _id(r"^B[1-9][0-9]?$", "B3")
    when: Text = Field(description="Khi nào, tính theo ngày khai mạc")
    outcome: Text = Field(description="Kết quả cần có khi xong bước")
    parallel: Text | None = Field(None, description="Việc chạy song song, nếu có")
    opening: bool = Field(False, description="true nếu bước bắt đầu bằng ngày khai mạc")


class Column(Strict):
    """What an item becomes in the table of votes, where its round is done for each resolution."""

    title: Text = Field(description="Tên cột, rất ngắn, ví dụ: Đã nghe thẩm tra")
    tick: bool = Field(False, description="true nếu chỉ cần tích; bỏ trống nếu ghi một con số")


class Item(Strict):
    """One check on a sheet; its full ID is ``DM07/khao-sat``."""

    id: Slug = Field(description="Mã mục trong phiếu rà soát, ví dụ khao-sat. Không đổi, không dùng lại")
    text: ItemText = Field(description="Một việc, bắt đầu bằng động từ, tối đa 25 chữ")
    answer: Text = Field(description="Giá trị phải ghi, ví dụ: Số tờ trình, ngày")
    critical: bool = Field(False, description="true nếu là nội dung trọng yếu (tối đa 3 mỗi lần rà soát)")
    column: Column | None = Field(None, description="Cột trong bảng biểu quyết, chỉ khi lần rà soát có each_vote")
    by: Annotated[Links, LinksTo("roles")] = Field(
        default_factory=list, description="Vai trò làm mục này, nếu khác người trả lời"
    )
    prevents: Annotated[Links, LinksTo("parts", "findings")] = Field(
        default_factory=list, description="Hạn chế được ngăn, ví dụ [HC1e]"
    )
    applies: Annotated[Links, LinksTo("solutions", "strengths")] = Field(
        default_factory=list, description="Giải pháp, cách làm hay được áp dụng, ví dụ [GP2]"
    )
    rules: Annotated[Links, LinksTo("rules")] = Field(
        default_factory=list, description="Căn cứ, ví dụ [giam-sat.pham-vi-hdnd]"
    )
    forms: Annotated[Links, LinksTo("templates")] = Field(default_factory=list, description="Biểu mẫu, ví dụ [BM01]")


class Branch(Strict):
    """What to do when an item cannot be confirmed: a line under the item, the rest on the back of the sheet."""

    item: Slug = Field(description="Mục mà từ đó rẽ sang, ví dụ du-hop")
    unless: Text = Field(description="Tình huống, ngắn, ví dụ: Thiếu báo cáo thẩm tra")
    front: ItemText | None = Field(None, description="Một dòng in ngay dưới mục; tối đa hai mục mỗi phiếu")
    steps: list[ItemText] = Field(min_length=1, max_length=4, description="Việc phải làm, mỗi câu tối đa 25 chữ")
    rules: Annotated[Links, LinksTo("rules")] = Field(default_factory=list, description="Căn cứ của các câu trên")


class Round(Strict):
    """A pause point: one moment at which two people read and answer."""

    title: Title = Field(description="Tên lần rà soát")
    when: Text = Field(description="Lúc nào dừng lại để rà soát")
    stage: Annotated[str | None, LinksTo("stages")] = Field(
        None, description="Bước, ví dụ B3; bỏ trống nếu phiếu dùng thường xuyên"
    )
    reads: Annotated[str, LinksTo("roles")] = Field(description="Mã vai trò đọc phiếu")
    answers: Annotated[Links, LinksTo("roles")] = Field(min_length=1, description="Mã vai trò trả lời")
    each_vote: bool = Field(
        False, description="true nếu làm lại cho từng nghị quyết; kết quả ghi vào bảng biểu quyết ở mặt sau"
    )
    items: list[Item] = Field(min_length=1, max_length=9, description="Các mục, nên 5–6, tối đa 9")


class Checklist(Record):
    """A sheet to run at two or three moments."""

    id: str = _id(r"^DM([0-9]{2}|[1-9][0-9]{2})$", "DM05")
    goal: Summary = Field(description="Mục đích, tối đa 50 chữ")
    kind: Literal["DO-CONFIRM", "READ-DO"] = Field(
        description="DO-CONFIRM: làm xong dừng lại xác nhận; READ-DO: đọc đến đâu làm đến đó"
    )
    version: int = Field(ge=1, examples=[1], description="Phiên bản, số nguyên, tăng khi đổi nội dung")
    revised: Day = Field(description="Ngày sửa gần nhất")
    review_by: Day = Field(description="Hạn rà soát lại, không quá 12 tháng sau ngày sửa")
    trialled: Trials = Field(
        description="Các lần dùng thử, cũ trước; chưa ai thử thì ghi []. Đủ 3 người thử phiên bản này thì hết là bản dùng thử"
    )
    minimum: bool = Field(False, description="true nếu thuộc bộ sáu phiếu tối thiểu")
    newcomers: bool = Field(False, description="true nếu phiếu chỉ dành cho đại biểu mới")
    roles: Annotated[Links, LinksTo("roles")] = Field(min_length=1, description="Vai trò dùng phiếu")
    stages: Annotated[Links, LinksTo("stages", also=(ALWAYS,))] = Field(
        min_length=1, description=f"Bước, hoặc “{ALWAYS}”"
    )
    rounds: list[Round] = Field(min_length=2, max_length=3, description="2–3 lần rà soát")
    branches: list[Branch] = Field(default_factory=list, description="Nếu chưa xác nhận được một mục thì làm gì")


class Template(Record):
    """A form to fill in. The document's blocks live in a YAML file beside the page."""

    id: str = _id(r"^BM([0-9]{2}|[1-9][0-9]{2})$", "BM01")
    purpose: Summary = Field(description="Dùng để làm gì, tối đa 50 chữ")
    issuer: Text | None = Field(None, description="Cơ quan ban hành")
    signatory: Text | None = Field(None, description="Người ký")
    kind: Literal["official", "internal", "spreadsheet"] = Field(
        description="official: văn bản hành chính; internal: phiếu nội bộ; spreadsheet: bảng tính"
    )
    roles: Annotated[Links, LinksTo("roles")] = Field(min_length=1, description="Vai trò dùng")
    stages: Annotated[Links, LinksTo("stages")] = Field(min_length=1, description="Bước dùng")


Status = Literal["verified", "reported", "secondary", "unverified"]


class RuleSource(Strict):
    """Where a rule was read."""

    name: Text = Field(description="Tên nơi đăng, ví dụ xaydungchinhsach.chinhphu.vn")
    url: Url | None = Field(None, description="Địa chỉ đầy đủ, nếu có")


class WhatWasRead(Strict):
    """What was read of an instrument, in which copy, on which day."""

    what: Text = Field(description="Đã đọc những gì, ví dụ: toàn văn; Điều 27; chỉ tên và ngày")
    where: Text = Field(description="Đọc ở bản nào, ví dụ: hai bản chép khớp nhau; trang tin")
    on: Day = Field(description="Ngày đọc")


class Rule(Strict):
    """One rule of law in our own words, with how well it is known.

    ``status`` speaks of the current reference in ``article``; a replaced rule keeps its old
    reference in ``was`` with its own ``was_status``.
    """

    id: RuleId = Field(description="Mã căn cứ, ví dụ giam-sat.pham-vi-hdnd")
    text: Text = Field(description="Nội dung quy định, một câu, lời của người biên soạn")
    article: Text | None = Field(None, description="Điều, khoản hiện hành; bỏ trống nếu chưa rõ")
    was: Text | None = Field(None, description="Điều, khoản cũ, nếu là quy định đã thay thế")
    was_status: Status | None = Field(None, description="Mức kiểm chứng của điều khoản cũ")
    status: Status = Field(description="Mức kiểm chứng: verified, reported, secondary, unverified")
    validity: Literal["current", "historical", "local", "unknown"] = Field(
        description="current: đang áp dụng; historical: đã thay thế; local: theo Quy chế; unknown"
    )
    units: list[Text] = Field(
        default_factory=list, description="Với local: đơn vị của con số; bỏ trống là ngày, ngày làm việc"
    )
    source: list[RuleSource] = Field(default_factory=list, description="Nơi đã đọc quy định")
    checked_on: Day = Field(description="Ngày kiểm tra")


class Instrument(Record):
    """A law, decree or resolution; its cited rules lie in the same file."""

    id: Slug = Field(description="Mã văn bản, trùng tên tệp, ví dụ luat-72-2025")
    number: Text = Field(description="Số, ký hiệu đầy đủ")
    short: Text = Field(description="Tên gọn để viện dẫn, ví dụ Luật 72/2025")
    issued: Day | None = Field(None, description="Ngày ban hành, nếu biết")
    in_force_from: Day | None = Field(None, description="Có hiệu lực từ ngày, nếu biết")
    in_force_to: Day | None = Field(None, description="Hết hiệu lực từ ngày, nếu biết")
    replaced_by: Annotated[str | None, LinksTo("instruments")] = Field(None, description="Mã văn bản thay thế")
    supersedes: Annotated[Links, LinksTo("instruments")] = Field(
        default_factory=list, description="Mã các văn bản bị thay thế"
    )
    state: Literal["in-force", "replaced", "amended", "unknown"] = Field(description="Tình trạng")
    state_status: Status = Field(description="Mức kiểm chứng của tình trạng")
    note: Text | None = Field(None, description="Điều người đọc cần biết, một hai câu")
    source: list[RuleSource] = Field(default_factory=list, description="Nơi đã đọc")
    read: list[WhatWasRead] = Field(default_factory=list, description="Đã đọc phần nào, ở bản nào, ngày nào")
    rules: list[Rule] = Field(default_factory=list, description="Các quy định được trích dẫn")


class Choice(Strict):
    """One answer to choose, or one piece of a text in which errors are marked."""

    text: ExerciseText = Field(description="Câu để chọn, hoặc một đoạn của văn bản cần tìm lỗi")
    right: bool = Field(False, description="true nếu nên chọn, hoặc nếu đoạn này có lỗi")
    feedback: ExerciseText = Field(description="Vì sao nên hoặc không nên chọn; không chê người học")


class OrderedStep(Strict):
    """One step of a sequence; the file lists the steps in the right order."""

    text: ExerciseText = Field(description="Một bước")
    feedback: ExerciseText = Field(description="Vì sao bước này đứng ở đây")


class Exercise(Record):
    """A situation to practise on, ten minutes at most; always an invented example, marked as such.

    ``choices`` serve the kinds one, several and mark; ``steps`` the kind order.
    """

    id: str = _id(r"^TH([0-9]{2}|[1-9][0-9]{2})$", "TH01")
    kind: Literal["one", "several", "order", "mark"] = Field(
        description="one: chọn một; several: chọn nhiều; order: xếp thứ tự; mark: tìm chỗ sai"
    )
    minutes: int = Field(ge=1, le=10, description="Số phút cần, tối đa 10")
    situation: list[ExerciseText] = Field(min_length=1, description="Tình huống, mỗi đoạn một dòng")
    question: ExerciseText = Field(description="Câu hỏi hoặc yêu cầu")
    choices: list[Choice] = Field(default_factory=list, description="Các lựa chọn hoặc các đoạn")
    steps: list[OrderedStep] = Field(default_factory=list, description="Các bước theo thứ tự đúng")
    takeaway: ExerciseText = Field(description="Một điều nhớ được sau bài")
    trains: Annotated[Links, LinksTo("parts")] = Field(
        min_length=1, description="Ý của hạn chế mà bài luyện, ví dụ [HC1b]"
    )
    roles: Annotated[Links, LinksTo("roles")] = Field(min_length=1, description="Vai trò nên làm bài này")
    stages: Annotated[Links, LinksTo("stages")] = Field(min_length=1, description="Bước của kỳ họp, ví dụ [B4]")
    rules: Annotated[Links, LinksTo("rules")] = Field(default_factory=list, description="Căn cứ liên quan")
    see: Annotated[Links, LinksTo(ANY_PAGE)] = Field(
        default_factory=list, description="Trang nên đọc thêm: mục, phiếu, giải pháp"
    )


class PathStep(Strict):
    """One step of a path: one aim, five to ten minutes, one thing to do."""

    id: Slug = Field(description="Mã bước, giữ nguyên khi sửa chữ: dấu người đọc đã ghi đi theo mã")
    title: ExerciseText = Field(description="Mục đích của bước, bắt đầu bằng động từ")
    minutes: int = Field(ge=1, le=10, description="Số phút")
    read: Annotated[Links, LinksTo(ANY_PAGE)] = Field(
        default_factory=list, max_length=3, description="Tối đa ba trang để đọc"
    )
    do: ExerciseText = Field(description="Một việc làm ngay")
    sheet: Annotated[str | None, LinksTo("checklists")] = Field(None, description="Phiếu để in, ví dụ DM12")
    exercise: Annotated[str | None, LinksTo("exercises")] = Field(
        None, description="Bài luyện làm câu hỏi kiểm tra, ví dụ TH01"
    )
    quick: bool = Field(False, description="true nếu thuộc lối đi “chỉ có 10 phút”")


class Milestone(Record):
    """A point at which a new delegate stands, and the path from there."""

    id: str = _id(r"^MC[1-9][0-9]?$", "MC1")
    summary: Summary = Field(description="Lộ trình này cho ai, việc quan trọng nhất, tối đa 50 chữ")
    order: int = Field(description="Thứ tự hiển thị")
    stages: Annotated[Links, LinksTo("stages")] = Field(
        min_length=1, description="Các bước của kỳ họp mà lộ trình này phục vụ"
    )
    steps: list[PathStep] = Field(min_length=3, max_length=10, description="Các bước, tối đa 10")


class ScaleStatement(Strict):
    """One statement of a self-review with a meaning for each of its five points."""

    id: Slug = Field(description="Mã câu, không đổi, ví dụ hc1a hoặc doc-du-thao")
    part: Annotated[str | None, LinksTo("parts")] = Field(None, description="Ý của hạn chế, ví dụ HC1a")
    text: ExerciseText = Field(description="Câu khẳng định về kỳ họp vừa qua")
    points: list[ExerciseText] = Field(
        min_length=5, max_length=5, description="Nghĩa của mức 1 đến mức 5, quan sát được"
    )
    evidence: ExerciseText = Field(description="Bằng chứng nên ghi, ví dụ: số trang, số ý kiến")
    next: Annotated[Links, LinksTo(ANY_PAGE)] = Field(default_factory=list, description="Làm tiếp gì: giải pháp, phiếu")


class SelfReview(Record):
    """A private self-review: statements, no score to compare councils by."""

    id: str = Field(pattern=r"^TR-(HDND|DAI-BIEU)$", description="TR-HDND hoặc TR-DAI-BIEU")
    summary: Summary = Field(description="Ai làm, khi nào, mất bao lâu")
    statements: list[ScaleStatement] = Field(min_length=5, description="Các câu")


class Term(Strict):
    """One entry of the glossary."""

    id: Slug = Field(description="Mã thuật ngữ, ví dụ tham-tra")
    title: Title = Field(description="Thuật ngữ")
    abbreviation: Text | None = Field(None, description="Chữ viết tắt")
    definition: Summary = Field(description="Giải nghĩa bằng lời dễ hiểu, tối đa 50 chữ")
    see_also: Annotated[Links, LinksTo(ANYTHING)] = Field(
        default_factory=list, description="Mã bản ghi hoặc thuật ngữ liên quan"
    )


class Glossary(Strict):
    """The page of terms."""

    title: Title = Field(description=f"Tên hiển thị, tối đa {TITLE_LETTERS} ký tự. Đổi được bất cứ lúc nào")
    terms: list[Term] = Field(min_length=1, description="Các thuật ngữ, theo thứ tự chữ cái")


class ChecklistPage(Strict):
    """Front matter of the page of a checklist; the data lie in ``checklists/``."""

    id: str = _id(r"^DM([0-9]{2}|[1-9][0-9]{2})$", "DM05")


class PlainPage(Strict):
    """Front matter of a page that is no record."""

    title: Title = Field(description="Tên trang")
    description: Text | None = Field(None, description="Một câu giới thiệu trang")
    render_macros: bool = Field(True, description="false nếu trang có dấu ngoặc nhọn đôi để nguyên")
    hide: list[Literal["navigation", "toc"]] = Field(default_factory=list, description="Phần ẩn đi")


BASE_EDITION = "goc"
"""The slug of the edition that others are made from; it takes over what devices kept before editions had one."""


class Notice(Strict):
    """What readers must know until a day; afterwards pages drop it by the device's date."""

    id: Slug = Field(description="Mã thông tin, ví dụ ra-soat-2027")
    text: ItemText = Field(description="Một câu: việc gì, của ai, trước ngày nào; tối đa 25 chữ")
    page: Text = Field(description="Trang nói kỹ, đường dẫn dưới docs/, ví dụ tra-cuu/hoi-dap.md")
    link: Text = Field(description="Chữ của liên kết tới trang đó")
    show_until: Day = Field(description="Ngày cuối còn hiện")


MOST_DAYS = 180
"""No council's rules ask for a paper more than half a year ahead: a longer limit is a slip of the pen."""


def _plausible(text: str) -> str:
    found = re.match(r"(\d+) ngày", text)
    if found and not 1 <= int(found[1]) <= MOST_DAYS:
        raise fault("limit", f"“{text}” ngoài khoảng 1 đến {MOST_DAYS} ngày", "đọc lại Quy chế, ghi như 07 ngày")
    return text


LimitText = Annotated[Text, AfterValidator(_plausible)]


class Limit(Strict):
    """What a council's working rules fix where the book leaves a blank or gives the model's number."""

    value: LimitText = Field(description="Như in ra, ví dụ 07 ngày")
    other: LimitText | None = Field(None, description="Với kỳ chuyên đề hoặc đột xuất, nếu khác")
    article: Text = Field(description="Điều của Quy chế làm việc, ví dụ Điều 12 khoản 2")

    @property
    def days(self) -> tuple[int, str] | None:
        """The number of days and their unit as a deadline counts them, or None where the value is none."""
        return _days_of(self.value)

    @property
    def other_days(self) -> tuple[int, str] | None:
        """The same for thematic and urgent sittings."""
        return _days_of(self.other or "")


def _days_of(text: str) -> tuple[int, str] | None:
    found = re.fullmatch(r"(\d{1,3}) (ngày làm việc|ngày)", text)
    return (int(found[1]), "ngay-lam-viec" if "việc" in found[2] else "ngay") if found else None


class Colours(Strict):
    """An edition's colours, as #rrggbb: the bar and links on white, links on the dark ground."""

    main: Colour = Field(description="Màu chính, đủ đậm để đọc chữ trắng, ví dụ #17456b")
    dark: Colour = Field(description="Màu đậm hơn, chân trang, ví dụ #0f3251")
    on_dark: Colour = Field(description="Màu liên kết trên nền tối, đủ sáng, ví dụ #a9d0ef")


class RuleWithLimit(Rule):
    """A rule of which an edition says what its council's working rules fix."""

    given: Limit = Field(exclude=True)


class OwnEdition(Strict):
    """``editions/<slug>/edition.yml``: what an edition says instead of the base, and what it leaves out."""

    name: Text = Field(description="Tên của bản, ví dụ Sổ tay HĐND xã Ví Dụ")
    council: Text | None = Field(None, description="HĐND dùng bản này, ví dụ HĐND xã Ví Dụ")
    compiled_by: Text | None = Field(None, description="Ai biên soạn bản này")
    contact: Text | None = Field(None, description="Nơi nhận góp ý: tên bộ phận, điện thoại, thư điện tử")
    site_url: str | None = Field(None, pattern=r"^https?://\S+$", description="Địa chỉ công bố, nếu đã có")
    welcome: ItemText | None = Field(None, description="Một câu ở trang đầu, tối đa 25 chữ")
    colours: Colours | None = Field(None, description="Màu riêng")
    limits: dict[RuleId, Limit] = Field(default_factory=dict, description="Thời hạn theo Quy chế, theo mã căn cứ")
    drop: list[Text] = Field(
        default_factory=list, description="Mã bản ghi, đường dẫn trang không dùng, ví dụ [DM14, TH05]"
    )
    notices: list[Notice] | None = Field(None, description="Thông tin có thời hạn thay cho của bản gốc")


class Edition(Strict):
    """``edition.yml``: facts about the edition as a whole."""

    name: Text = Field(description="Tên sổ tay")
    slug: Slug = Field(BASE_EDITION, description="Tên ngắn của bản, không dấu, để máy phân biệt các bản")
    number: int | None = Field(None, ge=1, description="Số thứ tự của bản này, tăng một mỗi lần phát hành")
    date: Day = Field(description="Ngày của bản này; hạn rà soát được so với ngày này")
    compiled_by: Text = Field(description="Ai biên soạn")
    contact: Text | None = Field(None, description="Nơi nhận góp ý, nếu đã có")
    notices: list[Notice] = Field(default_factory=list, description="Thông tin có thời hạn, hiện bằng macro notice")
