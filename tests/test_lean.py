"""What is sent of styles is less, and nobody sees it: each element is shown as under the style sheets as they were written."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import material
import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from knowledge.records.knowledge_base import KnowledgeBase
from publish import lean
from publish.lean import OWN_STYLES, THEME, lean_styles, names_of, shortened
from tests.browsing import await_frames, await_still
from tests.conftest import ROOT
from tests.sample import some_of
from tests.test_policy import one_of_each_kind

WHOLE = Path(material.__file__).parent / "templates" / THEME

# What is seen of an element: its place and size, letters, colours, lines, pictures, order, whether it is there at all.
SEEN = """align-content align-items align-self appearance background-attachment background-color background-image background-repeat
background-size border-bottom border-left border-right border-top border-radius bottom box-shadow box-sizing break-after
break-before break-inside clear clip-path color color-scheme content content-visibility counter-increment counter-reset cursor direction display fill
filter flex-basis flex-direction flex-grow flex-shrink flex-wrap float font-family font-feature-settings font-size font-style
font-variant font-weight gap grid-template-columns height justify-content left letter-spacing line-height list-style-image
list-style-type margin mask-image mask-size max-height max-width min-height min-width object-fit opacity order orphans outline
outline-offset overflow-wrap overflow-x overflow-y overscroll-behavior-x overscroll-behavior-y padding pointer-events position quotes resize
right scroll-behavior scroll-margin-top scroll-padding-top scroll-snap-align scroll-snap-type scrollbar-gutter scrollbar-width stroke table-layout
text-align text-decoration text-indent text-overflow text-shadow text-transform text-wrap top touch-action transform
unicode-bidi user-select vertical-align visibility white-space width will-change word-break z-index""".split()

LOOK = """properties => {
  const shown = [];
  for (const one of document.querySelectorAll("body, body *")) {
    if (["SCRIPT", "TEMPLATE"].includes(one.tagName)) continue;
    const name = one.tagName.toLowerCase() + (typeof one.className === "string" && one.className ? "." + one.className : "");
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(one, part);
      if (part && style.content === "none") continue;
      shown.push([name + (part ?? ""), properties.map((one) => style.getPropertyValue(one)).join("\\n")]);
      if (!part && style.display === "none") break;
    }
  }
  return JSON.stringify(shown);
}"""
"""As one text: what Playwright hands over value by value takes longer than looking."""

PAGE = '<body dir="ltr" data-md-color-primary="custom" class="md-nav hd-a"><p class=bare></p>'
SCRIPT = 'add("md-tip--"+side);const known="md-shown";'
DROPPED = [".nobody{a:b}", ".md-nav .nobody{a:b}", "@media print{.nobody{a:b}}", "[dir=rtl] .md-nav{a:b}",
           "[data-md-color-primary=pink]{a:b}", ":root{--nobody:1}"]  # fmt: skip
STAYS = [
    ".md-nav{a:b}", ".bare{a:b}", ".md-shown{a:b}", ".md-tip--left{a:b}", "p:not(.nobody){a:b}", "p:is(.nobody,.md-nav){a:b}",
    "[dir=ltr] .md-nav{a:b}", "[data-md-color-primary=custom]{a:b}", "@font-face{font-family:a}", "@keyframes a{0%{b:c}}",
    ":root{--read:1}p{a:var(--read)}", ":root{--elsewhere:1}", "p{a:b}", "[hidden]{a:b}",
]  # fmt: skip


@dataclass
class Small:
    """A site of one page, one script, one style of ours and one style sheet of the theme."""

    folder: Path

    def sent(self, sheet: str, page: str = PAGE, script: str = SCRIPT) -> str:
        """Return what a build sends of the theme's style sheet."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for name, text in {
            f"{THEME}/main.css": sheet, "index.html": page, "assets/a.js": script, f"{OWN_STYLES}/a.css": "p{a:var(--elsewhere)}",
        }.items():  # fmt: skip
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, "utf-8")
        lean_styles(self.folder)
        return (self.folder / THEME / "main.css").read_text("utf-8")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    monkeypatch.setattr(lean, "KEPT", tmp_path / "kept")
    return Small(tmp_path / "site")


