"""Checks of exercises, paths and self-reviews: answerable, complete, and nothing left untrained."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Exercise

WANTED = {
    "one": (1, 1, "đúng một lựa chọn right: true"),
    "several": (2, 9, "ít nhất hai lựa chọn right: true"),
    "mark": (1, 9, "ít nhất một đoạn right: true"),
}
LEAST_CHOICES = 3


def exercises_are_answerable(kb: KnowledgeBase) -> Iterator[Issue]:
    """Each kind has what it needs, with right answers and wrong ones."""
    for exercise_id, exercise in kb.exercises.items():
        issue = kb.origins[exercise_id].issue
        if exercise.kind == "order":
            if len(exercise.steps) < LEAST_CHOICES or exercise.choices:
                yield issue(
                    ("steps",),
                    "exercise-shape",
                    f"bài xếp thứ tự có {len(exercise.steps)} bước",
                    f"ghi ít nhất {LEAST_CHOICES} bước trong steps, không ghi choices",
                )
            continue
        if len(exercise.choices) < LEAST_CHOICES or exercise.steps:
            yield issue(
                ("choices",),
                "exercise-shape",
                f"bài {exercise.kind} có {len(exercise.choices)} lựa chọn",
                f"ghi ít nhất {LEAST_CHOICES} lựa chọn trong choices, không ghi steps",
            )
        yield from _right_answers(kb, exercise)


def _right_answers(kb: KnowledgeBase, exercise: Exercise) -> Iterator[Issue]:
    least, most, wanted = WANTED[exercise.kind]
    right = sum(choice.right for choice in exercise.choices)
    if not least <= right <= most or right == len(exercise.choices):
        yield kb.origins[exercise.id].issue(
            ("choices",),
            "right-answers",
            f"bài {exercise.kind} có {right} câu đúng trên {len(exercise.choices)}",
            f"cần {wanted} và ít nhất một lựa chọn sai",
        )
    texts = [choice.text for choice in exercise.choices]
    if len(set(texts)) != len(texts):
        yield kb.origins[exercise.id].issue(
            ("choices",), "exercise-shape", "có hai lựa chọn giống nhau", "sửa hoặc bỏ một"
        )


def practice_covers_everybody(kb: KnowledgeBase) -> Iterator[Issue]:
    """Every role and stage has an exercise; parts: ``new_part.py``."""
    if kb.broken or not kb.exercises:
        return
    exercises = kb.exercises.values()
    groups = (("roles", kb.roles, "vai trò"), ("stages", kb.stages, "bước"))
    for field, records, word in groups:
        served = {target for one in exercises for target in getattr(one, field)}
        for record_id in records:
            if record_id not in served:
                yield kb.origins[record_id].issue(
                    (),
                    "not-trained",
                    f"{word} {record_id} chưa có bài luyện",
                    f"thêm {record_id} vào {field} của một bài",
                )


def paths_are_short(kb: KnowledgeBase) -> Iterator[Issue]:
    """A path has a way of ten minutes; a step leads to something."""
    for milestone_id, milestone in kb.milestones.items():
        issue = kb.origins[milestone_id].issue
        quick = sum(step.minutes for step in milestone.steps if step.quick)
        if not 1 <= quick <= 10:
            yield issue(
                ("steps",),
                "quick-path",
                f"lối đi “chỉ có 10 phút” dài {quick} phút",
                "đặt quick: true cho các bước cộng lại không quá 10 phút",
            )
        ids = [step.id for step in milestone.steps]
        for number, step_id in enumerate(ids):
            if step_id in ids[:number]:
                yield issue(
                    ("steps", number, "id"), "duplicate-step", f"mã bước “{step_id}” có hai lần",
                    "đặt mã khác: dấu người đọc đã ghi đi theo mã",
                )  # fmt: skip
        if not any(step.sheet for step in milestone.steps):
            yield issue(("steps",), "path-without-sheet", "không bước nào in phiếu", "thêm sheet")


PRACTICE_CHECKS: list[Callable[[KnowledgeBase], Iterator[Issue]]] = [
    exercises_are_answerable,
    practice_covers_everybody,
    paths_are_short,
]
