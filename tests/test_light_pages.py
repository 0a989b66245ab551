"""A weak line: what a visit fetches, when, and what it does not wait for."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, BrowserContext, Page, expect
from selectolax.lexbor import LexborHTMLParser

from publish.packed_modules import PACK, PACKED
from scripts.bench.host import Host, hosting
from scripts.web_fonts import FOLDER, SOURCES, letters, name_of, web_font
from tests.browsing import PHONE, wait_until
from tests.conftest import ROOT

SCRIPTS = ROOT / "docs" / "assets" / "scripts"
FIRST_PAGE, ON_A_PHONE, SECOND_PAGE = 120_000, 95_000, 25_000
SECOND_PAGES = [
    "danh-muc/dm05/", "vai-tro/thuong-truc/", "thuc-hanh/th01/", "moc/mc1/", "tra-cuu/thuat-ngu/",
    "tra-cuu/moc-quy-che/", "tra-cuu/rut-kinh-nghiem/", "han-che/hc1/",
]  # fmt: skip


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[Host]:
    """The site as a host sends it, compressed, each answer counted."""
    with hosting(site) as served:
        yield served


def fetched(host: Host) -> int:
    size = sum(one.size for one in host.sent)
    host.sent.clear()
    return size


@pytest.mark.parametrize("second", SECOND_PAGES)
@pytest.mark.full
def test_the_first_page_and_the_next_are_light(browser: Browser, host: Host, second: str) -> None:
    context = browser.new_context(viewport=PHONE, service_workers="block")
    page = context.new_page()
    first = of_first_visit(page, host)
    page.goto(host.address + second, wait_until="networkidle")
    next_page = fetched(host)
    context.close()
    assert 50_000 < first <= ON_A_PHONE
    assert 5_000 < next_page <= SECOND_PAGE, second


@pytest.mark.full
def test_the_first_page_is_light_on_a_computer_too(browser: Browser, host: Host) -> None:
    """There it comes with letters of its own, two files."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, service_workers="block")
    assert ON_A_PHONE < of_first_visit(context.new_page(), host) <= FIRST_PAGE
    context.close()


def of_first_visit(page: Page, host: Host) -> int:
    host.sent.clear()
    page.goto(host.address, wait_until="networkidle")
    # What is fetched ahead belongs to the first page, also where a busy machine is late with it.
    ahead = ("ui/ui.js", "pages/local-rules.js", "pages/print-button.js", "everywhere/offline.js")
    came = "names => names.every(n => performance.getEntriesByType('resource').some(e => e.name.endsWith(n) && e.responseEnd))"
    wait_until(page, came, arg=list(ahead), timeout=30_000)
    return fetched(host)


def test_the_search_is_fetched_when_a_reader_turns_to_it(page: Page, host: Host) -> None:
    host.sent.clear()
    page.goto(host.address, wait_until="networkidle")
    searching = re.compile(r"/search/search_index\.json|/workers/search\.|/lunr/|search-help\.js|search\.css")
    assert [one.path for one in host.sent if searching.search(one.path)] == []
    page.locator("label[for=__search]").first.click()
    page.locator(".md-search__input").fill("tham tra hinh thuc")
    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile("han-che/hc3/"))
    for part in ("search_index.json", "/workers/search.", "search-help.js", "search.css"):
        assert any(part in one.path for one in host.sent), part


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def test_a_sheet_can_be_ticked_before_the_theme_has_come(page: Page, address: str) -> None:
    """On a weak line the theme's script is the longest way: here it never comes."""
    page.route(re.compile(r"/javascripts/bundle\."), lambda route: route.abort())
    page.goto(f"{address}/danh-muc/dm07/")
    box = page.locator("li.hd-item input[type=checkbox]").first
    box.check()
    page.reload()
    expect(box).to_be_checked()


def test_a_first_visit_runs_nothing_of_the_sittings(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/", wait_until="networkidle")
    expect(page.locator("[data-hd-my-none]")).to_be_visible()
    expect(page.locator("[data-hd-my-some]")).to_be_hidden()
    assert not any(url.endswith(("/sitting.js", "/pages/board.js", "/deadlines.js")) for url in asked)
    # Another tab notes a sitting: this one shows it.
    other = page.context.new_page()
    other.goto(f"{address}/tra-cuu/ky-hop-dang-chuan-bi/")
    other.locator("[data-hd-sitting-form] input.hd-field").first.fill("Xã Ví Dụ")
    other.locator("[data-hd-sitting-form] input.hd-field").first.blur()
    expect(page.locator("[data-hd-my-some]")).to_be_visible()


# Names in advance ---------------------------------------------------------------------------------

_STATIC = re.compile(r"""^import\s+[^"';]+?\s*from\s*["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)
_LOADED = re.compile(
    r"""^  if \(has\(["'](?P<mark>.+?)["']\)\) tool\(\(\) => import\("\.\./(?P<module>[\w/-]+\.js)"\)""", re.MULTILINE
)
LATE = {"pages/print-button.js"}
"""Too small and too late to be worth a line in the head."""


def with_imports(module: str) -> set[str]:
    """Return a module and all that it imports at once, directly or not."""
    found: set[str] = set()
    rest = [module]
    while rest:
        path = rest.pop()
        if path not in found:
            found.add(path)
            # Written by the build; it imports nothing.
            if path.startswith("data/"):
                continue
            for target in _STATIC.findall((SCRIPTS / path).read_text("utf-8")):
                rest.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), target)))
    return found


def test_every_page_names_the_modules_it_loads_and_no_other(site: Path) -> None:
    features = {
        m["mark"]: m["module"] for m in _LOADED.finditer((SCRIPTS / "everywhere/load-on-need.js").read_text("utf-8"))
    }
    assert len(features) >= 10
    always = (
        {"everywhere/load-on-need.js"}
        | with_imports("everywhere/share.js")
        | with_imports("everywhere/accessibility.js")
    )
    seen = set()
    for file in site.rglob("*.html"):
        tree = LexborHTMLParser(file.read_text("utf-8"))
        expected = set(always)
        for mark, module in features.items():
            if tree.css_first(mark) and module not in LATE:
                expected |= with_imports(module)
                seen.add(module)
        named = {
            (link.attributes["href"] or "").partition("assets/scripts/")[2]
            for link in tree.css("link[rel=modulepreload]")
        }
        sent = {PACK if name in PACKED else name for name in expected}
        assert named == sent, file.relative_to(site)
    assert seen == set(features.values()) - LATE


# Fonts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("weight", SOURCES)
def test_the_web_fonts_are_those_of_the_papers(weight: int) -> None:
    whole = ROOT / "papers" / "fonts" / SOURCES[weight]
    assert (FOLDER / name_of(weight)).read_bytes() == web_font(whole), "run: make fonts"


@pytest.mark.parametrize("weight", SOURCES)
def test_the_web_fonts_have_every_letter_of_the_site(site: Path, weight: int) -> None:
    whole = TTFont(ROOT / "papers" / "fonts" / SOURCES[weight]).getBestCmap()
    web = TTFont(FOLDER / name_of(weight)).getBestCmap()
    assert {c for c in letters() if ord(c) in whole and ord(c) not in web} == set()
    used = set("".join(script.read_text("utf-8") for script in SCRIPTS.rglob("*.js") if script.parent.name != "vendor"))
    for file in site.rglob("*.html"):
        text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", "", file.read_text("utf-8"), flags=re.S)
        used |= set(html.unescape(text))
    missing = {c for c in used if ord(c) in whole and ord(c) not in web}
    assert missing == set(), "add them to SIGNS in scripts/web_fonts.py"
