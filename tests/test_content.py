"""What the content promises: all lessons of the notice, stages, roles, sheets, terms, answers; more may stand beside them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml

from knowledge.checks.project import check_project
from knowledge.coverage import quotes_of, unquoted_sentences
from knowledge.index import Index
from knowledge.records.issues import Level
from knowledge.records.knowledge_base import KnowledgeBase, natural_key
from knowledge.text import fold
from tests.conftest import ROOT, Project


def published(files: str) -> list[str]:
    """Return the IDs of records by their files, less drafts: what other tests look at one by one."""
    found = [path for path in ROOT.glob(files) if not re.search(r"^draft:", path.read_text("utf-8"), re.MULTILINE)]
    return sorted((path.stem.upper() for path in found), key=natural_key)


NOTICE = yaml.safe_load((Path(__file__).parent / "data" / "sources" / "tb183.yml").read_text("utf-8"))
ROLES = [
    "dai-bieu", "van-phong", "thuong-truc", "chu-toa", "thu-ky", "ban-hdnd", "to-dai-bieu", "lanh-dao-ubnd",
    "phong-chuyen-mon", "mttq", "cap-uy",
]  # fmt: skip
SHEETS = published("checklists/dm*.yml")
MINIMUM = ["DM02", "DM04", "DM08", "DM10", "DM15", "DM18"]
FORMS = published("docs/bieu-mau/bm*.md")
# Bodies that no longer exist, or that the commune level does not have; the notice itself names some.
GONE = ["ban phap che", "ban kinh te - xa hoi", "hop bat thuong", "hdnd cap huyen", "ubnd cap huyen"]


def test_every_kind_is_complete(kb: KnowledgeBase) -> None:
    quoting = {placed.owner for placed in quotes_of(kb, NOTICE["source"])}
    parts = {one.id: [part.id for part in one.parts if part.id in quoting] for one in kb.findings.values()}
    assert {finding: found for finding, found in parts.items() if found} == NOTICE["findings"]
    for kind in ("strengths", "causes", "solutions"):
        assert [one for one in kb.of(kind) if one in quoting] == NOTICE[kind], kind
    assert set(kb.stages) >= {f"B{n}" for n in range(1, 10)}
    assert set(kb.roles) >= set(ROLES)
    # What other tests look at one by one is all that there is.
    grown = "HDND_TEST_ROOT" in os.environ
    assert (set(kb.checklists) > set(SHEETS) if grown else list(kb.checklists) == SHEETS) and SHEETS[:24] == [
        f"DM{number:02d}" for number in range(1, 25)
    ]
    assert (set(kb.templates) >= set(FORMS) if grown else list(kb.templates) == FORMS) and FORMS[:52] == [
        f"BM{number:02d}" for number in range(1, 53)
    ]
    assert len(kb.terms) >= 60


def test_the_minimum_set_is_the_six_of_a_small_office(kb: KnowledgeBase) -> None:
    assert [sheet.id for sheet in kb.checklists.values() if sheet.minimum] == MINIMUM


def test_every_sentence_of_the_lessons_is_quoted(kb: KnowledgeBase) -> None:
    source = kb.sources["TB183"]
    sentences = list(unquoted_sentences(kb, source))
    assert len(sentences) >= 20
    assert [sentence for _p, sentence, quoted in sentences if not quoted] == []
    assert not any(paragraph.deferred for paragraph in source.paragraphs)


@pytest.mark.parametrize(
    ("file", "start"),
    [
        ("docs/han-che/hc2.md", "fn2"),
        ("docs/han-che/hc3.md", "2.2"),
        ("docs/han-che/hc4.md", "2.3"),
        ("docs/han-che/hc5.md", "2.3"),
        ("docs/nguyen-nhan/nn4.md", "2.5"),
        ("docs/giai-phap/gp2.md", "3.2"),
    ],
)
@pytest.mark.full
def test_coverage_fails_when_one_quotation_is_removed(project: Project, file: str, start: str) -> None:
    """Cut the quotations of a place to two words: the sentence is missed."""
    text = project.read(file)
    locator = rf"locator: ['\"]?{re.escape(start)}['\"]?\n"
    shortened, count = re.subn(rf"({locator} +text: [\"']?\S+ \S+).*\n", '\\1"\n', text)
    assert count, f"no quotation of {start} in {file}"
    project.write(file, shortened)
    missed = [i for i in check_project(project.root)[1] if i.code == "unquoted-sentence"]
    assert missed and all(issue.level == Level.ERROR for issue in missed)


def test_every_strength_quotes_section_one(kb: KnowledgeBase) -> None:
    for strength in kb.strengths.values():
        if strength.id in NOTICE["strengths"]:
            assert {quote.locator for quote in strength.quotes} == {"1.3"}
        assert strength.actions


def test_every_action_has_its_stage(kb: KnowledgeBase) -> None:
    for lesson in (*kb.solutions.values(), *kb.strengths.values()):
        assert len(lesson.actions) >= 3, lesson.id
        assert [a.does for a in lesson.actions if not a.stage] == [], lesson.id


def test_every_demand_reaches_every_stage_and_role(kb: KnowledgeBase) -> None:
    rounds = {r.stage for sheet in kb.checklists.values() for r in sheet.rounds}
    assert set(kb.stages) <= rounds
    doing = {role for placed in kb.items.values() for role in placed.roles}
    reading = {r.reads for sheet in kb.checklists.values() for r in sheet.rounds}
    assert doing | reading == {one.id for one in kb.roles.values() if one.sheets}
    applied = {t for placed in kb.items.values() for t in placed.item.applies}
    assert applied == {*kb.solutions, *kb.strengths}


def test_the_party_committee_has_a_guide_and_no_sheet(kb: KnowledgeBase) -> None:
    guide = Index(kb).role_guide("cap-uy")
    assert not kb.roles["cap-uy"].sheets and not guide.first
    assert len(guide.first_actions) == 3
    assert all(not step.items and step.actions for step in guide.steps)
    asking = [p for p in kb.items.values() if "cấp ủy" in p.item.text.lower()]
    assert [p.checklist.id for p in asking if p.item.text.startswith("Xin chủ trương")] == ["DM02"]
    (item,) = [p for p in asking if p.item.text.startswith("Xin chủ trương")]
    assert "Số" in item.item.answer and "ngày" in item.item.answer and "CT2" in item.item.applies


def test_sheets_are_of_a_size_that_people_finish(kb: KnowledgeBase) -> None:
    sizes = {s.id: sum(len(r.items) for r in s.rounds) for s in kb.checklists.values()}
    assert min(sizes, key=lambda sheet: sizes[sheet]) == "DM18", "after the sitting: the shortest"
    assert sizes["DM18"] <= 10
    assert all(12 <= size <= 16 for sheet, size in sizes.items() if sheet != "DM18"), sizes
    for sheet in kb.checklists.values():
        for round_ in sheet.rounds:
            assert 1 <= sum(item.critical for item in round_.items) <= 3, sheet.id


def test_drafting_begins_with_the_kind_of_resolution(kb: KnowledgeBase) -> None:
    first = kb.checklists["DM03"].rounds[0].items[0].text
    assert "cá biệt" in first and "quy phạm" in first


def test_the_vote_is_counted_on_all_delegates(kb: KnowledgeBase) -> None:
    sheet = kb.checklists["DM16"]
    texts = " ".join(f"{i.text} {i.answer}" for r in sheet.rounds for i in r.items)
    assert "tổng số đại biểu" in texts
    assert "bieu-quyet.qua-ban" in {rule for r in sheet.rounds for i in r.items for rule in i.rules}


def test_last_years_leftovers_are_looked_for(kb: KnowledgeBase) -> None:
    texts = fold(" ".join(i.text for r in kb.checklists["DM04"].rounds for i in r.items))
    for leftover in ("nam", "khoa", "ky hop", "co quan", "ban", "hieu luc"):
        assert re.search(rf"\b{leftover}\b", texts), leftover


def test_no_body_that_is_gone_is_asked_to_do_anything(kb: KnowledgeBase) -> None:
    for placed in kb.items.values():
        text = fold(placed.item.text)
        found = [name for name in GONE if name in text]
        # A sheet may tell to look for such a name, never that such a body acts.
        assert not found or text.split()[0] in ("tim", "soat", "xoa", "thay", "sua", "ra"), placed.id


def test_no_local_deadline_is_a_number_on_a_sheet(kb: KnowledgeBase) -> None:
    for placed in kb.items.values():
        assert not re.search(r"\d+\s*(ngày|giờ|phút)", f"{placed.item.text} {placed.item.answer}"), placed.id


def test_questions_are_asked_and_answered(site: Path, root: Path) -> None:
    page = (root / "docs/tra-cuu/hoi-dap.md").read_text("utf-8")
    questions = re.findall(r"(?m)^### (.+?\?) \{ #([a-z0-9-]+) \}$", page)
    assert len(questions) >= 20 and len(dict(questions)) == len(questions)
    built = (site / "tra-cuu/hoi-dap/index.html").read_text("utf-8")
    for _question, anchor in questions:
        assert f'id="{anchor}"' in built
    assert page.count("{{ rule(") >= 20


def test_what_changed_since_2024_is_one_page(root: Path) -> None:
    page = (root / "docs/tra-cuu/thay-doi.md").read_text("utf-8")
    for rule in ("to-chuc.ket-thuc-cap-huyen", "to-chuc.ban-cap-xa", "giam-sat.luat-hien-hanh",
                 "vbqppl.cap-xa-duoc-ban-hanh"):  # fmt: skip
        assert rule in page
    assert "ngân sách" in page and "đầu tư công" in page
