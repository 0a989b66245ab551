"""How wide a text is in Times, to draw the rules that the decree measures by the text above them.

Widths are those of the Adobe font metrics of Times-Roman and Times-Bold, in thousandths of the size;
a letter with marks is as wide as the letter without.
"""

from __future__ import annotations

import unicodedata

_REGULAR = dict(zip("abcdefghijklmnopqrstuvwxyz", (
    444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
    278, 500, 500, 722, 500, 500, 444), strict=True))  # fmt: skip
_REGULAR |= dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (
    722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556,
    611, 722, 722, 944, 722, 722, 611), strict=True))  # fmt: skip
_BOLD = dict(zip("abcdefghijklmnopqrstuvwxyz", (
    500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389,
    333, 556, 500, 722, 500, 500, 444), strict=True))  # fmt: skip
_BOLD |= dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (
    722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556,
    667, 722, 722, 1000, 722, 722, 667), strict=True))  # fmt: skip
_OTHER = {" ": 250, "-": 333, ".": 250, ",": 250, "(": 333, ")": 333, "/": 278}


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in points."""
    widths = _BOLD if bold else _REGULAR
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = [char for char in plain if not unicodedata.combining(char)]
    return sum(widths.get(char, _OTHER.get(char, 500)) for char in letters) * size / 1000
