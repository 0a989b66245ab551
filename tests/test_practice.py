"""Practice as data: exercises answerable without script, paths short, self-reviews to print by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from knowledge.checks.new_part import REVIEWED
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import OrderedStep
from macros.practice import shuffled
from tests.conftest import Project

KINDS = {"one", "several", "order", "mark"}


def page_of(site: Path, folder: str, record_id: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / folder / record_id.lower() / "index.html").read_text("utf-8"))


def words(text: str) -> str:
    return " ".join(text.split())


def headings(page: LexborHTMLParser) -> list[str]:
    # Once beside the page, once in the menu of a phone.
    links = page.css(".md-nav--secondary a[href^='#']")
    return list(dict.fromkeys(str(link.attributes["href"]) for link in links))


def test_there_are_at_least_thirty_exercises_of_four_kinds(kb: KnowledgeBase) -> None:
    assert len(kb.exercises) >= 30
    assert {exercise.kind for exercise in kb.exercises.values()} == KINDS
    assert max(exercise.minutes for exercise in kb.exercises.values()) <= 10


def test_everything_has_practice(kb: KnowledgeBase) -> None:
    """Every part, role and stage has an exercise; the council's review asks of chosen parts."""
    exercises = kb.exercises.values()
    assert {part for one in exercises for part in one.trains} >= set(kb.parts)
    assert {role for one in exercises for role in one.roles} >= set(kb.roles)
    assert {stage for one in exercises for stage in one.stages} >= set(kb.stages)
    asked = [statement.part for statement in kb.reviews["TR-HDND"].statements]
    assert set(filter(None, asked)) <= set(kb.parts) and len(asked) <= REVIEWED


def test_steps_start_mixed_in_a_fixed_way(kb: KnowledgeBase) -> None:
    ordered = [one for one in kb.exercises.values() if one.kind == "order"]
    assert len(ordered) >= 3
    for exercise in ordered:
        mixed = shuffled(exercise)
        right = list(enumerate(exercise.steps, 1))
        assert mixed != right and sorted(mixed, key=lambda pair: pair[0]) == right, exercise.id


@pytest.mark.parametrize(
    ("exercise_id", "texts", "shown"),
    [
        # `printf 'TH90 Một' | sha256sum` and so on: Hai 068c, Một 8bfe, Ba a5b2, Bốn e92d.
        ("TH90", ["Một", "Hai", "Ba", "Bốn"], [2, 1, 3, 4]),
        ("TH90", ["Hai", "Một", "Ba", "Bốn"], [2, 3, 4, 1]),
        ("TH91", ["Một", "Hai", "Ba"], [1, 3, 2]),
        ("TH92", ["Một", "Hai", "Ba"], [2, 3, 1]),
    ],
)
def test_the_order_shown_is_the_same_for_every_reader_and_build(
    kb: KnowledgeBase, exercise_id: str, texts: list[str], shown: list[int]
) -> None:
    """Whoever comes back to an exercise finds it as it was; an order that happens to be right is turned by one."""
    steps = [OrderedStep(text=text, feedback="Vì thế.") for text in texts]
    exercise = next(iter(kb.exercises.values())).model_copy(update={"id": exercise_id, "steps": steps})
    assert [number for number, _step in shuffled(exercise)] == shown


def test_each_choice_has_its_reason_and_only_declared_answers_are_right(site: Path, kb: KnowledgeBase) -> None:
    for exercise in kb.exercises.values():
        page = page_of(site, "thuc-hanh", exercise.id)
        folded = page.css(".hd-answers .hd-reason-text")
        assert [words(one.text()) for one in folded] == [
            words(one.feedback) for one in (*exercise.choices, *exercise.steps)
        ]
        if exercise.kind == "order":
            shown = {str(li.attributes["data-hd-step"]): words(li.text()) for li in page.css(".hd-choices li")}
            assert shown == {str(n): words(step.text) for n, step in enumerate(exercise.steps, 1)}
            continue
        choices = page.css(".hd-choices li")
        assert [words(li.text()) for li in choices] == [words(one.text) for one in exercise.choices]
        assert ["data-hd-right" in li.attributes for li in choices] == [one.right for one in exercise.choices], (
            exercise.id
        )


