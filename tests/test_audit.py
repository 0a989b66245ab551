"""The audit of the lock files: a vulnerable package is refused, none passes, and silence is not taken for none."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts import audit
from scripts.audit import LOCKS, PROGRAM, Vulnerability, locked, vulnerabilities
from tests.conftest import ROOT

HASH = "    --hash=sha256:" + "0" * 64
LOCK = f"""# made by
#    make lock
so-tot==1.0 \\
{HASH}
So.Xau[them]==2.1 ; python_full_version >= '3.11' \\
{HASH} \\
{HASH}
"""
BAD = {"id": "CVE-2026-1", "aliases": ["GHSA-x"], "fix_versions": ["2.2"], "description": "x"}


@pytest.fixture
def locks(tmp_path: Path) -> tuple[Path, Path]:
    site, test = tmp_path / "site.lock", tmp_path / "test.lock"
    site.write_text(f"so-tot==1.0 \\\n{HASH}\n", "utf-8")
    test.write_text(LOCK, "utf-8")
    return site, test


@pytest.fixture
def stub(tmp_path: Path, locks: tuple[Path, Path]) -> Callable[..., tuple[list[str], int]]:
    """Audit the locks with a script in pip-audit's stead: what it prints for each lock, what it complains of, its code."""

    def run(answers: dict[str, Any], errors: str = "", code: int = 0) -> tuple[list[str], int]:
        for name, answer in answers.items():
            (tmp_path / f"{name}.json").write_text(answer if isinstance(answer, str) else json.dumps(answer), "utf-8")
        program = tmp_path / "pip-audit"
        program.write_text(
            '#!/bin/sh\nlock=${1#--requirement=}\nprintf "%s\\n" "$*" >>"$0.asked"\n'
            f'cat "$lock.json" 2>/dev/null\nprintf "%s" "{errors}" >&2\nexit {code}\n',
            "utf-8",
        )
        program.chmod(0o755)
        return audit.audit(locks, "http://vi-du.vn/", program)

    return run


def answer(*packages: tuple[str, str, list[dict[str, Any]]]) -> dict[str, Any]:
    return {"dependencies": [{"name": n, "version": v, "vulns": found} for n, v, found in packages], "fixes": []}


def test_what_is_locked_is_read_with_its_locks_and_conditions(locks: tuple[Path, Path]) -> None:
    where, everywhere = locked(locks)
    assert where == {("so-tot", "1.0"): ["site.lock", "test.lock"], ("so-xau", "2.1"): ["test.lock"]}
    assert everywhere == {("so-tot", "1.0")}


def test_each_lock_of_the_project_is_read_whole() -> None:
    assert sorted(path.name for path in LOCKS) == sorted(path.name for path in (ROOT / "requirements").glob("*.lock"))
    for lock in LOCKS:
        packages = [line for line in lock.read_text("utf-8").splitlines() if line[:1].isalnum()]
        assert len(locked([lock])[0]) == len(packages) > 10


def test_a_vulnerable_package_is_one_line_and_refused(
    stub: Callable[..., tuple[list[str], int]], tmp_path: Path
) -> None:
    clean = answer(("so-tot", "1.0", []))
    bad = answer(("so-tot", "1.0", []), ("so-xau", "2.1", [BAD]))
    lines, code = stub({"site.lock": clean, "test.lock": bad}, code=1)
    assert code == 1
    assert lines[0] == "so-xau 2.1: CVE-2026-1, GHSA-x; mended in 2.2 (test.lock)"
    assert lines[1:] == ["2 packages of site.lock, test.lock: 1 vulnerabilities known"]
    asked = (tmp_path / "pip-audit.asked").read_text("utf-8").splitlines()
    assert len(asked) == 2
    for line in asked:
        assert "--require-hashes --disable-pip --strict" in line and "--osv-url=http://vi-du.vn/" in line


def test_one_that_nobody_mended_is_told_as_such() -> None:
    (found,) = vulnerabilities(answer(("x", "1", [{"id": "A"}]))["dependencies"], {})
    assert found == Vulnerability("x", "1", ("A",), (), ()) and "not mended yet" in str(found)


