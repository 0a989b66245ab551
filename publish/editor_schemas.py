"""JSON Schemas for editors: completion and errors while typing a record."""

from __future__ import annotations

import functools
import json
import re

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from knowledge.kinds import GO_ON, KINDS, LISTS, PLAIN_FOLDERS
from knowledge.records.documents import TemplateDocument
from knowledge.records.fields import Strict
from knowledge.records.ids import id_pattern
from knowledge.records.model import Checklist, ChecklistPage, Edition, OwnEdition, PlainPage
from knowledge.records.moves import FILE as MOVED_FILE
from knowledge.records.moves import Moves

# The draft that every editor and linter reads; nothing newer is used.
DRAFT = "http://json-schema.org/draft-07/schema#"

EDITED_TYPES: tuple[type[Strict], ...] = (
    ChecklistPage,
    Edition,
    Moves,
    OwnEdition,
    PlainPage,
    *(kind.holder for kind in LISTS.values() if kind.holder),
    *(kind.more_holder for kind in GO_ON.values() if kind.more_holder),
    *(kind.model for kind in KINDS.values()),
    TemplateDocument,
)


class _EditorSchema(GenerateJsonSchema):
    """Pydantic's schema less what editors show as noise, plus their messages in Vietnamese."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        # One type list instead of "anyOf": editors then complete the field without writing null.
        inner = self.generate_inner(schema["schema"])
        if "type" not in inner:  # a record of its own, named elsewhere
            return {"anyOf": [inner, {"type": "null"}]}
        null = {"enum": [*inner["enum"], None]} if "enum" in inner else {}
        return {**inner, "type": [inner["type"], "null"], **null}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        found = super().default_schema(schema)
        return {key: value for key, value in found.items() if (key, value) != ("default", None)}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        found = super().model_schema(schema)
        found.pop("description", None)  # the docstring: English, for programmers
        for field in found["properties"].values():
            if "pattern" in field and "description" in field:
                field["patternErrorMessage"] = f"Sai dạng. {field['description']}"
        return found


def editor_schemas() -> dict[str, str]:
    """Return file name → schema text for each type that an editor writes."""
    return {_file_name(model): _schema_text(model) for model in EDITED_TYPES}


def _file_name(model: type[Strict]) -> str:
    words = "".join(f"-{c.lower()}" if c.isupper() else c for c in model.__name__)
    return f"{words.lstrip('-')}.schema.json"


@functools.cache
def _schema_text(model: type[Strict]) -> str:
    schema = model.model_json_schema(mode="validation", schema_generator=_EditorSchema)
    return json.dumps({"$schema": DRAFT, **schema}, ensure_ascii=False, indent=1) + "\n"


def editor_settings() -> str:
    """Return VS Code's settings: which schema belongs to which files, by kind of record."""
    patterns: dict[str, str | list[str]] = {
        _file_name(Checklist): "checklists/*.yml",
        _file_name(Edition): "edition.yml",
        _file_name(Moves): MOVED_FILE,
        _file_name(TemplateDocument): f"docs/{KINDS['templates'].folder}/bm*.yml",
        _file_name(ChecklistPage): f"docs/{KINDS['checklists'].folder}/dm*.md",
        **{_file_name(kind.holder): f"docs/{page}" for page, kind in LISTS.items() if kind.holder},
        **{_file_name(kind.more_holder): f"docs/{file}" for file, kind in GO_ON.items() if kind.more_holder},
    }
    apart = [f"!docs/{page}" for page in LISTS]
    for kind in KINDS.values():
        if kind.model is Checklist:
            continue
        # “^HC[1-9]…” → “hc”; an ID that is a slug has no such beginning.
        letters = re.match(r"\^([A-Z]+-?)", id_pattern(kind.model))
        if letters:
            patterns[_file_name(kind.model)] = f"docs/{kind.folder}/{letters[1].lower()}*.md"
        else:
            patterns[_file_name(kind.model)] = [f"docs/{kind.folder}/*.md", f"!docs/{kind.folder}/index.md"]
        if kind.apart:
            own = patterns[_file_name(kind.model)]
            patterns[_file_name(kind.model)] = [*([own] if isinstance(own, str) else own), f"docs/{kind.apart}"]
            apart.append(f"!docs/{kind.apart}")
    plain = ["docs/index.md", "docs/**/index.md", *(f"docs/{folder}/*.md" for folder in PLAIN_FOLDERS), *apart]
    patterns[_file_name(PlainPage)] = plain
    settings = {
        "yaml.schemas": {f"./schemas/{name}": files for name, files in sorted(patterns.items())},
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "editor.detectIndentation": False,
        "editor.insertSpaces": True,
        "editor.tabSize": 2,
    }
    return json.dumps(settings, indent=2) + "\n"
