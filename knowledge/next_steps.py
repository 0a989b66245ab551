"""Where a reader goes next from a record's page: at most three links, each with its reason."""

from __future__ import annotations

from itertools import islice

from knowledge.coverage import quotes_of
from knowledge.index import Index
from knowledge.records.knowledge_base import natural_key
from knowledge.records.model import (
    Cause,
    Checklist,
    Finding,
    Instrument,
    Role,
    Solution,
    Source,
    Stage,
    Strength,
    Template,
)
from knowledge.records.resolution_kinds import ResolutionKind

NextStep = tuple[str, str]
"""(why, ID of the record to go to)."""

MOST = 3


def next_steps(index: Index, record_id: str) -> list[NextStep]:
    """Return the next steps from a record; none for a page that is no record."""
    record = index.kb.get(record_id)
    steps: list[NextStep] = []
    if isinstance(record, Stage):
        steps = _from_stage(index, record.id)
    elif isinstance(record, Checklist):
        steps = _from_checklist(index, record)
    elif isinstance(record, Role):
        steps = _from_role(index, record.id)
    elif isinstance(record, Finding | Cause | Solution | Strength):
        steps = _from_lesson(index, record)
    elif isinstance(record, Template):
        steps = _from_template(index, record.id)
    elif isinstance(record, ResolutionKind):
        steps = _from_kind(record)
    elif isinstance(record, Source):
        steps = _from_source(index, record)
    elif isinstance(record, Instrument):
        steps = _from_instrument(index, record)
    return steps[:MOST]


def _from_stage(index: Index, stage_id: str) -> list[NextStep]:
    sheets = index.sheets_of.get(stage_id, [])
    steps: list[NextStep] = [("Mở phiếu", sheet) for sheet in sheets[: MOST - 1]]
    if after := _stage_after(index, stage_id):
        steps.append(("Bước sau" if after != next(iter(index.kb.stages)) else "Kỳ họp sau", after))
    return steps


def _stage_after(index: Index, stage_id: str) -> str | None:
    """Return the stage after one, the first one after the last; None of a stage that was refused, or is none."""
    stages = list(index.kb.stages)
    return stages[(stages.index(stage_id) + 1) % len(stages)] if stage_id in stages else None


def _from_kind(kind: ResolutionKind) -> list[NextStep]:
    named = (("Tải mẫu", kind.forms), ("Mở phiếu", kind.sheets), ("Luyện", kind.exercises))
    first = [(why, ids[0]) for why, ids in named if ids]
    return [*first, *(("Mở phiếu", sheet) for sheet in kind.sheets[1:])]


def _from_checklist(index: Index, checklist: Checklist) -> list[NextStep]:
    last = checklist.rounds[-1].stage
    later = islice(index.sheets_in_order, index.place_of_sheet[checklist.id] + 1, None)
    doers = _doers(checklist)
    same = next((sheet for sheet in later if doers & _doers(index.kb.checklists[sheet])), None)
    steps: list[NextStep] = [("Phiếu sau của cùng người", same)] if same else []
    if last and (after := _stage_after(index, last)):
        steps.append(("Bước sau", after))
    parts = [t for d in checklist.rounds for i in d.items for t in i.prevents]
    findings = [index.kb.parts[p].finding.id if p in index.kb.parts else p for p in parts]
    if findings:
        steps.append(("Bài học liên quan", max(findings, key=findings.count)))
    return steps


def _doers(checklist: Checklist) -> set[str]:
    return {role for round_ in checklist.rounds for role in round_.answers}


def _from_role(index: Index, role_id: str) -> list[NextStep]:
    first = next((s.stage for s in index.role_guide(role_id).steps if s.stage), None)
    steps: list[NextStep] = [("Mở phiếu", sheet) for sheet in index.sheets_of_role(role_id)[:2]]
    return [*steps, *([("Bắt đầu từ bước", first.id)] if first else [])]


def _from_lesson(index: Index, record: Finding | Cause | Solution | Strength) -> list[NextStep]:
    steps: list[NextStep] = [("Mở phiếu", sheet) for sheet in index.sheets_against(record.id)[:2]]
    if not isinstance(record, Solution) and record.solutions:
        steps.append(("Làm theo giải pháp", record.solutions[0]))
    roles = record.roles if isinstance(record, Solution) else []
    return [*steps, *(("Xem việc của vai trò", role) for role in roles)]


def _from_template(index: Index, template_id: str) -> list[NextStep]:
    sheets = index.sheets_with.get(template_id, [])
    steps: list[NextStep] = [("Rà soát bằng phiếu", sheet) for sheet in sheets[:2]]
    stages = index.kb.templates[template_id].stages
    return [*steps, *(("Dùng ở bước", stage) for stage in stages[:1])]


def _from_source(index: Index, record: Source) -> list[NextStep]:
    """Return the findings that the source met, those that quote it, then the others."""
    kb = index.kb
    met = [kb.parts[one.part].finding.id for one in record.evidence if one.part in kb.parts]
    quoting = [placed.owner for placed in quotes_of(kb, record.id) if placed.owner in kb.findings]
    others = islice(kb.findings, MOST)
    return [("Tránh lỗi", finding) for finding in dict.fromkeys([*met, *quoting, *others])]


def _from_instrument(index: Index, record: Instrument) -> list[NextStep]:
    steps: list[NextStep] = []
    if record.replaced_by:
        steps.append(("Văn bản thay thế", record.replaced_by))
    sheets = {sheet for rule in record.rules for sheet in index.sheets_with.get(rule.id, [])}
    return [*steps, *(("Dùng trong phiếu", sheet) for sheet in sorted(sheets, key=natural_key))]
