"""A checklist as an editable Word file: the local copy that a council adapts, large and plain."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Checklist
from knowledge.text import vn_date
from papers.pdf.sheets import sheet_data
from papers.word.base import LEFT, blank_document, bottom_line, saved, shape, tick_box, write

FONT = "Arial"
BODY = 14
SMALL = 12
SLOT = "[…]"
"""Where something is written in; what is asked stands before it."""


def sheet_docx(kb: KnowledgeBase, checklist: Checklist, site_url: str = "") -> bytes:
    """Return ``dmNN.docx``: left-aligned sans serif, boxes that tick, stamped with its origin."""
    data = sheet_data(kb, checklist, site_url)
    document = blank_document(FONT, BODY, f"{data['title']} ({data['id']})", kb.edition.date)
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.2)
    section.header_distance = section.footer_distance = Cm(0.6)
    _line(document.add_heading(level=1), f"{data['title']} ({data['id']})", 16, bold=True)
    _line(document.add_paragraph(), f"Ai dùng: {data['roles']}. Bước: {data['stages']}.", SMALL)
    _line(document.add_paragraph(), f"HĐND: {SLOT}  Kỳ họp thứ: {SLOT}  Ngày: {SLOT}", SMALL)
    for round_ in data["rounds"]:
        head = document.add_heading(level=2)
        _line(head, f"Lần {round_['number']}. {round_['title']}", BODY, bold=True)
        shape(head, align=LEFT, before=6, keep=True)
        who = f"{round_['when']}. " + " ".join(f"{does}: {people}." for does, people in round_["who"])
        _line(document.add_paragraph(), who, SMALL).paragraph_format.keep_with_next = True
        for item in round_["items"]:
            _item(document, item)
    basis = shape(document.add_paragraph(), align=LEFT, before=6)
    write(basis, f"Căn cứ: {data['basis']}.", size=SMALL)
    done = _line(document.add_paragraph(), "Người rà soát, ngày:", BODY, bold=True)
    for round_ in data["rounds"]:
        write(done, f"  lần {round_['number']}: {SLOT}", size=BODY)
    foot = section.footer.paragraphs[0]
    address = f" · {data['address']}" if data["address"] else ""
    # A local copy is changed and kept: it says from which edition it was made.
    facts = " · ".join(fact["text"] for fact in data["stamp"])
    _line(foot, f"Dựa trên {facts}, bản {vn_date(kb.edition.date)}{address}", SMALL)
    return saved(document)


def _line(paragraph: Paragraph, text: str, size: float, bold: bool = False) -> Paragraph:
    write(paragraph, text, size=size, bold=bold)
    return shape(paragraph, align=LEFT, after=1, line=1.15)


def _item(document: Document, item: dict[str, object]) -> None:
    paragraph = document.add_paragraph()
    tick_box(paragraph, BODY)
    write(paragraph, f" {item['number']}. ", size=BODY, bold=True)
    if item["critical"]:
        write(paragraph, "[Trọng yếu] ", size=BODY, bold=True)
    write(paragraph, str(item["text"]), size=BODY)
    codes = ", ".join(item["codes"])  # type: ignore[arg-type]
    tail = f" ({codes})" if codes else ""
    if item["by"]:
        tail += f" Làm: {item['by']}."
    write(paragraph, f"{tail} {item['answer']}: {SLOT}", size=SMALL)
    shape(paragraph, align=LEFT, before=1, after=1, line=1.15)
    paragraph.paragraph_format.left_indent = Cm(0.75)
    paragraph.paragraph_format.first_line_indent = Cm(-0.75)
    bottom_line(paragraph, dotted=True)
