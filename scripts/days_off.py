"""``make days-off``: write the table of days off from a kept library of public holidays, and what was announced."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

import holidays
import yaml

from knowledge.days_off import ANNOUNCED_FILE, FILE, YEARS, Announced, DayOff, read_announced, read_days_off
from publish.project import write_changed
from scripts.command import run

_HEAD = (
    "# Do lệnh make days-off ghi từ thư viện holidays, không sửa tay. worked: ngày làm bù; announced: đã công bố hay dự kiến.\n"
    "# Ngày nghỉ của năm chưa công bố có thể đổi: người dùng thêm ngày nghỉ, ngày làm bù trên máy của mình.\n"
)


def table() -> list[DayOff]:
    """Return the days off of the table's years, Sundays and Saturdays too, and the days worked in their place."""
    announced = read_announced(ANNOUNCED_FILE.read_text("utf-8"))
    known = holidays.country_holidays("VN", years=YEARS, language="vi")
    library = f"Thư viện holidays {version('holidays')}"
    names = {day: str(name) for day, name in known.items() if day.year in YEARS}
    for year in YEARS:
        for one in announced.yearly:
            names.setdefault(date(year, one.month, one.day), one.name)
    left_out = set(announced.left_out)
    found = [_day(announced, day, name, library) for day, name in names.items() if day not in left_out]
    worked = (day for day in known.weekend_workdays if day.year in YEARS)
    found += [_day(announced, day, "Ngày làm bù", library, worked=True) for day in worked]
    found += [_day(announced, one.day, one.name, library, one.worked) for one in announced.added]
    return sorted({one.day: one for one in found}.values(), key=lambda one: one.day)


def _day(announced: Announced, day: date, name: str, library: str, worked: bool = False) -> DayOff:
    """Return a day with the paper that told it; without one it is the library's, and expected."""
    yearly = [one.paper for one in announced.yearly if (one.day, one.month) == (day.day, day.month)]
    papers = yearly or [one.paper for one in announced.papers if one.first <= day <= one.last]
    return DayOff(day=day, name=name, worked=worked, announced=bool(papers), source=papers[0] if papers else library)


def text(days: list[DayOff]) -> str:
    """Return the table as it is written: a line a day."""
    rows = [one.model_dump(mode="json") for one in days]
    lines = [
        yaml.safe_dump(row, allow_unicode=True, default_flow_style=True, width=1000, sort_keys=False) for row in rows
    ]
    return _HEAD + "".join(f"- {line}" for line in lines)


def main() -> int:
    """Write the table, and read it back."""
    written = text(table())
    read_days_off(written)
    write_changed(FILE, written)
    return 0


if __name__ == "__main__":
    run(main)
