"""Tables → files: XLSX for people, whose programs take no cell of it for a formula; CSV for other tools. Same tables, same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import xlsxwriter

Table = Sequence[Sequence[str | int]]

MAX_COLUMN = 60
"""Widest column, in characters; longer text wraps."""


def csv_text(table: Table) -> str:
    """Return a table as CSV by RFC 4180: commas, quotes where needed, CRLF. For programs: each value stands as it is.

    The byte order mark tells that the letters are UTF-8. There is no line `sep=`, which only one program takes for no data.
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(table)
    return "\ufeff" + out.getvalue()


def xlsx_bytes(tables: Mapping[str, Table], title: str, day: date) -> bytes:
    """Return a workbook with one sheet for each table, its first row being the heading.

    Ready to read and print: frozen and repeated heading, filter, A4 landscape, one page wide. The
    edition's date stands in for the time of writing, so that the bytes do not change by themselves.
    """
    out = io.BytesIO()
    # Text such as "=…" in a record must not become a formula, nor an address a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title, "created": datetime(day.year, day.month, day.day)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    for name, table in tables.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(table):
            sheet.write_row(number, 0, row, head if number == 0 else cell)
        for column in range(len(table[0])):
            longest = max(len(str(row[column])) for row in table)
            sheet.set_column(column, column, min(MAX_COLUMN, max(6, longest + 2)))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(table) - 1, len(table[0]) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer(f"&L{title}&RTrang &P/&N")
    book.close()
    return out.getvalue()
