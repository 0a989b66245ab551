"""Faults once found in three forms: deadlines from the rules, the lesson sheet, the study sheet."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from knowledge.checks.project import check_project
from knowledge.records.issues import Level
from tests.browsing import DESKTOP, PHONE, accessibility_faults, lost, page_count
from tests.conftest import Project
from tests.test_sitting import (
    DEADLINE,
    LESSON,
    RULES,
    STUDY,
    enter,
    facts_of,
    lesson_file,
    link_with,
)
from tests.test_ticks import ZALO, document_with, put_first, stored

OTHER = "ky-hop.thoi-han-trieu-tap"
Open = Callable[..., Page]


@pytest.fixture
def opened(context: BrowserContext) -> Iterator[Open]:
    """Open a page in a new tab; a script error fails the test."""
    faults: list[str] = []
    context.grant_permissions(["clipboard-read", "clipboard-write"])

    def open_tab(address: str, script: str = "") -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        if script:
            page.add_init_script(script)
        page.goto(address)
        page.locator(".hd-status").first.wait_for(state="attached")
        return page

    yield open_tab
    assert faults == []


def field(page: Page, rule: str, label: str = "Kỳ thường lệ") -> Locator:
    return page.locator(f'[data-hd-local="{rule}"]').get_by_label(label, exact=True)


def rules_with(*rules: tuple[str, str, str]) -> str:
    given = {id_: {"value": value, "article": article, "at": ""} for id_, value, article in rules}
    return put_first(document_with({}, rules=given))


def copied(page: Page) -> str:
    page.get_by_role("button", name="Sao chép để gửi Zalo").click()
    expect(page.locator(".hd-status")).to_contain_text("Đã sao chép")
    return str(page.evaluate("navigator.clipboard.readText()"))


# Deadlines -----------------------------------------------------------------------------------------


def test_a_link_is_kept_until_it_is_answered(opened: Open, address: str) -> None:
    page = opened(f"{address}/{RULES}#m={link_with([[DEADLINE, '10 ngày', '12']])}")
    expect(page.locator(".hd-ask")).to_be_in_viewport()
    page.reload()
    page.keyboard.press("Escape")
    page.reload()
    page.get_by_role("button", name="Nhận các thời hạn này").click()
    expect(field(page, DEADLINE)).to_have_value("10")
    assert page.evaluate("location.href") == f"{address}/{RULES}"
    page.goto(f"{address}/{RULES}#m={link_with([[DEADLINE, '11 ngày', '12']])}")
    page.get_by_role("button", name="Không nhận").click()
    assert page.evaluate("location.hash") == ""
    assert stored(page)["rules"][DEADLINE]["value"] == "10 ngày"


@pytest.mark.corner
def test_in_zalo_the_form_says_to_open_the_browser_first(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, user_agent=ZALO, service_workers="block")
    page = context.new_page()
    link = f"{address}/{RULES}#m={link_with([[DEADLINE, '10 ngày', '12']])}"
    page.goto(link)
    expect(page.locator(".hd-zalo + .hd-ask")).to_contain_text("Mở bằng trình duyệt trước")
    expect(page.locator(".hd-zalo")).to_contain_text("Mở bằng trình duyệt")
    page.get_by_role("button", name="Không nhận ở đây").click()
    assert page.evaluate("location.href") == link, "for “Mở bằng trình duyệt”"
    page.reload()
    page.get_by_role("button", name="Nhận các thời hạn này").click()
    assert page.evaluate("location.hash") == ""
    context.close()


@pytest.mark.corner
def test_one_rule_that_is_gone_does_not_spoil_the_rest(opened: Open, address: str, tmp_path: Path) -> None:
    rules = [["bo.roi", "1", "2"], [DEADLINE, "10 ngày", "12"], [OTHER, "x" * 500, ""], [OTHER, " ", ""]]
    page = opened(f"{address}/{RULES}#m={link_with(rules)}")
    expect(page.locator(".hd-ask")).to_contain_text("Nhận 1 thời hạn của HĐND xã A")
    expect(page.locator(".hd-ask")).to_contain_text("Bỏ qua 3 thời hạn")
    page.get_by_role("button", name="Nhận các thời hạn này").click()
    assert list(stored(page)["rules"]) == [DEADLINE]
    file = tmp_path / "moc.json"
    given = {"format": "so-tay-hdnd-moc", "version": 1, "council": "", "rules": [["bo.roi", "1", ""], [OTHER, "5", ""]]}
    file.write_text(json.dumps(given), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".hd-ask")).to_contain_text("Bỏ qua 1 thời hạn")
    page.get_by_role("button", name="Nhận các thời hạn này").click()
    expect(field(page, OTHER)).to_have_value("5")


@pytest.mark.corner
def test_why_a_link_is_refused_stands_where_the_reader_looks(opened: Open, address: str) -> None:
    page = opened(f"{address}/{RULES}#m={link_with([[DEADLINE, '10 ngày', '12']])[:30]}")
    wrong = page.get_by_role("alert")
    expect(wrong).to_contain_text("bị cắt cụt")
    expect(wrong).to_be_in_viewport()
    expect(wrong).to_be_focused()
    above = "e => !!(e.compareDocumentPosition(document.querySelector('[data-hd-rules-form]')) & 4)"
    assert wrong.evaluate(above)


@pytest.mark.full
def test_what_would_change_is_shown_and_can_be_taken_back(opened: Open, address: str) -> None:
    script = rules_with((DEADLINE, "7 ngày", "9"), (OTHER, "20 ngày", "8"))
    rules = [[DEADLINE, "10 ngày", "12"], [OTHER, "20 ngày", "8"], ["ky-hop.thoi-luong", "một ngày", ""]]
    link = f"{address}/{RULES}#m={link_with(rules)}"
    page = opened(link, script)
    before = stored(page)["rules"]
    lines = page.locator(".hd-ask li")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text(": 7 ngày, Điều 9 → 10 ngày, Điều 12")
    expect(lines.nth(1)).to_contain_text("do địa phương bố trí: một ngày")
    assert "→" not in lines.nth(1).inner_text()
    expect(page.locator(".hd-ask")).to_contain_text("đã có sẵn 1 thời hạn")
    page.get_by_role("button", name="Nhận các thời hạn này").click()
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_focused()
    page.get_by_role("button", name="Hoàn tác").click()
    assert lost(before, stored(page)["rules"]) == []
    expect(field(page, DEADLINE)).to_have_value("7")
    page.close()
    page = opened(link)
    page.get_by_role("button", name="Nhận các thời hạn này").click()
    field(page, OTHER).fill("21")
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_hidden()
    assert stored(page)["rules"][DEADLINE]["value"] == "10 ngày"
    assert accessibility_faults(page) == []


@pytest.mark.corner
def test_an_empty_file_of_deadlines_is_not_saved(opened: Open, address: str) -> None:
    page = opened(f"{address}/{RULES}")
    saved: list[Any] = []
    page.on("download", lambda one: saved.append(one))
    page.get_by_role("button", name="Tải tệp thời hạn").click()
    expect(page.locator(".hd-status")).to_contain_text("Chưa ghi thời hạn nào")
    # A file that is saved after it comes after it: that it is the only one says that there was none before.
    with page.expect_download() as last:
        page.evaluate("Object.assign(document.createElement('a'), { href: 'data:,x', download: 'x.txt' }).click()")
    assert [one.suggested_filename for one in saved] == [last.value.suggested_filename] == ["x.txt"]


@pytest.mark.corner
def test_short_labels_and_no_blank_below_a_filled_field(opened: Open, address: str) -> None:
    page = opened(f"{address}/{RULES}")
    expect(page.locator(f'[data-hd-local="{DEADLINE}"] dt')).to_have_text("Thời hạn gửi tài liệu cho đại biểu")
    expect(field(page, DEADLINE, "Ở Điều mấy")).to_have_count(1)
    blank = page.locator(f'[data-hd-local="{DEADLINE}"] [data-hd-rule]')
    enter(page, DEADLINE, "10 ngày", "12")
    expect(blank).to_be_hidden()
    page.emulate_media(media="print")
    expect(blank).to_have_text("Quy chế làm việc của HĐND mình: 10 ngày, Điều 12")
    expect(blank).to_be_visible()
    page.emulate_media(media="screen")
    enter(page, DEADLINE, "", "")
    expect(blank).to_be_hidden()
    page.emulate_media(media="print")
    expect(blank).to_have_text(re.compile("điền: …"))
    expect(blank).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("12", "Điều 12"),
        ("K2 Đ12", "K2 Đ12"),
        pytest.param("12 khoản 2", "Điều 12 khoản 2", marks=pytest.mark.full),
        pytest.param("điểm a khoản 1", "điểm a khoản 1", marks=pytest.mark.full),
    ],
)
@pytest.mark.corner
def test_only_a_bare_number_gets_its_word(opened: Open, address: str, typed: str, shown: str) -> None:
    page = opened(f"{address}/{RULES}", rules_with((DEADLINE, "10 ngày", typed)))
    page.goto(f"{address}/can-cu/nq-104-2025/")
    place = page.locator(f'[data-hd-rule="{DEADLINE}"]').first
    expect(place).to_have_text(f"Quy chế làm việc của HĐND mình: 10 ngày, {shown}")


# Lesson sheet --------------------------------------------------------------------------------------


def clear_sheet(page: Page) -> None:
    page.get_by_role("button", name="Xóa phiếu này…").click()
    page.get_by_role("button", name="Xóa phiếu", exact=True).click()


@pytest.mark.corner
def test_an_old_lesson_never_replaces_a_new_one(opened: Open, address: str) -> None:
    page = opened(f"{address}/{LESSON}", facts_of())
    page.locator("#rut-viec").fill("Chữ cũ")
    clear_sheet(page)
    undo = page.get_by_role("button", name="Hoàn tác xóa")
    expect(undo).to_be_visible()
    # Another tab's words count as well.
    other = opened(f"{address}/{LESSON}")
    other.locator("#rut-doi").fill("Chữ mới")
    expect(undo).to_be_hidden()
    clear_sheet(other)
    other.locator("#rut-viec").fill("Chữ khác")
    expect(other.get_by_role("button", name="Hoàn tác xóa")).to_be_hidden()
    expect(page.locator("#rut-viec")).to_have_value("Chữ khác")


@pytest.mark.corner
def test_two_records_of_one_minute_have_two_names(opened: Open, address: str) -> None:
    page = opened(f"{address}/{LESSON}", facts_of())
    draw = "() => { crypto.getRandomValues = array => { array[0] = %d; return array; }; }"
    page.evaluate(draw % 70042)
    first, text = lesson_file(page)
    page.evaluate(draw % 71234)
    with page.expect_download() as got:
        page.get_by_role("button", name="Tải tệp bản ghi").click()
    assert [name[14:] for name in (first, got.value.suggested_filename)] == ["0042.md", "1234.md"]
    assert f"\nid: {first.removesuffix('.md').upper()}\n" in text


@pytest.mark.parametrize("opening", ["0026-12-10", "2150-01-01"])
@pytest.mark.full
def test_marks_alone_and_wrong_days_do_not_reach_the_record(
    opened: Open, address: str, project: Project, opening: str
) -> None:
    page = opened(f"{address}/{LESSON}", facts_of(opening=opening))
    lesson_file(page)
    page.locator("#rut-viec").fill("---\nHọp muộn.\n…\n?\n2")
    page.locator("#rut-doi").fill("***\nHọp sớm.")
    with page.expect_download() as got:
        page.get_by_role("button", name="Tải tệp bản ghi").click()
    expect(page.locator(".hd-status")).to_contain_text("Ngày khai mạc ghi sai nên tệp lấy ngày hôm nay.")
    name = got.value.suggested_filename
    before = {str(issue) for issue in project.check()}
    project.write(f"docs/tra-cuu/{name}", Path(got.value.path()).read_text("utf-8"))
    records, issues = check_project(project.root)
    assert [str(one) for one in issues if one.level > Level.INFO and str(one) not in before] == []
    source = records.sources[name.removesuffix(".md").upper()]
    assert [paragraph.text for paragraph in source.paragraphs] == ["Họp muộn.", "2", "Họp sớm."]
    page.locator("#rut-doi").fill("???")
    page.get_by_role("button", name="Tải tệp bản ghi").click()
    expect(page.locator(".hd-status")).to_have_text("Ghi điều cần đổi trước.")


@pytest.mark.corner
def test_what_only_editors_need_is_folded_away(opened: Open, address: str) -> None:
    page = opened(f"{address}/{LESSON}")
    expect(page.get_by_role("button", name="Tải tệp bản ghi")).to_be_hidden()
    assert "docs/tra-cuu" not in page.locator("article").inner_text()
    page.get_by_text("Dành cho người biên soạn sổ tay").click()
    expect(page.get_by_role("button", name="Tải tệp bản ghi")).to_be_visible()
    expect(page.locator("details code")).to_have_text("make inbox FILE=…")
    assert accessibility_faults(page) == []


# Study sheet, and two sittings -----------------------------------------------------------------------


def two_sittings() -> str:
    document = json.loads(document_with({}))
    first = document["sittings"]["k0001"]
    first["facts"] |= {"term": "XXI", "role": "ban-hdnd", "name": "Lò Thị Bình"}
    first["studies"] = {"k1111": {"fields": {"o1": "Nước sạch", "o2": "Việc cũ"}, "at": ""}}
    first["lesson"] = {"viec": "Việc kỳ 5"}
    second = json.loads(json.dumps(first))
    second["facts"] |= {"sitting": "6"}
    second["studies"] = {"k2222": {"fields": {"o1": "Chợ", "o2": "Việc mới"}, "at": ""}}
    second["lesson"] = {"viec": "Việc kỳ 6"}
    document["sittings"]["k0002"] = second
    return put_first(json.dumps(document))


SWITCH = "const d = JSON.parse(localStorage['hdnd.goc.v1']); d.current = 'k0002'; localStorage['hdnd.goc.v1'] = JSON.stringify(d)"


@pytest.mark.parametrize(
    ("path", "at", "kept"),
    [(STUDY, "#o2", "Việc mới"), pytest.param(LESSON, "#rut-viec", "Việc kỳ 6", marks=pytest.mark.full)],
)
@pytest.mark.corner
def test_a_field_in_use_follows_when_another_tab_changes_the_sitting(
    opened: Open, address: str, path: str, at: str, kept: str
) -> None:
    page = opened(f"{address}/{path}", two_sittings())
    first = stored(page)["sittings"]["k0001"]
    page.locator(at).focus()
    other = opened(f"{address}/{path}")
    other.evaluate(SWITCH)
    expect(page.locator(at)).to_have_value(kept)
    expect(page.locator(".hd-status")).to_contain_text("Đang mở phiếu của: HĐND xã A, khóa XXI, kỳ họp thứ 6.")
    page.locator(at).press_sequentially("X")
    assert lost(first, stored(page)["sittings"]["k0001"]) == []


@pytest.mark.parametrize(("path", "at"), [(STUDY, "#o2"), (LESSON, "#rut-viec")])
@pytest.mark.corner
def test_what_is_typed_before_the_news_arrives_stays_in_its_sitting(
    opened: Open, address: str, path: str, at: str
) -> None:
    page = opened(f"{address}/{path}", two_sittings())
    second = stored(page)["sittings"]["k0002"]
    # The same tab gets no event for its own writing, as if the other tab's had not come yet.
    page.evaluate(SWITCH)
    page.locator(at).fill("Viết tiếp")
    assert lost(second, stored(page)["sittings"]["k0002"]) == []
    assert "Viết tiếp" not in json.dumps(stored(page)["sittings"]["k0002"], ensure_ascii=False)
    assert "Viết tiếp" in json.dumps(stored(page)["sittings"]["k0001"], ensure_ascii=False)


def test_the_study_sheet_names_sitting_council_and_person(opened: Open, address: str) -> None:
    page = opened(f"{address}/{STUDY}", two_sittings())
    who = page.locator(".hd-study__who")
    words = "HĐND xã A, khóa XXI, kỳ họp thứ 5. Người ghi: Lò Thị Bình, Ban HĐND"
    expect(who).to_have_text(words)
    expect(page.get_by_text("Kỳ họp khác trên máy này có 1 phiếu, vẫn giữ ở kỳ họp đó.")).to_be_visible()
    page.emulate_media(media="print")
    expect(who).to_be_visible()
    assert page_count(page.pdf(prefer_css_page_size=True)) == 1
    page.evaluate("document.documentElement.dataset.hdBlank = ''")
    expect(who.locator("span")).to_be_hidden()
    page.emulate_media(media="screen")
    opened(f"{address}/{STUDY}").evaluate(SWITCH)
    expect(page.locator(".hd-status")).to_contain_text("vẫn giữ ở: HĐND xã A, khóa XXI, kỳ họp thứ 5.")
    expect(who).to_contain_text("kỳ họp thứ 6")
    assert accessibility_faults(page) == []
    expect(opened(f"{address}/{STUDY}").locator(".hd-study__who")).to_be_visible()


@pytest.mark.corner
def test_a_table_is_copied_row_by_row_under_its_question(opened: Open, address: str) -> None:
    page = opened(f"{address}/{STUDY}")
    expect(page.locator(".hd-study__who")).to_be_hidden()
    page.locator("#o1").fill("Nước sạch")
    for name, value in {"Số liệu, dòng 1": "Kinh phí", "Tờ trình, dòng 1": "3 tỷ", "Dự thảo, dòng 1": "2 tỷ",
                        "Số liệu, dòng 2": "Số hộ", "Phụ lục, dòng 2": "40"}.items():  # fmt: skip
        page.get_by_label(name).fill(value)
    page.locator("#o8").fill("Được nước.")
    assert copied(page).split("\n") == [
        "Phiếu nghiên cứu dự thảo nghị quyết",
        "", "Tên dự thảo; nghị quyết về việc gì; kỳ họp", "Nước sạch",
        "", "4. Số nào lệch? Ghi cả số trang.",
        "Số liệu: Kinh phí; Tờ trình: 3 tỷ; Dự thảo: 2 tỷ",
        "Số liệu: Số hộ; Phụ lục: 40",
        "", "5. Dân nơi mình được gì, vướng gì? Đã hỏi ai?", "Được nước.",
    ]  # fmt: skip


@pytest.mark.corner
def test_a_deleted_sheet_comes_back_to_its_own_sitting(opened: Open, address: str) -> None:
    page = opened(f"{address}/{STUDY}", two_sittings())
    clear_sheet(page)
    undo = page.get_by_role("button", name="Hoàn tác xóa")
    expect(undo).to_be_focused()
    opened(f"{address}/{STUDY}").evaluate(SWITCH)
    expect(undo).to_be_hidden()


# Without script ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [RULES, LESSON, STUDY])
def test_without_script_no_page_promises_what_is_not_there(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{path}")
    text = page.locator("article").inner_text()
    assert "hd-script" not in text
    assert re.findall(r"[Ss]ao chép|[Tt]ải tệp|mã QR|Mở tệp|sẽ hiện số|[Ll]iên kết kèm", text) == []
    expect(page.locator("[data-hd-no-script]")).to_be_visible()
    context.close()
