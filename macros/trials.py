"""The page “Đã thử ở đâu”, and what other pages say of how far sheets were tried."""

from __future__ import annotations

from knowledge.trials import UNTRIED, all_trials, last_report, told_of_all
from macros.view import View


class TrialPages(View):
    """The macros of this module; see the page they are shown on by example: ``docs/tra-cuu/viet-bai.md``."""

    def try_list(self) -> str:
        """Show each step of trying: on what, what to do, what should be seen, what was reported."""
        steps = self.kb.try_steps.values()
        return self._html("try_list.html", steps=steps, last_report=last_report, untried=UNTRIED)

    def trial_list(self) -> str:
        """List the trials of sheets, the newest first."""
        return self._html("trial_list.html", trials=all_trials(self.kb))

    def trial_state(self) -> str:
        """Say in a sentence how far the sheets were tried."""
        return told_of_all(self.kb)
