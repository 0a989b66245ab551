"""Which cases of a test `make test` runs and which it leaves to `make test-full`: a seeded sample, ``TEST_SEED`` takes another."""

from __future__ import annotations

import os
import zlib
from collections import defaultdict
from collections.abc import Iterable

import pytest

SAMPLED = {
    # One of each code is planted beside others each time; against mutants all of a code are planted alone.
    "test_planted_defect_is_caught": 1 if "MUTATED" in os.environ else 24,
    "test_what_is_renamed_is_found_under_its_new_name_and_all_links_follow": 8,
    "test_what_cannot_be_renamed_is_told_and_nothing_is_touched": 5,
    "test_each_place_forgotten_is_told": 6,
    "test_a_wrong_deadline_is_one_line": 3,
    "test_a_fault_in_an_edition_is_one_line_under_its_own_file": 5,
    "test_a_new_record_of_an_edition_is_its_own": 3,
    "test_what_goes_wrong_by_dropping_is_told_of_the_editions_own_file": 3,
}
"""Tests with very many cases: `make test` runs one in so many, `make test-full` all."""

PAPERS = frozenset({"test_paper_sheets", "test_sheet_geometry", "test_paper_word", "test_filled_forms"})
"""Files that look at each sheet or each form: `make test` takes one in six, the same ones in each test of a file."""
OF_PAPERS = 6
MANY = 12
"""So many cases of one test are each sheet or form; fewer were chosen."""

OF_CORNERS = 4
"""Of the tests marked as corners, one in so many is drawn."""

SEED = os.environ.get("TEST_SEED", "183")

SOME_OR_ALL = [pytest.param(1, marks=pytest.mark.full, id="all"), pytest.param(8, id="some")]
"""The parameter ``share`` of a test that goes through many cases in one: `make test` takes one in eight, `make test-full` all."""


def in_sample(case: str, share: int, seed: str) -> bool:
    """Return whether a case is one of those that `make test` runs: the same ones with the same seed."""
    return zlib.crc32(f"{seed} {case}".encode()) % share == 0


def some_of(cases: Iterable[str], share: int) -> list[str]:
    """Return one in so many of a list's cases, in the list's order; another seed takes others."""
    every = [*cases]
    drawn = sorted(every, key=lambda case: zlib.crc32(f"{SEED} {case}".encode()))[: -(-len(every) // share)]
    return [case for case in every if case in drawn]


def of_paper(item: pytest.Item) -> str:
    """Return the sheet or form that a test looks at, in the files that look at each of them; else ''."""
    values = getattr(getattr(item, "callspec", None), "params", {}) if item.path.stem in PAPERS else {}
    return str(values.get("sheet") or values.get("form") or "")


def leave_to_full(items: Iterable[pytest.Item]) -> None:
    """Mark what is not in the sample as ``full``; of each test that is no corner one case at least stays."""
    tests: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        tests[item.nodeid.partition("[")[0]].append(item)
    for cases in tests.values():
        papers = {item: of_paper(item) for item in cases} if len(cases) > MANY else {}
        share = SAMPLED.get(getattr(cases[0], "originalname", ""), 1)
        chosen = [
            item
            for item in cases
            if (in_sample(papers[item], OF_PAPERS, SEED) if papers.get(item) else in_sample(item.name, share, SEED))
        ]
        if cases[0].get_closest_marker("corner"):
            chosen = [item for item in chosen if in_sample(item.nodeid, OF_CORNERS, SEED)]
        else:
            # Of each test one case at least.
            chosen = chosen or cases[:1]
        for item in set(cases) - set(chosen):
            item.add_marker(pytest.mark.full)
