"""Sheets as PDF: one A4 page, large letters, bundled font, tagged, every item in order, a code back."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

import pdfplumber
import pypdf
import pypdfium2
import pytest
import zxingcpp

from knowledge.addresses import record_url
from knowledge.checks.project import check_project
from knowledge.qr import qr_svg
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Checklist
from knowledge.sheet_text import basis_line
from knowledge.text import folded_space
from papers.ingredients import PACKAGES, installed, libraries, own_modules, setting_digest, setting_files
from papers.pdf.questions import question_sheet_data, question_stamps
from papers.pdf.share import picture_data, picture_png
from papers.pdf.sheets import (
    LONG_ADDRESS,
    DataAt,
    Fitting,
    MissingLetter,
    SheetOverflow,
    StampsOf,
    compiled,
    font_letters,
    missing_letter,
    set_stamps,
    sheet_data,
    sheet_issues,
    sheet_pdf,
    sheet_stamps,
)
from papers.pdf.stamps import slots
from papers.sheet_geometry import ROW
from tests.conftest import ROOT, Made, Project, run_here, told_elsewhere
from tests.pdf_text import pages_of
from tests.test_content import SHEETS

ADDRESS = "https://vi-du.vn/so-tay-hdnd/"


@pytest.fixture(scope="module")
def pdfs(kb: KnowledgeBase) -> dict[str, bytes]:
    return Made(lambda sheet: sheet_pdf(sheet_data(kb, kb.checklists[sheet], ADDRESS)))


def text_of(pdf: bytes) -> str:
    return " ".join(pages_of(pdf))


def letters_of(pdf: bytes) -> list[dict[str, Any]]:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [char for page in opened.pages for char in page.chars]


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_is_one_tagged_page_in_the_bundled_font(pdfs: dict[str, bytes], kb: KnowledgeBase, sheet: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdfs[sheet]))
    assert len(reader.pages) == (2 if kb.checklists[sheet].branches else 1)
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert abs(width - 595.28) < 1 and abs(height - 841.89) < 1, "A4"
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "vi"  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert reader.metadata and reader.metadata.title == f"{sheet} {kb.checklists[sheet].title}"
    assert b"pdfuaid:part" in pdfs[sheet].replace(b" ", b"") or "pdfuaid" in str(
        reader.xmp_metadata and reader.xmp_metadata.stream.get_data()
    )
    fonts = {char["fontname"].split("+")[-1] for char in letters_of(pdfs[sheet])}
    assert fonts == {"BeVietnamPro-Regular", "BeVietnamPro-Bold"}


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_says_the_same_as_the_record_in_order(pdfs: dict[str, bytes], kb: KnowledgeBase, sheet: str) -> None:
    text, checklist = text_of(pdfs[sheet]), kb.checklists[sheet]
    position = 0
    for placed in (p for p in kb.items.values() if p.checklist.id == sheet):
        found = text.find(folded_space(placed.item.text), position)
        assert found >= 0, placed.id
        position = found
        if not placed.item.column:
            assert folded_space(placed.item.answer) in text[position:], placed.id
    for round_ in checklist.rounds:
        assert folded_space(round_.title) in text and folded_space(round_.when) in text
    assert text.count("trọng yếu") == 1, "the heavy frame is told once"
    assert f"phiên bản {checklist.version}" in text and "Bản dùng thử" in text
    assert basis_line(kb, checklist).replace(" ", "") in text.replace(" ", "")
    assert "HĐND" in text and "Kỳ họp thứ" in text
    last = text.rindex(f"Lần {len(checklist.rounds)}: người rà soát, ngày")
    assert "Căn cứ:" in text[last:], "the lines to sign come before the small print"


@pytest.mark.parametrize("sheet", SHEETS)
def test_letters_are_large_enough_for_older_readers(pdfs: dict[str, bytes], kb: KnowledgeBase, sheet: str) -> None:  # fmt: skip
    letters = [c for c in letters_of(pdfs[sheet]) if c["text"].strip()]
    assert min(char["size"] for char in letters) >= 11.99
    body = [char for char in letters if char["size"] >= 13.99]
    items = sum(len(i.text.replace(" ", "")) for r in kb.checklists[sheet].rounds for i in r.items)
    assert len(body) >= items, "the items themselves are at 14 pt"
    # Lines of one item are 1.25 times its size apart.
    tops = sorted({round(c["bottom"], 1) for c in body if abs(c["size"] - 14) < 0.1 and c["page_number"] == 1})
    gaps = [b - a for a, b in pairwise(tops) if b - a > 1]
    assert min(gaps) >= 14 * 1.2


@pytest.mark.parametrize("sheet", ["DM08", "DM12", "DM15"])
def test_the_code_leads_back_to_the_page(pdfs: dict[str, bytes], sheet: str) -> None:
    picture = pypdfium2.PdfDocument(pdfs[sheet])[0].render(scale=3).to_pil()
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == f"{ADDRESS}danh-muc/{sheet.lower()}/"
    # Black on white: nothing is told by colour.
    assert picture.convert("RGB").getcolors(maxcolors=1 << 24)
    assert all(r == g == b for _count, (r, g, b) in picture.convert("RGB").getcolors(1 << 24))


def test_without_a_public_address_there_is_no_code(kb: KnowledgeBase) -> None:
    data = sheet_data(kb, kb.checklists["DM08"])
    assert data["qr"] == "" and data["address"] == ""
    picture = pypdfium2.PdfDocument(sheet_pdf(data))[0].render(scale=3).to_pil()
    assert zxingcpp.read_barcodes(picture) == []


def test_boxes_are_drawn_as_lines(pdfs: dict[str, bytes], kb: KnowledgeBase) -> None:
    with pdfplumber.open(io.BytesIO(pdfs["DM08"])) as opened:
        page = opened.pages[0]
        side = ROW["box"] / 25.4 * 72
        shapes = [*page.rects, *page.curves]
        boxes = [s for s in shapes if abs(s["width"] - side) < 1.5 and abs(s["height"] - side) < 1.5]
        assert len(boxes) >= sum(len(r.items) for r in kb.checklists["DM08"].rounds)
        assert all(box["stroke"] and not box["fill"] for box in boxes)


def test_the_same_record_gives_the_same_bytes_in_any_process(
    pdfs: dict[str, bytes], kb: KnowledgeBase, tmp_path: Path
) -> None:
    """With a picture of a page, which is set likewise: to begin a process takes longer than to set both."""
    data = {
        "sheet": sheet_data(kb, kb.checklists["DM10"], ADDRESS),
        "page": picture_data(kb, kb.pages["han-che/hc1.md"]),
    }
    code = """
