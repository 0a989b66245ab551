"""The benchmark's table: aims are told as they are, both forms say the same, the README quotes the run that is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.bench.report import MEASURED, main
from scripts.bench.table import BEGINS, ENDS, Figure, as_json, as_markdown, as_section, from_json, write, written_into

ABOUT = {"day": "2026-11-29", "command": "make bench", "minutes": "3", "machine": "2 virtual cores", "load": "0.1"}
ROWS = [
    Figure("build", "mkdocs build", 13.0, "s", 10.0, "plain", 1.3, aim_of_ratio=True),
    Figure("build", "slow", 13.1, "s", 10.0, "plain", 1.3, aim_of_ratio=True),
    Figure("visits", "first visit", 120.04, "kB", 240.0, "stock", 120.0),
    Figure("visits", "too heavy", 120.06, "kB", aim=120.0),
    Figure("papers", "faster", 6.0, "x", aim=5.0, at_least=True),
    Figure("check", "no aim", 1234.0, "ms"),
]


def test_an_aim_is_of_the_figure_or_of_the_ratio_and_missed_is_said() -> None:
    assert [one.met for one in ROWS] == [True, False, True, False, True, None]
    table = as_markdown(ROWS).splitlines()
    assert table[2] == "| build | mkdocs build | 13.00 s | plain 10.00 s: 1.30x | at most 1.30x: met |"
    assert table[3].endswith("| at most 1.30x: **missed** |")
    assert table[5] == "| visits | too heavy | 120.1 kB |  | at most 120.0 kB: **missed** |"
    assert table[6].endswith("| at least 5.00x: met |") and table[7].endswith("| 1,234 ms |  |  |")
    assert len({line.count("|") for line in table}) == 1


def test_both_forms_say_the_same(tmp_path: Path) -> None:
    page, data = write(tmp_path / "dist", ROWS, ABOUT)
    figures, about = from_json(data.read_text("utf-8"))
    assert (figures, about) == (ROWS, ABOUT)
    assert page.read_text("utf-8") == as_section(ROWS, ABOUT)
    assert [row["met"] for row in json.loads(as_json(ROWS, ABOUT))["figures"]] == [one.met for one in ROWS]


@pytest.mark.parametrize(
    ("unit", "options"), [("hours", {}), ("s", {"aim_of_ratio": True, "aim": 1.0}), ("", {"beside": 1.0})]
)
def test_a_figure_that_cannot_be_told_is_refused(unit: str, options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="what"):
        Figure("build", "what", 1.0, unit, **options)  # type: ignore[arg-type]


def test_the_table_replaces_the_one_before_and_nothing_else() -> None:
    page = f"before\n{BEGINS}\nold \\1\n{ENDS}\nafter\n"
    new = written_into(page, "a \\g<0> b\n")
    assert new == f"before\n{BEGINS}\na \\g<0> b\n{ENDS}\nafter\n"
    with pytest.raises(ValueError, match="no place"):
        written_into("nothing", "x")


def test_the_readme_quotes_the_run_that_is_kept(root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")
    figures, about = from_json((root / MEASURED).read_text("utf-8"))
    assert written_into(readme, as_section(figures, about)) == readme
    parts = {
        "check",
        "build",
        "papers",
        "growth",
        "editions",
        "visits",
        "weak line",
        "search",
        "tools",
        "memory",
        "sizes",
    }
    assert {one.part for one in figures} == parts


def test_a_part_is_not_written_into_the_readme(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["bench", "--visits", "--write"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2 and "whole run" in capsys.readouterr().err
