"""Folders of the browser's scripts tell what a module may touch: whom it imports, whether it knows page, storage and network."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

COMPUTES = ("basics", "sitting", "office", "draft")
"""What stands here, and all that it reaches, knows no page, keeps nothing and asks no network."""
ABOVE = ("kept", "ui", "pages", "everywhere")
MAY_IMPORT: Mapping[str, tuple[str, ...]] = {
    "basics": ("basics",),
    "sitting": ("basics", "sitting", "data"),
    "office": ("basics", "sitting", "office", "vendor"),
    "draft": ("basics", "sitting", "draft", "data", "vendor"),
    "kept": ("basics", "sitting", "kept"),
    "ui": (*COMPUTES, "kept", "ui", "data", "vendor"),
    "pages": (*COMPUTES, "kept", "ui", "pages", "data", "vendor"),
    "everywhere": (*COMPUTES, *ABOVE, "data", "vendor"),
}
NOT_READ = ("vendor", "data")
"""Others' code; what a build writes."""
TOUCHES = frozenset(
    "document window globalThis self navigator location history localStorage sessionStorage indexedDB caches "
    "fetch XMLHttpRequest WebSocket EventSource BroadcastChannel Worker".split()
)
"""Names of a browser through which a module reaches the page, what the device keeps, or the network."""

# Reading a module ----------------------------------------------------------------------------------

_TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?\*/)"""
    r"""|(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')"""
    r"""|(?P<word>[\w$]+)|(?P<sign>\.{3}|\?\.(?!\d)|.)""",
    re.DOTALL,
)
_PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/\w*")
_QUOTED = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*", re.DOTALL)
_BEFORE_PATTERN = frozenset("return typeof case in of delete void throw new else do yield await".split())


def tokens(script: str) -> Iterator[str]:
    """Yield words, signs and texts in quotes of a script; no comment, no pattern, of a template only what it computes."""
    at, before = 0, ""
    # For each template that is open: how many braces are open within its ${…}.
    within: list[int] = []
    while at < len(script):
        if script[at] == "`" or (script[at] == "}" and within and within[-1] == 0):
            if script[at] == "}":
                within.pop()
            at = _QUOTED.match(script, at + 1).end()  # type: ignore[union-attr]
            before = "`"
            if script[at : at + 2] == "${":
                within.append(0)
                before, at = "{", at + 1
            at += 1
            continue
        if script[at] == "/" and script[at + 1 : at + 2] not in ("/", "*") and _begins_pattern(before):
            found = _PATTERN.match(script, at)
            if found:
                at, before = found.end(), "/"
                continue
        token = _TOKEN.match(script, at)
        assert token
        at = token.end()
        if token["skip"]:
            continue
        before = token[0]
        if within:
            within[-1] += {"{": 1, "}": -1}.get(before, 0)
        yield before


def _begins_pattern(before: str) -> bool:
    """Tell whether a slash behind a token begins a pattern; behind a value it divides."""
    if before in _BEFORE_PATTERN:
        return True
    return not before or not (re.match(r"[\w$\"'`/)\]]", before))


class Module(NamedTuple):
    """What a module names."""

    imports: tuple[str, ...]
    """Paths as they are written; "" for one that is only computed."""
    touches: frozenset[str]


def read_module(script: str) -> Module:
    """Return what a module imports, at once or later, and which names of a browser it uses."""
    found = list(tokens(script))
    imports = []
    touched = set()
    for at, token in enumerate(found):
        one, two = found[at - 1] if at else "", found[at - 2] if at > 1 else ""
        after = found[at + 1] if at + 1 < len(found) else ""
        if token[0] in "\"'" and (one in ("from", "import") or (one == "(" and two == "import")):
            imports.append(token[1:-1])
        elif token == "(" and one == "import" and two != "." and after[:1] not in ("'", '"'):
            imports.append("")
        elif token in TOUCHES and one not in (".", "?.") and not (after == ":" and one in ("{", ",")):
            touched.add(token)
    return Module(tuple(imports), frozenset(touched))


# The rules -----------------------------------------------------------------------------------------


