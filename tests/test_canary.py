"""The canary: what another engine builds otherwise is named, by kind; what is known stays apart; macros suit both engines."""

from __future__ import annotations

import json
import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from knowledge.addresses import Form, href, page_url
from knowledge.records.knowledge_base import KnowledgeBase
from macros import _leave_out, define_env, page_path, project_root
from publish.canary import (  # fmt: skip
    KINDS,
    Difference,
    Known,
    as_data,
    content_of,
    differences,
    read_contents,
    sort_out,
    table,
    target_of,
)
from publish.project import BuildFailed
from scripts import canary
from tests.conftest import ROOT

PAGE = """<!doctype html><title>Một - Sổ tay</title>
<meta name="description" content="Về một"><meta property="og:title" content="Một"><meta name="generator" content="x">
<link rel="stylesheet" href="../assets/styles/site.css"><link rel="stylesheet" href="../assets/stylesheets/x.css">
<script src="../assets/scripts/everywhere/first.js"></script>
<nav><h2 id="menu">Menu</h2><a href="khac/">Menu</a></nav>
<article><h1 id="mot">Một<a class="headerlink" href="#mot">¶</a></h1>
<h2 id="hai">Hai</h2><h2 id="ba">Ba</h2>
<a href="../hai/#cho">Hai</a> <span id="muc-1"></span> <a href="https://vi-du.vn/x">ngoài</a></article>
<footer><a class="md-footer__link md-footer__link--next" href="../hai/">Sau</a></footer>
"""


def site(folder: Path, **pages: str) -> Path:
    for name, html in pages.items():
        path = folder / name / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(html, "utf-8")
    return folder


def test_what_is_compared_is_read_from_the_article(tmp_path: Path) -> None:
    (name, read), *others = read_contents(site(tmp_path, mot=PAGE)).items()
    assert (name, others) == ("mot/index.html", [])
    assert read.title == "Một - Sổ tay"
    assert [str(one) for one in read.headings] == ["h1#mot Một", "h2#hai Hai", "h2#ba Ba"]
    assert read.links == ("hai/index.html#cho", "https://vi-du.vn/x")
    assert read.places == ("muc-1",) and read.about == ("description: Về một", "og:title: Một")
    assert read.files == ("assets/scripts/everywhere/first.js", "assets/styles/site.css")
    assert read.next_page == "hai/index.html"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("Một - Sổ tay", "Khác", [("title", "“Một - Sổ tay” → “Khác”")]),
        ('<h2 id="hai">Hai</h2>', "", [("heading-gone", "h2#hai Hai")]),
        ('<h2 id="hai">Hai</h2>', '<h2 id="hai">Hai</h2><h3 id="x">X</h3>', [("heading-new", "h3#x X")]),
        ('id="hai"', 'id="hai-1"', [("heading-gone", "h2#hai Hai"), ("heading-new", "h2#hai-1 Hai")]),
        ('<h2 id="hai">Hai', '<h3 id="hai">Hai', [("heading-gone", "h2#hai Hai"), ("heading-new", "h3#hai Hai")]),
        (
            '<h2 id="hai">Hai</h2><h2 id="ba">Ba</h2>',
            '<h2 id="ba">Ba</h2><h2 id="hai">Hai</h2>',
            [("heading-order", "h2#hai Hai")],
        ),
        (
            "../hai/#cho",
            "../../hai/#khac",
            [("link-gone", "hai/index.html#cho"), ("link-new", "hai/index.html#khac")],
        ),
        ('<a href="https://vi-du.vn/x">ngoài</a>', "", [("link-gone", "https://vi-du.vn/x")]),
        ("</article>", '<a href="../hai/#cho">lần nữa</a></article>', [("link-new", "hai/index.html#cho")]),
        ('link--next" href="../hai/"', 'link--next" href="../ba/"', [("next-page", "hai/index.html → ba/index.html")]),
        ('<span id="muc-1"></span>', '<b id="muc-2"></b>', [("place-gone", "muc-1"), ("place-new", "muc-2")]),
        (
            '<script src="../assets/scripts/everywhere/first.js"></script>',
            '<link rel="modulepreload" href="../assets/scripts/ui/ui.js">',
            [("file-gone", "assets/scripts/everywhere/first.js"), ("file-new", "assets/scripts/ui/ui.js")],
        ),
        ('<link rel="stylesheet" href="../assets/stylesheets/x.css">', "", []),
        ('<meta property="og:title" content="Một">', "", [("about-gone", "og:title: Một")]),
        ('<meta name="generator" content="x">', "", []),
        ('content="Về một"', 'content=""', [("about-gone", "description: Về một"), ("about-new", "description: ")]),
        ('<h2 id="menu">Menu</h2><a href="khac/">Menu</a>', "", []),
        ('<a class="headerlink" href="#mot">¶</a>', "", []),
        # The same place, written otherwise.
        ("../hai/#cho", "../../mot/../hai/index.html#cho", []),
    ],
)
def test_each_difference_is_named(old: str, new: str, found: list[tuple[str, str]]) -> None:
    assert PAGE.count(old) == 1
    first, second = content_of("mot/index.html", PAGE), content_of("mot/index.html", PAGE.replace(old, new))
    told = [*differences({"mot/index.html": first}, {"mot/index.html": second})]
    assert [(one.kind, one.what) for one in told] == found
    assert all(one.page == "mot/index.html" and one.kind in KINDS for one in told)


