"""Pictures for shared addresses: one PNG of 1200 × 630 px for each page, set by Typst."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typst

from knowledge.kinds import KINDS
from knowledge.records.knowledge_base import KnowledgeBase, Page
from papers.cache import PaperCache
from papers.pdf.sheets import FONTS, HERE, missing_letter

FOLDER = "anh"
"""Where the pictures lie, below the downloads."""
SIZE = (1200, 630)
PLACES = {"": "Bắt đầu", "dai-bieu-moi": "Đại biểu mới", **{k.folder: k.words.shared for k in KINDS.values()}}
"""What a page is, by its folder."""
ABOUT = "Bài học và phiếu rà soát cho HĐND xã, phường"


def picture_name(uri: str) -> str:
    """Return the file name of a page's picture: ``han-che/hc1.md`` → ``han-che-hc1.png``.

    The page's template works it out from the page's address, which takes no list.
    """
    stem = uri.removesuffix(".md").removesuffix("index").strip("/")
    return f"{stem.replace('/', '-') or 'trang-dau'}.png"


def picture_data(kb: KnowledgeBase, page: Page, mark: str) -> dict[str, Any]:
    """Return what a page's picture shows, as text; ``mark`` is the site's mark as SVG."""
    record = kb.get(page.record) if page.record else None
    title = page.title or getattr(record, "title", None) or kb.edition.name
    code = page.record if page.record and page.record.isupper() else ""
    folder = posixpath.dirname(page.uri).partition("/")[0]
    return {
        "code": code,
        "kind": PLACES.get(folder, ""),
        "title": "Tôi cần làm gì?" if page.uri == "index.md" else title,
        "site": kb.edition.name,
        "about": ABOUT,
        "mark": mark,
    }


def picture_png(data: dict[str, Any]) -> bytes:
    """Set one picture: bundled font only, the same bytes every time. Raises MissingLetter."""
    if missing := missing_letter(data):
        raise missing
    result = typst.compile(
        str(HERE / "share_picture.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="png",
        ppi=72,
    )
    assert isinstance(result, bytes)
    return result


def share_files(kb: KnowledgeBase, cache: PaperCache) -> Iterable[tuple[str, bytes]]:
    """Yield (name below the downloads, bytes) of every page's picture."""
    mark = (Path(kb.root) / "docs" / "assets" / "images" / "favicon.svg").read_text("utf-8")
    for uri, page in kb.pages.items():
        data = picture_data(kb, page, mark)
        name = f"{FOLDER}/{picture_name(uri)}"
        yield name, cache.get(name, data, picture_png, data)
    cache.forget_unused()
