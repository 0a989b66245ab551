"""Where the browser keeps nothing: all that needs no keeping works, and nobody is told that ticks are kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browsing import NOTHING_KEPT, PHONE
from tests.conftest import CHROMIUM_FLAGS, found_chromium

# A browser that refuses, as with cookies blocked.
REFUSED = NOTHING_KEPT.replace("null", "{ throw new DOMException('refused', 'SecurityError'); }")


def where_nothing_is_kept(browser: Browser, kind: str, profile: Path) -> BrowserContext:
    if kind != "cookies blocked":
        context = browser.new_context(viewport=PHONE, has_touch=True, service_workers="block")
        context.add_init_script(NOTHING_KEPT if kind == "no storage" else REFUSED)
        return context
    (profile / "Default").mkdir()
    blocked = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (profile / "Default" / "Preferences").write_text(json.dumps(blocked), encoding="utf-8")
    return browser.browser_type.launch_persistent_context(
        profile, executable_path=found_chromium(whole=True), args=CHROMIUM_FLAGS, viewport=PHONE, has_touch=True
    )


@pytest.fixture(params=["cookies blocked", "refused", "no storage"])
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    context = where_nothing_is_kept(browser, request.param, tmp_path)
    context.set_default_timeout(10_000)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []


@pytest.mark.full
def test_search_colours_and_ticks_work_and_nothing_is_called_kept(page: Page, address: str) -> None:
    page.goto(f"{address}/danh-muc/dm07/")
    scheme = page.locator("body")
    expect(scheme).to_have_attribute("data-md-color-scheme", "default")
    page.locator("label[for=__palette_1]").click()
    expect(scheme).to_have_attribute("data-md-color-scheme", "slate")
    assert page.evaluate("localStorage.length") > 0, "what the theme noted lasts as long as the page"

    page.locator("#ho-so .hd-tick").check()
    expect(page.locator(".hd-total")).to_contain_text("Xong 1/")
    expect(page.locator(".hd-tools .hd-storage")).to_contain_text("Máy này không cho lưu")
    expect(page.locator(".hd-tools .hd-storage")).not_to_contain_text("Chỉ lưu trên máy này")

    page.locator("label[for=__search]").first.click()
    page.locator(".md-search__input").fill("tham tra hinh thuc")
    expect(page.locator(".md-search-result__link").first).to_be_visible()


@pytest.mark.parametrize("page", ["no storage"], indirect=True)
@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("tra-cuu/ky-hop-dang-chuan-bi/", "[data-hd-sitting-form] input.hd-field"),
        ("tra-cuu/moc-quy-che/", ".hd-pair input"),
    ],
)
def test_no_form_says_that_it_was_noted_on_the_device(page: Page, address: str, name: str, field: str) -> None:
    page.goto(f"{address}/{name}")
    page.locator(field).first.fill("5")
    page.locator(field).first.blur()
    expect(page.locator(".hd-status")).to_contain_text("Chưa lưu được vào máy")
    expect(page.locator(".hd-status")).not_to_contain_text("Đã ghi vào máy")
