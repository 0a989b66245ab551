"""What people send without git becomes a draft, after every name was struck or confirmed; five messy texts are tried."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
import yaml

from knowledge.checks.project import check_project, check_with_drafts
from knowledge.inbox import draft_page, longer_names, parts_met, read_received, struck, suspects
from knowledge.records.issues import Level
from knowledge.records.knowledge_base import KnowledgeBase
from tests.conftest import Project, run_here, run_script

TODAY = date(2026, 11, 28)
ZALO = """[10:23, 5/11/2026] Văn phòng xã: 🙏🙏 Rút kinh nghiệm sau kỳ họp thứ 3, HĐND xã Bản Mẫu, ngày 04/11/2026
Việc đã xảy ra: Ông Nguyễn Văn Mẫu đọc nhầm tên nghị quyết.
Báo cáo thẩm tra chỉ ghi nhất trí, gọi 0912 345 678 để hỏi.
Lặp lại lỗi: Báo cáo thẩm tra thiếu phân tích, phản biện (HC3c)
Đề nghị đổi: Ban gửi báo cáo trước năm ngày.
"""
NOTE = """cho: DM12 muc 2
dang ghi: Chọn dự thảo ảnh hưởng nhiều nhất.
nên sửa thành: (bỏ trống)
vì sao: Tổ tôi đã chia dự thảo từ trước, bà Lò Thị Mẫu phân công.
"""
BARE = """chao ban
ky hop vua roi ong nguyen van mau dieu hanh thao luan rat voi, nua ngay ma tam nghi quyet
{{ ref("HC1") }} de nghi keo dai ca ngay
"""
FORWARDED = """\ufeff
12:05 03/11/2026
> - Chất vấn: trả lời không có ngày xong
> - Lời hứa kỳ trước không ai nhắc lại, chất vấn xong là thôi
Đ/c Vàng A Mẫu (Phó Chủ tịch) ghi
"""
FILE = """---
id: TB2026110410230001
title: "Rút kinh nghiệm sau kỳ họp, HĐND xã, phường (2026110410230001)"
date: 2026-11-04
kind: bao-cao
paragraphs:
  - locator: '1.1'
    text: "Căn cứ ghi luật đã hết hiệu lực, anh Mẫu phát hiện lúc họp."
    deferred: true
  - locator: '2.1'
    text: "Tra căn cứ trước khi trình."
    deferred: true
---

## Lặp lại lỗi nào

