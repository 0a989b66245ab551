"""What the slides of the large class say. Letters never shrink: what does not fit goes on to another slide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from knowledge.large_class import (
    TimedStep,
    case_steps,
    lettered,
    letters_used,
    prints,
    right_letters,
    timed_steps,
)
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.large_class import LargeClass
from knowledge.records.model import Exercise
from knowledge.text import vn_date
from papers.slides.widths import LINE_HEIGHT, lines_of

PAGE = (960.0, 540.0)
"""Points: 16 to 9."""
TITLE_BOX = (48.0, 20.0, 864.0, 96.0)
BODY_BOX = (48.0, 132.0, 864.0, 360.0)
COVER_TITLE_BOX = (48.0, 120.0, 864.0, 150.0)
COVER_BODY_BOX = (48.0, 290.0, 864.0, 180.0)
"""Left, top, width, height in points."""
TITLE_SIZE, COVER_SIZE = 36, 48
SIZES, LARGE_SIZES = (32, 28, 24), (44, 40, 36)
"""Sizes of the body in points, the largest that fits; nothing is smaller than the last."""
GAP = 8.0
"""Points below a paragraph."""
LETTER_HANG, MARK_HANG, TIME_HANG = 1.7, 1.1, 7.6
AT_HOME = "Ở nơi mình, việc này xảy ra lúc nào? Lúc ấy ai nhắc?"


@dataclass(frozen=True)
class Line:
    """A paragraph: ``label`` stands before it in a column ``hang`` times as wide as letters are high, ``strong`` are its first words in bold."""

    text: str
    label: str = ""
    hang: float = 0.0
    strong: str = ""

    @property
    def words(self) -> list[tuple[str, bool]]:
        """The words with their weight, the label apart."""
        return [(word, True) for word in self.strong.split()] + [(word, False) for word in self.text.split()]


@dataclass(frozen=True)
class Slide:
    """One slide in letters of ``size``; ``notes`` is what the trainer reads."""

    title: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    sizes: tuple[int, ...] = SIZES
    size: int = SIZES[-1]
    cover: bool = False

    @property
    def boxes(self) -> tuple[tuple[float, float, float, float], tuple[float, float, float, float]]:
        """Where title and body stand."""
        return (COVER_TITLE_BOX, COVER_BODY_BOX) if self.cover else (TITLE_BOX, BODY_BOX)

    @property
    def title_size(self) -> int:
        """Size of the title in points."""
        return COVER_SIZE if self.cover else TITLE_SIZE


class SlideOverflow(Exception):
    """A slide whose title or one of whose lines is too long."""

    def __init__(self, title: str) -> None:
        super().__init__(f"trang trình chiếu “{title}” quá dài; rút ngắn tên hoặc một dòng")


def deck(kb: KnowledgeBase, plan: LargeClass) -> list[Slide]:
    """Return all slides in order. Raises SlideOverflow."""
    return [part for slide in _slides(kb, plan) for part in fitted(slide)]


def height(slide: Slide) -> float:
    """Return how high the body is, in points."""
    width = slide.boxes[1][2]
    tall = [
        lines_of(line.words, slide.size, width - line.hang * slide.size) * slide.size * LINE_HEIGHT
        for line in slide.lines
    ]
    return sum(tall) + GAP * max(0, len(tall) - 1)


def title_height(slide: Slide) -> float:
    """Return how high the title is, in points."""
    words = [(word, True) for word in slide.title.split()]
    return lines_of(words, slide.title_size, slide.boxes[0][2]) * slide.title_size * LINE_HEIGHT


def fits(slide: Slide) -> bool:
    """Tell whether title and body stay in their boxes."""
    title, body = slide.boxes
    return title_height(slide) <= title[3] and height(slide) <= body[3]


def fitted(slide: Slide) -> list[Slide]:
    """Return the slide, or as few as hold its lines, in the largest letters that need no more. Raises SlideOverflow."""
    least = _parts(replace(slide, size=slide.sizes[-1]))
    if least is None:
        raise SlideOverflow(slide.title)
    larger = (_parts(replace(slide, size=size)) for size in slide.sizes)
    best = next(parts for parts in larger if parts and len(parts) == len(least))
    return [best[0], *(replace(part, title=f"{part.title} (tiếp)") for part in best[1:])]


def _parts(slide: Slide) -> list[Slide] | None:
    """Return the fewest slides that hold the lines, as evenly as can be; None if a line alone is too long."""
    if fits(slide):
        return [slide]
    for count in range(2, 2 if slide.cover else len(slide.lines) + 1):
        cuts = [
            [replace(slide, lines=slide.lines[start:end]) for start, end in zip((0, *at), (*at, None), strict=True)]
            for at in combinations(range(1, len(slide.lines)), count - 1)
        ]
        good = [parts for parts in cuts if all(map(fits, parts))]
        if good:
            return min(good, key=lambda parts: max(map(height, parts)))
    return None


def _slides(kb: KnowledgeBase, plan: LargeClass) -> Iterator[Slide]:
    steps = timed_steps(kb, plan)
    yield _cover(kb, plan)
    yield from _agenda(plan, steps)
    for timed in steps:
        if timed.exercise:
            yield from _case(kb, plan, timed, timed.exercise)
        else:
            yield _plain(kb, timed)
        if timed is steps[0]:
            yield _how(kb, plan)


def _cover(kb: KnowledgeBase, plan: LargeClass) -> Slide:
    lines = (
        Line("Mười tình huống cho đại biểu HĐND xã, phường"),
        Line("Tình huống là ví dụ minh họa. Lý do là gợi ý biên soạn."),
        Line(f"{kb.edition.name}, bản {vn_date(kb.edition.date)}"),
    )
    copies = [f"{one.label}: {one.copies} bản. {one.how}" for one in prints(kb, plan)]
    notes = ("Trước giờ học, in:", *copies, "Không phải văn bản của cơ quan nhà nước. Sửa được mọi chữ trong tệp này.")
    return Slide(plan.title, lines, notes, (28,), cover=True)


def _agenda(plan: LargeClass, steps: list[TimedStep]) -> Iterator[Slide]:
    """Yield the plan with its times, cut at the breaks."""
    groups: list[list[TimedStep]] = [[]]
    for timed in steps:
        groups[-1].append(timed)
        if timed.step.does == "break":
            groups.append([])
    for number, group in enumerate(filter(None, groups), 1):
        lines = tuple(Line(timed.title, timed.span, TIME_HANG) for timed in group)
        minutes = sum(timed.step.minutes for timed in group)
        notes = (
            f"Giờ là ví dụ minh họa, tính từ {plan.begins}. Sửa cho đúng giờ của lớp mình.",
            f"Phần {number}: {minutes} phút; cả lớp {plan.minutes} phút, kể cả nghỉ.",
        )
        yield Slide(f"Kế hoạch, phần {number} (giờ ví dụ minh họa)", lines, notes)


def _how(kb: KnowledgeBase, plan: LargeClass) -> Slide:
    lines = tuple(Line(text, f"{number}.", LETTER_HANG) for number, text in enumerate(case_steps(kb, plan), 1))
    letters = letters_used(kb, plan)
    notes = (f"Cho các bàn xem bộ thẻ {letters[0]}–{letters[-1]}. Thử giơ thẻ một lần.",)
    return Slide("Mỗi bài làm thế nào", lines, notes)


def _plain(kb: KnowledgeBase, timed: TimedStep) -> Slide:
    step = timed.step
    lines = tuple(Line(text, "–", MARK_HANG) for text in step.shown)
    sheets = [f"{getattr(kb.get(one), 'title', one)} ({one})" for one in step.sheets]
    needs = [f"Cần: {'; '.join([*step.needs, *sheets])}."] if step.needs or sheets else []
    notes = (f"{timed.span}, {step.minutes} phút. {step.leads}.", *step.said, *needs)
    return Slide(timed.title, lines, notes)


def _case(kb: KnowledgeBase, plan: LargeClass, timed: TimedStep, exercise: Exercise) -> Iterator[Slide]:
    minutes, number = plan.case_minutes, f"Bài {timed.case}"
    first, *others = exercise.situation
    yield Slide(
        timed.title,
        (Line(first, strong="Ví dụ minh họa."), *map(Line, others)),
        (
            f"{timed.span}, {timed.step.minutes} phút. {timed.step.title}.",
            f"{minutes.read} phút: đọc to tình huống, câu hỏi. Đừng giải thích thêm.",
        ),
    )
    several = exercise.kind == "several"
    hint = "Chọn mọi câu đúng." if several else "Chọn một câu."
    yield Slide(
        f"{number}. Câu hỏi",
        (
            Line(hint, strong=exercise.question),
            *(Line(one.choice.text, f"{one.letter}.", LETTER_HANG) for one in lettered(exercise)),
        ),
        (
            f"{minutes.alone} phút: mỗi người tự chọn, ghi vào tài liệu.",
            f"{minutes.table} phút: trao đổi trong bàn.",
            f"{minutes.cards} phút: các bàn cùng giơ thẻ. Đếm to từng chữ.",
            *(["Bài này chọn nhiều câu: đọc từng chữ, bàn nào chọn thì giơ thẻ chữ đó."] if several else []),
        ),
    )
    rest = timed.step.minutes - minutes.before_reasons
    yield Slide(
        f"{number}. Vì sao",
        tuple(
            # Said in words and weight, for a projector may show no colour.
            Line(one.choice.feedback, f"{one.letter}.", LETTER_HANG, f"{one.verdict}.")
            if one.choice.right
            else Line(f"{one.verdict}. {one.choice.feedback}", f"{one.letter}.", LETTER_HANG)
            for one in lettered(exercise)
        ),
        (
            f"{rest} phút. Bàn {timed.table} nói trước, một phút: vì sao chọn. Bàn khác nói điều chưa ai nói.",
            f"Nên chọn: {right_letters(exercise)}. Đọc lý do của cả những câu không nên chọn.",
        ),
    )
    lessons = "; ".join(f"{kb.parts[part].part.title} ({part})" for part in exercise.trains)
    yield Slide(
        f"{number}. Nhớ một điều",
        (Line("", strong=exercise.takeaway), Line(AT_HOME)),
        ("Đọc to. Còn giờ thì hỏi câu ở dưới.", f"Bài học: {lessons}. Bài luyện {exercise.id}."),
        LARGE_SIZES,
    )
