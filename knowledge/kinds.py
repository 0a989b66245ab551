"""The one table of the kinds of records: what the project knows about a kind as a whole.

Loading, links, checks, views, kb.json, the search, sharing, ``make new`` and the editors' schemas read
this table. A new kind is its model, a line here, its name in ``labels.yml``, its partial and its folder of pages; a test
adds one and forgets each of these in turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from knowledge.plain_yaml import read_yaml
from knowledge.records.deadlines import Deadline, DeadlineList
from knowledge.records.fields import ANY_PAGE, ANYTHING, LinksTo, Strict
from knowledge.records.large_class import ClassStep, LargeClass
from knowledge.records.model import (
    Cause,
    Checklist,
    Evidence,
    Exercise,
    Finding,
    Glossary,
    Instrument,
    Item,
    Milestone,
    Part,
    Record,
    Role,
    Rule,
    SelfReview,
    Solution,
    Source,
    Stage,
    Strength,
    Template,
    Term,
)
from knowledge.records.path import DecisionStep, PathPage
from knowledge.records.resolution_kinds import FEWEST_QUESTIONS, ResolutionKind
from knowledge.records.signs import DraftSign, DraftSignList, MoreDraftSigns, Sign, SignList
from knowledge.records.trials import TryPage, TryStep


@dataclass(frozen=True)
class Words:
    """A line of ``labels.yml``, which tells what each is for; '' where nothing is told."""

    label: str = ""
    named: str = ""
    shared: str = ""
    found: str = ""


_LABELS = Path(__file__).with_name("labels.yml")


def read_words(text: str) -> dict[str, Words]:
    """Return what people call each kind. Ends the program with one line where the text cannot be used."""
    try:
        return {name: Words(**words) for group in read_yaml(text).values() for name, words in group.items()}
    except (yaml.YAMLError, AttributeError, TypeError) as error:
        told = " ".join(str(error).split())
        raise SystemExit(
            f"knowledge/labels.yml: LỖI không đọc được ({told}) → mỗi loại một dòng: {{label, named, shared, found}} [labels]"
        ) from None


_WORDS = read_words(_LABELS.read_text("utf-8"))


@dataclass(frozen=True)
class Search:
    """How a kind's pages stand in the search: what they count beside others, which of their sections are entries.

    Sections are named by the end of their address.
    """

    weight: float
    computed: bool = False
    """Whether sections repeat other records: their headings, alike on many pages, count less."""
    headings_only: bool = False
    """Whether of its sections the headings alone are found; what they list is found where it stands."""
    left_out: tuple[str, ...] = ()
    """Sections that are no entries."""
    merged: tuple[str, ...] = ()
    """Sections that are no entries of their own: their words count as the page's."""


@dataclass(frozen=True)
class Kind:
    """A kind of record that has pages of its own.

    ``name`` is the attribute of the knowledge base and the key in kb.json; ``folder`` lies below
    ``docs/``; what people call the kind stands in ``labels.yml``. ``sentence`` names the field that says in a sentence what a record is
    about, ``own_words`` the places of our own sentences (``questions.text``: of each question). ``sections`` and ``macros`` are what
    each page of the kind carries, in order. ``header`` is the partial of the page's head.
    """

    name: str
    model: type[Record]
    folder: str
    search: Search
    sentence: str
    header: str
    macros: tuple[str, ...]
    sections: tuple[str, ...] = ()
    own_words: tuple[str, ...] = ()
    apart: str = ""
    """Glob, below ``docs/``, of pages of the kind that lie among plain pages."""
    first_id: str = ""
    """The first ID where IDs are numbered; '' where the ID is a slug of the title."""
    begun: bool = True
    """Whether ``make new`` begins one."""
    begin: Mapping[str, object] = field(default_factory=dict)
    """What ``make new`` writes into fields whose beginning does not follow from their type; ``{id}`` is the record's own."""
    fills: Mapping[str, str] = field(default_factory=dict)
    """What ``make new`` writes under a section; under sections of its own where the kind asks for none, under '' before them."""
    reading: bool = False
    """Whether ``LinksTo(ANY_PAGE)`` may name it."""
    listed: bool = True
    """Whether ``record_list`` shows it."""
    grows: bool = False
    """Whether the benchmark multiplies it."""
    needed_by: tuple[str, ...] = ()
    """Kinds of which one ought to link to each record of this; a record without is probably forgotten."""

    @property
    def words(self) -> Words:
        """What people call the kind."""
        return _WORDS.get(self.name, Words())


