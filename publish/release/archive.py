"""The files of a release: an archive of the site, checksums, and whether all of it is whole."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from publish.project import BuildFailed

SUMS = "SHA256SUMS"
"""Checksums in the form that ``sha256sum -c`` reads."""
_LINE = re.compile(r"([0-9a-f]{64})  ([^/\\\n]+)")
SITE = "site"
"""The one folder in the archive of the site."""


def write_tar(site: Path, target: Path, day: date) -> None:
    """Pack the site for a host; names, order, owners and dates depend on nothing but the content and the edition."""
    moment = int(datetime.combine(day, datetime.min.time(), UTC).timestamp())
    with (
        target.open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=file, mtime=moment) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w", format=tarfile.PAX_FORMAT) as packed,
    ):
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            entry = tarfile.TarInfo(f"{SITE}/{path.relative_to(site).as_posix()}")
            entry.size, entry.mtime, entry.mode = path.stat().st_size, moment, 0o644
            with path.open("rb") as held:
                packed.addfile(entry, held)


def sha256(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums(folder: Path) -> None:
    """Write the checksums of all files in a folder."""
    lines = [f"{sha256(path)}  {path.name}\n" for path in sorted(folder.iterdir()) if path.name != SUMS]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def verify(folder: Path) -> list[str]:
    """Return what is wrong with a release, a line each: sums, files without one, archives that cannot be unpacked."""
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return [f"{SUMS}: không có hoặc không đọc được; làm lại bằng make release"]
    wrong, named = [], set()
    for number, line in enumerate(lines, 1):
        if not (found := _LINE.fullmatch(line)):
            wrong.append(f"{SUMS}:{number}: sai dạng; mỗi dòng là mã SHA-256, hai dấu cách, tên tệp")
            continue
        named.add(found[2])
        path = folder / found[2]
        if not path.is_file():
            wrong.append(f"{found[2]}: có trong {SUMS} mà không có tệp")
        elif sha256(path) != found[1]:
            wrong.append(f"{found[2]}: mã SHA-256 không khớp {SUMS}; tệp đã bị sửa hoặc tải thiếu")
    wrong += [
        f"{path.name}: không có trong {SUMS}" for path in sorted(folder.iterdir()) if path.name not in {SUMS, *named}
    ]
    return wrong + [line for path in sorted(folder.iterdir()) for line in _unpacking(path)]


def _unpacking(path: Path) -> Iterator[str]:
    """Yield what is wrong inside an archive or a file of data, read through to its end."""
    try:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as packed:
                if broken := packed.testzip():
                    yield f"{path.name}: {broken} hỏng trong tệp nén"
                elif not any(name.count("/") == 1 and name.endswith("/index.html") for name in packed.namelist()):
                    yield f"{path.name}: không có index.html"
        elif path.name.endswith(".tar.gz"):
            with tarfile.open(path) as packed:
                # Reading on to the end checks the sum of the whole.
                if f"{SITE}/index.html" not in packed.getnames():
                    yield f"{path.name}: không có index.html"
        elif path.suffix == ".json":
            json.loads(path.read_text("utf-8"))
    except (OSError, EOFError, ValueError, zlib.error, tarfile.TarError, zipfile.BadZipFile):
        yield f"{path.name}: hỏng, không mở được"


def must_be_whole(folder: Path) -> None:
    """Raise BuildFailed where a release is not whole."""
    if wrong := verify(folder):
        raise BuildFailed("\n".join(wrong))
