"""Hostile texts and files through every door of the pages: nothing runs, nothing hangs, nothing leaves, nothing is lost.

What is looked for each time: the canary `window.ran`, a dialog, a request to elsewhere, what the policy refuses, an error
that no page caught, and whether the page still answers. `make test` takes a seeded sample, `make test-full` all.
"""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from docx import Document as read_document
from playwright.sync_api import Browser, Page, expect

from tests.browsing import DESKTOP, await_frames, wait_until
from tests.filling import FACTS, MATTERS
from tests.hostile import STRINGS, Hostile
from tests.hostile_files import GOOD, MADE, HostileFile, hostile_files, row, spreadsheet
from tests.sample import some_of
from tests.test_board import events
from tests.test_fill_page import kept
from tests.test_policy import UNFOLD, Walk, walker

ANSWERS = 10_000
"""Milliseconds in which a page must answer, on a machine that does other things, too."""
SITTING, BOARD, PROGRAMME, DRAFT, MATTERS_PAGE, RULES, SHEET, FORM, EXERCISE, PATH, TERMS = (
    "tra-cuu/ky-hop-dang-chuan-bi/", "tra-cuu/tien-do/", "tra-cuu/chuong-trinh/", "tra-cuu/soat-loi-du-thao/",
    "tra-cuu/danh-muc-noi-dung/", "tra-cuu/moc-quy-che/", "danh-muc/dm07/", "bieu-mau/bm10/", "thuc-hanh/th01/",
    "moc/mc5/", "tra-cuu/thuat-ngu/",
)  # fmt: skip
SOME = [pytest.param(1, marks=pytest.mark.full, id="all"), pytest.param(60, id="some")]
"""The parameter ``share``: one in so many texts."""
SOME_FILES = [pytest.param(1, marks=pytest.mark.full, id="all"), pytest.param(20, id="some")]
OF_A_BAD_XML = re.compile(
    "^style-src-attr inline .*/office/office-file.js:|^Applying inline style violates .*style-src"
)
"""Chrome tells of XML that is not whole by a document of its own, with a style that our policy refuses."""
JUDGED = "!!document.querySelector('#ket-qua')?.checkVisibility() || [...document.querySelectorAll('[role=alert]')].some(one => one.textContent)"
"""Whether the draft check has said what it found, or why it read nothing."""
GOOD_DRAFT = "HỘI ĐỒNG NHÂN DÂN\nNGHỊ QUYẾT\nVề việc thử\nCăn cứ Luật Tổ chức chính quyền địa phương;\n"


class Watch(NamedTuple):
    """A desk with all that it must not do."""

    walk: Walk
    address: str
    odd: list[str]

    @property
    def page(self) -> Page:
        return self.walk.page

    def go(self, path: str) -> None:
        self.page.goto(f"{self.address}/{path}")

    def opened(self, path: str) -> None:
        """Open a page and let its scripts do what they do by themselves."""
        if self.page.url.partition("#")[0] == f"{self.address}/{path.partition('#')[0]}":
            # Only what stands behind "#" would change.
            self.page.goto("about:blank")
        self.go(path)
        self.page.wait_for_timeout(150)

    def is_well(self, after: object) -> None:
        """Fail where something ran, left, was refused, or broke; and where the page no longer answers."""
        wait_until(self.page, "document.readyState === 'complete'", timeout=ANSWERS)
        canaries = "[window.ran, Object.prototype.ran, [].ran, document.querySelector('dialog[open]')].some(one => one)"
        assert self.page.evaluate(canaries) is False, after
        refused = [one for one in self.walk.refused() if "favicon" not in one and not OF_A_BAD_XML.search(one)]
        assert refused == [] and self.odd == [], (after, refused[:3], self.odd[:3])
        assert self.page.url.startswith(self.address), after


@pytest.fixture
def watch(browser: Browser, address: str) -> Iterator[Watch]:
    context = browser.new_context(viewport=DESKTOP, service_workers="block", accept_downloads=True)
    walk, odd = walker(context), []  # type: ignore[var-annotated]
    walk.page.on(
        "request",
        lambda one: None if one.url.startswith((address, "blob:")) else odd.append(f"asks for {one.url[:80]}"),
    )
    walk.page.on("dialog", lambda one: (odd.append(f"dialog {one.message}"), one.dismiss()))
    walk.page.on("popup", lambda one: odd.append(f"opens {one.url}"))
    context.set_default_timeout(ANSWERS)
    yield Watch(walk, address, odd)
    context.close()


def texts(share: int) -> list[Hostile]:
    drawn = set(some_of([one.what for one in STRINGS], share))
    return [one for one in STRINGS if one.what in drawn]


def files(share: int, *endings: str) -> list[HostileFile]:
    return hostile_files(some_of([name for _what, name, _make in MADE if name.endswith(endings)], share))