@dataclass(frozen=True)
class InnerKind:
    """A kind whose records lie inside those of another, or together on one page: addressed and linked to."""

    name: str
    model: type[Strict]
    inside: str = ""
    page: str = ""
    """The one page, below ``docs/``, whose front matter lists them all under the kind's name."""
    holder: type[Strict] | None = None
    """The type of that front matter."""
    more: str = ""
    """The file, below ``docs/``, in which a list that is too long for one file goes on; shown on the same page."""
    more_holder: type[Strict] | None = None
    """The type of that file."""
    own_words: tuple[str, ...] = ()
    """The places of our own sentences, where they stand on one page."""

    @property
    def words(self) -> Words:
        """What people call the kind."""
        return _WORDS.get(self.name, Words())


TO_WRITE = "VIẾT Ở ĐÂY"
"""What stands where an editor has to write."""
_SHEETS = {"Phiếu rà soát và biểu mẫu": "{{ sheet_items() }}"}
_REMEMBER = {"Cần nhớ": f"- {TO_WRITE}"}
_ACTIONS = {"Làm gì": f"{TO_WRITE}\n\n{{{{ action_list() }}}}", **_SHEETS}

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "sources", Source, "nguon",
            # What it says word for word stands in its head, too, by fault.
            Search(0.7, left_out=("cau-trich",)), apart="tra-cuu/tb[0-9]*.md",
            sentence="setting", header="source", macros=("record_header",), own_words=("setting",), reading=True, listed=False,
            begin={
                "kind": "tin", "level": "xã", "date": "2026", "province": TO_WRITE, "url": "https://", "read": "đủ",
                "checked_on": TO_WRITE,
                "setting": f"{TO_WRITE}: năm nào, cấp nào, luật nào khi đó.",
                "paragraphs": [{"locator": "1", "text": TO_WRITE}],
                "evidence": [{"id": "BC-{id}-1", "part": TO_WRITE, "text": TO_WRITE, "locator": "1"}],
            },
            fills={"": TO_WRITE, "Làm gì": f"- {TO_WRITE}\n\nViệc trên là gợi ý biên soạn.", "Câu trích": "{{ source_text() }}"},
        ),
        Kind(
            "strengths", Strength, "cach-lam-hay", Search(0.95),
            sentence="summary", header="lesson", macros=("record_header", "action_list", "sheet_items"),
            sections=("Làm gì", "Thế nào là đã làm", "Phiếu rà soát và biểu mẫu"),
            own_words=("summary",), first_id="CT1", fills=_ACTIONS, reading=True, grows=True,
        ),
        Kind(
            "findings", Finding, "han-che", Search(1.2),
            sentence="summary", header="finding", macros=("record_header", "linked", "sheet_items"),
            sections=(
                "Biểu hiện", "Ảnh hưởng", "Vì sao", "Làm gì", "Ví dụ minh họa", "Phiếu rà soát và biểu mẫu",
            ),
            own_words=("summary", "parts.signs"), first_id="HC1", begin={"severity": "vừa"},
            fills={"Vì sao": '{{ linked("causes") }}', **_SHEETS}, reading=True, grows=True,
        ),
        Kind(
            "causes", Cause, "nguyen-nhan", Search(0.95),
            sentence="summary", header="lesson", macros=("record_header", "linked", "sheet_items"),
            sections=("Nhận ra thế nào", "Làm gì", "Phiếu rà soát và biểu mẫu"),
            own_words=("summary",), first_id="NN1", needed_by=("findings",),
            fills={"Làm gì": f'{TO_WRITE}\n\n{{{{ linked("solutions") }}}}', **_SHEETS}, reading=True, grows=True,
        ),
        Kind(
            "solutions", Solution, "giai-phap", Search(1.0),
            sentence="summary", header="lesson", macros=("record_header", "sheet_items"),
            sections=("Làm gì", "Thế nào là đã làm", "Phiếu rà soát và biểu mẫu"),
            own_words=("summary",), first_id="GP1", fills=_ACTIONS, reading=True, grows=True,
            needed_by=("findings", "causes", "items", "strengths"),
        ),
        Kind(
            "roles", Role, "vai-tro", Search(1.0, True, headings_only=True),
            sentence="mandate", header="role", macros=("record_header", "role_guide"),
            own_words=("mandate",), reading=True, begin={"order": 100}, fills=_REMEMBER,
        ),
        Kind(
            "stages", Stage, "ky-hop", Search(1.0, True, left_out=("thoi-han", "bieu-mau")),
            sentence="outcome", header="stage", macros=("record_header", "stage_guide"),
            own_words=("when", "outcome", "parallel"), first_id="B1", fills=_REMEMBER, reading=True,
        ),
        Kind(
            "checklists", Checklist, "danh-muc", Search(1.2, True, left_out=("phieu",)),
            sentence="goal", header="checklist", macros=("record_header", "checklist"),
            sections=("Cách dùng", "Phiếu", "Sau khi rà soát"),
            own_words=("goal",), first_id="DM01", fills={"Phiếu": "{{ checklist() }}"}, reading=True, grows=True,
        ),
        Kind(
            "templates", Template, "bieu-mau",
            # A form is found by what it is for.
            Search(1.05, left_out=("xem-truoc", "ai-dien-ai-ky", "loi-thuong-gap", "truoc-khi-ky")),
            sentence="purpose", header="template", macros=("record_header", "document_preview"),
            sections=("Khi nào dùng", "Ai điền, ai ký", "Lỗi thường gặp", "Trước khi ký hoặc dùng", "Xem trước"),
            own_words=("purpose",), first_id="BM01", begin={"kind": "official"}, reading=True, grows=True,
        ),
        Kind(
            "resolution_kinds", ResolutionKind, "loai-nghi-quyet",
            # Found as a whole, by its title, its names, whose matter it is.
            Search(
                1.0, True, merged=("cua-ai", "ten"),
                left_out=("cau-hoi", "ho-so", "thoi-han", "can-cu", "bieu-mau", "chac-den-dau"),
            ),
            sentence="summary", header="resolution_kind", macros=("record_header", "kind_guide"),
            own_words=(
                "summary", "normative_why", "no_form", "whose", "effect", "unsure", "otherwise.what", "wrong_titles.why",
                "questions.text",
            ), first_id="LN01", begin={
                "time": "khi-co-viec", "owner": "hdnd", "normative": "ca-biet", "no_form": TO_WRITE,
                "wrong_titles": [{"text": TO_WRITE, "why": TO_WRITE, "prevents": []}],
                "dossier": [{"paper": TO_WRITE, "maker": TO_WRITE}, {"paper": TO_WRITE, "maker": TO_WRITE}],
                "grounds": [{"instrument": TO_WRITE}],
                "questions": [
                    {"id": f"cau-{n}", "text": TO_WRITE, "where": TO_WRITE, "prevents": []}
                    for n in range(1, FEWEST_QUESTIONS + 1)
                ],
            }, reading=True, grows=True,
        ),
        Kind(
            "instruments", Instrument, "can-cu",
            # Its sentences are those of the rules, which are entries of their own.
            Search(0.9, left_out=("can-biet-khi-dung", "quy-dinh-duoc-trich")),
            sentence="note", header="instrument", macros=("record_header", "rule_list"),
            sections=("Cần biết khi dùng", "Quy định được trích"),
            own_words=("note",), reading=True, grows=True,
            begin={"state": "unknown", "state_status": "unverified"},
            fills={"Quy định được trích": "{{ rule_list() }}"},
        ),
        Kind(
            "exercises", Exercise, "thuc-hanh", Search(0.8, True, left_out=("tra-loi",)),
            sentence="question", header="exercise", macros=("record_header", "exercise"),
            own_words=("question", "takeaway", "situation", "choices.text", "choices.feedback", "steps.feedback"), first_id="TH01", begin={
                "kind": "one", "minutes": 5, "situation": [TO_WRITE],
                "choices": [
                    {"text": TO_WRITE, "right": True, "feedback": TO_WRITE}, {"text": TO_WRITE, "feedback": TO_WRITE},
                ],
            }, grows=True,
        ),
        Kind(
            "milestones", Milestone, "moc", Search(0.85, True, left_out=("phieu-theo-vai-tro",)),
            sentence="summary", header="milestone", macros=("record_header", "milestone_path"),
            own_words=("summary", "steps.title", "steps.do"), first_id="MC1", begin={
                "order": 100,
                "steps": [
                    {"id": f"buoc-{n}", "title": TO_WRITE, "minutes": 10, "do": TO_WRITE} for n in (1, 2, 3)
                ],
            },
        ),
        Kind(
            "reviews", SelfReview, "tu-ra-soat", Search(0.9, True),
            sentence="summary", header="review", macros=("record_header", "self_review"),
            own_words=("summary", "statements.text", "statements.points"), begun=False, grows=True,
        ),
    )
}  # fmt: skip
"""By name, in the order in which kinds are shown and published."""

