"""The head of a built page, for a weak line: few files, and everything the page needs asked for at once.

A browser looks ahead in a page for what to fetch, but Chromium stops looking where a page says its policy
(publish/policy.py), and a script in the head holds back whatever stands behind it until it and all style sheets are
there. So what every page needs is joined, and the scripts stand last, behind the names of all other files.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path

from publish.lean import THEME

_SHEET = re.compile(r'<link rel="stylesheet" href="(?P<file>[^"]+)">\n?')
_ANY_SHEET = re.compile(r'<link rel="stylesheet" href="[^"]+"(?: media="print")?>\n?')
_SCRIPT = re.compile(r'<script src="(?P<file>[^"]+)"(?P<more>[^>]*)></script>\n?')
_MODULE = re.compile(r'<script type="module" async src="(?P<file>[^"]+)"></script>\n?')
_PRELOAD = re.compile(r'<link rel="modulepreload" href="[^"]+">\n?')
_CAN_WAIT = re.compile(r"/(everywhere/(share|accessibility)|pages/notices)\.js")
_ON_ALL_PAGES = re.compile(r"/everywhere/(load-on-need|together)\.js")
"""Where a page has more modules than these, its reader came for what they do: they come before the theme's script."""
_BEFORE_THE_THEME = 12
"""Half a hundred modules of the largest tool would hold back the page's menus for seconds."""
_DONE = re.compile(r'<link rel="preload" as="script"')
_ASSETS = "assets/"


def lighten_heads(site: Path) -> None:
    """Join what each page of a built site asks for and put it in order; what is in order stays."""
    pages = {file: file.read_bytes().decode() for file in sorted(site.rglob("*.html"))}
    themed = {file: page for file, page in pages.items() if _SHEET.search(page) and _SCRIPT.search(page)}
    themed = {file: page for file, page in themed.items() if not _DONE.search(page)}
    if not themed:
        return
    sheets = _common(themed.values(), _SHEET)
    scripts = _common(map(_head, themed.values()), _SCRIPT)
    sheet = _joined_sheets(site, sheets) if sheets else ""
    _join_scripts(site, scripts)
    for file, page in themed.items():
        page = _naming_one(page, _SHEET, sheets, sheet)
        page = _naming_one(page, _SCRIPT, scripts, scripts[0] if scripts else "")
        file.write_bytes(in_order(page).encode())


def in_order(page: str) -> str:
    """Return a page whose head names everything to fetch before the first script: style sheets, the theme's script, modules."""
    head, end, body = page.partition("</head>")
    themes = [found["file"] for found in _SCRIPT.finditer(body)]
    # In their order: of two rules that ask for the same the later holds, on paper too.
    sheets, head = _taken(head, _ANY_SHEET)
    preloads, head = _taken(head, _PRELOAD)
    module = _MODULE.search(head)
    first = [found["file"] for found in _SCRIPT.finditer(head)]
    scripts, head = _taken(head, _SCRIPT)
    modules, head = _taken(head, _MODULE)
    named = [f'<link rel="preload" as="script" href="{file}">\n' for file in first]
    theme = [f'<link rel="preload" as="script" href="{file}">\n' for file in themes]
    if module:
        preloads.insert(0, f'<link rel="modulepreload" href="{module["file"]}">\n')
    soon = [one for one in preloads if not _CAN_WAIT.search(one)]
    if all(_ON_ALL_PAGES.search(one) for one in soon):
        soon = []
    soon, rest = soon[:_BEFORE_THE_THEME], soon[_BEFORE_THE_THEME:]
    # Words come before what can be done with them.
    later = [one.replace(" href", ' fetchpriority="low" href', 1) for one in preloads if one not in (*soon, *rest)]
    # A module of its own time may come before what it stands on: its place is behind the scripts.
    return "".join([head, *sheets, *named, *soon, *theme, *rest, *later, *scripts, *modules, end, body])


def _head(page: str) -> str:
    return page.partition("</head>")[0]


def _taken(head: str, what: re.Pattern[str]) -> tuple[list[str], str]:
    """Return the elements found, a line each, and the head without them."""
    return [f"{found[0].rstrip()}\n" for found in what.finditer(head)], what.sub("", head)


def _below(address: str) -> str:
    """Return the part of an address that is the same on every page."""
    return _ASSETS + address.rpartition(_ASSETS)[2]


def _common(pages: Iterable[str], what: re.Pattern[str]) -> list[str]:
    """Return the files that all pages name first, in their order: joined, none of them changes its place."""
    named = [[_below(found["file"]) for found in what.finditer(page)] for page in pages]
    same = takewhile(lambda at: len(set(at)) == 1, zip(*named, strict=False))
    return [files[0] for files in same]


def _joined_sheets(site: Path, names: list[str]) -> str:
    """Write one style sheet for several, named by what is in it. Their folders stand beside each other, so addresses hold."""
    text = "".join((site / name).read_text("utf-8") for name in names)
    name = f"{THEME}/main.{hashlib.sha256(text.encode()).hexdigest()[:8]}.min.css"
    for one in names:
        (site / one).unlink()
    (site / name).write_text(text, "utf-8")
    return name


def _join_scripts(site: Path, names: list[str]) -> None:
    """Write several classic scripts into the first of them, which has the attributes that it reads."""
    texts = [(site / name).read_text("utf-8") for name in names]
    for name in names[1:]:
        (site / name).unlink()
    if names:
        (site / names[0]).write_text("".join(texts), "utf-8")


def _naming_one(page: str, what: re.Pattern[str], names: list[str], name: str) -> str:
    """Return a page that names one file where it named several."""

    def replaced(found: re.Match[str]) -> str:
        below = _below(found["file"])
        if below not in names:
            return found[0]
        return found[0].replace(below, name) if below == names[0] else ""

    return what.sub(replaced, page)
