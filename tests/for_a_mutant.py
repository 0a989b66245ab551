"""A plugin for pytest: which tests ``make mutate`` runs against a changed file, named in ``MUTATED``, and in what order.

Left out is what needs a browser or a built site, or renders every page. Of the planted defects those are taken whose
code stands in the changed file or, where it has none, in one of those that import it, told in ``MUTATED`` after it:
each alone. One of each code beside others, as every run has it, would take longer and ask less of what is changed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

SLOW = {"site", "sites", "address", "browser", "context", "modules", "buildable"}
SLOW_TESTS = (
    "test_every_page_ends_with_links", "test_the_engine_publishes", "test_no_deadline_is_shown_without",
    "test_same_records_same_bytes", "test_one_defect_of_each_code_is_caught",
)  # fmt: skip
MOST = 40
"""Planted defects for a file that reports none itself; evenly spread."""

# A busy computer is no fault of the code; and the same texts are tried for every mutant.
settings.register_profile("mutants", deadline=None, derandomize=True)
settings.load_profile("mutants")


def code_of(item: pytest.Item) -> str:
    """Return the code of the issue that a planted defect must provoke; '' for other tests."""
    if isinstance(item, pytest.Function) and item.name.startswith("test_planted_defect_"):
        return str(item.callspec.params["code"])
    return ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mutated = [one for one in os.environ["MUTATED"].split(os.pathsep) if one]
    said = "".join(Path(file).read_text("utf-8") for file in mutated)
    fit = [one for one in items if not SLOW & set(getattr(one, "fixturenames", ()))]
    fit = [one for one in fit if not one.name.startswith(SLOW_TESTS)]
    planted = [one for one in fit if code_of(one) and f'"{code_of(one)}"' in said]
    if len(mutated) > 1:
        planted = planted[:: len(planted) // MOST + 1]
    rest = [one for one in fit if not code_of(one)]
    items[:] = [*planted, *rest] if mutated[:1] and "/checks/" in mutated[0] else [*rest, *planted]
