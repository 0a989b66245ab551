"""Deadlines as records: what is refused, what is said of them, what the board is given; the command that prints them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from knowledge.addresses import record_url
from knowledge.deadline_text import basis_text, is_binding, limit_text
from knowledge.records.deadlines import ANCHORS, ONLY_IF, SITTINGS, Deadline
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import words
from publish.deadlines_module import days_off_module, deadlines_module, words_module
from scripts import dates
from tests.conftest import Project, run_here, run_script
from tests.test_dates import BASIS

PAGE = "docs/tra-cuu/thoi-han.md"


def module_value(text: str, name: str) -> Any:
    """Return what a written module exports under a name."""
    found = re.search(rf"^export const {name} = (.*?);$", text, re.MULTILINE | re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize(
    ("old", "new", "words_"),
    [
        ("    anchor: khai-mac\n", "    anchor: khai-mach\n", "anchor: không có “khai-mach”"),
        ('    days: ["12-10"]\n', '    days: ["12-32"]\n', "không có ngày “12-32”"),
        ('    days: ["12-10"]\n', "", "anchor và days không đi với nhau"),
        ('    days: ["2026-11-30"]\n', '    days: ["11-30"]\n', "days sai dạng"),
        ('    days: ["2026-11-30"]\n', '    days: ["2026-W48-1"]\n', "không có ngày “2026-W48-1”"),
        ('    days: ["2026-11-30"]\n', '    days: ["20261130"]\n', "không có ngày “20261130”"),
        ("    side: truoc\n    amount: 45\n", "    amount: 45\n", "có số ngày mà không ghi đếm lùi hay đếm tới"),
        ("    until: 9\n", "", "until chỉ đi với bound: trong-khoang"),
        ("    until: 9\n", "    until: 19\n", "khoảng ngược"),
        ("    local: ky-hop.thoi-han-trieu-tap\n", "", "theo Quy chế mà không có local"),
        ("    rule: ngan-sach.can-cu-tinh-giao\n", "", "luật định mà thiếu căn cứ"),
        ("when: [thuong-le-giua-nam, thuong-le-cuoi-nam]", "when: [thuong-le]", "when: không có “thuong-le”"),
        ("    only_if: quy-pham\n", "    only_if: quypham\n", "only_if: không có “quypham”"),
        ("    roles: [lanh-dao-ubnd, ban-hdnd]\n", "", "không ghi ai làm"),
        ("    does: Họp Tổ đại biểu\n", f"    does: {'Họp ' * 13}\n", "dài 13 chữ"),
        ("    rule: ngan-sach.tinh-giao-du-toan\n", "    rule: ngan-sach.tinh-giao\n", "không có bản ghi “ngan-sach.tinh-giao”"),
        ("    sheets: [DM13]\n", "    sheets: [BM13]\n", "BM13 là biểu mẫu"),
        ("  - id: han-hop-to\n", "  - id: han-hop-ban\n", "mã han-hop-ban bị trùng"),
        ("  - id: han-hop-to\n", "  - id: hop-to\n", "id"),
    ],
)  # fmt: skip
def test_a_wrong_deadline_is_one_line(project: Project, old: str, new: str, words_: str) -> None:
    page = project.read(PAGE)
    if old.startswith("    does: Họp Tổ"):
        old = next(line + "\n" for line in page.split("\n") if "Họp Tổ đại biểu" in line and "does" in line)
    project.replace(PAGE, old, new)
    told = [str(issue) for issue in project.check() if issue.file == PAGE and issue.level.name == "ERROR"]
    assert [line for line in told if words_ in line], told
    assert all("\n" not in line for line in told)


def test_only_rules_and_local_numbers_can_be_past_due(kb: KnowledgeBase) -> None:
    for one in kb.deadlines.values():
        if is_binding(kb, one):
            assert one.basis == "rule" and one.rule and kb.rules[one.rule][1].status == "verified", one.id
        if one.basis == "advice":
            assert not is_binding(kb, one)
        if one.amount is not None and one.basis == "local":
            assert one.number == "model", f"{one.id}: a local number that nobody read"
    assert len(kb.deadlines) >= 85
    assert {"rule", "local", "advice"} == {one.basis for one in kb.deadlines.values()}


def test_texts_that_were_read_in_part_never_bind(kb: KnowledgeBase) -> None:
    """The original of the joint resolution and of the investment law: what amends them was not seen."""
    in_part = [one for one in kb.deadlines.values() if {"original", "reported", "unknown"} & {one.task, one.number}]
    assert in_part
    assert [one.id for one in in_part if one.basis == "rule"] == []


def test_the_certainty_of_a_rule_is_heeded(kb: KnowledgeBase) -> None:
    one = next(one for one in kb.deadlines.values() if is_binding(kb, one))
    instrument, rule, path = kb.rules[one.rule or ""]
    kb.rules[one.rule or ""] = (instrument, rule.model_copy(update={"status": "reported"}), path)
    try:
        assert not is_binding(kb, one)
    finally:
        kb.rules[one.rule or ""] = (instrument, rule, path)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"anchor": "khai-mac", "bound": "cham-nhat", "side": "truoc", "amount": 5, "unit": "ngay-lam-viec"}, "chậm nhất 05 ngày làm việc trước ngày khai mạc"),
        ({"anchor": "khai-mac", "bound": "cham-nhat", "side": "truoc"}, "chậm nhất …… ngày trước ngày khai mạc"),
        ({"anchor": "khai-mac", "bound": "trong-khoang", "side": "truoc", "amount": 14, "until": 9}, "trong khoảng 14 đến 09 ngày trước ngày khai mạc"),
        ({"anchor": "be-mac", "bound": "cham-nhat", "side": "sau", "amount": 20}, "chậm nhất 20 ngày kể từ ngày bế mạc"),
        ({"anchor": "thong-qua", "bound": "khong-som-hon", "side": "sau", "amount": 10}, "không sớm hơn 10 ngày kể từ ngày thông qua"),
        ({"anchor": "tinh-giao", "bound": "khong-som-hon", "side": "sau", "amount": 0}, "không sớm hơn ngày UBND tỉnh giao dự toán"),
        ({"anchor": "ngay-trong-nam", "days": ["03-31"], "bound": "truoc"}, "trước ngày 31/3"),
        ({"anchor": "ngay-trong-nam", "days": ["01-31"], "bound": "cham-nhat"}, "đến hết ngày 31/01"),
        ({"anchor": "ngay", "days": ["2027-03-01"], "bound": "khong-som-hon"}, "từ ngày 01/3/2027"),
        ({"anchor": "khai-mac", "bound": "tai-ky"}, "tại kỳ họp"),
        ({"anchor": "nam", "bound": "trong-nam"}, "trong năm"),
    ],
)  # fmt: skip
def test_a_limit_is_said_in_words(fields: dict[str, Any], text: str) -> None:
    assert limit_text(Deadline.model_validate({**BASIS, **fields})) == text


def test_the_basis_says_how_sure_it_is(kb: KnowledgeBase) -> None:
    said = {
        name: basis_text(kb, kb.deadlines[f"han-{name}"])
        for name in ("ho-so-tham-tra", "trieu-tap", "hop-to", "du-toan-muon-nhat", "bao-cao-dan-chu")
    }
    assert said["ho-so-tham-tra"].endswith("sửa nếu Quy chế của mình khác")
    assert said["trieu-tap"] == "Quy chế làm việc, Điều ……"
    assert said["hop-to"] == "Gợi ý biên soạn"
    assert said["du-toan-muon-nhat"].startswith("Luật 89/2025, Điều 46 khoản 6")
    assert "(*)" in said["bao-cao-dan-chu"]


def test_the_board_gets_every_deadline_that_can_have_a_day_and_little_else(kb: KnowledgeBase) -> None:
    text = deadlines_module(kb, "directory")
    rows = module_value(text, "DEADLINES")
    told = {row["id"]: row for row in rows}
    # “Mỗi năm 02 lần” has no day: the board leaves it out anyway, the table in words tells it.
    never = {i for i, one in kb.deadlines.items() if one.bound == "trong-nam" and one.amount is None and not one.local}
    assert never and list(told) == [i for i in kb.deadlines if i not in never]
    binding = {i for i, one in kb.deadlines.items() if is_binding(kb, one)}
    assert {i for i, row in told.items() if row.get("binding")} == binding - never
    model = {i for i, one in kb.deadlines.items() if one.basis == "local" and one.amount is not None}
    assert {i for i, row in told.items() if row.get("basis") == "local"} == model
    see, pages = module_value(text, "SEE"), module_value(text, "PAGES")
    for i, row in told.items():
        one = kb.deadlines[i]
        assert row.get("see", []) == [*one.sheets, *one.forms] and row.get("roles", []) == one.roles
        assert None not in row.values() and [] not in row.values()
    for record_id, title in see.items():
        assert title == kb.get(record_id).title  # type: ignore[union-attr]
        assert pages[record_id[:2]].replace("*", record_id.lower()) == record_url(kb, record_id, "directory")
    assert module_value(deadlines_module(kb, "file"), "PAGES")["DM"] == "danh-muc/*.html"
    assert set(module_value(words_module(kb), "WORDS")) == set(kb.deadlines)
    off = module_value(days_off_module(), "DAYS_OFF")
    assert "2026-11-24" in off["off"] and "2026-08-22" in off["worked"] and off["expected"] == "2027-01-01"


def test_what_the_first_visit_loads_of_it_stays_small(kb: KnowledgeBase) -> None:
    import gzip

    packed = sum(
        len(gzip.compress(text.encode(), 9)) for text in (deadlines_module(kb, "directory"), days_off_module())
    )
    assert packed <= 6144


def test_what_must_be_told_at_a_sitting_is_a_group_of_its_own(kb: KnowledgeBase) -> None:
    """The list of matters takes those that are due at the sitting: the same ones as the table’s group."""
    assert {i for i, one in kb.deadlines.items() if one.bound == "tai-ky"} == {
        i for i, one in kb.deadlines.items() if one.group == "tai-ky"
    }


REPORTS = {
    "han-bao-cao-cong-tac": ("Điều 29", "BM46"), "han-tong-hop-y-kien": ("Điều 31 khoản 6", "BM45"),
    "han-giam-sat-kien-nghi": ("Điều 54 khoản 2", "BM45"), "han-tong-hop-chat-van": ("Điều 31 khoản 5", "BM17"),
    "han-giam-sat-cua-ban": ("Điều 31 khoản 5", "BM23"), "han-bao-cao-ngan-sach": ("Điều 54 khoản 3", "BM06"),
    "han-bao-cao-dieu-chinh": ("Điều 54 khoản 3", "BM06"), "han-thong-bao-mttq": ("Điều 31 khoản 12", "BM46"),
    "han-bao-cao-cap-tren": ("Điều 31 khoản 11", "BM44"), "han-thong-bao-ket-qua": ("", "BM44"),
    "han-tiep-xuc-sau": ("", "BM46"), "han-luu-ho-so": ("", "BM50"),
}  # fmt: skip
"""Reports that a council owes in a year: the article that asks for it (none where its own rules do), its form."""


@pytest.mark.parametrize("report", REPORTS)
def test_each_report_of_the_year_has_its_article_and_its_form(kb: KnowledgeBase, report: str) -> None:
    article, form = REPORTS[report]
    one = kb.deadlines[report]
    assert form in one.forms
    if article:
        assert one.rule and article in (kb.rules[one.rule][1].article or "") and one.task == "rule"
    else:
        assert one.local and one.basis != "rule"


def test_tasks_are_short_and_say_what_to_do(kb: KnowledgeBase) -> None:
    for one in kb.deadlines.values():
        assert len(words(one.does)) <= 12 and one.does[0].isupper() and not one.does.endswith(".")
        assert not re.search(r"sai thẩm quyền|vi phạm|\btrễ\b", f"{one.does} {one.note}")
    assert set(ANCHORS) >= {one.anchor for one in kb.deadlines.values()}
    assert set(ONLY_IF) >= {one.only_if for one in kb.deadlines.values() if one.only_if}
    used = {kind for one in kb.deadlines.values() for kind in one.when}
    assert used <= set(SITTINGS) and {"thuong-le-cuoi-nam", "quyet-toan"} <= used


def test_the_command_prints_the_days_of_a_sitting() -> None:
    result = run_here("dates", "2026-12-10", "thuong-le-cuoi-nam")
    assert result.returncode == 0
    for line in (
        "- Gửi hồ sơ đến Ban được phân công thẩm tra: chậm nhất Thứ Tư 25/11/2026 [",
        "- Quyết định dự toán năm sau: ngày muộn nhất (khi kỳ họp có dự toán): chậm nhất Thứ Bảy 19/12/2026, nên xong Thứ Sáu 18/12/2026 [hạn:",
        "- Phê chuẩn quyết toán ngân sách năm trước: chậm nhất Thứ Ba 30/3/2027 [hạn:",
        "- Ký quyết định triệu tập kỳ họp, gửi giấy mời: chậm nhất …… ngày trước ngày khai mạc [ô điền:",
    ):
        assert line in result.stdout
    assert not re.search(r"\d{4}-\d\d-\d\d", result.stdout)


def test_a_sitting_of_another_kind_has_deadlines_of_its_own(kb: KnowledgeBase) -> None:
    basis = {one.id: basis_text(kb, one) for one in kb.deadlines.values()}
    other = "\n".join(dates.lines([*kb.deadlines.values()], dates.sitting_of("2027-03-26", "quyet-toan"), basis, set()))
    assert "Gửi quyết toán đã phê chuẩn" in other and "Quyết định dự toán năm sau" not in other


def test_the_command_tells_all_faults_at_once() -> None:
    result = run_script("dates", "10/12/2026", "cuoi-nam")
    assert result.returncode == 1 and "Traceback" not in result.stdout
    assert "opening: ngày “10/12/2026” sai dạng" in result.stdout and "kind: không có loại “cuoi-nam”" in result.stdout


def test_an_amount_may_not_be_negative_or_endless() -> None:
    base = {**BASIS, "anchor": "khai-mac", "bound": "cham-nhat", "side": "truoc"}
    for amount in (-1, 401):
        with pytest.raises(ValidationError):
            Deadline.model_validate({**base, "amount": amount})


def test_the_page_shows_each_deadline_in_words(kb: KnowledgeBase, site: Path) -> None:
    html = (site / "tra-cuu" / "thoi-han" / "index.html").read_text("utf-8")
    for one in kb.deadlines.values():
        assert f'<li id="{one.id}">' in html and one.does in html
        assert f": {limit_text(one)}." in html
