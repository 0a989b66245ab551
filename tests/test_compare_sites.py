"""Two builds compared by what they say: what is equal is silent, each other difference is one line."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
import yaml

from scripts.compare_sites import differences, main
from tests.conftest import ROOT

OLD = {
    "index.html": "<p>Một</p><script src=assets/a.js></script>", "tai-ve/kb.json": '{"a": 1, "b": 2}', "assets/a.js": "1",
    "sw.js": "x", "tai-ve/a.csv": "1,2", "assets/a.css": "p {\n  color: red;\n}\n", "assets/a.svg": "<svg><g/></svg>",
    "assets/a.png": "\x89PNG", "assets/a.woff2": "w", "assets/a.js.map": "{}",
}  # fmt: skip
SHEET = {
    "xl/sheet1.xml": "<c><t>Một</t></c>", "xl/_rels/sheet1.xml.rels": '<R><r Target="https://a.vn"/></R>', "xl/media/a.png": "\x89PNG",
}  # fmt: skip


def site(folder: Path, files: dict[str, str], sheet: dict[str, str] = SHEET) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    with zipfile.ZipFile(folder / "tai-ve/a.xlsx", "w") as packed:
        for name, text in sheet.items():
            packed.writestr(name, text)
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
        # What pages run and show, below assets/ too.
        ({"assets/a.js": "2"}, ["assets/a.js: 2 dòng khác: -1 | +2"]),
        ({"assets/a.css": "p {\n  color: blue;\n}\n"}, ["assets/a.css: 2 dòng khác: -  color: red; | +  color: blue;"]),
        ({"assets/a.svg": "<svg></svg>"}, ["assets/a.svg: 2 dòng khác"]),
        *(({name: "khác"}, [f"{name}: khác byte"]) for name in ("assets/a.png", "assets/a.woff2", "assets/a.js.map")),
    ],
)
def test_each_difference_is_a_line(tmp_path: Path, change: dict[str, str], told: list[str]) -> None:
    found = list(differences(site(tmp_path / "a", OLD), site(tmp_path / "b", OLD | change), {}))
    assert len(found) == len(told)
    assert all(line.startswith(start) for line, start in zip(found, told, strict=True)), found


def test_a_moved_file_is_told_unless_the_map_names_it_and_an_office_file_is_looked_into(tmp_path: Path) -> None:
    moved = {name.replace("a.js", "ui/a.js"): text.replace("a.js", "ui/a.js") for name, text in OLD.items()}
    old, new = site(tmp_path / "a", OLD), site(tmp_path / "b", moved, SHEET | {"xl/sheet1.xml": "<c><t>Hai</t></c>"})
    cell = "tai-ve/a.xlsx: 2 dòng khác: -<t>Một</t> | +<t>Hai</t>"
    assert list(differences(old, new, {one: one.replace("a.js", "ui/a.js") for one in OLD if "a.js" in one})) == [cell]
    assert [line.partition(":")[0] for line in differences(old, new, {})] == [
        "assets/a.js", "assets/a.js.map", "assets/ui/a.js", "assets/ui/a.js.map", "index.html", "tai-ve/a.xlsx",
    ]  # fmt: skip


def test_a_moved_file_that_says_something_else_is_told(tmp_path: Path) -> None:
    moved = {name: text for name, text in OLD.items() if name != "assets/a.js"} | {"assets/ui/a.js": "2"}
    old, new = site(tmp_path / "a", OLD), site(tmp_path / "b", moved)
    map_of = {"assets/a.js": "assets/ui/a.js"}
    assert "assets/ui/a.js: 2 dòng khác: -1 | +2" in list(differences(old, new, map_of))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"xl/_rels/sheet1.xml.rels": '<R><r Target="https://b.vn"/></R>'}, '-<r Target="https://a.vn"/>'),
        ({"xl/media/a.png": "khác"}, "-xl/media/a.png "),
        ({"xl/sheet2.xml": "<c/>"}, "+xl/sheet2.xml | +<c/>"),
    ],
)
def test_of_an_office_file_each_part_counts(tmp_path: Path, change: dict[str, str], told: str) -> None:
    (line,) = differences(site(tmp_path / "a", OLD), site(tmp_path / "b", OLD, SHEET | change), {})
    assert line.startswith("tai-ve/a.xlsx: ") and told in line


def test_what_the_map_says_has_moved_is_gone_and_stands_where_it_says() -> None:
    moved = yaml.safe_load((ROOT / "scripts/moved_assets.yml").read_text("utf-8"))
    assert len(moved) > 40 and "assets/scripts/draft/signs-duties.js" in moved
    assert [name for name in moved if (ROOT / "docs" / name).exists()] == []
    assert [name for name in moved.values() if not (ROOT / "docs" / name).is_file()] == []


def test_a_folder_that_was_never_built_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    built = site(tmp_path / "built", {"index.html": "<p>A</p>", "tai-ve/a.txt": ""})
    assert main([str(built), str(built)]) == 0
    assert capsys.readouterr().out == "0 khác biệt\n"
    assert main([str(tmp_path / "none"), str(built)]) == 2
    assert capsys.readouterr().out.count("\n") == 1
