"""Everybody meets the right thing first: in an editor's order, by the time of a sitting, never by a file's number."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from knowledge.index import Index
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import TIMES
from tests.browsing import PHONE
from tests.conftest import Project


def test_each_role_starts_with_its_own_sheet(kb: KnowledgeBase) -> None:
    index = Index(kb)
    wanted = {"dai-bieu": "DM12", "chu-toa": "DM15", "thu-ky": "DM15", "ban-hdnd": "DM08", "to-dai-bieu": "DM13"}
    assert {role: index.sheets_of_role(role)[0] for role in wanted} == wanted
    for role_id, role in kb.roles.items():
        sheets = index.sheets_of_role(role_id)
        assert sorted(sheets) == sorted(set(sheets)) and set(sheets) >= set(index.sheets_of.get(role_id, []))
        assert not role.sheets or sheets


def test_before_a_sitting_nobody_starts_with_what_comes_after_it(kb: KnowledgeBase) -> None:
    late = list(kb.stages)[-2:]
    for role_id in kb.roles:
        for time in Index(kb).first_of(role_id):
            stages = {placed.round.stage for placed in time.items}
            if time.until is not None and time.when != "sap-hop":
                assert not stages & set(late), f"{role_id}, {time.label}"
            assert len({placed.id for placed in time.items}) == 3
            assert not [sheet for sheet in time.sheets if kb.checklists[sheet].newcomers]


def test_the_times_cover_every_day_in_order() -> None:
    limits = [until for _label, until in TIMES.values()]
    assert limits[-1] is None and limits[:-1] == sorted(limits[:-1], reverse=True)  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("docs/vai-tro/dai-bieu.md", "  - when: ho-so\n", "  - when: som\n", "Còn 15 đến 6 ngày"),
        ("docs/vai-tro/thu-ky.md", "  - when: sau\n", "  - when: ho-so\n", "Sau kỳ họp"),
        ("docs/vai-tro/dai-bieu.md", "DM12/viec-gi", "DM18/gui", "DM18/gui không phải việc của Đại biểu"),
        ("docs/vai-tro/dai-bieu.md", "sheets: [DM12, DM13]", "sheets: [DM20]", "DM20 không phải phiếu thường dùng"),
        ("docs/vai-tro/mttq.md", "sheets: [DM14, DM02]", "sheets: [DM15]", "DM15 không phải phiếu thường dùng"),
        ("docs/han-che/hc5.md", "best: DM12/viet-y-kien", "best: DM18/gui", "DM18/gui không ngăn HC5d"),
        ("docs/han-che/hc5.md", "    best: DM12/viet-y-kien\n", "", "HC5d chưa chọn mục nên mở trước"),
    ],
)
@pytest.mark.full
def test_what_comes_first_is_checked(project: Project, file: str, old: str, new: str, words: str) -> None:
    project.replace(file, old, new)
    told = [str(issue) for issue in project.check() if issue.code in ("first-things", "best-item")]
    assert [line for line in told if words in line and line.startswith(file)], told


@pytest.mark.parametrize(
    ("file", "old"), [("docs/vai-tro/dai-bieu.md", "DM12/viec-gi"), ("docs/han-che/hc5.md", "DM12/viet-y-kien")]
)
def test_what_comes_first_exists(project: Project, file: str, old: str) -> None:
    project.replace(file, old, "DM12/khong-co")
    assert any(issue.code == "unknown-id" and issue.file == file for issue in project.check())


def test_the_list_of_faults_opens_the_chosen_item(site: Path, kb: KnowledgeBase) -> None:
    page = LexborHTMLParser((site / "han-che/index.html").read_text("utf-8"))
    shown = {}
    for line in page.css(".hd-faults ul li"):
        part, item = line.css("a")
        shown[part.css_first(".hd-id").text().strip()] = item.attributes["href"]
    wanted = {
        part_id: f"../danh-muc/{placed.part.best.lower().replace('/', '/#')}"
        for part_id, placed in kb.parts.items()
        if placed.part.best
    }
    assert shown == wanted and len(shown) >= 21


def with_sitting(browser: Browser, address: str, path: str, days: int, role: str) -> Page:
    """Open a page on a device that prepares a sitting."""
    page = browser.new_context(viewport=PHONE, service_workers="block").new_page()
    page.goto(f"{address}/tra-cuu/ky-hop-dang-chuan-bi/")
    page.get_by_label("Vai trò của tôi").select_option(role)
    day = page.evaluate("days => new Date(Date.now() + days * 864e5).toLocaleDateString('sv-SE')", days)
    page.get_by_label("Ngày khai mạc dự kiến").fill(day)
    page.goto(f"{address}/{path}")
    return page


@pytest.mark.parametrize(
    ("days", "label"),
    [(20, "Còn hơn 15 ngày"), (15, "Còn 15 đến 6 ngày"), (5, "Còn 5 ngày"), (0, "Còn 5 ngày"), (-2, "Sau kỳ họp")],
)
@pytest.mark.full
def test_a_role_page_opens_the_time_that_the_sitting_is_at(
    browser: Browser, address: str, days: int, label: str
) -> None:
    page = with_sitting(browser, address, "vai-tro/dai-bieu/", days, "dai-bieu")
    now = page.locator(".hd-time[open]")
    expect(now).to_have_count(1)
    expect(now.locator("summary")).to_contain_text(label)
    said = f"còn {days} ngày" if days > 0 else "hôm nay khai mạc" if days == 0 else "đã khai mạc"
    expect(now.locator("summary")).to_contain_text(said)
    expect(now.locator(".hd-first li")).to_have_count(3)
    page.context.close()


def test_my_sheets_stand_in_the_editors_order_and_newcomers_are_asked(
    browser: Browser, address: str, kb: KnowledgeBase
) -> None:
    for days, first in ((20, ["DM12", "DM14", "DM13"]), (3, ["DM12", "DM17", "DM13"]), (-3, ["DM14", "DM12"])):
        page = with_sitting(browser, address, "tra-cuu/ky-hop-dang-chuan-bi/", days, "dai-bieu")
        shown = page.locator(".hd-mylist > li[data-hd-sheet]:visible")
        expect(shown.first).to_have_attribute("data-hd-sheet", first[0])
        order = shown.evaluate_all("all => all.map(e => e.dataset.hdSheet)")
        assert order[: len(first)] == first and "DM20" not in order
        assert set(order) == {one.id for one in kb.checklists.values() if "dai-bieu" in one.roles and not one.newcomers}
        expect(page.locator("[data-hd-newcomer]")).to_be_visible()
        page.context.close()
