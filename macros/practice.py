"""Exercises, paths from a milestone, self-reviews."""

from __future__ import annotations

import hashlib

from knowledge.records.model import (
    Exercise,
    OrderedStep,
)
from knowledge.text import escape_markdown
from macros.view import EXERCISE_KINDS, View


class Practice(View):
    """The macros of this module; see the page they are shown on by example: ``docs/tra-cuu/viet-bai.md``."""

    def exercise(self) -> str:
        """Show the exercise of this page; without script its answers are folded below it."""
        exercise = self._record()
        ids = list(self.kb.exercises)
        following = ids[(ids.index(exercise.id) + 1) % len(ids)]
        return "\n".join(
            [
                "## Tình huống { #tinh-huong }\n",
                self._html("situation.html", exercise=exercise),
                f"## {EXERCISE_KINDS[exercise.kind]} {{ #tra-loi }}\n",
                self._html(
                    "exercise.html",
                    exercise=exercise,
                    shuffled=shuffled(exercise),
                    following=following if following != exercise.id else "",
                ),
            ]
        )

    def milestone_path(self) -> str:
        """Show the path from this milestone, the ten-minute way marked, then the sheets by role."""
        milestone = self._record()
        blocks = ["## Các bài { #loi-di }\n"]
        for number, step in enumerate(milestone.steps, 1):
            title = escape_markdown(step.title)
            blocks.append(f"### Bài {number}. {title} {{ #buoc-{number} }}\n")
            blocks.append(self._html("milestone.html", milestone=milestone, step=step))
        near = [sheet for s in milestone.stages for sheet in self.index.sheets_of.get(s, [])]
        sheets = [
            (sheet, [role for role in self.kb.checklists[sheet].roles if self.index.holds(sheet, role)])
            for sheet in sorted(set(near))
        ]
        blocks.append("## Phiếu rà soát theo vai trò { #phieu-theo-vai-tro }\n")
        blocks.append(self._html("milestone_sheets.html", sheets=sheets))
        return "\n".join(blocks)

    def self_review(self) -> str:
        """Show the statements of this self-review with the meaning of each point, then the table."""
        review = self._record()
        blocks = []
        for number, statement in enumerate(review.statements, 1):
            text = escape_markdown(statement.text)
            blocks.append(f"### {number}. {text} {{ #{statement.id} }}\n")
            blocks.append(self._html("statement.html", statement=statement))
        blocks.append("## Bảng kết quả { #ket-qua }\n")
        blocks.append(self._html("review.html", review=review))
        blocks.append("## Nên làm tiếp { #lam-tiep }\n")
        blocks.append(self._html("review_next.html"))
        return "\n".join(blocks)


def shuffled(exercise: Exercise) -> list[tuple[int, OrderedStep]]:
    """Return the steps of an exercise with their right places, in a fixed order that is not right."""
    numbered = list(enumerate(exercise.steps, 1))

    def by_text(pair: tuple[int, OrderedStep]) -> bytes:
        return hashlib.sha256(f"{exercise.id} {pair[1].text}".encode()).digest()

    mixed = sorted(numbered, key=by_text)
    return mixed if mixed != numbered else [*mixed[1:], *mixed[:1]]
