"""The search as readers use it: the site's own box and worker in a real browser.

How words are matched is tested in tests/test_search_language.py, without a site.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import material
import pytest
from playwright.sync_api import Browser, Page, Route, expect
from selectolax.lexbor import LexborHTMLParser

from knowledge.addresses import page_url
from knowledge.kinds import KINDS, Search
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import fold
from publish.read_back import read_site
from publish.search import entries as search_index
from tests.browsing import DESKTOP, PHONE, accessibility_faults, await_frames, wait_until
from tests.sample import SOME_OR_ALL, some_of

QUERIES = Path(__file__).parent / "data" / "search_queries.csv"
# Questions, words written together, what officials shorten and say, using the site itself.
PATTERNS = {"asking", "joined", "alias", "synonym", "using", "other"}
# Of the queries at least so many find their page first, and within the first three.
WANTED = {"first list": (0.91, 0.98), "patterns": (0.8, 0.95), "kinds": (0.86, 0.96)}
LANGUAGE_FILE = "assets/javascripts/lunr/min/lunr.vi.min.js"

# Types a query into the theme's own field and reads the theme's own list.
ASK = """async query => {
  const field = document.querySelector("[data-md-component=search-query]");
  const told = document.querySelector(".md-search-result__meta");
  const list = document.querySelector(".md-search-result__list");
  const shown = new Promise(done => {
    const watch = new MutationObserver(() => { watch.disconnect(); done(); });
    watch.observe(told, {childList: true});
  });
  field.focus();
  const changed = field.value !== query;
  field.value = query;
  field.dispatchEvent(new KeyboardEvent("keyup"));
  if (changed) await shown;
  await new Promise(done => setTimeout(done));
  return [...list.children].map(item => ({
    page: new URL(item.querySelector("a").href).pathname.replace(/^\\/|\\/$/g, ""),
    best: new URL([...item.querySelectorAll("a")].sort((a, b) =>
      b.firstElementChild.dataset.mdScore - a.firstElementChild.dataset.mdScore)[0].href).hash.slice(1),
    kind: item.querySelector(".md-tag")?.textContent ?? "",
    marked: [...item.querySelectorAll("mark")].map(mark => mark.textContent),
    missing: [...item.querySelectorAll("del")].map(word => word.textContent),
  }));
}"""


@dataclass(frozen=True)
class Query:
    form: str
    text: str
    expected: list[str]

    @property
    def part(self) -> str:
        """Return to which part of the list the query belongs; each has forms of its own."""
        return "kinds" if self.form == "kind" else "patterns" if self.form in PATTERNS else "first list"


def queries() -> list[Query]:
    lines = [line for line in QUERIES.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [
        Query(
            row["form"],
            unicodedata.normalize("NFD" if row["form"] == "nfd" else "NFC", row["query"]),
            [page.strip() for page in row["expected"].split("|")],
        )
        for row in csv.DictReader(lines)
    ]


def open_search(page: Page, url: str) -> None:
    page.goto(url)
    page.locator("[data-md-component=search-query]").focus()
    wait_until(page, "document.querySelector('.md-search-result__meta').textContent.startsWith('Gõ từ')")


@pytest.fixture(scope="module")
def box(browser: Browser, address: str) -> Iterator[Page]:
    """A desktop page with the search open and ready."""
    context = browser.new_context(viewport=DESKTOP, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    open_search(page, f"{address}/")
    yield page
    context.close()
    # The browser's own word for a worker that this context blocks.
    assert [one for one in faults if not one.startswith("Service Worker registration blocked")] == []


def ask(page: Page, text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(ASK, text)
    return found


@pytest.mark.parametrize("share", SOME_OR_ALL)
@pytest.mark.parametrize("part", list(WANTED))
def test_readers_find_what_they_look_for(box: Page, part: str, share: int) -> None:
    every = {str(number): query for number, query in enumerate(queries()) if query.part == part}
    asked = [every[number] for number in some_of(every, share)]
    assert len(every) >= 100
    first, three, missed = 0, 0, []
    for query in asked:
        pages = [result["page"] for result in ask(box, query.text)[:3]]
        first += bool(pages) and pages[0] in query.expected
        three += any(page in query.expected for page in pages)
        if not any(page in query.expected for page in pages):
            missed.append(f"{query.form}: {query.text} → {pages}")
    print(f"{part}, {len(asked)} queries: first {first / len(asked):.1%}, first three {three / len(asked):.1%}")
    wanted_first, wanted_three = WANTED[part]
    # A sample has its share of what may be missed, and half as much again for chance.
    chance = 1 if share == 1 else 1.5
    assert len(asked) - first <= (1 - wanted_first) * len(asked) * chance + (share > 1), missed
    assert len(asked) - three <= (1 - wanted_three) * len(asked) * chance + (share > 1), missed


@pytest.mark.full
def test_names_that_officials_use_lead_somewhere(box: Page, site: Path) -> None:
    documents = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    called = [name for document in documents for name in document.get("called", [])]
    assert ["cqđp", "chính quyền địa phương"] in called
    assert ["ct hội đồng nhân dân", "thường trực HĐND"] in called
    assert ["ct", "chủ tịch", 0.65] in called and ["ct", "chương trình", 0.65] in called
    for typed in sorted({str(name[0]) for name in called})[::4]:
        assert ask(box, typed), typed


def test_the_queries_name_pages_that_exist_in_all_forms(kb: KnowledgeBase) -> None:
    pages = {page_url(uri, "directory").strip("/") for uri in kb.pages}
    assert {page for query in queries() for page in query.expected} <= pages
    assert {query.form for query in queries()} >= {
        "marks", "plain", "tones", "d", "case", "nfd", "short", "id", "punctuation", "question", "half",
        *PATTERNS,
    }  # fmt: skip


def test_what_must_be_seen(box: Page) -> None:
    assert ask(box, "tham tra hinh thuc")[0]["page"] == "han-che/hc3"
    pages = [result["page"] for result in ask(box, "kỷ họp nửa ngày")[:3]]
    assert {"han-che/hc4", "danh-muc/dm10"} & set(pages)


@pytest.mark.parametrize(
    "query", ["soat loi du thao", "kiem tra du thao nghi quyet", "may soat loi", "tim loi nghi quyet"]
)
def test_the_draft_check_is_found_as_it_is_asked_for(box: Page, query: str) -> None:
    assert ask(box, query)[0]["page"] == "tra-cuu/soat-loi-du-thao"


@pytest.mark.parametrize("share", SOME_OR_ALL)
def test_every_record_is_found_by_its_title_without_marks_and_by_its_id(
    box: Page, kb: KnowledgeBase, share: int
) -> None:
    """Records of which no other bears the same title: first for nearly all."""
    wrong, count = [], 0
    for records in kb.records.values():
        for record_id in some_of(records, share):
            record = records[record_id]
            if record_id not in kb.page_of:
                continue
            page = page_url(kb.page_of[record_id], "directory").strip("/")
            asked = [fold(record.title)]
            if re.fullmatch(r"[A-Z]+\d+", record_id):
                asked.append(record_id.lower())
            for text in asked:
                count += 1
                pages = [result["page"] for result in ask(box, text)[:3]]
                if page not in pages[:1]:
                    wrong.append((text, page, pages))
    assert count > 150 / share
    print(f"{count} titles and IDs: first {1 - len(wrong) / count:.1%}", *wrong, sep="\n")
    assert len(wrong) <= 0.05 * count, wrong
    assert [w for w in wrong if w[1] not in w[2]] == [], "within the first three always"


def test_every_part_of_a_finding_is_found_at_its_place(box: Page, kb: KnowledgeBase) -> None:
    for part_id in kb.parts:
        result = ask(box, part_id.lower())[0]
        assert (result["page"], result["best"]) == (
            f"han-che/{part_id[:-1].lower()}", part_id.lower(),
        )  # fmt: skip


def test_abbreviations_and_full_names_find_the_same(box: Page, kb: KnowledgeBase) -> None:
    """Each abbreviation of the glossary finds its term, and marks its full name in texts."""
    missed = []
    for term in kb.terms.values():
        if term.abbreviation and term.abbreviation not in ("NQ QPPL",):
            for text in (term.abbreviation.lower(), fold(term.abbreviation), fold(term.title)):
                pages = [result["page"] for result in ask(box, text)[:3]]
                if "tra-cuu/thuat-ngu" not in pages:
                    missed.append((text, pages))
    assert missed == []
    full = [word for result in ask(box, "ubnd") for word in result["marked"]]
    assert "UBND" in full and "nhân" in full
    short = {word for result in ask(box, "hoi dong nhan dan")[:10] for word in result["marked"]}
    assert "HĐND" in short and "nhân" in short


def test_a_result_says_what_it_is(box: Page, site: Path) -> None:
    kinds = {result["page"].split("/")[0]: result["kind"] for result in ask(box, "thẩm tra")}
    assert kinds["han-che"] == "Hạn chế" and kinds["danh-muc"] == "Phiếu rà soát"
    assert kinds["bieu-mau"] == "Biểu mẫu" and kinds["ky-hop"] == "Bước"
    documents = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    assert all(document.get("tags") for document in documents if "#" not in document["location"])
    assert {tag for document in documents for tag in document.get("tags", [])} >= {
        "Hạn chế", "Nguyên nhân", "Giải pháp", "Cách làm hay", "Phiếu rà soát", "Biểu mẫu", "Vai trò", "Bước",
        "Căn cứ", "Thuật ngữ", "Hỏi – đáp", "Nguồn bài học", "Đại biểu mới",
    }  # fmt: skip


def test_words_not_found_are_named(box: Page) -> None:
    assert "abcxyz" in ask(box, "thẩm tra abcxyz")[0]["missing"]
    assert ask(box, "hoi dong nhan dan")[0]["missing"] == []


HOSTILE = [
    "<img src=x onerror=alert(1)>", "+", "-", "- -", '"', '"thẩm tra', "a:b", "~", "thẩm~", "^9", "*",
    "+thẩm -tra", "title:thẩm", "\\", "((((", "constructor", "__proto__ hasOwnProperty", "𠀀漢字", " ",
    "thẩm tra " * 200, "a\u200b" * 3000, "\u200b", "\ufeff",
]  # fmt: skip


@pytest.mark.full
def test_no_input_breaks_the_search(browser: Browser, address: str) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: (faults.append("dialog"), dialog.dismiss()))
    open_search(page, f"{address}/")
    for text in HOSTILE:
        page.locator("[data-md-component=search-query]").fill(text)
        page.locator("[data-md-component=search-query]").press("End")
        await_frames(page)
        # The answer to this one may still be on its way when the next is asked.
        ask(page, "chất vấn")
        assert ask(page, "giám sát"), f"the search still works after {text[:40]}"
    assert page.locator("img[src=x]").count() == 0
    context.close()
    assert faults == []


@pytest.mark.full
def test_the_tests_notice_the_stock_language_file(browser: Browser, address: str) -> None:
    """Planted: with the theme's own file nothing is found at all."""
    stock = Path(material.__path__[0], "templates", LANGUAGE_FILE).read_text("utf-8")
    context = browser.new_context(service_workers="block")
    context.route(
        f"**/{LANGUAGE_FILE}",
        lambda route: route.fulfill(body=stock, content_type="text/javascript"),
    )
    page = context.new_page()
    # It does not even read our index: texts come to its worker as the file has them.
    open_search(page, f"{address}/")
    assert page.evaluate(ASK, "thẩm tra") == []
    context.close()


