"""Files made before the build: ``docs/tai-ve/`` (papers, tables, data for other tools) and ``schemas/`` (for editors).

Writes only changed bytes and removes what no record makes any more, so live reload neither loops nor
goes stale.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from knowledge.addresses import Form
from knowledge.crossref import grid, rows, solution_table, table
from knowledge.index import Index
from knowledge.law_usage import usage_table
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import vn_date
from papers.cache import PaperCache
from papers.excel.tables import csv_text, xlsx_bytes
from papers.files import paper_files
from papers.pdf.share import share_files
from papers.pdf.sheets import MissingLetter, SheetOverflow
from publish.contract import contract_schema_text, contract_text
from publish.editor_schemas import editor_schemas
from publish.project import ROOT, WITHOUT_PAPERS, BuildFailed, site_url, write_changed

DOWNLOADS = ROOT / "docs" / "tai-ve"
PAPERS = ROOT / ".cache" / "papers"
PICTURES = ROOT / ".cache" / "pictures"
SCHEMAS = ROOT / "schemas"


def generate_downloads(kb: KnowledgeBase, form: Form) -> None:
    """Bring ``docs/tai-ve/`` up to date for a build with the given form of addresses.

    Raises BuildFailed when a paper cannot be made; then nothing is written.
    """
    try:
        # The benchmark grows a project fiftyfold; its papers are measured apart.
        wanted = not os.environ.get(WITHOUT_PAPERS)
        papers = dict(paper_files(kb, site_url(), PaperCache(PAPERS))) if wanted else {}
        # A picture is named by its absolute address: without a public one nobody could fetch it.
        papers |= share_files(kb, PaperCache(PICTURES)) if wanted and site_url() else {}
    except (MissingLetter, SheetOverflow) as fault:
        raise BuildFailed(str(fault)) from None
    files: dict[str, str | bytes] = {
        "kb.json": contract_text(kb, form),
        "kb.schema.json": contract_schema_text(),
        **cross_reference_files(kb),
        **papers,
    }
    files |= {f"schemas/{name}": text for name, text in editor_schemas().items()}
    _bring_up_to_date(DOWNLOADS, files)


def cross_reference_files(kb: KnowledgeBase) -> dict[str, str | bytes]:
    """Return the cross-reference as spreadsheet and CSV, and the sentences of law as CSV."""
    index = Index(kb)
    whole = table(rows(index))
    title = f"Bảng đối chiếu hạn chế – giải pháp, bản {vn_date(kb.edition.date)}"
    sheets = {"Đối chiếu": whole, "Lưới": grid(index), "Giải pháp": solution_table(index)}
    return {
        "doi-chieu.xlsx": xlsx_bytes(sheets, title, kb.edition.date),
        "doi-chieu.csv": csv_text(whole),
        "cau-luat.csv": csv_text(usage_table(kb)),
    }


def generate_schemas() -> None:
    """Bring the committed ``schemas/`` up to date with the record types."""
    _bring_up_to_date(SCHEMAS, editor_schemas())


def _bring_up_to_date(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, text in files.items():
        write_changed(folder / name, text)
    for path in sorted(folder.rglob("*"), reverse=True):
        if (path.is_file() or path.is_symlink()) and path.relative_to(folder).as_posix() not in files:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
