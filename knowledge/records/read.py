"""Files → text: one encoding, one form of letters, front matter apart from prose."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from knowledge.records.issues import Issue
from knowledge.text import nfc

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
MAX_BYTES = 300_000
_MOST = 2_048
"""Files whose text is kept in a process."""


def read_text(root: Path, file: str) -> tuple[str | None, list[Issue]]:
    """Return a file's text (NFC, Unix line ends) and the faults that can be seen before parsing."""
    path = root / file
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return None, [
                Issue.of_file(
                    file,
                    "too-big",
                    f"tệp {size:,} byte, quá lớn",
                    f"tách nhỏ, tối đa {MAX_BYTES:,} byte",
                )
            ]
        raw = path.read_bytes()
    except OSError as error:
        return None, [
            Issue.of_file(
                file,
                "unreadable",
                f"không đọc được ({error.strerror})",
                "kiểm tra tên tệp và quyền đọc",
            )
        ]
    text, issues = _decoded(raw, file)
    return text, [*issues]


@lru_cache(maxsize=_MOST)
def _decoded(raw: bytes, file: str) -> tuple[str | None, tuple[Issue, ...]]:
    """Return a file's text and faults; who reads a project again gets the very text of before, which is found at once elsewhere."""
    if not raw.strip():
        return None, (Issue.of_file(file, "empty-file", "tệp trống", "viết nội dung hoặc xóa tệp"),)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        remedy = "mở bằng trình soạn thảo và lưu lại với mã UTF-8"
        return None, (Issue(file, line, "", "encoding", "không phải UTF-8", remedy),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return nfc(text), tuple(_character_issues(file, text))


def _character_issues(file: str, text: str) -> list[Issue]:
    if unicodedata.is_normalized("NFC", text) and not _CONTROL.search(text):
        return []
    issues = []
    for number, line in enumerate(text.split("\n"), 1):
        if not unicodedata.is_normalized("NFC", line):
            word = next(w for w in line.split() if not unicodedata.is_normalized("NFC", w))
            issues.append(
                Issue(
                    file,
                    number,
                    "",
                    "nfc",
                    f"chữ “{nfc(word)}” gõ bằng Unicode tổ hợp",
                    "gõ lại bằng Unicode dựng sẵn (NFC)",
                )
            )
        control = _CONTROL.search(line)
        if control:
            issues.append(
                Issue(
                    file,
                    number,
                    "",
                    "control-character",
                    f"có ký tự điều khiển U+{ord(control.group()):04X}",
                    "xóa ký tự này",
                )
            )
    return issues


@lru_cache(maxsize=_MOST)
def split_front_matter(text: str) -> tuple[str, str, int] | None:
    """Return (front matter, body, line on which the body starts), or None without front matter."""
    lines = text.split("\n")
    # As strict as mkdocs, which would publish anything else as prose.
    if lines[0].rstrip(" \t") != "---":
        return None
    for number, line in enumerate(lines[1:-1], 1):
        if line.rstrip(" \t") == "---":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    return None
