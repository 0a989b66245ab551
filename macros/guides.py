"""What a role does, what happens at a stage."""

from __future__ import annotations

from knowledge.index import RoundTask, Step, deadlines_of
from knowledge.records.model import ALWAYS, USUAL_TIME
from knowledge.text import escape_markdown
from macros.view import View

MOST_SHEETS = 6
"""Sheets that a role sees open at a stage; more are folded away, the most needed first."""


MOST_REMINDED = 12
"""Rounds of which a role reminds others that stand open at a stage."""


class Guides(View):
    """The macros of this module; see the page they are shown on by example: ``docs/tra-cuu/viet-bai.md``."""

    def role_guide(self) -> str:
        """Show what this role does: three things first, then stage by stage."""
        guide = self.index.role_guide(self._record().id)
        blocks = [
            "## Việc làm trước { #viec-lam-truoc }\n",
            self._html("first_items.html", times=guide.first, actions=guide.first_actions, usual=USUAL_TIME),
        ]
        for step in guide.steps:
            blocks += self._step(step)
        return "\n".join(blocks)

    def stage_guide(self) -> str:
        """Show what happens at this stage: sheets, faults to avoid, forms."""
        stage = self._record()
        step = self.index.stage_step(stage.id)
        findings = self.index.findings_at.get(stage.id, [])
        forms = self.index.forms_at.get(stage.id, [])
        deadlines = deadlines_of(self.kb, step.items)
        blocks = [
            "## Ai làm gì { #ai-lam-gi }\n",
            self._html("stage_tasks.html", step=step),
            "## Lỗi dễ mắc ở bước này { #loi-de-mac }\n",
            self._html("stage_faults.html", findings=findings),
            "## Biểu mẫu { #bieu-mau }\n",
            self._html("stage_forms.html", forms=forms),
        ]
        if deadlines:
            blocks += [
                "## Thời hạn, con số cần biết { #thoi-han }\n",
                self._html("stage_deadlines.html", deadlines=deadlines),
            ]
        return "\n".join(blocks)

    def _step(self, step: Step) -> list[str]:
        if step.stage:
            heading = f"## {step.stage.id}. {escape_markdown(step.stage.title)} {{ #{step.stage.id.lower()} }}\n"
        else:
            heading = f"## {ALWAYS} {{ #thuong-xuyen }}\n"
        block = self._html(
            "step.html",
            step=step,
            deadlines=deadlines_of(self.kb, step.items),
            own_sheets=self._own_sheets,
            most_sheets=MOST_SHEETS,
            most_reminded=MOST_REMINDED,
        )
        return [heading, block]

    def _own_sheets(self, step: Step) -> list[tuple[str, list[RoundTask]]]:
        """Return the sheets on which a role does something at a stage: the usual order, or the most needed first if they are many."""
        found: dict[str, list[RoundTask]] = {}
        for task in step.tasks:
            found.setdefault(task.checklist.id, []).append(task)
        own = [(sheet, tasks) for sheet, tasks in sorted(found.items()) if not all(task.only_reads for task in tasks)]
        if len(own) <= MOST_SHEETS:
            return own
        critical = {sheet: sum(item.item.critical for task in tasks for item in task.items) for sheet, tasks in own}
        return sorted(own, key=lambda pair: (not self.kb.checklists[pair[0]].minimum, -critical[pair[0]], pair[0]))

    def stage_list(self) -> str:
        """Show the stages of a sitting as a path that returns to its beginning: what, when, who.

        Scripts put days in the place of words once the device knows the opening day.
        """
        return self._html("stage_list.html", people=self.index.answering_at, limits=self.index.limits_of)
