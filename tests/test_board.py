"""The board: what is due today for the sitting on this device, on its page, on the home page, on paper, handed on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from knowledge.records.knowledge_base import KnowledgeBase
from publish.deadlines_module import DAYS_OFF_MODULE, DEADLINES_MODULE, days_off_module, deadlines_module
from tests.browsing import HOSTILE, PHONE, accessibility_faults, await_frames, page_count, stays_too_wide
from tests.lending import Lender
from tests.sample import SOME_OR_ALL, some_of

TODAY = "2026-11-27T09:00:00+07:00"
BOARD = "tra-cuu/tien-do/"
OPENING = "2026-12-10"


# The rules, as a module --------------------------------------------------------------------------


@pytest.fixture
def board(modules: Page, kb: KnowledgeBase) -> Page:
    """The blank page, with the data that a build writes."""
    texts = {DEADLINES_MODULE: deadlines_module(kb, "directory"), DAYS_OFF_MODULE: days_off_module()}
    below = {name.removeprefix("assets/scripts"): text for name, text in texts.items()}

    def serve(route: Route) -> None:
        route.fulfill(body=below[urlsplit(route.request.url).path], content_type="text/javascript")

    modules.route("**/data/*.js", serve)
    return modules


ROWS = """async ({facts, rules, days, tasks, today}) => {
  const [b, s, d, o] = await Promise.all([import('/sitting/board.js'), import('/kept/store.js'),
    import('/data/deadlines.js'), import('/data/days-off.js')]);
  const {document: kept} = s.readDocument({schema: 2, rules: rules || {}, days: days || {},
    sittings: {k123: {facts, tasks: tasks || {}}}, current: 'k123'});
  const sitting = s.sittingOf(kept);
  return {rows: b.rows(d.DEADLINES, kept, sitting.facts, sitting.tasks, o.DAYS_OFF, today || '2026-11-27')
      .map(({deadline, due, state, binds}) => [deadline.id, due && due.day, state, binds]),
    window: b.estimateWindow(kept, sitting.facts, o.DAYS_OFF)};
}"""


def rows_of(board: Page, **given: Any) -> dict[str, tuple[str | None, str, bool]]:
    """Return each row by its deadline: day, state, whether it binds."""
    given.setdefault("facts", {"opening": OPENING})
    return {row[0]: tuple(row[1:]) for row in board.evaluate(ROWS, given)["rows"]}


def test_today_tells_what_is_past_due_and_what_comes(board: Page) -> None:
    rows = rows_of(board)
    assert rows["han-ho-so-tham-tra"] == ("2026-11-25", "late", True)
    assert rows["han-bao-cao-tham-tra"] == ("2026-12-03", "week", True)
    assert rows["han-ubnd-thong-qua"] == ("2026-11-23", "past", False), "advice is never past due"
    assert rows["han-hop-to"][1] == "later" and rows["han-trieu-tap"] == (None, "unknown", False)
    assert [name for name, row in rows.items() if row[1] == "late"] == ["han-ho-so-tham-tra"]
    days = [row[0] for row in rows.values() if row[0]]
    assert days == sorted(days)


def test_advice_never_turns_late_however_old(board: Page, kb: KnowledgeBase) -> None:
    for today in ("2026-12-31", "2027-06-30", "2029-01-01"):
        rows = rows_of(board, today=today)
        late = {name for name, row in rows.items() if row[1] == "late"}
        assert late and {kb.deadlines[name].basis for name in late} <= {"rule", "local"}
        for name in late:
            assert kb.deadlines[name].bound not in ("khong-som-hon", "tai-ky")


def test_what_rests_on_a_day_that_nobody_told_is_never_late(board: Page) -> None:
    facts = {"opening": "2026-12-30"}
    assert rows_of(board, facts=facts, today="2026-12-25")["han-du-toan-muon-nhat"][:2] == ("2026-12-19", "past")
    told = rows_of(board, facts={**facts, "province": "2026-12-08"}, today="2026-12-25")
    assert told["han-du-toan-muon-nhat"] == ("2026-12-18", "late", True)
    assert told["han-tinh-giao"][0] == "2026-12-15" and not told["han-tinh-giao"][2], (
        "the province's limit is not the office's"
    )


def test_a_number_of_ones_own_is_counted_and_binds(board: Page) -> None:
    rules = {
        "ky-hop.thoi-han-trieu-tap": {"value": "20 ngày", "article": "10", "other": "07 ngày"},
        "tham-tra.gui-ho-so-15-ngay": {"value": "20 ngày", "article": ""},
        "ky-hop.thoi-han-thong-bao": {"value": "10 ngày, kỳ chuyên đề 3 ngày", "article": ""},
    }
    rows = rows_of(board, rules=rules)
    assert rows["han-trieu-tap"] == ("2026-11-20", "late", True)
    assert rows["han-ho-so-tham-tra"][0] == "2026-11-20"
    assert rows["han-thong-bao-ky-hop"] == (None, "unknown", False), "no number: to be settled by the reader"
    thematic = rows_of(board, rules=rules, facts={"opening": OPENING, "kind": "chuyen-de"})
    assert thematic["han-trieu-tap"][0] == "2026-12-03"
    assert thematic["han-ho-so-tham-tra"][0] == "2026-11-20", "one number holds for both where no second one is told"


def test_a_blank_number_overrules_advice(board: Page) -> None:
    plain = rows_of(board, today="2026-12-31")["han-thong-bao-ket-qua"]
    own = rows_of(board, today="2026-12-31", rules={"thoi-han.thong-bao-ket-qua": {"value": "03 ngày làm việc"}})
    assert plain == ("2026-12-17", "past", False)
    assert own["han-thong-bao-ket-qua"] == ("2026-12-15", "late", True)


def test_what_a_sitting_does_not_have_is_not_on_its_board(board: Page) -> None:
    plain = rows_of(board)
    for name in ("han-hieu-luc", "han-gui-ket-qua-bau", "han-thong-bao-doi-thoai"):
        assert name not in plain
    assert "han-gui-chat-van" in plain and "han-giai-trinh-tiep-thu" in plain, "every regular sitting has them"
    assert "han-gui-chat-van" not in rows_of(board, facts={"opening": OPENING, "kind": "chuyen-de"})
    assert "han-du-toan-muon-nhat" in plain, "a sitting in November or December decides the estimate"
    has = rows_of(board, facts={"opening": OPENING, "has": "quy-pham nhan-su chat-van"})
    assert has["han-hieu-luc"][0] == "2026-12-20" and has["han-gui-ket-qua-bau"][0] == "2026-12-17"
    summer = rows_of(board, facts={"opening": "2026-07-09"}, today="2026-07-01")
    assert "han-du-toan-muon-nhat" not in summer and "han-ho-so-tham-tra" in summer
    settlement = rows_of(board, facts={"opening": "2027-03-26", "kind": "quyet-toan"}, today="2027-03-01")
    assert settlement["han-phe-chuan-quyet-toan"] == ("2027-03-30", "later", True)
    assert settlement["han-ho-so-tham-tra"][0] == "2027-03-11"


def test_days_off_of_ones_own_are_counted(board: Page) -> None:
    days = {"2026-11-25": {"worked": False}, "2026-12-05": {"worked": True}}
    rows = rows_of(board, days=days)
    assert rows["han-ho-so-tham-tra"][0] == "2026-11-23", "24/11 is off anyway"
    assert rows["han-bao-cao-tham-tra"][0] == "2026-12-04"


def test_what_is_marked_is_told_so(board: Page) -> None:
    tasks = {"han-ho-so-tham-tra": {"state": "done"}, "han-hop-to": {"state": "na"}, "han-hop-ban": {"state": "x"}}
    rows = rows_of(board, tasks=tasks)
    assert (rows["han-ho-so-tham-tra"][1], rows["han-hop-to"][1], rows["han-hop-ban"][1]) == ("done", "na", "week")


@pytest.mark.parametrize(
    ("facts", "state", "allotment", "last", "better"),
    [
        ({"opening": "2026-12-10"}, "early", "2026-12-16", "2026-12-19", "2026-12-18"),
        ({"opening": "2026-12-17"}, "fits", "2026-12-16", "2026-12-19", "2026-12-18"),
        ({"opening": "2026-12-10", "closing": "2026-12-17"}, "fits", "2026-12-16", "2026-12-19", "2026-12-18"),
        ({"opening": "2026-12-28"}, "late", "2026-12-16", "2026-12-19", "2026-12-18"),
        ({"opening": "2026-12-10", "province": "2026-12-04", "allotment": "2026-12-09"}, "fits", "2026-12-09", "2026-12-14", "2026-12-14"),
    ],
)  # fmt: skip
def test_too_early_and_too_late_for_the_estimate_are_told(
    board: Page, facts: dict[str, str], state: str, allotment: str, last: str, better: str
) -> None:
    found = board.evaluate(ROWS, {"facts": facts})["window"]
    assert (found["state"], found["allotment"], found["last"], found["better"]) == (state, allotment, last, better)
    assert board.evaluate(ROWS, {"facts": {"opening": "2026-07-09"}})["window"] is None


def test_numbers_in_what_readers_wrote(modules: Page) -> None:
    texts = {
        "15 ngày": [15, "ngay"], "05 ngày làm việc": [5, "ngay-lam-viec"], "Chậm nhất 20 ngày trước khai mạc": [20, "ngay"],
        "7": [7, "ngay"], "10 ngày, chuyên đề 3 ngày": None, "hai mươi ngày": None, "": None, "2/3": None,
        "ít nhất 10 NGÀY LÀM VIỆC": [10, "ngay-lam-viec"], "05 ngày\u00a0 làm việc": [5, "ngay-lam-viec"],
        "5 ngày (làm việc)": None, "5 ngày, tính theo ngày làm việc": None, "3 tuần": None, "khoảng 10 ngày": None, "1500 ngày": None,
    }  # fmt: skip
    read = "async texts => { const l = await import('/sitting/limits.js'); return texts.map(l.amountIn); }"
    assert modules.evaluate(read, list(texts)) == list(texts.values())
    write = "async all => { const l = await import('/sitting/limits.js'); return all.map(([n, u]) => l.measureText(n, u)); }"
    assert modules.evaluate(write, [["5", "ngày"], ["", "ngày"], ["2/3", "tổng số đại biểu"], [" 15 ", "phút"]]) == [
        "05 ngày", "", "2/3 tổng số đại biểu", "15 phút",
    ]  # fmt: skip


# The pages ---------------------------------------------------------------------------------------


@pytest.fixture
def office(lender: Lender, address: str) -> Iterator[Page]:
    """An official's screen on 27/11/2026, nothing kept."""
    context = lender.lend(TODAY, viewport={"width": 1366, "height": 768}, timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{address}/")
    yield page
    context.close()


def prepare(page: Page, role: str = "van-phong", opening: str = OPENING) -> None:
    page.locator("#bang-vai-tro").select_option(role)
    page.locator("#bang-khai-mac").fill(opening)
    expect(page.locator("[data-hd-board-body] .hd-dues").first).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, {"width": 1366, "height": 768}], ids=["phone", "office"])
