"""Pages of a book that has grown stay as long as they are: what is many is folded, the most needed first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser

from knowledge.records.knowledge_base import KnowledgeBase
from macros import guides, law_pages, lessons, record_pages
from macros.renderer import Renderer


def rendered(kb: KnowledgeBase, page: str, call: str, *arguments: str) -> LexborHTMLParser:
    macros = Renderer(kb, lambda: page, lambda: "directory").macros()
    return LexborHTMLParser(macros[call](*arguments))


def test_the_front_page_shows_as_many_findings_as_ever(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_pages, "FIRST_CARDS", 2)
    page = rendered(kb, "index.md", "record_list", "findings", "first")
    assert len(page.css("li")) == 2
    more = page.css_first("p a")
    assert more.attributes["href"] == "han-che/" and f"{len(kb.findings) - 2} trang" in more.text()
    assert len(rendered(kb, "index.md", "record_list", "findings").css("li")) == len(kb.findings)


def test_the_cross_reference_folds_when_findings_are_many(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    today = rendered(kb, "tra-cuu/doi-chieu.md", "cross_reference")
    assert today.css("details") == []
    monkeypatch.setattr(lessons, "OPEN_FINDINGS", 2)
    folded = rendered(kb, "tra-cuu/doi-chieu.md", "cross_reference")
    assert len(folded.css("details")) == len(kb.findings)
    assert len(folded.css("details .hd-cross__step li")) == len(today.css(".hd-cross__step li")), "nothing is lost"


def test_a_role_sees_its_most_needed_sheets_open(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    page = "vai-tro/van-phong.md"
    today = rendered(kb, page, "role_guide")
    assert "Phiếu rà soát khác" not in today.text()
    monkeypatch.setattr(guides, "MOST_SHEETS", 1)
    few = rendered(kb, page, "role_guide")
    assert "Phiếu rà soát khác" in few.text()
    assert sorted(one.text() for one in few.css(".hd-task")) == sorted(one.text() for one in today.css(".hd-task"))
    for section in few.css(".hd-step"):
        own = [task for task in section.css(".hd-task") if task.parent is not None and task.parent.tag == "section"]
        assert len(own) <= 1
        hidden = section.css("details .hd-task")
        if (
            own
            and hidden
            and any(sheet.minimum and sheet.title in hidden[0].text() for sheet in kb.checklists.values())
        ):
            assert any(sheet.minimum and sheet.title in own[0].text() for sheet in kb.checklists.values())


def test_a_list_of_many_shows_the_first_and_folds_the_rest(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered(kb, "can-cu/index.md", "record_list", "instruments").css("details") == []
    monkeypatch.setattr(record_pages, "MOST_CARDS", 10)
    monkeypatch.setattr(law_pages, "MOST_CARDS", 10)
    page = rendered(kb, "can-cu/index.md", "record_list", "instruments")
    assert len(page.css("li")) == len(kb.instruments) and len(page.css("details li")) == len(kb.instruments) - 10
    assert rendered(kb, "thuc-hanh/index.md", "record_list", "exercises").css("details") == [], "the device marks these"
    read = rendered(kb, "can-cu/index.md", "readings")
    rows = sum(len(one.read) for one in kb.instruments.values())
    assert len(read.css("tbody tr")) == rows and 0 < len(read.css("details tbody tr")) < rows


def test_sentences_of_law_fold_by_instrument_when_they_are_many(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = rendered(kb, "tra-cuu/cau-luat.md", "law_index")
    assert today.css("details") == []
    monkeypatch.setattr(law_pages, "OPEN_SENTENCES", 10)
    folded = rendered(kb, "tra-cuu/cau-luat.md", "law_index")
    assert len(folded.css("details dt")) == len(today.css("dt")) == len(kb.rules)
    assert any(kb.instruments["luat-72-2025"].short in one.text() for one in folded.css("summary"))


def test_a_role_sees_the_first_rounds_that_it_reminds_of(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    page = "vai-tro/van-phong.md"
    today = rendered(kb, page, "role_guide")
    assert "Phiếu khác mà anh/chị nhắc" not in today.text()
    monkeypatch.setattr(guides, "MOST_REMINDED", 1)
    few = rendered(kb, page, "role_guide")
    assert "Phiếu khác mà anh/chị nhắc" in few.text()
    assert len(few.css(".hd-tasks tbody tr")) == len(today.css(".hd-tasks tbody tr")), "nothing is lost"


def test_an_address_opens_what_it_names_in_a_fold(modules: Page) -> None:
    """Older browsers do not open a fold for the place that an address names."""
    modules.evaluate(
        """() => { document.body.innerHTML =
        '<div style="height:3000px"></div><details><summary>x</summary><p id="cho-nay">y</p></details>' }"""
    )
    modules.evaluate("location.hash = 'cho-nay'")
    modules.evaluate("import('/everywhere/load-on-need.js')")
    expect(modules.locator("details")).to_have_attribute("open", "")
