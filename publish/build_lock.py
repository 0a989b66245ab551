"""One build of a form at a time in a checkout: those of the same form share a staged tree."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from publish.project import CACHE

try:
    import fcntl
except ImportError:  # Windows' own Python has none
    fcntl = None  # type: ignore[assignment]

STAGING = "build-"
"""Start of the names of folders in which builds are made, below ``.cache/``; then comes the form."""
WAITING = "Đang chờ"
"""Start of the line that says what a build waits for; ``make serve`` passes it on at once."""


@contextlib.contextmanager
def only_build(command: str, form: str = "directory") -> Iterator[None]:
    """Wait until no other build of the form runs here, then keep others waiting; a killed one keeps nobody.

    The system gives the lock back when a process ends, however it ends.
    """
    CACHE.mkdir(exist_ok=True)
    lock = _take(CACHE / f"build-{form}.lock") if fcntl else None
    if lock is None:
        print("Hệ thống này không khóa được tệp: đừng chạy hai lệnh dựng cùng lúc.", flush=True)
        yield
        return
    with lock:
        lock.truncate(0)
        lock.write(f"{command} (tiến trình {os.getpid()})")
        lock.flush()
        # Whoever made these was killed, or would hold the lock.
        for folder in CACHE.glob(f"{STAGING}{form}-*/"):
            shutil.rmtree(folder, ignore_errors=True)
        yield


def _take(place: Path) -> IO[str] | None:
    """Return the locked file, or None where the file system has no locks."""
    told = False
    while True:
        lock = place.open("a+", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not told:
                lock.seek(0)
                print(f"{WAITING} {lock.read() or 'lệnh khác'} dựng xong …", flush=True)
                told = True
            fcntl.flock(lock, fcntl.LOCK_EX)
        except OSError:
            lock.close()
            return None
        if _is_still_there(lock, place):
            return lock
        lock.close()


def _is_still_there(lock: IO[str], place: Path) -> bool:
    """Tell whether the file was not removed while we waited, as ``make clean`` does."""
    try:
        return os.path.samestat(os.fstat(lock.fileno()), place.stat())
    except FileNotFoundError:
        CACHE.mkdir(exist_ok=True)
        return False
