"""The slides as a PowerPoint file: text in the placeholders of two layouts, to be edited; no picture, no effect."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.presentation import Presentation as Deck
from pptx.util import Pt

from papers.cache import Keep, anew
from papers.office_zip import AUTHOR, settled, with_texts
from papers.pdf.stamps import EDITION
from papers.slides.deck import (
    BODY_BOX,
    COVER_BODY_BOX,
    COVER_TITLE_BOX,
    GAP,
    PAGE,
    SIZES,
    TITLE_BOX,
    TITLE_SIZE,
    Line,
    Slide,
)

FONT = "Arial"
LANGUAGE = "vi-VN"
INK = "14406B"
COLOUR = "@colour@"
"""Stands for the colour of titles in what editions share."""
"""Of titles; the text is black."""
NUMBER_BOX = (816.0, 500.0, 96.0, 24.0)
NUMBER_SIZE = 14
COVER_LAYOUT, TEXT_LAYOUT = "Trang đầu", "Tiêu đề và nội dung"
Box = tuple[float, float, float, float]


def pptx_bytes(slides: list[Slide], title: str, day: date, edition: str, colour: str = INK, keep: Keep = anew) -> bytes:
    """Return the file, the same bytes for the same slides; what editions share is kept."""
    common = [replace(slide, lines=tuple(_shared(line, edition) for line in slide.lines)) for slide in slides]
    return with_texts(keep(shared_pptx, common, title, day), {EDITION: edition, COLOUR: colour})


def _shared(line: Line, edition: str) -> Line:
    return replace(line, text=EDITION) if line.text == edition else line


def shared_pptx(slides: list[Slide], title: str, day: date) -> bytes:
    """Return the file with places for the edition's name and colour."""
    presentation = _blank(title, day)
    cover, text = presentation.slide_layouts
    for number, slide in enumerate(slides, 1):
        _add(presentation, cover if slide.cover else text, slide, number)
    _settle_language(presentation)
    raw = io.BytesIO()
    presentation.save(raw)
    return settled(raw.getvalue())


def _blank(title: str, day: date) -> Deck:
    """Return an empty deck of 16 to 9 with two layouts of our own measures."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = (int(Pt(side)) for side in PAGE)  # type: ignore[assignment]
    for layout in list(presentation.slide_layouts)[2:]:
        presentation.slide_layouts.remove(layout)
    cover, text = presentation.slide_layouts
    cover._element.cSld.set("name", COVER_LAYOUT)
    text._element.cSld.set("name", TEXT_LAYOUT)
    master = presentation.slide_master
    for shapes, boxes in (
        (master.placeholders, (TITLE_BOX, BODY_BOX)),
        (cover.placeholders, (COVER_TITLE_BOX, COVER_BODY_BOX)),
        (text.placeholders, (TITLE_BOX, BODY_BOX)),
    ):
        _place(list(shapes), boxes)
    _set_styles(master)
    for level in (one for part in (master, cover, text) for one in part.placeholders._element.iter(qn("a:lvl1pPr"))):
        _plain_level(level)
    _drop_printer_settings(presentation)
    moment = datetime(day.year, day.month, day.day)
    core = presentation.core_properties
    core.title, core.author, core.last_modified_by = title, AUTHOR, AUTHOR
    core.language, core.comments, core.keywords, core.subject, core.revision = LANGUAGE, "", "", "", 1
    core.created = core.modified = core.last_printed = moment
    return presentation


def _place(shapes: list[Any], boxes: tuple[Box, Box]) -> None:
    """Put title, body and number where they belong; date and footer go."""
    for shape in shapes:
        kind = shape._element.ph.get("type") or "body"
        if kind in ("dt", "ftr"):
            shape._element.getparent().remove(shape._element)
            continue
        box = NUMBER_BOX if kind == "sldNum" else boxes[0 if kind in ("title", "ctrTitle") else 1]
        shape.left, shape.top, shape.width, shape.height = (int(Pt(one)) for one in box)
        properties = shape._element.txBody.bodyPr
        for side in ("lIns", "tIns", "rIns", "bIns"):
            properties.set(side, "0")
        properties.set("anchor", "b" if kind in ("title", "ctrTitle") else "ctr" if kind == "sldNum" else "t")
        for fit in list(properties):
            properties.remove(fit)
        properties.append(OxmlElement("a:noAutofit"))


def _plain_level(level: Any) -> None:
    """Take from a placeholder's own style what the library's template gives it: middle, grey."""
    for name, value in (("algn", "l"), ("marL", "0"), ("indent", "0")):
        level.set(name, value)
    for run in level.findall(qn("a:defRPr")):
        for fill in run.findall(qn("a:solidFill")):
            run.remove(fill)


def _set_styles(master: Any) -> None:
    """Titles bold and left, text without bullets; both black or nearly so on white."""
    styles = master._element.find(qn("p:txStyles"))
    for name, size, bold in (("p:titleStyle", TITLE_SIZE, "1"), ("p:bodyStyle", SIZES[0], "0")):
        for level in styles.find(qn(name)):
            if not level.tag.endswith("pPr"):
                continue
            level.set("algn", "l")
            level.set("marL", "0")
            level.set("indent", "0")
            for tag in ("a:buChar", "a:buFont", "a:buNone", "a:spcBef", "a:spcAft"):
                for one in level.findall(qn(tag)):
                    level.remove(one)
            run = level.find(qn("a:defRPr"))
            run.addprevious(OxmlElement("a:buNone"))
            run.set("sz", str(size * 100))
            run.set("b", bold)
            for colour in run.iter(qn("a:schemeClr")):
                colour.set("val", "tx2" if bold == "1" else "tx1")
    _settle_theme(master)


def _settle_theme(master: Any) -> None:
    """Make every font of a master's theme ours, and the colour of titles its second dark one."""
    theme = next(part.target_part for part in master.part.rels.values() if part.reltype.endswith("/theme"))
    text = theme.blob.decode("utf-8")
    text = re.sub(r'<a:(latin|ea|cs) typeface="[^"]*"', rf'<a:\1 typeface="{FONT}"', text)
    text = re.sub(r'<a:font script="[^"]*" typeface="[^"]*"/>', "", text)
    text = re.sub(r"<a:dk2>.*?</a:dk2>", f'<a:dk2><a:srgbClr val="{COLOUR}"/></a:dk2>', text, flags=re.DOTALL)
    # The library keeps a theme that it read as bytes, one that it made itself as a tree.
    theme._blob = text.encode("utf-8")
    theme._element = parse_xml(theme._blob)