INNER_KINDS: dict[str, InnerKind] = {
    kind.name: kind
    for kind in (
        InnerKind("parts", Part, "findings"),
        InnerKind("items", Item, "checklists"),
        InnerKind("rules", Rule, "instruments"),
        InnerKind("evidence", Evidence, "sources"),
        InnerKind(
            "terms", Term, page="tra-cuu/thuat-ngu.md", holder=Glossary, own_words=("definition",),
        ),
        InnerKind(
            "deadlines", Deadline, page="tra-cuu/thoi-han.md", holder=DeadlineList, own_words=("does", "note"),
        ),
        InnerKind(
            "signs", Sign, page="tra-cuu/dau-hieu-chuong-trinh.md", holder=SignList, own_words=("message", "mend", "unless"),
        ),
        InnerKind(
            "draft_signs", DraftSign, page="tra-cuu/dau-hieu-du-thao.md", holder=DraftSignList,
            more="tra-cuu/dau-hieu-du-thao.yml", more_holder=MoreDraftSigns,
            own_words=("message", "mend", "unless"),
        ),
        InnerKind(
            "path_steps", DecisionStep, page="tra-cuu/viec-cua-ai.md", holder=PathPage, own_words=("text", "hint"),
        ),
        InnerKind(
            "class_steps", ClassStep, page="dai-bieu-moi/lop-hoc-40-nguoi.md", holder=LargeClass, own_words=("shown", "said", "needs"),
        ),
        InnerKind("try_steps", TryStep, page="tra-cuu/da-thu-o-dau.md", holder=TryPage, own_words=("do", "see")),
    )
}  # fmt: skip

