"""What a run of the benchmark measured, as one table: for people in Markdown, for programs in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

UNITS = {"ms": 0, "s": 2, "x": 2, "kB": 1, "MB": 2, "records/s": 0, "screens": 0, "of the screen": 2, "of 10": 0}
"""Units that a figure may have, with the decimals that are told."""
BEGINS, ENDS = "<!-- bench: written by `make bench BENCH_ARGS=--write` -->", "<!-- /bench -->"


@dataclass(frozen=True)
class Figure:
    """One thing measured. ``beside``: what the reference took in the same run, in the same unit."""

    part: str
    what: str
    value: float
    unit: str
    beside: float | None = None
    reference: str = ""
    aim: float | None = None
    at_least: bool = False
    aim_of_ratio: bool = False
    """The aim is of the ratio to the reference, not of the figure itself."""

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"{self.what}: unknown unit {self.unit!r}; write one of {', '.join(UNITS)}")
        if self.aim_of_ratio and not self.beside:
            raise ValueError(f"{self.what}: an aim of a ratio needs a reference")

    @property
    def ratio(self) -> float | None:
        """How many times the reference; None where there is none."""
        return self.value / self.beside if self.beside else None

    @property
    def met(self) -> bool | None:
        """Whether the aim is met as it is told, rounded; None without an aim."""
        if self.aim is None:
            return None
        value = self.ratio if self.aim_of_ratio else self.value
        assert value is not None
        rounded = round(value, 2 if self.aim_of_ratio else UNITS[self.unit])
        return rounded >= self.aim if self.at_least else rounded <= self.aim


def told(value: float, unit: str) -> str:
    """Return a figure with its unit."""
    # Of a few milliseconds the parts count.
    number = f"{value:,.{2 if unit == 'ms' and value < 10 else UNITS[unit]}f}"
    return f"{number}x" if unit == "x" else f"{number} {unit}"


def as_markdown(figures: Iterable[Figure]) -> str:
    """Return the table, a row a figure, in the order measured."""
    rows = ["| Part | What | Measured | Beside, in the same run | Aim |", "|---|---|---|---|---|"]
    for one in figures:
        beside = ""
        if one.beside is not None:
            beside = f"{one.reference} {told(one.beside, one.unit)}: {one.value / one.beside:.2f}x"
        aim = ""
        if one.aim is not None:
            bound = f"{one.aim:.2f}x" if one.aim_of_ratio else told(one.aim, one.unit)
            aim = f"at {'least' if one.at_least else 'most'} {bound}: {'met' if one.met else '**missed**'}"
        rows.append(f"| {one.part} | {one.what} | {told(one.value, one.unit)} | {beside} | {aim} |")
    return "\n".join(rows) + "\n"


def as_json(figures: Iterable[Figure], about: Mapping[str, Any]) -> str:
    """Return the same for programs: ``about`` says when, where and how it was measured."""
    rows = [{**asdict(one), "ratio": one.ratio, "met": one.met} for one in figures]
    return json.dumps({"about": dict(about), "figures": rows}, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> tuple[list[Figure], dict[str, Any]]:
    """Return what ``as_json`` wrote."""
    data = json.loads(text)
    computed = {"ratio", "met"}
    return [
        Figure(**{name: value for name, value in row.items() if name not in computed}) for row in data["figures"]
    ], data["about"]


def as_section(figures: Iterable[Figure], about: Mapping[str, Any]) -> str:
    """Return what the README quotes: how it was measured, then the table."""
    return (
        f"Measured on {about['day']} by `{about['command']}` in one run of {about['minutes']} minutes on {about['machine']}; the "
        f"machine's load at the start was {about['load']}. Ratios of work are of processor time.\n\n{as_markdown(figures)}"
    )


def written_into(page: str, section: str) -> str:
    """Return a page with the section between its marks; ValueError where they are not there."""
    pattern = re.compile(f"{re.escape(BEGINS)}.*?{re.escape(ENDS)}", re.DOTALL)
    if not pattern.search(page):
        raise ValueError(f"no place for the table: {BEGINS} … {ENDS}")
    return pattern.sub(lambda _: f"{BEGINS}\n{section}{ENDS}", page)


def write(folder: Path, figures: list[Figure], about: Mapping[str, Any]) -> list[Path]:
    """Write both forms into a folder. Returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {"bench.md": as_section(figures, about), "bench.json": as_json(figures, about)}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in files]
