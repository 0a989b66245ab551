"""What goes wrong between hands and screen: stray keys, other tabs, narrow windows, odd names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.test_ticks import SHEET, document_with, item, put_first, set_aside, stored

SITTING = "tra-cuu/ky-hop-dang-chuan-bi/"
PRINT = "window.print = () => { window.printed = (window.printed || 0) + 1; };"


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab in which no script may fail."""
    faults: list[str] = []
    made = context.new_page()
    made.on("pageerror", lambda error: faults.append(str(error)))
    yield made
    assert faults == []


def go(page: Page, address: str, path: str = SHEET, script: str = "") -> Page:
    if script:
        page.add_init_script(script)
    page.goto(f"{address}/{path}")
    if path.startswith("danh-muc/"):
        page.wait_for_selector(".hd-tick")
    return page


def two_sittings() -> str:
    document = json.loads(document_with({"ho-so": item(done=True, value="gõ dở")}))
    other = json.loads(json.dumps(document["sittings"]["k0001"]))
    other["facts"]["sitting"] = "6"
    other["sheets"]["DM07"]["items"] = {}
    document["sittings"]["k0002"] = other
    return json.dumps(document)


# Sheets -------------------------------------------------------------------------------------------


@pytest.mark.corner
def test_escape_prints_nothing_and_there_is_a_way_back(page: Page, address: str) -> None:
    go(page, address, script=PRINT)
    page.locator("#ho-so .hd-tick").check()
    for leave in ("Escape", "Chưa in"):
        page.locator("[data-hd-print]").click()
        expect(page.locator(".hd-ask")).to_contain_text("In phiếu trắng hay phiếu đã ghi?")
        if leave == "Escape":
            page.keyboard.press("Escape")
        else:
            page.get_by_role("button", name=leave, exact=True).click()
        expect(page.locator(".hd-ask")).to_have_count(0)
        expect(page.locator("[data-hd-print]")).to_be_focused()
    assert page.evaluate("window.printed") is None


