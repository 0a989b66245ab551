"""What ``make mutate`` puts into the code by hand still fits the code."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import yaml

MUTANTS = yaml.safe_load((Path(__file__).parent / "data" / "mutants.yml").read_text("utf-8"))


@pytest.mark.parametrize("mutant", MUTANTS, ids=[f"{i}-{one['file']}" for i, one in enumerate(MUTANTS)])
def test_each_mutant_applies_exactly_once_and_can_still_be_run(root: Path, mutant: dict[str, str]) -> None:
    assert {"file", "old", "new", "reason"} <= set(mutant) <= {"file", "old", "new", "reason", "tests"}
    text = (root / mutant["file"]).read_text("utf-8")
    assert text.count(mutant["old"]) == 1, mutant["old"]
    changed = text.replace(mutant["old"], mutant["new"])
    assert changed != text
    if mutant["file"].endswith(".py"):
        ast.parse(changed)
    assert [test for test in mutant.get("tests", ()) if not (root / test).is_file()] == []


def test_there_are_enough_of_them() -> None:
    assert len(MUTANTS) >= 30
    assert len({(one["file"], one["old"], one["new"]) for one in MUTANTS}) == len(MUTANTS)