import hashlib, json, sys
from papers.pdf.share import picture_png
from papers.pdf.sheets import sheet_pdf
given = json.load(sys.stdin)
print(*(hashlib.sha256(one).hexdigest() for one in (sheet_pdf(given["sheet"]), picture_png(given["page"]))))
"""
    here = [hashlib.sha256(one).hexdigest() for one in (pdfs["DM10"], picture_png(data["page"]))]
    assert told_elsewhere(code, data, tmp_path).split() == here
    # A clock that is read to the second might give both the same.
    assert not {"/CreationDate", "/ModDate"} & {*(pypdf.PdfReader(io.BytesIO(pdfs["DM10"])).metadata or {})}
    assert not re.search(rb"<xmp:(Create|Modify|Metadata)Date>", pdfs["DM10"])


def test_a_sheet_that_overflows_names_its_longest_item(project: Project) -> None:
    long = "Ghi thật đầy đủ từng việc của từng nơi trong phường, kể cả việc nhỏ, việc chung, việc riêng."
    text = re.sub(r"(?m)^        text: .*$", f"        text: {long}", project.read("checklists/dm10.yml"))
    project.write("checklists/dm10.yml", text)
    kb, issues = check_project(project.root)
    assert not [i for i in issues if i.level > 0]
    with pytest.raises(SheetOverflow) as caught:
        sheet_pdf(sheet_data(kb, kb.checklists["DM10"], ADDRESS))
    assert kb.items[f"DM10/{caught.value.item}"].item.text == long
    # Those that are known to fit are not set again.
    (line,) = [str(issue) for issue in sheet_issues(kb, project.root / ".cache" / "sheets-that-fit")]
    assert line.startswith("checklists/dm10.yml:") and "mm" in line and "→ rút ngắn" in line
    result = run_here("check", root=project.root)
    assert result.returncode == 1 and "[sheet-overflow]" in result.stdout
    assert "Traceback" not in result.stdout


def test_a_letter_that_the_font_lacks_is_a_fault_not_a_gap(project: Project) -> None:
    project.replace("checklists/dm10.yml", "text: Dành giờ riêng", "text: Dành ☑ giờ riêng")
    kb, _issues = check_project(project.root)
    with pytest.raises(MissingLetter):
        sheet_pdf(sheet_data(kb, kb.checklists["DM10"]))
    result = run_here("check", root=project.root)
    assert result.returncode == 1 and "☑" in result.stdout and "[missing-letter]" in result.stdout


def test_the_font_has_every_vietnamese_letter() -> None:
    vietnamese = "ăâđêôơưĂÂĐÊÔƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
    assert missing_letter(vietnamese) is None and len(font_letters()) > 300
    assert missing_letter({"a": ["được", "→"]}) is not None or ord("→") in font_letters()


def test_a_broken_template_is_no_overflow(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="No such file") as caught:
        compiled("no-such.typ", {})
    assert not isinstance(caught.value, SheetOverflow)


def test_a_sheet_that_fits_is_not_set_again_until_anything_of_it_changes(
    kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitting, set_now = tmp_path / "fit", []
    monkeypatch.setattr("papers.pdf.sheets.set_page", lambda page: set_now.append(page["id"]))
    assert list(sheet_issues(kb, fitting)) == [] and len(set_now) == len(SHEETS)
    assert list(sheet_issues(kb, fitting)) == [] and len(set_now) == len(SHEETS), "all are known"
    changed = kb.checklists["DM10"].model_copy(update={"goal": "Mục tiêu khác."})
    records = {**kb.records, "checklists": {**kb.checklists, "DM10": changed}}
    monkeypatch.setattr("papers.pdf.sheets.sheet_data", lambda kb, one, *_: {**sheet_data(kb, one), "goal": one.goal})
    other = tmp_path / "other"
    list(sheet_issues(kb, other))
    set_now.clear()
    list(sheet_issues(replace(kb, records=records), other))
    assert set_now == ["DM10"]
    monkeypatch.setattr("papers.pdf.sheets._look", lambda: "another template")
    set_now.clear()
    list(sheet_issues(kb, other))
    assert len(set_now) == len(SHEETS)


Function = tuple[str, str]
"""A function of ours that was called: its file, its name."""


def called(run: Callable[[], object]) -> set[Function]:
    """Return what of our two packages runs while something is done."""
    packages, found = tuple(str(ROOT / name) + os.sep for name in PACKAGES), set()

    def hear(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(packages):
            found.add((frame.f_code.co_filename, frame.f_code.co_qualname))

    before = sys.getprofile()
    sys.setprofile(hear)
    try:
        run()
    finally:
        sys.setprofile(before)
    return found


def test_what_decides_whether_a_sheet_fits_is_remembered_with_it(kb: KnowledgeBase) -> None:
    """All code that runs for a trial and not for the data that it is remembered under; found as it runs, not listed."""
    kind = next(iter(kb.resolution_kinds.values()))
    trials: list[tuple[DataAt, StampsOf, str]] = [
        (partial(sheet_data, kb, kb.checklists["DM10"]), sheet_stamps, "single_sheet.typ"),
        (partial(question_sheet_data, kb, kind), question_stamps, "question_sheet.typ"),
    ]
    for data_at, stamps_of, template in trials:
        # What is known already does not run.
        font_letters.cache_clear()
        qr_svg.cache_clear()
        remembered = called(partial(data_at, ""))
        # One address of usual length stands for every address: how it is made decides nothing.
        remembered |= called(partial(record_url, kb, data_at("")["id"], "directory"))
        set_one = partial(compiled, template)
        tried = called(partial(Fitting(None).tries, data_at, stamps_of, set_one, None)) - remembered
        files = {Path(file).relative_to(ROOT).as_posix() for file, _name in tried}
        assert {"papers/pdf/sheets.py", "papers/pdf/stamps.py", "knowledge/qr.py"} <= files, "what runs is heard"
        assert files <= {path.relative_to(ROOT).as_posix() for path in setting_files()}
        told, tried_with = data_at(""), data_at(LONG_ADDRESS)
        assert {key for key in told if told[key] != tried_with[key]} == {"address", "qr"}


@pytest.mark.parametrize("module", ["papers.pdf.sheets", "papers.pdf.questions"])
def test_every_paper_module_that_a_sheet_imports_is_remembered_with_it(module: str) -> None:
    imported = {path for name, path in own_modules(module).items() if name.split(".")[0] == "papers"}
    assert ROOT / "papers/pdf/stamps.py" in imported and imported <= {*setting_files()}


def test_a_change_of_what_sets_sheets_has_them_set_again(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in PACKAGES:
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    before = setting_digest(tmp_path)
    for path in setting_files(tmp_path):
        kept = path.read_bytes()
        path.write_bytes(kept + b"\n# changed\n")
        assert setting_digest(tmp_path) != before, path
        path.write_bytes(kept)
    assert setting_digest(tmp_path) == before
    # The same libraries, but for one.
    for name in installed():
        (tmp_path / "site-packages" / re.sub(r"^typst-.*(?=\.dist-info)", "typst-99.0", name)).mkdir(parents=True)
    monkeypatch.setattr("site.getsitepackages", lambda: [str(tmp_path / "site-packages")])
    assert setting_digest(tmp_path) != before, "another version of a library"


def test_every_library_behind_a_sheet_is_among_those_installed() -> None:
    modules = frozenset(own_modules("papers.pdf.questions").values())
    known = {re.sub(r"[-_.]+", "-", name.removesuffix(".dist-info")).lower() for name in installed()}
    behind = {name: version for name, version in libraries(modules).items() if name != "python"}
    assert {"typst", "fonttools", "segno"} <= behind.keys()
    assert {f"{name}-{version}".replace(".", "-") for name, version in behind.items()} <= known


def test_a_sheet_that_does_not_fit_is_told_every_time(
    kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(page: dict[str, Any]) -> bytes:
        if page["id"] == "DM10":
            raise SheetOverflow("DM10", kb.checklists["DM10"].rounds[0].items[0].id, 9)
        return b""

    monkeypatch.setattr("papers.pdf.sheets.set_page", too_long)
    for _ in range(2):
        (issue,) = sheet_issues(kb, tmp_path / "fit")
        assert issue.code == "sheet-overflow"


def test_stamps_set_together_need_the_places_that_they_need_apart(kb: KnowledgeBase) -> None:
    data_of = {one.id: partial(sheet_data, kb, one) for one in kb.checklists.values()}
    together = Fitting(None).places(data_of, sheet_stamps)
    assert together == {
        name: slots(set_stamps(sheet_stamps(data_at(LONG_ADDRESS)))) for name, data_at in data_of.items()
    }
    assert len({tuple(one) for one in together.values()}) > 1


def test_a_letter_missing_at_one_foot_is_told_of_that_sheet(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    def data(kb: KnowledgeBase, one: Checklist, address: str = "") -> dict[str, Any]:
        return {**sheet_data(kb, one, address), **({"basis": "Luật ☑"} if one.id == "DM10" else {})}

    monkeypatch.setattr("papers.pdf.sheets.sheet_data", data)
    monkeypatch.setattr("papers.pdf.sheets.set_page", lambda _page: b"")
    (issue,) = sheet_issues(kb)
    assert issue.code == "missing-letter" and issue.file == "checklists/dm10.yml"
