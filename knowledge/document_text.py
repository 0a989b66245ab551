"""The words of a template's document as they are written: numbers of articles, clauses and points, grounds.

Shared by the preview on the page and the Word file, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from knowledge.form_fields import FIELDS, field_of_each
from knowledge.records.documents import (
    Appendix,
    Article,
    Block,
    Clause,
    Document,
    Ground,
    Heading,
    Plain,
    Point,
    Repeat,
    RowGroup,
    Table,
    TemplateDocument,
)
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import vn_date_in_full

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The Vietnamese alphabet as points are lettered; ă, â, ê, ô, ơ, ư are passed over."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def flat(blocks: list[Block]) -> Iterator[Plain]:
    """Yield blocks in order, those of a repetition once."""
    for block in blocks:
        if isinstance(block, Repeat):
            yield from block.blocks
        else:
            yield block


def numbered_blocks(document: Document) -> Iterator[tuple[Plain, str]]:
    """Yield each block with its number: “Điều 1. ”, “1. ”, “a) ”, “Phụ lục I”, or ''."""
    article = clause = point = appendix = 0
    several = sum(isinstance(block, Appendix) for block in document.blocks) > 1
    for block in flat(document.blocks):
        number = ""
        if isinstance(block, Article):
            article += 1
            clause = point = 0
            number = f"Điều {article}. "
        elif isinstance(block, Heading):
            clause = point = 0
        elif isinstance(block, Clause):
            clause += 1
            point = 0
            number = f"{clause}. "
        elif isinstance(block, Point):
            number = f"{LETTERS[point]}) "
            point += 1
        elif isinstance(block, Appendix):
            clause = point = 0
            number = f"Phụ lục {ROMAN[appendix]}" if several else "Phụ lục"
            appendix += 1
        yield block, number


class Item(NamedTuple):
    """Which matter or paper rows stand for: of what kind, the how manieth, in rows that only report."""

    each: str
    number: int
    reported: bool = False


def rows_of(table: Table) -> Iterator[tuple[Item | None, list[str]]]:
    """Yield a table's rows below the head as the unfilled file has them, each with the matter that it is about."""
    for row in table.rows:
        if not isinstance(row, RowGroup):
            yield None, row
            continue
        number = row.start
        if row.reported:
            yield from ((Item(row.each, number, reported=True), cells) for cells in row.reported)
            number += 1
        for count in range(row.copies):
            yield from ((Item(row.each, number + count), cells) for cells in row.rows)


def unfilled_rows(table: Table) -> list[list[str]]:
    """Return the same rows as a page shows them."""
    return [[_of_item(cell, item) if item else cell for cell in cells] for item, cells in rows_of(table)]


def _of_item(cell: str, item: Item) -> str:
    name = field_of_each(item.each, "ten").blank
    return cell.replace("{nd.so}", str(item.number)).replace("{nd.ten}", name)


PLACE_AND_DAY = "{dia-danh}, ngày «ngày ký»"
"""Where and when a document is signed; minutes have none."""


def fields_of(template: TemplateDocument) -> list[str]:
    """Return the fields of the sitting that a template has, in their order."""
    dated = any(document.form not in ("internal", "minutes") for document in template.documents)
    text = template.model_dump_json() + (PLACE_AND_DAY if dated else "")
    return [name for name in FIELDS if "{" + name + "}" in text]


def each_of(template: TemplateDocument) -> list[str]:
    """Return for what a template repeats rows or stretches: each matter, each that is decided, each paper."""
    found = [block.each for document in template.documents for block in document.blocks if isinstance(block, Repeat)]
    for document in template.documents:
        for block in flat(document.blocks):
            if isinstance(block, Table):
                found += [row.each for row in block.rows if isinstance(row, RowGroup)]
    return list(dict.fromkeys(found))


WHOSE = ("don-vi", "khoa", "ky", "khai-mac")
"""Fields that a spreadsheet takes: whose it is, and from which day its days are counted."""


def takes_matters(template: TemplateDocument) -> bool:
    """Return whether a spreadsheet is the list of the sitting’s matters: its limits are counted from the opening."""
    return any(column.limit for page in template.sheets for column in page.columns)


def ground_text(kb: KnowledgeBase, ground: Ground) -> str:
    """Return a ground as it is written: a law by name and day, without number and issuer."""
    if ground.text:
        return ground.text
    instrument = kb.instruments[ground.instrument or ""]
    issued = instrument.issued
    assert issued, "checked: a ground that stands as text has its day"
    name = instrument.title.removesuffix(f" năm {issued.year}")
    return f"Căn cứ {name} {vn_date_in_full(issued)};"
