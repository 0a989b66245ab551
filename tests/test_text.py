"""Vietnamese text: slugs with đ, folding, escaping, counting."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import markdown
from selectolax.lexbor import LexborHTMLParser

from macros.text import escape_markdown, fold, folded_space, nearest, sentences, slugify, words


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