LISTS: dict[str, InnerKind] = {kind.page: kind for kind in INNER_KINDS.values() if kind.page}
"""Page below ``docs/`` → the kind whose records it lists."""
GO_ON: dict[str, InnerKind] = {kind.more: kind for kind in INNER_KINDS.values() if kind.more}
"""File below ``docs/`` → the kind whose list goes on in it."""
KIND_OF_MODEL: dict[type[Record], Kind] = {kind.model: kind for kind in KINDS.values()}
BY_FOLDER: dict[str, Kind] = {kind.folder: kind for kind in KINDS.values()}
_ALL: list[Kind | InnerKind] = [*KINDS.values(), *INNER_KINDS.values()]
RECORD_FOLDERS: dict[str, type[Record]] = {kind.folder: kind.model for kind in KINDS.values()}
"""Folder below ``docs/`` → type of the records in it; every page there but ``index.md`` is one."""
PLAIN_FOLDERS = ("dai-bieu-moi", "tra-cuu")
"""Folders below ``docs/`` of pages that are no records of a kind of their own."""
NAMED: dict[str, str] = {kind.name: kind.words.named for kind in _ALL}
"""What an editor's message calls each kind."""
LABELS: dict[str, str] = {kind.name: kind.words.label for kind in _ALL if kind.words.label}
READING: tuple[str, ...] = (*(kind.name for kind in KINDS.values() if kind.reading), "parts", "items")
ANY_RECORD: tuple[str, ...] = (*KINDS, "parts", "items", "evidence")
LISTED: tuple[str, ...] = tuple(kind.name for kind in KINDS.values() if kind.listed)


def kinds_of(mark: LinksTo) -> tuple[str, ...]:
    """Return the kinds that a field's links may name."""
    if mark.kinds == (ANY_PAGE,):
        return READING
    if mark.kinds == (ANYTHING,):
        return tuple(NAMED)
    return mark.kinds
