"""Writes ``sw.js`` into a built site: the worker that keeps the site on the reader's device.

Runs after the engine, over the real files: what is not there is not promised. Addresses are relative
to the worker, so a site in a sub-folder works too.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from publish.project import BuildFailed, write_changed
from publish.unindent import bare_script

WORKER = "sw.js"
ASKING = "assets/scripts/everywhere/offline.js"
_SLOT = re.compile(r"const COPY_BYTES = (?:null|\d+);")
HERE = Path(__file__).resolve().parent
PAPERS = re.compile(r"tai-ve/[^/]+\.(pdf|docx|xlsx|pptx|csv)")
# The search worker loads these two and no other language.
LANGUAGES = ("lunr.stemmer.support.min.js", "lunr.vi.min.js")
# Pictures for link previews, data and schemas for other tools, what the engine writes for crawlers, icons that
# the device itself fetches on installing: no page needs them.
NOT_KEPT = re.compile(
    r"_.*|tai-ve/.*|sitemap\.xml(\.gz)?|robots\.txt|sw\.js|manifest\.webmanifest|.*\.map|.*/(OFL|[^/]*LICENSE)[^/]*\.txt"
    r"|assets/images/(icon-|apple-touch-|favicon\.png).*"
)


@dataclass
class Kept:
    """What the worker keeps: address below the site's root → revision; and the bytes of the papers."""

    pages: dict[str, str] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    paper_bytes: int = 0
    core: list[str] | None = None
    """Of a site with more pages than ``KEEP_ALL``: what each device keeps, whatever its reader opened; else None."""
    roles: dict[str, list[str]] = field(default_factory=dict)
    """Slug of a role → its page and the pages it leads to."""


KEEP_ALL = 300
"""Pages. Above, a device keeps what every page needs, the lists, its reader's role and what was opened."""
_ROLE = re.compile(r"vai-tro/([a-z0-9-]+)(?:/|\.html)")


def needed_by_pages(name: str) -> bool:
    """Tell whether a page may ask for a file of the built site, papers apart."""
    if "/lunr/" in name:
        return name.rsplit("/", 1)[-1] in LANGUAGES
    return not NOT_KEPT.fullmatch(name)


def kept_files(site: Path) -> Kept:
    """Return what of a built site is kept on the device, with revisions from the content."""
    kept = Kept()
    for name, path in _files(site):
        is_paper = PAPERS.fullmatch(name) is not None
        if not is_paper and not needed_by_pages(name):
            continue
        content = path.read_bytes()
        # The worker compares the same first 5 bytes of the digest: enough to tell a file from its next state.
        revision = hashlib.sha256(content).hexdigest()[:10]
        address = _address(name)
        (kept.papers if is_paper else kept.pages)[address] = revision
        if is_paper:
            kept.paper_bytes += len(content)
    kept.core = core_of(kept.pages)
    if kept.core is not None:
        kept.roles = {
            found[1]: _leads_to(site, address, kept) for address in kept.pages if (found := _ROLE.fullmatch(address))
        }
    return kept


def core_of(addresses: Collection[str]) -> list[str] | None:
    """Return what each device keeps of these, or None where a site is small enough to be kept whole."""
    if sum(map(is_page, addresses)) <= KEEP_ALL:
        return None
    return [address for address in addresses if not is_page(address) or is_list(address)]


def is_page(address: str) -> bool:
    """Tell whether an address below the root is that of a page."""
    return address == "" or address.endswith(("/", ".html"))


def is_list(address: str) -> bool:
    """Tell whether a page is the first one or the list of a section, or stands for wrong addresses."""
    return address in ("", "404.html") or address.count("/") == 1


def _leads_to(site: Path, address: str, kept: Kept) -> list[str]:
    page = site / address / "index.html" if address.endswith("/") else site / address
    here = address if address.endswith("/") else posixpath.dirname(address)
    links = LexborHTMLParser(page.read_text("utf-8")).css("article a[href]")
    targets = ((node.attributes["href"] or "").partition("#")[0].partition("?")[0] for node in links)
    linked = (posixpath.normpath(posixpath.join(here, target)) for target in targets if target)
    there = (f"{one}/" if f"{one}/" in kept.pages else one for one in linked)
    return sorted({address, *(one for one in there if one in kept.pages)})


def _address(name: str) -> str:
    return re.sub(r"(^|/)index\.html$", r"\1", name)


def _files(site: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(site.rglob("*")):
        if path.is_file():
            yield path.relative_to(site).as_posix(), path


def worker_text(kept: Kept) -> str:
    """Return the worker for these files; its version changes with any of them and with its own code."""
    # Only those who write it read its comments.
    # No other script joins this one: its lines need not say what stands inside something.
    template = bare_script((HERE / "service_worker.js").read_text("utf-8")).replace("\n ", "\n")
    lists: dict[str, Any] = {"pages": kept.pages, "papers": kept.papers, "paperBytes": kept.paper_bytes}
    if kept.core is not None:
        lists |= {"core": kept.core, "roles": kept.roles}
    told = json.dumps(lists, ensure_ascii=False, sort_keys=True)
    version = hashlib.sha256(f"{template}\n{told}".encode()).hexdigest()[:16]
    build = json.dumps({"version": version, **lists}, ensure_ascii=False, separators=(",", ":"))
    slot = "/* BUILD */ null"
    if template.count(slot) != 1:
        raise BuildFailed(f"publish/worker/service_worker.js: cần đúng một chỗ “{slot}”")
    return template.replace(slot, build)


def tell_size(site: Path) -> None:
    """Write into the page's script what the copy costs on the line, compressed as hosts do it.

    Who saves data is asked before there is a worker that could tell.
    """
    script = site / ASKING
    names = [name for name, _path in _files(site) if not PAPERS.fullmatch(name) and needed_by_pages(name)]
    core = core_of([_address(name) for name in names])
    names = [name for name in names if core is None or _address(name) in core]
    total = sum(_on_the_line((site / name).read_bytes()) for name in names)
    # To a tenth of a megabyte, as it is told: so the script changes only when what it tells does.
    text, count = _SLOT.subn(f"const COPY_BYTES = {round(total, -5)};", script.read_text("utf-8"))
    if count != 1:
        raise BuildFailed(f"{ASKING}: cần đúng một chỗ “const COPY_BYTES = null;”")
    write_changed(script, text)


def _on_the_line(content: bytes) -> int:
    # What is compressed already (fonts, pictures) only grows.
    return min(len(content), len(gzip.compress(content, 6)))


def write_worker(site: Path, live: bool = False) -> None:
    """Write the worker of a built site; ``live`` writes one that only removes what was kept before."""
    if live:
        write_changed(site / WORKER, (HERE / "retired_worker.js").read_text("utf-8"))
    else:
        tell_size(site)
        write_changed(site / WORKER, worker_text(kept_files(site)))
