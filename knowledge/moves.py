"""Old IDs followed to where they stand now: chains, what lies inside something that moved, old places on a page.

The browser follows in the same way (``docs/assets/scripts/kept/follow.js``), on the same cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch

from knowledge.kinds import KINDS
from knowledge.records.knowledge_base import KnowledgeBase, place_of, rule_anchor
from knowledge.records.moves import PAGES, PLACES, STATEMENTS, STEPS, Moves, Withdrawal

HOLDERS = {"items": "checklists", "parts": "findings", STEPS: "milestones", STATEMENTS: "reviews"}
"""Kinds whose IDs begin with the ID of what holds them."""


def split(kind: str, record_id: str) -> tuple[str, str]:
    """Return (ID of what holds it, the rest) of an inner ID: ``DM04/a`` → DM04, /a; ``HC1a`` → HC1, a."""
    if kind == "parts":
        holder = record_id.rstrip("abcdefghijklmnopqrstuvwxyz")
        return holder, record_id[len(holder) :]
    holder, slash, rest = record_id.partition("/")
    return holder, slash + rest


@dataclass(frozen=True)
class Trail:
    """Old IDs by kind → what they became, and what is gone."""

    renamed: dict[str, dict[str, str]]
    gone: dict[str, dict[str, Withdrawal]]

    def step(self, kind: str, record_id: str) -> str | None:
        """Return the ID that an old one was given next, or None where it was never changed."""
        if found := self.renamed.get(kind, {}).get(record_id):
            return found
        if kind in HOLDERS:
            holder, rest = split(kind, record_id)
            above = self.renamed.get(HOLDERS[kind], {}).get(holder)
            return above + rest if above else None
        return None

    def now(self, kind: str, record_id: str) -> str | None:
        """Return the ID that an old one has now, itself where it was never changed, None for a circle."""
        seen = {record_id}
        while following := self.step(kind, record_id):
            if following in seen:
                return None
            seen.add(following)
            record_id = following
        return record_id

    def withdrawal(self, kind: str, record_id: str) -> Withdrawal | None:
        """Return why an ID, followed to its last form, or what holds it, is gone; None if it is not."""
        last = self.now(kind, record_id) or record_id
        found = self.gone.get(kind, {}).get(last)
        if found is None and kind in HOLDERS:
            return self.gone.get(HOLDERS[kind], {}).get(split(kind, last)[0])
        return found

    def former(self, kind: str, record_id: str) -> list[str]:
        """Return every ID that became this one, in any number of steps; sorted."""
        found: set[str] = set()
        waiting = [record_id]
        while waiting:
            one = waiting.pop()
            for before in self._before(kind, one):
                if before not in found and before != record_id:
                    found.add(before)
                    waiting.append(before)
        return sorted(found)

    def _before(self, kind: str, record_id: str) -> Iterator[str]:
        yield from (old for old, new in self.renamed.get(kind, {}).items() if new == record_id)
        if kind in HOLDERS:
            holder, rest = split(kind, record_id)
            yield from (old + rest for old, new in self.renamed.get(HOLDERS[kind], {}).items() if new == holder)

    def is_retired(self, kind: str, record_id: str) -> bool:
        """Tell whether an ID was given up, and so is never to be given to anything else."""
        return record_id in self.renamed.get(kind, {}) or record_id in self.gone.get(kind, {})


def trail_of(moves: Moves) -> Trail:
    """Return the entries of ``moved.yml`` by kind; of two for one ID the first counts."""
    renamed: dict[str, dict[str, str]] = {}
    gone: dict[str, dict[str, Withdrawal]] = {}
    for move in moves.moved:
        renamed.setdefault(move.kind, {}).setdefault(move.old, move.new)
    for one in moves.withdrawn:
        gone.setdefault(one.kind, {}).setdefault(one.id, one)
    return Trail(renamed, gone)


def trail(kb: KnowledgeBase) -> Trail:
    """Return the trail of a project, computed once."""
    return kb.once("trail", lambda kb: trail_of(kb.moves))


def ids_of(kb: KnowledgeBase, kind: str) -> set[str]:
    """Return the IDs of a kind of ``moved.yml`` that there are now."""
    if kind == PAGES:
        return {page.uri for page in kb.pages.values() if not page.record}
    if kind == STEPS:
        return {f"{one.id}/{step.id}" for one in kb.milestones.values() for step in one.steps}
    if kind == STATEMENTS:
        return {f"{one.id}/{statement.id}" for one in kb.reviews.values() for statement in one.statements}
    # What places a page has is known when it is built.
    return set() if kind == PLACES else set(kb.of(kind))


def page_uri(kind: str, record_id: str) -> str:
    """Return the path below ``docs/`` of the page that an ID of a whole record, or of a page, has or had."""
    if kind == PAGES:
        return record_id
    stem = record_id.lower()
    apart = KINDS[kind].apart
    if apart and fnmatch(f"{apart.rpartition('/')[0]}/{stem}.md", apart) and re.fullmatch(r"[a-z]+[0-9]+", stem):
        return f"{apart.rpartition('/')[0]}/{stem}.md"
    return f"{KINDS[kind].folder}/{stem}.md"


def anchor(kind: str, record_id: str) -> str:
    """Return the address fragment of an ID on a page that shows it: items by their own name, rules without dots."""
    if kind == "items":
        return split(kind, record_id)[1].removeprefix("/")
    return rule_anchor(record_id) if kind == "rules" else record_id.lower()


def old_anchors(kb: KnowledgeBase, kind: str, record_id: str) -> list[str]:
    """Return the fragments by which an ID was reached before, other than its own."""
    known = {anchor(kind, one) for one in trail(kb).former(kind, record_id)}
    return sorted(known - {anchor(kind, record_id)})


@dataclass(frozen=True)
class Leading:
    """A page at an address that was given up: ``to`` is a page below ``docs/`` with its fragment, or None."""

    uri: str
    kind: str
    id: str
    to: tuple[str, str] | None
    gone: Withdrawal | None


def leading_pages(kb: KnowledgeBase) -> list[Leading]:
    """Return the old addresses that need a page of their own, by path."""
    found = trail(kb)
    pages = []
    for kind in (*KINDS, PAGES):
        for old in dict.fromkeys((*found.renamed.get(kind, {}), *found.gone.get(kind, {}))):
            gone = found.withdrawal(kind, old)
            last = gone.instead if gone else found.now(kind, old)
            to = (last, "") if last in kb.pages else place_of(kb, last) if last else None
            pages.append(Leading(page_uri(kind, old), kind, old, to, gone))
    return sorted(pages, key=lambda page: page.uri)
