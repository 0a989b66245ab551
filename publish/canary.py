"""Compares two built sites by what readers and links rest on: pages, titles, headings with their places, links.

Knows no engine: it is given two folders. Menus are not compared, since each theme draws its own; their order is, by the
page that comes after each.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field
from selectolax.lexbor import LexborHTMLParser, LexborNode

KINDS = {
    "template": "the theme's file is not understood",
    "warning": "a warning of the engine",
    "page-gone": "page gone",
    "page-new": "page new",
    "title": "another title",
    "about-gone": "said about it, gone",
    "about-new": "said about it, new",
    "heading-gone": "heading gone",
    "heading-new": "heading new",
    "heading-order": "headings in another order",
    "place-gone": "place to link to gone",
    "place-new": "place to link to new",
    "link-gone": "link gone",
    "link-new": "link new",
    "file-gone": "file of ours not loaded",
    "file-new": "file of ours loaded too",
    "next-page": "another page comes after it",
}
"""Kinds of differences, as the table names them and in its order."""

_LOADING = "script[src], link[rel=stylesheet][href], link[rel=modulepreload][href]"
_ABOUT = 'meta[name="description"], meta[property^="og:"]'
_HEADINGS = "h1, h2, h3, h4, h5, h6"
_OURS = ("assets/scripts/", "assets/styles/")
"""Folders of scripts and styles that are the site's own; each theme brings others."""
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class Heading(NamedTuple):
    """A heading of a page's content."""

    level: str
    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.level}#{self.place} {self.text}"


@dataclass(frozen=True)
class Content:
    """What is compared of a page."""

    title: str
    headings: tuple[Heading, ...]
    links: tuple[str, ...]
    places: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    next_page: str = ""


@dataclass(frozen=True)
class Difference:
    """One thing that the second site has otherwise."""

    kind: str
    page: str
    what: str

    def __str__(self) -> str:
        return f"{self.page}: {self.what}"


