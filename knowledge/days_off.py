"""The table of days off, ``days_off.yml``: written by ``make days-off``, read by Python and handed to the browser.

What was announced, and what the library of public holidays does not know, is written by hand: ``days_off_announced.yml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import Field, TypeAdapter, ValidationError, model_validator

from knowledge.dates import Calendar
from knowledge.plain_yaml import read_yaml
from knowledge.records.fields import Day, Strict, Text

T = TypeVar("T")
FILE = Path(__file__).with_name("days_off.yml")
ANNOUNCED_FILE = Path(__file__).with_name("days_off_announced.yml")
YEARS = range(2026, 2032)
"""The years of the term that the table holds."""


class DayOff(Strict):
    """A day on which no office works, or a Saturday or Sunday that is worked in its place."""

    day: Day
    name: Text
    worked: bool = False
    announced: bool
    source: Text


def read_days_off(text: str) -> list[DayOff]:
    """Return the days of a table's text. Ends the program with one line where it cannot be used."""
    days = _read(TypeAdapter(list[DayOff]), text, FILE, "chạy make days-off")
    return sorted(days, key=lambda one: one.day)


class Paper(Strict):
    """A paper that announced the days off between two days."""

    first: Day
    last: Day
    paper: Text

    @model_validator(mode="after")
    def _in_order(self) -> Paper:
        if self.last < self.first:
            raise ValueError(f"{self.paper}: ngày cuối {self.last} trước ngày đầu {self.first}")
        return self


class YearlyDay(Strict):
    """A day off of each year that the library does not know."""

    day: int = Field(ge=1, le=31)
    month: int = Field(ge=1, le=12)
    name: Text
    paper: Text


class AddedDay(Strict):
    """A single day that the library does not know."""

    day: Day
    name: Text
    worked: bool = False


class Announced(Strict):
    """What is known of days off beside the library; every day outside ``papers`` is expected, not announced."""

    papers: list[Paper]
    yearly: list[YearlyDay]
    added: list[AddedDay]
    left_out: list[Day]


def read_announced(text: str) -> Announced:
    """Return what was announced. Ends the program with one line where it cannot be used."""
    return _read(TypeAdapter(Announced), text, ANNOUNCED_FILE, "sửa chỗ đó, chạy lại make days-off")


def _read(kind: TypeAdapter[T], text: str, file: Path, remedy: str) -> T:
    try:
        return kind.validate_python(read_yaml(text), strict=True)
    except (yaml.YAMLError, ValidationError, ValueError) as error:
        told = " ".join(str(error).split())[:200]
        raise SystemExit(f"knowledge/{file.name}: LỖI không đọc được ({told}) → {remedy} [days-off]") from None


@cache
def days_off() -> tuple[DayOff, ...]:
    """Return the committed table."""
    return tuple(read_days_off(FILE.read_text("utf-8")))


def calendar(days: Iterable[DayOff] | None = None) -> Calendar:
    """Return the calendar of a table; without one, of the committed table."""
    found = list(days_off() if days is None else days)
    return Calendar(
        frozenset(one.day for one in found if not one.worked), frozenset(one.day for one in found if one.worked)
    )
