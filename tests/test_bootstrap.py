"""The environment is prepared once, anew when anything it depends on changes, and never half: with a stub of Python."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

STUB = """#!/bin/sh
printf '%s\\n' "$*" >>"$ASKED"
case "$*" in
  -V) echo "Python ${VERSION:-3.11.7}" ;;
  *ensurepip*) [ -z "${NO_VENV:-}" ] ;;
  '-m venv '*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  *'pip install'*) eval "${PIP:-}" ;;
esac
"""
NO_NETWORK = "echo 'WARNING: connection broken by x'; echo 'ERROR: No matching distribution found for x'; exit 1"
FULL_DISK = "echo 'Installing collected packages: x'; echo 'ERROR: No space left on device'; exit 1"
KILLED = "echo 'Installing collected packages: x'; kill -9 $PPID"
CREATED, INSTALLED = "-m venv .venv", "-m pip install"
OTHERS = "-m venv .cache/"


class Checkout:
    """A folder with the scripts and the lock files, and a PATH where Python is a stub."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.folder, self.bin = folder / "here", folder / "bin"
        (self.folder / "scripts").mkdir(parents=True)
        for name in ("bootstrap.sh", "apt_install.sh"):
            shutil.copy(root / "scripts" / name, self.folder / "scripts")
        (self.folder / "requirements").mkdir()
        for name in ("site.lock", "test.lock", "canary.lock", "audit.lock"):
            (self.folder / "requirements" / name).write_text("x==1\n", "utf-8")
        self.bin.mkdir()
        self.asked = folder / "asked"
        self.put("python3.14", "exit 127")
        self.put("python3.13", STUB)

    def put(self, name: str, script: str) -> None:
        path = self.bin / name
        path.write_text(script if script.startswith("#!") else f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)

    def start(self, what: str, **environment: str) -> subprocess.Popen[str]:
        named = {"PATH": f"{self.bin}:/usr/bin:/bin", "ASKED": str(self.asked), "PYTHON": "", "PYTHONPATH": "/x"}
        command = ["sh", str(self.folder / "scripts" / "bootstrap.sh"), what]
        output = subprocess.PIPE
        return subprocess.Popen(
            command, env={**os.environ, **named, **environment}, stdout=output, stderr=output, text=True
        )

    def run(self, what: str, **environment: str) -> tuple[int, list[str], list[str]]:
        """Return (exit code, lines of faults, what Python was asked to create and install)."""
        self.asked.write_text("", "utf-8")
        process = self.start(what, **environment)
        _said, faults = process.communicate(timeout=20)
        return process.returncode, faults.splitlines(), self.done()

    def done(self) -> list[str]:
        asked = self.asked.read_text("utf-8").splitlines()
        return [line for line in asked if line.startswith((CREATED, OTHERS, INSTALLED))]


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Checkout:
    return Checkout(root, tmp_path)


def change_lock(checkout: Checkout) -> None:
    (checkout.folder / "requirements" / "site.lock").write_text("x==2\n", "utf-8")


def move(checkout: Checkout) -> None:
    checkout.folder = checkout.folder.rename(checkout.folder.with_name("there"))


def half_remove(checkout: Checkout) -> None:
    (checkout.folder / ".venv" / "bin" / "python").unlink()


def test_the_first_run_installs_with_hashes_and_the_second_does_nothing(checkout: Checkout) -> None:
    code, faults, (created, installed) = checkout.run("site")
    assert (code, faults, created) == (0, [], CREATED)
    assert installed.endswith("--require-hashes -r requirements/site.lock")
    assert checkout.run("site") == (0, [], [])
    assert [line.split("/")[-1] for line in checkout.run("test")[2]] == ["test.lock"]
    assert checkout.run("site") == checkout.run("test") == (0, [], [])


@pytest.mark.parametrize(
    ("change", "environment", "anew"),
    [
        (change_lock, {}, False),
        (move, {}, True),
        (half_remove, {}, True),
        (lambda _checkout: None, {"VERSION": "3.12.0"}, True),
    ],
)
def test_a_change_is_noticed(
    checkout: Checkout, change: Callable[[Checkout], None], environment: dict[str, str], anew: bool
) -> None:
    checkout.run("site")
    change(checkout)
    code, faults, done = checkout.run("site", **environment)
    assert (code, faults, CREATED in done, len(done)) == (0, [], anew, 1 + anew)
    assert checkout.run("site", **environment) == (0, [], [])


