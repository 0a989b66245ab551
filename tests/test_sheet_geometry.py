"""Printed sheets as drawn: sizes, one column of boxes, one weight of rule, air to letters, room to write."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from fontTools.ttLib import TTFont

from knowledge.records.knowledge_base import KnowledgeBase
from papers.pdf import sheets
from papers.pdf.sheets import sheet_data, sheet_pdf
from papers.sheet_geometry import LINES, PAGE, ROW, TYPE
from tests.conftest import Made
from tests.test_content import SHEETS

ADDRESS = "https://vi-du.vn/so-tay-hdnd/"
MM = 72 / 25.4


class Ink:
    """How far the ink of a letter reaches above and below its line, from the bundled font."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], tuple[float, float]] = {}
        self.fonts = {weight: TTFont(sheets.FONTS / f"BeVietnamPro-{weight}.ttf") for weight in ("Regular", "Bold")}

    def of(self, char: dict[str, Any]) -> tuple[float, float]:
        """Return (bottom, top) in points above the page's lower edge."""
        weight, letter = char["fontname"].rpartition("-")[2], char["text"]
        if (weight, letter) not in self.known:
            font = self.fonts[weight]
            glyph = font["glyf"][font.getBestCmap()[ord(letter)]]
            per_em = font["head"].unitsPerEm
            self.known[weight, letter] = (getattr(glyph, "yMin", 0) / per_em, getattr(glyph, "yMax", 0) / per_em)
        low, high = self.known[weight, letter]
        line = char["matrix"][5]
        return line + low * char["size"], line + high * char["size"]


INK = Ink()


@dataclass
class Drawn:
    """One page as drawn; lengths in millimetres, weights and sizes of letters in points."""

    boxes: list[dict[str, Any]]
    rules: list[dict[str, Any]]
    letters: list[dict[str, Any]]
    height: float

    @property
    def answers(self) -> list[tuple[float, float]]:
        """Width and height of each place to write an answer."""
        right = max(rule["x1"] for rule in self.rules)
        upright = [r for r in self.rules if r["x1"] - r["x0"] < 0.1]
        column = [r for r in upright if any(b["top"] > r["top"] and b["bottom"] < r["bottom"] for b in self.boxes)]
        return [((right - r["x0"]) / MM, (r["bottom"] - r["top"]) / MM) for r in column if r["x0"] < right - 1]

    def air(self) -> float:
        """Return the least room between a level rule and the ink of letters or the frame of a box."""
        least = 99.0
        for rule in (r for r in self.rules if r["x1"] - r["x0"] > 5):
            middle, half = self.height - rule["top"], rule["linewidth"] / 2
            for char in self.letters:
                if char["x1"] < rule["x0"] or char["x0"] > rule["x1"] or not char["text"].strip():
                    continue
                low, high = INK.of(char)
                if abs(middle - (low + high) / 2) < 40:
                    least = min(least, max(low - middle, middle - high) - half)
            for box in self.boxes:
                low, high = self.height - box["bottom"], self.height - box["top"]
                least = min(least, max(low - middle, middle - high) - half - box["linewidth"] / 2)
        return least / MM


def drawn(pdf: bytes) -> list[Drawn]:
    """Return the pages as drawn."""
    pages = []
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            side = ROW["box"] * MM
            boxes = [r for r in page.rects if r["stroke"] and abs(r["width"] - side) < 0.5]
            letters = [c for c in page.chars if c["text"].strip()]
            # The code at the foot is drawn in lines as well.
            foot = max((box["bottom"] for box in boxes), default=0.0)
            rules = [
                r for r in page.lines if not (r["top"] > foot + 12 * MM and r["x0"] > 170 * MM and r["width"] < 18 * MM)
            ]
            pages.append(Drawn(boxes, rules, letters, float(page.height)))
    return pages


@pytest.fixture(scope="module")
def fronts(kb: KnowledgeBase) -> dict[str, Drawn]:
    """The front of every sheet, with an address and a code of usual length."""
    return Made(lambda sheet: drawn(sheet_pdf(sheet_data(kb, kb.checklists[sheet], ADDRESS)))[0])


@pytest.mark.parametrize("sheet", SHEETS)
def test_boxes_stand_in_one_column_and_critical_ones_have_a_heavy_frame(
    fronts: dict[str, Drawn], kb: KnowledgeBase, sheet: str
) -> None:
    boxes = sorted(fronts[sheet].boxes, key=lambda box: box["top"])
    items = [item for round_ in kb.checklists[sheet].rounds for item in round_.items]
    assert len(boxes) == len(items)
    assert max(b["x0"] for b in boxes) - min(b["x0"] for b in boxes) <= 0.2 * MM
    weights = [pytest.approx(LINES["heavy"] if item.critical else LINES["frame"]) for item in items]
    assert [box["linewidth"] for box in boxes] == weights
    assert LINES["heavy"] >= 2 * LINES["frame"], "told apart on a worn printer"


@pytest.mark.parametrize("sheet", SHEETS)
def test_rules_have_one_weight_and_touch_nothing(fronts: dict[str, Drawn], sheet: str) -> None:
    assert {round(rule["linewidth"], 2) for rule in fronts[sheet].rules} == {LINES["rule"]}
    assert fronts[sheet].air() >= ROW["air"]


@pytest.mark.parametrize("sheet", SHEETS)
def test_each_answer_has_room_for_a_hand(fronts: dict[str, Drawn], sheet: str) -> None:
    answers = fronts[sheet].answers
    assert len(answers) == len(fronts[sheet].boxes)
    assert min(width for width, _height in answers) >= 50
    assert max(width for width, _ in answers) - min(width for width, _ in answers) < 0.1, "one column"
    assert min(height for _width, height in answers) >= 9


