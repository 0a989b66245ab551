"""``make fonts``: the site's two web fonts, cut from the whole fonts that the papers are set in.

One file per weight with the letters of Vietnamese and the signs the pages use, a third of the size of the
ready-made pair of subsets. Instructions for old black-and-white screens are left out; smoothing is asked for
instead. Letters typed in two parts (a, then an accent) are put together by the font.
"""

from __future__ import annotations

import io
import sys
import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables import ttProgram

from publish.project import ROOT

SOURCES = {400: "BeVietnamPro-Regular.ttf", 700: "BeVietnamPro-Bold.ttf"}
FOLDER = ROOT / "docs" / "assets" / "fonts"
VOWELS, TONES = "aăâeêioôơuưy", ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
PARTS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
SIGNS = "\u00a0§©«®°±²³·»½¶–—‘’“”‹›•…€₫™←↑→↓−≠≤≥×÷✓"
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"]


def letters() -> str:
    """Return every character that the web fonts shall have, if the whole fonts have it."""
    latin = "".join(map(chr, range(0x20, 0x7F)))
    vietnamese = "".join(unicodedata.normalize("NFC", v + t) for v in VOWELS for t in TONES) + "đ"
    return latin + vietnamese + vietnamese.upper() + PARTS + SIGNS


def web_font(source: Path) -> bytes:
    """Return a whole font's letters as WOFF2; the same bytes for the same font."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.flavor = "woff2"
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters())
    cutter.subset(font)
    _ask_for_smoothing(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _ask_for_smoothing(font: TTFont) -> None:
    """Set what fonts without instructions need on Windows: smoothing at every size, no lost strokes."""
    font["gasp"] = gasp = newTable("gasp")
    gasp.version, gasp.gaspRange = 1, {0xFFFF: 0x000F}
    font["prep"] = prep = newTable("prep")
    prep.program = ttProgram.Program()
    prep.program.fromAssembly(["PUSHW[]", "511", "SCANCTRL[]", "PUSHB[]", "4", "SCANTYPE[]"])


def name_of(weight: int) -> str:
    """Return the file name of a weight."""
    return f"be-vietnam-pro-{weight}.woff2"


def main() -> int:
    """Write the web fonts. Returns the exit code."""
    for weight, source in SOURCES.items():
        data = web_font(ROOT / "papers" / "fonts" / source)
        (FOLDER / name_of(weight)).write_bytes(data)
        print(f"docs/assets/fonts/{name_of(weight)}: {len(data) / 1000:.1f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
