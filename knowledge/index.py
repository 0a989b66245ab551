"""Computed views: what a role does at each stage, what a stage needs, where a lesson is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from knowledge.law import is_deadline
from knowledge.links import back_links
from knowledge.records.deadlines import OF_A_STAGE
from knowledge.records.knowledge_base import KnowledgeBase, PlacedItem
from knowledge.records.model import TIMES, USUAL_TIME, Action, Checklist, Finding, Role, Round, Stage


@dataclass(frozen=True)
class RoundTask:
    """One round of a sheet as a role meets it; ``items`` are those the role does itself."""

    checklist: Checklist
    round: Round
    number: int
    items: list[PlacedItem]
    reads: bool

    @property
    def only_reads(self) -> bool:
        """Whether the role does nothing of the round itself and reads it to those who do."""
        return self.reads and not self.items

    @property
    def doers(self) -> list[str]:
        """Slugs of the roles that do the round's items, those who answer for the whole first."""
        return _unique([*self.round.answers, *(role for item in self.round.items for role in item.by)])

    @property
    def forms(self) -> list[str]:
        """IDs of the templates that the round's items use."""
        return _unique(form for item in self.round.items for form in item.forms)


@dataclass(frozen=True)
class LessonAction:
    """An action of a solution or strength, with the ID of that lesson."""

    lesson: str
    action: Action


@dataclass
class Step:
    """One stage in a role's guide (``stage`` None: work that belongs to no one stage)."""

    stage: Stage | None
    tasks: list[RoundTask] = field(default_factory=list)
    actions: list[LessonAction] = field(default_factory=list)

    @property
    def items(self) -> list[PlacedItem]:
        """The items that the role does at this stage, in sheet order."""
        return [placed for task in self.tasks for placed in task.items]

    @property
    def parts(self) -> list[str]:
        """IDs of the faults that these items prevent."""
        return _unique(t for placed in self.items for t in placed.item.prevents)

    @property
    def forms(self) -> list[str]:
        """IDs of the templates that these items use."""
        return _unique(t for placed in self.items for t in placed.item.forms)


@dataclass(frozen=True)
class FirstAt:
    """What a role does first at one time of a sitting, and the sheets it then takes.

    ``until``: how many days before the opening the time ends; None: it is the last.
    """

    when: str
    label: str
    until: int | None
    items: list[PlacedItem]
    sheets: list[str]


@dataclass(frozen=True)
class RoleGuide:
    """A role's guide: three things to do first at each time, then the steps in the order of the stages.

    A role without sheets has no times; its first things are actions.
    """

    role: Role
    first: list[FirstAt]
    first_actions: list[tuple[Stage | None, LessonAction]]
    steps: list[Step]


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


