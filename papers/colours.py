"""The one colour that papers and pictures have: the base's, or an edition's own. Sheets, packs and forms are black."""

from __future__ import annotations

from pathlib import Path

from knowledge.records.knowledge_base import KnowledgeBase

MAIN_COLOUR = "#17456b"
"""The base's main colour, as its mark and its manifest have it."""
MARK = "docs/assets/images/favicon.svg"


def own_colour(kb: KnowledgeBase) -> str | None:
    """Return the main colour that an edition gives; None in the base and where it gives none."""
    return kb.own.colours.main if kb.own and kb.own.colours else None


def mark(kb: KnowledgeBase) -> str:
    """Return the site's mark as SVG: an edition's own, else the base's in the edition's colour."""
    drawn = (Path(kb.root) / kb.where(MARK)).read_text("utf-8")
    return drawn if MARK in kb.own_files else drawn.replace(MAIN_COLOUR, own_colour(kb) or MAIN_COLOUR)
