"""Check of what pages say about the handbook itself: none denies a thing that it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from knowledge.checks.wording import every_text
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase
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
    for place, text in every_text(kb, stories=False):
        # Few texts deny anything: most are done with in one look.
        for sentence in sentences(text) if _DENIES.search(text) else ():
            thing = denied(sentence, things)
            if thing:
                yield place(
                    "denies-what-exists",
                    f"nói chưa có “{thing}”, trong khi sổ tay đã có: “{sentence[:60]}”",
                    "bỏ câu này, hoặc viết chỗ tìm thấy",
                )


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


CLAIM_CHECKS: list[Callable[[KnowledgeBase], Iterator[Issue]]] = [nothing_that_exists_is_denied]
