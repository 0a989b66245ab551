"""What a test did to the project that all tests of a process share is undone."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.put_back import PutBack


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    (root / "docs" / "a").mkdir(parents=True)
    (root / "docs" / "a" / "one.md").write_text("một", "utf-8")
    (root / "docs" / "two.md").write_text("hai", "utf-8")
    (root / "empty").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept.md").write_text("giữ", "utf-8")
    (root / "link").symlink_to(tmp_path / "elsewhere")
    return root


def as_it_is(root: Path) -> dict[str, tuple[int, bytes | str | None]]:
    """Return each path with its mode and content, or where a link leads."""
    found: dict[str, tuple[int, bytes | str | None]] = {}
    for path in sorted(root.rglob("*")):
        content = os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else None
        found[path.relative_to(root).as_posix()] = (path.lstat().st_mode, content)
    return found


def with_its_old_time(root: Path) -> None:
    """Write a file with the same length, and give it the time that it had."""
    path = root / "docs/two.md"
    was = path.stat()
    path.write_text("bai", "utf-8")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def folder_for_file(root: Path) -> None:
    (root / "docs/two.md").unlink()
    (root / "docs/two.md/deep").mkdir(parents=True)


def file_for_folder(root: Path) -> None:
    shutil.rmtree(root / "docs/a")
    (root / "docs/a").write_text("tệp", "utf-8")


def folder_for_link(root: Path) -> None:
    (root / "link").unlink()
    (root / "link").mkdir()
    (root / "link" / "kept.md").write_text("khác", "utf-8")


def replaced(root: Path) -> None:
    (root / "beside").write_text("hai", "utf-8")
    (root / "beside").replace(root / "docs/two.md")
    (root / "docs/two.md").write_text("ba", "utf-8")


DONE: list[Callable[[Path], object]] = [
    lambda root: None,
    lambda root: (root / "docs/two.md").write_text("khác", "utf-8"),
    with_its_old_time,
    lambda root: (root / "docs/two.md").unlink(),
    lambda root: (root / "docs/three.md").write_text("ba", "utf-8"),
    lambda root: (root / "new/deep").mkdir(parents=True),
    lambda root: (root / "empty").rmdir(),
    lambda root: shutil.rmtree(root / "docs"),
    shutil.rmtree,
    lambda root: (root / "docs/a").rename(root / "b"),
    lambda root: (root / "docs/two.md").chmod(0o400),
    lambda root: (root / "docs/loop").symlink_to("loop"),
    folder_for_file, file_for_folder, folder_for_link, replaced,
]  # fmt: skip


@pytest.mark.parametrize("done", DONE)
def test_what_was_done_is_undone_each_time(folder: Path, done: Callable[[Path], object]) -> None:
    whole = as_it_is(folder)
    lent = PutBack(folder)
    for _ in range(2):
        done(folder)
        lent.put_back()
        assert as_it_is(folder) == whole
    # Nobody wrote through the link.
    assert (folder.parent / "elsewhere" / "kept.md").read_text("utf-8") == "giữ"


def test_what_did_not_change_is_not_written(folder: Path) -> None:
    lent = PutBack(folder)
    was = (folder / "docs/a/one.md").stat()
    (folder / "docs/two.md").write_text("khác", "utf-8")
    lent.put_back()
    now = (folder / "docs/a/one.md").stat()
    assert (now.st_ino, now.st_mtime_ns, now.st_ctime_ns) == (was.st_ino, was.st_mtime_ns, was.st_ctime_ns)
    assert stat.S_ISREG(now.st_mode)
