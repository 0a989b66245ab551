"""The types of fields: texts, days, IDs, links, each with what is said of a wrong value. Knows no record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from knowledge.text import words

SUMMARY_WORDS = 50
ITEM_WORDS = 25
EXERCISE_WORDS = 60
TITLE_LETTERS = 120
"""Half again the longest title today: seven lines on a phone, four on a preview picture."""


def fault(code: str, message: str, remedy: str) -> PydanticCustomError:
    """Return a validation error with its code, what is wrong and what to write instead."""
    # The remedy travels behind a separator that no Vietnamese sentence contains.
    return PydanticCustomError(code, f"{message}\x1f{remedy}")


def _one_line(text: str) -> str:
    if not text.strip():
        raise fault("empty-text", "để trống", "viết nội dung hoặc xóa trường này")
    if "\n" in text.strip():
        raise fault("line-break", "có xuống dòng", "viết thành một dòng")
    return text.strip()


def _no_braces(text: str) -> str:
    if "{{" in text or "{%" in text or "{#" in text:
        raise fault("braces", "có dấu “{{”, “{%” hoặc “{#”", "bỏ dấu ngoặc nhọn đôi")
    return text


def at_most(limit: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        count = len(words(text))
        if count > limit:
            raise fault("too-long", f"dài {count} chữ", f"rút còn tối đa {limit} chữ")
        return text

    return check


def _iso_date(value: Any) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise fault("date", f"ngày “{str(value)[:40]}” sai dạng", "viết năm-tháng-ngày, ví dụ 2026-11-23")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise fault("date", f"không có ngày {value}", "kiểm tra lại lịch") from None
    if not 1900 <= day.year <= 2100:
        raise fault("date", f"năm {day.year} ngoài khoảng 1900–2100", "kiểm tra lại năm")
    return day


LOOSE_DAY = r"^[0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2])(-[0-9]{2})?)?$"


def _loose_day(value: Any) -> str:
    """Return a day as exact as it was written; one that names the day must be in the calendar."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    if not re.fullmatch(LOOSE_DAY, text):
        raise fault("date", f"ngày “{text[:40]}” sai dạng", "viết 2026-08-22, 2026-08, 2026-Q3 hoặc 2026")
    return _iso_date(text).isoformat() if text.count("-") == 2 else text


def _no_markup(text: str) -> str:
    # The theme prints titles as they are, in the page's head and in the navigation.
    if "<" in text or ">" in text:
        raise fault("markup", "có dấu “<” hoặc “>”", "viết tên bằng chữ, không dùng hai dấu này")
    return text


def _short_enough(text: str) -> str:
    if len(text) > TITLE_LETTERS:
        raise fault("too-long", f"dài {len(text)} ký tự", f"rút còn tối đa {TITLE_LETTERS} ký tự")
    return text


Text = Annotated[str, AfterValidator(_one_line), AfterValidator(_no_braces)]
Title = Annotated[Text, AfterValidator(_no_markup), AfterValidator(_short_enough)]
Summary = Annotated[Text, AfterValidator(at_most(SUMMARY_WORDS))]
ExerciseText = Annotated[Text, AfterValidator(at_most(EXERCISE_WORDS))]
ItemText = Annotated[Text, AfterValidator(at_most(ITEM_WORDS))]
Day = Annotated[date, BeforeValidator(_iso_date), WithJsonSchema({"type": "string", "format": "date"})]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
RuleId = Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
Url = Annotated[str, Field(pattern=r"^https?://\S+$")]
LooseDay = Annotated[
    str,
    BeforeValidator(_loose_day),
    WithJsonSchema({"type": "string", "pattern": LOOSE_DAY}),
]
"""A day as exact as it is known: 2024-10-31, 2024-10, 2024-Q4 or 2024."""
Locator = Annotated[str, Field(pattern=r"^(fn)?[0-9]+(\.[0-9a-z]+)?$")]
Links = list[str]
ANY_PAGE = "*"
"""In ``LinksTo``: every kind that a reader can be sent to for reading (``kinds.READING``)."""
ANYTHING = "**"
"""In ``LinksTo``: every kind there is."""


class LinksTo:
    """Marks a field whose IDs are links, and says which kinds (``kinds.KINDS``) they may name.

    Everything about links is walked from these marks: checks, ways back, completion. ``also`` are
    words that the field may hold instead of an ID.
    """

    def __init__(self, *kinds: str, also: tuple[str, ...] = ()) -> None:
        self.kinds = kinds
        self.also = also


def _id(pattern: str, example: str) -> Any:
    return Field(pattern=pattern, description=f"Mã bản ghi, ví dụ {example}. Không đổi, không dùng lại")


class Strict(BaseModel):
    """Base of all records: unknown fields refused, no silent conversion, never changed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


def texts_at(record: Strict, place: str) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield (path, text) of what stands at a place, written ``questions.text``: of each one where it is a list's."""
    name, _, rest = place.partition(".")
    value = getattr(record, name, None)
    held: Any = [((name, n), one) for n, one in enumerate(value)] if isinstance(value, list) else [((name,), value)]
    for path, one in held:
        if isinstance(one, Strict):
            yield from (((*path, *inner), text) for inner, text in texts_at(one, rest))
        elif one:
            yield path, one


def is_place(model: type[Strict], place: str) -> bool:
    """Tell whether records of a type have texts at a place."""
    name, _, rest = place.partition(".")
    field = model.model_fields.get(name)
    if field is None:
        return False
    kinds = [one for one in (field.annotation, *get_args(field.annotation)) if isinstance(one, type)]
    inner = next((one for one in kinds if issubclass(one, Strict)), None)
    return is_place(inner, rest) if inner else not rest
