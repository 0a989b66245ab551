"""How the site's engine is run: in a process of its own, or in a copy of this one that has imported all of it."""

from __future__ import annotations

import importlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from publish.project import ROOT
from publish.spared import spare

LOADED = (
    "mkdocs.__main__", "mkdocs.commands.build", "mkdocs_awesome_nav.plugin", "mkdocs_macros.plugin",
    "material.plugins.search.plugin", "material.extensions.emoji", "pymdownx.superfences", "pymdownx.highlight",
    "macros.renderer", "docx", "pptx", "xlsxwriter", "segno", "fontTools.ttLib", "typst",
)  # fmt: skip
"""What takes long to import; one that is not there is imported by nobody."""


class Told(NamedTuple):
    """How a run ended."""

    code: int
    output: str


Engine = Callable[[Path, dict[str, str]], Told]
"""Builds into an empty folder with an environment."""


def started(target: Path, environment: dict[str, str]) -> Told:
    """Run the engine as a command."""
    command = [sys.executable, "-m", "publish.spared", *_arguments(target)]
    result = subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True)
    return Told(result.returncode, result.stderr + result.stdout)


def copied(target: Path, environment: dict[str, str]) -> Told:
    """Run the engine in a copy of this process, which saves the imports of every build but the first."""
    with tempfile.TemporaryFile() as output:
        code = in_a_copy(lambda: _run(target), environment, output.fileno())
        output.seek(0)
        return Told(code, output.read().decode("utf-8", "replace"))


def _run(target: Path) -> int:
    from mkdocs.__main__ import cli

    os.chdir(ROOT)
    spare()
    cli(_arguments(target), prog_name="mkdocs", standalone_mode=True)
    return 0


def _arguments(target: Path) -> list[str]:
    return ["build", "--strict", "--site-dir", str(target)]


def imported() -> None:
    """Import what builds import, so that copies of this process have it. Nothing is set here: that would start threads."""
    for name in LOADED:
        if importlib.util.find_spec(name.partition(".")[0]):
            importlib.import_module(name)


def in_a_copy(work: Callable[[], int], environment: dict[str, str], output: int | None = None) -> int:
    """Do something in a copy of this process with its own environment. Returns the exit code."""
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    code: object = 1
    try:
        if output is not None:
            os.dup2(output, 1)
            os.dup2(output, 2)
        os.environ.clear()
        os.environ.update(environment)
        code = work()
    except SystemExit as end:
        code = end.code if end.code is not None else 0
        if isinstance(code, str):
            print(code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)
