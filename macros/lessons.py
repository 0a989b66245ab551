"""Findings and what answers them: parts, the map, the cross-reference, the form for a new lesson."""

from __future__ import annotations

from knowledge.records.knowledge_base import (
    PlacedItem,
)
from knowledge.records.model import (
    Finding,
)
from knowledge.text import escape_markdown
from macros.drawing import layered_map
from macros.view import View


class Lessons(View):
    """The macros of this module; see the page they are shown on by example: ``docs/tra-cuu/viet-bai.md``."""

    def part(self, part_id: str) -> str:
        """Show one part of a finding: heading with its address, quotation, items that prevent it."""
        placed = self.kb.parts[part_id]
        heading = (
            f'### {escape_markdown(placed.part.title)}<span class="hd-id"> {part_id}</span> {{ #{part_id.lower()} }}\n'
        )
        items = self.index.best_first(part_id)
        return heading + self._html("part.html", part=placed.part, items=items)

    def part_list(self) -> str:
        """List the faults to avoid, part by part, each with the sheet that stops it."""
        groups = [(finding, self._parts_of(finding)) for finding in self.kb.findings.values()]
        return self._html("part_list.html", groups=groups)

    def _parts_of(self, finding: Finding) -> list[tuple[str, list[PlacedItem]]]:
        ids = [part.id for part in finding.parts] or [finding.id]
        return [(part_id, self.index.best_first(part_id)) for part_id in ids]

    def lesson_map(self, finding_id: str) -> str:
        """Draw a finding with its causes, solutions and sheets, and say the same in words."""
        finding = self.kb.findings[finding_id]
        items = self.index.items_against(finding_id)
        sheets = list(dict.fromkeys(placed.checklist.id for placed in items))
        applied = {
            solution: [s for s in sheets if solution in self.index.applied_by(s)] for solution in finding.solutions
        }
        reached = {sheet for ids in applied.values() for sheet in ids}
        direct = [sheet for sheet in sheets if sheet not in reached]
        columns = [
            ("Hạn chế", [finding_id]),
            ("Nguyên nhân", finding.causes),
            ("Giải pháp", finding.solutions),
            ("Phiếu", sheets),
        ]
        answered = {cause: [s for s in self.kb.causes[cause].solutions if s in applied] for cause in finding.causes}
        links = [(finding_id, cause) for cause in finding.causes]
        links += [(cause, one) for cause, ids in answered.items() for one in ids]
        links += [(solution, sheet) for solution, ids in applied.items() for sheet in ids]
        reached_by_cause = {one for ids in answered.values() for one in ids}
        besides = [one for one in finding.solutions if one not in reached_by_cause]
        links += [(finding_id, one) for one in (*besides, *direct)]
        return self._html(
            "map.html",
            finding=finding,
            drawing=layered_map(columns, links),
            causes=[(c, [(one, applied[one]) for one in ids]) for c, ids in answered.items()],
            besides=[(one, applied[one]) for one in besides],
            direct=direct,
        )

    def cross_reference(self) -> str:
        """Show which item stops which fault, finding by finding; then where each solution is applied."""
        blocks = []
        for finding in self.kb.findings.values():
            blocks.append(
                f'## {escape_markdown(finding.title)}<span class="hd-id"> {finding.id}</span>'
                f" {{ #{finding.id.lower()} }}\n"
            )
            parts = self._parts_of(finding)
            blocks.append(self._html("cross_reference.html", parts=parts))
        lessons = [(lesson_id, self.index.by_lesson.get(lesson_id, [])) for lesson_id in self.kb.acted_on]
        blocks.append("## Giải pháp, cách làm hay được áp dụng ở đâu { #giai-phap }\n")
        blocks.append(self._html("solution_cross.html", lessons=lessons))
        return "\n".join(blocks)

    def lesson_form(self) -> str:
        """Ask three questions after a sitting; the faults to choose from are those of the handbook."""
        groups = [
            (finding, [part_id for part_id, _items in self._parts_of(finding)]) for finding in self.kb.findings.values()
        ]
        return self._html("lesson_form.html", groups=groups)
