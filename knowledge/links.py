"""Links between records: what each record declares, and the way back, computed.

Which fields hold links is said by the fields themselves (``fields.LinksTo``); nothing here names one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import get_args

from knowledge.kinds import INNER_KINDS, KINDS, kinds_of
from knowledge.records.fields import LinksTo, Strict
from knowledge.records.knowledge_base import KnowledgeBase, Origin
from knowledge.records.model import Lesson
from knowledge.records.yaml_lines import Path as FieldPath

_INNER_MODELS = tuple(kind.model for kind in INNER_KINDS.values())


@dataclass(frozen=True)
class Link:
    """One declared link: who declares it, in which field, to which ID, and which kinds it may name."""

    owner: str
    origin: Origin
    path: FieldPath
    target: str
    kinds: tuple[str, ...]

    @property
    def field(self) -> str:
        """Name of the declaring field, for example ``prevents``."""
        return next(str(part) for part in reversed(self.path) if isinstance(part, str))


def kind_of(kb: KnowledgeBase, record_id: str) -> str | None:
    """Return the kind of an ID as in ``kinds.NAMED`` (terms apart, which may share a name), or None if unknown."""
    return kb.once("kinds of IDs", _kinds_of_ids).get(record_id)


def _kinds_of_ids(kb: KnowledgeBase) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in (*KINDS, *INNER_KINDS):
        for record_id in kb.of(kind) if kind != "terms" else ():
            found.setdefault(record_id, kind)
    return found


def has_kind(kb: KnowledgeBase, record_id: str, kinds: tuple[str, ...]) -> bool:
    """Tell whether an ID is known as one of the kinds."""
    return any(record_id in kb.of(kind) for kind in kinds)


def ids_of_kinds(kb: KnowledgeBase, kinds: tuple[str, ...]) -> set[str]:
    """Return all IDs of the given kinds."""
    return {record_id for kind in kinds for record_id in kb.of(kind)}


def declared_links(kb: KnowledgeBase) -> list[Link]:
    """Return every link that a record declares: those of whole records first, then those inside them, then those of documents."""
    return kb.once("links", lambda kb: list(_declared_links(kb)))


def _declared_links(kb: KnowledgeBase) -> Iterator[Link]:
    for which in (_own_links, _nested_links):
        for owner, origin, record in _whole_records(kb):
            yield from _kept_links(which, owner, origin, record, ())
    for owner, origin, record, path in (*_inner_records(kb), *_documents(kb)):
        yield from _kept_links(_all_links, owner, origin, record, path)


def every_record(kb: KnowledgeBase) -> Iterator[tuple[str, Origin, Strict, FieldPath]]:
    """Yield (ID, its file, the record, its place there) of every record: whole ones first, then those inside others or in lists.

    Last come the documents behind templates, which are kept apart under their templates' IDs.
    """
    for owner, origin, record in _whole_records(kb):
        yield owner, origin, record, ()
    yield from _inner_records(kb)
    yield from _documents(kb)


def _whole_records(kb: KnowledgeBase) -> Iterator[tuple[str, Origin, Strict]]:
    for found in kb.records.values():
        for owner, record in found.items():
            yield owner, kb.origins[owner], record


def _inner_records(kb: KnowledgeBase) -> Iterator[tuple[str, Origin, Strict, FieldPath]]:
    for kind in INNER_KINDS:
        for owner, (origin, record, path) in kb.inner(kind).items():
            yield owner, origin, record, path


def _documents(kb: KnowledgeBase) -> Iterator[tuple[str, Origin, Strict, FieldPath]]:
    for template_id, document in kb.documents.items():
        yield template_id, kb.document_origins[template_id], document, ()


_Find = Callable[[str, Origin, Strict, FieldPath], Iterator[Link]]
"""Finds links of a record: whose they are, its file, the record, its place in the file."""


def _kept_links(which: _Find, owner: str, origin: Origin, record: Strict, path: FieldPath) -> tuple[Link, ...]:
    """Return links of a record; a project read again after a change has the same records but in one file."""
    return origin.parsed.once((which, owner, path), record, lambda: tuple(which(owner, origin, record, path)))


def _all_links(owner: str, origin: Origin, record: Strict, path: FieldPath) -> Iterator[Link]:
    yield from _own_links(owner, origin, record, path)
    yield from _nested_links(owner, origin, record, path)


@cache
def _marked_fields(model: type[Strict]) -> tuple[tuple[str, LinksTo], ...]:
    """Return the fields of a model that hold links, each with what it may link to."""
    marks = ((name, one) for name, field in model.model_fields.items() for one in field.metadata)
    return tuple((name, one) for name, one in marks if isinstance(one, LinksTo))


@cache
def _fields_with_structures(model: type[Strict]) -> tuple[str, ...]:
    """Return the fields of a model that may hold structures, alone or in a list."""
    return tuple(name for name, field in model.model_fields.items() if _holds_structure(field.annotation))


def _holds_structure(annotation: object) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        return True
    return any(map(_holds_structure, get_args(annotation)))


def _own_links(owner: str, origin: Origin, record: Strict, path: FieldPath) -> Iterator[Link]:
    for name, mark in _marked_fields(type(record)):
        value = getattr(record, name)
        if not value:
            continue
        kinds = kinds_of(mark)
        if isinstance(value, str):
            yield Link(owner, origin, (*path, name), value, kinds)
            continue
        for index, target in enumerate(value):
            if target not in mark.also:
                yield Link(owner, origin, (*path, name, index), target, kinds)


def _nested_links(owner: str, origin: Origin, record: Strict, path: FieldPath) -> Iterator[Link]:
    """Links of the structures inside a record; those that are records of their own are left out."""
    for place, one in structures(record, path):
        yield from _own_links(owner, origin, one, place)


def structures(record: Strict, path: FieldPath) -> Iterator[tuple[FieldPath, Strict]]:
    """Yield (place, structure) of each structure inside a record that stands at ``path``; records of their own are left out."""
    for name in _fields_with_structures(type(record)):
        value = getattr(record, name)
        held = [((*path, name), value)] if isinstance(value, Strict) else []
        if isinstance(value, list):
            held = [((*path, name, index), one) for index, one in enumerate(value) if isinstance(one, Strict)]
        for place, one in held:
            if not isinstance(one, _INNER_MODELS):
                yield place, one
                yield from structures(one, place)


def back_links(kb: KnowledgeBase) -> dict[str, dict[str, list[str]]]:
    """Return for each ID who links to it: kind of the linking record → its IDs, each once."""
    return kb.once("back links", _back_links)


def _back_links(kb: KnowledgeBase) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, dict[str, None]]] = {}
    for link in declared_links(kb):
        kind = kind_of(kb, link.owner)
        if kind and link.target != link.owner and link.path[0] != "terms":
            # What a part quotes is quoted on its finding's page.
            by = (kb.parts[link.owner].finding.id, "findings") if kind == "parts" else (link.owner, kind)
            # Evidence speaks of a part, and so of the finding on whose page it stands.
            above = [kb.parts[link.target].finding.id] if kind == "evidence" and link.target in kb.parts else []
            for target in (link.target, *above):
                found.setdefault(target, {}).setdefault(by[1], {})[by[0]] = None
    return {target: {kind: list(owners) for kind, owners in kinds.items()} for target, kinds in found.items()}


def is_stated(record: object, target: str) -> bool:
    """Tell whether the source itself makes this link (else the editors paired the two)."""
    return isinstance(record, Lesson) and target in record.stated