def test_two_fields_on_the_first_screen_answer(browser: Browser, address: str, size: dict[str, int]) -> None:
    context = browser.new_context(viewport=size, service_workers="block", timezone_id="Asia/Ho_Chi_Minh")  # type: ignore[arg-type]
    page = context.new_page()
    page.clock.set_fixed_time(TODAY)
    page.goto(f"{address}/")
    for field in ("#bang-vai-tro", "#bang-khai-mac"):
        expect(page.locator(field)).to_be_in_viewport()
    prepare(page)
    body = page.locator("[data-hd-board-body]")
    expect(body).to_contain_text("Hôm nay Thứ Sáu 27/11/2026 – còn 13 ngày đến ngày khai mạc.")
    expect(body).to_contain_text("1 việc đã qua hạn, chưa đánh dấu xong")
    expect(body).to_contain_text(
        "Dự toán có thể chưa đủ căn cứ: đến Thứ Tư 16/12/2026 UBND tỉnh có thể mới giao dự toán"
    )
    first = body.locator("li").first
    expect(first).to_contain_text("25/11")
    expect(first).to_contain_text("Gửi hồ sơ đến Ban được phân công thẩm tra")
    expect(page.locator("[data-hd-day=opening]").first).to_have_text("Thứ Năm 10/12/2026, còn 13 ngày")
    page.locator("#bang-khai-mac").fill("2026-12-17")
    expect(body).to_contain_text("Kỳ họp nằm trong khoảng này.")
    expect(body).not_to_contain_text("đã qua hạn")
    assert not stays_too_wide(page, size["width"])
    context.close()


