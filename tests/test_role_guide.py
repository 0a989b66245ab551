"""Role guides and stage pages are computed: in the order of the stages, nothing foreign in them."""

from __future__ import annotations

from macros.check import check_project
from macros.guide import Index
from macros.knowledge import KnowledgeBase
from macros.views import Renderer

from .conftest import Project

NEW_ITEM = """      - id: them-moi
        text: Ghi thêm một việc của đại biểu.
        answer: Việc đã ghi
        by: [dai-bieu]
        applies: [GP3]
"""


def guides(kb: KnowledgeBase) -> dict[str, str]:
    """Return the rendered guide of each role and page of each stage."""
    pages = {f"vai-tro/{role}.md": "role_guide" for role in kb.roles}
    pages |= {f"ky-hop/{stage.lower()}.md": "stage_guide" for stage in kb.stages}
    return {
        page: getattr(Renderer(kb, lambda page=page: page, lambda: "directory"), macro)()  # type: ignore[misc]
        for page, macro in pages.items()
    }


def test_a_new_item_changes_only_its_roles_guide_and_its_stage(project: Project) -> None:
    before = guides(check_project(project.root)[0])
    project.append("checklists/dm05.yml", NEW_ITEM)
    after = guides(check_project(project.root)[0])
    changed = {page for page in before if before[page] != after[page]}
    assert changed == {"vai-tro/dai-bieu.md", "ky-hop/b7.md"}
    assert "Ghi thêm một việc của đại biểu." in after["vai-tro/dai-bieu.md"]


def test_each_role_meets_only_its_own_items(kb: KnowledgeBase) -> None:
    index = Index(kb)
    for role_id in kb.roles:
        guide = index.role_guide(role_id)
        own = {p.id for p in kb.items.values() if role_id in p.roles}
        assert {p.id for step in guide.steps for p in step.items} == own
        stages = [step.stage.id for step in guide.steps if step.stage]
        assert stages == [stage for stage in kb.stages if stage in stages]


def test_three_things_first_are_critical_where_there_are_any(kb: KnowledgeBase) -> None:
    first = Index(kb).role_guide("thuong-truc").first
    assert [p.id for p in first] == [
        "DM05/chu-the",
        "DM05/giam-sat-thuong-xuyen",
        "DM05/can-cu",
    ]


def test_who_only_reads_is_told_so(kb: KnowledgeBase) -> None:
    shown = guides(kb)["vai-tro/thu-ky.md"]
    assert "đọc to" in shown and "hd-todo" not in shown


def test_a_local_deadline_is_a_blank(kb: KnowledgeBase) -> None:
    shown = guides(kb)["vai-tro/van-phong.md"]
    assert "điền: …" in shown
