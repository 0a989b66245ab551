"""Templates that are tables, as spreadsheets: ready to fill in, to filter and to print."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from knowledge.records.documents import Column, SpreadsheetPage, TemplateDocument
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import vn_date

FIRST_ROW = 3
"""Index of the row of headings; above it the title, the council and an empty row."""


def template_xlsx(kb: KnowledgeBase, template: TemplateDocument) -> bytes:
    """Return ``bmNN.xlsx``: frozen heading, filter, choices for states, A4 landscape, one page wide."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    day = kb.edition.date
    title = f"{template.id} {kb.templates[template.id].title}"
    book.set_properties({"title": title, "created": datetime(day.year, day.month, day.day)})
    look = _Look(book)
    for page in template.sheets:
        _page(book, look, page, f"{template.id} · {kb.edition.name}, bản {vn_date(day)}")
    book.close()
    return out.getvalue()


class _Look:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base = {"font_name": "Arial", "font_size": 11, "valign": "top", "text_wrap": True}
        self.title = book.add_format({"font_name": "Arial", "font_size": 14, "bold": True})
        self.line = book.add_format({"font_name": "Arial", "font_size": 11})
        self.head = book.add_format({**base, "bold": True, "border": 1, "valign": "vcenter"})
        self.cell = book.add_format({**base, "border": 1})
        # As Nghị định 30/2020/NĐ-CP wants it: a zero before months 1 and 2 alone, which takes two formats.
        self.date = book.add_format({**base, "border": 1, "num_format": "dd/m/yyyy"})
        self.early_date = book.add_format({"num_format": "dd/mm/yyyy"})
        self.number = book.add_format({**base, "border": 1, "num_format": "#,##0"})


def _page(book: xlsxwriter.Workbook, look: _Look, page: SpreadsheetPage, stamp: str) -> None:
    sheet = book.add_worksheet(page.name)
    sheet.write(0, 0, page.title, look.title)
    sheet.write(1, 0, "HĐND xã (phường) […], khóa […], kỳ họp thứ […]", look.line)
    last = FIRST_ROW + len(page.rows) + page.blank_rows
    for number, column in enumerate(page.columns):
        form = {"date": look.date, "number": look.number}.get(column.content, look.cell)
        sheet.set_column(number, number, column.width)
        sheet.write(FIRST_ROW, number, column.title, look.head)
        if column.note:
            sheet.write_comment(FIRST_ROW, number, column.note, {"author": "Sổ tay HĐND"})
        for row in range(FIRST_ROW + 1, last + 1):
            given = row - FIRST_ROW - 1
            text = page.rows[given][number] if given < len(page.rows) else ""
            sheet.write(row, number, "" if text == "[…]" else text, form)
        _validate(sheet, column, number, last)
        if column.content == "date":
            cell = xl_rowcol_to_cell(FIRST_ROW + 1, number)
            early = {"type": "formula", "criteria": f"=MONTH({cell})<3", "format": look.early_date}
            sheet.conditional_format(FIRST_ROW + 1, number, last, number, early)
    sheet.freeze_panes(FIRST_ROW + 1, 1)
    sheet.autofilter(FIRST_ROW, 0, last, len(page.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST_ROW)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L{stamp}&RTrang &P/&N")


def _validate(sheet: xlsxwriter.worksheet.Worksheet, column: Column, number: int, last: int) -> None:
    """Let a column take only what it is for."""
    if column.content == "choice":
        rule: dict[str, Any] = {"validate": "list", "source": column.choices}
        wrong = f"Chọn: {', '.join(column.choices)}"
    elif column.content == "date":
        rule = {"validate": "date", "criteria": ">=", "value": datetime(2000, 1, 1)}
        wrong = "Viết ngày, ví dụ 05/9"
    elif column.content == "number":
        rule = {"validate": "decimal", "criteria": ">=", "value": 0}
        wrong = "Viết số"
    else:
        return
    rule |= {"error_title": "Chưa đúng", "error_message": wrong[:254]}
    sheet.data_validation(FIRST_ROW + 1, number, last, number, rule)
