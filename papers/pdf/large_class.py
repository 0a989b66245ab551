"""Papers of the large class, set by Typst: handout with its key, key for trainers, cards, feedback form, attendance."""

from __future__ import annotations

from typing import Any

from knowledge.downloads import ATTENDANCE, CARDS, CLASS_FILES, FEEDBACK
from knowledge.large_class import (
    TimedStep,
    case_steps,
    cases,
    lettered,
    letters_used,
    right_letters,
    seats,
    timed_steps,
)
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.large_class import LargeClass
from knowledge.records.model import Exercise
from knowledge.text import vn_date
from papers.pdf.sheets import compiled

HINTS = {"one": "Chọn một câu.", "several": "Chọn mọi câu đúng."}
NOT_OFFICIAL = "Không phải văn bản của cơ quan nhà nước. Tình huống là ví dụ minh họa; lý do là gợi ý biên soạn."
ATTENDANCE_HEADS = ["TT", "Bàn", "Họ và tên", "Xã, phường; đơn vị", "Ký tên"]
ATTENDANCE_USE = "Chỉ dùng để xếp chỗ và liên lạc sau lớp. Giữ ở Văn phòng, không chụp lên mạng."
FEEDBACK_USE = (
    "Không ghi tên. Phiếu hỏi về lớp học, không chấm điểm người học hay người dạy. Xong thì bỏ vào hộp ở cửa."
)


def handout_pdf(data: dict[str, Any]) -> bytes:
    """Set what each person gets. Raises SheetOverflow for a case longer than its page."""
    return compiled("class_handout.typ", data)


def handout_data(kb: KnowledgeBase, plan: LargeClass) -> dict[str, Any]:
    """Return the handout as text."""
    return {
        **_head(kb, f"{plan.title}: tài liệu phát"),
        "heading": plan.title,
        "about": "Tài liệu phát cho người học. Mang về; phần đáp án phát lúc kết thúc.",
        "plan": _plan(kb, plan, brief=True),
        "how": case_steps(kb, plan),
        "cases": [_case(kb, timed, exercise) for timed, exercise in cases(kb, plan)],
    }


def key_pdf(data: dict[str, Any]) -> bytes:
    """Set what a trainer holds."""
    return compiled("class_key.typ", data)


def key_data(kb: KnowledgeBase, plan: LargeClass) -> dict[str, Any]:
    """Return a trainer's plan and key as text."""
    return {
        **handout_data(kb, plan),
        **_head(kb, f"{plan.title}: kế hoạch, đáp án"),
        "heading": "Kế hoạch, đáp án cho người hướng dẫn",
        "about": f"{plan.title}: {plan.tables} bàn, {plan.minutes} phút. Giữ tờ này, không phát.",
        "plan": _plan(kb, plan, brief=False),
    }


def cards_pdf(data: dict[str, Any]) -> bytes:
    """Set the letters that a table raises."""
    return compiled("class_cards.typ", data)


def cards_data(kb: KnowledgeBase, plan: LargeClass) -> dict[str, Any]:
    """Return the letters that the cases need."""
    return {**_head(kb, CLASS_FILES[CARDS]), "letters": letters_used(kb, plan)}


def feedback_pdf(data: dict[str, Any]) -> bytes:
    """Set the form at the end: one page. Raises SheetOverflow."""
    return compiled("class_feedback.typ", data)


def feedback_data(kb: KnowledgeBase, plan: LargeClass) -> dict[str, Any]:
    """Return the questions at the end."""
    questions = [one.model_dump() for one in plan.feedback]
    return {**_head(kb, f"{CLASS_FILES[FEEDBACK]} sau lớp học"), "about": FEEDBACK_USE, "questions": questions}


def attendance_pdf(data: dict[str, Any]) -> bytes:
    """Set the list of who is there."""
    return compiled("class_attendance.typ", data)


def attendance_data(kb: KnowledgeBase, plan: LargeClass) -> dict[str, Any]:
    """Return the heads of the list and how many sit where."""
    return {
        **_head(kb, f"{CLASS_FILES[ATTENDANCE]} tại lớp học"),
        "about": ATTENDANCE_USE, "heads": ATTENDANCE_HEADS, "people": plan.people, "seats": seats(plan),
    }  # fmt: skip


def _head(kb: KnowledgeBase, title: str) -> dict[str, Any]:
    edition = f"{kb.edition.name}, bản {vn_date(kb.edition.date)}"
    return {"title": title, "edition": edition, "foot": f"{edition}.", "disclaimer": NOT_OFFICIAL}


def _plan(kb: KnowledgeBase, plan: LargeClass, brief: bool) -> dict[str, Any]:
    note = f"Ví dụ minh họa: bắt đầu {plan.begins}. Tổng cộng {plan.minutes} phút, kể cả nghỉ."
    rows = [
        {"span": one.span, "minutes": one.step.minutes, "text": _told(kb, one, brief),
         "table": f"Bàn {one.table}" if one.table else ""}
        for one in timed_steps(kb, plan)
    ]  # fmt: skip
    return {"note": note, "rows": rows}


def _told(kb: KnowledgeBase, timed: TimedStep, brief: bool) -> str:
    step = timed.step
    if timed.exercise:
        return timed.title if brief else f"{timed.title} ({timed.exercise.id})"
    if brief:
        return step.title
    needs = [*step.needs, *(f"{kb.get(one).title} ({one})" for one in step.sheets)]  # type: ignore[union-attr]
    told = [f"{step.title}.", *step.said, *([f"Cần: {'; '.join(needs)}."] if needs else [])]
    return " ".join(told)


def _case(kb: KnowledgeBase, timed: TimedStep, exercise: Exercise) -> dict[str, Any]:
    return {
        "number": timed.case, "table": timed.table, "span": timed.span, "minutes": timed.step.minutes,
        "id": exercise.id, "title": exercise.title, "situation": exercise.situation,
        "question": exercise.question, "hint": HINTS[exercise.kind], "right": right_letters(exercise),
        "choices": [
            {"letter": one.letter, "text": one.choice.text, "right": one.choice.right, "verdict": one.verdict,
             "reason": one.choice.feedback}
            for one in lettered(exercise)
        ],
        "takeaway": exercise.takeaway,
        "lessons": "; ".join(f"{kb.parts[one].part.title} ({one})" for one in exercise.trains),
    }  # fmt: skip
