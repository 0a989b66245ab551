"""What a new part of a finding needs is one list; what trains it names it; codes grow beyond what they began with."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge.checks.new_part import PART_NEEDS, REVIEWED, words_of
from knowledge.checks.project import check_project
from knowledge.records.docs_files import may_stand
from knowledge.records.ids import next_free_id
from knowledge.records.knowledge_base import KnowledgeBase, natural_key
from knowledge.records.model import Part
from tests.conftest import Project

PART = """  - id: HC1z
    title: Không nói rõ nguồn kinh phí
    signs: [Không có dòng nào về tiền.]
causes: [NN1,"""


def test_the_guides_say_what_the_checks_ask_for(root: Path, site: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")
    page = (site / "tra-cuu" / "viet-bai" / "index.html").read_text("utf-8")
    for need in PART_NEEDS:
        assert f"   - {need.guide}\n" in readme
        assert f"Cần {need.what}: {need.how}." in page
    assert f"{REVIEWED} chosen statements" in readme and f"tối đa {REVIEWED} câu" in page


def test_a_bare_part_is_told_each_need_at_once(project: Project) -> None:
    project.replace("docs/han-che/hc1.md", "causes: [NN1,", PART)
    project.replace("docs/han-che/hc1.md", '{{ part("HC1k") }}', '{{ part("HC1k") }}\n\n{{ part("HC1z") }}')
    told = {issue.code for issue in project.check()}
    # The item to open first is asked for once there is an item.
    assert told == {need.code for need in PART_NEEDS} - {"best-item"}


def test_words_of_a_part_are_told_or_come_from_its_title() -> None:
    def part(**more: object) -> Part:
        return Part.model_validate(
            {"id": "HC1a", "title": "Chưa nêu rõ nguồn kinh phí", "signs": ["Không có."], **more}
        )

    assert words_of(part()) == ["nêu rõ", "rõ nguồn", "nguồn kinh", "kinh phí"]
    assert words_of(part(words=["Tiền ở đâu"])) == ["tiền ở đâu"]


def test_codes_grow_and_old_ones_stay() -> None:
    assert next_free_id("DM05", {"DM05", "DM99"}) == "DM100"
    assert next_free_id("HC1a", {"HC1a", "HC1y"}) == "HC1z"
    assert next_free_id("HC1a", {"HC1a", "HC1z"}) == "HC1aa"
    assert next_free_id("HC1a", {"HC1z", "HC1aa", "HC1az"}) == "HC1ba"
    assert next_free_id("B1", {"B1", "B9"}) == "B10"
    codes = ["HC1", "HC1a", "HC1z", "HC1aa", "HC2", "DM09", "DM10", "DM99", "DM100"]
    assert sorted(codes, key=natural_key) == [*codes[5:], *codes[:5]]
    for name in ("danh-muc/dm100.md", "bieu-mau/bm100.md", "thuc-hanh/th100.md", "ky-hop/b10.md", "moc/mc10.md"):
        assert may_stand(f"docs/{name}")
    for name in ("danh-muc/dm001.md", "danh-muc/dm1000.md", "ky-hop/b100.md"):
        assert not may_stand(f"docs/{name}")


def test_longer_codes_hold(project: Project) -> None:
    def renamed(old: str, new: str, *files: str) -> None:
        for name in files:
            text = project.read(name).replace(f"id: {old}\n", f"id: {new}\n")
            project.write(
                name.replace(old.lower(), new.lower()), re.sub(r"(?m)^title: \"?", r"\g<0>Cũng ", text, count=1)
            )

    renamed("TH36", "TH100", "docs/thuc-hanh/th36.md")
    renamed("DM20", "DM100", "checklists/dm20.yml", "docs/danh-muc/dm20.md")
    text = project.read("docs/han-che/hc1.md").replace("HC1k", "HC1aa")
    project.write("docs/han-che/hc1.md", text)
    for file in (
        *project.root.glob("checklists/*.yml"),
        *project.root.glob("docs/*/*.md"),
        *project.root.glob("docs/*/*.yml"),
    ):
        text = file.read_text("utf-8")
        if "HC1k" in text:
            file.write_text(text.replace("HC1k", "HC1aa"), "utf-8")
    kb, issues = check_project(project.root)
    assert not [issue for issue in issues if issue.code != "suspect-rule"], issues
    assert list(kb.parts)[list(kb.parts).index("HC1j") + 1] == "HC1aa"
    assert list(kb.checklists)[-1] == "DM100"


def test_the_review_asks_of_every_finding_within_its_bound(kb: KnowledgeBase) -> None:
    review = kb.reviews["TR-HDND"]
    assert len(review.statements) <= REVIEWED
    assert {kb.parts[one.part].finding.id for one in review.statements if one.part} == set(kb.findings)
