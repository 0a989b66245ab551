"""The new site takes the place of the old one whole, wherever that place is; else the old one stays."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from publish import put_in_place as placing
from publish.project import BuildFailed, refusal
from publish.put_in_place import put_in_place
from tests.conftest import command_environment, heed_interruptions

NEW = {"index.html": "mới", "han-che/hc1/index.html": "mới", "sw.js": "mới"}
OLD = {"index.html": "cũ", "han-che/hc1/index.html": "cũ", "bo/index.html": "cũ"}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def read(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built site in the project's cache."""
    monkeypatch.setattr(placing, "CACHE", tmp_path / ".cache")
    return write(tmp_path / ".cache" / "build-x" / "site", NEW)


def refuse(monkeypatch: pytest.MonkeyPatch, when: Callable[[Path, Path], int | None]) -> None:
    """Let renaming fail with the number that ``when`` gives for source and target."""
    real = {name: getattr(os, name) for name in ("rename", "replace")}

    def instead(name: str) -> Callable[..., None]:
        def rename(source: str | Path, target: str | Path) -> None:
            code = when(Path(source), Path(target))
            if code:
                raise OSError(code, os.strerror(code), str(source), None, str(target))
            real[name](source, target)

        return rename

    for name in real:
        monkeypatch.setattr(os, name, instead(name))


def across(place: Path) -> Callable[[Path, Path], int | None]:
    """The folder is a file system of its own, as a volume is: nothing is renamed into it, out of it or over it."""

    def is_inside(path: Path) -> bool:
        return place in path.parents

    def when(source: Path, target: Path) -> int | None:
        return None if is_inside(source) and is_inside(target) else errno.EXDEV

    return when


def test_the_new_site_replaces_the_old_one(built: Path, tmp_path: Path) -> None:
    put_in_place(built, write(tmp_path / "site", OLD))
    assert read(tmp_path / "site") == NEW
    assert os.listdir(tmp_path / ".cache") == ["build-x"]


def test_a_link_is_followed_and_stays(built: Path, tmp_path: Path) -> None:
    real = write(tmp_path / "www", OLD)
    (tmp_path / "site").symlink_to("www")
    again = shutil.copytree(built, tmp_path / ".cache" / "build-y")
    for one in (built, again):
        put_in_place(one, tmp_path / "site")
        assert (tmp_path / "site").is_symlink() and read(real) == NEW


