"""``make mutate``: small faults put into the code one at a time; those that no test notices are named.

Most are drawn by a seed from what mutmut can change inside functions and classes of records, checks, links, dates and
computed views; words that are only shown are left alone. The others stand in ``tests/data/mutants.yml``: fields, tables,
patterns, templates. Each is put into a copy of the project, never into the working tree, and the tests that need
neither browser nor built site run there until one fails.
"""

from __future__ import annotations

import argparse
import os
import queue
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import libcst as cst
import yaml
from mutmut.mutation.file_mutation import create_mutations, deep_replace

from publish.project import ROOT
from scripts.command import run

BY_HAND = ROOT / "tests/data/mutants.yml"
SOURCES = (
    "knowledge/records/*.py", "knowledge/checks/*.py", "knowledge/links.py", "knowledge/law.py", "knowledge/text.py",
    "knowledge/index.py", "knowledge/coverage.py", "knowledge/document_text.py", "knowledge/next_steps.py",
    "knowledge/law_usage.py", "knowledge/dates.py", "knowledge/days_off.py", "knowledge/deadline_text.py",
)  # fmt: skip
QUICK = (
    "tests/test_records.py", "tests/test_index.py", "tests/test_coverage.py", "tests/test_reading_files.py",
    "tests/test_law_labels.py", "tests/test_document_text.py", "tests/test_next_steps.py", "tests/test_claims.py",
    "tests/test_contract.py", "tests/test_planted_defects.py", "tests/test_docs_files.py", "tests/test_text.py",
    "tests/test_yaml_lines.py",
)  # fmt: skip
"""Run for every mutant, the quickest first, but those before them that import what is changed."""
DAYS = ("tests/test_dates.py", "tests/test_deadlines.py")
FIRST = {
    "knowledge/law_usage.py": ("tests/test_cross_reference.py",),
    "knowledge/dates.py": DAYS,
    "knowledge/days_off.py": DAYS,
    "knowledge/deadline_text.py": DAYS,
}
"""What tests a file before the quick ones, which know nothing of it."""
LATE = {
    "knowledge/checks/editions.py": ("tests/test_editions.py",),
    "knowledge/checks/moves.py": ("tests/test_moves.py",),
    "knowledge/checks/project.py": ("tests/test_drafts.py", "tests/test_editions.py"),
    "knowledge/records/layers.py": ("tests/test_editions.py",),
    "knowledge/records/load.py": ("tests/test_drafts.py", "tests/test_editions.py"),
    "knowledge/records/skeleton.py": ("tests/test_commands.py",),
}
"""What else tests a file, too long for each mutant: run where the quick ones have noticed nothing."""
PLANTED = "tests/test_planted_defects.py"
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".cache", ".*_cache", "__pycache__", "tai-ve", "site", "dist")
WORKERS = 2
WANTED = 0.85
SLOWEST = 10
"""Times as long as all tests take without a mutant: who needs longer runs in a circle, which is noticed, too."""


@dataclass(frozen=True)
class Mutant:
    """One changed file: the text of all of it, the line that differs, and tests to run besides the quick ones."""

    file: str
    code: str
    line: int
    old: str
    new: str
    tests: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.old} → {self.new}"


def mutant(file: str, before: str, after: str, tests: tuple[str, ...] = ()) -> Mutant:
    """Return a changed file with the first line that differs."""
    old, new = before.split("\n"), after.split("\n")
    at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)) - 1)
    return Mutant(file, after, at + 1, old[at].strip(), new[at].strip(), tests)


def generated() -> Iterator[tuple[str, cst.Module, cst.CSTNode, cst.CSTNode]]:
    """Yield every change that mutmut would make inside a function or class, without making it."""
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern)):
        module, mutations, _classes, _functions = create_mutations(str(path), path.read_text("utf-8"))
        for one in mutations:
            if one.contained_by_top_level_function and not only_words(one.original_node):
                yield path.relative_to(ROOT).as_posix(), module, one.original_node, one.mutated_node


def only_words(node: cst.CSTNode) -> bool:
    """Tell whether a text is a sentence for people: how it is worded is no promise."""
    return isinstance(node, cst.SimpleString) and (" " in node.value or not node.value.isascii())


def drawn(number: int, seed: int) -> list[Mutant]:
    """Return some of the generated mutants, the same for the same seed and code."""
    every = list(generated()) if number else []
    random.Random(seed).shuffle(every)
    found: list[Mutant] = []
    for file, module, old, new in every:
        if len(found) == number:
            break
        changed = deep_replace(module, old, new)
        # Some changes cannot be written down again as they were meant.
        if isinstance(changed, cst.Module) and changed.code != module.code:
            found.append(mutant(file, module.code, changed.code))
    return found


