"""Checks of what readers must know until a day."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checks import Check
from knowledge.records.issues import Issue, Level
from knowledge.records.knowledge_base import KnowledgeBase, Origin
from knowledge.records.yaml_lines import Path as FieldPath
from knowledge.text import vn_date


def notices_lead_on_and_end(kb: KnowledgeBase) -> Iterator[Issue]:
    """A notice leads to a page that exists, has an ID of its own, and is told once its last day has gone by."""
    origin = kb.notices_origin
    if origin is None:
        return
    seen: set[str] = set()
    for place, notice in zip(_places(kb, origin), kb.edition.notices, strict=True):
        if notice.id in seen:
            yield origin.issue((*place, "id"), "duplicate-id", f"mã {notice.id} dùng hai lần", "đặt mã khác")
        seen.add(notice.id)
        if notice.page not in kb.pages and notice.page not in kb.unread:
            message = f"không có trang {notice.page}"
            yield origin.issue((*place, "page"), "unknown-page", message, "sửa đường dẫn dưới docs/")
        if notice.show_until < kb.edition.date:
            message = f"thông tin {notice.id} đã hết hạn ngày {vn_date(notice.show_until)}"
            remedy = "bỏ thông tin này và lời gọi notice, hoặc đổi show_until"
            yield origin.issue((*place, "show_until"), "notice-over", message, remedy, Level.INFO)


def _places(kb: KnowledgeBase, origin: Origin) -> list[FieldPath]:
    """Return where each notice stands in its file: those of the base that lead to a dropped page were left out."""
    written = origin.parsed.value.get("notices") or []
    left_out = kb.dropped.pages if kb.own and kb.own.notices is None else ()
    return [("notices", index) for index, one in enumerate(written) if one["page"].strip() not in left_out]


NOTICE_CHECKS: list[Check] = [notices_lead_on_and_end]
