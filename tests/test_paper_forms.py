"""Templates that are tables: heading frozen, filter, choices for states, ready to print."""

from __future__ import annotations

import io
from datetime import date, timedelta

import openpyxl
import pytest

from knowledge.days_off import calendar
from knowledge.records.knowledge_base import KnowledgeBase
from papers.excel.forms import DAYS_OFF, FIRST_ROW, LAST_DAY_OFF, template_xlsx
from tests.conftest import Project


@pytest.mark.parametrize("form", ["BM07", "BM24"])
def test_a_table_is_ready_to_fill_in_filter_and_print(kb: KnowledgeBase, form: str) -> None:
    template = kb.documents[form]
    data = template_xlsx(kb, template)
    assert data == template_xlsx(kb, template), "same bytes"
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames[: len(template.sheets)] == [page.name for page in template.sheets]
    for sheet, page in zip(book.worksheets, template.sheets, strict=False):
        heads = [cell.value for cell in sheet[FIRST_ROW + 1]]
        assert heads == [column.title for column in page.columns]
        assert sheet["A1"].value == page.title
        assert sheet.freeze_panes == f"B{FIRST_ROW + 2}" and sheet.auto_filter.ref
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage  # one page wide
        assert sheet.print_title_rows == f"${FIRST_ROW + 1}:${FIRST_ROW + 1}"
        lists = {v.formula1.strip('"') for v in sheet.data_validations.dataValidation if v.type == "list"}
        assert lists == {",".join(c.choices) for c in page.columns if c.content == "choice"}
        for number, column in enumerate(page.columns, 1):
            # 05/3/2027, but 09/02/2027: the decree's zero before months 1 and 2 alone.
            cell = sheet.cell(FIRST_ROW + 2, number)
            assert (cell.number_format == "dd/m/yyyy") is (column.content == "date")
        rules = [rule for found in sheet.conditional_formatting for rule in found.rules]
        early = [rule for rule in rules if "MONTH(" in rule.formula[0]]
        assert len(rules) - len(early) == sum(bool(column.limit) for column in page.columns), "what is past is marked"
        assert len(early) == sum(column.content == "date" for column in page.columns)
        assert all(rule.dxf.numFmt.formatCode == "dd/mm/yyyy" and "MONTH(" in rule.formula[0] for rule in early)
        assert any(c.title == "Trạng thái" and c.choices for c in page.columns)


def test_the_assignment_table_asks_what_the_notice_missed(kb: KnowledgeBase) -> None:
    (page,) = kb.documents["BM07"].sheets
    titles = " | ".join(column.title for column in page.columns)
    for words in ("Nội dung", "Cơ quan trình", "Ban thẩm tra", "Hạn", "Số, ngày", "Trạng thái"):
        assert words in titles


def test_a_column_that_computes_its_days_names_a_limit(project: Project) -> None:
    project.replace("docs/bieu-mau/bm07.yml", "limit: han-ho-so-tham-tra", "limit: han-ho-so-tham-dinh")
    project.replace("docs/bieu-mau/bm07.yml", "limit: han-gui-tai-lieu", "limit: han-luu-ho-so")
    unknown, other = (str(issue) for issue in project.check() if issue.field.endswith(".limit"))
    assert "không có bản ghi “han-ho-so-tham-dinh” → có phải “han-" in unknown
    assert "“han-luu-ho-so” không phải hạn đếm lùi" in other


def test_every_day_off_stands_in_the_table_and_worked_ones_do_not(kb: KnowledgeBase) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(kb, kb.documents["BM07"])))
    listed = {row[0].value.date() for row in book[DAYS_OFF].iter_rows(min_row=2) if row[0].value}
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365 * 6 + 1)]
    assert listed == {day for day in days if not calendar().works(day)} and len(listed) < LAST_DAY_OFF - 100
