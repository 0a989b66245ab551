"""Beyond axe: 320 px, 400 %, spaced and doubled text, two colours, nothing that moves, no script, folds on paper.

What axe cannot tell: whether words are cut, lie over others, vanish. One page of each look and each tool.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ElementHandle, Locator, Page, expect

from knowledge.text import folded_space
from tests.beyond_axe import CUT, MOVING, OVER, VANISHED, found, text_spaced
from tests.browsing import DESKTOP, DONE, PHONE, add_style, wait_until
from tests.conftest import CHROMIUM_FLAGS, found_chromium
from tests.lending import Lender
from tests.pdf_text import pages_of
from tests.sample import SOME_OR_ALL, some_of
from tests.test_in_the_browser import KINDS

TOOLS = [
    "tra-cuu/tien-do/", "tra-cuu/chuong-trinh/", "tra-cuu/soat-loi-du-thao/", "danh-muc/dm15/", "tra-cuu/viec-cua-ai/",
    "dai-bieu-moi/lop-hoc-40-nguoi/", "bieu-mau/bm10/", "thuc-hanh/", "thuc-hanh/th01/", "thuc-hanh/th03/",
    "moc/mc1/", "tu-ra-soat/tr-dai-bieu/", "tra-cuu/danh-muc-noi-dung/", "tra-cuu/ky-hop-dang-chuan-bi/",
    "tra-cuu/moc-quy-che/", "tra-cuu/phieu-nghien-cuu/", "tra-cuu/rut-kinh-nghiem/", "tra-cuu/thuat-ngu/",
    "tra-cuu/tai-ve-va-in/", "loai-nghi-quyet/ln01/", "tra-cuu/thoi-han/", "tra-cuu/doi-chieu/", "nguon/",
]  # fmt: skip
PAGES = [*KINDS, *TOOLS]
# 1280 × 1024 at 400 %: as many pixels of the screen, a quarter of the places.
ZOOMED: Any = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}
HALF: Any = {"width": 640, "height": 720}


def ready(page: Page, address: str, path: str) -> None:
    """Open a page as it is when its scripts are done, everything unfolded."""
    page.goto(f"{address}/{path}")
    wait_until(page, DONE)
    page.evaluate("document.fonts.ready")
    page.evaluate("document.querySelectorAll('article details').forEach(one => one.open = true)")


# Narrow, spaced, large ------------------------------------------------------------------------------


@pytest.mark.parametrize("share", SOME_OR_ALL)
@pytest.mark.parametrize(
    ("options", "is_spaced"),
    [(ZOOMED, False), ({"viewport": PHONE}, True), pytest.param({"viewport": DESKTOP}, True, marks=pytest.mark.full)],
    ids=["400 %", "spaced on a phone", "spaced at a desk"],
)
def test_no_word_is_cut_or_covered(lender: Lender, address: str, options: Any, is_spaced: bool, share: int) -> None:
    context = lender.lend(**options)
    page = context.new_page()
    faults = {}
    for path in some_of(PAGES, share):
        ready(page, address, path)
        if is_spaced:
            text_spaced(page)
        if told := found(page, CUT, OVER):
            faults[path] = told
    context.close()
    assert faults == {}


@pytest.mark.full
def test_letters_twice_as_large_cut_nothing(browser: Browser, address: str, tmp_path: Path) -> None:
    """As a reader sets it in the browser: 32 px instead of 16; that takes a profile."""
    (tmp_path / "Default").mkdir()
    large = {"webkit": {"webprefs": {"default_font_size": 32}}}
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(large), encoding="utf-8")
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=found_chromium(whole=True), args=CHROMIUM_FLAGS, service_workers="block"
    )
    page = context.new_page()
    faults = {}
    for path in PAGES:
        for size in (DESKTOP, HALF):
            page.set_viewport_size(size)
            ready(page, address, path)
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") in ("40px", "44px", "48px")
            if told := found(page, CUT, OVER):
                faults[f"{path} at {size['width']}"] = told
    context.close()
    assert faults == {}


@pytest.fixture
def sheet(lender: Lender, address: str) -> Iterator[Page]:
    """A sheet of paper at a phone's width, in which a test plants something."""
    context = lender.lend(viewport=PHONE)
    page = context.new_page()
    ready(page, address, "danh-muc/dm05/")
    yield page
    context.close()


