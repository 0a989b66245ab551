"""What ``make rename`` and ``make withdraw`` do: IDs, files and links changed together, or nothing at all.

The changed project is first written into a copy and checked there; only what brings no new fault reaches the real files.
"""

from __future__ import annotations

import posixpath
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from knowledge.checks.moves import declared_at
from knowledge.checks.project import check_project
from knowledge.confirmed import FILE as CONFIRMED_FILE
from knowledge.confirmed import Confirmed, read_confirmed
from knowledge.confirmed import written as confirmed_text
from knowledge.kinds import INNER_KINDS, KINDS, LISTS, NAMED, PLAIN_FOLDERS
from knowledge.links import declared_links
from knowledge.macro_specs import MACROS
from knowledge.moves import HOLDERS, anchor, ids_of, page_uri, split, trail
from knowledge.published import FILE as LEDGER_FILE
from knowledge.published import read_ledger
from knowledge.records.docs_files import CHECKLISTS, DOCS, NAVIGATION
from knowledge.records.issues import Issue, Level, report
from knowledge.records.knowledge_base import KnowledgeBase, place_of
from knowledge.records.layers import EDITIONS
from knowledge.records.load import EDITION_FILE, load
from knowledge.records.moves import FILE, MOVED_KINDS, PAGES, PLACES, STATEMENTS, STEPS, Move, Moves, Withdrawal
from knowledge.records.read import split_front_matter
from knowledge.records.yaml_lines import Path as FieldPath
from knowledge.text import nearest, nfc, vn_date
from publish.project import CACHE, write_changed
from publish.yaml_places import Place, elements, places

_HEAD = (
    "# yaml-language-server: $schema=schemas/moves.schema.json\n"
    "# Mã, trang đã công bố nay đổi hoặc rút. Do make rename, make withdraw ghi; giữ mãi, không xóa dòng.\n"
)
_CALL = re.compile(r'\{\{-?\s*(\w+)\(((?:"[^"\\{}]*"(?:,\s*"[^"\\{}]*")*)?)\)\s*-?\}\}')
_ARGUMENT = re.compile(r'"([^"]*)"')
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
_VERSION = "version-not-raised"
PROGRAMS = ("knowledge", "macros", "papers", "publish")
NAMES = "publish/search/names.yml"


class NotPossible(Exception):
    """A change that cannot be made; the message is one line for each reason, for the editor."""


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


def _form(kind: str) -> str:
    """Return the pattern of a kind's whole IDs."""
    if kind == PAGES:
        return rf"({'|'.join(PLAIN_FOLDERS)})/{_SLUG}\.md"
    if kind in ("items", STEPS, STATEMENTS):
        return rf"[^/]+/{_SLUG}"
    model = KINDS[kind].model if kind in KINDS else INNER_KINDS[kind].model
    rules = model.model_fields["id"].metadata
    return next((str(one.pattern) for one in rules if hasattr(one, "pattern")), _SLUG)


def _may_become(kb: KnowledgeBase, kind: str, old: str, new: str) -> None:
    """Raise NotPossible unless an ID may be given instead of another."""
    name = "trang" if kind == PAGES else NAMED.get(kind, kind)
    if old == new:
        raise NotPossible(f"{old}: mã mới trùng mã cũ")
    if old in LISTS or posixpath.basename(old) == "index.md":
        raise NotPossible(f"{old} là trang riêng của chương trình, không đổi được")
    if not re.fullmatch(_form(kind).removeprefix("^").removesuffix("$"), new):
        raise NotPossible(f"“{new}” không phải mã của {name} → viết cùng dạng với {old}")
    if kind in HOLDERS and split(kind, old)[0] != split(kind, new)[0]:
        raise NotPossible(
            f"{old} phải ở lại {split(kind, old)[0]} → sang bản ghi khác thì dùng make withdraw, ghi instead"
        )
    if new in ids_of(kb, kind) or (kind == PAGES and new in kb.pages):
        raise NotPossible(f"{new} đang là mã của {name} khác → chọn mã chưa dùng")
    if kind in KINDS and (page_uri(kind, new) in kb.pages or new in kb.origins):
        raise NotPossible(f"{new} đang là mã hoặc trang khác → chọn mã chưa dùng")
    was_published = new in read_ledger(kb.root)["ids"].get(kind, []) or new in read_ledger(kb.root)["pages"]
    if trail(kb).is_retired(kind, new) or was_published:
        raise NotPossible(f"{new} đã dùng trước đây, không dùng lại → chọn mã chưa dùng")


