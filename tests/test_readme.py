"""The map in the README is true: what it names exists, and what lies at the top, in docs/ and in the knowledge base stands in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.downloads import FOLDER
from tests.conftest import at_the_top


def map_of(root: Path) -> list[str]:
    whole = (root / "README.md").read_text("utf-8")
    return whole.partition("## Map of the repository")[2].split("```")[1].splitlines()


def named_in(root: Path) -> list[tuple[str, str]]:
    """Return (folder, name) for each file or folder that the map names."""
    found, folder, inner = [], "", ""
    for line in map_of(root):
        if match := re.match(r"([a-z]+)/ ", line):
            folder, inner = match[1], ""
        elif match := re.match(r"  ([a-z]+)/ ", line):
            inner = match[1]
        elif line.startswith("  ") and not line.startswith("   "):
            inner = ""
        before = ""
        for name in re.findall(r"(?<![\w/.(])((?:[\w-]+/)*[\w-]+\.(?:py|typ|js)|(?:[\w-]+/)+)(?=[\s,;:(.)]|$)", line):
            # “pdf/sheets.py packs.py”: the second lies beside the first.
            before = name.rpartition("/")[0] if "/" in name and not name.endswith("/") else before
            found.append(("/".join(part for part in (folder, inner, before if "/" not in name else "") if part), name))
    return found


def misplaced(root: Path, named: list[tuple[str, str]]) -> list[str]:
    """Return the names of a map that lie neither where it says nor at the top."""
    scripts = root / "docs/assets/scripts"
    of_docs = [scripts, *(path for path in scripts.iterdir() if path.is_dir())]
    found = []
    for folder, name in named:
        top = folder.split("/")[0]
        places = [root, root / folder, root / top, *(of_docs if top == "docs" else [])]
        if not any((place / name).exists() for place in places):
            found.append(f"{folder}: {name}")
    return found


def test_what_the_map_names_exists(root: Path) -> None:
    named = named_in(root)
    assert len(named) > 90
    assert misplaced(root, named) == []
    # The fault that was: “pdf/stamps.py bands.py”, which lies beside pdf/.
    assert misplaced(root, [("papers/pdf", "stamps.py"), ("papers/pdf/pdf", "sheets.pyx")]) == [
        "papers/pdf/pdf: sheets.pyx"
    ]


def test_each_module_is_on_the_map(root: Path) -> None:
    """But for the checks, views, searches, papers of one kind: their folders tell what is in them."""
    text = "\n".join(map_of(root))
    folders = ("knowledge", "knowledge/records", "papers", "papers/pdf", "publish", "publish/release")
    modules = [path for folder in folders for path in sorted((root / folder).glob("*.py"))]
    assert len(modules) > 80
    assert [f"{p.parent.name}/{p.name}" for p in modules if p.name not in text and p.name != "__init__.py"] == []


def test_what_lies_at_the_top_and_in_docs_is_on_the_map(root: Path) -> None:
    """A newcomer finds a word for whatever he sees first."""
    text = "\n".join(map_of(root))
    top = at_the_top() - {"README.md", ".gitignore", ".gitattributes"}
    folders = {f"{path.name}/" for path in (root / "docs").iterdir() if path.is_dir() and path.name != FOLDER}
    assert len(top) > 20 and len(folders) > 12
    assert (
        sorted(name for name in top | folders if not re.search(rf"(?<![\w./-]){re.escape(name)}(?![\w-])", text)) == []
    )


def targets_of(root: Path) -> set[str]:
    """Return what `make` can be asked for."""
    return set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))


def unknown_targets(text: str, known: set[str]) -> list[str]:
    """Return the commands of a text that no target answers to."""
    named = re.findall(r"(?:`|run: |^ *(?:- )?)make ([a-z][a-z-]*)\b", text, re.MULTILINE)
    return sorted({one for one in named if one not in known})


def texts_with_commands(root: Path) -> dict[str, str]:
    """Return what tells people or a machine to call `make`, by its place."""
    files = [
        *(root / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", ".github/PULL_REQUEST_TEMPLATE.md")),
        *sorted((root / ".github/ISSUE_TEMPLATE").glob("*.yml")),
        *sorted((root / ".github/workflows").glob("*.yml")),
    ]
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in files}


def test_each_command_that_people_and_workflows_are_told_exists(root: Path) -> None:
    """The fault that was: `make links` was taken out of the Makefile with its neighbour, and ran weekly all the same."""
    known = targets_of(root)
    texts = texts_with_commands(root)
    assert {name: unknown_targets(text, known) for name, text in texts.items()} == {name: [] for name in texts}
    # Each of these names some: a way of writing them that is not read would be no command at all.
    for name in ("README.md", "CONTRIBUTING.md", ".github/PULL_REQUEST_TEMPLATE.md", ".github/workflows/weekly.yml"):
        assert unknown_targets(texts[name], set()), name


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", ".github/PULL_REQUEST_TEMPLATE.md"])
def test_a_command_taken_out_of_the_makefile_is_missed_where_people_are_told_of_it(root: Path, name: str) -> None:
    assert unknown_targets(texts_with_commands(root)[name], targets_of(root) - {"ledger"}) == ["ledger"]


@pytest.mark.parametrize(
    "text", ["| `make linkz` | x |", "        run: make linkz", "make linkz   # x", "  - run: make linkz"]
)
def test_a_command_that_does_not_exist_is_caught(root: Path, text: str) -> None:
    assert unknown_targets(text, targets_of(root)) == ["linkz"]


def test_each_target_stands_in_the_readme(root: Path) -> None:
    text = (root / "README.md").read_text("utf-8")
    quiet = {"help", "venv-site", "venv-test", "distclean"}
    assert [one for one in sorted(targets_of(root) - quiet) if not re.search(rf"make {one}\b", text)] == []


def test_the_head_shows_two_small_pictures_that_are_there(root: Path) -> None:
    head = (root / "README.md").read_text("utf-8").partition("\n## ")[0]
    pictures = re.findall(r'<img src="([^"]+)" alt="([^"]{30,})"', head)
    assert [Path(name).name for name, _ in pictures] == ["front-door.png", "sheet.png"]
    for name, _ in pictures:
        data = (root / name).read_bytes()
        assert data.startswith(b"\x89PNG") and 5_000 < len(data) < 100_000
    assert len(re.findall(r"^\d+\. ", head, re.MULTILINE)) == 10
