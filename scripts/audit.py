"""``make audit``: asks whether a package of the lock files has a known vulnerability.

``pip-audit`` asks the service OSV, package by package, for the versions as they are locked: nothing is resolved or
installed. Each vulnerability is one line. Exit code 0: none; 1: some; 2: it could not be asked, so nothing is known.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish.project import CACHE, ROOT
from scripts.command import run

PROGRAM = CACHE / "audit-venv" / "bin" / "pip-audit"
LOCKS = tuple(ROOT / "requirements" / f"{name}.lock" for name in ("site", "test", "canary", "audit"))
SERVICE = "https://api.osv.dev/v1/query"
SECONDS = 900
_LOCKED = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)[ \t]*(;?)", re.MULTILINE)


@dataclass(frozen=True)
class Vulnerability:
    """One that is known of a locked package."""

    name: str
    version: str
    ids: tuple[str, ...]
    mended: tuple[str, ...]
    locks: tuple[str, ...]

    def __str__(self) -> str:
        mended = f"mended in {', '.join(self.mended)}" if self.mended else "not mended yet"
        return f"{self.name} {self.version}: {', '.join(self.ids)}; {mended} ({', '.join(self.locks)})"


class NotAsked(Exception):
    """The service could not be asked; the message is one line."""


def canonical(name: str) -> str:
    """Return a package's name as indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(locks: Iterable[Path]) -> tuple[dict[tuple[str, str], list[str]], set[tuple[str, str]]]:
    """Return the packages (name, version) with the locks they stand in, and those that every system needs."""
    where: dict[tuple[str, str], list[str]] = {}
    everywhere = set()
    for lock in locks:
        for name, version, condition in _LOCKED.findall(lock.read_text("utf-8")):
            package = canonical(name), version
            where.setdefault(package, []).append(lock.name)
            if not condition:
                everywhere.add(package)
    return where, everywhere


def ask(lock: Path, service: str = SERVICE, program: Path = PROGRAM) -> list[dict[str, Any]]:
    """Return what pip-audit says of each package of a lock. Raises NotAsked."""
    command = [
        str(program), f"--requirement={lock}", "--require-hashes", "--disable-pip", "--strict",
        "--format=json", "--progress-spinner=off", "--vulnerability-service=osv", f"--osv-url={service}",
    ]  # fmt: skip
    try:
        told = subprocess.run(command, text=True, capture_output=True, timeout=SECONDS)
    except FileNotFoundError:
        raise NotAsked("pip-audit is not installed: run  make audit") from None
    except subprocess.TimeoutExpired:
        raise NotAsked(f"{service} did not answer all questions within {SECONDS} seconds") from None
    # Also where it found something its code is 1; a broken connection is a traceback with the same code.
    try:
        packages = json.loads(told.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        raise NotAsked(f"{service} could not be asked: {_why(told.stderr)}") from None
    return [one for one in packages if "version" in one]


def _why(errors: str) -> str:
    """Return the line of an error's own words, shortened."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    named = [line for line in lines if re.match(r"(?:[\w.]*(?:Error|Exception|Timeout)\b|ERROR)", line)]
    return (named or lines or ["pip-audit said nothing"])[-1].removeprefix("ERROR:pip_audit._cli:")[:200]


def vulnerabilities(packages: Iterable[dict[str, Any]], where: dict[tuple[str, str], list[str]]) -> list[Vulnerability]:
    """Return what is known, by package."""
    found = [
        Vulnerability(
            one["name"],
            one["version"],
            (vulnerability["id"], *vulnerability.get("aliases", ())),
            tuple(vulnerability.get("fix_versions", ())),
            tuple(where.get((canonical(one["name"]), one["version"]), ())),
        )
        for one in packages
        for vulnerability in one["vulns"]
    ]
    return sorted(found, key=str)


def audit(locks: Iterable[Path], service: str = SERVICE, program: Path = PROGRAM) -> tuple[list[str], int]:
    """Ask about all that is locked. Returns the lines to print and the exit code."""
    locks = tuple(locks)
    where, everywhere = locked(locks)
    try:
        # One lock a time: pip-audit takes no package in two versions.
        answers = [one for lock in locks for one in ask(lock, service, program)]
    except NotAsked as error:
        return [str(error), "Nothing is known of the locked packages."], 2
    packages = {(canonical(one["name"]), one["version"]): one for one in answers}
    if left_out := sorted(everywhere - packages.keys()):
        name, version = left_out[0]
        return [f"{len(left_out)} locked packages were not asked about, {name} {version} first."], 2
    found = vulnerabilities(packages.values(), where)
    told = f"{len(packages)} packages of {', '.join(lock.name for lock in locks)}: {len(found)} vulnerabilities known"
    return [*map(str, found), told], 1 if found else 0


def main() -> int:
    """Ask, print. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--service", default=SERVICE, metavar="URL", help="another address that answers as OSV does")
    options = parser.parse_args()
    lines, code = audit(LOCKS, options.service)
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    run(main)
