"""Checks of the documents behind the templates: complete, of the right form, on known ground."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from knowledge.form_fields import EACH_PREFIX, pieces
from knowledge.records.documents import Document, Noted, Plain, Repeat, RowGroup, Table, TemplateDocument
from knowledge.records.fields import Strict
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase, Origin
from knowledge.records.model import Template
from knowledge.records.yaml_lines import Path as FieldPath


def templates_have_documents(kb: KnowledgeBase) -> Iterator[Issue]:
    """Each template has its document and each document its template, of the same kind."""
    for template_id in kb.templates:
        if template_id not in kb.documents and f"{template_id}.yml" not in kb.broken:
            file = f"docs/bieu-mau/{template_id.lower()}.yml"
            yield kb.origins[template_id].issue(
                (), "template-without-document", f"chưa có tệp {file}", "tạo tệp, theo mẫu bm02.yml"
            )
    for template_id, document in kb.documents.items():
        origin = kb.document_origins[template_id]
        if template_id in kb.templates:
            yield from _of_one_kind(kb.templates[template_id], document, origin)
        elif template_id not in kb.broken:
            yield origin.issue(
                ("id",),
                "document-without-template",
                f"không có trang của {template_id}",
                f"tạo docs/bieu-mau/{template_id.lower()}.md",
            )


def _of_one_kind(template: Template, document: TemplateDocument, origin: Origin) -> Iterator[Issue]:
    wanted = "sheets" if template.kind == "spreadsheet" else "documents"
    if not getattr(document, wanted) or (document.sheets and document.documents):
        yield origin.issue(
            (wanted,),
            "document-kind",
            f"{template.id} là loại {template.kind}",
            f"chỉ ghi {wanted}, hoặc sửa kind ở trang {template.id}",
        )
    for index, one in enumerate(document.documents):
        if (one.form == "internal") != (template.kind == "internal"):
            yield origin.issue(
                ("documents", index, "form"),
                "document-kind",
                f"{template.id} là loại {template.kind} nhưng văn bản ghi form: {one.form}",
                "phiếu nội bộ dùng form: internal, văn bản hành chính dùng form khác",
            )


def limits_are_counted_from_the_opening(kb: KnowledgeBase) -> Iterator[Issue]:
    """A column that computes its days names a known limit that is counted back from the opening day, and holds days."""
    for template_id, document in kb.documents.items():
        for p, page in enumerate(document.sheets):
            for c, column in enumerate(page.columns):
                known = kb.deadlines.get(column.limit or "")
                if known is None:  # told as a link that leads nowhere
                    continue
                fits = (known.anchor, known.bound, known.side) == ("khai-mac", "cham-nhat", "truoc")
                if fits and column.content == "date":
                    continue
                yield kb.document_origins[template_id].issue(
                    ("sheets", p, "columns", c, "limit"), "column-limit",
                    f"“{column.limit}” không phải hạn đếm lùi từ ngày khai mạc, hoặc cột không phải ngày",
                    "ghi content: date và một mã ở tra-cuu/thoi-han.md, ví dụ han-ho-so-tham-tra",
                )  # fmt: skip


_OFFICIAL = ("issuer", "symbol", "subject", "signatures", "recipients")
REQUIRED: dict[str, tuple[str, ...]] = {
    "resolution": (*_OFFICIAL[:3], "authority", "grounds", *_OFFICIAL[3:]),
    "decision": (*_OFFICIAL[:3], "authority", "grounds", *_OFFICIAL[3:]),
    "named": _OFFICIAL,
    "invitation": ("issuer", "symbol", "signatures", "recipients"),
    "minutes": ("issuer", "symbol", "subject", "signatures"),
    "internal": (),
}
"""Form of a document → what it must have."""


def documents_are_complete(kb: KnowledgeBase) -> Iterator[Issue]:
    """What the form asks for is there; an internal sheet bears nothing official."""
    for document, path, origin in _all(kb):
        for name in REQUIRED[document.form]:
            if not getattr(document, name):
                yield origin.issue(
                    path,
                    "document-incomplete",
                    f"văn bản {document.form} thiếu {name}",
                    f"thêm {name}: …",
                )
        if document.form == "internal":
            for name in ("superior", "issuer", "symbol", "recipients", "signatures"):
                if getattr(document, name):
                    yield origin.issue(
                        (*path, name),
                        "official-in-internal",
                        f"phiếu nội bộ không có {name}",
                        "xóa trường này",
                    )
        for block, where in _blocks(document, path):
            if isinstance(block, Table):
                yield from _table(block, where, origin)


def _blocks(document: Document, path: tuple[str | int, ...]) -> Iterator[tuple[Plain, tuple[str | int, ...]]]:
    for index, block in enumerate(document.blocks):
        here = (*path, "blocks", index)
        if isinstance(block, Repeat):
            yield from ((inner, (*here, "blocks", at)) for at, inner in enumerate(block.blocks))
        else:
            yield block, here


def _table(table: Table, path: tuple[str | int, ...], origin: Origin) -> Iterator[Issue]:
    for number, row in enumerate(table.rows):
        for cells in [*row.rows, *row.reported] if isinstance(row, RowGroup) else [row]:
            if len(cells) != len(table.columns):
                yield origin.issue(
                    (*path, "rows", number),
                    "table-shape",
                    f"dòng có {len(cells)} ô, bảng có {len(table.columns)} cột",
                    'thêm hoặc bớt ô; ô trống ghi ""',
                )
    if table.widths and len(table.widths) != len(table.columns):
        yield origin.issue((*path, "widths"), "table-shape", "số độ rộng khác số cột", "ghi một số cho mỗi cột")


MOST_NOTES = 6
"""Comments of one Word file: more are not read, and each must be removed before printing."""


def notes_are_few(kb: KnowledgeBase) -> Iterator[Issue]:
    """A form has few comments; what a named blank says needs none."""
    for template_id, template in kb.documents.items():
        origin = kb.document_origins[template_id]
        count = sum(1 for _text, path in _texts_of(template, origin) if path[-1] == "note")
        if count > MOST_NOTES:
            yield origin.issue(
                ("documents",),
                "too-many-notes",
                f"có {count} chú thích",
                f"giữ tối đa {MOST_NOTES}; đặt tên chỗ điền cho rõ",
            )


def fields_of_a_matter_stand_where_it_is_repeated(kb: KnowledgeBase) -> Iterator[Issue]:
    """``{nd.…}`` has a value only inside what stands once for each matter; each group tells which one it is."""
    for template_id, template in kb.documents.items():
        origin = kb.document_origins[template_id]
        for text, path in _texts_of(template, origin):
            # Most texts are done with in one look.
            if EACH_PREFIX in text and any(
                piece.kind == "field" and piece.text.startswith(EACH_PREFIX) for piece in pieces(text)
            ):
                yield origin.issue(
                    path,
                    "field-out-of-place",
                    f"“{text[:40]}” không nằm trong phần lặp",
                    "chỉ dùng {nd.…} trong nhóm each",
                )
        for index, document in enumerate(template.documents):
            inside = {id(one) for block in document.blocks if isinstance(block, Repeat) for one in block.blocks}
            for block, where in _blocks(document, ("documents", index)):
                for row in block.rows if isinstance(block, Table) else []:
                    if not isinstance(row, RowGroup):
                        continue
                    if id(block) in inside:
                        yield origin.issue(
                            where, "field-out-of-place", "nhóm dòng lặp nằm trong một phần đã lặp", "chỉ lặp một tầng"
                        )
                    for model in [row.rows, row.reported] if row.reported else [row.rows]:
                        ends = [any("{" + EACH_PREFIX in cell for cell in model[at]) for at in (0, -1)]
                        if not all(ends):
                            yield origin.issue(
                                where, "field-out-of-place", "dòng đầu, dòng cuối của nhóm lặp phải có {nd.…}",
                                "thêm {nd.so} hoặc {nd.ten} vào dòng đó",
                            )  # fmt: skip


def _texts_of(template: TemplateDocument, origin: Origin) -> list[tuple[str, FieldPath]]:
    """Return the texts of a template's documents outside of what is repeated, each with its path; notes anywhere."""
    return origin.parsed.once("texts of documents", template, lambda: _texts(template.documents, ("documents",), []))


