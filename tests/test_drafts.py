"""A record that is not finished can be kept: its faults are warnings, nobody but its editor sees it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.checks.project import check_project, check_with_drafts
from knowledge.records.issues import Level
from scripts.command import failing
from tests.conftest import ROOT, Project, command_environment, run_script

EXERCISE = "docs/thuc-hanh/th99.md"
SHEET = "checklists/dm99.yml"
UNFINISHED = """---
id: TH99
title: Bài đang viết
draft: true
kind: one
---

{{ record_header() }}

{{ exercise() }}
"""


def a_draft(project: Project) -> None:
    """Plant an exercise that is ready but for its mark."""
    text = project.read("docs/thuc-hanh/th36.md").replace("id: TH36\n", "id: TH99\ndraft: true\n", 1)
    project.write(EXERCISE, text.replace("Không ai tìm thấy bản ký", "Bài đang viết"))


def test_what_is_wrong_in_a_draft_is_told_and_fails_nothing(project: Project) -> None:
    project.write(EXERCISE, UNFINISHED)
    kb, issues = check_project(project.root)
    assert issues and {issue.file for issue in issues} == {EXERCISE}
    assert {issue.level for issue in issues} == {Level.WARNING}
    assert not failing(issues, strict=True)
    assert "CẢNH BÁO (bản nháp)" in str(issues[0])
    assert "TH99" not in kb.exercises and "thuc-hanh/th99.md" not in kb.pages
    assert kb.drafts == {EXERCISE: "TH99"}


def test_the_same_without_the_mark_fails(project: Project) -> None:
    project.write(EXERCISE, UNFINISHED.replace("draft: true\n", ""))
    assert failing(check_project(project.root)[1], strict=False)


@pytest.mark.parametrize("written", ["yes", "on", '"true"', "1", "có"])
def test_a_mark_that_is_no_true_has_one_line(project: Project, written: str) -> None:
    """mkdocs would read YAML 1.1's yes as true, the checks would not: one line says what to write."""
    a_draft(project)
    project.replace(EXERCISE, "draft: true", f"draft: {written}")
    (told,) = check_project(project.root)[1]
    assert str(told).startswith(f"{EXERCISE}:3: LỖI draft:") and "viết true hoặc false" in str(told)


@pytest.mark.parametrize("written", ["true", "yes"])
def test_the_mark_on_a_sheets_page_has_one_line(project: Project, written: str) -> None:
    project.replace("docs/danh-muc/dm20.md", "id: DM20\n", f"id: DM20\ndraft: {written}\n")
    (told,) = check_project(project.root)[1]
    assert told.code == "draft-on-page" and told.line == 3 and "checklists/dm20.yml" in told.remedy


def test_a_draft_that_cannot_be_parsed_is_still_a_draft(project: Project) -> None:
    project.write(EXERCISE, UNFINISHED.replace("kind: one", "kind: [one"))
    assert not failing(check_project(project.root)[1], strict=True)


def test_a_sheet_is_left_out_with_its_page(project: Project) -> None:
    project.write(SHEET, project.read("checklists/dm20.yml").replace("id: DM20\n", "id: DM99\ndraft: true\n"))
    project.write("docs/danh-muc/dm99.md", project.read("docs/danh-muc/dm20.md").replace("DM20", "DM99"))
    kb, issues = check_project(project.root)
    assert not failing(issues, strict=True), issues
    assert "DM99" not in kb.checklists and "danh-muc/dm99.md" not in kb.pages


def test_a_form_is_left_out_with_its_document(project: Project) -> None:
    page = (
        project.read("docs/bieu-mau/bm26.md").replace("BM26", "BM99").replace("id: BM99\n", "id: BM99\ndraft: true\n")
    )
    project.write("docs/bieu-mau/bm99.md", page)
    project.write("docs/bieu-mau/bm99.yml", project.read("docs/bieu-mau/bm26.yml").replace("BM26", "BM99"))
    kb, issues = check_project(project.root)
    assert not failing(issues, strict=True), issues
    assert "BM99" not in kb.templates and "BM99" not in kb.documents


def test_what_was_published_is_no_draft_any_more(project: Project) -> None:
    shutil.copy(ROOT / "ledger.json", project.root)
    project.replace("docs/giai-phap/gp1.md", "id: GP1\n", "id: GP1\ndraft: true\n")
    kb, issues = check_project(project.root)
    assert [issue.code for issue in issues] == ["draft-published"] and "GP1" in kb.solutions


def test_the_mark_of_a_sheet_stands_with_its_data(project: Project) -> None:
    project.replace("docs/danh-muc/dm20.md", "id: DM20\n", "id: DM20\ndraft: true\n")
    told = [str(issue) for issue in check_project(project.root)[1]]
    assert len(told) == 1 and "ghi draft: true trong checklists/dm20.yml" in told[0]


def test_the_editor_sees_drafts_that_hold_and_none_that_do_not(project: Project) -> None:
    a_draft(project)
    project.write("docs/thuc-hanh/th98.md", UNFINISHED.replace("TH99", "TH98"))
    kb, issues = check_with_drafts(project.root)
    assert "TH99" in kb.exercises and "TH98" not in kb.exercises
    assert not failing(issues, strict=True)


def test_a_draft_that_takes_the_place_of_a_record_is_not_shown(project: Project) -> None:
    a_draft(project)
    project.replace(EXERCISE, "id: TH99", "id: TH01")
    kb, issues = check_with_drafts(project.root)
    assert kb.exercises["TH01"].title == "Tên nghị quyết không khớp nội dung"
    assert not failing(issues, strict=True)


@pytest.mark.full
def test_only_the_editors_build_shows_a_draft(buildable: Project, tmp_path: Path) -> None:
    a_draft(buildable)
    for live, shown in ((True, True), (False, False)):
        target = tmp_path / f"site-{live}"
        done = run_script("build", "--output", str(target), *(["--live"] if live else []), root=buildable.root)
        assert done.returncode == 0, done.stdout
        page = target / "thuc-hanh" / "th99" / "index.html"
        assert page.is_file() == shown
        if shown:
            assert "Bản nháp." in page.read_text("utf-8")
        assert ("TH99" in (target / "tai-ve" / "kb.json").read_text("utf-8")) == shown


@pytest.mark.full
def test_a_build_without_a_staged_tree_leaves_drafts_out_too(buildable: Project) -> None:
    a_draft(buildable)
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir", str(buildable.root / "plain")]
    done = subprocess.run(
        command, cwd=buildable.root, env=command_environment(buildable.root), text=True, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    assert (buildable.root / "plain/thuc-hanh/th36/index.html").is_file()
    assert not (buildable.root / "plain/thuc-hanh/th99").exists()
