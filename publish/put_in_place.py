"""Puts a built site where readers find it: the whole new one or the whole old one, never a half.

Two renames where the file system allows it. Across file systems, or where the folder itself may not
be renamed (a volume, somebody else's parent folder), the new files are first copied beside the old
ones, and only then change places with them.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

from publish.project import CACHE, BuildFailed

NO_RENAME = (errno.EXDEV, errno.EBUSY, errno.EACCES, errno.EPERM)
ASIDE = ".so-tay-"
"""Start of the names of folders that stand in the site's own folder only while it is changed."""
NOT_OURS = ("lost+found",)
"""What a fresh volume holds by itself."""


HOME = "index.html"


def place_of(target: Path, known_by: str = HOME) -> Path:
    """Return the folder that a build to ``target`` goes to; links are followed. Raises BuildFailed.

    A folder that holds something is ours if it holds the file that each of our builds has.
    """
    try:
        place = target.resolve()
    except (OSError, RuntimeError):
        raise BuildFailed(f"{target}: liên kết vòng; xóa liên kết rồi chạy lại") from None
    if target.is_symlink() and not place.exists():
        raise BuildFailed(f"{target}: liên kết tới {place}, nơi đó không có; tạo thư mục đó trước")
    if place.exists() and not place.is_dir():
        raise BuildFailed(f"{target}: là một tệp, không phải thư mục; chọn thư mục khác")
    if place.is_dir() and not _is_ours(place, known_by):
        raise BuildFailed(f"{target}: thư mục có tệp khác, không phải trang đã dựng; chọn thư mục khác")
    return place


def _is_ours(place: Path, known_by: str) -> bool:
    names = [path.name for path in place.iterdir() if path.name not in NOT_OURS]
    return not names or known_by in names or any(name.startswith(ASIDE) for name in names)


def put_in_place(built: Path, target: Path, known_by: str = HOME) -> None:
    """Replace the old site by the new one; signals wait, so no half-made state can remain.

    Raises BuildFailed or OSError; the old site is then as it was.
    """
    place = place_of(target, known_by)
    try:
        _swap_folders(built, place)
    except OSError as error:
        if error.errno not in NO_RENAME:
            raise
        _swap_contents(built, place)


def _swap_folders(built: Path, place: Path) -> None:
    digest = hashlib.sha256(str(place).encode()).hexdigest()[:8]
    previous = CACHE / f"{place.name}-{digest}.previous"
    with _signals_held():
        _remove(previous)
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists():
            place.rename(previous)
        try:
            built.rename(place)
        except OSError:
            if previous.exists():
                previous.rename(place)
            raise
    shutil.rmtree(previous, ignore_errors=True)


def _swap_contents(built: Path, place: Path) -> None:
    is_new = not place.exists()
    place.mkdir(parents=True, exist_ok=True)
    incoming = Path(tempfile.mkdtemp(dir=place, prefix=ASIDE))
    try:
        shutil.copytree(built, incoming, dirs_exist_ok=True)
        with _signals_held():
            _exchange(place, incoming)
    except BaseException:
        shutil.rmtree(place if is_new else incoming, ignore_errors=True)
        raise
    for left in place.glob(f"{ASIDE}*"):
        shutil.rmtree(left, ignore_errors=True)


def _exchange(place: Path, incoming: Path) -> None:
    """Move the old files out and the new ones in; when one step fails, go all the way back."""
    outgoing = Path(tempfile.mkdtemp(dir=place, prefix=ASIDE))
    names = (path.name for path in place.iterdir())
    old = [name for name in names if name not in NOT_OURS and not name.startswith(ASIDE)]
    into: list[Path] = []
    try:
        for name in old:
            _move(place / name, outgoing / name)
        for path in list(incoming.iterdir()):
            into.append(place / path.name)
            _move(path, place / path.name)
    except OSError:
        for path in into:
            _remove(path)
        for path in list(outgoing.iterdir()):
            # What was only copied out still stands where it was, perhaps no longer whole.
            _remove(place / path.name)
            _move(path, place / path.name)
        outgoing.rmdir()
        raise


def _move(source: Path, target: Path) -> None:
    """Rename, or copy where renaming is not possible: the target is there whole or not at all."""
    try:
        source.rename(target)
    except OSError as error:
        if error.errno not in NO_RENAME:
            raise
        try:
            if source.is_dir():
                shutil.copytree(source, target, symlinks=True)
            else:
                shutil.copy2(source, target)
        except OSError:
            _remove(target)
            raise
        _remove(source)


def _remove(path: Path) -> None:
    """Remove whatever stands there: a folder with all in it, a file, a link but not what it leads to."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _signals_held() -> Iterator[None]:
    waiting = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    signal.pthread_sigmask(signal.SIG_BLOCK, waiting)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, waiting)
