"""Which fault is stopped at which step of a sitting: faults × stages, counted from the items of the sheets."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.index import Index
from knowledge.records.knowledge_base import PlacedItem
from knowledge.records.model import ALWAYS, Finding


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
