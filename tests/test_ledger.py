"""What was published stays: every address, anchor, download and ID of the ledger is there, in both forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.addresses import Form
from knowledge.moves import trail
from knowledge.published import excused, read_ledger
from knowledge.records.knowledge_base import KnowledgeBase
from scripts.ledger import anchors, joined, missing, published

SMALL = {
    "pages": {"han-che/hc1.md": ["hc1a", "lam-gi"], "danh-muc/dm01.md": ["ten-du-y"]},
    "downloads": ["dm01.pdf"],
    "ids": {"findings": ["HC1"], "items": ["DM01/ten-du-y"]},
}


@pytest.mark.parametrize("form", ["directory", "file"])
def test_nothing_that_was_published_is_gone(root: Path, sites: dict[str, Path], kb: KnowledgeBase, form: Form) -> None:
    ledger = read_ledger(root)
    assert len(ledger["pages"]) >= 184 and len(ledger["downloads"]) > 90 and len(ledger["ids"]["items"]) >= 311
    assert sum(map(len, ledger["pages"].values())) > 1000
    assert missing(ledger, published(sites[form], kb, form), excused(ledger, trail(kb))) == []


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (SMALL | {"pages": {"danh-muc/dm01.md": ["ten-du-y"]}}, "docs/han-che/hc1.md"),
        (SMALL | {"pages": SMALL["pages"] | {"danh-muc/dm01.md": []}}, "docs/danh-muc/dm01.md#ten-du-y"),  # type: ignore[operator]
        (SMALL | {"downloads": []}, "tai-ve/dm01.pdf"),
        (SMALL | {"ids": {"findings": ["HC1"], "items": []}}, "items DM01/ten-du-y"),
    ],
)
def test_what_is_gone_is_told_unless_it_was_withdrawn(now: dict[str, object], told: str) -> None:
    assert missing(SMALL, now) == [told]
    assert missing(SMALL, now, {told}) == []


def test_the_ledger_only_grows() -> None:
    new = {"pages": {"han-che/hc2.md": ["hc2a"]}, "downloads": ["dm02.pdf"], "ids": {"findings": ["HC2"]}}
    grown = joined(SMALL, new)
    assert missing(SMALL, grown) == missing(new, grown) == []


def test_a_version_stays_as_it_was_recorded_first() -> None:
    before = {**SMALL, "sheets": {"DM01": {"1": ["a 11111111"]}}}
    now = {**SMALL, "sheets": {"DM01": {"1": ["a 22222222"], "2": ["a 22222222"]}, "DM02": {"1": ["b 33333333"]}}}
    assert joined(before, now)["sheets"] == {
        "DM01": {"1": ["a 11111111"], "2": ["a 22222222"]}, "DM02": {"1": ["b 33333333"]},
    }  # fmt: skip


def test_an_anchor_is_a_place_in_the_article_but_the_title_and_what_the_theme_makes() -> None:
    page = '<main id="m"><article><h1 id="ten">T</h1><h2 id="lam-gi">L</h2><p id="a__b"></p><input id="x"></article></main>'
    assert anchors(page) == ["lam-gi"]
