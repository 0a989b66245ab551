"""What a check finds: typed issues, one line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from unicodedata import category

from knowledge.text import folded_space


class Level(IntEnum):
    """How much an issue weighs: an error always fails, a warning fails in CI, info never does."""

    INFO = 0
    WARNING = 1
    ERROR = 2


LEVEL_NAMES = {Level.ERROR: "LỖI", Level.WARNING: "CẢNH BÁO", Level.INFO: "GHI CHÚ"}


@dataclass(frozen=True, order=True)
class Issue:
    """One fault: where it is, what is wrong, what to write instead.

    ``file`` is relative to the project's root, ``line`` counts from 1 (0: the whole file),
    ``field`` is a dotted path such as ``rounds[0].items[2].text`` or empty, ``code`` is the
    stable English name of the rule.
    """

    file: str
    line: int
    field: str
    code: str
    message: str
    remedy: str = ""
    level: Level = Level.ERROR
    draft: bool = False
    """Whether it is of a record that is not published yet: told, but nothing fails by it."""

    @classmethod
    def of_file(cls, file: str, code: str, message: str, remedy: str = "", level: Level = Level.ERROR) -> Issue:
        """Return a fault of a file as a whole."""
        return cls(file, 0, "", code, message, remedy, level)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f" {self.field}:" if self.field else ""
        remedy = f" → {self.remedy}" if self.remedy else ""
        draft = " (bản nháp)" if self.draft else ""
        text = f"{place}: {LEVEL_NAMES[self.level]}{draft}{field} {self.message}{remedy} [{self.code}]"
        return folded_space(_printable(text))


def _printable(text: str) -> str:
    """Replace what a terminal would act on or cannot show: control characters, lone surrogates."""
    return "".join("\ufffd" if category(char) in ("Cc", "Cs") and char != "\n" else char for char in text)


def report(issues: Iterable[Issue], least: Level = Level.INFO) -> list[str]:
    """Return one line per issue of at least the given level, sorted by file and line."""
    return [str(issue) for issue in sorted(set(issues)) if issue.level >= least]


def worst(issues: Iterable[Issue]) -> Level | None:
    """Return the highest level among the issues, or None when there are none."""
    return max((issue.level for issue in issues), default=None)
