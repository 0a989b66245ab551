"""The types of the path “whose matter is this?”: questions answered with yes or no, ends that name who decides."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from knowledge.records.fields import ItemText, Links, LinksTo, Strict, Text, Title, fault

DECIDERS: dict[str, str] = {
    "hdnd": "HĐND",
    "thuong-truc": "Thường trực HĐND",
    "ban": "Ban của HĐND",
    "ubnd": "UBND",
    "chu-tich-ubnd": "Chủ tịch UBND",
    "cap-tinh": "Cấp tỉnh",
    "ky-chung": "Các cơ quan cùng ký",
    "hoi-them": "Chưa rõ, hỏi thêm",
}
"""Whose a matter is."""
WHAT_IT_IS: dict[str, str] = {
    "ca-biet": "Nghị quyết cá biệt",
    "quy-pham": "Nghị quyết quy phạm pháp luật",
    "khong": "Không phải nghị quyết của HĐND",
}
"""What the text is that is then written."""


class DecisionStep(Strict):
    """A question with two ways on, or an end that names who decides."""

    id: str = Field(pattern=r"^duong(-[a-z0-9]+)+$", description="Mã câu hỏi hoặc kết luận, ví dụ duong-nhan-su")
    text: ItemText = Field(description="Câu hỏi trả lời bằng có, không; hoặc kết luận; tối đa 25 chữ")
    hint: Text | None = Field(None, description="Ví dụ, cách nhận ra; câu ngắn")
    if_yes: Annotated[str | None, LinksTo("path_steps")] = Field(None, description="Có: sang câu nào")
    if_no: Annotated[str | None, LinksTo("path_steps")] = Field(None, description="Không: sang câu nào")
    whose: Literal[
        "hdnd", "thuong-truc", "ban", "ubnd", "chu-tich-ubnd", "cap-tinh", "ky-chung", "hoi-them"
    ] | None = Field(None, description="Kết luận: việc của ai")  # fmt: skip
    text_kind: Literal["ca-biet", "quy-pham", "khong"] | None = Field(None, description="Kết luận: loại văn bản")
    rules: Annotated[Links, LinksTo("rules")] = Field(default_factory=list, description="Căn cứ")
    kinds: Annotated[Links, LinksTo("resolution_kinds")] = Field(
        default_factory=list, description="Loại nghị quyết mở tiếp, ví dụ [LN10]"
    )

    @property
    def is_question(self) -> bool:
        """Whether it goes on from here."""
        return self.if_yes is not None

    @model_validator(mode="after")
    def _a_question_or_an_end(self) -> Self:
        ways, ends = (self.if_yes, self.if_no), (self.whose, self.text_kind)
        question = all(ways) and not any((*ends, self.kinds))
        if not question and not (all(ends) and not any(ways)):
            raise fault(
                "path-step", "không là câu hỏi, cũng không là kết luận",
                "câu hỏi: chỉ ghi if_yes và if_no; kết luận: ghi whose, text_kind, có thể thêm kinds",
            )  # fmt: skip
        return self


class PathPage(Strict):
    """The page of the path; its first step is the beginning."""

    title: Title = Field(description="Tên trang")
    description: Text | None = Field(None, description="Một câu giới thiệu trang")
    path_steps: list[DecisionStep] = Field(min_length=3, description="Câu hỏi, theo thứ tự hỏi; rồi các kết luận")
