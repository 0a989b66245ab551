"""Check that no law changes in silence: each record was read again with the rules on which it rests."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checks import Check
from knowledge.confirmed import read_confirmed, suspect_issue, suspects
from knowledge.records.issues import Issue, Level
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import BASE_EDITION


def rules_were_read_again(kb: KnowledgeBase) -> Iterator[Issue]:
    """A rule that reads otherwise than confirmed names each record that rests on it.

    A warning in the base, where somebody keeps the law; a note in an edition, which takes the base's.
    """
    confirmed, faults = read_confirmed(kb.root)
    yield from faults
    level = Level.WARNING if kb.edition.slug == BASE_EDITION else Level.INFO
    for one in suspects(kb, confirmed) if not faults else ():
        yield suspect_issue(one, level)


CONFIRMED_CHECKS: list[Check] = [rules_were_read_again]
