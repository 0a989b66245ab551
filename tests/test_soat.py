"""`make soat`: what the draft check shows of files, for people and for other programs."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.draft_samples import draft_text
from knowledge.records.signs import DraftSample
from scripts import soat as command
from scripts.soat import wanted_files

EXAMPLE = Path("knowledge/draft_example.txt")


def soat(root: Path, files: str, form: str = "json") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "FILE": files, "FORMAT": form}
    return subprocess.run(
        [sys.executable, "-m", "scripts.soat"], cwd=root, env=environment, capture_output=True, text=True, check=False
    )


def soat_here(files: str, form: str = "json") -> tuple[int, str]:
    """Do as `soat` does without another process, which reads the whole book anew. Returns exit code and output."""
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(said):
        patch.setenv("FILE", files)
        patch.setenv("FORMAT", form)
        return command.main(), said.getvalue()


@pytest.fixture(scope="module")
def three(root: Path, tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """What is told of the example, a draft without a fault, and a file that cannot be read."""
    folder = tmp_path_factory.mktemp("three")
    clean, none = folder / "nghi quyet sach.txt", folder / "a.pdf"
    clean.write_text(draft_text(DraftSample(kind="LN01")), "utf-8")
    none.write_bytes(b"%PDF-1.7\n")
    return soat(root, f"{EXAMPLE} '{clean}' {none}")


def test_files_are_told_in_the_promised_form(three: subprocess.CompletedProcess[str]) -> None:
    assert three.returncode == 2, "a file could not be read"
    first, second, third = json.loads(three.stdout)
    assert list(first) == ["file", "kind", "body", "read", "found"]
    assert first["file"] == str(EXAMPLE) and first["body"] == "hdnd" and first["read"]["title"]["value"]
    assert all({"sign", "level", "where", "quote", "message"} <= set(one) for one in first["found"])
    assert {"sl-tong-lech", "sl-co-quan-huyen"} <= {one["sign"] for one in first["found"]}
    assert second["found"] == [] and second["kind"] == "LN01"
    assert "PDF" in third["unread"] and "found" not in third


@pytest.mark.corner
@pytest.mark.parametrize(("files", "code"), [("knowledge/draft_example.txt", 1), ("{clean}", 0)])
def test_the_exit_code_tells_whether_there_is_something_to_see(
    root: Path, tmp_path: Path, files: str, code: int
) -> None:
    clean = tmp_path / "sach.txt"
    clean.write_text(draft_text(DraftSample(kind="LN01")), "utf-8")
    told = soat(root, files.format(clean=clean), "")
    assert told.returncode == code
    lines = told.stdout.strip().splitlines()
    assert lines[-1].startswith("Gợi ý cho người soạn")
    assert ("không thấy chỗ nào" in told.stdout) == (code == 0)


def test_every_fault_of_the_command_is_a_line(root: Path) -> None:
    told = soat(root, "khong-co.docx cung-khong.txt", "xml")
    assert told.returncode == 2 and told.stdout == ""
    assert [line.partition(":")[0] for line in told.stderr.splitlines()] == [
        "khong-co.docx",
        "cung-khong.txt",
        "FORMAT=xml",
    ]
    assert wanted_files("")[1] and wanted_files("'a")[1]


def test_the_example_shows_faults_of_several_places(three: subprocess.CompletedProcess[str]) -> None:
    """What the page shows itself with has something of each kind that a newcomer should see."""
    assert len({one["where"] for one in json.loads(three.stdout)[0]["found"]}) >= 4
