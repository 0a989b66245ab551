"""The sheet of questions of a kind of resolution as PDF: one page, set from the same records as the web page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from knowledge.addresses import record_url
from knowledge.qr import qr_svg
from knowledge.question_sheet import DRAFT, question_data
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.resolution_kinds import ResolutionKind
from papers.cache import Keep, anew
from papers.pdf.sheets import (
    USUAL_NAME,
    Fitting,
    MissingLetter,
    SheetOverflow,
    compiled,
    foot_stamps,
    letter_issue,
    set_stamps,
    shared,
)
from papers.pdf.stamps import Stamp, slots, stamped
from papers.sheet_geometry import geometry


def question_sheet_data(kb: KnowledgeBase, kind: ResolutionKind, site_url: str = "") -> dict[str, Any]:
    """Return what the page shows, as text; ``site_url`` is the public address or ''."""
    address = site_url + record_url(kb, kind.id, "directory") if site_url else ""
    return {
        **question_data(kb, kind),
        "draft": DRAFT,
        "geometry": geometry(),
        "address": address.removeprefix("https://").removeprefix("http://"),
        "qr": qr_svg(address) if address else "",
    }


def question_sheet_pdf(data: dict[str, Any], keep: Keep = anew) -> bytes:
    """Set the sheet: one A4 page, tagged, the same bytes every time; what editions share is kept. Raises SheetOverflow."""
    stamps = question_stamps(data)
    stamps_pdf = set_stamps(stamps)
    page = keep(compiled, "question_sheet.typ", shared(data, slots(stamps_pdf)))
    return stamped(page, stamps_pdf, stamps, data["edition"])


def question_stamps(data: dict[str, Any]) -> list[Stamp]:
    """Return what stands at the foot."""
    code = {"text": data["id"], "strong": True}
    day = data["edition"].rpartition(", ")[2]
    usual = {"stamp": [code, {"text": f"{USUAL_NAME}, {day}", "strong": False}]}
    return foot_stamps({**data, "stamp": [code, {"text": data["edition"], "strong": False}]}, usual, apart=False)


def question_sheet_issues(kb: KnowledgeBase, fitting: Path | None = None) -> Iterator[Issue]:
    """Set every sheet of questions and yield a fault for each that cannot be printed on its one page.

    ``fitting`` is a file that remembers those found to fit.
    """
    fits = Fitting(fitting)
    data_of = {kind.id: partial(question_sheet_data, kb, kind) for kind in kb.resolution_kinds.values()}
    places = fits.places(data_of, question_stamps)
    for kind in kb.resolution_kinds.values():
        try:
            fits.tries(data_of[kind.id], question_stamps, partial(compiled, "question_sheet.typ"), places.get(kind.id))
        except MissingLetter as missing:
            yield letter_issue(kb, kind.id, missing)
        except SheetOverflow as over:
            place = next(n for n, one in enumerate(kind.questions) if one.id == over.item)
            yield kb.origins[kind.id].issue(
                ("questions", place, "text"),
                "sheet-overflow",
                f"phiếu câu hỏi dài hơn một trang A4 {over.millimetres} mm; câu này dài nhất",
                "rút ngắn câu này trước; hoặc bỏ bớt một câu",
            )
    fits.save()
