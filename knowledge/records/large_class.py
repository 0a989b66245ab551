"""The types of the large class: its plan, step by step, what is printed for it, what is asked afterwards."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from knowledge.records.fields import Links, LinksTo, Strict, Text, Title, at_most

WORDS_A_LINE = 40


class ClassStep(Strict):
    """One step of the plan; a case works on an exercise, the others say themselves what is shown."""

    id: str = Field(pattern=r"^lop(-[a-z0-9]+)+$", description="Mã phần của lớp học, ví dụ lop-mo-dau. Không đổi")
    does: Literal["talk", "case", "break", "write"] = Field(
        description="talk: nói, nghe; case: làm một bài luyện; break: nghỉ; write: mỗi người viết"
    )
    minutes: int = Field(ge=1, le=60, description="Số phút")
    title: Title = Field(description="Phần này để làm gì, ví dụ: Ít giờ thì đọc gì trước")
    exercise: Annotated[str | None, LinksTo("exercises")] = Field(
        None, description="Bài luyện, khi does: case, ví dụ TH20"
    )
    leads: Text = Field("Người hướng dẫn", description="Ai điều hành phần này")
    shown: list[Annotated[Text, AfterValidator(at_most(WORDS_A_LINE))]] = Field(
        default_factory=list, description="Các dòng hiện trên trang trình chiếu; bỏ trống khi does: case"
    )
    said: list[Text] = Field(default_factory=list, description="Người hướng dẫn nói, làm gì; mỗi dòng một câu")
    needs: list[Text] = Field(default_factory=list, description="Giấy, đồ dùng cho phần này")
    sheets: Annotated[Links, LinksTo("checklists", "templates")] = Field(
        default_factory=list, description="Phiếu rà soát, biểu mẫu dùng ở phần này, ví dụ [DM12]"
    )


class CaseMinutes(Strict):
    """How each case is spent before the reasons, in minutes; the reasons take the rest."""

    read: int = Field(ge=1, le=5, description="Đọc to tình huống, câu hỏi")
    alone: int = Field(ge=1, le=10, description="Mỗi người tự chọn")
    table: int = Field(ge=1, le=15, description="Bàn trao đổi, thống nhất")
    cards: int = Field(ge=1, le=5, description="Giơ thẻ chữ")

    @property
    def before_reasons(self) -> int:
        """Minutes that go by before the reasons are read."""
        return self.read + self.alone + self.table + self.cards


class FeedbackQuestion(Strict):
    """One question of the form at the end; without choices it is answered on lines."""

    text: Annotated[Text, AfterValidator(at_most(25))] = Field(description="Câu hỏi về việc quan sát được")
    choices: list[Text] = Field(default_factory=list, max_length=5, description="Các ô để đánh dấu; bỏ trống thì viết")
    lines: int = Field(0, ge=0, le=4, description="Số dòng để viết")


class LargeClass(Strict):
    """The page of the large class."""

    title: Title = Field(description="Tên trang")
    description: Text | None = Field(None, description="Một câu giới thiệu trang")
    people: int = Field(ge=10, le=120, description="Số người học")
    tables: int = Field(ge=2, le=20, description="Số bàn; số người chia hết cho số bàn")
    minutes: int = Field(ge=60, le=480, description="Tổng số phút của lớp, kể cả nghỉ")
    begins: str = Field(
        pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="Giờ bắt đầu để minh họa, ví dụ '08:00'"
    )
    case_minutes: CaseMinutes = Field(description="Mỗi bài chia phút thế nào")
    feedback: list[FeedbackQuestion] = Field(min_length=4, max_length=6, description="Câu hỏi của phiếu góp ý")
    class_steps: list[ClassStep] = Field(min_length=3, description="Các phần theo thứ tự")
