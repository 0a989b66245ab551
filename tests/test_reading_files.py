"""Files as Windows and old editors save them: a mark at the start, other line ends, composed letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.records.issues import Issue
from knowledge.records.read import MAX_BYTES, read_text, split_front_matter
from tests.conftest import Project

BOM = b"\xef\xbb\xbf"
NN1 = "docs/nguyen-nhan/nn1.md"


def read(folder: Path, data: bytes) -> tuple[str | None, list[Issue]]:
    (folder / "a.md").write_bytes(data)
    return read_text(folder, "a.md")


def codes(issues: list[Issue]) -> list[tuple[str, int]]:
    return [(issue.code, issue.line) for issue in issues]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"---\nid: A\n---\n", "---\nid: A\n---\n"),
        (b"---\r\nid: A\r\n---\r\n", "---\nid: A\n---\n"),
        (b"---\rid: A\r---\r", "---\nid: A\n---\n"),
        (b"one\r\n\r\ntwo\rthree\n", "one\n\ntwo\nthree\n"),
        (BOM + b"---\nid: A\n---\n", "---\nid: A\n---\n"),
        (BOM + b"---\r\nid: A\r\n---\r\n", "---\nid: A\n---\n"),
    ],
)
def test_line_ends_and_the_mark_of_notepad_are_no_part_of_the_text(tmp_path: Path, data: bytes, text: str) -> None:
    assert read(tmp_path, data) == (text, [])


def test_a_record_saved_by_notepad_is_the_same_record(project: Project) -> None:
    typed = project.read(NN1)
    (project.root / NN1).write_bytes(BOM + typed.replace("\n", "\r\n").encode())
    assert [str(issue) for issue in project.check() if issue.level > 0] == []


def test_letters_typed_apart_are_joined_and_reported_at_their_line(tmp_path: Path) -> None:
    text, issues = read(tmp_path, "một\nhai ba\u0300 bốn\n".encode())
    assert text == "một\nhai b\u00e0 bốn\n"
    assert codes(issues) == [("nfc", 2)] and "“b\u00e0”" in issues[0].message


def test_control_characters_are_reported_at_their_line(tmp_path: Path) -> None:
    text, issues = read(tmp_path, b"a\tb\nc\x0bd\n\x7f\n\n\xc2\x85\n")
    assert text is not None
    assert codes(issues) == [("control-character", 2), ("control-character", 3), ("control-character", 5)]
    assert [issue.message[-6:] for issue in issues] == ["U+000B", "U+007F", "U+0085"]


def test_what_cannot_be_read_is_one_issue_and_no_text(tmp_path: Path) -> None:
    for data, expected in [
        (b"", ("empty-file", 0)),
        (b" \n\t\r\n", ("empty-file", 0)),
        ("một\nhai\n".encode() + b"ba \xff\n", ("encoding", 3)),
        (b"\xff", ("encoding", 1)),
        (b"a" * 300_001, ("too-big", 0)),
    ]:
        text, issues = read(tmp_path, data)
        assert text is None and codes(issues) == [expected]
    assert codes(read_text(tmp_path, "b.md")[1]) == [("unreadable", 0)]


def test_a_file_of_just_the_greatest_size_is_read(tmp_path: Path) -> None:
    assert MAX_BYTES == 300_000
    assert read(tmp_path, b"a" * 300_000) == ("a" * 300_000, [])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("---\nid: A\nb: 1\n---\nProse\nmore\n", ("id: A\nb: 1", "Prose\nmore\n", 5)),
        ("--- \t\nid: A\n---\t\n", ("id: A", "", 4)),
        ("---\n---\nProse", ("", "Prose", 3)),
        ("---\na: 1\n---\nb\n---\nc", ("a: 1", "b\n---\nc", 4)),
        (" ---\nid: A\n---\n", None),
        ("Prose\n---\nid: A\n---\n", None),
        ("---\nid: A\n", None),
        ("---\nid: A\n----\n", None),
        ("---", None),
    ],
)
def test_front_matter_ends_where_the_engine_ends_it(text: str, parts: tuple[str, str, int] | None) -> None:
    assert split_front_matter(text) == parts
