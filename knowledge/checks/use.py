"""Checks that what stands in the book is put to work: lessons on sheets, sheets with roles and stages, forms in items."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checks import Check
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase


def lessons_are_used(kb: KnowledgeBase) -> Iterator[Issue]:
    """Each lesson ends on a sheet: causes answered, solutions and strengths applied; parts: ``new_part.py``."""
    if kb.broken:
        return
    prevented = {t for p in kb.items.values() for t in p.item.prevents}
    applied = {t for p in kb.items.values() for t in p.item.applies}
    for finding_id, finding in kb.findings.items():
        if not finding.parts and finding_id not in prevented:
            yield kb.origins[finding_id].issue(
                (),
                "part-not-prevented",
                f"chưa mục nào của phiếu rà soát ngăn {finding_id}",
                f"thêm {finding_id} vào prevents của một mục",
            )
    for cause_id, cause in kb.causes.items():
        if not cause.solutions:
            yield kb.origins[cause_id].issue(
                (),
                "cause-without-solution",
                f"{cause_id} chưa có giải pháp",
                "thêm solutions: [GP…]",
            )
    for lesson_id in kb.acted_on:
        if lesson_id not in applied:
            yield kb.origins[lesson_id].issue(
                (),
                "lesson-not-applied",
                f"chưa mục nào của phiếu rà soát áp dụng {lesson_id}",
                f"thêm {lesson_id} vào applies của một mục",
            )


def everything_has_a_sheet(kb: KnowledgeBase) -> Iterator[Issue]:
    """Roles and stages have checklists, templates are used, rules are cited or shown on purpose."""
    if kb.broken:
        return
    for role_id, role in kb.roles.items():
        has = any(role_id in checklist.roles for checklist in kb.checklists.values())
        if role.sheets and not has:
            yield kb.origins[role_id].issue(
                (),
                "role-without-sheet",
                f"vai trò {role_id} chưa có phiếu rà soát nào",
                "thêm vào roles của một phiếu rà soát hoặc ghi sheets: false",
            )
        if not role.sheets and has:
            yield kb.origins[role_id].issue(
                ("sheets",),
                "role-with-sheet",
                f"vai trò {role_id} ghi sheets: false nhưng có phiếu rà soát",
                "xóa dòng sheets",
            )
    acting = {role_id for lesson in kb.acted_on.values() for action in lesson.actions for role_id in action.who}
    for role_id, role in kb.roles.items():
        if not role.sheets and role_id not in acting:
            yield kb.origins[role_id].issue(
                (),
                "role-without-work",
                f"vai trò {role_id} không có phiếu, cũng chưa có việc nào",
                "giao một việc trong actions của giải pháp hoặc cách làm hay",
            )
    for stage_id in kb.stages:
        if not any(stage_id in checklist.stages for checklist in kb.checklists.values()):
            yield kb.origins[stage_id].issue(
                (),
                "stage-without-sheet",
                f"bước {stage_id} chưa có phiếu rà soát nào",
                "thêm vào stages của một phiếu rà soát",
            )
    used = {form for placed in kb.items.values() for form in placed.item.forms}
    used |= {form for kind in kb.resolution_kinds.values() for form in kind.forms}
    for template_id in kb.templates:
        if template_id not in used:
            yield kb.origins[template_id].issue(
                (),
                "template-not-used",
                f"chưa mục, loại nghị quyết nào dùng {template_id}",
                f"thêm {template_id} vào forms của một mục hoặc của loại nghị quyết",
            )


USE_CHECKS: list[Check] = [lessons_are_used, everything_has_a_sheet]
