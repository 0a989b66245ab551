"""Checks of what was published: no ID is used for something else, old ones lead on, a changed sheet says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from knowledge.checks import Check
from knowledge.kinds import INNER_KINDS, KINDS, NAMED
from knowledge.moves import HOLDERS, ids_of, page_uri, split, trail
from knowledge.published import changed_items, marks_of, read_ledger, recorded_of
from knowledge.records.ids import next_free_id
from knowledge.records.issues import Issue, Level
from knowledge.records.knowledge_base import KnowledgeBase, Origin, is_lost
from knowledge.records.model import BASE_EDITION
from knowledge.records.moves import MOVED_KINDS, PAGES
from knowledge.records.yaml_lines import Path as FieldPath
from knowledge.text import nearest, vn_date


def no_id_is_used_again(kb: KnowledgeBase) -> Iterator[Issue]:
    """What was renamed or withdrawn is named by no record: printed sheets and devices still mean the old one."""
    found = trail(kb)
    days = {(one.kind, one.old): ("đổi", one.date) for one in kb.moves.moved}
    days |= {(one.kind, one.id): ("rút", one.date) for one in kb.moves.withdrawn}
    for kind in MOVED_KINDS:
        declared = ids_of(kb, kind)
        for one in sorted(declared):
            if not found.is_retired(kind, one):
                continue
            what, day = days[kind, one]
            free = next_free_id(one.rpartition("/")[2], {other.rpartition("/")[2] for other in {*declared, one}})
            message = f"mã {one} đã {what} ngày {vn_date(day)}, không dùng lại"
            remedy = f"dùng mã khác, ví dụ {free}" if kind != PAGES else "đặt tên tệp khác"
            yield _at_its_place(kb, kind, one, message, remedy)


def _at_its_place(kb: KnowledgeBase, kind: str, one: str, message: str, remedy: str) -> Issue:
    """Return the fault at the line on which the ID is declared."""
    if kind == PAGES:
        return kb.pages[one].issue("id-used-again", message, remedy)
    origin, path = declared_at(kb, kind, one)
    return origin.issue(path, "id-used-again", message, remedy)


def declared_at(kb: KnowledgeBase, kind: str, one: str) -> tuple[Origin, FieldPath]:
    """Return the file of an ID that there is, and the field that declares it."""
    if kind in INNER_KINDS:
        origin, _record, path = kb.inner(kind)[one]
        return origin, (*path, "id")
    if kind in HOLDERS:
        holder, rest = split(kind, one)
        inside = getattr(kb.of(HOLDERS[kind])[holder], kind)
        return kb.origins[holder], (kind, [step.id for step in inside].index(rest[1:]), "id")
    return kb.origins[one], ("id",)


def moves_lead_on(kb: KnowledgeBase) -> Iterator[Issue]:
    """Each entry of ``moved.yml`` stands once and leads, in the end, to something of its kind that exists."""
    origin = kb.moves_origin
    if origin is None:
        return
    found = trail(kb)
    counts = Counter(
        [(one.kind, one.old) for one in kb.moves.moved] + [(one.kind, one.id) for one in kb.moves.withdrawn]
    )
    for index, move in enumerate(kb.moves.moved):
        path: FieldPath = ("moved", index, "old")
        if counts[move.kind, move.old] > 1:
            yield origin.issue(path, "moved-twice", f"{move.old} ghi hai lần", "giữ một dòng")
        if move.kind in HOLDERS and split(move.kind, move.old)[0] != split(move.kind, move.new)[0]:
            message = f"{move.old} không chuyển sang bản ghi khác được"
            yield origin.issue(("moved", index, "new"), "moved-elsewhere", message, "ghi ở withdrawn, kèm instead")
            continue
        last = found.now(move.kind, move.old)
        if last is None:
            yield origin.issue(path, "moved-in-circle", f"{move.old} đổi vòng tròn về chính nó", "sửa new")
        elif (
            last not in ids_of(kb, move.kind)
            and not found.withdrawal(move.kind, last)
            and not _is_lost(kb, move.kind, last)
        ):
            guess = nearest(last, ids_of(kb, move.kind))
            remedy = f"có phải “{guess}”?" if guess else "sửa new, hoặc make withdraw cho mã đó"
            yield origin.issue(
                ("moved", index, "new"), "moved-to-nothing", f"{move.old} dẫn tới {last}, nay không có", remedy
            )
    for index, one in enumerate(kb.moves.withdrawn):
        if counts[one.kind, one.id] > 1:
            yield origin.issue(("withdrawn", index, "id"), "moved-twice", f"{one.id} ghi hai lần", "giữ một dòng")
        known = one.instead is None or kb.get(one.instead) or one.instead in kb.terms or one.instead in kb.pages
        if not known and not is_lost(kb, str(one.instead)) and one.instead not in kb.unread:
            guess = nearest(str(one.instead), {*kb.origins, *kb.items, *kb.parts, *kb.rules, *kb.pages})
            message = f"{one.id} dẫn tới {one.instead}, nay không có"
            remedy = f"có phải “{guess}”?" if guess else "ghi mã khác, hoặc bỏ instead"
            yield origin.issue(("withdrawn", index, "instead"), "moved-to-nothing", message, remedy)


def _is_lost(kb: KnowledgeBase, kind: str, one: str) -> bool:
    """Tell whether something may be unknown only because its file was refused."""
    page = page_uri(kind, one) if kind in (*KINDS, PAGES) else ""
    return is_lost(kb, one, (kind,)) or page in kb.unread


def what_was_published_is_accounted_for(kb: KnowledgeBase) -> Iterator[Issue]:
    """An ID or page of the ledger that is gone was renamed or withdrawn by the commands, which lead readers on."""
    if kb.edition.slug != BASE_EDITION or kb.broken or kb.unread or kb.lost_kinds:
        return
    found, ledger = trail(kb), read_ledger(kb.root)
    published = {**ledger["ids"], PAGES: ledger["pages"]}
    for kind, ids in published.items():
        there = set(kb.pages) if kind == PAGES else ids_of(kb, kind) if kind in MOVED_KINDS else set(ids)
        gone = [one for one in ids if one not in there]
        for one in gone:
            known = found.now(kind, one) != one or found.withdrawal(kind, one)
            # A record that is gone is told of, not also what was in it or its page.
            inside = kind in HOLDERS and split(kind, one)[0] not in kb.of(HOLDERS[kind])
            if known or inside or (kind == PAGES and one not in _plain(ledger)):
                continue
            name = "trang" if kind == PAGES else NAMED.get(kind, kind)
            message = f"{name} {one} đã công bố, nay không còn"
            remedy = f'lấy lại rồi make rename from={one} to=…, hoặc make withdraw id={one} why="…"'
            yield Issue.of_file("ledger.json", "published-gone", message, remedy, Level.WARNING)


def _plain(ledger: dict[str, dict[str, list[str]]]) -> set[str]:
    """Return the pages of the ledger that belong to no record of it."""
    records = {page_uri(kind, one) for kind in KINDS for one in ledger["ids"].get(kind, [])}
    return {uri for uri in ledger["pages"] if uri not in records}


def a_changed_sheet_has_a_new_version(kb: KnowledgeBase) -> Iterator[Issue]:
    """A sheet on paper is told from a newer one by its version: items that differ from those recorded need a higher one."""
    if kb.edition.slug != BASE_EDITION:
        return
    found, ledger = trail(kb), read_ledger(kb.root)
    for sheet in kb.checklists.values():
        recorded = recorded_of(ledger, found, sheet.id)
        if not recorded:
            continue
        last = max(recorded)
        origin, now = kb.origins[sheet.id], marks_of(sheet)
        if sheet.version < last:
            message = f"{sheet.id} đã công bố phiên bản {last}, nay ghi {sheet.version}"
            yield origin.issue(("version",), "version-not-raised", message, f"ghi version: {last + 1}, ghi revised")
        elif sheet.version == last and recorded[last] != now:
            changed = changed_items(recorded[last], now)
            shown = ", ".join(changed[:3]) + (f" và {len(changed) - 3} mục khác" if len(changed) > 3 else "")
            message = f"{sheet.id}: mục {shown} đã đổi, phiếu vẫn là phiên bản {last}"
            yield origin.issue(("version",), "version-not-raised", message, f"nâng version lên {last + 1}, ghi revised")


MOVE_CHECKS: list[Check] = [
    no_id_is_used_again,
    moves_lead_on,
    what_was_published_is_accounted_for,
    a_changed_sheet_has_a_new_version,
]
