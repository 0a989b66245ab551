"""The cross-reference of findings and solutions: one row for each item that stops a fault."""

from __future__ import annotations

from dataclasses import dataclass, fields

from knowledge.fault_map import faults_of
from knowledge.index import Index
from knowledge.law import show
from knowledge.links import is_stated
from knowledge.records.knowledge_base import KnowledgeBase, PlacedItem
from knowledge.records.model import Finding

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
        "stage": placed.round.stage or "Thường xuyên",
        "roles": ", ".join(kb.roles[role].short for role in placed.roles),
        "applied": ", ".join(item.applies),
        "basis": "; ".join(basis) or "Gợi ý biên soạn",
        "forms": ", ".join(item.forms),
    }
