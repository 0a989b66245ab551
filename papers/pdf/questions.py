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
from papers.pdf.sheets import USUAL_NAME, SheetOverflow, compiled, foot_stamps, stamped_page, trial_issues
from papers.pdf.stamps import Stamp
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
    return stamped_page("question_sheet.typ", data, question_stamps(data), keep)


def question_stamps(data: dict[str, Any]) -> list[Stamp]:
    """Return what stands at the foot."""
    code = {"text": data["id"], "strong": True}
    day = data["edition"].rpartition(", ")[2]
    usual = {"stamp": [code, {"text": f"{USUAL_NAME}, {day}", "strong": False}]}
    return foot_stamps({**data, "stamp": [code, {"text": data["edition"], "strong": False}]}, usual, apart=False)


def question_sheet_issues(kb: KnowledgeBase, fitting: Path | None = None) -> Iterator[Issue]:
    """Set every sheet of questions and return a fault for each that cannot be printed on its one page.

    ``fitting`` is a file that remembers those found to fit.
    """

    def overflow(kind_id: str, over: SheetOverflow) -> Issue:
        place = next(n for n, one in enumerate(kb.resolution_kinds[kind_id].questions) if one.id == over.item)
        return kb.origins[kind_id].issue(
            ("questions", place, "text"),
            "sheet-overflow",
            f"phiếu câu hỏi dài hơn một trang A4 {over.millimetres} mm; câu này dài nhất",
            "rút ngắn câu này trước; hoặc bỏ bớt một câu",
        )

    data_of = {kind.id: partial(question_sheet_data, kb, kind) for kind in kb.resolution_kinds.values()}
    return trial_issues(kb, data_of, question_stamps, partial(compiled, "question_sheet.typ"), overflow, fitting)
