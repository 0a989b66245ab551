"""What the programme's page says of each sign, cut from the records."""

from __future__ import annotations

import json
from collections.abc import Iterable

from knowledge.addresses import Form, record_url
from knowledge.law import ground
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.signs import LEVELS

SIGNS_MODULE = "assets/scripts/data/signs.js"


def signs_module(kb: KnowledgeBase, form: Form) -> str:
    """Return the module ``SIGNS``: ID → {level, title, message, mend, unless, see: [[text, address from the root]]}."""
    rows = {
        one.id: {
            "level": LEVELS[one.level], "title": one.title, "message": one.message, "mend": one.mend,
            "unless": one.unless or "", "see": ways_on(kb, one.prevents, one.sheets, one.rules, form),
        }
        for one in kb.signs.values()
    }  # fmt: skip
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return (
        "// Signs as the programme's page tells them. Written by the build from the records; not to be changed here.\n"
        f"export const SIGNS = {text};\n"
    )


def ways_on(
    kb: KnowledgeBase, prevents: Iterable[str], sheets: Iterable[str], rules: Iterable[str], form: Form
) -> list[list[str]]:
    """Return what a sign leads to, as [text, address from the root]: faults, sheets, rules."""
    return [
        *([_name(kb, link), record_url(kb, link, form)] for link in (*prevents, *sheets)),
        *([ground(*kb.rules[rule][:2]), record_url(kb, rule, form)] for rule in rules),
    ]


def _name(kb: KnowledgeBase, record_id: str) -> str:
    record = kb.get(record_id)
    return f"{record_id} {getattr(record, 'title', '')}".strip()
