"""What a build of ours spares the engine: what it converted or compiled before, and an index that is written anew.

Run as a command in the engine's stead: ``python -m publish.spared build …`` gives the same bytes as ``python -m mkdocs
build …`` (tests/test_spared.py), the search index apart. What is kept is kept by all that goes into it; whether links lead
somewhere is asked in each build, since that depends on the other pages.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.util
import logging
import marshal
import os
import pickle
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from types import CodeType
from typing import Any

from publish.project import CACHE, CODE, ROOT

KEPT = CACHE / "engine"
UNUSED_FOR = 7 * 86_400
"""Seconds."""
LIBRARIES = (
    "jinja2",
    "markdown",
    "mkdocs",
    "mkdocs-macros-plugin",
    "mkdocs-material",
    "pygments",
    "pymdown-extensions",
    "selectolax",
    "tinycss2",
)
OWN_CODE = ("knowledge", "macros", "publish")


class Store:
    """What was made before, one file each, under a digest of all that goes into it."""

    def __init__(self, folder: Path, of: str) -> None:
        self.folder, self.of = folder, of

    def key(self, *parts: object) -> str:
        """Return the name for something made of these parts by this code."""
        return hashlib.sha256(repr((self.of, *parts)).encode("utf-8", "surrogatepass")).hexdigest()[:40]

    def get(self, key: str) -> bytes | None:
        """Return what was kept, None for what was not, or not whole."""
        file = self.folder / key
        try:
            whole = file.read_bytes()
            if time.time() - file.stat().st_mtime > UNUSED_FOR / 7:
                os.utime(file)
        except OSError:
            return None
        seal, content = whole[:32], whole[32:]
        return content if hashlib.sha256(content).digest() == seal else None

    def put(self, key: str, content: bytes) -> None:
        """Keep something; a disk that takes no more costs time only."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            part = self.folder / f"{key}.{os.getpid()}.part"
            part.write_bytes(hashlib.sha256(content).digest() + content)
            part.replace(self.folder / key)

    def forget_unused(self) -> None:
        """Remove what no build used for a week."""
        with contextlib.suppress(OSError):
            for file in list(self.folder.iterdir()):
                if time.time() - file.stat().st_mtime > UNUSED_FOR:
                    file.unlink(missing_ok=True)


@functools.cache
def code_digest() -> str:
    """Return a digest of what makes pages, styles and the search index: our code, the engine's settings, the libraries."""
    found = hashlib.sha256(importlib.util.MAGIC_NUMBER)
    files = [ROOT / "mkdocs.yml", *(file for name in OWN_CODE for file in sorted((CODE / name).rglob("*.py")))]
    for file in files:
        found.update(f"{file.name}\n".encode() + file.read_bytes())
    for name in LIBRARIES:
        found.update(f"{name} {version(name)}\n".encode())
    return found.hexdigest()


def spare() -> None:
    """Change the engine in this process, which does nothing else. It must not have begun yet."""
    store = Store(KEPT, code_digest())
    store.forget_unused()
    _compile_once(store)
    _convert_once(store)
    _index_pages_only()
    _list_no_hidden_files()


# Templates ----------------------------------------------------------------------------------------


def _compile_once(store: Store) -> None:
    """Keep what the theme's templates are compiled to; of pages with macros the macros keep it (macros/compiled.py)."""
    from jinja2 import Environment

    from macros.compiled import settings_of

    compiling = Environment.compile

    def compile_(self: Any, source: Any, name: Any = None, filename: Any = None, *rest: Any, **named: Any) -> Any:
        if not isinstance(source, str) or name is None or rest or named:
            return compiling(self, source, name, filename, *rest, **named)
        key = store.key("template", source, name, filename, settings_of(self))
        kept = store.get(key)
        if kept is not None:
            return marshal.loads(kept)
        made = compiling(self, source, name, filename)
        if isinstance(made, CodeType):
            store.put(key, marshal.dumps(made))
        return made

    Environment.compile = compile_  # type: ignore[method-assign]


# Pages --------------------------------------------------------------------------------------------


