"""Checks of quotations: word for word, at their place, and every sentence of a source is used."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checks import Check
from knowledge.coverage import paragraph_at, places_of, quotes, unquoted_sentences
from knowledge.records.issues import Issue, Level
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import folded_space, nearest


def quotes_are_verbatim(kb: KnowledgeBase) -> Iterator[Issue]:
    """A quotation stands word for word in its source, at its locator."""
    for placed in quotes(kb):
        quote, issue = placed.quote, placed.origin.issue
        source = kb.sources.get(quote.source)
        if source is None:
            if quote.source not in kb.broken:
                known_source = nearest(quote.source, kb.sources) or "chưa có nguồn nào"
                yield issue(
                    (*placed.path, "source"),
                    "unknown-id",
                    f"không có nguồn “{quote.source}”",
                    f"có phải “{known_source}”?",
                )
            continue
        paragraph = paragraph_at(source, quote.locator)
        if paragraph and folded_space(quote.text) in folded_space(paragraph.text):
            continue
        places = places_of(source, quote.text)
        if paragraph is None:
            known = [p.locator for p in source.paragraphs]
            guess = places[0] if places else nearest(quote.locator, known)
            yield issue(
                (*placed.path, "locator"),
                "wrong-locator",
                f"{source.id} không có vị trí “{quote.locator}”",
                f"có phải “{guess}”?" if guess else f"chọn trong: {', '.join(known)}",
            )
        else:
            if places:
                yield issue(
                    (*placed.path, "locator"),
                    "wrong-locator",
                    f"câu trích không ở {quote.locator}",
                    f"ghi locator: {places[0]}",
                )
            else:
                yield issue(
                    (*placed.path, "text"),
                    "quote-not-verbatim",
                    f"câu trích không có nguyên văn trong {source.id}",
                    f"chép đúng từng chữ; đoạn {quote.locator} bắt đầu: “{folded_space(paragraph.text)[:60]}…”",
                )


def source_is_quoted(kb: KnowledgeBase) -> Iterator[Issue]:
    """Every sentence that carries a lesson is quoted by a record."""
    for source in kb.sources.values():
        origin = kb.origins[source.id]
        index_of = {p.locator: i for i, p in enumerate(source.paragraphs)}
        still_open: dict[str, bool] = {}
        for paragraph, sentence, quoted in unquoted_sentences(kb, source):
            path = ("paragraphs", index_of[paragraph.locator])
            still_open[paragraph.locator] = still_open.get(paragraph.locator, False) or not quoted
            if not quoted and not kb.broken:
                level = Level.INFO if paragraph.deferred else Level.ERROR
                yield origin.issue(
                    path,
                    "unquoted-sentence",
                    f"đoạn {paragraph.locator} có câu chưa bản ghi nào trích: “{sentence[:80]}”",
                    "trích câu này trong một hạn chế, nguyên nhân hoặc giải pháp",
                    level,
                )
        for paragraph in source.paragraphs:
            if paragraph.deferred and not still_open.get(paragraph.locator, True):
                yield origin.issue(
                    ("paragraphs", index_of[paragraph.locator], "deferred"),
                    "needless-deferred",
                    f"đoạn {paragraph.locator} đã được trích hết",
                    "xóa dòng deferred",
                    Level.WARNING,
                )
        seen: set[str] = set()
        for index, paragraph in enumerate(source.paragraphs):
            if paragraph.locator in seen:
                yield origin.issue(
                    ("paragraphs", index, "locator"),
                    "duplicate-id",
                    f"vị trí {paragraph.locator} bị trùng",
                    "đánh số lại",
                )
            seen.add(paragraph.locator)


QUOTE_CHECKS: list[Check] = [quotes_are_verbatim, source_is_quoted]
