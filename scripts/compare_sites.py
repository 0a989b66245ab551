"""Compare two builds of the site by what they say: ``python -m scripts.compare_sites OLD NEW [--moved FILE]``.

For a change that readers shall not see: values of kb.json, text of PDF, the whole XML of Word and Excel, search entries
and HTML are equal, but for the files that FILE tells to have moved (lines of “old path: new path”). Each other difference
is one line, scripts, styles and pictures too: one that moved and was changed is told; exit code 1 if there is any.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import io
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

VOLATILE = re.compile(r"sw\.js|sitemap\.xml(\.gz)?")
"""Written from what the rest holds: the list of files with their hashes, days."""

XML = (".xml", ".rels")
"""Parts of an office file that are text; the relations say which part and which address a mark in the text stands for."""


def differences(old: Path, new: Path, moved: dict[str, str]) -> Iterator[str]:
    """Yield one line per difference between two built sites."""
    before, after = _files(old), _files(new)
    renamed = {moved.get(name, name): name for name in before}
    for name in sorted(renamed.keys() - after.keys()):
        yield f"{renamed[name]}: không còn ở bản mới"
    for name in sorted(after.keys() - renamed.keys()):
        yield f"{name}: chỉ có ở bản mới"
    for name in sorted(renamed.keys() & after.keys()):
        if not VOLATILE.fullmatch(name):
            yield from _difference(name, before[renamed[name]].read_bytes(), after[name].read_bytes(), moved)


def _files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def _difference(name: str, old: bytes, new: bytes, moved: dict[str, str]) -> Iterator[str]:
    if old == new:
        return
    reader = READERS.get(Path(name).suffix)
    if reader is None:
        yield f"{name}: khác byte"
        return
    first, second = reader(old), reader(new)
    if Path(name).suffix == ".html":
        for was, now in moved.items():
            first = first.replace(was.removeprefix("assets/"), now.removeprefix("assets/"))
    if first != second:
        lines = difflib.unified_diff(first.splitlines(), second.splitlines(), lineterm="", n=0)
        shown = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
        yield f"{name}: {len(shown)} dòng khác: {' | '.join(line[:160] for line in shown[:4])}"


def _json(data: bytes) -> str:
    loaded: Any = json.loads(data)
    return json.dumps(loaded, ensure_ascii=False, indent=0, sort_keys=True)


def _pdf(data: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def _office(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in sorted(packed.namelist())}
    # What is no XML (a picture) is told by its hash, a part that is gone by its name.
    return "\n".join(
        f"{name}\n{data.decode('utf-8')}".replace("><", ">\n<")
        if name.endswith(XML)
        else f"{name} {hashlib.sha256(data).hexdigest()}"
        for name, data in parts.items()
    )


def _text(data: bytes) -> str:
    return data.decode("utf-8")


def _html(data: bytes) -> str:
    # One element a line, so that a difference is short.
    return re.sub(r"(?=<)", "\n", data.decode("utf-8"))


READERS: dict[str, Callable[[bytes], str]] = {
    ".html": _html, ".json": _json, ".pdf": _pdf, ".docx": _office, ".xlsx": _office, ".pptx": _office, ".csv": _text, ".txt": _text,
    ".js": _text, ".css": _text, ".svg": _text,
}  # fmt: skip


def main(given: list[str] | None = None) -> int:
    """Print the differences. Returns the exit code: 0 none, 1 some, 2 no built site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--moved", type=Path, help="YAML: old path → new path")
    options = parser.parse_args(given)
    # Without this, a folder that was never built differs in each file.
    unbuilt = [folder for folder in (options.old, options.new) if not (folder / "index.html").is_file()]
    if unbuilt:
        print(
            *(f"{folder}: không có index.html, chưa phải trang đã dựng; chạy make site ở đó" for folder in unbuilt),
            sep="\n",
        )
        return 2
    moved = yaml.safe_load(options.moved.read_text("utf-8")) or {} if options.moved else {}
    found = list(differences(options.old, options.new, moved))
    print("\n".join([*found, f"{len(found)} khác biệt"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
