"""Addresses of pages and places, in the build's form: directories online, files offline."""

from __future__ import annotations

import functools
import posixpath
from typing import Literal

from knowledge.records.knowledge_base import KnowledgeBase, place_of

Form = Literal["directory", "file"]


@functools.cache
def page_url(uri: str, form: Form) -> str:
    """Return a page's address relative to the site root: ``han-che/hc1.md`` → ``han-che/hc1/``."""
    stem = uri.removesuffix(".md")
    if form == "file":
        return f"{stem}.html"
    if posixpath.basename(stem) == "index":
        return stem[: -len("index")]
    return f"{stem}/"


def record_url(kb: KnowledgeBase, record_id: str, form: Form) -> str:
    """Return a record's address relative to the site root, with fragment ('' without a page)."""
    place = place_of(kb, record_id)
    if place is None:
        return ""
    uri, fragment = place
    return page_url(uri, form) + (f"#{fragment}" if fragment else "")


def _way(folder: str, target: str) -> str:
    """Return the relative path from a folder, both below the root and as they are written in addresses: no dots in them.

    ``posixpath.relpath`` would ask the system where we are and look for dots.
    """
    here, there = folder.split("/") if folder else [], target.rstrip("/").split("/") if target else []
    alike = 0
    while alike < min(len(here), len(there)) and here[alike] == there[alike]:
        alike += 1
    return "/".join([*[".."] * (len(here) - alike), *there[alike:]]) or "."


@functools.cache
def href(from_uri: str, to_url: str, form: Form, through_root: bool = False) -> str:
    """Return a link from a page (path below ``docs/``) to an address relative to the site root.

    ``through_root``: up to the root first, also within a folder.
    """
    path, hash_, fragment = to_url.partition("#")
    here = page_url(from_uri, form)
    base = posixpath.dirname(here)
    target = path
    up = "../" * (base.count("/") + 1) if base else "./"
    relative = posixpath.join(up, target) if through_root else _way(base, target)
    if path.endswith("/") or not path:
        relative = "./" if relative == "." else f"{relative.rstrip('/')}/"
    if path == here and fragment:
        relative = ""
    return f"{relative}{hash_}{fragment}"


def markdown_target(from_uri: str, to_uri: str, fragment: str = "") -> str:
    """Return a Markdown link target from one page to another; mkdocs rewrites and validates it."""
    path = _way(posixpath.dirname(from_uri), to_uri)
    return f"{path}#{fragment}" if fragment else path
