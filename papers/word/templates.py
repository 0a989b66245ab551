"""Templates as Word files: official documents after Nghị định 30/2020/NĐ-CP, and internal sheets.

Official documents use one Word style for each element of the decree (``nd30.ELEMENTS``); internal sheets
use the large plain style of the working sheets. Guidance goes into comments, never into the text. What recurs is
a control that is filled once (``controls``); rows and stretches that stand once for each matter are marked, so
that ``office/word-file.js`` can repeat them.
"""

from __future__ import annotations

from docx.oxml.ns import qn

from knowledge.question_sheet import question_document
from knowledge.records.documents import TemplateDocument
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.resolution_kinds import ResolutionKind
from knowledge.text import vn_date
from papers.cache import Keep, anew
from papers.office_zip import with_texts
from papers.pdf.stamps import EDITION
from papers.word.base import blank_document, saved
from papers.word.internal import INTERNAL_FONT, Internal
from papers.word.nd30 import FONT
from papers.word.official import Official
from papers.word.writer import BODY


def question_docx(kb: KnowledgeBase, kind: ResolutionKind, keep: Keep = anew) -> bytes:
    """Return the sheet of questions of a kind of resolution, to fill; what editions share is kept."""
    common = question_document(kb, kind, EDITION)
    told = [common.model_dump(), kind.title, str(kb.edition.date)]
    edition = f"{kb.edition.name}, bản {vn_date(kb.edition.date)}"
    return with_texts(keep(template_docx, kb, common, told=told), {EDITION: edition})


def template_docx(kb: KnowledgeBase, template: TemplateDocument) -> bytes:
    """Return ``bmNN.docx`` (or ``lnNN.docx``) with all documents of a template, each beginning on a page of its own."""
    title = (kb.templates.get(template.id) or kb.resolution_kinds[template.id]).title
    internal = template.documents[0].form == "internal"
    font = INTERNAL_FONT if internal else FONT
    word = blank_document(font, BODY, f"{template.id} {title}", kb.edition.date)
    writer = (Internal if internal else Official)(word, kb)
    for number, document in enumerate(template.documents):
        writer.document(document, first=number == 0)
    # Word wants a paragraph after a table that ends the text, and makes a high one where there is none.
    if word.element.body[-2].tag == qn("w:tbl"):
        writer.no_room(word.add_paragraph())
    writer.controls.attach()
    return saved(word)
