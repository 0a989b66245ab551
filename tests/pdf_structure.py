"""A PDF as a screen reader takes it: its elements in order, what each says, and what nobody is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any
from unicodedata import is_normalized

import pikepdf

SHOWING = frozenset({"Tj", "TJ", "'", '"'})
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


@dataclass(frozen=True)
class Mark:
    """What stands round a piece of what is drawn: its number in the structure, or that it is mere decoration."""

    place: int = -1
    is_decoration: bool = False
    is_replaced: bool = False
    given: str = ""


@dataclass
class Element:
    """One element of the structure: its kind, what it says with all that is in it, the elements in it."""

    kind: str
    told: str
    within: list[Element] = field(default_factory=list)
    alternative: str = ""
    columns: int = 1
    has_scope: bool = False

    def all(self) -> Iterator[Element]:
        """Yield this element and all in it, as they are read."""
        yield self
        for one in self.within:
            yield from one.all()


class TaggedPdf:
    """An opened PDF."""

    def __init__(self, source: Any) -> None:
        self.pdf = pikepdf.open(source)
        self.root = self.pdf.Root
        self.untagged: list[str] = []
        """Text outside the structure that is no artifact either, by page."""
        self.marked: list[str] = []
        """Words that stand for a piece where it is drawn; some programs read these instead of the structure's."""
        self._used: set[tuple[Any, int]] = set()
        self._fonts: dict[tuple[int, int], dict[int, str]] = {}
        self._said = {page.objgen: self._said_on(number, page) for number, page in enumerate(self.pdf.pages, 1)}

    @cached_property
    def title(self) -> str:
        return str(self.pdf.docinfo.get("/Title", ""))

    @cached_property
    def described(self) -> dict[str, Any]:
        """What the description in XML says."""
        with self.pdf.open_metadata() as meta:
            return {name: meta.get(name) for name in ("dc:title", "dc:language", "pdfuaid:part")}

    @cached_property
    def document(self) -> Element:
        if "/StructTreeRoot" not in self.root:
            return Element("none", "")
        parts = [self._element(one, None) for one in _kids(self.root.StructTreeRoot)]
        return Element("root", " ".join(one.told for one in parts), parts)

    @cached_property
    def elements(self) -> list[Element]:
        return list(self.document.all())

    @cached_property
    def orphans(self) -> list[str]:
        """Text that is marked for the structure, which does not have it."""
        whole = self.document
        assert whole
        return [
            text
            for page, said in self._said.items()
            for number, text in said.items()
            if text.strip() and (page, number) not in self._used
        ]

    def _element(self, node: Any, page: Any) -> Element:
        page = node.get("/Pg", page)
        kind = str(node.S)
        kind = str(self.root.StructTreeRoot.get("/RoleMap", {}).get(kind, kind)) if kind == "/Title" else kind
        within, told = [], []
        for kid in _kids(node):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                within.append(self._element(kid, page))
                told.append(within[-1].told)
            elif isinstance(kid, int) or kid.get("/Type") == "/MCR":
                own, number = (page, kid) if isinstance(kid, int) else (kid.get("/Pg", page), int(kid.MCID))
                told.append(self._said[own.objgen].get(number, ""))
                self._used.add((own.objgen, number))
        alternative = str(node.get("/Alt", ""))
        given = str(node.get("/ActualText", "")) or alternative
        facts = _attributes(node)
        return Element(
            kind.removeprefix("/"), given or " ".join(told), within, alternative,
            int(facts.get("/ColSpan", 1)), "/Scope" in facts,
        )  # fmt: skip

    def _letters(self, font: Any) -> dict[int, str]:
        """Return code → letters, as the font itself says."""
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = letters_of(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}
        return self._fonts[font.objgen]

    def _said_on(self, number: int, page: Any) -> dict[int, str]:
        """Return what each marked piece of a page says."""
        said: dict[int, str] = {}
        self._read(number, page.obj, page.obj.get("/Resources", {}), said, [])
        return said

    def _read(self, number: int, stream: Any, resources: Any, said: dict[int, str], marks: list[Mark]) -> None:
        letters: dict[int, str] = {}
        for operands, operator in pikepdf.parse_content_stream(stream):
            name = str(operator)
            if name in ("BDC", "BMC"):
                marks = [*marks, self._mark(operands, resources, marks[-1] if marks else Mark())]
                if given := marks[-1].given:
                    said[marks[-1].place] = said.get(marks[-1].place, "") + given
            elif name == "EMC":
                marks = marks[:-1]
            elif name == "Tf":
                letters = self._letters(resources.Font[str(operands[0])])
            elif name == "Do" and resources.XObject[str(operands[0])].get("/Subtype") == "/Form":
                form = resources.XObject[str(operands[0])]
                self._read(number, form, form.get("/Resources", resources), said, marks)
            elif name in SHOWING:
                text = "".join(letters.get(code, "\N{REPLACEMENT CHARACTER}") for code in _codes(operands[-1]))
                mark = marks[-1] if marks else Mark()
                if mark.place >= 0 and not mark.is_replaced:
                    said[mark.place] = said.get(mark.place, "") + text
                elif mark.place < 0 and not mark.is_decoration and text.strip():
                    self.untagged.append(f"page {number}: {text[:40]}")

    def _mark(self, operands: Any, resources: Any, around: Mark) -> Mark:
        facts = operands[1] if len(operands) > 1 else {}
        if isinstance(facts, pikepdf.Name):
            facts = resources.Properties[str(facts)]
        if "/Alt" in facts:
            self.marked.append(str(facts["/Alt"]))
        given = str(facts.get("/ActualText", ""))
        return Mark(
            int(facts.get("/MCID", around.place)),
            around.is_decoration or operands[0] == "/Artifact",
            around.is_replaced or bool(given),
            given,
        )


