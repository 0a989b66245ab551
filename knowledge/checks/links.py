"""Checks of links: their targets exist, are of the right kind, and nothing is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checks import Check
from knowledge.kinds import KINDS, NAMED
from knowledge.links import (
    back_links,
    declared_links,
    every_record,
    ids_of_kinds,
    kind_of,
)
from knowledge.records.issues import Issue, Level
from knowledge.records.knowledge_base import TO_DRAFT, KnowledgeBase, is_draft, is_lost
from knowledge.records.model import Lesson
from knowledge.records.yaml_lines import Path as FieldPath
from knowledge.text import nearest


def links_exist(kb: KnowledgeBase) -> Iterator[Issue]:
    """Every link names a known record of a kind that the field allows, once."""
    seen: set[tuple[str, FieldPath, str]] = set()
    known: dict[tuple[str, ...], set[str]] = {}
    for link in declared_links(kb):
        key = (link.owner, link.path[:-1], link.target)
        if key in seen:
            yield link.origin.issue(
                link.path,
                "repeated-link",
                f"mã {link.target} ghi hai lần",
                "giữ một",
                Level.WARNING,
            )
        seen.add(key)
        if link.kinds not in known:
            known[link.kinds] = ids_of_kinds(kb, link.kinds)
        if link.target in known[link.kinds] or is_lost(kb, link.target, link.kinds):
            continue
        kind = kind_of(kb, link.target)
        wanted = " hoặc ".join(NAMED[k] for k in link.kinds)
        if kind:
            message = f"{link.target} là {NAMED[kind]}, không dùng ở trường này"
            yield link.origin.issue(link.path, "wrong-link-kind", message, f"ghi mã {wanted}")
        elif is_draft(kb, link.target):
            yield link.origin.issue(link.path, "link-to-draft", f"{link.target} là bản nháp", TO_DRAFT)
        else:
            guess = nearest(link.target, ids_of_kinds(kb, link.kinds))
            remedy = f"có phải “{guess}”?" if guess else f"chưa có {wanted} nào; tạo bản ghi trước"
            yield link.origin.issue(link.path, "unknown-id", f"không có bản ghi “{link.target}”", remedy)


def stated_links_are_links(kb: KnowledgeBase) -> Iterator[Issue]:
    """What the source is said to pair must be among the record's own links."""
    declared = {(link.owner, link.target) for link in declared_links(kb)}
    for owner, origin, record, path in every_record(kb):
        for index, target in enumerate(record.stated if isinstance(record, Lesson) else []):
            if (owner, target) not in declared:
                yield origin.issue(
                    (*path, "stated", index),
                    "stated-not-linked",
                    f"{target} không nằm trong các liên kết của {owner}",
                    "thêm vào causes, solutions, roles hoặc stages; hoặc xóa khỏi stated",
                )


def ends_meet(kb: KnowledgeBase) -> Iterator[Issue]:
    """A record nobody points to is probably forgotten, where the table of kinds says who should."""
    if kb.broken:
        return
    links = back_links(kb)
    for kind in KINDS.values():
        for record_id in kb.of(kind.name) if kind.needed_by else ():
            if links.get(record_id, {}).keys().isdisjoint(kind.needed_by):
                message = f"không bản ghi nào nối tới {record_id}"
                remedy = "nối từ một hạn chế hoặc một mục"
                yield kb.origins[record_id].issue((), "orphan", message, remedy, Level.WARNING)


LINK_CHECKS: list[Check] = [links_exist, stated_links_are_links, ends_meet]
