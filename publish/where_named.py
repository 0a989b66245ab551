"""Where an ID or a page is named: in data, in links and calls of prose, by the record that declares it; to the character."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.checks.moves import declared_at
from knowledge.kinds import KINDS
from knowledge.links import declared_links
from knowledge.macro_specs import MACROS
from knowledge.moves import ids_of, split
from knowledge.records.docs_files import CHECKLISTS, DOCS, NAVIGATION
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.layers import EDITIONS
from knowledge.records.load import EDITION_FILE
from knowledge.records.moves import MOVED_KINDS, PAGES, STATEMENTS, STEPS
from knowledge.records.read import split_front_matter
from knowledge.records.yaml_lines import Path as FieldPath
from knowledge.text import nearest, nfc
from publish.yaml_places import Place, places

_CALL = re.compile(r'\{\{-?\s*(\w+)\(((?:"[^"\\{}]*"(?:,\s*"[^"\\{}]*")*)?)\)\s*-?\}\}')
_ARGUMENT = re.compile(r'"([^"]*)"')
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")


class NotPossible(Exception):
    """A change that cannot be made; the message is one line for each reason, for the editor."""


@dataclass(frozen=True)
class Edit:
    """Characters [start, end) of a file, and what stands there instead; ``names`` is the ID or page meant."""

    file: str
    start: int
    end: int
    text: str
    names: str = ""
    element: FieldPath | None = None
    """For a link in a list: its path, should the whole element go."""


@dataclass(frozen=True)
class Target:
    """What is sought: IDs with what stands instead, by kind; page → page; (page, fragment) → the same of what stands instead.

    ``ends``: of a page that goes no place is left, so a fragment that is not among ``anchors`` is dropped.
    """

    ids: dict[tuple[str, str], str]
    pages: dict[str, str]
    anchors: dict[tuple[str, str], tuple[str, str]]
    ends: bool = False
    codes: dict[str, str] = field(default_factory=dict)
    """Fragments by which tables on any page name a finding, a part, a stage → the same of what stands instead."""

    def instead(self, record_id: str, kinds: Iterable[str]) -> str | None:
        """Return what stands for an ID that was written where these kinds are meant."""
        return next((self.ids[kind, record_id] for kind in kinds if (kind, record_id) in self.ids), None)


# Which ID is meant -----------------------------------------------------------------------------------


def kind_named(kb: KnowledgeBase, record_id: str, wanted: str = "") -> str:
    """Return the kind of an ID, or ``pages`` for a page's path. Raises NotPossible."""
    if wanted and wanted not in MOVED_KINDS:
        raise NotPossible(f"không có loại “{wanted}” → chọn: {', '.join(MOVED_KINDS)}")
    found = [kind for kind in MOVED_KINDS if record_id in ids_of(kb, kind) and wanted in ("", kind)]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotPossible(f"{record_id} là mã của nhiều loại → ghi thêm kind={' hoặc kind='.join(found)}")
    page = kb.pages.get(record_id)
    if page and page.record:
        raise NotPossible(f"{record_id} là trang của bản ghi → ghi mã {page.record}")
    guess = nearest(record_id, {one for kind in MOVED_KINDS for one in ids_of(kb, kind)})
    raise NotPossible(f"không có mã hay trang “{record_id}”" + (f" → có phải {guess}?" if guess else ""))


def _is_told_by_its_form(record_id: str) -> bool:
    """Tell whether an ID can be taken for nothing else wherever it stands whole: codes, items, rules, paths."""
    return bool(re.search(r"[A-Z/.]", record_id))


# Where it is named -----------------------------------------------------------------------------------


def named_in(kb: KnowledgeBase, target: Target) -> list[Edit]:
    """Return every place that names what is sought, outside ``moved.yml``, ``confirmed.yml`` and the navigation."""
    told = {one: new for (_kind, one), new in target.ids.items() if _is_told_by_its_form(one)} | target.pages
    fields: dict[tuple[str, FieldPath], str] = {}
    for link in declared_links(kb):
        new = target.instead(link.target, link.kinds)
        if new is not None:
            fields[link.origin.file, link.path] = new
    found: list[Edit] = []
    for file in _yaml_files(kb.root):
        if (kb.root / file).is_file():
            found += _in_data(file, nfc((kb.root / file).read_text("utf-8")), 0, told, fields)
    for page in kb.pages.values():
        text = nfc((kb.root / page.file).read_text("utf-8"))
        front, at, body, body_at = parts_of_page(text)
        found += _in_data(page.file, front, at, told, fields)
        found += _in_prose(page.uri, page.file, body, body_at, target)
    return found


def _in_data(
    file: str,
    text: str,
    at: int,
    told: Mapping[str, str],
    fields: Mapping[tuple[str, FieldPath], str],
) -> Iterator[Edit]:
    for place in places(text):
        new = fields.get((file, place.path)) if not place.is_key else None
        new = told.get(place.value) if new is None else new
        # What an ID is declared by is changed apart.
        if new is None or (place.path[-1] == "id" and not place.is_key):
            continue
        quoted = text[place.start : place.end].replace(place.value, new, 1)
        element = place.path if place.path and isinstance(place.path[-1], int) else None
        yield Edit(file, at + place.start, at + place.end, quoted, place.value, element)