def test_a_page_that_is_missing_and_one_that_is_new_are_named(tmp_path: Path) -> None:
    old = read_contents(site(tmp_path / "old", mot=PAGE, hai=PAGE))
    new = read_contents(site(tmp_path / "new", mot=PAGE, ba=PAGE))
    assert [(one.kind, one.page) for one in differences(old, new)] == [
        ("page-gone", "hai/index.html"),
        ("page-new", "ba/index.html"),
    ]


@pytest.mark.parametrize(
    ("page", "address", "target"),
    [
        ("a/b/index.html", "../c/", "a/c/index.html"),
        ("a/b/index.html", "../..", "index.html"),
        ("a/b/index.html", "./", "a/b/index.html"),
        ("a/b/index.html", "#x", "a/b/index.html#x"),
        ("a/b.html", "c.html#%C4%91", "a/c.html#đ"),
        ("a/index.html", "../tai-ve/x.pdf", "tai-ve/x.pdf"),
        ("a/index.html", "/tai-ve/x.pdf", "tai-ve/x.pdf"),
        ("a/index.html", "mailto:x@vi-du.vn", "mailto:x@vi-du.vn"),
    ],
)
def test_addresses_are_read_as_a_browser_does(page: str, address: str, target: str) -> None:
    assert target_of(page, address) == target


GONE = Difference("link-gone", "a/index.html", "b/index.html")
TITLE = Difference("title", "a/index.html", "“A” → “B”")


def test_what_is_known_stays_apart_and_what_is_over_is_told() -> None:
    links = Known(kind="link-gone", page="a/*", reason="bộ dựng kia không dẫn tới đó")
    over = Known(kind="page-gone", reason="bộ dựng kia từng để sót trang")
    told = sort_out([GONE, TITLE], [links, over])
    assert (told.new, told.known, told.over) == ((TITLE,), (GONE,), (over,))
    lines = table(told)
    assert [line.split()[-2:] for line in lines if line.startswith(("another title", "link gone"))] == [["1", "0"], ["0", "1"]]  # fmt: skip
    assert f"    {TITLE}" in lines and f"    {GONE}" not in lines
    assert len([line for line in lines if not line.startswith(" ")]) == 1 + len(KINDS)
    assert json.loads(json.dumps(as_data(told)))["known"][0]["what"] == "b/index.html"


