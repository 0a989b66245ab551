"""Files that programs make and pages need: downloads (papers, tables, data), schemas, what scripts read."""

from __future__ import annotations

import os
from pathlib import Path

from knowledge.addresses import Form
from knowledge.crossref import grid, rows, solution_table, table
from knowledge.downloads import FOLDER
from knowledge.index import Index
from knowledge.law_usage import usage_table
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import vn_date
from papers.cache import PaperCache
from papers.excel.tables import csv_text, xlsx_bytes
from papers.files import know_papers, paper_files
from papers.pdf.share import share_files
from papers.pdf.sheets import MissingLetter, SheetOverflow
from papers.slides.deck import SlideOverflow
from publish.contract import contract_schema_text, contract_text
from publish.deadlines_module import (
    DAYS_OFF_MODULE,
    DEADLINES_MODULE,
    WORDS_MODULE,
    days_off_module,
    deadlines_module,
    words_module,
)
from publish.draft_signs_module import DRAFT_SIGNS_MODULE, draft_signs_module
from publish.edition_files import edition_files
from publish.editor_schemas import editor_schemas, editor_settings
from publish.ids_module import IDS_MODULE, ids_module
from publish.leading import old_downloads
from publish.project import ROOT, WITHOUT_PAPERS, BuildFailed, site_url, write_changed
from publish.resolution_kinds_module import KINDS_MODULE, resolution_kinds_module
from publish.search.language_file import LANGUAGE_FILE, language_file
from publish.signs_module import SIGNS_MODULE, signs_module

PAPERS = ROOT / ".cache" / "papers"
PICTURES = ROOT / ".cache" / "pictures"
SCHEMAS = ROOT / "schemas"


def generated_files(kb: KnowledgeBase, form: Form) -> dict[str, str | bytes]:
    """Return the files that one build adds to ``docs/``, by path below it: downloads, and what scripts read.

    Raises BuildFailed when a paper cannot be made.
    """
    files: dict[str, str | bytes] = {f"{FOLDER}/{name}": content for name, content in downloads(kb, form).items()}
    return {**files, **edition_files(kb), LANGUAGE_FILE: language_file(), **script_files(kb, form)}


def script_files(kb: KnowledgeBase, form: Form) -> dict[str, str | bytes]:
    """Return the modules that scripts read, by path below ``docs/``: cut from the same records as the pages."""
    return {
        DEADLINES_MODULE: deadlines_module(kb, form), WORDS_MODULE: words_module(kb), DAYS_OFF_MODULE: days_off_module(),
        SIGNS_MODULE: signs_module(kb, form), DRAFT_SIGNS_MODULE: draft_signs_module(kb, form),
        KINDS_MODULE: resolution_kinds_module(kb, form), IDS_MODULE: ids_module(kb.moves),
    }  # fmt: skip


def downloads(kb: KnowledgeBase, form: Form) -> dict[str, str | bytes]:
    """Return what stands below ``tai-ve/``: papers, tables, data and schemas. Raises BuildFailed."""
    try:
        # The benchmark grows a project fiftyfold; its papers are measured apart.
        wanted = not os.environ.get(WITHOUT_PAPERS)
        papers: dict[str, str | bytes] = dict(paper_files(kb, site_url(kb.own), PaperCache(PAPERS))) if wanted else {}
        # A picture is named by its absolute address: without a public one nobody could fetch it.
        papers |= share_files(kb, PaperCache(PICTURES)) if wanted and site_url(kb.own) else {}
    except (MissingLetter, SheetOverflow, SlideOverflow) as fault:
        raise BuildFailed(str(fault)) from None
    papers = {**papers, **old_downloads(kb, papers)}
    return {
        "kb.json": contract_text(kb, form),
        "kb.schema.json": contract_schema_text(),
        **cross_reference_files(kb),
        **papers,
        **{f"schemas/{name}": text for name, text in editor_schemas().items()},
    }


def know_alike(kb: KnowledgeBase) -> None:
    """Compute what is the same for editions of these records: schemas, widths of lines, what papers are made of."""
    editor_schemas()
    contract_schema_text()
    draft_signs_module(kb, "directory")
    try:
        know_papers(kb, PaperCache(PAPERS))
    except (MissingLetter, SheetOverflow, SlideOverflow):
        # The base's own build says so.
        return


def cross_reference_files(kb: KnowledgeBase) -> dict[str, str | bytes]:
    """Return the cross-reference and the sentences of law, each as a spreadsheet for people and as CSV for programs."""
    index = Index(kb)
    whole = table(rows(index))
    laws = usage_table(kb)
    edition = f"bản {vn_date(kb.edition.date)}"
    title = f"Bảng đối chiếu hạn chế – giải pháp, {edition}"
    sheets = {"Đối chiếu": whole, "Lưới": grid(index), "Giải pháp": solution_table(index)}
    return {
        "doi-chieu.xlsx": xlsx_bytes(sheets, title, kb.edition.date),
        "doi-chieu.csv": csv_text(whole),
        "cau-luat.xlsx": xlsx_bytes({"Câu luật": laws}, f"Các câu luật trong sổ tay, {edition}", kb.edition.date),
        "cau-luat.csv": csv_text(laws),
    }


def committed_files() -> dict[Path, str]:
    """Return the generated files that are committed: schemas for editors, and the IDs as scripts know them."""
    schemas = {SCHEMAS / name: text for name, text in editor_schemas().items()}
    return {**schemas, ROOT / "docs" / IDS_MODULE: ids_module(), ROOT / ".vscode/settings.json": editor_settings()}


def generate_committed() -> None:
    """Bring the committed files up to date with the record types; a schema that no type makes is removed."""
    files = committed_files()
    for path, text in files.items():
        write_changed(path, text)
    for path in SCHEMAS.glob("*.schema.json"):
        if path not in files:
            path.unlink()
