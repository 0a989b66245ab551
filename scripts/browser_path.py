"""Where the browser is that tests and the benchmark drive; ``ensure_tool.sh`` installs it, in the same order."""

from __future__ import annotations

import os
import shutil

QUICK = "chromium-headless-shell"
"""The browser without windows: it opens a page in less than half the time of the whole one."""
WHOLE = ("chromium", "chromium-browser", "google-chrome")


def chromium_path(whole: bool = False) -> str:
    """Return the path of Chromium, '' where there is none; the environment's ``CHROMIUM`` goes before all.

    ``whole``: the browser with its settings, which the quick one does not heed.
    """
    names = WHOLE if whole else (QUICK, *WHOLE)
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), "")