def test_the_sheets_of_the_role_follow_at_once(office: Page) -> None:
    prepare(office, "dai-bieu")
    expect(office.locator("[data-hd-my-name]")).to_have_text("khai mạc 10/12/2026")


def test_the_board_has_everything_in_its_groups(office: Page, address: str) -> None:
    prepare(office)
    office.get_by_role("link", name=re.compile("Xem đủ")).click()
    office.wait_for_url(f"{address}/{BOARD}")
    late = office.locator(".hd-dues-of--late li")
    expect(late).to_have_count(1)
    expect(late.locator(".hd-due__see a").first).to_have_attribute("href", re.compile(r"/danh-muc/dm03/$"))
    expect(office.locator(".hd-dues-of--week h3")).to_contain_text("Trong 7 ngày tới")
    expect(office.locator('[data-hd-due="han-hop-to"] .hd-due__day')).to_contain_text("nên xong")
    expect(office.locator('[data-hd-due="han-ho-so-tham-tra"] .hd-due__day')).not_to_contain_text("nên xong")
    mine = office.locator("[data-hd-due]").count()
    office.get_by_role("button", name="Việc của mọi người").click()
    assert office.locator("[data-hd-due]").count() > mine
    expect(office.get_by_role("button", name="Việc của mọi người")).to_be_focused()


@pytest.mark.corner
def test_the_board_says_how_many_votes_a_resolution_needs(office: Page, address: str) -> None:
    """Of all delegates, once somebody told how many there are; nothing is guessed before."""
    prepare(office)
    office.goto(f"{address}/{BOARD}")
    office.get_by_role("link", name="Ghi tổng số đại biểu").click()
    office.get_by_label("Tổng số đại biểu HĐND").fill("24")
    office.goto(f"{address}/{BOARD}")
    expect(office.locator(".hd-board__votes")).to_contain_text("từ 13 phiếu tán thành, quá nửa của 24 đại biểu")


def test_a_tick_by_keyboard_moves_the_task_and_stays(office: Page, address: str) -> None:
    prepare(office)
    office.goto(f"{address}/{BOARD}")
    box = office.get_by_role("checkbox", name="Đã xong: Gửi hồ sơ đến Ban được phân công thẩm tra")
    box.focus()
    office.keyboard.press("Space")
    expect(office.locator(".hd-dues-of--late")).to_have_count(0)
    assert office.evaluate("document.activeElement !== document.body")
    expect(office.get_by_role("status")).to_contain_text("Đã ghi vào máy này")
    office.reload()
    expect(office.locator('[data-hd-group="done"] > summary')).to_have_text("Đã xong (1)")
    office.locator('[data-hd-group="done"] > summary').click()
    office.get_by_role("checkbox", name="Đã xong: Gửi hồ sơ đến Ban được phân công thẩm tra").click()
    expect(office.locator(".hd-dues-of--late li")).to_have_count(1)
    line = office.locator('[data-hd-due="han-hop-ban"]')
    line.locator("summary").click()
    line.get_by_role("button", name="Không áp dụng: Họp Ban thẩm tra, biểu quyết").click()
    expect(office.locator('[data-hd-group="na"] > summary')).to_have_text("Không áp dụng cho kỳ này (1)")