def test_sections_are_in_the_table_of_contents(site: Path, kb: KnowledgeBase) -> None:
    exercise = headings(page_of(site, "thuc-hanh", "TH01"))
    assert exercise == ["#tinh-huong", "#tra-loi", "#buoc-tiep-theo"]
    path = headings(page_of(site, "moc", "MC5"))
    steps = [f"#buoc-{number}" for number in range(1, len(kb.milestones["MC5"].steps) + 1)]
    assert path == ["#loi-di", *steps, "#phieu-theo-vai-tro", "#buoc-tiep-theo"]
    review = headings(page_of(site, "tu-ra-soat", "TR-HDND"))
    assert [f"#{one.id}" for one in kb.reviews["TR-HDND"].statements] == [
        one for one in review if one.startswith("#hc")
    ]
    assert {"#ket-qua", "#lam-tiep"} <= set(review)


def test_an_invented_example_says_so(site: Path, kb: KnowledgeBase) -> None:
    for exercise_id in kb.exercises:
        lead = page_of(site, "thuc-hanh", exercise_id).css_first(".hd-lead")
        assert lead is not None and "ví dụ minh họa" in lead.text()


def test_a_step_is_known_by_its_code_whatever_it_says(kb: KnowledgeBase, site: Path) -> None:
    for milestone in kb.milestones.values():
        ids = [step.id for step in milestone.steps]
        shown = page_of(site, "moc", milestone.id).css("[data-hd-path]")
        assert [section.attributes["data-hd-step"] for section in shown] == ids
        assert 3 <= len(ids) <= 10
        assert sum(step.minutes for step in milestone.steps if step.quick) <= 10


def test_sheets_by_role_come_from_the_records(site: Path, kb: KnowledgeBase) -> None:
    for milestone in kb.milestones.values():
        lines = page_of(site, "moc", milestone.id).css("[data-hd-role-sheets] > li")
        shown = {str(li.css_first(".hd-id").text()).strip(): li.attributes["data-hd-roles"] for li in lines}  # type: ignore[union-attr]
        near = {c.id for c in kb.checklists.values() if set(c.stages) & set(milestone.stages)}
        assert set(shown) == near
        for sheet, roles in shown.items():
            assert roles and set(roles.split()) <= set(kb.checklists[sheet].roles), sheet


def test_a_review_is_a_table_to_fill_in_by_hand(site: Path, kb: KnowledgeBase) -> None:
    for review in kb.reviews.values():
        page = page_of(site, "tu-ra-soat", review.id)
        rows = page.css("[data-hd-row]")
        assert [row.attributes["data-hd-row"] for row in rows] == [s.id for s in review.statements]
        assert all(words(row.css("td")[0].text()) == "1 2 3 4 5" for row in rows)
        meanings = page.css(".hd-points > li")
        assert len(meanings) == 5 * len(review.statements)
        text = (page.body.text() if page.body else "").lower()
        assert "tổng điểm" not in text and "xếp hạng" not in text, "no score, no rank"


@pytest.mark.parametrize("field", ["feedback", "takeaway", "question"])
def test_a_long_sentence_in_an_exercise_is_caught(project: Project, field: str) -> None:
    file = "docs/thuc-hanh/th01.md"
    project.replace(file, f'{field}: "', f'{field}: "' + "Câu này rất dài và " * 6)
    found = [str(issue) for issue in project.check() if issue.code == "long-sentence"]
    assert any(line.startswith(file) for line in found), found


def test_the_scripts_can_be_joined_for_a_folder(root: Path, sites: dict[str, Path]) -> None:
    """No form of import or export that the copy for a folder cannot take."""
    code = (
        "from pathlib import Path\n"
        "from publish.offline.classic_scripts import classic_script, reached\n"
        f"folder = Path({str(sites['file'] / 'assets/scripts')!r})\n"
        "sources = {p.relative_to(folder).as_posix(): p.read_text('utf-8') for p in folder.rglob('*.js')}\n"
        "print(*reached(sources, ['everywhere/load-on-need.js']))\n"
        "classic_script(reached(sources, ['everywhere/load-on-need.js']))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for name in ("exercise", "path", "review", "lists", "store", "ui"):
        assert f"practice-{name}.js" in done.stdout
