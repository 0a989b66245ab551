"""Vietnamese text: slugs, folding, escaping, counting. Pure functions on strings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

# Markdown has a backslash escape for some characters; the others become character references.
_SHOWN_AS_TYPED = {ord(char): f"\\{char}" for char in "\\`*_{}[]()#+-.!"}
_SHOWN_AS_TYPED |= {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_SHOWN_AS_TYPED |= {ord(char): f"&#{ord(char)};" for char in "|~^"}
_SENTENCE_END = re.compile(r"(?<=[.!?…])[”\"»)]*\s+(?=[\"“(«]?[^\W\d_])|(?<=[.!?…])\n+|\n\s*\n")
_WORD = re.compile(r"[^\W_]+(?:[.,/\-–][^\W_]+)*", re.UNICODE)


def nfc(text: str) -> str:
    """Return the composed form (NFC), in which every Vietnamese letter is one code point."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return lower-case text without marks: ``Đường`` → ``duong``.

    Unicode decomposition does not split đ, so it is mapped by hand.
    """
    lowered = text.lower().replace("đ", "d")
    decomposed = unicodedata.normalize("NFD", lowered)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def slugify(text: str, separator: str = "-") -> str:
    """Return an address part: ``Chuyên đề`` → ``chuyen-de``. Signature as Markdown's toc wants it."""
    return re.sub(r"[^a-z0-9]+", separator, fold(text)).strip(separator)


def folded_space(text: str) -> str:
    """Return text with every run of white space as one space, for comparing quotations."""
    return re.sub(r"\s+", " ", text).strip()


def escape_markdown(text: str) -> str:
    """Return text that Markdown shows as typed: nothing in it becomes markup or HTML."""
    return folded_space(text).translate(_SHOWN_AS_TYPED)


def words(text: str) -> list[str]:
    """Return the words of a text. Vietnamese writes syllables apart, so these are syllables too."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Return the sentences of running text, white space trimmed, empty ones dropped."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part and part.strip()]


def loose_date(day: str) -> str:
    """Return a day as exact as it is known: 31/10/2024, tháng 10/2024, quý 4/2024, năm 2019."""
    year, *rest = day.split("-")
    if len(rest) == 2:
        return vn_date(date.fromisoformat(day))
    if not rest:
        return f"năm {year}"
    return f"quý {rest[0][1:]}/{year}" if rest[0].startswith("Q") else f"tháng {int(rest[0])}/{year}"


def vn_date(value: date) -> str:
    """Return a date as Nghị định 30/2020/NĐ-CP wants it: 05/02/2026, 01/3/2026 (only months 1 and 2 get a zero).

    The browser writes the same, in ``basics/times.js``; one table of cases holds for both.
    """
    return f"{value.day:02d}/{_month(value)}/{value.year}"


def vn_date_in_full(value: date) -> str:
    """Return a date as it stands in a document: ngày 05 tháng 3 năm 2027."""
    return f"ngày {value.day:02d} tháng {_month(value)} năm {value.year}"


def _month(value: date) -> str:
    return f"{value.month:02d}" if value.month < 3 else str(value.month)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like ``word`` (case and marks ignored), or None."""
    by_fold: dict[str, str] = {}
    for candidate in known:
        by_fold.setdefault(fold(candidate), candidate)
    found = get_close_matches(fold(word), list(by_fold), n=1, cutoff=0.5)
    return by_fold[found[0]] if found else None
