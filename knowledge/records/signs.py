"""The types of a sign: what a programme of a sitting, or a draft, shows when one of the notice's faults is about to happen again."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from knowledge.records.fields import Links, LinksTo, Strict, Text, Title, at_most

LEVELS: dict[str, str] = {
    "can-xem": "Cần xem lại",
    "nen-xem": "Nên xem lại",
    "goi-y": "Gợi ý",
    "luu-y": "Lưu ý theo bài học",
}
"""How much a sign asks for; nothing is called wrong, for a machine reads the words and not the case."""
MESSAGE_WORDS = 25


class Samples(Strict):
    """A line or two that show the sign, and the same mended; both made up."""

    bad: Text = Field(description="Ví dụ minh họa có dấu hiệu")
    good: Text = Field(description="Ví dụ minh họa đã sửa")


class Sign(Strict):
    """One thing that the programme's page looks for; the looking itself is in ``sitting/programme-signs.js``."""

    id: str = Field(pattern=r"^dh(-[a-z0-9]+)+$", description="Mã dấu hiệu, ví dụ dh-thieu-tham-tra. Không đổi")
    title: Title = Field(description="Tên ngắn của dấu hiệu")
    where: Literal["programme"] = Field(description="Nơi tìm: programme (chương trình kỳ họp)")
    level: Literal["can-xem", "nen-xem", "goi-y", "luu-y"] = Field(description="can-xem, nen-xem, goi-y hoặc luu-y")
    message: Annotated[Text, AfterValidator(at_most(MESSAGE_WORDS))] = Field(description="Câu nhắc, tối đa 25 chữ")
    mend: Annotated[Text, AfterValidator(at_most(MESSAGE_WORDS))] = Field(description="Cách sửa, bắt đầu bằng động từ")
    unless: Text | None = Field(None, description="Khi nào nhắc nhầm")
    prevents: Annotated[Links, LinksTo("parts", "findings")] = Field(
        min_length=1, description="Hạn chế mà dấu hiệu báo trước, ví dụ HC4c"
    )
    rules: Annotated[Links, LinksTo("rules")] = Field(default_factory=list, description="Căn cứ")
    sheets: Annotated[Links, LinksTo("checklists")] = Field(default_factory=list, description="Phiếu rà soát cùng việc")
    samples: Samples = Field(description="Ví dụ minh họa")


class SignList(Strict):
    """The page of all signs."""

    title: Title = Field(description="Tên trang")
    description: Text | None = Field(None, description="Một câu giới thiệu trang")
    signs: list[Sign] = Field(min_length=1, description="Các dấu hiệu, theo thứ tự rà soát")


PLACES: dict[str, str] = {
    "head": "Đầu văn bản",
    "title": "Tên",
    "grounds": "Căn cứ",
    "opening": "Phần mở đầu",
    "articles": "Các điều",
    "implementation": "Tổ chức thực hiện",
    "effect": "Hiệu lực",
    "ending": "Chữ ký, nơi nhận",
    "tables": "Bảng số liệu",
    "body": "Cả văn bản",
    "file": "Tệp",
}
"""Where a sign of a draft is looked for, in the order of reading."""

Body = Literal["hdnd", "thuong-truc", "ban"]
State = Literal["du-thao", "trinh-ky"]
PartName = Literal[
    "head", "number", "dated", "title", "council", "grounds", "submission", "verification", "resolves", "articles",
    "implementation", "effect", "adopted", "signature", "recipients", "annex", "whole",
]  # fmt: skip


class DraftSample(Strict):
    """A model draft with some of its parts in other words; made up. ``whole`` stands instead of all parts."""

    kind: Annotated[str | None, LinksTo("resolution_kinds")] = Field(None, description="Loại nghị quyết của ví dụ")
    body: Body = Field("hdnd", description="hdnd, thuong-truc hoặc ban")
    year: int | None = Field(None, description="Năm ngân sách, năm kế hoạch")
    state: State = Field(default="trinh-ky", description="du-thao (số, ngày để trống) hoặc trinh-ky")
    file: dict[
        Literal["comments", "changes", "highlights", "created", "title", "oldFont", "decomposed"], str | int | bool
    ] = Field(
        default_factory=dict,
        description="Điều tệp Word nói thêm: comments, changes, highlights (số chỗ), created (ngày), oldFont, decomposed",
    )
    parts: dict[PartName, str] = Field(
        default_factory=dict, description="Phần nào viết khác bản mẫu: tên phần và chữ; chữ trống là bỏ phần đó"
    )


