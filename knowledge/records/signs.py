"""The type of a sign: what a programme of a sitting shows when one of the notice's faults is about to happen again."""

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
    """One thing that the programme's page looks for; the looking itself is in ``kept/programme-signs.js``."""

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
