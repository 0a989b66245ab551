"""Papers that were made before: taken again as long as nothing that goes into them has changed."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from papers.ingredients import digest

UNUSED_FOR = 7 * 86_400
"""Seconds."""


_digest = functools.cache(digest)
"""Of the code that this process has loaded."""

Keep = Callable[..., bytes]
"""Called with a writer and what it takes: makes it, or returns what was made of the same before.

What a writer takes is plain data, or ``told`` is all that it uses of it.
"""


def anew(writer: Callable[..., bytes], *arguments: Any, told: Any = None) -> bytes:
    """Make something without keeping it."""
    return writer(*arguments)


class PaperCache:
    """Keeps made files below a folder under a digest of all that goes into them; without a folder, keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.used: set[str] = set()

    def get(self, name: str, data: Any, writer: Callable[..., bytes], *arguments: Any) -> bytes:
        """Return the file that ``writer`` made earlier from the same data, or make it from ``arguments``.

        ``data`` is all that the writer takes from its arguments; its code, fonts and libraries are found.
        """
        if self.folder is None:
            return writer(*arguments)
        key = self.key(name, data, writer)
        kept = self.folder / key
        self.used.add(key)
        # Another build may be tidying up.
        with contextlib.suppress(FileNotFoundError):
            content = kept.read_bytes()
            if time.time() - kept.stat().st_mtime > UNUSED_FOR / 7:
                os.utime(kept)
            return content
        content = writer(*arguments)
        self.folder.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(content)
        part.replace(kept)
        return content

    def keep(self, writer: Callable[..., bytes], *arguments: Any, told: Any = None) -> bytes:
        """Return what a writer makes: the part of papers that editions have alike."""
        return self.get("", list(arguments) if told is None else told, writer, *arguments)

    def key(self, name: str, data: Any, writer: Callable[..., bytes]) -> str:
        """Return the name under which a file is kept."""
        text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
        whole = f"{_digest(writer.__module__)}\n{writer.__qualname__}\n{name}\n{text}"
        return hashlib.sha256(whole.encode()).hexdigest()[:32]

    def forget_unused(self) -> None:
        """Remove what neither this run nor another used for a week: builds for two addresses take turns."""
        for path in self.folder.iterdir() if self.folder and self.folder.is_dir() else ():
            if path.name not in self.used and time.time() - path.stat().st_mtime > UNUSED_FOR:
                path.unlink(missing_ok=True)