@pytest.mark.corner
def test_another_sitting_has_ticks_of_its_own(office: Page, address: str) -> None:
    prepare(office)
    office.goto(f"{address}/{BOARD}")
    office.get_by_role("checkbox", name="Đã xong: Gửi hồ sơ đến Ban được phân công thẩm tra").click()
    office.goto(f"{address}/tra-cuu/ky-hop-dang-chuan-bi/")
    office.get_by_role("button", name="Thêm kỳ họp khác").click()
    office.locator("#ky-hop-ngay").fill(OPENING)
    office.goto(f"{address}/{BOARD}")
    expect(office.locator(".hd-dues-of--late li")).to_have_count(1)


def test_the_rest_of_the_days_change_what_is_due(office: Page, address: str) -> None:
    prepare(office)
    office.goto(f"{address}/{BOARD}")
    expect(office.locator("#bang-loai option").first).to_have_text("Tự chọn theo ngày khai mạc: Thường lệ cuối năm")
    office.get_by_text("Các ngày khác, nội dung kỳ họp").click()
    office.locator("#bang-province").fill("2026-12-08")
    expect(office.locator('[data-hd-day="province"]')).to_have_text("Thứ Ba 08/12/2026, còn 11 ngày")
    expect(office.locator(".hd-board__estimate")).to_contain_text("Thứ Ba 15/12/2026")
    office.get_by_label("Nghị quyết quy phạm pháp luật").check()
    office.get_by_role("button", name="Việc của mọi người").click()
    expect(office.locator('[data-hd-due="han-hieu-luc"]')).to_contain_text("20/12")
    office.locator("#ngay-nghi-ngay").fill("2026-12-03")
    office.get_by_role("button", name="Thêm ngày", exact=True).click()
    expect(office.locator('[data-hd-due="han-bao-cao-tham-tra"] .hd-due__day')).to_contain_text("02/12")
    office.get_by_role("button", name="Bỏ Thứ Năm 03/12/2026").click()
    expect(office.locator('[data-hd-due="han-bao-cao-tham-tra"] .hd-due__day')).to_contain_text("03/12")


def test_a_number_typed_once_dates_the_board(office: Page, address: str) -> None:
    prepare(office)
    office.goto(f"{address}/tra-cuu/moc-quy-che/")
    line = office.locator('[data-hd-local="ky-hop.thoi-han-trieu-tap"]')
    line.get_by_label("Kỳ thường lệ", exact=True).fill("5")
    line.get_by_label("Đơn vị, kỳ thường lệ").select_option("ngày làm việc")
    line.get_by_label("Kỳ chuyên đề, đột xuất", exact=True).fill("3")
    line.get_by_label("Ở Điều mấy").fill("10")
    kept = json.loads(office.evaluate("localStorage.getItem('hdnd.goc.v1')"))["rules"]["ky-hop.thoi-han-trieu-tap"]
    assert (kept["value"], kept["other"], kept["article"]) == ("05 ngày làm việc", "03 ngày", "10")
    office.goto(f"{address}/{BOARD}")
    due = office.locator('[data-hd-due="han-trieu-tap"]')
    expect(due.locator(".hd-due__day")).to_contain_text("03/12")
    due.locator("summary").click()
    expect(due).to_contain_text("Quy chế làm việc, Điều 10, 05 ngày làm việc.")


@pytest.mark.corner
def test_words_that_are_no_number_are_kept_and_shown_to_settle(office: Page, address: str) -> None:
    rules = {"ky-hop.thoi-han-trieu-tap": {"value": "20 ngày; chuyên đề 7 ngày", "article": "Điều 10"}}
    kept = {"schema": 1, "current": "", "sittings": {}, "rules": rules}
    office.evaluate("text => localStorage.setItem('hdnd.v1', text)", json.dumps(kept))
    office.goto(f"{address}/tra-cuu/moc-quy-che/")
    line = office.locator('[data-hd-local="ky-hop.thoi-han-trieu-tap"]')
    expect(line).to_contain_text("Đã ghi trước đây: “20 ngày; chuyên đề 7 ngày”. Ghi lại thành số để tính được ngày.")
    line.get_by_label("Ở Điều mấy").fill("Điều 11")
    now = "JSON.parse(localStorage.getItem('hdnd.goc.v1')).rules['ky-hop.thoi-han-trieu-tap']"
    assert office.evaluate(now)["value"] == "20 ngày; chuyên đề 7 ngày", "the words stay until a number stands there"
    line.get_by_label("Kỳ thường lệ", exact=True).fill("20")
    assert office.evaluate(now)["value"] == "20 ngày" and office.evaluate(now)["article"] == "Điều 11"
    expect(line.locator(".hd-settle")).to_be_hidden()


