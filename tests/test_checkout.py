"""Files as other systems write them: a checkout on Windows, Notepad's mark, names in capitals."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.checks.project import check_project
from tests.conftest import Project

HC1 = "docs/han-che/hc1.md"
DM05 = "checklists/dm05.yml"
BINARY = (".png", ".ttf", ".woff2")


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    command = ["git", *who, *arguments]
    result = subprocess.run(command, cwd=folder, text=True, capture_output=True)
    assert result.returncode == 0, result.stderr
    return result.stdout


def one_of_each_kind(root: Path) -> list[Path]:
    """Return a file of every kind in the project, and every script of the shell."""
    kinds: dict[str, Path] = {}
    for folder in (
        "docs",
        "checklists",
        "knowledge",
        "macros",
        "overrides",
        "papers",
        "publish",
        "scripts",
        "schemas",
        "tests",
        "requirements",
    ):
        for path in sorted((root / folder).rglob("*.*")):
            if path.is_file() and not {"tai-ve", "__pycache__"} & set(path.parts):
                kinds.setdefault(path.suffix, path)
    return [*kinds.values(), *(root / "scripts").glob("*.sh"), root / "Makefile", root / ".gitattributes"]


def test_a_checkout_with_windows_line_ends_has_unix_ones(root: Path, tmp_path: Path) -> None:
    files = one_of_each_kind(root)
    names = {path.relative_to(root).as_posix() for path in files}
    assert {".md", ".yml", ".py", ".sh", ".js", *BINARY} <= {path.suffix for path in files}
    written = tmp_path / "written"
    for path in files:
        target = written / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    git(written, "init", "-q")
    git(written, "add", ".")
    git(written, "commit", "-qm", "x")
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", "written", "there")
    for name in sorted(names):
        assert (tmp_path / "there" / name).read_bytes() == (root / name).read_bytes(), name
    for path in files:
        if path.suffix in BINARY:
            told = git(written, "check-attr", "text", "--", path.relative_to(root).as_posix())
            assert told.endswith("text: unset\n"), told


@pytest.mark.parametrize("line_end", ["\r\n", pytest.param("\r", marks=pytest.mark.full)])
def test_line_ends_and_marks_of_other_systems_change_nothing(project: Project, line_end: str) -> None:
    before, _issues = check_project(project.root)
    for file in (HC1, DM05, "edition.yml", "docs/bieu-mau/bm02.yml", "docs/index.md"):
        path = project.root / file
        path.write_bytes(b"\xef\xbb\xbf" + path.read_text("utf-8").replace("\n", line_end).encode())
    after, issues = check_project(project.root)
    assert [str(issue) for issue in issues if issue.level > 0] == []
    assert after.findings == before.findings and after.checklists == before.checklists
    assert after.pages == before.pages and after.edition == before.edition


REFUSED: dict[str, Callable[[bytes], bytes]] = {
    "UTF-16": lambda raw: raw.decode().encode("utf-16"),
    "another code page": lambda raw: b"\xd0\xcf" + raw,
    "nothing": lambda _raw: b" \n",
    "no front matter": lambda raw: raw.replace(b"---\n", b"", 1),
}
HELD = (HC1, DM05, "docs/can-cu/luat-72-2025.md", "docs/tra-cuu/thuat-ngu.md", "docs/tra-cuu/tb183.md",
        "docs/vai-tro/thu-ky.md", "docs/ky-hop/index.md", "docs/danh-muc/dm05.md", "docs/bieu-mau/bm02.yml")  # fmt: skip


@pytest.mark.parametrize("file", HELD)
@pytest.mark.full
def test_a_file_that_cannot_be_read_is_one_line(project: Project, file: str) -> None:
    """Not the many records that link to what it holds: nobody would find the line that tells the cause."""
    path = project.root / file
    raw = path.read_bytes()
    for how in ("UTF-16", "nothing"):
        path.write_bytes(REFUSED[how](raw))
        lines = [str(issue) for issue in project.check() if issue.level > 0]
        assert len(lines) == 1 and lines[0].startswith(file), (how, lines)


@pytest.mark.parametrize("how", ["another code page", "no front matter"])
def test_a_spoilt_finding_is_one_line(project: Project, how: str) -> None:
    path = project.root / HC1
    path.write_bytes(REFUSED[how](path.read_bytes()))
    lines = [str(issue) for issue in project.check() if issue.level > 0]
    assert len(lines) == 1 and lines[0].startswith(HC1), lines


def test_what_is_unknown_all_the_same_is_still_told(project: Project) -> None:
    for file in (HC1, "docs/can-cu/luat-72-2025.md"):
        path = project.root / file
        path.write_bytes(REFUSED["UTF-16"](path.read_bytes()))
    unknown = ('ref("HC77a")', 'ref("GP77")', 'rule("giam-sat.khong-co")')
    calls = " ".join(f"{{{{ {one} }}}}" for one in unknown)
    project.append("docs/ky-hop/b4.md", f"\n{calls} [x](khong-co.md)\n")
    lines = [str(issue) for issue in project.check() if issue.level > 0]
    words = ("HC77a", "GP77", "giam-sat.khong-co", "khong-co.md", "UTF-8")
    assert [sum(word in line for line in lines) for word in words] == [1, 1, 1, 1, 2]
    assert len(lines) == 6


def test_a_name_in_capitals_is_one_line(project: Project) -> None:
    for file, other in ((HC1, "HC1.md"), ("docs/danh-muc/dm05.md", "Dm05.md"), (DM05, "DM05.YML")):
        path = project.root / file
        path.rename(path.with_name(other))
        lines = [str(issue) for issue in project.check() if issue.level > 0]
        path.with_name(other).rename(path)
        assert len(lines) == 1 and f"đổi tên thành {path.name}" in lines[0], lines
