"""What our builds spare the engine changes no byte and hides no fault: what was kept is taken only for the same input."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from publish.spared import Store
from tests.conftest import ROOT

SETTINGS = """site_name: Thử
site_url: ""
theme:
  name: material
  language: vi
  font: false
plugins:
  - search:
      lang: vi
  - macros
markdown_extensions:
  - admonition
  - attr_list
  - tables
  - pymdownx.superfences
  - toc:
      permalink: true
validation:
  omitted_files: warn
  unrecognized_links: warn
  anchors: warn
"""
FIRST = """---
title: Trang đầu
---
# Trang đầu

## Mục một

[Trang hai](hai.md#cho), [mục dưới](#muc-hai), <a id="o-day"></a>[ảnh](assets/x.svg)

{% for n in range(3) %}
- dòng {{ n }}
{% endfor %}

```python
print(1)
```

## Mục hai {: #muc-hai }

!!! note
    Bảng:

| a | b |
|---|---|
| 1 | {{ "một" | upper }} |
"""
SECOND = """# Trang hai

## Chỗ {: #cho }

[Về](index.md)
"""


class Small:
    """A project of two pages, built by the engine alone or spared."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("mkdocs.yml", SETTINGS)
        self.write("docs/index.md", FIRST)
        self.write("docs/hai.md", SECOND)
        self.write("docs/assets/x.svg", "<svg/>")

    def write(self, name: str, text: str) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, "utf-8")

    def build(self, module: str = "publish.spared") -> tuple[int, list[str], dict[str, bytes]]:
        """Return the exit code, what was warned of, and the files built."""
        site = self.root / "site"
        command = [sys.executable, "-m", module, "build", "--strict", "--site-dir", str(site)]
        environment = {
            **os.environ, "HDND_ROOT": str(self.root), "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1",
            "SOURCE_DATE_EPOCH": "1764000000",
        }  # fmt: skip
        told = subprocess.run(command, cwd=self.root, env=environment, text=True, capture_output=True)
        lines = [line for line in told.stderr.splitlines() if line.startswith(("WARNING", "ERROR", "Aborted"))]
        files = {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        index = json.loads(files.pop("search/search_index.json"))
        files["search/config"] = json.dumps(index["config"]).encode()
        # Which pages are in it, in which order; what they say is written anew by our build.
        files["search/pages"] = str([*dict.fromkeys(one["location"].split("#")[0] for one in index["docs"])]).encode()
        return told.returncode, lines, files

    def kept(self) -> list[Path]:
        return sorted((self.root / ".cache/engine").iterdir())


@dataclass(frozen=True)
class Built:
    """The small project after one spared build, what that said and made, and a copy to start from again."""

    small: Small
    told: tuple[int, list[str], dict[str, bytes]]
    copy: Path


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build cold once for all tests: most begin with a project whose pages were kept."""
    folder = tmp_path_factory.mktemp("spared")
    small = Small(folder / "project")
    told = small.build()
    assert told[0] == 0
    shutil.copytree(small.root, folder / "copy")
    return Built(small, told, folder / "copy")


@pytest.fixture
def built(built_once: Built) -> Built:
    """The small project as it was after its first build, in the same place: what is kept is kept by its address."""
    shutil.rmtree(built_once.small.root)
    shutil.copytree(built_once.copy, built_once.small.root)
    return built_once


@pytest.fixture
def small(built: Built) -> Small:
    return built.small


def test_spared_cold_and_warm_gives_the_bytes_of_the_engine(built: Built) -> None:
    small = built.small
    alone = small.build("mkdocs")
    assert alone[0] == 0 and "MỘT" in alone[2]["index.html"].decode()
    assert built.told == alone
    kept = small.kept()
    assert small.build() == alone
    assert small.kept() == kept, "what was kept was not found again"


@pytest.mark.corner
@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("docs/hai.md", "## Chỗ {: #cho }", "## Chỗ {: #khac }", "does not contain an anchor '#cho'"),
        ("docs/hai.md", "](index.md)", "](khong-co.md)", "but the target is not found"),
        ("docs/index.md", "{: #muc-hai }", "{: #muc-ba }", "no such anchor on this page"),
    ],
)
def test_a_fault_that_comes_after_a_page_was_kept_is_told(
    small: Small, file: str, old: str, new: str, told: str
) -> None:
    text = (small.root / file).read_text("utf-8")
    assert text.count(old) == 1
    small.write(file, text.replace(old, new))
    # A page with a fault is not kept, so each build tells it, once.
    for _ in range(2):
        code, lines, _files = small.build()
        assert code == 1 and len(lines) == 1 and told in lines[0]


def test_a_page_that_is_gone_is_told_by_pages_that_did_not_change(small: Small) -> None:
    (small.root / "docs/hai.md").rename(small.root / "docs/ba.md")
    alone = small.build("mkdocs")
    assert alone[0] == 1 and "not found" in alone[1][0]
    assert small.build()[:2] == alone[:2]


@pytest.mark.corner
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("mkdocs.yml", "permalink: true", "permalink: false"),
        ("docs/index.md", "range(3)", "range(4)"),
        ("mkdocs.yml", "site_name: Thử", "site_name: Thử\nuse_directory_urls: false"),
    ],
)
def test_a_change_shows(small: Small, file: str, old: str, new: str) -> None:
    small.write(file, (small.root / file).read_text("utf-8").replace(old, new))
    assert small.build() == small.build("mkdocs")


def test_what_was_kept_and_damaged_is_made_anew(built: Built) -> None:
    kept = built.small.kept()
    assert kept
    for path in kept:
        path.write_bytes(path.read_bytes()[:-3] + b"xyz")
    assert built.small.build() == built.told


def test_nothing_is_kept_for_other_code(tmp_path: Path) -> None:
    old, new = Store(tmp_path, "a"), Store(tmp_path, "b")
    old.put(old.key("page", "x"), b"old")
    assert old.get(old.key("page", "x")) == b"old"
    assert new.get(new.key("page", "x")) is None


def test_what_no_build_used_for_a_week_is_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path, "a")
    for name in ("used", "unused"):
        store.put(store.key(name), b"x")
    for path in tmp_path.iterdir():
        os.utime(path, (0, 0))
    assert store.get(store.key("used")) == b"x"
    store.forget_unused()
    assert [path.name for path in tmp_path.iterdir()] == [store.key("used")]


def test_a_themes_files_are_listed_as_the_engine_takes_them(tmp_path: Path) -> None:
    """What the engine drops is not listed: whatever lies below a folder that begins with a dot. All else is, once."""
    for name in ("a.css", "assets/b.js", "assets/.hidden/c.js", ".icons/d/e.svg", "f.html", "assets/.g.js"):
        for folder in ("one", "two"):
            (tmp_path / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / name).write_text("", "utf-8")
    program = (
        "import fnmatch, sys, jinja2\n"
        "loader = jinja2.FileSystemLoader(sys.argv[1:])\n"
        "taken = lambda: [n for n in loader.list_templates() if not any(fnmatch.fnmatch(n, p) for p in ('.*', '*/.*'))]\n"
        "before = taken()\n"
        "from publish.spared import _list_no_hidden_files\n"
        "_list_no_hidden_files()\n"
        "assert before == taken() == ['a.css', 'assets/b.js', 'f.html'], (before, taken())\n"
        "assert not any('.icons' in n for n in loader.list_templates())\n"
    )
    folders = [str(tmp_path / "one"), str(tmp_path / "two")]
    done = subprocess.run([sys.executable, "-c", program, *folders], cwd=ROOT, text=True, capture_output=True)
    assert done.returncode == 0, done.stderr
