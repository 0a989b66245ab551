"""The type of a deadline of a sitting's cycle: what is due, counted from which day, and how sure that is."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from knowledge.records.fields import Links, LinksTo, Strict, Text, Title, at_most, fault

TASK_WORDS = 12

SITTINGS: dict[str, str] = {
    "thuong-le-giua-nam": "Thường lệ giữa năm",
    "thuong-le-cuoi-nam": "Thường lệ cuối năm",
    "chuyen-de": "Chuyên đề hoặc giải quyết công việc phát sinh đột xuất",
    "quyet-toan": "Chuyên đề phê chuẩn quyết toán",
}
"""The kinds of sitting, and what people call each."""
REGULAR = ("thuong-le-giua-nam", "thuong-le-cuoi-nam")

GROUPS: dict[str, str] = {
    "chuan-bi": "Chuẩn bị kỳ họp",
    "tai-ky": "Phải có tại kỳ họp",
    "ngan-sach": "Ngân sách, đầu tư công",
    "sau-ky": "Sau kỳ họp",
    "nhan-su": "Nhân sự",
    "trong-nam": "Trong năm",
    "nam-2027": "Việc trước 28/02 và 01/3/2027",
}
"""The groups of deadlines in the order in which the table shows them."""
OF_A_STAGE = ("chuan-bi", "sau-ky")
"""Groups that are a stage's own work; what budgets, elections and the year ask for runs across the stages."""

ANCHORS: dict[str, str] = {
    "khai-mac": "ngày khai mạc",
    "be-mac": "ngày bế mạc",
    "thong-qua": "ngày thông qua",
    "ban-hanh": "ngày ký ban hành",
    "bau": "ngày bầu",
    "hdnd-tinh-quyet": "ngày HĐND tỉnh quyết định dự toán",
    "tinh-giao": "ngày UBND tỉnh giao dự toán",
    "tinh-yeu-cau": "ngày tỉnh yêu cầu",
    "tiep-xuc": "ngày tiếp xúc cử tri",
    "nhan-kien-nghi": "ngày nhận kiến nghị",
    "het-han-giai-quyet": "ngày hết hạn giải quyết",
    "lien-tich": "ngày họp liên tịch",
    "ubnd-hop": "ngày UBND họp",
    "khai-mac-quyet-toan": "ngày khai mạc kỳ họp phê chuẩn quyết toán",
    "phe-chuan-quyet-toan": "ngày phê chuẩn quyết toán",
    "hdnd-an-dinh": "ngày HĐND ấn định",
    "doi-thoai": "ngày đối thoại",
    "bau-cu": "ngày bầu cử",
    "nhan-ket-qua-bau": "ngày nhận kết quả bầu",
    "ngay-trong-nam": "ngày trong năm",
    "ngay": "ngày",
    "nam": "năm",
    "thang": "tháng",
}
"""The days from which deadlines are counted, and what people call each."""
NAMED_DAYS = ("ngay-trong-nam", "ngay")
"""Anchors that are a day of the calendar, given by ``days``."""

ONLY_IF: dict[str, str] = {
    "quy-pham": "Nghị quyết quy phạm pháp luật",
    "nhan-su": "Bầu, miễn nhiệm, bãi nhiệm",
    "chat-van": "Chất vấn",
    "du-toan": "Dự toán ngân sách năm sau",
    "y-kien-tham-tra": "Ý kiến thẩm tra cần tiếp thu, giải trình",
    "khac": "Việc chỉ làm khi có (đối thoại, lập lại dự toán…)",
}
"""What a sitting must have for a deadline to apply to it."""

Certainty = Literal["rule", "derived", "model", "local", "original", "reported", "advice", "unknown", "none"]


def _month_and_day(text: str) -> str:
    # A leap year: 29 February is a day, too.
    whole = f"2028-{text}" if len(text) == 5 else text
    try:
        # Scripts compare days as text: other ways to write one, "2027-W08-7" and the like, would come out of order.
        if date.fromisoformat(whole).isoformat() != whole:
            raise ValueError
    except ValueError:
        raise fault("date", f"không có ngày “{text}”", "viết tháng-ngày, ví dụ 12-10, hoặc năm-tháng-ngày") from None
    return text


