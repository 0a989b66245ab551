"""The loaded knowledge base: records by ID, pages by path, and where each value stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from knowledge.kinds import INNER_KINDS, KINDS, LISTS
from knowledge.records.deadlines import Deadline
from knowledge.records.documents import TemplateDocument
from knowledge.records.fields import LinksTo, Strict
from knowledge.records.issues import Issue, Level
from knowledge.records.large_class import ClassStep, LargeClass
from knowledge.records.layers import Dropped, folder_of
from knowledge.records.model import (
    Cause,
    Checklist,
    Edition,
    Evidence,
    Exercise,
    Finding,
    Instrument,
    Item,
    Milestone,
    OwnEdition,
    Part,
    Role,
    Round,
    Rule,
    SelfReview,
    Solution,
    Source,
    Stage,
    Strength,
    Template,
    Term,
)
from knowledge.records.moves import Moves
from knowledge.records.path import DecisionStep
from knowledge.records.resolution_kinds import ResolutionKind
from knowledge.records.signs import DraftSign, Sign
from knowledge.records.trials import TryStep
from knowledge.records.yaml_lines import Parsed, field_name
from knowledge.records.yaml_lines import Path as FieldPath

T = TypeVar("T")

ACTED_ON = next(mark.kinds for mark in Item.model_fields["applies"].metadata if isinstance(mark, LinksTo))
"""Kinds that say what to do, step by step: those that an item of a sheet may apply."""


@dataclass(frozen=True)
class Origin:
    """The file of a record (relative to the root) and the lines of its fields."""

    file: str
    parsed: Parsed

    def issue(
        self,
        path: FieldPath,
        code: str,
        message: str,
        remedy: str = "",
        level: Level = Level.ERROR,
    ) -> Issue:
        """Return an issue about a field of this record, with its line."""
        line = self.parsed.line_of(path)
        return Issue(self.file, line, field_name(path), code, message, remedy, level)


@dataclass(frozen=True)
class Page:
    """A Markdown page: path below ``docs/``, prose, and the ID of its record if it has one."""

    uri: str
    body: str
    body_line: int
    record: str | None = None
    title: str | None = None
    macros: bool = True
    description: str | None = None

    @property
    def file(self) -> str:
        """The page's path relative to the project's root."""
        return f"docs/{self.uri}"

    def issue(
        self, code: str, message: str, remedy: str, line: int = 0, field: str = "", level: Level = Level.ERROR
    ) -> Issue:
        """Return a fault of this page; line 0 where it is of the page as a whole."""
        return Issue(self.file, line, field, code, message, remedy, level)


@dataclass(frozen=True)
class PlacedItem:
    """An item with the sheet and round it stands in; ``number`` counts from 1 within the sheet."""

    checklist: Checklist
    round: Round
    item: Item
    number: int
    path: FieldPath

    @property
    def id(self) -> str:
        """The full ID, for example ``DM07/khao-sat``."""
        return f"{self.checklist.id}/{self.item.id}"

    @property
    def roles(self) -> list[str]:
        """Slugs of the roles that do this item."""
        return self.item.by or self.round.answers


@dataclass(frozen=True)
class PlacedPart:
    """A part with its finding."""

    finding: Finding
    part: Part
    path: FieldPath


@dataclass(frozen=True)
class PlacedEvidence:
    """Evidence with the source that holds it."""

    source: Source
    evidence: Evidence
    path: FieldPath


@dataclass
class KnowledgeBase:
    """All records. Each mapping is ordered by ID or by the record's own order.

    ``records`` holds those with pages of their own by kind; ``of`` finds those inside others, too.
    ``broken`` holds IDs whose file was refused, so that links to them are not reported twice;
    ``unread`` the pages below ``docs/`` that were refused whole, ``lost_kinds`` the kinds of which
    no complete list is known.
    """

    root: Path
    edition: Edition
    has_edition: bool = True
    """Whether the edition was read; no date is judged by one that stands in for a file that was refused."""
    records: dict[str, dict[str, Any]] = field(default_factory=lambda: {name: {} for name in KINDS})
    terms: dict[str, Term] = field(default_factory=dict)
    deadlines: dict[str, Deadline] = field(default_factory=dict)
    signs: dict[str, Sign] = field(default_factory=dict)
    draft_signs: dict[str, DraftSign] = field(default_factory=dict)
    path_steps: dict[str, DecisionStep] = field(default_factory=dict)
    class_steps: dict[str, ClassStep] = field(default_factory=dict)
    try_steps: dict[str, TryStep] = field(default_factory=dict)
    large_class: LargeClass | None = None
    """The whole of the large class, where there is one."""
    rules: dict[str, tuple[Instrument, Rule, FieldPath]] = field(default_factory=dict)
    items: dict[str, PlacedItem] = field(default_factory=dict)
    parts: dict[str, PlacedPart] = field(default_factory=dict)
    evidence: dict[str, PlacedEvidence] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    page_of: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    lost_kinds: set[str] = field(default_factory=set)
    list_origins: dict[str, Origin] = field(default_factory=dict)
    """Kind → the page that lists all records of it."""
    listed_at: dict[str, dict[str, tuple[Origin, FieldPath]]] = field(default_factory=dict)
    """Kind → ID of a record in such a list → the file that it stands in, its place there."""
    documents: dict[str, TemplateDocument] = field(default_factory=dict)
    document_origins: dict[str, Origin] = field(default_factory=dict)
    own: OwnEdition | None = None
    """What the edition says instead of the base; None in the base itself."""
    own_files: set[str] = field(default_factory=set)
    """Files, named as if they stood in the base, that lie in the edition's folder."""
    dropped: Dropped = field(default_factory=Dropped)
    own_origin: Origin | None = None
    """The edition's own file, with its lines."""
    notices_origin: Origin | None = None
    """The file that holds the edition's notices: its own where it says any, else the base's; None where neither was read."""
    rewritten: dict[str, str] = field(default_factory=dict)
    """Page below ``docs/`` → its text where the edition leaves out what it links to."""
    drafts: dict[str, str] = field(default_factory=dict)
    """File of a record that is not published yet → its ID; those of them that were read are records like others."""
    moves: Moves = field(default_factory=Moves)
    """What was renamed or withdrawn; ``moves_origin`` tells its lines."""
    moves_origin: Origin | None = None
    _computed: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def where(self, file: str) -> str:
        """Return where a file lies below the root: the edition's own ones in its folder."""
        return f"{folder_of(self.edition.slug)}/{file}" if file in self.own_files else file

    def once(self, name: str, compute: Callable[[KnowledgeBase], T]) -> T:
        """Return what ``compute`` gives for these records, computed once; nothing changes them after loading."""
        if name not in self._computed:
            self._computed[name] = compute(self)
        found: T = self._computed[name]
        return found

    @property
    def sources(self) -> dict[str, Source]:
        """The sources by ID."""
        return self.records["sources"]

    @property
    def strengths(self) -> dict[str, Strength]:
        """The strengths by ID."""
        return self.records["strengths"]

    @property
    def findings(self) -> dict[str, Finding]:
        """The findings by ID."""
        return self.records["findings"]

    @property
    def causes(self) -> dict[str, Cause]:
        """The causes by ID."""
        return self.records["causes"]

    @property
    def solutions(self) -> dict[str, Solution]:
        """The solutions by ID."""
        return self.records["solutions"]

    @property
    def roles(self) -> dict[str, Role]:
        """The roles by ID."""
        return self.records["roles"]

    @property
    def stages(self) -> dict[str, Stage]:
        """The stages by ID."""
        return self.records["stages"]

    @property
    def checklists(self) -> dict[str, Checklist]:
        """The checklists by ID."""
        return self.records["checklists"]

    @property
    def templates(self) -> dict[str, Template]:
        """The templates by ID."""
        return self.records["templates"]

    @property
    def resolution_kinds(self) -> dict[str, ResolutionKind]:
        """The kinds of resolution by ID."""
        return self.records["resolution_kinds"]

    @property
    def instruments(self) -> dict[str, Instrument]:
        """The instruments by ID."""
        return self.records["instruments"]

    @property
    def exercises(self) -> dict[str, Exercise]:
        """The exercises by ID."""
        return self.records["exercises"]

    @property
    def milestones(self) -> dict[str, Milestone]:
        """The milestones by ID."""
        return self.records["milestones"]

    @property
    def reviews(self) -> dict[str, SelfReview]:
        """The reviews by ID."""
        return self.records["reviews"]

    def of(self, kind: str) -> dict[str, Any]:
        """Return what is known of a kind, inner ones too, by ID."""
        found: dict[str, Any] = getattr(self, kind) if kind in INNER_KINDS else self.records[kind]
        return found

    @property
    def acted_on(self) -> dict[str, Solution | Strength]:
        """The lessons that say what to do, step by step, kind by kind as ``ACTED_ON`` has them."""
        return {one: record for kind in ACTED_ON for one, record in self.records[kind].items()}

    def get(self, record_id: str) -> Strict | None:
        """Return the record of an ID: a record, one inside it, or one of those listed on a page; None if unknown."""
        for records in self.records.values():
            if record_id in records:
                found: Strict = records[record_id]
                return found
        for kind in INNER_KINDS.values():
            # A term may share its name with a record.
            if kind.name != "terms" and record_id in self.of(kind.name):
                found = self.of(kind.name)[record_id]
                return found if kind.page else _inside(found)[1]
        return None

    def inner(self, kind: str) -> dict[str, tuple[Origin, Strict, FieldPath]]:
        """Return the records of a kind that lie inside others or are listed on a page: ID → its file, itself, its place there."""
        known = self.of(kind)
        if INNER_KINDS[kind].page:
            listed = self.listed_at.get(kind, {})
            return {one: (origin, known[one], path) for one, (origin, path) in listed.items()}
        placed = {one: _inside(record) for one, record in known.items()}
        return {one: (self.origins[holder], record, path) for one, (holder, record, path) in placed.items()}