@pytest.mark.corner
def test_copying_an_untouched_sheet_says_so(page: Page, context: BrowserContext, address: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    go(page, address)
    expect(page.locator(".hd-bar")).to_be_hidden()
    page.get_by_role("button", name="Sao chép để gửi Zalo").click()
    expect(page.locator(".hd-bar [role=status]")).to_be_visible()
    expect(page.locator(".hd-bar [role=status]")).to_have_text("Đã sao chép. Mở Zalo rồi dán.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert "chưa ghi tên" not in text


@pytest.mark.corner
def test_the_way_back_from_an_import_ends_with_the_next_tick(page: Page, address: str, tmp_path: Any) -> None:
    file = tmp_path / "luu.json"
    document = json.loads(document_with({"ho-so": item(done=True)}))
    file.write_text(json.dumps({"format": "so-tay-hdnd", "document": document}), "utf-8")
    go(page, address)
    page.get_by_text("Giữ lại hoặc chuyển sang máy khác").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Gộp vào").click()
    back = page.get_by_role("button", name="Hoàn tác việc mở tệp")
    expect(back).to_be_visible()
    page.locator("#du-hop .hd-tick").check()
    expect(back).to_be_hidden()
    expect(page.locator("#ho-so .hd-tick")).to_be_checked()


@pytest.mark.corner
def test_too_many_sittings_are_refused_before_anything_is_joined(page: Page, address: str, tmp_path: Any) -> None:
    def many(first: int) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(document_with({}))
        one = document["sittings"].pop("k0001")
        document["sittings"] = {f"k{first + n:04d}": one for n in range(20)}
        document["current"] = f"k{first:04d}"
        return document

    file = tmp_path / "luu.json"
    file.write_text(json.dumps({"format": "so-tay-hdnd", "document": many(100)}), "utf-8")
    go(page, address, script=put_first(json.dumps(many(1))))
    before = stored(page)
    page.get_by_text("Giữ lại hoặc chuyển sang máy khác").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Gộp vào").click()
    expect(page.locator(".hd-wrong-file")).to_contain_text("40 kỳ họp, máy giữ tối đa 30")
    assert stored(page) == before


@pytest.mark.corner
def test_a_full_device_can_be_exported_and_read_again(page: Page, address: str, tmp_path: Any) -> None:
    document: dict[str, Any] = json.loads(document_with({}))
    items = {f"muc-{n}": item(done=True, value="x" * 60, text="y" * 120) for n in range(300)}
    sheet = {"seen": list(items)[:200], "items": dict(list(items.items())[:200]), "rounds": {}}
    one = {**document["sittings"]["k0001"], "sheets": {f"DM{n:02d}": sheet for n in range(1, 3)}}
    document["sittings"] = {f"k{n:04d}": one for n in range(1, 21)}
    go(page, address, script=put_first(json.dumps(document)))
    page.get_by_text("Giữ lại hoặc chuyển sang máy khác").click()
    with page.expect_download() as told:
        page.get_by_role("button", name="Tải tệp lưu").click()
    saved = tmp_path / "luu.json"
    told.value.save_as(saved)
    assert saved.stat().st_size > 1_500_000
    page.locator("input[type=file]").set_input_files(saved)
    page.get_by_role("button", name="Thay tất cả").click()
    expect(page.locator(".hd-bar [role=status]")).to_have_text("Đã thay bằng dữ liệu trong tệp.")


def test_what_is_typed_never_goes_on_in_another_sitting(page: Page, context: BrowserContext, address: str) -> None:
    go(page, address, script=put_first(two_sittings()))
    value = page.locator("#ho-so .hd-value").first
    value.focus()
    expect(value).to_have_value("gõ dở")
    other = context.new_page()
    other.goto(f"{address}/{SHEET}")
    other.locator("#chon-ky-hop").select_option("k0002")
    expect(value).to_have_value("")
    expect(page.locator(".hd-bar [role=status]")).to_contain_text("kỳ họp thứ 6")
    value.press_sequentially("mới")
    sittings = stored(page)["sittings"]
    assert sittings["k0001"]["sheets"]["DM07"]["items"]["ho-so"]["value"] == "gõ dở"
    assert sittings["k0002"]["sheets"]["DM07"]["items"]["ho-so"]["value"] == "mới"
    # Undo takes back what was typed in that sitting, not what stood in the other.
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    sittings = stored(page)["sittings"]
    assert sittings["k0001"]["sheets"]["DM07"]["items"]["ho-so"]["value"] == "gõ dở"
    assert "ho-so" not in sittings["k0002"]["sheets"]["DM07"]["items"]


@pytest.mark.corner
def test_the_name_of_one_sitting_is_not_typed_on_in_another(page: Page, context: BrowserContext, address: str) -> None:
    go(page, address, SITTING, put_first(two_sittings()))
    number = page.locator("[name=sitting]")
    number.focus()
    other = context.new_page()
    other.goto(f"{address}/{SHEET}")
    other.locator("#chon-ky-hop").select_option("k0002")
    expect(number).to_have_value("6")
    number.press_sequentially("b")
    names = {one["facts"]["sitting"] for one in stored(page)["sittings"].values()}
    assert names == {"5", "6b"}


@pytest.mark.corner
def test_undo_in_another_sitting_says_where(page: Page, address: str) -> None:
    go(page, address, script=put_first(two_sittings()))
    page.locator("#du-hop .hd-tick").check()
    page.locator("#chon-ky-hop").select_option("k0002")
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    expect(page.locator(".hd-bar [role=status]")).to_contain_text("ở HĐND xã A, kỳ họp thứ 5")


@pytest.mark.corner
def test_a_broken_escape_in_the_address_stops_nothing(page: Page, address: str) -> None:
    go(page, address, f"{SHEET}#%E0%")
    page.locator("#ho-so .hd-tick").check()


@pytest.mark.corner
def test_the_reviewers_field_keeps_the_focus(page: Page, address: str) -> None:
    document = json.loads(document_with({}))
    document["sittings"]["k0001"]["facts"]["name"] = "Lò Thị Bình"
    go(page, address, script=put_first(json.dumps(document)))
    page.get_by_role("button", name="Ghi tên tôi, hôm nay (lần 1)").click()
    expect(page.locator("#nguoi-ra-soat-1")).to_be_focused()


@pytest.mark.corner
def test_what_does_not_apply_without_a_reason_says_so_on_paper(page: Page, address: str) -> None:
    go(page, address)
    set_aside(page, "ho-so")
    page.emulate_media(media="print")
    expect(page.locator("#ho-so .hd-filled")).to_have_text("không áp dụng: chưa ghi lý do")


# Names and dates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("council", "term", "number", "expected", "label"),
    [
        ("xã A", "XXI", "5", "HĐND xã A, khóa XXI, kỳ họp thứ 5", "Kỳ họp thứ 5"),
        ("HĐND xã A", "khóa XXI", "thứ 5", "HĐND xã A, khóa XXI, kỳ họp thứ 5", "Kỳ họp thứ 5"),
        ("Hội đồng nhân dân xã A", "Khoá XXI", "Kỳ họp thứ V", "HĐND xã A, khóa XXI, kỳ họp thứ V", "Kỳ họp thứ V"),
        ("xã A", "", "chuyên đề", "HĐND xã A, kỳ họp chuyên đề", "Kỳ họp chuyên đề"),
        ("xã A", "", "bất thường lần 2", "HĐND xã A, kỳ họp bất thường lần 2", "Kỳ họp bất thường lần 2"),
        ("xã A", "", "giữa năm 2026", "HĐND xã A, kỳ họp giữa năm 2026", "Kỳ họp giữa năm 2026"),
        ("xã A", "", "thứ nhất", "HĐND xã A, kỳ họp thứ nhất", "Kỳ họp thứ nhất"),
    ],
)  # fmt: skip
@pytest.mark.full
def test_a_sitting_is_called_as_people_call_it(
    page: Page, address: str, council: str, term: str, number: str, expected: str, label: str
) -> None:
    document = json.loads(document_with({}))
    document["sittings"]["k0001"]["facts"] |= {"council": council, "term": term, "sitting": number}
    go(page, address, script=put_first(json.dumps(document)))
    expect(page.locator(".hd-sitting strong")).to_have_text(expected)
    page.emulate_media(media="print")
    head = page.locator(".hd-sheet-head")
    expect(head).to_contain_text(label)
    expect(head.locator("[data-hd-fact=council]")).to_have_text("xã A, khóa XXI" if term else "xã A")


@pytest.mark.corner
def test_the_year_26_is_not_taken(page: Page, address: str) -> None:
    go(page, address, SITTING)
    page.locator("[name=council]").fill("xã A")
    opening = page.locator("[name=opening]")
    opening.fill("0026-12-10")
    opening.blur()
    expect(page.locator(".hd-status")).to_contain_text("ghi đủ bốn số của năm")
    assert opening.get_attribute("aria-invalid") == "true"
    document = stored(page)
    assert document["sittings"][document["current"]]["facts"]["opening"] == ""
    opening.fill("2026-12-10")
    opening.blur()
    expect(page.locator(".hd-status")).to_have_text("Đã ghi vào máy này.")
    document = stored(page)
    assert document["sittings"][document["current"]]["facts"]["opening"] == "2026-12-10"


@pytest.mark.corner
def test_a_second_nameless_sitting_is_not_made(page: Page, address: str) -> None:
    go(page, address, SITTING)
    page.locator("[name=sitting]").fill("5")
    add = page.get_by_role("button", name="Thêm kỳ họp khác")
    add.click()
    add.click()
    assert len(stored(page)["sittings"]) == 2
    expect(page.locator("[name=sitting]")).to_be_focused()


def test_the_page_of_the_sitting_promises_nothing_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{SITTING}")
    words = page.locator("article").inner_text()
    context.close()
    assert "in phiếu rồi ghi tay" in words
    for promise in ("Phiếu của tôi", "trên máy này\n", "Mở tệp đó", "Các phiếu sẽ hiện"):
        assert promise not in words


def test_a_shared_page_leaves_out_what_the_reader_keeps(page: Page, context: BrowserContext, address: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    go(page, address, SITTING, put_first(two_sittings()))
    page.get_by_role("button", name="Chia sẻ trang này").click()
    page.get_by_role("button", name="Sao chép nội dung").click()
    expect(page.locator("#hd-share [role=status]")).to_contain_text("Đã sao chép")
    assert "xã A" not in page.evaluate("navigator.clipboard.readText()")


# Narrow windows and keys --------------------------------------------------------------------------


@pytest.mark.corner
def test_a_closed_drawer_takes_no_focus_and_keys_open_it(page: Page, address: str) -> None:
    """At 200 % zoom a window of 1280 px is as narrow as one of 640."""
    page.set_viewport_size({"width": 640, "height": 450})
    go(page, address, "han-che/hc3/")
    page.wait_for_selector(".hd-key", state="attached")
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("""(() => {
          // The theme marks the label of a hidden radio button.
          const at = document.activeElement;
          const {left, right, top, bottom, width} = (at.matches('.md-option') ? at.nextElementSibling : at).getBoundingClientRect();
          return [at.outerHTML.slice(0, 80), width > 0 && right > 0 && left < innerWidth && bottom > 0 && top < innerHeight];
        })()""")
        )
    assert [what for what, visible in seen if not visible] == []
    page.get_by_role("button", name="Mục lục").focus()
    page.keyboard.press("Enter")
    drawer = page.locator(".md-sidebar--primary")
    expect(drawer.locator("a:focus")).to_have_count(1)
    expect(page.get_by_role("button", name="Mục lục")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Mục lục")).to_be_focused()
    expect(drawer.locator("a").first).to_be_hidden()
    page.get_by_role("button", name="Tìm kiếm").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".md-search__input")).to_be_focused()


