"""What readers must know until a day is shown until that day, and no longer; without script it tells the day."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import vn_date
from tests.browsing import PHONE


@pytest.mark.parametrize(
    ("day", "shown"),
    [("2026-12-31", ["du-toan-2027", "ra-soat-2027"]), ("2027-01-01", ["ra-soat-2027"]), ("2027-03-02", [])],
)
def test_pages_drop_what_is_over(browser: Browser, address: str, kb: KnowledgeBase, day: str, shown: list[str]) -> None:
    context = browser.new_context(viewport=PHONE, service_workers="block", timezone_id="Asia/Ho_Chi_Minh")
    page = context.new_page()
    page.clock.set_fixed_time(f"{day}T23:30:00+07:00")
    page.goto(address)
    expect(page.locator(".hd-notice")).to_have_count(len(shown))
    texts = {one.id: one.text for one in kb.edition.notices}
    assert len(texts) == 2
    for place, notice in zip(page.locator(".hd-notice").all(), shown, strict=True):
        expect(place).to_contain_text(texts[notice])
    context.close()


def test_without_script_a_notice_tells_its_last_day(browser: Browser, address: str, kb: KnowledgeBase) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    for place, notice in zip(page.locator(".hd-notice").all(), reversed(kb.edition.notices), strict=True):
        expect(place).to_contain_text(f"đến hết ngày {vn_date(notice.show_until)}:")
    context.close()


def test_a_notice_leads_on_but_not_to_the_page_it_stands_on(browser: Browser, address: str) -> None:
    page = browser.new_page(service_workers="block")
    page.goto(address)
    page.locator(".hd-notice a", has_text="Việc của xã, phường").click()
    expect(page.locator("h1")).to_contain_text("Rà soát văn bản trước 28/02 và 01/3/2027")
    expect(page.locator(".hd-notice")).to_have_count(1)
    expect(page.locator(".hd-notice a")).to_have_count(0)
    page.context.close()
