"""JSON Schemas for editors: completion and errors while typing a record."""

from __future__ import annotations

import json

from .contract import SCHEMA_ADDRESS
from .model import (
    RECORD_FOLDERS,
    Checklist,
    ChecklistPage,
    Edition,
    Glossary,
    PlainPage,
    Source,
    Strict,
)

EDITED_TYPES: tuple[type[Strict], ...] = (
    Checklist,
    ChecklistPage,
    Edition,
    Glossary,
    PlainPage,
    Source,
    *RECORD_FOLDERS.values(),
)


def editor_schemas() -> dict[str, str]:
    """Return file name → schema text for each type that an editor writes."""
    return {_file_name(model): _schema_text(model) for model in EDITED_TYPES}


def _file_name(model: type[Strict]) -> str:
    words = "".join(f"-{c.lower()}" if c.isupper() else c for c in model.__name__)
    return f"{words.lstrip('-')}.schema.json"


def _schema_text(model: type[Strict]) -> str:
    schema = model.model_json_schema(mode="validation")
    return json.dumps({"$schema": SCHEMA_ADDRESS, **schema}, ensure_ascii=False, indent=1) + "\n"
