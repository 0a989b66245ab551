"""Links between records: what each record declares, and the way back, computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .knowledge import GROUPS, KnowledgeBase, Origin
from .model import ALWAYS, Lesson
from .yaml_lines import Path as FieldPath


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


KIND_NAMES = {
    "sources": "nguồn (TB…)",
    "strengths": "cách làm hay (CT…)",
    "findings": "hạn chế (HC…)",
    "parts": "ý của hạn chế (HC1a…)",
    "causes": "nguyên nhân (NN…)",
    "solutions": "giải pháp (GP…)",
    "roles": "vai trò",
    "stages": "bước (B…)",
    "checklists": "danh mục (DM…)",
    "items": "mục (DM05/…)",
    "templates": "biểu mẫu (BM…)",
    "instruments": "văn bản",
    "rules": "căn cứ",
    "exercises": "bài luyện (TH…)",
    "milestones": "mốc (MC…)",
    "reviews": "bảng tự rà soát (TR-…)",
    "terms": "thuật ngữ",
}


def kind_of(kb: KnowledgeBase, record_id: str) -> str | None:
    """Return the kind of an ID as in ``KIND_NAMES`` (terms apart), or None if unknown."""
    kinds = (*GROUPS, "parts", "items", "rules")
    return next((kind for kind in kinds if record_id in getattr(kb, kind)), None)


def has_kind(kb: KnowledgeBase, record_id: str, kinds: tuple[str, ...]) -> bool:
    """Tell whether an ID is known as one of the kinds."""
    return any(record_id in getattr(kb, kind) for kind in kinds)


def ids_of_kinds(kb: KnowledgeBase, kinds: tuple[str, ...]) -> set[str]:
    """Return all IDs of the given kinds."""
    return {record_id for kind in kinds for record_id in getattr(kb, kind)}


ANYTHING = (
    "sources", "strengths", "findings", "parts", "causes", "solutions", "roles", "stages",
    "checklists", "items", "templates", "instruments",
)  # fmt: skip
_RECORD_LINKS: dict[str, dict[str, tuple[str, ...]]] = {
    "strengths": {"solutions": ("solutions",)},
    "findings": {"causes": ("causes",), "solutions": ("solutions",), "stages": ("stages",)},
    "causes": {"solutions": ("solutions",)},
    "solutions": {"roles": ("roles",)},
    "checklists": {"roles": ("roles",), "stages": ("stages",)},
    "templates": {"roles": ("roles",), "stages": ("stages",)},
    "exercises": {
        "trains": ("parts",),
        "roles": ("roles",),
        "stages": ("stages",),
        "rules": ("rules",),
        "see": ANYTHING,
    },
    "milestones": {"stages": ("stages",)},
    "instruments": {"supersedes": ("instruments",), "replaced_by": ("instruments",)},
}
_ITEM_LINKS: dict[str, tuple[str, ...]] = {
    "by": ("roles",),
    "prevents": ("parts", "findings"),
    "applies": ("solutions", "strengths"),
    "rules": ("rules",),
    "forms": ("templates",),
}


def declared_links(kb: KnowledgeBase) -> Iterator[Link]:
    """Yield every link that a record declares, in file order within each record."""
    for group, fields in _RECORD_LINKS.items():
        for owner, record in getattr(kb, group).items():
            for name, kinds in fields.items():
                yield from _field_links(owner, kb.origins[owner], record, (name,), kinds)
    yield from _action_links(kb)
    yield from _practice_links(kb)
    yield from _addressee_links(kb)
    yield from _round_links(kb)
    for placed in kb.items.values():
        origin = kb.origins[placed.checklist.id]
        for name, kinds in _ITEM_LINKS.items():
            yield from _field_links(placed.id, origin, placed.item, (*placed.path, name), kinds)
    if kb.glossary:
        for index, term in enumerate(kb.terms.values()):
            path: FieldPath = ("terms", index, "see_also")
            kinds = ("terms", *KIND_NAMES)
            yield from _field_links(term.id, kb.glossary, term, path, kinds)


def _field_links(
    owner: str, origin: Origin, record: object, path: FieldPath, kinds: tuple[str, ...]
) -> Iterator[Link]:
    value = getattr(record, str(path[-1]))
    if isinstance(value, str):
        yield Link(owner, origin, path, value, kinds)
    elif value:
        for index, target in enumerate(value):
            if not (path[-1] == "stages" and target == ALWAYS):
                yield Link(owner, origin, (*path, index), target, kinds)


def _action_links(kb: KnowledgeBase) -> Iterator[Link]:
    for owner, lesson in kb.acted_on.items():
        for index, action in enumerate(lesson.actions):
            for name, kinds in (("who", "roles"), ("stage", "stages")):
                path: FieldPath = ("actions", index, name)
                yield from _field_links(owner, kb.origins[owner], action, path, (kinds,))


def _practice_links(kb: KnowledgeBase) -> Iterator[Link]:
    """Links inside the steps of milestones and the statements of self-reviews."""
    for owner, milestone in kb.milestones.items():
        for index, step in enumerate(milestone.steps):
            for name, kinds in (
                ("read", ANYTHING),
                ("sheet", ("checklists",)),
                ("exercise", ("exercises",)),
            ):
                path: FieldPath = ("steps", index, name)
                yield from _field_links(owner, kb.origins[owner], step, path, kinds)
    for owner, review in kb.reviews.items():
        for index, statement in enumerate(review.statements):
            for name, kinds in (("part", ("parts",)), ("next", ANYTHING)):
                path = ("statements", index, name)
                yield from _field_links(owner, kb.origins[owner], statement, path, kinds)


def _addressee_links(kb: KnowledgeBase) -> Iterator[Link]:
    for owner, source in kb.sources.items():
        for index, addressee in enumerate(source.addressees):
            path: FieldPath = ("addressees", index, "roles")
            yield from _field_links(owner, kb.origins[owner], addressee, path, ("roles",))


def _round_links(kb: KnowledgeBase) -> Iterator[Link]:
    for owner, checklist in kb.checklists.items():
        for index, round_ in enumerate(checklist.rounds):
            for name, kinds in (("stage", "stages"), ("reads", "roles"), ("answers", "roles")):
                path: FieldPath = ("rounds", index, name)
                yield from _field_links(owner, kb.origins[owner], round_, path, (kinds,))


def back_links(kb: KnowledgeBase) -> dict[str, dict[str, list[str]]]:
    """Return for each ID who links to it: kind of the linking record → its IDs, each once."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for link in declared_links(kb):
        kind = kind_of(kb, link.owner)
        if kind and link.target != link.owner and link.path[0] != "terms":
            found.setdefault(link.target, {}).setdefault(kind, {})[link.owner] = None
    return {
        target: {kind: list(owners) for kind, owners in kinds.items()}
        for target, kinds in found.items()
    }


def is_stated(record: object, target: str) -> bool:
    """Tell whether the source itself makes this link (else the editors paired the two)."""
    return isinstance(record, Lesson) and target in record.stated