def target(path: str, asked: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), asked))


def reached(modules: Mapping[str, Module], start: str) -> dict[str, str]:
    """Return each module that one reaches, itself too → the one that imports it."""
    found = {start: ""}
    rest = [start]
    while rest:
        path = rest.pop()
        for asked in modules[path].imports if path in modules else ():
            if (to := target(path, asked)) not in found:
                found[to] = path
                rest.append(to)
    return found


def way_to(found: Mapping[str, str], path: str) -> str:
    """Return the way on which a module was reached: “draft/check.js → sitting/programme.js”."""
    way = [path]
    while found[way[0]]:
        way.insert(0, found[way[0]])
    return " → ".join(way)


def faults(scripts: Mapping[str, str]) -> list[str]:
    """Return one line for each thing that a module may not do where it stands; path below the scripts' folder → text."""
    folder_of = {path: path.partition("/")[0] for path in scripts}
    modules = {path: read_module(text) for path, text in scripts.items() if folder_of[path] not in NOT_READ}
    wrong = []
    for path, module in modules.items():
        folder = folder_of[path]
        if folder not in MAY_IMPORT:
            wrong.append(f"{path}: no folder of the table")
            continue
        for asked in module.imports:
            to = target(path, asked)
            if not asked:
                wrong.append(f"{path}: imports what is only computed")
            elif to.partition("/")[0] not in MAY_IMPORT[folder]:
                wrong.append(f"{path}: imports {to}")
            elif to not in scripts and not to.startswith("data/"):
                wrong.append(f"{path}: imports {to}, which is not there")
        if folder in COMPUTES:
            found = reached(modules, path)
            wrong += [
                f"{way_to(found, one)}: touches {', '.join(sorted(modules[one].touches))}"
                for one in found
                if one in modules and modules[one].touches
            ]
    return wrong


