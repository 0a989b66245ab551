"""The page of the draft check: the place that scripts fill, the draft that it shows itself with."""

from __future__ import annotations

from pathlib import Path

from knowledge import law
from knowledge.draft_samples import draft_text
from knowledge.records.deadlines import SITTINGS
from knowledge.records.signs import LEVELS, PLACES, DraftSample
from macros.view import View

EXAMPLE = Path(__file__).resolve().parent.parent / "knowledge/draft_example.txt"


def shown(sample: DraftSample) -> str:
    """Return what a sample says otherwise than the model draft, on one line."""
    return " … ".join(" ".join(words.split()) for words in sample.parts.values() if words.strip()) or " ".join(
        draft_text(sample).split()
    )


class DraftCheck(View):
    """The macros of this module; see the page it is shown on by example: ``docs/tra-cuu/viet-bai.md``."""

    def draft_sign_table(self) -> str:
        """Show every sign of a draft in words, by the place where it is looked for."""
        by_place = {
            name: [one for one in self.kb.draft_signs.values() if one.where == place] for place, name in PLACES.items()
        }
        return self._html(
            "draft_sign_table.html",
            places={name: signs for name, signs in by_place.items() if signs},
            levels=LEVELS,
            shown=shown,
            ground=lambda rule: law.ground(*self.kb.rules[rule][:2]),
        )

    def draft_form(self) -> str:
        """Keep a place for the draft check; scripts fill it."""
        return self._html("draft_form.html", sittings=SITTINGS, example=EXAMPLE.read_text("utf-8"))
