"""A change of many files: as they would be, tried in a copy, then written; or nothing at all."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.checks.project import check_project
from knowledge.confirmed import FILE as CONFIRMED_FILE
from knowledge.confirmed import Confirmed, read_confirmed
from knowledge.confirmed import written as confirmed_text
from knowledge.kinds import NAMED
from knowledge.published import FILE as LEDGER_FILE
from knowledge.records.docs_files import CHECKLISTS, DOCS, NAVIGATION
from knowledge.records.issues import Issue, Level, report
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.load import EDITION_FILE, load
from knowledge.text import nfc
from publish.project import CACHE, write_changed
from publish.where_named import (
    LINK,
    Edit,
    NotPossible,
    Target,
    mentions,
    parts_of_page,
)
from publish.yaml_places import places

_VERSION = "version-not-raised"
NAMES = "publish/search/names.yml"


@dataclass
class Change:
    """The files of a project as they would be: texts by path relative to the root, files that go, what is said of it."""

    root: Path
    texts: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    given_up: set[str] = field(default_factory=set)
    """Codes, as prose may name them in words."""

    def read(self, file: str) -> str:
        """Return a file as it would be."""
        return self.texts[file] if file in self.texts else nfc((self.root / file).read_text("utf-8"))

    def put(self, file: str, text: str) -> None:
        """Note a file's text where it differs."""
        if text != self.read(file):
            self.texts[file] = text


def applied(change: Change, edits: Iterable[Edit]) -> None:
    """Note the texts with all edits made, the last place of a file first so that the others stay where they are."""
    by_file: dict[str, list[Edit]] = {}
    for edit in edits:
        by_file.setdefault(edit.file, []).append(edit)
    for file, own in by_file.items():
        text = change.read(file)
        for edit in sorted(set(own), key=lambda one: -one.start):
            text = text[: edit.start] + edit.text + text[edit.end :]
        change.put(file, text)


def line_of(change: Change, edit: Edit) -> int:
    """Return the line of an edit, counted from 1."""
    return change.read(edit.file).count("\n", 0, edit.start) + 1


def let_own_links_lead(kb: KnowledgeBase, change: Change, target: Target) -> None:
    """Let the links of a page that goes to another folder lead where they led."""
    for old, new in target.pages.items():
        if posixpath.dirname(old) == posixpath.dirname(new):
            continue
        file = f"{DOCS}/{old}"
        text = change.read(file)
        _front, _at, body, body_at = parts_of_page(text)
        edits = []
        for link in LINK.finditer(body):
            path, hash_, fragment = link[1].partition("#")
            if not path or re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", link[1]):
                continue
            to = posixpath.normpath(posixpath.join(posixpath.dirname(old), path))
            relative = posixpath.relpath(target.pages.get(to, to), posixpath.dirname(new) or ".")
            # What was led elsewhere just now is written from the new place already.
            if (kb.root / DOCS / to).exists():
                edits.append(Edit(file, body_at + link.start(1), body_at + link.end(1), f"{relative}{hash_}{fragment}"))
        applied(change, edits)


def rename_in_navigation(change: Change, pages: Mapping[str, str], drop: bool = False) -> None:
    """Let the navigation name pages as they are called now, or leave them out."""
    for path in sorted((change.root / DOCS).rglob(NAVIGATION)):
        file = path.relative_to(change.root).as_posix()
        folder = posixpath.dirname(file).removeprefix(DOCS).lstrip("/")
        text = change.read(file)
        edits, lines = [], set()
        for place in places(text):
            uri = posixpath.normpath(posixpath.join(folder, place.value))
            if place.is_key or uri not in pages:
                continue
            lines.add(text.count("\n", 0, place.start))
            new = posixpath.relpath(pages[uri], folder or ".") if not drop else ""
            edits.append(Edit(file, place.start, place.end, text[place.start : place.end].replace(place.value, new, 1)))
        if drop:
            change.put(file, without_lines(text, lines))
        else:
            applied(change, edits)


def without_lines(text: str, lines: Iterable[int]) -> str:
    """Return a text without some of its lines, counted from 0."""
    gone = set(lines)
    return "".join(line for number, line in enumerate(text.splitlines(keepends=True)) if number not in gone)


def rename_in_programs_data(change: Change, pages: Mapping[str, str], drop: bool = False) -> None:
    """The same for what the search knows of single pages, and for links in the theme's own partials."""
    if (change.root / NAMES).is_file():
        text = change.read(NAMES)
        own = [one for one in places(text) if one.is_key and one.path[:1] == ("pages",) and one.value in pages]
        if drop:
            change.put(NAMES, without_lines(text, (text.count("\n", 0, one.start) for one in own)))
        else:
            applied(change, [Edit(NAMES, one.start, one.end, pages[one.value]) for one in own])
    for path in sorted((change.root / "overrides").rglob("*.html")):
        file = path.relative_to(change.root).as_posix()
        text = change.read(file)
        for old, new in pages.items():
            stem, became = old.removesuffix(".md"), new.removesuffix(".md")
            if drop and f"'{stem}'" in text:
                line = text.count("\n", 0, text.index(f"'{stem}'")) + 1
                raise NotPossible(f"{file}:{line}: còn liên kết tới {old} → sửa trước")
            text = text.replace(f"'{stem}'", f"'{became}'")
        change.put(file, text)