def scripts_in(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.js"))}


def test_every_script_does_what_its_folder_tells(root: Path) -> None:
    scripts = scripts_in(root / "docs/assets/scripts")
    assert {path.partition("/")[0] for path in scripts} == {*MAY_IMPORT, "vendor"}
    assert faults(scripts) == []
    # Something was read: what is kept touches storage, a tool the page, the draft check reaches the programme.
    modules = {path: read_module(text) for path, text in scripts.items() if not path.startswith("vendor/")}
    assert "localStorage" in modules["kept/keeper.js"].touches
    assert sum("document" in module.touches for module in modules.values()) > 25
    assert sum(len(module.imports) for module in modules.values()) > 250
    assert {"sitting/programme.js", "basics/without-marks.js"} <= set(reached(modules, "draft/check.js"))


def test_the_map_of_the_repository_tells_of_each_folder(root: Path) -> None:
    entry = re.search(r"^  assets/ .*?(?=^\S)", (root / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert entry
    assert [folder for folder in (*MAY_IMPORT, "vendor") if f"{folder}/" not in entry[0]] == []


# Planted -------------------------------------------------------------------------------------------

CLEAN = {
    "basics/times.js": "export const today = () => new Date();\n",
    "sitting/votes.js": 'import { today } from "../basics/times.js";\nimport { DAYS_OFF } from "../data/days-off.js";\n',
    "office/word-file.js": 'import { a } from "../sitting/votes.js";\nimport { unzip } from "../vendor/zip.js";\n',
    "draft/check.js": 'import { b } from "../sitting/votes.js";\nimport { unzip } from "../vendor/zip.js";\n',
    "kept/store.js": 'import { b } from "../sitting/votes.js";\nexport const kept = localStorage.getItem("a");\n',
    "ui/ui.js": 'import * as store from "../kept/store.js";\nconst later = () => import("../office/word-file.js");\n',
    "pages/ticks.js": 'import { say } from "../ui/ui.js";\nimport { c } from "../draft/check.js";\ndocument.title = "";\n',
    "everywhere/load.js": 'const tool = () => import("../pages/ticks.js");\nwindow.tool = tool;\n',
    "vendor/zip.js": "self.onmessage = () => {};\n",
}


def test_what_every_folder_may_do_is_no_fault() -> None:
    assert faults(CLEAN) == []


@pytest.mark.parametrize(
    ("path", "line", "told"),
    [
        ("basics/times.js", 'import { a } from "../sitting/votes.js";', ["basics/times.js: imports sitting/votes.js"]),
        ("sitting/votes.js", 'import { a } from "../office/word-file.js";', ["sitting/votes.js: imports office/word-file.js"]),
        ("sitting/votes.js", 'export { a } from "../vendor/zip.js";', ["sitting/votes.js: imports vendor/zip.js"]),
        ("office/word-file.js", 'import { a } from "../draft/check.js";', ["office/word-file.js: imports draft/check.js"]),
        ("draft/check.js", 'import { a } from "../office/word-file.js";', ["draft/check.js: imports office/word-file.js"]),
        ("draft/check.js", 'const late = () => import("../ui/ui.js");', [
            "draft/check.js: imports ui/ui.js", "draft/check.js → ui/ui.js → kept/store.js: touches localStorage"]),
        ("kept/store.js", 'import "../ui/ui.js";', ["kept/store.js: imports ui/ui.js"]),
        ("ui/ui.js", 'import { a } from "../pages/ticks.js";', ["ui/ui.js: imports pages/ticks.js"]),
        ("pages/ticks.js", 'import { a } from "../everywhere/load.js";', ["pages/ticks.js: imports everywhere/load.js"]),
        # The draft check reached the store by way of the programme.
        ("sitting/votes.js", 'import { mattersOf } from "../kept/store.js";', [
            "sitting/votes.js: imports kept/store.js", "draft/check.js → sitting/votes.js → kept/store.js: touches localStorage"]),
        ("basics/times.js", "const top = document.title;", ["draft/check.js → sitting/votes.js → basics/times.js: touches document"]),
        ("sitting/votes.js", "const all = { ...window };", ["sitting/votes.js: touches window"]),
        ("office/word-file.js", "localStorage.removeItem('a');", ["office/word-file.js: touches localStorage"]),
        ("draft/check.js", "const words = `${sessionStorage.getItem(`${'a'}`)} of`;", ["draft/check.js: touches sessionStorage"]),
        ("draft/check.js", "fetch('a');", ["draft/check.js: touches fetch"]),
        ("draft/check.js", "const get = all ? fetch : null;", ["draft/check.js: touches fetch"]),
        ("draft/check.js", "const half = all / 2; navigator.vibrate(half / 2);", ["draft/check.js: touches navigator"]),
        ("draft/check.js", "const late = (name) => import(`./${name}.js`);", ["draft/check.js: imports what is only computed"]),
        ("draft/check.js", 'import { a } from "./gone.js";', ["draft/check.js: imports draft/gone.js, which is not there"]),
        ("sums/check.js", "export const a = 1;", ["sums/check.js: no folder of the table"]),
        ("check.js", "export const a = 1;", ["check.js: no folder of the table"]),
    ],
)  # fmt: skip
def test_what_a_folder_may_not_do_is_a_fault(path: str, line: str, told: list[str]) -> None:
    found = faults({**CLEAN, path: f"{line}\n{CLEAN.get(path, '')}"})
    assert [one for one in told if one not in found] == []


@pytest.mark.parametrize(
    "line",
    [
        "// document.title, fetch('a') and import('../pages/ticks.js') are of no page here.",
        "/** window.print();\n * localStorage */",
        'const NAME = "word/document.xml", SAID = \'fetch("a")\';',
        "const found = /window\\.(?:a|[/'`\"])document/u.exec(words);",
        "const words = `document.title ${list.map(({ a }) => `window ${a}`).join(`fetch`)} localStorage`;",
        "const made = { window: null, document: 1 }; const it = made.document.fetch + made?.window;",
        "const half = width / 2 / ratio; const share = (a + b) / 2;",
    ],
)
def test_what_only_looks_like_it_is_no_fault(line: str) -> None:
    assert faults({**CLEAN, "draft/check.js": f"{line}\nexport const a = 1;\n"}) == []
