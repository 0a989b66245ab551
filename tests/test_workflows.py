"""What runs on the host of the repository: who may write, what is asked weekly, which actions are taken."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml


def flows_of(root: Path) -> dict[str, dict[Any, Any]]:
    return {
        path.name: yaml.safe_load(path.read_text("utf-8"))
        for path in sorted((root / ".github/workflows").glob("*.yml"))
    }


def ran(job: dict[str, Any]) -> str:
    return "\n".join(step.get("run", "") for step in job.get("steps", ()))


def faults_of(flows: dict[str, dict[Any, Any]]) -> list[str]:
    """Return what no workflow should do."""
    found = []
    versions: dict[str, set[str]] = defaultdict(set)
    for name, flow in flows.items():
        if flow.get("permissions") != {"contents": "read"}:
            found.append(f"{name}: may more than read")
        for title, job in flow["jobs"].items():
            steps = job.get("steps", ())
            if "write" in str(job.get("permissions")) and re.search(
                r"\b(make|python3?|sh scripts)\b(?! lock LOCK_ARGS=--upgrade`)", ran(job)
            ):
                found.append(f"{name} {title}: may write and runs the project's code")
            if steps and not job.get("timeout-minutes"):
                found.append(f"{name} {title}: may run for ever")
            for step in steps:
                action, _, version = step.get("uses", "").partition("@")
                if action:
                    versions[action].add(version)
                if action and not re.fullmatch(r"v\d+|[0-9a-f]{40}", version):
                    found.append(f"{name} {title}: {action} is not pinned")
                if action == "actions/checkout" and step.get("with", {}).get("persist-credentials") is not False:
                    found.append(f"{name} {title}: leaves its token in the checkout")
                if "${{" in step.get("run", ""):
                    found.append(f"{name} {title}: puts a value into a script by text")
    return found + [f"{action}: {sorted(taken)}" for action, taken in versions.items() if len(taken) > 1]


def test_workflows_may_only_what_they_must(root: Path) -> None:
    flows = flows_of(root)
    assert len(flows) >= 5
    assert faults_of(flows) == []
    writing = {
        (name, title)
        for name, flow in flows.items()
        for title, job in flow["jobs"].items()
        if "write" in str(job.get("permissions"))
    }
    assert writing == {("publish.yml", "deploy"), ("release.yml", "publish"), ("weekly.yml", "update")}
    assert flows["weekly.yml"]["jobs"]["update"]["permissions"] == {"contents": "write", "pull-requests": "write"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("contents: read", "contents: write"),
        ("git switch -c update-locks", "make site"),
        ("gh auth setup-git", "python3 -m x"),
        ("actions/checkout@v7", "actions/checkout@main"),
        ("actions/download-artifact@v4", "actions/upload-artifact@v3"),
        ("persist-credentials: false", "persist-credentials: true"),
        ("run: make audit", "run: make audit ${{ github.ref }}"),
        ("timeout-minutes: 15", "continue-on-error: true"),
    ],
)
def test_a_workflow_that_may_more_is_caught(root: Path, old: str, new: str) -> None:
    flows = flows_of(root)
    text = (root / ".github/workflows/weekly.yml").read_text("utf-8")
    assert old in text
    flows["weekly.yml"] = yaml.safe_load(text.replace(old, new, 1))
    assert len(faults_of(flows)) >= 1


def test_what_is_asked_weekly(root: Path) -> None:
    flow = flows_of(root)["weekly.yml"]
    assert flow[True]["schedule"] and "workflow_dispatch" in flow[True]
    jobs = flow["jobs"]
    for title, command in {
        "test-full": "make test-full", "links": "make links", "canary": "make canary", "audit": "make audit",
        "locks": "make lock LOCK_ARGS=--upgrade", "mutants": "make mutate MUTATE_ARGS=",
    }.items():  # fmt: skip
        assert command in ran(jobs[title]), title
    # A difference of the canary stops nothing; a vulnerability does, and nothing waits for either.
    lenient = {title for title, job in jobs.items() for step in job["steps"] if step.get("continue-on-error")}
    assert lenient == {"canary"}
    assert {title: job["needs"] for title, job in jobs.items() if "needs" in job} == {"update": "locks"}
    # Both hand over the same files.
    (made,) = [step["with"] for step in jobs["locks"]["steps"] if "upload-artifact" in step.get("uses", "")]
    (taken,) = [step["with"] for step in jobs["update"]["steps"] if "download-artifact" in step.get("uses", "")]
    assert made["name"] == taken["name"] and made["path"] == f"{taken['path']}/*.lock"


def test_the_other_bot_raises_actions_only(root: Path) -> None:
    (entry,) = yaml.safe_load((root / ".github/dependabot.yml").read_text("utf-8"))["updates"]
    assert entry["package-ecosystem"] == "github-actions" and entry["schedule"] == {"interval": "weekly"}


GH = """#!/bin/sh
printf '%s\\n' "gh $*" >>"$ASKED"
case "$*" in 'pr list'*) echo "${OPEN:-0}" ;; esac
"""


@pytest.mark.parametrize(
    ("newer", "already", "asked"),
    [
        (False, "0", []),
        (True, "0", ["gh auth setup-git", "gh pr list", "gh pr create"]),
        (True, "1", ["gh auth setup-git", "gh pr list"]),
    ],
)
def test_a_pull_request_is_opened_once_and_only_if_something_is_newer(
    root: Path, tmp_path: Path, newer: bool, already: str, asked: list[str]
) -> None:
    (script,) = [step["run"] for step in flows_of(root)["weekly.yml"]["jobs"]["update"]["steps"] if "run" in step]
    here, there, told = tmp_path / "here", tmp_path / "there.git", tmp_path / "asked"
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(GH, "utf-8")
    (tmp_path / "bin/gh").chmod(0o755)
    (here / "requirements").mkdir(parents=True)
    lock = here / "requirements/site.lock"
    lock.write_text("x==1\n", "utf-8")
    (here / "README.md").write_text("x", "utf-8")
    told.write_text("", "utf-8")
    environment = {
        "PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin",
        "ASKED": str(told),
        "OPEN": already,
        "HOME": str(tmp_path),
    }

    def run(command: str) -> str:
        done = subprocess.run(["bash", "-ec", command], cwd=here, env=environment, text=True, capture_output=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run(f"git init -q -b main; git init -q --bare {there}; git remote add origin {there}; git add .")
    run("git -c user.name=x -c user.email=x@example.org commit -qm x; git push -q origin main")
    if newer:
        lock.write_text("x==2\n", "utf-8")
    (here / "README.md").write_text("changed by nobody", "utf-8")
    run(script)
    assert [" ".join(line.split()[:3]) for line in told.read_text("utf-8").splitlines()] == asked
    branches = run(f"git --git-dir {there} branch --format='%(refname:short)'").split()
    assert branches == (["main", "update-locks"] if newer else ["main"])
    if newer:
        changed = run(f"git --git-dir {there} diff --name-only main update-locks")
        assert changed == "requirements/site.lock\n"
