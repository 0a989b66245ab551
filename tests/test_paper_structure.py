"""PDFs as one who hears them meets them: title, language, headings, figures, heads of tables, every word, in order.

What a program can look at; no validator of PDF/UA and nobody with a screen reader has looked at these files.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from knowledge.downloads import ATTENDANCE, CARDS, CLASS_KEY, FEEDBACK, HANDBOOK, HANDOUT, SLIDES_PDF
from knowledge.records.knowledge_base import KnowledgeBase
from papers.files import Paper, papers
from tests.pdf_structure import TaggedPdf, faults_of
from tests.sample import some_of

ADDRESS = "https://vi-du.vn/so-tay-hdnd/"
ADDRESS_TOLD = "vi-du.vn/so-tay-hdnd/"
SINGLE = {HANDBOOK, SLIDES_PDF, HANDOUT, CLASS_KEY, CARDS, FEEDBACK, ATTENDANCE}
KINDS = {"dm": "sheet", "ln": "questions", "bo-in": "pack"}
NOT_SHOWN = {
    # For the program, not the reader.
    "id", "geometry", "qr", "kind", "law", "address", "ids", "page", "ink", "boxes", "slot", "label", "column",
    # At the foot of each page, or left out for want of room.
    "edition", "foot", "deadlines", "others",
    # Part of a longer line, or told elsewhere in the same paper.
    "verb", "title", "stamp", "disclaimer", "right",
}  # fmt: skip
LEFT_OUT = {HANDOUT: {"table"}, CLASS_KEY: {"situation", "question", "hint", "text"}}
"""What a paper of the class is given beside what it shows."""


def kind_of(name: str) -> str:
    """Return what a PDF is, by its name; one of which there is a single one is a kind of its own."""
    return name if name in SINGLE else KINDS[next(start for start in KINDS if name.startswith(start))]


def squeezed(text: str) -> str:
    return "".join(text.split())


def leaves(data: Any, out: set[str]) -> Iterator[str]:
    """Yield the texts that a paper was given to show."""
    if isinstance(data, str):
        yield data
    for key, one in data.items() if isinstance(data, dict) else ():
        if key == "back" and one and not one["columns"]:
            # A back without the table of votes.
            yield from leaves(one["branches"], out)
        elif key not in out:
            yield from leaves(one, out)
    for one in data if isinstance(data, list) else ():
        yield from leaves(one, out)


def in_order(data: dict[str, Any]) -> list[str]:
    """Return the sentences of a paper that follow one another: items, questions, slides, cases."""
    sheets = data.get("sheets", [data])
    found = [item["text"] for sheet in sheets for round_ in sheet.get("rounds", []) for item in round_["items"]]
    found += [one["text"] for one in data.get("questions", [])]
    found += [slide["title"] for slide in data.get("slides", [])]
    return found + [one["takeaway"] for one in data.get("cases", [])]


def words_lost(paper: TaggedPdf, name: str, data: dict[str, Any]) -> list[str]:
    """Return what a paper was given and does not tell, and what it tells out of order."""
    told = squeezed(paper.document.told)
    lost = [text for text in leaves(data, NOT_SHOWN | LEFT_OUT.get(name, set())) if squeezed(text) not in told]
    position = 0
    for text in in_order(data):
        at = told.find(squeezed(text), position)
        lost += [f"out of order: {text}"] if at < 0 else []
        position = max(at, position)
    return lost


@pytest.fixture(scope="module")
def made(kb: KnowledgeBase) -> dict[str, Paper]:
    """The PDFs that there are, with what they show."""
    return {one.name: one for one in papers(kb, "") if one.name.endswith(".pdf")}


@pytest.mark.parametrize(
    "every", [pytest.param(True, marks=pytest.mark.full, id="all"), pytest.param(False, id="some")]
)
def test_each_kind_of_paper_is_told_whole(site: Path, made: dict[str, Paper], every: bool) -> None:
    kinds: dict[str, list[str]] = defaultdict(list)
    for name in made:
        kinds[kind_of(name)].append(name)
    assert len(kinds) == 10 and len(made) >= 70
    # Of each kind one at least.
    chosen = [name for names in kinds.values() for name in (names if every else some_of(names, 12))]
    faults = {}
    for name in chosen:
        paper = TaggedPdf(site / "tai-ve" / name)
        found = [*faults_of(paper), *words_lost(paper, name, made[name].arguments[0])]
        if found:
            faults[name] = found[:6]
    assert faults == {}


@pytest.mark.parametrize(
    "name", ["bo-in-b1.pdf", *(pytest.param(n, marks=pytest.mark.full) for n in ("dm10.pdf", "ln06.pdf"))]
)
def test_a_code_tells_the_address_that_it_stands_for(kb: KnowledgeBase, name: str) -> None:
    """As published at an address: what is put onto a page is told where it stands, and its place no longer."""
    one = next(paper for paper in papers(kb, ADDRESS) if paper.name == name)
    paper = TaggedPdf(io.BytesIO(one.writer(*one.arguments)))
    assert [*faults_of(paper), *words_lost(paper, name, one.arguments[0])] == []
    sheets = one.arguments[0].get("sheets", [one.arguments[0]])
    codes = [element.alternative for element in paper.elements if ADDRESS_TOLD in element.alternative]
    assert len(codes) == len(sheets) and all(
        sheet["address"] in code for sheet, code in zip(sheets, codes, strict=True)
    )


# Each fault planted --------------------------------------------------------------------------------


def nodes(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """Return the elements of a kind, as they stand in the structure."""
    found = []

    def look(node: Any) -> None:
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                found.extend([kid] if str(kid.S) == f"/{kind}" else [])
                look(kid)

    look(pdf.Root.StructTreeRoot)
    return found


def named(kind: str, other: str, at: int = 0) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: nodes(pdf, kind)[at].__setitem__("/S", pikepdf.Name(f"/{other}"))


def without(kind: str, key: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: nodes(pdf, kind)[0].__delitem__(key)


def with_words(kind: str, key: str, words: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: nodes(pdf, kind)[0].__setitem__(key, pikepdf.String(words))


def drawn(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Change what the first page draws."""

    def change(pdf: pikepdf.Pdf) -> None:
        told = pdf.pages[0].Contents.read_bytes()
        assert old in told
        pdf.pages[0].Contents = pdf.make_stream(told.replace(old, new, 1))

    return change


