"""What ``make rename`` and ``make withdraw`` do: IDs, files and links changed together, or nothing at all.

The changed project is first written into a copy and checked there; only what brings no new fault reaches the real files.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from knowledge.checks.moves import declared_at
from knowledge.kinds import INNER_KINDS, KINDS, LISTS, NAMED, PLAIN_FOLDERS
from knowledge.moves import HOLDERS, anchor, ids_of, page_uri, split, trail
from knowledge.published import read_ledger
from knowledge.records.docs_files import CHECKLISTS, DOCS
from knowledge.records.knowledge_base import KnowledgeBase, place_of
from knowledge.records.moves import FILE, PAGES, PLACES, STATEMENTS, STEPS, Move, Moves, Withdrawal
from knowledge.records.yaml_lines import Path as FieldPath
from knowledge.text import nearest, vn_date
from publish.changing import (
    Change,
    applied,
    let_own_links_lead,
    line_of,
    rename_in_confirmed,
    rename_in_navigation,
    rename_in_programs_data,
    without_lines,
)
from publish.where_named import (
    Edit,
    NotPossible,
    Target,
    declared_in,
    kind_named,
    named_in,
    parts_of_page,
)
from publish.yaml_places import elements

_HEAD = (
    "# yaml-language-server: $schema=schemas/moves.schema.json\n"
    "# Mã, trang đã công bố nay đổi hoặc rút. Do make rename, make withdraw ghi; giữ mãi, không xóa dòng.\n"
)
_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
PROGRAMS = ("knowledge", "macros", "papers", "publish")


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


# Renaming ---------------------------------------------------------------------------------------------


def rename(kb: KnowledgeBase, old: str, new: str, today: date, wanted: str = "") -> Change:
    """Return the project with an ID, or a page's path, changed. Raises NotPossible."""
    kind = kind_named(kb, old, wanted)
    _may_become(kb, kind, old, new)
    change = Change(kb.root, given_up=_codes_in(_with_inner(kb, kind, old)))
    ids = {(one, name): new + name[len(old) :] for one, name in _with_inner(kb, kind, old)}
    target = _renaming_target(kb, kind, old, new, ids)
    edits = named_in(kb, target)
    edits += [edit for one in ids for edit in declared_in(kb, one, ids[one])]
    if kind == PAGES or kind in KINDS:
        _refuse_what_programs_name(kb, target)
    applied(change, edits)
    let_own_links_lead(kb, change, target)
    _anchors_in_headings(kb, change, ids)
    rename_in_navigation(change, target.pages)
    rename_in_programs_data(change, target.pages)
    rename_in_confirmed(kb, change, ids, target.pages)
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


def _anchors_in_headings(kb: KnowledgeBase, change: Change, ids: Mapping[tuple[str, str], str]) -> None:
    """Change places that authors named by hand after a part: ``{ #hc1a }``."""
    for (kind, old), new in ids.items():
        if kind != "parts":
            continue
        file = f"{DOCS}/{kb.page_of[kb.parts[old].finding.id]}"
        change.put(file, re.sub(rf"(\{{[^{{}}\n]*#){old.lower()}(?=[\s}}])", rf"\g<1>{new.lower()}", change.read(file)))


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
    held = _held(kb, record_id)
    ids |= dict.fromkeys(held, instead)
    uri = kb.page_of.get(record_id, page_uri(kind, record_id)) if kind in KINDS or kind == PAGES else ""
    files = _files_of(kb, kind, record_id, uri)
    target = _withdrawing_target(kb, ids, uri, instead)
    edits = [edit for edit in named_in(kb, target) if edit.file not in files]
    if uri:
        _refuse_what_programs_name(kb, target)
    if edits and not instead:
        raise NotPossible("\n".join(_still_named(change, edits)))
    sentences = sorted({(edit.file, line_of(change, edit)) for edit in edits if edit.element is None})
    applied(change, _without_repeats(change, edits))
    if files:
        change.gone += files
        for file in files:
            change.texts.pop(file, None)
    else:
        _remove_inner(kb, change, kind, record_id)
    rename_in_navigation(change, target.pages, drop=True)
    rename_in_programs_data(change, target.pages, drop=True)
    rename_in_confirmed(kb, change, ids, target.pages, drop=True)
    entries = [
        Withdrawal(kind=one, id=name, title=_title(kb, one, name), date=today, reason=why, instead=instead or None)
        for one, name in ((kind, record_id), *held)
    ]
    _write_moves(change, kb.moves.model_copy(update={"withdrawn": [*kb.moves.withdrawn, *entries]}))
    change.said.append(f"Rút {record_id}, ngày {vn_date(today)}" + (f"; dùng thay: {instead}" if instead else ""))
    change.said += [f"{file}:{line}: nay dẫn tới {instead} → đọc lại câu" for file, line in sentences]
    return change


def _held(kb: KnowledgeBase, record_id: str) -> list[tuple[str, str]]:
    """Return (kind, ID) of what lies inside a record and whose ID does not tell so: rules, evidence."""
    rules = [("rules", one) for one, (instrument, _rule, _path) in kb.rules.items() if instrument.id == record_id]
    return rules + [("evidence", one) for one, placed in kb.evidence.items() if placed.source.id == record_id]


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
    spots = sorted({(edit.file, line_of(change, edit), edit.names) for edit in edits})
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
    front, at = (parts_of_page(text)[0], parts_of_page(text)[1]) if file.endswith(".md") else (text, 0)
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
    front, at = (parts_of_page(text)[0], parts_of_page(text)[1]) if origin.file.endswith(".md") else (text, 0)
    own = elements(front)[path[:-1]]
    if own.in_line:
        raise NotPossible(
            f"{origin.file}: {record_id} nằm trong danh sách viết trên một dòng → viết mỗi phần một dòng rồi rút"
        )
    first = text.count("\n", 0, at)
    change.put(origin.file, without_lines(text, range(first + own.first_line, first + own.end_line)))


def _title(kb: KnowledgeBase, kind: str, record_id: str) -> str:
    """Return what something is called, for whoever comes by its old address."""
    if kind == PAGES:
        return kb.pages[record_id].title or record_id
    found = kb.terms.get(record_id) if kind == "terms" else kb.get(record_id)
    told = getattr(found, "title", None) or getattr(found, "does", None) or getattr(found, "text", None) or record_id
    return str(told)[:120]