def _with_inner(kb: KnowledgeBase, kind: str, record_id: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, ID) of an ID and of all whose IDs begin with it."""
    yield kind, record_id
    for inner, holder in HOLDERS.items():
        if holder == kind:
            yield from ((inner, one) for one in sorted(ids_of(kb, inner)) if split(inner, one)[0] == record_id)


def _codes_in(ids: Iterable[tuple[str, str]]) -> set[str]:
    return {
        one
        for _kind, one in ids
        if re.fullmatch(r"[A-Z]{2}[0-9]+[a-z]{0,2}(/[a-z0-9-]+)?|[a-z0-9-]+(\.[a-z0-9-]+)+", one)
    }


def _is_told_by_its_form(record_id: str) -> bool:
    """Tell whether an ID can be taken for nothing else wherever it stands whole: codes, items, rules, paths."""
    return bool(re.search(r"[A-Z/.]", record_id))


# Where it is named -----------------------------------------------------------------------------------


def _yaml_files(root: Path) -> Iterator[str]:
    yield from (f"{CHECKLISTS}/{path.name}" for path in sorted((root / CHECKLISTS).glob("*.yml")))
    yield from (
        path.relative_to(root).as_posix() for path in sorted((root / DOCS).rglob("*.yml")) if path.name != NAVIGATION
    )
    yield EDITION_FILE


def _parts(text: str) -> tuple[str, int, str, int]:
    """Return (front matter, where it begins, body, where it begins) of a page, in characters."""
    found = split_front_matter(text)
    if found is None:
        return "", 0, text, 0
    front, body, _line = found
    return front, text.index("\n") + 1, body, len(text) - len(body)


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


def named_in(kb: KnowledgeBase, target: Target) -> list[Edit]:
    """Return every place that names what is sought, outside ``moved.yml``, ``confirmed.yml`` and the navigation."""
    told = {one: new for (_kind, one), new in target.ids.items() if _is_told_by_its_form(one)} | target.pages
    fields: dict[tuple[str, FieldPath], str] = {}
    for link in declared_links(kb):
        new = target.instead(link.target, link.kinds)
        if new is not None:
            fields[link.origin.file, link.path] = new
    fields |= dict(_grounds(kb, target))
    # A quotation names its source by a slug, and declares no link either.
    quoted = {one: new for (kind, one), new in target.ids.items() if kind == "sources"}
    found: list[Edit] = []
    for file in _yaml_files(kb.root):
        if (kb.root / file).is_file():
            found += _in_data(file, nfc((kb.root / file).read_text("utf-8")), 0, told, fields, quoted)
    for page in kb.pages.values():
        text = nfc((kb.root / page.file).read_text("utf-8"))
        front, at, body, body_at = _parts(text)
        found += _in_data(page.file, front, at, told, fields, quoted)
        found += _in_prose(page.uri, page.file, body, body_at, target)
    return found


def _grounds(kb: KnowledgeBase, target: Target) -> Iterator[tuple[tuple[str, FieldPath], str]]:
    """Yield the grounds of forms that name an instrument: documents are no records, and declare no links."""
    for template_id, template in kb.documents.items():
        for number, document in enumerate(template.documents):
            for index, ground in enumerate(document.grounds):
                new = target.instead(ground.instrument or "", ("instruments",))
                if new is not None:
                    path: FieldPath = ("documents", number, "grounds", index, "instrument")
                    yield (kb.document_origins[template_id].file, path), new


def _in_data(
    file: str,
    text: str,
    at: int,
    told: Mapping[str, str],
    fields: Mapping[tuple[str, FieldPath], str],
    sources: Mapping[str, str],
) -> Iterator[Edit]:
    for place in places(text):
        new = fields.get((file, place.path)) if not place.is_key else None
        new = told.get(place.value) if new is None else new
        new = sources.get(place.value) if new is None and place.path[-1] == "source" else new
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
    for link in _LINK.finditer(body):
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


def _applied(change: Change, edits: Iterable[Edit]) -> None:
    by_file: dict[str, list[Edit]] = {}
    for edit in edits:
        by_file.setdefault(edit.file, []).append(edit)
    for file, own in by_file.items():
        text = change.read(file)
        for edit in sorted(set(own), key=lambda one: -one.start):
            text = text[: edit.start] + edit.text + text[edit.end :]
        change.put(file, text)


def _line(change: Change, edit: Edit) -> int:
    return change.read(edit.file).count("\n", 0, edit.start) + 1


# Renaming ---------------------------------------------------------------------------------------------


def rename(kb: KnowledgeBase, old: str, new: str, today: date, wanted: str = "") -> Change:
    """Return the project with an ID, or a page's path, changed. Raises NotPossible."""
    kind = kind_named(kb, old, wanted)
    _may_become(kb, kind, old, new)
    change = Change(kb.root, given_up=_codes_in(_with_inner(kb, kind, old)))
    ids = {(one, name): new + name[len(old) :] for one, name in _with_inner(kb, kind, old)}
    target = _renaming_target(kb, kind, old, new, ids)
    edits = named_in(kb, target)
    edits += [edit for one in ids for edit in _declared(kb, one, ids[one])]
    if kind == PAGES or kind in KINDS:
        _refuse_what_programs_name(kb, target)
    _applied(change, edits)
    _own_links(kb, change, target)
    _anchors_in_headings(kb, change, ids)
    _navigation(change, target.pages)
    _programs_data(change, target.pages)
    _confirmed(kb, change, ids, target.pages)
    _move_files(change, kind, old, new, target)
    moves = Moves(
        moved=[*kb.moves.moved, Move(kind=kind, old=old, new=new, date=today)],
        withdrawn=[_led_to(one, ids, target.pages) for one in kb.moves.withdrawn],
    )
    _write_moves(change, moves)
    change.said.append(f"{old} → {new}, ngày {vn_date(today)}")
    return change


