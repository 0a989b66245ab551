"""``make confirm``: show what changed in the rules that records rest on; note what was read again.

Without IDs it only shows. An ID is a record's (DM07, DM07/khao-sat, TH01), a page's (tra-cuu/hoi-dap.md) or a rule's, which
stands for every record that rests on it; ``all`` stands for everything.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from knowledge.confirmed import FILE, Reading, Suspect, confirm, read_confirmed, suspects, written
from knowledge.law_usage import resting
from knowledge.records.issues import Level, report, worst
from knowledge.records.load import load
from publish.project import ROOT, refusal, write_changed
from scripts.command import run

NAMES = {"text": "Nội dung", "article": "Điều khoản", "was": "Điều khoản cũ", "validity": "Hiệu lực"}


def told(found: Iterable[Suspect]) -> list[str]:
    """Return what changed, rule by rule: each part that differs, before and after, then who rests on it."""
    lines: list[str] = []
    by_change: dict[tuple[str, Reading | None], list[Suspect]] = {}
    for one in found:
        by_change.setdefault((one.rule, one.before), []).append(one)
    for (rule, before), group in sorted(by_change.items(), key=lambda item: item[0][0]):
        now = group[0].now
        lines.append(rule)
        for name, label in NAMES.items():
            old, new = getattr(before, name, ""), getattr(now, name)
            if before is None:
                lines += [f"  {label}: {new}"] if new else []
            elif old != new:
                lines += [f"  {label} trước: {old or '(trống)'}", f"  {label} nay:   {new or '(trống)'}"]
        lines.append(f"  {'Cần đọc lại' if before else 'Chưa xác nhận'}: {', '.join(one.record for one in group)}")
    return lines


def chosen(found: Sequence[Suspect], ids: Iterable[str]) -> list[Suspect]:
    """Return those that the IDs name."""
    wanted = set(ids)
    return [one for one in found if wanted & {"all", *names_of(one.record, one.rule)}]


def names_of(record: str, rule: str) -> set[str]:
    """Return what a place may be called by: its record or page, the sheet of an item, the rule."""
    is_item = "/" in record and not record.endswith(".md")
    return {record, rule, *([record.split("/")[0]] if is_item else [])}


def main() -> int:
    """Show, or confirm what is named. Returns 1 for an unknown ID or a file that cannot be read."""
    ids = " ".join(sys.argv[1:]).replace(",", " ").split()
    loaded = load(ROOT)
    confirmed, faults = read_confirmed(ROOT)
    if faults or worst(loaded.issues) == Level.ERROR:
        print("\n".join(report([*faults, *loaded.issues], Level.ERROR)))
        return 1
    known = {"all"}.union(*(names_of(*pair) for pair in resting(loaded.kb)))
    unknown = [one for one in ids if one not in known]
    for one in unknown:
        near = get_close_matches(one, known, 1)
        print(f"{one}: không có bản ghi hay quy định nào tên này{f' → có phải {near[0]}?' if near else ''}")
    if unknown:
        return 1
    found = suspects(loaded.kb, confirmed)
    picked = chosen(found, ids)
    print("\n".join(told(picked if ids else found)))
    if not ids:
        print(f"{len(found)} chỗ cần đọc lại" + (': make confirm ids="MÃ MÃ"' if found else ""))
        return 0
    try:
        write_changed(ROOT / FILE, written(confirm(loaded.kb, confirmed, picked)))
    except OSError as error:
        print(refusal(error) or str(error))
        return 1
    print(f"Đã xác nhận {len(picked)} chỗ, còn {len(found) - len(picked)}.")
    return 0


if __name__ == "__main__":
    run(main)
