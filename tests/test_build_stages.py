"""Every stage of a build by name: interrupted or refused by the machine at any of them, the last good site stands.

The stages are those that the code calls, read from it: a new one is interrupted from its first day. What each stage does is
tested elsewhere; here all but taking turns, the empty folder and putting in place are stand-ins, so that each can be met in
a moment. The whole ones are tried in `make test-full`.
"""

from __future__ import annotations

import ast
import errno
import inspect
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from publish import build_lock, put_in_place
from publish import site as making
from publish.engine import Told
from scripts import build
from tests.conftest import Project, working_on

OUTER = ("place_of", "only_build", "checked", "staging", "build_into", "size_of", "put_in_place")
INNER = (
    "generated_files", "write_stage", "mkdocs_environment", "run", "unindent", "lean_styles", "pack_modules", "lighten_heads", "write_search_index", "_drop_empty_sitemap",
    "write_leading_pages", "write_policies", "write_worker", "faults",
)  # fmt: skip
"""The stages in order: of the command, and of what it does into the empty folder. ``run`` is the engine itself."""
SAYS_NOTHING = {
    "_what_mkdocs_says",
    "site_url",
    "report",
    "BuildFailed",
    "why_not",
    "in_ci",
    "urlsplit",
    "print",
    "str",
    "bool",
    "set",
}
"""What the code calls beside: it reads and writes no file."""
RECORDS = SimpleNamespace(own=None)
"""As much of the records as the order of the stages asks for."""
OLD = {"index.html": "cũ", "han-che/hc1/index.html": "cũ"}
NEW = {"index.html": "mới", "han-che/hc1/index.html": "mới"}
FAULTS = {
    "interruption": KeyboardInterrupt, "no room": errno.ENOSPC, "no quota": errno.EDQUOT, "read only": errno.EROFS,
    "no right": errno.EACCES, "bad disk": errno.EIO,
}  # fmt: skip


def read(folder: Path) -> dict[str, str]:
    return {one.relative_to(folder).as_posix(): one.read_text("utf-8") for one in folder.rglob("*") if one.is_file()}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def called(function: Callable[..., Any]) -> set[str]:
    """Return the names of the functions that another calls, by name alone."""
    tree = ast.parse(inspect.getsource(function))
    return {one.func.id for one in ast.walk(tree) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}


def test_every_stage_that_a_build_calls_is_interrupted_below() -> None:
    assert called(build.build) - SAYS_NOTHING == {*OUTER}
    assert called(making.build_into) - SAYS_NOTHING == {*INNER}