@pytest.mark.corner
def test_the_model_rules_stand_filled_in_and_are_not_kept_unasked(office: Page, address: str) -> None:
    office.goto(f"{address}/tra-cuu/moc-quy-che/")
    line = office.locator('[data-hd-local="tham-tra.gui-bao-cao-5-ngay"]')
    expect(line.get_by_label("Kỳ thường lệ", exact=True)).to_have_value("05")
    expect(line.get_by_label("Đơn vị, kỳ thường lệ")).to_have_value("ngày làm việc")
    expect(line).to_contain_text("05 ngày làm việc theo Quy chế mẫu; sửa nếu Quy chế của mình khác")
    assert office.evaluate("localStorage.getItem('hdnd.goc.v1')") is None


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.full)])
def test_no_accessibility_fault(browser: Browser, address: str, scheme: Any) -> None:
    context = browser.new_context(viewport=PHONE, service_workers="block", color_scheme=scheme)
    page = context.new_page()
    page.clock.set_fixed_time(TODAY)
    page.goto(f"{address}/")
    prepare(page)
    assert accessibility_faults(page) == []
    page.goto(f"{address}/{BOARD}")
    expect(page.locator("[data-hd-due]").first).to_be_visible()
    for summary in page.locator(".hd-board > .hd-board__body > details > summary").all():
        summary.click()
    assert accessibility_faults(page) == []
    context.close()


@pytest.mark.corner
def test_what_a_reader_touches_is_large_enough(office: Page, address: str) -> None:
    prepare(office)
    office.set_viewport_size(PHONE)
    office.goto(f"{address}/{BOARD}")
    office.locator(".hd-due__more summary").first.click()
    for selector in (
        ".hd-tick", ".hd-board [aria-pressed]", "[data-hd-board-out] button", "#bang-khai-mac", ".hd-due__more .hd-link",
    ):  # fmt: skip
        box = office.locator(selector).first.bounding_box()
        assert box and box["height"] >= 43.5 and box["width"] >= 43.5, selector


@pytest.mark.corner
def test_nothing_jumps_when_a_reader_comes_back(office: Page, address: str) -> None:
    prepare(office)
    office.goto("about:blank")
    office.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(one => { window.moved += one.value; }))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    office.goto(f"{address}/")
    expect(office.locator("[data-hd-board-body] li").first).to_be_visible()
    office.wait_for_load_state("networkidle")
    assert office.evaluate("window.moved") < 0.1


def test_without_script_the_words_stand(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{BOARD}")
    expect(page.locator("[data-hd-board]")).to_be_hidden()
    page.get_by_role("link", name="Thời hạn từ chuẩn bị đến sau kỳ họp").first.click()
    expect(page.locator("#han-ho-so-tham-tra")).to_contain_text("chậm nhất 15 ngày trước ngày khai mạc")
    context.close()


# What leaves the page ----------------------------------------------------------------------------


@pytest.mark.parametrize("share", SOME_OR_ALL)
def test_each_role_prints_on_one_page_and_the_calendar_across(
    office: Page, address: str, kb: KnowledgeBase, share: int
) -> None:
    prepare(office)
    office.goto(f"{address}/{BOARD}")
    expect(office.locator("[data-hd-board-out] button").first).to_be_visible()
    for role in some_of((role_id for role_id, role in kb.roles.items() if role.sheets), share):
        office.locator("#bang-vai-tro").select_option(role)
        office.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page_count(office.pdf(prefer_css_page_size=True)) == 1, role
    office.get_by_role("button", name="Việc của mọi người").click()
    office.evaluate("dispatchEvent(new Event('beforeprint')); document.documentElement.dataset.hdPrint = 'calendar'")
    pdf = office.pdf(prefer_css_page_size=True)
    assert page_count(pdf) == 1
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert box and float(box[1]) > float(box[2])


@pytest.mark.corner
def test_the_buttons_print_what_they_say(office: Page, address: str) -> None:
    prepare(office)
    office.goto(f"{address}/{BOARD}")
    office.evaluate("window.print = () => { window.printed = document.documentElement.dataset.hdPrint; }")
    office.get_by_role("button", name="In lịch (A4 ngang)").click()
    assert office.evaluate("window.printed") == "calendar"
    expect(office.locator(".hd-paper-calendar .hd-opening")).to_contain_text("10/12 – Khai mạc")
    office.get_by_role("button", name="In bảng này (A4)").click()
    assert office.evaluate("window.printed") == "list"
    office.evaluate("dispatchEvent(new Event('afterprint'))")
    assert office.evaluate("document.documentElement.dataset.hdPrint") is None


OUT = """async ({facts, stamp}) => {
  const [b, o, s, n, d, t] = await Promise.all([import('/assets/scripts/sitting/board.js'), import('/assets/scripts/pages/board-out.js'),
    import('/assets/scripts/kept/store.js'), import('/assets/scripts/sitting/names.js'), import('/assets/scripts/data/deadlines.js'),
    import('/assets/scripts/data/days-off.js')]);
  const {document: kept} = s.readDocument({schema: 2, sittings: {k123: {facts}}, current: 'k123'});
  const sitting = s.sittingOf(kept);
  const found = b.rows(d.DEADLINES, kept, sitting.facts, {}, t.DAYS_OFF, '2026-11-27');
  const name = n.nameOf(sitting);
  return {text: o.boardText(found, name, '2026-11-27'), link: o.packed(kept, sitting.facts),
    ics: o.calendarText(found, 'k123', name, new Date(stamp), () => 'Căn cứ')};
}"""


def out_of(page: Page, stamp: str = "2026-11-27T02:00:00Z", **facts: str) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(OUT, {"facts": {"opening": OPENING, **facts}, "stamp": stamp})
    return found


def events(ics: str) -> dict[str, dict[str, str]]:
    """Return a calendar's events by UID, as a program that reads RFC 5545 does: lines unfolded, then taken apart."""
    assert (
        ics.startswith("BEGIN:VCALENDAR\r\n")
        and ics.endswith("END:VCALENDAR\r\n")
        and "\n" not in ics.replace("\r\n", "")
    )
    assert all(len(line.encode()) <= 75 for line in ics.split("\r\n"))
    found: dict[str, dict[str, str]] = {}
    for block in ics.replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]:
        body = block.split("BEGIN:VALARM")[0]
        event = dict(line.split(":", 1) for line in body.strip().split("\r\n"))
        assert event["UID"] not in found
        found[event["UID"]] = event
    return found