@pytest.mark.parametrize("field", [{"kind": "title"}, {"page": "b/*"}, {"what": "c/*"}])
def test_a_known_difference_covers_no_other(field: dict[str, str]) -> None:
    known = {"kind": "link-gone", "page": "a/*", "what": "b/*", "reason": "bộ dựng kia không dẫn tới đó"}
    assert Known.model_validate(known).covers(GONE)
    assert not Known.model_validate(known | field).covers(GONE)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {kind: tile, reason: 'bộ dựng kia viết tên khác'}", "there is no kind tile"),
        ("- {kind: title, reason: vậy}", "reason"),
        ("- {kind: title", "canary_known.yml"),
    ],
)
def test_a_wrong_list_of_known_differences_is_one_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "canary_known.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(BuildFailed, match=told) as caught:
        canary.read_known(path)
    assert "\n" not in str(caught.value)


def test_the_list_of_known_differences_can_be_read() -> None:
    canary.read_known()


# --- the build, with a stub of the engine


@pytest.fixture
def stub(tmp_path: Path, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[Difference]]:
    """Build with a script in the engine's stead, in a project with two files of the theme."""
    project = tmp_path / "project"
    (project / "overrides/partials").mkdir(parents=True)
    for name in ("main.html", "partials/nav.html"):
        (project / "overrides" / name).write_text("x", "utf-8")

    def run(script: str) -> list[Difference]:
        engine = tmp_path / "zensical"
        engine.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        engine.chmod(0o755)
        return canary.build(kb, project, engine)

    return run


REFUSES = """for name in main.html partials/nav.html; do
  [ ! -e overrides/$name ] || { echo "RuntimeError: unknown method: split (in $name:7)" >&2; exit 1; }
done"""


def test_a_file_of_the_theme_that_is_not_understood_is_told_and_left_out(
    stub: Callable[[str], list[Difference]],
) -> None:
    assert [(one.kind, one.page) for one in stub(REFUSES)] == [
        ("template", "overrides/main.html"),
        ("template", "overrides/partials/nav.html"),
    ]


def test_each_warning_is_told_once(stub: Callable[[str], list[Difference]]) -> None:
    script = "echo 'WARNING -  awesome-nav: x'; printf '\\033[33mWARNING\\033[0m -  awesome-nav: x\\n'; echo 'No issues found'"  # fmt: skip
    assert stub(script) == [Difference("warning", "mkdocs.yml", "awesome-nav: x")]


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo 'Traceback (most recent call last):'; echo 'KeyError: x'; echo '  at y'; exit 1", "KeyError: x$"),
        ("echo 'RuntimeError: bad (in base.html:3)'; exit 1", "bad"),
        ("exit 1", "it said nothing"),
    ],
)
def test_a_build_that_cannot_be_made_is_one_line(
    stub: Callable[[str], list[Difference]], script: str, told: str
) -> None:
    with pytest.raises(BuildFailed, match=told) as caught:
        stub(script)
    assert str(caught.value).startswith("Zensical could not build: ") and "\n" not in str(caught.value)


def test_an_engine_that_is_not_there_is_one_line(kb: KnowledgeBase, tmp_path: Path) -> None:
    with pytest.raises(BuildFailed, match="make canary"):
        canary.build(kb, tmp_path, tmp_path / "khong-co")


# --- the command


