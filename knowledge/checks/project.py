"""All checks in one list, and the one call that runs them.

What can be seen in one record alone is checked by its type, in ``records/``; each module here looks at records together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from knowledge.checks import Check
from knowledge.checks.claims import CLAIM_CHECKS
from knowledge.checks.confirmed import CONFIRMED_CHECKS
from knowledge.checks.documents import DOCUMENT_CHECKS
from knowledge.checks.first import FIRST_CHECKS
from knowledge.checks.items import ITEM_CHECKS
from knowledge.checks.kinds import KIND_CHECKS
from knowledge.checks.large_class import LARGE_CLASS_CHECKS
from knowledge.checks.law import LAW_CHECKS
from knowledge.checks.links import LINK_CHECKS
from knowledge.checks.macro_calls import MACRO_CHECKS
from knowledge.checks.new_part import NEW_PART_CHECKS
from knowledge.checks.notices import NOTICE_CHECKS
from knowledge.checks.pages import PROSE_CHECKS
from knowledge.checks.practice import PRACTICE_CHECKS
from knowledge.checks.quotes import QUOTE_CHECKS
from knowledge.checks.use import USE_CHECKS
from knowledge.checks.wording import WORDING_CHECKS
from knowledge.records.issues import Issue, Level
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.load import Loaded, load


def check_project(root: Path) -> tuple[KnowledgeBase, list[Issue]]:
    """Load what is published and run every check. Returns the records that loaded and all issues, sorted.

    Faults of drafts are told as warnings by which nothing fails.
    """
    loaded = load(root)
    issues = _checked(loaded)
    if loaded.kb.drafts:
        with_drafts = load(root, loaded.kb.drafts)
        issues += _of_drafts(_checked(with_drafts), with_drafts.kb)
    return loaded.kb, sorted(set(issues))


def check_with_drafts(root: Path) -> tuple[KnowledgeBase, list[Issue]]:
    """Load what is published and each draft without an error, for the editor's own browser; issues as ``check_project``."""
    kb, issues = check_project(root)
    wanted = {*kb.drafts}
    while wanted:
        loaded = load(root, wanted)
        found = [issue for issue in _checked(loaded) if issue.level == Level.ERROR]
        faulty = wanted & {file for issue in found for file in _files_with(loaded.kb, issue.file)}
        if not faulty:
            # Some faults show elsewhere: an ID that a published record has, too.
            published = {issue.file for issue in issues if issue.level == Level.ERROR}
            return (kb if {issue.file for issue in found} - published else loaded.kb), issues
        wanted -= faulty
    return kb, issues


def _checked(loaded: Loaded) -> list[Issue]:
    if not loaded.kb.origins:
        return [*loaded.issues]
    return [*loaded.issues, *(issue for check in ALL_CHECKS for issue in check(loaded.kb))]


def _of_drafts(issues: list[Issue], kb: KnowledgeBase) -> Iterator[Issue]:
    for issue in issues:
        if issue.file in kb.drafts:
            yield replace(issue, level=min(issue.level, Level.WARNING), draft=True)


def _files_with(kb: KnowledgeBase, file: str) -> list[str]:
    """Return the files of the same record: a sheet's data and its page."""
    return [other for other, record_id in kb.drafts.items() if record_id == kb.drafts.get(file)]


ALL_CHECKS: list[Check] = [
    *KIND_CHECKS,
    *LINK_CHECKS,
    *QUOTE_CHECKS,
    *USE_CHECKS,
    *FIRST_CHECKS,
    *NEW_PART_CHECKS,
    *NOTICE_CHECKS,
    *LAW_CHECKS,
    *CONFIRMED_CHECKS,
    *ITEM_CHECKS,
    *DOCUMENT_CHECKS,
    *PRACTICE_CHECKS,
    *LARGE_CLASS_CHECKS,
    *MACRO_CHECKS,
    *PROSE_CHECKS,
    *WORDING_CHECKS,
    *CLAIM_CHECKS,
]
