"""Checks of the kinds of resolution: each question has a basis, each form a title of its kind, no council “approves”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.checks import Check
from knowledge.checks.documents import one_text_fault
from knowledge.form_fields import unfilled
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.resolution_kinds import SECTIONS, ResolutionKind

_OPENING = re.compile(r"^Về (việc )?")
_BLANK = re.compile(r"«[^»]*»")
_NOT_A_COUNCILS_VERB = "phê duyệt"


def questions_have_a_basis(kb: KnowledgeBase) -> Iterator[Issue]:
    """A question stops a known fault or follows a rule; its ID is used once on the page, where sections have theirs."""
    for kind in kb.resolution_kinds.values():
        issue = kb.origins[kind.id].issue
        taken = {place for _title, place in SECTIONS.values()} | {"buoc-tiep-theo"}
        for number, question in enumerate(kind.questions):
            if not question.prevents and not question.rules:
                yield issue(
                    ("questions", number, "prevents"),
                    "question-without-basis",
                    f"câu hỏi “{question.id}” không có cơ sở",
                    "thêm hạn chế mà câu hỏi ngăn (prevents), hoặc căn cứ (rules)",
                )
            if question.id in taken:
                yield issue(
                    ("questions", number, "id"),
                    "question-repeated",
                    f"mã câu hỏi “{question.id}” đã dùng trên trang của {kind.id}",
                    "đặt mã khác",
                )
            taken.add(question.id)


def kinds_have_a_form_or_say_why_not(kb: KnowledgeBase) -> Iterator[Issue]:
    """A kind has a form, or tells what to use instead; not both."""
    for kind in kb.resolution_kinds.values():
        if bool(kind.forms) == bool(kind.no_form):
            said = "vừa có biểu mẫu vừa ghi lý do không có" if kind.forms else "không có biểu mẫu, không ghi vì sao"
            yield kb.origins[kind.id].issue(
                ("no_form",),
                "kind-form",
                f"{kind.id} {said}",
                "ghi forms, hoặc ghi no_form: vì sao, dùng gì thay",
            )


def another_decider_is_named(kb: KnowledgeBase) -> Iterator[Issue]:
    """Where a matter is not always the council's, the page says whose it is then."""
    for kind in kb.resolution_kinds.values():
        if kind.owner != "hdnd" and not kind.otherwise:
            yield kb.origins[kind.id].issue(
                ("owner",),
                "kind-otherwise",
                f"{kind.id} không phải lúc nào cũng của HĐND mà không nói còn của ai",
                "ghi otherwise: ai quyết định, việc gì; hoặc owner: hdnd",
            )


def grounds_name_a_text(kb: KnowledgeBase) -> Iterator[Issue]:
    """A ground is an instrument of the handbook, or a text that it does not have; never both, never neither."""
    for kind in kb.resolution_kinds.values():
        for number, ground in enumerate(kind.grounds):
            if (ground.instrument is None) == (ground.text is None):
                yield one_text_fault(kb.origins[kind.id], ("grounds", number))


def forms_bear_a_title_of_their_kind(kb: KnowledgeBase) -> Iterator[Issue]:
    """The title that a resolution's form bears is one of those that its kind calls right."""
    for kind in kb.resolution_kinds.values():
        for number, form in enumerate(kind.forms):
            document = kb.documents.get(form)
            for one in document.documents if document else ():
                if one.form == "resolution" and one.subject and not _fits(one.subject, kind):
                    yield kb.origins[kind.id].issue(
                        ("forms", number),
                        "title-unlike-kind",
                        f"{form} có tên “{unfilled(one.subject)[:70]}”, không khớp tên đúng nào của {kind.id}",
                        "sửa tên ở titles hoặc ở biểu mẫu cho giống nhau",
                    )


def _fits(subject: str, kind: ResolutionKind) -> bool:
    """A blank of the form stands for any words, so that the general form fits every kind."""
    pattern = re.escape(_bare(unfilled(subject))).replace(re.escape("«»"), ".+")
    return any(re.fullmatch(pattern, _bare(title)) for title in kind.titles)


def _bare(title: str) -> str:
    return _BLANK.sub("«»", _OPENING.sub("", title))


def no_council_approves(kb: KnowledgeBase) -> Iterator[Issue]:
    """Councils decide, ratify, adopt, issue, elect: the word for what a superior does is not theirs."""
    for kind in kb.resolution_kinds.values():
        for path, text in ((("verb",), kind.verb), *((("titles", n), one) for n, one in enumerate(kind.titles))):
            if _NOT_A_COUNCILS_VERB in text.lower():
                yield kb.origins[kind.id].issue(
                    path,
                    "council-verb",
                    f"ghi “{_NOT_A_COUNCILS_VERB}” cho HĐND",
                    "quyết định, phê chuẩn, thông qua, ban hành, bầu, chấp thuận… theo loại việc",
                )


RESOLUTION_KIND_CHECKS: tuple[Check, ...] = (
    questions_have_a_basis,
    kinds_have_a_form_or_say_why_not,
    another_decider_is_named,
    grounds_name_a_text,
    forms_bear_a_title_of_their_kind,
    no_council_approves,
)
