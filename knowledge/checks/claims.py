"""Checks of what pages say about the handbook itself: none denies a thing that it has, none names a source by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge.checks.wording import has_figure, texts_that
from knowledge.kept import kept
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import DOCUMENT_KINDS, SOURCE_KINDS
from knowledge.text import sentences

_FILE = r"(?:(?:tệp|bản|file)\s+)?(?:Word|PDF|Excel|bảng tính)|bộ in|bản in"
_HERE = r"bản này|bản sau|bản tới|sổ tay|trang này|trang web|ở đây"
_LACKS = r"(?:hiện |còn |vẫn )?(?:chưa có|chưa làm|chưa kịp|chưa được)"
_LATER = (
    r"sẽ (?:có|làm|đưa lên|được (?:bổ sung|cập nhật|đưa lên)|bổ sung|cập nhật)|sắp (?:có|ra)|có sau|bổ sung sau"
    r"|(?:hiện |còn |vẫn )?đang (?:được )?(?:biên soạn|xây dựng|hoàn thiện|cập nhật)|mới (?:chỉ )?có (?:phần|hướng dẫn)"
)
_FLAGS = re.IGNORECASE
_PROMISE = re.compile(rf"\b(?:{_LATER})\b", _FLAGS)
_NO_FILE = re.compile(rf"\b{_LACKS}\s+(?:{_FILE})\b|\b(?:{_FILE})\s+{_LACKS}\b", _FLAGS)
_NOT_HERE = re.compile(
    rf"\b(?:{_HERE})\b[^.;:]{{0,30}}?\b(?:{_LACKS}|không có)\b|\b(?:{_LACKS}|không có)\b[^.;:]{{0,40}}?\b(?:{_HERE})\b",
    _FLAGS,
)
_DENIES = re.compile(rf"\b(?:{_LATER}|{_LACKS}|không có)\b", _FLAGS)
_SPEAKS_OF_ITSELF = re.compile(rf"\b(?:{_HERE})\b|^(?:{_LACKS}|{_LATER})\b", _FLAGS)
_OPENING = re.compile(r"^(?:(?:mỗi|các|những|phần|toàn bộ)\s+)?", _FLAGS)
# “Chưa có tệp Word thì gõ lại” speaks of the reader's papers.
_CONDITION = re.compile(r"\b(?:thì|nếu|khi)\b", _FLAGS)
# “Bản này chưa có biểu mẫu cho việc này” may well be true: what is said to lack is one of many.
_ONE_OF_MANY = re.compile(r"\b(?:cho|về|riêng|nào|này|đó|khác)\b")


def nothing_that_exists_is_denied(kb: KnowledgeBase) -> Iterator[Issue]:
    """No page and no record says that something is lacking, or will come, that the handbook has."""
    things = things_of(kb)
    for place, text in texts_that(kb, _denies, stories=False):
        for sentence in _denying(text):
            thing = denied(sentence, things)
            if thing:
                yield place(
                    "denies-what-exists",
                    f"nói chưa có “{thing}”, trong khi sổ tay đã có: “{sentence[:60]}”",
                    "bỏ câu này, hoặc viết chỗ tìm thấy",
                )


def _denies(text: str) -> bool:
    return bool(_denying(text))


@kept
def _denying(text: str) -> tuple[str, ...]:
    """Return the sentences of a text that denies something: few do, most are done with in one look."""
    return tuple(sentences(text)) if _DENIES.search(text) else ()


def things_of(kb: KnowledgeBase) -> re.Pattern[str]:
    """Return a pattern of what the handbook has, by the names that pages give it."""
    tables = any(document.sheets for document in kb.documents.values())
    has = {
        r"(?:tệp |bản |file )?Word": bool(kb.checklists or kb.documents),
        r"(?:tệp |bản |file )?Excel|bảng tính": tables,
        r"(?:tệp |bản |file )?PDF|bộ in|bản in|phiếu(?: rà soát)?|danh mục rà soát": bool(kb.checklists),
        r"biểu mẫu": bool(kb.templates),
        r"bài luyện|bài thực hành": bool(kb.exercises),
        r"tự rà soát": bool(kb.reviews),
        r"thuật ngữ": bool(kb.terms),
        r"hạn chế|bảng đối chiếu": bool(kb.findings),
        r"nguyên nhân": bool(kb.causes),
        r"giải pháp": bool(kb.solutions),
        r"cách làm hay": bool(kb.strengths),
        r"hướng dẫn (?:theo|cho từng) vai trò": bool(kb.roles),
    }
    # Any code will do: one that names no record is another check's fault.
    names = [name for name, there in has.items() if there] + [r"(?:DM|BM|TH|HC)\d+"]
    return re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE)


def denied(sentence: str, things: re.Pattern[str]) -> str | None:
    """Return the thing that a sentence wrongly says is not there (yet), or None.

    Only a sentence about the handbook counts: it names it, or begins with one of its things or with
    what is lacking. “UBND đang hoàn thiện bảng tính” has another subject.
    """
    found = things.search(sentence)
    if not found or _CONDITION.search(sentence):
        return None
    opening = _OPENING.match(sentence)
    begins = things.match(sentence, opening.end() if opening else 0)
    if not (begins or _SPEAKS_OF_ITSELF.search(sentence)):
        return None
    if _PROMISE.search(sentence) or _NO_FILE.search(sentence):
        return found.group()
    whole_kind = not _ONE_OF_MANY.search(re.sub(_HERE, "", sentence, flags=_FLAGS))
    return found.group() if _NOT_HERE.search(sentence) and whole_kind else None


TELLS_THE_PAST = ("docs/tra-cuu/thay-doi.md",)
"""Pages whose sentences stay as they were said: the log of what each edition brought."""

_KINDS = "|".join(SOURCE_KINDS[kind] for kind in DOCUMENT_KINDS)
_NUMBER = re.compile(r"\b\d+[\w-]*(?:/[\w-]+)+")
# “Thông báo 15 ngày trước kỳ họp” counts days.
_KIND_AND_NUMBER = re.compile(
    rf"\b({_KINDS})(?: số)? (\d+)\b(?![/-]|\s+(?:ngày|giờ|phút|lần|tháng|năm|việc)\b)", _FLAGS
)
_KIND_AND_YEAR = re.compile(rf"\b({_KINDS}) năm (\d{{4}})\b", _FLAGS)
_YEAR = re.compile(r"\d{4}")
_SOURCE_ID = re.compile(r"\bTB ?\d+\b|\b[a-z0-9]+(?:-[a-z0-9]+)+\b(?!\.md)")
_ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")
# Every council reports each year: “báo cáo năm 2026” may be anybody's.
_TOLD_BY_YEAR = tuple(SOURCE_KINDS[kind].casefold() for kind in DOCUMENT_KINDS if kind != "bao-cao")


@dataclass(frozen=True)
class Names:
    """What sources are called by those who write by hand → the ID of the source."""

    ids: set[str]
    said: dict[str, str]
    """Numbers, kinds with the head of a number (“thông báo 183”), kinds with a year, all in small letters."""
    labels: dict[str, Labels]
    """Year → labels that name it: a place without a year is no name of a source."""


Labels = dict[tuple[int, int], dict[str, tuple[int, str]]]
"""Letters before the year and from it on → labels of that shape, each with its rank and the ID of the source.

