"""The list of the sitting's matters: pasted or typed once, told as the papers of the sitting want it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from knowledge.records.knowledge_base import KnowledgeBase
from tests.browsing import HOSTILE, PHONE, accessibility_faults, stays_too_wide
from tests.lending import Lender

PAGE = "tra-cuu/danh-muc-noi-dung/"
READ = "async text => { const m = await import('/sitting/matters.js'); return m.mattersIn(text); }"
LINES = "1. Nghị quyết dự toán ngân sách năm 2027\n- Báo cáo kinh tế - xã hội\n\n  b) Đề án đặt tên đường\nĐịnh giá đất"


def test_lines_are_matters_and_their_words_tell_the_kind(modules: Page) -> None:
    found = modules.evaluate(READ, LINES)
    assert [(one["title"], one["kind"]) for one in found] == [
        ("Nghị quyết dự toán ngân sách năm 2027", ""), ("Báo cáo kinh tế - xã hội", "bao-cao"),
        ("Đề án đặt tên đường", "de-an"), ("Định giá đất", ""),
    ]  # fmt: skip
    assert modules.evaluate(READ, "\n \n\t\n") == []


def row_of(kb: KnowledgeBase, **given: str) -> str:
    """Return a row of BM07 as Excel copies it: a cell with a line break stands in quotes."""
    names = [column.title for column in kb.documents["BM07"].sheets[0].columns]
    cells = ["" for _name in names]
    for begin, text in given.items():
        at = next(number for number, name in enumerate(names) if name.startswith(begin.replace("_", " ")))
        cells[at] = f'"{text}"' if "\n" in text else text
    return "\t".join(cells)


def test_rows_of_the_assignment_table_are_taken_apart(modules: Page, kb: KnowledgeBase) -> None:
    names = "\t".join(column.title for column in kb.documents["BM07"].sheets[0].columns)
    row = row_of(
        kb, TT="1", Nội_dung="Dự toán năm 2027\n(quyết định dự toán)", Loại_văn="Nghị quyết quy phạm",
        Cơ_quan_trình="UBND", Cơ_quan_soạn="Phòng Kinh tế", Ban_thẩm="Ban Kinh tế - Ngân sách",
    )  # fmt: skip
    wanted = {
        "title": "Dự toán năm 2027 (quyết định dự toán)", "kind": "nghi-quyet-quy-pham", "drafter": "Phòng Kinh tế",
        "committee": "Ban Kinh tế - Ngân sách",
    }  # fmt: skip
    assert modules.evaluate(READ, f"{names}\r\n{row}\r\n{row_of(kb)}") == [wanted], (
        "with its headings, as any program copies"
    )
    assert modules.evaluate(READ, row) == [wanted], "rows alone, in the order of the table"
    short = modules.evaluate(READ, "1\tBáo cáo thu chi\tBáo cáo\tKế toán")
    assert (short[0]["title"], short[0]["kind"], short[0]["drafter"]) == ("Báo cáo thu chi", "bao-cao", "Kế toán")


def test_what_is_missing_depends_on_the_matter(modules: Page) -> None:
    ask = "async all => { const m = await import('/sitting/matters.js'); return all.map(m.missingOf); }"
    base = {"title": "x", "drafter": "", "committee": "", "papers": ""}
    found = modules.evaluate(ask, [
        {**base, "kind": "nghi-quyet"}, {**base, "kind": "nghi-quyet", "papers": "to-trinh du-thao tham-tra"},
        {**base, "kind": "bao-cao", "committee": "Không thuộc diện thẩm tra"}, {**base, "kind": "bao-cao", "papers": "du-thao"},
    ])  # fmt: skip
    assert found == [["to-trinh", "du-thao", "tham-tra"], [], ["du-thao"], ["tham-tra"]]


def test_the_papers_get_their_tables(modules: Page) -> None:
    make = """async all => {
      const m = await import('/sitting/matters.js');
      return m.tables(all).map(one => ({...one, text: m.asText(one)}));
    }"""
    given = [
        {
            "title": "Dự toán",
            "kind": "nghi-quyet",
            "drafter": "Phòng Kinh tế",
            "committee": "Hai Ban",
            "papers": "to-trinh",
        },
        {"title": "Báo cáo\tnăm", "kind": "bao-cao", "drafter": "", "committee": "", "papers": ""},
    ]
    found = {one["id"]: one for one in modules.evaluate(make, given)}
    assert set(found) == {"danh-muc", "chuong-trinh", "bieu-quyet", "muc-luc", "luu"}
    assert found["danh-muc"]["rows"][0] == [
        "1", "Dự toán", "Nghị quyết cá biệt", "Phòng Kinh tế", "Hai Ban", "Tờ trình: có; Dự thảo: chưa có; Báo cáo thẩm tra: chưa có",
    ]  # fmt: skip
    assert [row[1] for row in found["bieu-quyet"]["rows"]] == ["Dự toán"], "what is only reported is not voted on"
    assert [row[4] for row in found["chuong-trinh"]["rows"]] == ["Thảo luận, biểu quyết", "Xem xét, thảo luận"]
    assert [row[1] for row in found["muc-luc"]["rows"]] == [
        "Tờ trình",
        "Dự thảo",
        "Báo cáo thẩm tra",
        "Văn bản",
        "Báo cáo thẩm tra",
    ]
    assert "Nghị quyết đã ký chứng thực" in found["luu"]["rows"][0][2]
    for one in found.values():
        lines = one["text"].split("\n")
        assert {line.count("\t") for line in lines} == {len(one["head"]) - 1}, "a tab in a title makes no column"


@pytest.fixture
def page(lender: Lender, address: str) -> Iterator[Page]:
    context = lender.lend(viewport=PHONE)
    context.set_default_timeout(15_000)
    made = context.new_page()
    made.goto(f"{address}/{PAGE}")
    yield made
    context.close()


def kept(page: Page) -> list[dict[str, Any]]:
    data = json.loads(page.evaluate("localStorage.getItem('hdnd.goc.v1')"))
    matters = data["sittings"][data["current"]]["matters"].values()
    return sorted(matters, key=lambda one: int(one["order"]))


def fill(page: Page, text: str = LINES) -> None:
    page.get_by_label("Gõ hoặc dán các nội dung").fill(text)
    page.get_by_role("button", name="Thêm vào danh mục", exact=True).click()


def test_pasted_once_it_stays_in_order_and_can_be_changed(page: Page) -> None:
    fill(page)
    expect(page.locator(".hd-matters > li")).to_have_count(4)
    expect(page.locator(".hd-total")).to_have_text(
        "4 nội dung; 4 nội dung còn thiếu tài liệu. 1 nội dung chưa chọn loại: chọn trước khi tải, có biểu mẫu sẽ bỏ sót."
    )
    page.get_by_role("button", name="Đưa xuống: Nghị quyết dự toán").click()
    assert [one["title"][:7] for one in kept(page)][:2] == ["Báo cáo", "Nghị qu"]
    assert page.evaluate("document.activeElement.dataset.step") == "1", "the button goes along with its line"
    second = page.locator(".hd-matters > li").nth(1)
    for paper in ("Tờ trình", "Dự thảo", "Báo cáo thẩm tra"):
        second.get_by_label(paper, exact=True).focus()
        page.keyboard.press("Space")
    expect(page.locator(".hd-total")).to_have_text(
        "4 nội dung; 3 nội dung còn thiếu tài liệu. 1 nội dung chưa chọn loại: chọn trước khi tải, có biểu mẫu sẽ bỏ sót."
    )
    second.get_by_label("Đơn vị soạn thảo").fill("Phòng Kinh tế")
    page.reload()
    expect(page.locator(".hd-matters > li").nth(1).get_by_label("Đơn vị soạn thảo")).to_have_value("Phòng Kinh tế")
    assert (kept(page)[1]["papers"], kept(page)[1]["drafter"]) == ("to-trinh du-thao tham-tra", "Phòng Kinh tế")


@pytest.mark.corner
def test_removed_by_mistake_it_comes_back(page: Page) -> None:
    fill(page)
    page.get_by_role("button", name="Bỏ: Báo cáo").click()
    expect(page.locator(".hd-matters > li")).to_have_count(3)
    page.get_by_role("button", name="Hoàn tác").click()
    assert [one["title"][:7] for one in kept(page)][1] == "Báo cáo"
    page.get_by_role("button", name="Xóa cả danh mục…").click()
    expect(page.get_by_role("button", name="Giữ lại")).to_be_focused()
    page.get_by_role("button", name="Xóa cả danh mục", exact=True).click()
    expect(page.locator(".hd-matters > li")).to_have_count(0)


def test_what_must_be_told_is_one_press_away(page: Page) -> None:
    first = page.locator("[data-hd-duties] button").first
    name = (first.get_attribute("aria-label") or "").removeprefix("Thêm vào danh mục: ")
    first.click()
    assert [one["title"] for one in kept(page)] == [name]
    expect(page.locator("[data-hd-duties] li").first).to_contain_text("Đã có trong danh mục")


@pytest.mark.corner
def test_a_table_is_copied_as_a_table(page: Page) -> None:
    fill(page, f"Nghị quyết {HOSTILE}")
    page.evaluate("""() => { navigator.clipboard.write = async ([item]) => {
      window.html = await (await item.getType('text/html')).text(); window.text = await (await item.getType('text/plain')).text(); }; }""")
    page.locator('[data-table="bieu-quyet"] summary').click()
    page.get_by_role("button", name="Sao chép bảng: Bảng biểu quyết").click()
    expect(page.get_by_role("status")).to_contain_text("Đã sao chép bảng")
    html, text = page.evaluate("[window.html, window.text]")
    assert html.startswith("<table") and "<img" not in html and "&lt;img" in html
    assert text.split("\n")[0].split("\t")[:2] == ["TT", "Nội dung biểu quyết"]
    assert page.evaluate("window.ran") is None


@pytest.mark.corner
def test_more_than_the_device_keeps_is_said(page: Page) -> None:
    fill(page, "\n".join(f"Nội dung số {number}" for number in range(70)))
    expect(page.get_by_role("status")).to_contain_text("Đã thêm 60 nội dung. Máy giữ tối đa 60 nội dung một kỳ.")


@pytest.mark.full
def test_it_fits_a_phone_and_everybody(page: Page) -> None:
    fill(page)
    for summary in page.locator("[data-hd-matters-out] summary").all():
        summary.click()
    assert accessibility_faults(page) == []
    assert not stays_too_wide(page, 360)


@pytest.mark.parametrize(
    ("pasted", "titles"),
    [
        ('"Nghị quyết\nvề dự toán"\n"Báo cáo ""năm"""', ["Nghị quyết về dự toán", 'Báo cáo "năm"']),
        ('1\t"Chưa đóng ngoặc\tBáo cáo\n2\tBáo cáo thu\tBáo cáo', ['"Chưa đóng ngoặc', "Báo cáo thu"]),
        ("Nội dung điều chỉnh quy hoạch\tNghị quyết cá biệt\tPhòng Kinh tế", ["Nội dung điều chỉnh quy hoạch"]),
        ("12.000 ha rừng phòng hộ", ["12.000 ha rừng phòng hộ"]),
    ],
)
def test_odd_things_that_are_pasted_keep_their_words(modules: Page, pasted: str, titles: list[str]) -> None:
    assert [one["title"] for one in modules.evaluate(READ, pasted)] == titles


def test_a_line_that_another_tab_removed_is_not_made_again(modules: Page) -> None:
    made = """async () => {
      const s = await import('/kept/store.js');
      const {document: kept} = s.readDocument({schema: 2, sittings: {k123: {}}, current: 'k123'});
      const sitting = s.sittingOf(kept);
      const id = s.setMatter(sitting, '', {title: 'x'});
      delete sitting.matters[id];
      return [s.setMatter(sitting, id, {title: 'xy'}), Object.keys(sitting.matters).length];
    }"""
    assert modules.evaluate(made) == ["", 0]


def test_two_lists_that_are_too_long_together_are_not_cut_in_silence(modules: Page) -> None:
    join = """async () => {
      const s = await import('/kept/store.js');
      const list = letter => s.readDocument({schema: 2, current: 'k123', sittings: {k123: {matters:
        Object.fromEntries([...Array(40)].map((_, n) => [`k${letter}${n + 100}`, {title: letter}]))}}}).document;
      return s.tooMuch(s.merge(list('a'), list('b')));
    }"""
    assert "quá 60 nội dung" in modules.evaluate(join)
