"""Editions share set pages: what differs is put onto them, as text, in its place, with its own address in the code."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import typst
import zxingcpp
from PIL import Image

from knowledge.downloads import pack_name, pdf_name
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import folded_space
from papers.bands import band, joined
from papers.cache import PaperCache
from papers.excel.forms import template_xlsx
from papers.files import paper_files, papers
from papers.office_zip import AUTHOR, with_texts
from papers.pdf.packs import pack_data, pack_pdf, packs
from papers.pdf.sheets import SheetOverflow, set_stamps, sheet_data, sheet_pdf, sheet_stamps
from papers.pdf.stamps import EDITION, Objects, slots
from papers.slides.pptx_file import shared_pptx
from papers.word.templates import template_docx
from tests.pdf_text import pages_of

NAME, ADDRESS = "Sổ tay HĐND xã Tà Lèng & Nậm <Loỏng>", "https://so-tay.vi-du.vn/ta-leng/"
BASE_ADDRESS = "https://so-tay.vi-du.vn/"


@pytest.fixture(scope="module")
def own(kb: KnowledgeBase) -> KnowledgeBase:
    """The base under another name."""
    return replace(kb, edition=kb.edition.model_copy(update={"name": NAME, "slug": "ta-leng"}))


@pytest.fixture(scope="module")
def sheet(own: KnowledgeBase) -> bytes:
    return sheet_pdf(sheet_data(own, own.checklists["DM01"], ADDRESS))


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the typesetter was asked for, with the title of what was set."""
    asked: list[tuple[str, str]] = []
    real = typst.compile

    def counting(template: str, **options: Any) -> Any:
        told = re.search(r'"id": "(\w+)"', options["sys_inputs"]["data"])
        asked.append((Path(template).name, told[1] if told else ""))
        return real(template, **options)

    monkeypatch.setattr(typst, "compile", counting)
    return asked


