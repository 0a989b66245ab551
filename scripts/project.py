"""What the commands share: the project's root, printing of issues, files written only when changed."""

from __future__ import annotations

import errno
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

ROOT = Path(os.environ.get("HDND_ROOT", Path(__file__).resolve().parent.parent)).resolve()
CACHE = ROOT / ".cache"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from macros.check import check_project  # noqa: E402
from macros.issues import Issue, Level, report, worst  # noqa: E402
from macros.knowledge import KnowledgeBase  # noqa: E402
from papers.sheets import sheet_issues  # noqa: E402


class BuildFailed(Exception):
    """A build that did not succeed; the message is for the reader of the terminal."""


# What the machine refuses; any other error of the system is a fault of the code and shows itself as such.
_REFUSALS = {
    errno.ENOSPC: "hết chỗ trên đĩa; xóa bớt tệp rồi chạy lại",
    errno.EDQUOT: "hết dung lượng được cấp; xóa bớt tệp rồi chạy lại",
    errno.EACCES: "không có quyền ghi; kiểm tra quyền của thư mục",
    errno.EPERM: "không có quyền ghi; kiểm tra quyền của thư mục",
    errno.EROFS: "ổ đĩa chỉ cho đọc; chọn thư mục khác",
    errno.EBUSY: "đang có chương trình khác dùng; đóng chương trình đó rồi chạy lại",
    errno.EIO: "đĩa báo lỗi đọc, ghi; kiểm tra ổ đĩa",
}
WITHOUT_PAPERS = "HDND_WITHOUT_PAPERS"
"""Environment variable: set where no papers are wanted, as in the benchmark of growth."""


def refusal(told: str | OSError) -> str | None:
    """Return one line for what the machine refused, from an error or what a command printed."""
    # Copying a folder gathers its errors into one that has only their text.
    found = re.search(r"\[Errno (\d+)\][^\n]*?(?:: '([^'\n]*)')?$", str(told), re.MULTILINE)
    code = found and int(found[1])
    if code not in _REFUSALS:
        return None
    return f"{found[2]}: {_REFUSALS[code]}" if found and found[2] else _REFUSALS[code].capitalize()


def why_not(error: BuildFailed | OSError) -> str:
    """Return what to print about a build that did not succeed; an error of the code goes on."""
    if isinstance(error, BuildFailed):
        return str(error)
    line = refusal(error)
    if line is None:
        raise error
    return line


def run(main: Callable[[], int]) -> NoReturn:
    """End with a command's exit code. SIGTERM ends it as Ctrl-C does, so that it can tidy up."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)


def site_url() -> str:
    """Return ``SITE_URL`` with a final slash, or '' when it is not set."""
    url = os.environ.get("SITE_URL", "").strip()
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise BuildFailed(f"SITE_URL={url}: viết đầy đủ, ví dụ https://vi-du.vn/so-tay/")
    return url.rstrip("/") + "/"


def in_ci() -> bool:
    """Tell whether this is a CI run, where warnings fail too."""
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


def failing(issues: Iterable[Issue], strict: bool) -> bool:
    """Tell whether any issue fails: errors always, warnings when strict."""
    least = Level.WARNING if strict else Level.ERROR
    return any(issue.level >= least for issue in issues)


def checked(strict: bool, with_info: bool = False) -> tuple[KnowledgeBase, bool]:
    """Load and check the project, print every fault. Returns the records and whether they pass."""
    kb, issues = check_project(ROOT)
    # Where no paper is made, none is set for trial: the benchmark's codes of four digits need more room.
    if worst(issues) != Level.ERROR and not os.environ.get(WITHOUT_PAPERS):
        issues = sorted([*issues, *sheet_issues(kb)])
    for line in report(issues, Level.INFO if with_info else Level.WARNING):
        print(line)
    counts = {level: sum(issue.level == level for issue in issues) for level in Level}
    records = sum(len(records) for records in kb.records.values())
    print(
        f"{records} bản ghi, {len(kb.items)} mục, {len(kb.pages)} trang: "
        f"{counts[Level.ERROR]} lỗi, {counts[Level.WARNING]} cảnh báo, "
        f"{counts[Level.INFO]} ghi chú"
        + ("" if with_info or not counts[Level.INFO] else " (xem: make check INFO=1)"),
        flush=True,
    )
    return kb, not failing(issues, strict)


def write_changed(path: Path, content: str | bytes) -> bool:
    """Write a file only when its bytes change, whole or not at all. Returns whether it was written."""
    data = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return True
