"""Where each sentence of law is used: who rests on it, on sheets, on pages, or only on its instrument's page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.kept import kept
from knowledge.law import Shown, manner, show
from knowledge.links import declared_links
from knowledge.records.knowledge_base import KnowledgeBase, place_of

RULE_CALL = re.compile(r"\{\{-?\s*rule\(\s*[\"']([^\"']+)[\"']")
"""A rule stated in a page's prose."""


@kept
def rules_called(body: str) -> tuple[tuple[str, int], ...]:
    """Return the rules that prose shows by their macro, each with its line, counted from 0."""
    return tuple((call[1], body.count("\n", 0, call.start())) for call in RULE_CALL.finditer(body))


def resting(kb: KnowledgeBase) -> dict[tuple[str, str], tuple[str, int, str]]:
    """Return (record, rule) → the first place where the record names the rule: file, line, field.

    A page without a record is called by its path below ``docs/``; a rule's own entry does not rest on itself.
    """
    return kb.once("resting", _resting)


def _resting(kb: KnowledgeBase) -> dict[tuple[str, str], tuple[str, int, str]]:
    found: dict[tuple[str, str], tuple[str, int, str]] = {}
    for link in declared_links(kb):
        if link.target in kb.rules:
            issue = link.origin.issue(link.path, "", "")
            found.setdefault((link.owner, link.target), (issue.file, issue.line, issue.field))
    for page in kb.pages.values():
        for rule, number in rules_called(page.body) if page.macros else ():
            if rule in kb.rules:
                found.setdefault((page.record or page.uri, rule), (page.file, page.body_line + number, ""))
    return found


@dataclass(frozen=True)
class Usage:
    """A rule as shown, with the items (full IDs) and other pages (paths below ``docs/``) that use it."""

    id: str
    instrument: str
    shown: Shown
    items: list[str]
    pages: list[str]


def law_usage(kb: KnowledgeBase) -> list[Usage]:
    """Return every rule that the site states, in the order of the instruments."""
    items: dict[str, list[str]] = {}
    pages: dict[str, dict[str, None]] = {}
    for owner, rule_id in resting(kb):
        if owner in kb.items:
            items.setdefault(rule_id, []).append(owner)
        else:
            place = place_of(kb, owner)
            pages.setdefault(rule_id, {})[place[0] if place else owner] = None
    return [
        Usage(
            rule_id,
            instrument.id,
            show(instrument, rule),
            items.get(rule_id, []),
            list(pages.get(rule_id, {})),
        )
        for rule_id, (instrument, rule, _path) in kb.rules.items()
        if manner(rule) != "hidden"
    ]


def usage_table(kb: KnowledgeBase) -> list[list[str]]:
    """Return all sentences of law as a table: for whoever checks them against the gazette."""
    lines = [["Mã", "Câu", "Điều khoản", "Nhãn", "Mức kiểm chứng", "Hiệu lực", "Kiểm tra ngày",
              "Nơi đã đọc", "Mục dùng", "Trang dùng"]]  # fmt: skip
    for usage in law_usage(kb):
        rule = kb.rules[usage.id][1]
        lines.append(
            [
                usage.id,
                usage.shown.text,
                usage.shown.reference,
                usage.shown.label,
                rule.status,
                rule.validity,
                rule.checked_on.isoformat(),
                "; ".join(source.url or source.name for source in rule.source),
                ", ".join(usage.items),
                ", ".join(usage.pages),
            ]
        )
    return lines
