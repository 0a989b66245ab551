"""Fields as Word controls: each bound to one place in the file's own data, so that it is typed once.

The data is a custom XML part, ``customXml/item1.xml``: one element for each field of the sitting, and one for each
matter or paper with its own. A control's tag tells which: ``don-vi``, ``noi-dung.2.ten``. Programs that know no
binding show the words that stand in the control; ``office/word-file.js`` writes both.
"""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ET
from typing import Any

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from knowledge.document_text import Item
from knowledge.form_fields import EACH_PREFIX, FIELDS, Field, field_of_each, pieces
from papers.word.base import run_size, write

NAMESPACE = "urn:so-tay-hdnd:ky-hop:1"
STORE = "{6E1D4C52-0C0B-4F0A-9C55-0B6C7A1E2F31}"
"""The identity by which controls find their data in a file; the same in all of ours, so that pasted parts stay bound."""
ROOT = "ky-hop"
REPORTED = "-xem"
"""Added to the tag of rows that are for matters that are only reported."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


def tag_of(item: Item) -> str:
    """Return what the tags of a matter's controls begin with: ``noi-dung.2.``, ``noi-dung-xem.1.``."""
    return f"{item.each}{REPORTED if item.reported else ''}.{item.number}."


class Controls:
    """Writes texts with fields into one Word document, and its data at the end."""

    def __init__(self, word: Document) -> None:
        self.word = word
        self.item: Item | None = None
        self._count = 0
        self._values: dict[str, str] = {}
        self._items: dict[tuple[str, int], dict[str, str]] = {}

    def write(
        self, paragraph: Paragraph, text: str, *, size: float | None = None, bold: bool = False, italic: bool = False
    ) -> None:
        """Add a text to a paragraph: words and named blanks as they are, each field as a control."""
        for piece in pieces(text):
            if piece.kind == "field":
                paragraph._p.append(self._control(piece.text, size, bold, italic))
            else:
                shown = f"«{piece.text}»" if piece.kind == "blank" else piece.text
                write(paragraph, shown, size=size, bold=bold, italic=italic)

    def _control(self, name: str, size: float | None, bold: bool, italic: bool) -> Any:
        if not name.startswith(EACH_PREFIX):
            field = FIELDS[name]
            self._values[name] = field.blank
            return self._bound(name, field, field.blank, f"/h:{ROOT}[1]/h:{name}[1]", size, bold, italic)
        assert self.item, "checked: a matter’s field stands where matters are repeated"
        item, name = self.item, name.removeprefix(EACH_PREFIX)
        field = field_of_each(item.each, name)
        if name == "so":
            return self._bound(tag_of(item) + name, field, str(item.number), "", size, bold, italic)
        value = f"{field.blank[:-1]} {item.number}»"
        self._items.setdefault((item.each, item.number), {})[name] = value
        place = f"/h:{ROOT}[1]/h:{item.each}[{item.number}]/h:{name}[1]"
        return self._bound(tag_of(item) + name, field, value, place, size, bold, italic)

    def _bound(
        self, tag: str, field: Field, value: str, place: str, size: float | None, bold: bool, italic: bool
    ) -> Any:
        self._count += 1
        control = OxmlElement("w:sdt")
        properties = OxmlElement("w:sdtPr")
        for element, text in (("w:alias", field.label), ("w:tag", tag), ("w:id", str(self._count))):
            one = OxmlElement(element)
            one.set(qn("w:val"), text)
            properties.append(one)
        if place:
            binding = OxmlElement("w:dataBinding")
            binding.set(qn("w:prefixMappings"), f"xmlns:h='{NAMESPACE}'")
            binding.set(qn("w:xpath"), place)
            binding.set(qn("w:storeItemID"), STORE)
            properties.append(binding)
        properties.append(OxmlElement("w:text"))
        content = OxmlElement("w:sdtContent")
        run = OxmlElement("w:r")
        words = OxmlElement("w:t")
        words.text = value
        run.append(words)
        content.append(run)
        control.append(properties)
        control.append(content)
        look = run.get_or_add_rPr()
        for wanted, mark in ((bold, "w:b"), (italic, "w:i")):
            toggle = OxmlElement(mark)
            if not wanted:
                toggle.set(qn("w:val"), "0")
            look.append(toggle)
        if size:
            run_size(look, size)
        # What is typed into the control later looks like what stands in it.
        properties.insert(0, copy.deepcopy(look))
        return control

    def attach(self) -> None:
        """Put the data beside the document; nothing where no field was written."""
        if not self._values and not self._items:
            return
        root = ET.Element(f"{{{NAMESPACE}}}{ROOT}")
        for name in FIELDS:
            if name in self._values:
                ET.SubElement(root, f"{{{NAMESPACE}}}{name}").text = self._values[name]
        for each, number in sorted(self._items):
            one = ET.SubElement(root, f"{{{NAMESPACE}}}{each}")
            for name, value in self._items[each, number].items():
                ET.SubElement(one, f"{{{NAMESPACE}}}{name}").text = value
        package = self.word.part.package
        assert package is not None
        properties = (
            '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
            f'<ds:datastoreItem ds:itemID="{STORE}" xmlns:ds="{_OFFICE}/customXml"><ds:schemaRefs>'
            f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        )
        kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
        described = Part(PackURI("/customXml/itemProps1.xml"), kind, properties.encode(), package)
        data = ET.tostring(root, encoding="utf-8", xml_declaration=True, default_namespace=NAMESPACE)
        item = Part(PackURI("/customXml/item1.xml"), "application/xml", data, package)
        item.relate_to(described, f"{_OFFICE}/relationships/customXmlProps")
        self.word.part.relate_to(item, f"{_OFFICE}/relationships/customXml")


def bookmark(first: Any, last: Any, number: int, name: str) -> None:
    """Mark a stretch of the body, from one element to another, so that it can be repeated."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    first.addprevious(start)
    last.addnext(end)
