"""Small modules that every page loads at once, sent as one: each file costs a weak line a round trip and its headers.

The sources stay apart. A packed module's own file stays, too, and hands on what the pack has: a page of an earlier
build may still ask for it, and both give the same objects.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from publish.offline.classic_scripts import (
    EXPORT,
    EXPORT_DEFAULT,
    EXPORT_LIST,
    IMPORT,
    IMPORT_LATER,
    IMPORT_ONLY,
    NOT_FOR_FUNCTIONS,
)  # fmt: skip
from publish.project import BuildFailed

PACK = "everywhere/together.js"
PACKED = (
    "ui/element.js", "ui/inside.js", "kept/ids.js", "kept/follow.js", "basics/times.js", "basics/without-marks.js", "sitting/names.js",
    "kept/keeper.js",
)  # fmt: skip
"""In the order in which they run: each imports only earlier ones.

Not every page needs the words without marks and the names of a sitting; a file of their own would cost those that do more.
"""
_PRELOAD = re.compile(r'<link rel="modulepreload" href="(?P<up>[^"]*assets/scripts/)(?P<path>[^"]+)">\n?')


def pack_modules(site: Path) -> None:
    """Write the pack of a built site and have scripts and pages ask for it; one that has it stays. Raises BuildFailed."""
    folder = site / "assets/scripts"
    if (folder / PACK).exists():
        return
    sources = {name: (folder / name).read_text("utf-8") for name in PACKED}
    exported = {name: exports_of(source) for name, source in sources.items()}
    (folder / PACK).write_text(pack(sources, exported), "utf-8")
    for name, names in exported.items():
        (folder / name).write_text(_handing_on(name, names), "utf-8")
    for file in folder.rglob("*.js"):
        path = file.relative_to(folder).as_posix()
        if path != PACK and path not in PACKED:
            text = file.read_text("utf-8")
            if (changed := from_the_pack(path, text)) != text:
                file.write_text(changed, "utf-8")
    for file in site.rglob("*.html"):
        page = file.read_bytes().decode()
        if (changed := _naming_the_pack(page)) != page:
            file.write_bytes(changed.encode())


def exports_of(source: str) -> list[str]:
    """Return the names that a module exports by declarations, the only way that packed ones do."""
    return [found["name"] for found in EXPORT.finditer(source)]


def pack(sources: dict[str, str], exported: dict[str, list[str]]) -> str:
    """Return one module for several: each keeps a scope of its own, its exports bear its name. Raises BuildFailed."""
    done: set[str] = set()
    parts = []
    for path, source in sources.items():
        own = _within(path, source, done)
        given = ", ".join(exported[path])
        public = ", ".join(f"{name}: {_public(path, name)}" for name in exported[path])
        parts.append(
            f"const {_scope(path)} = (() => {{\n{own.rstrip()}\nreturn {{ {given} }};\n}})();\nexport const {{ {public} }} = {_scope(path)};\n"
        )
        done.add(path)
    return "".join(parts)


def _within(path: str, source: str, done: set[str]) -> str:
    """Return a module's text as the inside of a function."""

    def imported(found: re.Match[str]) -> str:
        target = _target(path, found["path"])
        names = re.sub(r"\s+", " ", found["what"].strip())
        if target not in done or not names.startswith("{"):
            raise BuildFailed(
                f"docs/assets/scripts/{path}: “{found[0]}” → trong gói chỉ nhập tên từ tệp đứng trước nó ({PACK})"
            )
        return f"const {names.replace(' as ', ': ')} = {_scope(target)};"

    text = EXPORT.sub(lambda found: f"{found['kind']} {found['name']}", IMPORT.sub(imported, source))
    for form in (
        IMPORT_ONLY,
        IMPORT_LATER,
        EXPORT_LIST,
        EXPORT_DEFAULT,
        NOT_FOR_FUNCTIONS,
        re.compile(r"\bimport\.meta\b"),
    ):
        if left := form.search(text):
            raise BuildFailed(
                f"docs/assets/scripts/{path}: “{left[0].strip()}” không đưa được vào {PACK} → bỏ tệp khỏi PACKED"
            )
    return text


def from_the_pack(path: str, source: str) -> str:
    """Return a script that imports from the pack what it imported from a packed module. Raises BuildFailed."""

    def imported(found: re.Match[str]) -> str:
        target = _target(path, found["path"])
        if target not in PACKED:
            return found[0]
        names = re.fullmatch(r"\{(.*)\}", re.sub(r"\s+", " ", found["what"].strip()))
        if not names:
            raise BuildFailed(f"docs/assets/scripts/{path}: “{found[0]}” → viết tên cần nhập trong ngoặc nhọn")
        wanted = []
        for one in filter(None, map(str.strip, names[1].split(","))):
            name, _, own = one.partition(" as ")
            wanted.append(f"{_public(target, name)} as {own or name}")
        place = posixpath.relpath(PACK, posixpath.dirname(path))
        place = place if place.startswith(".") else f"./{place}"
        return f'import {{ {", ".join(wanted)} }} from "{place}";'

    return IMPORT.sub(imported, source)


def _handing_on(path: str, names: list[str]) -> str:
    given = ", ".join(f"{_public(path, name)} as {name}" for name in names)
    return f'export {{ {given} }} from "{posixpath.relpath(PACK, posixpath.dirname(path))}";\n'


def _naming_the_pack(page: str) -> str:
    """Return a page that asks for the pack where it first asked for a packed module, and for none of these."""
    named = False

    def replaced(found: re.Match[str]) -> str:
        nonlocal named
        if found["path"] not in PACKED:
            return found[0]
        first, named = not named, True
        return found[0].replace(found["path"], PACK) if first else ""

    return _PRELOAD.sub(replaced, page)


def _target(path: str, asked: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), asked))


def _scope(path: str) -> str:
    return "$" + re.sub(r"\W", "_", path.removesuffix(".js"))


def _public(path: str, name: str) -> str:
    return f"{posixpath.basename(path).removesuffix('.js').replace('-', '_')}_{name}"
