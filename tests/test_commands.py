"""The commands as an editor meets them: all faults at once, exit code 1, nothing half-built."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest

from knowledge.checks.project import check_project
from knowledge.kinds import BY_FOLDER, KINDS, TO_WRITE
from scripts import new_record, serve
from scripts.command import failing
from tests.conftest import Project, at_the_top, command_environment, run_here, run_script


def plant_three(project: Project) -> None:
    project.replace("checklists/dm05.yml", "reads: thu-ky", "reads: thuky")
    project.replace("docs/han-che/hc1.md", "severity: cao", "severity: rất cao")
    project.append("docs/ky-hop/b4.md", "\n{{ typo }}\n")


def test_check_prints_every_fault_on_one_line_each(project: Project) -> None:
    plant_three(project)
    result = run_script("check", root=project.root)
    assert result.returncode == 1
    lines = [line for line in result.stdout.splitlines() if "LỖI" in line]
    assert [line.split(":")[0] for line in lines] == [
        "checklists/dm05.yml",
        "docs/han-che/hc1.md",
        "docs/ky-hop/b4.md",
    ]
    assert all(re.match(r"[^:]+:\d+: LỖI .+ → .+ \[[a-z-]+\]$", line) for line in lines)
    assert "Traceback" not in result.stdout


def test_warnings_fail_in_ci_only(project: Project) -> None:
    project.append("docs/ky-hop/b4.md", "\nCâu này " + "rất dài " * 13 + ".\n")
    assert run_here("check", root=project.root).returncode == 0
    strict = run_here("check", root=project.root, CI="true")
    assert strict.returncode == 1 and "CẢNH BÁO" in strict.stdout


def test_the_calendar_never_breaks_a_build(project: Project) -> None:
    edition = re.sub(r"date: \S+", "date: 2029-01-01", project.read("edition.yml"))
    project.write("edition.yml", edition)
    result = run_here("check", root=project.root, CI="true", INFO="1")
    assert result.returncode == 0 and "quá hạn rà soát" in result.stdout


@pytest.mark.parametrize("form", ["missing", "good"])
@pytest.mark.full
def test_a_failed_build_leaves_what_was_there(buildable: Project, form: str) -> None:
    site = buildable.root / "site"
    if form == "good":
        site.mkdir()
        (site / "index.html").write_text("bản tốt", encoding="utf-8")
    before = sorted(p.name for p in buildable.root.iterdir())
    plant_three(buildable)
    result = run_script("build", "--output", str(site), root=buildable.root)
    assert result.returncode == 1 and "Traceback" not in result.stdout
    if form == "good":
        assert (site / "index.html").read_text("utf-8") == "bản tốt"
    assert sorted(p.name for p in buildable.root.iterdir()) == before


@pytest.mark.full
def test_what_the_checks_cannot_see_fails_the_strict_build(buildable: Project) -> None:
    """A page of its own outside the navigation, or a broken override, is mkdocs's to find."""
    buildable.write(
        "overrides/main.html",
        "{% extends 'base.html' %}{% block content %}{{ typo.x }}{% endblock %}",
    )
    result = run_script("build", "--output", str(buildable.root / "site"), root=buildable.root)
    assert result.returncode == 1 and "typo" in result.stdout
    assert not (buildable.root / "site").exists()


def test_a_hundredth_stage_is_refused_in_one_line(project: Project) -> None:
    project.write("docs/ky-hop/b99.md", "")
    result = run_script("new_record", "ky-hop", "Bước mới", root=project.root)
    assert result.returncode == 1 and "B100" in result.stdout
    assert len(result.stdout.splitlines()) == 1
    assert not (project.root / "docs/ky-hop/b100.md").exists()


BEGUN = [kind.folder for kind in KINDS.values() if kind.begun]


