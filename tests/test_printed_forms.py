"""Forms on paper, blank and filled in, set in a font of Times New Roman's widths (`make test-full`).

No signature alone on a page, no page of one line, heads whole; LibreOffice takes what the file's data say.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pypdf
import pytest
from docx import Document as read_document
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from playwright.sync_api import Page

from knowledge.document_text import flat
from knowledge.records.documents import RowGroup, Table
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import folded_space
from papers.word.templates import template_docx
from publish.deadlines_module import _row
from tests.filling import FACTS, MATTERS, filled, known, matter
from tests.test_filled_forms import controls
from tests.test_office import converted
from tests.test_paper_word import WORD, as_written, is_internal

pytestmark = pytest.mark.office

SUBSTITUTES = {"Times New Roman": "Tinos", "Arial": "Arimo"}
LETTERS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"


@pytest.fixture(scope="module", autouse=True)
def fonts(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let LibreOffice set the decree's font in one of the same widths; who lacks it is told."""
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{wanted}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{has}</string></edit></match>'
        for wanted, has in SUBSTITUTES.items()
    )
    file = tmp_path_factory.mktemp("fonts") / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<include>/etc/fonts/fonts.conf</include>{rules}</fontconfig>"
    )
    patch = pytest.MonkeyPatch()
    patch.setenv("FONTCONFIG_FILE", str(file))


@pytest.mark.parametrize("style", ["Regular", "Bold", "Italic", "Bold Italic"])
def test_the_font_has_the_letters_of_vietnamese(style: str) -> None:
    asked = ["fc-match", "-f", "%{family}|%{file}", f"Tinos:style={style}"]
    family, file = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split("|")
    assert family == "Tinos", "no Tinos: apt install fonts-croscore"
    known_letters = set(TTFont(file).getBestCmap())
    wanted = {*LETTERS, *LETTERS.upper(), *"«»“”–…‘’"}
    assert {letter for letter in wanted if ord(letter) not in known_letters} == set()


def pages_of(files: dict[str, bytes], folder: Path) -> dict[str, list[list[str]]]:
    """Return the lines of every page of Word files, page numbers left out, as LibreOffice prints them."""
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    converted([str(folder / f"{name}.docx") for name in files], folder, "pdf")
    found = {}
    for name in files:
        reader = pypdf.PdfReader(folder / f"{name}.pdf")
        lines = [[folded_space(line).strip() for line in page.extract_text().split("\n")] for page in reader.pages]
        found[name] = [_without_number([line for line in page if line]) for page in lines]
    return found


def _without_number(lines: list[str]) -> list[str]:
    """Leave out a page's number, which stands in the top margin."""
    return lines[1:] if lines and re.fullmatch(r"\d{1,2}", lines[0]) else lines


SIGNED = re.compile(r"Nơi nhận:|TM\. |KT\. |THƯ KÝ$|CHỦ TỌA$|TRƯỞNG (BAN|ĐOÀN)$|NGƯỜI ")


def faults_of(name: str, pages: list[list[str]], heads: set[str]) -> list[str]:
    found = []
    for number, lines in enumerate(pages, 1):
        if len(lines) < 2:
            found.append(f"{name}, page {number}: {len(lines)} lines")
            continue
        if SIGNED.match(lines[0]):
            found.append(f"{name}, page {number}: nothing stands above the signature")
        if lines[-1] in heads:
            found.append(f"{name}, page {number}: ends with “{lines[-1]}”")
        for line in lines:
            if re.search(r"TM\. THƯỜNG TRỰC HỘI|THƯỜNG TRỰC HỘI$|HỘI ĐỒNG NHÂN DÂN XÃ$|^ĐỒNG NHÂN DÂN", line):
                found.append(f"{name}, page {number}: broken “{line}”")
    return found


def heads_of(kb: KnowledgeBase, form: str) -> set[str]:
    """Return what must not stand last on a page: headings, and the last heading of a table."""
    found = set()
    for document in kb.documents[form].documents:
        for block in flat(document.blocks):
            if isinstance(block, Table) and any(isinstance(row, RowGroup) or row[0] for row in block.rows):
                # Rows that are all empty leave no words below the head.
                found.add(as_written(block.columns[-1]))
            elif block.kind in ("heading", "article", "appendix"):
                text = as_written(getattr(block, "text", "") or getattr(block, "title", ""))
                found |= {text, text.upper()}
    return found