def _drop_printer_settings(presentation: Deck) -> None:
    for relation_id, relation in list(presentation.part.rels.items()):
        if relation.reltype.endswith("/printerSettings"):
            presentation.part.rels.pop(relation_id)


def _add(presentation: Deck, layout: Any, slide: Slide, number: int) -> None:
    added = presentation.slides.add_slide(layout)
    title, body = added.placeholders[0], added.placeholders[1]
    # Screen readers say these names.
    title.name, body.name = "Tiêu đề", "Nội dung"
    title.text_frame.text = slide.title
    for run in title.text_frame.paragraphs[0].runs:
        run.font.size, run.font.bold, run.font.name = Pt(slide.title_size), True, FONT
    frame = body.text_frame
    for index, line in enumerate(slide.lines):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        _write(paragraph, line, slide.size, last=index == len(slide.lines) - 1)
    if not slide.cover:
        _number(added, layout, number)
    notes = added.notes_slide.notes_text_frame
    assert notes is not None
    notes.text = "\n".join(slide.notes)


def _write(paragraph: Any, line: Line, size: int, last: bool) -> None:
    paragraph.space_after = Pt(0 if last else GAP)
    if line.hang:
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", str(int(Pt(line.hang * size))))
        properties.set("indent", str(-int(Pt(line.hang * size))))
    blank = " " if line.strong and line.text else ""
    label = f"{line.label}\t" if line.label else ""
    for text, bold in ((label, bool(line.strong)), (line.strong + blank, True), (line.text, False)):
        if text:
            run = paragraph.add_run()
            run.text = text
            run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT


def _number(added: Any, layout: Any, number: int) -> None:
    """Copy the layout's number onto the slide: programs show it only there."""
    for shape in layout.placeholders:
        if shape._element.ph.get("type") != "sldNum":
            continue
        copy = deepcopy(shape._element)
        copy.nvSpPr.cNvPr.set("name", "Số trang")
        added.shapes._spTree.append(copy)
        for field in copy.iter(qn("a:fld")):
            field.find(qn("a:t")).text = str(number)
            properties = field.find(qn("a:rPr"))
            properties.set("sz", str(NUMBER_SIZE * 100))
        for paragraph in copy.iter(qn("a:p")):
            paragraph.get_or_add_pPr().set("algn", "r")


def _settle_language(presentation: Deck) -> None:
    """Say of every run, every default and every note that it is Vietnamese, and set the notes in our font."""
    notes = presentation.notes_master
    _settle_theme(notes)
    layouts = [layout._element for layout in presentation.slide_layouts]
    slides = [part for slide in presentation.slides for part in (slide._element, slide.notes_slide._element)]
    for root in (presentation._element, presentation.slide_master._element, notes._element, *layouts, *slides):
        for run in root.iter(qn("a:r"), qn("a:fld")):
            if run.find(qn("a:rPr")) is None:
                run.insert(0, OxmlElement("a:rPr"))
        for tag in ("a:rPr", "a:defRPr", "a:endParaRPr"):
            for properties in root.iter(qn(tag)):
                properties.set("lang", LANGUAGE)
