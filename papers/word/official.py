"""Templates as Word files: official documents after Nghị định 30/2020/NĐ-CP, and internal sheets.

Official documents use one Word style for each element of the decree (``nd30.ELEMENTS``); internal sheets
use the large plain style of the working sheets. Guidance goes into comments, never into the text. What recurs is
a control that is filled once (``controls``); rows and stretches that stand once for each matter are marked, so
that ``office/word-file.js`` can repeat them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from knowledge.document_text import PLACE_AND_DAY, Item, ground_text, numbered_blocks, rows_of
from knowledge.form_fields import unfilled
from knowledge.question_sheet import question_document
from knowledge.records.documents import (
    Appendix,
    Article,
    Bullets,
    Checks,
    Clause,
    Document,
    Ground,
    Heading,
    Noted,
    Paragraph,
    Plain,
    Point,
    Repeat,
    Table,
    TemplateDocument,
    WriteIn,
)
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.resolution_kinds import ResolutionKind
from knowledge.text import vn_date
from papers.cache import Keep, anew
from papers.office_zip import with_texts
from papers.pdf.stamps import EDITION
from papers.word.base import (
    CENTRE,
    JUSTIFY,
    LEFT,
    blank_document,
    bottom_line,
    note,
    page_number,
    run_size,
    saved,
    shape,
    tick_box,
)
from papers.word.controls import Controls, bookmark
from papers.word.nd30 import FONT
from papers.word.times_widths import text_width

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
BODY = 14
TABLE = 12
SMALL_HEAD = 12
MARGINS_MM = {"top": 20, "bottom": 20, "left": 30, "right": 20}
INDENT_CM = 1.27
GAP_PT = 6
LINE = 1.1
WIDTH_CM = 16.0
LEFT_CM, RIGHT_CM = 6.2, 9.8
INTERNAL_FONT = "Arial"


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


def question_docx(kb: KnowledgeBase, kind: ResolutionKind, keep: Keep = anew) -> bytes:
    """Return the sheet of questions of a kind of resolution, to fill; what editions share is kept."""
    common = question_document(kb, kind, EDITION)
    told = [common.model_dump(), kind.title, str(kb.edition.date)]
    edition = f"{kb.edition.name}, bản {vn_date(kb.edition.date)}"
    return with_texts(keep(template_docx, kb, common, told=told), {EDITION: edition})


def template_docx(kb: KnowledgeBase, template: TemplateDocument) -> bytes:
    """Return ``bmNN.docx`` (or ``lnNN.docx``) with all documents of a template, each beginning on a page of its own."""
    title = (kb.templates.get(template.id) or kb.resolution_kinds[template.id]).title
    internal = template.documents[0].form == "internal"
    font = INTERNAL_FONT if internal else FONT
    word = blank_document(font, BODY, f"{template.id} {title}", kb.edition.date)
    writer = (_Internal if internal else _Official)(word, kb)
    for number, document in enumerate(template.documents):
        writer.document(document, first=number == 0)
    # Word wants a paragraph after a table that ends the text, and makes a high one where there is none.
    if word.element.body[-2].tag == qn("w:tbl"):
        writer.no_room(word.add_paragraph())
    writer.controls.attach()
    return saved(word)


class _Writer:
    """What both families do: tables, notes, what is repeated."""

    def __init__(self, word: Word, kb: KnowledgeBase) -> None:
        self.word, self.kb = word, kb
        self.day: date = kb.edition.date
        self.controls = Controls(word)
        self._style_ids: dict[str, str] = {}
        self._stretches = 0

    def note(self, paragraph: WordParagraph, piece: Noted) -> None:
        """Hang a piece's guidance on its paragraph."""
        if piece.note and paragraph.runs:
            note(self.word, paragraph.runs[0], piece.note, self.day)

    def set_style(self, paragraph: WordParagraph, name: str) -> None:
        """Set a style by its ID; asking the library by name walks all styles each time."""
        if name not in self._style_ids:
            self._style_ids[name] = self.word.styles[name].style_id
        paragraph._p.style = self._style_ids[name]

    def in_order(self, document: Document) -> Iterator[tuple[Plain, str]]:
        """Yield a document's blocks with their numbers; what is written in between belongs to its matter, and is marked."""
        begins = {id(one.blocks[0]): one for one in document.blocks if isinstance(one, Repeat)}
        ends = {id(one.blocks[-1]) for one in document.blocks if isinstance(one, Repeat)}
        body = self.word.element.body
        repeat, place = None, 0
        for block, number in numbered_blocks(document):
            if id(block) in begins:
                # The section's properties stand last in the body.
                repeat, place = begins[id(block)], len(body) - 1
                self.controls.item = Item(repeat.each, 1)
            yield block, number
            if repeat and id(block) in ends:
                self._stretches += 1
                kind = f"{repeat.each.replace('-', '_')}{'_trang' if repeat.page else ''}"
                bookmark(body[place], body[len(body) - 2], self._stretches, f"moi_{kind}_{self._stretches}")
                repeat = self.controls.item = None

    def table(self, block: Table, head: str, style: str, size: float) -> WordTable:
        """Write a table whose head repeats on every page and never stands alone at a page's foot."""
        blank: tuple[Item | None, list[str]] = (None, [""] * len(block.columns))
        rows = [*rows_of(block), *[blank] * block.blank_rows]
        table: WordTable = self.word.add_table(rows=1 + len(rows), cols=len(block.columns))
        table.style = self.word.styles["Table Grid"]
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        weights = block.widths or [1] * len(block.columns)
        widths = _widths(weights)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        before = self.controls.item
        for number, (item, texts) in enumerate([(None, block.columns), *rows]):
            self.controls.item = item or before
            row = table.rows[number]
            # The head with two rows; the last row with the one before it.
            keep = number <= min(1, len(rows) - 1) or number == len(rows) - 1 > 0
            for cell, text, width in zip(row.cells, texts, widths, strict=True):
                cell.width = Cm(width)
                paragraph = cell.paragraphs[0]
                self.set_style(paragraph, style if number else head)
                self.controls.write(paragraph, text, size=size, bold=number == 0)
                shape(paragraph, align=CENTRE if number == 0 else LEFT, line=1.0, keep=keep)
        self.controls.item = before
        _repeat_head(table)
        self.note(table.rows[0].cells[0].paragraphs[0], block)
        return table

    def new_section(self) -> Section:
        """Begin a section on a new page; what ends the one before takes no room, or it might make a page of its own."""
        section: Section = self.word.add_section(WD_SECTION.NEW_PAGE)
        self.no_room(WordParagraph(self.word.element.body.p_lst[-1], self.word._body))
        return section

    def no_room(self, paragraph: WordParagraph) -> None:
        """Make an empty paragraph as low as can be."""
        shape(paragraph, line=1.0).paragraph_format.line_spacing = Pt(1)
        mark = OxmlElement("w:rPr")
        run_size(mark, 1)
        properties = paragraph._p.get_or_add_pPr()
        ends = properties.find(qn("w:sectPr"))
        if ends is None:
            properties.append(mark)
        else:
            ends.addprevious(mark)

    def keep_the_end_together(self, count: int) -> None:
        """Keep the last paragraphs of a text with what follows, so that no page holds a signature or one line alone."""
        last: list[WordParagraph] = []
        for element in reversed(list(self.word.element.body)):
            if element.tag == qn("w:tbl"):
                last += [WordParagraph(one, self.word._body) for one in element.tr_lst[-1].iter(qn("w:p"))]
                break
            if element.tag == qn("w:p"):
                last.append(WordParagraph(element, self.word._body))
            if len(last) == count:
                break
        for paragraph in last:
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.keep_together = True


