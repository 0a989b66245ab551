"""The drawing of the cycle: complete, legible at 360 px."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from knowledge.records.knowledge_base import KnowledgeBase
from macros.drawing import cycle, wrapped
from macros.renderer import Renderer


def test_the_opening_day_lies_before_the_stage_that_begins_with_it() -> None:
    drawing = cycle([("B6", "Đọc tài liệu", "", False), ("B7", "Kỳ họp", "", True)])
    assert drawing.opening_y is not None
    assert drawing.stops[0].y < drawing.opening_y < drawing.stops[1].y
    assert cycle([("B6", "Đọc", "Tiếp xúc cử tri", False)]).opening_y is None


def test_lines_are_broken_between_words() -> None:
    assert wrapped("Hoàn thiện, ký, gửi, công khai", 12) == ["Hoàn thiện,", "ký, gửi,", "công khai"]
    assert wrapped("Thờigianthảoluận một", 6) == ["Thờigianthảoluận", "một"]


def test_the_cycle_names_every_stage(kb: KnowledgeBase) -> None:
    shown = Renderer(kb, lambda: "ky-hop/index.md", lambda: "directory").cycle_drawing()
    tree = LexborHTMLParser(shown)
    assert [t.text() for t in tree.css("svg a text.hd-draw-id")] == list(kb.stages)
    titles = " ".join(t.text() for t in tree.css("text.hd-draw-title"))
    assert titles == " ".join(" ".join(s.title.split()) for s in kb.stages.values())
    assert "Ngày khai mạc" in shown and "Song song: " in shown


@pytest.mark.parametrize("path", ["ky-hop/"])
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