def engine(target: Path, _environment: dict[str, str]) -> Told:
    write(target, NEW)
    return Told(0, "")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the last good site, in which all stages that make something are stand-ins."""
    for module in (making, build_lock, put_in_place):
        monkeypatch.setattr(module, "CACHE", tmp_path / ".cache")
    monkeypatch.setattr(build, "checked", lambda **_named: (RECORDS, True))
    for name in INNER:
        if name != "run":
            monkeypatch.setattr(making, name, lambda *_a, **_b: "")
    write(tmp_path / "site", OLD)
    return tmp_path


def raising(fault: object) -> None:
    if isinstance(fault, int):
        raise OSError(fault, os.strerror(fault), "/dia/tep")
    raise KeyboardInterrupt


def hindered(patch: pytest.MonkeyPatch, stage: str, fault: object, after: bool) -> Callable[..., Told]:
    """Let a stage raise before or after it did its work. Returns the engine to build with."""

    def around(work: Callable[..., Any]) -> Callable[..., Any]:
        def hinder(*given: Any, **named: Any) -> Any:
            if not after:
                raising(fault)
            found = work(*given, **named)
            raising(fault)
            return found

        return hinder

    if stage == "run":
        return around(engine)
    owner = build if stage in OUTER else making
    patch.setattr(owner, stage, around(getattr(owner, stage)))
    return engine


def ended(folder: Path, run: Callable[..., Told], capsys: pytest.CaptureFixture[str], fault: object) -> None:
    """Build with a hindered stage: one clear line, nothing left lying about."""
    if fault is KeyboardInterrupt:
        with pytest.raises(KeyboardInterrupt):
            build.build("directory", folder / "site", run=run)
    else:
        assert build.build("directory", folder / "site", run=run) == 1
        lines = capsys.readouterr().out.splitlines()
        assert lines[-1] == "site/ was left as it was." and lines[-2].startswith("/dia/tep: "), lines
        assert all(line.startswith("[") for line in lines[:-2]), "one line tells why"
    left = [one.name for one in (folder / ".cache").glob("*")] if (folder / ".cache").exists() else []
    assert [one for one in left if one != "build-directory.lock"] == [], "what was half made is gone"


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("stage", [*OUTER, *INNER])
def test_whatever_stage_is_hindered_the_last_good_site_stands(
    place: Path, capsys: pytest.CaptureFixture[str], stage: str, fault: str
) -> None:
    for after in (False, True):
        if after and stage in ("put_in_place", "only_build", "staging"):
            # What was put in place is the new site; the two others go on around what is done in them.
            continue
        with pytest.MonkeyPatch.context() as patch:
            ended(place, hindered(patch, stage, FAULTS[fault], after), capsys, FAULTS[fault])
        assert read(place / "site") == OLD, (stage, after)
        # And the next one goes through.
    assert build.build("directory", place / "site", run=engine) == 0
    assert read(place / "site") == NEW


def test_an_interruption_after_the_last_stage_leaves_the_new_site(place: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        run = hindered(patch, "put_in_place", KeyboardInterrupt, after=True)
        with pytest.raises(KeyboardInterrupt):
            build.build("directory", place / "site", run=run)
    assert read(place / "site") == NEW


def test_a_fault_of_the_code_is_no_clear_line_but_leaves_the_site(place: Path) -> None:
    """What nobody foresaw shows itself whole; the site stands all the same."""
    for stage in ("checked", "run", "faults"):
        with pytest.MonkeyPatch.context() as patch:
            run = hindered(patch, stage, errno.ENOENT, after=True)
            with pytest.raises(FileNotFoundError):
                build.build("directory", place / "site", run=run)
        assert read(place / "site") == OLD


def test_an_engine_that_ends_badly_says_so_in_its_own_lines(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def ends(code: int, output: str, files: dict[str, str]) -> Callable[[Path, dict[str, str]], Told]:
        def run(target: Path, _environment: dict[str, str]) -> Told:
            write(target, files)
            return Told(code, output)

        return run

    for run in (ends(1, "ERROR - sai", NEW), ends(-9, "", NEW), ends(0, "", {}), ends(0, "", {"a.html": "mới"})):
        assert build.build("directory", place / "site", run=run) == 1
        lines = capsys.readouterr().out.splitlines()
        assert lines[-1] == "site/ was left as it was." and "Traceback" not in "\n".join(lines) and lines[-2]
        assert read(place / "site") == OLD


@pytest.mark.parametrize("odd", ["có dấu và cách", "a'b\"c", "[a]*?", "-o", "${HOME}", "ngày\n1", "a" * 200, "🙂"])
def test_an_odd_path_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str) -> None:
    for module in (making, build_lock, put_in_place):
        monkeypatch.setattr(module, "CACHE", tmp_path / odd / ".cache")
    (tmp_path / odd).mkdir()
    monkeypatch.setattr(build, "checked", lambda **_named: (RECORDS, True))
    for name in INNER:
        if name != "run":
            monkeypatch.setattr(making, name, lambda *_a, **_b: "")
    write(tmp_path / odd / "site", OLD)
    assert build.build("directory", tmp_path / odd / "site", run=engine) == 0
    assert read(tmp_path / odd / "site") == NEW and [one.name for one in tmp_path.iterdir()] == [odd]


@pytest.mark.parametrize("moment", [0.0, 1e9, 4.2e9])
def test_a_wrong_clock_changes_nothing(place: Path, monkeypatch: pytest.MonkeyPatch, moment: float) -> None:
    monkeypatch.setattr("time.time", lambda: moment)
    for one in (place / "site").rglob("*"):
        os.utime(one, (moment, moment))
    assert build.build("directory", place / "site", run=engine) == 0
    assert read(place / "site") == NEW


# The whole ones --------------------------------------------------------------------------------------


@pytest.fixture
def whole(buildable: Project, site: Path) -> Iterator[tuple[Project, Callable[..., Told]]]:
    """A copy of the content and an engine that gives what the engine gave before: only that takes half a minute."""

    def run(target: Path, _environment: dict[str, str]) -> Told:
        shutil.copytree(site, target, dirs_exist_ok=True)
        return Told(0, "")

    write(buildable.root / "site", OLD)
    with working_on(buildable.root):
        yield buildable, run


@pytest.mark.full
@pytest.mark.parametrize("stage", INNER)
def test_of_a_whole_build_too(
    whole: tuple[Project, Callable[..., Told]], capsys: pytest.CaptureFixture[str], stage: str
) -> None:
    """The real stages on the real content, each refused by the machine after it did its work."""
    project, run = whole
    with pytest.MonkeyPatch.context() as patch:

        def refused(*given: Any, **named: Any) -> Any:
            work(*given, **named)
            raising(errno.ENOSPC)

        work = run if stage == "run" else getattr(making, stage)
        if stage != "run":
            patch.setattr(making, stage, refused)
        code = build.build("directory", project.root / "site", run=refused if stage == "run" else run)
    said = capsys.readouterr().out
    assert code == 1 and "/dia/tep: hết chỗ trên đĩa" in said, said[-600:]
    assert read(project.root / "site") == OLD
    assert not [one for one in (project.root / ".cache").iterdir() if one.name.startswith("build-") and one.is_dir()]