@pytest.mark.parametrize(
    ("rules", "look", "fault"),
    [
        ("h1 { white-space: nowrap !important; overflow: hidden !important }", CUT, "cut: h1"),
        (".hd-item__text { max-height: 1em !important; overflow: hidden !important }", CUT, "cut: "),
        (".hd-main { width: 500px !important }", CUT, "the page is"),
        (".hd-facts { overflow: auto !important; white-space: nowrap !important }", CUT, "and holds no table"),
        (".hd-main { position: relative !important; top: 3rem !important }", OVER, "lies over"),
    ],
)
def test_each_way_to_lose_words_is_seen(sheet: Page, rules: str, look: str, fault: str) -> None:
    assert found(sheet, CUT, OVER) == []
    add_style(sheet, rules)
    assert [one for one in found(sheet, look) if fault in one], fault


# Nothing moves --------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", SOME_OR_ALL)
def test_nothing_moves_for_who_asked_for_that(lender: Lender, address: str, share: int) -> None:
    context = lender.lend(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    faults = {}
    for path in some_of(PAGES, share):
        ready(page, address, path)
        told = page.evaluate(MOVING)
        # What only comes when something is pressed.
        if path != "404.html":
            page.locator(".hd-share-open").press("Enter")
            expect(page.locator("#hd-share")).to_be_visible()
            told += page.evaluate(MOVING)
            page.keyboard.press("Escape")
        page.locator(".hd-key__drawer").press("Enter")
        told += page.evaluate(MOVING)
        if told:
            faults[path] = told
    context.close()
    assert faults == {}


def test_what_moves_is_seen(sheet: Page) -> None:
    """Planted: who did not ask for stillness has the theme's slow changes."""
    add_style(
        sheet, "html { scroll-behavior: smooth } h1 { animation: x 2s infinite } @keyframes x { to { opacity: 0.9 } }"
    )
    told = " ".join(sheet.evaluate(MOVING.replace(".slice(0, 6)", "")))
    assert "changes slowly" in told and "scrolls smoothly" in told and "h1. moves" in told and "runs: x" in told


# Two colours of the reader's own --------------------------------------------------------------------


@pytest.mark.parametrize("share", SOME_OR_ALL)
@pytest.mark.parametrize("size", [pytest.param(PHONE, marks=pytest.mark.full), DESKTOP], ids=["phone", "desktop"])
def test_in_two_colours_nothing_vanishes(lender: Lender, address: str, size: Any, share: int) -> None:
    context = lender.lend(viewport=size, forced_colors="active")
    page = context.new_page()
    faults = {}
    for path in some_of(PAGES, share):
        ready(page, address, path)
        if told := page.evaluate(VANISHED):
            faults[path] = told
    context.close()
    assert faults == {}


def look(page: Page, one: Locator | ElementHandle) -> bytes:
    """Take a picture of a control with what stands round it, nothing moving."""
    one.scroll_into_view_if_needed()
    box = one.bounding_box()
    assert box
    clip = {
        "x": max(0, box["x"] - 8),
        "y": max(0, box["y"] - 8),
        "width": box["width"] + 16,
        "height": box["height"] + 16,
    }
    return page.screenshot(clip=clip, animations="disabled", caret="hide")  # type: ignore[arg-type]


# A control that has states, by page: what is looked at, and what changes it.
STATES = [
    ("danh-muc/dm05/", ".hd-tick >> nth=0", "check"),
    ("danh-muc/dm05/", ".hd-progress progress >> nth=0", "tick"),
    ("danh-muc/dm05/", "details.hd-why > summary >> nth=0", "press"),
    ("danh-muc/dm05/", ".hd-na >> nth=0", "na"),
    ("thuc-hanh/th01/", ".hd-choose--radio >> nth=0", "check"),
    ("thuc-hanh/th03/", ".hd-choose--checkbox >> nth=0", "check"),
    ("tu-ra-soat/tr-dai-bieu/", ".hd-option input >> nth=0", "check"),
    ("moc/mc1/", ".hd-choose--checkbox >> nth=0", "check"),
    ("tra-cuu/tien-do/", "[aria-pressed=false] >> nth=0", "press board"),
    ("bieu-mau/bm10/", ".md-sidebar--primary a.md-nav__link--active:visible >> nth=-1", "current"),
    ("bieu-mau/bm10/", ".md-tabs__item--active .md-tabs__link", "current"),
]


@pytest.mark.parametrize(
    ("path", "selector", "change"), [*STATES[:1], *(pytest.param(*one, marks=pytest.mark.full) for one in STATES[1:])]
)
def test_in_two_colours_a_state_looks_unlike_the_other(
    lender: Lender, address: str, path: str, selector: str, change: str
) -> None:
    context = lender.lend(viewport=DESKTOP, forced_colors="active", reduced_motion="reduce")
    context.set_default_timeout(6000)
    page = context.new_page()
    page.goto(f"{address}/{path}")
    wait_until(page, DONE)
    if change == "press board":
        page.locator("#bang-khai-mac").fill("2026-12-17")
        page.locator("#bang-vai-tro").select_option(index=2)
        page.locator("#bang-vai-tro").blur()
    if change == "na":
        page.locator("details.hd-why > summary").first.press("Enter")
    one = page.locator(selector).element_handle()
    before = look(page, one)
    if change == "check":
        one.check()
        one.evaluate("one => one.blur()")
    elif change == "tick":
        page.locator(".hd-tick").first.check()
    elif change == "current":
        one.evaluate("one => { one.classList.remove('md-nav__link--active');"
                     " one.parentElement.classList.remove('md-tabs__item--active'); }")  # fmt: skip
    elif change == "press board":
        # A choice between two: the one that was pressed against itself unpressed.
        one.press("Enter")
        one = page.locator("[aria-pressed=true]").first.element_handle()
        one.evaluate("one => one.blur()")
        before = look(page, one)
        one.evaluate("one => one.setAttribute('aria-pressed', 'false')")
    else:
        one.press("Enter")
        one.evaluate("one => one.blur()")
    assert look(page, one) != before, selector
    context.close()


FOCUSED = [
    ("danh-muc/dm05/", ".hd-tick >> nth=0"), ("danh-muc/dm05/", "details.hd-why > summary >> nth=0"),
    ("danh-muc/dm05/", ".hd-lead .md-button >> nth=0"), ("danh-muc/dm05/", "article .hd-facts a >> nth=0"),
    ("danh-muc/dm05/", ".hd-share-open"), ("danh-muc/dm05/", ".md-nav__link:visible >> nth=1"),
    ("tra-cuu/tien-do/", "#bang-khai-mac"), ("tra-cuu/tien-do/", "#bang-vai-tro"),
    ("thuc-hanh/th01/", ".hd-choose--radio >> nth=0"), ("tra-cuu/soat-loi-du-thao/", "article textarea >> nth=0"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "selector"), FOCUSED)
@pytest.mark.parametrize("colours", ["active", "none"])
@pytest.mark.full
def test_the_focus_is_seen_in_any_colours(lender: Lender, address: str, path: str, selector: str, colours: Any) -> None:
    context = lender.lend(viewport=DESKTOP, forced_colors=colours, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/{path}")
    wait_until(page, DONE)
    one = page.locator(selector)
    before = look(page, one)
    one.focus()
    # The browser shows a ring for what keys reach.
    page.keyboard.press("Shift")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(one).to_be_focused()
    assert look(page, one) != before, selector
    context.close()


@pytest.mark.parametrize(
    ("path", "rules", "fault"),
    [
        (
            "danh-muc/dm05/",
            ".md-nav__icon::after { forced-color-adjust: auto !important; background: red !important }",
            "an icon is gone",
        ),
        ("danh-muc/dm05/", ".hd-tick::before { border: 0 !important }", "no edge: input.hd-tick"),
        ("tra-cuu/tien-do/", ".hd-field { border: 0 !important }", "no edge: input.hd-field"),
    ],
)
@pytest.mark.full
def test_what_vanishes_is_seen(lender: Lender, address: str, path: str, rules: str, fault: str) -> None:
    context = lender.lend(viewport=DESKTOP, forced_colors="active")
    page = context.new_page()
    ready(page, address, path)
    assert page.evaluate(VANISHED) == []
    add_style(page, rules)
    told = page.evaluate(VANISHED)
    context.close()
    assert [one for one in told if fault in one], fault


# Without script -------------------------------------------------------------------------------------

# What the tools of a page cannot do, and what is there instead; '' is the paper that the page itself prints.
INSTEAD = {
    "": "tra-cuu/thoi-han/",
    "tra-cuu/tien-do/": "tra-cuu/thoi-han/",
    "tra-cuu/chuong-trinh/": "bieu-mau/bm10/",
    "tra-cuu/soat-loi-du-thao/": "danh-muc/dm04/",
    "tra-cuu/danh-muc-noi-dung/": "bieu-mau/bm07/",
    "tra-cuu/ky-hop-dang-chuan-bi/": "tra-cuu/tai-ve-va-in/",
    "tra-cuu/moc-quy-che/": "",
    "tra-cuu/phieu-nghien-cuu/": "",
    "tra-cuu/rut-kinh-nghiem/": "",
}


def test_without_script_a_tool_says_what_to_use_instead(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    for path, instead in INSTEAD.items():
        page.goto(f"{address}/{path}")
        told = page.locator("[data-hd-no-script], .hd-without-script").filter(visible=True)
        expect(told.first).to_contain_text("Trình duyệt này chưa chạy được")
        if instead:
            link = told.get_by_role("link")
            assert str(link.first.evaluate("one => one.href")) == f"{address}/{instead}", path
    context.close()


@pytest.mark.parametrize("share", SOME_OR_ALL)
def test_with_script_no_page_says_that_it_has_none(lender: Lender, address: str, share: int) -> None:
    context = lender.lend(viewport=PHONE)
    page = context.new_page()
    for path in some_of(INSTEAD, share):
        page.goto(f"{address}/{path}")
        wait_until(page, DONE)
        expect(page.get_by_text("Trình duyệt này chưa chạy được").filter(visible=True)).to_have_count(0)
    context.close()


WORDS_WITH = """() => {
  const all = new Set();
  const walk = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    const text = walk.currentNode.data.replace(/\\s+/g, " ").trim();
    if (text.length > 25 && !parent.closest("script, style, template, option, [hidden], .hd-script, .hd-no-js, .hd-hidden, .hd-screen, .hd-sheet-head"))
      all.add([text, parent.checkVisibility({ contentVisibilityAuto: false }) || Boolean(parent.closest("details"))].join("\\t"));
  }
  return [...all];
}"""


@pytest.mark.parametrize("share", SOME_OR_ALL)
def test_without_script_every_sentence_can_be_read(browser: Browser, address: str, share: int) -> None:
    """What the page brings is shown, or folded in what opens without script."""
    context = browser.new_context(java_script_enabled=False, viewport=DESKTOP)
    page = context.new_page()
    hidden = {}
    for path in some_of(PAGES, share):
        page.goto(f"{address}/{path}")
        told = [line.split("\t") for line in page.evaluate(WORDS_WITH)]
        assert told, path
        if lost := [text for text, is_shown in told if is_shown != "true"]:
            hidden[path] = lost[:4]
    context.close()
    assert hidden == {}


# On paper -------------------------------------------------------------------------------------------

FOLDED = {
    "han-che/hc1/": "article details:not(.hd-no-print)",
    "giai-phap/gp2/": "article details:not(.hd-no-print)",
    "vai-tro/thuong-truc/": "article details:not(.hd-no-print)",
    "loai-nghi-quyet/ln01/": "article details:not(.hd-no-print)",
    "tra-cuu/thoi-han/": "article details:not(.hd-no-print)",
}


def on_paper(page: Page) -> str:
    return "".join(pages_of(page.pdf(prefer_css_page_size=True))).replace(" ", "")


def folded_words(page: Page, selector: str) -> list[str]:
    """Return the lines in what is folded."""
    told = page.eval_on_selector_all(
        selector,
        "all => all.filter(one => !one.open).flatMap(one => [...one.querySelectorAll('li, p')].map(e => e.textContent))",
    )
    return ["".join(folded_space(line).split())[:40] for line in told if line.strip()]


@pytest.mark.parametrize(
    "path", [next(iter(FOLDED)), *(pytest.param(one, marks=pytest.mark.full) for one in [*FOLDED][1:])]
)
@pytest.mark.parametrize(
    "knows", [True, pytest.param(False, marks=pytest.mark.full)], ids=["new browser", "old browser"]
)
def test_what_is_folded_is_printed_open(browser: Browser, address: str, path: str, knows: bool) -> None:
    """Newer browsers unfold by style, older ones by script; afterwards all is folded again."""
    context = browser.new_context(viewport=DESKTOP, service_workers="block")
    page = context.new_page()
    if not knows:
        page.add_init_script("""
          const known = CSS.supports.bind(CSS);
          CSS.supports = (...asked) => !String(asked).includes("details-content") && known(...asked);
        """)
    page.goto(f"{address}/{path}")
    wait_until(page, DONE)
    if not knows:
        # As if the browser did not know the part.
        add_style(
            page, "@media print { details:not([open])::details-content { content-visibility: hidden !important } }"
        )
    words = folded_words(page, FOLDED[path])
    assert len(words) > 2
    paper = on_paper(page)
    assert [line for line in words if line not in paper] == []
    wait_until(page, "!document.querySelector('article details.hd-basis[open]')")
    assert folded_words(page, FOLDED[path]) == words, "folded again"
    context.close()
