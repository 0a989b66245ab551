"""The slides of the large class as PDF, set by Typst from the same description as the PowerPoint file."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.large_class import LargeClass
from knowledge.text import vn_date
from papers.colours import own_colour
from papers.pdf.sheets import compiled
from papers.slides.deck import GAP, PAGE, Slide
from papers.slides.pptx_file import INK


def slides_pdf(data: dict[str, Any]) -> bytes:
    """Set the slides: one page each, tagged."""
    return compiled("class_slides.typ", data)


def slides_data(kb: KnowledgeBase, plan: LargeClass, told: list[Slide]) -> dict[str, Any]:
    """Return the slides as text with their boxes; what is only for the trainer is left out."""
    slides = []
    for slide in told:
        shown = asdict(slide)
        del shown["notes"]
        slides.append({**shown, "boxes": slide.boxes, "title_size": slide.title_size})
    edition = f"{kb.edition.name}, bản {vn_date(kb.edition.date)}"
    return {
        "title": plan.title,
        "edition": edition,
        "page": PAGE,
        "gap": GAP,
        "ink": own_colour(kb) or f"#{INK}",
        "slides": slides,
    }
