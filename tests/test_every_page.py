"""Every page, where `make test` takes samples: by axe at a phone's and a desktop's width, light and dark; its width."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browsing import DESKTOP, PHONE, accessibility_faults, stays_too_wide, wait_until
from tests.test_keys_and_focus import dead_controls

pytestmark = pytest.mark.full


@pytest.fixture
def pages(site: Path) -> list[str]:
    """Paths of all pages as readers ask for them."""
    paths = sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    assert len(paths) >= 190
    return [*("" if path == "." else f"{path}/" for path in paths), "404.html"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1280"])
def test_every_page_is_accessible(
    browser: Browser, address: str, pages: list[str], size: dict[str, int], scheme: str
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    found = []
    for path in pages:
        page.goto(f"{address}/{path}")
        # A wrong address is not worth sending on: its page has no such button.
        wait_until(page, f"document.querySelector('{'[data-hd-search]' if path == '404.html' else '.hd-share-open'}')")
        found += [f"{path}: {fault}" for fault in accessibility_faults(page)]
    context.close()
    assert found == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_no_page_is_wider_than_the_screen(browser: Browser, address: str, pages: list[str], script: bool) -> None:
    """At 360 px, at 1280 px, and at 1280 px with 200 % zoom, which are 640 CSS px."""
    context = browser.new_context(java_script_enabled=script, service_workers="block")
    page = context.new_page()
    sizes = context.new_cdp_session(page)
    wide = []
    for path in pages:
        page.goto(f"{address}/{path}")
        for width in (360, 640, 1280):
            if script:
                too_wide = stays_too_wide(page, width)
            else:
                page.set_viewport_size({"width": width, "height": 640})
                too_wide = sizes.send("Page.getLayoutMetrics")["cssContentSize"]["width"] > width
            if too_wide:
                wide.append(f"{path or 'home'} at {width} px")
    context.close()
    assert wide == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_without_script_every_control_does_something(
    browser: Browser, address: str, pages: list[str], size: dict[str, int]
) -> None:
    assert dead_controls(browser, address, pages, size) == {}
