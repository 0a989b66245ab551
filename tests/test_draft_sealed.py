"""The sealed drafts: nobody changed them, the page tells how the check did, and it does no worse."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import yaml

from knowledge.records.knowledge_base import KnowledgeBase
from publish.generated import script_files
from scripts.script_page import script_page
from tests.draft_scores import groups_of, score

DATA = Path(__file__).parent / "data"
SEALED = DATA / "drafts_sealed"
RESULTS = yaml.safe_load((DATA / "draft_results.yml").read_text("utf-8"))
MOST = "Cần xem lại"


def test_the_drafts_are_as_they_were_sealed() -> None:
    sums = dict(reversed(line.split()) for line in (SEALED / "SHA256SUMS").read_text("utf-8").splitlines())  # type: ignore[misc]
    files = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in SEALED.iterdir()
        if path.name != "SHA256SUMS"
    }
    assert {name.removeprefix("./"): value for name, value in sums.items()} == files
    assert len(files) == 81


def test_the_check_does_no_worse_than_told(kb: KnowledgeBase, root: Path) -> None:
    groups = groups_of(kb.draft_signs, root / "docs/assets/scripts/draft")
    with script_page(script_files(kb, "directory")) as page:
        now = score(page, SEALED, groups)
    right, found = RESULTS["now"]["can_xem"]
    caught, named = RESULTS["now"]["caught"]
    told = "\n".join(now.told)
    assert now.named["can-xem"] == named and now.clean_drafts == RESULTS["now"]["clean"]
    assert now.precision(MOST) >= right / found - 0.01, told
    assert now.recall("can-xem") >= caught / named - 0.01, told
    assert now.false_in_clean[MOST] <= RESULTS["now"]["false_in_clean"], told


def test_the_page_tells_the_first_figures(root: Path) -> None:
    page = (root / "docs/tra-cuu/soat-loi-du-thao.md").read_text("utf-8")
    for pair in (RESULTS["first"]["can_xem"], RESULTS["first"]["caught"]):
        assert re.search(rf"\b{pair[0]}\b[^.]{{0,60}}\b{pair[1]}\b|\b{pair[1]}\b[^.]{{0,60}}\b{pair[0]}\b", page), pair
    assert f"{RESULTS['first']['false_in_clean']} lời" in page