@pytest.mark.parametrize("sheet", SHEETS)
def test_items_are_large_and_nothing_is_small(fronts: dict[str, Drawn], kb: KnowledgeBase, sheet: str) -> None:
    letters = fronts[sheet].letters
    assert min(char["size"] for char in letters) >= 11.99
    large = "".join(char["text"] for char in letters if char["size"] >= 13.99)
    for round_ in kb.checklists[sheet].rounds:
        for item in round_.items:
            assert item.text.replace(" ", "") in large, item.id


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_lesson_stands_among_the_words_of_an_item(fronts: dict[str, Drawn], sheet: str) -> None:
    last = max(box["bottom"] for box in fronts[sheet].boxes)
    above = "".join(char["text"] for char in fronts[sheet].letters if char["bottom"] < last)
    assert "HC" not in above.replace("HĐND", ""), "lessons are named once, at the foot"


@pytest.mark.parametrize(
    ("measure", "value"), [("pad", 0.1), ("box-left", 3.0), ("row", 6.0), ("rule", 1.5), ("heavy", 1.2)]
)
def test_the_measures_notice_a_sheet_drawn_badly(kb: KnowledgeBase, measure: str, value: float) -> None:
    data = sheet_data(kb, kb.checklists["DM16"], ADDRESS)
    geometry = {**data["geometry"], measure: value, "writing": 0.0, "most-extra": 0.0}
    page = drawn(sheet_pdf({**data, "geometry": geometry}))[0]
    if measure == "pad":
        assert page.air() < ROW["air"]
    elif measure == "box-left":
        assert min(box["x0"] for box in page.boxes) > 30 + 2.5 * MM
    elif measure == "row":
        assert min(height for _width, height in page.answers) < 9
    elif measure == "rule":
        assert {round(rule["linewidth"], 2) for rule in page.rules} == {1.5}
    else:
        assert max(box["linewidth"] for box in page.boxes) < 2 * LINES["frame"]


def test_type_is_as_large_as_promised() -> None:
    assert TYPE["text"] >= 14 and TYPE["small"] >= 12 and ROW["air"] >= 0.7


def test_the_back_has_rows_for_the_resolutions_and_all_branches(kb: KnowledgeBase) -> None:
    sheet = kb.checklists["DM15"]
    with pdfplumber.open(io.BytesIO(sheet_pdf(sheet_data(kb, sheet, ADDRESS)))) as opened:
        assert len(opened.pages) == 2, "front and back of one leaf"
        back = opened.pages[1]
        text = " ".join((back.extract_text() or "").split())
        assert min(char["size"] for char in back.chars if char["text"].strip()) >= 11.99
        rows = [word for word in back.extract_words() if word["x0"] < 16 * MM and word["text"].isdigit()]
        heights = [b["top"] - a["top"] for a, b in pairwise(rows) if b["top"] < 170 * MM]
        assert [word["text"] for word in rows][:6] == ["1", "2", "3", "4", "5", "6"]
        assert min(heights) >= 9 * MM, "a hand can write in them"
    squeezed = text.replace(" ", "")
    for branch in sheet.branches:
        for words in (branch.unless, *branch.steps):
            assert words.replace(" ", "") in squeezed, words
    for word in ("Tổng số đại biểu", "Số phiếu cần", "Bãi nhiệm đại biểu"):
        assert word in text
    front = [branch for branch in sheet.branches if branch.front]
    assert 1 <= len(front) <= 2
    others = [one.id for one in kb.checklists.values() if not one.branches]
    for other in others[:3]:
        assert len(drawn(sheet_pdf(sheet_data(kb, kb.checklists[other])))) == 1


def test_one_description_of_the_drawing_is_used_everywhere() -> None:
    template = (Path(sheets.__file__).parent / "sheet.typ").read_text("utf-8")
    assert "g.pad" in template and "14pt" not in template and "12pt" not in template


def test_the_browser_prints_by_the_same_measures() -> None:
    style = Path("docs/assets/styles/print.css").read_text("utf-8")
    said = dict(re.findall(r"--sheet-([a-z-]+): ([^;]+);", style))
    points = {"text": TYPE["text"], "small": TYPE["small"], "title": TYPE["title"]}
    points |= {name: LINES[name] for name in ("rule", "frame", "heavy")}
    names = ("box", "box-column", "number-column", "pad", "pad-below", "row", "writing", "head-row", "band-above")
    wanted = {name: f"{value:g}pt" for name, value in points.items()} | {name: f"{ROW[name]:g}mm" for name in names}
    wanted["grey"] = f"#{round(LINES['grey']):02x}" + f"{round(LINES['grey']):02x}" * 2
    assert {name: said.get(name) for name in wanted} == wanted
    assert f"margin: {PAGE['edge']:g}mm {PAGE['side']:g}mm;" in style
    assert 50 <= float(said["answer"].removesuffix("mm")) <= 60


def test_the_script_that_keeps_a_filled_sheet_to_its_page_knows_the_rows() -> None:
    """It cannot read the measures of the print on a screen: they stand in it once more."""
    script = Path("docs/assets/scripts/pages/ticks.js").read_text("utf-8")
    paper = dict(
        re.findall(r"(\w+): ([0-9.]+),", script[script.index("const PAPER") : script.index("const ELSEWHERE")])
    )
    wanted = {"row": "row", "hand": "writing", "head": "head-row", "between": "band-above"}
    assert {name: float(paper[name]) for name in wanted} == {name: ROW[own] for name, own in wanted.items()}
    assert float(paper["air"]) == ROW["pad"] + ROW["pad-below"]
    assert float(paper["page"]) == PAGE["height"] - 2 * PAGE["edge"]
