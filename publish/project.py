"""The project's root, its public address, files written only when changed, and how a failed build is told."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from knowledge.records.model import OwnEdition

CODE = Path(__file__).resolve().parent.parent
"""Where this program stands."""
ROOT = Path(os.environ.get("HDND_ROOT", CODE)).resolve()
"""Where the content stands: here, unless a copy is to be built."""
CACHE = ROOT / ".cache"


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


def site_url(own: OwnEdition | None = None) -> str:
    """Return the public address with a final slash, or '' where none is known: ``SITE_URL``, else the edition's own."""
    url = os.environ.get("SITE_URL", "").strip() or (own.site_url if own else None) or ""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise BuildFailed(f"SITE_URL={url}: viết đầy đủ, ví dụ https://vi-du.vn/so-tay/")
    return url.rstrip("/") + "/"


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
