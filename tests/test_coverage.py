"""A sentence of a source is quoted only by quotations of that source, at its place, letter by letter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.coverage import places_of, quotes, unquoted_sentences
from knowledge.records.knowledge_base import KnowledgeBase, Origin, PlacedPart
from knowledge.records.model import Edition, Finding, Source
from knowledge.records.yaml_lines import Parsed

Quoted = tuple[str, str, str]
"""Source, locator, words."""


def source(source_id: str, paragraphs: dict[str, str], frames: tuple[str, ...] = ()) -> Source:
    return Source.model_validate(
        {
            "id": source_id, "title": source_id, "number": "1", "date": date(2024, 10, 31), "issuer": "HĐND",
            "kind": "thong-bao", "label": source_id, "level": "xã", "coverage": "full", "theme": "Chủ đề", "lessons_in": ["2", "fn1"],
            "paragraphs": [{"locator": at, "text": text, "frame": at in frames} for at, text in paragraphs.items()],
        }
    )  # fmt: skip


def base(sources: list[Source], quoted: list[Quoted], in_part: list[Quoted] | None = None) -> KnowledgeBase:
    """Return a knowledge base with one finding, which makes the quotations."""

    def as_data(given: list[Quoted]) -> list[dict[str, str]]:
        return [{"source": source_id, "locator": locator, "text": text} for source_id, locator, text in given]

    unused = [("TB9", "1", "Không dùng.")]
    finding = Finding.model_validate(
        {
            "id": "HC1", "title": "Lỗi", "summary": "Lỗi.", "severity": "cao", "causes": ["NN1"],
            "solutions": ["GP1"], "stages": ["B1"], "quotes": as_data(quoted or unused),
            "parts": [{"id": "HC1a", "title": "Ý", "signs": ["Dấu hiệu."], "quotes": as_data(in_part or unused)}],
        }
    )  # fmt: skip
    edition = Edition.model_validate({"name": "Thử", "date": date(2026, 11, 24), "compiled_by": "Ai đó"})
    kb = KnowledgeBase(Path("."), edition)
    kb.records["sources"] = {one.id: one for one in sources}
    kb.records["findings"] = {"HC1": finding}
    kb.origins = {one: Origin(f"{one.lower()}.md", Parsed()) for one in ("HC1", *kb.sources)}
    kb.parts["HC1a"] = PlacedPart(finding, finding.parts[0], ("parts", 0))
    return kb


TWO = "Việc thứ nhất chưa làm. Việc thứ hai chưa xong."
FIRST, SECOND = "Việc thứ nhất chưa làm.", "Việc thứ hai chưa xong."


def told(paragraphs: dict[str, str], quoted: list[Quoted], **more: object) -> list[tuple[str, str, bool]]:
    one = source("TB1", paragraphs, **more)  # type: ignore[arg-type]
    found = unquoted_sentences(base([one, source("TB2", paragraphs)], quoted), one)
    return [(paragraph.locator, sentence, is_quoted) for paragraph, sentence, is_quoted in found]


@pytest.mark.parametrize(
    ("quoted", "first", "second"),
    [
        ([], False, False),
        ([("TB1", "2.1", TWO)], True, True),
        ([("TB1", "2.1", FIRST)], True, False),
        ([("TB1", "2.1", SECOND)], False, True),
        # The same words at the same place of another source are another matter.
        ([("TB2", "2.1", TWO)], False, False),
        ([("TB2", "2.1", FIRST), ("TB1", "2.1", SECOND)], False, True),
        # So are the same words at another place.
        ([("TB1", "2.2", TWO)], False, False),
        # The point is no letter; one letter that is left out counts.
        ([("TB1", "2.1", "Việc thứ nhất chưa làm")], True, False),
        ([("TB1", "2.1", "Việc thứ nhất chưa là")], False, False),
        ([("TB1", "2.1", "iệc thứ nhất chưa làm.")], False, False),
        # Two quotations that meet, or overlap, cover a sentence together.
        ([("TB1", "2.1", "Việc thứ nhất"), ("TB1", "2.1", "chưa làm.")], True, False),
        ([("TB1", "2.1", "Việc thứ nhất chưa"), ("TB1", "2.1", "nhất chưa làm. Việc thứ hai chưa xong")], True, True),
        ([("TB1", "2.1", "Việc thứ nhất  chưa\tlàm.")], True, False),
        # What is not said there covers nothing.
        ([("TB1", "2.1", "Việc thứ ba."), ("TB1", "9.9", TWO)], False, False),
    ],
)
def test_a_sentence_is_quoted_when_all_its_letters_are(quoted: list[Quoted], first: bool, second: bool) -> None:
    assert told({"2.1": TWO}, quoted) == [("2.1", FIRST, first), ("2.1", SECOND, second)]


def test_words_that_stand_twice_are_quoted_twice() -> None:
    text = "Chưa làm. Việc sau. Chưa làm."
    assert told({"2.1": text}, [("TB1", "2.1", "Chưa làm.")]) == [
        ("2.1", "Chưa làm.", True),
        ("2.1", "Việc sau.", False),
        ("2.1", "Chưa làm.", True),
    ]


def test_frames_and_sections_without_lessons_need_no_quotation() -> None:
    paragraphs = {"1": "Mở đầu.", "2.1": "Dẫn vào.", "2.2": "Bài học.", "fn1.a": "Chú thích.", "fn2": "Chú thích khác."}
    assert told(paragraphs, [("TB1", "fn1.a", "Chú thích.")], frames=("2.1",)) == [
        ("2.2", "Bài học.", False),
        ("fn1.a", "Chú thích.", True),
    ]


def test_a_part_quotes_as_well_as_its_finding() -> None:
    one = source("TB1", {"2.1": TWO})
    kb = base([one], [("TB1", "2.1", FIRST)], [("TB1", "2.1", SECOND)])
    assert [(q.owner, q.path, q.quote.text) for q in quotes(kb)] == [
        ("HC1", ("quotes", 0), FIRST),
        ("HC1a", ("parts", 0, "quotes", 0), SECOND),
    ]
    assert all(is_quoted for _paragraph, _sentence, is_quoted in unquoted_sentences(kb, one))


def test_a_place_holds_the_words_whatever_the_blanks_between_them() -> None:
    one = source("TB1", {"2.1": TWO, "2.2": FIRST, "2.3": "Việc khác."})
    assert places_of(one, "thứ  nhất\tchưa") == ["2.1", "2.2"]
    assert places_of(one, "thứ tư") == []


def test_a_sentence_that_stands_twice_is_looked_for_after_the_first() -> None:
    long, short = "Một câu dài hơn hẳn hai câu sau.", "Câu ngắn."
    one = source("TB1", {"2.1": f"{long} {short} {short}"})
    quoted = base([one], [("TB1", "2.1", f"{long} {short}")])
    assert [is_quoted for _p, _s, is_quoted in unquoted_sentences(quoted, one)] == [True, True, False]