class Deadline(Strict):
    """One thing that must be done by, from or between days that are counted from another day.

    ``amount`` counts for regular sittings, ``amount_other`` for thematic and urgent ones where it differs; both
    are left out where nobody has read a number: then it is a blank of the council's own rules (``local``).
    """

    id: str = Field(pattern=r"^han(-[a-z0-9]+)+$", description="Mã hạn, ví dụ han-ho-so-tham-tra. Không đổi")
    does: Annotated[Title, AfterValidator(at_most(TASK_WORDS))] = Field(
        description="Việc phải xong, bắt đầu bằng động từ, tối đa 12 chữ"
    )
    group: Literal["chuan-bi", "tai-ky", "ngan-sach", "sau-ky", "nhan-su", "trong-nam", "nam-2027"] = Field(
        description="Nhóm trong bảng"
    )
    anchor: str = Field(description="Tính từ ngày nào, ví dụ khai-mac, be-mac, ngay-trong-nam")
    days: list[Annotated[str, AfterValidator(_month_and_day)]] = Field(
        default_factory=list, description="Ngày trong lịch, ví dụ ['12-10'] hoặc ['2027-02-28']"
    )
    bound: Literal["cham-nhat", "truoc", "khong-som-hon", "trong-khoang", "tai-ky", "trong-nam"] = Field(
        description="cham-nhat: hết ngày đó; truoc: hết ngày liền trước; khong-som-hon; trong-khoang; tai-ky; trong-nam"
    )
    side: Literal["truoc", "sau"] | None = Field(None, description="Đếm lùi (truoc) hay đếm tới (sau)")
    amount: int | None = Field(None, ge=0, le=400, description="Số ngày; bỏ trống nếu chưa ai đọc được số")
    until: int | None = Field(None, ge=0, le=400, description="Số ngày thứ hai, với trong-khoang")
    amount_other: int | None = Field(None, ge=0, le=400, description="Số ngày với kỳ chuyên đề hoặc đột xuất, nếu khác")
    unit: Literal["ngay", "ngay-lam-viec"] = Field("ngay", description="ngay hoặc ngay-lam-viec")
    basis: Literal["rule", "local", "advice"] = Field(
        description="rule: luật định; local: Quy chế của từng HĐND; advice: gợi ý biên soạn"
    )
    task: Certainty = Field(description="Độ chắc của việc")
    number: Certainty = Field(description="Độ chắc của con số hoặc của ngày; none nếu không có")
    when: list[str] = Field(default_factory=list, description="Loại kỳ họp; bỏ trống nếu mọi kỳ")
    only_if: str | None = Field(None, description="Chỉ khi kỳ họp có việc này, ví dụ quy-pham")
    condition: Text | None = Field(None, description="Chữ hiện sau việc, ví dụ: khi có chất vấn")
    outside: Text | None = Field(None, description="Tên hiện thay cho roles, ví dụ: HĐND xã, phường")
    rule: Annotated[str | None, LinksTo("rules")] = Field(
        None, description="Căn cứ chính, ví dụ ngan-sach.han-quyet-toan"
    )
    rules: Annotated[Links, LinksTo("rules")] = Field(default_factory=list, description="Căn cứ khác")
    local: Annotated[str | None, LinksTo("rules")] = Field(
        None, description="Căn cứ mà mỗi HĐND tự ghi số, ví dụ ky-hop.thoi-han-trieu-tap"
    )
    roles: Annotated[Links, LinksTo("roles")] = Field(default_factory=list, description="Ai làm")
    reminds: Annotated[Links, LinksTo("roles")] = Field(default_factory=list, description="Ai nhắc")
    sheets: Annotated[Links, LinksTo("checklists")] = Field(default_factory=list, description="Phiếu rà soát dùng")
    forms: Annotated[Links, LinksTo("templates")] = Field(default_factory=list, description="Biểu mẫu dùng")
    stage: Annotated[str | None, LinksTo("stages")] = Field(None, description="Bước của kỳ họp, ví dụ B4")
    was: Text | None = Field(None, description="Luật cũ ghi gì, chỉ để biết")
    note: Annotated[Text, AfterValidator(at_most(25))] | None = Field(None, description="Một câu phải biết")
    source_note: Text | None = Field(None, description="Căn cứ chưa có bản ghi, ghi rõ đọc ở đâu")

    @property
    def title(self) -> str:
        """What a list shows of it."""
        return self.does

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for name, value, known in (("anchor", self.anchor, ANCHORS), ("only_if", self.only_if, ONLY_IF)):
            if value is not None and value not in known:
                raise fault("deadline", f"{name}: không có “{value}”", f"chọn một trong {', '.join(known)}")
        for kind in self.when:
            if kind not in SITTINGS:
                raise fault("deadline", f"when: không có “{kind}”", f"chọn trong {', '.join(SITTINGS)}")
        for wrong, message, remedy in self._faults():
            if wrong:
                raise fault("deadline", message, remedy)
        return self

    def _faults(self) -> list[tuple[bool, str, str]]:
        counted = self.amount is not None
        named = self.anchor in NAMED_DAYS
        year = self.anchor == "ngay-trong-nam"
        return [
            (named != bool(self.days), "anchor và days không đi với nhau", "ghi days khi và chỉ khi anchor là ngày trong lịch"),
            (any((len(day) == 5) != year for day in self.days), "days sai dạng", "ngay-trong-nam: 12-10; ngay: 2027-02-28"),
            (counted and self.side is None, "có số ngày mà không ghi đếm lùi hay đếm tới", "ghi side: truoc hoặc side: sau"),
            (
                (self.until is not None) != (self.bound == "trong-khoang"),
                "until chỉ đi với bound: trong-khoang", "ghi amount là số xa hơn, until là số gần hơn",
            ),
            (
                self.until is not None and (self.amount is None or self.until >= self.amount),
                "khoảng ngược", "ghi amount lớn hơn until",
            ),
            (self.basis == "local" and not self.local, "theo Quy chế mà không có local", "ghi local: mã căn cứ tự điền"),
            (
                self.basis == "rule" and not (self.rule and {self.task, self.number} <= {"rule", "derived", "none"}),
                "luật định mà thiếu căn cứ hoặc độ chắc thấp hơn", "ghi rule và task, number: rule; hoặc basis: advice",
            ),
            (counted and self.number == "none", "có số ngày mà number: none", "ghi số ấy chắc đến đâu"),
            (self.only_if == "khac" and not self.condition, "only_if: khac mà không có condition", "ghi condition"),
            (not self.roles and not self.outside, "không ghi ai làm", "ghi roles, hoặc outside: cơ quan ngoài xã"),
        ]  # fmt: skip


class DeadlineList(Strict):
    """The page of all deadlines."""

    title: Title = Field(description="Tên trang")
    description: Text | None = Field(None, description="Một câu giới thiệu trang")
    deadlines: list[Deadline] = Field(min_length=1, description="Các hạn, theo nhóm, theo thứ tự thời gian")
