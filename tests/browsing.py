"""What the browser tests share: sizes of screens, the rules of accessibility, pages of a PDF."""

from __future__ import annotations

import time
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

PHONE: Any = {"width": 360, "height": 640}
DESKTOP: Any = {"width": 1280, "height": 900}
# What holds is not wanted node by node: telling it takes as long as looking.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations", "incomplete"],
}
# An app's window without storage.
NOTHING_KEPT = (
    "for (const name of ['localStorage', 'sessionStorage'])"
    " Object.defineProperty(window, name, { get: () => null, configurable: true });"
)
DONE = "document.querySelector('.md-search').hasAttribute('aria-label')"
"""Whether the last of the scripts that every page has (everywhere/accessibility.js) has run; a wrong address's page has nothing to share."""
HOSTILE = '<img src=x onerror="window.ran=1">'


def page_count(pdf: bytes) -> int:
    """Count every page object but the page tree; "/Type /Page" also begins "/Type /Pages"."""
    return sum(pdf.count(b"/Type /Page" + end) for end in (b"\n", b"/", b" ", b">"))


def wait_until(page: Page, holds: str, arg: object = None, timeout: float = 15_000) -> None:
    """Wait until an expression or function holds on a page. Playwright's own way is an `eval` in the page, which its policy refuses."""
    end = time.monotonic() + timeout / 1000
    while not page.evaluate(holds, arg):
        if time.monotonic() > end:
            raise PlaywrightTimeoutError(f"not within {timeout:.0f} ms: {holds}")
        page.wait_for_timeout(40)


def comes_to_hold(page: Page, holds: str, arg: object = None, timeout: float = 15_000) -> bool:
    """Tell whether an expression or function holds on a page before the time is over."""
    try:
        wait_until(page, holds, arg, timeout)
    except PlaywrightTimeoutError:
        return False
    return True


def await_frames(page: Page) -> None:
    """Wait until the page was drawn twice: what it was told before this call it has shown, or would have."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def await_colours(page: Page) -> None:
    """Wait until nothing changes slowly any more: colours of what got the focus, what slides in. What never ends is left out."""
    wait_until(
        page,
        "document.getAnimations().every(one => one.playState !== 'running' || one.effect?.getComputedTiming().endTime === Infinity)",
    )


def await_pictures(page: Page) -> None:
    """Wait until every picture has come or failed, and one asked for last, which is nowhere: the handlers of all have run."""
    wait_until(page, "[...document.images].every(one => one.complete)")
    page.evaluate("new Promise(done => Object.assign(new Image(), { onerror: done, src: 'khong-co.png' }))")


def await_still(page: Page, selector: str) -> None:
    """Wait until nothing changed inside an element for a moment: answers to the first letters may still be replaced."""
    page.evaluate(
        """selector => new Promise(done => {
          let timer = setTimeout(done, 400);
          new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, 400); })
            .observe(document.querySelector(selector), { childList: true, subtree: true });
        })""",
        selector,
    )


def add_style(page: Page, rules: str) -> None:
    """Add style rules to a page; an element with them would be refused by its policy."""
    page.evaluate(
        """rules => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(rules);
          document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        }""",
        rules,
    )


def stays_too_wide(page: Page, width: int) -> bool:
    """Tell whether an open page is wider than a screen; the theme moves its search field when the width changes."""
    page.set_viewport_size({"width": width, "height": 640})
    return not comes_to_hold(page, "document.documentElement.scrollWidth <= window.innerWidth", timeout=5000)


def accessibility_faults(page: Page) -> list[str]:
    """Return one line per rule that the page breaks, with the first three places.

    Text in the very colour of its ground counts too: axe takes that for hidden on purpose.
    """
    # Colours of a button that was pressed or got the focus change slowly; half-way is not what is read.
    await_colours(page)
    told = Axe().run(page, options=AXE).response
    faults = [f"{one['id']}: {[node['target'] for node in one['nodes'][:3]]}" for one in told["violations"]]
    unseen = [
        node["target"]
        for one in told["incomplete"]
        if one["id"] == "color-contrast"
        for node in one["nodes"]
        if any((check.get("data") or {}).get("messageKey") == "equalRatio" for check in node["any"])
    ]
    return faults + ([f"text that cannot be seen: {unseen[:3]}"] if unseen else [])


def lost(part: Any, whole: Any, path: str = "") -> list[str]:
    """Return the places of what was kept that are not in what is read now; a newer edition may know more, of its own schema."""
    if path.endswith("/schema"):
        return [] if whole >= part else [path]
    if isinstance(part, dict) and isinstance(whole, dict):
        return [place for key, one in part.items() for place in lost(one, whole.get(key), f"{path}/{key}")]
    return [] if part == whole else [path]
