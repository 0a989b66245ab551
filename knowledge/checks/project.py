"""All checks in one list, and the one call that runs them.

What can be seen in one record alone is checked by its type, in ``records/``; each module here looks at records together.
"""

from __future__ import annotations

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
from knowledge.checks.moves import MOVE_CHECKS
from knowledge.checks.notices import NOTICE_CHECKS
from knowledge.checks.pages import PROSE_CHECKS
from knowledge.checks.practice import PRACTICE_CHECKS
from knowledge.checks.quotes import QUOTE_CHECKS
from knowledge.checks.use import USE_CHECKS
from knowledge.checks.wording import WORDING_CHECKS
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.load import load


def check_project(root: Path) -> tuple[KnowledgeBase, list[Issue]]:
    """Load a project and run every check. Returns the records that loaded and all issues, sorted."""
    loaded = load(root)
    issues = [*loaded.issues]
    if loaded.kb.origins:
        issues += [issue for check in ALL_CHECKS for issue in check(loaded.kb)]
    return loaded.kb, sorted(set(issues))


ALL_CHECKS: list[Check] = [
    *KIND_CHECKS,
    *LINK_CHECKS,
    *QUOTE_CHECKS,
    *USE_CHECKS,
    *FIRST_CHECKS,
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
    *MOVE_CHECKS,
]
