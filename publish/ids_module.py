"""The forms of IDs as the browser's scripts know them: one module, written from the record types."""

from __future__ import annotations

from typing import get_args

from pydantic.fields import FieldInfo

from knowledge.kinds import INNER_KINDS, KINDS
from knowledge.records.fields import RuleId, Slug

IDS_MODULE = "assets/scripts/kept/ids.js"
KEPT = ("checklists", "exercises", "milestones", "reviews")
"""Kinds whose IDs a device keeps."""


def ids_module() -> str:
    """Return the module's text: an object of regular expressions by kind."""
    patterns = {name: _pattern(KINDS[name].model.model_fields["id"]) for name in KEPT}
    patterns["deadlines"] = _pattern(INNER_KINDS["deadlines"].model.model_fields["id"])
    patterns |= {"slug": _pattern(get_args(Slug)[1]), "rules": _pattern(get_args(RuleId)[1])}
    lines = "".join(f"  {name}: /{pattern}/,\n" for name, pattern in patterns.items())
    return f"// Forms of IDs, by kind of record. Written by `make schemas` from the record types; not to be changed here.\nexport const ID = {{\n{lines}}};\n"


def _pattern(field: FieldInfo) -> str:
    return str(next(rule.pattern for rule in field.metadata if hasattr(rule, "pattern")))