def test_the_buttons_of_the_header_fit_a_thumb(page: Page, address: str) -> None:
    go(page, address, "han-che/hc3/")
    page.wait_for_selector(".hd-share-open")
    sizes = page.eval_on_selector_all(
        ".md-header label.md-header__button:not([hidden]), .hd-share-open",
        "all => all.filter(e => e.offsetParent).map(e => [e.offsetWidth, e.offsetHeight])",
    )
    assert len(sizes) == 4 and min(min(pair) for pair in sizes) >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.corner
def test_the_bar_stands_above_the_news_of_an_edition(page: Page, address: str) -> None:
    go(page, address)
    page.locator("#ho-so .hd-tick").check()
    # As offline.js shows it.
    page.evaluate("""(() => {
      const bar = document.createElement("aside");
      bar.className = "hd-update md-typeset";
      bar.innerHTML = "<p>Sổ tay có bản mới.</p><button class='md-button'>Dùng bản mới</button>";
      document.body.append(bar);
      document.documentElement.classList.add("hd-has-update");
      document.documentElement.style.setProperty("--hd-update", bar.offsetHeight + "px");
    })()""")
    bar, news = page.locator(".hd-bar").bounding_box(), page.locator(".hd-update").bounding_box()
    assert bar and news and bar["y"] + bar["height"] <= news["y"] + 1


@pytest.mark.corner
def test_a_wrong_address_is_not_shared(page: Page, address: str) -> None:
    page.goto(f"{address}/404.html")
    page.evaluate("import('/assets/scripts/everywhere/share.js').then(() => true)")
    assert page.locator(".hd-share-open").count() == 0


@pytest.mark.corner
def test_the_way_to_the_boxes_comes_first_on_a_phone(page: Page, address: str) -> None:
    go(page, address)
    link = page.get_by_role("link", name="Tích từng mục")
    top = link.bounding_box()
    printing = page.locator("[data-hd-print]").bounding_box()
    assert top and printing and top["y"] <= printing["y"]
    link.click()
    expect(page.locator("li.hd-item .hd-tick").first).to_be_in_viewport()
    assert re.search(r"#lan-1$", page.url)