class Known(BaseModel):
    """Differences that are understood: which, on which pages, and why. Asterisks stand for anything."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    page: str = "*"
    what: str = "*"
    reason: str = Field(min_length=20)

    def covers(self, one: Difference) -> bool:
        """Tell whether this is the difference, or one of those."""
        return one.kind == self.kind and fnmatchcase(one.page, self.page) and fnmatchcase(one.what, self.what)


@dataclass(frozen=True)
class Sorted:
    """The differences, those nobody knew of apart; what was known and is no more."""

    new: tuple[Difference, ...]
    known: tuple[Difference, ...]
    over: tuple[Known, ...]


def read_contents(folder: Path) -> dict[str, Content]:
    """Return what is compared of each page of a built site, by its path."""
    files = sorted(folder.rglob("*.html"))
    return {
        (name := file.relative_to(folder).as_posix()): content_of(name, file.read_text("utf-8", "replace"))
        for file in files
    }


def content_of(name: str, html: str) -> Content:
    """Return what is compared of a page: its head, and headings, places and links of its article."""
    tree = LexborHTMLParser(html)
    loaded = [node.attributes.get("src") or node.attributes.get("href") or "" for node in tree.css(_LOADING)]
    files = {target for target in (target_of(name, address) for address in loaded) if target.startswith(_OURS)}
    title = tree.css_first("title")
    body = tree.css_first("article") or tree.css_first("main") or tree.body
    if body is None:
        return Content(_plain(title), (), ())
    after = tree.css_first("a.md-footer__link--next[href]")
    # Marks behind headings are the theme's.
    for node in body.css("a.headerlink, script, style"):
        node.decompose()
    headings = [Heading(node.tag or "", node.id or "", _plain(node)) for node in body.css(_HEADINGS)]
    others = {node.id or "" for node in body.css("[id]")} - {one.place for one in headings}
    links = [target_of(name, node.attributes["href"] or "") for node in body.css("a[href]")]
    about = [
        f"{node.attributes.get('name') or node.attributes.get('property')}: {node.attributes.get('content')}"
        for node in tree.css(_ABOUT)
    ]
    return Content(
        title=_plain(title),
        headings=tuple(headings),
        links=tuple(links),
        places=tuple(sorted(others)),
        files=tuple(sorted(files)),
        about=tuple(about),
        next_page=target_of(name, after.attributes["href"] or "") if after else "",
    )


def _plain(node: LexborNode | None) -> str:
    return " ".join(node.text().split()) if node else ""


def target_of(page: str, address: str) -> str:
    """Return where an address leads: the file in the site with its fragment; one outside as it is."""
    if _ABSOLUTE.match(address):
        return address
    parts = urlsplit(address)
    path, fragment = unquote(parts.path), unquote(parts.fragment)
    target = page if not path else posixpath.normpath(posixpath.join("/", posixpath.dirname(page), path))[1:]
    if path and (path.endswith(("/", "/.", "/..")) or path in (".", "..") or not target):
        target = posixpath.join(target, "index.html")
    return f"{target}#{fragment}" if fragment else target


def differences(old: dict[str, Content], new: dict[str, Content]) -> Iterator[Difference]:
    """Yield what the second site has otherwise than the first."""
    yield from (Difference("page-gone", page, old[page].title) for page in sorted(old.keys() - new.keys()))
    yield from (Difference("page-new", page, new[page].title) for page in sorted(new.keys() - old.keys()))
    for page in sorted(old.keys() & new.keys()):
        yield from _of_page(page, old[page], new[page])


def _of_page(page: str, old: Content, new: Content) -> Iterator[Difference]:
    if old.title != new.title:
        yield Difference("title", page, f"“{old.title}” → “{new.title}”")
    yield from _lists("about", page, old.about, new.about)
    yield from _lists("heading", page, old.headings, new.headings)
    if old.headings != new.headings and Counter(old.headings) == Counter(new.headings):
        first = next(one for one, other in zip(old.headings, new.headings, strict=True) if one != other)
        yield Difference("heading-order", page, str(first))
    yield from _lists("place", page, old.places, new.places)
    yield from _lists("link", page, old.links, new.links)
    yield from _lists("file", page, old.files, new.files)
    if old.next_page != new.next_page:
        yield Difference("next-page", page, f"{old.next_page or 'none'} → {new.next_page or 'none'}")


def _lists(what: str, page: str, old: Iterable[object], new: Iterable[object]) -> Iterator[Difference]:
    """Yield what only one of the two has, and what it has more often."""
    before, after = Counter(map(str, old)), Counter(map(str, new))
    yield from (Difference(f"{what}-gone", page, one) for one in (before - after).elements())
    yield from (Difference(f"{what}-new", page, one) for one in (after - before).elements())


def sort_out(found: Iterable[Difference], known: Iterable[Known]) -> Sorted:
    """Part the differences into new ones and those that are known."""
    found, known = [*found], [*known]
    covered = [one for one in found if any(entry.covers(one) for entry in known)]
    over = [entry for entry in known if not any(entry.covers(one) for one in found)]
    return Sorted(tuple(one for one in found if one not in covered), tuple(covered), tuple(over))


def table(told: Sorted, examples: int = 2) -> list[str]:
    """Return the lines of a table: kind, how many are new and known, the first of the new ones."""
    lines = [f"{'difference':<36} {'new':>6} {'known':>6}"]
    for kind, name in KINDS.items():
        new = [one for one in told.new if one.kind == kind]
        known = sum(one.kind == kind for one in told.known)
        lines.append(f"{name:<36} {len(new):>6} {known:>6}")
        lines += [f"    {one}"[:160] for one in new[:examples]]
    return lines


def as_data(told: Sorted) -> dict[str, Any]:
    """Return the same for other programs."""
    return {
        "new": [asdict(one) for one in told.new],
        "known": [asdict(one) for one in told.known],
        "no longer there": [entry.model_dump() for entry in told.over],
    }
