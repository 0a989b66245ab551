"""What `make test` leaves to `make test-full`: a seeded sample of the many cases, each of which another seed takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.conftest import ROOT
from tests.order import in_order
from tests.sample import SAMPLED, in_sample, of_paper, some_of

CASES = [f"test_planted_defect_is_caught[code-{number}]" for number in range(300)]


def test_a_sample_is_the_same_each_time_and_about_its_share() -> None:
    share = SAMPLED["test_planted_defect_is_caught"]
    chosen = [case for case in CASES if in_sample(case, share, "183")]
    assert chosen == [case for case in CASES if in_sample(case, share, "183")]
    assert 300 / share * 0.7 < len(chosen) < 300 / share * 1.3


def test_other_seeds_take_the_other_cases() -> None:
    share = max(SAMPLED.values())
    assert all(any(in_sample(case, share, str(seed)) for seed in range(400)) for case in CASES)


def test_some_of_many_are_never_none_and_stand_in_their_order() -> None:
    assert len(some_of(CASES, 4)) == 75 and some_of(CASES, 4) == sorted(some_of(CASES, 4), key=CASES.index)
    assert some_of(CASES, 1) == CASES and len(some_of(CASES[:2], 3)) == 1


def item(file: str, *fixtures: str, marks: tuple[str, ...] = (), **parameters: str) -> Any:
    return SimpleNamespace(
        nodeid=f"tests/{file}.py::test", fixturenames=fixtures, path=SimpleNamespace(stem=file),
        callspec=SimpleNamespace(params=parameters), get_closest_marker=lambda name: name in marks,
    )  # fmt: skip


def test_what_needs_no_site_comes_first_and_long_files_before_short_ones() -> None:
    items = [
        item("quick"), item("site", "site", "browser"), item("slow", "project"), item("slow"), item("late", "site"),
        item("left", "site", marks=("full",)), item("quick"),
    ]  # fmt: skip
    files = [one.path.stem for one in in_order(items)]
    assert files == ["slow", "slow", "quick", "quick", "left", "site", "late"]


def test_a_paper_is_sampled_by_its_sheet_or_form() -> None:
    assert of_paper(item("test_paper_sheets", sheet="DM07")) == "DM07"
    assert of_paper(item("test_paper_word", form="BM01")) == "BM01"
    assert of_paper(item("test_index", form="BM01")) == ""


def test_a_test_over_an_empty_list_is_a_fault(tmp_path: Path) -> None:
    """A list that lost its cases would be a test that is skipped: nothing to see."""
    file = tmp_path / "test_of_nothing.py"
    file.write_text(
        "import pytest\n\n\n@pytest.mark.parametrize('one', [])\ndef test_it(one):\n    assert one\n", "utf-8"
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-c",
        ROOT / "pyproject.toml",
        "--rootdir",
        tmp_path,
    ]
    done = subprocess.run([*command, file], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode != 0 and "Empty parameter set" in done.stdout