def _in_prose(uri: str, file: str, body: str, at: int, target: Target) -> Iterator[Edit]:
    for call in _CALL.finditer(body):
        spec = MACROS.get(call[1])
        arguments = spec.arguments if spec else ()
        for argument, kinds in zip(_ARGUMENT.finditer(call[0]), arguments, strict=False):
            new = target.instead(argument[1], kinds)
            if new is not None:
                start = at + call.start() + argument.start(1)
                yield Edit(file, start, start + len(argument[1]), new, argument[1])
    for link in LINK.finditer(body):
        path, _, fragment = link[1].partition("#")
        if re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", link[1]) or (path and not path.endswith(".md")):
            continue
        to = posixpath.normpath(posixpath.join(posixpath.dirname(uri), path)) if path else uri
        if to in target.pages or (to, fragment) in target.anchors or fragment in target.codes:
            new = _link_to(uri, target, to, bool(path), fragment)
            yield Edit(file, at + link.start(1), at + link.end(1), new, link[1])


def _link_to(uri: str, target: Target, to: str, has_path: bool, fragment: str) -> str:
    """Return a link's target with the page and the place as they are called now, from where the page stands now."""
    kept = "" if target.ends and to in target.pages else target.codes.get(fragment, fragment)
    new, place = target.anchors.get((to, fragment), (target.pages.get(to, to), kept))
    # Nothing stands instead: where it is named is all that is asked.
    if not new:
        return ""
    here = uri if target.ends else target.pages.get(uri, uri)
    path = posixpath.relpath(new, posixpath.dirname(here) or ".") if has_path or new != here else ""
    return f"{path}#{place}" if place else path


def declared_in(kb: KnowledgeBase, one: tuple[str, str], new: str) -> Iterator[Edit]:
    """Yield the places that declare an ID: a record's own in its page and its data, an inner one in what holds it."""
    kind, old = one
    if kind == PAGES:
        return
    spots: list[tuple[str, FieldPath]] = []
    if kind in KINDS:
        uri = kb.page_of.get(old)
        files = [kb.origins[old].file, *([f"{DOCS}/{uri}"] if uri else [])]
        files += [kb.document_origins[old].file] if old in kb.document_origins else []
        spots = [(file, ("id",)) for file in dict.fromkeys(files)]
        value, became = old, new
    else:
        origin, path = declared_at(kb, kind, old)
        inner = kind in ("items", STEPS, STATEMENTS)
        value = split(kind, old)[1][1:] if inner else old
        became = split(kind, new)[1][1:] if inner else new
        # What begins with the ID of what holds it is the same word inside: DM04/a and DM22/a.
        if value == became:
            return
        spots = [(origin.file, path)]
        if kind == "items":
            spots += [(origin.file, found.path) for found in _branches(kb, origin.file, value)]
    for file, path in spots:
        text = nfc((kb.root / file).read_text("utf-8"))
        front, at = (parts_of_page(text)[0], parts_of_page(text)[1]) if file.endswith(".md") else (text, 0)
        for place in places(front):
            if place.path == path and not place.is_key and place.value == value:
                quoted = front[place.start : place.end].replace(value, became, 1)
                yield Edit(file, at + place.start, at + place.end, quoted, value)


def _branches(kb: KnowledgeBase, file: str, slug: str) -> list[Place]:
    """Return where a sheet names its own item in what to do when it cannot be confirmed."""
    text = nfc((kb.root / file).read_text("utf-8"))
    return [
        one for one in places(text) if one.path[:1] == ("branches",) and one.path[-1] == "item" and one.value == slug
    ]


def mentions(root: Path, names: Iterable[str]) -> list[tuple[str, str]]:
    """Return (file:line, code) where prose, or an edition, still names a code that was given up: for people to change."""
    patterns = {name: re.compile(rf"(?<![\w/]){re.escape(name)}(?![\w/])") for name in sorted(names)}
    found: dict[str, list[str]] = {name: [] for name in patterns}
    own = [path for suffix in ("md", "yml") for path in (root / EDITIONS).rglob(f"*.{suffix}")] if patterns else []
    for path in sorted([*(root / DOCS).rglob("*.md"), *(root / CHECKLISTS).glob("*.yml"), *own]) if patterns else ():
        text = path.read_text("utf-8")
        # Few files name any.
        here = [name for name in patterns if name in text]
        for number, line in enumerate(text.splitlines() if here else (), 1):
            for name in here:
                if name in line and patterns[name].search(line):
                    found[name].append(f"{path.relative_to(root).as_posix()}:{number}")
    return [(place, name) for name, named in found.items() for place in named]


def _yaml_files(root: Path) -> Iterator[str]:
    yield from (f"{CHECKLISTS}/{path.name}" for path in sorted((root / CHECKLISTS).glob("*.yml")))
    yield from (
        path.relative_to(root).as_posix() for path in sorted((root / DOCS).rglob("*.yml")) if path.name != NAVIGATION
    )
    yield EDITION_FILE


def parts_of_page(text: str) -> tuple[str, int, str, int]:
    """Return (front matter, where it begins, body, where it begins) of a page, in characters."""
    found = split_front_matter(text)
    if found is None:
        return "", 0, text, 0
    front, body, _line = found
    return front, text.index("\n") + 1, body, len(text) - len(body)