def test_the_text_names_tasks_and_days_never_a_body_as_late(office: Page, kb: KnowledgeBase) -> None:
    text = out_of(office, council="xã A", sitting="5")["text"]
    assert text.startswith(
        "Tiến độ chuẩn bị: HĐND xã A, kỳ họp thứ 5, khai mạc 10/12/2026. Tính đến Thứ Sáu 27/11/2026."
    )
    assert (
        "Đã qua hạn, chưa đánh dấu xong:\n- Gửi hồ sơ đến Ban được phân công thẩm tra: chậm nhất Thứ Tư 25/11/2026\n"
        in text
    )
    late = text.split("Đã qua hạn")[1].split("Trong 7 ngày")[0]
    for role in kb.roles.values():
        assert (
            role.short not in late.replace("Ban được phân công", "").replace("Văn phòng", "") or role.id == "ban-hdnd"
        )
    assert not re.search(r"\btrễ\b|chậm trễ|vi phạm", text)


def test_the_calendar_imported_twice_stays_one_set(office: Page) -> None:
    first = events(out_of(office)["ics"])
    later = events(out_of(office, "2026-11-28T02:00:00Z", closing="2026-12-11")["ics"])
    assert set(first) == set(later) and len(first) > 20
    for uid, event in later.items():
        assert int(event["SEQUENCE"]) > int(first[uid]["SEQUENCE"])
    merged = {**first, **later}
    assert len(merged) == len(first)
    dossier = first["han-ho-so-tham-tra.k123@so-tay-hdnd"]
    assert (dossier["DTSTART;VALUE=DATE"], dossier["DTEND;VALUE=DATE"]) == ("20261125", "20261126")
    assert dossier["SUMMARY"] == "Gửi hồ sơ đến Ban được phân công thẩm tra"
    assert first["han-du-toan-muon-nhat.k123@so-tay-hdnd"]["DTSTART;VALUE=DATE"] == "20261218", (
        "by when it had better be done"
    )


def test_hostile_and_long_names_stay_text_in_what_leaves(office: Page) -> None:
    name = "xã A; B, C\\D\r\nEND:VCALENDAR " + HOSTILE + "ắ" * 60
    found = out_of(office, council=name)
    for event in events(found["ics"]).values():
        assert "\\;" in event["DESCRIPTION"] and "\\," in event["DESCRIPTION"]
    assert found["ics"].count("END:VCALENDAR\r\n") == 1


def receive(browser: Browser, address: str, link: str) -> tuple[BrowserContext, Page]:
    context = browser.new_context(viewport=PHONE, service_workers="block", timezone_id="Asia/Ho_Chi_Minh")
    page = context.new_page()
    page.clock.set_fixed_time(TODAY)
    page.goto(f"{address}/{BOARD}#k={link}")
    return context, page


def test_a_link_hands_the_days_on_to_another_device(office: Page, browser: Browser, address: str) -> None:
    prepare(office)
    office.goto(f"{address}/tra-cuu/moc-quy-che/")
    office.locator('[data-hd-local="ky-hop.thoi-han-gui-tai-lieu"]').get_by_label("Kỳ thường lệ", exact=True).fill("10")
    office.goto(f"{address}/tra-cuu/ky-hop-dang-chuan-bi/")
    office.locator("#ky-hop-hdnd").fill(f"xã {HOSTILE}")
    office.locator("#ky-hop-ten").fill("Người gửi")
    office.goto(f"{address}/{BOARD}")
    office.evaluate("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }")
    office.get_by_role("button", name="Sao chép liên kết có sẵn ngày").click()
    expect(office.get_by_role("status")).to_contain_text("Đã sao chép")
    link = office.evaluate("window.copied").split("#k=")[1]
    context, page = receive(browser, address, link)
    box = page.get_by_role("group", name=re.compile("Nhận ngày của kỳ họp này vào máy"))
    expect(box).to_contain_text("Kèm 1 thời hạn theo Quy chế (số đang ghi trên máy được thay).")
    assert page.evaluate("localStorage.getItem('hdnd.goc.v1')") is None, "nothing is taken before the reader said so"
    box.get_by_role("button", name="Nhận ngày kỳ họp").click()
    expect(page.locator("#bang-khai-mac")).to_have_value(OPENING)
    expect(page.locator('[data-hd-due="han-gui-tai-lieu"]')).to_contain_text("30/11")
    kept = json.loads(page.evaluate("localStorage.getItem('hdnd.goc.v1')"))
    facts = next(iter(kept["sittings"].values()))["facts"]
    assert (facts["role"], facts["name"]) == ("", ""), "whose device it was stays there"
    assert page.evaluate("window.ran") is None and "#k=" not in page.url
    page.goto(f"{address}/{BOARD}#k={link}")
    page.reload()
    page.get_by_role("button", name="Nhận ngày kỳ họp").click()
    assert len(json.loads(page.evaluate("localStorage.getItem('hdnd.goc.v1')"))["sittings"]) == 1, "twice is once"
    context.close()


