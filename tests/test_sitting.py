"""The sitting being prepared: its facts, the reader's sheets, local deadlines, study sheet, lesson sheet."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from selectolax.lexbor import LexborHTMLParser

from knowledge.checks.project import check_project
from knowledge.law import LOCAL_BLANK
from knowledge.records.issues import Level
from knowledge.records.knowledge_base import KnowledgeBase
from macros.renderer import Renderer
from tests.browsing import DESKTOP, HOSTILE, PHONE, accessibility_faults, await_pictures, lost, page_count, wait_until
from tests.conftest import Project
from tests.test_ticks import BLOCKED, ZALO, document_with, item, put_first, stored

SITTING = "tra-cuu/ky-hop-dang-chuan-bi/"
RULES = "tra-cuu/moc-quy-che/"
STUDY = "tra-cuu/phieu-nghien-cuu/"
LESSON = "tra-cuu/rut-kinh-nghiem/"
PAGES = [SITTING, RULES, STUDY, LESSON]
DEADLINE = "ky-hop.thoi-han-gui-tai-lieu"

Open = Callable[..., Page]


@pytest.fixture
def opened(context: BrowserContext, address: str) -> Iterator[Open]:
    """Open a page in a new tab; a script error or a request to another place fails the test."""
    faults: list[str] = []

    def foreign(url: str) -> bool:
        return not url.startswith((address, "data:", "blob:"))

    context.on("request", lambda one: faults.append(one.url) if foreign(one.url) else None)

    def open_tab(path: str, wait: str = ".hd-status", script: str = "") -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        if script:
            page.add_init_script(script)
        page.goto(f"{address}/{path}")
        page.locator(wait).first.wait_for(state="attached")
        return page

    yield open_tab
    assert [fault for fault in faults if fault != "blocked by the browser"] == []


def fill_facts(page: Page, **facts: str) -> None:
    form = page.locator("[data-hd-sitting-form]")
    given = {"council": "xã Tà Lèng", "term": "XXI", "sitting": "5", "opening": "2026-12-10",
             "name": "Lò Thị Bình"} | facts  # fmt: skip
    for name, value in given.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("[name=role]").select_option("ban-hdnd")


# Facts and sheets --------------------------------------------------------------------------------


def test_facts_are_entered_once_and_stand_on_every_sheet(opened: Open, context: BrowserContext) -> None:
    page = opened(SITTING)
    expect(page.locator("form + .hd-status + .hd-storage")).to_contain_text("Chỉ lưu trên máy này")
    fill_facts(page)
    sheet = opened("danh-muc/dm04/", ".hd-tick")
    expect(sheet.locator(".hd-sitting strong")).to_have_text(
        "HĐND xã Tà Lèng, khóa XXI, kỳ họp thứ 5, khai mạc 10/12/2026"
    )
    sheet.emulate_media(media="print")
    head = sheet.locator(".hd-sheet-head")
    expect(head.locator("[data-hd-fact=council]")).to_have_text("xã Tà Lèng, khóa XXI")
    expect(head.locator("[data-hd-fact=sitting]")).to_have_text("5")
    expect(head.locator("[data-hd-fact=opening]")).to_have_text("10/12/2026")
    expect(head.locator("[data-hd-fact=user]")).to_have_text("Lò Thị Bình, Ban HĐND")
    sheet.emulate_media(media="screen")
    sheet.get_by_role("button", name="Ghi tên tôi, hôm nay (lần 1)").click()
    expect(sheet.locator("#nguoi-ra-soat-1")).to_have_value(re.compile(r"^Lò Thị Bình, \d\d/\d\d/\d{4}$"))
    page.reload()
    expect(page.locator("[name=council]")).to_have_value("xã Tà Lèng")
    assert context.cookies() == [], "on this device only"


def test_home_shows_my_sheets_and_their_progress(opened: Open, kb: KnowledgeBase) -> None:
    home = opened("", ".hd-my:not([hidden])")
    expect(home.locator(".hd-my")).to_contain_text("Sắp có kỳ họp?")
    assert home.locator(".hd-my li:visible").count() == 0
    fill_facts(opened(SITTING))
    own = [sheet.id for sheet in kb.checklists.values() if "ban-hdnd" in sheet.roles]
    lines = home.locator(".hd-mylist > li:visible")
    expect(lines).to_have_count(6)
    expect(lines.last).to_have_text(f"Xem thêm {len(own) - 5} phiếu")
    last = kb.checklists[own[-1]]
    sheet = opened(f"danh-muc/{last.id.lower()}/", ".hd-tick")
    sheet.locator(".hd-tick").first.check()
    total = sum(len(round_.items) for round_ in last.rounds)
    expect(home.locator(f"li[data-hd-sheet={last.id}]")).to_contain_text(f"Xong 1/{total} mục")
    page = opened(SITTING)
    assert page.locator(".hd-mylist > li:visible").count() == len(own)
    # Without a role: the small office's six, and what was begun.
    page.locator("[name=role]").select_option("")
    six = {sheet.id for sheet in kb.checklists.values() if sheet.minimum}
    shown = page.eval_on_selector_all(
        ".hd-mylist > li", "all => all.filter(e => !e.hidden).map(e => e.dataset.hdSheet)"
    )
    assert set(shown) == six | {last.id}


def test_several_sittings_and_none_is_deleted_by_accident(opened: Open) -> None:
    page = opened(SITTING)
    fill_facts(page)
    page.get_by_role("button", name="Thêm kỳ họp khác").click()
    expect(page.locator("[name=sitting]")).to_be_focused()
    page.locator("[name=sitting]").fill("6")
    lines = page.locator(".hd-sittings > li")
    expect(lines).to_have_count(2)
    expect(lines.filter(has_text="kỳ họp thứ 6")).to_contain_text("Đang dùng")
    page.get_by_role("button", name="Dùng kỳ họp này: HĐND xã Tà Lèng, khóa XXI, kỳ họp thứ 5").click()
    expect(page.locator("[name=sitting]")).to_have_value("5")
    before = stored(page)
    page.get_by_role("button", name=re.compile("^Xóa kỳ họp: .*thứ 5")).click()
    expect(page.get_by_role("button", name="Giữ lại")).to_be_focused()
    page.keyboard.press("Escape")
    assert stored(page) == before
    page.get_by_role("button", name=re.compile("^Xóa kỳ họp: .*thứ 5")).click()
    page.get_by_role("button", name="Xóa kỳ họp", exact=True).click()
    expect(lines).to_have_count(1)
    page.get_by_role("button", name="Hoàn tác xóa").click()
    expect(lines).to_have_count(2)
    assert stored(page)["current"] == before["current"]
    assert stored(page)["sittings"] == before["sittings"]


@pytest.mark.corner
def test_all_can_be_saved_and_opened_by_copying_too(opened: Open, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(SITTING, script=put_first(document_with({"ho-so": item(done=True)})))
    before = stored(page)
    page.get_by_text("Máy không tải, không mở được tệp").click()
    page.get_by_role("button", name="Sao chép dữ liệu").click()
    expect(page.locator(".hd-status")).to_contain_text("Đã sao chép")
    text = page.evaluate("navigator.clipboard.readText()")
    page.evaluate("localStorage.clear()")
    page.reload()
    page.get_by_text("Máy không tải, không mở được tệp").click()
    page.get_by_label("Dán nội dung tệp lưu").fill(text)
    page.get_by_role("button", name="Mở dữ liệu đã dán").click()
    page.get_by_role("button", name="Thay tất cả").click()
    expect(page.locator("[name=council]")).to_have_value("xã A")
    assert lost(before, stored(page)) == []


@pytest.mark.corner
def test_facts_stay_on_screen_when_nothing_can_be_kept(opened: Open) -> None:
    page = opened(SITTING, script=BLOCKED)
    fill_facts(page)
    expect(page.locator("[name=council]")).to_have_value("xã Tà Lèng")
    expect(page.locator(".hd-storage").first).to_contain_text("Máy này không cho lưu")


# Local deadlines -----------------------------------------------------------------------------------


def local_rules(kb: KnowledgeBase) -> list[str]:
    return [id_ for id_, (_i, rule, _p) in kb.rules.items() if rule.validity == "local"]


def enter(page: Page, rule: str, value: str, article: str) -> None:
    line = page.locator(f'[data-hd-local="{rule}"]')
    number, _, unit = value.partition(" ")
    line.locator(".hd-measure input").first.fill(number)
    if unit:
        line.locator(".hd-measure select").first.select_option(unit)
    line.get_by_label("Ở Điều mấy").fill(article)


def link_with(rules: list[list[str]], council: str = "xã A") -> str:
    text = json.dumps({"v": 1, "c": council, "r": rules}, ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_every_local_rule_of_the_handbook_can_be_entered(opened: Open, kb: KnowledgeBase) -> None:
    page = opened(RULES)
    shown = page.eval_on_selector_all("[data-hd-local]", "all => all.map(e => e.dataset.hdLocal)")
    given = [one.local for one in kb.deadlines.values() if one.basis == "local" and one.amount is not None]
    assert sorted(shown) == sorted({*local_rules(kb), *given}) and len(shown) >= 19
    twice = {one.local for one in kb.deadlines.values() if one.local}
    assert page.locator(".hd-pair input").count() == sum(3 if one in twice else 2 for one in shown)


def test_a_deadline_entered_once_stands_wherever_the_blank_was(opened: Open) -> None:
    pages = ["can-cu/nq-104-2025/", "tra-cuu/cau-luat/", "vai-tro/van-phong/", "tra-cuu/hoi-dap/"]
    tabs = [opened(path, f'[data-hd-rule="{DEADLINE}"]') for path in pages]
    for tab in tabs:
        expect(tab.locator(f'[data-hd-rule="{DEADLINE}"]').first).to_contain_text("điền: …")
    entering = opened(RULES)
    enter(entering, DEADLINE, "10 ngày làm việc", "12")
    for tab in tabs:
        for place in tab.locator(f'[data-hd-rule="{DEADLINE}"]').all():
            expect(place).to_have_text("Quy chế làm việc của HĐND mình: 10 ngày làm việc, Điều 12")
    enter(entering, DEADLINE, "", "")
    expect(tabs[0].locator(f'[data-hd-rule="{DEADLINE}"]').first).to_contain_text("điền: …")


def blanks_without_hook(source: str) -> int:
    """Return how many blanks of a page no reader's value can replace."""
    tree = LexborHTMLParser(source)
    hooked = sum(LOCAL_BLANK in node.text() for node in tree.css("[data-hd-rule]"))
    return (tree.body.text() if tree.body else "").count(LOCAL_BLANK) - hooked


