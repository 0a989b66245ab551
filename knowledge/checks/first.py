"""Checks that everybody meets the right thing first: at each time of a sitting, their own tasks and sheets."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checks import Check
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import TIMES


def everyone_has_first_things(kb: KnowledgeBase) -> Iterator[Issue]:
    """Each role with sheets has three tasks of its own for each time up to the close, and after it if it works then."""
    if kb.broken:
        return
    stages = list(kb.stages)
    opening = next((number for number, stage in enumerate(kb.stages.values()) if stage.opening), len(stages))
    late = set(stages[opening + 1 :])
    for role_id, role in kb.roles.items():
        origin = kb.origins[role_id]
        given: list[str] = [one.when for one in role.first]
        own = {placed.id for placed in kb.items.values() if role_id in (*placed.roles, placed.round.reads)}
        works_late = any(p.round.stage in late for p in kb.items.values() if role_id in p.roles)
        for when, (label, until) in TIMES.items():
            needed = role.sheets and (until is not None or works_late)
            if given.count(when) > 1 or (needed and when not in given):
                what = "ghi hai lần" if when in given else "chưa có"
                yield origin.issue(
                    ("first",),
                    "first-things",
                    f"{what} lúc “{label}”",
                    f"ghi một mục when: {when} với ba tasks, các sheets",
                )
        if given != sorted(given, key=list(TIMES).index):
            yield origin.issue(("first",), "first-things", "các lúc không theo thứ tự", f"xếp: {', '.join(TIMES)}")
        for index, one in enumerate(role.first):
            for number, task in enumerate(one.tasks):
                if task in kb.items and task not in own:
                    yield origin.issue(
                        ("first", index, "tasks", number), "first-things",
                        f"{task} không phải việc của {role.short}", "chọn mục mà vai trò này làm hoặc nhắc",
                    )  # fmt: skip
            for number, sheet in enumerate(one.sheets):
                checklist = kb.checklists.get(sheet)
                if checklist and (role_id not in checklist.roles or checklist.newcomers):
                    yield origin.issue(
                        ("first", index, "sheets", number), "first-things",
                        f"{sheet} không phải phiếu thường dùng của {role.short}", "chọn phiếu có vai trò này trong roles",
                    )  # fmt: skip


FIRST_CHECKS: list[Check] = [everyone_has_first_things]