@pytest.mark.parametrize(
    ("link", "reason"),
    [("eyJ2IjoxLCJmIjp7Im9", "bị thiếu"), ("e30", "không phải ngày của một kỳ họp"), ("A" * 9000, "dài quá mức"),
     ("eyJ2IjoyLCJmIjp7Im9wZW5pbmciOiIyMDI2LTEyLTEwIn19", "bản mới hơn"), ("eyJ2IjoxLCJmIjp7Im9wZW5pbmciOiIyMDI2LTEzLTEwIn19", "không có ngày khai mạc")],
)  # fmt: skip
@pytest.mark.corner
def test_a_spoilt_link_says_why_and_changes_nothing(browser: Browser, address: str, link: str, reason: str) -> None:
    context, page = receive(browser, address, link)
    expect(page.get_by_role("alert")).to_contain_text(reason)
    assert page.evaluate("localStorage.getItem('hdnd.goc.v1')") is None
    context.close()


@pytest.mark.corner
def test_the_calendar_file_is_handed_over(office: Page, address: str) -> None:
    prepare(office)
    office.goto(f"{address}/{BOARD}")
    with office.expect_download() as handed:
        office.get_by_role("button", name="Đưa vào lịch điện thoại (tệp .ics)").click()
    assert handed.value.suggested_filename == f"tien-do-ky-hop-{OPENING}.ics"
    assert len(events(Path(handed.value.path()).read_bytes().decode())) > 10


@pytest.mark.corner
def test_what_is_typed_before_the_board_has_come_is_kept(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, service_workers="block")
    page = context.new_page()
    held: list[Route] = []
    page.route("**/pages/board.js", lambda route: held.append(route))
    page.goto(f"{address}/")
    with page.expect_request("**/pages/board.js"):
        page.locator("#bang-vai-tro").select_option("van-phong")
    page.locator("#bang-khai-mac").fill(OPENING)
    await_frames(page)
    assert page.evaluate("localStorage.getItem('hdnd.goc.v1')") is None
    held[0].continue_()
    expect(page.locator("[data-hd-board-body] .hd-dues")).to_be_visible()
    expect(page.locator("#bang-khai-mac")).to_have_value(OPENING)
    expect(page.locator("#bang-vai-tro")).to_have_value("van-phong")
    context.close()


def test_everybody_has_something_of_their_own(board: Page, kb: KnowledgeBase) -> None:
    """With nothing ticked each role with sheets of its own finds a line at each kind of sitting."""
    for kind in ("thuong-le-giua-nam", "thuong-le-cuoi-nam", "chuyen-de"):
        rows = rows_of(board, facts={"opening": OPENING, "kind": kind})
        busy = {role for name in rows for role in (*kb.deadlines[name].roles, *kb.deadlines[name].reminds)}
        assert {role_id for role_id, role in kb.roles.items() if role.sheets} <= busy, kind


# What a reading of the code found ------------------------------------------------------------------


def test_a_closing_day_left_over_from_another_plan_is_not_counted(board: Page) -> None:
    facts = {"opening": "2026-12-17", "closing": "2026-12-10", "issued": "2026-12-11"}
    assert (
        rows_of(board, facts=facts)["han-bang-theo-doi"]
        == rows_of(board, facts={"opening": "2026-12-17"})["han-bang-theo-doi"]
    )
    assert rows_of(board, facts={**facts, "closing": "2026-12-18"})["han-bang-theo-doi"][0] == "2026-12-23"


def test_an_urgent_sitting_is_not_late_by_the_model_rules(board: Page) -> None:
    facts = {"opening": "2026-12-02", "kind": "chuyen-de"}
    assert rows_of(board, facts=facts)["han-ho-so-tham-tra"][1:] == ("past", False)
    own = {"tham-tra.gui-ho-so-15-ngay": {"value": "15 ngày", "other": "06 ngày"}}
    assert rows_of(board, facts=facts, rules=own)["han-ho-so-tham-tra"] == ("2026-11-26", "late", True)


def test_a_day_that_is_only_assumed_makes_nothing_late(board: Page) -> None:
    late = rows_of(board, today="2027-02-01")
    assert late["han-cong-khai-du-toan"] == ("2027-01-09", "past", False)
    told = rows_of(board, facts={"opening": OPENING, "issued": "2026-12-14"}, today="2027-02-01")
    assert told["han-cong-khai-du-toan"] == ("2027-01-13", "late", True)