@pytest.mark.parametrize("rule", DROPPED)
def test_what_no_page_can_show_is_dropped(small: Small, rule: str) -> None:
    assert small.sent(f"p{{c:d}}{rule}") == "p{c:d}"


@pytest.mark.parametrize("rule", STAYS)
def test_what_a_page_or_a_script_can_show_stays(small: Small, rule: str) -> None:
    assert small.sent(rule) == shortened(rule) != ""


FEATURES = [
    (".md-annotation__index", '<script>{"features": ["content.code.annotate"]}</script>'),
    (".md-annotation__index", '<ol class="md-typeset annotate">'),
    (".md-code__button", '<script>{"features": ["content.code.copy"]}</script>'),
    (".md-source__fact", '<a class="md-source" href="x">'),
    (".md-version__list", '<script>{"version": {"provider": "mike"}}</script>'),
    (".tabbed-control", '<div class="tabbed-set tabbed-alternate">'),
]


@pytest.mark.parametrize(("selector", "sign"), FEATURES)
def test_what_the_theme_draws_for_a_feature_goes_while_no_page_has_it(small: Small, selector: str, sign: str) -> None:
    script = f'draw("{selector.removeprefix(".")}")'
    rule = f"{selector}{{a:b}}"
    assert small.sent(f"p{{c:d}}{rule}", script=script) == "p{c:d}"
    assert small.sent(rule, f"{PAGE}{sign}", script) == rule


def test_of_a_list_of_selectors_only_the_unused_ones_go(small: Small) -> None:
    assert small.sent(".nobody,.md-nav,.no-one p{a:b}") == ".md-nav{a:b}"


def test_a_property_that_only_a_dropped_one_reads_goes_too(small: Small) -> None:
    assert small.sent(":root{--a:1;--b:var(--a);c:d}") == ":root{c:d}"


def test_one_sheet_of_the_theme_sets_what_another_reads(tmp_path: Path) -> None:
    (tmp_path / THEME).mkdir(parents=True)
    (tmp_path / THEME / "main.00000000.min.css").write_text("p{color:var(--ink)}", "utf-8")
    (tmp_path / THEME / "palette.00000000.min.css").write_text("@media screen{p{--ink:red;--no:blue}}", "utf-8")
    (tmp_path / "index.html").write_text("<p>a</p>", "utf-8")
    lean_styles(tmp_path)
    (palette,) = (tmp_path / THEME).glob("palette.*")
    assert palette.read_text("utf-8") == "@media screen{p{--ink:red}}"


