"""Official documents as Word files after Nghị định 30/2020/NĐ-CP: a style for each element of the decree."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from knowledge.document_text import PLACE_AND_DAY, ground_text, numbered_blocks
from knowledge.form_fields import unfilled
from knowledge.records.documents import (
    Appendix,
    Article,
    Bullets,
    Checks,
    Clause,
    Document,
    Ground,
    Heading,
    Paragraph,
    Plain,
    Point,
    Table,
    WriteIn,
)
from knowledge.records.knowledge_base import KnowledgeBase
from papers.word.base import CENTRE, JUSTIFY, LEFT, bottom_line, page_number, shape
from papers.word.nd30 import FONT
from papers.word.tables import WIDTH_CM, borderless, unbroken
from papers.word.times_widths import text_width
from papers.word.writer import BODY, Writer

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
SMALL_HEAD = 12
MARGINS_MM = {"top": 20, "bottom": 20, "left": 30, "right": 20}
INDENT_CM = 1.27
GAP_PT = 6
LINE = 1.1
LEFT_CM, RIGHT_CM = 6.2, 9.8


@dataclass(frozen=True)
class _Style:
    size: float
    bold: bool = False
    italic: bool = False
    outline: int | None = None
    capitals: bool = False


STYLES = {
    "VB Quốc hiệu": _Style(12, bold=True),
    "VB Tiêu ngữ": _Style(13, bold=True),
    "VB Cơ quan chủ quản": _Style(12, capitals=True),
    "VB Cơ quan": _Style(12, bold=True, capitals=True),
    "VB Số": _Style(13),
    "VB Địa danh": _Style(13, italic=True),
    "VB Tên loại": _Style(14, bold=True, outline=0, capitals=True),
    "VB Trích yếu": _Style(14, bold=True),
    "VB Kính gửi": _Style(14),
    "VB Thẩm quyền": _Style(14, bold=True, capitals=True),
    "VB Căn cứ": _Style(14, italic=True),
    "VB Phần": _Style(14, bold=True, outline=1, capitals=True),
    "VB Mục": _Style(14, bold=True, outline=2),
    "VB Điều": _Style(14, bold=True, outline=1),
    "VB Nội dung": _Style(14),
    "VB Quyền hạn": _Style(14, bold=True, capitals=True),
    "VB Họ tên": _Style(14, bold=True),
    "VB Nơi nhận": _Style(12, bold=True, italic=True),
    "VB Danh sách nhận": _Style(11),
    "VB Phụ lục": _Style(14, bold=True, outline=1),
    "VB Tên phụ lục": _Style(14, bold=True, capitals=True),
    "VB Kèm theo": _Style(14, italic=True),
    "VB Bảng": _Style(13),
}


class Official(Writer):
    """Official documents: the decree's elements in the decree's order."""

    def __init__(self, word: Word, kb: KnowledgeBase) -> None:
        super().__init__(word, kb)
        for name, wanted in STYLES.items():
            style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            assert isinstance(style, ParagraphStyle)
            style.base_style = word.styles["Normal"]
            style.font.name, style.font.size = FONT, Pt(wanted.size)
            style.font.bold, style.font.italic = wanted.bold, wanted.italic
            style.font.all_caps = wanted.capitals or None
            style.font.color.rgb = RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for script in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{script}"), FONT)
            if wanted.outline is not None:
                level = OxmlElement("w:outlineLvl")
                level.set(qn("w:val"), str(wanted.outline))
                style.element.get_or_add_pPr().append(level)

    def line(self, place: Word | _Cell, style: str, text: str) -> WordParagraph:
        """Add a paragraph in one of the decree's elements."""
        if isinstance(place, _Cell) and not place.paragraphs[0].runs and len(place.paragraphs) == 1:
            paragraph: WordParagraph = place.paragraphs[0]
        else:
            paragraph = place.add_paragraph()
        self.set_style(paragraph, style)
        wanted = STYLES[style]
        self.controls.write(paragraph, text, size=wanted.size, bold=wanted.bold, italic=wanted.italic)
        return paragraph

    def document(self, document: Document, first: bool) -> None:
        """Write one document, in a section of its own so that its pages count from 1."""
        section = self.word.sections[0] if first else self.new_section()
        self._page(section)
        self._head(document)
        self._name(document)
        for count, text in enumerate(document.authority, 1):
            after = GAP_PT if count == len(document.authority) else 0
            shape(self.line(self.word, "VB Thẩm quyền", text), align=CENTRE, after=after, keep=True)
        self._grounds(document.grounds)
        if document.form in ("resolution", "decision"):
            resolved = "QUYẾT NGHỊ:" if document.form == "resolution" else "QUYẾT ĐỊNH:"
            paragraph = self.line(self.word, "VB Thẩm quyền", resolved)
            shape(paragraph, align=CENTRE, before=GAP_PT, after=GAP_PT, keep=True)
        blocks = [block for block, _number in numbered_blocks(document)]
        appendix = next((n for n, block in enumerate(blocks) if isinstance(block, Appendix)), len(blocks))
        for count, (block, number) in enumerate(self.in_order(document)):
            if count == appendix:
                self._signatures(document)
            if isinstance(block, Appendix):
                self._appendix(document, block, number)
            else:
                self.block(block, number, last=count == appendix - 1)
        if appendix == len(blocks):
            self._signatures(document)

    def _page(self, section: Section) -> None:
        for side, millimetres in MARGINS_MM.items():
            setattr(section, f"{side}_margin", Mm(millimetres))
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True
        section.header.is_linked_to_previous = False
        paragraph = section.header.paragraphs[0]
        page_number(paragraph, BODY)
        paragraph.alignment = CENTRE
        # A new section begins as a copy of the one before.
        for old in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(old)
        numbering = OxmlElement("w:pgNumType")
        numbering.set(qn("w:start"), "1")
        section._sectPr.insert_element_before(numbering, "w:cols", "w:titlePg", "w:docGrid")

    def _head(self, document: Document) -> None:
        table = borderless(self.word, (LEFT_CM, RIGHT_CM))
        left, right = table.rows[0].cells
        for text in document.superior:
            shape(self.line(left, "VB Cơ quan chủ quản", text), align=CENTRE)
        for text in document.issuer:
            shape(self.line(left, "VB Cơ quan", text), align=CENTRE)
        longest = max((unfilled(text).upper() for text in document.issuer), key=len)
        self._rule(left, LEFT_CM, min(text_width(longest, SMALL_HEAD, True), 130) * 0.4)
        number = self.line(left, "VB Số", f"Số: «số»/{document.symbol}")
        shape(number, align=CENTRE, before=3)
        shape(self.line(right, "VB Quốc hiệu", STATE), align=CENTRE)
        shape(self.line(right, "VB Tiêu ngữ", MOTTO), align=CENTRE)
        self._rule(right, RIGHT_CM, text_width(MOTTO, 13, True))
        if document.form != "minutes":
            shape(self.line(right, "VB Địa danh", PLACE_AND_DAY), align=CENTRE, before=3)

    def _rule(self, place: Word | _Cell, width_cm: float, points: float) -> None:
        """Draw a rule of so many points, centred, below what stands above."""
        paragraph = place.add_paragraph()
        shape(paragraph, line=1.0)
        paragraph.paragraph_format.line_spacing = Pt(3)
        side = max(0.0, (width_cm / 2.54 * 72 - 11 - points) / 2)
        paragraph.paragraph_format.left_indent = Pt(side)
        paragraph.paragraph_format.right_indent = Pt(side)
        bottom_line(paragraph)

    def _name(self, document: Document) -> None:
        name = self.line(self.word, "VB Tên loại", document.name)
        shape(name, align=CENTRE, before=14, keep=True)
        self.note(name, document)
        if document.subject:
            subject = self.line(self.word, "VB Trích yếu", document.subject)
            shape(subject, align=CENTRE, keep=True)
            width = min(text_width(unfilled(document.subject), BODY, True), WIDTH_CM / 2.54 * 72)
            self._rule(self.word, WIDTH_CM, width * 0.4)
        spacer = 8
        if len(document.addressed_to) == 1:
            one = self.line(self.word, "VB Kính gửi", f"Kính gửi: {document.addressed_to[0]}.")
            shape(one, align=CENTRE, before=spacer, after=spacer)
        elif document.addressed_to:
            head = self.line(self.word, "VB Kính gửi", "Kính gửi:")
            shape(head, align=LEFT, before=spacer)
            head.paragraph_format.left_indent = Cm(3)
            for number, text in enumerate(document.addressed_to, 1):
                end = "." if number == len(document.addressed_to) else ";"
                row = self.line(self.word, "VB Kính gửi", f"- {text}{end}")
                shape(row, align=LEFT, after=spacer if end == "." else 0)
                row.paragraph_format.left_indent = Cm(4.6)
        else:
            shape(self.word.add_paragraph(), line=1.0).paragraph_format.line_spacing = Pt(spacer)

    def _grounds(self, grounds: list[Ground]) -> None:
        for number, ground in enumerate(grounds, 1):
            text = ground_text(self.kb, ground).rstrip(";.")
            end = "." if number == len(grounds) else ";"
            paragraph = self.line(self.word, "VB Căn cứ", text + end)
            self._running(paragraph)
            self.note(paragraph, ground)

    def _running(self, paragraph: WordParagraph, keep: bool = False) -> None:
        shape(paragraph, align=JUSTIFY, first=INDENT_CM, after=GAP_PT, line=LINE, keep=keep)

    def block(self, block: Plain, number: str, last: bool) -> None:
        """Write one block; the last one of the text ends with the mark “./.”."""
        end = "/." if last else ""
        if isinstance(block, Heading):
            style = "VB Phần" if block.level == 1 else "VB Mục"
            paragraph = self.line(self.word, style, block.text)
            shape(paragraph, align=JUSTIFY, first=INDENT_CM, after=GAP_PT, line=LINE, keep=True)
            self.note(paragraph, block)
        elif isinstance(block, Article):
            paragraph = self.line(self.word, "VB Điều", f"{number}{block.title}")
            self._running(paragraph, keep=True)
            self.note(paragraph, block)
        elif isinstance(block, Clause | Point | Paragraph):
            paragraph = self.line(self.word, "VB Nội dung", _ended(f"{number}{block.text}", end))
            self._running(paragraph)
            self.note(paragraph, block)
        elif isinstance(block, Bullets):
            for count, text in enumerate(block.items, 1):
                tail = end if count == len(block.items) else ""
                paragraph = self.line(self.word, "VB Nội dung", _ended(f"- {text}", tail))
                self._running(paragraph)
                if count == 1:
                    self.note(paragraph, block)
        elif isinstance(block, Table):
            self.table(block, "VB Mục", "VB Bảng", 13)
            self._after_table(end)
        elif isinstance(block, WriteIn):
            paragraph = self.line(self.word, "VB Nội dung", f"{block.label}: «ghi»")
            self._running(paragraph)
            self.note(paragraph, block)
        elif isinstance(block, Checks):
            for text in block.items:
                self._running(self.line(self.word, "VB Nội dung", f"- {text}: «có, không»"))

    def _after_table(self, end: str) -> None:
        if end:
            self._running(self.line(self.word, "VB Nội dung", "./."))
        else:
            shape(self.word.add_paragraph(), line=1.0).paragraph_format.line_spacing = Pt(8)

    def _signatures(self, document: Document) -> None:
        if not document.signatures and not document.recipients:
            return
        self.keep_the_end_together(2)
        table = borderless(self.word, (WIDTH_CM / 2, WIDTH_CM / 2))
        unbroken(table)
        left, right = table.rows[0].cells
        if len(document.signatures) > 1:
            self._signature(left, document, 0)
            self._signature(right, document, 1)
        elif document.signatures:
            self._signature(right, document, 0)
        if document.recipients:
            head = self.line(left, "VB Nơi nhận", "Nơi nhận:")
            shape(head, align=LEFT, before=12 if len(document.signatures) > 1 else 0)
            for text in document.recipients:
                shape(self.line(left, "VB Danh sách nhận", f"- {text.rstrip(';.')};"), align=LEFT)
            shape(self.line(left, "VB Danh sách nhận", "- Lưu: VT."), align=LEFT)

    def _signature(self, cell: _Cell, document: Document, number: int) -> None:
        signature = document.signatures[number]
        lines = [*_office_lines(signature.authority or ""), signature.office]
        for count, text in enumerate(lines):
            paragraph = self.line(cell, "VB Quyền hạn", text)
            shape(paragraph, align=CENTRE)
            if count == 0:
                self.note(paragraph, signature)
        shape(self.line(cell, "VB Họ tên", signature.name), align=CENTRE, before=64)

    def _appendix(self, document: Document, block: Appendix, number: str) -> None:
        section = self.new_section()
        self._page(section)
        paragraph = self.line(self.word, "VB Phụ lục", number)
        shape(paragraph, align=CENTRE, keep=True)
        self.note(paragraph, block)
        shape(self.line(self.word, "VB Tên phụ lục", block.title), align=CENTRE, keep=True)
        kind = document.name.capitalize()
        first, *rest = document.issuer
        body = " ".join([first.capitalize(), *(text if "{" in text else text.lower() for text in rest)])
        reference = f"(Kèm theo {kind} số «số»/{document.symbol} ngày «ngày ký» của {_as_name(body)})"
        shape(self.line(self.word, "VB Kèm theo", reference), align=CENTRE, after=10)


BODIES = ("HỘI ĐỒNG NHÂN DÂN", "ỦY BAN NHÂN DÂN")


def _office_lines(authority: str) -> list[str]:
    """Return “TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN” as the two lines that offices write; what is short stays on one."""
    for body in BODIES:
        head = authority.removesuffix(body).strip()
        if head not in ("", authority) and text_width(authority, BODY, True) > (WIDTH_CM / 2 / 2.54 * 72) - 12:
            return [head, body]
    return [authority] if authority else []


def _ended(text: str, end: str) -> str:
    """Return a text with the closing mark “./.” where the document's text ends."""
    return text.rstrip(".;") + "./." if end else text


def _as_name(text: str) -> str:
    """Return a body's name as running text writes it."""
    for wrong, right in (
        ("hội đồng nhân dân", "Hội đồng nhân dân"),
        ("ủy ban nhân dân", "Ủy ban nhân dân"),
        ("thường trực", "Thường trực"),
    ):
        text = text.replace(wrong, right)
    return text
