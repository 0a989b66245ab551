"""Numbers of articles, clauses, points and appendices, and grounds, written out by hand."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.document_text import Item, fields_of, ground_text, numbered_blocks, rows_of, unfilled_rows
from knowledge.form_fields import FIELDS, field_of_each
from knowledge.records.documents import Document, Ground, Table
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Edition, Instrument

LETTERED = ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v",
            "x", "y"]  # fmt: skip
"""Points as officials letter them: đ after d; no f, j, w, z."""


def numbers(*kinds: str) -> list[str]:
    named = {"article": "title", "appendix": "title", "bullets": "items"}

    def block(kind: str) -> dict[str, Any]:
        field = named.get(kind, "text")
        return {"kind": kind, field: ["«việc»"] if field == "items" else "«việc»"}

    document = Document.model_validate({"form": "named", "name": "BÁO CÁO", "blocks": [block(k) for k in kinds]})
    return [number.strip() for _block, number in numbered_blocks(document)]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ("article article", ["Điều 1.", "Điều 2."]),
        # Clauses begin anew in each article, points in each clause.
        ("article clause clause article clause", ["Điều 1.", "1.", "2.", "Điều 2.", "1."]),
        ("clause point point clause point", ["1.", "a)", "b)", "2.", "a)"]),
        ("article point article point", ["Điều 1.", "a)", "Điều 2.", "a)"]),
        # A heading begins clauses anew, but articles run on.
        ("heading clause heading clause point heading point", ["", "1.", "", "1.", "a)", "", "a)"]),
        ("article heading article", ["Điều 1.", "", "Điều 2."]),
        ("paragraph clause bullets clause", ["", "1.", "", "2."]),
        ("appendix clause point", ["Phụ lục", "1.", "a)"]),
        (
            "clause point appendix clause point appendix point clause",
            ["1.", "a)", "Phụ lục I", "1.", "a)", "Phụ lục II", "a)", "1."],
        ),
        ("appendix appendix appendix appendix", ["Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"]),
    ],
)
def test_blocks_are_numbered_within_what_they_belong_to(kinds: str, expected: list[str]) -> None:
    assert numbers(*kinds.split()) == expected


def test_points_are_lettered_as_officials_do() -> None:
    assert numbers("clause", *["point"] * 23) == ["1.", *(f"{letter})" for letter in LETTERED)]


def test_rows_of_a_matter_stand_as_often_as_the_unfilled_file_has_them() -> None:
    table = Table.model_validate({
        "kind": "table", "columns": ["a", "b"],
        "rows": [
            ["đầu", "x"],
            {"each": "noi-dung", "rows": [["{nd.so}", "{nd.ten}"], ["", "{nd.ten}"]], "copies": 2},
            {"each": "tai-lieu", "rows": [["{nd.so}", "{nd.ten}"]], "start": 3, "reported": [["{nd.so}", "chỉ báo cáo"]]},
        ],
    })  # fmt: skip
    first, second = Item("noi-dung", 1), Item("noi-dung", 2)
    reported, last = Item("tai-lieu", 3, reported=True), Item("tai-lieu", 4)
    assert [item for item, _cells in rows_of(table)] == [None, first, first, second, second, reported, last]
    matter, paper = (field_of_each(each, "ten").blank for each in ("noi-dung", "tai-lieu"))
    assert matter != paper
    assert unfilled_rows(table) == [
        ["đầu", "x"], ["1", matter], ["", matter], ["2", matter], ["", matter], ["3", "chỉ báo cáo"], ["4", paper],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Luật Tổ chức chính quyền địa phương",
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 06 tháng 02 năm 2025;",
        ),
        ("Luật Ngân sách nhà nước năm 2025", "Căn cứ Luật Ngân sách nhà nước ngày 06 tháng 02 năm 2025;"),
        ("Luật Ngân sách năm 2015", "Căn cứ Luật Ngân sách năm 2015 ngày 06 tháng 02 năm 2025;"),
    ],
)
def test_a_law_stands_by_name_and_day_and_says_its_year_once(title: str, text: str) -> None:
    law = {"id": "luat", "title": title, "number": "1", "short": "Luật", "state": "in-force", "state_status": "verified",
           "issued": date(2025, 2, 6)}  # fmt: skip
    edition = Edition.model_validate({"name": "Thử", "date": date(2026, 11, 24), "compiled_by": "Ai đó"})
    kb = KnowledgeBase(Path("."), edition)
    kb.records["instruments"] = {"luat": Instrument.model_validate(law)}
    assert ground_text(kb, Ground(instrument="luat")) == text
    assert ground_text(kb, Ground(text="Xét Tờ trình số «số tờ trình».")) == "Xét Tờ trình số «số tờ trình»."


def test_fields_of_the_sitting_are_told_in_their_order(kb: KnowledgeBase) -> None:
    """Each name in braces that stands in a form, and where letters are dated, the place."""
    told = {one: fields_of(template) for one, template in kb.documents.items() if template.documents}
    assert len(told) > 40
    for one, names in told.items():
        written = set(re.findall(r"\{([a-z-]+)\}", kb.documents[one].model_dump_json()))
        assert set(names) - {"dia-danh"} == written & set(FIELDS) - {"dia-danh"}, one
        assert names == [name for name in FIELDS if name in names], one
    assert "dia-danh" in told["BM09"]