def test_a_changed_theme_gets_another_name_on_every_page(tmp_path: Path) -> None:
    for folder in (THEME, OWN_STYLES):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / THEME / "main.00000000.min.css").write_text(".a{b:c}.nobody{d:e}", "utf-8")
    (tmp_path / THEME / "main.00000000.min.css.map").write_text("{}", "utf-8")
    (tmp_path / OWN_STYLES / "site.css").write_text("/* why */\n.a {\n  b: c;\n}\n", "utf-8")
    for name in ("index.html", "a/index.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        up = "../" * name.count("/")
        page = f'<link rel=stylesheet href="{up}{THEME}/main.00000000.min.css"><p class="a">main.00000000.min.css</p>'
        (tmp_path / name).write_text(page, "utf-8")
    lean_styles(tmp_path)
    (file,) = (tmp_path / THEME).iterdir()
    assert re.fullmatch(r"main\.[0-9a-f]{8}\.min\.css", file.name) and file.name != "main.00000000.min.css"
    assert file.read_text("utf-8") == ".a{b:c}"
    assert f'{up}{THEME}/{file.name}"' in (tmp_path / "a/index.html").read_text("utf-8")
    # Words of a page that happen to name it are words.
    assert ">main.00000000.min.css<" in (tmp_path / "index.html").read_text("utf-8")
    assert (tmp_path / OWN_STYLES / "site.css").read_text("utf-8") == ".a{b:c}"


def test_what_is_sent_of_the_theme_is_a_third_less(site: Path) -> None:
    theirs = sum(len(gzip.compress(file.read_bytes(), 6)) for file in WHOLE.glob("*.css"))
    (joined,) = (site / THEME).glob("*.css")
    own = "".join(shortened((ROOT / "docs" / OWN_STYLES / name).read_text("utf-8")) for name in ON_EVERY_PAGE)
    text = joined.read_text("utf-8")
    assert text.endswith(own)
    assert len(gzip.compress(text.removesuffix(own).encode(), 6)) < theirs * 0.72


ON_EVERY_PAGE = ("site.css", "share.css")
STYLES = re.compile(f"/(?:{THEME}|{OWN_STYLES})/[^/]+[.]css")


def as_written(route: Route) -> None:
    """Answer with a style sheet as its writers wrote it: ours, or the theme's with ours that every page has."""
    own = ROOT / "docs" / OWN_STYLES
    file = own / route.request.url.rpartition("/")[2]
    files = [file] if file.is_file() else [*sorted(WHOLE.glob("*.css")), *(own / name for name in ON_EVERY_PAGE)]
    route.fulfill(body="\n".join(one.read_text("utf-8") for one in files), content_type="text/css")


def looks(page: Page, address: str, only: str = "") -> dict[str, list[tuple[str, str]]]:
    """Return how each element is shown: on a phone and a wide screen, by day and night, on paper, while searching."""
    # Some things are put in order once, by the width that the page is opened at.
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address, wait_until="networkidle")

    def search() -> None:
        page.locator(".md-search__input").first.focus()
        page.keyboard.type("tham tra")
        expect(page.locator(".md-search-result__link").first).to_be_attached()
        await_still(page, ".md-search-result__list")

    def night() -> None:
        page.emulate_media(media="screen")
        page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")

    states: dict[str, Callable[[], object]] = {
        "360": lambda: None,
        "1280": lambda: page.set_viewport_size({"width": 1280, "height": 800}),
        "paper": lambda: page.emulate_media(media="print"),
        "night": night,
        "search": search,
    }
    found = {}
    for state, enter in states.items():
        enter()
        if not only or state == only:
            # A wider page asks for letters of its own when it is drawn; the theme notes then where it was scrolled to.
            await_frames(page)
            page.evaluate("async () => { await document.fonts.ready; }")
            await_frames(page)
            found[state] = json.loads(page.evaluate(LOOK, SEEN))
        if state == only:
            break
    # The theme keeps the colours that it was last shown in.
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    return found


def plain(value: str) -> str:
    """Return a value as it is shown: two ways of writing a comment inside a picture are one."""
    return re.sub(r"(<|\\\\3c )!--.*?-->", "", value)


def shown_otherwise(context: BrowserContext, address: str, pages: list[str], only: str = "") -> list[str]:
    """Return a line for each element that is shown otherwise than under all style sheets as they were written."""
    page = context.new_page()
    # Half-way colours say nothing; what blinks, or comes under the mouse as the page moves, would differ by chance.
    context.add_init_script(
        "addEventListener('DOMContentLoaded', () => { const quiet = new CSSStyleSheet();"
        " quiet.replaceSync('*,*::before,*::after{transition:none!important;animation:none!important;caret-color:red}"
        "html{pointer-events:none!important}');"
        " document.adoptedStyleSheets = [...document.adoptedStyleSheets, quiet]; });"
    )
    lines = []
    for name in pages:
        ours = looks(page, f"{address}/{name}", only)
        page.route(STYLES, as_written)
        theirs = looks(page, f"{address}/{name}", only)
        page.unroute(STYLES)
        for state, elements in ours.items():
            assert len(elements) > 100
            counts = Counter(one for one, _ in elements), Counter(one for one, _ in theirs[state])
            if counts[0] != counts[1]:
                lines.append(f"{name} {state}: {counts[0] - counts[1]} | {counts[1] - counts[0]}")
                continue
            for (element, mine), (_, whole) in zip(elements, theirs[state], strict=True):
                if mine == whole:
                    continue
                values = zip(SEEN, mine.split("\n"), whole.split("\n"), strict=True)
                differ = [f"{k}: {a} | {b}" for k, a, b in values if plain(a) != plain(b)]
                lines += [f"{name} {state}: {element}: {', '.join(differ)}"] if differ else []
    return lines


