"""``make canary``: builds the site with Zensical too and prints how it differs from what mkdocs builds.

The same ``mkdocs.yml``, the same staged files, macros and theme files, in a folder of its own below ``.cache/canary``:
Zensical keeps things beside the project and takes no other place for the site. A file of the theme that it does not
understand is a difference; the build goes on without it. What is known stands in ``scripts/canary_known.yml``.
Nothing depends on the outcome: exit code 1 only if nothing could be built.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from knowledge.records.knowledge_base import KnowledgeBase
from publish.build_lock import only_build
from publish.canary import KINDS, Difference, Known, as_data, differences, read_contents, sort_out, table
from publish.project import CACHE, CODE, ROOT, BuildFailed, why_not
from publish.site import build_into, mkdocs_environment, staging
from publish.stage import stage_of
from scripts.command import checked, run

KNOWN = Path(__file__).with_name("canary_known.yml")
VENV = CACHE / "canary-venv"
PROJECT = CACHE / "canary"
SECONDS = 600
_WARNING = re.compile(r"^(?:WARNING\b|Warning:)[ -]*(?P<what>.+)$", re.MULTILINE)
_NOT_UNDERSTOOD = re.compile(r"^RuntimeError: (?P<why>.+) \(in (?P<file>[\w./-]+\.html):\d+\)", re.MULTILINE)


def read_known(path: Path = KNOWN) -> list[Known]:
    """Return the differences that are understood. Raises BuildFailed with one line."""
    try:
        known = TypeAdapter(list[Known]).validate_python(yaml.safe_load(path.read_text("utf-8")) or [])
    except (ValidationError, yaml.YAMLError) as error:
        raise BuildFailed(f"{path.name}: {' '.join(str(error).split())[:200]}") from None
    if unknown := [one.kind for one in known if one.kind not in KINDS]:
        raise BuildFailed(f"{path.name}: there is no kind {unknown[0]}; there are {', '.join(KINDS)}")
    return known


def prepare(kb: KnowledgeBase, project: Path = PROJECT) -> None:
    """Make the folder that Zensical works in: the same files, nothing that an earlier run kept."""
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", project)
    shutil.copytree(ROOT / "overrides", project / "overrides")
    # One link to the whole would lead out of the project, which Zensical refuses.
    shutil.copytree(stage_of(kb, "directory") / "docs", project / "docs", symlinks=True)


def environment(kb: KnowledgeBase) -> dict[str, str]:
    """Return the environment of the build: what mkdocs gets, but for the folder of pages, which lies in the project."""
    same = mkdocs_environment(kb, "directory", stage_of(kb, "directory"))
    return {**same, "DOCS_DIR": "docs", "PYTHONPATH": str(CODE)}


def build(kb: KnowledgeBase, project: Path = PROJECT, zensical: Path = VENV / "bin" / "zensical") -> list[Difference]:
    """Build with Zensical. Returns what it warned of, and which files of the theme it did not understand.

    Raises BuildFailed.
    """
    left_out: list[Difference] = []
    while True:
        told = _run([str(zensical), "build", "-f", "mkdocs.yml"], project, environment(kb))
        output = told.stdout + told.stderr
        if told.returncode == 0:
            return [*left_out, *warnings(output)]
        fault = _NOT_UNDERSTOOD.search(output)
        file = project / "overrides" / fault["file"] if fault else None
        if fault is None or file is None or not file.is_file():
            raise BuildFailed(f"Zensical could not build: {_last_line(output)}")
        left_out.append(Difference("template", f"overrides/{fault['file']}", fault["why"]))
        file.unlink()


def warnings(output: str) -> list[Difference]:
    """Return what the engine warned of, each once."""
    lines = re.sub(r"\x1b\[[0-9;]*m", "", output)
    return [Difference("warning", "mkdocs.yml", one) for one in dict.fromkeys(_WARNING.findall(lines))]


def _run(command: list[str], folder: Path, values: dict[str, str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, cwd=folder, env=values, text=True, capture_output=True, timeout=SECONDS)
    except FileNotFoundError:
        raise BuildFailed("Zensical is not installed: run  make canary") from None
    except subprocess.TimeoutExpired:
        raise BuildFailed(f"Zensical could not build within {SECONDS} seconds") from None


def _last_line(output: str) -> str:
    """Return what went wrong: Python's own last line, or what the program said last."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    named = [line for line in lines if re.match(r"[\w.]*(Error|Exception)\b", line)]
    return (named or lines or ["it said nothing"])[-1][:300]


def compare(kb: KnowledgeBase) -> tuple[list[Difference], dict[str, float]]:
    """Build with both engines and compare. Returns the differences, and seconds and pages of each."""
    with only_build("make canary"), staging("directory") as site:
        begun = time.monotonic()
        build_into(site, kb, "directory")
        built = time.monotonic()
        prepare(kb)
        left_out = build(kb)
        ended = time.monotonic()
        old, new = read_contents(site), read_contents(PROJECT / "site")
    figures = {
        "mkdocs pages": len(old), "mkdocs seconds": round(built - begun, 1),
        "zensical pages": len(new), "zensical seconds": round(ended - built, 1),
    }  # fmt: skip
    return [*left_out, *differences(old, new)], figures


def main() -> int:
    """Build, compare, print. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all differences there too")
    parser.add_argument("--examples", type=int, default=2, help="how many of each kind are printed")
    options = parser.parse_args()
    try:
        known = read_known()
        kb, passed = checked(strict=False)
        if not passed:
            return 1
        found, figures = compare(kb)
        told = sort_out(found, known)
        if options.json:
            text = json.dumps({"figures": figures, **as_data(told)}, ensure_ascii=False, indent=1)
            options.json.write_text(text + "\n", "utf-8")
    except (BuildFailed, OSError) as error:
        print(why_not(error))
        return 1
    print(", ".join(f"{name} {value:g}" for name, value in figures.items()))
    print("\n".join(table(told, options.examples)))
    for entry in told.over:
        print(f"no longer there, take it out of {KNOWN.name}: {entry.kind} {entry.page} {entry.what}")
    print(f"{len(told.new)} new, {len(told.known)} known ({os.path.relpath(KNOWN, ROOT)})")
    return 0


if __name__ == "__main__":
    run(main)
