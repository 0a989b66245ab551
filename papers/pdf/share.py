"""Pictures for shared addresses: one PNG of 1200 × 630 px for each page, set by Typst."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable
from typing import Any

import typst

from knowledge.kinds import KINDS
from knowledge.records.knowledge_base import KnowledgeBase, Page
from papers.bands import band, joined
from papers.cache import Keep, PaperCache, anew
from papers.colours import MAIN_COLOUR, mark, own_colour
from papers.pdf.sheets import FONTS, HERE, missing_letter

FOLDER = "anh"
"""Where the pictures lie, below the downloads."""
SIZE = (1200, 630)
BANDS = {"page": 500, "site": 130}
"""Heights of the upper and the lower band."""
PLACES = {"": "Bắt đầu", "dai-bieu-moi": "Đại biểu mới", **{k.folder: k.words.shared for k in KINDS.values()}}
"""What a page is, by its folder."""
ABOUT = "Bài học và phiếu rà soát cho HĐND xã, phường"


def picture_name(uri: str) -> str:
    """Return the file name of a page's picture: ``han-che/hc1.md`` → ``han-che-hc1.png``.

    The page's template works it out from the page's address, which takes no list.
    """
    stem = uri.removesuffix(".md").removesuffix("index").strip("/")
    return f"{stem.replace('/', '-') or 'trang-dau'}.png"


def picture_data(kb: KnowledgeBase, page: Page) -> dict[str, dict[str, Any]]:
    """Return what the two bands of a page's picture show, as text: what it says, whose site it is."""
    record = kb.get(page.record) if page.record else None
    title = page.title or getattr(record, "title", None) or kb.edition.name
    code = page.record if page.record and page.record.isupper() else ""
    folder = posixpath.dirname(page.uri).partition("/")[0]
    accent = own_colour(kb) or MAIN_COLOUR
    return {
        "page": {
            "accent": accent,
            "code": code,
            "kind": PLACES.get(folder, ""),
            "title": "Tôi cần làm gì?" if page.uri == "index.md" else title,
        },
        "site": {"accent": accent, "site": kb.edition.name, "about": ABOUT, "mark": mark(kb)},
    }


def picture_png(data: dict[str, dict[str, Any]], keep: Keep = anew) -> bytes:
    """Set one picture: bundled font only, the same bytes every time; its bands are kept. Raises MissingLetter."""
    return joined(*(keep(picture_band, name, facts) for name, facts in data.items()))


def picture_band(name: str, facts: dict[str, Any]) -> bytes:
    """Set one band of a picture."""
    if missing := missing_letter(facts):
        raise missing
    result = typst.compile(
        str(HERE / "share_picture.typ"),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps({**facts, "band": name, "height": BANDS[name]}, ensure_ascii=False)},
        format="png",
        ppi=72,
    )
    assert isinstance(result, bytes)
    return band(result, last=name == "site")


def share_files(kb: KnowledgeBase, cache: PaperCache) -> Iterable[tuple[str, bytes]]:
    """Yield (name below the downloads, bytes) of every page's picture."""
    for uri, page in kb.pages.items():
        yield f"{FOLDER}/{picture_name(uri)}", picture_png(picture_data(kb, page), cache.keep)
    cache.forget_unused()
