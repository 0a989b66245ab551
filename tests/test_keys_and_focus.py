"""Keys and the focus: letters only write, bars hide nothing, nothing unseen takes the focus, no dead control."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from selectolax.lexbor import LexborHTMLParser

from tests.browsing import DESKTOP, PHONE, accessibility_faults, await_still, wait_until
from tests.conftest import ROOT
from tests.lending import Lender
from tests.test_in_the_browser import KINDS

SHEET = "danh-muc/dm10/"
THEMES_OWN = ["n", "p", ",", ".", "f", "s", "/"]
"""The keys to which the theme gives a meaning."""
SEARCH = "[data-md-component=search-query]"


@pytest.fixture
def desk(lender: Lender, address: str) -> Iterator[Page]:
    """A sheet in a wide window; where it would be left for is noted instead of left."""
    context = lender.lend(viewport=DESKTOP)
    context.set_default_timeout(5000)
    page = context.new_page()
    open_sheet(page, address)
    yield page
    context.close()


def open_sheet(page: Page, address: str) -> None:
    page.goto(f"{address}/{SHEET}")
    page.wait_for_selector(".hd-tick")
    page.wait_for_selector(".hd-share-open")
    page.evaluate("""navigation.addEventListener("navigate", event => {
      event.preventDefault();
      window.left = event.destination.url;
    })""")


def acted(page: Page, key: str) -> bool:
    """Press a key: whether it left the page, opened the search or took the focus away."""
    page.evaluate("window.at = document.activeElement")
    page.keyboard.press(key)
    done: bool = page.evaluate(
        "Boolean(window.left || document.getElementById('__search').checked || document.activeElement !== window.at)"
    )
    return done


# Single letters -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    [
        "body", ".hd-why summary", ".hd-row button", "[open] > .hd-na", "article .hd-lead a[href]", ".hd-tick",
        "[name=__palette]", ".hd-share-open", "label[tabindex='0'], .md-tabs__link",
    ],
)  # fmt: skip
@pytest.mark.full
def test_no_single_letter_acts_outside_a_field(desk: Page, place: str) -> None:
    if place.startswith("[open]"):
        desk.locator(".hd-item .hd-why summary").first.click()
    if place != "body":
        desk.locator(place).first.focus()
    keys = [*THEMES_OWN, "N", "P", "F", "S", "?", "1", "+", "Alt+f", "Alt+n"]
    assert [key for key in keys if acted(desk, key)] == []


@pytest.mark.full
def test_the_probe_sees_what_the_theme_would_do(browser: Browser, address: str) -> None:
    """Planted: without the script that keeps the theme from it, each of its keys acts."""
    context = browser.new_context(viewport=DESKTOP, service_workers="block")
    # The build joins what stands before the theme's script into the first of the files.
    scripts = ROOT / "docs/assets/scripts/everywhere"
    rest = "".join((scripts / name).read_text("utf-8") for name in ("first.js", "search-on-demand.js"))
    context.route(
        "**/scripts/everywhere/first.js", lambda route: route.fulfill(body=rest, content_type="text/javascript")
    )
    page = context.new_page()
    seen = []
    for key in THEMES_OWN:
        open_sheet(page, address)
        seen += [key] if acted(page, key) else []
    context.close()
    assert seen == THEMES_OWN


def test_all_other_keys_do_what_they_did(desk: Page) -> None:
    value = desk.locator(".hd-value").first
    value.focus()
    desk.keyboard.type("n.p, f/s 1")
    expect(value).to_have_value("n.p, f/s 1")
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Backspace")
    expect(value).to_have_value("")
    # A blank on what takes one, the return key, Tab.
    tick = desk.locator(".hd-tick").first
    tick.focus()
    desk.keyboard.press("Space")
    expect(tick).to_be_checked()
    why = desk.locator(".hd-why").first
    why.locator("summary").focus()
    desk.keyboard.press("Space")
    expect(why).to_have_attribute("open", "")
    desk.keyboard.press("Enter")
    expect(why).not_to_have_attribute("open", "")
    desk.keyboard.press("Enter")
    desk.locator(".hd-na").first.focus()
    desk.keyboard.press("Space")
    expect(desk.locator(".hd-na").first).to_have_attribute("aria-pressed", "true")
    desk.locator(".hd-share-open").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#hd-share")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#hd-share")).to_be_hidden()
    desk.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    desk.keyboard.press("Space")
    wait_until(desk, "scrollY > 0")


def test_the_search_is_reached_by_tab_and_its_window_keeps_its_keys(desk: Page) -> None:
    desk.evaluate("scrollTo(0, 0)")
    for _ in range(12):
        desk.keyboard.press("Tab")
        if desk.evaluate(f"document.activeElement.matches('{SEARCH}')"):
            break
    expect(desk.locator(SEARCH)).to_be_focused()
    desk.keyboard.type("tham tra")
    result = desk.locator(".md-search-result__item")
    expect(result.first).to_be_visible()
    await_still(desk, ".md-search-result__list")
    desk.keyboard.press("ArrowDown")
    expect(result.first.locator("a").first).to_be_focused()
    assert not desk.evaluate("document.activeElement.matches('input')")
    # A blank opens what is folded under a result; the theme would write it into the field.
    more = result.locator("summary").first
    more.focus()
    desk.keyboard.press("Space")
    expect(result.locator("details[open]").first).to_be_visible()
    desk.keyboard.press("n")
    expect(more).to_be_focused()
    desk.keyboard.press("Escape")
    expect(result.first).to_be_hidden()


def test_the_button_opens_the_search_on_a_phone_and_nothing_else_does(context: BrowserContext, address: str) -> None:
    """To come upon the field itself on the way through the page would open its window unasked."""
    page = context.new_page()
    page.goto(f"{address}/{SHEET}")
    button = page.get_by_role("button", name="Tìm kiếm")
    button.focus()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.getElementById('__search').checked")
    page.keyboard.press("Shift+Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(SEARCH)).to_be_focused()
    page.keyboard.type("tham tra")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".md-search-result__item").first).to_be_hidden()


# Bars and the focus -------------------------------------------------------------------------------

# What stands still across the window while the page moves.
BARS = """[...document.querySelectorAll("body *")].filter(one => {
  const {position} = getComputedStyle(one);
  const {top, bottom, width, height} = one.getBoundingClientRect();
  return (position === "fixed" || position === "sticky") && one.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && height > 0 && width > innerWidth / 2 && bottom > 0 && top < innerHeight;
}).map(one => one.getBoundingClientRect().height)"""

# What hides some of the thing with the focus, when nothing moves any more.
COVERED = """async () => {
  const look = () => {
    const at = document.activeElement;
    if (at === document.body) return null;
    // The theme marks the label of a hidden radio button; a key in the head lies under its label.
    const shown = at.matches(".md-option, .hd-key") ? at.nextElementSibling : at;
    const {left, top, width, height} = shown.getBoundingClientRect();
    const by = new Set();
    for (let i = 0; i < 5; i++)
      for (let j = 0; j < 5; j++) {
        const seen = document.elementFromPoint(left + width * (i + 0.5) / 5, top + height * (j + 0.5) / 5);
        const bar = seen && seen.closest(".md-header, .md-search, .hd-bar, .hd-update");
        if (!seen || (bar && !bar.contains(shown))) by.add(bar ? bar.className : "the edge of the window");
      }
    const seam = width < 2 || height < 2;
    return [at.outerHTML.slice(0, 80), [...by].join(), seam || at.matches(".headerlink")];
  };
  // The search opens and closes a few pictures after the focus has come and gone.
  for (let i = 0; ; i++) {
    const told = look();
    if (!told || !told[1] || i === 30) return told;
    await new Promise(next => requestAnimationFrame(next));
  }
}"""


@pytest.mark.parametrize(
    ("width", "height", "path"),
    [
        (320, 256, "danh-muc/dm12/"), (360, 740, "danh-muc/dm12/"), (1280, 720, "danh-muc/dm12/"),
        (740, 360, "tu-ra-soat/tr-dai-bieu/"), (360, 740, "tu-ra-soat/tr-dai-bieu/"),
    ],
)  # fmt: skip
@pytest.mark.full
def test_bars_take_little_of_the_window_and_hide_nothing_with_the_focus(
    browser: Browser, address: str, width: int, height: int, path: str
) -> None:
    """320 × 256 is a window of 1280 × 1024 at 400 % zoom."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", service_workers="block"
    )
    page = context.new_page()
    page.goto(f"{address}/{path}")
    page.wait_for_selector(".hd-share-open")
    page.locator(".hd-tick, .hd-option input").first.check()
    expect(page.locator(".hd-bar [role=status]")).not_to_be_empty()
    page.locator("article").evaluate("article => scrollBy(0, article.offsetHeight / 2)")
    standing = page.evaluate(BARS)
    assert sum(standing) <= 0.25 * height, standing
    buttons = page.locator(".hd-bar :is(button, a)").evaluate_all("all => all.map(e => e.offsetHeight)")
    assert buttons and min(buttons) >= 44
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    faults = []
    for key in ("Tab", "Shift+Tab"):
        stops = 0
        for _ in range(220):
            page.keyboard.press(key)
            told = page.evaluate(COVERED)
            if told is None:
                break
            stops += 1
            if told[1] or told[2]:
                faults.append((key, *told))
        assert stops > 25
    context.close()
    assert faults == []


