"""What is said, in Vietnamese, of a value that pydantic refuses."""

from __future__ import annotations

import types
import typing
from typing import Any

from pydantic import BaseModel

from knowledge.records.yaml_lines import Path as FieldPath
from knowledge.text import nearest

_TYPE_WORDS = {
    "string_type": "chữ (đặt trong dấu ngoặc kép nếu trông như số)",
    "int_type": "số nguyên",
    "int_from_float": "số nguyên",
    "bool_type": "true hoặc false",
    "list_type": "danh sách, mỗi dòng một gạch đầu dòng",
    "dict_type": "nhóm “tên: giá trị”",
    "model_type": "nhóm “tên: giá trị”",
    "model_attributes_type": "nhóm “tên: giá trị”",
}


def explain(model: type[BaseModel], detail: dict[str, Any]) -> tuple[str, str, str]:
    """Turn one pydantic error into (what is wrong, what to write instead, code), in Vietnamese."""
    kind, context = str(detail["type"]), detail.get("ctx", {})
    path = tuple(detail["loc"])
    owner = _model_at(model, path[:-1])
    name = str(path[-1]) if path else ""
    hint = _describe(owner, name)
    if kind == "missing":
        return f"thiếu trường “{name}”", f"thêm “{name}: …” ({hint})", "missing-field"
    if kind == "extra_forbidden":
        known = list(owner.model_fields) if owner else []
        guess = nearest(name, known)
        remedy = f"có phải “{guess}”?" if guess else f"chỉ dùng: {', '.join(known)}"
        return f"trường “{name}” không có trong bản ghi này", remedy, "unknown-field"
    if kind in _TYPE_WORDS:
        return f"sai kiểu: {_shown(detail['input'])}", f"viết {_TYPE_WORDS[kind]}", "wrong-type"
    if kind == "literal_error":
        return (
            f"giá trị {_shown(detail['input'])} không dùng được",
            f"chọn {context['expected'].replace(' or ', ' hoặc ')}",
            "wrong-value",
        )
    if kind == "string_pattern_mismatch":
        return f"{_shown(detail['input'])} sai dạng", hint, "wrong-form"
    if kind in ("too_short", "too_long"):
        limit = context.get("min_length", context.get("max_length"))
        bound = "ít nhất" if kind == "too_short" else "nhiều nhất"
        return (
            f"có {context['actual_length']} phần tử",
            f"cần {bound} {limit} ({hint})",
            "wrong-count",
        )
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        wanted = context.get("expected_tags", "heading, article, paragraph")
        return "loại khối không có hoặc chưa ghi", f"ghi kind là một trong: {wanted}", "block-kind"
    if kind == "string_too_long":
        return f"{_shown(detail['input'])} quá dài", hint, "wrong-form"
    if kind.startswith("greater_than") or kind.startswith("less_than"):
        return f"số {_shown(detail['input'])} ngoài khoảng cho phép", hint, "wrong-value"
    message, _, remedy = str(detail["msg"]).partition("\x1f")
    return message, remedy or hint, kind


def path_in_file(path: FieldPath, value: Any) -> FieldPath:
    """Drop from a path what is no key of the file: the names of alternatives that pydantic adds."""
    kept: list[str | int] = []
    for number, part in enumerate(path):
        inside = isinstance(value, list) and isinstance(part, int) and part < len(value)
        inside = inside or (isinstance(value, dict) and part in value)
        if inside:
            kept.append(part)
            value = value[part]
        elif number == len(path) - 1:
            kept.append(part)
    return tuple(kept)


def _shown(value: Any) -> str:
    text = "trống" if value is None else str(value)
    return f"“{text[:60]}{'…' if len(text) > 60 else ''}”"


def _model_at(model: type[BaseModel], path: tuple[Any, ...]) -> type[BaseModel] | None:
    """Return the model that the value at a path is validated by."""
    current: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int) or current is None:
            continue
        field = current.model_fields.get(part)
        current = _inner_model(field.annotation) if field else None
    return current


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) in (list, typing.Union, types.UnionType):
        found = (_inner_model(inner) for inner in typing.get_args(annotation))
        return next((inner for inner in found if inner), None)
    return None


def _describe(owner: type[BaseModel] | None, name: str) -> str:
    field = owner.model_fields.get(name) if owner else None
    return (field.description if field else None) or "xem tệp mẫu cùng loại"