- {{ ref("HC1a") }}
"""


def read(text: str):  # type: ignore[no-untyped-def]
    received = read_received(text, TODAY)
    assert received is not None
    return received


@pytest.mark.parametrize(
    ("text", "day", "found"),
    [
        (ZALO, "2026-11-04", ["Nguyễn Văn Mẫu", "0912 345 678"]),
        (NOTE, "2026-11-28", ["Lò Thị Mẫu"]),
        (BARE, "2026-11-28", ["nguyen van mau"]),
        (FORWARDED, "2026-11-28", ["Vàng A Mẫu"]),
        (FILE, "2026-11-04", ["Mẫu"]),
    ],
)
def test_messy_texts_are_read_and_their_names_found(text: str, day: str, found: list[str]) -> None:
    received = read(text)
    assert received.day == day
    assert [one.text for one in suspects(received)] == found
    clean = struck(received, found)
    assert suspects(clean) == [] and len(clean.sentences) == len(received.sentences)
    assert not any(name in sentence for name in found for sentence in clean.sentences)
    assert not any(re.search(r"\{[{%]|🙏|\[10:23|^[>•-]", sentence) for sentence in received.sentences)


def test_given_names_that_are_words_and_names_without_capitals_are_asked_about() -> None:
    def asked(text: str, *keep: str) -> list[str]:
        return [one.text for one in suspects(read(text), keep)]

    assert asked("Anh Trung nói sai, chị Ngân vắng, ông Công Minh về") == ["Trung", "Ngân", "Công Minh"]
    assert asked("ong nguyen van teo noi sai. Chi lan ke toan") == ["nguyen van teo"]
    assert asked("Nguyễn-Văn-An; LÒ THỊ MẪU; (0213)3876543; a@b.vn") == [
        "Nguyễn-Văn-An",
        "LÒ THỊ MẪU",
        "(0213)3876543",
        "a@b.vn",
    ]
    # What was kept hides nobody else.
    assert asked("Họp ở trường Lê Hồng Phong. Ông Phong vắng", "Lê Hồng Phong") == ["Phong"]


@pytest.mark.parametrize(
    ("text", "strike", "keep", "left", "asked"),
    [
        # A place that is known, one that was kept, one of which nothing was said.
        ("Bà Hà đi Hà Nội, Hà vắng", "Hà", "", "Bà […] đi Hà Nội, […] vắng", []),
        ("Anh Nội ở Hà Nội", "Nội", "", "Anh […] ở Hà Nội", []),
        ("ba ha di ha noi", "ha", "", "ba […] di ha noi", []),
        ("Bà Hà đi Hà Nam", "Hà", "Hà Nam", "Bà […] đi Hà Nam", []),
        ("Ông Phong đi Phong Thổ", "Phong", "", "Ông […] đi Phong Thổ", ["Phong Thổ"]),
        ("Bà Hà đi Hà Nam", "Hà; Hà Nam", "", "Bà […] đi […]", []),
        # A title before, a body after: the name ends where they begin.
        ("Bà Hà Ban Pháp chế hỏi", "Hà", "", "Bà […] Ban Pháp chế hỏi", []),
        ("Ông Hà. Hội nghị thống nhất", "Hà", "", "Ông […]. Hội nghị thống nhất", []),
        ("Trưởng Ban Nguyễn Văn Mẫu hỏi", "Nguyễn Văn Mẫu", "", "Trưởng Ban […] hỏi", []),
        ("Thứ Hai Nguyễn Văn Mẫu hỏi", "Nguyễn Văn Mẫu", "", "Thứ Hai […] hỏi", []),
        ("Bà Hà. Nguyễn Thị Hà ghi", "Hà", "", "Bà […]. Nguyễn Thị Hà ghi", ["Nguyễn Thị Hà"]),
        ("BÀ HÀ VẮNG", "HÀ", "", "BÀ […] VẮNG", []),
    ],
)  # fmt: skip
def test_a_name_is_not_struck_inside_a_longer_one(
    text: str, strike: str, keep: str, left: str, asked: list[str]
) -> None:
    names, kept = strike.split("; "), [keep] if keep else []
    assert struck(read(text), names, kept).sentences == [left]
    assert [one.text for one in longer_names(read(text), names, kept)] == asked


def test_a_longer_name_that_holds_a_struck_one_is_asked_about(project: Project) -> None:
    project.write("tin.txt", "Việc đã xảy ra: Ông Phong đi Phong Thổ họp.")
    first = run_here("inbox", root=project.root, FILE="tin.txt", strike="Phong")
    assert first.returncode == 1 and first.stdout.count("“Phong Thổ”") == 1
    assert run_here("inbox", root=project.root, FILE="tin.txt", strike="Phong", keep="Phong Thổ").returncode == 0
    (page,) = (project.root / "docs/nguon").glob("nhan-*-1.md")
    assert "Ông […] đi Phong Thổ họp." in page.read_text("utf-8")


@pytest.mark.parametrize(
    "line",
    [
        "14:00 chủ tọa nói: không cần biểu quyết", "[Trích nghị quyết] Điều 3 ghi: giao Chủ tịch: sai chủ thể",
        "Cần rút kinh nghiệm sau việc này", "Rút kinh nghiệm sau kỳ họp: ông Chủ tịch đọc nhầm tên",
    ],
)  # fmt: skip
def test_nothing_of_a_sentence_is_lost(line: str) -> None:
    assert read(line).sentences == [line]


def test_the_forms_file_tells_the_fault_and_a_note_tells_none(kb: KnowledgeBase) -> None:
    assert parts_met(kb, read(FILE))[0] == ["HC1a"]
    note = read(NOTE.replace("DM12 muc 2", "HC3c"))
    assert parts_met(kb, note) == ([], []) and "evidence: []" in draft_page(kb, note, "nhan-2026-11-28-1")
    # The sentence that speaks of the fault is the evidence, not the first one.
    page = draft_page(kb, read(ZALO), "nhan-2026-11-04-1")
    evidence = yaml.safe_load(page.split("---\n")[1])["evidence"]
    assert [(one["part"], one["locator"], one["text"][:16]) for one in evidence] == [
        ("HC3c", "1.2", "Báo cáo thẩm tra")
    ]


@pytest.mark.parametrize("day", ["12/11/2026", "2026-02-31", "hôm qua"])
def test_a_day_that_is_none_is_no_traceback(kb: KnowledgeBase, day: str) -> None:
    assert draft_page(kb, read(FILE.replace("date: 2026-11-04", f"date: {day}")), "nhan-2026-11-12-1")


def test_bodies_and_places_are_no_names() -> None:
    text = "Việc đã xảy ra: Ông Chủ tịch Hội đồng nhân dân hỏi Văn phòng, Ủy ban nhân dân và Mặt trận; ông Phó Chủ tịch trả lời."
    assert suspects(read(text)) == []


def test_what_recurs_is_told(kb: KnowledgeBase) -> None:
    assert parts_met(kb, read(ZALO))[0] == ["HC3c"]
    assert "HC5b" in parts_met(kb, read(FORWARDED))[1]


@pytest.mark.parametrize("text", ["", "  \n", "🙏🙏", "12345", "---\nid: [\n---\n"])
def test_what_says_nothing_is_refused(text: str) -> None:
    received = read_received(text, TODAY)
    assert received is None or not received.sentences


def test_nothing_is_written_before_every_name_is_answered(project: Project) -> None:
    project.write("tin.txt", ZALO)
    before = sorted((project.root / "docs/nguon").iterdir())
    first = run_here("inbox", root=project.root, FILE="tin.txt")
    assert first.returncode == 1 and "“Nguyễn Văn Mẫu”" in first.stdout and "“0912 345 678”" in first.stdout
    wrong = run_here("inbox", root=project.root, FILE="tin.txt", strike="Nguyễn Văn Mẫu; 0912 345 678; Trần Ai")
    assert wrong.returncode == 1 and "không có “Trần Ai”" in wrong.stdout
    assert sorted((project.root / "docs/nguon").iterdir()) == before
    done = run_here("inbox", root=project.root, FILE="tin.txt", strike="Nguyễn Văn Mẫu; 0912 345 678")
    assert done.returncode == 0, done.stdout
    assert "Lặp lại: HC3c" in done.stdout and "nhan-2026-11-04-1.md" in done.stdout
    # Nothing fails by a draft; published, it counts.
    kb, issues = check_project(project.root)
    assert issues == [] and "nhan-2026-11-04-1" not in kb.sources
    assert "nhan-2026-11-04-1" in check_with_drafts(project.root)[0].sources
    page = project.read("docs/nguon/nhan-2026-11-04-1.md")
    assert "Nguyễn" not in page and "0912" not in page and "Bản Mẫu" not in page and "[…]" in page
    project.write("docs/nguon/nhan-2026-11-04-1.md", page.replace("draft: true\n", ""))
    kb, issues = check_project(project.root)
    assert [issue for issue in issues if issue.level == Level.ERROR] == []
    assert "nhan-2026-11-04-1" in kb.sources


def test_a_name_struck_and_a_number_kept_are_answers_enough() -> None:
    left = [one.text for one in suspects(struck(read(ZALO), ["Nguyễn Văn Mẫu"]))]
    assert left == ["0912 345 678"]


@pytest.mark.full
@pytest.mark.parametrize("text", [NOTE, BARE, FORWARDED, FILE])
def test_each_of_the_others_becomes_a_draft_without_a_fault(project: Project, text: str) -> None:
    project.write("tin.txt", text)
    names = "; ".join(one.text for one in suspects(read(text)))
    done = run_here("inbox", root=project.root, FILE="tin.txt", strike=names)
    assert done.returncode == 0, done.stdout
    assert [str(issue) for issue in check_project(project.root)[1]] == []


@pytest.mark.parametrize("file", ["", "khong-co.txt", "latin.txt"])
def test_a_file_that_cannot_be_read_is_one_line(project: Project, file: str) -> None:
    (project.root / "latin.txt").write_bytes("Việc đã xảy ra".encode("utf-16"))
    # The command itself once; the others as it does them.
    done = (run_here if file else run_script)("inbox", root=project.root, FILE=file)
    assert done.returncode == 1 and done.stdout.count("\n") == 1, done.stdout


LONG = {
    "names": "Ông Nguyễn Văn An, " * 10_000, "heads": "rut kinh nghiem sau ky hop" + ", hdnd" * 40_000 + ":", "a word": "a" * 290_000,
    "digits": "a " + "9" * 290_000, "addresses": "a@" * 140_000, "capitals": "NGUYỄN VĂN AN " * 15_000, "stamps": "[10:23] a: " * 20_000,
}  # fmt: skip


@pytest.mark.parametrize("what", LONG)
def test_the_longest_message_takes_no_longer_than_its_length(what: str) -> None:
    """Each of these took minutes: a pattern that began anew at every letter, a name compared with every other."""
    begun = time.process_time()
    received = read(LONG[what])
    found = suspects(received)
    longer_names(struck(received, [one.text for one in found][:3]), ["An"])
    assert time.process_time() - begun < 20


def test_what_a_terminal_would_act_on_is_not_taken_over() -> None:
    sent = "Việc đã xảy ra: \x1b]0;a\x07Ông \u202eNguyễn\u202c Văn\u200b Mẫu\x9b vắng\ud800\n"
    received = read(sent)
    assert received.sentences == ["]0;aÔng Nguyễn Văn Mẫu vắng"]
    assert [one.text for one in suspects(received)] == ["Nguyễn Văn Mẫu"]


@pytest.mark.parametrize(
    "front",
    [
        "a: &a [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1 if n else ''}, *a{n - 1 if n else ''}]\n" for n in range(40))
        + "paragraphs:\n  - {locator: '1.1', text: *a39}",
        "paragraphs: " + "[" * 50_000,
        "paragraphs: &p\n  - *p",
        "".join(" " * n + "a:\n" for n in range(3000)),
    ],
    ids=["laugh", "deep", "itself", "deep blocks"],
)  # fmt: skip
def test_data_that_swell_or_go_deep_are_not_read(front: str) -> None:
    begun = time.process_time()
    assert read_received(f"---\n{front}\n---\n\n## Lặp lại lỗi nào\n", TODAY) is None
    assert time.process_time() - begun < 10
