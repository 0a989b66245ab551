"""Checks of trials: none before there was anything to try, none in the future, each says what came of it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import replace

from knowledge.checks import Check
from knowledge.records.issues import Issue, Level
from knowledge.records.knowledge_base import KnowledgeBase, Origin
from knowledge.records.model import Checklist
from knowledge.records.trials import NOTHING_CHANGED, Trial
from knowledge.text import vn_date

Told = Callable[..., Issue]
"""Makes the issue of one trial: field or '', code, message, remedy."""


def _each(kb: KnowledgeBase) -> Iterator[tuple[Checklist, int, Trial, Told]]:
    """Yield every trial with its sheet, its place and what makes issues of it."""
    for checklist_id, checklist in kb.checklists.items():
        for index, trial in enumerate(checklist.trialled):
            yield checklist, index, trial, functools.partial(_told, kb.origins[checklist_id], index, trial.draft)


def _told(origin: Origin, index: int, draft: bool, field: str, code: str, message: str, remedy: str) -> Issue:
    issue = origin.issue(("trialled", index, field) if field else ("trialled", index), code, message, remedy)
    # As of any draft: told, but nothing fails by it.
    return replace(issue, level=Level.WARNING, draft=True) if draft else issue


def trials_are_told_once_in_order(kb: KnowledgeBase) -> Iterator[Issue]:
    """The oldest first; the same trial twice would count its people twice."""
    for checklist, index, trial, told in _each(kb):
        before = checklist.trialled[:index]
        if trial in before:
            yield told("", "trial-list", "lần dùng thử này ghi hai lần", "giữ một; số người được cộng lại")
        elif before and trial.date < before[-1].date:
            yield told("", "trial-list", "lần dùng thử cũ đứng sau lần mới", "xếp theo ngày, cũ trước")


def trials_fit_their_sheet(kb: KnowledgeBase) -> Iterator[Issue]:
    """A version is tried after it was made, and not before it is."""
    for checklist, _index, trial, told in _each(kb):
        if kb.has_edition and trial.date > kb.edition.date:
            yield told(
                "date", "trial-date", "ngày dùng thử sau ngày của bản này", "sửa ngày, hoặc sửa date trong edition.yml"
            )
        if trial.version > checklist.version:
            yield told(
                "version", "trial-version",
                f"dùng thử phiên bản {trial.version}, phiếu mới có phiên bản {checklist.version}",
                f"ghi phiên bản in ở cuối phiếu đã dùng, từ 1 đến {checklist.version}",
            )  # fmt: skip
        elif trial.version == checklist.version and trial.date < checklist.revised:
            yield told(
                "date", "trial-date",
                f"dùng thử trước khi có phiên bản {checklist.version} (sửa {vn_date(checklist.revised)})",
                "sửa ngày, hoặc ghi phiên bản cũ hơn",
            )  # fmt: skip


def trials_say_what_changed(kb: KnowledgeBase) -> Iterator[Issue]:
    """A trial that nobody learned from is none; one that was not looked at yet does not count."""
    for _checklist, _index, trial, told in _each(kb):
        if trial.draft:
            yield told(
                "draft", "trial-draft", f"lần dùng thử ngày {vn_date(trial.date)} chưa soát, chưa tính là đã thử",
                "đọc, ghi changed, rồi xóa dòng draft",
            )  # fmt: skip
        elif trial.changed is None:
            yield told(
                "", "trial-changed", "chưa ghi sau lần thử đã sửa gì",
                f"thêm changed: …; không sửa gì thì ghi changed: {NOTHING_CHANGED}",
            )  # fmt: skip


def reports_are_not_of_tomorrow(kb: KnowledgeBase) -> Iterator[Issue]:
    """What was seen on a device was seen of an edition that was there."""
    origin = kb.list_origins.get("try_steps")
    if origin is None or not kb.has_edition:
        return
    for number, step in enumerate(kb.try_steps.values()):
        for index, report in enumerate(step.reports):
            if not report.edition <= report.date <= kb.edition.date:
                yield origin.issue(
                    ("try_steps", number, "reports", index, "date"), "trial-date",
                    "ngày thử trước ngày của bản đã thử, hoặc sau ngày của bản này", "sửa date hoặc edition",
                )  # fmt: skip


TRIAL_CHECKS: tuple[Check, ...] = (
    trials_are_told_once_in_order,
    trials_fit_their_sheet,
    trials_say_what_changed,
    reports_are_not_of_tomorrow,
)
