"""Two builds compared by what they say: what is equal is silent, each other difference is one line."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from scripts.compare_sites import differences

OLD = {
    "index.html": "<p>Một</p><script src=assets/a.js></script>", "tai-ve/kb.json": '{"a": 1, "b": 2}', "assets/a.js": "1",
    "sw.js": "x", "tai-ve/a.csv": "1,2",
}  # fmt: skip


def site(folder: Path, files: dict[str, str], cell: str = "Một") -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    with zipfile.ZipFile(folder / "tai-ve/a.xlsx", "w") as packed:
        packed.writestr("xl/sheet1.xml", f"<c><t>{cell}</t></c>")
    return folder


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []),
        # The order of keys, what the worker lists and a file that moved say nothing.
        ({"tai-ve/kb.json": json.dumps({"b": 2, "a": 1}), "sw.js": "y"}, []),
        ({"index.html": "<p>Hai</p><script src=assets/a.js></script>"}, ["index.html: 2 dòng khác"]),
        ({"tai-ve/kb.json": '{"a": 1, "b": 3}'}, ["tai-ve/kb.json: 2 dòng khác"]),
        ({"tai-ve/a.csv": "1,3"}, ["tai-ve/a.csv: 2 dòng khác"]),
        ({"moi/index.html": ""}, ["moi/index.html: chỉ có ở bản mới"]),
    ],
)
def test_each_difference_is_a_line(tmp_path: Path, change: dict[str, str], told: list[str]) -> None:
    found = list(differences(site(tmp_path / "a", OLD), site(tmp_path / "b", OLD | change), {}))
    assert len(found) == len(told)
    assert all(line.startswith(start) for line, start in zip(found, told, strict=True)), found


def test_a_moved_file_is_told_unless_the_map_names_it_and_an_office_file_is_looked_into(tmp_path: Path) -> None:
    moved = {name.replace("a.js", "ui/a.js"): text.replace("a.js", "ui/a.js") for name, text in OLD.items()}
    old, new = site(tmp_path / "a", OLD), site(tmp_path / "b", moved, cell="Hai")
    cell = "tai-ve/a.xlsx: 2 dòng khác: -<t>Một</t> | +<t>Hai</t>"
    assert list(differences(old, new, {"assets/a.js": "assets/ui/a.js"})) == [cell]
    assert [line.partition(":")[0] for line in differences(old, new, {})] == [
        "assets/a.js", "assets/ui/a.js", "index.html", "tai-ve/a.xlsx",
    ]  # fmt: skip