def test_the_estimate_may_be_decided_at_a_thematic_sitting(board: Page) -> None:
    facts = {"opening": "2026-12-18", "kind": "chuyen-de"}
    assert "han-du-toan-muon-nhat" not in rows_of(board, facts=facts)
    assert rows_of(board, facts={**facts, "has": "du-toan"})["han-du-toan-muon-nhat"][0] == "2026-12-19"
    assert board.evaluate(ROWS, {"facts": {**facts, "has": "du-toan"}})["window"]["state"] == "fits"
    assert board.evaluate(ROWS, {"facts": facts})["window"] is None


def test_what_may_be_done_from_now_on_is_neither_due_nor_past(board: Page) -> None:
    rows = rows_of(board, today="2027-03-02")
    assert rows["han-het-hieu-luc-huyen"] == ("2027-03-01", "open", False)
    assert rows_of(board, today="2027-02-27")["han-het-hieu-luc-huyen"][1] == "week"


def test_what_is_due_in_some_cases_only_is_never_late(board: Page, kb: KnowledgeBase) -> None:
    rows = rows_of(board, facts={"opening": OPENING, "has": "khac"}, today="2027-06-01")
    some = [
        one
        for one in map(kb.deadlines.__getitem__, rows)
        if one.only_if == "khac" or (one.condition and not one.only_if)
    ]
    assert len(some) > 3
    assert [one.id for one in some if rows[one.id][1] == "late"] == []


def test_a_sitting_of_two_days_is_not_over_on_the_second(board: Page) -> None:
    facts = {"opening": OPENING, "closing": "2026-12-11"}
    assert rows_of(board, facts=facts, today="2026-12-11")["han-ke-hoach-ky-hop"][1] == "week"
    assert rows_of(board, facts=facts, today="2026-12-12")["han-ke-hoach-ky-hop"][1] == "past"


@pytest.mark.parametrize("opening", ["9999-12-31", "0000-01-01", "1999-12-31"])
def test_a_day_out_of_reach_stops_nothing(board: Page, opening: str) -> None:
    assert all(row[0] is None or row[0] > "2026" for row in rows_of(board, facts={"opening": opening}).values())


def facts_kept(page: Page) -> list[dict[str, str]]:
    kept = json.loads(page.evaluate("localStorage.getItem('hdnd.goc.v1')"))
    return [sitting["facts"] for sitting in kept["sittings"].values()]


@pytest.mark.corner
def test_a_changed_day_reaches_the_sitting_that_was_received_before(
    office: Page, browser: Browser, address: str
) -> None:
    about = {"council": "xã A", "term": "XXI", "sitting": "5"}
    context, page = receive(browser, address, out_of(office, **about)["link"])
    page.get_by_role("button", name="Nhận ngày kỳ họp").click()
    moved = page.evaluate(
        OUT, {"facts": {**about, "council": "HĐND xã A", "opening": "2026-12-17"}, "stamp": "2026-11-27T02:00:00Z"}
    )
    page.goto(f"{address}/{BOARD}#k={moved['link']}")
    page.reload()
    page.get_by_role("button", name="Nhận ngày kỳ họp").click()
    assert [facts["opening"] for facts in facts_kept(page)] == ["2026-12-17"]
    page.get_by_role("button", name="Hoàn tác việc nhận").click()
    assert [facts["opening"] for facts in facts_kept(page)] == [OPENING]
    other = page.evaluate(
        OUT, {"facts": {"council": "xã B", "sitting": "5", "opening": "2026-12-17"}, "stamp": "2026-11-27T02:00:00Z"}
    )
    page.goto(f"{address}/{BOARD}#k={other['link']}")
    page.reload()
    page.get_by_role("button", name="Nhận ngày kỳ họp").click()
    assert sorted(facts["council"] for facts in facts_kept(page)) == ["xã A", "xã B"], (
        "another council's is another sitting"
    )
    context.close()


@pytest.mark.corner
def test_the_home_page_forgets_what_is_no_longer_there(office: Page) -> None:
    prepare(office)
    office.locator("#bang-khai-mac").fill("")
    expect(office.locator("[data-hd-board-body] .hd-dues")).to_have_count(0)
    expect(office.locator("[data-hd-board-body]")).to_contain_text("Chọn vai trò, ghi ngày khai mạc")
    assert office.evaluate("localStorage.getItem('hdnd.goc.cho')") is None


@pytest.mark.corner
def test_a_day_of_the_year_is_ticked_once_for_all_sittings(office: Page, address: str) -> None:
    """31/3 stands on the board of December and of the settlement sitting: done in one, it is done."""
    prepare(office, "lanh-dao-ubnd")
    office.goto(f"{address}/{BOARD}")
    tick = office.get_by_role("checkbox", name="Đã xong: Trình Thường trực HĐND cho ý kiến về quyết toán")
    tick.click()
    office.goto(f"{address}/tra-cuu/ky-hop-dang-chuan-bi/")
    office.get_by_role("button", name="Thêm kỳ họp khác").click()
    office.locator("#ky-hop-ngay").fill("2027-03-26")
    office.goto(f"{address}/{BOARD}")
    office.locator("#bang-loai").select_option("quyet-toan")
    expect(office.locator('[data-hd-group="done"] > summary')).to_have_text("Đã xong (1)")
    office.locator('[data-hd-group="done"] > summary').click()
    tick.click()
    expect(office.locator('[data-hd-group="done"]')).to_have_count(0)
    expect(tick).not_to_be_checked()