def _inside(placed: Any) -> tuple[str, Strict, FieldPath]:
    """Return the ID of what holds a record, the record, its place there. Raises TypeError for a kind that is not told here."""
    match placed:
        case PlacedItem():
            return placed.checklist.id, placed.item, placed.path
        case PlacedPart():
            return placed.finding.id, placed.part, placed.path
        case PlacedEvidence():
            return placed.source.id, placed.evidence, placed.path
        case (Instrument() as instrument, Rule() as rule, path):
            return instrument.id, rule, path
    raise TypeError(f"not known where this lies: {placed!r}")


TO_DRAFT = "bỏ liên kết này, hoặc xóa dòng draft ở bản ghi đó"


def is_draft(kb: KnowledgeBase, record_id: str) -> bool:
    """Tell whether an ID is that of a draft that was left out, or of what lies inside it."""
    sheet = record_id.partition("/")[0]
    source = record_id.removeprefix("BC-").rpartition("-")[0]
    return not {record_id, sheet, source, record_id.rstrip("abcdefghijklmnopqrstuvwxyz")}.isdisjoint(kb.drafts.values())


def is_lost(kb: KnowledgeBase, record_id: str, kinds: Iterable[str] = ()) -> bool:
    """Tell whether an ID may be unknown only because a file was refused: then that file has its line."""
    sheet = record_id.partition("/")[0]
    finding = record_id.rstrip("abcdefghijklmnopqrstuvwxyz")
    return not kb.broken.isdisjoint((record_id, sheet, finding)) or not kb.lost_kinds.isdisjoint(kinds)


