"""The figures of Nghị định 30/2020/NĐ-CP, annex I, that our official documents keep, and their check.

Lengths in millimetres, letters in points, as the decree gives them. ``official_faults`` reads a Word
file back and names everything that departs from these figures.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from docx import Document as read_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FONT = "Times New Roman"
PAGE_MM = (210, 297)
MARGINS_MM = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
INDENTS_CM = (1.0, 1.27)
LEAST_GAP_PT = 6
LINES = (1.0, 1.5)


@dataclass(frozen=True)
class Element:
    """How one element of a document is set: size limits, weight, slant."""

    sizes: tuple[float, float]
    bold: bool
    italic: bool = False
    capitals: bool = False


ELEMENTS = {
    "VB Quốc hiệu": Element((12, 13), True, capitals=True),
    "VB Tiêu ngữ": Element((13, 14), True),
    "VB Cơ quan chủ quản": Element((12, 13), False, capitals=True),
    "VB Cơ quan": Element((12, 13), True, capitals=True),
    "VB Số": Element((13, 13), False),
    "VB Địa danh": Element((13, 14), False, italic=True),
    "VB Tên loại": Element((13, 14), True, capitals=True),
    "VB Trích yếu": Element((13, 14), True),
    "VB Kính gửi": Element((13, 14), False),
    "VB Thẩm quyền": Element((13, 14), True, capitals=True),
    "VB Căn cứ": Element((13, 14), False, italic=True),
    "VB Phần": Element((13, 14), True, capitals=True),
    "VB Mục": Element((13, 14), True),
    "VB Điều": Element((13, 14), True),
    "VB Nội dung": Element((13, 14), False),
    "VB Quyền hạn": Element((13, 14), True, capitals=True),
    "VB Họ tên": Element((13, 14), True),
    "VB Nơi nhận": Element((12, 12), True, italic=True),
    "VB Danh sách nhận": Element((11, 11), False),
    "VB Phụ lục": Element((14, 14), True),
    "VB Tên phụ lục": Element((13, 14), True, capitals=True),
    "VB Kèm theo": Element((13, 14), False, italic=True),
    "VB Bảng": Element((11, 14), False),
}
"""Name of the Word style → what the decree asks of that element (annex I, part I)."""


def official_faults(data: bytes) -> list[str]:
    """Return what departs from the decree in a Word file, one line each; empty when nothing does."""
    document = read_document(io.BytesIO(data))
    return [*_page(document), *_fonts(document), *_elements(document), *_body(document), *_numbers(document)]


def _page(document: Document) -> Iterator[str]:
    for number, section in enumerate(document.sections, 1):
        size = tuple(round(x.mm) for x in (section.page_width, section.page_height) if x)
        if size not in (PAGE_MM, PAGE_MM[::-1]):
            yield f"section {number}: page is {size}, not A4"
        for side, (least, most) in MARGINS_MM.items():
            margin = getattr(section, f"{side}_margin")
            if margin is None or not least - 0.1 <= margin.mm <= most + 0.1:
                yield f"section {number}: {side} margin {margin and margin.mm:.0f} mm"


def _fonts(document: Document) -> Iterator[str]:
    parts = [document.element, document.styles.element]
    parts += [section.header._element for section in document.sections]
    for part in parts:
        for fonts in part.iter(qn("w:rFonts")):
            for script in ("ascii", "hAnsi", "cs", "eastAsia"):
                font = fonts.get(qn(f"w:{script}"))
                if font not in (FONT, None, "MS Gothic"):
                    yield f"font {font} on {script}"
            if any("heme" in name for name in fonts.attrib):
                yield "a theme font"
    colours = {c.get(qn("w:val")) for c in document.element.iter(qn("w:color"))}
    if colours - {"000000", "auto", None}:
        yield f"letters are not black: {colours}"


def _elements(document: Document) -> Iterator[str]:
    for paragraph in paragraphs_of(document):
        name = paragraph.style.name if paragraph.style else ""
        element = ELEMENTS.get(name or "")
        if element is None:
            if paragraph.text.strip():
                yield f"“{paragraph.text[:30]}” has no style of an element ({name})"
            continue
        least, most = element.sizes
        for run in runs_of(paragraph):
            if not run.text.strip():
                continue
            size = run.font.size or paragraph.style.font.size  # type: ignore[union-attr]
            if size is None or not least <= size.pt <= most:
                yield f"{name}: size {size and size.pt}"
            bold = run.bold if run.bold is not None else paragraph.style.font.bold  # type: ignore[union-attr]
            if bool(bold) != element.bold and name != "VB Điều":
                yield f"{name}: bold is {bool(bold)}: “{run.text[:30]}”"
            italic = run.italic if run.italic is not None else paragraph.style.font.italic  # type: ignore[union-attr]
            if bool(italic) != element.italic:
                yield f"{name}: italic is {bool(italic)}: “{run.text[:30]}”"
        text = words_of(paragraph)
        if element.capitals and not paragraph.style.font.all_caps and text != text.upper():  # type: ignore[union-attr]
            yield f"{name}: not in capitals: “{text[:30]}”"


def _body(document: Document) -> Iterator[str]:
    for paragraph in document.paragraphs:
        name = paragraph.style.name if paragraph.style else ""
        if name not in ("VB Nội dung", "VB Điều", "VB Căn cứ"):
            continue
        form = _resolved(paragraph)
        if form["align"] != WD_ALIGN_PARAGRAPH.JUSTIFY:
            yield f"{name}: not justified: “{paragraph.text[:30]}”"
        indent = form["indent"]
        if not any(abs(indent - wanted) < 0.02 for wanted in INDENTS_CM):
            yield f"{name}: first line indented {indent:.2f} cm"
        if form["gap"] < LEAST_GAP_PT:
            yield f"{name}: {form['gap']} pt between paragraphs"
        if not LINES[0] <= form["line"] <= LINES[1]:
            yield f"{name}: line spacing {form['line']}"


def _resolved(paragraph: Paragraph) -> dict[str, float]:
    own, style = paragraph.paragraph_format, paragraph.style.paragraph_format  # type: ignore[union-attr]

    def value(name: str) -> object:
        mine = getattr(own, name)
        return mine if mine is not None else getattr(style, name)

    indent, after, before = value("first_line_indent"), value("space_after"), value("space_before")
    line = value("line_spacing")
    return {
        "align": value("alignment"),  # type: ignore[dict-item]
        "indent": indent.cm if indent is not None else 0.0,  # type: ignore[attr-defined]
        "gap": sum(gap.pt for gap in (after, before) if gap is not None),  # type: ignore[attr-defined]
        "line": float(line) if isinstance(line, (int, float)) else 0.0,
    }


def _numbers(document: Document) -> Iterator[str]:
    for number, section in enumerate(document.sections, 1):
        if not section.different_first_page_header_footer:
            yield f"section {number}: the number shows on the first page"
        head = section.header.paragraphs
        field = "".join(t.text or "" for p in head for t in p._element.iter(qn("w:instrText")))
        if "PAGE" not in field:
            yield f"section {number}: no page number in the top margin"
        if any(p.alignment != WD_ALIGN_PARAGRAPH.CENTER for p in head if "PAGE" in field):
            yield f"section {number}: the page number is not centred"


def runs_of(paragraph: Paragraph) -> list[Run]:
    """Return the runs of a paragraph, those inside controls too."""
    return [Run(one, paragraph) for one in paragraph._p.iter(qn("w:r"))]


def words_of(paragraph: Paragraph) -> str:
    """Return what a paragraph says, what stands in controls too."""
    return "".join(run.text for run in runs_of(paragraph))


def paragraphs_of(document: Document) -> Iterator[Paragraph]:
    """Yield every paragraph of the body and its tables, in reading order."""
    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document._body)
