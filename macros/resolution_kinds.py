"""The page of a kind of resolution, and the list of all kinds."""

from __future__ import annotations

from knowledge.deadline_text import basis_text, limit_text
from knowledge.question_sheet import LATE_STEPS, LATE_TITLE
from knowledge.records.path import DECIDERS, WHAT_IT_IS
from knowledge.records.resolution_kinds import SECTIONS, TIMES_OF_KINDS
from macros.view import View


class ResolutionKinds(View):
    """The macros of this module; see the page they are shown on by example: ``docs/tra-cuu/viet-bai.md``."""

    def kind_guide(self) -> str:
        """Show a kind of resolution: whose it is, title, dossier, deadlines, grounds, questions, how sure each thing is."""
        kind = self._record()
        limits = [
            (one, limit_text(one), basis_text(self.kb, one))
            for one in map(self.kb.deadlines.__getitem__, kind.deadlines)
        ]
        blocks = []
        for part, (title, place) in SECTIONS.items():
            if part == "deadlines" and not limits:
                continue
            blocks.append(f"## {title} {{ #{place} }}\n")
            blocks.append(
                self._html(
                    f"kind_{part}.html", record=kind, limits=limits, late_title=LATE_TITLE, late_steps=LATE_STEPS
                )
            )
        return "\n".join(blocks)

    def decision_path(self) -> str:
        """Show the path “whose matter is this?”: numbered questions, each way a link; then the ends."""
        steps = self.kb.path_steps
        questions = [one for one in steps.values() if one.is_question]
        numbers = {one.id: str(number) for number, one in enumerate(questions, 1)}
        ends = [one for one in steps.values() if not one.is_question]
        letters = {one.id: chr(ord("A") + number) for number, one in enumerate(ends)}
        return self._html(
            "decision_path.html",
            questions=questions, ends=ends, names=numbers | letters, deciders=DECIDERS, what_it_is=WHAT_IT_IS,
        )  # fmt: skip

    def kind_list(self, time: str = "") -> str:
        """List the kinds of resolution by when they come, each with its sheet; with a time the titles of those alone."""
        times = {time: TIMES_OF_KINDS[time]} if time else TIMES_OF_KINDS
        return self._html("kind_list.html", times=times, brief=bool(time))
