"""A sheet in the hand: short items, few stops, each read once, nothing over the field, the way back to where one was."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from selectolax.lexbor import LexborHTMLParser

from knowledge.records.knowledge_base import KnowledgeBase
from tests.browsing import DESKTOP, accessibility_faults, add_style, await_colours, wait_until
from tests.lending import Lender
from tests.sample import SOME_OR_ALL, some_of
from tests.test_ticks import document_with, item, put_first, set_aside

PHONE: Any = {"width": 360, "height": 740}
SHEETS = ["DM07", "DM12", "DM15", "DM16"]
SHORT, LINE = 120, 27
"""Pixels that an item of two lines may take, and each line more."""
LONG = "Báo cáo thẩm tra của Ban Kinh tế – Ngân sách ngày 05/12/2026; phụ lục 2, biểu số 3 còn thiếu cột dự toán"

Go = Callable[..., Page]


@pytest.fixture
def go(lender: Lender, address: str) -> Iterator[Go]:
    """Open a page on a phone; a script error anywhere fails the test."""
    context = lender.lend(viewport=PHONE, has_touch=True, reduced_motion="reduce")
    context.set_default_timeout(8000)
    faults: list[str] = []

    def open_page(path: str = "danh-muc/dm07/", script: str = "") -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        if script:
            page.add_init_script(script)
        page.goto(f"{address}/{path}")
        if path.startswith("danh-muc/dm"):
            page.wait_for_selector(".hd-tick")
            page.evaluate("document.fonts.ready")
        return page

    yield open_page
    context.close()
    assert faults == []


# Short items --------------------------------------------------------------------------------------

TOO_TALL = """([most, line]) => [...document.querySelectorAll("li.hd-item")].map(li => {
  const lines = [...li.querySelectorAll(".hd-item__text, .hd-by:not([hidden])")]
    .reduce((sum, one) => sum + Math.round(one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)), 0);
  return [li.id, li.offsetHeight, lines];
}).filter(([, height, lines]) => height > most + line * Math.max(0, lines - 2))"""


def too_tall(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate(TOO_TALL, [SHORT, LINE])
    return found


@pytest.mark.parametrize("share", SOME_OR_ALL)
def test_an_untouched_item_takes_its_text_and_one_row(go: Go, share: int) -> None:
    for sheet in some_of(SHEETS, share):
        page = go(f"danh-muc/{sheet.lower()}/")
        assert too_tall(page) == [], sheet
        small = page.eval_on_selector_all(
            ".hd-item :is(.hd-tick, .hd-value, .hd-why > summary)",
            "all => all.filter(e => e.checkVisibility()).map(e => [e.className, e.offsetWidth, e.offsetHeight])"
            ".filter(([, width, height]) => width < 44 || height < 44)",
        )
        assert small == [], sheet
        # The label in a field is whole, and nothing lies on anything else.
        squeezed = page.eval_on_selector_all(
            ".hd-answer > span:first-child",
            "all => all.filter(e => e.scrollHeight > 45 || e.scrollWidth > e.clientWidth + 1"
            " || e.getBoundingClientRect().right > e.closest('li').querySelector('summary').getBoundingClientRect().left)"
            ".map(e => e.textContent)",
        )
        assert squeezed == [], sheet
        boxes = page.eval_on_selector_all(
            ".hd-tick", "all => [...new Set(all.map(e => e.getBoundingClientRect().left))]"
        )
        assert len(boxes) == 1, "the boxes stand in one column"
        page.close()


@pytest.mark.corner
def test_the_measure_sees_items_as_they_were(go: Go) -> None:
    """Planted: what unfolds the reasons on a line of its own, as before."""
    page = go("danh-muc/dm12/")
    add_style(page, ".hd-ticking .md-typeset .hd-item details.hd-why > summary {position: static !important}")
    assert len(too_tall(page)) >= 14


def test_without_script_the_lines_to_write_on_stay(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/danh-muc/dm12/")
    lines = page.locator(".hd-answer .hd-slot")
    assert lines.count() == 15
    assert min(lines.evaluate_all("all => all.map(e => e.offsetWidth)")) >= 90
    expect(page.locator(".hd-why summary").first).to_have_text(re.compile("^Vì sao"))
    context.close()


@pytest.mark.corner
def test_the_field_opens_when_touched_and_all_that_is_typed_is_in_sight(go: Go) -> None:
    page = go()
    answer = page.locator("#khao-sat .hd-answer")
    field = answer.locator(".hd-value")
    label = answer.locator("span").first
    at = label.bounding_box()
    narrow = field.bounding_box()
    page.touchscreen.tap(narrow["x"] + 40, narrow["y"] + 20) if narrow and narrow["y"] < 700 else field.tap()
    expect(field).to_be_focused()
    wide, above, more = field.bounding_box(), label.bounding_box(), page.locator("#khao-sat summary").bounding_box()
    assert at and narrow and wide and above and more
    assert wide["width"] > narrow["width"] + 60
    assert above["y"] + above["height"] <= wide["y"] + 1, "its label stands above it"
    assert abs(above["y"] - more["y"]) < 2, "the rest stays where it was"
    page.keyboard.type("một\nhai")
    expect(field).to_have_value("mộthai")
    field.fill("một\nhai")
    expect(field).to_have_value("một hai")
    field.fill(LONG)

    def hidden_part() -> int:
        return int(field.evaluate("e => e.scrollHeight - e.clientHeight"))

    assert hidden_part() <= 0 and field.evaluate("e => e.offsetHeight") > 88
    field.evaluate("e => e.style.height = ''")
    assert hidden_part() > 0, "planted: as tall as one line it would hide some"
    page.reload()
    page.wait_for_selector(".hd-tick")
    page.evaluate("document.fonts.ready")
    expect(field).to_have_value(LONG)
    expect(answer).to_have_class(re.compile("--open"))
    wait_until(page, "(e => e.scrollHeight <= e.clientHeight)(document.querySelector('#khao-sat .hd-value'))")
    page.set_viewport_size({"width": 320, "height": 740})
    wait_until(page, "(e => e.scrollHeight <= e.clientHeight)(document.querySelector('#khao-sat .hd-value'))")


@pytest.mark.corner
def test_by_keys_a_field_opens_and_closes_again_when_nothing_was_typed(go: Go) -> None:
    page = go()
    page.locator("#khao-sat .hd-tick").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#khao-sat .hd-answer")).to_have_class(re.compile("--open"))
    page.keyboard.press("Tab")
    expect(page.locator("#khao-sat .hd-answer")).not_to_have_class(re.compile("--open"))
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("x")
    page.keyboard.press("Tab")
    expect(page.locator("#khao-sat .hd-answer")).to_have_class(re.compile("--open"))


@pytest.mark.parametrize("planted", [False, True], ids=["as it is", "planted"])
@pytest.mark.corner
def test_what_a_finger_presses_next_does_not_move_away(go: Go, planted: bool) -> None:
    page = go()
    fields = page.locator(".hd-answer .hd-value")
    box = page.locator("li.hd-item .hd-tick").nth(1)
    fields.first.click()
    if planted:
        page.evaluate(
            "document.addEventListener('focusout', ({target}) => target.parentElement.classList.remove('hd-answer--open'))"
        )
    place = box.bounding_box()
    assert place
    page.mouse.click(place["x"] + 22, place["y"] + 22)
    assert box.is_checked() is not planted


@pytest.mark.corner
def test_what_takes_not_applicable_back_is_in_sight(go: Go) -> None:
    page = go()
    line = page.locator("#du-hop .hd-reason")
    set_aside(page, "du-hop")
    expect(page.locator("#ly-do-du-hop")).to_be_focused()
    page.keyboard.type("Không họp")
    page.locator("#du-hop summary").click()
    back = line.get_by_role("button", name="Không áp dụng (mục 4)", pressed=True)
    expect(back).to_be_visible()
    back.click()
    expect(line).to_be_hidden()
    again = page.locator("#du-hop details .hd-na")
    expect(again).to_be_focused()
    expect(again).to_have_attribute("aria-pressed", "false")


# Stops and words ----------------------------------------------------------------------------------


def stops_of_items(page: Page, presses: int) -> dict[str, int]:
    """Go by Tab from the first box: how many stops each item that was left has."""
    page.locator(".hd-tick").first.focus()
    stops: dict[str, int] = {}
    at = ""
    for _ in range(presses):
        at = page.evaluate("document.activeElement.closest('li.hd-item')?.id || ''")
        stops[at] = stops.get(at, 0) + 1
        page.keyboard.press("Tab")
    stops.pop("", None)
    if page.evaluate("document.activeElement.closest('li.hd-item')?.id || ''") == at:
        stops.pop(at, None)
    return stops


def test_an_item_has_three_stops(go: Go) -> None:
    page = go("danh-muc/dm12/")
    stops = stops_of_items(page, 60)
    assert len(stops) == 15 and set(stops.values()) == {3}
    # The counter sees more where there are more.
    page.locator("li.hd-item summary").first.click()
    assert next(iter(stops_of_items(page, 12).values())) > 3


def told(context: BrowserContext, page: Page) -> list[tuple[str, str]]:
    """What a screen reader meets, as role and name; pieces of lines left out."""
    nodes = context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [
        (node["role"]["value"], node["name"]["value"])
        for node in nodes
        if not node["ignored"] and node.get("name", {}).get("value") and node["role"]["value"] != "InlineTextBox"
    ]


def test_each_item_is_read_once_without_codes(go: Go, kb: KnowledgeBase) -> None:
    page = go()
    own = [placed for placed in kb.items.values() if placed.checklist.id == "DM07"]
    heard = told(page.context, page)
    for placed in own:
        # The list of what is not done has the same words, folded away.
        assert [role for role, name in heard if placed.item.text in name] == ["checkbox"], placed.id
        answers = [
            role for role, name in heard if name.startswith(placed.item.answer) and f"(mục {placed.number})" in name
        ]
        assert answers == ["textbox"], placed.id
        mark = "Trọng yếu " if placed.item.critical else ""
        by = ", ".join(kb.roles[one].short for one in placed.item.by)
        name = f"{placed.number}. {mark}{placed.item.text}" + (f" Làm: {by}." if by else "")
        assert ("checkbox", name) in heard, "nothing else is in its name"
    assert [name for _role, name in heard if re.search(r"\[[A-Z]{2}\d", name)] == []
    # Planted: the words of an item are no longer kept from being read a second time.
    page.locator(f"#ten-muc-{own[0].item.id}").evaluate("e => e.removeAttribute('aria-hidden')")
    assert len([1 for _role, name in told(page.context, page) if own[0].item.text in name]) > 1


def test_a_finger_may_tick_on_the_words(go: Go) -> None:
    page = go()
    page.locator("#khao-sat .hd-item__name").click()
    expect(page.locator("#khao-sat .hd-tick")).to_be_checked()


@pytest.mark.parametrize("scheme", ["dark", pytest.param("light", marks=pytest.mark.full)])
def test_no_accessibility_fault_in_any_state_of_an_item(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/danh-muc/dm16/")
    page.wait_for_selector(".hd-tick")
    items = page.locator("li.hd-item")
    items.nth(0).locator(".hd-tick").check()
    items.nth(1).locator(".hd-answer .hd-value").fill(LONG)
    items.nth(2).locator("summary").click()
    items.nth(3).locator("summary").click()
    items.nth(3).locator(".hd-na").click()
    items.nth(4).locator(".hd-answer .hd-value").click()
    found = accessibility_faults(page)
    context.close()
    assert found == []


# Bars ---------------------------------------------------------------------------------------------

# Each field put where the bar stands, or under the header, and given the focus without scrolling, as a finger does.
COVERED_FIELDS = """async () => {
  const next = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const meets = (a, b) => b.height > 0 && a.bottom > b.top + 1 && a.top < b.bottom - 1;
  const covered = [];
  const fields = [...document.querySelectorAll("article :is(textarea, input[type=text])")].filter(e => e.checkVisibility());
  for (const field of fields)
    for (const edge of ["bottom", "top"]) {
      document.activeElement.blur();
      await next();
      const {top, bottom} = field.getBoundingClientRect();
      scrollBy(0, edge === "bottom" ? bottom - innerHeight + 4 : top - 4);
      await next();
      field.focus({preventScroll: true});
      await next();
      const at = field.getBoundingClientRect();
      if (edge === "top" && scrollY > 0 && !field.matches(".hd-answer *")) continue;
      for (const name of [".hd-bar", ".md-header"])
        if (meets(at, document.querySelector(name).getBoundingClientRect())) covered.push([field.id || field.ariaLabel, name]);
    }
  return [fields.length, covered];
}"""


def test_no_bar_covers_the_field_in_hand(go: Go) -> None:
    page = go("danh-muc/dm12/")
    page.locator(".hd-tick").first.check()
    expect(page.locator(".hd-bar [role=status]")).not_to_be_empty()
    count, covered = page.evaluate(COVERED_FIELDS)
    assert count >= 17 and covered == []
    # Planted: the bar stays, and nothing is brought into sight.
    add_style(page, ".hd-writing .md-typeset .hd-bar {position: sticky !important}")
    page.evaluate("Element.prototype.scrollIntoView = () => {}")
    _count, covered = page.evaluate(COVERED_FIELDS)
    assert {name for _field, name in covered} == {".hd-bar", ".md-header"}


@pytest.mark.corner
def test_the_bar_is_low_and_comes_back_after_writing(go: Go) -> None:
    page = go()
    bar = page.locator(".hd-bar")
    box = page.locator("li.hd-item .hd-tick").nth(13)
    for act in (box.check, box.uncheck, page.get_by_role("button", name="Hoàn tác", exact=True).click):
        before = page.locator(".hd-bar [role=status]").text_content()
        act()
        expect(page.locator(".hd-bar [role=status]")).not_to_have_text(before or "…")
        expect(page.locator(".hd-bar [role=status]")).not_to_be_empty()
        assert 44 <= bar.evaluate("e => e.offsetHeight") <= 64
    assert bar.evaluate("e => getComputedStyle(e).position") == "sticky"
    page.locator(".hd-answer .hd-value").first.focus()
    assert bar.evaluate("e => getComputedStyle(e).position") == "static"
    page.locator(".hd-tick").first.focus()
    assert bar.evaluate("e => getComputedStyle(e).position") == "sticky"


# To go on -----------------------------------------------------------------------------------------

FIRST_FOUR = ["phan-nguoi", "han-ho-so", "so-lieu-can", "du-hop"]


@pytest.mark.corner
def test_one_goes_on_where_one_left_off(go: Go) -> None:
    done = {id_: item(done=True) for id_ in FIRST_FOUR}
    page = go(script=put_first(document_with(done)))
    on = page.locator(".hd-lead").get_by_role("link", name="Làm tiếp mục 5", exact=True)
    expect(on).to_be_in_viewport()
    on.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#gop-y-som .hd-tick")).to_be_focused()
    expect(page.locator("#gop-y-som")).to_be_in_viewport()
    head = page.locator(".md-header").evaluate("e => e.getBoundingClientRect().bottom")
    assert page.locator("#gop-y-som").evaluate("e => e.getBoundingClientRect().top") >= head
    page.keyboard.press("Space")
    expect(page.locator(".hd-buttons a").first).to_have_text("Làm tiếp mục 6")
    set_aside(page, "ho-so")
    expect(page.locator(".hd-buttons a").first).to_have_text("Làm tiếp mục 7")


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (item(done=True), "Tích từng mục"),
        # Set aside, but the reason is still wanted.
        (item(na=True), "Làm tiếp mục 3"),
    ],
)
@pytest.mark.corner
def test_a_finished_sheet_has_nowhere_to_go_on(go: Go, kb: KnowledgeBase, last: dict[str, Any], words: str) -> None:
    ids = [placed.item.id for placed in kb.items.values() if placed.checklist.id == "DM07"]
    page = go(script=put_first(document_with({id_: last if id_ == ids[2] else item(done=True) for id_ in ids})))
    expect(page.locator(".hd-buttons a").first).to_have_text(words)


@pytest.mark.corner
def test_home_leads_to_where_one_left_off(go: Go) -> None:
    done = {id_: item(done=True) for id_ in FIRST_FOUR}
    page = go("", script=put_first(document_with(done)))
    on = page.locator(".hd-mylist li[data-hd-sheet=DM07]").get_by_role("link", name="Làm tiếp mục 5")
    expect(on).to_be_visible()
    assert on.evaluate("e => e.offsetHeight") >= 44
    expect(page.locator(".hd-mylist__next:visible")).to_have_count(1)
    on.click()
    page.wait_for_selector(".hd-tick")
    expect(page.locator("#gop-y-som")).to_be_in_viewport()
    assert re.search(r"/danh-muc/dm07/#gop-y-som$", page.url)


# Dead stops ---------------------------------------------------------------------------------------

KINDS_OF_PAGE = ["", "danh-muc/dm12/", "han-che/hc1/", "tra-cuu/phieu-nghien-cuu/"]
# A radio button of the theme and a key in the head lie under their labels.
UNSEEN = """() => {
  const at = document.activeElement;
  if (at === document.body) return "";
  const shown = at.matches(".md-option, .hd-key") ? at.nextElementSibling : at;
  const {width, height, bottom, top, right, left} = shown.getBoundingClientRect();
  const seen = width > 1 && height > 1 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
    && shown.checkVisibility({visibilityProperty: true, opacityProperty: true});
  return seen ? "" : at.outerHTML.slice(0, 80);
}"""


def unseen_stops(page: Page) -> list[str]:
    found = []
    for _ in range(20):
        page.keyboard.press("Tab")
        # The link that skips the head slides in.
        await_colours(page)
        unseen = page.evaluate(UNSEEN)
        found += [unseen] if unseen else []
    return found


@pytest.mark.parametrize(
    ("size", "script", "share"),
    [
        pytest.param(PHONE, True, 3, id="phone, some"),
        pytest.param(PHONE, True, 1, id="phone", marks=pytest.mark.full),
        pytest.param(DESKTOP, False, 1, id="desktop, no script", marks=pytest.mark.full),
        pytest.param(DESKTOP, True, 1, id="desktop", marks=pytest.mark.full),
        pytest.param(PHONE, False, 1, id="phone, no script", marks=pytest.mark.full),
    ],
)
def test_no_stop_is_unseen(browser: Browser, address: str, size: Any, script: bool, share: int) -> None:
    context = browser.new_context(
        viewport=size, java_script_enabled=script, reduced_motion="reduce", service_workers="block"
    )
    page = context.new_page()
    found = {}
    for path in some_of(KINDS_OF_PAGE, share):
        page.goto(f"{address}/{path}")
        if script:
            page.wait_for_selector(".hd-share-open")
        if unseen := unseen_stops(page):
            found[path] = unseen
    assert found == {}
    # Planted: the panel as the theme makes it; a page that was gone through would be gone through from there.
    page.reload()
    add_style(page, ".md-search, .md-search__output {display: block !important; visibility: visible !important}")
    page.evaluate("""() => {
      const panel = document.querySelector(".md-search__scrollwrap");
      panel.setAttribute("tabindex", "0");
      // The script that takes it out again is not heard.
      Object.defineProperty(panel, "tabIndex", {get: () => 0, set: () => {}});
    }""")
    planted = unseen_stops(page)
    context.close()
    assert any("md-search__scrollwrap" in one for one in planted)


@pytest.mark.corner
def test_keys_lead_through_the_results_and_scroll_them(go: Go) -> None:
    page = go("han-che/hc1/")
    page.wait_for_selector(".hd-share-open")
    page.get_by_role("button", name="Tìm kiếm").press("Enter")
    page.keyboard.type("tham tra")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    panel = page.locator(".md-search__scrollwrap")
    expect(panel).to_have_attribute("tabindex", "0")
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.md-search-result__link')")
    wait_until(page, "document.querySelector('.md-search__scrollwrap').scrollTop > 0")
    inside = panel.evaluate("""panel => {
      const {top, bottom} = document.activeElement.getBoundingClientRect();
      const frame = panel.getBoundingClientRect();
      return top >= frame.top - 1 && top < frame.bottom;
    }""")
    assert inside
    page.keyboard.press("Escape")
    expect(panel).to_have_attribute("tabindex", "-1")
    expect(page.locator(".md-search-result__item").first).to_be_hidden()


def stops_of_the_theme(html: str) -> list[str]:
    """Return what the theme makes a stop on the way through a page, though nothing is there for keys."""
    tree = LexborHTMLParser(html)
    return [
        node.html or ""
        for node in tree.css(".headerlink, .md-search__scrollwrap")
        if node.attributes.get("tabindex") != "-1"
        or ("headerlink" in (node.attributes.get("class") or "") and node.attributes.get("aria-hidden") != "true")
    ]


def test_heading_links_and_the_panel_are_no_stops_on_any_page(site: Path) -> None:
    """In the pages themselves: it holds without script."""
    found, links = {}, 0
    for file in site.rglob("*.html"):
        html = file.read_text("utf-8")
        links += html.count('class="headerlink"')
        if stops := stops_of_the_theme(html):
            found[str(file.relative_to(site))] = stops
    assert links > 1000 and found == {}
    assert stops_of_the_theme('<h2>A<a class="headerlink" href="#a">¶</a></h2>')
    assert stops_of_the_theme('<div class="md-search__scrollwrap" tabindex="0"></div>')


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.corner
def test_a_mouse_still_takes_the_address_of_a_heading(browser: Browser, address: str, script: bool) -> None:
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=script, service_workers="block")
    page = context.new_page()
    page.goto(f"{address}/danh-muc/dm12/")
    page.locator("#lan-1").hover()
    page.locator("#lan-1 .headerlink").click()
    expect(page).to_have_url(re.compile(r"#lan-1$"))
    context.close()


# The study sheet ----------------------------------------------------------------------------------


@pytest.mark.corner
def test_the_figures_of_the_study_sheet_stand_two_and_two(go: Go) -> None:
    page = go("tra-cuu/phieu-nghien-cuu/")
    page.wait_for_selector(".hd-tools")
    table = page.locator(".hd-study table")
    sizes = table.locator("input").evaluate_all("all => all.map(e => [e.offsetWidth, e.offsetHeight])")
    assert len(sizes) == 8 and min(width for width, _h in sizes) >= 140 and min(height for _w, height in sizes) >= 44
    height = table.evaluate("e => e.offsetHeight")
    assert 250 < height <= 330
    named = table.locator("td").evaluate_all("all => all.map(e => getComputedStyle(e, '::before').content)")
    assert all("Số liệu" in name or "Tờ trình" in name or "Phụ lục" in name or "Dự thảo" in name for name in named)
    add_style(page, ".md-typeset .hd-study .hd-table tr {display: block !important}")
    assert table.evaluate("e => e.offsetHeight") > 500, "planted: one below the other"


@pytest.mark.corner
def test_the_copied_page_has_the_words_of_each_item(go: Go, kb: KnowledgeBase) -> None:
    """The words are a label now; labels of fields are left out of what is copied."""
    page = go("danh-muc/dm12/")
    text = page.evaluate(
        "async () => (await import(new URL('assets/scripts/everywhere/page-text.js', new URL("
        "JSON.parse(document.getElementById('__config').textContent).base + '/', location)).href))"
        ".pageText(document.querySelector('article'), '').text"
    )
    own = [placed for placed in kb.items.values() if placed.checklist.id == "DM12"]
    assert [placed.id for placed in own if f"☐ {placed.number}." not in text or placed.item.text not in text] == []


@pytest.mark.corner
def test_what_was_kept_has_no_new_shape(go: Go) -> None:
    page = go()
    page.locator("#khao-sat .hd-answer .hd-value").fill("a")
    document = json.loads(page.evaluate("localStorage.getItem('hdnd.goc.v1')"))
    kept = document["sittings"][document["current"]]["sheets"]["DM07"]["items"]["khao-sat"]
    assert set(kept) == {"done", "value", "na", "reason", "text", "at"} and kept["value"] == "a"


BAR_ROOM = """() => {
  const of = (one) => getComputedStyle(one).getPropertyValue("--hd-bar").trim();
  const root = document.documentElement;
  const bar = document.querySelector(".hd-bar").offsetHeight;
  return [root.style.getPropertyValue("--hd-bar"), of(document.querySelector("article")), bar, getComputedStyle(root).scrollPaddingBottom];
}"""


def test_only_the_page_itself_hears_how_high_the_bar_is(go: Go) -> None:
    """Handed down to all elements, its height has each styled anew: once for nothing before there is anything to tell."""
    page = go()
    told, _, bar, _ = page.evaluate(BAR_ROOM)
    assert (told, bar) == ("", 0)
    page.locator(".hd-tick").first.check()
    wait_until(page, "document.documentElement.style.getPropertyValue('--hd-bar')")
    told, handed_down, bar, room = page.evaluate(BAR_ROOM)
    assert told == f"{bar}px" and bar > 40 and handed_down == "0px"
    assert float(room.removesuffix("px")) > bar