class _Counting(logging.Handler):
    """Counts what is told, whoever tells it."""

    def __init__(self) -> None:
        super().__init__()
        self.told = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.told += 1

    def log(self, *_told: object, **_how: object) -> None:
        """Stand in for a log whose lines are not to be printed."""
        self.told += 1


@contextlib.contextmanager
def _listening() -> Iterator[_Counting]:
    counting = _Counting()
    # The engine's log hands nothing on to the root's.
    logs = logging.getLogger(), logging.getLogger("mkdocs")
    for log in logs:
        log.addHandler(counting)
    try:
        yield counting
    finally:
        for log in logs:
            log.removeHandler(counting)


def _convert_once(store: Store) -> None:
    """Keep the HTML of a page by its text, address and settings; a page at which something was told is converted anew."""
    from mkdocs.structure import pages
    from mkdocs.structure.toc import get_toc

    converting = pages.Page.render
    addressing = pages._RelativePathTreeprocessor.path_to_url
    tokens: list[Any] = []
    asked: list[tuple[str, str]] = []

    def path_to_url(self: Any, url: str) -> str:
        found = addressing(self, url)
        asked.append((url, found))
        return found

    def get_toc_noted(toc_tokens: Any) -> Any:
        tokens[:] = toc_tokens
        return get_toc(toc_tokens)

    def still_lead_there(links: list[tuple[str, str]], page: Any, config: Any, files: Any) -> Any:
        """Return the links to places in pages, None where an address is another now or something is to be told."""
        asking = pages._RelativePathTreeprocessor(page.file, files, config)
        silent, log = _Counting(), pages.log
        pages.log = silent  # type: ignore[assignment]
        try:
            same = all(addressing(asking, url) == found for url, found in links)
        finally:
            pages.log = log
        return asking.links_to_anchors if same and not silent.told else None

    def render(self: Any, config: Any, files: Any) -> None:
        file = self.file
        key = store.key("page", file.src_uri, file.url, config.use_directory_urls, self.markdown)
        kept = store.get(key)
        if kept is not None:
            content, toc_tokens, title, anchors, links = pickle.loads(kept)
            if (to_anchors := still_lead_there(links, self, config, files)) is not None:
                self.content, self.toc, self._title_from_render = content, get_toc(toc_tokens), title
                self.present_anchor_ids, self.links_to_anchors = anchors, to_anchors
                return
        asked.clear()
        tokens.clear()
        with _listening() as listening:
            converting(self, config, files)
        if not listening.told:
            whole = self.content, [*tokens], self._title_from_render, self.present_anchor_ids, [*asked]
            store.put(key, pickle.dumps(whole, protocol=pickle.HIGHEST_PROTOCOL))

    pages._RelativePathTreeprocessor.path_to_url = path_to_url  # type: ignore[method-assign]
    pages.get_toc = get_toc_noted  # type: ignore[attr-defined]
    pages.Page.render = render  # type: ignore[method-assign]


# The search index ---------------------------------------------------------------------------------


def _index_pages_only() -> None:
    """Let the engine's index name each page once: what is found is read from the finished pages (publish/search/)."""
    from material.plugins.search.plugin import SearchIndex  # type: ignore[import-untyped]

    def add_entry_from_context(self: Any, page: Any) -> None:
        if not (page.meta.get("search") or {}).get("exclude"):
            self.entries.append({"location": page.url, "title": "", "text": ""})

    SearchIndex.add_entry_from_context = add_entry_from_context


# The theme's files --------------------------------------------------------------------------------


def _list_no_hidden_files() -> None:
    """Spare the list of a theme's files the folders that begin with a dot: the engine drops what lies there, fourteen thousand icons."""
    from jinja2 import FileSystemLoader

    def list_templates(self: Any) -> list[str]:
        found: set[str] = set()
        for start in self.searchpath:
            for place, folders, names in os.walk(start, followlinks=self.followlinks):
                folders[:] = [name for name in folders if not name.startswith(".")]
                below = Path(place).relative_to(start)
                found.update((below / name).as_posix() for name in names)
        return sorted(found)

    FileSystemLoader.list_templates = list_templates  # type: ignore[method-assign]


def main() -> None:
    """Run the engine, spared."""
    from mkdocs.__main__ import cli

    spare()
    cli(prog_name="mkdocs")


if __name__ == "__main__":
    main()
