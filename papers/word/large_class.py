"""The forms of the large class as editable Word files: what is asked at the end, who is there."""

from __future__ import annotations

from datetime import date
from typing import Any

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.shared import Cm
from docx.table import Table

from papers.cache import Keep, anew
from papers.office_zip import with_texts
from papers.pdf.stamps import EDITION
from papers.word.base import CENTRE, LEFT, blank_document, saved, shape, tick_box, write

FONT = "Arial"
BODY, SMALL = 14, 12
"""Points; nothing is smaller."""
COLUMNS = (1.2, 1.4, 6.6, 5.2, 3.2)
"""Widths of the list in centimetres."""
ROW = 1.02
TEXT_WIDTH = 17.6
"""Centimetres."""


def feedback_docx(data: dict[str, Any], day: date, keep: Keep = anew) -> bytes:
    """Return the form at the end, one page, from ``papers.pdf.large_class.feedback_data``."""
    return with_texts(keep(shared_feedback, _without_edition(data), day), {EDITION: data["foot"]})


def _without_edition(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "edition": EDITION, "foot": EDITION}


def shared_feedback(data: dict[str, Any], day: date) -> bytes:
    """Return the form with a place for the edition."""
    document = _form(data, day)
    _said(document, data["about"], BODY)
    for number, question in enumerate(data["questions"], 1):
        asked = document.add_paragraph()
        write(asked, f"{number}. {question['text']}", size=BODY, bold=True)
        shape(asked, align=LEFT, before=14, after=2, line=1.15, keep=True)
        for choice in question["choices"]:
            answer = document.add_paragraph()
            tick_box(answer, BODY)
            write(answer, f" {choice}", size=BODY)
            shape(answer, align=LEFT, after=2, line=1.15)
        for _ in range(question["lines"]):
            line = shape(document.add_paragraph(), align=LEFT, line=1.7)
            line.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
            write(line, "\t", size=BODY)
    return saved(document)


def attendance_docx(data: dict[str, Any], day: date, keep: Keep = anew) -> bytes:
    """Return the list of who is there, a row each, from ``papers.pdf.large_class.attendance_data``."""
    return with_texts(keep(shared_attendance, _without_edition(data), day), {EDITION: data["foot"]})


def shared_attendance(data: dict[str, Any], day: date) -> bytes:
    """Return the list with a place for the edition."""
    document = _form(data, day)
    _said(document, "Nơi học: […]  Ngày: […]", BODY)
    table = document.add_table(rows=1 + data["people"], cols=len(COLUMNS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _repeat_head(table)
    for column, width in zip(table.columns, COLUMNS, strict=True):
        column.width = Cm(width)
    for index, row in enumerate(table.rows):
        row.height, row.height_rule = Cm(ROW), WD_ROW_HEIGHT_RULE.AT_LEAST
        person = index - 1
        texts = data["heads"] if not index else [str(index), str(person // data["seats"] + 1), "", "", ""]
        for cell, text, width in zip(row.cells, texts, COLUMNS, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            write(paragraph, text, size=SMALL, bold=not index)
            shape(paragraph, align=CENTRE if width < 2 else LEFT, before=4)
            # The people of one table stay on one page.
            paragraph.paragraph_format.keep_with_next = not index or index % data["seats"] != 0
    _said(document, data["about"], SMALL)
    return saved(document)


def _form(data: dict[str, Any], day: date) -> Document:
    document = blank_document(FONT, BODY, data["title"], day)
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(1.7)
    section.top_margin = section.bottom_margin = Cm(1.4)
    section.header_distance = section.footer_distance = Cm(0.6)
    head = document.add_heading(level=1)
    write(head, data["title"], size=18, bold=True)
    shape(head, align=LEFT, after=4)
    write(section.footer.paragraphs[0], data["foot"], size=SMALL)
    return document


def _said(document: Document, text: str, size: float) -> None:
    paragraph = document.add_paragraph()
    write(paragraph, text, size=size)
    shape(paragraph, align=LEFT, before=2, after=4, line=1.15)


def _repeat_head(table: Table) -> None:
    """Show the heads of the columns on every page."""
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