def without_letters(pdf: pikepdf.Pdf) -> None:
    del next(iter(pdf.pages[0].Resources.Font.values()))["/ToUnicode"]


def title_alone(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"] = "Tên khác"


def link(key: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.pages[0].Annots[0].__delitem__(key)


PLANTED: list[tuple[Callable[[pikepdf.Pdf], None], str]] = [
    (lambda pdf: pdf.docinfo.__delitem__("/Title"), "title: ''"),
    (title_alone, "described as 'Tên khác'"),
    (lambda pdf: pdf.Root.__delitem__("/Lang"), "language: None"),
    (lambda pdf: pdf.Root.__setitem__("/Lang", pikepdf.String("en")), "language: en"),
    (lambda pdf: pdf.Root.ViewerPreferences.__delitem__("/DisplayDocTitle"), "the name of the file"),
    (lambda pdf: pdf.Root.__delitem__("/MarkInfo"), "no structure"),
    (lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"), "no structure"),
    (named("H1", "H2"), "does not begin with a heading"),
    (named("H2", "H3"), "a level is skipped: H1"),
    (with_words("H2", "/ActualText", " "), "an empty heading: H2"),
    (without("Figure", "/Alt"), "a figure without words"),
    (with_words("Figure", "/Alt", "slot-3"), "no stamp took: slot-3"),
    (drawn(b"/MCID 0", b"/MCID 0/Alt(slot-3)"), "read aloud: slot-3"),
    (named("THead", "TBody"), "a table without heads"),
    (without("TH", "/A"), "what it is head of"),
    (with_words("TH", "/ActualText", " "), "an empty head"),
    (lambda pdf: nodes(pdf, "TR")[-1].K.__delitem__(0), "rows of [3, 4] cells"),
    (link("/Contents"), "a link without words"),
    (link("/StructParent"), "outside the structure"),
    (lambda pdf: pdf.pages[0].__delitem__("/Tabs"), "Tab does not follow"),
    (with_words("H2", "/ActualText", "Lâ\u0300n"), "not composed"),
    (without_letters, "cannot be read: ["),
    (drawn(b"/Span<</MCID 0>>BDC", b"/Span<<>>BDC"), "neither text nor decoration"),
    (lambda pdf: nodes(pdf, "TD")[0].__delitem__("/K"), "not in the structure"),
]  # fmt: skip


@pytest.mark.parametrize(("plant", "fault"), PLANTED)
def test_each_fault_of_a_paper_is_seen(pack: bytes, plant: Callable[[pikepdf.Pdf], None], fault: str) -> None:
    assert [one for one in faults_of(spoilt(pack, plant)) if fault in one], fault


def test_words_lost_and_words_out_of_order_are_seen(kb: KnowledgeBase, pack: bytes, made: dict[str, Paper]) -> None:
    data = made["bo-in-b1.pdf"].arguments[0]
    assert words_lost(TaggedPdf(io.BytesIO(pack)), "bo-in-b1.pdf", data) == []
    item = data["sheets"][0]["rounds"][0]["items"][0]
    changed = {**data, "sheets": [*data["sheets"][1:], data["sheets"][0]]}
    assert any("out of order" in one for one in words_lost(TaggedPdf(io.BytesIO(pack)), "bo-in-b1.pdf", changed))
    more = {**data, "how": [*data["how"], "Một câu nữa."]}
    assert words_lost(TaggedPdf(io.BytesIO(pack)), "bo-in-b1.pdf", more) == ["Một câu nữa."]
    assert item["text"] in in_order(data)


@pytest.fixture(scope="module")
def pack(made: dict[str, Paper]) -> bytes:
    """A paper with links, a table, figures and headings of two levels."""
    one = made["bo-in-b1.pdf"]
    return one.writer(*one.arguments)


def spoilt(pdf: bytes, plant: Callable[[pikepdf.Pdf], None]) -> TaggedPdf:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        plant(opened)
        opened.save(out, fix_metadata_version=False)
    return TaggedPdf(io.BytesIO(out.getvalue()))