def test_the_index_waits_until_it_is_wanted(browser: Browser, address: str) -> None:
    """A first visit is spared the largest file; opening the search fetches it once."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/danh-muc/dm05/", wait_until="networkidle")
    assert not [url for url in asked if "search_index" in url or "lunr.vi" in url]
    page.locator("[data-md-component=search-query]").focus()
    page.keyboard.type("tham tra")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert len([url for url in asked if "search_index" in url]) == 1
    assert not [url for url in asked if "iframe-worker" in url], "only for a folder on disk"
    context.close()


READY = 1
"""The theme's number for a worker's word that it is ready."""
OF_WORKERS = """window.ofWorkers = [];
const Plain = window.Worker;
window.Worker = class extends Plain {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({ data }) => window.ofWorkers.push(data.type));
  }
};"""
"""Notes what kind of word each worker sends."""


@pytest.mark.parametrize("failing", [False, True], ids=["at once", "at the second try"])
def test_the_language_is_loaded_while_the_index_is_on_its_way(browser: Browser, address: str, failing: bool) -> None:
    """A weak line is spared a round trip; where that first try fails, the theme's own fetches it."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    held: list[Route] = []
    asked: list[str] = []

    def language(route: Route) -> None:
        asked.append(route.request.url)
        if failing and len(asked) == 1:
            route.abort()
        else:
            route.continue_()

    context.route("**/search_index.json", lambda route: held.append(route))
    context.route(f"**/{LANGUAGE_FILE}", language)
    context.add_init_script(OF_WORKERS)
    page.goto(f"{address}/danh-muc/dm05/")
    page.locator(FIELD).focus()
    page.keyboard.type("tham tra")
    end = time.monotonic() + 15
    while not (asked and held) and time.monotonic() < end:
        page.wait_for_timeout(20)
    assert len(asked) == 1, "before the index is there"
    # That the worker is ready for its language is no news: nothing can be searched yet.
    if not failing:
        wait_until(page, f"window.ofWorkers.includes({READY})")
    assert page.workers[0].evaluate("1 + 1") == 2, "it has done what it was asked"
    await_frames(page)
    assert page.locator(".md-search-result__meta").inner_text().startswith("Đang chuẩn bị")
    held.pop().continue_()
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert len(asked) == (2 if failing else 1)
    context.close()


