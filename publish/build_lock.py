"""One build at a time in a checkout: all of them write ``docs/tai-ve/``, each for its own address and form."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from typing import IO

from publish.project import CACHE

try:
    import fcntl
except ImportError:  # Windows' own Python has none
    fcntl = None  # type: ignore[assignment]

LOCK = CACHE / "build.lock"
STAGING = "build-"
"""Start of the names of folders in which builds are made, below ``.cache/``."""
WAITING = "Đang chờ"
"""Start of the line that says what a build waits for; ``make serve`` passes it on at once."""


@contextlib.contextmanager
def only_build(command: str) -> Iterator[None]:
    """Wait until no other build runs here, then keep others waiting; a killed one keeps nobody.

    The system gives the lock back when a process ends, however it ends.
    """
    CACHE.mkdir(exist_ok=True)
    lock = _take() if fcntl else None
    if lock is None:
        print("Hệ thống này không khóa được tệp: đừng chạy hai lệnh dựng cùng lúc.", flush=True)
        yield
        return
    with lock:
        lock.truncate(0)
        lock.write(f"{command} (tiến trình {os.getpid()})")
        lock.flush()
        # Whoever made these was killed, or would hold the lock.
        for folder in CACHE.glob(f"{STAGING}*/"):
            shutil.rmtree(folder, ignore_errors=True)
        yield


def _take() -> IO[str] | None:
    """Return the locked file, or None where the file system has no locks."""
    told = False
    while True:
        lock = LOCK.open("a+", encoding="utf-8")
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
        if _is_still_there(lock):
            return lock
        lock.close()


def _is_still_there(lock: IO[str]) -> bool:
    """Tell whether the file was not removed while we waited, as ``make clean`` does."""
    try:
        return os.path.samestat(os.fstat(lock.fileno()), LOCK.stat())
    except FileNotFoundError:
        CACHE.mkdir(exist_ok=True)
        return False