However many labels name a year, a text that names it is looked at once for each shape.
"""


def names_of_sources(kb: KnowledgeBase) -> Names:
    """Return what each source may be called, from its record."""
    names = Names(set(kb.sources), {}, {})
    for rank, source in enumerate(kb.sources.values()):
        kind = SOURCE_KINDS[source.kind].casefold()
        if source.number:
            names.said[source.number.casefold()] = source.id
            names.said[f"{kind} {source.number.split('/')[0]}"] = source.id
        if source.year and kind in _TOLD_BY_YEAR:
            names.said[f"{kind} năm {source.year}"] = source.id
        for year in [*_YEAR.finditer(source.label)][-1:]:
            shape = year.start(), len(source.label) - year.start()
            names.labels.setdefault(year[0], {}).setdefault(shape, {})[source.label] = rank, source.id
    return names


def named_by_hand(text: str, names: Names) -> dict[str, str]:
    """Return the words by which a text itself names sources, with the ID of each source."""
    # A field that links to a source is its ID and no more.
    if text in names.ids:
        return {}
    named = _may_name(text)
    if not named.text:
        return {}
    found = {words: names.said[key] for words, key in named.said if key in names.said}
    found |= {words: source for words, source in named.ids if source in names.ids}
    for year in named.years:
        found |= labels_in(named.text, year, names.labels.get(year, {}))
    return found


def labels_in(text: str, year: str, labels: Labels) -> dict[str, str]:
    """Return the labels of a year that stand in a text, each with the ID of its source, in the order of sources."""
    found: dict[str, tuple[int, str]] = {}
    at = text.find(year) if labels else -1
    while at >= 0:
        for (before, rest), of_shape in labels.items():
            words = text[at - before : at + rest] if at >= before else ""
            if words in of_shape:
                found[words] = of_shape[words]
        at = text.find(year, at + 1)
    return {words: source for words, (_rank, source) in sorted(found.items(), key=lambda one: one[1])}


@dataclass(frozen=True)
class _MayName:
    """What in a text could name a source: words with what they say in small letters, words with an ID, years."""

    text: str = ""
    said: tuple[tuple[str, str], ...] = ()
    ids: tuple[tuple[str, str], ...] = ()
    years: tuple[str, ...] = ()


_NOTHING = _MayName()


def _may_name_a_source(text: str) -> bool:
    # Whatever names a source has a figure.
    return has_figure(text) and bool(_may_name(text).text)


@kept
def _may_name(text: str) -> _MayName:
    text = _ADDRESS.sub(" ", text)
    said = [(one[0], one[0]) for one in _NUMBER.finditer(text)]
    said += [(one[0], f"{one[1]} {one[2]}") for one in _KIND_AND_NUMBER.finditer(text)]
    said += [(one[0], f"{one[1]} năm {one[2]}") for one in _KIND_AND_YEAR.finditer(text)]
    years = _YEAR.findall(text)
    ids = [(one[0], one[0].replace(" ", "")) for one in _SOURCE_ID.finditer(text)]
    if not (said or ids or years):
        return _NOTHING
    return _MayName(
        text,
        tuple((words, key.casefold()) for words, key in said),
        tuple(ids),
        tuple(years),
    )


def sources_are_named_by_macros(kb: KnowledgeBase) -> Iterator[Issue]:
    """No text but a source's own page names it by hand: what it is called comes from its record."""
    names = names_of_sources(kb)
    pages = {kb.origins[source].file for source in kb.sources}
    for place, text in texts_that(kb, _may_name_a_source):
        for words, source in named_by_hand(text, names).items():
            issue = place(
                "source-by-hand",
                f"ghi tay tên nguồn “{words}”",
                f'viết {{{{ source_name("{source}") }}}}; trong trường dữ liệu thì viết câu không cần tên nguồn',
            )
            # A label may be another's with a month: “Hà Giang 2026 (tháng 8)”; no link fits there.
            own = issue.file in pages and issue.field == "label"
            if not own and issue.file not in (*TELLS_THE_PAST, kb.origins[source].file):
                yield issue


CLAIM_CHECKS: list[Callable[[KnowledgeBase], Iterator[Issue]]] = [
    nothing_that_exists_is_denied,
    sources_are_named_by_macros,
]
