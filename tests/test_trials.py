"""What people tried: when “Bản dùng thử” goes, how a filled form enters, what the page and the data tell of it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
import yaml
from docx import Document as read_document
from playwright.sync_api import BrowserContext
from selectolax.lexbor import LexborHTMLParser

from knowledge.checks.project import check_project
from knowledge.inbox import struck, suspects
from knowledge.records.issues import Level
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Checklist
from knowledge.records.trials import Trial
from knowledge.sheet_text import stamp
from knowledge.text import folded_space
from knowledge.trial_note import SAID, read_trial, trial_of
from knowledge.trials import ENOUGH, all_trials, is_trial_version, last_report, people_of_present, told, told_of_all
from knowledge.word_text import NotWord, text_of_word
from macros.renderer import Renderer
from papers.word.templates import template_docx
from publish.contract import contract
from publish.trial_entry import with_trial
from tests.browsing import stays_too_wide
from tests.conftest import Project, run_here
from tests.pdf_text import pages_of
from tests.test_office import printed

TODAY = date(2026, 11, 29)
PAGE = "tra-cuu/da-thu-o-dau.md"
DM12 = "checklists/dm12.yml"
OF_DM12 = {"date": TODAY, "version": 4, "body": "xã", "people": 3, "changed": "không đổi"}


@pytest.fixture
def sheet(kb: KnowledgeBase) -> Checklist:
    return kb.checklists["DM12"].model_copy(update={"version": 4, "revised": date(2026, 11, 28), "trialled": []})


def with_trials(kb: KnowledgeBase, sheet: Checklist, *trials: dict[str, Any]) -> KnowledgeBase:
    own = sheet.model_copy(update={"trialled": [Trial.model_validate(OF_DM12 | one) for one in trials]})
    sheets = {name: one.model_copy(update={"trialled": []}) for name, one in kb.checklists.items()} | {own.id: own}
    return replace(kb, records=kb.records | {"checklists": sheets})


# The rule --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trials", "people", "words"),
    [
        ([], 0, "chưa ai dùng ở kỳ họp thật"),
        ([{"people": 2}], 2, "mới có 2 người dùng thử phiên bản này"),
        ([{"people": 2}, {"people": 1, "body": "phường"}], 3, "đã có 3 người dùng thử phiên bản này"),
        # What was changed since is tried anew; what nobody has looked at does not count.
        ([{"version": 3, "people": 9}], 0, "phiên bản này chưa ai dùng thử"),
        ([{"people": 9, "draft": True}], 0, "chưa ai dùng ở kỳ họp thật"),
    ],
)
def test_three_people_have_to_try_the_version_that_stands(
    kb: KnowledgeBase, sheet: Checklist, trials: list[dict[str, Any]], people: int, words: str
) -> None:
    own = with_trials(kb, sheet, *trials).checklists["DM12"]
    assert (people_of_present(own), told(own)) == (people, words)
    assert is_trial_version(own) == (people < ENOUGH)
    assert any(fact.text == "Bản dùng thử" for fact in stamp(kb, own)) == (people < ENOUGH)


def test_page_and_data_say_it_as_the_list_has_it(kb: KnowledgeBase, sheet: Checklist) -> None:
    for trials, trial_version in (([{"people": 2}], True), ([{"people": 3}, {"people": 8, "draft": True}], False)):
        tried = with_trials(kb, sheet, *trials)
        page = Renderer(tried, lambda: "danh-muc/dm12.md", lambda: "directory").record_header()
        assert ("Bản dùng thử" in page) == trial_version and f"{trials[0]['people']} người dùng thử" in page
        (data,) = [one for one in contract(tried, "directory").model_dump()["checklists"] if one["id"] == "DM12"]
        assert data["trial_version"] == trial_version
        assert [(one["people"], one["body"]) for one in data["trialled"]] == [(trials[0]["people"], "xã")], "no draft"


def test_what_pages_say_of_all_sheets_is_computed(kb: KnowledgeBase, sheet: Checklist) -> None:
    assert told_of_all(with_trials(kb, sheet)) == "Các phiếu là bản dùng thử: chưa ai dùng ở kỳ họp thật."
    assert "chưa phiếu nào đủ 3 người" in told_of_all(with_trials(kb, sheet, {"people": 1}))
    rest = len(kb.checklists) - 1
    assert told_of_all(with_trials(kb, sheet, {})).startswith("1 phiếu đã có")
    assert f"{rest} phiếu còn là bản dùng thử" in told_of_all(with_trials(kb, sheet, {}))


def test_sheets_of_before_that_said_no_still_load(kb: KnowledgeBase, sheet: Checklist) -> None:
    assert Checklist.model_validate(sheet.model_dump() | {"trialled": False}).trialled == []


def test_faults_of_a_draft_trial_are_told_and_stop_nothing(project: Project) -> None:
    """One may be younger than the edition: it comes in all the same."""
    late = "trialled:\n  - {date: 2099-01-05, version: 9, body: xã, people: 3, draft: true}"
    project.replace("checklists/dm05.yml", "trialled: []", late)
    found = project.check()
    assert {issue.code for issue in found} == {"trial-date", "trial-version", "trial-draft"}
    assert all(issue.draft and issue.level == Level.WARNING for issue in found)


# What is sent ----------------------------------------------------------------------------------------------

LINES = """Phiếu dùng thử
Phiếu rà soát: DM12
Phiên bản: {version}
Ngày dùng thử: {day}
Nơi thử: xã
Số người: 5
Số phút: 12
Mục để trống: 3; 7
Chưa hiểu: “liên tịch” là gì
Muốn đổi: In đậm tên mục
Bớt một mục
"""
MESSY = """[10:23, 29/11/2026] Văn phòng: 🙏 gui anh phieu dung thu
[10:24, 29/11/2026] Phiếu rà soát: dm 12
> - phien ban {version}
1. ngay dung thu {day}
noi thu: HĐND phường
so nguoi: khoang nam nguoi
so phut: 1h15
muc de trong: khong
Chưa hiểu: ……
muon doi: ông Nguyễn Văn Mẫu bảo nên in chữ to
{{{{ ref("HC1") }}}}
"""


def facts(kb: KnowledgeBase) -> dict[str, str]:
    """Return the version of the sheet and a day on which it was there."""
    own = kb.checklists["DM12"]
    return {"version": str(own.version), "day": f"{own.revised:%d/%m/%Y}"}


def filled_word(kb: KnowledgeBase, answers: list[str], said: list[list[str]]) -> bytes:
    """Return the form as Word has it once it is filled: the table's second column, the lines below the labels."""
    word = read_document(io.BytesIO(template_docx(kb, kb.documents["BM52"])))
    for row, answer in zip(word.tables[0].rows[1:], answers, strict=True):
        row.cells[1].paragraphs[0].add_run(answer)
    labels = [one for one in word.paragraphs if one.text.rstrip().endswith(":")]
    assert len(labels) == len(SAID)
    for label, lines in zip(labels, said, strict=True):
        at = label._p
        for line in lines:
            at = at.getnext()
            at.append(label.add_run(line)._r)
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def test_pasted_lines_and_the_word_file_say_the_same(kb: KnowledgeBase) -> None:
    own = facts(kb)
    word = filled_word(
        kb, ["DM12", own["version"], own["day"], "xã", "5", "12"],
        [["3; 7"], ["“liên tịch” là gì"], ["In đậm tên mục", "Bớt một mục"]],
    )  # fmt: skip
    found = []
    for text in (LINES.format(**own), text_of_word(word)):
        note = read_trial(kb, text, kb.edition.date)
        assert note and note.twice == ""
        sheet, trial, faults = trial_of(kb, note, kb.edition.date)
        assert sheet and sheet.id == "DM12" and faults == []
        found.append(trial)
    assert found[0] == found[1] == {
        "date": kb.checklists["DM12"].revised, "version": int(own["version"]), "body": "xã", "people": 5, "minutes": 12,
        "left_blank": ["3", "7"], "unclear": ["“liên tịch” là gì"], "wanted": ["In đậm tên mục", "Bớt một mục"], "draft": True,
    }  # fmt: skip


