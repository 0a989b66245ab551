"""What stands at addresses that were given up: small pages that lead on or say why nothing is there, files by old names.

They need no script: a plain link, and for moved pages the browser is sent on. A script only takes the fragment along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

from knowledge.addresses import Form, href, page_url
from knowledge.kinds import KINDS, LABELS
from knowledge.moves import Leading, leading_pages, trail
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.moves import PAGES
from knowledge.text import vn_date
from publish.project import write_changed

SCRIPT = "assets/scripts/everywhere/moved.js"
STYLE = "assets/styles/moved.css"
SITTING_PAGE = "tra-cuu/ky-hop-dang-chuan-bi.md"
_PAPER = re.compile(r"(?P<before>bo-in-)?(?P<stem>[a-z0-9-]+)\.(?P<suffix>pdf|docx|xlsx)")


def write_leading_pages(site: Path, kb: KnowledgeBase, form: Form, site_url: str) -> None:
    """Write a page at each address that was given up, in the form of addresses of the build."""
    for page in leading_pages(kb):
        url = page_url(page.uri, form)
        write_changed(
            site / (f"{url}index.html" if url.endswith("/") or not url else url), leading_html(kb, page, form, site_url)
        )


def leading_html(kb: KnowledgeBase, page: Leading, form: Form, site_url: str) -> str:
    """Return the page at an old address."""
    to = _address(page, form)
    head, said = _withdrawn(kb, page, to, form) if page.gone else _moved(kb, page, to)
    sent_on = ""
    if to and not page.gone:
        script = _link(page, SCRIPT, form)
        sent_on = (
            f'<script src="{script}" data-to="{escape(to)}"></script>\n'
            f'<noscript><meta http-equiv="refresh" content="0; url={escape(to)}"></noscript>\n'
        )
    public = (
        f'<link rel="canonical" href="{escape(site_url + page_url(page.to[0], form))}">\n'
        if site_url and page.to
        else ""
    )
    return f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{escape(head)} ({escape(page.id)}) - {escape(kb.edition.name)}</title>
{public}{sent_on}<link rel="stylesheet" href="{_link(page, STYLE, form)}">
</head>
<body>
<main>
<h1>{escape(head)}</h1>
{said}
<p><a href="{_link(page, page_url("index.md", form), form)}">Về trang đầu</a></p>
</main>
</body>
</html>
"""


def _link(page: Leading, target: str, form: Form) -> str:
    return escape(href(page.uri, target, form))


def _address(page: Leading, form: Form) -> str:
    if page.to is None:
        return ""
    uri, fragment = page.to
    return href(page.uri, page_url(uri, form) + (f"#{fragment}" if fragment else ""), form)


def _title(kb: KnowledgeBase, uri: str) -> str:
    found = kb.pages[uri]
    record = kb.get(found.record) if found.record else None
    title = str(getattr(record, "title", None) or found.title or uri)
    return f"{found.record}. {title}" if found.record and found.record.isupper() else title


def _moved(kb: KnowledgeBase, page: Leading, to: str) -> tuple[str, str]:
    """Return (heading, paragraphs) for a page that moved."""
    last = max(move.date for move in kb.moves.moved if move.kind == page.kind and _leads_through(kb, page, move.old))
    where = f'<a href="{escape(to)}">{escape(_title(kb, page.to[0]))}</a>' if page.to else ""
    return "Trang này đã chuyển", (
        f"<p>Trang này nay ở địa chỉ khác: {where}</p>\n"
        f"<p>Chuyển ngày {vn_date(last)}. Liên kết, mã QR cũ vẫn dẫn tới đây; nên lưu lại địa chỉ mới.</p>"
    )


def _leads_through(kb: KnowledgeBase, page: Leading, old: str) -> bool:
    return old == page.id or page.id in trail(kb).former(page.kind, old)


def _withdrawn(kb: KnowledgeBase, page: Leading, to: str, form: Form) -> tuple[str, str]:
    """Return (heading, paragraphs) for something that was withdrawn."""
    gone = page.gone
    assert gone is not None
    name = LABELS.get(page.kind, "Trang") if page.kind != PAGES else "Trang"
    called = f"{gone.id}. {gone.title}" if page.kind in KINDS and gone.id.isupper() else gone.title
    lines = [
        f"<p><strong>{escape(called)}</strong></p>",
        f"<p>Rút ngày {vn_date(gone.date)}. Lý do: {escape(gone.reason)}</p>",
    ]
    if to and page.to:
        title = _title(kb, page.to[0]) if not page.to[1] else str(gone.instead)
        lines.append(f'<p>Dùng thay: <a href="{escape(to)}">{escape(title)}</a></p>')
    if page.kind == "checklists":
        lines.append("<p>Bản đã in của phiếu này không nên dùng nữa.</p>")
        if SITTING_PAGE in kb.pages:
            sitting = _link(page, page_url(SITTING_PAGE, form), form)
            lines.append(
                "<p>Những gì đã ghi vào phiếu trên máy này vẫn còn. "
                f'Xem, tải về hoặc xóa ở trang <a href="{sitting}#phieu-da-rut">Kỳ họp đang chuẩn bị</a>.</p>'
            )
    return f"{name} này đã rút", "\n".join(lines)


def old_downloads(kb: KnowledgeBase, files: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    """Return the papers of what was renamed by their old names, by name below ``tai-ve/``; none stands for a new one.

    What was withdrawn has no file any more: a page cannot stand at its address, and an outdated sheet must not.
    """
    found: dict[str, str | bytes] = {}
    known = trail(kb)
    former = {
        record_id.lower(): [old.lower() for old in known.former(kind, record_id)]
        for kind in known.renamed
        if kind in KINDS
        for record_id in kb.of(kind)
    }
    for name, content in files.items():
        match = _PAPER.fullmatch(name)
        for old in former.get(match["stem"], []) if match else []:
            assert match is not None
            found.setdefault(f"{match['before'] or ''}{old}.{match['suffix']}", content)
    return {name: content for name, content in found.items() if name not in files}
