"""All downloads that are papers: name → bytes. What did not change is taken from a cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any, NamedTuple

from knowledge.deadline_text import basis_text
from knowledge.downloads import (
    ATTENDANCE,
    ATTENDANCE_DOCX,
    CARDS,
    CLASS_KEY,
    FEEDBACK,
    FEEDBACK_DOCX,
    HANDBOOK,
    HANDOUT,
    SLIDES,
    SLIDES_PDF,
    docx_name,
    pack_name,
    pdf_name,
    template_name,
)
from knowledge.index import Index
from knowledge.question_sheet import question_document
from knowledge.records.documents import instruments_of
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import vn_date
from papers.cache import PaperCache
from papers.colours import own_colour


class Paper(NamedTuple):
    """A file to make: ``data`` is all that ``writer`` takes from its arguments.

    One that ``shares`` takes one argument more, with which it makes the part that all editions have alike.
    """

    name: str
    data: Any
    writer: Callable[..., bytes]
    arguments: tuple[Any, ...]
    shares: bool = False


def paper_files(kb: KnowledgeBase, site_url: str, cache: PaperCache) -> Iterable[tuple[str, bytes]]:
    """Yield (name, bytes) of every PDF, Word file, spreadsheet form and deck of slides."""
    for paper in papers(kb, site_url):
        keep = [cache.keep] if paper.shares else []
        yield paper.name, cache.get(paper.name, paper.data, paper.writer, *paper.arguments, *keep)
    cache.forget_unused()


def know_papers(kb: KnowledgeBase, cache: PaperCache) -> None:
    """Compute under which names papers are kept, without making any: what that takes is then known in this process."""
    for paper in papers(kb, ""):
        cache.key(paper.name, paper.data, paper.writer)


def papers(kb: KnowledgeBase, site_url: str) -> Iterator[Paper]:
    """Yield every paper, not yet made. Each bears the edition's day, if only in what a program shows."""
    # Loaded here: whoever only wants the names needs neither the typesetter nor the writers.
    from papers.excel.forms import template_xlsx
    from papers.pdf.handbook import handbook_data, handbook_pdf
    from papers.pdf.packs import pack_data, pack_pdf, packs
    from papers.pdf.questions import question_sheet_data, question_sheet_pdf
    from papers.pdf.sheets import sheet_data, sheet_pdf
    from papers.word.sheet import sheet_docx
    from papers.word.templates import question_docx, template_docx

    index = Index(kb)
    edition = kb.edition.model_dump()
    for sheet in kb.checklists.values():
        data = sheet_data(kb, sheet, site_url)
        yield Paper(pdf_name(sheet.id), data, sheet_pdf, (data,), shares=True)
        yield Paper(docx_name(sheet.id), [data, edition], sheet_docx, (kb, sheet, site_url), shares=True)
    for stem, pack in packs(index).items():
        data = pack_data(kb, pack, site_url)
        yield Paper(pack_name(stem), data, pack_pdf, (data,), shares=True)
    book = handbook_data(index)
    yield Paper(HANDBOOK, book, handbook_pdf, (book,), shares=True)
    for template_id, document in kb.documents.items():
        named = [kb.instruments[one].model_dump() for one in instruments_of(document)]
        limits = [kb.deadlines[column.limit] for page in document.sheets for column in page.columns if column.limit]
        grounds = [[one.model_dump(), basis_text(kb, one)] for one in limits]
        # A Word file becomes the council's own and bears no edition but its day.
        bears = edition if document.sheets else str(kb.edition.date)
        facts = [document.model_dump(), kb.templates[template_id].model_dump(), named, bears, grounds]
        writer = template_xlsx if document.sheets else template_docx
        yield Paper(template_name(kb, template_id), facts, writer, (kb, document))
    for kind in kb.resolution_kinds.values():
        data = question_sheet_data(kb, kind, site_url)
        yield Paper(pdf_name(kind.id), data, question_sheet_pdf, (data,), shares=True)
        told = [question_document(kb, kind).model_dump(), kind.title, edition]
        yield Paper(docx_name(kind.id), told, question_docx, (kb, kind), shares=True)
    yield from _class_papers(kb)


def _class_papers(kb: KnowledgeBase) -> Iterator[Paper]:
    """Yield what a large class shows and prints."""
    from papers.pdf import large_class as pdf
    from papers.pdf.class_slides import slides_data, slides_pdf
    from papers.slides.deck import deck
    from papers.slides.pptx_file import INK, pptx_bytes
    from papers.word.large_class import attendance_docx, feedback_docx

    plan = kb.large_class
    if plan is None:
        return
    told = deck(kb, plan)
    slides = slides_data(kb, plan, told)
    feedback, attendance = pdf.feedback_data(kb, plan), pdf.attendance_data(kb, plan)
    day = kb.edition.date
    edition, colour = f"{kb.edition.name}, bản {vn_date(day)}", (own_colour(kb) or f"#{INK}").removeprefix("#").upper()
    facts = [[asdict(one) for one in told], plan.title, str(day), edition, colour]
    yield Paper(SLIDES, facts, pptx_bytes, (told, plan.title, day, edition, colour), shares=True)
    yield Paper(SLIDES_PDF, slides, slides_pdf, (slides,))
    made = {
        HANDOUT: (pdf.handout_data(kb, plan), pdf.handout_pdf), CLASS_KEY: (pdf.key_data(kb, plan), pdf.key_pdf),
        CARDS: (pdf.cards_data(kb, plan), pdf.cards_pdf), FEEDBACK: (feedback, pdf.feedback_pdf),
        ATTENDANCE: (attendance, pdf.attendance_pdf),
    }  # fmt: skip
    for name, (data, writer) in made.items():
        yield Paper(name, data, writer, (data,))
    for name, data, write in (
        (FEEDBACK_DOCX, feedback, feedback_docx), (ATTENDANCE_DOCX, attendance, attendance_docx),
    ):  # fmt: skip
        yield Paper(name, [data, str(day)], write, (data, day), shares=True)
