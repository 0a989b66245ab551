"""Checks of the pages' wording: law without a basis, long sentences, dates in another form."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from knowledge.checks.pages import MACRO_CALL, without_code
from knowledge.kept import kept
from knowledge.kinds import INNER_KINDS, KINDS, TO_WRITE
from knowledge.records.fields import Strict, texts_at
from knowledge.records.issues import Issue, Level
from knowledge.records.knowledge_base import KnowledgeBase, Origin, Page
from knowledge.records.model import Exercise
from knowledge.records.yaml_lines import Path as FieldPath
from knowledge.text import sentences, vn_date, words

MAX_SENTENCE_WORDS = 25

_NAMED_LAW = re.compile(r"(?:Luật|Nghị định|Pháp lệnh|Nghị quyết|Thông tư|NĐ|NQ)[^.;]{0,80}$")


def law_has_a_basis(kb: KnowledgeBase) -> Iterator[Issue]:
    """Prose names no article by hand: law comes from a rule, with its label."""
    for page in kb.pages.values():
        for number, named in _articles_by_hand(page.body):
            yield page.issue(
                "law-in-prose",
                f"nêu “{named}” không qua căn cứ",
                'dùng {{ rule("mã-căn-cứ") }} để hiện điều, khoản kèm nhãn',
                line=page.body_line + number,
            )


@kept
def _articles_by_hand(body: str) -> tuple[tuple[int, str], ...]:
    """Return (line, counted from 0, words) of each article or clause that prose names."""
    found: list[tuple[int, str]] = []
    for number, line in enumerate(without_code(body).split("\n")):
        prose = MACRO_CALL.sub("", line)
        for match in re.finditer(r"(?:Điều|Đ\.)\s*\d+|[Kk]hoản\s+\d+", prose):
            # An example of a draft resolution may number its own articles.
            if line.startswith("    ") and not _NAMED_LAW.search(prose[: match.start()]):
                continue
            found.append((number, match.group(0)))
    return tuple(found)


def page_sentences_are_short(kb: KnowledgeBase) -> Iterator[Issue]:
    """Own prose keeps to 25 words a sentence; quotations and tables are left alone."""
    for page in kb.pages.values():
        for line, block in _prose_blocks(page.body, page.body_line):
            for sentence in _too_long(block):
                message = f"câu dài {len(words(sentence))} chữ: “{sentence[:60]}…”"
                yield page.issue("long-sentence", message, _REMEDY, line=line, level=Level.WARNING)


def record_sentences_are_short(kb: KnowledgeBase) -> Iterator[Issue]:
    """The same for the sentences that stand in data."""
    for origin, path, text in _own_texts(kb):
        for sentence in _too_long(text):
            message = f"câu dài {len(words(sentence))} chữ"
            yield origin.issue(path, "long-sentence", message, _REMEDY, Level.WARNING)


_REMEDY = f"tách câu, tối đa {MAX_SENTENCE_WORDS} chữ"


@kept
def _too_long(text: str) -> tuple[str, ...]:
    return tuple(one for one in sentences(text) if len(words(one)) > MAX_SENTENCE_WORDS)


def _own_texts(kb: KnowledgeBase) -> Iterator[tuple[Origin, FieldPath, str]]:
    for kind in KINDS.values():
        for owner, record in kb.of(kind.name).items():
            for place in kind.own_words:
                for path, text in texts_at(record, place):
                    if not _is_draft_to_mark(record, path):
                        yield kb.origins[owner], path, text
    for name, listed in kb.listed_at.items():
        for owner, (origin, at) in listed.items():
            for place in INNER_KINDS[name].own_words:
                for path, text in texts_at(kb.of(name)[owner], place):
                    yield origin, (*at, *path), text


def _is_draft_to_mark(record: object, path: FieldPath) -> bool:
    """Tell whether a text is of a bad draft in which to find what is wrong: it has faults on purpose, long sentences too."""
    return isinstance(record, Exercise) and record.kind == "mark" and (path[0], path[-1]) == ("choices", "text")


Place = Callable[[str, str, str], Issue]
"""Makes an issue at the place of a text: code, what is wrong, what to write."""

_VERBATIM = {"quotes", "paragraphs", "headings", "misprints", "source"}
"""Fields that others wrote."""


@dataclass(frozen=True)
class _Own:
    """What one page, record or document itself says: each text with its place, and whether it belongs to a story.

    A project read again after a change has it again, with what was picked out of it, for all but one of its files.
    """

    texts: tuple[tuple[Place, str, bool], ...]
    _picked: dict[object, tuple[tuple[Place, str], ...]] = field(default_factory=dict, init=False, compare=False)

    def those(self, wanted: Callable[[str], bool], stories: bool) -> tuple[tuple[Place, str], ...]:
        key = wanted, stories
        if key not in self._picked:
            self._picked[key] = tuple(
                (place, text) for place, text, is_story in self.texts if (stories or not is_story) and wanted(text)
            )
        return self._picked[key]


def texts_that(kb: KnowledgeBase, wanted: Callable[[str], bool], stories: bool = True) -> list[tuple[Place, str]]:
    """Return the own texts of pages (a paragraph or a line of a table at a time) and records for which a pure function holds.

    The invented situations of exercises and their answers are ``stories``. A word alone is a name or a choice, no text.
    """
    return [one for own in kb.once("own texts", _own_of_all) for one in own.those(wanted, stories)]


_FIGURE = re.compile(r"\d")


def has_figure(text: str) -> bool:
    """Tell whether a text has a figure: so do dates, numbers, names of sources."""
    return _FIGURE.search(text) is not None


def _is_text(said: str) -> bool:
    return " " in said or has_figure(said)


def _own_of_all(kb: KnowledgeBase) -> list[_Own]:
    found = [_own_of_page(page.body, page.body_line, page.file, *_named(page)) for page in kb.pages.values()]
    for owner, origin in kb.origins.items():
        record = kb.get(owner)
        if record is not None:
            found.append(_own_of_record(record, origin, ()))
    for name, listed in kb.listed_at.items():
        found += [_own_of_record(kb.of(name)[owner], origin, at) for owner, (origin, at) in listed.items()]
    found += [_own_of_record(document, kb.document_origins[owner], ()) for owner, document in kb.documents.items()]
    return found


def _named(page: Page) -> tuple[str, ...]:
    """Return what a page that is no record is called and told of; of others the record has it."""
    return () if page.record else (page.title or "", page.description or "")


@functools.lru_cache(maxsize=2_048)
def _own_of_page(body: str, first: int, file: str, *named: str) -> _Own:
    texts = [*_lines_and_paragraphs(body, first), *((0, said) for said in named)]
    return _Own(tuple((partial(_on_page, file, number), text, False) for number, text in texts if _is_text(text)))


def _own_of_record(record: Strict, origin: Origin, at: FieldPath) -> _Own:
    def look() -> _Own:
        return _Own(
            tuple(
                (partial(_in_record, origin, path), text, _is_of_story(record, path))
                for path, text in _strings(record, at, [])
                if not _is_draft_to_mark(record, path)
            )
        )

    return origin.parsed.once(("own", at), record, look)


def _is_of_story(record: Strict, path: FieldPath) -> bool:
    return isinstance(record, Exercise) and path[0] in ("situation", "choices", "steps")


def _on_page(file: str, number: int, code: str, message: str, remedy: str) -> Issue:
    return Issue(file, number, "", code, message, remedy)


def _in_record(origin: Origin, path: FieldPath, code: str, message: str, remedy: str) -> Issue:
    return origin.issue(path, code, message, remedy)


@functools.cache
def _left_out(model: type[Strict]) -> set[str]:
    """Return the fields that others wrote, or that are not told."""
    return _VERBATIM | {name for name, field in model.model_fields.items() if field.exclude}


def _strings(value: object, path: FieldPath, found: list[tuple[FieldPath, str]]) -> list[tuple[FieldPath, str]]:
    """Add every text below a value to a list, with its path, but no word alone; a generator in a generator would take twice as long."""
    if isinstance(value, str):
        if _is_text(value):
            found.append((path, value))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            _strings(part, (*path, index), found)
    elif isinstance(value, Strict):
        left_out = _left_out(type(value))
        for key, part in vars(value).items():
            if part and key not in left_out:
                _strings(part, (*path, key), found)
    elif isinstance(value, dict):
        for key, part in value.items():
            if part and key not in _VERBATIM:
                _strings(part, (*path, key), found)
    return found


@kept
def _lines_and_paragraphs(body: str, first: int) -> tuple[tuple[int, str], ...]:
    """Return (line, text) of all that a body says; its first line has the given number."""
    found = list(_prose_blocks(body, first))
    for number, raw in enumerate(without_code(body).split("\n"), first):
        line = re.sub(r"<[^>]*>", " ", MACRO_CALL.sub("X", raw)).strip()
        if re.match(r"[#|<]|!!!|\?\?\?", raw.strip()) and line:
            found.append((number, line.strip("#|!? ")))
    return tuple(found)


_DATE = re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")


def dates_have_one_form(kb: KnowledgeBase) -> Iterator[Issue]:
    """A date is written as Nghị định 30/2020/NĐ-CP wants it, as the handbook itself writes them."""
    for place, text in texts_that(kb, _has_date):
        for found in _DATE.finditer(text):
            try:
                right = vn_date(date(int(found[3]), int(found[2]), int(found[1])))
            except ValueError:
                yield place("date-form", f"“{found[0]}” không phải một ngày", "sửa ngày, tháng")
                continue
            if found[0] != right:
                yield place("date-form", f"ngày “{found[0]}” viết khác cách viết của sổ tay", f"viết {right}")


def _has_date(text: str) -> bool:
    return "/" in text and _DATE.search(text) is not None


@kept
def _prose_blocks(body: str, first: int) -> tuple[tuple[int, str], ...]:
    """Return (line, text) of paragraphs and list items; no headings, tables, quotations or HTML."""
    found: list[tuple[int, str]] = []
    block: list[str] = []
    start = first
    for number, raw in enumerate([*without_code(body).split("\n"), ""], first):
        line = MACRO_CALL.sub("X", raw).strip()
        new_item = re.match(r"(?:[-*+]|\d+[.)])\s+", line)
        if not line or new_item or re.match(r"[#>|<]|!!!|\?\?\?|===|---", line):
            if block:
                found.append((start, " ".join(block)))
            block = []
            line = line[new_item.end() :] if new_item else ""
        if line:
            start = start if block else number
            block.append(re.sub(r"\]\([^)]*\)", "]", re.sub(r"\{[^}]*\}", "", line)))
    return tuple(found)


def nothing_is_left_to_write(kb: KnowledgeBase) -> Iterator[Issue]:
    """No place that a new record began with is left as it was: readers would see it. One line a file: there may be thirty."""
    left: dict[str, list[Issue]] = {}
    for place, _text in texts_that(kb, _is_to_write):
        issue = place("to-write", f"còn “{TO_WRITE}”", "viết vào từng chỗ đó; để trống được thì xóa cả dòng")
        left.setdefault(issue.file, []).append(issue)
    for first, *more in map(sorted, left.values()):
        yield replace(first, message=f"{first.message} ở đây và {len(more)} chỗ nữa") if more else first


def _is_to_write(text: str) -> bool:
    return TO_WRITE in text


WORDING_CHECKS: list[Callable[[KnowledgeBase], Iterator[Issue]]] = [
    law_has_a_basis,
    page_sentences_are_short,
    record_sentences_are_short,
    dates_have_one_form,
    nothing_is_left_to_write,
]
