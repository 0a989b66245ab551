"""The IDs as the browser's scripts know them: their forms, what was renamed, what is gone. One module.

The forms are written from the record types, by ``make schemas``; a build adds what ``moved.yml`` holds.
"""

from __future__ import annotations

import json
from typing import get_args

from pydantic.fields import FieldInfo

from knowledge.kinds import INNER_KINDS, KINDS
from knowledge.moves import trail_of
from knowledge.records.fields import RuleId, Slug
from knowledge.records.moves import STATEMENTS, STEPS, Moves
from knowledge.text import vn_date

IDS_MODULE = "assets/scripts/kept/ids.js"
KEPT = ("checklists", "exercises", "milestones", "reviews")
"""Kinds whose IDs a device keeps."""
FOLLOWED = (*KEPT, "items", STEPS, STATEMENTS, "findings", "parts", "roles", "rules", "deadlines", "resolution_kinds")
"""Kinds of which a device keeps something by ID, and what holds them."""


def ids_module(moves: Moves | None = None) -> str:
    """Return the module's text: regular expressions by kind; old → new IDs; sheets that were withdrawn."""
    patterns = {name: _pattern(KINDS[name].model.model_fields["id"]) for name in KEPT}
    patterns["deadlines"] = _pattern(INNER_KINDS["deadlines"].model.model_fields["id"])
    patterns |= {"slug": _pattern(get_args(Slug)[1]), "rules": _pattern(get_args(RuleId)[1])}
    lines = "".join(f"  {name}: /{pattern}/,\n" for name, pattern in patterns.items())
    trail = trail_of(moves or Moves())
    moved = {kind: trail.renamed[kind] for kind in FOLLOWED if kind in trail.renamed}
    gone = {
        one.id: {"title": one.title, "day": vn_date(one.date), "reason": one.reason}
        for one in trail.gone.get("checklists", {}).values()
    }
    return (
        "// Forms of IDs, by kind of record. Written by `make schemas` from the record types; not to be changed here.\n"
        f"export const ID = {{\n{lines}}};\n"
        "// What was renamed, by kind, and sheets that were withdrawn: a build writes them in from moved.yml.\n"
        f"export const MOVED = {_json(moved)};\nexport const GONE = {_json(gone)};\n"
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def _pattern(field: FieldInfo) -> str:
    return str(next(rule.pattern for rule in field.metadata if hasattr(rule, "pattern")))
