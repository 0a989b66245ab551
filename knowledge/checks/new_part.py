"""What a new part of a finding needs before it is published: one list, for the checks, the README and *Viết bài*."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from knowledge.checks import Check
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Exercise, Part
from knowledge.recurrence import seen_of

REVIEWED = 21
"""Most statements of the council's own review: a choice that a meeting gets through, not one for each part."""


@dataclass(frozen=True)
class Need:
    """``what`` and ``how`` for editors, in Vietnamese; ``guide`` the same for the README; ``lacks`` tells a fault's words or ''."""

    code: str
    what: str
    how: str
    guide: str
    lacks: Callable[[KnowledgeBase, str], str]


def _not_met(kb: KnowledgeBase, part_id: str) -> str:
    return "" if seen_of(kb, part_id) else f"chưa nguồn nào nêu {part_id}"


def _preventing(kb: KnowledgeBase) -> dict[str, list[str]]:
    """Return the items that prevent each part, in the order of the items."""

    def gather(kb: KnowledgeBase) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for placed in kb.items.values():
            for part_id in dict.fromkeys(placed.item.prevents):
                found.setdefault(part_id, []).append(placed.id)
        return found

    return kb.once("preventing items", gather)


def _not_prevented(kb: KnowledgeBase, part_id: str) -> str:
    return "" if _preventing(kb).get(part_id) else f"chưa mục nào của phiếu rà soát ngăn {part_id}"


def _no_best(kb: KnowledgeBase, part_id: str) -> str:
    items = _preventing(kb).get(part_id, [])
    best = kb.parts[part_id].part.best
    if not items or best in items:
        return ""
    which = f"chọn một trong {', '.join(items[:6])}"
    return f"{part_id} chưa chọn mục nên mở trước: {which}" if not best else f"{best} không ngăn {part_id}: {which}"


def _not_trained(kb: KnowledgeBase, part_id: str) -> str:
    trained = kb.once(
        "trained parts", lambda kb: {one for exercise in kb.exercises.values() for one in exercise.trains}
    )
    return "" if part_id in trained or not kb.exercises else f"chưa bài luyện nào luyện {part_id}"


PART_NEEDS: list[Need] = [
    Need(
        "part-not-met",
        "một nguồn nêu lỗi này",
        "trích ở quotes của ý, hoặc ghi evidence ở trang của nguồn",
        "a source that met it: `quotes` of the part, or `evidence` on the source's page",
        _not_met,
    ),
    Need(
        "part-not-prevented",
        "một mục của phiếu rà soát ngăn nó",
        "ghi mã ý vào prevents của một mục",
        "an item that prevents it: `prevents` in `checklists/dm….yml`",
        _not_prevented,
    ),
    Need(
        "best-item",
        "mục nên mở trước",
        "ghi mã mục vào best của ý",
        "the item to open first: `best` of the part",
        _no_best,
    ),
    Need(
        "not-trained",
        "một bài luyện nói về nó",
        "ghi mã ý vào trains của bài có nói tới lỗi này",
        "an exercise that speaks of it: `trains`; its text must name the fault (`words` of the part, or its title)",
        _not_trained,
    ),
]
"""In the order in which an editor meets them."""


def parts_have_what_they_need(kb: KnowledgeBase) -> Iterator[Issue]:
    """One line for each need of a part that is not met; the words are those of the guides."""
    if kb.broken:
        return
    for part_id, placed in kb.parts.items():
        for need in PART_NEEDS:
            if lacks := need.lacks(kb, part_id):
                field = ("best",) if need.code == "best-item" else ()
                yield kb.origins[placed.finding.id].issue((*placed.path, *field), need.code, lacks, need.how)


def an_exercise_names_what_it_trains(kb: KnowledgeBase) -> Iterator[Issue]:
    """An exercise trains a part only if its text names it: a code in a list is no training."""
    for exercise_id, exercise in kb.exercises.items():
        text = _told(exercise)
        for index, part_id in enumerate(exercise.trains):
            placed = kb.parts.get(part_id)
            words = words_of(placed.part) if placed else []
            if words and not any(word in text for word in words):
                yield kb.origins[exercise_id].issue(
                    ("trains", index),
                    "trains-unnamed",
                    f"bài không nhắc tới lỗi {part_id}",
                    f"bỏ mã này, hoặc viết vào bài một trong: {'; '.join(words[:5])}",
                )


def the_review_is_a_choice(kb: KnowledgeBase) -> Iterator[Issue]:
    """The council's own review asks of each finding, within what a meeting gets through."""
    # A council with many lessons may ask in several rounds; the delegate's own review is another thing.
    councils = {review_id: review for review_id, review in kb.reviews.items() if review_id.startswith("TR-HDND")}
    if kb.broken or not councils:
        return
    for review_id, review in councils.items():
        if len(review.statements) > REVIEWED:
            yield kb.origins[review_id].issue(
                ("statements",),
                "review-too-long",
                f"bảng có {len(review.statements)} câu",
                f"giữ tối đa {REVIEWED} câu, bỏ câu ít dùng nhất",
            )
    statements = [one for review in councils.values() for one in review.statements]
    asked = {kb.parts[one.part].finding.id for one in statements if one.part in kb.parts}
    for finding_id, finding in kb.findings.items():
        if finding.parts and finding_id not in asked:
            yield kb.origins[next(iter(councils))].issue(
                ("statements",),
                "finding-not-reviewed",
                f"bảng tự rà soát chưa hỏi về {finding_id}",
                f"thêm một câu với part: một ý của {finding_id}",
            )


def words_of(part: Part) -> list[str]:
    """Return the words, in lower case, of which a text about this fault has one: told, or pairs of syllables of its title."""
    if part.words:
        return [word.lower() for word in part.words]
    return pairs_of(part.title)


def pairs_of(title: str) -> list[str]:
    """Return the pairs of syllables of a title, in lower case, without those that stand in any sentence."""
    syllables = re.findall(r"\w+", title.lower())
    return [f"{first} {second}" for first, second in pairwise(syllables) if not {first, second} & _COMMON]


_COMMON = frozenset("chưa không còn của cho và với các một những sai thiếu ít được có bị tại trong hoặc".split())


def _told(exercise: Exercise) -> str:
    choices = (text for choice in exercise.choices for text in (choice.text, choice.feedback or ""))
    steps = (text for step in exercise.steps for text in (step.text, step.feedback or ""))
    return " ".join(
        [exercise.title, *exercise.situation, exercise.question, *choices, *steps, exercise.takeaway]
    ).lower()


NEW_PART_CHECKS: list[Check] = [
    parts_have_what_they_need,
    an_exercise_names_what_it_trains,
    the_review_is_a_choice,
]
