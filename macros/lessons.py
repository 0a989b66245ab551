"""Findings and what answers them: parts, the map, the cross-reference, the form for a new lesson."""

from __future__ import annotations

import math

from markupsafe import Markup

from knowledge.checks.new_part import PART_NEEDS
from knowledge.crossref import fault_map, faults_of
from knowledge.records.knowledge_base import PlacedItem
from knowledge.records.model import Finding
from knowledge.recurrence import GROUPS, group_of, met_by, seen_of, told_group, told_places
from knowledge.text import escape_markdown
from macros.view import View

CROSS_PAGE = "tra-cuu/doi-chieu.md"
OPEN_FINDINGS = 8
"""More findings than these are folded in the cross-reference; a link to what lies inside opens its own."""
CELL = 36
"""The side of the square that the largest dot fills, in units of the drawing."""


class Lessons(View):
    """The macros of this module; see the page they are shown on by example: ``docs/tra-cuu/viet-bai.md``."""

    def part(self, part_id: str) -> str:
        """Show one part of a finding: heading with its address, quotation, items that prevent it."""
        placed = self.kb.parts[part_id]
        heading = (
            f'### {escape_markdown(placed.part.title)}<span class="hd-id"> {part_id}</span> {{ #{part_id.lower()} }}\n'
        )
        items = self.index.best_first(part_id)
        seen = Markup(self._seen(part_id).strip())
        return heading + self._html("part.html", part=placed.part, items=items, seen=seen)

    def _seen(self, part_id: str) -> str:
        """Say in how many places the fault was met; what the finding itself quotes stands below it."""
        seen = seen_of(self.kb, part_id)
        others = [one for one in seen if one.evidence]
        return self._html("seen.html", group=told_group(seen), seen=seen, others=others)

    def seen_groups(self) -> str:
        """Show the faults by how many places met them, with provinces and years: groups, no ranks."""
        rows = [(part, seen_of(self.kb, part)) for part in self.kb.parts]
        groups = [
            (name, [(part, told_places(seen)) for part, seen in rows if seen and group_of(seen) == name])
            for name in GROUPS
        ]
        return self._html("seen_groups.html", groups=groups)

    def source_list(self) -> str:
        """List the sources, newest first, each with the faults that it met."""
        sources = sorted(self.kb.sources.values(), key=lambda one: (one.date or "0", one.id), reverse=True)
        return self._html("source_list.html", sources=[(one, met_by(self.kb, one.id)) for one in sources])

    def part_list(self) -> str:
        """List the faults to avoid, part by part, each with the sheet that stops it."""
        groups = [(finding, self._parts_of(finding)) for finding in self.kb.findings.values()]
        return self._html("part_list.html", groups=groups)

    def _parts_of(self, finding: Finding) -> list[tuple[str, list[PlacedItem]]]:
        return [(fault, self.index.best_first(fault)) for fault, _title in faults_of(finding)]

    def fault_map(self) -> str:
        """Show at which step items stop which fault; each dot leads to its items in the cross-reference."""
        found = fault_map(self.index)
        return self._html(
            "fault_map.html",
            map=found,
            cross_page=CROSS_PAGE,
            radius=lambda count: dot_radius(count, found.largest),
            met=self._often,
        )

    def _often(self, fault: str) -> str:
        """Return the group of a fault that was met in more than one place, else ''."""
        group = group_of(seen_of(self.kb, fault))
        return group if group in GROUPS[:2] else ""

    def part_needs(self) -> str:
        """List what a new part of a finding needs, in the words of the checks."""
        return "\n".join(f"1. Cần {need.what}: {need.how}." for need in PART_NEEDS)

    def cross_reference(self) -> str:
        """Show which item stops which fault at which step, by finding; then where each solution is applied."""
        blocks = []
        for finding, lines in fault_map(self.index).groups:
            blocks.append(
                f'## {escape_markdown(finding.title)}<span class="hd-id"> {finding.id}</span>'
                f" {{ #{finding.id.lower()} }}\n"
            )
            blocks.append(
                self._html(
                    "cross_reference.html", finding=finding, lines=lines, folded=len(self.kb.findings) > OPEN_FINDINGS
                )
            )
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


def dot_radius(count: int, largest: int) -> float:
    """Return the radius of a dot whose area is to the largest dot's as the counts are, in units of ``CELL``."""
    return round(CELL / 2 * math.sqrt(count / largest), 2)
