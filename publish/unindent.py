"""Takes out of built pages and scripts what only their writers and their engine read: indentation, lines of comment, its name."""

from __future__ import annotations

import re
from pathlib import Path

_AS_WRITTEN = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)


_ENGINE = '<meta name="generator"'
_UNREAD = re.compile(_ENGINE + r' content="[^"]*"/?>\n?')
"""Which engine wrote a page."""
_NAMESPACE = '<svg xmlns="http://www.w3.org/2000/svg"'
"""Of a drawing; HTML knows it."""


def unindented(page: str) -> str:
    """Return a page with each run of white space that holds a line break cut to the break; what is shown as written stays."""
    # Split by two groups: text, element, its name, text, …
    pieces = _AS_WRITTEN.split(page)
    for at in range(0, len(pieces), 3):
        text = _at_the_margin(pieces[at]).replace(_NAMESPACE, "<svg")
        pieces[at] = _UNREAD.sub("", text) if _ENGINE in text else text
    del pieces[2::3]
    return "".join(pieces)


def _at_the_margin(text: str) -> str:
    """Return a text with each run of white space that holds a line break cut to the break."""
    first, *lines = text.split("\n")
    if not lines:
        return text
    *inner, last = lines
    kept = [first.rstrip(" \t"), *(line.strip() and line.lstrip().rstrip(" \t") for line in inner)]
    return "\n".join([kept[0], *filter(None, kept[1:]), last.lstrip()])


def bare_script(script: str) -> str:
    """Return a script with one space of indentation at most, without empty lines and lines that are comment alone, statement by statement the same.

    One whose texts go over several lines is returned as it is: there, white space is text.
    """
    lines = script.split("\n")
    if any(line.count("`") % 2 for line in lines):
        return script
    kept, in_comment = [], False
    for whole in lines:
        line = whole.strip()
        if in_comment or (
            line.startswith("/*") and not line.startswith("/*!") and (line.endswith("*/") or "*/" not in line)
        ):
            in_comment = not line.endswith("*/")
        elif line and not line.startswith("//"):
            # One space tells what stands inside something: the copy for a folder knows by it what is a module's own.
            kept.append(f" {line}" if whole[0].isspace() else line)
    return "\n".join(kept) + "\n"


def unindent(site: Path) -> None:
    """Rewrite the pages and the scripts of a built site without what only their writers read."""
    for file in (site / "assets" / "scripts").rglob("*.js"):
        # What others wrote keeps the lines that say whose it is.
        if file.parent.name != "vendor":
            file.write_bytes(bare_script(file.read_bytes().decode()).encode())
    for file in site.rglob("*.html"):
        file.write_bytes(unindented(file.read_bytes().decode()).encode())
