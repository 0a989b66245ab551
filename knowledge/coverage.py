"""Quotations against their source: verbatim, at the right place, and nothing left unquoted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.links import every_record, structures
from knowledge.records.fields import Strict
from knowledge.records.knowledge_base import KnowledgeBase, Origin
from knowledge.records.model import Paragraph, Quote, Source
from knowledge.records.yaml_lines import Path as FieldPath
from knowledge.text import folded_space, sentences


@dataclass(frozen=True)
class PlacedQuote:
    """A quotation with the record (or part) that makes it and the field it stands in."""

    owner: str
    origin: Origin
    path: FieldPath
    quote: Quote


def quotes(kb: KnowledgeBase) -> list[PlacedQuote]:
    """Return every quotation of every record, wherever it stands in it: those of whole records first."""
    return kb.once("quotes", lambda kb: list(_quotes(kb)))


def quotes_of(kb: KnowledgeBase, source_id: str) -> list[PlacedQuote]:
    """Return the quotations from one source."""
    return kb.once("quotes by source", _by_source).get(source_id, [])


def _by_source(kb: KnowledgeBase) -> dict[str, list[PlacedQuote]]:
    found: dict[str, list[PlacedQuote]] = {}
    for placed in quotes(kb):
        found.setdefault(placed.quote.source, []).append(placed)
    return found


def quoted_by(kb: KnowledgeBase, source_id: str) -> dict[str, list[str]]:
    """Return who quotes each paragraph of a source: locator → IDs, each once."""
    found: dict[str, dict[str, None]] = {}
    for placed in quotes_of(kb, source_id):
        found.setdefault(placed.quote.locator, {})[placed.owner] = None
    return {locator: list(owners) for locator, owners in found.items()}


def _quotes(kb: KnowledgeBase) -> Iterator[PlacedQuote]:
    for placed in every_record(kb):
        yield from _kept_quotes(*placed)


def _kept_quotes(owner: str, origin: Origin, record: Strict, place: FieldPath) -> list[PlacedQuote]:
    """Return the quotations of a record; a project read again after a change has the same records but in one file."""
    return origin.parsed.once(
        ("quotes", owner, place),
        record,
        lambda: [
            PlacedQuote(owner, origin, path, one) for path, one in structures(record, place) if isinstance(one, Quote)
        ],
    )


def paragraph_at(source: Source, locator: str) -> Paragraph | None:
    """Return the paragraph at a locator, or None."""
    return next((p for p in source.paragraphs if p.locator == locator), None)


def places_of(source: Source, text: str) -> list[str]:
    """Return the locators of the paragraphs that hold a text verbatim."""
    wanted = folded_space(text)
    return [p.locator for p in source.paragraphs if wanted in folded_space(p.text)]


def unquoted_sentences(kb: KnowledgeBase, source: Source) -> Iterator[tuple[Paragraph, str, bool]]:
    """Yield (paragraph, sentence, quoted) for each sentence that a record ought to quote.

    A sentence counts as quoted when all its letters lie within quotations of its paragraph.
    """
    spans: dict[str, list[tuple[int, int]]] = {}
    for placed in quotes_of(kb, source.id):
        paragraph = paragraph_at(source, placed.quote.locator)
        if paragraph:
            text, wanted = folded_space(paragraph.text), folded_space(placed.quote.text)
            start = text.find(wanted)
            while start >= 0:
                spans.setdefault(paragraph.locator, []).append((start, start + len(wanted)))
                start = text.find(wanted, start + 1)
    for paragraph in source.paragraphs:
        if source.coverage != "full" or paragraph.frame or paragraph.locator.split(".")[0] not in source.lessons_in:
            continue
        text = folded_space(paragraph.text)
        covered = bytearray(len(text))
        for start, end in spans.get(paragraph.locator, []):
            covered[start:end] = b"\x01" * (end - start)
        position = 0
        for sentence in sentences(text):
            position = text.index(sentence, position)
            letters = [i for i in range(position, position + len(sentence)) if text[i].isalnum()]
            yield paragraph, sentence, all(covered[i] for i in letters)
            position += len(sentence)
