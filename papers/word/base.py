"""What all our Word files share: fonts on every script, Vietnamese, no traces of the tool, fixed bytes."""

from __future__ import annotations

import copy
import functools
import io
from datetime import date, datetime
from typing import Any

from docx import Document as new_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from papers.office_zip import AUTHOR, settled

SCRIPTS = ("ascii", "hAnsi", "cs", "eastAsia")
THEMES = ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme")
LEFTOVERS = ("stylesWithEffects", "theme", "customXml", "fontTable")
TABLE_STYLES = ("TableNormal", "TableGrid")
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
LEFT = WD_ALIGN_PARAGRAPH.LEFT
JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY


def blank_document(font: str, size: float, title: str, day: date) -> Document:
    """Return an empty A4 document set in one font, in Vietnamese, without theme fonts."""
    document = new_document()
    _drop_leftovers(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for style in document.styles.element.iter(qn("w:style"), qn("w:rPrDefault")):
        for fonts in style.iter(qn("w:rFonts")):
            _set_fonts(fonts, font)
    normal = document.styles["Normal"]
    normal.font.name = font
    normal.font.size = Pt(size)
    _set_fonts(normal.element.get_or_add_rPr().get_or_add_rFonts(), font)
    for name in ("Heading 1", "Heading 2", "Heading 3", "Title", "Header", "Footer"):
        style = document.styles[name]
        style.font.name = font
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.italic = False
        _set_fonts(style.element.get_or_add_rPr().get_or_add_rFonts(), font)
    title_borders = document.styles["Title"].element.find(qn("w:pPr"))
    if title_borders is not None and (border := title_borders.find(qn("w:pBdr"))) is not None:
        title_borders.remove(border)
    _set_language(document)
    moment = datetime(day.year, day.month, day.day)
    core = document.core_properties
    core.title, core.author, core.last_modified_by = title, AUTHOR, AUTHOR
    core.language, core.comments, core.keywords, core.revision = "vi-VN", "", "", 1
    core.created = core.modified = core.last_printed = moment
    return document


def _drop_leftovers(document: Document) -> None:
    """Leave out what the library's own template brings and no paper of ours uses."""
    for relation_id, relation in list(document.part.rels.items()):
        if relation.reltype.rsplit("/", 1)[-1] in LEFTOVERS:
            del document.part.rels[relation_id]
    styles = document.styles.element
    for style in list(styles.iter(qn("w:style"))):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in TABLE_STYLES:
            styles.remove(style)


def _set_fonts(fonts: Any, font: str) -> None:
    for script in SCRIPTS:
        fonts.set(qn(f"w:{script}"), font)
    for theme in THEMES:
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _set_language(document: Document) -> None:
    for properties in document.styles.element.iter(qn("w:rPrDefault")):
        for lang in properties.iter(qn("w:lang")):
            for script in ("val", "eastAsia"):
                lang.set(qn(f"w:{script}"), "vi-VN")


def shape(
    paragraph: Paragraph,
    *,
    align: WD_ALIGN_PARAGRAPH | None = None,
    first: float = 0,
    before: float = 0,
    after: float = 0,
    line: float = 1.0,
    keep: bool = False,
) -> Paragraph:
    """Give a paragraph its alignment, first-line indent (cm), spaces (pt) and line spacing."""
    properties = paragraph._p.get_or_add_pPr()
    if all(one.tag == qn("w:pStyle") for one in properties):
        properties.extend(copy.deepcopy(_shape(align, first, before, after, line, keep)[:]))
    else:
        _set_shape(paragraph, align, first, before, after, line, keep)
    return paragraph


def _set_shape(
    paragraph: Paragraph,
    align: WD_ALIGN_PARAGRAPH | None,
    first: float,
    before: float,
    after: float,
    line: float,
    keep: bool,
) -> None:
    form = paragraph.paragraph_format
    form.alignment = align
    form.first_line_indent = Cm(first) if first else None
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = line
    form.keep_with_next = keep


@functools.cache
def _shape(*shape: Any) -> Any:
    """Return the properties of a paragraph of one shape; the library looks for the place of each among some thirty names."""
    paragraph = Paragraph(OxmlElement("w:p"), None)  # type: ignore[arg-type]
    _set_shape(paragraph, *shape)
    return paragraph._p.get_or_add_pPr()


@functools.cache
def _letters(size: float | None, bold: bool, italic: bool) -> Any:
    """Return the properties of a run of one look."""
    run = Run(OxmlElement("w:r"), None)  # type: ignore[arg-type]
    run.bold, run.italic = bold, italic
    properties = run._element.get_or_add_rPr()
    if size:
        run_size(properties, size)
    return properties


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float | None = None,
    bold: bool = False,
    italic: bool = False,
) -> Run:
    """Add text to a paragraph."""
    run = paragraph.add_run(text)
    run._element.insert(0, copy.deepcopy(_letters(size, bold, italic)))
    return run


