"""Word files: the decree's figures, fonts on every script, guidance in comments, slots, no residue."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from docx import Document as read_document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from selectolax.lexbor import LexborHTMLParser

from knowledge.document_text import flat, ground_text
from knowledge.form_fields import EACH_FIELDS, unfilled
from knowledge.records.documents import Document, TemplateDocument
from knowledge.records.knowledge_base import KnowledgeBase
from macros.renderer import Renderer
from papers.word.nd30 import ELEMENTS, official_faults, paragraphs_of, runs_of, words_of
from papers.word.official import STYLES
from papers.word.sheet import sheet_docx
from papers.word.templates import template_docx
from tests.conftest import Made
from tests.test_content import FORMS, SHEETS

SPREADSHEETS = ["BM07", "BM24", "BM43", "BM50"]
WORD = [form for form in FORMS if form not in SPREADSHEETS]
RESOLUTIONS = ["BM01", "BM02", "BM03", "BM04", "BM05"]


@pytest.fixture(scope="module")
def files(kb: KnowledgeBase) -> dict[str, bytes]:
    return Made(lambda form: template_docx(kb, kb.documents[form]))


def is_internal(template: TemplateDocument) -> bool:
    return template.documents[0].form == "internal"


def text_of(data: bytes) -> str:
    return "\n".join(words_of(p) for p in paragraphs_of(read_document(io.BytesIO(data))))


NUMBERED = {
    "BM01": "Điều 1. | 1. 2. 3. 4. 5. 6. | Điều 2. | 1. 2. 3. | Điều 3. | 1. a) b) c) d) đ) e) | Điều 4. | 1. 2. 3. 4. 5. | Điều 5.",
    "BM03": "Điều 1. | 1. 2. 3. 4. | Điều 2. | 1. 2. | Điều 3. | Phụ lục I | Phụ lục II",
    "BM04": "Điều 1. | Điều 2. | 1. a) b) c) 2. a) b) c) d) | Điều 3. | 1. 2. 3. | Điều 4. | 1. 2. | Điều 5. | Phụ lục I | Phụ lục II | Phụ lục III",
    "BM05": "Điều 1. | 1. 2. 3. 4. | Điều 2. | Điều 3. | 1. 2. | Điều 4. | Phụ lục",
    "BM20": "1. 2. 3. 4. 5. 6. 7.",
}  # fmt: skip
"""How the blocks of some templates are numbered, written out from their files by hand."""
GROUNDS = {
    "luat-72-2025": "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
    "luat-89-2025": "Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2025",
}
NUMBER = re.compile(r"Điều \d+\.|\d+\.(?= )|[a-zđ]\)(?= )|Phụ lục(?: [IVX]+)?$")


def numbers_in(lines: list[str]) -> str:
    return " ".join(found[0] for line in lines if (found := NUMBER.match(line)))


def as_written(text: str) -> str:
    """Return a text as the unfilled file has it; what is repeated stands for the first matter."""
    for name, field in EACH_FIELDS.items():
        text = text.replace(f"{{nd.{name}}}", "1" if name == "so" else f"{field.blank[:-1]} 1»")
    return unfilled(text)


def pieces_of(document: Document) -> list[str]:
    """Return the words of a document in reading order, without numbers, as far as they are running text."""
    found = [document.name, *([document.subject] if document.subject else []), *document.authority]
    found += [(ground.text or GROUNDS[ground.instrument or ""]).rstrip(";.") for ground in document.grounds]
    for block in flat(document.blocks):
        for name in ("title", "text", "label"):
            words = getattr(block, name, "")
            if words and block.kind != "appendix":
                found.append(words.rstrip(".;"))
        found += [item.rstrip(".;") for item in getattr(block, "items", [])]
    return [as_written(text) for text in found]


@pytest.mark.parametrize("form", list(NUMBERED))
@pytest.mark.full
def test_articles_clauses_points_and_appendices_are_numbered_as_written_here(
    files: dict[str, bytes], kb: KnowledgeBase, form: str
) -> None:
    expected = NUMBERED[form].replace(" |", "")
    assert numbers_in(text_of(files[form]).split("\n")) == expected
    page = kb.page_of[form]
    preview = Renderer(kb, lambda: page, lambda: "directory").document_preview().replace("<br>", "<br>\n")
    lines = [line.strip() for node in LexborHTMLParser(preview).css("p") for line in node.text().split("\n")]
    assert numbers_in(lines) == expected


@pytest.mark.parametrize("form", WORD)
def test_an_official_document_keeps_the_figures_of_the_decree(
    files: dict[str, bytes], kb: KnowledgeBase, form: str
) -> None:
    if is_internal(kb.documents[form]):
        assert kb.templates[form].kind == "internal"
    else:
        assert official_faults(files[form]) == []


@pytest.mark.parametrize(
    ("words", "spoil"),
    [
        ("left margin", lambda d: setattr(d.sections[0], "left_margin", Mm(20))),
        ("not A4", lambda d: setattr(d.sections[0], "page_width", Mm(216))),
        ("first page", lambda d: setattr(d.sections[0], "different_first_page_header_footer", False)),
        ("VB Nội dung: size", lambda d: spoil_run(d, "VB Nội dung", lambda r: setattr(r.font, "size", Pt(12)))),
        ("VB Tên loại: bold", lambda d: spoil_run(d, "VB Tên loại", lambda r: setattr(r, "bold", False))),
        ("VB Căn cứ: italic", lambda d: spoil_run(d, "VB Căn cứ", lambda r: setattr(r, "italic", False))),
        ("not in capitals", lambda d: spoil_run(d, "VB Quốc hiệu", lambda r: setattr(r, "text", "Cộng hòa"))),
        ("first line indented", lambda d: spoil_paragraph(d, "first_line_indent", Mm(20))),
        ("pt between", lambda d: spoil_paragraph(d, "space_after", Pt(2))),
        ("line spacing", lambda d: spoil_paragraph(d, "line_spacing", 2.0)),
        ("not justified", lambda d: spoil_paragraph(d, "alignment", 0)),
        ("font Arial", lambda d: spoil_run(d, "VB Nội dung", lambda r: setattr(r.font, "name", "Arial"))),
        ("has no style", lambda d: d.add_paragraph("Một đoạn không kiểu")),
    ],
)  # fmt: skip
def test_each_figure_that_is_wrong_is_caught(
    files: dict[str, bytes], words: str, spoil: Callable[[object], None]
) -> None:
    document = read_document(io.BytesIO(files["BM02"]))
    spoil(document)
    out = io.BytesIO()
    document.save(out)
    faults = official_faults(out.getvalue())
    assert any(words in fault for fault in faults), faults


def spoil_run(document: object, style: str, change: Callable[[object], None]) -> None:
    for paragraph in paragraphs_of(document):  # type: ignore[arg-type]
        if paragraph.style.name == style and paragraph.runs:  # type: ignore[union-attr]
            change(paragraph.runs[0])
            return
    raise AssertionError(f"nothing to spoil: {style}")


def spoil_paragraph(document: object, name: str, value: object) -> None:
    for paragraph in paragraphs_of(document):  # type: ignore[arg-type]
        if paragraph.style.name == "VB Nội dung":  # type: ignore[union-attr]
            setattr(paragraph.paragraph_format, name, value)
            return
    raise AssertionError("nothing to spoil")


def test_our_styles_are_those_of_the_decree() -> None:
    assert set(STYLES) == set(ELEMENTS)
    for name, style in STYLES.items():
        least, most = ELEMENTS[name].sizes
        assert least <= style.size <= most, name
        assert (style.bold, style.italic) == (ELEMENTS[name].bold, ELEMENTS[name].italic), name


@pytest.mark.parametrize("form", WORD)
def test_fonts_are_named_on_every_script_and_no_theme_font_is_left(
    files: dict[str, bytes], kb: KnowledgeBase, form: str
) -> None:
    wanted = "Arial" if is_internal(kb.documents[form]) else "Times New Roman"
    with zipfile.ZipFile(io.BytesIO(files[form])) as archive:
        parts = {n: archive.read(n).decode() for n in archive.namelist() if n.endswith(".xml")}
    styles = parts["word/styles.xml"]
    for tag in re.findall(r"<w:rFonts[^>]*>", styles):
        assert "heme" not in tag, tag
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            assert f'w:{script}="{wanted}"' in tag, tag
    assert 'w:val="vi-VN"' in styles
    whole = " ".join(parts.values()).lower()
    for residue in ("python-docx", "generated by", "courier", "steve canny"):
        assert residue not in whole, residue
    assert not any("thumbnail" in name for name in zipfile.ZipFile(io.BytesIO(files[form])).namelist())


@pytest.mark.parametrize("form", WORD)
def test_the_file_says_what_the_record_says_in_order(files: dict[str, bytes], kb: KnowledgeBase, form: str) -> None:
    text = text_of(files[form])
    position = 0
    for document in kb.documents[form].documents:
        for piece in pieces_of(document):
            found = text.find(piece, position)
            assert found >= 0, piece
            position = found
    for document in kb.documents[form].documents:
        for signature in document.signatures:
            assert unfilled(signature.office) in text
        for recipient in document.recipients:
            assert f"- {unfilled(recipient.rstrip('.;'))};" in text


@pytest.mark.parametrize("form", WORD)
def test_guidance_is_in_comments_and_never_in_the_text(files: dict[str, bytes], kb: KnowledgeBase, form: str) -> None:
    document = read_document(io.BytesIO(files[form]))
    comments = [comment.text for comment in document.comments]
    text = text_of(files[form])
    for one in kb.documents[form].documents:
        pieces = [one, *one.grounds, *flat(one.blocks), *one.signatures]
        for note in filter(None, (piece.note for piece in pieces)):
            assert any(note in comment for comment in comments), note
            assert note not in text
    assert len(comments) <= 6, "few are read, and each must go before printing"
    assert not re.search(r"_{3,}|\.{4,}|(?<!\d)(19|20)\d\d(?!\d)(?<!2025)", text), "no dots, no years"
    assert "[…]" not in text and "{" not in text, "every blank has a name"


def test_only_verified_instruments_stand_as_ground(kb: KnowledgeBase) -> None:
    named = {
        ground.instrument
        for template in kb.documents.values()
        for document in template.documents
        for ground in document.grounds
        if ground.instrument
    }
    assert named == {"luat-72-2025", "luat-89-2025"}
    for form in RESOLUTIONS:
        (first, *_rest) = kb.documents[form].documents[0].grounds
        assert ground_text(kb, first) == ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;"), (
            "a law by its name and day, without number and issuer"
        )


@pytest.mark.parametrize("form", RESOLUTIONS)
def test_a_resolution_is_certified_by_the_chair_and_says_what_it_cannot_serve(
    files: dict[str, bytes], kb: KnowledgeBase, form: str
) -> None:
    template = kb.documents[form]
    (document,) = template.documents
    assert document.form == "resolution" and template.normative
    assert document.issuer[0] == "HỘI ĐỒNG NHÂN DÂN" and document.symbol == "NQ-HĐND"
    assert [(s.authority, s.office) for s in document.signatures] == [(None, "CHỦ TỊCH")]
    text = text_of(files[form])
    assert "QUYẾT NGHỊ:" in text and "Số: «số»/NQ-HĐND" in text
    assert text.count("./.") == 1
    assert any(piece.custom for piece in [*document.grounds, *document.blocks])


def test_a_bans_paper_is_signed_for_the_ban(kb: KnowledgeBase) -> None:
    (report,) = kb.documents["BM14"].documents
    assert report.superior[0] == "HỘI ĐỒNG NHÂN DÂN" and report.issuer[0].startswith("BAN")
    assert [(s.authority, s.office) for s in report.signatures] == [("TM. BAN", "TRƯỞNG BAN")]


def test_the_faults_of_the_first_footnote_cannot_be_forgotten(files: dict[str, bytes]) -> None:
    text = text_of(files["BM01"])
    for words in ("Thường trực Hội đồng nhân dân", "Ủy ban nhân dân", "Ban Kinh tế - Ngân sách", "quyết định của Ủy ban nhân dân",
                  "Hiến pháp, pháp luật", "Giám sát thường xuyên", "Giám sát tại kỳ họp", "Giám sát chuyên đề",
                  "Sự cần thiết", "Đối tượng giám sát", "Phạm vi giám sát"):  # fmt: skip
        assert words in text, words
    assert re.search(r"[Bb]áo cáo .*kỳ họp «", text), "the reporting session is a blank"


@pytest.mark.parametrize("form", [f for f in WORD if f in ("BM16", "BM19", "BM25")])
def test_internal_sheets_bear_nothing_official(files: dict[str, bytes], form: str) -> None:
    text = text_of(files[form])
    for official in ("CỘNG HÒA XÃ HỘI", "Độc lập", "Nơi nhận", "Số: «số»"):
        assert official not in text
    document = read_document(io.BytesIO(files[form]))
    sizes = [r.font.size.pt for p in paragraphs_of(document) for r in runs_of(p) if r.text.strip() and r.font.size]
    assert min(sizes) >= 12


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_local_copy_holds_every_item_and_says_where_it_comes_from(kb: KnowledgeBase, sheet: str) -> None:
    data = sheet_docx(kb, kb.checklists[sheet])
    assert data == sheet_docx(kb, kb.checklists[sheet]), "same bytes"
    document = read_document(io.BytesIO(data))
    text = " ".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p")))
    position = 0
    for placed in (p for p in kb.items.values() if p.checklist.id == sheet):
        position = text.find(placed.item.text, position)
        assert position >= 0, placed.id
        if not placed.item.column:
            assert placed.item.answer in text[position:]
    foot = document.sections[0].footer.paragraphs[0].text
    assert foot.startswith(f"Dựa trên {sheet} · phiên bản {kb.checklists[sheet].version}")
    boxes = list(document.element.body.iter(qn("w:sdt")))
    assert len(boxes) >= sum(len(r.items) for r in kb.checklists[sheet].rounds)
    levels = [p.style.name for p in document.paragraphs if p.style and p.style.name.startswith("Heading")]  # type: ignore[union-attr]
    rounds = len(kb.checklists[sheet].rounds) + bool(kb.checklists[sheet].branches)
    assert levels == ["Heading 1", *["Heading 2"] * rounds]
    # A break of 4 or 6 pt between two tables is no letter.
    sizes = [int(size.get(qn("w:val"))) / 2 for run in document.element.body.iter(qn("w:r")) if run.text.strip()
             for size in run.iter(qn("w:sz"))]  # fmt: skip
    assert min(sizes) >= 12


@pytest.mark.parametrize("form", WORD)
def test_the_page_previews_the_same_words(kb: KnowledgeBase, form: str) -> None:
    page = kb.page_of[form]
    shown = Renderer(kb, lambda: page, lambda: "directory").document_preview()
    assert not re.search(r"\{[a-z.-]+\}", shown), "a field stands as its blank"
    for document in kb.documents[form].documents:
        assert document.name in shown
        for block in flat(document.blocks):
            words = unfilled(getattr(block, "text", "") or getattr(block, "title", ""))
            if words and block.kind not in ("appendix",) and not re.search(r"[<>&\"']", words):
                assert words in shown or words.upper() in shown, words


def test_a_template_gives_the_same_bytes(kb: KnowledgeBase, files: dict[str, bytes]) -> None:
    for form in ("BM01", "BM16"):
        assert template_docx(kb, kb.documents[form]) == files[form]
