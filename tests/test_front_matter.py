"""Front matter taken from what was kept is what the engine reads; a broken file or another text costs time only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils import meta

from macros.front_matter import TIMES, FrontMatter, read_once

PAGE = "---\ntitle: Bài 1\ndate: 2026-11-29\nlist: [a, {b: 1}]\n---\n\n# Bài\n"


@pytest.fixture(autouse=True)
def engine() -> Iterator[list[str]]:
    """Give the texts that the engine itself reads."""
    reading, asked = meta.get_data, []

    def counted(doc: str) -> tuple[str, Any]:
        asked.append(doc)
        return reading(doc)

    meta.get_data = counted
    yield asked
    meta.get_data = reading


def begun(file: Path) -> FrontMatter:
    return read_once(meta, file)


def test_the_engine_reads_once_and_gets_the_same(tmp_path: Path, engine: list[str]) -> None:
    expected = meta.get_data(PAGE)
    engine.clear()
    first = begun(tmp_path / "kept")
    assert meta.get_data(PAGE) == expected
    first.write()
    begun(tmp_path / "kept")
    assert [meta.get_data(PAGE), meta.get_data(PAGE)] == [expected, expected]
    assert engine == [PAGE]


def test_what_a_template_changes_is_not_kept(tmp_path: Path) -> None:
    begun(tmp_path / "kept")
    meta.get_data(PAGE)[1]["title"] = "khác"
    meta.get_data(PAGE)[1]["list"].append("c")
    assert meta.get_data(PAGE)[1] == {**meta.get_data(PAGE)[1], "title": "Bài 1", "list": ["a", {"b": 1}]}


@pytest.mark.parametrize(
    "text",
    [
        "# Không có\n", "---\n- a\n- b\n---\nchữ\n", "---\n{[\n---\nchữ\n", "---\n---\nchữ\n", "title: kiểu cũ\n\nchữ\n",
        "---\ntitle: x\n...\nchữ\n", "---\ntitle: \ud800\n---\nchữ\n",
    ],
)  # fmt: skip
def test_other_beginnings_are_read_as_the_engine_reads_them(tmp_path: Path, text: str) -> None:
    expected = meta.get_data(text)
    begun(tmp_path / "kept")
    assert [meta.get_data(text), meta.get_data(text)] == [expected, expected]


def test_another_front_matter_or_text_is_read(tmp_path: Path, engine: list[str]) -> None:
    begun(tmp_path / "kept")
    other = PAGE.replace("Bài 1", "Bài 2")
    assert meta.get_data(PAGE)[1]["title"] == "Bài 1"
    assert meta.get_data(other)[1]["title"] == "Bài 2"
    assert meta.get_data(PAGE.replace("# Bài", "# Khác"))[0] == "# Khác\n"
    assert engine == [PAGE, other]


def test_another_reader_reads_anew(tmp_path: Path, engine: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    first = begun(tmp_path / "kept")
    meta.get_data(PAGE)
    first.write()
    monkeypatch.setattr("macros.front_matter.version", lambda _name: "0.1")
    begun(tmp_path / "kept")
    meta.get_data(PAGE)
    assert engine == [PAGE, PAGE]


@pytest.mark.parametrize("length", [0, 10, 40, -1])
def test_a_broken_file_is_as_none(tmp_path: Path, engine: list[str], length: int) -> None:
    file = tmp_path / "kept"
    first = begun(file)
    expected = meta.get_data(PAGE)
    first.write()
    file.write_bytes(file.read_bytes()[:length])
    begun(file)
    assert meta.get_data(PAGE) == expected
    assert engine == [PAGE, PAGE]


def test_a_server_reads_through_one_layer(tmp_path: Path, engine: list[str]) -> None:
    for _ in range(3):
        begun(tmp_path / "kept")
    meta.get_data(PAGE)
    assert not hasattr(meta.get_data.__wrapped__, "__wrapped__")  # type: ignore[attr-defined]


def test_a_file_grows_to_a_few_times_what_is_used(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    for number in range(TIMES + 2):
        matter = begun(file)
        for page in range(3):
            meta.get_data(PAGE.replace("Bài 1", f"Bài {number}.{page}"))
        matter.write()
    assert 3 <= len(begun(file).known) <= TIMES * 3


def test_a_disk_that_takes_nothing_costs_time_only(tmp_path: Path) -> None:
    matter = begun(tmp_path / "khong-co" / "kept")
    meta.get_data(PAGE)
    matter.write()