def test_no_blank_is_left_without_its_hook(site: Path) -> None:
    pages = {file: file.read_text("utf-8") for file in site.rglob("*.html")}
    pages = {file: source for file, source in pages.items() if LOCAL_BLANK in source}
    assert len(pages) >= 15
    assert {file.parent.name: n for file, source in pages.items() if (n := blanks_without_hook(source))} == {}
    planted = re.sub(r' data-hd-rule="[^"]+"', "", next(iter(pages.values())))
    assert blanks_without_hook(planted) > 0


@pytest.mark.corner
def test_on_a_sheet_the_deadline_stands_beside_its_item(opened: Open, kb: KnowledgeBase) -> None:
    placed = next(one for one in kb.items.values() if DEADLINE in one.item.rules)
    rules = {DEADLINE: {"value": "10 ngày", "article": "12", "at": ""}}
    sheet = opened(
        f"danh-muc/{placed.checklist.id.lower()}/", ".hd-tick",
        put_first(document_with({}, rules=rules)),
    )  # fmt: skip
    expect(sheet.locator(f"#{placed.item.id} .hd-local")).to_have_text("Quy chế: 10 ngày, Điều 12")


@pytest.mark.corner
def test_the_code_carries_all_deadlines_to_another_device(browser: Browser, opened: Open, kb: KnowledgeBase) -> None:
    page = opened(RULES, script=put_first(document_with({})))
    for number, rule in enumerate(local_rules(kb), 1):
        enter(page, rule, str(number), str(number))
    page.get_by_role("button", name="Tạo mã QR").click()
    code = page.get_by_role("img", name="Mã QR chứa các thời hạn đã ghi")
    picture = Image.open(io.BytesIO(code.screenshot(scale="css")))
    (read,) = zxingcpp.read_barcodes(picture.resize((1000, 1000), Image.Resampling.NEAREST))
    assert "#m=" in read.text and "?" not in read.text, "the values travel behind the “#” only"
    assert len(read.text) < 1500

    other = browser.new_context(viewport=PHONE, service_workers="block")
    requested: list[str] = []
    delegate = other.new_page()
    delegate.on("request", lambda request: requested.append(request.url))
    delegate.goto(read.text)
    expect(delegate.locator(".hd-ask")).to_contain_text(f"Nhận {len(local_rules(kb))} thời hạn của HĐND xã A")
    assert stored(delegate) is None, "nothing is taken without a yes"
    delegate.get_by_role("button", name="Nhận các thời hạn này").click()
    assert delegate.evaluate("location.hash") == "", "nothing stays in the address"
    rules = stored(delegate)["rules"]
    assert {id_: rule["article"] for id_, rule in rules.items()} == {
        rule: str(number) for number, rule in enumerate(local_rules(kb), 1)
    }
    assert not any("m=" in url.split("#")[0] for url in requested)
    other.close()