def rename_in_confirmed(
    kb: KnowledgeBase, change: Change, ids: Mapping[tuple[str, str], str], pages: Mapping[str, str], drop: bool = False
) -> None:
    """Let what was confirmed stand under the new names; what is withdrawn is forgotten."""
    confirmed, faults = read_confirmed(change.root)
    if faults or not (change.root / CONFIRMED_FILE).is_file():
        return
    names = {name: new for (kind, name), new in ids.items() if kind != "rules"} | dict(pages)
    rules = {name: new for (kind, name), new in ids.items() if kind == "rules"}
    # A role and a term may share a name; the file does not tell which of the two is meant.
    shared = {name for _kind, name in ids if any(name in kb.of(other) and (other, name) not in ids for other in NAMED)}
    records: dict[str, dict[str, str]] = {}
    for record, by in confirmed.records.items():
        kept = {rules.get(rule, rule): mark for rule, mark in by.items() if not (drop and rule in rules)}
        if record not in names or record in shared:
            records[record] = kept
        if record in names and not drop:
            records[names[record]] = kept
    readings = {rules.get(rule, rule): one for rule, one in confirmed.rules.items() if not (drop and rule in rules)}
    changed = Confirmed(readings, records)
    if changed != confirmed:
        change.put(CONFIRMED_FILE, confirmed_text(changed))


def tried(kb: KnowledgeBase, change: Change) -> list[Issue]:
    """Return the faults that the project would have and has not now; of versions to be raised, as well."""
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="moving-") as folder:
        root = Path(folder)
        for name in (DOCS, CHECKLISTS):
            ignored = shutil.ignore_patterns("tai-ve")
            shutil.copytree(kb.root / name, root / name, ignore=ignored, copy_function=_linked)
        for name in (EDITION_FILE, CONFIRMED_FILE, LEDGER_FILE):
            if (kb.root / name).is_file():
                shutil.copy(kb.root / name, root / name)
        _write(root, change)
        after = _faults(root)
    # Where nothing is wrong afterwards, what was wrong before need not be known.
    before = {_without_lines_of(issue) for issue in _faults(kb.root)} if after else set()
    return [issue for issue in after if _without_lines_of(issue) not in before]


def _linked(source: str, target: str) -> None:
    """Give a file a second name, or copy it where it cannot have one. What is written afterwards takes the name's place."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _faults(root: Path) -> list[Issue]:
    return [issue for issue in check_project(root)[1] if issue.level >= Level.WARNING]


def _without_lines_of(issue: Issue) -> tuple[str, str, str]:
    return issue.file, issue.code, issue.message


def _write(root: Path, change: Change) -> None:
    for file in change.gone:
        (root / file).unlink(missing_ok=True)
    for file, text in change.texts.items():
        if file.startswith((DOCS, CHECKLISTS)) or (root / Path(file).parent).is_dir():
            write_changed(root / file, text)


def carry_out(kb: KnowledgeBase, change: Change) -> list[str]:
    """Check a change in a copy, then write it. Returns what to tell the editor. Raises NotPossible; then nothing changed."""
    found = tried(kb, change)
    faults = [issue for issue in found if issue.code != _VERSION]
    if faults:
        raise NotPossible("\n".join(["Không đổi gì, vì sổ tay sẽ có lỗi:", *report(faults)]))
    kept = {file: (kb.root / file).read_bytes() for file in (*change.gone, *change.texts) if (kb.root / file).is_file()}
    try:
        _write(kb.root, change)
    except OSError:
        # A full disk, a file that is locked: all as it was.
        for file in change.texts:
            if file not in kept:
                (kb.root / file).unlink(missing_ok=True)
        for file, content in kept.items():
            (kb.root / file).write_bytes(content)
        raise
    told = [*change.said, *(f"  đã xóa {file}" for file in change.gone if file not in change.texts)]
    told += [f"  đã ghi {file}" for file in sorted(change.texts)]
    told += report(issue for issue in found if issue.code == _VERSION)
    told += [f"{line}: còn nhắc {name} → đọc lại, sửa" for line, name in mentions(kb.root, change.given_up)]
    return told


def loaded(root: Path) -> KnowledgeBase:
    """Return a project's records, all of which could be read. Raises NotPossible."""
    found = load(root)
    if any(issue.level == Level.ERROR for issue in found.issues):
        raise NotPossible("\n".join(["Sửa các lỗi này trước:", *report(found.issues, Level.ERROR)]))
    return found.kb