def _renaming_target(kb: KnowledgeBase, kind: str, old: str, new: str, ids: dict[tuple[str, str], str]) -> Target:
    pages = {page_uri(kind, old): page_uri(kind, new)} if kind in KINDS or kind == PAGES else {}
    if kind in KINDS and kb.page_of.get(old) not in (None, *pages):
        folder = posixpath.dirname(kb.page_of[old])
        pages = {kb.page_of[old]: f"{folder}/{new.lower()}.md"}
    anchors: dict[tuple[str, str], tuple[str, str]] = {}
    for (one, name), became in ids.items():
        place = place_of(kb, name) if one not in (STEPS, STATEMENTS, PAGES, *KINDS) else None
        if one == "terms":
            place = (INNER_KINDS["terms"].page, name)
        if place and anchor(one, name) != anchor(one, became):
            anchors[place[0], anchor(one, name)] = pages.get(place[0], place[0]), anchor(one, became)
    codes = {
        name.lower(): became.lower() for (one, name), became in ids.items() if one in ("findings", "parts", "stages")
    }
    return Target(ids, pages, anchors, codes=codes)


def _declared(kb: KnowledgeBase, one: tuple[str, str], new: str) -> Iterator[Edit]:
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
        front, at = (_parts(text)[0], _parts(text)[1]) if file.endswith(".md") else (text, 0)
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


