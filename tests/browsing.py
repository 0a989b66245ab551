"""What the browser tests share: sizes of screens, the rules of accessibility, pages of a PDF."""

from __future__ import annotations

from typing import Any

PHONE: Any = {"width": 360, "height": 640}
DESKTOP: Any = {"width": 1280, "height": 900}
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
HOSTILE = '<img src=x onerror="window.ran=1">'


def page_count(pdf: bytes) -> int:
    """Count every page object but the page tree; "/Type /Page" also begins "/Type /Pages"."""
    return sum(pdf.count(b"/Type /Page" + end) for end in (b"\n", b"/", b" ", b">"))
