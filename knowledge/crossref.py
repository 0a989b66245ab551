"""The cross-reference of findings and solutions: one row for each item that stops a fault; faults × stages as a map."""

from __future__ import annotations

from dataclasses import dataclass, fields

from knowledge.index import Index
from knowledge.law import show
from knowledge.links import is_stated
from knowledge.records.knowledge_base import KnowledgeBase, PlacedItem
from knowledge.records.model import ALWAYS, Finding
from knowledge.recurrence import group_of, seen_of, told_places

Table = list[list[str | int]]
"""Lines of cells, the first being the headings."""


@dataclass(frozen=True)
class Row:
    """What one line of the spreadsheet says; every field is text as people read it."""

    finding: str
    finding_title: str
    part: str
    part_title: str
    causes: str
    solutions: str
    sheet: str
    sheet_title: str
    number: int
    item: str
    answer: str
    critical: str
    stage: str
    roles: str
    applied: str
    basis: str
    forms: str
    seen: str


HEADINGS = {
    "finding": "Hạn chế",
    "finding_title": "Tên hạn chế",
    "part": "Ý",
    "part_title": "Tên ý",
    "causes": "Nguyên nhân",
    "solutions": "Giải pháp",
    "sheet": "Phiếu rà soát",
    "sheet_title": "Tên phiếu rà soát",
    "number": "Mục số",
    "item": "Việc phải soát",
    "answer": "Giá trị phải ghi",
    "critical": "Trọng yếu",
    "stage": "Bước",
    "roles": "Ai làm",
    "applied": "Giải pháp, cách làm hay được áp dụng",
    "basis": "Căn cứ, kèm nhãn",
    "forms": "Biểu mẫu",
    "seen": "Đã gặp ở",
}
"""Field of ``Row`` → heading of its column, in order."""


def rows(index: Index) -> list[Row]:
    """Return the whole cross-reference, ordered by finding, part and sheet."""
    kb = index.kb
    found = []
    for finding in kb.findings.values():
        for part_id, part_title in faults_of(finding):
            for placed in index.items_against(part_id):
                found.append(
                    Row(
                        finding=finding.id,
                        finding_title=finding.title,
                        part=part_id,
                        part_title=part_title,
                        causes=_paired(finding, finding.causes),
                        solutions=_paired(finding, finding.solutions),
                        seen=told_places(seen := seen_of(kb, part_id)) or group_of(seen).lower(),
                        **_of_item(kb, placed),  # type: ignore[arg-type]
                    )
                )
    return found


def _paired(finding: Finding, targets: list[str]) -> str:
    """List IDs, marking those that the source itself connects; the rest the editors paired."""
    return ", ".join(f"{t} (nguồn nói)" if is_stated(finding, t) else t for t in targets)


def table(found: list[Row]) -> Table:
    """Return headings and rows as a table for a spreadsheet or CSV."""
    names = [one.name for one in fields(Row)]
    return [[HEADINGS[name] for name in names], *([getattr(r, n) for n in names] for r in found)]


def grid(index: Index) -> Table:
    """Return the matrix: a row for each part, a column for each sheet, item numbers where they meet."""
    kb = index.kb
    sheets = list(kb.checklists)
    lines: Table = [["Ý", "Tên ý", *sheets]]
    for part_id, placed_part in kb.parts.items():
        numbers: dict[str, list[str]] = {}
        for placed in index.items_against(part_id):
            numbers.setdefault(placed.checklist.id, []).append(str(placed.number))
        cells = [", ".join(numbers.get(sheet, [])) for sheet in sheets]
        lines.append([part_id, placed_part.part.title, *cells])
    return lines


def solution_table(index: Index) -> Table:
    """Return one row for each item that applies a solution or a strength."""
    lines: Table = [["Mã", "Giải pháp, cách làm hay", "Phiếu rà soát", "Mục số", "Việc phải soát", "Bước", "Ai làm"]]
    for lesson_id, lesson in index.kb.acted_on.items():
        for placed in index.by_lesson.get(lesson_id, []):
            cells = _of_item(index.kb, placed)
            names = ("sheet", "number", "item", "stage", "roles")
            lines.append([lesson_id, lesson.title, *(cells[name] for name in names)])
    return lines


