"""What the draft check knows: signs cut from the records; which texts have ended, and what stands instead."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.addresses import Form, record_url
from knowledge.plain_yaml import read_yaml
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Instrument
from knowledge.records.signs import LEVELS, PLACES, DraftSign
from publish.signs_module import ways_on

DRAFT_SIGNS_MODULE = "assets/scripts/data/draft-signs.js"
ENDED = Path(__file__).resolve().parent.parent / "knowledge" / "ended_texts.yml"
_OF_A_LAW = re.compile(r" năm \d|, số | \(năm ")
_ANY_LETTER = re.compile(r"\\p\{L\}|\\.|[\[\]]", re.DOTALL)
_LETTERS = "A-Za-zÀ-ÖØ-öø-ỹ"
"""Without × and ÷, which stand among them: “15 người×200.000 đồng”."""
_NUMBER = re.compile(r"\d{1,4}/(?:\d{4}/)?[A-ZĐ][\w-]*(?:-[\w-]+)*|\d{1,4}/\d{4}/QH\d+")


@functools.cache
def ended_texts() -> tuple[dict[str, Any], ...]:
    """Return texts without a page that have ended: number, day, name, by (or now), from, read; ``budget`` for budget years from then on."""
    return tuple(read_yaml(ENDED.read_text("utf-8")))


def draft_signs_module(kb: KnowledgeBase, form: Form) -> str:
    """Return the module of the draft check.

    ``DRAFT_SIGNS``: ID → {level, where, title, message, mend, unless, kinds, but, texts, bodies, state, pattern, silent, cited, programmes: looked for in
    a sitting's programme, too, see, items};
    ``SHEETS``: those that have such items → [title, address, all its items]; ``TEXTS``: number of a text → {law: what a law is called, day,
    short, ended: since when, by: what stands instead today, budget: whether it depends on the budget year}.
    """
    signs = {one.id: _sign(kb, one, form) for one in kb.draft_signs.values()}
    sheets = sorted({item.partition("/")[0] for row in signs.values() for item in row["items"]})
    data = {
        "DRAFT_SIGNS": signs,
        "SHEETS": {
            one: [
                kb.checklists[one].title,
                record_url(kb, one, form),
                [item.id for turn in kb.checklists[one].rounds for item in turn.items],
            ]
            for one in sheets
        },
        "TEXTS": dict(_texts(kb)),
    }
    lines = [
        f"export const {name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n"
        for name, value in data.items()
    ]
    return "// What the draft check knows. Written by the build from the records; not to be changed here.\n" + "".join(
        lines
    )


def _sign(kb: KnowledgeBase, one: DraftSign, form: Form) -> dict[str, Any]:
    row: dict[str, Any] = {
        "level": LEVELS[one.level], "where": one.where, "place": PLACES[one.where], "title": one.title, "message": one.message,
        "mend": one.mend, "unless": one.unless or "", "kinds": one.kinds, "but": one.but_kinds,
        "bodies": one.bodies, "state": one.state or "",
        "see": ways_on(kb, one.prevents, one.sheets, one.rules, form), "items": _items(kb, one),
    }  # fmt: skip
    if one.programmes:
        row["programmes"] = True
    if one.texts:
        row["texts"] = [_number(kb.instruments[text]) for text in one.texts if text in kb.instruments]
    if one.pattern:
        row |= {"pattern": quick_letters(one.pattern), "silent": quick_letters(one.silent or ""), "cited": one.cited}
    return row


def quick_letters(pattern: str) -> str:
    r"""Return a pattern with Vietnamese letters for ``\p{L}``: a browser takes twice as long to make ready any letter of any script."""
    in_class = False

    def instead(found: re.Match[str]) -> str:
        nonlocal in_class
        if found[0] == r"\p{L}":
            return _LETTERS if in_class else f"[{_LETTERS}]"
        if not found[0].startswith("\\"):
            in_class = found[0] == "["
        return found[0]

    return _ANY_LETTER.sub(instead, pattern)


def _items(kb: KnowledgeBase, one: DraftSign) -> list[str]:
    """Return where what was found is noted: of each sheet one item for each part that a sign warns of, the part's best if it is there."""
    found: dict[str, None] = {}
    for part in one.prevents:
        best = kb.parts[part].part.best if part in kb.parts else None
        by_sheet: dict[str, list[str]] = {}
        for name, placed in kb.items.items():
            if part in placed.item.prevents and (not one.sheets or placed.checklist.id in one.sheets):
                by_sheet.setdefault(placed.checklist.id, []).append(name)
        found |= {best if best in names else names[0]: None for names in by_sheet.values()}
    return list(found)


def _number(instrument: Instrument) -> str:
    """Return an instrument's own number; those of the texts that amend it stand in the same field and are left out."""
    own = instrument.number.split(",")[0].strip()
    found = _NUMBER.search(own)
    return found[0] if found else own


def _law(title: str) -> str:
    """Return the words by which grounds name a law, in lower case; empty for other texts, and for laws that amend."""
    name = _OF_A_LAW.split(title.lower())[0].strip()
    return name if name.startswith("luật ") and not name.startswith("luật sửa đổi") else ""


def _in_force(kb: KnowledgeBase, one: Instrument | None) -> Instrument | None:
    """Return what stands instead of a text today: what replaced it may be replaced, too."""
    while one and one.replaced_by in kb.instruments:
        one = kb.instruments[one.replaced_by]
    return one


def _texts(kb: KnowledgeBase) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in kb.instruments.values():
        by = kb.instruments.get(one.replaced_by or "")
        now = _in_force(kb, by)
        ended = one.in_force_to or (by.in_force_from if by and one.state == "replaced" else None)
        yield _number(one), {
            "law": _law(one.title), "day": one.issued.isoformat() if one.issued else "", "short": one.short,
            "ended": (ended.isoformat() if ended else "") if one.state == "replaced" else "", "by": now.short if now else "",
            "budget": False,
        }  # fmt: skip
    for text in ended_texts():
        by = kb.instruments.get(text.get("by", ""))
        yield text["number"], {
            "law": _law(text["name"]), "day": text["day"].isoformat() if text["day"] else "", "short": text["number"],
            "ended": text["from"].isoformat(), "by": by.short if by else text.get("now", ""), "budget": bool(text.get("budget")),
        }  # fmt: skip