def test_messy_lines_are_read_and_their_names_asked_about(kb: KnowledgeBase) -> None:
    note = read_trial(kb, MESSY.format(**facts(kb)), kb.edition.date)
    assert note
    assert [one.text for one in suspects(note.said)] == ["Nguyễn Văn Mẫu"]
    clean = struck(note.said, ["Nguyễn Văn Mẫu"])
    sheet, trial, faults = trial_of(kb, replace(note, said=clean), kb.edition.date)
    assert sheet and faults == []
    assert (trial["body"], trial["people"], trial["minutes"]) == ("phường", 5, 75)
    assert "left_blank" not in trial and "unclear" not in trial
    assert trial["wanted"][-2] == "ông […] bảo nên in chữ to" and "{{" not in str(trial["wanted"])
    assert "gui anh phieu dung thu" in trial["wanted"], "no word is lost"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("DM12", "", "Phiếu rà soát: chưa ghi → ghi mã ở đầu phiếu, ví dụ DM12"),
        ("DM12", "DM99", "Phiếu rà soát: không có phiếu DM99"),
        ("DM12", "DM12 và DM13", "Phiếu rà soát: ghi 2 mã (DM12, DM13) → mỗi phiếu một tệp"),
        ("{version}", "99", "Phiên bản: ghi 99, DM12 chỉ có phiên bản 1 đến"),
        ("{version}", "mới", "Phiên bản: không đọc được “mới”"),
        ("{day}", "31/02/2026", "Ngày dùng thử: không đọc được “31/02/2026”"),
        ("{day}", "5/11", "Ngày dùng thử: không đọc được “5/11” → ghi đủ ngày/tháng/năm"),
        ("{day}", "05/01/2062", "Ngày dùng thử: 05/01/2062 chưa tới"),
        ("{day}", "01/01/2020", "Ngày dùng thử: 01/01/2020, DM12 phiên bản"),
        ("Nơi thử: xã", "Nơi thử: xã / phường / đặc khu", "Nơi thử: không đọc được “xã / phường / đặc khu” → ghi một"),
        ("Số người: 5", "Số người: 3-4", "Số người: không đọc được “3-4” → ghi một số"),
        ("Số người: 5", "Số người: 0 5", "Số người: không đọc được"),
        ("Số người: 5", "Số người: 5000", "Số người: ghi 5000 → ghi từ 1 đến 500"),
        ("Số phút: 12", "Số phút: lâu lắm", "Số phút: không đọc được “lâu lắm” → ghi một số, hoặc bỏ trống"),
        ("Số phút: 12", "Phiếu rà soát: DM13", "Phiếu rà soát: có hai câu trả lời khác nhau"),
    ],
)  # fmt: skip
def test_each_fault_is_one_line(kb: KnowledgeBase, old: str, new: str, line: str) -> None:
    assert old in LINES
    note = read_trial(kb, LINES.replace(old, new, 1).format(**facts(kb)), kb.edition.date)
    assert note
    _sheet, _trial, faults = trial_of(kb, note, kb.edition.date)
    assert len(faults) == 1 and faults[0].startswith(line), faults


