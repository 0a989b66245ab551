"""Five files as an office has them: dropped on a computer, pasted on a phone, without a network, by the command; one answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import groupby

import pytest
from playwright.sync_api import Browser, Page, expect

from knowledge.draft_samples import draft_text
from knowledge.records.signs import DraftSample
from tests import drafts_made as made
from tests.test_draft_page import PAGE, drop, pasted, signs, told
from tests.test_soat import soat_here

OFFICE = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 740}
BUDGET, SUPERVISION = DraftSample(kind="LN01"), DraftSample(kind="LN07")

HALF_DAY = """CHƯƠNG TRÌNH
Kỳ họp thứ ba (thường lệ cuối năm), Hội đồng nhân dân xã Ví Dụ khóa II
Buổi sáng, ngày 18 tháng 12 năm 2026
7 giờ 30 - 7 giờ 45: Khai mạc kỳ họp
7 giờ 45 - 8 giờ 00: Báo cáo thẩm tra của Ban Kinh tế - Ngân sách về dự toán ngân sách năm 2027
8 giờ 00 - 8 giờ 15: Tờ trình về dự toán ngân sách năm 2027
8 giờ 15 - 9 giờ 00: Thông qua các nghị quyết
9 giờ 00 - 9 giờ 30: Thảo luận
9 giờ 30 - 10 giờ 00: Chất vấn và trả lời chất vấn
10 giờ 00: Bế mạc kỳ họp"""


def changed(sample: DraftSample, changes: Mapping[str, str]) -> str:
    text = draft_text(sample)
    for before, after in changes.items():
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def supervision() -> str:
    """Return a programme of supervision as footnote 1 of Notice 183 tells of it: no regular supervision, no need, no scope."""
    head, _, rest = draft_text(SUPERVISION).partition("Điều 1.")
    _, _, foot = rest.partition("Nghị quyết này có hiệu lực")
    articles = (
        "Điều 1. Chương trình giám sát năm 2027 của Hội đồng nhân dân xã Ví Dụ\n"
        "1. Giám sát chuyên đề của Thường trực Hội đồng nhân dân: thu gom rác thải.\n"
        "2. Giám sát chuyên đề của Ban Kinh tế - Ngân sách: xây dựng đường thôn.\n"
        "Điều 2. Tổ chức thực hiện\n"
        "Thường trực Hội đồng nhân dân xã báo cáo kết quả thực hiện chương trình giám sát tại kỳ họp cuối năm 2027.\n"
        "Điều 3. Nghị quyết này có hiệu lực"
    )
    return head + articles + foot


FILES: Mapping[str, tuple[str, set[str]]] = {
    "nam-ngoai": (
        changed(
            BUDGET,
            {
                "số 72/2025/QH15 ngày 16 tháng 6 năm 2025": "số 77/2015/QH13 ngày 19 tháng 6 năm 2015",
                "số 89/2025/QH15 ngày 25 tháng 6 năm 2025": "số 83/2015/QH13 ngày 25 tháng 6 năm 2015",
            },
        ),
        {"sl-can-cu-het-hieu-luc", "sl-can-cu-ngan-sach-cu"},
    ),
    "giam-sat": (
        supervision(),
        {"sl-giam-sat-thuong-xuyen", "sl-giam-sat-khong-pham-vi", "sl-chuyen-de-thuong-truc", "sl-chuyen-de-ban"},
    ),
    # Off by one in whole đồng: in millions that may be rounding.
    "lech-mot": (
        changed(
            BUDGET,
            {
                "Đơn vị tính: triệu đồng": "Đơn vị tính: đồng",
                "Tổng chi\t12.400": "Tổng chi\t12.400.000.000",
                "\t2.000\n": "\t2.000.000.000\n",
                "\t10.000\n": "\t10.000.000.001\n",
                "\t400\n": "\t400.000.000\n",
            },
        ),
        {"sl-tong-lech"},
    ),
    "thuong-truc": (draft_text(DraftSample(kind=None, body="thuong-truc")), set()),
    "nua-ngay": (HALF_DAY, {"dh-nua-ngay", "dh-tham-tra-truoc", "dh-khong-thao-luan"}),
}
"""Name → text and signs that must be told of it; nothing at all where there are none."""


@pytest.fixture(scope="module")
def by_command(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Name → signs that `make soat` tells of it."""
    folder = tmp_path_factory.mktemp("drafts")
    for name, (text, _) in FILES.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    code, said = soat_here(" ".join(str(folder / f"{name}.txt") for name in FILES))
    assert code == 1, said
    answers = json.loads(said)
    return {name: sorted(one["sign"] for one in told["found"]) for name, told in zip(FILES, answers, strict=True)}


def opened(browser: Browser, address: str, size: dict[str, int]) -> Page:
    """Open the page, then cut the network: what is dropped or pasted asks for nothing more."""
    context = browser.new_context(viewport=size, service_workers="block", locale="vi-VN")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/{PAGE}")
    expect(page.locator("#dan-du-thao")).to_be_visible()
    context.set_offline(True)
    return page


def shown(page: Page) -> list[str]:
    expect(page.locator("[data-sign]")).to_have_count(told(page))
    return sorted(signs(page))


def word_file(text: str) -> bytes:
    """Return a Word file of these lines, rows of cells as a table."""
    body = ""
    for is_table, lines in groupby(text.split("\n"), lambda line: "\t" in line):
        rows = [line.split("\t") for line in lines]
        body += (
            made.table(*rows, columns=len(rows[0]))
            if is_table
            else "".join(made.par(made.run(line)) for [line] in rows)
        )
    return made.docx(body)


def test_the_command_tells_what_must_be_told(by_command: dict[str, list[str]]) -> None:
    for name, (_, wanted) in FILES.items():
        found = set(by_command[name])
        assert wanted <= found if wanted else not found, f"{name}: {found}"


def test_dropped_on_a_computer_without_a_network(
    browser: Browser, address: str, by_command: dict[str, list[str]]
) -> None:
    page = opened(browser, address, OFFICE)
    for name, (text, _) in FILES.items():
        # A further draft may be dropped while one is open: the heading alone does not tell whose answer stands there.
        page.evaluate("() => document.querySelector('#ket-qua').replaceChildren()")
        drop(page, f"{name}.docx", word_file(text))
        expect(page.locator("#ket-qua")).not_to_be_empty()
        assert shown(page) == by_command[name], name
        expect(page.locator(".hd-draft__text")).to_contain_text(text.split("\n")[-1].strip())
    page.context.close()


def test_pasted_on_a_phone_without_a_network(browser: Browser, address: str, by_command: dict[str, list[str]]) -> None:
    page = opened(browser, address, PHONE)
    for name, (text, _) in FILES.items():
        pasted(page, text)
        assert shown(page) == by_command[name], name
        page.get_by_role("button", name="Soát dự thảo khác").click()
        page.get_by_role("button", name="Bỏ", exact=True).click()
    page.context.close()
