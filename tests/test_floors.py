"""The five floors: imports point only downwards, and nothing is found by a path put in by hand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.records.knowledge_base import KnowledgeBase

FLOORS = {"knowledge": 1, "macros": 2, "papers": 2, "publish": 3, "scripts": 4}
ABOVE_KNOWLEDGE = ("mkdocs", "jinja2", "markupsafe", "typst", "docx", "xlsxwriter", "selectolax")
"""What only the floors above know: pages, HTML, paper."""
MAY = {("knowledge/checks/macro_calls.py", "jinja2")}
"""The calls of macros in prose are found as the build finds them."""


def modules(root: Path) -> Iterator[Path]:
    for floor in FLOORS:
        yield from sorted((root / floor).rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (level of a relative import, name) of each import in a file, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""


def upward(root: Path, path: Path) -> list[str]:
    """Return what a module imports from its own height or above, outside its own package, or cannot know."""
    name = path.relative_to(root).as_posix()
    own = name.split("/")[0]
    wrong = []
    for level, imported in imports(path):
        top = imported.split(".")[0]
        if level or (top in FLOORS and top != own and FLOORS[top] >= FLOORS[own]):
            wrong.append(f"{name}: {'.' * level}{imported}")
        if own == "knowledge" and top in ABOVE_KNOWLEDGE and (name, top) not in MAY:
            wrong.append(f"{name}: {imported}")
        if own != "macros" and top.startswith("mkdocs_macros"):
            wrong.append(f"{name}: {imported}")
    return wrong


def test_imports_point_downwards(root: Path) -> None:
    paths = list(modules(root))
    assert len(paths) > 60
    assert [fault for path in paths for fault in upward(root, path)] == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("knowledge/law.py", "from macros.view import View"),
        ("knowledge/checks/items.py", "def late():\n    import papers.cache"),
        ("papers/files.py", "from macros.renderer import Renderer"),
        ("macros/view.py", "from publish.project import ROOT"),
        ("publish/contract.py", "import scripts.check"),
        ("knowledge/text.py", "import mkdocs.config"),
        ("knowledge/records/load.py", "from .model import Record"),
    ],
)
def test_an_import_upwards_is_caught(tmp_path: Path, file: str, line: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(line, "utf-8")
    assert len(upward(tmp_path, path)) == 1


def test_no_module_is_found_by_a_path_put_in_by_hand(root: Path) -> None:
    files = [*modules(root), *(root / "tests").glob("*.py")]
    own = root / "tests" / Path(__file__).name
    assert [path.name for path in files if path != own and "sys.path" in path.read_text("utf-8")] == []


def test_no_module_at_the_top_shadows_a_package(root: Path) -> None:
    """``build.py`` or ``check.py`` beside mkdocs.yml would be found before the library of that name."""
    assert [path.name for path in root.glob("*.py")] == []


def test_only_one_file_knows_the_engine(root: Path) -> None:
    knowing = {
        path.relative_to(root).as_posix()
        for path in modules(root)
        if path.relative_to(root).parts[0] in ("knowledge", "macros", "papers")
        and any(name.split(".")[0] == "mkdocs" for _level, name in imports(path))
    }
    assert knowing == {"macros/__init__.py"}


def named_sources(root: Path, kb: KnowledgeBase) -> list[str]:
    """Return where programs, partials, scripts or papers name one source, its year, number or council."""
    words = {r"\bTB[0-9]{2,}\b"}
    for source in kb.sources.values():
        council = re.sub(r"^HĐND (?:thành phố|tỉnh|huyện|thị xã|xã|phường) | \(.*", "", source.council or source.issuer)
        words |= {re.escape(source.number or source.title), re.escape(council), re.escape(source.title)}
        # The year of what the whole book is drawn from; others are years like any other.
        words |= {rf"năm {source.year}\b"} if source.coverage == "full" else {re.escape(source.label)}
    named = re.compile("|".join(sorted(words)))
    kinds = {".py", ".html", ".js", ".typ", ".css", ".yml"}
    folders = [root / name for name in (*FLOORS, "overrides", "docs/assets/scripts", "docs/assets/styles")]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in kinds]
    return [
        f"{path.relative_to(root)}: {found[0]}"
        for path in sorted(files)
        if "vendor" not in path.parts and (found := named.search(path.read_text("utf-8")))
    ]


def test_no_program_names_one_source(root: Path, kb: KnowledgeBase) -> None:
    """A second source would make false sentences of them; what a source says of itself is data."""
    assert named_sources(root, kb) == []


@pytest.mark.parametrize(
    "line", ["Bài học năm 2024", "TB183", "Thông báo 183/TB-HĐND", "của HĐND thành phố Lai Châu", "source: TB12"]
)
def test_a_program_that_names_one_source_is_caught(tmp_path: Path, kb: KnowledgeBase, line: str) -> None:
    path = tmp_path / "macros/templates/x.html"
    path.parent.mkdir(parents=True)
    path.write_text(f"<p>{line}</p>", "utf-8")
    assert len(named_sources(tmp_path, kb)) == 1