def put(page: Page, name: str, data: bytes, chooser: str) -> None:
    page.locator(chooser).set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})


# What is pasted ------------------------------------------------------------------------------------


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME)
def test_a_pasted_draft(watch: Watch, share: int) -> None:
    for one in texts(share):
        watch.go(DRAFT)
        watch.page.locator("#dan-du-thao").fill(f"{GOOD_DRAFT}{one.text}\nĐiều 1. {one.text}")
        watch.page.get_by_role("button", name="Soát phần đã dán").click()
        wait_until(watch.page, JUDGED, timeout=ANSWERS)
        watch.is_well(one.what)


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME)
def test_a_pasted_programme(watch: Watch, share: int) -> None:
    watch.go(PROGRAMME)
    expect(watch.page.get_by_label("Dán các dòng")).to_be_attached()
    for one in texts(share):
        watch.page.evaluate(UNFOLD)
        watch.page.get_by_label("Dán các dòng").fill(f"Khai mạc (10 phút)\n{one.text}\n{one.text} (10 phút)")
        watch.page.get_by_role("button", name="Đọc các dòng này").click()
        expect(watch.page.locator(".hd-line").first).to_be_visible()
        watch.is_well(one.what)
    watch.page.reload()
    expect(watch.page.locator(".hd-line").first).to_be_visible()
    with watch.page.expect_download() as made:
        watch.page.get_by_role("button", name="(BM10)").click()
    assert len(read_document(made.value.path()).element.body) > 5
    watch.is_well("the programme in Word")


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME)
def test_pasted_matters(watch: Watch, share: int) -> None:
    watch.go(MATTERS_PAGE)
    given = texts(share)
    for at in range(0, len(given), 20):
        watch.page.locator("#dan-noi-dung").fill("\n".join(one.text[:300] for one in given[at : at + 20]))
        watch.page.get_by_role("button", name="Thêm vào danh mục", exact=True).click()
        watch.is_well([one.what for one in given[at : at + 20]])
    watch.page.reload()
    watch.is_well("what is kept, shown again")


# What is typed -------------------------------------------------------------------------------------

PAGES = [
    SITTING,
    BOARD,
    MATTERS_PAGE,
    RULES,
    SHEET,
    FORM,
    EXERCISE,
    PATH,
    TERMS,
    "danh-muc/dm15/",
    "tu-ra-soat/tr-hdnd/",
    "",
]


def fill_each(page: Page, given: list[Hostile], first: int) -> int:
    """Type the texts into all fields of a page, in turn; returns how many fields there were."""
    page.evaluate(UNFOLD)
    fields = page.locator(
        "article :is(input[type=text], input[type=search], input:not([type]), textarea):visible:enabled"
    )
    count = min(fields.count(), 40)
    for at in range(count):
        field = fields.nth(at)
        if field.is_editable():
            field.fill(given[(first + at) % len(given)].text[:5000])
            field.blur()
    return count


@pytest.mark.parametrize("share", SOME)
def test_what_is_typed_into_each_field_of_each_page(watch: Watch, share: int) -> None:
    given = texts(share)
    watch.go("")
    watch.page.evaluate(kept(FACTS, MATTERS))
    filled, at = 0, 0
    for _round in range(1 if share > 1 else 3):
        for path in PAGES if share == 1 else some_of(PAGES, 6):
            watch.opened(path)
            at += (count := fill_each(watch.page, given, at))
            filled += count
            watch.is_well(path)
            # What was kept is shown again.
            watch.page.reload()
            watch.page.evaluate(UNFOLD)
            watch.page.wait_for_timeout(150)
            watch.is_well(f"{path} again")
    assert filled > 60 / share


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME)
def test_what_is_typed_leaves_as_text(watch: Watch, share: int) -> None:
    """A calendar of whole lines, a Word file that opens, a link that another device reads, a saved file that is read again."""
    page = watch.page
    given = texts(share)
    names = [
        name
        for name, value in FACTS.items()
        if name in ("council", "term", "sitting", "region", "venue", "signer", "chair", "clerk", "contact", "phone")
    ]
    for at in range(0, len(given), len(names)):
        some = [given[(at + n) % len(given)] for n in range(len(names))]
        facts = {**FACTS, **{name: one.text[:120] for name, one in zip(names, some, strict=True)}}
        matters = [{**one, "title": other.text[:200] or "a"} for one, other in zip(MATTERS, some, strict=False)]
        watch.go("nguon/")
        page.evaluate(kept(facts, matters))
        watch.go(FORM)
        with page.expect_download() as form:
            page.get_by_role("button", name="đã điền").first.click()
        document = read_document(form.value.path())
        assert document.part.package.iter_parts() and len(document.element.body) > 5
        outside = [
            rel.target_ref
            for part in document.part.package.iter_parts()
            for rel in part.rels.values()
            if rel.is_external
        ]
        assert not any("vi-du.invalid" in one or one.startswith("file:") for one in outside)
        watch.go(BOARD)
        page.locator("#bang-vai-tro").select_option("van-phong")
        with page.expect_download() as calendar:
            page.get_by_role("button", name="Đưa vào lịch điện thoại").click()
        lines = Path(calendar.value.path()).read_bytes().decode()
        assert len(events(lines)) > 5
        kinds = {line.split(":")[1] for line in lines.split("\r\n") if line.startswith("BEGIN:")}
        assert (
            kinds <= {"VCALENDAR", "VEVENT", "VALARM"}
            and "ACTION:PROCEDURE\r\n" not in lines
            and "\r\nATTACH" not in lines
        )
        page.evaluate("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }")
        page.get_by_role("button", name="Sao chép liên kết có sẵn ngày").click()
        link = page.evaluate("window.copied")
        page.evaluate("localStorage.clear()")
        watch.go("nguon/")
        watch.go(f"{BOARD}#{link.split('#')[1]}")
        page.get_by_role("button", name="Nhận ngày kỳ họp").click()
        watch.is_well([one.what for one in some])


