"""A folder that a test may do with as it likes, put back afterwards as it was.

To copy a project and to delete the copy takes longer than most checks of it; a test changes a file or two. What was
changed is told by the file system's own notes (time of the change of a file's entry, which no program sets; its number;
its size; its mode), so that a file written with the same length and an older time is seen as well.
"""

from __future__ import annotations

import os
import shutil
import stat
import time
from pathlib import Path

A_TICK = 0.011
"""Seconds after which the file system's clock has moved on: what is written then has another time."""

Stamp = tuple[int, ...]


class PutBack:
    """A folder as it is now. Links are kept as links: what they lead to is nobody's here."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.stamps = self._found()
        self.contents = {path: _content(path, stamp) for path, stamp in self.stamps.items()}
        time.sleep(A_TICK)

    def _found(self) -> dict[str, Stamp]:
        """Return every path below the folder with what tells whether it changed; a folder before what it holds."""
        found: dict[str, Stamp] = {}
        folders = [self.root]
        while folders:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    told = entry.stat(follow_symlinks=False)
                    if stat.S_ISDIR(told.st_mode):
                        # Its times change with what it holds, which is looked at itself.
                        found[entry.path] = (told.st_mode,)
                        folders.append(entry.path)
                    else:
                        found[entry.path] = (
                            told.st_mode, told.st_size, told.st_ino, told.st_mtime_ns, told.st_ctime_ns,
                        )  # fmt: skip
        return found

    def put_back(self) -> None:
        """Take away what was added; write again what was changed or taken away."""
        os.makedirs(self.root, exist_ok=True)
        found = self._found()
        if found == self.stamps:
            return
        # What lies deepest goes first.
        for path in reversed(found):
            if found[path] != self.stamps.get(path) and os.path.lexists(path):
                _remove(path)
        for path, stamp in self.stamps.items():
            if not os.path.lexists(path):
                _make(path, stamp[0], self.contents[path])
        self.stamps = self._found()
        time.sleep(A_TICK)


def _content(path: str, stamp: Stamp) -> bytes | str | None:
    if stat.S_ISDIR(stamp[0]):
        return None
    return os.readlink(path) if stat.S_ISLNK(stamp[0]) else Path(path).read_bytes()


def _remove(path: str) -> None:
    if stat.S_ISDIR(os.lstat(path).st_mode):
        shutil.rmtree(path)
    else:
        os.unlink(path)


def _make(path: str, mode: int, content: bytes | str | None) -> None:
    if content is None:
        os.mkdir(path)
    elif isinstance(content, str):
        os.symlink(content, path)
        return
    else:
        Path(path).write_bytes(content)
    os.chmod(path, stat.S_IMODE(mode))