def _own_links(kb: KnowledgeBase, change: Change, target: Target) -> None:
    """Let the links of a page that goes to another folder lead where they led."""
    for old, new in target.pages.items():
        if posixpath.dirname(old) == posixpath.dirname(new):
            continue
        file = f"{DOCS}/{old}"
        text = change.read(file)
        _front, _at, body, body_at = _parts(text)
        edits = []
        for link in _LINK.finditer(body):
            path, hash_, fragment = link[1].partition("#")
            if not path or re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", link[1]):
                continue
            to = posixpath.normpath(posixpath.join(posixpath.dirname(old), path))
            relative = posixpath.relpath(target.pages.get(to, to), posixpath.dirname(new) or ".")
            # What was led elsewhere just now is written from the new place already.
            if (kb.root / DOCS / to).exists():
                edits.append(Edit(file, body_at + link.start(1), body_at + link.end(1), f"{relative}{hash_}{fragment}"))
        _applied(change, edits)


def _anchors_in_headings(kb: KnowledgeBase, change: Change, ids: Mapping[tuple[str, str], str]) -> None:
    """Change places that authors named by hand after a part: ``{ #hc1a }``."""
    for (kind, old), new in ids.items():
        if kind != "parts":
            continue
        file = f"{DOCS}/{kb.page_of[kb.parts[old].finding.id]}"
        change.put(file, re.sub(rf"(\{{[^{{}}\n]*#){old.lower()}(?=[\s}}])", rf"\g<1>{new.lower()}", change.read(file)))


def _navigation(change: Change, pages: Mapping[str, str], drop: bool = False) -> None:
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
            change.put(file, _without_lines(text, lines))
        else:
            _applied(change, edits)


def _without_lines(text: str, lines: Iterable[int]) -> str:
    gone = set(lines)
    return "".join(line for number, line in enumerate(text.splitlines(keepends=True)) if number not in gone)


def _programs_data(change: Change, pages: Mapping[str, str], drop: bool = False) -> None:
    """The same for what the search knows of single pages, and for links in the theme's own partials."""
    if (change.root / NAMES).is_file():
        text = change.read(NAMES)
        own = [one for one in places(text) if one.is_key and one.path[:1] == ("pages",) and one.value in pages]
        if drop:
            change.put(NAMES, _without_lines(text, (text.count("\n", 0, one.start) for one in own)))
        else:
            _applied(change, [Edit(NAMES, one.start, one.end, pages[one.value]) for one in own])
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


def _refuse_what_programs_name(kb: KnowledgeBase, target: Target) -> None:
    """Raise NotPossible where the program itself names a page: that is no editor's change."""
    found = []
    for folder in PROGRAMS:
        for path in sorted((kb.root / folder).rglob("*.py")):
            text = path.read_text("utf-8")
            for old in target.pages:
                if f'"{old}"' in text:
                    line = text.count("\n", 0, text.index(f'"{old}"')) + 1
                    found.append(
                        f"{path.relative_to(kb.root).as_posix()}:{line}: chương trình gọi trang {old} → nhờ người viết chương trình"
                    )
    if found:
        raise NotPossible("\n".join(found))


