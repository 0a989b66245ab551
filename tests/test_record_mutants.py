"""Whatever an editor's slip makes of a record: the check ends, tells it in one line, and takes no broken link for good."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import islice

import pytest

from knowledge.checks.project import check_project
from knowledge.kept import _FUNCTIONS
from knowledge.records.issues import Issue, Level
from knowledge.records.knowledge_base import KnowledgeBase
from tests.conftest import Project
from tests.record_mutants import Maker, Mutant
from tests.sample import SEED

TOGETHER = 20
"""So many mutants of different files are checked at once; what is not told among others is looked at alone."""
LOAD_CODES = frozenset(
    {"yaml", "tab", "alias", "duplicate-key", "encoding", "empty-file", "too-big", "missing-front-matter"}
)


def names_it(mutant: Mutant, issues: Iterable[Issue]) -> bool:
    """Tell whether a fault says what the mutant's promise asks for."""
    own = [one for one in issues if one.file in same_record(mutant.file) and one.level >= Level.WARNING]
    if mutant.promise == "none":
        return True
    if mutant.promise == "file":
        return bool(own)
    return any(one.field == mutant.field for one in own)


def same_record(file: str) -> tuple[str, ...]:
    """Return the files that one record stands in: a sheet has its data in one and its page in another."""
    stem = file.rpartition("/")[2].partition(".")[0]
    return (
        file,
        f"docs/danh-muc/{stem}.md",
        f"checklists/{stem}.yml",
        f"docs/bieu-mau/{stem}.md",
        f"docs/bieu-mau/{stem}.yml",
    )


class Bench:
    """One copy of the content, in which mutants take turns."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.kb, issues = check_project(project.root)
        assert [one for one in issues if one.level > Level.INFO] == []
        self.slowest = 0.0
        self.known = {name: dict(one.known) for name, one in _FUNCTIONS.items()}
        self.checks = 0

    def forget(self) -> None:
        """Let go of what was found in mutants: ten thousand of them would fill the memory."""
        for name, one in _FUNCTIONS.items():
            one.known, one.new = dict(self.known[name]), {}

    def issues_with(self, mutants: list[Mutant]) -> list[Issue]:
        """Check the project with mutants in it, and leave it as it was."""
        before = {one.file: (self.project.root / one.file).read_bytes() for one in mutants}
        self.checks += 1
        if self.checks % 50 == 0:
            self.forget()
        begun = time.monotonic()
        try:
            for one in mutants:
                (self.project.root / one.file).write_bytes(one.content)
            issues = check_project(self.project.root)[1]
            # What is told is one line each, of letters that any terminal can take.
            for line in map(str, issues):
                assert "\n" not in line and line.encode()
            return issues
        finally:
            self.slowest = max(self.slowest, time.monotonic() - begun)
            for file, content in before.items():
                (self.project.root / file).write_bytes(content)

    def faults_of(self, mutants: list[Mutant]) -> list[str]:
        """Return one line for each mutant that breaks a check, or of which too little is told."""
        try:
            issues = self.issues_with(mutants)
        except Exception as error:
            if len(mutants) == 1:
                return [f"{mutants[0].file} {mutants[0].what}: {error!r}"[:400]]
            half = len(mutants) // 2
            return self.faults_of(mutants[:half]) + self.faults_of(mutants[half:])
        silent = [one for one in mutants if not names_it(one, issues)]
        if len(mutants) == 1:
            return [f"{one.file} {one.what}: not told ({one.promise})"[:400] for one in silent]
        # A file that was refused hides from the checks what the others did to it: these are looked at again without.
        refused = {one.file for one in issues if one.code in LOAD_CODES}
        again = [one for one in mutants if one.file not in refused]
        found = self.faults_of(again) if refused and again and len(again) < len(mutants) else []
        return found + [fault for one in silent if one not in again or not found for fault in self.faults_of([one])]


def batches(mutants: Iterable[Mutant]) -> Iterable[list[Mutant]]:
    """Return mutants in groups of which no two change one record."""
    waiting: list[Mutant] = []
    for one in mutants:
        if len(waiting) == TOGETHER or any(one.file in same_record(other.file) for other in waiting):
            yield waiting
            waiting = []
        waiting.append(one)
    if waiting:
        yield waiting


def faults_of_some(project: Project, number: int, seed: str) -> list[str]:
    bench = Bench(project)
    mutants = [*islice(Maker(project.root, bench.kb, seed).make(number), number)]
    assert len(mutants) == number
    begun = time.monotonic()
    found = [fault for batch in batches(mutants) for fault in bench.faults_of(batch)]
    seconds = time.monotonic() - begun
    print(f"{number} mutants, {seconds / number * 1000:.0f} ms each, the slowest check {bench.slowest:.1f} s")
    assert bench.slowest < 30, "a check must end"
    return found


def test_sixty_mutants_are_told_and_break_nothing(project: Project) -> None:
    assert faults_of_some(project, 60, SEED) == []


@pytest.mark.full
@pytest.mark.parametrize("piece", range(10))
def test_ten_thousand_mutants_are_told_and_break_nothing(project: Project, piece: int) -> None:
    assert faults_of_some(project, 1000, f"{SEED} {piece}") == []


# The tests above must be able to fail ---------------------------------------------------------------


def test_a_check_that_breaks_and_a_link_that_nobody_tells_are_seen(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(project)
    file = "docs/giai-phap/gp1.md"
    text = project.read(file).encode()
    silent = Mutant(file, text.replace(b"title: ", b"title: a"), "a title", "field", "title")
    assert bench.faults_of([silent]) == [f"{file} a title: not told (field)"]

    def only_if_changed(kb: KnowledgeBase) -> Iterator[Issue]:
        if kb.solutions["GP1"].title.startswith("a"):
            raise KeyError("a")
        yield from ()

    monkeypatch.setattr("knowledge.checks.project.ALL_CHECKS", [only_if_changed])
    (fault,) = bench.faults_of([silent, Mutant("docs/giai-phap/gp2.md", b"", "empty", "file")])
    assert fault.startswith(f"{file} a title: KeyError")
    assert project.read(file).encode() == text, "each file is as it was"


def test_the_mutants_are_the_same_ones_with_the_same_seed(project: Project) -> None:
    kb = check_project(project.root)[0]
    first, again, other = (
        [*Maker(project.root, kb, seed).make(number)] for seed, number in (("1", 200), ("1", 200), ("2", 20))
    )
    assert first == again and first[:20] != other
    assert {one.promise for one in first} == {"field", "file", "none"}
    assert len({one.file for one in first}) > 80 and sum(one.promise == "field" for one in first) > 60
