"""Templates that are tables, as spreadsheets: ready to fill in, to filter and to print."""

from __future__ import annotations

import io
import textwrap
from datetime import date, datetime, timedelta
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from knowledge.days_off import YEARS, calendar, days_off
from knowledge.deadline_text import ADVICE, UNITS
from knowledge.form_fields import unfilled
from knowledge.law import given_text
from knowledge.records.deadlines import Deadline
from knowledge.records.documents import Column, SpreadsheetPage, TemplateDocument
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import vn_date
from papers.office_zip import AUTHOR

DAYS = "Ngày"
DAYS_OFF = "Ngày nghỉ"
OPENING_ROW = 2
FIRST_LIMIT = 5
"""Index of the first row of limits on the sheet of days."""
LAST_DAY_OFF = 1200
"""The last row of the list of days off that formulas look at; readers add theirs below what is written."""
_DATE_RULE: dict[str, Any] = {"validate": "date", "criteria": ">=", "value": datetime(2000, 1, 1)}
COUNCIL_ROW = 1
COUNCIL = "HĐND {don-vi}, {khoa}, kỳ họp {ky}"
"""Whose table it is; ``office/excel-file.js`` writes it over with what the reader told."""
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
    limits = [column.limit for page in template.sheets for column in page.columns if column.limit]
    places = {limit: f"={_quoted(DAYS)}!$D${FIRST_LIMIT + number + 1}" for number, limit in enumerate(limits)}
    for page in template.sheets:
        _page(book, look, page, f"{template.id} · {kb.edition.name}, bản {vn_date(day)}", places)
    if limits:
        _days(book, look, [(kb.deadlines[limit], _ground(kb, kb.deadlines[limit])) for limit in limits])
        _days_off(book, look)
    book.close()
    return out.getvalue()


LINE = 15
"""Height of a line in points."""