class Index:
    """What the views look up, computed once per build so that a page's cost does not grow."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.back_links = back_links(kb)
        self.by_role: dict[str, list[RoundTask]] = {}
        self.by_stage: dict[str | None, list[RoundTask]] = {}
        self.by_lesson: dict[str, list[PlacedItem]] = {}
        self.sheets_of: dict[str, list[str]] = {}
        self.findings_at: dict[str, list[Finding]] = {}
        self.forms_at: dict[str, list[str]] = {}
        self.findings_from: dict[str, list[Finding]] = {}
        """By cause: the findings that name it."""
        self.actions_of: dict[str, dict[str | None, list[LessonAction]]] = {}
        self.sheets_with: dict[str, list[str]] = {}
        """By form or rule: the sheets whose items name it, in the order of the sheets."""
        for lesson_id, lesson in kb.acted_on.items():
            for action in lesson.actions:
                for role_id in action.who:
                    by_stage = self.actions_of.setdefault(role_id, {})
                    by_stage.setdefault(action.stage, []).append(LessonAction(lesson_id, action))
        for finding in kb.findings.values():
            for stage_id in finding.stages:
                self.findings_at.setdefault(stage_id, []).append(finding)
            for cause_id in dict.fromkeys(finding.causes):
                self.findings_from.setdefault(cause_id, []).append(finding)
        for template in kb.templates.values():
            for stage_id in template.stages:
                self.forms_at.setdefault(stage_id, []).append(template.id)
        for checklist in kb.checklists.values():
            for owner in (*checklist.roles, *checklist.stages):
                self.sheets_of.setdefault(owner, []).append(checklist.id)
            for number, round_ in enumerate(checklist.rounds, 1):
                self._add_round(checklist, number, round_)
            items = [item for round_ in checklist.rounds for item in round_.items]
            for named in _unique(one for item in items for one in (*item.forms, *item.rules)):
                self.sheets_with.setdefault(named, []).append(checklist.id)
        stages = {stage: number for number, stage in enumerate(kb.stages)}
        first = {one.id: stages.get(one.rounds[0].stage or "", len(stages)) for one in kb.checklists.values()}
        self.sheets_in_order = sorted(first, key=lambda sheet: (first[sheet], sheet))
        self.place_of_sheet = {sheet: number for number, sheet in enumerate(self.sheets_in_order)}

    def _add_round(self, checklist: Checklist, number: int, round_: Round) -> None:
        items = [self.kb.items[f"{checklist.id}/{item.id}"] for item in round_.items]
        task = RoundTask(checklist, round_, number, items, False)
        self.by_stage.setdefault(round_.stage, []).append(task)
        for role_id in _unique([round_.reads, *(r for placed in items for r in placed.roles)]):
            own = [placed for placed in items if role_id in placed.roles]
            task = RoundTask(checklist, round_, number, own, round_.reads == role_id)
            self.by_role.setdefault(role_id, []).append(task)
        for placed in items:
            for lesson_id in (*placed.item.prevents, *placed.item.applies):
                self.by_lesson.setdefault(lesson_id, []).append(placed)

    def role_guide(self, role_id: str) -> RoleGuide:
        """Compute a role's guide from the rounds it reads, the items and the actions it does."""
        by_stage: dict[str | None, list[RoundTask]] = {}
        for task in self.by_role.get(role_id, []):
            by_stage.setdefault(task.round.stage, []).append(task)
        actions = self.actions_of.get(role_id, {})
        order = [stage_id for stage_id in (*self.kb.stages, None) if stage_id in {*by_stage, *actions}]
        steps = [Step(self.kb.stages[s] if s else None, by_stage.get(s, []), actions.get(s, [])) for s in order]
        first_actions = [(step.stage, action) for step in steps for action in step.actions][:3]
        return RoleGuide(self.kb.roles[role_id], self.first_of(role_id), first_actions, steps)

    def first_of(self, role_id: str) -> list[FirstAt]:
        """Return what an editor put first for a role, by the times of a sitting."""
        items = self.kb.items
        return [
            FirstAt(one.when, *TIMES[one.when], [items[task] for task in one.tasks if task in items], one.sheets)
            for one in self.kb.roles[role_id].first
        ]

    def sheets_of_role(self, role_id: str) -> list[str]:
        """Return a role's sheets: those that come first in the fortnight before a sitting, then in the other times'
        order, then the rest."""
        times = sorted(self.first_of(role_id), key=lambda one: one.when != USUAL_TIME)
        return _unique([*(sheet for one in times for sheet in one.sheets), *self.sheets_of.get(role_id, [])])

    def stage_step(self, stage_id: str) -> Step:
        """Return a stage with all rounds that lie at it."""
        return Step(self.kb.stages[stage_id], self.by_stage.get(stage_id, []))

    def answering_at(self, stage_id: str) -> list[str]:
        """Return the roles that answer for the rounds of a stage, those of most items first."""
        items: Counter[str] = Counter()
        for task in self.by_stage.get(stage_id, []):
            items.update({role: len(task.items) for role in task.round.answers})
        return [role for role, _count in items.most_common()]

    def limits_of(self, stage_id: str) -> list[str]:
        """Return the deadlines by which a stage's own work ends, in the order of the table."""
        return [
            one.id
            for one in self.kb.deadlines.values()
            if one.stage == stage_id and one.group in OF_A_STAGE and one.bound != "khong-som-hon"
        ]

    def items_against(self, lesson_id: str) -> list[PlacedItem]:
        """Return the items that prevent a finding or part, apply a solution, or answer a cause."""
        kb = self.kb
        if lesson_id in kb.causes:
            found = self._answering(lesson_id)
        else:
            wanted = [lesson_id]
            if lesson_id in kb.findings:
                wanted += [part.id for part in kb.findings[lesson_id].parts]
            if lesson_id in kb.strengths:
                wanted += kb.strengths[lesson_id].solutions
            found = [placed for wish in wanted for placed in self.by_lesson.get(wish, [])]
        once = {placed.id: placed for placed in found}
        return sorted(once.values(), key=lambda p: (p.checklist.id, p.number))

    def sheets_against(self, lesson_id: str) -> list[str]:
        """Return the sheets whose items act on a lesson, those with the most of them first."""
        counts = Counter(placed.checklist.id for placed in self.items_against(lesson_id))
        return sorted(counts, key=lambda sheet: (-counts[sheet], sheet))

    def best_first(self, lesson_id: str) -> list[PlacedItem]:
        """Return the items against a finding or part: the one that an editor chose, then the others."""
        placed = self.kb.parts.get(lesson_id)
        best = placed.part.best if placed else None
        return sorted(self.items_against(lesson_id), key=lambda item: item.id != best)

    def holds(self, checklist_id: str, role_id: str) -> bool:
        """Tell whether a role reads or answers a round, rather than doing single items of others."""
        rounds = self.kb.checklists[checklist_id].rounds
        return any(role_id in (round_.reads, *round_.answers) for round_ in rounds)

    def _answering(self, cause_id: str) -> list[PlacedItem]:
        """Return the items that apply a solution of a cause against a fault that it causes."""
        kb = self.kb
        faults: set[str] = set()
        for finding in self.findings_from.get(cause_id, []):
            faults |= {finding.id, *(part.id for part in finding.parts)}
        return [
            placed
            for solution_id in kb.causes[cause_id].solutions
            for placed in self.by_lesson.get(solution_id, [])
            if faults & set(placed.item.prevents)
        ]


def deadlines_of(kb: KnowledgeBase, items: list[PlacedItem]) -> list[str]:
    """Return IDs of the rules behind some items that fix a time now, or leave it to the reader.

    A replaced rule's time is no deadline any more.
    """
    cited = _unique(rule for placed in items for rule in placed.item.rules)
    return [rule for rule in cited if is_deadline(kb.rules[rule][1])]
