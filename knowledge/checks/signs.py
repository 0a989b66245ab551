"""Checks of the signs of programmes and drafts: how sure they may speak, patterns that every browser runs, texts that fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from knowledge.browser_baseline import faults_of_pattern
from knowledge.checks import Check
from knowledge.law import manner
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase, Origin
from knowledge.records.signs import DraftSign, Sign
from knowledge.records.yaml_lines import Path

_VERDICT = re.compile(
    r"sai thẩm quyền|trái thẩm quyền|vượt thẩm quyền|vi phạm|lỗi nặng|trái luật|không đạt|bị bác|\bsai\b(?! số)",
    re.IGNORECASE,
)
_MOST_SURE = "can-xem"
DRAFTS = "draft_signs"
BOTH = ("signs", DRAFTS)
Tell = Callable[[Path, str, str, str], Issue]


def _signs(kb: KnowledgeBase, *lists: str) -> Iterator[tuple[Sign | DraftSign, Tell]]:
    """Yield the signs of some lists, each with what makes an issue of a field of it."""
    for name in lists:
        for sign in kb.of(name).values():
            if sign.id in kb.listed_at.get(name, {}):
                yield sign, partial(_issue, *kb.listed_at[name][sign.id])


def _issue(origin: Origin, place: Path, field: Path, code: str, message: str, remedy: str) -> Issue:
    return origin.issue((*place, *field), code, message, remedy)


def signs_are_no_verdict(kb: KnowledgeBase) -> Iterator[Issue]:
    """A machine reads words, not cases: what it says is never a judgement."""
    for sign, issue in _signs(kb, *BOTH):
        for field in ("title", "message", "mend"):
            found = _VERDICT.search(getattr(sign, field))
            if found:
                yield issue(
                    (field,),
                    "sign-verdict",
                    f"{sign.id} kết luận thay người đọc: “{found[0]}”",
                    "nêu điều thấy trong văn bản, ai thường quyết định, điều nào",
                )


def old_law_is_not_most_sure(kb: KnowledgeBase) -> Iterator[Issue]:
    """What rests on law that was replaced, or not read in its own text, is at most “nên xem lại”."""
    for sign, issue in _signs(kb, *BOTH):
        for number, name in enumerate(sign.rules if sign.level == _MOST_SURE else ()):
            rule = kb.rules[name][1] if name in kb.rules else None
            if rule and manner(rule) != "plain":
                yield issue(
                    ("rules", number),
                    "sign-too-sure",
                    f"{sign.id} ở mức Cần xem lại mà dựa trên {name}, luật cũ hoặc chưa đối chiếu văn bản gốc",
                    "hạ level xuống nen-xem, hoặc dựa trên căn cứ hiện hành",
                )


def patterns_run_everywhere(kb: KnowledgeBase) -> Iterator[Issue]:
    """Patterns of drafts are read by every browser of the baseline, on lower-case text, in time that the text's length sets."""
    for sign, issue in _signs(kb, DRAFTS):
        for field in ("pattern", "silent"):
            for fault, instead in faults_of_pattern(getattr(sign, field) or ""):
                yield issue((field,), "sign-pattern", f"{sign.id}: {fault}", instead)


def texts_are_grounds_of_their_kinds(kb: KnowledgeBase) -> Iterator[Issue]:
    """A text that a sign misses is one that the kind's own page calls a usual ground."""
    for sign, issue in _signs(kb, DRAFTS):
        for number, text in enumerate(getattr(sign, "texts", ())):
            for name in getattr(sign, "kinds", ()):
                kind = kb.resolution_kinds.get(name)
                if kind and all(one.instrument != text or one.ended for one in kind.grounds):
                    yield issue(
                        ("texts", number),
                        "sign-text-no-ground",
                        f"{sign.id} đòi {text} ở {name}, mà trang {name} không nêu văn bản này",
                        f"thêm vào grounds của {name}, hoặc bỏ {name} khỏi kinds",
                    )


SIGN_CHECKS: tuple[Check, ...] = (
    signs_are_no_verdict,
    old_law_is_not_most_sure,
    patterns_run_everywhere,
    texts_are_grounds_of_their_kinds,
)