class _Official(_Writer):
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
        table = _borderless(self.word, (LEFT_CM, RIGHT_CM))
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
        table = _borderless(self.word, (WIDTH_CM / 2, WIDTH_CM / 2))
        _unbroken(table)
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


class _Internal(_Writer):
    """Internal sheets: large, left-aligned, no national title, number or recipients."""

    def __init__(self, word: Word, kb: KnowledgeBase) -> None:
        super().__init__(word, kb)
        # LibreOffice shows what a control takes from the file's data in the look of the paragraph alone.
        for name, size, bold in (("Phiếu bảng", TABLE, False), ("Phiếu đậm", BODY, True)):
            style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            assert isinstance(style, ParagraphStyle)
            style.base_style = word.styles["Normal"]
            style.font.size, style.font.bold = Pt(size), bold
        for level, size in ((1, 18), (2, 15), (3, BODY)):
            word.styles[f"Heading {level}"].font.size = Pt(size)

    def document(self, document: Document, first: bool) -> None:
        """Write one sheet."""
        section = self.word.sections[0] if first else self.new_section()
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", Mm(16 if side in ("left", "right") else 13))
        head = self.word.add_heading(level=1)
        self.controls.write(head, document.name, size=18, bold=True)
        shape(head, align=LEFT, after=4)
        self.note(head, document)
        if document.subject:
            shape(self._text(document.subject, bold=True), align=LEFT, after=6)
        for block, number in self.in_order(document):
            self.block(block, number)
        # A label, the lines to write on, and the label before them.
        self.keep_the_end_together(5)

    def _text(self, text: str, bold: bool = False) -> WordParagraph:
        paragraph = self.word.add_paragraph()
        if bold:
            self.set_style(paragraph, "Phiếu đậm")
        self.controls.write(paragraph, text, size=BODY, bold=bold)
        return shape(paragraph, align=LEFT, after=4, line=1.2)

    def block(self, block: Plain, number: str) -> None:
        """Write one block."""
        if isinstance(block, Heading | Appendix):
            text = block.text if isinstance(block, Heading) else block.title
            level = block.level + 1 if isinstance(block, Heading) else 2
            paragraph = self.word.add_heading(level=level)
            self.controls.write(paragraph, text, size=15 if level == 2 else BODY, bold=True)
            shape(paragraph, align=LEFT, before=8, after=2, line=1.2, keep=True)
            self.note(paragraph, block)
        elif isinstance(block, Article):
            self.note(self._text(f"{number}{block.title}", bold=True), block)
        elif isinstance(block, Clause | Point | Paragraph):
            self.note(self._text(f"{number}{block.text}"), block)
        elif isinstance(block, Bullets):
            lines = [self._text(f"– {text}") for text in block.items]
            self.note(lines[0], block)
        elif isinstance(block, Checks):
            for count, text in enumerate(block.items):
                paragraph = self.word.add_paragraph()
                tick_box(paragraph, BODY)
                self.controls.write(paragraph, f" {text}", size=BODY)
                shape(paragraph, align=LEFT, after=3, line=1.3)
                paragraph.paragraph_format.left_indent = Cm(0.8)
                paragraph.paragraph_format.first_line_indent = Cm(-0.8)
                if count == 0:
                    self.note(paragraph, block)
        elif isinstance(block, WriteIn):
            paragraph = self._text(f"{block.label}:", bold=False)
            self.note(paragraph, block)
            for _ in range(block.lines):
                line = self.word.add_paragraph()
                shape(line, align=LEFT, line=1.5)
                bottom_line(line, dotted=True)
        elif isinstance(block, Table):
            self.table(block, "Phiếu bảng", "Phiếu bảng", TABLE)
            shape(self.word.add_paragraph(), line=1.0).paragraph_format.line_spacing = Pt(8)


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


def _widths(weights: list[int]) -> list[float]:
    """Share the width of the text among columns; none is too narrow for a number."""
    least = 1.1
    shares = [max(least, WIDTH_CM * weight / sum(weights)) for weight in weights]
    over = sum(shares) - WIDTH_CM
    wide = [number for number, share in enumerate(shares) if share > 2 * least]
    for number in wide:
        shares[number] -= over / len(wide)
    return shares


def _borderless(word: Word, widths: tuple[float, ...]) -> WordTable:
    table: WordTable = word.add_table(rows=1, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = Cm(width)
    return table


def _repeat_head(table: WordTable) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    properties.append(head)
    _unbroken(table)


def _unbroken(table: WordTable) -> None:
    for row in table.rows:
        whole = OxmlElement("w:cantSplit")
        whole.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(whole)
