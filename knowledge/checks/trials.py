"""Checks of trials: none before there was anything to try, none in the future, each says what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knowledge.checks import Check
from knowledge.records.issues import Issue, Level
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.trials import NOTHING_CHANGED
from knowledge.text import vn_date


def trials_are_told_once_in_order(kb: KnowledgeBase) -> Iterator[Issue]:
    """The oldest first; the same trial twice would count its people twice."""
    for checklist_id, checklist in kb.checklists.items():
        issue = kb.origins[checklist_id].issue
        for index, trial in enumerate(checklist.trialled):
            before = checklist.trialled[:index]
            if trial in before:
                yield issue(
                    ("trialled", index), "trial-list", "lần dùng thử này ghi hai lần", "giữ một; số người được cộng lại"
                )
            elif before and trial.date < before[-1].date:
                yield issue(
                    ("trialled", index), "trial-list", "lần dùng thử cũ đứng sau lần mới", "xếp theo ngày, cũ trước"
                )


def trials_fit_their_sheet(kb: KnowledgeBase) -> Iterator[Issue]:
    """A version is tried after it was made, and not before it is."""
    for checklist_id, checklist in kb.checklists.items():
        issue = kb.origins[checklist_id].issue
        for index, trial in enumerate(checklist.trialled):
            if kb.has_edition and trial.date > kb.edition.date:
                yield issue(
                    ("trialled", index, "date"), "trial-date", "ngày dùng thử sau ngày của bản này",
                    "sửa ngày, hoặc sửa date trong edition.yml",
                )  # fmt: skip
            if trial.version > checklist.version:
                yield issue(
                    ("trialled", index, "version"), "trial-version",
                    f"dùng thử phiên bản {trial.version}, phiếu mới có phiên bản {checklist.version}",
                    f"ghi phiên bản in ở cuối phiếu đã dùng, từ 1 đến {checklist.version}",
                )  # fmt: skip
            elif trial.version == checklist.version and trial.date < checklist.revised:
                yield issue(
                    ("trialled", index, "date"), "trial-date",
                    f"dùng thử trước khi có phiên bản {checklist.version} (sửa {vn_date(checklist.revised)})",
                    "sửa ngày, hoặc ghi phiên bản cũ hơn",
                )  # fmt: skip


def trials_say_what_changed(kb: KnowledgeBase) -> Iterator[Issue]:
    """A trial that nobody learned from is none; one that was not looked at yet does not count."""
    for checklist_id, checklist in kb.checklists.items():
        issue = kb.origins[checklist_id].issue
        for index, trial in enumerate(checklist.trialled):
            if trial.draft:
                told = issue(
                    ("trialled", index, "draft"), "trial-draft",
                    f"lần dùng thử ngày {vn_date(trial.date)} chưa soát, chưa tính là đã thử",
                    "đọc, ghi changed, rồi xóa dòng draft", Level.WARNING,
                )  # fmt: skip
                # As for any draft: told, but nothing fails by it.
                yield replace(told, draft=True)
            elif trial.changed is None:
                yield issue(
                    ("trialled", index), "trial-changed", "chưa ghi sau lần thử đã sửa gì",
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
