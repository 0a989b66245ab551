"""How a sheet is drawn: one description for the PDF, the packs, the browser's print and the Word copy.

Lengths are millimetres, sizes of letters and weights of lines are points. What does not fit is shortened in its words,
never in its type.
"""

from __future__ import annotations

from typing import Any

PAGE = {"width": 210.0, "height": 297.0, "side": 11.0, "edge": 7.0}
"""A4 and its margins: left and right, top and bottom."""

TYPE = {"text": 14.0, "small": 12.0, "title": 16.0, "leading": 0.05}
"""Letters of items, of everything else, of the title; what stands between two lines, in em."""

LINES = {"rule": 0.5, "frame": 0.9, "heavy": 2.4, "grey": 236}
"""The one weight of rule; a box's frame, and that of a critical item; the grey of bands, 0 black to 255 white."""

ROW = {
    "box": 4.5,
    "box-left": 0.9,
    "box-column": 6.6,
    "number-column": 7.2,
    "air": 0.7,
    "pad": 1.0,
    "pad-below": 0.7,
    "row": 9.4,
    "writing": 2.8,
    "band-above": 1.6,
    "head-row": 10.0,
    "most-extra": 3.5,
}
"""``air`` is the least room between a rule and ink; ``pad`` and ``pad-below`` what gives it, for marks reach above their line; ``writing`` what an answer's label leaves below it."""

GAP = 3.0
"""Between the lines at the foot and the code beside them."""

ANSWERS = [60.0, 57.0, 54.0, 52.0, 50.0, 48.0, 46.0, 44.0, 42.0, 40.0]
"""Widths of the column of answers, the widest first."""
WIDE_ANSWERS = 50.0
"""Narrower than this only where a sheet does not fit otherwise."""


def geometry() -> dict[str, Any]:
    """Return all measures under one name each, as the Typst templates take them."""
    return {**PAGE, **TYPE, **LINES, **ROW, "gap": GAP, "answers": ANSWERS, "wide-answers": WIDE_ANSWERS}
