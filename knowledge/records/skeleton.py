"""The data of a record that has just begun: each required field with a place to write, each list of links empty."""

from __future__ import annotations

import typing
from typing import Any

from pydantic.fields import FieldInfo

from knowledge.kinds import TO_WRITE, Kind
from knowledge.records.fields import LinksTo, Strict
from knowledge.records.model import Quote


def skeleton(kind: Kind, record_id: str, title: str, quote: dict[str, str]) -> dict[str, Any]:
    """Return field → value in the order of the type; ``quote`` stands for a first quotation."""
    known = {"id": record_id, "title": title, **_with_id(dict(kind.begin), record_id)}
    found = {}
    for name, field in kind.model.model_fields.items():
        if name in known:
            found[name] = known[name]
        elif _is_list_of(field, Quote) and field.is_required():
            found[name] = [quote]
        elif (any(isinstance(mark, LinksTo) for mark in field.metadata) and _is_list(field)) or (
            _is_list_of(field, Strict) and not kind.begin.keys() & {"choices", "steps"}
        ):
            found[name] = []
        elif field.is_required():
            found[name] = [TO_WRITE] if _is_list(field) else TO_WRITE
    return found


def _with_id(value: Any, record_id: str) -> Any:
    if isinstance(value, dict):
        return {name: _with_id(one, record_id) for name, one in value.items()}
    if isinstance(value, list):
        return [_with_id(one, record_id) for one in value]
    return value.replace("{id}", record_id) if isinstance(value, str) else value


def _is_list(field: FieldInfo) -> bool:
    return typing.get_origin(field.annotation) is list or field.annotation == list[str]


def _is_list_of(field: FieldInfo, model: type[Strict]) -> bool:
    inner = typing.get_args(field.annotation)
    return _is_list(field) and bool(inner) and isinstance(inner[0], type) and issubclass(inner[0], model)
