"""Internal sheets as Word files, in the large plain style of the working sheets."""

from __future__ import annotations

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

from knowledge.records.documents import (
    Appendix,
    Article,
    Bullets,
    Checks,
    Clause,
    Document,
    Heading,
    Paragraph,
    Plain,
    Point,
    Table,
    WriteIn,
)
from knowledge.records.knowledge_base import KnowledgeBase
from papers.word.base import LEFT, bottom_line, shape, tick_box
from papers.word.writer import BODY, Writer

INTERNAL_FONT = "Arial"
TABLE = 12


class Internal(Writer):
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