# Addresses -----------------------------------------------------------------------------------------


def packed(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME)
def test_what_an_address_carries(watch: Watch, share: int) -> None:
    """Behind “#” and “?” of the pages that read their address, plain, escaped and packed as our own links are."""
    for number, one in enumerate(texts(share)):
        plain = one.text.encode("utf-8", "replace").decode()[:2000].replace("\0", "")
        escaped = quote(plain)
        facts = {name: plain for name in ("council", "term", "sitting", "region")} | {
            "opening": "2026-12-10",
            "kind": plain,
        }
        board = packed(
            {
                "v": 1,
                "f": facts,
                "r": [[plain, plain, plain, plain], plain, 1],
                "d": [[plain, plain], ["2026-12-10", plain]],
            }
        )
        rules = packed(
            {"v": 1, "c": plain, "r": [["ky-hop.thoi-han-gui-tai-lieu", plain, plain], [plain, plain, plain], plain]}
        )
        addresses = [
            f"{BOARD}#k={board}", f"{BOARD}#k={escaped}", f"{RULES}#m={rules}", f"{RULES}#m={escaped}", f"{SHEET}#{escaped}",
            f"{PATH}#{escaped}", f"{TERMS}#{escaped}", f"{SITTING}#{escaped}", f"{PROGRAMME}?q={escaped}#{escaped}", f"?q={escaped}",
        ]  # fmt: skip
        for path in addresses if share == 1 else addresses[number % 5 :: 5]:
            watch.opened(path)
            watch.is_well((one.what, path[:60]))


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME_FILES)
def test_an_escape_that_was_cut_stops_no_page(watch: Watch, share: int) -> None:
    for path in (SHEET, PATH, TERMS, BOARD, RULES, "han-che/hc1/"):
        for broken in ("%", "%E0%A4%A", "k=%", "m=%")[: 4 if share == 1 else 1]:
            watch.opened(f"{path}#{broken}")
            watch.is_well((path, broken))
            # Also where only what stands behind "#" changes.
            watch.page.evaluate("location.hash = '#%E0%'")
            await_frames(watch.page)
            watch.is_well((path, "a changed hash"))


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME)
def test_what_is_searched_for(watch: Watch, share: int) -> None:
    watch.go("han-che/hc1/")
    field = watch.page.locator(".md-search__input")
    for one in texts(share):
        field.fill(one.text[:3000])
        watch.page.wait_for_timeout(150)
        watch.is_well(one.what)
    field.fill("tham tra hinh thuc")
    expect(watch.page.locator(".md-search-result__link").first).to_be_visible()
    watch.is_well("searching goes on")


# Files ---------------------------------------------------------------------------------------------


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME_FILES)
def test_a_file_of_a_draft(watch: Watch, share: int) -> None:
    for one in files(share, ""):
        watch.go(DRAFT)
        expect(watch.page.locator("#tep-du-thao")).to_be_attached()
        put(watch.page, one.name, one.data, "#tep-du-thao")
        wait_until(watch.page, JUDGED, timeout=3 * ANSWERS)
        watch.is_well(one.what)
    good = "HỘI ĐỒNG NHÂN DÂN\nUBND huyện chịu trách nhiệm thi hành.\n"
    watch.page.reload()
    put(watch.page, "tot.txt", good.encode(), "#tep-du-thao")
    expect(watch.page.locator("[data-sign]").first).to_be_visible()


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME_FILES)
def test_a_file_of_matters(watch: Watch, share: int) -> None:
    watch.go(MATTERS_PAGE)
    watch.page.evaluate(kept(FACTS, MATTERS[:1]))
    watch.page.reload()
    for one in files(share, ""):
        watch.page.evaluate("document.querySelector('[role=status]').textContent = ''")
        put(watch.page, one.name, one.data, "[aria-label='Chọn tệp BM07']")
        told = re.compile("Không mở được|Không thấy bảng|Đã thêm|đã có trong|chưa có nội dung")
        expect(watch.page.get_by_role("status")).to_have_text(told, timeout=3 * ANSWERS)
        watch.is_well(one.what)


