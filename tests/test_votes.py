"""The chair's table of votes: what a vote came to, kept with its matter, on the page, on a phone and on paper."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import HOSTILE, PHONE, accessibility_faults, stays_too_wide

SHEET = "danh-muc/dm15/"
TITLES = [
    "Dự toán ngân sách và phân bổ ngân sách phường năm 2027", "Kế hoạch phát triển kinh tế - xã hội năm 2027",
    "Danh mục dự án đầu tư công năm 2027", "Chương trình giám sát năm 2027",
    "Kế hoạch tổ chức kỳ họp thường lệ năm 2027", "Sửa Quy chế làm việc của HĐND phường",
]  # fmt: skip
FILL = """async ({titles, delegates}) => {
  const store = await import('/assets/scripts/kept/store.js');
  store.update((document_) => {
    store.addSitting(document_, {council: 'phường Ví Dụ', sitting: '5', opening: '2026-12-10', delegates});
    const sitting = store.sittingOf(document_);
    for (const title of titles) store.setMatter(sitting, '', {title, kind: ''});
  });
}"""


@pytest.mark.parametrize(
    ("votes", "total", "needed", "passed", "wrong"),
    [
        ({"present": "20", "yes": "13", "no": "5", "none": "2"}, 25, 13, True, ""),
        ({"present": "20", "yes": "12", "no": "8", "none": "0"}, 25, 13, False, ""),
        ({"present": "20", "yes": "18", "no": "1", "none": "0"}, 25, 13, None, "cộng lại 19"),
        ({"present": "12", "yes": "12", "no": "0", "none": "0"}, 25, 13, None, "ít hơn số cần 13"),
        ({"present": "26", "yes": "26", "no": "0", "none": "0"}, 25, 13, None, "nhiều hơn tổng số 25"),
        ({"present": "20", "yes": "18"}, 25, 13, None, ""),
        ({"present": "24", "yes": "16", "no": "4", "none": "4", "need": "16"}, 24, 16, True, ""),
        ({"present": "24", "yes": "15", "no": "5", "none": "4", "need": "16"}, 24, 16, False, ""),
        ({"present": "20", "yes": "18", "no": "1", "none": "1"}, 0, 0, None, ""),
        ({"present": "hai", "yes": "-1", "no": "1e2", "none": ""}, 25, 13, None, ""),
    ],
)
def test_what_a_vote_came_to(
    modules: Page, votes: dict[str, str], total: int, needed: int, passed: bool | None, wrong: str
) -> None:
    found = modules.evaluate(
        "async ([votes, total]) => (await import('/sitting/votes.js')).outcome(votes, total)", [votes, total]
    )
    assert (found["needed"], found["passed"]) == (needed, passed)
    assert wrong in found["wrong"] and bool(wrong) == bool(found["wrong"])


def test_counts_are_kept_only_where_somebody_wrote_them(modules: Page) -> None:
    kept = modules.evaluate(
        """async () => {
          const store = await import('/kept/store.js');
          const read = (matter) => new store.Reader().matter({title: 'x', ...matter});
          return [Object.keys(read({})), read({yes: '18', heard: 'x', need: '12345'})];
        }"""
    )
    assert not {"yes", "heard", "need"} & set(kept[0]), "what was saved before is read as it was"
    assert (kept[1]["yes"], kept[1]["heard"], kept[1]["need"]) == ("18", "x", "123")


def opened(browser: Browser, address: str, titles: list[str], delegates: str = "25", **context: Any) -> Page:
    page = browser.new_context(service_workers="block", **context).new_page()
    page.goto(f"{address}/{SHEET}")
    page.evaluate(FILL, {"titles": titles, "delegates": delegates})
    page.reload()
    expect(page.locator("tr.hd-vote-row")).to_have_count(len(titles))
    return page


def write(page: Page, row: int, numbers: dict[str, str]) -> None:
    for head, number in numbers.items():
        page.locator("tr.hd-vote-row").nth(row).get_by_label(re.compile(f"^{head}")).fill(number)


def test_six_resolutions_and_25_delegates_stand_on_the_back(browser: Browser, address: str) -> None:
    page = opened(browser, address, TITLES)
    expect(page.locator(".hd-vote-facts")).to_contain_text("25")
    expect(page.locator(".hd-vote-facts")).to_contain_text("13")
    rows = page.locator("tr.hd-vote-row")
    rows.first.get_by_label(re.compile("Nghe thẩm tra")).check()
    write(page, 0, {"Có mặt": "20", "Tán thành": "18", "Không tán thành": "1", "Không biểu quyết": "1"})
    write(page, 1, {"Có mặt": "20", "Tán thành": "12", "Không tán thành": "5", "Không biểu quyết": "2"})
    expect(rows.nth(0).locator("td").last).to_contain_text("Thông qua")
    expect(rows.nth(1).locator("td").last).to_contain_text("Ba số cộng lại 19, có mặt 20. Đếm lại.")
    page.reload()
    expect(rows.first.get_by_label(re.compile("^Tán thành"))).to_have_value("18")
    expect(rows.first.get_by_label(re.compile("Nghe thẩm tra"))).to_be_checked()
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(pdf.pages) == 2, "front and back of one leaf"
    back = " ".join(pdf.pages[1].extract_text().split())
    assert back.startswith("Bảng biểu quyết") and "18" in back and "Có người phản đối cách đếm" in back
    for title in TITLES:
        assert title.split()[-1] in back
    page.context.close()


def test_the_rows_go_by_the_programme(browser: Browser, address: str) -> None:
    """The chair turns the leaf in the order of the votes; counts stay with their resolution."""
    page = opened(browser, address, TITLES[:3])
    write(page, 0, {"Có mặt": "20"})
    page.evaluate(
        """async () => {
          const store = await import('/assets/scripts/kept/store.js');
          const { mattersOf } = await import('/assets/scripts/sitting/matters.js');
          store.update((document_) => {
            const its = store.sittingOf(document_);
            const line = (matter, half) => ({half, kind: 'bieu-quyet', matter, text: 'x', who: '', minutes: '5'});
            const [[a], , [c]] = mattersOf(its);
            store.setProgramme(its, {halves: [], lines: [line(a, 2), line(c, 1)]});
          });
        }"""
    )
    page.reload()
    names = page.locator(".hd-vote-name")
    expect(names).to_have_text([TITLES[2], TITLES[0], TITLES[1], "", "", ""])
    expect(page.locator("tr.hd-vote-row").nth(1).get_by_label(re.compile("^Có mặt"))).to_have_value("20")
    page.context.close()


def test_without_a_list_the_back_is_blank_and_says_where_names_come_from(browser: Browser, address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/{SHEET}")
    assert page.locator(".hd-vote-table tbody tr").count() == 7
    expect(page.locator(".hd-votes")).to_contain_text("Danh mục nội dung")
    assert page.locator(".hd-branches li").count() >= 6
    page.context.close()


def test_it_fits_a_phone_and_everybody(browser: Browser, address: str) -> None:
    page = opened(browser, address, [*TITLES[:2], HOSTILE], viewport=PHONE)
    assert not stays_too_wide(page, PHONE["width"])
    boxes = page.locator("tr.hd-vote-row input").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(boxes) >= 44
    assert page.evaluate("window.ran") is None
    assert accessibility_faults(page) == []
    page.context.close()