BAD_LINKS = [
    ("%%%", "bị cắt cụt"),
    (link_with([[DEADLINE, "10 ngày", "12"]])[:40], "bị cắt cụt"),
    ("A" * 7000, "dài quá mức"),
    (link_with([["khong.co", "1", "2"]]), "không còn dùng"),
    (link_with([[DEADLINE, "x" * 500, ""]]), "ghi sai"),
    (link_with([]), "ghi sai"),
    (base64.urlsafe_b64encode(b'{"v": 9, "r": []}').decode().rstrip("="), "bản mới hơn"),
    (base64.urlsafe_b64encode(b"null").decode().rstrip("="), "bị cắt cụt"),
]


@pytest.mark.corner
def test_a_bad_link_is_refused_with_a_reason(opened: Open) -> None:
    page = opened(f"{RULES}#m={BAD_LINKS[0][0]}")
    for hash_, reason in BAD_LINKS:
        page.evaluate("hash => { location.hash = hash }", f"#m={hash_}")
        expect(page.locator(".hd-wrong-file")).to_contain_text(reason)
        # What a newer edition of the page may read stays for a reload.
        later = "không còn dùng" in page.locator(".hd-wrong-file").inner_text() or reason == "bản mới hơn"
        assert page.evaluate("location.hash") == (f"#m={hash_}" if later else "")
        assert page.locator(".hd-ask").count() == 0 and stored(page) is None