def _confirmed(
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


def _move_files(change: Change, kind: str, old: str, new: str, target: Target) -> None:
    files = {f"{DOCS}/{one}": f"{DOCS}/{became}" for one, became in target.pages.items()}
    if kind == "checklists":
        files[f"{CHECKLISTS}/{old.lower()}.yml"] = f"{CHECKLISTS}/{new.lower()}.yml"
    if kind == "templates":
        folder = KINDS[kind].folder
        files[f"{DOCS}/{folder}/{old.lower()}.yml"] = f"{DOCS}/{folder}/{new.lower()}.yml"
    for file, became in files.items():
        if (change.root / file).is_file():
            change.texts[became] = change.read(file)
            change.texts.pop(file, None)
            change.gone.append(file)


def _led_to(one: Withdrawal, ids: Mapping[tuple[str, str], str], pages: Mapping[str, str]) -> Withdrawal:
    """Return a withdrawal whose ``instead`` is called as it is now."""
    names = {name: new for (_kind, name), new in ids.items()} | dict(pages)
    return one.model_copy(update={"instead": names[one.instead]}) if one.instead in names else one


def _write_moves(change: Change, moves: Moves) -> None:
    change.texts[FILE] = moves_text(moves)


def moves_text(moves: Moves) -> str:
    """Return the text of ``moved.yml``: an entry of a move on one line, a withdrawal on some."""
    lines = [_HEAD.rstrip("\n")]
    lines.append("moved:" if moves.moved else "moved: []")
    lines += [
        f"  - {{kind: {one.kind}, old: {one.old}, new: {one.new}, date: {one.date.isoformat()}}}" for one in moves.moved
    ]
    lines.append("withdrawn:" if moves.withdrawn else "withdrawn: []")
    for gone in moves.withdrawn:
        lines += [
            f"  - kind: {gone.kind}",
            f"    id: {_plain(gone.id)}",
            f"    title: {_quoted(gone.title)}",
            f"    date: {gone.date.isoformat()}",
            f"    reason: {_quoted(gone.reason)}",
        ]
        lines += [f"    instead: {_plain(gone.instead)}"] if gone.instead else []
    return "\n".join(lines) + "\n"


def _plain(record_id: str) -> str:
    return _quoted(record_id) if "#" in record_id else record_id


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# Withdrawing ------------------------------------------------------------------------------------------


def withdraw(kb: KnowledgeBase, record_id: str, why: str, today: date, instead: str = "", wanted: str = "") -> Change:
    """Return the project without an ID or page; what links to it leads to ``instead``. Raises NotPossible."""
    if "#" in record_id:
        return _withdraw_place(kb, record_id, why, today, instead)
    kind = kind_named(kb, record_id, wanted)
    _may_go(kb, kind, record_id, why, instead)
    change = Change(kb.root, given_up=_codes_in(_with_inner(kb, kind, record_id)))
    ids = dict.fromkeys(_with_inner(kb, kind, record_id), instead)
    if kind == "instruments":
        ids |= {
            ("rules", one): instead
            for one, (instrument, _rule, _path) in kb.rules.items()
            if instrument.id == record_id
        }
    uri = kb.page_of.get(record_id, page_uri(kind, record_id)) if kind in KINDS or kind == PAGES else ""
    files = _files_of(kb, kind, record_id, uri)
    target = _withdrawing_target(kb, ids, uri, instead)
    edits = [edit for edit in named_in(kb, target) if edit.file not in files]
    if uri:
        _refuse_what_programs_name(kb, target)
    if edits and not instead:
        raise NotPossible("\n".join(_still_named(change, edits)))
    sentences = sorted({(edit.file, _line(change, edit)) for edit in edits if edit.element is None})
    _applied(change, _without_repeats(change, edits))
    if files:
        change.gone += files
        for file in files:
            change.texts.pop(file, None)
    else:
        _remove_inner(kb, change, kind, record_id)
    _navigation(change, target.pages, drop=True)
    _programs_data(change, target.pages, drop=True)
    _confirmed(kb, change, ids, target.pages, drop=True)
    entry = Withdrawal(
        kind=kind, id=record_id, title=_title(kb, kind, record_id), date=today, reason=why, instead=instead or None
    )
    _write_moves(change, kb.moves.model_copy(update={"withdrawn": [*kb.moves.withdrawn, entry]}))
    change.said.append(f"Rút {record_id}, ngày {vn_date(today)}" + (f"; dùng thay: {instead}" if instead else ""))
    change.said += [f"{file}:{line}: nay dẫn tới {instead} → đọc lại câu" for file, line in sentences]
    return change


def _withdraw_place(kb: KnowledgeBase, place: str, why: str, today: date, instead: str) -> Change:
    """Return the project that accounts for a place of a page which the build makes no more. Raises NotPossible."""
    uri, _hash, fragment = place.partition("#")
    if fragment not in read_ledger(kb.root)["pages"].get(uri, []) or uri not in kb.pages:
        raise NotPossible(f"{place}: chưa công bố chỗ này → ghi đúng như make ledger nêu, bỏ docs/")
    _may_go(kb, PLACES, place, why, instead)
    title = f"{kb.pages[uri].title or kb.pages[uri].record or uri}: {fragment}"[:120]
    entry = Withdrawal(kind=PLACES, id=place, title=title, date=today, reason=why, instead=instead or None)
    change = Change(kb.root)
    _write_moves(change, kb.moves.model_copy(update={"withdrawn": [*kb.moves.withdrawn, entry]}))
    change.said.append(f"Rút {place}, ngày {vn_date(today)}")
    return change


def _may_go(kb: KnowledgeBase, kind: str, record_id: str, why: str, instead: str) -> None:
    if "{{" in why or "{%" in why or len(why) > 200:
        raise NotPossible("lý do có dấu ngoặc nhọn đôi, hoặc dài quá 200 ký tự → viết một câu ngắn bằng chữ")
    if not why:
        raise NotPossible('chưa ghi lý do → make withdraw id=… why="vì sao rút"')
    if record_id in LISTS or posixpath.basename(record_id) == "index.md":
        raise NotPossible(f"{record_id} là trang riêng của chương trình, không rút được")
    if instead == record_id or (kind in KINDS and split("items", instead)[0] == record_id):
        raise NotPossible(f"{instead} cũng là cái đang rút → chọn mã khác, hoặc bỏ instead")
    if instead and not (kb.get(instead) or instead in kb.terms or instead in kb.pages):
        guess = nearest(instead, {*kb.origins, *kb.items, *kb.parts, *kb.rules, *kb.pages})
        raise NotPossible(f"không có mã hay trang “{instead}”" + (f" → có phải {guess}?" if guess else ""))


def _files_of(kb: KnowledgeBase, kind: str, record_id: str, uri: str) -> list[str]:
    """Return the files that go with a record or page; none for what stands inside one."""
    if not uri:
        return []
    files = [f"{DOCS}/{uri}"]
    files += [kb.origins[record_id].file] if kind in KINDS else []
    files += [kb.document_origins[record_id].file] if record_id in kb.document_origins else []
    return list(dict.fromkeys(files))


def _withdrawing_target(kb: KnowledgeBase, ids: dict[tuple[str, str], str], uri: str, instead: str) -> Target:
    place = ((instead, "") if instead in kb.pages else place_of(kb, instead)) if instead else None
    page, fragment = place or ("", "")
    pages = {uri: page} if uri else {}
    anchors: dict[tuple[str, str], tuple[str, str]] = {}
    for kind, one in ids:
        own = place_of(kb, one) if kind not in (PAGES, *KINDS) and kind not in (STEPS, STATEMENTS) else None
        own = (INNER_KINDS["terms"].page, one) if kind == "terms" else own
        # A place that is gone leads to the page that stays, or to what stands instead on it.
        if own:
            anchors[own] = page or own[0], fragment
    if uri and fragment:
        anchors[uri, ""] = page, fragment
    return Target(ids, pages, anchors, ends=True)


def _still_named(change: Change, edits: Iterable[Edit]) -> list[str]:
    spots = sorted({(edit.file, _line(change, edit), edit.names) for edit in edits})
    return [f"{file}:{line}: còn liên kết tới {name} → sửa trước, hoặc ghi instead=…" for file, line, name in spots]


def _without_repeats(change: Change, edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits; a list that would name the same twice names it once."""
    found = []
    by_list: dict[tuple[str, FieldPath], list[Edit]] = {}
    for edit in edits:
        if edit.element is None:
            found.append(edit)
        else:
            by_list.setdefault((edit.file, edit.element[:-1]), []).append(edit)
    for (file, path), own in by_list.items():
        found += _list_named_once(file, change.read(file), path, {edit.start: edit for edit in own})
    return found


def _list_named_once(file: str, text: str, path: FieldPath, edits: Mapping[int, Edit]) -> list[Edit]:
    """Return the edits of one list: element by element, or of the whole where it stands on one line."""
    front, at = (_parts(text)[0], _parts(text)[1]) if file.endswith(".md") else (text, 0)
    elements_ = [one for where, one in elements(front).items() if where[:-1] == path]
    words = [edits[at + one.start].text if at + one.start in edits else front[one.start : one.end] for one in elements_]
    values = [word.strip("\"'") for word in words]
    if elements_[0].in_line:
        kept = [word for index, word in enumerate(words) if values[index] not in values[:index]]
        return [Edit(file, at + elements_[0].start, at + elements_[-1].end, ", ".join(kept))]
    found = []
    for index, one in enumerate(elements_):
        if values[index] in values[:index]:
            start = text.rfind("\n", 0, at + one.start) + 1
            found.append(Edit(file, start, text.index("\n", at + one.end) + 1, ""))
        elif at + one.start in edits:
            found.append(edits[at + one.start])
    return found


def _remove_inner(kb: KnowledgeBase, change: Change, kind: str, record_id: str) -> None:
    """Take an inner record out of the list that holds it, line by line."""
    origin, path = declared_at(kb, kind, record_id)
    text = change.read(origin.file)
    front, at = (_parts(text)[0], _parts(text)[1]) if origin.file.endswith(".md") else (text, 0)
    own = elements(front)[path[:-1]]
    if own.in_line:
        raise NotPossible(
            f"{origin.file}: {record_id} nằm trong danh sách viết trên một dòng → viết mỗi phần một dòng rồi rút"
        )
    first = text.count("\n", 0, at)
    change.put(origin.file, _without_lines(text, range(first + own.first_line, first + own.end_line)))


def _title(kb: KnowledgeBase, kind: str, record_id: str) -> str:
    """Return what something is called, for whoever comes by its old address."""
    if kind == PAGES:
        return kb.pages[record_id].title or record_id
    found = kb.terms.get(record_id) if kind == "terms" else kb.get(record_id)
    told = getattr(found, "title", None) or getattr(found, "does", None) or getattr(found, "text", None) or record_id
    return str(told)[:120]


# Trying and writing -----------------------------------------------------------------------------------


def tried(kb: KnowledgeBase, change: Change) -> list[Issue]:
    """Return the faults that the project would have and has not now; of versions to be raised, as well."""
    before = {_without_lines_of(issue) for issue in check_project(kb.root)[1] if issue.level >= Level.WARNING}
    CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="moving-") as folder:
        root = Path(folder)
        for name in (DOCS, CHECKLISTS):
            shutil.copytree(kb.root / name, root / name, ignore=shutil.ignore_patterns("tai-ve"))
        for name in (EDITION_FILE, CONFIRMED_FILE, LEDGER_FILE):
            if (kb.root / name).is_file():
                shutil.copy(kb.root / name, root / name)
        _write(root, change)
        after = [issue for issue in check_project(root)[1] if issue.level >= Level.WARNING]
    return [issue for issue in after if _without_lines_of(issue) not in before]


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


def mentions(root: Path, names: Iterable[str]) -> list[tuple[str, str]]:
    """Return (file:line, code) where prose, or an edition, still names a code that was given up: for people to change."""
    found = []
    for name in sorted(names):
        pattern = re.compile(rf"(?<![\w/]){re.escape(name)}(?![\w/])")
        own = [path for suffix in ("md", "yml") for path in (root / EDITIONS).rglob(f"*.{suffix}")]
        for path in sorted([*(root / DOCS).rglob("*.md"), *(root / CHECKLISTS).glob("*.yml"), *own]):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if pattern.search(line):
                    found.append((f"{path.relative_to(root).as_posix()}:{number}", name))
    return found


def loaded(root: Path) -> KnowledgeBase:
    """Return a project's records, all of which could be read. Raises NotPossible."""
    found = load(root)
    if any(issue.level == Level.ERROR for issue in found.issues):
        raise NotPossible("\n".join(["Sửa các lỗi này trước:", *report(found.issues, Level.ERROR)]))
    return found.kb
