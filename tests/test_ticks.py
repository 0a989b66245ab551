"""Checklists to tick: kept per sitting on the device, never lost from the screen, printable, portable."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from knowledge.records.knowledge_base import KnowledgeBase
from tests.browsing import DESKTOP, HOSTILE, PHONE, accessibility_faults, await_pictures, page_count, wait_until

KEY = "hdnd.goc.v1"
SHEET = "danh-muc/dm07/"
ITEMS = 16
ZALO = (
    "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/109.0.0.0 Mobile Safari/537.36 Zalo android/12100731 ZaloTheme/light"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 15_8 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/15.6 Mobile/15E148 Safari/604.1"
)

Open = Callable[..., Page]


@pytest.fixture
def opened(context: BrowserContext, address: str) -> Iterator[Open]:
    """Open the sheet in a new tab; a script error anywhere fails the test."""
    faults: list[str] = []

    def open_tab(path: str = SHEET, script: str = "") -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        if script:
            page.add_init_script(script)
        page.goto(f"{address}/{path}")
        page.wait_for_selector(".hd-tick")
        return page

    yield open_tab
    # The theme's own script stumbles over storage that is blocked; ours must not.
    assert [fault for fault in faults if fault != "blocked by the browser"] == []


def stored(page: Page) -> Any:
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}')") or "null")


def sheet_of(page: Page, sheet: str = "DM07") -> Any:
    document = stored(page)
    return document["sittings"][document["current"]]["sheets"][sheet]


def document_with(items: dict[str, Any], seen: list[str] | None = None, **more: Any) -> str:
    """Return the JSON of a document with one sitting and these items of DM07."""
    facts = {"council": "xã A", "term": "", "sitting": "5", "opening": "", "role": "", "name": ""}
    sheet = {"seen": seen or [], "items": items, "rounds": {}}
    sitting = {"facts": facts, "created": "", "sheets": {"DM07": sheet}, "studies": {}, "lesson": {}}
    document = {"schema": 1, "current": "k0001", "sittings": {"k0001": sitting}, "rules": {}, **more}
    return json.dumps(document, ensure_ascii=False)


def item(**fields: Any) -> dict[str, Any]:
    empty = {"done": False, "value": "", "na": False, "reason": "", "text": "", "at": ""}
    return {**empty, "at": "2026-11-20T08:00:00.000Z", **fields}


def set_aside(page: Page, id_: str) -> None:
    """Press “Không áp dụng” of an item, which is folded away with its reasons."""
    page.locator(f"#{id_} .hd-why summary").click()
    page.locator(f"#{id_} .hd-na").click()


def put_first(text: str) -> str:
    """Return a script that stores this text once, before any script of the page runs."""
    return (
        f"if (!sessionStorage.getItem('put')) {{sessionStorage.setItem('put', '1');"
        f"localStorage.setItem('{KEY}', {json.dumps(text)});}}"
    )


def test_each_item_has_a_real_box_and_field(opened: Open) -> None:
    page = opened()
    assert page.locator("input[type=checkbox].hd-tick").count() == ITEMS
    assert page.locator(".hd-answer .hd-value").count() == ITEMS
    small = page.eval_on_selector_all(
        ".hd-tick, .hd-value:not([hidden] *), .hd-na, .hd-button:not([hidden]), .hd-tools summary",
        "all => all.filter(e => e.checkVisibility()).map(e => [e.className, e.getBoundingClientRect()])"
        ".filter(([, r]) => r.height < 44 || r.width < 44).map(([c]) => c)",
    )
    assert small == [], "targets of 44 px"
    box = page.get_by_role(
        "checkbox", name="1. Trọng yếu Phân công mỗi dự thảo một thành viên Ban theo dõi.", exact=True
    )
    expect(box).to_have_count(1)
    expect(page.get_by_label(re.compile(r"^Dự thảo chưa có người \(mục 1\)"))).to_have_count(1)
    assert page.locator("label input, label button").count() == 0, "nothing nested in labels"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_ticks_and_values_outlive_the_page(opened: Open) -> None:
    page = opened()
    page.locator("#khao-sat .hd-tick").check()
    page.locator("#khao-sat .hd-answer .hd-value").fill("Bản Tà Lèng; 12/11; 5 hộ")
    page.locator("#nguoi-ra-soat-1").fill("Nguyễn Văn An, 12/11")
    expect(page.locator(".hd-bar strong")).to_have_text(f"Xong 1/{ITEMS} mục")
    page.reload()
    expect(page.locator("#khao-sat .hd-tick")).to_be_checked()
    expect(page.locator("#khao-sat .hd-answer .hd-value")).to_have_value("Bản Tà Lèng; 12/11; 5 hộ")
    expect(page.locator("#nguoi-ra-soat-1")).to_have_value("Nguyễn Văn An, 12/11")
    expect(page.locator(".hd-progress").nth(1)).to_contain_text("Xong 1/6 mục")
    kept = sheet_of(page)["items"]["khao-sat"]
    assert kept["done"] and kept["value"].startswith("Bản") and kept["at"].endswith("Z")
    assert stored(page)["schema"] == 3


def test_decomposed_text_is_kept_composed(opened: Open) -> None:
    page = opened()
    page.locator("#khao-sat .hd-answer .hd-value").fill("Bản Tà Lèng".encode().decode() + " e\u0302\u0301")
    assert sheet_of(page)["items"]["khao-sat"]["value"].endswith("ế")


def test_the_keyboard_does_everything_and_the_change_is_announced(opened: Open) -> None:
    page = opened()
    page.locator("#phan-nguoi .hd-tick").focus()
    page.keyboard.press("Space")
    status = page.locator(".hd-bar [role=status]")
    expect(status).to_have_text("Đã tích mục 1. Lần 1: xong 1/5 mục.")
    assert status.get_attribute("aria-live") == "polite"
    page.keyboard.press("Tab")
    page.keyboard.type("0")
    for key in ("Tab", "Enter", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#ly-do-phan-nguoi")).to_be_focused()
    page.keyboard.type("Không có dự thảo")
    expect(page.locator("#phan-nguoi .hd-na")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#phan-nguoi .hd-tick")).not_to_be_checked()
    page.get_by_role("button", name="Xóa phiếu này…").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Giữ lại")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Xóa phiếu này…")).to_be_focused()
    expect(page.locator("#phan-nguoi .hd-answer .hd-value")).to_have_value("0")
    undo = page.get_by_role("button", name="Hoàn tác", exact=True)
    undo.focus()
    for _ in range(4):
        page.keyboard.press("Enter")
    expect(page.locator("#phan-nguoi .hd-answer .hd-value")).to_have_value("")
    expect(page.locator("#phan-nguoi .hd-tick")).not_to_be_checked()
    expect(undo).to_be_focused()
    expect(undo).to_have_attribute("aria-disabled", "true")


@pytest.mark.corner
def test_undo_gives_back_one_step_at_a_time(opened: Open) -> None:
    page = opened()
    page.locator("#ho-so .hd-tick").check()
    page.locator("#ho-so .hd-answer .hd-value").fill("10/11")
    undo = page.get_by_role("button", name="Hoàn tác", exact=True)
    undo.click()
    expect(page.locator("#ho-so .hd-answer .hd-value")).to_have_value("")
    expect(page.locator("#ho-so .hd-tick")).to_be_checked()
    undo.click()
    expect(page.locator("#ho-so .hd-tick")).not_to_be_checked()


@pytest.mark.corner
def test_reset_asks_first_and_can_be_undone(opened: Open) -> None:
    page = opened()
    page.locator("#ho-so .hd-tick").check()
    page.get_by_role("button", name="Xóa phiếu này…").click()
    expect(page.locator("#ho-so .hd-tick")).to_be_checked()
    page.get_by_role("button", name="Giữ lại").click()
    expect(page.locator("#ho-so .hd-tick")).to_be_checked()
    page.get_by_role("button", name="Xóa phiếu này…").click()
    page.get_by_role("button", name="Xóa hết trên phiếu này").click()
    expect(page.locator("#ho-so .hd-tick")).not_to_be_checked()
    assert sheet_of(page)["items"] == {}
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    expect(page.locator("#ho-so .hd-tick")).to_be_checked()


@pytest.mark.corner
def test_not_applicable_wants_a_reason_and_what_is_left_is_listed(opened: Open) -> None:
    page = opened()
    page.locator("#ho-so .hd-tick").check()
    set_aside(page, "du-hop")
    left = page.locator(".hd-left")
    left.locator("summary").click()
    expect(left.locator("summary")).to_have_text(f"Còn {ITEMS - 1} mục chưa xong")
    expect(left.locator("li", has_text="Mục 4.")).to_contain_text("chưa ghi lý do")
    page.locator("#ly-do-du-hop").fill("Không họp")
    expect(left.locator("summary")).to_have_text(f"Còn {ITEMS - 2} mục chưa xong")
    expect(left.locator("li", has_text="Mục 6.")).to_have_count(0)
    expect(page.locator(".hd-total")).to_contain_text("trong đó 1 mục không áp dụng")
    left.locator("a", has_text="Mục 13.").click()
    expect(page.locator("#cho-bat-cap")).to_be_in_viewport()


def test_new_items_are_shown_and_removed_ones_kept(opened: Open) -> None:
    """As after an edition that added one item and took another away."""
    known = [
        "phan-nguoi", "han-ho-so", "so-lieu-can", "du-hop", "gop-y-som", "ho-so", "gui-so-lieu",
        "chia-doc", "tra-van-ban", "cau-hoi-theo-loai", "khao-sat", "nhan-xet", "ben-trinh", "cho-bat-cap", "y-kien-khac",
    ]  # fmt: skip
    items = {"ho-so": item(done=True), "muc-cu": item(done=True, text="Mục cũ đã bỏ.", value="7")}
    page = opened(script=put_first(document_with(items, [*known, "muc-cu"])))
    expect(page.locator("#bieu-quyet .hd-new")).to_be_visible()
    expect(page.locator(".hd-new:visible")).to_have_count(1)
    expect(page.locator(".hd-news")).to_contain_text("1 mục mới từ lần dùng trước: mục 16")
    expect(page.locator(".hd-total")).to_contain_text(f"Xong 1/{ITEMS}")
    gone = page.locator("details", has_text="nay không còn trên phiếu (1)")
    expect(gone.locator("li")).to_have_text("Đã xong: Mục cũ đã bỏ.; 7")
    page.locator("#bieu-quyet .hd-tick").check()
    expect(page.locator(".hd-new:visible")).to_have_count(0)
    assert sheet_of(page)["items"]["muc-cu"]["value"] == "7"


@pytest.mark.corner
def test_sittings_stand_side_by_side(opened: Open) -> None:
    document = json.loads(document_with({"ho-so": item(done=True)}))
    other = json.loads(json.dumps(document["sittings"]["k0001"]))
    other["facts"]["sitting"] = "6"
    other["sheets"] = {}
    document["sittings"]["k0002"] = other
    page = opened(script=put_first(json.dumps(document)))
    expect(page.locator("#ho-so .hd-tick")).to_be_checked()
    page.get_by_label("Kỳ họp khác trên máy này").select_option("k0002")
    expect(page.locator("#ho-so .hd-tick")).not_to_be_checked()
    page.locator("#khao-sat .hd-tick").check()
    page.get_by_label("Kỳ họp khác trên máy này").select_option("k0001")
    expect(page.locator("#ho-so .hd-tick")).to_be_checked()
    expect(page.locator("#khao-sat .hd-tick")).not_to_be_checked()


@pytest.mark.corner
def test_two_tabs_stay_in_step_and_lose_nothing(opened: Open) -> None:
    first, second = opened(), opened()
    first.locator("#ho-so .hd-tick").check()
    expect(second.locator("#ho-so .hd-tick")).to_be_checked()
    second.locator("#khao-sat .hd-answer .hd-value").fill("hai nơi")
    expect(first.locator("#khao-sat .hd-answer .hd-value")).to_have_value("hai nơi")
    first.locator("#nhan-xet .hd-tick").check()
    expect(second.locator("#nhan-xet .hd-tick")).to_be_checked()
    assert set(sheet_of(second)["items"]) == {"ho-so", "khao-sat", "nhan-xet"}
    # A tab asleep, which is told nothing, still writes over nothing.
    deaf = opened(script="addEventListener('storage', (event) => event.stopImmediatePropagation());")
    first.locator("#chia-doc .hd-tick").check()
    expect(deaf.locator("#chia-doc .hd-tick")).not_to_be_checked()
    deaf.locator("#ben-trinh .hd-tick").check()
    expect(deaf.locator("#chia-doc .hd-tick")).to_be_checked()
    assert {"chia-doc", "ben-trinh"} <= set(sheet_of(first)["items"])


BLOCKED = (
    "Object.defineProperty(window, 'localStorage', "
    "{ get() { throw new DOMException('blocked by the browser', 'SecurityError'); } });"
)
FULL = (
    "const put = Storage.prototype.setItem; Storage.prototype.setItem = function (k, v) {"
    " if (k.startsWith('hdnd')) throw new DOMException('full', 'QuotaExceededError');"
    " return put.call(this, k, v); };"
)


@pytest.mark.parametrize(
    ("script", "words"),
    [(BLOCKED, "Máy này không cho lưu"), (FULL, "Bộ nhớ của trình duyệt đã đầy")],
    ids=["blocked", "full"],
)
@pytest.mark.corner
def test_storage_that_fails_leaves_the_screen_as_it_is(opened: Open, script: str, words: str) -> None:
    page = opened(script=script)
    page.locator("#ho-so .hd-tick").check()
    page.locator("#ho-so .hd-answer .hd-value").fill("10/11")
    page.locator("#khao-sat .hd-tick").check()
    expect(page.locator("#ho-so .hd-tick")).to_be_checked()
    expect(page.locator(".hd-total")).to_contain_text(f"Xong 2/{ITEMS}")
    expect(page.locator(".hd-tools .hd-storage")).to_contain_text(words)
    page.get_by_text("Giữ lại hoặc chuyển sang máy khác").click()
    with page.expect_download() as got:
        page.get_by_role("button", name="Tải tệp lưu").click()
    kept = json.loads(Path(got.value.path()).read_text("utf-8"))["document"]
    assert kept["sittings"][kept["current"]]["sheets"]["DM07"]["items"]["ho-so"]["value"] == "10/11"
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.close(run_before_unload=True)
    page.wait_for_event("close")
    assert asked == ["beforeunload"], "leaving unsaved work is asked about"


SPOILT = [
    "{ not json", "[]", '"x"', '{"schema": 1, "sittings": 7}', '{"schema": "1"}', "null",
    '{"schema": 1, "current": "__proto__", "sittings": {"__proto__": {"facts": 1}}}',
]  # fmt: skip


@pytest.mark.full
def test_spoilt_storage_is_put_aside_not_thrown_away(opened: Open) -> None:
    page = opened()
    for text in SPOILT:
        page.evaluate(f"text => {{ localStorage.clear(); localStorage.setItem('{KEY}', text); }}", text)
        page.reload()
        expect(page.locator(".hd-tools .hd-storage")).to_contain_text("bị hỏng")
        assert page.evaluate("localStorage.getItem('hdnd.goc.v1.hong')") == text
        page.locator("#ho-so .hd-tick").check()
        assert sheet_of(page)["items"]["ho-so"]["done"]
    page.reload()
    expect(page.locator("#ho-so .hd-tick")).to_be_checked()


@pytest.mark.corner
def test_what_is_sound_in_spoilt_storage_is_still_shown(opened: Open) -> None:
    text = document_with({"ho-so": item(done=True), "KHÔNG HỢP LỆ": 3, "khao-sat": "x"})
    page = opened(script=put_first(text))
    expect(page.locator("#ho-so .hd-tick")).to_be_checked()
    expect(page.locator("#khao-sat .hd-tick")).not_to_be_checked()


@pytest.mark.corner
def test_data_of_a_future_version_are_left_alone(opened: Open) -> None:
    text = '{"schema": 99, "anything": true}'
    page = opened(script=put_first(text))
    expect(page.locator(".hd-tools .hd-storage")).to_contain_text("bản mới hơn")
    page.locator("#ho-so .hd-tick").check()
    expect(page.locator("#ho-so .hd-tick")).to_be_checked()
    assert page.evaluate(f"localStorage.getItem('{KEY}')") == text


@pytest.mark.corner
def test_hostile_text_is_shown_never_run(opened: Open) -> None:
    items = {
        "ho-so": item(done=True, value=HOSTILE, text=HOSTILE),
        "du-hop": item(na=True, reason=HOSTILE),
        "constructor": item(done=True, text=HOSTILE),
    }
    document = json.loads(document_with(items))
    document["sittings"]["k0001"]["facts"] |= {"council": HOSTILE, "name": HOSTILE, "role": "constructor"}
    page = opened(script=put_first(json.dumps(document)))
    expect(page.locator("#ho-so .hd-answer .hd-value")).to_have_value(HOSTILE)
    expect(page.locator(".hd-sitting")).to_contain_text("<img")
    await_pictures(page)
    assert page.evaluate("window.ran") is None
    assert page.locator("article img").count() == 0


def _export(page: Page, tmp_path: Path) -> Path:
    page.get_by_text("Giữ lại hoặc chuyển sang máy khác").click()
    with page.expect_download() as got:
        page.get_by_role("button", name="Tải tệp lưu").click()
    assert re.fullmatch(r"so-tay-hdnd-\d{4}-\d\d-\d\d\.json", got.value.suggested_filename)
    target = tmp_path / "luu.json"
    got.value.save_as(target)
    return target


def test_half_ticked_exported_reset_imported_printed_filled(opened: Open, tmp_path: Path) -> None:
    page = opened()
    for id_ in ("phan-nguoi", "ho-so"):
        page.locator(f"#{id_} .hd-tick").check()
    page.locator("#ho-so .hd-answer .hd-value").fill("“10/11”; thiếu phụ lục <2>")
    page.locator("#nguoi-ra-soat-1").fill("Lò Thị Bình")
    before = stored(page)
    file = _export(page, tmp_path)
    page.get_by_role("button", name="Xóa phiếu này…").click()
    page.get_by_role("button", name="Xóa hết trên phiếu này").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Thay tất cả").click()
    expect(page.locator("#ho-so .hd-tick")).to_be_checked()
    assert stored(page) == before, "the round trip is exact"
    page.emulate_media(media="print")
    expect(page.locator("#ho-so .hd-answer .hd-filled")).to_have_text("“10/11”; thiếu phụ lục <2>")
    expect(page.locator("#ho-so .hd-answer .hd-filled")).to_be_visible()
    assert page.locator("#ho-so .hd-tick").is_hidden() and page.locator("#ho-so .hd-box").is_visible()
    assert page_count(page.pdf(prefer_css_page_size=True)) == 1
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Hoàn tác việc mở tệp").click()
    expect(page.locator("#ho-so .hd-tick")).not_to_be_checked()


@pytest.mark.corner
def test_import_merges_item_by_item(opened: Open, tmp_path: Path) -> None:
    items = {
        "ho-so": item(done=True, value="mới", at="2026-11-21T08:00:00.000Z"),
        "khao-sat": item(done=True),
    }
    page = opened(script=put_first(document_with(items)))
    theirs = {
        "ho-so": item(value="cũ", at="2026-11-19T08:00:00.000Z"),
        "nhan-xet": item(done=True),
    }
    file = tmp_path / "luu.json"
    document = json.loads(document_with(theirs))
    file.write_text(json.dumps({"format": "so-tay-hdnd", "document": document}), encoding="utf-8")
    page.get_by_text("Giữ lại hoặc chuyển sang máy khác").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Gộp vào").click()
    expect(page.locator("#nhan-xet .hd-tick")).to_be_checked()
    expect(page.locator("#khao-sat .hd-tick")).to_be_checked()
    expect(page.locator("#ho-so .hd-answer .hd-value")).to_have_value("mới")


BAD_FILES = [
    ("{", "không đọc được"),
    ('{"a": 1}', "không phải tệp lưu"),
    ('{"format": "so-tay-hdnd", "document": {"schema": 4}}', "bản mới hơn"),
    ('{"format": "so-tay-hdnd", "document": []}', "không phải dữ liệu"),
    ('{"format": "so-tay-hdnd", "document": {"schema": 1, "sittings": {"<b>": {}}}}', "1 chỗ sai"),
    ("x" * 5_000_001, "lớn quá 5 MB"),
]


@pytest.mark.corner
def test_bad_files_are_refused_with_a_reason(opened: Open, tmp_path: Path) -> None:
    page = opened(script=put_first(document_with({"ho-so": item(done=True)})))
    before = stored(page)
    file = tmp_path / "luu.json"
    page.get_by_text("Giữ lại hoặc chuyển sang máy khác").click()
    for content, reason in BAD_FILES:
        file.write_text(content, encoding="utf-8")
        page.locator("input[type=file]").set_input_files(file)
        expect(page.locator(".hd-wrong-file")).to_contain_text(reason)
        assert stored(page) == before
    expect(page.locator("#ho-so .hd-tick")).to_be_checked()


@pytest.mark.corner
def test_printing_unfinished_warns_and_is_allowed(opened: Open) -> None:
    page = opened(script="window.print = () => { window.printed = (window.printed || 0) + 1;"
                  "window.blank = 'hdBlank' in document.documentElement.dataset; };")  # fmt: skip
    page.locator("[data-hd-print]").click()
    assert page.evaluate("window.printed") == 1, "an empty sheet prints at once"
    page.locator("#ho-so .hd-tick").check()
    page.get_by_role("button", name="In phiếu đã ghi").click()
    expect(page.locator(".hd-ask")).to_contain_text(f"Còn {ITEMS - 1} mục chưa xong")
    assert page.evaluate("window.printed") == 1
    page.get_by_role("button", name="Vẫn in").click()
    assert page.evaluate("[window.printed, window.blank]") == [2, False]
    page.locator("[data-hd-print]").click()
    assert page.evaluate("window.printed") == 2
    page.get_by_role("button", name="Phiếu trắng", exact=True).click()
    assert page.evaluate("[window.printed, window.blank]") == [3, True]


def test_a_blank_print_is_the_sheet_as_without_script(browser: Browser, address: str) -> None:
    """Pixel for pixel, though boxes were ticked and values typed."""
    pictures = []
    for script in (False, True):
        context = browser.new_context(
            viewport={"width": 711, "height": 1062}, java_script_enabled=script, service_workers="block"
        )
        page = context.new_page()
        page.goto(f"{address}/{SHEET}")
        if script:
            page.wait_for_selector(".hd-tick")
            page.locator("#ho-so .hd-tick").check()
            page.locator("#ho-so .hd-answer .hd-value").fill("10/11")
            set_aside(page, "du-hop")
            page.locator("#nguoi-ra-soat-1").fill("An")
            page.evaluate("document.documentElement.dataset.hdBlank = ''")
        page.emulate_media(media="print")
        pictures.append(
            [page.locator(f".hd-{part}").nth(n).screenshot() for part, n in
             (("sheet-head", 0), ("round", 0), ("round", 1), ("round", 2), ("completion", 0))]
        )  # fmt: skip
        context.close()
    assert pictures[0] == pictures[1]


WORDS = "Nghị quyết số 12/NQ-HĐND ngày 05/12/2026; Ban đã đọc kỹ, đề nghị sửa Điều 3, gửi lại ngày 07/12/2026"
NAME = "Nguyễn Thị Hồng Nhung, Chánh Văn phòng HĐND và UBND, 10/11/2026"
LONG_COUNCIL = ("xã Mường Nhé Thượng, tỉnh Điện Biên " * 4)[:120]
FILLED = {
    "short values": ({"value": "10/11; đủ"}, 99, "Nhung, 10/11", "xã Nậm Cần", 1),
    "only names, by the button": ({}, 99, "Nguyễn Thị Hồng Nhung, 10/11/2026", "xã Nậm Cần", 1),
    # Type is never made smaller for long words: they have a page of their own.
    "everything as long as it can be": ({"value": WORDS[:18]}, 99, (NAME * 2)[:120], LONG_COUNCIL, (1, 2)),
    "a few long values": ({"value": WORDS[:60]}, 4, "Nhung, 10/11", "xã Nậm Cần", (1, 2)),
    "many long values": ({"value": WORDS[:60]}, 99, NAME, LONG_COUNCIL, 2),
    "nothing applies, for long reasons": (
        {"done": False, "na": True, "reason": WORDS[:100]}, 99, "Nhung, 10/11", "xã Nậm Cần", 2,
    ),
}  # fmt: skip


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.full, id="all"), pytest.param(5, id="some")])
@pytest.mark.parametrize("case", FILLED)
@pytest.mark.full
def test_a_filled_sheet_prints_on_its_page_and_long_words_on_a_second(
    browser: Browser, address: str, kb: KnowledgeBase, case: str, every: int
) -> None:
    fields, many, reviewer, council, expected = FILLED[case]
    context = browser.new_context(viewport=DESKTOP, service_workers="block")
    facts = {
        "council": council, "term": "XXI", "sitting": "5", "opening": "2026-12-10",
        "role": "van-phong", "name": "Nguyễn Thị Hồng Nhung",
    }  # fmt: skip
    sheets: dict[str, Any] = {}
    for placed in kb.items.values():
        own = sheets.setdefault(placed.checklist.id, {"seen": [], "items": {}, "rounds": {}})
        filled = fields if len(own["items"]) < many else {"value": "đủ"}
        own["items"][placed.item.id] = item(**{"done": True, **filled})
        own["rounds"] = {"1": reviewer, "2": reviewer, "3": reviewer}
    rules = {
        rule: {"value": "10 ngày", "article": "12", "at": ""}
        for rule, (_i, one, _p) in kb.rules.items() if one.validity == "local"
    }  # fmt: skip
    document = json.loads(document_with({}, rules=rules))
    document["sittings"]["k0001"] |= {"facts": facts, "sheets": sheets}
    page = context.new_page()
    page.add_init_script(put_first(json.dumps(document)))
    wrong = {}
    for sheet in list(kb.checklists)[::every]:
        page.goto(f"{address}/danh-muc/{sheet.lower()}/")
        page.wait_for_selector(".hd-tick")
        pages = page_count(page.pdf(prefer_css_page_size=True))
        moved = page.locator(".hd-notes li").count() > 0
        told = page.get_by_text("phiếu đã ghi in hai trang").is_visible()
        back = 1 if kb.checklists[sheet].branches else 0
        allowed = expected if isinstance(expected, tuple) else (expected,)
        if pages - back not in allowed or pages - back != 1 + moved or told is not moved:
            wrong[sheet] = pages
        lost = page.evaluate(
            """() => [...document.querySelectorAll('.hd-item')].filter((li) => {
              const row = li.querySelector('.hd-answer .hd-filled').textContent;
              const number = parseInt(li.querySelector('.hd-number').textContent, 10);
              const note = [...document.querySelectorAll('.hd-notes li')].find((one) => one.value === number);
              const typed = [li.querySelector('.hd-value').value, li.querySelector('.hd-reason .hd-value').value];
              const all = typed.filter(Boolean);
              return row === 'xem trang sau' ? !all.every((text) => note && note.textContent.includes(text))
                : !all.every((text) => row.includes(text));
            }).length"""
        )
        if lost:
            wrong[f"{sheet}: lost"] = lost
    assert wrong == {}
    page.emulate_media(media="print")
    expect(page.locator(".hd-sheet-head")).to_contain_text("10/12/2026")
    expect(page.locator(".hd-sheet-head")).to_contain_text("Nguyễn Thị Hồng Nhung, Văn phòng")
    if expected == 2:
        expect(page.locator(".hd-notes")).to_be_visible()
        page.evaluate("document.documentElement.dataset.hdBlank = ''")
        expect(page.locator(".hd-notes")).to_be_hidden()
    context.close()


def test_copied_text_says_what_is_done_and_what_is_not(context: BrowserContext, opened: Open) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(script=put_first(document_with({"ho-so": item(done=True, value="10/11")})))
    set_aside(page, "du-hop")
    page.locator("#ly-do-du-hop").fill("Không họp")
    page.get_by_role("button", name="Sao chép để gửi Zalo").click()
    expect(page.locator(".hd-bar [role=status]")).to_have_text("Đã sao chép. Mở Zalo rồi dán.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Thẩm tra: nghiên cứu và khảo sát DM07\nHĐND xã A, kỳ họp thứ 5\n")
    assert "[x] 6. (Trọng yếu) Kiểm tra đủ tờ trình" in text and "tài liệu thiếu: 10/11" in text
    assert "[–] 4. Cử người dự họp bàn dự thảo khi được mời. → không áp dụng: Không họp" in text
    assert "[ ] 5. Gửi góp ý khi dự thảo còn dễ sửa." in text
    assert text.endswith("/danh-muc/dm07/")


@pytest.mark.corner
def test_without_a_clipboard_the_text_can_be_copied_by_hand(opened: Open) -> None:
    page = opened(script="Object.defineProperty(navigator, 'clipboard', {value: undefined});"
                  "document.execCommand = () => false;")  # fmt: skip
    page.get_by_role("button", name="Sao chép để gửi Zalo").click()
    area = page.locator("textarea.hd-by-hand")
    expect(area).to_be_focused()
    expect(area).to_have_value(re.compile("^Thẩm tra: nghiên cứu và khảo sát DM07"))


@pytest.mark.corner
def test_inside_zalo_the_pdf_and_the_browser_are_offered(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, user_agent=ZALO, service_workers="block")
    page = context.new_page()
    page.goto(f"{address}/{SHEET}")
    page.wait_for_selector(".hd-tick")
    note = page.locator(".hd-zalo")
    expect(note).to_contain_text("Mở bằng trình duyệt")
    expect(note.get_by_role("link", name="Mở phiếu PDF")).to_have_attribute("href", re.compile(r"dm07\.pdf$"))
    assert page.locator("[data-hd-print]").count() == 0
    assert page.get_by_role("button", name=re.compile("^In ")).count() == 0
    page.locator("#ho-so .hd-tick").check()
    warning = page.locator(".hd-bar__warning")
    expect(warning).to_contain_text("có thể mất khi đóng")
    with page.expect_download():
        warning.get_by_role("button", name="Tải tệp lưu").click()
    context.close()


@pytest.mark.corner
def test_iphones_are_told_about_the_seven_days(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, user_agent=IPHONE, service_workers="block")
    page = context.new_page()
    page.goto(f"{address}/{SHEET}")
    expect(page.locator(".hd-tools .hd-storage")).to_contain_text("7 ngày")
    context.close()


def test_without_script_the_sheet_reads_as_before(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}/{SHEET}")
    assert page.locator("li.hd-item .hd-box:visible").count() == ITEMS
    assert page.locator("article input, article .hd-tools").count() == 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.full
def test_no_accessibility_fault_on_a_sheet_in_use(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(put_first(document_with({"muc-cu": item(done=True, text="Cũ")}, ["ho-so"])))
    page.goto(f"{address}/{SHEET}")
    page.wait_for_selector(".hd-tick")
    page.locator("#ho-so .hd-tick").check()
    set_aside(page, "du-hop")
    page.get_by_role("button", name="Xóa phiếu này…").click()
    for summary in page.locator(".hd-tools details summary:visible").all():
        summary.click()
    found = accessibility_faults(page)
    context.close()
    assert found == []


@pytest.mark.corner
def test_a_sheet_in_use_fits_at_double_size(opened: Open) -> None:
    page = opened()
    set_aside(page, "du-hop")
    for width in (320, 640):
        page.set_viewport_size({"width": width, "height": 480})
        wait_until(page, "document.documentElement.scrollWidth <= window.innerWidth")