# How words come into the field -------------------------------------------------------------------

FIELD = "[data-md-component=search-query]"
SET = f"""([text, kind]) => {{
  const field = document.querySelector("{FIELD}");
  field.value = text;
  if (kind) field.dispatchEvent(new Event(kind, {{bubbles: true}}));
}}"""


def paste(page: Page, text: str) -> None:
    """From the clipboard, by keys that are not let go: a pointer or a menu lets none go, either."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator(FIELD).focus()
    page.keyboard.down("Control")
    page.keyboard.down("v")


def dictate(page: Page, text: str) -> None:
    page.locator(FIELD).focus()
    page.keyboard.insert_text(text)


def compose(page: Page, text: str) -> None:
    """As an input method does: words that are still changing, then the last ones."""
    page.locator(FIELD).focus()
    keys = page.context.new_cdp_session(page)
    for part in (text[:3], text):
        keys.send("Input.imeSetComposition", {"text": part, "selectionStart": len(part), "selectionEnd": len(part)})


def drop(page: Page, text: str) -> None:
    place = page.locator(FIELD).bounding_box()
    assert place
    mouse = page.context.new_cdp_session(page)
    data = {"items": [{"mimeType": "text/plain", "data": text}], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        mouse.send("Input.dispatchDragEvent", {"type": kind, "x": place["x"] + 40, "y": place["y"] + 10, "data": data})


def fill_in(page: Page, text: str) -> None:
    """As browsers and helpers fill a field in that has not got the focus."""
    page.evaluate(SET, [text, "input"])


def fill_in_and_tell_at_the_end(page: Page, text: str) -> None:
    page.locator(FIELD).focus()
    page.evaluate(SET, [text, "change"])


def replace(page: Page, text: str) -> None:
    page.locator(FIELD).focus()
    page.keyboard.type("xyzzy")
    page.locator(FIELD).select_text()
    page.keyboard.insert_text(text)


WAYS = [paste, dictate, compose, drop, fill_in, fill_in_and_tell_at_the_end, replace]


@pytest.mark.parametrize("put", WAYS)
@pytest.mark.full
def test_words_are_searched_however_they_come(browser: Browser, address: str, put: Callable[[Page, str], None]) -> None:
    context = browser.new_context(viewport=DESKTOP, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/")
    put(page, "tham tra hinh thuc")
    expect(page.locator(FIELD)).to_have_value("tham tra hinh thuc")
    expect(page.locator(".md-search-result__item h1").first).to_contain_text("HC3")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    # The help that comes with an empty result follows, too.
    put(page, "xqzw xqzw")
    page.evaluate(SET, ["xqzw xqzw", "input"])
    expect(page.locator(".hd-search-help")).to_be_visible()
    context.close()


def test_words_that_were_there_before_the_index_are_searched(browser: Browser, address: str) -> None:
    """Typed, or given back by the browser, while the index and even the scripts were on their way."""
    context = browser.new_context(viewport=DESKTOP, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    held: list[Route] = []
    page.route("**/search_index.json", lambda route: held.append(route))
    page.goto(f"{address}/")
    with page.expect_request("**/search_index.json"):
        dictate(page, "tham tra")
    page.evaluate(SET, ["tham tra hinh thuc", ""])
    held.pop().continue_()
    expect(page.locator(".md-search-result__item h1").first).to_contain_text("HC3")
    page.unroute("**/search_index.json")

    def filled(route: Route) -> None:
        answer = route.fetch()
        text = answer.text().replace('name="query"', 'name="query" value="tham tra hinh thuc"')
        route.fulfill(response=answer, body=text)

    page.route(f"{address}/danh-muc/dm05/", filled)
    page.goto(f"{address}/danh-muc/dm05/")
    expect(page.locator(".md-search-result__item h1").first).to_contain_text("HC3")
    page.locator(FIELD).focus()
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    context.close()


def test_the_button_to_clear_empties_the_list(browser: Browser, address: str) -> None:
    """Also where a button takes no focus from the field, as on iPhones."""
    context = browser.new_context(viewport=PHONE, has_touch=True, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/?q=tham+tra")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.locator(".md-search__form button").evaluate(
        "button => button.addEventListener('mousedown', event => event.preventDefault())"
    )
    page.locator(".md-search__form button").click()
    expect(page.locator(".md-search-result__item")).to_have_count(0)
    expect(page.locator(".md-search-result__meta")).to_contain_text("Gõ từ cần tìm")
    context.close()


@pytest.mark.full
def test_letters_that_nobody_sees_count_for_nothing(box: Page) -> None:
    """Nor does the byte order mark, which the theme would take for a blank before the language sees it."""

    def found(text: str) -> list[tuple[str, list[str], list[str]]]:
        return [(one["page"], one["marked"], one["missing"]) for one in ask(box, text)]

    plain = found("thẩm tra")
    assert len(plain) >= 10
    for sign in ("\u200b", "\ufeff"):
        for text in (f"th{sign}ẩm tra", f"thẩm{sign} tra", f"{sign}thẩm tra{sign}", f"t{sign}h{sign}ẩm t{sign}ra"):
            assert found(text) == plain, ascii(text)
    # Where it is the only blank of a whole sentence, the known words tell where one ends.
    for sentence in ("không có mạng thì làm gì", "hội đồng nhân dân", "mất mạng", "đại biểu vắng mặt"):
        pages = {page for page, *_ in found(sentence)}
        assert pages and {page for page, *_ in found(sentence.replace(" ", "\u200b"))} == pages, sentence
    assert ask(box, "\u200b\u200b") == []


def test_the_index_holds_no_letter_that_nobody_sees() -> None:
    page = LexborHTMLParser("<article><h1 id=a>Thẩm&shy;\u200btra</h1><p>Kh\u200bảo\ufeff sát</article>")
    article = page.css_first("article")
    assert article
    (entry,) = search_index._Reader("a/", Search(1), 1).read(article)
    assert (entry.title, entry.blocks) == ("Thẩmtra", ["Khảo sát"])


def test_a_lost_index_is_told(browser: Browser, address: str) -> None:
    context = browser.new_context(service_workers="block")
    context.route("**/search_index.json", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{address}/")
    page.locator("[data-md-component=search-query]").focus()
    expect(page.locator(".md-search-result__meta")).to_contain_text("Kiểm tra mạng")
    context.close()


def test_a_shared_search_address_opens_its_results(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/?q=tham+tra+hinh+thuc")
    expect(page.locator(".md-search-result__item h1").first).to_contain_text("HC3")
    page.locator(".md-search-result__link").first.tap()
    expect(page).to_have_url(f"{address}/han-che/hc3/")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.full
def test_an_empty_result_offers_what_to_try(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/han-che/hc1/")
    page.locator("label.md-header__button[for=__search]").click()
    page.keyboard.type("xyzzy")
    help_ = page.locator(".hd-search-help")
    expect(help_).to_be_visible()
    expect(help_).to_contain_text("không dấu cũng được")
    expect(page.locator(".md-search-result__meta[role=status]")).to_have_text("Không thấy trang nào.")
    heights = help_.locator("a").evaluate_all("a => a.map(e => e.getBoundingClientRect().height)")
    assert len(heights) == 5 and min(heights) >= 44
    assert accessibility_faults(page) == []
    # By keyboard alone, although the theme closes the window on Tab.
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(help_.locator("a", has_text="Biểu mẫu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/bieu-mau/")
    page.goto(f"{address}/?q=tham+tra")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    expect(help_).to_be_hidden()
    assert accessibility_faults(page) == []
    context.close()


def test_every_entry_leads_to_a_place_that_exists(sites: dict[str, Path]) -> None:
    for form, folder in sites.items():
        pages = read_site(folder)
        index = json.loads((folder / "search/search_index.json").read_text("utf-8"))
        assert len(index["docs"]) > 1000
        seen = set()
        for document in index["docs"]:
            page, _, fragment = document["location"].partition("#")
            file = page if page.endswith(".html") else f"{page}index.html"
            assert file in pages, document["location"]
            assert not fragment or fragment in pages[file].ids, document["location"]
            assert document["title"].strip(), document["location"]
            assert document["location"] not in seen, f"{form}: twice"
            seen.add(document["location"])


def test_terms_rules_and_items_are_entries_of_their_own(site: Path, kb: KnowledgeBase) -> None:
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    by_location = {document["location"]: document for document in index["docs"]}
    term = by_location["tra-cuu/thuat-ngu/#hdnd"]
    assert term["title"] == "Hội đồng nhân dân (HĐND)"
    assert ["Hội đồng nhân dân", "HĐND"] in term["same"]
    assert by_location["tra-cuu/thuat-ngu/#bao-cao-tham-tra"]["same"] == [["Báo cáo thẩm tra", "bctt"]]
    assert "can-cu/luat-72-2025/#ky-hop-ky-chung-thuc" in by_location
    assert "danh-muc/dm07/#khao-sat" in by_location
    assert sum("thuat-ngu/#" in location for location in by_location) >= len(kb.terms)
    assert not [location for location in by_location if location.endswith("#buoc-tiep-theo")]
    text = json.dumps(index, ensure_ascii=False)
    assert text == unicodedata.normalize("NFC", text)


def test_neither_blanks_of_forms_nor_old_sentences_of_law_are_found(site: Path) -> None:
    """A named blank says what is to be written; the page of changed sentences quotes what no longer holds."""
    docs = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    texts = {document["location"]: document["text"] for document in docs}
    assert "bieu-mau/bm10/#xem-truoc" not in texts, "a form is found by what it is for"
    titles = texts["loai-nghi-quyet/ln01/"]
    assert "phân bổ dự toán ngân sách" in titles and "«" not in titles
    assert [location for location in texts if location.startswith("tra-cuu/thay-doi/#ban-")], "the log has other places"
    assert "tra-cuu/cau-luat-da-doi/" in texts
    assert not [
        location for location, text in texts.items() if location.startswith("tra-cuu/cau-luat-da-doi/#") and text
    ]


def test_sections_that_are_no_entries_stand_on_pages_and_are_not_found(site: Path, kb: KnowledgeBase) -> None:
    """A section whose address changed would come into the index unseen."""
    docs = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    found = {document["location"] for document in docs}
    for kind in KINDS.values():
        pages = [page_url(kb.page_of[one], "directory") for one in kb.of(kind.name)]
        for section in (*kind.search.left_out, *kind.search.merged):
            assert any(f'id="{section}"' in (site / page / "index.html").read_text("utf-8") for page in pages), section
            assert not found & {f"{page}#{section}" for page in pages}, section


def test_the_index_stays_small(site: Path) -> None:
    data = (site / "search/search_index.json").read_bytes()
    assert len(gzip.compress(data, 9)) < 200_000


def test_it_works_from_a_folder_on_disk(browser: Browser, sites: dict[str, Path]) -> None:
    """From a page in a subfolder; nothing but files of the folder is asked for."""
    folder = sites["file"]
    context = browser.new_context(service_workers="block")
    foreign: list[str] = []

    def refuse(route: Route) -> None:
        foreign.append(route.request.url)
        route.abort()

    context.route(lambda url: not url.startswith((folder.as_uri(), "data:")), refuse)
    page = context.new_page()
    page.goto((folder / "han-che" / "hc1.html").as_uri() + "?q=kỷ%20họp%20nửa%20ngày")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    first_three = page.locator(".md-search-result__item").all_inner_texts()[:3]
    assert any("HC4" in text or "DM10" in text for text in first_three)
    open_again = page.locator("[data-md-component=search-query]")
    open_again.fill("tham tra hinh thuc")
    open_again.press("End")
    expect(page.locator(".md-search-result__item h1").first).to_contain_text("HC3")
    page.locator(".md-search-result__link").first.click()
    expect(page).to_have_url(re.compile(r"/han-che/hc3\.html"))
    context.close()
    assert foreign == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.full
def test_a_wrong_address_searches_its_own_words(browser: Browser, address: str, site: Path, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, service_workers="block")  # type: ignore[arg-type]
    lost = (site / "404.html").read_text("utf-8")
    context.route(
        "**/danh-muc/tham-tra-hinh-thuc/",
        lambda r: r.fulfill(status=404, body=lost, content_type="text/html"),
    )
    context.route("**/%3Cimg*", lambda r: r.fulfill(status=404, body=lost, content_type="text/html"))
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: (faults.append("dialog"), dialog.dismiss()))
    page.goto(f"{address}/danh-muc/tham-tra-hinh-thuc/")
    expect(page.locator("h1")).to_contain_text("Không có trang này")
    first = page.locator("[data-hd-suggestions] li").first
    expect(first).to_contain_text("Thẩm tra còn hình thức")
    expect(first).to_contain_text("(Hạn chế)")
    assert page.locator("[data-hd-suggestions] li").count() <= 5
    assert accessibility_faults(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide
    page.get_by_label("Tìm trong sổ tay").fill("nua ngay")
    page.get_by_label("Tìm trong sổ tay").press("Enter")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.goto(f"{address}/%3Cimg%20src=x%20onerror=alert(1)%3E%ff")
    expect(page.locator("form.hd-lost input")).to_have_value(re.compile("img src x"))
    assert page.locator("img[src=x]").count() == 0 and faults == []
    context.close()


def test_without_script_the_page_for_wrong_addresses_leads_on(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/404.html")
    expect(page.locator("form.hd-lost")).to_be_hidden()
    page.get_by_role("main").get_by_role("link", name="Phiếu rà soát").click()
    expect(page).to_have_url(f"{address}/danh-muc/")
    context.close()
