"""Checks of what readers must know until a day."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checks import Check
from knowledge.records.issues import Issue, Level
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.load import EDITION_FILE
from knowledge.text import vn_date


def notices_lead_on_and_end(kb: KnowledgeBase) -> Iterator[Issue]:
    """A notice leads to a page that exists, has an ID of its own, and is told once its last day has gone by."""
    seen: set[str] = set()
    for index, notice in enumerate(kb.edition.notices):
        place = f"notices[{index}]"
        if notice.id in seen:
            yield Issue(EDITION_FILE, 0, f"{place}.id", "duplicate-id", f"mã {notice.id} dùng hai lần", "đặt mã khác")
        seen.add(notice.id)
        if notice.page not in kb.pages and notice.page not in kb.unread:
            yield Issue(
                EDITION_FILE,
                0,
                f"{place}.page",
                "unknown-page",
                f"không có trang {notice.page}",
                "sửa đường dẫn dưới docs/",
            )
        if notice.show_until < kb.edition.date:
            message = f"thông tin {notice.id} đã hết hạn ngày {vn_date(notice.show_until)}"
            remedy = "bỏ thông tin này và lời gọi notice, hoặc đổi show_until"
            yield Issue(EDITION_FILE, 0, f"{place}.show_until", "notice-over", message, remedy, Level.INFO)


NOTICE_CHECKS: list[Check] = [notices_lead_on_and_end]
