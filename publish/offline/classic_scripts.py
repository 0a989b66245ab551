"""Joins the site's ES modules into one classic script, for pages opened from a folder.

Browsers load no module from ``file://``. The site's own modules keep to a few plain forms of import and
export, which are rewritten here one for one; any other form stops the build. So does `export let`: who
imports a name gets its value once, so what changes must be exported as a function.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable
from pathlib import Path

from publish.project import BuildFailed

_QUOTED = r"""["'](?P<path>\.{1,2}/[^"']+)["']"""
IMPORT = re.compile(rf"^import\s+(?P<what>[^\"';]+?)\s*from\s*{_QUOTED};?", re.MULTILINE)
IMPORT_ONLY = re.compile(rf"^import\s*{_QUOTED};?", re.MULTILINE)
IMPORT_LATER = re.compile(rf"\bimport\(\s*{_QUOTED}\s*\)")
EXPORT_LIST = re.compile(r"(?:^|(?<=[;}]))export\s*\{(?P<names>[^}]*)\};?(?!\s*from)", re.MULTILINE)
EXPORT = re.compile(
    r"^export\s+(?P<kind>async\s+function\*?|function\*?|class|const|var)\s+(?P<name>[\w$]+)",
    re.MULTILINE,
)
EXPORT_DEFAULT = re.compile(r"^export\s+default\s+", re.MULTILINE)
# Whatever is left of them, and an await outside a function, which only a module may have.
NOT_FOR_FUNCTIONS = re.compile(
    r"^\s*(?:import\b\s*[\w{*\"']|export\b)|^(?:await\b|(?:const|let|var)\s[^;\n]*=\s*await\b)", re.MULTILINE
)
_MODULE_TAG = re.compile(r"""<script\b(?=[^>]*\btype=["']?module)[^>]*?\bsrc="(?P<src>[^"]+)"[^>]*></script>""")
_PRELOAD = re.compile(r"""<link\b[^>]*?\brel=["']?modulepreload[^>]*>\n?""")

_HEAD = """\
// All scripts of the site in one, for pages opened from a folder. Made by publish/offline/classic_scripts.py.
(() => {
"use strict";
const base = new URL("./", document.currentScript.src);
const entries = document.currentScript.dataset.entries.split(" ");
const made = new Map();
const need = (path) => {
  if (!made.has(path)) {
    made.set(path, {});
    makers[path](made.get(path), need, (later) => Promise.resolve().then(() => need(later)), new URL(path, base).href);
  }
  return made.get(path);
};
const names = (exports, getters) => {
  for (const [name, get] of Object.entries(getters)) {
    Object.defineProperty(exports, name, { enumerable: true, get });
  }
};
const makers = {
"""
_TAIL = """\
};
for (const entry of entries) {
  try {
    need(entry);
  } catch (error) {
    // One script that fails stops no other.
    setTimeout(() => { throw error; });
  }
}
})();
"""


def classic_script(modules: dict[str, str]) -> str:
    """Return modules (path below the scripts' folder → source) as one script. Raises BuildFailed."""
    return _HEAD + "".join(_maker(path, source) for path, source in modules.items()) + _TAIL


def _maker(path: str, source: str) -> str:
    exported: dict[str, str] = {}

    def target(match: re.Match[str]) -> str:
        return json.dumps(posixpath.normpath(posixpath.join(posixpath.dirname(path), match["path"])))

    def imported(match: re.Match[str]) -> str:
        return f"{_bindings(path, match['what'])} = $need({target(match)});"

    def export_list(match: re.Match[str]) -> str:
        for name in filter(None, map(str.strip, match["names"].split(","))):
            own, _as, public = name.partition(" as ")
            exported[public.strip() or own] = own.strip()
        return ""

    def export(match: re.Match[str]) -> str:
        exported[match["name"]] = match["name"]
        return f"{match['kind']} {match['name']}"

    steps: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = [
        (IMPORT, imported),
        (IMPORT_ONLY, lambda match: f"$need({target(match)});"),
        (IMPORT_LATER, lambda match: f"$later({target(match)})"),
        (EXPORT_LIST, export_list),
        (EXPORT, export),
        (EXPORT_DEFAULT, lambda _match: "$exports.default = "),
    ]
    for pattern, change in steps:
        source = pattern.sub(change, source)
    source = source.replace("import.meta.url", "$url")
    if left := NOT_FOR_FUNCTIONS.search(source) or re.search(r"\bimport\s*[.(]", _without_comments(source)):
        line = source[: left.start() + 1].count("\n") + 1
        raise BuildFailed(
            f"docs/assets/scripts/{path}: dòng {line}: “{left[0].strip()}” không chuyển được cho bản"
            " mở từ thư mục → viết import, export ở đầu dòng như các tệp khác"
        )
    getters = ", ".join(f"{json.dumps(public)}: () => {own}" for public, own in exported.items())
    names = f"names($exports, {{ {getters} }});\n" if exported else ""
    return f"{json.dumps(path)}($exports, $need, $later, $url) {{\n{names}{source.rstrip()}\n}},\n"


def _bindings(path: str, what: str) -> str:
    """Return the left side for what an import names: ``{ a as b }``, ``* as a`` or ``a``."""
    what = re.sub(r"\s+", " ", what.strip())
    if whole := re.fullmatch(r"\* as ([\w$]+)", what):
        return f"const {whole[1]}"
    if re.fullmatch(r"\{[^{}]*\}", what):
        return "const " + re.sub(r"\s+as\s+", ": ", what)
    if re.fullmatch(r"[\w$]+", what):
        return f"const {{ default: {what} }}"
    raise BuildFailed(f"docs/assets/scripts/{path}: “import {what}” không chuyển được")


def _without_comments(source: str) -> str:
    return re.sub(r"/\*.*?\*/|^\s*//.*$", "", source, flags=re.DOTALL | re.MULTILINE)


def reached(sources: dict[str, str], entries: list[str]) -> dict[str, str]:
    """Return the entries and all that they import, directly or not. Raises BuildFailed."""
    found: dict[str, str] = {}
    rest = list(entries)
    while rest:
        path = rest.pop()
        if path in found:
            continue
        if path not in sources:
            raise BuildFailed(f"docs/assets/scripts/{path}: không có tệp này")
        found[path] = sources[path]
        for pattern in (IMPORT, IMPORT_ONLY, IMPORT_LATER):
            for match in pattern.finditer(sources[path]):
                rest.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), match["path"])))
    return dict(sorted(found.items()))