KEEPERS = [
    (SHEET, "[aria-label='Chọn tệp lưu']"),
    ("thuc-hanh/", "[aria-label='Chọn tệp lưu']"),
    (RULES, "[aria-label='Chọn tệp thời hạn']"),
]


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME_FILES)
@pytest.mark.parametrize(("path", "chooser"), KEEPERS, ids=["sheet", "practice", "limits"])
def test_a_file_of_what_was_kept(watch: Watch, path: str, chooser: str, share: int) -> None:
    watch.go(path)
    watch.page.evaluate(kept(FACTS, MATTERS))
    watch.page.reload()
    expect(watch.page.locator(chooser)).to_be_attached()
    before = watch.page.evaluate("localStorage.getItem('hdnd.goc.v1')")
    given = [*files(share, ".json"), *files(4 * share, ".txt", ".docx", ".ics")]
    for one in given:
        put(watch.page, one.name, one.data, chooser)
        watch.page.wait_for_timeout(100)
        watch.page.evaluate(UNFOLD)
        take = watch.page.get_by_role("button", name=re.compile("^(Thay tất cả|Gộp vào|Nhận các thời hạn này)$"))
        if take.count():
            take.last.click()
        watch.is_well(one.what)
        watch.page.reload()
        expect(watch.page.locator(chooser)).to_be_attached()
        watch.is_well(f"{one.what}, shown again")
        watch.page.evaluate("before => localStorage.setItem('hdnd.goc.v1', before)", before)


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME_FILES)
def test_what_stands_in_the_device_may_be_anything(watch: Watch, share: int) -> None:
    """Another page of the same host, an older edition, a hand: each page opens all the same."""
    values = ["", "{", "null", "[]", "1", '"a"', '{"schema":3}', '{"schema":3,"sittings":null}', '{"schema":-1}', "{" * 5000,
              *(file.data.decode() for file in files(1, ".json") if len(file.data) < 500_000)]  # fmt: skip
    for value in some_of(values, share):
        watch.go("nguon/")
        watch.page.evaluate(
            "value => { for (const key of ['v1', 'tap.v1', 'cho']) localStorage.setItem(`hdnd.goc.${key}`, value); }",
            value,
        )
        for path in (SHEET, BOARD, FORM):
            watch.opened(path)
            watch.is_well((path, value[:60]))
        watch.page.evaluate("localStorage.clear()")


SHEET_ROWS = """async encoded => {
  const { sheetRows } = await import("/office/excel-file.js");
  try {
    return [...sheetRows(Uint8Array.from(atob(encoded), letter => letter.charCodeAt(0)))][0];
  } catch (fault) {
    return fault.name;
  }
}"""


def test_a_sheet_that_declares_entities_is_not_read(modules: Page) -> None:
    rows = row("1", "Chợ mới", "Tờ trình")
    whole, declared = (
        modules.evaluate(SHEET_ROWS, base64.b64encode(spreadsheet(rows, before)).decode())
        for before in ("", '<!DOCTYPE a [<!ENTITY a "x">]>')
    )
    assert whole == [["1", "Chợ mới", "Tờ trình"]] and declared == "BadFile"


def test_these_tests_see_what_they_look_for(watch: Watch) -> None:
    """Each thing that must not happen, planted once: silence would prove nothing."""
    for planted in ("window.ran = 1", "Object.prototype.ran = 1", "alert(1)", "void setTimeout(() => { throw new Error('a') })",
                    "document.body.append(Object.assign(document.createElement('img'), {src: 'https://vi-du.invalid/x.png'}))"):  # fmt: skip
        watch.go("nguon/")
        watch.is_well("before")
        watch.page.evaluate(planted)
        await_frames(watch.page)
        with pytest.raises(AssertionError):
            watch.is_well("planted")
        watch.odd.clear()
        watch.walk.said.clear()


def test_the_lists_are_as_long_as_they_say() -> None:
    assert len(STRINGS) == len({one.what for one in STRINGS}) == len({one.text for one in STRINGS}) == 120
    assert len(MADE) == len({what for what, _name, _make in MADE}) == len({name for _what, name, _make in MADE}) == 40
    # Those that are meant to be whole are.
    (whole,) = (one.data for one in hostile_files(["e.docx"]))
    assert GOOD in zipfile.ZipFile(io.BytesIO(whole)).read("word/document.xml").decode()
