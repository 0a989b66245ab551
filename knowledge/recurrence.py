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
    found: dict[str, Seen] = {}
    for source in kb.sources.values():
        own = next((one for one in source.evidence if one.part == part_id), None)
        quoted = any(placed.owner == part_id for placed in quotes_of(kb, source.id))
        if own or quoted:
            found[source.id] = Seen(source, own)
    return sorted(found.values(), key=lambda one: (one.source.date or "9999", one.source.id))


def places_of_seen(seen: list[Seen]) -> list[tuple[str, list[int]]]:
    """Return each place with the years in which a source met the fault there; a source without one place is left out."""
    places: dict[str, list[int]] = {}
    for one in seen:
        if one.source.province:
            years = places.setdefault(one.source.province, [])
            if one.source.year and one.source.year not in years:
                years.append(one.source.year)
    return list(places.items())


GROUPS = ("Đã gặp ở ba nơi trở lên", "Đã gặp ở hai nơi", "Đã gặp ở một nơi")
"""Groups, no ranks: what was not found tells nothing of how often a fault occurs."""


def group_of(seen: list[Seen]) -> str:
    """Return in how many places a fault was met, in words."""
    count = len(places_of_seen(seen))
    return GROUPS[0] if count >= 3 else GROUPS[1] if count == 2 else GROUPS[2]


def told_places(seen: list[Seen]) -> str:
    """Return the places and years: “Hà Giang (2026), Cà Mau (2025)”."""
    return ", ".join(
        f"{place} ({', '.join(str(year) for year in sorted(years))})" if years else place
        for place, years in places_of_seen(seen)
    )
