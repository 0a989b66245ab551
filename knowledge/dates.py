"""Days that deadlines fall on. Whole days; the browser computes the same, in ``sitting/dates.js``, on the same cases.

How is counted, once for all:

- the day from which is counted is left out, forwards and backwards;
- a working day is none of Saturday, Sunday, the days off of the table; a day worked in their place is one;
- a limit counted backwards that falls on a day off moves to the working day before;
- one counted forwards, or named by the calendar, is never moved: beside it stands by when it had better be done;
- "before a day" ends with the day before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from knowledge.records.deadlines import NAMED_DAYS, Deadline
from knowledge.text import vn_date

ONE = timedelta(days=1)
LOOKING_BACK = 30
"""A day of the year is the first from so many days before the opening on."""
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class Calendar:
    """Days off that are no Saturday or Sunday, and Saturdays and Sundays that are worked."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Tell whether offices work on a day."""
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def working_day(self, day: date) -> date:
        """Return the day itself if it is worked, else the last worked day before it."""
        while not self.works(day):
            day -= ONE
        return day

    def shift(self, day: date, count: int) -> date:
        """Return the working day that is ``count`` working days after a day, before it if negative; 0: the day."""
        step = ONE if count > 0 else -ONE
        for _number in range(abs(count)):
            day += step
            while not self.works(day):
                day += step
        return day


@dataclass(frozen=True)
class Due:
    """When something is due. ``day`` is the last day, with ``khong-som-hon`` the first one."""

    day: date
    start: date | None = None
    """The first day, of a span."""
    better: date | None = None
    """The working day before, where the last day is a day off and stays."""
    counted: date | None = None
    """The day off that the count gave, where the limit moved."""


@dataclass(frozen=True)
class Sitting:
    """What is known of a sitting: its kind, the days by the names of anchors, the council's own numbers by rule."""

    kind: str
    days: Mapping[str, date]
    local: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def regular(self) -> bool:
        """Whether it is a regular sitting, for which working rules have a number of their own."""
        return self.kind.startswith("thuong-le")


def anchor_days(known: Mapping[str, date], calendar: Calendar) -> dict[str, date]:
    """Return the days that are counted from, with those that follow from others.

    A sitting closes on its opening day unless told otherwise; resolutions are adopted, and people elected, at the
    close; they are issued on the day they are adopted. The province may allot for five working days after it decided.
    """
    days = dict(known)
    for name, other in (
        ("be-mac", "khai-mac"), ("thong-qua", "be-mac"), ("bau", "be-mac"), ("ban-hanh", "thong-qua"),
    ):  # fmt: skip
        if other in days:
            days.setdefault(name, days[other])
    if "hdnd-tinh-quyet" in days:
        days.setdefault("tinh-giao", calendar.shift(days["hdnd-tinh-quyet"], 5))
    return days


def named_day(days: list[str], from_day: date) -> date:
    """Return the first of some days of the calendar, MM-DD or YYYY-MM-DD, that is not before a day.

    Days with a year are taken as they are. 29 February is 28 February in a year that has none.
    """
    if any(len(day) == 10 for day in days):
        return min(date.fromisoformat(day) for day in days)
    found = [_in_year(day, year) for day in days for year in (from_day.year, from_day.year + 1)]
    return min(day for day in found if day >= from_day)


def _in_year(month_and_day: str, year: int) -> date:
    month, day = map(int, month_and_day.split("-"))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return date(year, month, 28 if (month, day) == (2, 29) and not leap else day)


def amount_of(deadline: Deadline, sitting: Sitting) -> tuple[int, str] | None:
    """Return how many days of which unit a deadline has for a sitting; the council's own number goes before all."""
    if deadline.local and deadline.local in sitting.local:
        return sitting.local[deadline.local]
    own = deadline.amount if sitting.regular or deadline.amount_other is None else deadline.amount_other
    return None if own is None else (own, deadline.unit)


def due(deadline: Deadline, sitting: Sitting, calendar: Calendar) -> Due | None:
    """Return when something is due, or None while a day or a number is missing."""
    anchor = _anchor(deadline, sitting, calendar)
    amount = amount_of(deadline, sitting)
    if anchor is None:
        return None
    if deadline.bound == "tai-ky":
        return Due(anchor)
    if amount is None and (deadline.side is not None or deadline.bound == "trong-nam"):
        return None
    count, unit = amount or (0, "ngay")
    if deadline.bound == "khong-som-hon":
        return Due(_counted(anchor, count, unit, calendar))
    backwards = deadline.side == "truoc" or (deadline.side is None and deadline.anchor not in NAMED_DAYS)
    day = _counted(anchor, -count if backwards else count, unit, calendar)
    if deadline.bound == "truoc":
        day -= ONE
    if deadline.until is not None:
        last = _counted(anchor, -deadline.until if backwards else deadline.until, unit, calendar)
        return _ended(last, backwards, None, calendar, start=day)
    return _ended(day, backwards, anchor if deadline.side == "sau" else None, calendar)


def _anchor(deadline: Deadline, sitting: Sitting, calendar: Calendar) -> date | None:
    if deadline.anchor not in NAMED_DAYS:
        return anchor_days(sitting.days, calendar).get(deadline.anchor)
    opening = sitting.days.get("khai-mac")
    if deadline.anchor == "ngay-trong-nam" and opening is None:
        return None
    return named_day(deadline.days, (opening or date.min + 2 * LOOKING_BACK * ONE) - LOOKING_BACK * ONE)


def _counted(anchor: date, count: int, unit: str, calendar: Calendar) -> date:
    return calendar.shift(anchor, count) if unit == "ngay-lam-viec" else anchor + count * ONE


def _ended(day: date, backwards: bool, begun: date | None, calendar: Calendar, start: date | None = None) -> Due:
    """Return the end of a limit, moved or with the better day where it falls on a day off; ``begun``: counted from."""
    worked = calendar.working_day(day)
    if worked == day:
        return Due(day, start)
    if backwards:
        return Due(worked, start, counted=day)
    # Before the count began nothing can be done better.
    return Due(day, start, better=worked if begun is None or worked >= begun else None)


def long_day(day: date) -> str:
    """Return a day with its weekday: Thứ Tư 25/11/2026."""
    return f"{_WEEKDAYS[day.weekday()]} {vn_date(day)}"


def days_left(day: date, today: date) -> str:
    """Return how far off a day is: còn 13 ngày, hôm nay, đã qua 2 ngày."""
    count = (day - today).days
    return "hôm nay" if count == 0 else f"còn {count} ngày" if count > 0 else f"đã qua {-count} ngày"


def due_text(bound: str, when: Due) -> str:
    """Return when something is due, in words; the browser writes the same."""
    day = long_day(when.day)
    if bound == "khong-som-hon":
        return f"không sớm hơn {day}"
    if bound == "tai-ky":
        return f"tại kỳ họp, {day}"
    text = f"từ {long_day(when.start)} đến {day}" if when.start else f"chậm nhất {day}"
    if when.counted:
        return f"{text} (tính ra {long_day(when.counted)} là ngày nghỉ)"
    return f"{text}, nên xong {long_day(when.better)}" if when.better else text
