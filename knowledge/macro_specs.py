"""What macros authors may call: names, arguments, where. Read by the checks and by the build."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.kinds import ANY_RECORD, KINDS, LISTED
from knowledge.records.resolution_kinds import TIMES_OF_KINDS

LESSONS = ("strengths", "findings", "causes", "solutions")


@dataclass(frozen=True)
class MacroSpec:
    """One macro. ``arguments``: for each, the kinds of ID it may name (see ``kinds.NAMED``), or
    () for free text; ``words``: what a text argument may be; ``on``: the kinds of record pages on
    which it may stand (() anywhere); a kind whose records stand on one page means that page.
    """

    arguments: tuple[tuple[str, ...], ...] = ()
    required: int = 0
    on: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


MACROS: dict[str, MacroSpec] = {
    "ref": MacroSpec((ANY_RECORD, ()), 1),
    "term": MacroSpec((("terms",), ()), 1),
    "rule": MacroSpec((("rules",),), 1),
    "source_name": MacroSpec((("sources",),), 1),
    "sources_of": MacroSpec((LESSONS,)),
    "quote": MacroSpec((("sources",), ()), 2),
    "record_header": MacroSpec(on=tuple(KINDS)),
    "part": MacroSpec((("parts",),), 1, ("findings",)),
    "linked": MacroSpec(((),), 1, LESSONS, ("causes", "solutions", "stages", "roles")),
    "sheet_items": MacroSpec(on=LESSONS),
    "action_list": MacroSpec(on=("strengths", "solutions")),
    "next_steps": MacroSpec((ANY_RECORD,) * 3),
    "checklist": MacroSpec(on=("checklists",)),
    "role_guide": MacroSpec(on=("roles",)),
    "stage_guide": MacroSpec(on=("stages",)),
    "stage_list": MacroSpec(),
    "kind_guide": MacroSpec(on=("resolution_kinds",)),
    "kind_list": MacroSpec(((),), 0, (), tuple(TIMES_OF_KINDS)),
    "decision_path": MacroSpec(on=("path_steps",)),
    "fault_map": MacroSpec(),
    "part_needs": MacroSpec(),
    "seen_groups": MacroSpec(),
    "source_list": MacroSpec(),
    "sheet_list": MacroSpec(((),), 0, (), ("all", "minimum")),
    "cross_reference": MacroSpec(),
    "law_index": MacroSpec(),
    "readings": MacroSpec(),
    "exercise": MacroSpec(on=("exercises",)),
    "milestone_path": MacroSpec(on=("milestones",)),
    "self_review": MacroSpec(on=("reviews",)),
    "document_preview": MacroSpec(on=("templates",)),
    "form_fields": MacroSpec(),
    "downloads": MacroSpec(),
    "record_list": MacroSpec(((), ()), 1, (), (*LISTED, "brief", "first")),
    "part_list": MacroSpec(),
    "my_sheets": MacroSpec(),
    "sitting_form": MacroSpec(),
    "matters_form": MacroSpec(),
    "local_rules": MacroSpec(),
    "study_sheet": MacroSpec(),
    "lesson_form": MacroSpec(),
    "source_text": MacroSpec(on=("sources",)),
    "addressee_table": MacroSpec(on=("sources",)),
    "rule_list": MacroSpec(on=("instruments",)),
    "glossary": MacroSpec(on=("terms",)),
    "deadline_table": MacroSpec(on=("deadlines",)),
    "sign_table": MacroSpec(on=("signs",)),
    "draft_sign_table": MacroSpec(on=("draft_signs",)),
    "programme_form": MacroSpec(),
    "draft_form": MacroSpec(),
    "class_files": MacroSpec(on=("class_steps",)),
    "class_prints": MacroSpec(on=("class_steps",)),
    "class_room": MacroSpec(on=("class_steps",)),
    "class_plan": MacroSpec(on=("class_steps",)),
    "class_case": MacroSpec(on=("class_steps",)),
    "try_list": MacroSpec(on=("try_steps",)),
    "trial_list": MacroSpec(),
    "trial_state": MacroSpec(),
    "review_list": MacroSpec(),
    "days_off_table": MacroSpec(),
    "board": MacroSpec(((),), 0, (), ("short",)),
    "notice": MacroSpec(((),), 1),
    "edition": MacroSpec(((),), 1, (), ("name", "date", "compiled_by", "contact", "council", "welcome")),
}
