"""A source, paragraph by paragraph, and whom it addressed; the glossary."""

from __future__ import annotations

from knowledge.coverage import quoted_by
from knowledge.records.knowledge_base import (
    anchor_of,
)
from knowledge.text import escape_markdown
from macros.view import View


class Sources(View):
    """The macros of this module; see the page they are shown on by example: ``docs/tra-cuu/viet-bai.md``."""

    def source_text(self) -> str:
        """Show the source of this page paragraph by paragraph, each with its address and users."""
        source = self._record()
        users_of = quoted_by(self.kb, source.id)
        blocks = []
        for paragraph in source.paragraphs:
            for heading in source.headings:
                if heading.before == paragraph.locator:
                    blocks.append(f"### {escape_markdown(heading.text)}\n")
            users = users_of.get(paragraph.locator, [])
            blocks.append(
                self._html(
                    "paragraph.html",
                    source=source,
                    paragraph=paragraph,
                    anchor=anchor_of(paragraph.locator),
                    users=users,
                    shows=[one for one in source.evidence if one.locator == paragraph.locator],
                )
            )
        return "\n".join(blocks)

    def addressee_table(self) -> str:
        """Show whom the source addressed, and who does that work today."""
        return self._html("addressees.html", source=self._record())

    def glossary(self) -> str:
        """List all terms in alphabetical order."""
        terms = list(self.kb.terms.values())
        see = {t.id: [(other, self._see_also(other)) for other in t.see_also] for t in terms}
        return self._html("glossary.html", terms=terms, see=see, title_of_any=self._any_title)

    def _see_also(self, target: str) -> str:
        if target in self.kb.terms:
            return f"#{target}"
        return self._href(target)

    def _any_title(self, target: str) -> str:
        term = self.kb.terms.get(target)
        return term.title if term else self._short(target)