@pytest.mark.corner
def test_a_hostile_link_is_shown_never_run(opened: Open) -> None:
    page = opened(f"{RULES}#m={link_with([[DEADLINE, HOSTILE, HOSTILE]], HOSTILE)}")
    expect(page.locator(".hd-ask")).to_contain_text("<img")
    page.get_by_role("button", name="Nhận các thời hạn này").click()
    other = opened("can-cu/nq-104-2025/", "[data-hd-rule]")
    expect(other.locator(f'[data-hd-rule="{DEADLINE}"]').first).to_contain_text("<img")
    for tab in (page, other):
        await_pictures(tab)
    assert [tab.evaluate("window.ran") for tab in (page, other)] == [None, None]


@pytest.mark.corner
def test_deadlines_travel_as_a_file(opened: Open, tmp_path: Path) -> None:
    page = opened(RULES)
    enter(page, DEADLINE, "10 ngày", "12")
    with page.expect_download() as got:
        page.get_by_role("button", name="Tải tệp thời hạn").click()
    file = tmp_path / "moc.json"
    got.value.save_as(file)
    enter(page, DEADLINE, "9 ngày", "")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Nhận các thời hạn này").click()
    expect(page.locator(f'[data-hd-local="{DEADLINE}"]').locator(".hd-measure input").first).to_have_value("10")
    file.write_text('{"format": "so-tay-hdnd"}', encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".hd-wrong-file")).to_contain_text("không phải tệp thời hạn")


