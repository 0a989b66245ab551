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
        if source is None:  # told as a link that leads nowhere
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


def evidence_holds(kb: KnowledgeBase) -> Iterator[Issue]:
    """Evidence stands word for word at its locator, the press is told in our words, IDs and labels are used once."""
    ids: dict[str, str] = {}
    labels: dict[str, str] = {}
    for source in kb.sources.values():
        issue = kb.origins[source.id].issue
        if source.label in labels:
            yield issue(
                ("label",),
                "duplicate-label",
                f"tên ngắn “{source.label}” đã dùng ở {labels[source.label]}",
                "ghi thêm nơi hoặc tháng để phân biệt",
            )
        labels.setdefault(source.label, source.id)
        if source.coverage == "full" and not source.lessons_in:
            yield issue(
                ("coverage",),
                "coverage-without-sections",
                "coverage: full nhưng chưa có lessons_in",
                "ghi các mục phải trích",
            )
        met: set[str] = set()
        for index, one in enumerate(source.evidence):
            path = ("evidence", index)
            if one.id in ids:
                yield issue((*path, "id"), "duplicate-id", f"mã {one.id} đã dùng ở {ids[one.id]}", "đổi số cuối")
            ids.setdefault(one.id, source.id)
            if one.part in met:
                yield issue(
                    (*path, "part"), "evidence-twice", f"{one.part} đã có bằng chứng ở nguồn này", "gộp làm một"
                )
            met.add(one.part)
            if one.text is None or one.locator is None:
                continue
            if source.kind == "bao-chi":
                yield issue(
                    (*path, "text"), "press-quoted", "báo chí không trích nguyên văn", "kể lại bằng lời của mình ở told"
                )
            paragraph = paragraph_at(source, one.locator)
            if paragraph is None:
                known = ", ".join(p.locator for p in source.paragraphs) or "chưa có đoạn nào"
                yield issue(
                    (*path, "locator"),
                    "wrong-locator",
                    f"{source.id} không có vị trí “{one.locator}”",
                    f"chọn trong: {known}",
                )
            elif folded_space(one.text) not in folded_space(paragraph.text):
                yield issue(
                    (*path, "text"),
                    "quote-not-verbatim",
                    f"câu trích không có nguyên văn ở đoạn {one.locator}",
                    "chép đúng từng chữ",
                )


QUOTE_CHECKS: list[Check] = [quotes_are_verbatim, source_is_quoted, evidence_holds]
