"""A weak line loses a script: once is made good by itself; twice, the page says so, whatever it is for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browsing import PHONE
from tests.lending import Lender

# A page of each kind that has a tool, and the script without which it has none.
TOOLS = {
    "danh-muc/dm07/": "ticks",
    "tra-cuu/ky-hop-dang-chuan-bi/": "sitting",
    "tra-cuu/moc-quy-che/": "rules-form",
    "tra-cuu/phieu-nghien-cuu/": "study",
    "tra-cuu/rut-kinh-nghiem/": "lesson",
    "thuc-hanh/": "practice-lists",
    "thuc-hanh/th01/": "practice-exercise",
    "moc/mc1/": "practice-path",
    "tu-ra-soat/tr-hdnd/": "practice-review",
    "tra-cuu/thuat-ngu/": "glossary",
    "404.html": "search-help",
}
SHEET = "danh-muc/dm07/"


@pytest.fixture
def page(lender: Lender) -> Iterator[Page]:
    context = lender.lend(viewport=PHONE, has_touch=True)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def lose(page: Page, name: str, times: int = 9) -> Callable[[], int]:
    """Let the requests for a script fail so many times; return how often it was asked for."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > times:
            route.fallback()
        else:
            route.abort("connectionreset")

    page.route(re.compile(rf"/{name}(\.\w+\.min)?\.js"), answer)
    return lambda: len(asked)


@pytest.mark.parametrize(("name", "script"), TOOLS.items(), ids=list(TOOLS.values()))
@pytest.mark.full
def test_each_page_with_a_tool_says_that_it_did_not_come(page: Page, address: str, name: str, script: str) -> None:
    lose(page, script)
    page.goto(f"{address}/{name}")
    told = page.get_by_role("alert").filter(has_text="Trang chưa tải đủ")
    expect(told).to_be_in_viewport()
    page.unroute_all()
    told.get_by_role("button", name="Tải lại trang").click()
    expect(page.locator(".md-footer")).to_be_attached()
    expect(told).to_have_count(0)


@pytest.mark.parametrize("script", ["load-on-need", "ui", "store", "together", "bundle"])
@pytest.mark.full
def test_what_all_tools_need_is_missed_too_and_told_once(page: Page, address: str, script: str) -> None:
    lose(page, script)
    page.goto(f"{address}/{SHEET}")
    expect(page.get_by_role("alert").filter(has_text="Trang chưa tải đủ")).to_have_count(1)
    expect(page.locator("li.hd-item").first).to_be_visible()


def test_without_the_script_of_the_theme_a_page_is_one_without_script(page: Page, address: str) -> None:
    """What it alone makes work is not offered: no field to search, no button for colours."""
    lose(page, "bundle")
    page.goto(f"{address}/")
    expect(page.locator("html")).to_have_class(re.compile(r"\bno-js\b"))
    expect(page.locator(".md-search")).to_be_hidden()
    expect(page.locator("[data-md-component=palette]")).to_be_hidden()


@pytest.mark.parametrize("script", ["load-on-need", "ui", "ticks"])
def test_a_request_lost_once_is_made_good_in_silence(page: Page, address: str, script: str) -> None:
    asked = lose(page, script, times=1)
    page.goto(f"{address}/{SHEET}")
    page.locator("li.hd-item .hd-tick").first.check()
    assert asked() > 1
    expect(page.locator(".hd-missing")).to_have_count(0)