# Study sheet ---------------------------------------------------------------------------------------


def test_the_study_sheet_asks_what_the_template_asks(opened: Open, kb: KnowledgeBase) -> None:
    page = opened(STUDY)
    blocks = kb.documents["BM19"].documents[0].blocks
    labels = page.eval_on_selector_all("[data-hd-study] label:not([for=loai])", "all => all.map(e => e.textContent)")
    assert labels == [block.label for block in blocks if block.kind == "write-in"]
    table = next(block for block in blocks if block.kind == "table")
    assert page.locator("[data-hd-study] td input").count() == len(table.columns) * table.blank_rows
    for field in page.locator("[data-hd-study] textarea").all():
        name = field.get_attribute("id")
        assert page.locator(f"label[for={name}]").count() == 1


def test_drafts_are_kept_side_by_side_copied_and_printed(opened: Open, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(STUDY, script=put_first(document_with({})))
    page.locator("#o1").fill("Nghị quyết về nước sạch")
    page.locator("#o2").fill("Đầu tư bốn công trình.\nHết 3 tỷ đồng.")
    page.get_by_label("Tờ trình, dòng 1").fill("3 tỷ")
    page.get_by_role("button", name="Phiếu mới").click()
    expect(page.locator("#o1")).to_have_value("")
    page.locator("#o1").fill("Nghị quyết về chợ")
    page.reload()
    expect(page.locator("#o1")).to_have_value("Nghị quyết về chợ")
    page.get_by_label("Phiếu của dự thảo").select_option(label="Nghị quyết về nước sạch")
    expect(page.get_by_label("Tờ trình, dòng 1")).to_have_value("3 tỷ")
    page.get_by_role("button", name="Sao chép để gửi Zalo").click()
    expect(page.locator(".hd-status")).to_contain_text("Đã sao chép")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Phiếu nghiên cứu dự thảo nghị quyết\nHĐND xã A, kỳ họp thứ 5\n")
    assert (
        "Đầu tư bốn công trình.\nHết 3 tỷ đồng." in text
        and "\n4. Số nào lệch? Ghi cả số trang.\nTờ trình: 3 tỷ" in text
    )
    page.emulate_media(media="print")
    expect(page.locator("#o2 + .hd-filled")).to_be_visible()
    expect(page.locator("#o2")).to_be_hidden()
    assert page_count(page.pdf(prefer_css_page_size=True)) == 1
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Xóa phiếu này…").click()
    page.get_by_role("button", name="Xóa phiếu", exact=True).click()
    expect(page.locator("#o1")).to_have_value("")
    page.get_by_role("button", name="Hoàn tác xóa").click()
    expect(page.locator("#o1")).to_have_value("Nghị quyết về nước sạch")


@pytest.mark.corner
def test_a_blank_study_sheet_prints_on_one_page(opened: Open) -> None:
    page = opened(STUDY)
    assert page_count(page.pdf(prefer_css_page_size=True)) == 1


# Lesson sheet --------------------------------------------------------------------------------------

HAPPENED = (
    'Tài liệu gửi muộn: chỉ trước "hai ngày".\n'
    "Có người viết {{ rule(\"x\") }} {% raw %} và <script>alert(1)</script>; --- # & 'nháy' \\ chéo.\n"
    "Điều 5 khoản 2 của Quy chế không ai nhớ."
)


def lesson_file(page: Page, part: str = "HC4a") -> tuple[str, str]:
    page.get_by_label("1. Việc gì đã xảy ra?").fill(HAPPENED)
    page.get_by_label("2. Lặp lại lỗi nào trong sổ tay?").select_option(part)
    page.get_by_label("3. Kỳ sau đổi điều gì?").fill("Văn phòng gửi tài liệu sớm hơn.")
    page.get_by_text("Dành cho người biên soạn sổ tay").click()
    with page.expect_download() as got:
        page.get_by_role("button", name="Tải tệp bản ghi").click()
    return got.value.suggested_filename, Path(got.value.path()).read_text("utf-8")


def facts_of(**facts: str) -> str:
    document = json.loads(document_with({}))
    document["sittings"]["k0001"]["facts"] |= facts
    return put_first(json.dumps(document))


@pytest.mark.parametrize(
    "facts",
    [
        {"council": "xã Tà Lèng", "opening": "2026-12-10"},
        {"council": 'HĐND "xã" <b> {{ x }}: #', "sitting": "thứ 5 {% y %}"},
        {"council": "", "sitting": ""},
    ],
    ids=["usual", "hostile", "empty"],
)
@pytest.mark.full
def test_the_lesson_sheet_makes_a_record_that_the_checks_accept(
    opened: Open, project: Project, kb: KnowledgeBase, facts: dict[str, str]
) -> None:
    page = opened(LESSON, script=facts_of(**facts))
    name, text = lesson_file(page)
    assert re.fullmatch(r"tb\d{16}\.md", name)
    before = {str(issue) for issue in project.check()}
    project.write(f"docs/tra-cuu/{name}", text)
    records, issues = check_project(project.root)
    new = [str(one) for one in issues if one.level > Level.INFO and str(one) not in before]
    assert new == []
    source = records.sources[name.removesuffix(".md").upper()]
    kept = [paragraph.text for paragraph in source.paragraphs]
    assert kept[0] == 'Tài liệu gửi muộn: chỉ trước "hai ngày".'
    assert kept[2] == "Điều 5 khoản 2 của Quy chế không ai nhớ."
    assert kept[-1] == "Văn phòng gửi tài liệu sớm hơn."
    assert all(paragraph.deferred for paragraph in source.paragraphs)
    # The proof sees faults: the same file with a part that does not exist is refused.
    project.replace(f"docs/tra-cuu/{name}", 'ref("HC4a")', 'ref("HC4z")')
    assert any(one.level == Level.ERROR and name in str(one) for one in project.check())


@pytest.mark.corner
def test_nothing_runs_on_the_page_of_the_new_record(opened: Open, project: Project) -> None:
    name, text = lesson_file(opened(LESSON, script=facts_of(council=HOSTILE)))
    project.write(f"docs/tra-cuu/{name}", text)
    records, _issues = check_project(project.root)
    page = Renderer(records, lambda: f"tra-cuu/{name}", lambda: "directory")
    shown = page.record_header() + page.source_text()
    assert "&lt;script&gt;alert(1)" in shown and "<script" not in shown and "<img" not in shown
    assert text.count("{{") == 4 and "{%" not in text, "no calls but the page's own"


@pytest.mark.corner
def test_every_fault_can_be_named_and_the_text_copied(opened: Open, context: BrowserContext, kb: KnowledgeBase) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(LESSON, script=facts_of(council="xã A", opening="2026-12-10"))
    offered = page.eval_on_selector_all("#rut-lap-lai option", "all => all.map(e => e.value).filter(Boolean)")
    assert offered == list(kb.parts) or set(kb.parts) <= set(offered)
    page.get_by_role("button", name="Sao chép để gửi Zalo").click()
    expect(page.get_by_label("1. Việc gì đã xảy ra?")).to_be_focused()
    expect(page.locator(".hd-status")).to_have_text("Ghi việc đã xảy ra trước.")
    page.get_by_label("1. Việc gì đã xảy ra?").fill("Họp nửa ngày.")
    page.get_by_label("2. Lặp lại lỗi nào trong sổ tay?").select_option("HC4a")
    page.get_by_label("3. Kỳ sau đổi điều gì?").fill("Họp một ngày.")
    page.get_by_role("button", name="Sao chép để gửi Zalo").click()
    expect(page.locator(".hd-status")).to_contain_text("Đã sao chép")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.split("\n") == [
        "Rút kinh nghiệm sau kỳ họp thứ 5, HĐND xã A, ngày 10/12/2026",
        "Việc đã xảy ra: Họp nửa ngày.",
        f"Lặp lại lỗi: {kb.parts['HC4a'].part.title} (HC4a)",
        "Đề nghị đổi: Họp một ngày.",
    ]
    page.reload()
    expect(page.get_by_label("3. Kỳ sau đổi điều gì?")).to_have_value("Họp một ngày.")
    page.get_by_role("button", name="Xóa phiếu này…").click()
    page.get_by_role("button", name="Xóa phiếu", exact=True).click()
    expect(page.get_by_label("3. Kỳ sau đổi điều gì?")).to_have_value("")
    page.get_by_role("button", name="Hoàn tác xóa").click()
    expect(page.get_by_label("3. Kỳ sau đổi điều gì?")).to_have_value("Họp một ngày.")


# All four pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.full)])
@pytest.mark.full
def test_no_accessibility_fault_on_the_forms(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(put_first(document_with({"ho-so": item(done=True)})))
    found = []
    for path in ["", *PAGES]:
        page.goto(f"{address}/{path}")
        page.locator(".hd-my:not([hidden]), .hd-tools").first.wait_for()
        if path == RULES:
            enter(page, DEADLINE, "10 ngày", "12")
            page.get_by_role("button", name="Tạo mã QR").click()
        found += [f"{path}: {fault}" for fault in accessibility_faults(page)]
    context.close()
    assert found == []


@pytest.mark.corner
def test_forms_fit_phones_and_thumbs(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, service_workers="block")
    page = context.new_page()
    for path in PAGES:
        page.goto(f"{address}/{path}")
        page.wait_for_selector(".hd-button")
        for width in (320, 360, 640):
            page.set_viewport_size({"width": width, "height": 640})
            wait_until(page, "document.documentElement.scrollWidth <= window.innerWidth")
        small = page.eval_on_selector_all(
            "article :is(.hd-field, .hd-button)",
            "all => all.filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)",
        )
        assert small == [], path
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_without_script_each_page_says_what_to_do(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{path}")
    expect(page.locator("[data-hd-no-script]")).to_be_visible()
    if path == STUDY:
        expect(page.locator("#o1")).to_be_visible()
    else:
        assert page.locator("article :is(input, textarea, select, button):visible").count() == 0
    if path == RULES:
        expect(page.locator(f'[data-hd-local="{DEADLINE}"]')).to_contain_text("điền: …")
    context.close()


@pytest.mark.corner
def test_inside_zalo_each_form_says_where_to_open_it(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, user_agent=ZALO, service_workers="block")
    page = context.new_page()
    for path in PAGES:
        page.goto(f"{address}/{path}")
        expect(page.locator(".hd-zalo")).to_contain_text("Mở bằng trình duyệt")
        assert page.get_by_role("button", name=re.compile("^In ")).count() == 0
    context.close()


@pytest.mark.corner
def test_data_that_others_wrote_never_break_a_form(opened: Open) -> None:
    rules: dict[str, Any] = {"__proto__": {"value": 1}, DEADLINE: {"value": ["x"], "article": 7}}
    script = put_first(document_with({}, rules=rules))
    for path in PAGES:
        page = opened(path, script=script)
        expect(page.locator(".hd-storage").first).to_contain_text("bị hỏng")