def test_what_an_address_names_stands_below_the_head(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    for path in ("danh-muc/dm12/#lan-1", "danh-muc/dm12/#so-lieu", "can-cu/luat-72-2025/#ky-hop-ky-chung-thuc"):
        page.goto("about:blank")
        page.goto(f"{address}/{path}")
        page.wait_for_selector(".hd-share-open")
        named = page.locator(f"[id='{path.partition('#')[2]}']")
        expect(named).to_be_in_viewport()
        top = named.evaluate("one => one.getBoundingClientRect().top")
        head = page.locator(".md-header").evaluate("head => head.getBoundingClientRect().bottom")
        assert head <= top < head + 60, path


# Without script -----------------------------------------------------------------------------------

# What can be pressed, filled in or reached by Tab, and yet does nothing.
DEAD = """() => {
  const rendered = one => one.offsetWidth > 0 && one.checkVisibility({visibilityProperty: true})
    // Of labels those that look as if they could be pressed.
    && !(one.matches("label") && getComputedStyle(one).cursor !== "pointer");
  const places = () => [...document.querySelectorAll("body *")].map(one => {
    const {left, top, width, height} = one.getBoundingClientRect();
    return [left, top, width, height].map(Math.round).join();
  }).join(" ");
  const changes = label => {
    const box = document.getElementById(label.htmlFor);
    if (!box || box.type !== "checkbox") return false;
    const before = places();
    box.click();
    const after = places();
    box.click();
    return before !== after;
  };
  const scrolls = one => ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
  const works = one =>
    one.matches("summary") ||
    (one.matches("a[href]") && !/^(#?$|javascript:)/.test(one.getAttribute("href"))) ||
    // The browser itself goes to the head of the page.
    one.matches(".hd-top > a[href='#']") ||
    (one.matches("label[for]") && changes(one)) ||
    (one.matches("[tabindex]:not(label)") && scrolls(one)) ||
    // To be filled in by hand; the page says that it keeps nothing.
    (one.closest("[data-hd-study]") && rendered(document.querySelector("[data-hd-no-script]")));
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, label, [tabindex], [role=button]")]
    .filter(one => rendered(one) && one.getAttribute("tabindex") !== "-1" && !works(one))
    .map(one => one.outerHTML.slice(0, 100));
}"""
PRACTICE = [
    "thuc-hanh/", "thuc-hanh/th01/", "moc/mc1/", "tu-ra-soat/tr-dai-bieu/", "tra-cuu/ky-hop-dang-chuan-bi/",
    "tra-cuu/moc-quy-che/", "tra-cuu/phieu-nghien-cuu/", "tra-cuu/rut-kinh-nghiem/",
]  # fmt: skip


def dead_controls(browser: Browser, address: str, paths: list[str], size: Any) -> dict[str, list[str]]:
    """Return the controls of pages that do nothing without script, by page."""
    context = browser.new_context(java_script_enabled=False, viewport=size, reduced_motion="reduce")
    page = context.new_page()
    dead = {}
    for path in paths:
        page.goto(f"{address}/{path}")
        found = page.evaluate(DEAD)
        if found:
            dead[path] = found
    context.close()
    return dead


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.full
def test_without_script_every_control_does_something(browser: Browser, address: str, size: Any) -> None:
    assert dead_controls(browser, address, [*KINDS, *PRACTICE], size) == {}


def test_with_script_the_same_controls_are_there(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/han-che/hc1/")
    for name in ("[for=__search]", ".hd-share-open", "[data-md-component=palette] label:not([hidden])"):
        expect(page.locator(f".md-header {name}").first).to_be_visible()


# Names of the parts of a page -----------------------------------------------------------------------


def test_parts_of_a_page_bear_names_of_their_own(site: Path) -> None:
    """A screen reader lists them: of two with one name nobody knows which is which."""
    twice = {}
    for file in site.rglob("*.html"):
        tree = LexborHTMLParser(file.read_text("utf-8"))
        named = [
            (node.attributes.get("role") or node.tag, node.attributes["aria-label"])
            for node in tree.css("article :is(section, nav, aside, form, [role=region])[aria-label]")
        ]
        if again := {name for name in named if named.count(name) > 1}:
            twice[str(file.relative_to(site))] = again
    assert twice == {}


def test_lesson_codes_are_not_spelled_with_each_item(site: Path) -> None:
    tree = LexborHTMLParser((site / SHEET / "index.html").read_text("utf-8"))
    codes = tree.css(".hd-item__text .hd-codes")
    assert len(codes) >= 5 and all(node.attributes.get("aria-hidden") == "true" for node in codes)
    # What they stand for can be read where the reasons are.
    for node in codes:
        item = node.parent.parent if node.parent else None
        told = item.css_first(".hd-why").text() if item else ""
        assert [code for code in re.findall(r"\w+", node.text()) if code not in told] == []


def test_a_table_wider_than_the_screen_is_moved_by_keys(browser: Browser, address: str) -> None:
    """On a phone's width its frame is a stop; where the table fits it is none."""
    context = browser.new_context(viewport=PHONE, service_workers="block")
    page = context.new_page()
    page.goto(f"{address}/tra-cuu/soat-loi-du-thao/", wait_until="load")
    frame = page.locator(".md-typeset__scrollwrap").first
    expect(frame).to_have_attribute("tabindex", "0")
    frame.focus()
    page.keyboard.press("ArrowRight")
    wait_until(page, "document.activeElement.scrollLeft > 0")
    assert accessibility_faults(page) == []
    page.set_viewport_size(DESKTOP)
    expect(frame).not_to_have_attribute("tabindex", "0")
    context.close()


def test_the_theme_frames_no_table_that_a_script_draws() -> None:
    """Where it comes after the script it would put each table without a class in a frame of its own; before it, not."""
    scripts = ROOT / "docs" / "assets" / "scripts"
    drawn = [
        (path.name, made)
        for path in sorted(scripts.rglob("*.js"))
        for made in re.findall(
            r"""make\(\s*["']table["'],\s*\{([^}]*)\}|createElement\(["']table["']\)""", path.read_text("utf-8")
        )
    ]
    assert len(drawn) >= 5 and [name for name, made in drawn if not re.search(r"\bclass:", made)] == []
