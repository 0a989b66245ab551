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
from knowledge.checks.editions import EDITION_CHECKS
from knowledge.checks.first import FIRST_CHECKS
from knowledge.checks.items import ITEM_CHECKS
from knowledge.checks.kinds import KIND_CHECKS
from knowledge.checks.large_class import LARGE_CLASS_CHECKS
from knowledge.checks.law import LAW_CHECKS
from knowledge.checks.links import LINK_CHECKS
from knowledge.checks.macro_calls import MACRO_CHECKS
from knowledge.checks.moves import MOVE_CHECKS
from knowledge.checks.new_part import NEW_PART_CHECKS
from knowledge.checks.notices import NOTICE_CHECKS
from knowledge.checks.pages import PROSE_CHECKS
from knowledge.checks.path import PATH_CHECKS
from knowledge.checks.practice import PRACTICE_CHECKS
from knowledge.checks.quotes import QUOTE_CHECKS
from knowledge.checks.resolution_kinds import RESOLUTION_KIND_CHECKS
from knowledge.checks.signs import SIGN_CHECKS
from knowledge.checks.trials import TRIAL_CHECKS
from knowledge.checks.use import USE_CHECKS
from knowledge.checks.wording import WORDING_CHECKS
from knowledge.published import read_ledger
from knowledge.records.issues import Issue, Level
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.layers import EDITIONS
from knowledge.records.load import EDITION_FILE, Loaded, load
from knowledge.records.model import BASE_EDITION


def check_project(root: Path, slug: str = BASE_EDITION) -> tuple[KnowledgeBase, list[Issue]]:
    """Load what is published in an edition and run every check. Returns the records that loaded and all issues, sorted.

    Faults of drafts are told as warnings by which nothing fails.
    """
    loaded = load(root, slug=slug)
    published = _published_drafts(loaded.kb)
    if published:
        # Read as what they are: one line for each, not one for each record that links there.
        loaded = load(root, published, slug)
    issues = [*_checked(loaded), *published.values()]
    if loaded.kb.drafts.keys() - published.keys():
        with_drafts = load(root, loaded.kb.drafts, slug)
        issues += _of_drafts(_checked(with_drafts), with_drafts.kb)
    return loaded.kb, _told(loaded.kb, issues)


def check_with_drafts(root: Path, slug: str = BASE_EDITION) -> tuple[KnowledgeBase, list[Issue]]:
    """Load what is published and each draft without an error, for the editor's own browser; issues as ``check_project``."""
    kb, issues = check_project(root, slug)
    wanted = {*kb.drafts}
    while wanted:
        loaded = load(root, wanted, slug)
        found = [issue for issue in _checked(loaded) if issue.level == Level.ERROR]
        faulty = wanted & {file for issue in found for file in _files_with(loaded.kb, issue.file)}
        if not faulty:
            # Some faults show elsewhere: an ID that a published record has, too.
            published = {issue.file for issue in issues if issue.level == Level.ERROR}
            return (kb if {issue.file for issue in found} - published else loaded.kb), issues
        wanted -= faulty
    return kb, issues


def editions(root: Path) -> list[str]:
    """Return the slugs of the editions over the base, sorted."""
    return sorted(path.parent.name for path in (root / EDITIONS).glob("*/edition.yml"))


OF_THE_WHOLE = frozenset(
    {
        "best-item", "cause-without-solution", "finding-not-reviewed", "first-things", "item-without-basis", "kind-form",
        "lesson-not-applied", "not-trained", "orphan", "part-not-met", "part-not-prevented", "path-without-sheet", "question-without-basis", "role-without-sheet",
        "role-without-work", "stage-without-sheet", "suspect-rule", "template-not-used",
        "unquoted-sentence",
    }
)  # fmt: skip
"""Codes of what only the whole book has to keep. An edition that drops records makes such gaps on purpose."""


def _told(kb: KnowledgeBase, issues: list[Issue]) -> list[Issue]:
    """Return issues as they are told: in an edition under the names of its own files, gaps in the base's as notes."""
    if kb.own is None:
        return sorted(set(issues))
    told = []
    of_the_base = set(_of_the_base(kb, issues))
    # What is wrong in the base without the edition is told as it is.
    by_dropping = of_the_base - set(check_project(kb.root)[1]) if of_the_base else set()
    for issue in issues:
        if issue in by_dropping and kb.own_origin:
            message = f"bỏ các bản ghi này thì {issue.file} có chỗ không còn đúng: {issue.message}"
            remedy = "giữ lại bản ghi liên quan, hoặc bỏ cả bản ghi nêu ở đây"
            told.append(kb.own_origin.issue(("drop",), issue.code, message, remedy, issue.level))
            continue
        gap = issue.code in OF_THE_WHOLE and issue.file not in kb.own_files
        level = Level.INFO if gap or issue.code == "suspect-rule" else issue.level
        told.append(replace(issue, file=kb.where(issue.file), level=level))
    return sorted(set(told))


def _published_drafts(kb: KnowledgeBase) -> dict[str, Issue]:
    """Return the files of records that were published and are marked as drafts, with what to say of each."""
    if not kb.drafts:
        return {}
    published = {one for ids in read_ledger(kb.root)["ids"].values() for one in ids}
    return {
        file: Issue(
            file, 0, "draft", "draft-published", f"{record_id} đã công bố, không làm bản nháp được",
            "xóa dòng draft; muốn bỏ hẳn thì make withdraw",
        )
        for file, record_id in kb.drafts.items()
        if record_id in published
    }  # fmt: skip


def _of_the_base(kb: KnowledgeBase, issues: list[Issue]) -> list[Issue]:
    """Return what is wrong in files of the base, gaps apart; only an edition that drops something makes such faults."""
    return [
        issue
        for issue in issues
        if kb.dropped
        and issue.level > Level.INFO
        and issue.code not in OF_THE_WHOLE
        and issue.file not in (*kb.own_files, EDITION_FILE)
        and not issue.file.startswith(f"{EDITIONS}/")
    ]


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
    *EDITION_CHECKS,
    *LINK_CHECKS,
    *QUOTE_CHECKS,
    *USE_CHECKS,
    *FIRST_CHECKS,
    *NEW_PART_CHECKS,
    *NOTICE_CHECKS,
    *LAW_CHECKS,
    *CONFIRMED_CHECKS,
    *ITEM_CHECKS,
    *TRIAL_CHECKS,
    *DOCUMENT_CHECKS,
    *PRACTICE_CHECKS,
    *PATH_CHECKS,
    *RESOLUTION_KIND_CHECKS,
    *SIGN_CHECKS,
    *LARGE_CLASS_CHECKS,
    *MACRO_CHECKS,
    *PROSE_CHECKS,
    *WORDING_CHECKS,
    *CLAIM_CHECKS,
    *MOVE_CHECKS,
]