def test_blank_forms_are_whole_on_paper(kb: KnowledgeBase, tmp_path: Path) -> None:
    files = {form: template_docx(kb, kb.documents[form]) for form in WORD}
    pages = pages_of(files, tmp_path)
    found = [fault for form in WORD for fault in faults_of(form, pages[form], heads_of(kb, form))]
    assert not found, "\n".join(found)
    for form in WORD:
        used = {str(font["/BaseFont"]).partition("+")[2] for font in fonts_in(tmp_path / f"{form}.pdf")}
        family = "Arimo" if is_internal(kb.documents[form]) else "Tinos"
        assert any(one.startswith(family) for one in used), (form, used)


def fonts_in(pdf: Path) -> list[dict[str, object]]:
    return [
        font.get_object()
        for page in pypdf.PdfReader(pdf).pages
        for font in page["/Resources"].get("/Font", {}).values()  # type: ignore[union-attr, index]
    ]


LONG = "Nghị quyết về việc sắp xếp, đặt tên, đổi tên thôn, tổ dân phố trên địa bàn sau khi thực hiện sắp xếp đơn vị hành chính"


@pytest.mark.parametrize("count", [1, 4, 12])
def test_filled_forms_are_whole_on_paper(kb: KnowledgeBase, modules: Page, tmp_path: Path, count: int) -> None:
    matters = [matter(f"{LONG} ({n})", "nghi-quyet", "Phòng Văn hóa - Xã hội", "Hai Ban") for n in range(count)]
    facts = {**FACTS, "council": "xã " + "Nậm Mường Than Thượng " * 2} if count > 1 else FACTS
    told = known(modules, facts, matters if count != 4 else MATTERS)
    files = {form: filled(modules, template_docx(kb, kb.documents[form]), told) for form in WORD}
    pages = pages_of(files, tmp_path)
    found = [fault for form in WORD for fault in faults_of(form, pages[form], heads_of(kb, form))]
    assert not found, "\n".join(found)
    if count == 12:
        for number in range(count):
            assert any(f"({number})" in line for page in pages["BM10"] for line in page)


def test_what_the_data_say_is_shown_and_the_binding_is_kept(kb: KnowledgeBase, modules: Page, tmp_path: Path) -> None:
    """A control with stale words shows what the file's data hold; saved by LibreOffice it stays bound."""
    deadlines = [_row(kb, kb.deadlines["han-ho-so-tham-tra"])]
    data = filled(modules, template_docx(kb, kb.documents["BM10"]), known(modules, deadlines=deadlines))
    document = read_document(io.BytesIO(data))
    for control in document.element.body.iter(qn("w:sdt")):
        tag = control.find(f".//{qn('w:tag')}")
        if tag is not None and tag.get(qn("w:val")) in ("don-vi", "noi-hop"):
            for words in control.iter(qn("w:t")):
                words.text = "chữ cũ"
    out = io.BytesIO()
    document.save(out)
    pages = pages_of({"stale": out.getvalue()}, tmp_path)
    text = " ".join(line for page in pages["stale"] for line in page)
    assert "chữ cũ" not in text and "Hội trường xã" in text and "xã Mường Than" in text
    (tmp_path / "kept").mkdir()
    shutil.copy(tmp_path / "stale.docx", tmp_path / "kept" / "in.docx")
    converted([str(tmp_path / "kept" / "in.docx")], tmp_path / "kept" / "out", "docx")
    saved = (tmp_path / "kept" / "out" / "in.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(saved)) as archive:
        document_xml = archive.read("word/document.xml").decode()
        assert "Mường Than" in archive.read("customXml/item1.xml").decode()
    assert document_xml.count("/h:ky-hop[1]/h:don-vi[1]") == sum(
        tag == "don-vi" for tag, _place, _words in controls(data)
    )


@pytest.mark.parametrize(
    ("pages", "fault"),
    [
        ([["a", "b"], ["a"]], "page 2: 1 lines"),
        ([["a", "b"], []], "page 2: 0 lines"),
        ([["a", "b"], ["Nơi nhận:", "b"]], "nothing stands above the signature"),
        ([["a", "b"], ["TM. THƯỜNG TRỰC", "b"]], "nothing stands above the signature"),
        ([["a", "Đầu bảng"], ["a", "b"]], "ends with “Đầu bảng”"),
        ([["a", "TM. THƯỜNG TRỰC HỘI"]], "broken"),
        ([["HỘI ĐỒNG NHÂN DÂN XÃ", "b"]], "broken"),
    ],
)
def test_each_fault_of_a_page_is_seen(pages: list[list[str]], fault: str) -> None:
    (found,) = faults_of("BM", pages, {"Đầu bảng"})
    assert fault in found