@pytest.mark.parametrize("what", ["canary", "audit"])
def test_what_only_looks_at_the_project_has_an_environment_and_a_lock_of_its_own(checkout: Checkout, what: str) -> None:
    checkout.run("site")
    code, faults, (created, installed) = checkout.run(what)
    assert (code, faults, created) == (0, [], f"-m venv .cache/{what}-venv")
    assert installed.endswith(f"--require-hashes -r requirements/{what}.lock")
    assert checkout.run(what) == checkout.run("site") == (0, [], [])
    (checkout.folder / "requirements" / f"{what}.lock").write_text("x==2\n", "utf-8")
    assert checkout.run("site") == (0, [], []), "the site does not rest on it"
    assert len(checkout.run(what)[2]) == 1


def test_another_python_is_taken_when_it_is_named(checkout: Checkout) -> None:
    checkout.run("site")
    checkout.put("python3.12", STUB.replace("3.11.7", "3.12.1"))
    assert checkout.run("site") == (0, [], [])
    assert CREATED in checkout.run("site", PYTHON=str(checkout.bin / "python3.12"))[2]


def test_a_killed_run_is_not_taken_for_finished(checkout: Checkout) -> None:
    checkout.run("site")
    assert checkout.run("test", PIP=KILLED)[0] == -9
    assert CREATED in checkout.run("site")[2]
    assert checkout.run("test", PIP=FULL_DISK)[0] == 1
    assert CREATED in checkout.run("site")[2], "pip had begun to change what was there"


def test_without_network_what_worked_still_does(checkout: Checkout) -> None:
    checkout.run("site")
    code, faults, _done = checkout.run("test", PIP=NO_NETWORK)
    assert code == 1 and len(faults) == 1
    assert faults[0].startswith("bootstrap: pip could not install requirements/test.lock (the package index cannot be ")
    assert faults[0].endswith("details: .cache/bootstrap.log")
    assert checkout.run("site") == (0, [], [])


def test_a_python_that_cannot_be_used_is_one_line(checkout: Checkout) -> None:
    for named in ("/khong/co", str(checkout.bin / "python3.14")):
        code, faults, done = checkout.run("site", PYTHON=named)
        assert (code, done) == (1, []) and len(faults) == 1
        assert faults[0].startswith(f"bootstrap: PYTHON={named} does not run")


def test_a_missing_venv_module_is_installed_or_named(checkout: Checkout) -> None:
    checkout.put("id", "echo 1000")
    checkout.put("apt-get", "echo 'E: no'; exit 100")
    for sudo, said in (("exit 1", "run  sudo apt install python3-venv"), ('shift; "$@"', "apt could not install")):
        checkout.put("sudo", sudo)
        code, faults, _done = checkout.run("site", NO_VENV="1", PYTHON=str(checkout.bin / "python3.13"))
        assert code == 1 and said in faults[-1] and faults[-1].startswith("bootstrap: ")


@pytest.mark.skipif(not shutil.which("flock"), reason="without flock two runs do not wait")
def test_of_two_at_once_the_second_waits(checkout: Checkout) -> None:
    checkout.asked.write_text("", "utf-8")
    may_end = checkout.folder / "may-end"
    first = checkout.start("site", PIP=f"timeout 20 sh -c 'until [ -e {may_end} ]; do sleep 0.05; done'")
    while len(checkout.done()) < 2 and first.poll() is None:
        time.sleep(0.02)
    second = checkout.start("site")
    assert second.stdout and "waiting for it" in second.stdout.readline()
    may_end.touch()
    assert [process.communicate(timeout=20)[1] for process in (first, second)] == ["", ""]
    assert (first.returncode, second.returncode, len(checkout.done())) == (0, 0, 2)


def test_the_test_lock_holds_all_of_the_site_lock(root: Path) -> None:
    site, test = (set((root / "requirements" / f"{name}.lock").read_text("utf-8").splitlines()) for name in ("site", "test"))  # fmt: skip
    assert site <= test


@pytest.mark.parametrize("lock", ["site", "test", "canary", "audit"])
def test_each_package_of_a_lock_has_its_version_and_hashes(root: Path, lock: str) -> None:
    text = (root / "requirements" / f"{lock}.lock").read_text("utf-8")
    packages = re.split(r"\n(?=\S)", "\n".join(line for line in text.splitlines() if not line.startswith("#")))
    assert len(packages) > 10
    assert [one for one in packages if not re.match(r"[\w.\[\]-]+==\S+ .*--hash=sha256:", one, re.DOTALL)] == []


def test_the_canary_runs_our_macros_with_the_libraries_of_the_site(root: Path) -> None:
    canary, test = (dict(re.findall(r"^([\w.-]+)==(\S+)", (root / "requirements" / f"{name}.lock").read_text("utf-8"), re.MULTILINE)) for name in ("canary", "test"))  # fmt: skip
    assert "zensical" in canary and not {"mkdocs", "mkdocs-material", "mkdocs-macros-plugin"} & canary.keys()
    shared = canary.keys() & test.keys()
    assert len(shared) > 8 and all(canary[name] == test[name] for name in shared)