def run_size(properties: Any, size: float) -> None:
    """Set the size of a run's letters, in every script."""
    for tag in ("w:sz", "w:szCs"):
        sizes = OxmlElement(tag)
        sizes.set(qn("w:val"), str(int(size * 2)))
        properties.append(sizes)


def note(document: Document, run: Run, text: str, day: date) -> None:
    """Hang guidance on a run as a Word comment, so that it never stands in the document."""
    comment = document.add_comment(run, text=text, author=AUTHOR, initials="ST")
    comment._comment_elm.set(qn("w:date"), f"{day.isoformat()}T00:00:00Z")


def page_number(paragraph: Paragraph, size: float) -> None:
    """Write the number of the page."""
    run = write(paragraph, "", size=size)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._element.append(mark)


def tick_box(paragraph: Paragraph, size: float) -> None:
    """Write a box that ticks when clicked, and prints as an empty square."""
    control = OxmlElement("w:sdt")
    properties = OxmlElement("w:sdtPr")
    check = OxmlElement("w14:checkbox")
    for name, value in (("checked", "0"), ("checkedState", "2612"), ("uncheckedState", "2610")):
        state = OxmlElement(f"w14:{name}")
        state.set(qn("w14:val"), value)
        if name != "checked":
            state.set(qn("w14:font"), "MS Gothic")
        check.append(state)
    properties.append(check)
    content = OxmlElement("w:sdtContent")
    run = OxmlElement("w:r")
    run_properties = OxmlElement("w:rPr")
    fonts = OxmlElement("w:rFonts")
    for script in SCRIPTS:
        fonts.set(qn(f"w:{script}"), "MS Gothic")
    run_properties.append(fonts)
    run_size(run_properties, size)
    run.append(run_properties)
    text = OxmlElement("w:t")
    text.text = "☐"
    run.append(text)
    content.append(run)
    control.append(properties)
    control.append(content)
    paragraph._element.append(control)


def shade(paragraph: Paragraph, grey: float) -> Paragraph:
    """Lay a grey (0 black, 255 white) behind a paragraph."""
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", f"{round(grey):02X}" * 3)):
        shading.set(qn(f"w:{name}"), value)
    paragraph._element.get_or_add_pPr().insert_element_before(
        shading, "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr"
    )
    return paragraph


def bottom_line(paragraph: Paragraph, dotted: bool = False) -> None:
    """Draw a line under a paragraph, as wide as the paragraph."""
    properties = paragraph._element.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    # Word joins paragraphs with equal borders into one; “between” keeps a line under each.
    for side in ("w:bottom", "w:between"):
        line = OxmlElement(side)
        for name, value in (
            ("val", "dotted" if dotted else "single"),
            ("sz", "4" if dotted else "6"),
            ("space", "1"),
            ("color", "000000"),
        ):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties.insert_element_before(
        borders,
        "w:shd",
        "w:tabs",
        "w:spacing",
        "w:ind",
        "w:contextualSpacing",
        "w:jc",
        "w:outlineLvl",
        "w:rPr",
        "w:sectPr",
    )


def saved(document: Document) -> bytes:
    """Return the file, the same bytes for the same content."""
    raw = io.BytesIO()
    document.save(raw)
    return settled(raw.getvalue())
