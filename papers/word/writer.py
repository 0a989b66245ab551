"""What writes official documents and internal sheets alike: tables, notes, what stands once for each matter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docx.document import Document as Word
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from knowledge.document_text import Item, numbered_blocks, rows_of
from knowledge.records.documents import Document, Noted, Plain, Repeat, Table
from knowledge.records.knowledge_base import KnowledgeBase
from papers.word.base import CENTRE, LEFT, note, run_size, shape
from papers.word.controls import Controls, bookmark
from papers.word.tables import column_widths, repeat_head

BODY = 14
"""Points."""


class Writer:
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
        widths = column_widths(weights)
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
        repeat_head(table)
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
