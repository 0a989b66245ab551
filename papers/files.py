"""All downloads that are papers: name → bytes. What did not change is taken from a cache."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from macros.downloads import HANDBOOK, pack_name, sheet_docx_name, sheet_pdf_name, template_name
from macros.guide import Index
from macros.knowledge import KnowledgeBase

HERE = Path(__file__).resolve().parent
NEEDED_BESIDES = ("documents.py", "text.py")
"""Modules of ``macros/`` whose change changes a paper without changing its data."""


class PaperCache:
    """Keeps made files below a folder under a digest of all that goes into them."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.code = _code_digest()
        self.used: set[str] = set()

    def get(self, name: str, data: Any, make: Callable[[], bytes]) -> bytes:
        """Return the file made earlier from the same data and code, or make it."""
        text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
        key = hashlib.sha256(f"{self.code}\n{name}\n{text}".encode()).hexdigest()[:32]
        if self.folder is None:
            return make()
        kept = self.folder / key
        self.used.add(key)
        if kept.is_file():
            return kept.read_bytes()
        content = make()
        self.folder.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        part.write_bytes(content)
        part.replace(kept)
        return content

    def forget_unused(self) -> None:
        """Remove what this run did not use."""
        for path in self.folder.iterdir() if self.folder and self.folder.is_dir() else ():
            if path.name not in self.used:
                path.unlink()


def _code_digest() -> str:
    digest = hashlib.sha256()
    sources = [*HERE.glob("*.py"), *HERE.glob("*.typ"), *(HERE / "fonts").glob("*.ttf")]
    sources += [HERE.parent / "macros" / name for name in NEEDED_BESIDES]
    for path in sorted(sources):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def paper_files(kb: KnowledgeBase, site_url: str, cache: PaperCache) -> Iterable[tuple[str, bytes]]:
    """Yield (name, bytes) of every PDF, Word file and spreadsheet form."""
    # Loaded here: whoever only wants the names needs neither the typesetter nor the writers.
    from .form_xlsx import template_xlsx
    from .handbook import handbook_data, handbook_pdf
    from .official import template_docx
    from .packs import pack_data, pack_pdf, packs
    from .sheets import sheet_data, sheet_pdf
    from .word_sheet import sheet_docx

    index = Index(kb)
    day = kb.edition.date.isoformat()
    for sheet in kb.checklists.values():
        data = sheet_data(kb, sheet, site_url)
        name = sheet_pdf_name(sheet.id)
        yield name, cache.get(name, data, lambda data=data: sheet_pdf(data))  # type: ignore[misc]
        name = sheet_docx_name(sheet.id)
        make = lambda sheet=sheet: sheet_docx(kb, sheet, site_url)  # noqa: E731
        yield name, cache.get(name, [data, day], make)
    for stem, pack in packs(index).items():
        name = pack_name(stem)
        data = pack_data(kb, pack, site_url)
        yield name, cache.get(name, data, lambda pack=pack: pack_pdf(kb, pack, site_url))  # type: ignore[misc]
    yield HANDBOOK, cache.get(HANDBOOK, handbook_data(index), lambda: handbook_pdf(index))
    for template_id, document in kb.documents.items():
        named = [kb.instruments[g.instrument] for d in document.documents for g in d.grounds if g.instrument]
        facts = [document.model_dump(), kb.templates[template_id].title, day,
                 [(one.title, one.issued) for one in named]]  # fmt: skip
        name = template_name(kb, template_id)
        writer = template_xlsx if document.sheets else template_docx
        yield name, cache.get(name, facts, lambda d=document, w=writer: w(kb, d))  # type: ignore[misc]
    cache.forget_unused()
