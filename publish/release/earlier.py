"""The records of an earlier edition, from the project's history."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from knowledge.changed_since import EDITION, READ
from publish.project import BuildFailed

TAG = "v"
"""Start of a release's tag; the edition's day follows: ``v2026-11-29``."""
CHANGELOG = "CHANGELOG.md"
_DAY = re.compile(r"^date: *[\"']?(\d{4}-\d{2}-\d{2})", re.MULTILINE)


def git(root: Path, *arguments: str) -> bytes:
    """Return what git prints. Raises BuildFailed with one line."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True)
    except FileNotFoundError:
        raise BuildFailed("không có git: cài git rồi chạy lại") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"mã {done.returncode}"]
        raise BuildFailed(f"git {arguments[0]}: {said[-1]}")
    return done.stdout


def must_be_committed(root: Path) -> None:
    """Refuse what nobody could make again: files that differ from the last commit. Raises BuildFailed."""
    try:
        top = git(root, "rev-parse", "--show-toplevel").decode().strip()
    except BuildFailed as error:
        raise BuildFailed(f"{root}: không có lịch sử git ({error}); tải kho mã bằng git clone rồi chạy lại") from None
    if Path(top).resolve() != root.resolve():
        raise BuildFailed(f"{root}: lịch sử git là của {top}; chạy lệnh trong kho mã")
    changed = git(root, "status", "--porcelain", "-z").decode("utf-8", "replace").split("\0")
    if names := [one[3:] for one in changed if one]:
        more = f" và {len(names) - 1} tệp khác" if len(names) > 1 else ""
        raise BuildFailed(f"{names[0]}{more}: chưa lưu vào git; git commit rồi chạy lại")


def must_fit(tag: str, day: date) -> None:
    """Refuse a tag that names another day than the edition. Raises BuildFailed."""
    if tag != f"{TAG}{day.isoformat()}":
        raise BuildFailed(
            f"nhãn {tag} không khớp bản ngày {day.isoformat()} trong {EDITION}: đặt nhãn {TAG}{day.isoformat()}"
        )


def must_be_told(root: Path, day: date) -> None:
    """Refuse an edition of which the list of editions says nothing. Raises BuildFailed."""
    if not re.search(rf"^## {day.isoformat()}$", (root / CHANGELOG).read_text("utf-8"), re.MULTILINE):
        raise BuildFailed(f"{CHANGELOG}: chưa có mục “## {day.isoformat()}”: ghi bản này có gì mới, bằng tiếng Anh")


def earlier_commit(root: Path, day: date, since: str = "") -> str | None:
    """Return the commit to compare with: the one named, else the last release or edition before a day; None for the first.

    Raises BuildFailed where there is none of that name, or its history was not fetched.
    """
    if since:
        try:
            return (
                git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
                .decode()
                .strip()
            )
        except BuildFailed:
            raise BuildFailed(f"since={since}: không có nhãn hay lần lưu nào tên này; xem: git tag, git log") from None
    if git(root, "rev-parse", "--is-shallow-repository").decode().strip() == "true":
        raise BuildFailed("lịch sử git bị cắt ngắn: git fetch --unshallow --tags rồi chạy lại")
    for one in _candidates(root):
        found = _DAY.search(git(root, "show", f"{one}:{EDITION}").decode("utf-8", "replace"))
        if found and found[1] < day.isoformat():
            return git(root, "rev-parse", f"{one}^{{commit}}").decode().strip()
    return None


def _candidates(root: Path) -> Iterator[str]:
    """Yield tags of releases, then the commits that changed the edition's facts; each newest first."""
    yield from (
        git(root, "tag", "--merged", "HEAD", "--list", f"{TAG}[0-9]*-[0-9]*-[0-9]*", "--sort=-version:refname")
        .decode()
        .split()
    )
    yield from git(root, "log", "--format=%H", "--diff-filter=AM", "--", EDITION).decode().split()


def files_at(root: Path, commit: str) -> dict[str, str]:
    """Return the files of a commit in which records stand → their text. Raises BuildFailed."""
    found = {}
    with tarfile.open(fileobj=io.BytesIO(git(root, "archive", "--format=tar", commit))) as packed:
        for entry in packed:
            held = packed.extractfile(entry) if entry.isfile() and READ.fullmatch(entry.name) else None
            if held:
                found[entry.name] = held.read().decode("utf-8", "replace")
    return found
