"""Checks of the large class: its minutes add up, its cases can be done with cards and train every fault."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checks import Check
from knowledge.large_class import CASES, LETTERS, findings_met, seats
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.large_class import ClassStep, LargeClass

LONGEST_WITHOUT_BREAK = 120
LEAST_FOR_REASONS = 3
"""Minutes."""
CARD_KINDS = ("one", "several")
"""Exercises that a table can answer by raising letters."""
FOR_WHOM = "dai-bieu"
PATH = "class_steps"


def the_plan_adds_up(kb: KnowledgeBase) -> Iterator[Issue]:
    """The minutes of the steps are those of the class, everybody has a seat, nobody sits for more than two hours."""
    plan = kb.large_class
    if plan is None:
        return
    issue = kb.list_origins[PATH].issue
    total = sum(step.minutes for step in plan.class_steps)
    if total != plan.minutes:
        yield issue(
            ("minutes",), "class-minutes",
            f"các phần cộng lại {total} phút, lớp học ghi {plan.minutes}", "sửa số phút của một phần",
        )  # fmt: skip
    if plan.people != seats(plan) * plan.tables:
        yield issue(
            ("people",), "class-seats",
            f"{plan.people} người không chia đều cho {plan.tables} bàn", "đổi people hoặc tables",
        )  # fmt: skip
    sitting = 0
    for index, step in enumerate(plan.class_steps):
        sitting = 0 if step.does == "break" else sitting + step.minutes
        if sitting > LONGEST_WITHOUT_BREAK:
            yield issue(
                (PATH, index, "minutes"), "class-break",
                f"đến phần này đã ngồi {sitting} phút chưa nghỉ", f"thêm phần nghỉ, không muộn hơn {LONGEST_WITHOUT_BREAK} phút",
            )  # fmt: skip
            break


def steps_have_what_they_need(kb: KnowledgeBase) -> Iterator[Issue]:
    """A case has its exercise and time for the reasons; another step says what is shown; a question can be answered."""
    plan = kb.large_class
    if plan is None:
        return
    issue = kb.list_origins[PATH].issue
    for index, step in enumerate(plan.class_steps):
        if (step.does == "case") != (step.exercise is not None) or (step.does == "case") == bool(step.shown):
            what = "bài luyện" if step.does == "case" else "dòng trình chiếu"
            yield issue(
                (PATH, index, "does"), "class-step",
                f"phần does: {step.does} cần {what}, và chỉ {what}", "case: ghi exercise; phần khác: ghi shown",
            )  # fmt: skip
        least = plan.case_minutes.before_reasons + LEAST_FOR_REASONS
        if step.does == "case" and step.minutes < least:
            yield issue(
                (PATH, index, "minutes"), "class-case-minutes",
                f"bài này có {step.minutes} phút, không đủ giờ nói lý do", f"ghi ít nhất {least} phút",
            )  # fmt: skip
        yield from _fit_for_cards(kb, index, step)
    for index, question in enumerate(plan.feedback):
        if bool(question.choices) == bool(question.lines):
            yield issue(
                ("feedback", index), "feedback-question",
                "câu hỏi cần các ô hoặc các dòng để viết, và chỉ một cách", "ghi choices hoặc lines",
            )  # fmt: skip


def _fit_for_cards(kb: KnowledgeBase, index: int, step: ClassStep) -> Iterator[Issue]:
    exercise = kb.exercises.get(step.exercise or "")
    if exercise and (exercise.kind not in CARD_KINDS or len(exercise.choices) > len(LETTERS)):
        yield kb.list_origins[PATH].issue(
            (PATH, index, "exercise"), "class-cards",
            f"{exercise.id} không trả lời được bằng thẻ chữ", f"chọn bài kind: {' hoặc '.join(CARD_KINDS)}, tối đa {len(LETTERS)} câu",
        )  # fmt: skip


def the_cases_cover_everything(kb: KnowledgeBase) -> Iterator[Issue]:
    """There are ten cases, each another, for delegates above all, and every fault is met."""
    plan = kb.large_class
    if plan is None or kb.broken:
        return
    issue = kb.list_origins[PATH].issue
    chosen = [step.exercise for step in plan.class_steps if step.exercise]
    if len(chosen) != CASES:
        yield issue((PATH,), "class-cases", f"có {len(chosen)} bài", f"chọn đúng {CASES} bài")
    for index, step in enumerate(plan.class_steps):
        if step.exercise and step.exercise in [one.exercise for one in plan.class_steps[:index]]:
            yield issue(
                (PATH, index, "exercise"), "class-cases", f"{step.exercise} có hai lần", "chọn bài khác",
            )  # fmt: skip
    # A finding that another source brings later does not have to change the class.
    whole = {source.id for source in kb.sources.values() if source.coverage == "full"}
    first = [one.id for one in kb.findings.values() if whole.intersection(quote.source for quote in one.quotes)]
    missed = [finding for finding in first if finding not in findings_met(kb, plan)]
    # A book with more findings than the class has cases cannot have each of them tried.
    if missed and len(first) <= CASES:
        yield issue(
            (PATH,), "class-faults",
            f"chưa bài nào luyện {', '.join(missed)}", "thay một bài bằng bài có trains thuộc hạn chế đó",
        )  # fmt: skip
    yield from _mainly_for_delegates(kb, plan)


def _mainly_for_delegates(kb: KnowledgeBase, plan: LargeClass) -> Iterator[Issue]:
    exercises = [kb.exercises[step.exercise] for step in plan.class_steps if step.exercise in kb.exercises]
    own = [one for one in exercises if FOR_WHOM in one.roles]
    if 2 * len(own) < len(exercises):
        yield kb.list_origins[PATH].issue(
            (PATH,), "class-for-whom",
            f"chỉ {len(own)} trên {len(exercises)} bài dành cho đại biểu", f"thay bằng bài có {FOR_WHOM} trong roles",
        )  # fmt: skip


LARGE_CLASS_CHECKS: list[Check] = [the_plan_adds_up, steps_have_what_they_need, the_cases_cover_everything]
