"""Role guides and stage pages are computed: in the order of the stages, nothing foreign in them."""

from __future__ import annotations

import re
from html import escape as escape_html

import pytest

from knowledge.checks.project import check_project
from knowledge.index import Index, deadlines_of
from knowledge.records.knowledge_base import KnowledgeBase
from macros.renderer import Renderer
from tests.conftest import Project


def escape(text: str) -> str:
    return escape_html(text).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")


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


@pytest.fixture(scope="module")
def shown(kb: KnowledgeBase) -> dict[str, str]:
    """Every guide of the book."""
    return guides(kb)


@pytest.mark.full
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


def test_who_only_reads_a_round_is_told_so(kb: KnowledgeBase, shown: dict[str, str]) -> None:
    assert "Anh/chị nhắc từng mục của phiếu, người làm xác nhận." in shown["vai-tro/thu-ky.md"]
    rounds = Index(kb).by_role["thu-ky"]
    assert any(task.reads and not task.items for task in rounds)


def test_a_guide_names_the_sheets_forms_faults_and_deadlines_of_its_steps(
    kb: KnowledgeBase, shown: dict[str, str]
) -> None:
    index = Index(kb)
    for role_id in kb.roles:
        page = shown[f"vai-tro/{role_id}.md"]
        for step in index.role_guide(role_id).steps:
            wanted = [task.checklist.title for task in step.tasks]
            wanted += [kb.templates[form].title for form in step.forms]
            wanted += [kb.parts[part].part.title for part in step.parts]
            wanted += [placed.item.text for placed in step.items]
            wanted += [kb.rules[rule][1].text for rule in deadlines_of(kb, step.items)]
            missing = [text for text in wanted if escape(text) not in page]
            assert missing == [], role_id


def test_a_guide_holds_no_sheet_form_or_item_of_somebody_else(kb: KnowledgeBase, shown: dict[str, str]) -> None:
    index = Index(kb)
    guides = {page: html for page, html in shown.items() if page.startswith("vai-tro/")}
    assert len(guides) >= len(kb.roles)
    for page, html in guides.items():
        role_id = page.removeprefix("vai-tro/").removesuffix(".md")
        own = {p.id.lower().replace("/", "/#") for p in kb.items.values() if role_id in (*p.roles, p.round.reads)}
        linked = set(re.findall(r"danh-muc/(dm\d\d/#[a-z0-9-]+)", html))
        items = {link for link in linked if not re.search(r"#lan-\d$", link)}
        assert items <= own, role_id
        steps = index.role_guide(role_id).steps
        forms = {form for step in steps for form in step.forms}
        forms |= {form for step in steps for task in step.tasks if task.only_reads for form in task.forms}
        assert {f.upper() for f in re.findall(r"bieu-mau/(bm\d\d)", html)} == forms, role_id


def test_a_deadline_known_from_a_portal_carries_its_label(kb: KnowledgeBase, shown: dict[str, str]) -> None:
    rule = kb.rules["vbqppl.lay-y-kien-07-ngay"][1]
    after = shown["vai-tro/phong-chuyen-mon.md"].split(escape(rule.text), 1)[1][:400]
    assert "chưa đối chiếu văn bản gốc" in after and ">(*)</span>" in after


def test_a_local_deadline_is_a_blank(shown: dict[str, str]) -> None:
    assert "điền: …" in shown["vai-tro/van-phong.md"]
