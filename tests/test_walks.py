"""Four walks of an official, from the front door to the paper in hand, and the page of the first sitting.

Each step is a link, a button or a field of the page where the walk stands, used by keyboard. What is asked is a fact: the
way is there, the file comes and opens, the day is right. No wording is looked for.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect

from knowledge.addresses import record_url
from knowledge.dates import Sitting, due
from knowledge.days_off import calendar
from knowledge.records.knowledge_base import KnowledgeBase
from tests.browsing import DESKTOP, PHONE, accessibility_faults, comes_to_hold, page_count, stays_too_wide
from tests.lending import Lender
from tests.test_fill_page import kept
from tests.test_filled_forms import text_of

TODAY = "2026-11-27T09:00:00+07:00"
OPENING, CLOSING, LAST_ANSWERS = date(2026, 12, 17), date(2026, 12, 18), date(2027, 3, 5)
BOARD, SHEETS, PATH, FIRST = "tra-cuu/tien-do/", "danh-muc/", "tra-cuu/viec-cua-ai/", "tra-cuu/ky-hop-thu-nhat/"
COUNCIL = "HĐND xã Mường Than"

# The first link that a reader sees on the page, or in the menu above it, and that leads there.
LINK = """([path, fragment]) => [...document.querySelectorAll("article a[href], .md-tabs a[href]")].find(link => {
  const to = new URL(link.href);
  return to.origin === location.origin && to.pathname === path && (!fragment || to.hash === fragment)
    && link.checkVisibility() && link.getClientRects().length > 0;
})"""


@dataclass
class Walk:
    """An official at a browser: where the walk stands, and how many times a link was pressed."""

    page: Page
    address: str
    kb: KnowledgeBase
    pressed: int = 0
    been: list[str] = field(default_factory=list)

    def begin(self) -> None:
        self.page.goto(f"{self.address}/")

    def press(self, target: str) -> None:
        """Go on by a link of this page, by keyboard; ``target`` is an ID of a record or an address."""
        where = record_url(self.kb, target, "directory") if self.kb.get(target) else target
        path, _, fragment = where.partition("#")
        link = self.page.evaluate_handle(LINK, [f"/{path}", f"#{fragment}" if fragment else ""]).as_element()
        assert link, f"{self.page.url}: no link to {where} that is seen; came by {self.been}"
        link.focus()
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: urlsplit(url).path == f"/{path}" and fragment in url)
        self.page.wait_for_load_state("domcontentloaded")
        self.pressed += 1
        self.been.append(where)

    def take(self, name: str) -> bytes:
        """Take a file that the page offers."""
        link = self.page.locator(f'main a[href$="/{name}"]').first
        expect(link).to_be_visible()
        with self.page.expect_download() as found:
            link.press("Enter")
        assert found.value.suggested_filename == name
        return Path(found.value.path()).read_bytes()

    def row(self, deadline: str) -> Locator:
        """Return a line of the board; a group that is folded is opened."""
        line = self.page.locator(f'[data-hd-due="{deadline}"]')
        expect(line).to_be_attached()
        if not line.is_visible():
            self.page.locator("details.hd-lessons", has=line).locator("> summary").press("Enter")
        expect(line).to_be_visible()
        return line

    def note(self, name: str, day: date) -> None:
        """Write a day into a field of the board."""
        one = self.page.locator(f"#bang-{name}")
        if not one.is_visible():
            self.page.locator("[data-hd-facts] summary").press("Enter")
        one.fill(day.isoformat())


@pytest.fixture(params=[PHONE, pytest.param(DESKTOP, marks=pytest.mark.full)], ids=["phone", "office"])
def walk(request: pytest.FixtureRequest, lender: Lender, address: str, kb: KnowledgeBase) -> Iterator[Walk]:
    context = lender.lend(TODAY, viewport=request.param, accept_downloads=True, timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(15_000)
    page = context.new_page()
    made = Walk(page, address, kb)
    made.begin()
    yield made
    context.close()


def short(day: date) -> str:
    return f"{day.day:02}/{day.month:02}" if day.month < 3 else f"{day.day:02}/{day.month}"


def day_of(kb: KnowledgeBase, deadline: str, **days: date) -> date:
    """Return the day that a list shows for a deadline of the year-end sitting, as the records and the calendar give it."""
    known = {name.replace("_", "-"): day for name, day in days.items()}
    found = due(kb.deadlines[deadline], Sitting("thuong-le-cuoi-nam", known), calendar())
    assert found
    return found.better or found.day


# (a) A petition, from the meeting to the notice board ----------------------------------------------


def test_a_petition_goes_from_the_meeting_to_the_notice_board(walk: Walk) -> None:
    page, kb = walk.page, walk.kb
    walk.press(SHEETS)
    walk.press("DM14")
    walk.press("BM20")
    assert walk.pressed <= 3, "the paper for a meeting is three presses away"
    assert text_of(walk.take("bm20.docx"))
    walk.press("BM45")
    assert text_of(walk.take("bm45.docx"))
    walk.press("DM14")
    walk.press(BOARD)
    page.locator("#bang-khai-mac").fill(OPENING.isoformat())
    # Nobody has told until when the answers are due: the line leads to the field for it.
    # The list may be drawn anew just when its button is pressed: a reader presses again.
    for _ in range(4):
        walk.row("han-cong-khai-kien-nghi").get_by_role("button").first.press("Enter")
        if comes_to_hold(page, "document.activeElement.id === 'bang-answers'", timeout=1000):
            break
    expect(page.locator("#bang-answers")).to_be_focused()
    page.keyboard.press("Tab")
    walk.note("answers", LAST_ANSWERS)
    line = walk.row("han-cong-khai-kien-nghi")
    day = day_of(kb, "han-cong-khai-kien-nghi", het_han_giai_quyet=LAST_ANSWERS)
    assert day == calendar().shift(LAST_ANSWERS, 15) == date(2027, 3, 26)
    expect(line.locator(".hd-due__day b")).to_contain_text(short(day))
    # How long the result hangs on the notice board, and where the law says so.
    expect(line.locator(".hd-due__more")).to_contain_text("30 ngày")
    assert kb.rules["cu-tri.cong-khai-ket-qua"][1].article in (line.text_content() or "")  # type: ignore[operator]
    walk.note("petitions", OPENING)
    answered = day_of(kb, "han-giai-quyet-kien-nghi", nhan_kien_nghi=OPENING)
    expect(walk.row("han-giai-quyet-kien-nghi").locator(".hd-due__day b")).to_contain_text(short(answered))
    walk.press("BM45")


# (b) A post that became vacant, filled --------------------------------------------------------------

ANSWERS = {
    "duong-nhieu-co-quan": False,
    "duong-noi-bo": False,
    "duong-nhan-su": True,
    "duong-chuc-danh-bau": True,
    "duong-khong-thu-tuc": False,
}


def test_a_vacant_post_is_filled(walk: Walk) -> None:
    page, kb = walk.page, walk.kb
    walk.press(PATH)
    step = next(iter(kb.path_steps.values()))
    while step.is_question:
        way = step.if_yes if ANSWERS[step.id] else step.if_no
        walk.press(f"{PATH}#{way}")
        step = kb.path_steps[way or ""]
        expect(page.locator(f"#{step.id}")).to_be_in_viewport()
    assert step.whose == "hdnd" and "LN11" in step.kinds
    walk.press("LN11")
    walk.press("DM23")
    for form in ("BM35", "BM36", "BM37", "BM39"):
        # The motion, the count, the resolution, the script with its ballot: each is one press from the sheet, and back.
        walk.press(form)
        assert text_of(walk.take(f"{form.lower()}.docx"))
        page.go_back()
    page.goto(f"{walk.address}/{BOARD}")
    page.locator("#bang-khai-mac").fill(OPENING.isoformat())
    walk.note("closing", CLOSING)
    page.locator("[name=has][value=nhan-su]").check()
    sent = walk.row("han-gui-ket-qua-bau")
    expect(sent.locator(".hd-due__day b")).to_contain_text(short(calendar().shift(CLOSING, 5)))
    walk.press("DM23")


# (c) A recommendation that nobody follows ----------------------------------------------------------


def test_a_recommendation_that_is_ignored_has_a_next_step(walk: Walk) -> None:
    page, kb = walk.page, walk.kb
    walk.press(SHEETS)
    walk.press("DM19")
    walk.press("danh-muc/dm19/#sau-giam-sat")
    rows = page.locator("#sau-giam-sat ~ * table").first.locator("tbody tr td:first-child")
    steps = [text.partition(":")[0].partition(". ")[2] for text in rows.all_text_contents()]
    register = kb.documents["BM24"].sheets[-1]
    choices = next(one.choices for one in register.columns if len(one.choices) == len(steps))
    assert steps == choices, "the sheet and the register count the same steps"
    for form in ("BM51", "BM17", "BM48", "BM22", "BM23", "LN08", "BM24"):
        assert page.evaluate(f"([a, b]) => !!({LINK})([a, b])", [f"/{record_url(kb, form, 'directory')}", ""]), form
    walk.press("BM51")
    letter = walk.take("bm51.docx")
    assert len(Document(io.BytesIO(letter)).tables) >= 2 and text_of(letter)
    walk.press("BM24")
    book = openpyxl.load_workbook(io.BytesIO(walk.take("bm24.xlsx")))
    offered = [one.formula1 or "" for sheet in book for one in sheet.data_validations.dataValidation]
    assert any(all(step in formula for step in steps) for formula in offered) or _listed(book, steps)
    walk.press("DM17")
    walk.press("BM17")
    assert text_of(walk.take("bm17.docx"))


def _listed(book: Any, steps: list[str]) -> bool:
    """Tell whether a book keeps the choices in cells, where a list too long for a formula stands."""
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    return set(steps) <= cells


# (d) The file of a sitting, closed ------------------------------------------------------------------


def test_the_file_of_a_sitting_is_closed(walk: Walk) -> None:
    page, kb = walk.page, walk.kb
    walk.press("B8")
    walk.press("DM24")
    walk.press("BM50")
    assert walk.pressed <= 3
    book = openpyxl.load_workbook(io.BytesIO(walk.take("bm50.xlsx")))
    wanted = kb.documents["BM50"].sheets
    assert len(wanted) == 3 and [sheet.title for sheet in book][: len(wanted)] == [one.name for one in wanted]
    walk.press("DM24")
    page.goto(f"{walk.address}/{BOARD}")
    page.locator("#bang-khai-mac").fill(OPENING.isoformat())
    walk.note("closing", CLOSING)
    line = walk.row("han-luu-ho-so")
    expect(line.locator(".hd-due__day b")).to_contain_text(
        short(day_of(kb, "han-luu-ho-so", khai_mac=OPENING, be_mac=CLOSING))
    )
    walk.press("BM50")


# The first sitting of a new term -------------------------------------------------------------------


def test_the_first_sitting_is_found_where_it_is_looked_for(walk: Walk) -> None:
    page = walk.page
    walk.press("ky-hop/")
    walk.press(FIRST)
    assert walk.pressed == 2
    assert accessibility_faults(page) == []
    for place in ("danh-muc/dm23/", "bieu-mau/bm35/", "tra-cuu/hoi-dap/", "tra-cuu/thuat-ngu/"):
        page.goto(f"{walk.address}/{place}")
        walk.press(FIRST)
    assert not stays_too_wide(page, 320)


def test_the_first_sitting_is_one_sheet_of_paper(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESKTOP, service_workers="block")
    page = context.new_page()
    page.goto(f"{address}/{FIRST}")
    expect(page.locator("[data-hd-print]")).to_be_visible()
    assert page_count(page.pdf(prefer_css_page_size=True)) == 1
    context.close()


def test_the_first_sitting_elects_in_an_order_that_can_be_kept(browser: Browser, address: str) -> None:
    """Who presents a candidate has been elected before; who must be approved is told in the law's own article."""
    context = browser.new_context(viewport=DESKTOP, service_workers="block")
    page = context.new_page()
    page.goto(f"{address}/{FIRST}")
    rows = [
        [cell.strip() for cell in row.locator("td").all_text_contents()]
        for row in page.locator("#thu-tu ~ * table").first.locator("tbody tr").all()
    ]
    elected: list[str] = []
    for number, (office, presents, _approves) in enumerate(rows, 1):
        assert office.startswith(f"{number}. ")
        office = office.partition(". ")[2]
        before = [one for one in elected if presents.startswith(one)]
        assert before or "khóa trước" in presents, f"{presents} presents {office} before being elected"
        elected.append(office)
    for article in (
        "Điều 34 khoản 1",
        "Điều 29 khoản 5",
        "Điều 36 khoản 1",
        "Điều 36 khoản 5",
        "Điều 36 khoản 7",
        "Điều 31 khoản 7",
    ):
        number, _, clause = article.rpartition(" khoản ")
        told = page.locator(f'main a:has-text("{number}")').all_text_contents()
        assert any(f"khoản {clause}" in one for one in told), article
    context.close()


def test_a_filled_letter_and_a_filled_register_bear_the_council(browser: Browser, address: str) -> None:
    """What is known of the sitting stands in the paper of each walk that can bear it."""
    context = browser.new_context(viewport=PHONE, service_workers="block", accept_downloads=True)
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.add_init_script(kept({"council": COUNCIL, "opening": OPENING.isoformat()}, []))
    for form in ("bm45", "bm51"):
        page.goto(f"{address}/bieu-mau/{form}/")
        with page.expect_download() as found:
            page.locator("[data-hd-fill] button.md-button").first.press("Enter")
        assert "xã Mường Than" in text_of(Path(found.value.path()).read_bytes())
    context.close()
