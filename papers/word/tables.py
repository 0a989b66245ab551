"""Tables of our Word files: widths of columns, heads that repeat, rows that stay whole."""

from __future__ import annotations

from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table as WordTable

WIDTH_CM = 16.0
"""Of the text."""


def column_widths(weights: list[int]) -> list[float]:
    """Share the width of the text among columns, in centimetres; none is too narrow for a number."""
    least = 1.1
    shares = [max(least, WIDTH_CM * weight / sum(weights)) for weight in weights]
    over = sum(shares) - WIDTH_CM
    wide = [number for number, share in enumerate(shares) if share > 2 * least]
    for number in wide:
        shares[number] -= over / len(wide)
    return shares


def borderless(word: Word, widths: tuple[float, ...]) -> WordTable:
    """Add a table of one row without lines; widths in centimetres."""
    table: WordTable = word.add_table(rows=1, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = Cm(width)
    return table


def repeat_head(table: WordTable) -> None:
    """Repeat a table's first row on every page, and break no row."""
    properties = table.rows[0]._tr.get_or_add_trPr()
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    properties.append(head)
    unbroken(table)


def unbroken(table: WordTable) -> None:
    """Keep each row whole on one page."""
    for row in table.rows:
        whole = OxmlElement("w:cantSplit")
        whole.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(whole)
