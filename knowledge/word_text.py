"""The words of a Word file as lines; a row of a table is “label: answer”. Standard library only, nothing is run or fetched."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from knowledge.records.read import MAX_BYTES

ZIP = b"PK\x03\x04"
OLD_WORD = b"\xd0\xcf\x11\xe0"
"""How a .doc begins, and a .docx that has a password."""
PART = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST = 120
"""A table in a table in a text box takes about thirty."""
_TWICE = {
    # Said a second time for old programs; what was moved away stands where it went.
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    f"{_W}moveFrom",
}


class NotWord(Exception):
    """A file whose words cannot be read; the message says why and what to do."""


def is_office_file(data: bytes) -> bool:
    """Tell whether bytes are an office file, of now or of before."""
    return data.startswith((ZIP, OLD_WORD))


def text_of_word(data: bytes) -> str:
    """Return the lines of a .docx. Raises NotWord."""
    if data.startswith(OLD_WORD):
        raise NotWord("tệp .doc đời cũ hoặc có mật khẩu; mở bằng Word, lưu dạng .docx không mật khẩu")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if packed.getinfo(PART).file_size > MAX_BYTES:
                raise NotWord(f"chữ trong tệp dài quá {MAX_BYTES:,} byte; chép phần cần gửi ra tệp khác")
            xml = packed.read(PART)
    except KeyError:
        raise NotWord("không phải tệp Word .docx; mở bằng Word, lưu dạng .docx") from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError):
        raise NotWord("tệp hỏng hoặc có mật khẩu; xin gửi lại") from None
    # No word processor writes a document type; what it could declare is not wanted.
    if b"<!DOCTYPE" in xml:
        raise NotWord("tệp hỏng; mở bằng Word, lưu lại dạng .docx")
    try:
        body = ElementTree.fromstring(xml).find(f"{_W}body")
    except (ElementTree.ParseError, ValueError, LookupError):
        raise NotWord("tệp hỏng; mở bằng Word, lưu lại dạng .docx") from None
    if body is not None and _is_deeper(body, DEEPEST):
        raise NotWord("bảng lồng bảng quá nhiều lớp; chép phần cần gửi ra tệp khác")
    return "\n".join(_lines(body)) if body is not None else ""


def _is_deeper(element: ElementTree.Element, most: int) -> bool:
    """Tell whether elements stand inside one another more often than that; level by level, as they may be very deep."""
    level = [element]
    for _ in range(most):
        level = [child for one in level for child in one]
        if not level:
            return False
    return True


def _lines(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        if child.tag in _TWICE:
            continue
        if child.tag == f"{_W}p":
            yield from _words(child).split("\n")
        elif child.tag == f"{_W}tr":
            yield from _row(child)
        else:
            yield from _lines(child)


def _row(row: ElementTree.Element) -> Iterator[str]:
    """Yield a row: the first cell, then what the others say, each further line of them as its own."""
    cells = [[line for line in _lines(cell) if line.strip()] for cell in row.iter(f"{_W}tc")]
    label, answers = " ".join(cells[0]) if cells else "", [line for cell in cells[1:] for line in cell]
    if len(cells) > 1:
        label = f"{label.rstrip(': ')}: {answers[0] if answers else ''}"
    yield label
    yield from answers[1:]


def _words(paragraph: ElementTree.Element) -> str:
    found = []
    for child in paragraph:
        if child.tag in _TWICE:
            continue
        if child.tag == f"{_W}t":
            found.append(child.text or "")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            found.append("\n")
        elif child.tag == f"{_W}tab":
            found.append(" ")
        elif child.tag != f"{_W}pPr":
            found.append(_words(child))
    return "".join(found)
