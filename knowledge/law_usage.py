"""Where each sentence of law is used: on sheets, on pages, or only on its instrument's page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.law import Shown, manner, show
from knowledge.records.knowledge_base import KnowledgeBase

RULE_CALL = re.compile(r"\{\{-?\s*rule\(\s*[\"']([^\"']+)[\"']")
"""A rule stated in a page's prose."""


@dataclass(frozen=True)
class Usage:
    """A rule as shown, with the items (full IDs) and pages (paths below ``docs/``) that use it."""

    id: str
    instrument: str
    shown: Shown
    items: list[str]
    pages: list[str]


def law_usage(kb: KnowledgeBase) -> list[Usage]:
    """Return every rule that the site states, in the order of the instruments."""
    items: dict[str, list[str]] = {}
    for placed in kb.items.values():
        for rule_id in placed.item.rules:
            items.setdefault(rule_id, []).append(placed.id)
    pages: dict[str, dict[str, None]] = {}
    for page in kb.pages.values():
        for rule_id in RULE_CALL.findall(page.body):
            pages.setdefault(rule_id, {})[page.uri] = None
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
