"""What ``ledger.json`` knows of what was published; ``make ledger`` writes it, checks and commands read it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from knowledge.kinds import KINDS
from knowledge.moves import HOLDERS, Trail, anchor, page_uri, trail
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Checklist
from knowledge.records.moves import PAGES, PLACES

FILE = "ledger.json"
Ledger = dict[str, Any]
"""``pages``: path below docs/ → anchors; ``downloads``: names below tai-ve/; ``ids``: kind → IDs; ``sheets``: sheet →
version → its items in order, each as ID and mark."""


def read_ledger(root: Path) -> Ledger:
    """Return the committed ledger of a project; an empty one where there is none or it cannot be read."""
    try:
        found = json.loads((root / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        found = {}
    return {"pages": {}, "downloads": [], "ids": {}, "sheets": {}, **(found if isinstance(found, dict) else {})}


def used_before(kb: KnowledgeBase, kind: str, ledger: Ledger) -> set[str]:
    """Return the IDs of a kind that were published or given up: none is for something new."""
    found = trail(kb)
    return {*ledger["ids"].get(kind, []), *found.renamed.get(kind, {}), *found.gone.get(kind, {})}


def marks_of(sheet: Checklist) -> list[str]:
    """Return a sheet's items in order, each as its ID and eight hexadecimal digits of what paper says of it."""
    return [
        f"{item.id} {_mark(str(number), item.text, item.answer, str(item.critical))}"
        for number, round_ in enumerate(sheet.rounds, 1)
        for item in round_.items
    ]


def _mark(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


def recorded_of(ledger: Ledger, trail: Trail, sheet: str) -> dict[int, list[str]]:
    """Return version → items as recorded for a sheet, also under earlier IDs; the items by their IDs of today."""
    found: dict[int, list[str]] = {}
    for old, versions in ledger["sheets"].items():
        if trail.now("checklists", old) != sheet:
            continue
        for version, marks in versions.items():
            split = [mark.split(" ") for mark in marks]
            found[int(version)] = [
                f"{(trail.now('items', f'{old}/{item}') or item).rpartition('/')[2]} {mark}" for item, mark in split
            ]
    return found


def changed_items(recorded: list[str], now: list[str]) -> list[str]:
    """Return the IDs of items that differ: other words, new, gone; all that moved where only the order differs."""
    before, after = dict(one.split(" ") for one in recorded), dict(one.split(" ") for one in now)
    differing = [one for one in {**before, **after} if before.get(one) != after.get(one)]
    return differing or [one for one, other in zip(after, before, strict=False) if one != other]


def excused(ledger: Ledger, trail: Trail) -> dict[str, str]:
    """Return the ledger's lines that ``moved.yml`` accounts for → the ID in it; lines are as ``make ledger`` tells them."""
    found: dict[str, str] = {}
    for kind, ids in ledger["ids"].items():
        for one in ids:
            if trail.now(kind, one) != one or trail.withdrawal(kind, one):
                found[f"{kind} {one}"] = one
    for kind in (*KINDS, PAGES):
        for one in (*trail.renamed.get(kind, {}), *trail.gone.get(kind, {})):
            uri = page_uri(kind, one)
            found[f"docs/{uri}"] = one
            if trail.withdrawal(kind, one):
                stem = one.lower()
                found |= {
                    f"tai-ve/{name}": one
                    for name in ledger["downloads"]
                    if kind != PAGES and name.rpartition(".")[0] in (stem, f"bo-in-{stem}")
                }
    found |= {f"docs/{one}": one for one in trail.gone.get(PLACES, {})}
    for kind, withdrawn in trail.gone.items():
        for one in withdrawn:
            for uri, places in ledger["pages"].items():
                inside = kind not in HOLDERS or uri == page_uri(HOLDERS[kind], one.partition("/")[0])
                if kind not in (PAGES, PLACES) and anchor(kind, one) in places and (kind != "items" or inside):
                    found[f"docs/{uri}#{anchor(kind, one)}"] = one
    return found