def test_some_pages_are_shown_alike(context: BrowserContext, address: str, kb: KnowledgeBase) -> None:
    assert shown_otherwise(context, address, some_of(one_of_each_kind(kb), 30)[:1])[:5] == []


@pytest.mark.full
def test_a_page_of_each_kind_is_shown_alike(context: BrowserContext, address: str, kb: KnowledgeBase) -> None:
    if lines := shown_otherwise(context, address, one_of_each_kind(kb)):
        pytest.fail("\n".join(line[:400] for line in lines[:8]))


@pytest.mark.parametrize(
    ("sheet", "rule", "element"),
    [
        (f"/{THEME}/main", r"\.md-footer-meta__inner\{[^}]*\}", "div.md-footer-meta__inner"),
        (f"/{THEME}/main", r"\.md-typeset details:is\(\.hd-basis[^{}]*\{[^}]*\}", "details"),
    ],
)
def test_a_rule_that_is_missed_is_seen(
    context: BrowserContext, address: str, sheet: str, rule: str, element: str
) -> None:
    """The planted defects: without a rule of the theme, and without one of ours, that the page needs."""

    def poorer(route: Route) -> None:
        answer = route.fetch()
        text, count = re.subn(rule, "", answer.text())
        assert count
        route.fulfill(response=answer, body=text)

    context.route(re.compile(sheet), poorer)
    lines = shown_otherwise(context, address, ["nguyen-nhan/nn4/"], only="360")
    assert any(f" 360: {element}" in line for line in lines)


SHEET = ".md-nav{--a:1;--b:2}.nobody,.md-shown{a:var(--a)}.md\\:x{a:b}[dir=rtl] p{a:b}:root{--c:1}.md-tip--left{a:b}"


@pytest.fixture
def cutting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the names of the functions that cut, each time one is called."""
    monkeypatch.setattr("publish.lean.KEPT", tmp_path)
    made: list[str] = []

    def noted(name: str, make: Callable[..., str], *given: Any) -> str:
        made.append(name)
        return make(*given)

    for name in ("_without_unmatched", "_without_unread"):
        monkeypatch.setattr(lean, name, partial(noted, name, getattr(lean, name)))
    return made


def cut(page: str, script: str, other: str) -> str:
    return lean._unread_once(lean._unmatched_once(SHEET, names_of([page], [script])), [other])


def cut_anew(page: str, script: str, other: str) -> str:
    """Do as `cut` does without looking for what was cut before."""
    return lean._without_unread(lean._without_unmatched(SHEET, names_of([page], [script])), [other])


def test_editions_with_the_same_names_in_other_pages_have_their_sheets_cut_once(cutting: list[str]) -> None:
    first = cut(PAGE, SCRIPT, "--b")
    assert first == cut_anew(PAGE, SCRIPT, "--b") != SHEET
    cutting.clear()
    assert cut(f'{PAGE}<p class="own-of-an-edition">khác</p>', f"{SCRIPT}other=7", "--b --unknown") == first
    assert cutting == []


@pytest.mark.parametrize(
    ("page", "script", "other"),
    [
        (f'{PAGE}<p class="nobody">', SCRIPT, "--b"), (f'{PAGE}<p class="md:x">', SCRIPT, "--b"),
        (f'{PAGE}<p dir="rtl">', SCRIPT, "--b"), (PAGE, "", "--b"), (PAGE, SCRIPT, "--c"), (PAGE, SCRIPT, ""),
        (f'{PAGE}<p class="md:">', SCRIPT, "--b"), (PAGE, f'{SCRIPT}"not-"', "--b"),
    ],
)  # fmt: skip
def test_a_name_or_property_that_a_sheet_asks_for_has_it_cut_anew(
    cutting: list[str], page: str, script: str, other: str
) -> None:
    cut(PAGE, SCRIPT, "--b")
    cutting.clear()
    found = cut(page, script, other)
    assert cutting
    assert found == cut_anew(page, script, other)
