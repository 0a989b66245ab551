"""Macros that stand within a sentence, and quotations."""

from __future__ import annotations

import html

from knowledge.addresses import markdown_target
from knowledge.coverage import paragraph_at
from knowledge.kinds import INNER_KINDS
from knowledge.records.model import Lesson
from knowledge.recurrence import drawn_from
from knowledge.text import escape_markdown, vn_date
from macros.view import View

SOURCES_PAGE = "nguon/index.md"


class Inline(View):
    """The macros of this module; see the page they are shown on by example: ``docs/tra-cuu/viet-bai.md``."""

    def ref(self, record_id: str, text: str = "") -> str:
        """Link to a record, part or item: its title and code, or the given text."""
        tag = self._tag(record_id)
        label = escape_markdown(text or self._short(record_id))
        code = f'<span class="hd-id"> {tag}</span>' if tag and not text else ""
        return self._markdown_link(label + code, record_id)

    def term(self, term_id: str, text: str = "") -> str:
        """Link to a glossary entry, with its meaning as tooltip."""
        term = self.kb.terms[term_id]
        label = escape_markdown(text or term.abbreviation or term.title)
        meaning = html.escape(term.definition, quote=True).replace('"', "&quot;")
        target = markdown_target(self._page(), INNER_KINDS["terms"].page, term_id)
        return f'[{label}]({target} "{meaning}")'

    def rule(self, rule_id: str) -> str:
        """State a rule: its sentence, where it stands, and its label if one is due."""
        shown = self._show_rule(rule_id)
        place = self._markdown_link(escape_markdown(shown.reference), rule_id)
        label = f"; {escape_markdown(shown.label)}" if shown.label else ""
        if shown.manner == "reported":
            # Said once, at the foot of the page.
            label = f' <span class="hd-doubt" title="{html.escape(shown.label)}">{escape_markdown(shown.sign)}</span>'
        if shown.manner == "local":
            # A reader's own deadline takes the place of the blank.
            label = f'; <span data-hd-rule="{rule_id}">{escape_markdown(shown.label)}</span>'
        return f"{escape_markdown(shown.text.rstrip('.'))} ({place}{label})."

    def quote(self, source_id: str, locator: str) -> str:
        """Show a paragraph of a source, verbatim, with its place."""
        paragraph = paragraph_at(self.kb.sources[source_id], locator)
        return self._html("quote.html", source=source_id, paragraph=paragraph)

    def source_name(self, source_id: str) -> str:
        """Name a source with its address, as a sentence names it."""
        return self._markdown_link(escape_markdown(self.kb.sources[source_id].named), source_id)

    def sources_of(self, record_id: str = "") -> str:
        """Name the sources that a record quotes; without a record, those the book is drawn from, and how many more it read."""
        record = self.kb.get(record_id) if record_id else None
        if isinstance(record, Lesson):
            return "; ".join(self.source_name(one) for one in dict.fromkeys(quote.source for quote in record.quotes))
        whole, others = drawn_from(self.kb)
        named = "; ".join(
            f"{self._markdown_link(escape_markdown(one.title), one.id)} của {escape_markdown(one.council or one.issuer)}"
            for one in whole
        )
        page = markdown_target(self._page(), SOURCES_PAGE)
        return f"{named}; đối chiếu với [{others} nguồn khác]({page})" if others else named

    def notice(self, notice_id: str) -> str:
        """Show what readers must know until a day; a script drops it afterwards."""
        notice = next((one for one in self.kb.edition.notices if one.id == notice_id), None)
        if notice is None:  # an edition has its own
            return ""
        return self._html("notice.html", notice=notice, here=notice.page == self._page())

    def edition(self, field: str) -> str:
        """Show a fact about the edition; what an edition alone says is '' in the base."""
        if field in ("council", "welcome"):
            return escape_markdown(str(getattr(self.kb.own, field, None) or ""))
        value = getattr(self.kb.edition, field)
        if field == "contact":
            return f"Gửi tới: {escape_markdown(value)}." if value else "Bản này chưa có địa chỉ nhận góp ý riêng."
        if field == "date":
            return vn_date(value)
        return escape_markdown(str(value or ""))