def _texts(piece: object, path: FieldPath, found: list[tuple[str, FieldPath]]) -> list[tuple[str, FieldPath]]:
    if isinstance(piece, str):
        found.append((piece, path))
    elif isinstance(piece, list):
        for at, one in enumerate(piece):
            _texts(one, (*path, at), found)
    elif isinstance(piece, Repeat):
        for at, one in enumerate(piece.blocks):
            if isinstance(one, Noted) and one.note:
                found.append((one.note, (*path, "blocks", at, "note")))
    elif isinstance(piece, Strict) and not isinstance(piece, RowGroup):
        for name, part in vars(piece).items():
            if part:
                _texts(part, (*path, name), found)
    return found


def one_text_fault(origin: Origin, where: FieldPath) -> Issue:
    """Return the fault of a ground that names no text, or two."""
    return origin.issue(where, "ground-form", "căn cứ phải có đúng một trong hai: instrument, text", "giữ một")


def grounds_may_stand(kb: KnowledgeBase) -> Iterator[Issue]:
    """Only an instrument that was seen and is in force stands as text; others are a slot."""
    for document, path, origin in _all(kb):
        for index, ground in enumerate(document.grounds):
            where = (*path, "grounds", index)
            if (ground.instrument is None) == (ground.text is None):
                yield one_text_fault(origin, where)
            # One that there is not is told as a link that leads nowhere.
            instrument = kb.instruments.get(ground.instrument or "")
            if instrument and (
                instrument.state_status != "verified"
                or instrument.state not in ("in-force", "amended")
                or not instrument.issued
            ):
                yield origin.issue(
                    (*where, "instrument"),
                    "ground-not-verified",
                    f"{ground.instrument} mới ở mức {instrument.state_status}, chưa được ghi thành căn cứ",
                    'viết text: "Căn cứ «tên văn bản»" và để gợi ý trong note',
                )


def _all(kb: KnowledgeBase) -> Iterator[tuple[Document, tuple[str | int, ...], Origin]]:
    for template_id, document in kb.documents.items():
        for index, one in enumerate(document.documents):
            yield one, ("documents", index), kb.document_origins[template_id]


DOCUMENT_CHECKS: list[Callable[[KnowledgeBase], Iterator[Issue]]] = [
    limits_are_counted_from_the_opening,
    templates_have_documents,
    documents_are_complete,
    notes_are_few,
    fields_of_a_matter_stand_where_it_is_repeated,
    grounds_may_stand,
]
