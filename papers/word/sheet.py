"""A checklist as an editable Word file: the local copy that a council adapts, drawn as the printed sheet is."""

from __future__ import annotations

from datetime import date
from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Checklist
from knowledge.text import vn_date
from papers.cache import Keep, anew
from papers.office_zip import with_texts
from papers.pdf.sheets import sheet_data
from papers.sheet_geometry import LINES, PAGE, ROW, TYPE
from papers.word.base import CENTRE, LEFT, blank_document, saved, shade, shape, tick_box, write

FONT = "Arial"
BODY = TYPE["text"]
SMALL = TYPE["small"]
WIDTH = PAGE["width"] - 2 * PAGE["side"]
ANSWER = 54.0
"""Millimetres; Word knows no height before it draws, so one width for all."""


def sheet_docx(kb: KnowledgeBase, checklist: Checklist, site_url: str = "", keep: Keep = anew) -> bytes:
    """Return ``dmNN.docx``: left-aligned sans serif, boxes that tick, stamped with its origin.

    What editions share is kept.
    """
    data = sheet_data(kb, checklist, site_url)
    address = f" · {data['address']}" if data["address"] else ""
    # A local copy is changed and kept: it says from which edition it was made.
    facts = " · ".join(fact["text"] for fact in data["stamp"])
    common = {name: value for name, value in data.items() if name not in OWN} | {"day": kb.edition.date.isoformat()}
    footer = f"Dựa trên {facts}, bản {vn_date(kb.edition.date)}{address}"
    return with_texts(keep(shared_docx, common), {FOOTER: footer, BASIS: data["basis"]})


OWN = ("edition", "stamp", "basis", "address", "qr")
"""What of a sheet's data differs between editions."""
FOOTER, BASIS = "@footer@", "@basis@"
"""Stand for what is put in for each edition."""


def shared_docx(data: dict[str, Any]) -> bytes:
    """Return a sheet's Word file with places for what differs between editions."""
    document = blank_document(FONT, BODY, f"{data['title']} ({data['id']})", date.fromisoformat(data["day"]))
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(PAGE["side"])
    section.top_margin = section.bottom_margin = Mm(PAGE["edge"] + 3)
    section.header_distance = section.footer_distance = Mm(5)
    _line(document.add_heading(level=1), f"{data['title']} ({data['id']})", TYPE["title"], bold=True)
    _line(document.add_paragraph(), f"{_who(data['who'])} {data['legend']}".strip(), SMALL)
    _cells(document, ["HĐND", "Kỳ họp thứ", "Ngày"], [WIDTH - 80, 36, 44])
    for round_ in data["rounds"]:
        _round(document, round_)
    _line(document.add_paragraph(), "", 6)
    _cells(document, [f"Lần {one['number']}: người rà soát, ngày" for one in data["rounds"]])
    foot = shape(document.add_paragraph(), align=LEFT, before=3)
    lessons = f"Bài học: {data['lessons']}. " if data["lessons"] else ""
    write(foot, f"{lessons}Căn cứ: {BASIS}.", size=SMALL)
    if data["back"]:
        _back(document, data["id"], data["back"])
    _line(section.footer.paragraphs[0], FOOTER, SMALL)
    return saved(document)


def _line(paragraph: Paragraph, text: str, size: float, bold: bool = False) -> Paragraph:
    write(paragraph, text, size=size, bold=bold)
    return shape(paragraph, align=LEFT, after=1, line=1.1)


def _who(pairs: list[tuple[str, str]]) -> str:
    return " ".join(f"{does}: {people}." for does, people in pairs)


def _round(document: Document, round_: dict[str, Any]) -> None:
    head = document.add_heading(level=2)
    _line(head, f"Lần {round_['number']}. {round_['title']}", BODY, bold=True)
    shade(shape(head, align=LEFT, before=4, keep=True), LINES["grey"])
    told = _line(document.add_paragraph(), f"{round_['when']}. {_who(round_['who'])}".strip(), SMALL)
    told.paragraph_format.keep_with_next = True
    shade(told, LINES["grey"])
    columns = [ROW["box-column"] + 1.5, ROW["number-column"] + 0.5]
    table = _table(document, len(round_["items"]), [*columns, WIDTH - sum(columns) - ANSWER, ANSWER])
    for row, item in zip(table.rows, round_["items"], strict=True):
        _item([*row.cells], item)


