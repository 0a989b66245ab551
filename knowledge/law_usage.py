"""Who rests on each sentence of law, and where that is shown: on sheets, on pages, or only on its instrument's page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.kept import kept
from knowledge.kinds import INNER_KINDS
from knowledge.law import Shown, manner, show
from knowledge.links import declared_links
from knowledge.records.knowledge_base import KnowledgeBase, place_of
from knowledge.records.yaml_lines import field_name

RULE_CALL = re.compile(r"\{\{-?\s*rule\(\s*[\"']([^\"']+)[\"']")
"""A rule stated in a page's prose."""


@kept
def rules_called(body: str) -> tuple[tuple[str, int], ...]:
    """Return the rules that prose shows by their macro, each with its line, counted from 0."""
    return tuple((call[1], body.count("\n", 0, call.start())) for call in RULE_CALL.finditer(body))


@dataclass(frozen=True)
class Place:
    """Where something rests on a rule: ``owner`` is a record, or a page without one by its path below ``docs/``."""

    owner: str
    rule: str
    file: str
    line: int
    field: str
    page: str
    """The page on which it is shown, below ``docs/``; the file where there is no page."""


def places_resting(kb: KnowledgeBase) -> list[Place]:
    """Return every place that names a rule: links of records first, then prose. A rule's own entry is none."""
    return kb.once("places resting", lambda kb: [*_linked(kb), *_called(kb)])


def _linked(kb: KnowledgeBase) -> Iterator[Place]:
    for link in declared_links(kb):
        if link.target in kb.rules:
            # A term may share its name with a record, which stands elsewhere; a sheet whose page was refused has none.
            place = place_of(kb, link.owner) if link.path[0] != "terms" else (INNER_KINDS["terms"].page, link.owner)
            page = place[0] if place else link.origin.file
            line = link.origin.parsed.line_of(link.path)
            yield Place(link.owner, link.target, link.origin.file, line, field_name(link.path), page)


def _called(kb: KnowledgeBase) -> Iterator[Place]:
    for page in kb.pages.values():
        for rule, number in rules_called(page.body) if page.macros else ():
            if rule in kb.rules:
                yield Place(page.record or page.uri, rule, page.file, page.body_line + number, "", page.uri)


def resting(kb: KnowledgeBase) -> dict[tuple[str, str], tuple[str, int, str]]:
    """Return (record, rule) → the first place where the record names the rule: file, line, field."""
    found: dict[tuple[str, str], tuple[str, int, str]] = {}
    for one in places_resting(kb):
        found.setdefault((one.owner, one.rule), (one.file, one.line, one.field))
    return found


@dataclass(frozen=True)
class Usage:
    """A rule as shown, with the items (full IDs) that use it and the pages (paths below ``docs/``) but its own instrument's."""

    id: str
    instrument: str
    shown: Shown
    items: list[str]
    pages: list[str]


def law_usage(kb: KnowledgeBase) -> list[Usage]:
    """Return every rule that the site states, in the order of the instruments."""
    items: dict[str, dict[str, None]] = {}
    pages: dict[str, dict[str, None]] = {}
    for one in places_resting(kb):
        if one.owner in kb.items:
            items.setdefault(one.rule, {})[one.owner] = None
        elif one.page != kb.page_of[kb.rules[one.rule][0].id]:
            pages.setdefault(one.rule, {})[one.page] = None
    return [
        Usage(
            rule_id,
            instrument.id,
            show(instrument, rule),
            list(items.get(rule_id, {})),
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
