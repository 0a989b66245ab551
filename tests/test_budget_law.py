"""The budget law of 2025 (estimates from 2026 on): whose decision a budget matter is, by when, on every page."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge.law import manner
from knowledge.records.knowledge_base import KnowledgeBase

# What the People's Committee decides and reports, what the council decides, by which article (Luật 89/2025).
OF_THE_COMMITTEE = {
    "ngan-sach.dieu-chinh-ubnd": "Điều 54 khoản 3",
    "ngan-sach.ubnd-doi-linh-vuc": "Điều 54 khoản 3 điểm b",
    "ngan-sach.bo-sung-co-muc-tieu": "Điều 32 khoản 7",
    "ngan-sach.tang-thu-ubnd": "Điều 32 khoản 3, Điều 61 khoản 2",
}
OF_THE_COUNCIL = {
    "ngan-sach.dieu-chinh-hdnd": "Điều 54 khoản 1, khoản 5",
    "ngan-sach.hdnd-phan-bo": "Điều 31 khoản 2",
    "ngan-sach.han-quyet-dinh-du-toan": "Điều 46 khoản 6",
    "ngan-sach.han-quyet-toan": "Điều 71 khoản 3",
}
LIMIT = re.compile(r"ở bản chép\. (Hai điều .*)?Hỏi Sở Tài chính")
"""Each page that tells this law says that it was read in copies, and whom to ask."""

PAGES = {
    "thuc-hanh/th01.md": ["ngan-sach.dieu-chinh-hdnd", "ngan-sach.ubnd-doi-linh-vuc"],
    "danh-muc/dm01.md": ["ngan-sach.han-quyet-toan"],
    "thuc-hanh/th34.md": ["ngan-sach.ubnd-doi-linh-vuc", "ngan-sach.dieu-chinh-ubnd"],
    "thuc-hanh/th07.md": ["ngan-sach.bo-sung-co-muc-tieu"],
    "bieu-mau/bm03.md": ["ngan-sach.quyet-toan-thuong-truc", "ngan-sach.han-quyet-toan"],
    "bieu-mau/bm04.md": ["ngan-sach.han-quyet-dinh-du-toan", "ngan-sach.can-cu-tinh-giao"],
    "bieu-mau/bm05.md": ["ngan-sach.dieu-chinh-hdnd", "ngan-sach.dieu-chinh-ubnd"],
    "bieu-mau/bm06.md": ["ngan-sach.bo-sung-co-muc-tieu", "ngan-sach.dieu-chinh-ubnd"],
    "danh-muc/dm02.md": ["ngan-sach.han-quyet-dinh-du-toan", "ngan-sach.can-cu-tinh-giao"],
    "danh-muc/dm06.md": ["ngan-sach.dieu-chinh-ubnd", "ngan-sach.bo-sung-co-muc-tieu"],
    "han-che/hc2.md": ["ngan-sach.dieu-chinh-ubnd", "ngan-sach.bo-sung-co-muc-tieu"],
    "tra-cuu/thay-doi.md": ["ngan-sach.dieu-chinh-ubnd", "ngan-sach.bo-sung-co-muc-tieu"],
}


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, str]:
    """Every page and data file that an editor writes, by its path."""
    folders = (root / "docs", root / "checklists")
    files = [f for folder in folders for f in folder.rglob("*") if f.suffix in (".md", ".yml")]
    return {f.relative_to(root).as_posix(): f.read_text("utf-8") for f in files}


@pytest.mark.parametrize(("rule", "article"), {**OF_THE_COMMITTEE, **OF_THE_COUNCIL}.items())
def test_the_rules_stand_as_law_with_their_article(kb: KnowledgeBase, rule: str, article: str) -> None:
    instrument, found, _path = kb.rules[rule]
    assert instrument.id == "luat-89-2025"
    assert manner(found) == "plain"
    assert article in (found.article or "")
    assert found.text.startswith("UBND") is (rule in OF_THE_COMMITTEE)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_tells_whose_decision_it_is_and_how_sure_we_are(page: str, texts: dict[str, str]) -> None:
    text = texts[f"docs/{page}"]
    for rule in PAGES[page]:
        assert rule in text, f"{page} does not rest on {rule}"
    assert len(LIMIT.findall(text)) == 1 or page in ("danh-muc/dm01.md", "danh-muc/dm02.md")
    assert "bản chép" in text


def test_no_page_says_that_the_law_was_not_read(texts: dict[str, str]) -> None:
    denial = re.compile(r"chưa (đọc|xem|tra)( được)?( luật về)?( luật)? ngân sách")
    found = [path for path, text in texts.items() if denial.search(text)]
    # The page of changes tells what the edition before said.
    assert found == ["docs/tra-cuu/thay-doi.md"]


def test_no_resolution_of_a_council_allots_money_added_from_above(kb: KnowledgeBase, texts: dict[str, str]) -> None:
    allotting = re.compile(r"nghị quyết[^.|\n]{0,60}phân bổ kinh phí[^.|\n]{0,40}bổ sung", re.IGNORECASE)
    # As a fault, as what an edition before said, or as the notice's own words.
    excused = re.compile(
        r'\*\*Sai:\*\*|Tên này lấy từ tệp|24/11/2026|HĐND ra nghị quyết|text: "Một số Nghị quyết|có lỗi ở|^\{\{ source_name\("\w+"\) \}\} dẫn'
    )
    lines = [(path, line) for path, text in texts.items() for line in text.splitlines()]
    met = [(path, line) for path, line in lines if allotting.search(line)]
    assert len(met) >= 5, "the pattern finds nothing any more"
    assert [one for one in met if not excused.search(one[1])] == []
    form = kb.documents["BM06"].documents[0]
    assert form.form == "named" and form.issuer[0] == "ỦY BAN NHÂN DÂN"


def test_a_resolution_adjusts_the_estimate_only_on_demand_from_above(kb: KnowledgeBase) -> None:
    form = kb.documents["BM05"].documents[0]
    assert "khoản 1 hoặc khoản 5" in (form.note or "")
    grounds = [ground.text or "" for ground in form.grounds]
    assert any("«văn bản cho điều chỉnh" in text for text in grounds), "no blank for the demand from above"
    assert kb.templates["BM05"].purpose.startswith("Chỉ dùng khi")


def test_capital_is_never_treated_as_the_estimate(texts: dict[str, str]) -> None:
    """Who adjusts the public investment plan is told by another law, read in its text of 2024 only."""
    tells = re.compile(r'rule\("ngan-sach\.(dieu-chinh|bo-sung|ubnd-doi)')
    silent = [
        path
        for path, text in texts.items()
        if tells.search(text) and "luat-58-2024" not in text and "Đây là chi thường xuyên" not in text
    ]
    # One sentence each, about a matter without capital.
    assert silent == ["docs/thuc-hanh/th01.md"]


def test_the_law_on_capital_carries_its_label(kb: KnowledgeBase) -> None:
    for rule in ("dau-tu-cong.dieu-chinh-hdnd", "dau-tu-cong.dieu-chinh-ubnd"):
        found = kb.rules[rule][1]
        assert manner(found) == "reported"
        assert "chưa đọc bản sửa" in found.source[0].name


def test_the_example_of_counting_back_is_right_and_in_time(texts: dict[str, str]) -> None:
    page = texts["docs/danh-muc/dm02.md"]
    match = re.search(r"khai mạc ngày (\d+)/(\d+) thì hạn gửi hồ sơ cho Ban là ngày (\d+)/(\d+)", page)
    assert match
    day, month, due_day, due_month = map(int, match.groups())
    opening = date(2026, month, day)
    assert opening - timedelta(days=15) == date(2026, due_month, due_day)
    assert opening <= date(2026, 12, 9) + timedelta(days=10)
    assert opening.weekday() < 5 and date(2026, due_month, due_day).weekday() < 5


def test_before_the_day_is_the_day_before(texts: dict[str, str]) -> None:
    page = texts["docs/bieu-mau/bm03.md"]
    assert "chậm nhất ngày 09/3" in page and "chậm nhất ngày 30/3" in page


CUT = {
    "tham-quyen.ngan-sach-cap-xa": "UBND quyết định điều chỉnh trong 5 trường hợp",
    "dai-bieu.quyen-mien-tru": "phạm tội quả tang",
    "chat-van.doi-tuong": "ở xã, phường phải đối chiếu luật giám sát mới",
    "giam-sat.lay-phieu-cap-xa": "không nêu cấp xã",
    "giam-sat.hoat-dong-hdnd": "đã ngưng từ ngày 01/7/2023",
    "to-chuc.so-pho-truong-ban-cap-xa": "khung để tính tổng số của cả tỉnh",
    "cu-tri.chuong-trinh-hoi-nghi": "thủ trưởng hoặc Chủ tịch Công đoàn",
}
"""Rules that once claimed more than their article, with the limit that was missing."""


@pytest.mark.parametrize(("rule", "limit"), CUT.items())
def test_rules_keep_to_what_their_article_says(kb: KnowledgeBase, rule: str, limit: str) -> None:
    assert limit in kb.rules[rule][1].text
