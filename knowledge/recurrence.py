"""Where else a fault was met: the sources that quote or report a part of a finding, by place and year."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.coverage import quotes_of
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Evidence, Source


@dataclass(frozen=True)
class Seen:
    """A source that met a part: by evidence of its own, or (``evidence`` None) by what the finding quotes of it."""

    source: Source
    evidence: Evidence | None


def seen_of(kb: KnowledgeBase, part_id: str) -> list[Seen]:
    """Return the sources that met a part, each once, oldest first; those without a year come last."""
    return kb.once("seen by part", _by_part).get(part_id, [])


def met_by(kb: KnowledgeBase, source_id: str) -> list[str]:
    """Return the parts that a source met, in the order of the findings."""
    return kb.once("parts by source", _by_source).get(source_id, [])


def _by_source(kb: KnowledgeBase) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in kb.parts:
        for one in seen_of(kb, part):
            found.setdefault(one.source.id, []).append(part)
    return found


def _by_part(kb: KnowledgeBase) -> dict[str, list[Seen]]:
    found: dict[str, list[Seen]] = {}
    for source in sorted(kb.sources.values(), key=lambda one: (one.date or "9999", one.id)):
        own = {one.part: one for one in source.evidence}
        quoted = dict.fromkeys(placed.owner for placed in quotes_of(kb, source.id))
        for part in {**own, **quoted}:
            if part in kb.parts:
                found.setdefault(part, []).append(Seen(source, own.get(part)))
    return found


def drawn_from(kb: KnowledgeBase) -> tuple[list[Source], int]:
    """Return the sources of which every sentence is used, and how many others there are."""
    whole = [one for one in kb.sources.values() if one.coverage == "full"]
    return whole, len(kb.sources) - len(whole)


def places_of_seen(seen: list[Seen]) -> list[tuple[str, list[int]]]:
    """Return each place with the years in which a source met the fault there; a source without one place is left out."""
    places: dict[str, list[int]] = {}
    for one in seen:
        if one.source.province:
            years = places.setdefault(one.source.province, [])
            if one.source.year and one.source.year not in years:
                years.append(one.source.year)
    return list(places.items())


GROUPS = ("Đã gặp ở ba nơi trở lên", "Đã gặp ở hai nơi", "Đã gặp ở một nơi", "Có nguồn nêu, không ghi nơi")
"""Groups, no ranks: what was not found tells nothing of how often a fault occurs."""


def group_of(seen: list[Seen]) -> str:
    """Return in how many places a fault was met, in words."""
    count = len(places_of_seen(seen))
    return GROUPS[-1 if count == 0 else max(0, 3 - count)]


def told_group(seen: list[Seen]) -> str:
    """Return the group with its places: “Đã gặp ở hai nơi: Hà Giang (2026), Cà Mau (2025)”."""
    return ": ".join(filter(None, (group_of(seen), told_places(seen))))


def told_places(seen: list[Seen]) -> str:
    """Return the places and years: “Hà Giang (2026), Cà Mau (2025)”."""
    return ", ".join(
        f"{place} ({', '.join(str(year) for year in sorted(years))})" if years else place
        for place, years in places_of_seen(seen)
    )