def make_classic(site: Path, scripts: str = "assets/scripts", name: str = "so-tay.js") -> None:
    """Replace the modules of a built site by one classic script, in the folder and on every page."""
    folder = site / scripts
    pages = {page: page.read_text("utf-8") for page in sorted(site.rglob("*.html"))}
    entries: dict[Path, list[str]] = {}
    for page, text in pages.items():
        tags = [tag["src"].partition(f"{scripts}/")[2] for tag in _MODULE_TAG.finditer(text)]
        if tags:
            entries[page] = tags
    sources = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.js")}
    modules = reached(sources, [entry for page in entries.values() for entry in page])
    for path in modules:
        (folder / path).unlink()
        if not any((folder / path).parent.iterdir()):
            (folder / path).parent.rmdir()
    (folder / name).write_text(classic_script(modules), encoding="utf-8")
    for page, own in entries.items():
        text = _PRELOAD.sub("", pages[page])
        first = _MODULE_TAG.search(text)
        assert first
        up = first["src"].partition(scripts)[0]
        told = " ".join(own)
        joined = f'<script defer src="{up}{scripts}/{name}" data-entries="{told}"></script>'
        rest = _MODULE_TAG.sub("", text[first.start() :])
        page.write_text(text[: first.start()] + joined + rest, encoding="utf-8")
