"""Front matter read once: what the engine made of a page's YAML, kept between builds by its text.

Lessons and sheets are data: the engine reads all of it again in each build, and needs a title.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

TIMES = 4
"""A file that knows so many times what a build used is written anew with that alone."""
_SEAL = 32


class FrontMatter:
    """What front matters said, pickled, by a digest of their text; in one file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.known = _taken(file)
        self.used: set[bytes] = set()
        self.new = False

    def get(self, key: bytes) -> Any:
        """Return what a text said, each time as data of its own, or None where it was not read yet."""
        found = self.known.get(key)
        if found is None:
            return None
        self.used.add(key)
        return pickle.loads(found)

    def put(self, key: bytes, data: Any) -> None:
        """Remember what a text said, as it is now: templates may change it."""
        self.known[key] = pickle.dumps(data, protocol=pickle.HIGHEST_PROTOCOL)
        self.used.add(key)
        self.new = True

    def write(self) -> None:
        """Write what is new; a disk that takes no more costs time only."""
        if not self.new:
            return
        if len(self.known) > TIMES * len(self.used):
            self.known = {key: self.known[key] for key in self.used}
        content = pickle.dumps(self.known, protocol=pickle.HIGHEST_PROTOCOL)
        with contextlib.suppress(OSError):
            part = self.file.with_suffix(f".{os.getpid()}.part")
            part.write_bytes(hashlib.sha256(content).digest() + content)
            part.replace(self.file)
            self.new = False


def _taken(file: Path) -> dict[bytes, bytes]:
    """Return what a file knows; nothing of one that is not whole."""
    with contextlib.suppress(OSError):
        whole = file.read_bytes()
        if hashlib.sha256(whole[_SEAL:]).digest() == whole[:_SEAL]:
            found: dict[bytes, bytes] = pickle.loads(whole[_SEAL:])
            return found
    return {}


def read_once(meta: Any, file: Path) -> FrontMatter:
    """Let ``meta``, the engine's module that reads front matter, take from a file what it read before.

    Returns what to write at the end.
    """
    # A server builds many times in one process.
    reading = getattr(meta.get_data, "__wrapped__", meta.get_data)
    reader = f"{sys.version} mkdocs {version('mkdocs')} pyyaml {version('pyyaml')}\n".encode()
    matter = FrontMatter(file)

    def get_data(doc: str) -> Any:
        found = meta.YAML_RE.match(doc)
        if found is None:
            return reading(doc)
        key = hashlib.sha256(reader + found[1].encode("utf-8", "surrogatepass")).digest()
        known = matter.get(key)
        if known is not None:
            return doc[found.end() :].lstrip("\n"), known
        rest, data = reading(doc)
        # What is no YAML stays in the text.
        if data:
            matter.put(key, data)
        return rest, data

    get_data.__wrapped__ = reading  # type: ignore[attr-defined]
    meta.get_data = get_data
    return matter
