"""A context that is lent again is as good as new; one in which something stays is not lent again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browsing import DESKTOP, PHONE
from tests.lending import Lender

HERE = "http://thu.test/"
LEAVE = """async () => {
  localStorage.setItem("a", "1"); sessionStorage.setItem("a", "1"); document.cookie = "a=1";
  await (await caches.open("a")).put("/x", new Response("1"));
  await new Promise(done => { const asked = indexedDB.open("a"); asked.onsuccess = () => { asked.result.close(); done(); }; });
}"""
FOUND = """async () => [localStorage.length, sessionStorage.length, document.cookie, (await caches.keys()).length,
  (await indexedDB.databases()).length, innerWidth, matchMedia("print").matches, matchMedia("(prefers-color-scheme: dark)").matches]"""
NEW = [0, 0, "", 0, 0, PHONE["width"], False, False]


@pytest.fixture
def own(browser: Browser) -> Lender:
    return Lender(browser)


def at(context: BrowserContext) -> Page:
    page = context.new_page()
    # Storage of this kind asks for an address that is safe.
    page.route("**", lambda route: route.fulfill(body="<!doctype html><title>x</title>", content_type="text/html"))
    page.goto(HERE.replace("thu.test", "localhost"))
    return page


def test_what_was_left_is_gone(own: Lender) -> None:
    context = own.lend(viewport=PHONE)
    page = at(context)
    assert page.evaluate(FOUND) == NEW
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.evaluate(LEAVE)
    page.set_viewport_size(DESKTOP)
    page.emulate_media(media="print", color_scheme="dark")
    context.new_page()
    assert page.evaluate(FOUND) == [1, 1, "a=1", 1, 1, DESKTOP["width"], True, True], "or this proves nothing"
    context.close()
    again = own.lend(viewport=PHONE)
    assert again is context and len(again.pages) == 1
    page = at(again)
    page.evaluate("console.log('x')")
    assert page.evaluate(FOUND) == NEW and heard == []
    page.emulate_media(media="print")
    page.goto(page.url)
    assert page.evaluate("matchMedia('print').matches"), "a medium holds on the next page, too"
    again.close()


def test_what_stays_ends_a_context(own: Lender) -> None:
    lasting: tuple[Callable[[BrowserContext, Page], None], ...] = (
        lambda context, page: page.add_init_script("1"),
        lambda context, page: context.add_init_script("1"),
        lambda context, page: context.set_offline(True),
        lambda context, page: page.close(),
    )
    for stays in lasting:
        context = own.lend(viewport=PHONE)
        stays(context, at(context))
        context.close()
        assert own.free == []


def test_routes_are_taken_away_and_other_options_make_another(own: Lender) -> None:
    context = own.lend(viewport=PHONE)
    asked: list[str] = []
    context.route("**", lambda route: (asked.append(route.request.url), route.fallback()))
    at(context)
    context.close()
    other = own.lend(viewport=DESKTOP)
    assert other is not context
    again = own.lend(viewport=PHONE)
    assert again is context
    at(again)
    assert asked == []
    again.close()
    other.close()


def test_the_clock_is_told_once_and_holds(own: Lender) -> None:
    for _ in range(2):
        context = own.lend("2026-11-27T09:00:00+07:00", viewport=PHONE)
        assert at(context).evaluate("new Date().toISOString()") == "2026-11-27T02:00:00.000Z"
        context.close()
    assert len(own.free) == 1
