"""Checks of the path “whose matter is this?”: it ends, and every step can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checks import Check
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase


def the_path_ends(kb: KnowledgeBase) -> Iterator[Issue]:
    """Ways lead only further down the list, so that nobody is asked twice; each step is led to."""
    steps = list(kb.path_steps.values())
    if not steps or "path_steps" not in kb.list_origins:
        return
    origin = kb.list_origins["path_steps"]
    place = {one.id: number for number, one in enumerate(steps)}
    led_to = {steps[0].id}
    for number, step in enumerate(steps):
        for name in ("if_yes", "if_no"):
            target = getattr(step, name)
            led_to.add(target)
            if target in place and place[target] <= number:
                yield origin.issue(
                    ("path_steps", number, name),
                    "path-goes-back",
                    f"quay lại “{target}” đứng trước hoặc chính câu này",
                    "trỏ tới một câu đứng sau",
                )
    for number, step in enumerate(steps):
        if step.id not in led_to:
            yield origin.issue(
                ("path_steps", number, "id"),
                "path-unreached",
                f"không câu nào dẫn tới “{step.id}”",
                "dẫn tới từ một câu, hoặc bỏ",
            )


PATH_CHECKS: tuple[Check, ...] = (the_path_ends,)
