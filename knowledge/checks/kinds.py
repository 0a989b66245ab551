"""Checks of the table of kinds: what a kind needs beside its line exists.

These faults are a programmer's, not an editor's; their tests are in ``tests/test_kinds.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from knowledge.kinds import INNER_KINDS, KINDS, InnerKind, Kind
from knowledge.macro_specs import MACROS
from knowledge.records.fields import is_place
from knowledge.records.ids import id_pattern
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import ACTED_ON, KnowledgeBase

TABLE = "knowledge/kinds.py"
_A_SLUG = "ten-ban-ghi"
"""What ``make new`` takes for an ID where a kind names no first one: its title as a slug."""
TEMPLATES = Path(__file__).parents[2] / "macros" / "templates"


def kinds_are_complete(kb: KnowledgeBase) -> Iterator[Issue]:
    """Each kind's model has the fields that its line names; its partial, folder and macros exist."""
    yield from table_faults(kb.root)


def table_faults(root: Path) -> Iterator[Issue]:
    """Yield what is wrong with the table for a project at ``root``."""
    folders: dict[str, str] = {}
    for kind in KINDS.values():
        missing = {
            f"sentence: {kind.model.__name__} không có trường “{kind.sentence}”": (
                kind.sentence not in kind.model.model_fields
            ),
            "own_words: để trống, câu của loại này không được soát": (not kind.own_words and kind.begun),
            f"first_id: “{kind.first_id}” không phải mã của loại này, {id_pattern(kind.model)}": (
                kind.begun and not re.fullmatch(id_pattern(kind.model), kind.first_id or _A_SLUG)
            ),
            f"header: thiếu tệp templates/header_{kind.header}.html": (
                not (TEMPLATES / f"header_{kind.header}.html").is_file()
            ),
            f"folder: không có trang nào trong docs/{kind.folder}": (
                not any((root / "docs" / kind.folder).glob("*.md"))
            ),
            "applies: mục của phiếu không áp dụng được loại này, dù nó có actions": (
                "actions" in kind.model.model_fields and kind.name not in ACTED_ON
            ),
            f"folder: {kind.folder} đã là thư mục của {folders.get(kind.folder)}": (kind.folder in folders),
        }
        missing |= {
            f"labels.yml: thiếu {name}": True
            for name in ("label", "named", "shared", "found")
            if not getattr(kind.words, name)
        }
        missing |= {f"own_words: {told}": True for told in _no_places(kind)}
        missing |= {f"macros: không có macro “{name}”": True for name in kind.macros if name not in MACROS}
        folders[kind.folder] = kind.name
        for message, wrong in missing.items():
            if wrong:
                yield Issue(TABLE, 0, kind.name, "kind-incomplete", message, "bổ sung, xem loại bên cạnh")
    for inner in INNER_KINDS.values():
        for told in _no_places(inner):
            yield Issue(TABLE, 0, inner.name, "kind-incomplete", f"own_words: {told}", "sửa cho đúng tên trường")


def _no_places(kind: Kind | InnerKind) -> list[str]:
    return [f"{kind.model.__name__} không có trường “{one}”" for one in kind.own_words if not is_place(kind.model, one)]


KIND_CHECKS: list[Callable[[KnowledgeBase], Iterator[Issue]]] = [kinds_are_complete]
