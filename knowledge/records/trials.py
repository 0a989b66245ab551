"""The types of what people tried: a sheet, in a trial; the book's files and pages on a kind of device, step by step."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field

from knowledge.records.fields import Day, ItemText, Strict, Summary, Text, Title, fault

Body = Literal["xã", "phường", "đặc khu", "cấp tỉnh", "lớp bồi dưỡng", "nơi khác"]
BODIES: tuple[str, ...] = get_args(Body)
NOTHING_CHANGED = "không đổi"
"""What stands under ``changed`` where nothing was changed after a trial."""
ONE_TRIAL = "date, version, body, people, changed"


class Trial(Strict):
    """One trial of a sheet: which version, by how many, what came of it. Names nobody."""

    date: Day = Field(description="Ngày dùng thử")
    version: int = Field(ge=1, description="Phiên bản phiếu đã dùng, ghi ở cuối phiếu")
    body: Body = Field(description="Loại nơi thử: xã, phường, đặc khu, cấp tỉnh, lớp bồi dưỡng, nơi khác")
    people: int = Field(ge=1, le=500, description="Số người đã dùng phiếu, không ghi tên")
    changed: Summary | None = Field(
        None, description=f"Đã sửa gì sau lần thử, tối đa 50 chữ; không sửa gì thì ghi: {NOTHING_CHANGED}"
    )
    minutes: int | None = Field(None, ge=1, le=480, description="Số phút cho cả phiếu")
    left_blank: list[Text] = Field(default_factory=list, description="Mục để trống, ví dụ: mục 3")
    unclear: list[Text] = Field(default_factory=list, description="Chữ, câu chưa hiểu")
    wanted: list[Text] = Field(default_factory=list, description="Muốn đổi gì")
    draft: bool = Field(
        False, exclude=True, description="true khi mới nhận, chưa soát: chưa tính là đã thử; soát xong thì xóa dòng này"
    )


def _a_list(value: Any) -> Any:
    # Sheets of before said only whether; those of an edition still may.
    if value is False:
        return []
    if not isinstance(value, list):
        raise fault(
            "trial-list", "không phải danh sách các lần dùng thử",
            f"chưa ai thử thì ghi trialled: []; có thì mỗi lần thử một gạch đầu dòng: {ONE_TRIAL}",
        )  # fmt: skip
    return value


Trials = Annotated[list[Trial], BeforeValidator(_a_list)]


class TryReport(Strict):
    """What somebody saw who took a step of trying on a device."""

    date: Day = Field(description="Ngày thử")
    edition: Day = Field(description="Bản sổ tay đã thử: ngày của bản, ghi ở trang Giới thiệu")
    device: Text = Field(description="Máy, hệ điều hành, tên và bản phần mềm")
    result: Literal["được", "được một phần", "không được"] = Field(description="được, được một phần hoặc không được")
    note: ItemText | None = Field(None, description="Thấy gì khác, tối đa 25 chữ")


class TryStep(Strict):
    """One thing to try on one kind of device: what to do, what should be seen, what was reported."""

    id: str = Field(pattern=r"^thu(-[a-z0-9]+)+$", description="Mã bước thử, ví dụ thu-word-moi. Không đổi")
    title: Title = Field(description="Thử trên gì, ví dụ: WPS Writer trên Windows")
    do: list[ItemText] = Field(min_length=1, max_length=4, description="Làm gì, mỗi câu tối đa 25 chữ")
    see: list[ItemText] = Field(min_length=1, max_length=4, description="Phải thấy gì, mỗi câu tối đa 25 chữ")
    reports: list[TryReport] = Field(default_factory=list, description="Ai đó đã thử: ngày, bản, máy, kết quả")


class TryPage(Strict):
    """The page that tells where the book was tried."""

    title: Title = Field(description="Tên trang")
    description: Text | None = Field(None, description="Một câu giới thiệu trang")
    try_steps: list[TryStep] = Field(min_length=1, description="Các bước thử, theo thứ tự")
