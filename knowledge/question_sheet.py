"""The sheet of questions of a kind of resolution: the same words on paper, in Word and on the page. Knows no HTML."""

from __future__ import annotations

from functools import partial
from typing import Any

from knowledge.records.documents import Document, Paragraph, Table, TemplateDocument, WriteIn
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.resolution_kinds import ResolutionKind
from knowledge.sheet_text import named_instruments, spans
from knowledge.text import vn_date

LATE_TITLE = "Hồ sơ đến muộn (còn khoảng bảy ngày)"
LATE_STEPS = [
    "Trong ngày: ghi ngày nhận, tài liệu thiếu; báo Thường trực HĐND, hẹn giờ nhận bổ sung.",
    "Ngày 1–2: chia câu hỏi cho từng thành viên; hỏi cơ quan soạn bằng văn bản.",
    "Ngày 3–4: họp Ban theo phiếu này; câu nào chưa có trả lời thì ghi vào báo cáo thẩm tra.",
    "Không kịp thì đề nghị lùi nội dung; không ký cho kịp.",
]
"""What a committee can still do when the dossier comes late; advice, as the exercise on it teaches."""
HOW = "Đánh dấu “có” khi đã thấy câu trả lời ở đúng chỗ, ghi trang. Còn “chưa” thì hỏi cơ quan soạn thảo, ghi vào báo cáo thẩm tra. Không có việc đó thì gạch ngang."
DRAFT = "Tên dự thảo"


def lessons_of(kind: ResolutionKind) -> str:
    """Return which questions rest on which lesson: “HC1a: 2; HC3b: 1, 4”."""
    resting: dict[str, list[int]] = {}
    for number, question in enumerate(kind.questions, 1):
        for code in question.prevents:
            resting.setdefault(code, []).append(number)
    return "; ".join(f"{code}: {spans(numbers)}" for code, numbers in sorted(resting.items()))


def basis_of(kb: KnowledgeBase, kind: ResolutionKind) -> str:
    """Return the instruments that the questions rest on, each with its label; the rest is advice."""
    return named_instruments(kb, [rule for question in kind.questions for rule in question.rules])


def question_data(kb: KnowledgeBase, kind: ResolutionKind) -> dict[str, Any]:
    """Return what the sheet shows, as text."""
    return {
        "id": kind.id,
        "title": kind.title,
        "how": HOW,
        "verb": kind.verb,
        "questions": [{"id": one.id, "text": one.text, "where": one.where} for one in kind.questions],
        "late": {"title": LATE_TITLE, "steps": LATE_STEPS},
        "lessons": lessons_of(kind),
        "basis": basis_of(kb, kind),
        "edition": f"{kb.edition.name}, bản {vn_date(kb.edition.date)}",
    }


def question_document(kb: KnowledgeBase, kind: ResolutionKind, edition: str = "") -> TemplateDocument:
    """Return the sheet as a document to fill: what recurs is taken from the sitting on the device.

    ``edition`` stands instead of the edition's name and day.
    """
    data = question_data(kb, kind)
    origin = f"{kind.id}, {edition or data['edition']}"
    rows: list[Any] = [
        [str(n), one["text"], one["where"], "☐ có  ☐ chưa"] for n, one in enumerate(data["questions"], 1)
    ]
    foot = f"Bài học: {data['lessons']}. " if data["lessons"] else ""
    told = [" ".join(LATE_STEPS), f"{foot}Căn cứ: {data['basis']}. {origin}."]
    # Not validated, as forms are: a form's ID begins with BM, and it names no year; here years are those of laws and of
    # the edition, and words are those of records, which were.
    table, writing = partial(Table.model_construct, kind="table"), partial(WriteIn.model_construct, kind="write-in")
    paragraph = partial(Paragraph.model_construct, kind="paragraph")
    blocks: list[Any] = [
        paragraph(text="HĐND {don-vi} {khoa}, kỳ họp {ky}, khai mạc {khai-mac}."),
        writing(label=DRAFT, lines=1),
        paragraph(text=data["how"]),
        table(columns=["TT", "Câu hỏi", "Phải thấy ở", "Có / chưa; trang"], widths=[1, 8, 6, 4], rows=rows),
        writing(label="Người rà soát, ngày", lines=1),
        table(columns=[LATE_TITLE, "Bài học, căn cứ"], widths=[3, 2], rows=[told]),
    ]
    sheet = Document.model_construct(form="internal", name=f"CÂU HỎI THẨM TRA: {kind.title}", blocks=blocks)
    return TemplateDocument.model_construct(id=kind.id, documents=[sheet])
