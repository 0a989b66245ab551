"""Nothing is published that does not belong to the handbook: not on the host, not on devices, not in the zip."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import get_files, set_exclusions

from knowledge.records.docs_files import find_files, is_left_behind, may_stand
from tests.conftest import Project

LEFT_BEHIND = (
    ".DS_Store", "._hc1.md", "~$hc1.docx", "~WRL0001.tmp", "hc1.md~", ".hc1.md.swp", "hc1.md.swp", "#hc1.md#",
    ".#hc1.md", "Thumbs.db", "thumbs.db", "desktop.ini", "Desktop.ini", ".~lock.hc1.docx#", "hc1.pdf.crdownload",
    "~hc1.md", ".hc1.md", ".nhap/hc1.md", ".git/config",
)  # fmt: skip
STRAYS = (
    "du-thao.docx", "mat-khau.txt", "hc1.md.bak", "anh.JPG", "so.xlsx", "Icon", "a.svg", "a.js", "nhap/x.pdf",
    "manifest.webmanifest", "README",
)  # fmt: skip


def published(root: Path) -> set[str]:
    """Return what plain ``mkdocs build`` would publish of ``docs/`` and ``overrides/``, pages as Markdown."""
    config = load_config(str(root / "mkdocs.yml"))
    files = get_files(config)
    files.add_files_from_theme(config.theme.get_env(), config)
    set_exclusions(files, config)
    return {file.src_uri for file in files if file.inclusion.is_included() and str(file.src_dir).startswith(str(root))}


def test_all_that_the_project_holds_may_stand_there(root: Path) -> None:
    found = find_files(root)
    assert found.issues == [] and found.strays == []
    listed = subprocess.run(["git", "ls-files", "docs", "checklists"], cwd=root, text=True, capture_output=True)
    if listed.returncode == 0:
        kept = {name for name in listed.stdout.splitlines() if not name.endswith("/.nav.yml")}
        assert kept <= set(found.files) and len(kept) > 200


def test_all_that_a_build_makes_may_stand_there(site: Path) -> None:
    made = [path for path in (site / "tai-ve").rglob("*") if path.is_file()]
    assert len(made) > 100
    assert [p for p in made if not may_stand(f"docs/{p.relative_to(site).as_posix()}")] == []


@pytest.mark.parametrize("name", LEFT_BEHIND)
def test_what_editors_and_systems_leave_is_known(name: str) -> None:
    assert is_left_behind(name.partition("/")[0])


def test_names_of_the_handbook_are_not_taken_for_rubbish() -> None:
    for name in ("hc1.md", ".nav.yml", "bo-in-b1.pdf", "thumbs.md", "site.css", "OFL.txt"):
        assert not is_left_behind(name)


def test_the_engine_publishes_just_what_may_stand(buildable: Project) -> None:
    """The second belt: plain ``mkdocs build``, or somebody's own script, passes nothing on either."""
    root = buildable.root
    before = published(root)
    belong = {file.removeprefix("docs/") for file in find_files(root).files if file.startswith("docs/")}
    assert before == {file for file in belong if not file.endswith(".yml")} and len(before) > 200
    for folder in ("docs", "docs/han-che", "docs/tra-cuu", "docs/assets", "docs/assets/styles", "overrides"):
        for name in (*LEFT_BEHIND, *STRAYS):
            if not may_stand(f"{folder}/{name}"):
                buildable.write(f"{folder}/{name}", "x")
    more = published(root) - before
    # A style is no script, but the engine knows folders and kinds of files only; the checks know names.
    assert more == {"assets/a.js", "assets/a.svg", "assets/styles/a.js", "assets/styles/a.svg"}
    told = {issue.file for issue in buildable.check()}
    assert {f"docs/{name}" for name in more} <= told


def test_what_editors_leave_behind_is_passed_over(buildable: Project) -> None:
    for folder in ("docs", "docs/han-che", "docs/bieu-mau", "docs/assets/scripts", "docs/tai-ve", "checklists"):
        for name in LEFT_BEHIND:
            buildable.write(f"{folder}/{name}", "không phải UTF-8, không phải bản ghi")
    assert [str(issue) for issue in buildable.check() if issue.level > 0] == []