def test_the_form_as_it_comes_is_not_filled(kb: KnowledgeBase) -> None:
    blank = text_of_word(template_docx(kb, kb.documents["BM52"]))
    page = (kb.root / "docs" / PAGE).read_text("utf-8")
    lines = next(part for part in page.split("```") if "Phiếu dùng thử\n" in part)
    for text in (blank, lines):
        note = read_trial(kb, text.partition("}\n")[2] or text, kb.edition.date)
        assert note and note.said.sections == (), note
        _sheet, trial, faults = trial_of(kb, note, kb.edition.date)
        assert [one.partition(":")[0] for one in faults] == [
            "Phiếu rà soát", "Phiên bản", "Ngày dùng thử", "Nơi thử", "Số người"
        ]  # fmt: skip
        assert trial == {"draft": True}


@pytest.mark.parametrize(
    "text",
    [
        "Việc đã xảy ra: Phiếu rà soát in thiếu trang.\nĐề nghị đổi: In hai mặt.",
        "Cho: DM12, mục 2\nĐang ghi: Chọn dự thảo.\nNên sửa thành: (bỏ trống)\nVì sao: đã chia từ trước",
        "Phiên bản: 4",
        "Ngày mai họp: gửi phiếu dùng thử cho Ban",
    ],
)
def test_other_messages_are_no_trial(kb: KnowledgeBase, text: str) -> None:
    assert read_trial(kb, text, kb.edition.date) is None