def _item(cells: list[_Cell], item: dict[str, Any]) -> None:
    box, number, text, answer = cells
    # A box cannot be drawn heavier in Word: a critical item is bold, as its number is on the sheet.
    tick_box(shape(box.paragraphs[0], align=CENTRE), BODY)
    if item["critical"]:
        _thick(box)
    _line(number.paragraphs[0], str(item["number"]), SMALL, bold=item["critical"])
    words = text.paragraphs[0]
    write(words, item["text"], size=BODY)
    if item["by"]:
        write(words, f" Làm: {item['by']}.", size=SMALL)
    shape(words, align=LEFT, line=1.1)
    for branch in item["branches"]:
        then = text.add_paragraph()
        write(then, branch["unless"], size=SMALL, bold=True)
        _line(then, f" → {branch['front']}", SMALL)
    answer.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
    _line(answer.paragraphs[0], item["answer"], SMALL)


def _back(document: Document, sheet_id: str, back: dict[str, Any]) -> None:
    """Write the back of the sheet on a page of its own: the table of votes, then what to do if not."""
    head = document.add_heading(level=2)
    _line(head, f"{back['title']} ({sheet_id}, mặt sau)", BODY, bold=True).paragraph_format.page_break_before = True
    if back["columns"]:
        _cells(document, [f"{name}: {how}" for name, how in back["facts"]], height=18)
        _line(document.add_paragraph(), "", 4)
        result, choices = back["result"]
        heads = ["TT", "Nghị quyết", *(one["title"] for one in back["columns"]), *back["counts"], result]
        ticked = [17.0 if one["tick"] else 15.0 for one in back["columns"]]
        widths = [9.0, 0.0, *ticked, *[17.0] * len(back["counts"]), 20.0]
        widths[1] = WIDTH - sum(widths)
        table = _table(document, 9, widths)
        for cell, words in zip(table.rows[0].cells, heads, strict=True):
            shape(_line(cell.paragraphs[0], words, SMALL), align=CENTRE)
            shade(cell.paragraphs[0], LINES["grey"])
        for number, row in enumerate(table.rows[1:], 1):
            _line(row.cells[0].paragraphs[0], str(number), SMALL)
            for cell, one in zip(row.cells[2:], back["columns"], strict=False):
                if one["tick"]:
                    tick_box(shape(cell.paragraphs[0], align=CENTRE), SMALL)
            for index, choice in enumerate(choices):
                paragraph = row.cells[-1].paragraphs[0] if not index else row.cells[-1].add_paragraph()
                tick_box(paragraph, SMALL)
                _line(paragraph, f" {choice}", SMALL)
        _line(document.add_paragraph(), back["note"], SMALL)
    for branch in back["branches"]:
        paragraph = document.add_paragraph()
        write(paragraph, f"{branch['number']}. {branch['unless']}", size=SMALL, bold=True)
        _line(paragraph, f" → {branch['steps']}", SMALL)
    _line(document.add_paragraph(), f"Căn cứ: {back['basis']}.", SMALL)


def _cells(document: Document, labels: list[str], widths: list[float] | None = None, height: float = 10.0) -> None:
    """Write one row of framed cells, the label inside, room to write below it."""
    table = _table(document, 1, widths or [WIDTH / len(labels)] * len(labels), height)
    for cell, label in zip(table.rows[0].cells, labels, strict=True):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
        _line(cell.paragraphs[0], label, SMALL)


def _table(document: Document, rows: int, widths: list[float], height: float = ROW["row"]) -> Table:
    """Return an empty table of given widths (mm), whose rows are at least ``height`` mm and never break."""
    table: Table = document.add_table(rows=rows, cols=len(widths))
    table.style = document.styles["Table Grid"]
    table.autofit = False
    _narrow_margins(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            shape(cell.paragraphs[0], align=LEFT)
    return table


def _narrow_margins(table: Table) -> None:
    """Keep words off the rules by less than Word's usual 1.9 mm: the columns are as narrow as on the sheet."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(1.2 * 56.7)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def _thick(cell: _Cell) -> None:
    """Frame the cell of a critical item's box heavily."""
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", str(round(LINES["heavy"] * 8))), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties = cell._tc.get_or_add_tcPr()
    properties.insert_element_before(
        borders, "w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark"
    )
