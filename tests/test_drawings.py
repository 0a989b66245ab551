"""The drawings: complete, legible at 360 px, every box a link, and the same in words."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from knowledge.records.knowledge_base import KnowledgeBase
from macros.drawing import NODE_HEIGHT, WIDTH, cycle, layered_map, wrapped
from macros.renderer import Renderer

FINDINGS = ["HC1", "HC2", "HC3", "HC4", "HC5"]


def test_boxes_lie_in_columns_inside_the_drawing_and_apart() -> None:
    drawing = layered_map(
        [("A", ["HC1"]), ("B", ["NN1", "NN2"]), ("C", ["GP1"]), ("D", ["DM01", "DM02", "DM03"])],
        [("HC1", "NN1"), ("NN1", "GP1"), ("GP1", "DM02"), ("GP1", "DM99")],
    )
    assert [node.id for node in drawing.nodes] == [
        "HC1", "NN1", "NN2", "GP1", "DM01", "DM02", "DM03",
    ]  # fmt: skip
    for node in drawing.nodes:
        assert node.x >= 0 and node.x + node.width <= WIDTH
        assert node.y >= 0 and node.y + node.height <= drawing.height
    for a, b in combinations(drawing.nodes, 2):
        assert a.x != b.x or abs(a.y - b.y) >= NODE_HEIGHT, "boxes overlap"
    assert [(edge.start, edge.end) for edge in drawing.edges] == [
        ("HC1", "NN1"), ("NN1", "GP1"), ("GP1", "DM02"),
    ], "an edge to nowhere is not drawn"  # fmt: skip


def test_the_opening_day_lies_before_the_stage_that_begins_with_it() -> None:
    drawing = cycle([("B6", "Đọc tài liệu", "", False), ("B7", "Kỳ họp", "", True)])
    assert drawing.opening_y is not None
    assert drawing.stops[0].y < drawing.opening_y < drawing.stops[1].y
    assert cycle([("B6", "Đọc", "Tiếp xúc cử tri", False)]).opening_y is None


def test_lines_are_broken_between_words() -> None:
    assert wrapped("Hoàn thiện, ký, gửi, công khai", 12) == ["Hoàn thiện,", "ký, gửi,", "công khai"]
    assert wrapped("Thờigianthảoluận một", 6) == ["Thờigianthảoluận", "một"]


@pytest.mark.parametrize("finding_id", FINDINGS)
def test_the_map_shows_all_links_of_a_finding_and_says_them_in_words(kb: KnowledgeBase, finding_id: str) -> None:
    shown = Renderer(kb, lambda: "tra-cuu/ban-do.md", lambda: "directory").lesson_map(finding_id)
    tree = LexborHTMLParser(shown)
    finding = kb.findings[finding_id]
    parts = {part.id for part in finding.parts} or {finding_id}
    sheets = {p.checklist.id for p in kb.items.values() if parts & set(p.item.prevents)}
    boxes = {text.text() for text in tree.css("svg a text")}
    assert boxes == {finding_id, *finding.causes, *finding.solutions, *sheets}
    for link in tree.css("svg a"):
        assert re.search(r"\((HC|NN|GP|CT|DM)\d+\)$", link.attributes.get("aria-label") or "")
        assert link.attributes.get("href")
    words = tree.css_first("details").text()  # type: ignore[union-attr]
    assert all(box in words for box in boxes - {finding_id})
    # Each cause leads to a solution and each solution to a sheet, or the drawing has loose ends.
    assert len(tree.css("path")) >= len(finding.causes) + len(finding.solutions)


def test_the_cycle_names_every_stage(kb: KnowledgeBase) -> None:
    shown = Renderer(kb, lambda: "ky-hop/index.md", lambda: "directory").cycle_drawing()
    tree = LexborHTMLParser(shown)
    assert [t.text() for t in tree.css("svg a text.hd-draw-id")] == list(kb.stages)
    titles = " ".join(t.text() for t in tree.css("text.hd-draw-title"))
    assert titles == " ".join(" ".join(s.title.split()) for s in kb.stages.values())
    assert "Ngày khai mạc" in shown and "Song song: " in shown


@pytest.mark.parametrize("path", ["tra-cuu/ban-do/", "ky-hop/"])
def test_drawings_are_legible_and_tappable_at_360_px(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    opened = context.new_page()
    opened.goto(f"{address}/{path}")
    scale = opened.eval_on_selector("svg[viewBox^='0 0 340']", "e => e.getBoundingClientRect().width / 340")
    assert scale >= 0.9
    letters = opened.eval_on_selector_all(
        ".hd-drawing text", "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(letters) * scale >= 11.5
    # Nothing that is written reaches beyond the drawing.
    inside = opened.eval_on_selector_all(
        ".hd-drawing text",
        "all => all.filter(e => {const b = e.getBoundingClientRect(),"
        "f = e.closest('svg').getBoundingClientRect();"
        "return b.left < f.left - 2 || b.right > f.right + 2}).map(e => e.textContent)",
    )
    assert inside == []
    context.close()


def test_the_map_page_is_for_all_findings(site: Path, kb: KnowledgeBase) -> None:
    page = (site / "tra-cuu/ban-do/index.html").read_text("utf-8")
    assert list(kb.findings) == FINDINGS
    assert page.count('<svg viewBox="0 0 340') == len(FINDINGS)
