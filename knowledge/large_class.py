"""What is computed of the large class: clock times, numbers of cases, which table speaks, how many copies."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.downloads import ATTENDANCE, CARDS, CLASS_FILES, CLASS_KEY, FEEDBACK, HANDOUT
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.large_class import ClassStep, LargeClass
from knowledge.records.model import Choice, Exercise

LETTERS = "ABCDEF"
"""What choices are called on paper, on slides and on the cards that tables raise."""
CASES = 10


@dataclass(frozen=True)
class TimedStep:
    """A step with its place on the clock, in minutes since midnight; ``case`` counts from 1, 0 for other steps.

    ``table`` is the one that speaks first; 0 for other steps.
    """

    step: ClassStep
    title: str
    starts: int
    ends: int
    case: int = 0
    table: int = 0
    exercise: Exercise | None = None

    @property
    def span(self) -> str:
        """From when to when, for example “08:10–08:25”."""
        return f"{clock(self.starts)}–{clock(self.ends)}"


@dataclass(frozen=True)
class Lettered:
    """A choice under the letter by which a class calls it."""

    letter: str
    choice: Choice

    @property
    def verdict(self) -> str:
        """What is said of it, in words."""
        return "Nên chọn" if self.choice.right else "Không nên chọn"


def minute_of(time: str) -> int:
    """Return minutes since midnight: “08:30” → 510."""
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def clock(minute: int) -> str:
    """Return a time of day: 510 → “08:30”."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def timed_steps(kb: KnowledgeBase, plan: LargeClass) -> list[TimedStep]:
    """Return the steps one after the other; a case whose exercise is unknown keeps its ID as its title."""
    found = []
    now, case = minute_of(plan.begins), 0
    for step in plan.class_steps:
        ends = now + step.minutes
        if step.does == "case":
            case += 1
            exercise = kb.exercises.get(step.exercise or "")
            title = f"Bài {case}. {exercise.title if exercise else step.exercise}"
            found.append(TimedStep(step, title, now, ends, case, (case - 1) % plan.tables + 1, exercise))
        else:
            found.append(TimedStep(step, step.title, now, ends))
        now = ends
    return found


def cases(kb: KnowledgeBase, plan: LargeClass) -> list[tuple[TimedStep, Exercise]]:
    """Return the steps that work on an exercise, with it."""
    return [(timed, timed.exercise) for timed in timed_steps(kb, plan) if timed.exercise]


def lettered(exercise: Exercise) -> list[Lettered]:
    """Return the choices of an exercise under their letters."""
    return [Lettered(letter, choice) for letter, choice in zip(LETTERS, exercise.choices, strict=False)]


def right_letters(exercise: Exercise) -> str:
    """Return what should be chosen: “C”, “A, D, F”."""
    return ", ".join(one.letter for one in lettered(exercise) if one.choice.right)


def letters_used(kb: KnowledgeBase, plan: LargeClass) -> list[str]:
    """Return the letters that cards are needed for."""
    most = max((len(exercise.choices) for _timed, exercise in cases(kb, plan)), default=0)
    return list(LETTERS[:most])


def findings_met(kb: KnowledgeBase, plan: LargeClass) -> list[str]:
    """Return the faults that the cases train, in their own order."""
    trained = {kb.parts[part].finding.id for _timed, one in cases(kb, plan) for part in one.trains if part in kb.parts}
    return [finding for finding in kb.findings if finding in trained]


def seats(plan: LargeClass) -> int:
    """Return how many sit at a table."""
    return plan.people // plan.tables


FRONT_PAGES = CASES + 2
"""Pages of the handout before its key: the plan, one for each case, one to write a sentence on."""


@dataclass(frozen=True)
class Print:
    """A file to print: how many copies, and how."""

    name: str
    copies: int
    how: str

    @property
    def label(self) -> str:
        """What the file is called."""
        return CLASS_FILES[self.name]


def prints(kb: KnowledgeBase, plan: LargeClass) -> list[Print]:
    """Return what is printed for this class; each table has a set of cards, each person a handout and a form."""
    letters = letters_used(kb, plan)
    return [
        Print(
            HANDOUT, plan.people, f"Trang 1–{FRONT_PAGES} phát đầu giờ; từ trang {FRONT_PAGES + 1} phát lúc kết thúc."
        ),
        Print(CLASS_KEY, 2, "Mỗi người hướng dẫn một bản."),
        Print(CARDS, plan.tables, f"Mỗi bàn một bộ {letters[0]}–{letters[-1]}; cắt đôi tờ."),
        Print(FEEDBACK, plan.people, "Mỗi người một tờ, không ghi tên."),
        Print(ATTENDANCE, 1, "Để ở bàn đón tiếp."),
    ]


def case_steps(kb: KnowledgeBase, plan: LargeClass) -> list[str]:
    """Return how a case is done, a line for each stretch of minutes; the reasons take what is left."""
    minutes, letters = plan.case_minutes, letters_used(kb, plan)
    left = sorted({timed.step.minutes - minutes.before_reasons for timed, _one in cases(kb, plan)})
    rest = f"{left[0]}–{left[-1]}" if left[0] != left[-1] else str(left[0])
    return [
        f"{minutes.read} phút: đọc to tình huống, câu hỏi. Đừng giải thích thêm.",
        f"{minutes.alone} phút: mỗi người tự chọn, ghi vào tài liệu.",
        f"{minutes.table} phút: trong bàn, từng người nói vì sao chọn. Bàn thống nhất.",
        f"{minutes.cards} phút: các bàn cùng giơ thẻ {letters[0]}–{letters[-1]}. Đếm to từng chữ.",
        f"{rest} phút còn lại: một bàn nói vì sao; đọc lý do từng câu, rồi câu “Nhớ một điều”.",
    ]
