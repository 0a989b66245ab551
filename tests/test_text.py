"""Vietnamese text: slugs with đ, folding, escaping, counting."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import markdown
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser

from knowledge.text import (
    escape_markdown,
    fold,
    folded_space,
    nearest,
    sentences,
    slugify,
    vn_date,
    vn_date_in_full,
    words,
)

DATES = json.loads((Path(__file__).parent / "data" / "dates.json").read_text("utf-8"))
"""How a date is shown, the same in Python and in the browser."""


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Chuyên đề", "chuyen-de"),
        ("Đường lối", "duong-loi"),
        ("Hội đồng nhân dân (HĐND)", "hoi-dong-nhan-dan-hdnd"),
        (unicodedata.normalize("NFD", "Thẩm tra: ý kiến"), "tham-tra-y-kien"),
        ("  “Ví dụ” – 1/2  ", "vi-du-1-2"),
    ],
)
def test_slugs_keep_the_letter_d(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_folding_maps_every_vietnamese_letter_to_ascii() -> None:
    letters = "ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
    assert set(fold(letters + letters.upper())) <= set("aeiouyd")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=80))
@example("rõ: soát | a*b*c `d` [e](f) ![g](h) ~i~ ^j^ {#k} 1. l + m & <n> &amp; \\ _o_ =p=")
@example("<script>alert(1)</script>")
def test_escaped_text_is_shown_as_typed(text: str) -> None:
    shown = markdown(f"- x{escape_markdown(text)}x", extensions=["tables", "attr_list"])
    item = LexborHTMLParser(shown).css_first("li")
    assert item is not None and item.css_first("*:not(li)") is None
    assert item.text() == f"x{folded_space(text)}x"


def test_words_and_sentences() -> None:
    assert len(words("Ghi số: 183/TB-HĐND, ngày 31/10/2024.")) == 5
    assert sentences("Một câu. Hai câu? Số 1.000 vẫn một câu; đúng.") == [
        "Một câu.",
        "Hai câu?",
        "Số 1.000 vẫn một câu; đúng.",
    ]


def test_nearest_ignores_case_and_marks() -> None:
    assert nearest("hc1E", ["HC1e", "NN1"]) == "HC1e"
    assert nearest("thường-trực", ["thuong-truc", "thu-ky"]) == "thuong-truc"
    assert nearest("zzz", ["HC1"]) is None


@pytest.mark.parametrize("case", DATES, ids=[case["iso"] for case in DATES])
def test_a_date_is_written_as_the_decree_wants_it(case: dict[str, str]) -> None:
    day = date.fromisoformat(case["iso"])
    assert (vn_date(day), vn_date_in_full(day)) == (case["shown"], case["in_full"])


def test_the_browser_writes_every_date_the_same_way(modules: Page) -> None:
    cases = [case["iso"] for case in DATES]
    read = "async days => { const t = await import('/basics/times.js'); return days.map(t.vnDate); }"
    assert modules.evaluate(read, cases) == [case["shown"] for case in DATES]
    assert modules.evaluate(read, [""]) == [""]


def test_no_script_formats_a_date_by_itself(root: Path) -> None:
    """One form has one home: what else turns a day round is a second one."""
    turned = re.compile(r"\.reverse\(\)\.join|toLocaleDateString|toLocaleString|DateTimeFormat")
    scripts = [p for p in (root / "docs/assets/scripts").rglob("*.js") if p.parent.name != "vendor"]
    assert len(scripts) > 20
    assert [path.name for path in scripts if turned.search(path.read_text("utf-8"))] == []
