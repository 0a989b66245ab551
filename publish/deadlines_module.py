"""What the board needs, cut from the records: deadlines, what only the board's own page says of them, days off."""

from __future__ import annotations

import json
from typing import Any

from knowledge.addresses import Form, record_url
from knowledge.days_off import days_off
from knowledge.deadline_text import basis_text, is_binding, limit_text
from knowledge.records.deadlines import Deadline
from knowledge.records.knowledge_base import KnowledgeBase

DEADLINES_MODULE = "assets/scripts/data/deadlines.js"
WORDS_MODULE = "assets/scripts/data/deadline-words.js"
DAYS_OFF_MODULE = "assets/scripts/data/days-off.js"
_KEPT = (
    "id", "does", "anchor", "days", "bound", "side", "amount", "until", "amount_other", "local", "when", "only_if",
    "condition", "outside", "roles", "reminds",
)  # fmt: skip
"""Fields that the board reads as they are; what is empty is left out."""
_HERE = "*"
"""Stands for the file's own name in the address of a kind of record."""


def deadlines_module(kb: KnowledgeBase, form: Form) -> str:
    """Return the module: ``DEADLINES`` in the order of the page, ``SEE``: ID → title, ``PAGES``: letters of IDs → address.

    What never has a day is left to the table in words.
    """
    dated = [one for one in kb.deadlines.values() if may_have_a_day(one)]
    seen = sorted(dict.fromkeys(one for deadline in dated for one in (*deadline.sheets, *deadline.forms)))
    see = {one: kb.get(one).title for one in seen}  # type: ignore[union-attr]
    pages = {one[:2]: record_url(kb, one, form).replace(one.lower(), _HERE) for one in seen}
    rows = ",\n".join(_json(_row(kb, deadline)) for deadline in dated)
    return (
        "// Deadlines as the board reads them. Written by the build from the records; not to be changed here.\n"
        f"export const DEADLINES = [\n{rows}\n];\n"
        f"export const SEE = {_json(see)};\nexport const PAGES = {_json(pages)};\n"
    )


def may_have_a_day(deadline: Deadline) -> bool:
    """Return whether a day can ever be told: a year or a month without a number has none."""
    return deadline.anchor not in ("nam", "thang") or deadline.amount is not None or deadline.local is not None


def _row(kb: KnowledgeBase, deadline: Deadline) -> dict[str, Any]:
    data = deadline.model_dump(mode="json")
    row = {name: data[name] for name in _KEPT if data[name] not in (None, [], "")}
    if deadline.unit != "ngay":
        row["unit"] = deadline.unit
    # The number of the model's rules binds where a council has not told its own.
    if deadline.basis == "local" and deadline.amount is not None:
        row["basis"] = deadline.basis
    if is_binding(kb, deadline):
        row["binding"] = True
    if deadline.sheets or deadline.forms:
        row["see"] = [*deadline.sheets, *deadline.forms]
    return row


def words_module(kb: KnowledgeBase) -> str:
    """Return the module ``WORDS``: ID → [limit in words, basis, note or '']."""
    rows = ",\n".join(
        f"{_json(one.id)}:{_json([limit_text(one), basis_text(kb, one), one.note or ''])}"
        for one in kb.deadlines.values()
    )
    return (
        "// What the board's own page says of deadlines. Written by the build from the records; not to be changed here.\n"
        f"export const WORDS = {{\n{rows}\n}};\n"
    )


def days_off_module() -> str:
    """Return the module: weekdays off, days worked in their place, from when on they are only expected."""
    table = days_off()
    off = [one.day.isoformat() for one in table if not one.worked and one.day.weekday() < 5]
    worked = [one.day.isoformat() for one in table if one.worked]
    expected = next((one.day.isoformat() for one in table if not one.announced), "")
    return (
        "// Days off of the committed table. Written by the build; not to be changed here.\n"
        f"export const DAYS_OFF = {_json({'off': off, 'worked': worked, 'expected': expected})};\n"
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
