"""Builds of one form share a folder, so they take turns; what stops one keeps nobody waiting."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from publish import build_lock
from tests.conftest import command_environment, heed_interruptions

# Takes the turn, says so, keeps it until its input ends, and writes both down in one common file.
BUILD = """
import sys
from publish.build_lock import only_build
from publish.project import ROOT

def note(word):
    with (ROOT / "log").open("a") as log:
        print(sys.argv[1], word, file=log)

with only_build(*sys.argv[1].split("@")):
    note("in")
    print("in", flush=True)
    sys.stdin.read()
    note("out")
"""
Start = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a build of the given name that only holds its turn."""
    begun: list[subprocess.Popen[str]] = []

    def start_one(name: str) -> subprocess.Popen[str]:
        build = subprocess.Popen(
            [sys.executable, "-c", BUILD, name],
            env=command_environment(tmp_path),
            text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            preexec_fn=heed_interruptions,
        )  # fmt: skip
        begun.append(build)
        return build

    yield start_one
    for build in begun:
        with build:
            build.kill()


def said(build: subprocess.Popen[str]) -> str:
    assert build.stdout
    return build.stdout.readline().strip()


def end(build: subprocess.Popen[str]) -> None:
    assert build.stdin
    build.stdin.close()
    assert build.wait(timeout=60) == 0


def test_the_second_waits_and_says_for_what(start: Start, tmp_path: Path) -> None:
    first = start("make offline")
    assert said(first) == "in"
    second = start("make site")
    assert said(second) == f"Đang chờ make offline (tiến trình {first.pid}) dựng xong …"
    end(first)
    assert said(second) == "in"
    end(second)
    third = start("make serve")
    assert said(third) == "in", "nothing to wait for, nothing to say"
    end(third)
    lines = (tmp_path / "log").read_text("utf-8").splitlines()
    assert lines[:4] == ["make offline in", "make offline out", "make site in", "make site out"]


def test_builds_of_two_forms_do_not_wait_for_each_other(start: Start) -> None:
    first, second = start("make site@directory"), start("make offline@file")
    assert said(first) == said(second) == "in"
    end(first)
    end(second)


def test_a_killed_build_keeps_nobody_waiting_and_leaves_nothing(start: Start, tmp_path: Path) -> None:
    first = start("make site")
    assert said(first) == "in"
    (tmp_path / ".cache" / "build-directory-abc" / "site").mkdir(parents=True)
    second = start("make serve")
    assert said(second).startswith("Đang chờ make site")
    first.send_signal(signal.SIGKILL)
    assert said(second) == "in"
    assert not (tmp_path / ".cache" / "build-directory-abc").exists()
    end(second)


def test_one_that_waits_can_be_stopped(start: Start) -> None:
    first = start("make site")
    assert said(first) == "in"
    second = start("make offline")
    assert said(second).startswith("Đang chờ")
    second.send_signal(signal.SIGINT)
    second.wait(timeout=60)
    end(first)


def test_cleaning_up_meanwhile_lets_no_two_build(start: Start, tmp_path: Path) -> None:
    first = start("a")
    assert said(first) == "in"
    second = start("b")
    assert said(second).startswith("Đang chờ a")
    (tmp_path / ".cache" / "build-directory.lock").unlink()
    third = start("c")
    assert said(third) == "in", "the file that the others hold is gone"
    end(first)
    end(third)
    assert said(second) == "in"
    end(second)
    lines = (tmp_path / "log").read_text("utf-8").splitlines()
    assert lines.index("c out") < lines.index("b in")


def test_without_locks_a_line_says_what_to_avoid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build_lock, "CACHE", tmp_path)
    (tmp_path / "build-directory-abc").mkdir()
    for without in (None, no_locks()):
        monkeypatch.setattr(build_lock, "fcntl", without)
        with build_lock.only_build("make site"):
            assert "đừng chạy hai lệnh dựng cùng lúc" in capsys.readouterr().out
            assert (tmp_path / "build-directory-abc").is_dir(), "it may be another's"


def no_locks() -> object:
    """Return a stand-in for fcntl on a file system without locks."""

    class NoLocks:
        LOCK_EX, LOCK_NB = 2, 4

        @staticmethod
        def flock(_file: object, _how: int) -> None:
            raise OSError(95, "Operation not supported")

    return NoLocks
