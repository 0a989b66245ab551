"""The site as a delegate meets it: by phone and desktop, keyboard, screen reader rules, paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from knowledge.records.knowledge_base import KnowledgeBase
from tests.browsing import (
    DESKTOP,
    DONE,
    PHONE,
    accessibility_faults,
    add_style,
    await_frames,
    page_count,
    stays_too_wide,
    wait_until,
)
from tests.conftest import PUBLIC
from tests.lending import Lender
from tests.sample import SOME_OR_ALL, some_of
from tests.test_content import ROLES

# One page of each look, of which `make test` draws some; `make test-full` opens all pages.
KINDS = [
    "", "ky-hop/b4/", "vai-tro/thuong-truc/", "danh-muc/dm05/", "bieu-mau/bm01/", "han-che/hc1/", "giai-phap/gp2/",
    "can-cu/luat-72-2025/", "tra-cuu/tb183/", "tra-cuu/viet-bai/", "tra-cuu/ban-do/", "404.html",
]  # fmt: skip
# Those that between them use every colour.
COLOURED = ["danh-muc/dm05/", "tra-cuu/ban-do/", "han-che/hc1/"]
# One whose side bar has scrolled away below its heading, and one with several papers.
BESIDE = ["bieu-mau/bm22/", "vai-tro/thuong-truc/"]


@pytest.fixture(params=["phone", pytest.param("desktop", marks=pytest.mark.full)])
def page(request: pytest.FixtureRequest, lender: Lender, address: str) -> Iterator[Page]:
    """A page at one of the two sizes that refuses, and remembers, requests to other places."""
    phone = request.param == "phone"
    context = lender.lend(viewport=PHONE if phone else DESKTOP, has_touch=phone)
    foreign: list[str] = []

    def refuse(route: Route) -> None:
        foreign.append(route.request.url)
        route.abort()

    context.route(lambda url: not url.startswith((address, "data:")), refuse)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert foreign == [], "requests to other places"
    assert faults == [], "script errors"


def test_from_home_to_the_solution_quoted_in_full(page: Page, address: str) -> None:
    """Home → HC1 → its part HC1e → item of DM05 → guide of the Standing Committee → GP in full."""
    page.goto(f"{address}/")
    expect(page.locator("h1")).to_have_text("Kỳ họp tới: việc gì, hạn nào, ai làm?¶")

    page.locator(".hd-cards a", has_text="Nghị quyết chưa bám sát luật").first.click()
    expect(page).to_have_url(f"{address}/han-che/hc1/")
    main_action = page.locator(".hd-lead .md-button--primary")
    expect(main_action).to_be_in_viewport()
    expect(page.locator(".hd-main")).to_be_in_viewport()

    part = page.locator("#hc1e + .hd-part")
    part.scroll_into_view_if_needed()
    expect(part.locator("blockquote")).to_contain_text("Thiếu nội dung giám sát thường xuyên của HĐND")
    part.locator(".hd-stop a[href*='dm05']").first.click()
    expect(page).to_have_url(f"{address}/danh-muc/dm05/#giam-sat-thuong-xuyen")
    item = page.locator("#giam-sat-thuong-xuyen")
    expect(item).to_be_in_viewport()
    expect(item).to_contain_text("Trọng yếu")
    item.locator("summary").click()
    expect(item.locator("details")).to_contain_text("Luật 72/2025, Điều 21 khoản 8")

    page.locator(".hd-facts a", has_text="Thường trực HĐND").click()
    expect(page).to_have_url(f"{address}/vai-tro/thuong-truc/")
    expect(page.locator(".hd-first li:visible")).to_have_count(3)
    drafting = page.locator("#b3 + .hd-step")
    expect(drafting).to_contain_text("Xác định cơ quan quyết định")
    drafting.locator("summary", has_text="Các mục còn lại").first.click()
    expect(drafting.get_by_text("Chọn ít nhất một nghị quyết")).to_be_visible()

    page.goto(f"{address}/danh-muc/dm05/#giam-sat-nghi-quyet")
    why = page.locator("#giam-sat-nghi-quyet details")
    why.locator("summary").click()
    why.locator("a", has_text="Giám sát việc thực hiện nghị quyết").click()
    expect(page).to_have_url(f"{address}/giai-phap/gp4/")
    page.locator(".hd-basis summary").click()
    expect(page.locator(".hd-basis blockquote")).to_contain_text("Bốn là, Thường trực HĐND")
    expect(page.locator(".hd-basis blockquote")).to_contain_text("đề xuất giải pháp khắc phục kịp thời.")


def test_no_page_is_wider_than_the_screen(browser: Browser, address: str) -> None:
    """At 360 px, at 1280 px, and at 1280 px with 200 % zoom, which are 640 CSS px."""
    context = browser.new_context(service_workers="block")
    opened = context.new_page()
    for path in some_of(KINDS, 3):
        opened.goto(f"{address}/{path}")
        for width in (360, 640, 1280):
            assert not stays_too_wide(opened, width), f"{path or 'home'} is wider than {width} px"
    context.close()


@pytest.mark.parametrize(
    ("scheme", "size", "paths"),
    [
        ("light", PHONE, some_of(KINDS, 4)),
        ("dark", PHONE, some_of(COLOURED, 3)),
        ("light", DESKTOP, some_of(BESIDE, 2)),
    ],
)
def test_no_accessibility_fault(browser: Browser, address: str, scheme: str, size: Any, paths: list[str]) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme, service_workers="block")  # type: ignore[arg-type]
    opened = context.new_page()
    found = []
    for path in paths:
        opened.goto(f"{address}/{path}")
        wait_until(opened, "document.querySelector('.md-search').hasAttribute('aria-label')")
        found += [f"{path}: {fault}" for fault in accessibility_faults(opened)]
    context.close()
    assert found == []


def test_dark_and_light_follow_the_device(browser: Browser, address: str) -> None:
    colours = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, service_workers="block")  # type: ignore[arg-type]
        opened = context.new_page()
        opened.goto(f"{address}/")
        colours[scheme] = opened.evaluate("getComputedStyle(document.body).backgroundColor")
        context.close()
    assert colours["light"] == "rgb(255, 255, 255)" and colours["dark"] != colours["light"]


MARKED = """() => {
  const seen = { changes: [], stood: 0 };
  window.marked = seen;
  new MutationObserver((all) => {
    if (!document.body || !document.querySelector("article")) return;
    seen.stood = 1;
    for (const { target, attributeName, oldValue } of all)
      if (target === document.documentElement && target.getAttribute(attributeName) !== oldValue) seen.changes.push([attributeName, oldValue]);
  }).observe(document, {
    subtree: true, attributes: true, attributeOldValue: true, childList: true, attributeFilter: ["class", "data-js-focus-visible"],
  });
}"""
SCHEMES = """() => ({
  class: document.documentElement.className, own: [...document.querySelectorAll("meta[name=color-scheme]")].map((one) => one.content),
  root: getComputedStyle(document.body).colorScheme, bars: getComputedStyle(document.querySelector(".md-header")).colorScheme,
})"""


@pytest.mark.corner
@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
def test_what_the_theme_marks_is_marked_before_the_page_stands(
    browser: Browser, address: str, scheme: str, other: str
) -> None:
    """Each mark on the whole page, and each element that names the colours of its bars, has a page that stands styled anew."""
    context = browser.new_context(color_scheme=scheme, service_workers="block")  # type: ignore[arg-type]
    context.add_init_script(f"({MARKED})()")
    page = context.new_page()
    page.goto(f"{address}/han-che/hc1/")
    wait_until(page, DONE)
    await_frames(page)
    seen = page.evaluate("window.marked")
    assert seen == {"changes": [], "stood": 1}
    now = page.evaluate(SCHEMES)
    assert "js" in now["class"].split() and "no-js" not in now["class"].split()
    assert now["own"] == [scheme] and now["root"] == now["bars"] == scheme
    # Somebody changes the colours: what the browser draws itself follows, and so it is after a reload.
    page.locator("[data-md-component=palette] label:not([hidden])").click()
    wait_until(page, f"document.querySelector('meta[name=color-scheme]').content === '{other}'")
    assert page.evaluate(SCHEMES) == {**now, "own": [other], "root": other, "bars": other}
    page.reload()
    wait_until(page, DONE)
    assert page.evaluate(SCHEMES)["own"] == [other]
    context.close()


FADING = "window.fading = 0; document.addEventListener('transitionrun', () => (window.fading += 1), true);"


def fading(page: Page) -> int:
    """Change the colours of a page; return how many things begin to change slowly, until they are marked as changing no more."""
    before = page.locator("body").get_attribute("data-md-color-scheme")
    page.evaluate("window.fading = 0")
    page.evaluate("document.querySelector('[data-md-component=palette] label:not([hidden])').click()")
    wait_until(page, "before => document.body.getAttribute('data-md-color-scheme') !== before", before)
    wait_until(page, "!document.documentElement.hasAttribute('data-hd-switching')")
    await_frames(page)
    found: int = page.evaluate("window.fading")
    return found


def test_when_colours_change_nothing_fades(browser: Browser, address: str) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.add_init_script(FADING)
    page.goto(f"{address}/han-che/hc1/")
    wait_until(page, DONE)
    assert fading(page) == 0
    # The test can fail.
    add_style(page, "[data-hd-switching] * { transition-duration: 0.2s !important; }")
    assert fading(page) > 10
    context.close()


def test_text_is_large_and_in_the_bundled_font(page: Page, address: str) -> None:
    page.goto(f"{address}/han-che/hc1/")
    size, line, family = page.evaluate(
        "(() => {const s = getComputedStyle(document.querySelector('.hd-part li'));"
        "return [parseFloat(s.fontSize), parseFloat(s.lineHeight) / parseFloat(s.fontSize), s.fontFamily]})()"
    )
    assert size >= 17 and line >= 1.5
    if page.viewport_size and page.viewport_size["width"] >= 720:
        assert family.startswith('"Be Vietnam Pro"')
        wait_until(page, "document.fonts.check('17px \"Be Vietnam Pro\"', 'ếộđ')")
        loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length")
        assert loaded == 2, "both weights of the font"
    else:
        assert "Be Vietnam" not in family, "a phone has letters of its own"
    quoted = page.evaluate("getComputedStyle(document.querySelector('.hd-quote p')).fontFamily")
    assert "serif" in quoted and "Be Vietnam" not in quoted, "a source's words are set apart"


def test_a_phone_uses_letters_of_its_own(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("", "han-che/hc1/", "danh-muc/dm04/"):
        page.goto(f"{address}/{path}", wait_until="networkidle")
    assert [one for one in asked if one.endswith(".woff2")] == [] and len(asked) > 10
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("-apple-system, Roboto")
    context.close()


def test_targets_are_large_enough_for_a_thumb(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, service_workers="block")
    opened = context.new_page()
    for path, targets in {
        "": ".hd-board .hd-field, .hd-titles a",
        "danh-muc/dm05/": ".hd-why summary, .hd-buttons .md-button",
    }.items():
        opened.goto(f"{address}/{path}")
        # The button that prints is shown by its script, which may come after the page.
        wait_until(opened, "!document.querySelector('.hd-buttons [hidden]')")
        heights = opened.eval_on_selector_all(targets, "all => all.map(e => e.getBoundingClientRect().height)")
        assert heights and min(heights) >= 44, path
    context.close()


def test_the_keyboard_reaches_the_main_action(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESKTOP, service_workers="block")
    opened = context.new_page()
    opened.goto(f"{address}/han-che/hc1/")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent").strip() == "Bỏ qua, tới nội dung"
    opened.keyboard.press("Enter")
    for _ in range(12):
        opened.keyboard.press("Tab")
        if "md-button--primary" in (opened.evaluate("document.activeElement.className") or ""):
            break
    else:
        raise AssertionError("the main action is not near the skip link's target")
    outline = opened.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "focus is visible"
    opened.keyboard.press("Enter")
    expect(opened).to_have_url(re.compile(r"/danh-muc/dm\d\d/$"))
    context.close()


def test_without_script_everything_is_readable(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    opened = context.new_page()
    opened.goto(f"{address}/danh-muc/dm05/")
    assert opened.locator("li.hd-item").count() == 15
    expect(opened.locator("[data-hd-print]")).to_be_hidden()
    why = opened.locator("#chu-the details")
    why.locator("summary").click()
    expect(why.locator("li").first).to_be_visible()
    context.close()


def test_without_script_no_page_is_wider_than_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    opened = context.new_page()
    sizes = context.new_cdp_session(opened)
    wide = {}
    for path in some_of(KINDS, 3):
        opened.goto(f"{address}/{path}")
        width = sizes.send("Page.getLayoutMetrics")["cssContentSize"]["width"]
        if width > PHONE["width"]:
            wide[path] = width
    context.close()
    assert wide == {}


@pytest.mark.parametrize("share", SOME_OR_ALL)
def test_every_sheet_prints_on_one_page(browser: Browser, address: str, kb: KnowledgeBase, share: int) -> None:
    """A sheet that runs over a page loses its last round and the line to sign."""
    context = browser.new_context(viewport=DESKTOP, service_workers="block")
    opened = context.new_page()
    too_long = {}
    for sheet in some_of(kb.checklists, share):
        opened.goto(f"{address}/danh-muc/{sheet.lower()}/")
        pages = page_count(opened.pdf(prefer_css_page_size=True))
        if pages != (2 if kb.checklists[sheet].branches else 1):
            too_long[sheet] = pages
    context.close()
    assert len(kb.checklists) >= 24 and too_long == {}


def test_how_to_use_the_site_prints_on_one_page(browser: Browser, address: str) -> None:
    """It is laid beside the telephone; what only helps on a screen stays there."""
    context = browser.new_context(viewport=DESKTOP, service_workers="block")
    opened = context.new_page()
    opened.goto(f"{address}/tra-cuu/cach-dung/")
    expect(opened.locator("#khong-mang")).to_be_visible()
    pages = page_count(opened.pdf(prefer_css_page_size=True))
    context.close()
    assert pages == 1


@pytest.mark.full
def test_every_sheet_still_fits_with_address_and_code(browser: Browser, kb: KnowledgeBase, public: Path) -> None:
    """As published: the code and the address take room at the foot."""
    context = browser.new_context(viewport=DESKTOP, service_workers="block")
    opened = context.new_page()
    for sheet in kb.checklists:
        opened.goto(f"{(public / 'danh-muc' / sheet.lower() / 'index.html').as_uri()}")
        assert page_count(opened.pdf(prefer_css_page_size=True)) == (2 if kb.checklists[sheet].branches else 1), sheet
    opened.goto(f"{(public / 'danh-muc/dm21/index.html').as_uri()}")
    opened.emulate_media(media="print")
    opened.set_viewport_size({"width": 711, "height": 1062})
    picture = Image.open(io.BytesIO(opened.locator(".hd-qr").screenshot(scale="css")))
    (code,) = zxingcpp.read_barcodes(picture.resize((400, 400)))
    assert code.text == f"{PUBLIC}danh-muc/dm21/"
    expect(opened.locator(".hd-stamp").last).to_contain_text("vi-du.vn/so-tay/danh-muc/dm21/")
    expect(opened.locator(".hd-sheet-head")).to_contain_text("Kỳ họp thứ")
    near = opened.eval_on_selector_all(
        ".hd-item",
        "all => all.map(e => e.querySelector('.hd-item__text').getClientRects()[0].left"
        " - e.querySelector('.hd-box').getBoundingClientRect().right)",
    )
    assert len(near) == 15 and max(near) <= 5 / 25.4 * 96, "a box stands within 5 mm of its text"
    context.close()


@pytest.mark.parametrize("role_id", ROLES)
@pytest.mark.full
def test_a_guide_is_read_on_a_phone_in_the_order_of_the_stages(browser: Browser, address: str, role_id: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, service_workers="block")
    opened = context.new_page()
    opened.goto(f"{address}/vai-tro/{role_id}/")
    expect(opened.locator(".hd-main")).to_be_in_viewport()
    headings = opened.eval_on_selector_all("h2[id]", "all => all.map(e => e.id)")
    assert headings[0] == "viec-lam-truoc" and headings[-1] == "buoc-tiep-theo"
    stages = [heading for heading in headings if re.fullmatch(r"b[1-9]", heading)]
    assert stages == sorted(stages) and stages
    assert opened.locator(".hd-first li:visible").count() == 3
    wide = opened.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide
    heights = opened.eval_on_selector_all(".hd-step summary", "all => all.map(e => e.getBoundingClientRect().height)")
    assert all(height >= 44 for height in heights)
    context.close()


def test_a_checklist_prints_on_one_page_black_on_white(browser: Browser, address: str, tmp_path: Path) -> None:
    context = browser.new_context(viewport=DESKTOP, color_scheme="dark", service_workers="block")
    opened = context.new_page()
    opened.goto(f"{address}/danh-muc/dm05/")
    assert page_count(opened.pdf(prefer_css_page_size=True, path=tmp_path / "dm05.pdf")) == 1
    opened.emulate_media(media="print")
    for hidden in (".md-header", ".md-tabs", ".md-footer", ".md-sidebar", ".hd-buttons", ".hd-why"):
        assert not opened.locator(hidden).first.is_visible(), hidden
    sizes = opened.eval_on_selector_all(
        ".hd-item__text, .hd-answer, .hd-stamp, .hd-by",
        "all => all.map(e => parseFloat(getComputedStyle(e).fontSize) * 0.75)",
    )
    assert min(sizes) >= 11.99, "nothing below 12 pt"
    items = opened.eval_on_selector_all(
        ".hd-item__text",
        "all => all.map(e => {const s = getComputedStyle(e);"
        "return [parseFloat(s.fontSize) * 0.75, parseFloat(s.lineHeight) / parseFloat(s.fontSize), s.color]})",
    )
    assert len(items) == 15
    assert all(size >= 13.99 and line >= 1.21 and ink == "rgb(0, 0, 0)" for size, line, ink in items)
    box = opened.eval_on_selector(
        ".hd-box",
        "e => {const s = getComputedStyle(e); return [s.borderTopStyle, parseFloat(s.borderTopWidth)]}",
    )
    assert box[0] == "solid" and box[1] >= 1, "a real border, not a background"
    context.close()


def test_a_term_tells_its_meaning_to_pointer_and_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/dai-bieu-moi/")
    term = page.locator("article a[href*='thuat-ngu/#']").first
    term.focus()
    expect(page.locator(".md-tooltip2--active")).to_contain_text("trước khi trình HĐND")


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.full)], ids=["script", "no script"])
def test_the_way_back_to_the_top_lies_over_no_text(browser: Browser, address: str, script: bool) -> None:
    """It stands in the page, has a frame in forced colours, and needs no script."""
    context = browser.new_context(
        viewport=PHONE, java_script_enabled=script, forced_colors="active", service_workers="block"
    )
    page = context.new_page()
    page.goto(f"{address}/han-che/hc1/")
    back = page.get_by_role("link", name="Lên đầu trang")
    back.scroll_into_view_if_needed()
    assert page.locator("h1").bounding_box()["y"] < 0  # type: ignore[index]
    # What is fixed or sticks lies over what scrolls below it: the header alone may.
    over = page.locator("main, main *").evaluate_all(
        "all => all.filter(e => getComputedStyle(e).position === 'fixed' && e.checkVisibility({opacityProperty: true})"
        " && e.getBoundingClientRect().width && !e.closest('.md-sidebar')).map(e => e.className)"
    )
    assert over == []
    frame = back.evaluate("e => [getComputedStyle(e).borderTopStyle, e.getBoundingClientRect().height]")
    assert frame[0] == "solid" and frame[1] >= 44
    back.click()
    expect(page.locator("h1")).to_be_in_viewport()
    context.close()
