"""Takes the indentation out of built pages: a tenth of what a weak line carries, and nothing a reader sees."""

from __future__ import annotations

import re
from pathlib import Path

_AS_WRITTEN = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"[ \t]*\n\s*")


def unindented(page: str) -> str:
    """Return a page with each run of white space that holds a line break cut to the break; what is shown as written stays."""
    # Split by two groups: text, element, its name, text, …
    pieces = _AS_WRITTEN.split(page)
    for at in range(0, len(pieces), 3):
        pieces[at] = _BREAK.sub("\n", pieces[at])
    del pieces[2::3]
    return "".join(pieces)


def unindent(site: Path) -> None:
    """Rewrite the pages of a built site without indentation."""
    for file in site.rglob("*.html"):
        file.write_bytes(unindented(file.read_bytes().decode()).encode())
