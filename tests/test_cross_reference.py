"""The cross-reference: whole, computed both ways, and its spreadsheets read back."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from selectolax.lexbor import LexborHTMLParser

from knowledge.checks.project import check_project
from knowledge.crossref import HEADINGS, grid, rows, solution_table, table
from knowledge.index import Index
from knowledge.law import manner
from knowledge.law_usage import law_usage, usage_table
from knowledge.links import declared_links
from knowledge.records.knowledge_base import KnowledgeBase, place_of
from papers.excel.tables import csv_text, xlsx_bytes
from tests.conftest import Project

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def index(kb: KnowledgeBase) -> Index:
    return Index(kb)


def test_every_pair_of_fault_and_item_is_one_row(index: Index, kb: KnowledgeBase) -> None:
    wanted = [(t, p.id) for p in kb.items.values() for t in p.item.prevents]
    found = [(row.part, f"{row.sheet}/{row.number}") for row in rows(index)]
    by_number = {p.id: f"{p.checklist.id}/{p.number}" for p in kb.items.values()}
    assert sorted(found) == sorted((part, by_number[item]) for part, item in wanted)
    assert {row.part for row in rows(index)} == set(kb.parts)


def test_no_cell_that_must_be_filled_is_empty(index: Index) -> None:
    may_be_empty = {"critical", "applied", "forms"}
    for row in rows(index):
        assert all(getattr(row, name) != "" for name in HEADINGS if name not in may_be_empty), row


def test_the_grid_has_a_row_a_part_and_a_column_a_sheet(index: Index, kb: KnowledgeBase) -> None:
    lines = grid(index)
    assert lines[0] == ["Ý", "Tên ý", *kb.checklists]
    assert [line[0] for line in lines[1:]] == list(kb.parts)
    filled = {
        (line[0], lines[0][column]): cell
        for line in lines[1:]
        for column, cell in enumerate(line)
        if column > 1 and cell
    }
    wanted: dict[tuple[str, str], list[int]] = {}
    for placed in kb.items.values():
        for part in placed.item.prevents:
            wanted.setdefault((part, placed.checklist.id), []).append(placed.number)
    assert filled == {key: ", ".join(map(str, numbers)) for key, numbers in wanted.items()}


def test_the_published_spreadsheet_reads_back(site: Path, index: Index) -> None:
    book = openpyxl.load_workbook(site / "tai-ve/doi-chieu.xlsx")
    assert book.sheetnames == ["Đối chiếu", "Lưới", "Giải pháp"]
    expected = [table(rows(index)), grid(index), solution_table(index)]
    for sheet, lines in zip(book.worksheets, expected, strict=True):
        read = [["" if v is None else v for v in row] for row in sheet.iter_rows(values_only=True)]
        assert read == [list(line) for line in lines], sheet.title
        assert len(read) > 5, "an empty table builds without complaint"
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref
        assert sheet.page_setup.orientation == "landscape" and sheet.print_title_rows == "$1:$1"


def test_the_published_csv_reads_back(site: Path, index: Index) -> None:
    raw = (site / "tai-ve/doi-chieu.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "office software needs the mark to see UTF-8"
    read = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert read == [[str(cell) for cell in line] for line in table(rows(index))]


def test_every_sentence_of_law_is_in_the_list(site: Path, kb: KnowledgeBase) -> None:
    raw = (site / "tai-ve/cau-luat.csv").read_text("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(raw)))
    shown = [rule_id for rule_id, (_i, rule, _p) in kb.rules.items() if manner(rule) != "hidden"]
    assert [line["Mã"] for line in read] == shown
    for line in read:
        plain = line["Mức kiểm chứng"] == "verified" and line["Hiệu lực"] == "current"
        assert (line["Nhãn"] == "") == plain, line["Mã"]
    cited = {rule for placed in kb.items.values() for rule in placed.item.rules}
    assert {line["Mã"] for line in read if line["Mục dùng"]} == cited


def test_text_stays_text_and_bytes_stay_the_same() -> None:
    lines = [["Mã", "Câu"], ["A", "=1+1"], ["B", "https://vi-du.vn"]]
    first = xlsx_bytes({"Trang": lines}, "Thử", date(2026, 11, 24))
    assert first == xlsx_bytes({"Trang": lines}, "Thử", date(2026, 11, 24))
    sheet = openpyxl.load_workbook(io.BytesIO(first))["Trang"]
    assert sheet["B2"].value == "=1+1" and sheet["B2"].data_type == "s"
    assert sheet["B3"].hyperlink is None
    assert csv_text([["a,b", 'c"d'], ["e\nf", " =g"]]) == '\ufeff"a,b","c""d"\r\n"e\nf", =g\r\n'


FORMULAS = [
    "=1+1",
    "+84 912",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\r=1",
    "|calc",
    "{=1}",
    "=cmd|'/c calc'!A1",
    "＝1",
    "",
    "007",
    "1e9",
    "1/2",
]


def test_what_people_open_has_neither_formulas_nor_links_whatever_a_record_says() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx_bytes({"Trang": [["Câu"], *([one] for one in FORMULAS)]}, "=A1", DAY))
    )
    cells = [row[0] for row in book["Trang"].iter_rows(min_row=2)]
    # A carriage return is written as office programs write it; this reader leaves it so.
    assert [cell.value or "" for cell in cells] == [one.replace("\r", "_x000D_") for one in FORMULAS]
    assert {cell.data_type for cell in cells if cell.value} == {"s"} and not any(cell.hyperlink for cell in cells)


def test_the_published_list_of_law_is_a_spreadsheet_and_a_csv_of_the_same(site: Path, kb: KnowledgeBase) -> None:
    lines = usage_table(kb)
    raw = (site / "tai-ve/cau-luat.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and b"sep=" not in raw[:20]
    assert raw.count(b"\r\n") == raw.count(b"\n") == len(lines), "no line ends within a value"
    assert list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))) == lines
    sheet = openpyxl.load_workbook(site / "tai-ve/cau-luat.xlsx")["Câu luật"]
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == lines


def test_the_list_of_law_names_each_place_that_rests_on_a_sentence(kb: KnowledgeBase) -> None:
    """The fault that was: sentences under deadlines, kinds of resolution, signs stood there as used nowhere."""
    used = {one.id: one for one in law_usage(kb)}
    named: dict[str, set[str]] = {rule: set() for rule in kb.rules}
    for link in declared_links(kb):
        if link.target in kb.rules:
            inside = place_of(kb, link.owner)
            named[link.target].add(link.owner if link.owner in kb.items else inside[0] if inside else "nowhere")
    for page in kb.pages.values():
        for rule in re.findall(r'\{\{ rule\("([^"]+)"\) \}\}', page.body) if page.macros else ():
            named[rule].add(page.uri)
    for rule, places in named.items():
        assert {*used[rule].items, *used[rule].pages} == places - {kb.page_of[kb.rules[rule][0].id]}, rule
    assert sum(len(places) for places in named.values()) > 1500


def test_a_term_that_names_a_rule_stands_on_the_page_of_terms(project: Project) -> None:
    """Not on the page of the role that has the same name."""
    rule = "dai-bieu.sang-kien"
    project.replace("docs/tra-cuu/thuat-ngu.md", "see_also: [tham-tra, kt-ns, vh-xh]", f"see_also: [tham-tra, {rule}]")
    (used,) = [one for one in law_usage(check_project(project.root)[0]) if one.id == rule]
    assert (used.items, used.pages) == ([], ["tra-cuu/thuat-ngu.md"])


def test_wherever_a_csv_is_offered_the_spreadsheet_stands_before_it(site: Path) -> None:
    """People are offered what opens rightly by a double click; the CSV says that it is for programs."""
    met = 0
    for file in sorted(site.rglob("*.html")):
        links = LexborHTMLParser(file.read_text("utf-8")).css("article a[href]")
        hrefs = [link.attributes["href"] or "" for link in links]
        for place, link in enumerate(links):
            if hrefs[place].endswith(".csv"):
                met += 1
                assert hrefs[place].removesuffix("csv") + "xlsx" in hrefs[:place], file
                assert "cho máy đọc" in link.text(), file
    assert met >= 4


def test_the_page_shows_each_fault_and_each_solution(site: Path, kb: KnowledgeBase) -> None:
    tree = LexborHTMLParser((site / "tra-cuu/doi-chieu/index.html").read_text("utf-8"))
    text = tree.css_first("article").text()  # type: ignore[union-attr]
    for part_id, placed in kb.parts.items():
        assert part_id in text and placed.part.title in text
    for lesson_id in (*kb.solutions, *kb.strengths):
        assert lesson_id in text
    links = {a.attributes.get("href") for a in tree.css(".hd-cross a")}
    for placed in kb.items.values():
        if placed.item.prevents:
            wanted = f"../../danh-muc/{placed.checklist.id.lower()}/#{placed.item.id}"
            assert wanted in links