def anchor_of(locator: str) -> str:
    """Return the address fragment of a source's paragraph: ``fn1.b`` → ``doan-fn1-b``."""
    return "doan-" + locator.replace(".", "-")


def rule_anchor(rule_id: str) -> str:
    """Return the address fragment of a rule: ``giam-sat.pham-vi-hdnd`` → ``giam-sat-pham-vi-hdnd``."""
    return rule_id.replace(".", "-")


def place_of(kb: KnowledgeBase, record_id: str) -> tuple[str, str] | None:
    """Return (page path below ``docs/``, fragment or '') of an ID, or None if it has no page."""
    if record_id in kb.parts:
        return kb.page_of[kb.parts[record_id].finding.id], record_id.lower()
    if record_id in kb.items:
        placed = kb.items[record_id]
        page = kb.page_of.get(placed.checklist.id)
        return (page, placed.item.id) if page else None
    if record_id in kb.rules:
        return kb.page_of[kb.rules[record_id][0].id], rule_anchor(record_id)
    if record_id in kb.evidence:
        return kb.page_of[kb.evidence[record_id].source.id], record_id.lower()
    page = kb.page_of.get(record_id)
    for kind in LISTS.values():
        # A term may share its name with a record: ``term`` leads there.
        if page is None and kind.name != "terms" and record_id in kb.of(kind.name):
            return kind.page, record_id
    return (page, "") if page else None


def natural_key(record_id: str) -> tuple[str, int, int, str]:
    """Sort key that puts DM2 before DM10, HC1 before HC1a, HC1z before HC1aa."""
    letters = record_id.rstrip("0123456789abcdefghijklmnopqrstuvwxyz")
    digits = "".join(char for char in record_id[len(letters) :] if char.isdigit())
    after = len(record_id) - len(letters) - len(digits) if letters.isupper() else 0
    return letters, int(digits or 0), after, record_id