def test_none_passes(stub: Callable[..., tuple[list[str], int]]) -> None:
    clean = answer(("so-tot", "1.0", []))
    lines, code = stub({"site.lock": clean, "test.lock": clean})
    assert (lines, code) == (["1 packages of site.lock, test.lock: 0 vulnerabilities known"], 0)


@pytest.mark.parametrize(
    ("answers", "errors", "told"),
    [
        ({}, "Traceback\nrequests.exceptions.ConnectionError: no route\n", "ConnectionError: no route"),
        ({}, "ERROR:pip_audit._cli:package x has no hash\n", "could not be asked: package x has no hash"),
        ({}, "", "pip-audit said nothing"),
        ({"site.lock": "[]", "test.lock": "[]"}, "", "pip-audit said nothing"),
        # An empty answer is no answer.
        (
            {"site.lock": answer(), "test.lock": answer()},
            "",
            "1 locked packages were not asked about, so-tot 1.0 first.",
        ),
        (
            {"site.lock": answer(("so-tot", "0.9", [])), "test.lock": answer()},
            "",
            "1 locked packages were not asked about, so-tot 1.0 first.",
        ),
    ],
)
def test_silence_is_not_taken_for_none(
    stub: Callable[..., tuple[list[str], int]], answers: dict[str, Any], errors: str, told: str
) -> None:
    lines, code = stub(answers, errors, code=1)
    assert code == 2 and told in lines[0] and not any("vulnerabilities known" in line for line in lines)


def test_a_program_that_is_not_there_is_one_line(locks: tuple[Path, Path], tmp_path: Path) -> None:
    lines, code = audit.audit(locks, program=tmp_path / "khong-co")
    assert code == 2 and "make audit" in lines[0]


# --- pip-audit itself, before a server that answers as OSV does


class Service(http.server.BaseHTTPRequestHandler):
    """Knows one vulnerable package, or answers with an error."""

    vulnerable = ""
    code = 200

    def do_POST(self) -> None:
        package = json.loads(self.rfile.read(int(self.headers["content-length"])))["package"]
        answer: dict[str, Any] = {}
        if package["name"] == self.vulnerable:
            events = [{"introduced": "0"}, {"fixed": "99.1"}]
            affected = {"package": package, "ranges": [{"type": "ECOSYSTEM", "events": events}]}
            answer = {"vulns": [{"id": "GHSA-x", "aliases": ["CVE-2026-1"], "summary": "x", "affected": [affected]}]}
        self.send_response(self.code)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_told: object) -> None:
        """Keep still."""


@pytest.fixture
def service() -> Iterator[tuple[str, type[Service]]]:
    kind = type("OneService", (Service,), {})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1/query", kind
    server.shutdown()
    server.server_close()


@pytest.mark.full
@pytest.mark.skipif(not PROGRAM.is_file(), reason="make audit has not been run here")
def test_pip_audit_asks_about_the_locks_as_they_are(service: tuple[str, type[Service]]) -> None:
    address, kind = service
    lines, code = audit.audit(LOCKS, address)
    assert code == 0 and lines[-1].endswith(": 0 vulnerabilities known"), lines
    kind.vulnerable = "jinja2"
    lines, code = audit.audit(LOCKS, address)
    assert code == 1 and len(lines) == 2
    assert lines[0].startswith("jinja2 ") and "mended in 99.1 (site.lock, test.lock, canary.lock)" in lines[0]
    assert "CVE-2026-1" in lines[0] and "GHSA-x" in lines[0]
    kind.code = 503
    lines, code = audit.audit(LOCKS[:1], address)
    assert code == 2 and lines[0].startswith(f"{address} could not be asked: ") and "\n" not in lines[0]


@pytest.mark.full
@pytest.mark.skipif(not PROGRAM.is_file(), reason="make audit has not been run here")
def test_a_service_that_cannot_be_reached_is_one_line_and_another_code(service: tuple[str, type[Service]]) -> None:
    # Port 9 of this computer takes nothing.
    lines, code = audit.audit(LOCKS[:1], "http://127.0.0.1:9/v1/query")
    assert code == 2 and "could not be asked" in lines[0] and "ConnectionError" in lines[0]
    assert lines[1:] == ["Nothing is known of the locked packages."]
