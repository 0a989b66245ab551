"""Which files may stand where in ``docs/`` and ``checklists/``. What stands there is published.

One table, by folder; a file that is not in it is neither read nor published, and one line says so.
What editors and systems leave behind (``~$hc1.docx``, ``Thumbs.db``) is passed over in silence.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from knowledge.downloads import FOLDER, MADE
from knowledge.kinds import GO_ON, PLAIN_FOLDERS, RECORD_FOLDERS
from knowledge.records.issues import Issue
from knowledge.records.model import Checklist, Record
from knowledge.text import slugify

DOCS = "docs"
CHECKLISTS = "checklists"
NAVIGATION = ".nav.yml"
_SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
_SCRIPTS = ("basics", "draft", "everywhere", "kept", "office", "pages", "sitting", "ui")
_LEFT_BEHIND = re.compile(
    r"\..*|~.*|.*~|#.*#|.*\.(swp|swo|tmp|part|crdownload)|(eh)?thumbs\.db|desktop\.ini", re.IGNORECASE
)


def _stem(model: type[Record]) -> str:
    """Return the pattern of a record's file name: its ID in lower case."""
    rules = model.model_fields["id"].metadata
    pattern = next(one.pattern for one in rules if hasattr(one, "pattern"))
    return f"({pattern.lower().removeprefix('^').removesuffix('$')})"


def _patterns() -> dict[str, str]:
    """Return folder → pattern of the whole names of files in it."""
    pages = {folder: rf"(index|{_stem(model)})\.md" for folder, model in RECORD_FOLDERS.items()}
    pages["bieu-mau"] += rf"|{_stem(RECORD_FOLDERS['bieu-mau'])}\.ya?ml"
    pages |= dict.fromkeys(PLAIN_FOLDERS, rf"{_SLUG}\.md")
    for folder, name in (file.rsplit("/", 1) for file in GO_ON):
        pages[folder] += f"|{re.escape(name)}"
    files = {
        **pages,
        "assets/fonts": rf"{_SLUG}\.woff2|OFL\.txt",
        "assets/images": rf"{_SLUG}\.(svg|png)",
        **{f"assets/scripts/{below}": rf"{_SLUG}\.js" for below in _SCRIPTS},
        "assets/scripts/vendor": rf"{_SLUG}(\.js|\.LICENSE\.txt)",
        "assets/styles": rf"{_SLUG}\.css",
        **{f"{FOLDER}/{below}".rstrip("/"): pattern for below, pattern in MADE.items()},
    }
    return {
        DOCS: r"index\.md|manifest\.webmanifest",
        **{f"{DOCS}/{folder}": pattern for folder, pattern in files.items()},
        CHECKLISTS: rf"{_stem(Checklist)}\.ya?ml",
    }


PLACES = {folder: re.compile(pattern) for folder, pattern in _patterns().items()}
"""Folder, relative to the root → whole names that may stand in it."""

_FOLDERS = {str(above) for folder in PLACES for above in (folder, *PurePosixPath(folder).parents)}


@dataclass
class Found:
    """Files relative to the root: those that belong there, those that do not, and what to say."""

    files: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def is_left_behind(name: str) -> bool:
    """Tell whether an editor, an office program or a system left this file; never published."""
    return name != NAVIGATION and _LEFT_BEHIND.fullmatch(name) is not None


def may_stand(file: str) -> bool:
    """Tell whether a file, relative to the root, is one that may stand in its folder."""
    folder, _, name = file.rpartition("/")
    return folder in PLACES and PLACES[folder].fullmatch(name) is not None


def find_files(root: Path) -> Found:
    """Return what stands in ``docs/`` and ``checklists/``, in the order of the paths."""
    found = Found()
    for folder in (DOCS, CHECKLISTS):
        if (root / folder).is_dir():
            _look_into(root, folder, found)
    found.files.sort(key=lambda file: file.split("/"))
    return found


def _look_into(root: Path, folder: str, found: Found) -> None:
    entries = _entries(root, folder, found)
    names = {entry.name for entry in entries}
    for entry in entries:
        file = f"{folder}/{entry.name}"
        if entry.is_symlink():
            message, remedy = "là liên kết tới nơi khác", "thay liên kết bằng tệp thật"
            _stray(found, file, "stray-file", message, remedy)
        elif entry.is_dir():
            if file in _FOLDERS:
                _look_into(root, file, found)
            else:
                _stray_folder(root, file, found)
        elif entry.is_file() and may_stand(file):
            found.files.append(file)
        else:
            _stray(found, file, "stray-file", *_why(file, names))


def _entries(root: Path, folder: str, found: Found) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(root / folder) as listed:
            entries = [e for e in listed if e.name != NAVIGATION and not is_left_behind(e.name)]
    except FileNotFoundError:  # a build is just removing what it made before
        return []
    except OSError as error:
        message = f"không đọc được thư mục ({error.strerror})"
        found.issues.append(Issue.of_file(folder, "unreadable", message, "kiểm tra quyền đọc"))
        return []
    return sorted(entries, key=lambda entry: entry.name)


def _stray_folder(root: Path, folder: str, found: Found) -> None:
    """One line for a folder, but one each for records that stand a folder too deep."""
    parent = folder.rpartition("/")[0]
    files = [
        path.relative_to(root).as_posix()
        for path in sorted((root / folder).rglob("*"))
        if not path.is_dir() and not any(map(is_left_behind, path.relative_to(root).parts))
    ]
    records = [
        file for file in files if file.endswith((".md", ".yml")) and may_stand(f"{parent}/{file.rpartition('/')[2]}")
    ]
    for file in records:
        message, remedy = "bản ghi nằm trong thư mục con", f"chuyển vào thẳng {parent}/"
        _stray(found, file, "wrong-folder", message, remedy)
    if len(files) > len(records):
        message = f"thư mục không thuộc sổ tay ({len(files) - len(records)} tệp)"
        remedy = f"chuyển ra ngoài {_top(folder)}/"
        _stray(found, folder, "stray-folder", message, remedy)


def _why(file: str, names: set[str]) -> tuple[str, str]:
    """Return what is wrong with a file and what to do, given the names beside it."""
    folder, _, name = file.rpartition("/")
    stem, suffix = os.path.splitext(name)
    better = f"{slugify(stem)}{suffix.lower()}"
    if may_stand(f"{folder}/{better}") and better not in names:
        return "tên tệp viết chưa đúng", f"đổi tên thành {better}, hoặc chuyển ra ngoài {_top(file)}/"
    fitting = sorted(n for n in names if may_stand(f"{folder}/{n}") and n != "index.md")
    example = f"; ở {folder}/ chỉ để tệp như {fitting[0]}" if fitting else ""
    message = "tệp không thuộc sổ tay" + ("; để đây sẽ bị công bố" if _top(file) == DOCS else "")
    return message, f"chuyển ra ngoài {_top(file)}/{example}"


def _top(file: str) -> str:
    return file.partition("/")[0]


def _stray(found: Found, file: str, code: str, message: str, remedy: str) -> None:
    found.strays.append(file)
    found.issues.append(Issue.of_file(file, code, message, remedy))
