"""Sentences of law: those of one instrument, all of them, those that a council fixes itself."""

from __future__ import annotations

from typing import Any

from knowledge.deadline_text import UNITS
from knowledge.law import LOCAL_BLANK, given_text
from knowledge.law_usage import law_usage
from knowledge.records.knowledge_base import (
    rule_anchor,
)
from macros.record_pages import MOST_CARDS
from macros.view import View

LOCAL_END = " ghi theo Quy chế làm việc của từng HĐND"
GIVEN = "{} theo Quy chế mẫu; sửa nếu Quy chế của mình khác"
LAW_GROUPS = {
    "plain": ("Đã thấy trong văn bản, đang áp dụng", "da-thay"),
    "reported": ("Theo trang tin, chưa đối chiếu văn bản gốc", "theo-trang-tin"),
    "historical": ("Quy định cũ, chỉ để hiểu bài học", "quy-dinh-cu"),
    "local": ("Chỗ trống, điền theo Quy chế làm việc", "quy-che"),
}


OPEN_SENTENCES = 600
"""More sentences of law than these are folded, by instrument; a link to one inside opens its own."""


class LawPages(View):
    """The macros of this module; see the page they are shown on by example: ``docs/tra-cuu/viet-bai.md``."""

    def rule_list(self) -> str:
        """List the rules of this page's instrument, each with its label."""
        rules = [(rule, rule_anchor(rule.id), self._show_rule(rule.id)) for rule in self._record().rules]
        return self._html("rules.html", rules=rules)

    def readings(self) -> str:
        """Tell of each instrument what was read, in which copy, when."""
        return self._html("readings.html", instruments=list(self.kb.instruments.values()), most=MOST_CARDS)

    def law_index(self) -> str:
        """List every sentence of law on the site by how well it is known, with where it is used."""
        groups: dict[str, list[Any]] = {manner: [] for manner in LAW_GROUPS}
        for usage in law_usage(self.kb):
            groups[usage.shown.manner].append(usage)
        folded = sum(map(len, groups.values())) > OPEN_SENTENCES
        blocks = []
        for manner, usages in groups.items():
            title, anchor = LAW_GROUPS[manner]
            blocks.append(f"## {title} ({len(usages)} câu) {{ #{anchor} }}\n")
            by_law: dict[str, list[Any]] = {}
            for usage in usages:
                by_law.setdefault(self.kb.rules[usage.id][0].short if folded else "", []).append(usage)
            blocks.append(self._html("law_index.html", groups=by_law))
        return "\n".join(blocks)

    def local_rules(self) -> str:
        """List the deadlines that each council's own rules fix, each a blank to fill in."""
        # The first deadline that has it gives it its name.
        model = {one.local: one for one in reversed(self.kb.deadlines.values()) if one.local and one.amount is not None}
        counted = {one.local for one in self.kb.deadlines.values() if one.local}
        limits = []
        for usage in law_usage(self.kb):
            known = model.get(usage.id) if usage.shown.manner != "local" else None
            if usage.shown.manner != "local" and known is None:
                continue
            units = self.kb.rules[usage.id][1].units or list(UNITS.values())
            limits.append(
                {
                    "id": usage.id,
                    "name": known.does
                    if known
                    else usage.shown.text.split(". ")[0].rstrip(".").removesuffix(LOCAL_END),
                    "units": units,
                    "twice": usage.id in counted,
                    "given": f"{known.amount:02d} {UNITS[known.unit]}" if known else "",
                    "label": given_text(self.kb.rules[usage.id][1])
                    or (GIVEN.format(f"{known.amount:02d} {UNITS[known.unit]}") if known else LOCAL_BLANK),
                    "items": usage.items,
                }
            )
        return self._html("local_rules.html", limits=limits)
