"""The sealed drafts: nobody changed them, the page tells how the check did, and it does no worse."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
import yaml

from knowledge.records.knowledge_base import KnowledgeBase
from publish.generated import script_files
from scripts.script_page import script_page
from tests.draft_scores import groups_of, score

DATA = Path(__file__).parent / "data"
RESULTS = yaml.safe_load((DATA / "draft_results.yml").read_text("utf-8"))
FILES = {
    "drafts_sealed": 81, "drafts_second": 35, "drafts_third": 81, "drafts_fourth": 81, "drafts_fifth": 81,
    "drafts_sixth": 81, "drafts_seventh": 81, "drafts_eighth": 81, "drafts_ninth": 81, "drafts_tenth": 81,
    "drafts_eleventh": 81, "drafts_twelfth": 81, "drafts_thirteenth": 81,
}  # fmt: skip
MOST = "Cần xem lại"


@pytest.mark.parametrize("name", FILES)
def test_the_drafts_are_as_they_were_sealed(name: str) -> None:
    lines = [line.split() for line in (DATA / name / "SHA256SUMS").read_text("utf-8").splitlines()]
    sums = {file.removeprefix("./"): value for value, file in lines}
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (DATA / name).iterdir()
        if path.name != "SHA256SUMS"
    }
    assert sums == files
    assert len(files) == FILES[name]


@pytest.mark.parametrize(
    "names", [pytest.param([*FILES][-3:], id="last"), pytest.param([*FILES][:-3], id="earlier", marks=pytest.mark.full)]
)
def test_the_check_does_no_worse_than_told(kb: KnowledgeBase, root: Path, names: list[str]) -> None:
    groups = groups_of(kb.draft_signs, root / "docs/assets/scripts/draft")
    with script_page(script_files(kb, "directory")) as page:
        for name in names:
            now, floor = score(page, DATA / name, groups), RESULTS[name]["now"]
            right, found = floor["can_xem"]
            caught, named = floor["caught"]
            told = "\n".join(now.told)
            assert (now.named["can-xem"], now.clean_drafts) == (named, floor["clean"]), name
            assert now.precision(MOST) >= right / found - 0.01, told
            assert now.recall("can-xem") >= caught / named - 0.01, told
            assert now.false_in_clean[MOST] <= floor["false_in_clean"], told


def test_the_page_tells_the_first_figures(root: Path) -> None:
    page = (root / "docs/tra-cuu/soat-loi-du-thao.md").read_text("utf-8")
    for result in RESULTS.values():
        first = result["first"]
        row = [*reversed(first["can_xem"]), *reversed(first["caught"]), first["clean"], first["false_in_clean"]]
        assert re.search(r" \| ".join(map(str, row)), page), row
