"""Reads a built site back: leaked macros, dead links, requests to others, titles that repeat."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from knowledge.records.issues import Issue
from publish.policy import policy_faults

LEAKS = ("{{", "{%", "Macro Rendering Error", "Macro Syntax Error")
_LINKING = {"a": "href", "link": "href", "script": "src", "img": "src", "iframe": "src"}
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass
class BuiltPage:
    """One HTML file: its IDs, its links as (tag, address), its title, its visible text, what its policy would refuse."""

    file: str
    title: str
    text: str
    ids: set[str] = field(default_factory=set)
    links: list[tuple[str, str]] = field(default_factory=list)
    refused: list[Issue] = field(default_factory=list)


def read_site(folder: Path) -> dict[str, BuiltPage]:
    """Return the pages of a built site by path relative to its folder."""
    files = sorted(folder.rglob("*.html"))
    return {(name := file.relative_to(folder).as_posix()): _read_page(name, file.read_text("utf-8")) for file in files}


def _read_page(name: str, source: str) -> BuiltPage:
    tree = LexborHTMLParser(source)
    title = tree.css_first("title")
    page = BuiltPage(name, title.text() if title else "", "", refused=[*policy_faults(name, tree)])
    for node in tree.css("[id]"):
        page.ids.add(node.id or "")
    for tag, attribute in _LINKING.items():
        for node in tree.css(f"{tag}[{attribute}]"):
            # A canonical address or a preview picture is named, not fetched.
            if tag == "link" and node.attributes.get("rel") in ("canonical", "prev", "next"):
                continue
            page.links.append((tag, node.attributes[attribute] or ""))
    for node in tree.css("script, style, .highlight"):
        node.decompose()
    page.text = tree.body.text() if tree.body else ""
    return page


def faults(folder: Path, base_path: str = "/", unmade: str = "", policed: bool = False) -> list[Issue]:
    """Return everything wrong with a built site; ``base_path`` is the path of ``SITE_URL``, ``unmade`` a folder left out.

    Each page of a ``policed`` one must say what a browser may run on it.
    """
    pages = read_site(folder)
    found = [*_leaks(pages), *_titles(pages)]
    if policed:
        found += [fault for page in pages.values() for fault in page.refused]
    there = functools.cache(lambda target: (folder / target).is_file())
    for page in pages.values():
        found += _links(there, pages, page, base_path, unmade)
    return sorted(set(found))


def _leaks(pages: dict[str, BuiltPage]) -> Iterator[Issue]:
    for page in pages.values():
        for leak in LEAKS:
            if leak in page.text:
                yield _fault(page, "leak", f"trang còn “{leak}”", "sửa lời gọi macro trong tệp gốc")


def _titles(pages: dict[str, BuiltPage]) -> Iterator[Issue]:
    seen: dict[str, str] = {}
    for page in pages.values():
        if page.file == "404.html":
            continue
        if not page.title.strip():
            yield _fault(page, "no-title", "trang không có tên", "thêm title")
        elif page.title in seen:
            yield _fault(page, "same-title", f"tên trùng với {seen[page.title]}", "đặt tên khác")
        seen.setdefault(page.title, page.file)


def _links(
    there: Callable[[str], bool], pages: dict[str, BuiltPage], page: BuiltPage, base_path: str, unmade: str = ""
) -> Iterator[Issue]:
    for tag, address in dict.fromkeys(page.links):
        if _ABSOLUTE.match(address):
            if tag != "a" and not address.startswith("data:"):
                yield _fault(page, "foreign-request", f"tải từ nơi khác: {address}", "đặt tệp vào assets")
            continue
        target, fragment = _resolve(page.file, address, base_path)
        if unmade and target.startswith(f"{unmade}/"):
            continue
        if target in pages:
            if fragment and fragment not in pages[target].ids:
                yield _fault(page, "dead-link", f"không có chỗ “{address}”", "sửa liên kết")
        elif target.endswith(".html") or not there(target):
            yield _fault(page, "dead-link", f"không có tệp “{address}”", "sửa liên kết")


def _resolve(file: str, address: str, base_path: str) -> tuple[str, str]:
    """Return (file in the site, fragment) that an address leads to."""
    path, _hash, fragment = address.partition("#")
    target = _resolve_from(posixpath.dirname(file), path, base_path) if path else ""
    return target or file, unquote(fragment) if "%" in fragment else fragment


@functools.lru_cache(1 << 16)
def _resolve_from(folder: str, address: str, base_path: str) -> str:
    """Return the file in the site that an address without fragment leads to from a folder; '' for the page that names it."""
    path = unquote(urlsplit(address).path)
    if not path:
        return ""
    if path.startswith("/"):
        target = path.removeprefix(base_path) if path.startswith(base_path) else path.lstrip("/")
    else:
        target = posixpath.join(folder, path)
    target = posixpath.normpath(target)
    if path.endswith("/") or path in (".", "..") or target == ".":
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    elif path.endswith("/..") or path.endswith("/."):
        target = posixpath.join(target, "index.html")
    return target


def _fault(page: BuiltPage, code: str, message: str, remedy: str) -> Issue:
    return Issue.of_file(f"site/{page.file}", code, message, remedy)
