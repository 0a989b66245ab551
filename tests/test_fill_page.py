"""On the page of a form: what fills itself is shown, the filled file comes, and nothing where nothing is kept."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from knowledge.records.knowledge_base import KnowledgeBase
from papers.excel.forms import FIRST_ROW, template_xlsx
from tests.browsing import HOSTILE, PHONE, accessibility_faults, stays_too_wide
from tests.filling import FACTS, MATTERS
from tests.lending import Lender
from tests.test_filled_forms import text_of

PROGRAMME = "bieu-mau/bm10/"
SITTING = "tra-cuu/ky-hop-dang-chuan-bi/"
LIST = "tra-cuu/danh-muc-noi-dung/"


def kept(facts: dict[str, str], matters: list[dict[str, str]]) -> str:
    lines = {f"k{n:03}": {**one, "papers": "", "order": n, "at": ""} for n, one in enumerate(matters, 1)}
    document = {
        "schema": 3,
        "current": "k123",
        "sittings": {"k123": {"facts": facts, "matters": lines}},
        "rules": {},
        "days": {},
    }
    return f"localStorage.setItem('hdnd.goc.v1', {json.dumps(json.dumps(document))})"


@pytest.fixture
def phone(lender: Lender) -> Iterator[BrowserContext]:
    context = lender.lend(viewport=PHONE, accept_downloads=True)
    context.set_default_timeout(15_000)
    yield context
    context.close()


def opened(context: BrowserContext, address: str, script: str = "") -> Page:
    page = context.new_page()
    if script:
        page.add_init_script(script)
    page.goto(address)
    return page


def downloaded(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as found:
        page.get_by_role("button", name=button).click()
    return found.value.suggested_filename, Path(found.value.path()).read_bytes()


def test_who_has_kept_nothing_reads_how_to_begin(phone: BrowserContext, address: str) -> None:
    asked: list[str] = []
    page = phone.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/{PROGRAMME}")
    expect(page.locator("[data-hd-fill]")).to_contain_text("ghi một lần ở Kỳ họp đang chuẩn bị")
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("button", name="đã điền").count() == 0
    assert not [url for url in asked if "fflate" in url or "fill.js" in url], "nobody pays for what is not used"


@pytest.mark.full
def test_the_filled_file_comes_by_keyboard(phone: BrowserContext, address: str) -> None:
    page = opened(phone, f"{address}/{PROGRAMME}", kept(FACTS, MATTERS))
    expect(page.locator(".hd-prefill__sum")).to_have_text("Điền sẵn được: 14/14 điều của kỳ họp; 4 nội dung.")
    page.locator("[data-hd-fill] summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-hd-fill] dl")).to_contain_text("xã Mường Than")
    assert accessibility_faults(page) == []
    assert not stays_too_wide(page, 360)
    button = page.get_by_role("button", name="Tải tệp Word đã điền")
    button.focus()
    with page.expect_download() as found:
        page.keyboard.press("Enter")
    assert found.value.suggested_filename == "bm10-da-dien.docx"
    text = text_of(Path(found.value.path()).read_bytes())
    assert "1. Báo cáo kinh tế - xã hội" in text and "xã Mường Than" in text
    expect(page.get_by_role("status")).to_contain_text("Đã chuyển bm10-da-dien.docx")
    expect(button).to_be_focused()


def test_what_is_missing_is_told_and_leads_to_its_field(phone: BrowserContext, address: str) -> None:
    page = opened(phone, f"{address}/bieu-mau/bm11/")
    # Once, not at each page.
    page.evaluate(kept({"council": "xã A"}, []))
    page.reload()
    expect(page.locator(".hd-prefill__sum")).to_contain_text("2/")
    page.locator("[data-hd-fill] summary").click()
    expect(page.locator("[data-hd-fill] dl")).to_contain_text("chưa ghi")
    page.get_by_role("link", name="Ghi thêm, sửa ở Kỳ họp đang chuẩn bị").click()
    field = page.get_by_label("Nơi họp")
    expect(field).to_be_visible()
    field.fill("Hội trường xã")
    page.get_by_label("Chức vụ người ký").select_option("Phó Chủ tịch HĐND ký thay")
    page.go_back()
    page.locator("[data-hd-fill] summary").click()
    expect(page.locator("[data-hd-fill] dl")).to_contain_text("Hội trường xã")


@pytest.mark.corner
def test_the_next_sitting_has_what_stays(phone: BrowserContext, address: str) -> None:
    page = opened(phone, f"{address}/{SITTING}", "")
    page.evaluate(kept(FACTS, MATTERS))
    page.reload()
    page.get_by_role("button", name="Thêm kỳ họp khác").click()
    page.locator("[data-hd-more] summary").click()
    expect(page.get_by_label("Người ký thay mặt")).to_have_value(FACTS["signer"])
    expect(page.get_by_label("Giờ khai mạc")).to_have_value("")


@pytest.mark.corner
def test_the_votes_that_are_needed_are_told_where_the_number_is_typed(phone: BrowserContext, address: str) -> None:
    page = opened(phone, f"{address}/{SITTING}#dien-tep-word")
    page.get_by_label("Tổng số đại biểu").fill("24")
    expect(page.locator("[data-hd-votes]")).to_contain_text("từ 13 phiếu tán thành trở lên")
    expect(page.locator("[data-hd-votes]")).to_contain_text("từ 16 phiếu trở lên")
    page.get_by_label("Tổng số đại biểu").fill("hai mươi")
    expect(page.locator("[data-hd-votes]")).to_have_text("Ghi bằng số, ví dụ 25.")


@pytest.mark.corner
def test_hostile_names_run_nothing(phone: BrowserContext, address: str) -> None:
    facts = {**FACTS, "council": f"xã {HOSTILE}", "venue": HOSTILE}
    page = opened(phone, f"{address}/{PROGRAMME}", kept(facts, [{**MATTERS[1], "title": HOSTILE}]))
    page.locator("[data-hd-fill] summary").click()
    _name, data = downloaded(page, "Tải tệp Word đã điền")
    assert HOSTILE in text_of(data)
    assert page.evaluate("window.ran") is None


@pytest.mark.corner
def test_without_the_network_it_says_so(phone: BrowserContext, address: str) -> None:
    page = opened(phone, f"{address}/{PROGRAMME}", kept(FACTS, MATTERS))

    def lost(route: Route) -> None:
        route.abort()

    page.route("**/*.docx", lost)
    page.get_by_role("button", name="Tải tệp Word đã điền").click()
    expect(page.get_by_role("status")).to_contain_text("Chưa tải được tệp mẫu")

    def spoilt(route: Route) -> None:
        route.fulfill(body="<html>", content_type="text/html")

    page.unroute("**/*.docx")
    page.route("**/*.docx", spoilt)
    page.get_by_role("button", name="Tải tệp Word đã điền").click()
    expect(page.get_by_role("status")).to_contain_text("Tệp mẫu tải về bị lỗi")


@pytest.mark.parametrize("lost", ["word-file.js", "fflate.js"])
@pytest.mark.corner
def test_a_script_that_is_lost_is_told(phone: BrowserContext, address: str, lost: str) -> None:
    page = opened(phone, f"{address}/{PROGRAMME}", kept(FACTS, MATTERS))

    def gone(route: Route) -> None:
        route.abort()

    page.route(f"**/{lost}", gone)
    button = page.get_by_role("button", name="Tải tệp Word đã điền")
    button.click()
    expect(page.get_by_role("status")).to_contain_text("Chưa tải được phần điền tệp")
    expect(button).to_be_enabled()


@pytest.mark.corner
def test_data_without_a_sitting_leave_the_words_on_how_to_begin(phone: BrowserContext, address: str) -> None:
    page = opened(phone, f"{address}/{PROGRAMME}")
    day = {"2026-12-11": {"worked": False, "at": ""}}
    page.evaluate(
        f"""localStorage.setItem('hdnd.goc.v1', '{json.dumps({"schema": 3, "sittings": {}, "rules": {}, "days": day})}')"""
    )
    with page.expect_response("**/pages/fill.js"):
        page.reload()
    page.evaluate("import('/assets/scripts/pages/fill.js').then(() => true)")
    expect(page.locator("[data-hd-fill]")).to_contain_text("ghi một lần ở Kỳ họp đang chuẩn bị")
    assert page.get_by_role("button", name="đã điền").count() == 0
    other = opened(phone, f"{address}/{PROGRAMME}")
    other.evaluate(kept(FACTS, MATTERS))
    expect(page.get_by_role("button", name="đã điền")).to_be_visible()


def test_all_forms_of_the_list_come_from_the_list(phone: BrowserContext, address: str) -> None:
    page = opened(phone, f"{address}/{LIST}", kept(FACTS, MATTERS))
    name, data = downloaded(page, "Tải BM27 đã điền")
    assert name == "bm27-da-dien.docx" and "Nghị quyết đã ký chứng thực: Đề án đặt tên đường" in text_of(data)
    name, data = downloaded(page, "Tải BM07 đã điền")
    assert name == "bm07-da-dien.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].cell(FIRST_ROW + 2, 2).value == MATTERS[0]["title"]


def put_file(page: Page, name: str, data: bytes) -> None:
    page.get_by_label("Chọn tệp BM07").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


@pytest.mark.corner
def test_a_file_of_the_table_is_taken_into_the_list(phone: BrowserContext, address: str, kb: KnowledgeBase) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(kb, kb.documents["BM07"])))
    sheet: Any = book.worksheets[0]
    for row, title in enumerate([MATTERS[0]["title"], HOSTILE, "Đề án mới"]):
        sheet.cell(FIRST_ROW + 2 + row, 2).value = title
    out = io.BytesIO()
    book.save(out)
    page = opened(phone, f"{address}/{LIST}", kept(FACTS, MATTERS[:1]))
    put_file(page, "bm07.xlsx", out.getvalue())
    expect(page.get_by_role("status")).to_contain_text("Đã thêm 2 nội dung.")
    expect(page.locator(".hd-matters > li")).to_have_count(3)
    put_file(page, "bm07.xlsx", out.getvalue())
    expect(page.get_by_role("status")).to_contain_text("đã có trong danh mục")
    put_file(page, "bm07.xls", b"not a file")
    expect(page.get_by_role("status")).to_contain_text("Không mở được")
    empty = io.BytesIO()
    openpyxl.Workbook().save(empty)
    put_file(page, "khac.xlsx", empty.getvalue())
    expect(page.get_by_role("status")).to_contain_text("Không thấy bảng")
    expect(page.locator(".hd-matters > li")).to_have_count(3)
    assert page.evaluate("window.ran") is None
