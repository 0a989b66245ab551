"""Built pages hold nothing inline and are HTML as the standard reads it; each fault is caught when planted."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.records.knowledge_base import KnowledgeBase
from scripts.lint_pages import html_faults, inline_faults, one_of_each_kind, page_faults

PAGE = '<!doctype html><html lang="vi"><head><title>T</title></head><body><p>Chữ</p></body></html>'


def test_the_built_pages_have_no_fault(site: Path, kb: KnowledgeBase) -> None:
    pages = one_of_each_kind(kb)
    assert len(pages) > 40 and [name for name in pages if not (site / name).is_file()] == []
    assert [str(fault) for fault in page_faults(site, pages)] == []


@pytest.mark.parametrize(
    ("planted", "code"),
    [
        ('<p style="color: red">', "inline-style"),
        ("<style>p {}</style><p>", "inline-style"),
        ('<p onclick="x()">', "inline-handler"),
        ('<p onMouseOver="x()">', "inline-handler"),
        ('<a href="javascript:x()">x</a><p>', "inline-handler"),
        ('<a href=" JavaScript:x()">x</a><p>', "inline-handler"),
    ],
)
def test_what_a_strict_policy_refuses_is_caught(planted: str, code: str) -> None:
    assert list(inline_faults("x.html", PAGE)) == []
    assert {fault.code for fault in inline_faults("x.html", PAGE.replace("<p>", planted))} == {code}


@pytest.mark.parametrize(
    "planted",
    [
        "<p></p></p>",
        "<div><p>x</div></p>",
        "<b><i>x</b></i>",
    ],
)
def test_wrong_html_is_caught_with_its_place(planted: str) -> None:
    assert list(html_faults("x.html", PAGE)) == []
    (first, *_rest) = html_faults("x.html", PAGE.replace("<p>Chữ</p>", planted))
    assert first.code == "html" and first.line == 1
