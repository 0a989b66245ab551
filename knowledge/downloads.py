"""Names of the downloads below ``tai-ve/``, and what a reader is told about each. Makes no file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.index import Index
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Record

FOLDER = "tai-ve"
HANDBOOK = "so-tay.pdf"
MINIMUM_PACK = "bo-in-toi-thieu.pdf"
MADE = {
    "": r"(dm|bm|ln)[0-9]+\.(pdf|docx|xlsx)|(bo-in-[a-z0-9-]+|so-tay)\.pdf"
    r"|lop-hoc(-[a-z]+)*\.(pptx|pdf|docx)"
    r"|(doi-chieu|cau-luat)\.(csv|xlsx)|kb(\.schema)?\.json",
    "anh": r"[a-z0-9-]+\.png",
    "schemas": r"[a-z0-9-]+\.schema\.json",
}
"""Folder below ``tai-ve/`` → what the names of made files look like; anything else is somebody's own."""


SLIDES = "lop-hoc.pptx"
SLIDES_PDF = "lop-hoc-trinh-chieu.pdf"
HANDOUT = "lop-hoc-tai-lieu.pdf"
CLASS_KEY = "lop-hoc-dap-an.pdf"
CARDS = "lop-hoc-the.pdf"
FEEDBACK = "lop-hoc-gop-y.pdf"
FEEDBACK_DOCX = "lop-hoc-gop-y.docx"
ATTENDANCE = "lop-hoc-diem-danh.pdf"
ATTENDANCE_DOCX = "lop-hoc-diem-danh.docx"
CLASS_FILES = {
    SLIDES: "Trang trình chiếu, sửa được",
    SLIDES_PDF: "Trang trình chiếu, không cần PowerPoint",
    HANDOUT: "Tài liệu phát: mười bài, đáp án ở cuối",
    CLASS_KEY: "Kế hoạch, đáp án cho người hướng dẫn",
    CARDS: "Thẻ chữ cho các bàn",
    FEEDBACK: "Phiếu góp ý",
    FEEDBACK_DOCX: "Phiếu góp ý, bản sửa được",
    ATTENDANCE: "Danh sách có mặt",
    ATTENDANCE_DOCX: "Danh sách có mặt, bản sửa được",
}
"""What a large class shows and prints: name → what the link says."""


@dataclass(frozen=True)
class Download:
    """A file: its name, what the link says, its size in bytes (0 when it was not made yet)."""

    name: str
    label: str
    size: int = 0

    @property
    def about(self) -> str:
        """Kind and size, for people on a slow line: “PDF, 52 kB”."""
        kind = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "pptx": "PowerPoint", "csv": "CSV", "json": "JSON"}
        suffix = self.name.rsplit(".", 1)[-1]
        size = f", {max(1, round(self.size / 1000))} kB" if self.size else ""
        return f"{kind.get(suffix, suffix)}{size}"


def pdf_name(record_id: str) -> str:
    """Return the name of a record's paper: a sheet to tick, a sheet of questions."""
    return f"{record_id.lower()}.pdf"


def docx_name(record_id: str) -> str:
    """Return the name of the same in Word, to change or to fill."""
    return f"{record_id.lower()}.docx"


def template_name(kb: KnowledgeBase, template_id: str) -> str:
    """Return the name of a template's file."""
    document = kb.documents.get(template_id)
    return f"{template_id.lower()}.{'xlsx' if document and document.sheets else 'docx'}"


def pack_name(record_id: str) -> str:
    """Return the name of the print pack of a role or a stage."""
    return f"bo-in-{record_id.lower()}.pdf"


def has_pack(index: Index, role_or_stage: str) -> bool:
    """Tell whether a role or stage has sheets, and so a pack."""
    return bool(index.sheets_of.get(role_or_stage))


def measured(kb: KnowledgeBase, name: str, label: str) -> Download:
    """Return a download with the size of the file that was made for this build."""
    path = Path(kb.root) / "docs" / FOLDER / name
    return Download(name, label, path.stat().st_size if path.is_file() else 0)


def class_files(kb: KnowledgeBase) -> list[Download]:
    """Return the files of the large class in the order in which a trainer needs them."""
    return [measured(kb, name, label) for name, label in CLASS_FILES.items()]


def groups(index: Index) -> dict[str, list[Download]]:
    """Return all downloads by group, in the order of the page that lists them."""
    kb = index.kb

    def one(name: str, label: str) -> Download:
        return measured(kb, name, label)

    def both(records: Iterable[Record]) -> list[Download]:
        return [
            file
            for record in records
            for file in (
                one(pdf_name(record.id), f"{record.id} {record.title}"),
                one(docx_name(record.id), f"{record.id}, bản sửa được"),
            )
        ]

    return {
        "Bộ in": [
            one(MINIMUM_PACK, "Bộ phiếu tối thiểu: sáu phiếu"),
            *(
                one(pack_name(role_id), f"Bộ in của vai trò {role.title}")
                for role_id, role in kb.roles.items()
                if has_pack(index, role_id)
            ),
            *(
                one(pack_name(stage_id), f"Bộ in bước {stage_id}: {stage.title}")
                for stage_id, stage in kb.stages.items()
                if has_pack(index, stage_id)
            ),
        ],
        "Phiếu rà soát": both(kb.checklists.values()),
        "Biểu mẫu": [
            one(template_name(kb, template_id), f"{template_id} {template.title}")
            for template_id, template in kb.templates.items()
            if template_id in kb.documents
        ],
        "Câu hỏi thẩm tra theo loại nghị quyết": both(kb.resolution_kinds.values()),
        **({"Lớp học cho 40 người": class_files(kb)} if kb.large_class else {}),
        "Cả sổ tay và bảng đối chiếu": [
            one(HANDBOOK, "Sổ tay, bản in"),
            one("doi-chieu.xlsx", "Bảng đối chiếu hạn chế – giải pháp"),
            one("doi-chieu.csv", "Bảng đối chiếu, cho máy đọc"),
            one("cau-luat.xlsx", "Các câu luật trong sổ tay"),
            one("cau-luat.csv", "Các câu luật trong sổ tay, cho máy đọc"),
            one("kb.json", "Toàn bộ dữ liệu, cho máy đọc"),
        ],
    }