# The command -----------------------------------------------------------------------------------------------


def test_a_filled_word_file_becomes_a_draft_trial_and_counts_once_looked_at(
    project: Project, kb: KnowledgeBase
) -> None:
    own = facts(kb)
    before = re.sub(r"(?m)^trialled:.*\n(?:[ -].*\n)*", "trialled: []\n", project.read(DM12))
    project.write(DM12, before)
    word = filled_word(kb, ["DM12", own["version"], own["day"], "xã", "4", ""], [[], ["chị Lò Thị Mẫu hỏi"], []])
    (project.root / "phieu.docx").write_bytes(word)
    asked = run_here("inbox", root=project.root, FILE="phieu.docx")
    assert asked.returncode == 1 and "“Lò Thị Mẫu”" in asked.stdout and project.read(DM12) == before
    done = run_here("inbox", root=project.root, FILE="phieu.docx", strike="Lò Thị Mẫu")
    assert done.returncode == 0, done.stdout
    assert "có 4 người dùng thử: chữ “Bản dùng thử” tự bỏ" in done.stdout
    text = project.read(DM12)
    assert "Lò" not in text and "chị […] hỏi" in text
    assert [line for line in before.split("\n") if line not in text.split("\n")] == ["trialled: []"]
    kb, issues = check_project(project.root)
    assert [(issue.code, issue.draft) for issue in issues] == [("trial-draft", True)]
    assert is_trial_version(kb.checklists["DM12"]) and all_trials(kb) == []
    again = run_here("inbox", root=project.root, FILE="phieu.docx", strike="Lò Thị Mẫu")
    assert again.returncode == 1 and "đã có lần dùng thử này" in again.stdout and project.read(DM12) == text
    project.write(DM12, text.replace("    draft: true", "    changed: không đổi"))
    kb, issues = check_project(project.root)
    assert issues == [] and not is_trial_version(kb.checklists["DM12"])


def test_nothing_is_written_while_a_fault_is_left(project: Project, kb: KnowledgeBase) -> None:
    project.write("tin.txt", LINES.format(version="99", day="hôm qua"))
    before = {path: path.read_bytes() for path in (project.root / "checklists").iterdir()}
    said = run_here("inbox", root=project.root, FILE="tin.txt")
    assert said.returncode == 1 and said.stdout.count("\n") == 3 and said.stdout.endswith("Chưa ghi tệp nào.\n")
    assert {path: path.read_bytes() for path in (project.root / "checklists").iterdir()} == before


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "lưu dạng .docx"),
        (b"PK\x03\x04" + b"\0" * 60, "hỏng"),
        ("other", "không phải tệp Word"),
        ("<w:document", "hỏng"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "hỏng"),
    ],
)
def test_a_file_that_is_no_word_file_is_one_line(project: Project, data: bytes | str, why: str) -> None:
    if isinstance(data, str):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as made:
            made.writestr("a.txt" if data == "other" else "word/document.xml", data)
        data = packed.getvalue()
    with pytest.raises(NotWord, match=why):
        text_of_word(data)
    (project.root / "tep.docx").write_bytes(data)
    said = run_here("inbox", root=project.root, FILE="tep.docx")
    assert said.returncode == 1 and said.stdout.count("\n") == 1 and why in said.stdout


def test_a_word_file_with_a_lesson_is_read_too(project: Project) -> None:
    word = read_document()
    word.add_paragraph("Việc đã xảy ra: Báo cáo thẩm tra đến muộn.")
    word.save(str(project.root / "loi.docx"))
    done = run_here("inbox", root=project.root, FILE="loi.docx")
    assert done.returncode == 0 and "docs/nguon/nhan-" in done.stdout, done.stdout


