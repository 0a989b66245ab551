"""Papers that were made before: taken again as long as nothing that goes into them has changed."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from papers.ingredients import digest


class PaperCache:
    """Keeps made files below a folder under a digest of all that goes into them; without a folder, keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.used: set[str] = set()
        self._digest = functools.cache(digest)

    def get(self, name: str, data: Any, writer: Callable[..., bytes], *arguments: Any) -> bytes:
        """Return the file that ``writer`` made earlier from the same data, or make it from ``arguments``.

        ``data`` is all that the writer takes from its arguments; its code, fonts and libraries are found.
        """
        if self.folder is None:
            return writer(*arguments)
        key = self.key(name, data, writer)
        kept = self.folder / key
        self.used.add(key)
        if kept.is_file():
            return kept.read_bytes()
        content = writer(*arguments)
        self.folder.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        part.write_bytes(content)
        part.replace(kept)
        return content

    def key(self, name: str, data: Any, writer: Callable[..., bytes]) -> str:
        """Return the name under which a file is kept."""
        text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
        whole = f"{self._digest(writer.__module__)}\n{writer.__qualname__}\n{name}\n{text}"
        return hashlib.sha256(whole.encode()).hexdigest()[:32]

    def forget_unused(self) -> None:
        """Remove what this run did not use."""
        for path in self.folder.iterdir() if self.folder and self.folder.is_dir() else ():
            if path.name not in self.used:
                path.unlink()