def _lines(column: Column) -> int:
    """Return how many lines a heading takes in its column, a word more than fits counted generously."""
    return sum(
        -(-len(word) // max(1, column.width - 1)) for word in textwrap.wrap(column.title, max(3, column.width - 2))
    )


def _quoted(name: str) -> str:
    return f"'{name}'"


def _days(book: xlsxwriter.Workbook, look: _Look, deadlines: list[tuple[Deadline, str]]) -> None:
    """Ask for the opening day and the numbers once; the other sheet's columns follow."""
    sheet = book.add_worksheet(DAYS)
    sheet.set_column(0, 0, 52)
    sheet.set_column(1, 2, 16)
    sheet.set_column(3, 3, 14)
    sheet.set_column(4, 4, 60)
    sheet.write(0, 0, "Ngày khai mạc và các hạn tính từ ngày đó", look.title)
    sheet.write(OPENING_ROW, 0, "Ngày khai mạc", look.head)
    sheet.write(OPENING_ROW, 1, "", look.date)
    sheet.data_validation(OPENING_ROW, 1, OPENING_ROW, 1, _DATE_RULE)
    for number, title in enumerate(("Việc", "Số ngày trước khai mạc", "Đơn vị", "Hạn", "Căn cứ")):
        sheet.write(FIRST_LIMIT - 1, number, title, look.head)
    opening, off = f"$B${OPENING_ROW + 1}", f"{_quoted(DAYS_OFF)}!$A$2:$A${LAST_DAY_OFF}"
    units = list(UNITS.values())
    for number, (one, ground) in enumerate(deadlines):
        row = FIRST_LIMIT + number
        sheet.write(row, 0, one.does, look.cell)
        sheet.write(row, 1, "" if one.amount is None else one.amount, look.number)
        sheet.write(row, 2, UNITS[one.unit], look.cell)
        sheet.data_validation(row, 2, row, 2, {"validate": "list", "source": units})
        sheet.data_validation(row, 1, row, 1, {"validate": "integer", "criteria": ">=", "value": 0})
        count, unit = f"B{row + 1}", f"C{row + 1}"
        # Every day off stands in the list, Saturdays and Sundays too: so a worked Saturday needs no rule of its own.
        working = f'WORKDAY.INTL({opening},-{count},"0000000",{off})'
        moved = f'WORKDAY.INTL({opening}-{count}+1,-1,"0000000",{off})'
        formula = f'=IF(OR({opening}="",{count}=""),"",IF({unit}="{units[1]}",{working},{moved}))'
        sheet.write_formula(row, 3, formula, look.date, "")
        sheet.write(row, 4, ground, look.cell)
    last = FIRST_LIMIT + len(deadlines)
    sheet.write(
        last + 1,
        0,
        "Sửa số ngày theo Quy chế của HĐND mình. Hạn rơi vào ngày nghỉ thì lấy ngày làm việc liền trước.",
        look.line,
    )
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _ground(kb: KnowledgeBase, one: Deadline) -> str:
    if one.local and (given := given_text(kb.rules[one.local][1])):
        return given
    if one.basis == "local":
        return "Quy chế làm việc, Điều ……" if one.amount is None else "Quy chế mẫu; sửa nếu Quy chế của mình khác"
    return ADVICE


def _days_off(book: xlsxwriter.Workbook, look: _Look) -> None:
    """List every day on which no office works; a reader adds days at the end, and clears days that are worked."""
    sheet = book.add_worksheet(DAYS_OFF)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 70)
    sheet.write(0, 0, "Ngày nghỉ", look.head)
    sheet.write(0, 1, "Thêm ngày nghỉ ở cuối cột; ngày phải đi làm thì xóa khỏi cột", look.line)
    # Six years of Sundays are not for paper.
    sheet.print_area(0, 0, 0, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.data_validation(1, 0, LAST_DAY_OFF - 1, 0, dict(_DATE_RULE))
    names = {one.day: one.name for one in days_off() if not one.worked}
    works = calendar().works
    days = (date(YEARS[0], 1, 1) + timedelta(days=number) for number in range(366 * len(YEARS)))
    for row, day in enumerate((day for day in days if day.year in YEARS and not works(day)), 1):
        sheet.write_datetime(row, 0, datetime(day.year, day.month, day.day), look.date)
        sheet.write(row, 1, names.get(day, "Thứ Bảy" if day.weekday() == 5 else "Chủ nhật"), look.line)


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
        # Bold and underlined as well: a black-and-white printer knows no colour.
        self.past = book.add_format({"bold": True, "underline": 1, "bg_color": "#F6D5D0", "font_color": "#7A1A12"})
        self.number = book.add_format({**base, "border": 1, "num_format": "#,##0"})


def _page(book: xlsxwriter.Workbook, look: _Look, page: SpreadsheetPage, stamp: str, places: dict[str, str]) -> None:
    sheet = book.add_worksheet(page.name)
    sheet.write(0, 0, unfilled(page.title), look.title)
    sheet.write(COUNCIL_ROW, 0, unfilled(COUNCIL), look.line)
    last = FIRST_ROW + len(page.rows) + page.blank_rows
    for number, column in enumerate(page.columns):
        form = {"date": look.date, "number": look.number}.get(column.content, look.cell)
        sheet.set_column(number, number, column.width)
        sheet.write(FIRST_ROW, number, column.title, look.head)
        if column.note:
            sheet.write_comment(FIRST_ROW, number, column.note, {"author": AUTHOR})
        for row in range(FIRST_ROW + 1, last + 1):
            given = row - FIRST_ROW - 1
            text = page.rows[given][number] if given < len(page.rows) else ""
            if column.limit:
                # Only beside a matter: an empty row shows no day.
                matter, day = xl_rowcol_to_cell(row, 1, col_abs=True), places[column.limit].lstrip("=")
                sheet.write_formula(row, number, f'=IF(OR({matter}="",{day}=""),"",{day})', form, "")
            else:
                sheet.write(row, number, unfilled(text), form)
        _validate(sheet, column, number, last)
        if column.content == "date":
            cell = xl_rowcol_to_cell(FIRST_ROW + 1, number)
            early = {"type": "formula", "criteria": f"=MONTH({cell})<3", "format": look.early_date}
            sheet.conditional_format(FIRST_ROW + 1, number, last, number, early)
        if column.limit:
            cell = xl_rowcol_to_cell(FIRST_ROW + 1, number)
            past = {"type": "formula", "criteria": f'=AND({cell}<>"",{cell}<TODAY())', "format": look.past}
            sheet.conditional_format(FIRST_ROW + 1, number, last, number, past)
    # Not every program fits a row to wrapped words by itself. The others stay free to grow with what is typed.
    sheet.set_row(FIRST_ROW, LINE * max(_lines(column) for column in page.columns))
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
        rule = dict(_DATE_RULE)
        wrong = "Viết ngày, ví dụ 05/9/2027"
    elif column.content == "number":
        rule = {"validate": "decimal", "criteria": ">=", "value": 0}
        wrong = "Viết số"
    else:
        return
    rule |= {"error_title": "Chưa đúng", "error_message": wrong[:254]}
    sheet.data_validation(FIRST_ROW + 1, number, last, number, rule)
