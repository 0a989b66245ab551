"""The page of the large class: its plan, its room, what is printed, how a case is done."""

from __future__ import annotations

from knowledge import downloads
from knowledge.large_class import case_steps, prints, seats, timed_steps
from knowledge.records.large_class import LargeClass
from macros.drawing import room
from macros.view import View


class LargeClassPage(View):
    """The macros of this module; they stand on the page of the large class alone."""

    def _plan(self) -> LargeClass:
        assert self.kb.large_class, "checked: the page that calls this holds the plan"
        return self.kb.large_class

    def class_files(self) -> str:
        """List the files of the class."""
        return self._html("downloads.html", files=downloads.class_files(self.kb))

    def class_prints(self) -> str:
        """Say how many copies of what are printed."""
        return self._html("class_prints.html", prints=prints(self.kb, self._plan()))

    def class_room(self) -> str:
        """Draw the room, and say the same in words."""
        plan = self._plan()
        return self._html("class_room.html", plan=plan, seats=seats(plan), room=room(plan.tables, seats(plan)))

    def class_plan(self) -> str:
        """Show every step with its time on the clock."""
        plan = self._plan()
        return self._html("class_plan.html", plan=plan, steps=timed_steps(self.kb, plan))

    def class_case(self) -> str:
        """Say how a case is done, minute by minute."""
        return self._html("class_case.html", lines=case_steps(self.kb, self._plan()))