@pytest.mark.parametrize(
    "held",
    [
        "trialled: []\n",
        "trialled:\n  - date: 2026-01-05\n    version: 1\n  # của năm nay\n  - date: 2026-12-05\n    version: 2\n",
        "trialled:\n- date: 2026-12-05\n  version: 2\n\n# vai trò\n",
        "trialled: [{date: 2026-01-05, version: 1}]\n",
        "trialled:\n  - {date: 2026-01-05, version: 1}\n",
        "trialled: false # chưa\n",
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_trial_goes_to_its_place_by_date(held: str, ends: str) -> None:
    text = f"# đầu\nid: DM05\n{held}roles: [van-phong]\nrounds:\n  - title: Lần\n".replace("\n", ends)
    new = with_trial(text, {"date": date(2026, 11, 29), "version": 2, "wanted": ["Chữ: to"]})
    before, after = yaml.safe_load(text), yaml.safe_load(new)
    assert {k: v for k, v in after.items() if k != "trialled"} == {k: v for k, v in before.items() if k != "trialled"}
    days = [one["date"] for one in after["trialled"]]
    assert days == sorted(days) and len(days) == len(before["trialled"] or []) + 1
    assert {"date": date(2026, 11, 29), "version": 2, "wanted": ["Chữ: to"]} in after["trialled"]
    assert new.count("\n") == new.count(ends), "line ends as they were"
    kept = [line for line in text.split(ends) if not line.startswith("trialled")]
    assert [line for line in kept if line not in new.split(ends)] == []


# The form and the page -------------------------------------------------------------------------------------


def test_the_form_names_every_thing_that_is_read(kb: KnowledgeBase) -> None:
    text = text_of_word(template_docx(kb, kb.documents["BM52"]))
    filled = "\n".join(
        f"{line} DM12" if line.endswith(": ") or line.endswith(":") else line for line in text.split("\n")
    )
    note = read_trial(kb, filled, kb.edition.date)
    assert note and set(note.facts) == {"sheet", "version", "day", "body", "people", "minutes"}
    assert [heading for heading, _lines in note.said.sections] == [label for label, _starts in SAID.values()]


@pytest.mark.office
def test_the_form_is_one_page_filled_or_not(kb: KnowledgeBase, tmp_path: Path) -> None:
    # Some lines run over into a second one.
    once = "Một câu gần đầy dòng, như người ta vẫn gõ vào phiếu"
    long = [f"{once}. {once}", *[once] * 3]
    own = facts(kb)
    answers = ["DM12", own["version"], own["day"], "lớp bồi dưỡng", "15", "45"]
    files = {"trong": template_docx(kb, kb.documents["BM52"]), "day": filled_word(kb, answers, [long, long, long])}
    for name, data in files.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    printed([str(tmp_path / f"{name}.docx") for name in files], tmp_path)
    for name in files:
        reader = pypdf.PdfReader(tmp_path / f"{name}.pdf")
        text = folded_space(" ".join(page.extract_text() for page in reader.pages))
        assert len(reader.pages) == 1, name
        assert "PHIẾU DÙNG THỬ" in text and "Muốn đổi" in text
        size = reader.pages[0].mediabox
        assert (round(float(size.width)), round(float(size.height))) == (595, 842), "A4"


def test_fifteen_steps_and_more_on_every_kind_of_device_untried_until_somebody_reports(kb: KnowledgeBase) -> None:
    titles = " ".join(step.title for step in kb.try_steps.values())
    assert len(kb.try_steps) >= 15
    for device in ("Word", "WPS", "LibreOffice", "Excel", "Zalo", "iPhone", "Android", "Máy in", "USB"):
        assert device in titles, device
    page = Renderer(kb, lambda: PAGE, lambda: "directory").try_list()
    untried = sum(not step.reports for step in kb.try_steps.values())
    assert page.count("</strong> – chưa thử") == untried
    for step in kb.try_steps.values():
        assert f'id="{step.id}"' in page and all(line in page for line in (*step.do, *step.see))


def test_a_report_takes_the_place_of_untried(kb: KnowledgeBase) -> None:
    first = next(iter(kb.try_steps.values()))
    seen = [
        {"date": date(2026, 11, 29), "edition": TODAY, "device": "Word 2019, Windows 10", "result": "được"},
        {
            "date": date(2026, 11, 30),
            "edition": TODAY,
            "device": "Word 2016",
            "result": "được một phần",
            "note": "Chữ nhỏ.",
        },
    ]
    step = type(first).model_validate(first.model_dump() | {"reports": seen})
    last = last_report(step)
    assert last and last.result == "được một phần"
    untried = Renderer(kb, lambda: PAGE, lambda: "directory").try_list().count("chưa thử")
    page = Renderer(
        replace(kb, try_steps={**kb.try_steps, step.id: step}), lambda: PAGE, lambda: "directory"
    ).try_list()
    assert page.count("chưa thử") == untried - 1 and "</strong> – được một phần" in page
    assert page.index("Word 2016") < page.index("Word 2019") and "bản ngày 29/11/2026" in page


def test_trials_are_listed_newest_first_without_drafts(kb: KnowledgeBase, sheet: Checklist) -> None:
    tried = with_trials(
        kb, sheet, {"version": 3, "date": date(2026, 10, 5), "changed": "Bớt một mục.", "left_blank": ["mục 3"]},
        {"people": 2, "unclear": ["“liên tịch”"], "minutes": 9}, {"people": 77, "draft": True},
    )  # fmt: skip
    text = LexborHTMLParser(Renderer(tried, lambda: PAGE, lambda: "directory").trial_list()).body.text()  # type: ignore[union-attr]
    lines = [folded_space(line) for line in text.split("\n") if line.strip()]
    assert len(lines) == 2 and "77" not in text
    assert (
        lines[0].startswith("Ngày 29/11/2026")
        and "2 người; 9 phút. Đã sửa: không đổi. Chưa hiểu: “liên tịch”." in lines[0]
    )
    assert "phiên bản 3 (nay là 4); xã; 3 người. Đã sửa: bớt một mục. Để trống: mục 3." in lines[1]
    assert (
        "Chưa có lần dùng thử nào" in Renderer(with_trials(kb, sheet), lambda: PAGE, lambda: "directory").trial_list()
    )


def test_users_are_led_to_the_page(site: Path) -> None:
    for page in ("tra-cuu/gioi-thieu", "tra-cuu/gop-y", "danh-muc", "danh-muc/dm12", "bieu-mau/bm52"):
        tree = LexborHTMLParser((site / page / "index.html").read_text("utf-8"))
        links = [node.attributes.get("href") or "" for node in tree.css("article a")]
        assert any("da-thu-o-dau/" in link for link in links), page
    tree = LexborHTMLParser((site / "tra-cuu/da-thu-o-dau/index.html").read_text("utf-8"))
    assert any("Đã thử ở đâu" in node.text() for node in tree.css("nav a"))


def test_the_page_fits_a_phone_and_two_sheets_of_paper(
    context: BrowserContext, address: str, kb: KnowledgeBase
) -> None:
    page = context.new_page()
    page.goto(f"{address}/tra-cuu/da-thu-o-dau/")
    assert not stays_too_wide(page, 360)
    texts = pages_of(page.pdf(prefer_css_page_size=True))
    untried = not any(step.reports for step in kb.try_steps.values()) and not all_trials(kb)
    assert len(texts) <= (2 if untried else 9)
    for step in kb.try_steps.values():
        # No step is cut: what it is and what should be seen stand on one page.
        (own,) = [text for text in texts if f"{step.title} –" in text]
        assert step.see[-1][:20] in own, step.id


def test_what_stands_in_the_steps_is_not_in_the_search(site: Path, kb: KnowledgeBase) -> None:
    docs = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    own = [one for one in docs if one["location"].startswith("tra-cuu/da-thu-o-dau/")]
    assert own and not any(kb.try_steps["thu-usb"].do[0][:20] in one["text"] for one in own)