def only(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr("papers.files.papers", lambda *given: (one for one in papers(*given) if one.name in names))


def test_a_further_edition_sets_only_the_sheets_that_differ(
    kb: KnowledgeBase, own: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: list[Any]
) -> None:
    wanted = [pdf_name(one) for one in kb.checklists]
    only(monkeypatch, *wanted, pack_name("b2"))
    first = dict(paper_files(kb, BASE_ADDRESS, PaperCache(tmp_path)))
    assert len([one for one in settings if one[0] != "stamps.typ"]) == len(wanted) + 1, "or this proves nothing"
    settings.clear()
    second = dict(paper_files(own, ADDRESS, PaperCache(tmp_path)))
    assert [one for one in settings if one[0] != "stamps.typ"] == [], "all pages are there"
    assert not [name for name in wanted if first[name] == second[name]], "each bears its own edition"
    changed = own.checklists["DM10"].model_copy(update={"title": "Tên khác"})
    records = {**own.records, "checklists": {**own.checklists, "DM10": changed}}
    settings.clear()
    list(paper_files(replace(own, records=records), ADDRESS, PaperCache(tmp_path)))
    set_anew = [one for one in settings if one[0] != "stamps.typ"]
    assert "DM10" not in packs_of(kb)["b2"].sheets, "or its pack is set anew, too"
    assert set_anew == [("single_sheet.typ", "DM10")]


@pytest.mark.corner
def test_what_is_shared_is_the_same_as_what_is_made_alone(
    kb: KnowledgeBase, own: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = (
        "dm01.pdf", "dm15.pdf", "dm01.docx", "ln01.pdf", "ln01.docx", pack_name("b1"), "lop-hoc.pptx", "lop-hoc-gop-y.docx",
    )  # fmt: skip
    only(monkeypatch, *names)
    list(paper_files(kb, BASE_ADDRESS, PaperCache(tmp_path)))
    warm = dict(paper_files(own, ADDRESS, PaperCache(tmp_path)))
    assert warm == dict(paper_files(own, ADDRESS, PaperCache(None))) and set(warm) == set(names)


@pytest.mark.corner
def test_a_stamp_is_text_in_its_place(own: KnowledgeBase, sheet: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(sheet), strict=True)
    (page,) = reader.pages
    text = folded_space(page.extract_text())
    whole = f"{NAME} · so-tay.vi-du.vn/ta-leng/danh-muc/dm01/"
    assert text.replace(" ", "").endswith(whole.replace(" ", "")), "a long address may go over to a new line"
    assert "Bài học: " in text and text.index("người rà soát, ngày") < text.index("Bài học: ")


def test_nothing_of_the_placeholders_is_left(sheet: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(sheet))
    objects = [reader.get_object(number) for number in range(1, len(Objects(sheet).numbers) + 1)]
    assert not [one for one in objects if isinstance(one, dict) and one.get("/Subtype") == "/Image"]
    assert b"slot-" not in sheet and EDITION.encode() not in sheet


def test_the_structure_names_stamp_and_code(sheet: bytes) -> None:
    told = list(structure(pypdf.PdfReader(io.BytesIO(sheet)).trailer["/Root"]["/StructTreeRoot"]))  # type: ignore[index]
    (foot,) = [one for one in told if "/ActualText" in one]
    assert foot["/S"] == "/P" and str(foot["/ActualText"]).endswith("so-tay.vi-du.vn/ta-leng/danh-muc/dm01/")
    assert NAME in str(foot["/ActualText"]) and "/A" not in foot
    codes = [one for one in told if str(one.get("/Alt", "")).startswith("Mã QR")]
    assert [str(one["/Alt"]) for one in codes] == ["Mã QR: so-tay.vi-du.vn/ta-leng/danh-muc/dm01/"]
    assert codes[0]["/S"] == "/Figure" and told.index(foot) < told.index(codes[0])


def structure(element: Any) -> Iterator[Any]:
    element = element.get_object()
    if not isinstance(element, dict):
        return
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if not isinstance(kid, int):
            yield from structure(kid)


def test_a_program_shows_the_edition_and_fonts_are_embedded(own: KnowledgeBase, sheet: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(sheet))
    assert reader.metadata and reader.metadata.author and reader.metadata.author.startswith(f"{NAME}, bản ")
    assert reader.metadata.title and reader.metadata.title.startswith("DM01 ")
    shown = reader.xmp_metadata
    assert shown and shown.dc_creator == [reader.metadata.author], "escaped, for it is XML"
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "vi" and root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    fonts = [
        reader.get_object(n) for n in range(1, len(Objects(sheet).numbers) + 1)
        if isinstance(reader.get_object(n), dict) and reader.get_object(n).get("/Type") == "/FontDescriptor"  # type: ignore[union-attr]
    ]  # fmt: skip
    assert fonts and all("/FontFile2" in one for one in fonts)  # type: ignore[operator]


def test_each_code_leads_to_its_own_address(kb: KnowledgeBase, own: KnowledgeBase) -> None:
    for base, address in ((kb, BASE_ADDRESS), (own, ADDRESS)):
        pdf = pack_pdf(pack_data(base, packs_of(base)["b2"], address))
        found = {code.text for page in pypdfium2.PdfDocument(pdf) for code in codes(page)}
        sheets = packs_of(base)["b2"].sheets
        assert found == {f"{address}danh-muc/{one.lower()}/" for one in sheets} and sheets


def packs_of(kb: KnowledgeBase) -> Any:
    from knowledge.index import Index

    return packs(Index(kb))


def codes(page: Any) -> Any:
    return zxingcpp.read_barcodes(page.render(scale=3, grayscale=True).to_pil())


@pytest.mark.corner
def test_a_longer_name_still_fits_or_is_told(kb: KnowledgeBase) -> None:
    name = "Sổ tay công tác của Hội đồng nhân dân phường Một Hai Ba Bốn Năm Sáu Bảy, tỉnh Ví Dụ"
    long = replace(kb, edition=kb.edition.model_copy(update={"name": name}))
    fitting = 0
    for one in long.checklists.values():
        try:
            pdf = sheet_pdf(sheet_data(long, one, ADDRESS))
        except SheetOverflow as over:
            assert over.checklist == one.id and over.millimetres <= 12
            continue
        fitting += 1
        assert folded_space(name) in pages_of(pdf)[0], one.id
    assert fitting > len(long.checklists) // 2


def test_names_of_usual_length_take_the_same_room(kb: KnowledgeBase) -> None:
    def heights(name: str, address: str) -> list[float]:
        named = replace(kb, edition=kb.edition.model_copy(update={"name": name}))
        stamps = [sheet_stamps(sheet_data(named, one, address))[0] for one in kb.checklists.values()]
        return [one.height for one in slots(set_stamps(stamps))]

    assert heights("Sổ tay HĐND", "https://a.vn/") == heights("Sổ tay HĐND xã Tà Lèng", ADDRESS)


def test_words_in_office_files_are_escaped(own: KnowledgeBase) -> None:
    import zipfile

    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as target:
        target.writestr(zipfile.ZipInfo("a.xml"), f"<a>{EDITION}</a>")
        target.writestr(zipfile.ZipInfo("b.bin"), b"\x00\xff")
    with zipfile.ZipFile(io.BytesIO(with_texts(raw.getvalue(), {EDITION: "A & <B>"}))) as made:
        assert made.read("a.xml") == b"<a>A &amp; &lt;B&gt;</a>" and made.read("b.bin") == b"\x00\xff"


@pytest.mark.parametrize("filtered", range(5))
def test_bands_make_one_picture(filtered: int) -> None:
    """Whatever filter the first row of the lower band has."""
    upper, lower = (Image.new("RGBA", (40, height)) for height in (30, 20))
    for picture, step in ((upper, 3), (lower, 7)):
        picture.putdata([(n * step % 256, n * 5 % 256, n % 256, 255) for n in range(picture.width * picture.height)])
    made = Image.open(io.BytesIO(joined(band(png(upper, 0), last=False), band(png(lower, filtered), last=True))))
    whole = Image.new("RGBA", (40, 50))
    whole.paste(upper, (0, 0))
    whole.paste(lower, (0, 30))
    assert made.size == (40, 50) and made.tobytes() == whole.tobytes()
    narrow = png(Image.new("RGBA", (39, 5)), 0)
    with pytest.raises(ValueError, match="widths"):
        joined(band(png(upper, 0), last=False), band(narrow, last=True))


def png(picture: Image.Image, kind: int) -> bytes:
    """Write a picture with one filter on every row, as the standard of PNG defines it."""
    import struct
    import zlib

    def predicted(left: int, above: int, corner: int) -> int:
        if kind < 4:
            return (0, left, above, (left + above) // 2)[kind]
        guess = left + above - corner
        return min((left, above, corner), key=lambda one: abs(guess - one))

    raw, length, rows = picture.tobytes(), 4 * picture.width, bytearray()
    for start in range(0, len(raw), length):
        rows.append(kind)
        for n in range(length):
            left = raw[start + n - 4] if n >= 4 else 0
            above = raw[start + n - length] if start else 0
            corner = raw[start + n - length - 4] if start and n >= 4 else 0
            rows.append((raw[start + n] - predicted(left, above, corner)) & 0xFF)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b"")
    )


_AUTHOR = re.compile(r'(?:<dc:creator>|<cp:lastModifiedBy>|<author>|w:author=")([^<"]+)')


def test_office_files_and_their_comments_name_one_author_in_every_edition(kb: KnowledgeBase) -> None:
    """A form in Word is one file for all editions: it cannot bear an edition's name."""
    other = replace(kb, edition=kb.edition.model_copy(update={"name": "Sổ tay của xã Tà Lèng"}))
    made = {
        "docx": (3, template_docx(other, other.documents["BM02"])),
        "xlsx": (1, template_xlsx(other, other.documents["BM07"])),
        "pptx": (2, shared_pptx([], "Lớp học", other.edition.date)),
    }
    for name, (least, content) in made.items():
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = [file.read(part).decode("utf-8", "replace") for part in file.namelist() if part.endswith(".xml")]
        told = [one for part in parts for one in _AUTHOR.findall(part)]
        assert len(told) >= least and {*told} == {AUTHOR}, name
    assert AUTHOR == "Sổ tay HĐND"