@pytest.mark.parametrize("left", ["link", "file", "folder"])
def test_what_an_earlier_build_left_does_not_stop_this_one(built: Path, tmp_path: Path, left: str) -> None:
    seen: list[Path] = []
    site = write(tmp_path / "site", OLD)
    real_rename = Path.rename

    def rename(self: Path, target: Path) -> Path:
        seen.append(Path(target))
        return real_rename(self, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        put_in_place(shutil.copytree(built, tmp_path / "copy"), site)
    previous = seen[0]
    assert previous.name.endswith(".previous")
    beside = write(tmp_path / "beside", OLD)
    if left == "link":
        previous.symlink_to(beside)
    elif left == "file":
        previous.write_text("x")
    else:
        write(previous, OLD)
    put_in_place(built, site)
    assert read(site) == NEW and read(beside) == OLD and not os.path.lexists(previous)


@pytest.mark.parametrize("old", [OLD, {}, None])
@pytest.mark.parametrize("how", ["volume", "every rename"])
def test_another_file_system_is_no_obstacle(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, old: dict[str, str] | None
) -> None:
    site = tmp_path / "site"
    if old is not None:
        site.mkdir()
        write(site, old)
        (site / "lost+found").mkdir()
    refuse(monkeypatch, across(site) if how == "volume" else lambda _a, _b: errno.EXDEV)
    put_in_place(built, site)
    assert read(site) == NEW
    assert {path.name for path in site.iterdir()} - {"lost+found"} == {"index.html", "han-che", "sw.js"}


@pytest.mark.parametrize("copies", [False, True], ids=["renaming inside", "copying inside"])
def test_whatever_step_fails_the_old_site_stays(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copies: bool
) -> None:
    """The disk is full at the first, the second, … step, until none is left to fail."""
    site = write(tmp_path / "site", OLD)
    outside = across(site)
    steps = 0
    full_at = 0

    def step(path: Path) -> None:
        nonlocal steps
        steps += 1
        if steps == full_at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    def when(source: Path, target: Path) -> int | None:
        code = outside(source, target) or (errno.EXDEV if copies else None)
        if not code:
            step(target)
        return code

    def copy(source: str, target: str, **_options: object) -> str:
        step(Path(target))
        return str(real_copy(source, target))

    real_copy = shutil.copyfile
    monkeypatch.setattr(shutil, "copyfile", copy)
    refuse(monkeypatch, when)
    while True:
        steps, full_at = 0, full_at + 1
        try:
            put_in_place(built, site)
        except OSError as error:
            assert "hết chỗ trên đĩa" in (refusal(error) or "").lower()
            assert read(site) == OLD and len(list(site.iterdir())) == 3, f"step {full_at}"
        else:
            break
    assert full_at > 6 and read(site) == NEW


def test_a_volume_that_is_full_keeps_no_half_of_a_new_folder(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, lambda _a, _b: errno.EXDEV)

    def full(*_a: object, **_b: object) -> None:
        raise shutil.Error([("a", "b", "[Errno 28] No space left on device: 'b'")])

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(OSError) as caught:
        put_in_place(built, tmp_path / "out")
    assert refusal(caught.value) == "Hết chỗ trên đĩa; xóa bớt tệp rồi chạy lại"
    assert not (tmp_path / "out").exists()


def test_a_killed_exchange_is_made_good_by_the_next_build(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write(tmp_path / "site", {"han-che/hc1/index.html": "cũ"})
    write(site / f"{placing.ASIDE}abc", OLD)
    refuse(monkeypatch, across(site))
    put_in_place(built, site)
    assert read(site) == NEW


def test_places_that_cannot_be_are_refused_in_one_line(built: Path, tmp_path: Path) -> None:
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "round").symlink_to("round")
    (tmp_path / "file").write_text("x")
    write(tmp_path / "other", {"quan-trong.txt": "x"})
    (tmp_path / "to-other").symlink_to("other")
    words = {"gone": "nơi đó không có", "round": "vòng", "file": "là một tệp",
             "other": "thư mục có tệp khác", "to-other": "thư mục có tệp khác"}  # fmt: skip
    for name, word in words.items():
        with pytest.raises(BuildFailed, match=word) as caught:
            put_in_place(built, tmp_path / name)
        assert "\n" not in str(caught.value)
    assert read(built) == NEW and read(tmp_path / "other") == {"quan-trong.txt": "x"}
    assert not (tmp_path / "nowhere").exists()


# The command itself, with pages made in no time; the n-th call of one function first does something else.
COMMAND = """
import os, sys
from publish import put_in_place
from scripts import build, command
from pathlib import Path

name, number, what = sys.argv.pop(1), int(sys.argv.pop(1)), sys.argv.pop(1)

def make(target, *_):
    for page in ("index.html", "han-che/hc1/index.html"):
        (target / page).parent.mkdir(parents=True, exist_ok=True)
        (target / page).write_text("mới", encoding="utf-8")

def surprise():
    if what.startswith("SIG"):
        os.kill(os.getpid(), getattr(__import__("signal"), what))
    else:
        raise OSError(int(what), os.strerror(int(what)), "/dia/tep")

def at(owner, attribute):
    real, calls = getattr(owner, attribute), 0
    def instead(*a, **b):
        nonlocal calls
        calls += 1
        if calls == number:
            surprise()
        return real(*a, **b)
    setattr(owner, attribute, instead)

build.build_into = make
build.checked = lambda strict, with_drafts=False: (None, True)
at(*{"check": (build, "checked"), "make": (build, "build_into"), "rename": (os, "rename")}[name])
command.run(build.main)
"""


def run_command(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments, "--output", str(root / "site")],
        env=command_environment(root),
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=heed_interruptions,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize(
    ("where", "number", "new"),
    [("check", 1, False), ("make", 1, False), ("rename", 1, True), ("rename", 2, True)],
)
@pytest.mark.full
def test_an_interruption_leaves_the_old_site_or_the_new_one(
    tmp_path: Path, name: str, where: str, number: int, new: bool
) -> None:
    """Renaming is the moment that counts: the signal comes between taking the old away and putting the new."""
    write(tmp_path / "site", OLD)
    result = run_command(tmp_path, where, str(number), name)
    assert result.returncode == {"SIGINT": 130, "SIGTERM": 143}[name], result.stdout
    assert "Traceback" not in result.stdout
    wanted = {"index.html": "mới", "han-che/hc1/index.html": "mới"} if new else OLD
    assert read(tmp_path / "site") == wanted
    left = {path.name for path in (tmp_path / ".cache").iterdir()}
    assert {one for one in left if not one.endswith(".previous")} == {"build-directory.lock"}


@pytest.mark.parametrize("where", ["make", "rename"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
@pytest.mark.full
def test_what_the_machine_refuses_is_one_line(tmp_path: Path, where: str, code: int) -> None:
    write(tmp_path / "site", OLD)
    result = run_command(tmp_path, where, "1", str(code))
    lines = result.stdout.splitlines()
    assert result.returncode == 1 and "Traceback" not in result.stdout
    assert lines[-2].startswith("/dia/tep: ") and lines[-1] == "site/ was left as it was."
    assert read(tmp_path / "site") == OLD


def test_what_the_machine_refuses_the_engine_is_one_line() -> None:
    from publish.site import _what_mkdocs_says

    output = (
        "INFO - x\nTraceback (most recent call last):\n  File\nOSError: [Errno 28] No space left on device: '/a/b'\n"
    )
    assert _what_mkdocs_says(output) == "/a/b: hết chỗ trên đĩa; xóa bớt tệp rồi chạy lại"


def test_a_fault_of_the_code_is_not_told_as_one_of_the_machine() -> None:
    assert refusal(FileNotFoundError(errno.ENOENT, "No such file or directory", "x.html")) is None
