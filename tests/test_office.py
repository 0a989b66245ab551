"""Every Word, Excel and PowerPoint file opens in LibreOffice and keeps its words there (`make test-full`)."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pdfplumber
import pypdf
import pytest

from knowledge.dates import Sitting, due
from knowledge.days_off import calendar
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import folded_space
from papers.excel.forms import DAYS, FIRST_LIMIT, FIRST_ROW, OPENING_ROW, template_xlsx
from papers.slides.deck import deck
from tests.test_text import DATES

pytestmark = pytest.mark.office

OFFICE = (".docx", ".xlsx", ".pptx")


def converted(files: list[str], folder: Path, kind: str) -> None:
    """Convert office files with LibreOffice, into a folder."""
    named = os.environ.get("LIBREOFFICE") or shutil.which("soffice") or shutil.which("libreoffice")
    assert named, "no LibreOffice: run `make test-full`, which installs it or says how"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [named, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=600)


def printed(files: list[str], folder: Path) -> None:
    """Print office files to PDF with LibreOffice."""
    converted(files, folder, "pdf")


@pytest.fixture(scope="module")
def opened(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All office files of the site, printed to PDF by LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
    files = [str(p) for p in sorted((site / "tai-ve").iterdir()) if p.suffix in OFFICE]
    assert len(files) > 40
    printed(files, folder)
    return folder


def text_of(pdf: Path) -> tuple[str, int]:
    reader = pypdf.PdfReader(pdf)
    return folded_space(" ".join(page.extract_text() for page in reader.pages)), len(reader.pages)


def test_every_file_opens(opened: Path, site: Path) -> None:
    files = [file for file in (site / "tai-ve").iterdir() if file.suffix in OFFICE]
    assert len(files) > 50
    for file in files:
        pdf = opened / f"{file.stem}.pdf"
        assert pdf.is_file() and pdf.stat().st_size > 5_000, file.name


def test_official_documents_read_right(opened: Path, kb: KnowledgeBase) -> None:
    for form, template in kb.documents.items():
        text, pages = text_of(opened / f"{form.lower()}.pdf")
        assert pages <= 8, f"{form} has {pages} pages before it is filled in"
        for document in template.documents:
            assert folded_space(document.name) in text, form
            if document.form != "internal":
                assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text, "on one line"


def test_local_copies_stay_short(opened: Path, kb: KnowledgeBase) -> None:
    for sheet in kb.checklists:
        text, pages = text_of(opened / f"{sheet.lower()}.pdf")
        assert pages <= 2 and f"Dựa trên {sheet}" in text, sheet


def test_sheets_of_questions_are_one_page(opened: Path, kb: KnowledgeBase) -> None:
    for kind_id in kb.resolution_kinds:
        assert text_of(opened / f"{kind_id.lower()}.pdf")[1] == 1, kind_id


def test_slides_are_a_page_each_and_keep_their_words(opened: Path, kb: KnowledgeBase) -> None:
    assert kb.large_class
    slides = deck(kb, kb.large_class)
    pages = [folded_space(page.extract_text()) for page in pypdf.PdfReader(opened / "lop-hoc.pdf").pages]
    assert len(pages) == len(slides)
    for page, slide in zip(pages, slides, strict=True):
        assert folded_space(slide.title) in page, slide.title
        for line in slide.lines:
            assert folded_space(" ".join(filter(None, (line.label, line.strong, line.text)))) in page, slide.title
    # What stands on a slide stays on it: the program's own lines, measured on its page.
    with pdfplumber.open(opened / "lop-hoc.pdf") as read:
        for page, slide in zip(read.pages, slides, strict=True):
            left, top, width, height = slide.boxes[1]
            seen = [char for char in page.chars if char["text"].strip()]
            body = [char for char in seen if char["size"] > 20 and char["top"] > top - 2]
            assert body and all(char["bottom"] <= top + height and char["x1"] <= left + width + 2 for char in body), (
                slide.title
            )


def test_forms_of_the_class_keep_to_their_pages(opened: Path) -> None:
    assert text_of(opened / "lop-hoc-gop-y.pdf")[1] == 1
    text, pages = text_of(opened / "lop-hoc-diem-danh.pdf")
    assert pages == 2 and text.count("Họ và tên") == 2, "the heads again on the second page"


def test_tables_are_one_page_wide(opened: Path) -> None:
    for form in ("bm07", "bm24"):
        reader = pypdf.PdfReader(opened / f"{form}.pdf")
        assert all(page.mediabox.width > page.mediabox.height for page in reader.pages), "landscape"
        assert len(reader.pages) <= 4


@pytest.mark.parametrize("opening", [date(2026, 12, 10), date(2026, 12, 17), date(2027, 2, 16), date(2026, 8, 25)])
def test_the_table_computes_the_days_that_the_board_does(kb: KnowledgeBase, tmp_path: Path, opening: date) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(kb, kb.documents["BM07"])))
    days, matters = book[DAYS], book.worksheets[0]
    days.cell(OPENING_ROW + 1, 2).value = opening
    limits = [column.limit for column in kb.documents["BM07"].sheets[0].columns if column.limit]
    days.cell(FIRST_LIMIT + 1 + limits.index("han-gui-tai-lieu"), 2).value = 10
    matters.cell(FIRST_ROW + 2, 2).value = "Một nội dung"
    book.save(tmp_path / "bm07.xlsx")
    converted([str(tmp_path / "bm07.xlsx")], tmp_path / "out", "xlsx")
    computed = openpyxl.load_workbook(tmp_path / "out" / "bm07.xlsx", data_only=True).worksheets[0]
    columns = [number for number, column in enumerate(kb.documents["BM07"].sheets[0].columns, 1) if column.limit]
    sitting = Sitting("thuong-le-cuoi-nam", {"khai-mac": opening}, {"ky-hop.thoi-han-gui-tai-lieu": (10, "ngay")})
    wanted = [due(kb.deadlines[limit], sitting, calendar()) for limit in limits]
    found = [computed.cell(FIRST_ROW + 2, number).value for number in columns]
    assert [one.date() for one in found] == [one.day for one in wanted if one]
    assert [computed.cell(FIRST_ROW + 3, number).value or "" for number in columns] == [""] * 4, (
        "an empty row has no day"
    )


def test_a_date_typed_into_a_table_is_shown_as_the_decree_wants_it(kb: KnowledgeBase, tmp_path: Path) -> None:
    template = kb.documents["BM07"]
    number = [column.content for column in template.sheets[0].columns].index("date") + 1
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(kb, template)))
    for row, case in enumerate(DATES):
        book.worksheets[0].cell(FIRST_ROW + 2 + row, number).value = date.fromisoformat(case["iso"])
    book.save(tmp_path / "dates.xlsx")
    printed([str(tmp_path / "dates.xlsx")], tmp_path)
    text, _pages = text_of(tmp_path / "dates.pdf")
    assert [case["shown"] for case in DATES if case["shown"] not in text] == []