def _codes(shown: Any) -> Iterator[int]:
    for one in shown if isinstance(shown, pikepdf.Array) else [shown]:
        if isinstance(one, pikepdf.String):
            data = bytes(one)
            yield from (data[at] << 8 | data[at + 1] for at in range(0, len(data) - 1, 2))


def letters_of(cmap: bytes) -> dict[int, str]:
    """Read a font's own table of letters."""

    def text(digits: bytes) -> str:
        return bytes.fromhex(digits.decode()).decode("utf-16-be")

    found: dict[int, str] = {}
    for section in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S):
        found |= {int(code, 16): text(letters) for code, letters in _PAIR.findall(section)}
    for section in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.S):
        for first, last, letters in _RANGE.findall(section):
            start = text(letters)
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step)
    return found


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K")
    return [] if kids is None else list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _attributes(node: Any) -> dict[str, Any]:
    facts = node.get("/A")
    found: dict[str, Any] = {}
    for one in [] if facts is None else facts if isinstance(facts, pikepdf.Array) else [facts]:
        if isinstance(one, pikepdf.Dictionary):
            found |= dict(one.items())
    return found


# What must hold -----------------------------------------------------------------------------------


def faults_of(paper: TaggedPdf) -> list[str]:
    """Return what is wrong with a PDF for one who hears it, one line each."""
    return [*_of_the_file(paper), *_of_headings(paper), *_of_figures(paper), *_of_tables(paper), *_of_text(paper)]


def _of_the_file(paper: TaggedPdf) -> Iterator[str]:
    root = paper.root
    if not paper.title.strip() or paper.described["dc:title"] != paper.title:
        yield f"title: {paper.title!r}, described as {paper.described['dc:title']!r}"
    if "@" in paper.title:
        yield f"a place for a title that nothing took: {paper.title}"
    if root.get("/Lang") != "vi" or paper.described["dc:language"] != {"vi"}:
        yield f"language: {root.get('/Lang')}, described as {paper.described['dc:language']}"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "a window shows the name of the file, not the title"
    if not root.get("/MarkInfo", {}).get("/Marked", False) or paper.document.kind == "none":
        yield "no structure"
    for number, page in enumerate(paper.pdf.pages, 1):
        links = [one for one in page.get("/Annots", []) if one.get("/Subtype") == "/Link"]
        if links and page.get("/Tabs") != "/S":
            yield f"page {number}: Tab does not follow the structure"
        if any("/StructParent" not in one or not str(one.get("/Contents", "")).strip() for one in links):
            yield f"page {number}: a link without words or outside the structure"


def _of_headings(paper: TaggedPdf) -> Iterator[str]:
    heads = [one for one in paper.elements if re.fullmatch(r"H[1-6]", one.kind)]
    if not heads or heads[0].kind != "H1":
        yield "it does not begin with a heading of the first level"
    for before, head in pairwise(heads):
        if int(head.kind[1]) > int(before.kind[1]) + 1:
            yield f"a level is skipped: {before.kind} {before.told!r}, {head.kind} {head.told!r}"
    yield from (f"an empty heading: {head.kind}" for head in heads if not head.told.strip())


def _of_figures(paper: TaggedPdf) -> Iterator[str]:
    for one in paper.elements:
        if one.kind in ("Figure", "Formula") and not one.alternative.strip():
            yield "a figure without words"
        if one.kind == "Figure" and one.alternative.startswith("slot-"):
            yield f"a place that no stamp took: {one.alternative}"


def _of_tables(paper: TaggedPdf) -> Iterator[str]:
    for table in (one for one in paper.elements if one.kind == "Table"):
        rows = [one for one in table.all() if one.kind == "TR"]
        heads = [one for one in table.all() if one.kind == "TH"]
        where = rows[0].told[:40] if rows else ""
        if not heads or not rows or not any(one.kind == "THead" for one in table.within):
            yield f"a table without heads: {where}"
        if any(not one.told.strip() for one in heads):
            yield f"an empty head: {where}"
        if any(not one.has_scope for one in heads):
            yield f"a head that does not say what it is head of: {where}"
        wide = {sum(cell.columns for cell in row.within if cell.kind in ("TH", "TD")) for row in rows}
        if len(wide) > 1:
            yield f"rows of {sorted(wide)} cells: {where}"


def _of_text(paper: TaggedPdf) -> Iterator[str]:
    yield from (f"neither text nor decoration: {one}" for one in paper.untagged[:3])
    yield from (f"not in the structure: {one}" for one in paper.orphans[:3])
    yield from (f"a place that no stamp took is read aloud: {one}" for one in paper.marked if one.startswith("slot-"))
    whole = " ".join([paper.title, paper.document.told])
    if not is_normalized("NFC", whole):
        yield "text that is not composed"
    # Private letters and the sign for what has no letter are read as nothing.
    lost = {letter for letter in whole if letter == "\N{REPLACEMENT CHARACTER}" or 0xE000 <= ord(letter) < 0xF900}
    if lost or not paper.document.told.strip():
        yield f"letters that cannot be read: {sorted(map(ascii, lost))}"
