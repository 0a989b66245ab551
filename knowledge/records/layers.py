"""An edition over the base: its own files beside those of the base, what it drops, what its council's rules fix.

``editions/<slug>/`` holds ``edition.yml`` and, where an edition has records of its own, ``docs/`` and
``checklists/`` as in the base. The base stays untouched, so an update of it never meets an edition's files.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.records.fields import LinksTo, Strict
from knowledge.records.model import BASE_EDITION

EDITIONS = "editions"
NEEDED_PAGES = frozenset(
    f"tra-cuu/{name}.md"
    for name in (
        "danh-muc-noi-dung", "doi-chieu", "hoi-dap", "ky-hop-dang-chuan-bi", "moc-quy-che", "tai-ve-va-in", "thuat-ngu", "tien-do",
    )
)  # fmt: skip
"""Plain pages that programs and the theme's partials lead to: no edition does without them. A test compares."""
FIRST_OWN = 900
"""Codes from here on (DM900, HC901) belong to editions; the base keeps below, so that neither meets the other's."""
_CALL = re.compile(r"\{\{\s*(\w+)\(([^{}]*)\)\s*\}\}")
_ARGUMENT = re.compile(r"""(["'])(.*?)\1""")
_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(([^()\s]+)\)")


def folder_of(slug: str) -> str:
    """Return an edition's folder below the root; '' for the base."""
    return "" if slug == BASE_EDITION else f"{EDITIONS}/{slug}"


@dataclass
class Dropped:
    """What an edition leaves out: IDs (those inside dropped records, too) → title, and pages below ``docs/``."""

    ids: dict[str, str] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.files)


def link_fields(models: Collection[type[Strict]]) -> frozenset[str]:
    """Return the names of all fields that hold links, in any of these types and in the structures inside them.

    A field that must have one link keeps it: that its record is dropped is told, not that the field is missing.
    """
    found: set[str] = set()
    waiting, known = list(models), set(models)
    while waiting:
        for name, info in waiting.pop().model_fields.items():
            if any(isinstance(mark, LinksTo) for mark in info.metadata) and not (
                info.annotation is str and info.is_required()
            ):
                found.add(name)
            for inner in _models_in(info.annotation):
                if inner not in known:
                    known.add(inner)
                    waiting.append(inner)
    return frozenset(found)


def _models_in(annotation: object) -> list[type[Strict]]:
    if isinstance(annotation, type):
        return [annotation] if issubclass(annotation, Strict) else []
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]


def without_links(data: Any, dropped: Collection[str], fields: Collection[str]) -> Any:
    """Return a record's data without links to what is dropped.

    What speaks of one dropped part goes whole: evidence of it, a statement of a self-review.
    """
    if isinstance(data, dict):
        kept = {}
        for name, value in data.items():
            if name in fields and isinstance(value, str) and value in dropped:
                continue
            if name in fields and isinstance(value, list):
                value = [one for one in value if not (isinstance(one, str) and one in dropped)]
            kept[name] = without_links(value, dropped, fields)
        return kept
    if isinstance(data, list):
        return [
            without_links(one, dropped, fields)
            for one in data
            if not (isinstance(one, dict) and one.get("part") in dropped)
        ]
    return data


def without_at(data: Any, path: Sequence[str | int]) -> Any:
    """Return data without the element of a list that stands at a path."""
    first, *rest = path
    if isinstance(data, list) and isinstance(first, int):
        if not rest:
            return [*data[:first], *data[first + 1 :]]
        return [*data[:first], without_at(data[first], rest), *data[first + 1 :]]
    if isinstance(data, dict) and first in data:
        return {**data, first: without_at(data[first], rest)}
    # A step that only names the type of a structure.
    return without_at(data, rest) if rest else data


def without_mentions(text: str, uri: str, dropped: Dropped) -> tuple[str, list[tuple[str, str]]]:
    """Return a page's prose in which what is dropped is named, no longer linked to.

    With it come calls, as (macro, ID), that only what is dropped could answer: a sentence of a law, words of a source.
    """
    stuck: list[tuple[str, str]] = []

    def call(found: re.Match[str]) -> str:
        name, arguments = found[1], [value for _quote, value in _ARGUMENT.findall(found[2])]
        # What a link is called may look like a code, too.
        named = arguments[:1] if name == "ref" else arguments
        gone = [value for value in named if value in dropped.ids]
        if not gone:
            return found[0]
        if name == "ref":
            return arguments[1] if len(arguments) > 1 else dropped.ids[arguments[0]]
        if name == "next_steps":
            left = ", ".join(f'"{value}"' for value in arguments if value not in dropped.ids)
            return f"{{{{ next_steps({left}) }}}}"
        stuck.append((name, gone[0]))
        return found[0]

    def link(found: re.Match[str]) -> str:
        path = found[2].partition("#")[0]
        page = posixpath.normpath(posixpath.join(posixpath.dirname(uri), path)) if path else uri
        return found[1] if page in dropped.pages else found[0]

    return _LINK.sub(link, _CALL.sub(call, text)), stuck


def without_pages(nav: Any, pages: Collection[str]) -> Any:
    """Return a navigation (``.nav.yml``) without dropped pages, and without the groups that they leave empty."""
    if isinstance(nav, list):
        return [kept for one in nav if (kept := without_pages(one, pages)) not in (None, [], {})]
    if isinstance(nav, Mapping):
        return {name: kept for name, one in nav.items() if (kept := without_pages(one, pages)) not in (None, [], {})}
    return None if isinstance(nav, str) and nav in pages else nav
