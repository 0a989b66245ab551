"""The glossary in the hand: the filter finds without accents, hides nothing for good, prints cards."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browsing import page_count

PAGE = "tra-cuu/thuat-ngu/"


@pytest.fixture
def glossary(context: BrowserContext, address: str) -> Page:
    """The glossary on a phone, its filter ready."""
    page = context.new_page()
    page.goto(f"{address}/{PAGE}")
    page.get_by_label("Lọc từ").wait_for()
    return page


def shown(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".hd-terms > div:visible > dt").all_inner_texts()]


UNSEEN = ["th\u200bẩm tra", "thẩm\u200btra", "\ufeffthẩm\u00ad tra", "th\u200dẩm\u200ctra", "thẩm\ufefftra"]
BLANKS = ["thẩm\u00a0tra", "thẩm_tra", "|thẩm|tra|", "thẩm\u2011tra"]


@pytest.mark.parametrize("typed", ["tham tra", "THẨM TRA", "tha\u0309m tra", *UNSEEN, *BLANKS])
@pytest.mark.full
def test_filter_finds_without_accents_in_any_case_and_form(glossary: Page, typed: str) -> None:
    everything = shown(glossary)
    glossary.get_by_label("Lọc từ").fill(typed)
    left = shown(glossary)
    assert "Thẩm tra" in left and 1 < len(left) < len(everything) / 2
    expect(glossary.locator("[role=status]", has_text="Còn")).to_have_text(f"Còn {len(left)} từ.")


def test_filter_says_when_nothing_fits_and_gives_everything_back(glossary: Page) -> None:
    everything = shown(glossary)
    glossary.get_by_label("Lọc từ").fill("không có từ này đâu")
    assert shown(glossary) == []
    expect(glossary.get_by_text("Không có từ nào khớp")).to_be_visible()
    glossary.get_by_label("Lọc từ").fill("")
    assert shown(glossary) == everything
    expect(glossary.get_by_text("Không có từ nào khớp")).to_be_hidden()


def test_a_link_to_a_hidden_term_shows_it(glossary: Page) -> None:
    glossary.get_by_label("Lọc từ").fill("biểu quyết")
    expect(glossary.locator("#tham-tra")).to_be_hidden()
    glossary.evaluate("location.hash = '#tham-tra'")
    expect(glossary.locator("#tham-tra")).to_be_visible()


def test_cards_print_what_the_filter_shows_and_nothing_else(glossary: Page) -> None:
    glossary.evaluate("window.print = () => { window.printed = document.body.className; }")
    glossary.get_by_label("Lọc từ").fill("tham tra")
    cards = len(shown(glossary))
    glossary.get_by_role("button", name="In thẻ từ đang hiện").click()
    assert "hd-cards-on-paper" in glossary.evaluate("window.printed")
    glossary.emulate_media(media="print")
    assert len(shown(glossary)) == cards
    expect(glossary.locator("h1")).to_be_hidden()
    pages = page_count(glossary.pdf(prefer_css_page_size=True))
    assert pages <= (cards + 11) // 12 + 1, f"{cards} cards on {pages} pages"
    glossary.emulate_media(media="screen")
    glossary.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(glossary.locator("h1")).to_be_visible()