def next_file(project: Project, folder: str) -> str:
    """The file of a kind's next record: a number more than any that stands there, or the title's slug."""
    kind, names = BY_FOLDER[folder], [file.stem for file in (project.root / "docs" / folder).glob("*.md")]
    where = "checklists/{}.yml" if folder == "danh-muc" else f"docs/{folder}/{{}}.md"
    if not kind.first_id:
        return where.format("to-dai-bieu-moi")
    letters = kind.first_id.rstrip("0123456789").lower()
    number = 1 + max(int(name.removeprefix(letters)) for name in names if re.fullmatch(rf"{letters}[0-9]+", name))
    return where.format(f"{letters}{number:0{len(kind.first_id) - len(letters)}}")


@pytest.mark.parametrize(
    "kind", [kind if kind == "loai-nghi-quyet" else pytest.param(kind, marks=pytest.mark.full) for kind in BEGUN]
)
def test_a_new_record_gets_the_next_free_id_and_its_skeleton(
    project: Project, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = next_file(project, kind)
    monkeypatch.setattr(new_record, "ROOT", project.root)
    monkeypatch.setattr(sys, "argv", ["new_record", kind, "Tổ đại biểu: mới"])
    assert new_record.main() == 0
    assert f"Đã tạo {file}" in capsys.readouterr().out
    issues = [i for i in check_project(project.root)[1] if i.file.endswith(Path(file).name)]
    # What is left is to be filled in; structure, headings, macros and ID are right.
    shape = {"yaml", "missing-field", "unknown-field", "missing-section", "section-order", "missing-macro",
             "id-file-mismatch", "duplicate-id", "macro-syntax", "unknown-macro", "missing-front-matter"}  # fmt: skip
    assert not shape & {issue.code for issue in issues}, [str(i) for i in issues]
    new_record.main()
    assert f"Đã tạo {file}" not in capsys.readouterr().out, "an existing record was written over"


@pytest.mark.parametrize(
    "kind", [kind if kind == "loai-nghi-quyet" else pytest.param(kind, marks=pytest.mark.full) for kind in BEGUN]
)
def test_what_has_just_begun_can_be_saved_as_a_draft(
    project: Project, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = next_file(project, kind)
    monkeypatch.setattr(new_record, "ROOT", project.root)
    monkeypatch.setattr(sys, "argv", ["new_record", kind, "Tổ đại biểu: mới"])
    new_record.main()
    assert failing(check_project(project.root)[1], strict=False), "as it is nobody may publish it"
    text = project.read(file)
    project.write(file, re.sub(r"(?m)^(id: .*\n)", r"\1draft: true\n", text, count=1))
    told = [issue for issue in check_project(project.root)[1] if issue.code != "suspect-rule"]
    assert told and not failing(told, strict=True)
    assert all(issue.draft and issue.file in (file, f"docs/danh-muc/{Path(file).stem}.md") for issue in told)
    assert all(issue.remedy for issue in told)


def test_a_new_source_has_all_that_an_editor_fills(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As *Viết bài* tells it, step by step: where only the places to write are filled, no fault is left."""
    monkeypatch.setattr(new_record, "ROOT", project.root)
    monkeypatch.setattr(sys, "argv", ["new_record", "nguon", "Ví Dụ 2024"])
    assert new_record.main() == 0
    file = "docs/nguon/vi-du-2024.md"
    for place, written in (
        ("label: ", "Ví Dụ 2024"), ("issuer: ", "Trang ví dụ"), ("province: ", "Tỉnh Ví Dụ"), ("checked_on: ", "'2026-11-28'"),
        ("setting: '", "Năm 2024"), ("  text: ", "Thẩm tra còn hình thức."), ("  part: ", "HC3a"), ("  text: ", "Thẩm tra còn hình thức."),
        ("\n\n", "Ví dụ minh họa."), ("- ", "Thẩm tra kỹ."),
    ):  # fmt: skip
        text = project.read(file)
        assert f"{place}{TO_WRITE}" in text, place
        project.write(file, text.replace(f"{place}{TO_WRITE}", f"{place}{written}", 1))
    project.replace(file, "url: https://", "url: https://vi-du.vn/tin-tuc/mot-bai-viet.html")
    assert TO_WRITE not in project.read(file)
    assert [str(issue) for issue in check_project(project.root)[1] if issue.file == file] == []
    assert "BC-vi-du-2024-1" in check_project(project.root)[0].evidence


def wait_for(url: str, seconds: float) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return str(answer.read().decode("utf-8"))
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} did not answer in {seconds} s")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


READ_BY_NO_BUILD = {
    ".ci", ".gitattributes", ".github", ".gitignore", ".oxlintrc.json", ".vscode", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
    "LICENSE-CONTENT.md", "Makefile", "README.md", "SECURITY.md", "deploy", "pyproject.toml", "requirements", "schemas", "scripts",
    "tests",
}  # fmt: skip


def test_serve_watches_all_that_a_build_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edition's own folder, too, what was renamed, what was confirmed; who adds something at the top has to say."""
    read = at_the_top() - READ_BY_NO_BUILD
    for name in read:
        (tmp_path / name).mkdir()
    watched: list[str] = []
    server = SimpleNamespace(watch=watched.append, observer=None)
    monkeypatch.setattr(serve, "ROOT", tmp_path)
    serve.watch_sources(server)  # type: ignore[arg-type]
    assert {Path(one).name for one in watched} == read


@pytest.mark.full
def test_serve_reloads_and_keeps_the_last_good_page(buildable: Project) -> None:
    port = free_port()
    environment = command_environment(buildable.root) | {"PORT": str(port)}
    log = buildable.root / "serve.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "scripts.serve"],
            cwd=buildable.root,
            env=environment,
            stdout=output,
            stderr=output,
        )
    try:
        page = f"http://127.0.0.1:{port}/ky-hop/b4/"
        assert "Thẩm tra" in wait_for(page, 240)
        assert f"http://127.0.0.1:{port}/" in log.read_text("utf-8")

        buildable.append("docs/ky-hop/b4.md", "\nCâu mới để thử.\n")
        eventually(lambda: "Câu mới để thử." in wait_for(page, 240))

        buildable.append("docs/ky-hop/b4.md", "\n{{ typo }}\n")
        eventually(lambda: "không có macro “typo”" in log.read_text("utf-8"))
        assert "Câu mới để thử." in wait_for(page, 240), "the last good page is gone"

        buildable.replace("docs/ky-hop/b4.md", "\n{{ typo }}\n", "")
        buildable.replace(
            "checklists/dm05.yml",
            "title: Tại kỳ họp, trước khi thảo luận",
            "title: Ngay trước biểu quyết",
        )
        sheet = page.replace("ky-hop/b4", "danh-muc/dm05")
        eventually(lambda: "Ngay trước biểu quyết" in wait_for(sheet, 240))

        buildable.append("macros/templates/checklist_end.html", "<p>Mẫu hiển thị mới.</p>")
        eventually(lambda: "Mẫu hiển thị mới." in wait_for(sheet, 240))

        # A folder that was not there at the start is seen, and so is what happens in it.
        buildable.write("docs/nhap/moi/a.docx", "x")
        eventually(lambda: "docs/nhap: LỖI" in log.read_text("utf-8"))
        buildable.write("docs/nhap/moi/b.docx", "x")
        eventually(lambda: "(2 tệp)" in log.read_text("utf-8"))
        assert "Traceback" not in log.read_text("utf-8")
    finally:
        server.terminate()
        server.wait(timeout=20)


def eventually(condition: object, seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.3)


@pytest.mark.full
def test_serve_names_a_taken_port(buildable: Project) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = run_script("serve", root=buildable.root, PORT=port)
    assert result.returncode == 1
    assert f"cổng {port}" in result.stdout and "Traceback" not in result.stdout


def test_serve_names_a_wrong_port(project: Project) -> None:
    for port in ("abc", "70000"):
        result = run_script("serve", root=project.root, PORT=port)
        assert result.returncode == 1 and "65535" in result.stdout
        assert "Traceback" not in result.stdout


def test_a_folder_with_other_files_is_never_replaced(buildable: Project) -> None:
    target = buildable.root / "out"
    target.mkdir()
    (target / "quan-trong.txt").write_text("giữ lại", encoding="utf-8")
    result = run_script("build", "--output", str(target), root=buildable.root)
    assert result.returncode == 1 and "Traceback" not in result.stdout
    assert (target / "quan-trong.txt").read_text("utf-8") == "giữ lại"
