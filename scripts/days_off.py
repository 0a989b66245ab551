"""``make days-off``: write the table of days off from a kept library of public holidays, and what was announced."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

import holidays
import yaml

from knowledge.days_off import FILE, YEARS, DayOff, read_days_off
from publish.project import write_changed
from scripts.command import run

CULTURE_DAY = (11, 24)
_CULTURE_SOURCE = "Nghị quyết 28/2026/QH16 (theo trang tin)"
_ANNOUNCED: tuple[tuple[date, date, str], ...] = (
    (date(2026, 1, 1), date(2026, 1, 10), "Công văn 12729/VPCP-KGVX ngày 25/12/2025 (theo trang tin)"),
    (date(2026, 2, 1), date(2026, 2, 28), "Thông báo 9441/TB-BNV (theo trang tin)"),
    (date(2026, 4, 1), date(2026, 5, 31), "Công văn 3383/BNV-CVL (theo trang tin)"),
    (date(2026, 8, 1), date(2026, 9, 30), "Thông báo 9441/TB-BNV (theo trang tin)"),
    (date(2027, 2, 1), date(2027, 2, 28), "Công văn 10065/VPCP-KGVX ngày 02/10/2026 (theo trang tin)"),
    (date(2027, 9, 1), date(2027, 9, 30), "Công văn 10065/VPCP-KGVX ngày 02/10/2026 (theo trang tin)"),
)
"""From, to, by which paper the days off between them were announced; everything else is expected."""
_ADDED = (("2026-01-02", "Ngày nghỉ (thay cho ngày 10/01/2026)", False), ("2026-01-10", "Ngày làm bù", True))
"""What was announced and the library does not know: day, name, whether it is worked."""
_LEFT_OUT = ("2029-11-26", "2030-11-25")
"""Days off in place of 24/11 on a Saturday or Sunday: the labour code's Article 111 reaches only those of its Article 112."""
_HEAD = (
    "# Do lệnh make days-off ghi từ thư viện holidays, không sửa tay. worked: ngày làm bù; announced: đã công bố hay dự kiến.\n"
    "# Ngày nghỉ của năm chưa công bố có thể đổi: người dùng thêm ngày nghỉ, ngày làm bù trên máy của mình.\n"
)


def table() -> list[DayOff]:
    """Return the days off of the table's years, Sundays and Saturdays too, and the days worked in their place."""
    known = holidays.country_holidays("VN", years=YEARS, language="vi")
    library = f"Thư viện holidays {version('holidays')}"
    names = {day: str(name) for day, name in known.items() if day.year in YEARS}
    for year in YEARS:
        names.setdefault(date(year, *CULTURE_DAY), "Ngày Văn hóa Việt Nam")
    found = [_day(day, name, library, worked=False) for day, name in names.items() if day.isoformat() not in _LEFT_OUT]
    worked = (day for day in known.weekend_workdays if day.year in YEARS)
    found += [_day(day, "Ngày làm bù", library, worked=True) for day in worked]
    found += [_day(date.fromisoformat(day), name, library, worked) for day, name, worked in _ADDED]
    return sorted({one.day: one for one in found}.values(), key=lambda one: one.day)


def _day(day: date, name: str, library: str, worked: bool) -> DayOff:
    if (day.month, day.day) == CULTURE_DAY:
        return DayOff(day=day, name=name, announced=True, source=_CULTURE_SOURCE)
    papers = [paper for first, last, paper in _ANNOUNCED if first <= day <= last]
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