def _of_item(kb: KnowledgeBase, placed: PlacedItem) -> dict[str, str | int]:
    item = placed.item
    basis = []
    for rule_id in item.rules:
        instrument, rule, _path = kb.rules[rule_id]
        shown = show(instrument, rule)
        basis.append(f"{shown.reference} ({shown.label})" if shown.label else shown.reference)
    return {
        "sheet": placed.checklist.id,
        "sheet_title": placed.checklist.title,
        "number": placed.number,
        "item": item.text,
        "answer": item.answer,
        "critical": "Trọng yếu" if item.critical else "",
        "stage": placed.round.stage or ALWAYS,
        "roles": ", ".join(kb.roles[role].short for role in placed.roles),
        "applied": ", ".join(item.applies),
        "basis": "; ".join(basis) or "Gợi ý biên soạn",
        "forms": ", ".join(item.forms),
    }


@dataclass(frozen=True)
class Column:
    """A stage, or the sheets that belong to none (``stage`` None)."""

    stage: str | None
    title: str


@dataclass(frozen=True)
class Crossing:
    """The items that stop one fault at one stage; ``place`` names their list on the page of the cross-reference."""

    column: Column
    place: str
    items: list[PlacedItem]


@dataclass(frozen=True)
class Line:
    """One fault: a part of a finding, or a finding without parts, with what stops it at each stage, empty ones too."""

    fault: str
    title: str
    crossings: list[Crossing]

    @property
    def total(self) -> int:
        """How many items stop the fault; an item lies in one stage, so none counts twice."""
        return sum(len(one.items) for one in self.crossings)

    @property
    def stopped_at(self) -> list[Crossing]:
        """The stages at which an item stops the fault."""
        return [one for one in self.crossings if one.items]


@dataclass(frozen=True)
class FaultMap:
    """The whole map: columns in the order of the stages, lines by finding."""

    columns: list[Column]
    groups: list[tuple[Finding, list[Line]]]

    @property
    def lines(self) -> list[Line]:
        """Every fault, in order."""
        return [line for _finding, lines in self.groups for line in lines]

    @property
    def largest(self) -> int:
        """The most items that stop one fault at one stage."""
        return max((len(one.items) for line in self.lines for one in line.crossings), default=0)

    @property
    def fewest(self) -> list[Line]:
        """The faults that the fewest items stop."""
        least = min((line.total for line in self.lines), default=0)
        return [line for line in self.lines if line.total == least]

    @property
    def most(self) -> list[Line]:
        """The faults that the most items stop."""
        greatest = max((line.total for line in self.lines), default=0)
        return [line for line in self.lines if line.total == greatest]

    @property
    def at_one_stage(self) -> list[Line]:
        """The faults that are stopped at a single stage."""
        return [line for line in self.lines if len(line.stopped_at) == 1]


def fault_map(index: Index) -> FaultMap:
    """Count the items against every fault at every stage; a column for sheets of no stage stands only if it counts any."""
    kb = index.kb
    faults = {finding.id: faults_of(finding) for finding in kb.findings.values()}
    against = {fault: index.best_first(fault) for own in faults.values() for fault, _title in own}
    columns = [Column(stage.id, stage.title) for stage in kb.stages.values()]
    if any(placed.round.stage is None for items in against.values() for placed in items):
        columns.append(Column(None, ALWAYS))
    groups = [
        (finding, [_line(columns, fault, title, against[fault]) for fault, title in faults[finding.id]])
        for finding in kb.findings.values()
    ]
    return FaultMap(columns, groups)


def faults_of(finding: Finding) -> list[tuple[str, str]]:
    """Return ID and title of a finding's parts; a finding without parts is one fault itself."""
    return [(part.id, part.title) for part in finding.parts] or [(finding.id, finding.title)]


def _line(columns: list[Column], fault: str, title: str, items: list[PlacedItem]) -> Line:
    crossings = [
        Crossing(column, place_of(fault, column.stage), [one for one in items if one.round.stage == column.stage])
        for column in columns
    ]
    return Line(fault, title, crossings)


def place_of(fault: str, stage: str | None) -> str:
    """Return the anchor of the list of items that stop a fault at a stage: ``hc1a__b3``.

    It goes with the last of these items: the two signs between say that it is no lasting address (``scripts/ledger.py``).
    """
    return f"{fault}__{stage or 'thuong-xuyen'}".lower()
