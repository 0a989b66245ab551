"""``make dates``: print every deadline of a sitting with its day, as the board computes them."""

from __future__ import annotations

import sys
from datetime import date

from knowledge.dates import Sitting, due, due_text
from knowledge.days_off import calendar
from knowledge.deadline_text import basis_text, is_binding, limit_text
from knowledge.records.deadlines import GROUPS, SITTINGS, Deadline
from scripts.command import checked, run

USAGE = "viết: make dates opening=2026-12-10 kind=thuong-le-cuoi-nam"


def sitting_of(opening: str, kind: str) -> Sitting:
    """Return the sitting that was asked for; the province decides by 09/12, as the law wants. Raises ValueError."""
    try:
        day = date.fromisoformat(opening)
    except ValueError:
        raise ValueError(
            f"opening: ngày “{opening[:40]}” sai dạng → viết năm-tháng-ngày, ví dụ opening=2026-12-10"
        ) from None
    if not 2000 <= day.year <= 2100:
        raise ValueError(f"opening: năm {day.year} ngoài khoảng 2000–2100 → kiểm tra lại năm")
    if kind not in SITTINGS:
        raise ValueError(f"kind: không có loại “{kind[:40]}” → chọn: {', '.join(SITTINGS)}")
    days = {"khai-mac": day}
    if kind == "thuong-le-cuoi-nam":
        days["hdnd-tinh-quyet"] = date(day.year if day.month > 6 else day.year - 1, 12, 9)
    if kind == "quyet-toan":
        days |= {"khai-mac-quyet-toan": day, "phe-chuan-quyet-toan": day}
    return Sitting(kind, days)


def lines(deadlines: list[Deadline], sitting: Sitting, basis: dict[str, str], binding: set[str]) -> list[str]:
    """Return the table's lines, group by group, each group by day; what has no day yet comes last."""
    found: list[str] = []
    days_off = calendar()
    for group, title in GROUPS.items():
        own = [(due(one, sitting, days_off), one) for one in deadlines if one.group == group]
        own = [pair for pair in own if not pair[1].when or sitting.kind in pair[1].when]
        if not own:
            continue
        found += ["", title.upper()]
        for when, one in sorted(own, key=lambda pair: (pair[0] is None, pair[0].day if pair[0] else date.min)):
            text = due_text(one.bound, when) if when else limit_text(one)
            sure = "hạn" if one.id in binding else "ô điền" if one.basis == "local" else "gợi ý"
            condition = f" ({one.condition})" if one.condition else ""
            found.append(f"- {one.does}{condition}: {text} [{sure}: {basis[one.id]}]")
    return found


def main() -> int:
    """Print the table. Returns 1, with a line per fault, where the sitting cannot be told or records are broken."""
    opening, kind = [*(" ".join(one.split()) for one in sys.argv[1:]), "", ""][:2]
    faults = []
    for asked in ((opening, "thuong-le-cuoi-nam"), ("2026-12-10", kind)):
        try:
            sitting_of(*asked)
        except ValueError as fault:
            faults.append(str(fault))
    if faults:
        print("\n".join([*faults, USAGE]))
        return 1
    kb, good = checked(strict=False)
    if not good:
        return 1
    deadlines = list(kb.deadlines.values())
    basis = {one.id: basis_text(kb, one) for one in deadlines}
    binding = {one.id for one in deadlines if is_binding(kb, one)}
    print("\n".join(lines(deadlines, sitting_of(opening, kind), basis, binding)))
    return 0


if __name__ == "__main__":
    run(main)