class DraftSamples(Strict):
    """Drafts that show the sign, and drafts that look like it and do not."""

    bad: list[DraftSample] = Field(min_length=2, description="Ít nhất hai ví dụ minh họa có dấu hiệu")
    good: list[DraftSample] = Field(min_length=2, description="Ít nhất hai ví dụ dễ nhầm mà không có dấu hiệu")


class DraftSign(Strict):
    """One thing that the draft check looks for: by a pattern, or by the test of the same name in ``draft/signs-….js``."""

    id: str = Field(pattern=r"^sl(-[a-z0-9]+)+$", description="Mã dấu hiệu, ví dụ sl-ten-to-trinh. Không đổi")
    title: Title = Field(description="Tên ngắn của dấu hiệu")
    where: Literal[
        "head", "title", "grounds", "opening", "articles", "implementation", "effect", "ending", "tables", "body", "file"
    ] = Field(description=f"Nơi tìm: {', '.join(PLACES)}")  # fmt: skip
    level: Literal["can-xem", "nen-xem", "goi-y"] = Field(description="can-xem, nen-xem hoặc goi-y")
    message: Annotated[Text, AfterValidator(at_most(MESSAGE_WORDS))] = Field(description="Câu nhắc, tối đa 25 chữ")
    mend: Annotated[Text, AfterValidator(at_most(MESSAGE_WORDS))] = Field(
        description="Cách sửa, bắt đầu bằng động từ; tối đa 25 chữ"
    )
    unless: Text | None = Field(None, description="Khi nào nhắc nhầm")
    kinds: Annotated[Links, LinksTo("resolution_kinds")] = Field(
        default_factory=list, description="Chỉ tìm ở các loại nghị quyết này; trống là mọi loại"
    )
    but_kinds: Annotated[Links, LinksTo("resolution_kinds")] = Field(
        default_factory=list, description="Không tìm ở các loại nghị quyết này"
    )
    texts: Annotated[Links, LinksTo("instruments")] = Field(
        default_factory=list, description="Văn bản mà dấu hiệu nói tới: nhắc khi phần căn cứ không nêu văn bản đó"
    )
    bodies: list[Body] = Field(default_factory=list, description="Chỉ tìm ở văn bản của; trống là của ai cũng tìm")
    state: State | None = Field(None, description="trinh-ky: chỉ tìm ở bản trình ký")
    pattern: str | None = Field(
        None, description="Mẫu tìm trên chữ thường có dấu, từng dòng; trống thì máy có phép thử riêng"
    )
    silent: str | None = Field(None, description="Dòng khớp mẫu này thì thôi nhắc")
    programmes: bool = Field(default=False, description="true: tìm cả ở chương trình kỳ họp, mọi dòng")
    cited: bool = Field(True, description="false: bỏ qua chữ nằm trong tên văn bản khác, trong ngoặc kép")
    prevents: Annotated[Links, LinksTo("parts", "findings")] = Field(
        default_factory=list, description="Hạn chế mà dấu hiệu báo trước, ví dụ HC2a"
    )
    rules: Annotated[Links, LinksTo("rules")] = Field(default_factory=list, description="Căn cứ")
    sheets: Annotated[Links, LinksTo("checklists")] = Field(default_factory=list, description="Phiếu rà soát cùng việc")
    samples: DraftSamples = Field(description="Ví dụ minh họa")


class DraftSignList(Strict):
    """The page of all signs of drafts."""

    title: Title = Field(description="Tên trang")
    description: Text | None = Field(None, description="Một câu giới thiệu trang")
    draft_signs: list[DraftSign] = Field(min_length=1, description="Các dấu hiệu, theo thứ tự đọc")


class MoreDraftSigns(Strict):
    """The file in which the list of that page goes on."""

    draft_signs: list[DraftSign] = Field(min_length=1, description="Các dấu hiệu tiếp theo của cùng trang")
