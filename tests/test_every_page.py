"""Every page, at a phone's and a desktop's width, light and dark, by axe. `make test` takes samples instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browsing import DESKTOP, PHONE, accessibility_faults

pytestmark = pytest.mark.full


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1280"])
def test_every_page_is_accessible(
    browser: Browser, address: str, site: Path, size: dict[str, int], scheme: str
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    found, pages = [], sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    assert len(pages) >= 184
    for path in pages:
        page.goto(f"{address}/{path}/" if path != "." else f"{address}/")
        page.wait_for_function("document.querySelector('.hd-share-open')")
        found += [f"{path}: {fault}" for fault in accessibility_faults(page)]
    context.close()
    assert found == []
