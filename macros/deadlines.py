"""Deadlines on the page: the table in words, the days off, the board that scripts fill."""

from __future__ import annotations

from markupsafe import Markup

from knowledge.days_off import days_off
from knowledge.deadline_text import basis_text, is_binding, limit_text
from knowledge.records.deadlines import GROUPS, ONLY_IF, REGULAR, SITTINGS, Deadline
from macros.view import SITTING_PAGE, View

RULES_PAGE = "tra-cuu/moc-quy-che.md"


class Deadlines(View):
    """The macros of this module; see the page they are shown on by example: ``docs/tra-cuu/viet-bai.md``."""

    def deadline_table(self) -> str:
        """Show every deadline in words, by group: what, when, who, on which ground."""
        blocks = []
        for group, title in GROUPS.items():
            own = [one for one in self.kb.deadlines.values() if one.group == group]
            if own:
                blocks.append(f"## {title} {{ #{group} }}\n")
                blocks.append(self._html("deadline_table.html", deadlines=own, say=self._say))
        return "\n".join(blocks)

    def days_off_table(self) -> str:
        """Show the days off of the term, year by year, with how sure each is."""
        years: dict[int, list[object]] = {}
        for one in days_off():
            years.setdefault(one.day.year, []).append(one)
        return self._html("days_off.html", years=years)

    def board(self, choice: str = "") -> str:
        """Keep a place for what is due for the reader's sitting; ``short``: its first lines only, with the two questions."""
        return self._html(
            "board.html", short=choice == "short", sittings=SITTINGS, only_if=ONLY_IF,
            rules_page=RULES_PAGE,
            sitting_page=SITTING_PAGE,
        )  # fmt: skip

    def _say(self, deadline: Deadline) -> dict[str, object]:
        """Return a deadline's words: limit, ground, sittings, and whether it is a rule that binds."""
        ground = basis_text(self.kb, deadline)
        rule = deadline.rule or (deadline.local if deadline.amount is not None else None)
        link = self._href(rule) if rule else ""
        sittings = (
            ["thường lệ"] if set(deadline.when) == set(REGULAR) else [SITTINGS[kind].lower() for kind in deadline.when]
        )
        return {
            "limit": limit_text(deadline),
            "ground": Markup(f'<a class="hd-law" href="{link}">{Markup.escape(ground)}</a>') if link else ground,
            "sittings": "" if len(sittings) in (0, len(SITTINGS)) else "; ".join(sittings),
            "binding": is_binding(self.kb, deadline),
        }
