"""Checklists on the page: the sheet, lists of sheets, when each is read again, what a reader keeps of them."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from knowledge.addresses import record_url
from knowledge.qr import qr_svg
from knowledge.records.model import ALWAYS, USUAL_TIME, Checklist
from knowledge.sheet_text import (
    BRANCHES_TITLE,
    EACH_VOTE,
    LEGEND,
    VOTES_TITLE,
    back_of,
    basis_line,
    lessons_line,
    stamp,
    usual_who,
    who_does,
)
from knowledge.text import escape_markdown
from macros.view import View

ROWS = 7
"""Empty rows of the table of votes; the reader's list of matters brings its own."""


class Sheets(View):
    """The macros of this module; see the page they are shown on by example: ``docs/tra-cuu/viet-bai.md``."""

    def checklist(self) -> str:
        """Show the sheet of this page, round by round."""
        checklist = self._record()
        blocks = []
        usual = usual_who(self.kb, checklist)
        for task_number, round_ in enumerate(checklist.rounds, 1):
            title = escape_markdown(round_.title)
            blocks.append(
                f'### Lần <span class="hd-no-print">rà soát</span> {task_number}: {title} {{ #lan-{task_number} }}\n'
            )
            items = [self.kb.items[f"{checklist.id}/{item.id}"] for item in round_.items]
            blocks.append(
                self._html(
                    "round.html", round=round_, items=items, each_vote=EACH_VOTE,
                    usual=who_does(self.kb, round_) == usual,
                )
            )  # fmt: skip
        address = ""
        if self._site_url:
            address = self._site_url + record_url(self.kb, checklist.id, self._public_form or self._form())
        end = self._html(
            "checklist_end.html",
            checklist=checklist,
            basis=basis_line(self.kb, checklist),
            lessons=lessons_line(self.kb, checklist),
            stamp=stamp(self.kb, checklist),
            address=address.partition("://")[2],
            qr=Markup(qr_svg(address)) if address else "",
        )
        head = self._html("sheet_head.html", usual=usual, legend=LEGEND)
        return "\n".join([head, *blocks, end, *self._back(checklist)])

    def _back(self, checklist: Checklist) -> list[str]:
        """Return what stands on the back of the sheet: the table of votes, what to do when an item cannot be confirmed."""
        back, blocks = back_of(self.kb, checklist), []
        if back and back["columns"]:
            blocks.append(f"### {VOTES_TITLE} {{ #bang-bieu-quyet .hd-back }}\n")
            blocks.append(self._html("back.html", rows=ROWS, **back))
        if back and back["branches"]:
            rules = list(dict.fromkeys(rule for branch in checklist.branches for rule in branch.rules))
            blocks.append(f"### {BRANCHES_TITLE} {{ #neu-chua .hd-back }}\n")
            blocks.append(self._html("branches.html", rules=rules, **back))
        return blocks

    def sheet_list(self, choice: str = "all") -> str:
        """List the sheets: the minimum set, or all of them grouped by the stage of their first round."""
        sheets = list(self.kb.checklists.values())
        if choice == "minimum":
            own = [sheet for sheet in sheets if sheet.minimum]
            return self._html("sheet_list.html", sheets=own, marked=False)
        blocks = []
        for stage_id in (*self.kb.stages, None):
            own = [sheet for sheet in sheets if sheet.rounds[0].stage == stage_id]
            if own:
                title = self._title(stage_id) if stage_id else ALWAYS
                code = f"{stage_id}. " if stage_id else ""
                anchor = stage_id.lower() if stage_id else "thuong-xuyen"
                blocks.append(f"### {code}{escape_markdown(title)} {{ #{anchor} }}\n")
                was = f"{self._was_at('stages', stage_id)}\n" if stage_id and self._was_at("stages", stage_id) else ""
                blocks.append(was + self._html("sheet_list.html", sheets=own, marked=True))
        return "\n".join(blocks)

    def review_list(self) -> str:
        """List the days by which sheets are to be read again, the first due first, with the roles that are asked."""
        due: dict[date, list[Checklist]] = {}
        for sheet in sorted(self.kb.checklists.values(), key=lambda one: one.review_by):
            due.setdefault(sheet.review_by, []).append(sheet)
        return self._html("review_list.html", due=due, roles=self.kb.roles)

    def my_sheets(self) -> str:
        """Keep a place for the reader's own sheets and progress; scripts fill it, else it is hidden."""
        first = {
            role_id: [{"until": time.until, "usual": time.when == USUAL_TIME, "sheets": time.sheets} for time in times]
            for role_id in self.kb.roles
            if (times := self.index.first_of(role_id))
        }
        return self._html("my_sheets.html", first=first)