@pytest.mark.parametrize(
    ("outcome", "code", "told"),
    [
        ([TITLE], 0, "1 new, 0 known (scripts/canary_known.yml)"),
        ([], 0, "0 new, 0 known (scripts/canary_known.yml)"),
        (BuildFailed("Zensical could not build: x"), 1, "Zensical could not build: x"),
    ],
)
def test_a_difference_stops_nothing_and_a_build_that_cannot_be_made_does(
    outcome: list[Difference] | BuildFailed,
    code: int,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def compare(_kb: object) -> tuple[list[Difference], dict[str, float]]:
        if isinstance(outcome, BuildFailed):
            raise outcome
        return outcome, {"mkdocs pages": 1}

    file = tmp_path / "canary.json"
    monkeypatch.setattr(canary, "checked", lambda strict: (None, True))
    monkeypatch.setattr(canary, "compare", compare)
    monkeypatch.setattr(canary, "read_known", list)
    monkeypatch.setattr(sys, "argv", ["canary", "--json", str(file)])
    assert canary.main() == code
    assert capsys.readouterr().out.splitlines()[-1] == told
    assert file.is_file() == (code == 0)
    if code == 0:
        assert len(json.loads(file.read_text("utf-8"))["new"]) == int(told[0])


# --- macros under either engine


class Zensical:
    """As much of Zensical's environment for macros as registering needs."""

    def __init__(self, root: Path) -> None:
        self.conf = {"docs_dir": "docs", "root_dir": str(root), "use_directory_urls": True, "exclude_docs": "*"}
        self.page = SimpleNamespace(path="danh-muc/dm05.md")
        self.macros: dict[str, Callable[..., str]] = {}

    def macro(self, function: Callable[..., str], name: str) -> None:
        self.macros[name] = function


def test_page_and_project_are_found_under_either_engine(tmp_path: Path) -> None:
    assert page_path(SimpleNamespace(path="a/b.md")) == "a/b.md"
    assert page_path(SimpleNamespace(file=SimpleNamespace(src_uri="a/b.md"))) == "a/b.md"
    assert project_root({"root_dir": str(tmp_path)}) == tmp_path
    assert project_root({"config_file_path": str(tmp_path / "mkdocs.yml")}) == tmp_path


def test_macros_run_where_the_page_has_no_file_and_links_leave_the_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Zensical turns an address in raw HTML unless it leaves the source's folder."""
    monkeypatch.chdir(tmp_path)
    env = Zensical(root)
    define_env(env)
    links = re.findall(r'(?:href|src)="([^"#:]+)', "".join(env.macros[name]() for name in ("checklist", "next_steps")))
    assert len(links) > 5
    for link in links:
        assert link.startswith("../../"), link


@pytest.mark.parametrize("form", ["directory", "file"])
@pytest.mark.parametrize("page", ["index.md", "a.md", "a/index.md", "a/b.md", "a/c/d.md"])
@pytest.mark.parametrize("target", ["", "a/", "a/b/", "a/b/#x", "e/f.pdf", "g/"])
def test_a_link_through_the_root_leads_to_the_same_place(form: Form, page: str, target: str) -> None:
    here = page_url(page, form)
    ways = {posixpath.normpath(posixpath.join("/", posixpath.dirname(here), href(page, target, form, through_root))) for through_root in (False, True)}  # fmt: skip
    assert len(ways) == 1


def test_an_engine_that_cannot_leave_drafts_out_builds_none() -> None:
    with pytest.raises(Exception, match=r"docs/han-che/hc9\.md"):
        _leave_out({"exclude_docs": "*"}, ["han-che/hc9.md"])
    _leave_out({"exclude_docs": "*"}, [])


def test_data_with_a_fault_are_refused_without_mkdocs(root: Path) -> None:
    """Where the canary builds there is no mkdocs."""
    code = (
        "import sys; sys.modules['mkdocs'] = None; from macros import _refusal; print(type(_refusal(['x'])).__name__)"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert told.stdout == "RuntimeError\n"


@pytest.mark.full
@pytest.mark.skipif(not (ROOT / ".cache/canary-venv/.stamp").is_file(), reason="make canary has not been run here")
def test_the_canary_itself(tmp_path: Path) -> None:
    """All pages are built, each with its title and headings."""
    file = tmp_path / "canary.json"
    command = [sys.executable, "-m", "scripts.canary", "--json", str(file)]
    told = subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr
    data = json.loads(file.read_text("utf-8"))
    assert data["figures"]["mkdocs pages"] == data["figures"]["zensical pages"] > 200
    assert [one for one in data["new"] if one["kind"] in ("page-gone", "title", "heading-gone")] == []