def by_hand() -> list[Mutant]:
    """Return the mutants of ``tests/data/mutants.yml``. Raises ValueError where one does not apply exactly once."""
    found = []
    for one in yaml.safe_load(BY_HAND.read_text("utf-8")):
        before = (ROOT / one["file"]).read_text("utf-8")
        if before.count(one["old"]) != 1:
            raise ValueError(f"{one['file']}: not exactly once: {one['old']!r}")
        found.append(mutant(one["file"], before, before.replace(one["old"], one["new"]), tuple(one.get("tests", ()))))
    return found


def told_by(file: str) -> str:
    """Return the files, unchanged, whose issue codes say which planted defects can tell: its own, else its importers'."""
    path = ROOT / file
    if re.search(r"ssue(\.of_file)?\(|fault\(", path.read_text("utf-8")) or not file.startswith("knowledge/"):
        return str(path)
    imported = re.compile(rf"from {file.removesuffix('.py').replace('/', '.')} import")
    users = [str(p) for p in ROOT.glob("knowledge/**/*.py") if imported.search(p.read_text("utf-8"))]
    return os.pathsep.join([str(path), *users])


def in_order(one: Mutant) -> tuple[str, ...]:
    """Return the tests to run, the likeliest to notice first."""
    module = re.compile(rf"from {one.file.removesuffix('.py').replace('/', '.')} import")
    near = [test for test in QUICK if module.search((ROOT / test).read_text("utf-8"))]
    checks = [PLANTED] if one.file.startswith("knowledge/checks/") else []
    return tuple(dict.fromkeys([*one.tests, *FIRST.get(one.file, ()), *near, *checks, *QUICK, *LATE.get(one.file, ())]))


def run_tests(copy: Path, tests: Iterable[str], mutated: str, timeout: float) -> subprocess.CompletedProcess[str]:
    """Run tests in a copy until one fails. Only the run of the sound code leaves what Python has compiled."""
    own = {"MUTATED": mutated, "PYTHONDONTWRITEBYTECODE": "1" if mutated else "", "PYTHONPATH": str(copy)}
    options = [
        "-x",
        "-q",
        "--no-header",
        "--tb=no",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-p",
        "tests.for_a_mutant",
    ]
    command = [sys.executable, "-m", "pytest", *options, *tests]
    environment = {**os.environ, **own}
    return subprocess.run(command, cwd=copy, env=environment, text=True, capture_output=True, timeout=timeout)


def fate(one: Mutant, copy: Path, timeout: float) -> str:
    """Return "survived" if every test passes although the code is wrong, "killed" or "late"."""
    path = copy / one.file
    kept, times = path.read_bytes(), path.stat()
    path.write_text(one.code, encoding="utf-8")
    try:
        ended = run_tests(copy, in_order(one), told_by(one.file), timeout).returncode
        if ended < 0:
            raise SystemExit(f"a run of the tests was ended by signal {-ended}: nothing is known of {one.file}")
        return "killed" if ended else "survived"
    except subprocess.TimeoutExpired:
        return "late"
    finally:
        path.write_bytes(kept)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def main() -> int:
    """Name each mutant that survives, then how many were killed. Returns 1 if they were too few."""
    parser = argparse.ArgumentParser(prog="make mutate", description=__doc__)
    parser.add_argument("--number", type=int, default=300, help="how many are drawn (300)")
    parser.add_argument("--seed", type=int, default=183, help="what draws them (183)")
    parser.add_argument("--only", default="", help="only files whose path holds this")
    given = parser.parse_args()
    mutants = [one for one in [*by_hand(), *drawn(given.number, given.seed)] if given.only in one.file]
    started = time.monotonic()
    fates: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="hdnd-mutate-") as folder:
        first = Path(shutil.copytree(ROOT, Path(folder) / "0", ignore=NOT_COPIED))
        sound = run_tests(first, dict.fromkeys(test for one in mutants for test in in_order(one)), "", 3600)
        if sound.returncode:
            print(f"{sound.stdout}{sound.stderr}The tests fail without any mutant.")
            return 1
        longest = SLOWEST * (time.monotonic() - started)
        copies: queue.SimpleQueue[Path] = queue.SimpleQueue()
        copies.put(first)
        for number in range(1, WORKERS):
            copies.put(Path(shutil.copytree(first, Path(folder) / str(number))))

        def tried(one: Mutant) -> None:
            copy = copies.get()
            try:
                found = fate(one, copy, longest)
            finally:
                copies.put(copy)
            fates[found] += 1
            if found == "survived":
                print(one, flush=True)

        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(tried, mutants))
    killed = len(mutants) - fates["survived"]
    share = killed / max(len(mutants), 1)
    print(
        f"{killed}/{len(mutants)} killed ({fates['late']} by running on and on), {share:.0%}, aim {WANTED:.0%}", end=""
    )
    print(f"; {time.monotonic() - started:.0f} s")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    run(main)
