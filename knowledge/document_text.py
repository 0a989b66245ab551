"""The words of a template's document as they are written: numbers of articles, clauses and points, grounds.

Shared by the preview on the page and the Word file, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.records.documents import (
    Appendix,
    Article,
    Block,
    Clause,
    Document,
    Ground,
    Heading,
    Point,
)
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import vn_date_in_full

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The Vietnamese alphabet as points are lettered; ă, â, ê, ô, ơ, ư are passed over."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def numbered_blocks(document: Document) -> Iterator[tuple[Block, str]]:
    """Yield each block with its number: “Điều 1. ”, “1. ”, “a) ”, “Phụ lục I”, or ''."""
    article = clause = point = appendix = 0
    several = sum(isinstance(block, Appendix) for block in document.blocks) > 1
    for block in document.blocks:
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


def ground_text(kb: KnowledgeBase, ground: Ground) -> str:
    """Return a ground as it is written: a law by name and day, without number and issuer."""
    if ground.text:
        return ground.text
    instrument = kb.instruments[ground.instrument or ""]
    issued = instrument.issued
    assert issued, "checked: a ground that stands as text has its day"
    name = instrument.title.removesuffix(f" năm {issued.year}")
    return f"Căn cứ {name} {vn_date_in_full(issued)};"
