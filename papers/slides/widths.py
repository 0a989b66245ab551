"""How wide and how high text is on a slide, in both faces that show it: Arial (PowerPoint), the bundled font (PDF).

Arial's widths are those of its metrics, in thousandths of the size; a letter with marks is as wide as the letter
without, but for the horned ones; an i, which its marks widen, counts as the widest of them.
"""

from __future__ import annotations

import functools
import unicodedata

_REGULAR = dict(zip("abcdefghijklmnopqrstuvwxyz", (
    556, 556, 500, 556, 556, 278, 556, 556, 278, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500), strict=True))  # fmt: skip
_REGULAR |= dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (
    667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,
    611, 722, 667, 944, 667, 667, 611), strict=True))  # fmt: skip
_REGULAR |= {"ơ": 656, "ư": 669, "Ơ": 857, "Ư": 854}
_BOLD = dict(zip("abcdefghijklmnopqrstuvwxyz", (
    556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
    333, 611, 556, 778, 556, 556, 500), strict=True))  # fmt: skip
_BOLD |= dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (
    722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667,
    611, 722, 667, 944, 667, 667, 611), strict=True))  # fmt: skip
_BOLD |= {"ơ": 711, "ư": 724, "Ơ": 853, "Ư": 830}
_NARROW = dict.fromkeys(" .,;:!/'[]", 278) | dict.fromkeys("()-·“”", 333)
_OTHER = {**_NARROW, **dict.fromkeys("%", 889), **dict.fromkeys("…", 1000), **dict.fromkeys("&+=", 667)}
_OTHER_BOLD = {**_OTHER, **dict.fromkeys(";:!", 333), **dict.fromkeys('“”"', 500)}
_HORN = "\u031b"

LINE_HEIGHT = 1.3
"""Of the size: what the bundled font takes in the PDF; Arial takes 1.15."""
SPARE = 1.02
"""Programs round widths each in its own way."""


def arial_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in Arial, in points."""
    return _arial_units(text, bold) * size / 1000


@functools.lru_cache(20_000)
def _arial_units(text: str, bold: bool) -> int:
    """Return the width of a text in thousandths of its size: the same words are tried in many sizes."""
    widths, other = (_BOLD, _OTHER_BOLD) if bold else (_REGULAR, _OTHER)
    return sum(widths.get(char, other.get(char, 611 if bold else 556)) for char in _bare(text))


def _bare(text: str) -> str:
    """Take the marks off the letters, all but the horns."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    kept = "".join(char for char in apart if char == _HORN or not unicodedata.combining(char))
    return unicodedata.normalize("NFC", kept)


@functools.cache
def _bundled(bold: bool) -> dict[str, float]:
    """Return letter → width of the bundled font, in parts of the size."""
    # Imported late: whoever finds the slides made before needs no fonts.
    from fontTools.ttLib import TTFont

    from papers.pdf.sheets import FONTS

    with TTFont(FONTS / f"BeVietnamPro-{'Bold' if bold else 'Regular'}.ttf") as font:
        advances, size = font["hmtx"], font["head"].unitsPerEm
        return {chr(code): advances[name][0] / size for code, name in font.getBestCmap().items()}


def bundled_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in the bundled font, in points."""
    return _bundled_units(text, bold) * size


@functools.lru_cache(20_000)
def _bundled_units(text: str, bold: bool) -> float:
    """Return the width of a text in parts of its size."""
    widths = _bundled(bold)
    return sum(widths.get(char, 0.6) for char in text)


def lines_of(words: list[tuple[str, bool]], size: float, width: float) -> int:
    """Return how many lines words (text, bold) take at most in either face, broken as both programs break them."""
    return max(_lines(words, size, width, face) for face in (arial_width, bundled_width))


def _lines(words: list[tuple[str, bool]], size: float, width: float, face) -> int:  # type: ignore[no-untyped-def]
    lines, used = 1, 0.0
    for text, bold in words:
        own = face(text, size, bold) * SPARE
        blank = face(" ", size, bold) * SPARE if used else 0.0
        if used and used + blank + own > width:
            lines, used = lines + 1, own
        else:
            used += blank + own
    return lines
