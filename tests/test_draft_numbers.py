"""Numbers that a draft writes out in words, read by the browser's module; the words are made here by another way round."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import Page

from tests.sample import SEED

DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
GROUPS = ["", "nghìn", "triệu", "tỷ"]
READ = """async (all) => {
  const { numberInWords } = await import('/draft/number-words.js');
  return all.map((words) => numberInWords(words));
}"""


def below_thousand(number: int, full: bool) -> list[str]:
    """Return the words of a number below a thousand; ``full``: with its hundred, though that is none."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0 and ones and words:
        words.append("linh")
    elif tens == 1:
        words.append("mười")
    elif tens:
        words += [DIGITS[tens], "mươi"]
    if ones:
        words.append("mốt" if ones == 1 and tens > 1 else "lăm" if ones == 5 and tens else DIGITS[ones])
    return words


def in_words(number: int) -> str:
    """Return the words of a number below a million million."""
    if not number:
        return "không"
    groups = [number // 1000**at % 1000 for at in range(4)]
    words: list[str] = []
    for at in range(3, -1, -1):
        if groups[at]:
            words += [*below_thousand(groups[at], bool(words)), GROUPS[at]]
    return " ".join(word for word in words if word)


def test_every_number_is_read_back(modules: Page) -> None:
    draw = random.Random(SEED)
    numbers = [*range(0, 220), 1005, 10_000, 105_000_000, 12_050_000_000, *(draw.randrange(10**12) for _ in range(400))]
    read = modules.evaluate(READ, [in_words(number) for number in numbers])
    assert {n: r for n, r in zip(numbers, read, strict=True) if n != r} == {}


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("mười hai tỷ, năm trăm triệu", 12_500_000_000),
        ("một nghìn lẻ năm", 1005),
        ("hai mươi tư", 24),
        ("ba mươi nhăm", 35),
        ("hai chục", 20),
        ("một trăm hai mươi ngàn", 120_000),
    ],
)
def test_other_ways_to_say_it(modules: Page, words: str, number: int) -> None:
    assert modules.evaluate(READ, [words]) == [number]


@pytest.mark.parametrize("words", ["", "theo danh sách kèm theo", "tám tỷ rưỡi", "cũ", "nếu có", "một " * 60])
def test_what_is_no_number_is_none(modules: Page, words: str) -> None:
    assert modules.evaluate(READ, [words]) == [None]
