"""The programme on the page: the place that scripts fill, the table of its signs."""

from __future__ import annotations

from knowledge.downloads import template_name
from knowledge.records.deadlines import SITTINGS
from knowledge.records.signs import LEVELS
from macros.view import View


class Programme(View):
    """The macros of this module; see the page they are shown on by example: ``docs/tra-cuu/viet-bai.md``."""

    def sign_table(self) -> str:
        """Show every sign in words: what is said, how to mend, when it is said wrongly, from which lesson."""
        return self._html("sign_table.html", signs=self.kb.signs.values(), levels=LEVELS)

    def programme_form(self) -> str:
        """Keep a place for the programme of the reader's sitting; scripts fill it."""
        return self._html(
            "programme_form.html",
            sittings=SITTINGS,
            forms={one: self._download(template_name(self.kb, one)) for one in ("BM10", "BM16", "BM18")},
        )
