"""What people met, as public pages tell it: asked in the search as they type it, and what of ours would have caught it.

By fact, not by wording: pages, items and the parts they prevent, fields of forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from knowledge.form_fields import pieces
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import fold
from tests.browsing import DESKTOP
from tests.test_search import ask, open_search

FILE = Path(__file__).parent / "data" / "public_cases.yml"
CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text("utf-8"))
ALL = [case for cases in CASES.values() for case in cases]
VERDICTS = {"pass", "partly", "fail"}
every_case = pytest.mark.parametrize("case", ALL, ids=[case["query"] for case in ALL])


@pytest.fixture(scope="module")
def box(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    open_search(page, f"{address}/")
    yield page
    context.close()


def test_twelve_cases_one_to_a_kind() -> None:
    kinds = [case["kind"] for case in CASES["twelve"]]
    assert len(kinds) == len(set(kinds)) == 12
    assert len({case["address"] for case in ALL}) == len({case["query"] for case in ALL}) == len(ALL)


@every_case
def test_a_case_says_where_it_was_met(case: dict[str, Any]) -> None:
    assert re.fullmatch(r"https?://\S+", case["address"])
    told = str(case["date"])
    assert re.fullmatch(r"(\d{4}-\d{2}(-\d{2})?)?", told) and told <= date.today().isoformat()
    assert case["fact"].isascii(), "in our own words, no name"
    # As typed on a telephone: no marks, no capital, few words.
    assert case["query"] == fold(case["query"]) and len(case["query"].split()) <= 14
    assert case["met"]["verdict"] in VERDICTS and len(case["met"]["first"]) == 3
    assert case["shown"]


@every_case
def test_what_answers_is_among_the_first_three(case: dict[str, Any], box: Page) -> None:
    results = [(one["page"], one["best"]) for one in ask(box, case["query"])[:3]]
    found = {page for page, _ in results} | {f"{page}#{best}" for page, best in results}
    assert found.intersection(case["shown"]), f"{case['query']} → {results}"


def test_what_answers_is_there(site: Path) -> None:
    """Each page and part, not only the one that stands in the first three."""
    for shown in {shown for case in ALL for shown in case["shown"]}:
        page, _, part = shown.partition("#")
        built = LexborHTMLParser((site / page / "index.html").read_text("utf-8"))
        assert not part or built.css_matches(f"[id='{part}']"), shown


@every_case
def test_what_would_have_caught_it_still_does(case: dict[str, Any], kb: KnowledgeBase) -> None:
    prevents = {
        f"{sheet_id}/{item.id}": set(item.prevents)
        for sheet_id, sheet in kb.checklists.items()
        for group in sheet.rounds
        for item in group.items
    } | {
        f"{kind_id}/{question.id}": set(question.prevents)
        for kind_id, kind in kb.resolution_kinds.items()
        for question in kind.questions
    }
    for item, parts in case["caught"].items():
        assert item in prevents, item
        assert set(parts) <= prevents[item], item


@every_case
def test_forms_have_a_place_for_the_fact(case: dict[str, Any], kb: KnowledgeBase) -> None:
    for form, words in case["served"].items():
        assert holds(places(kb.documents[form].model_dump()), words), f"{form}: {words}"


def test_words_of_two_places_are_no_place() -> None:
    assert holds(["Ngày, số văn bản trả lời"], ["trả lời", "ngày"])
    assert not holds(["Ngày nhận", "Số văn bản trả lời"], ["trả lời", "ngày"])
    assert not holds(["Hạnh kiểm"], ["hạn"]), "whole words"


def holds(labels: Iterable[str], words: list[str]) -> bool:
    """One label with all these words."""
    return any(all(re.search(rf"\b{re.escape(word.lower())}\b", label.lower()) for word in words) for label in labels)


def places(part: Any) -> Iterator[str]:
    """What a form leaves to be written: its named blanks, the columns of its tables."""
    if isinstance(part, str):
        yield from (piece.text for piece in pieces(part) if piece.kind == "blank")
    elif isinstance(part, list):
        for one in part:
            yield from places(one)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "columns":
                yield from (column if isinstance(column, str) else column["title"] for column in value)
            yield from places(value)
