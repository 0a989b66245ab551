"""No stale paper is published: whatever goes into one changes the key under which it is kept."""

from __future__ import annotations

import datetime
import hashlib
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Record
from papers import ingredients
from papers.cache import PaperCache
from papers.files import Paper, paper_files, papers
from papers.ingredients import digest, facts_of, files_beside, files_named, libraries, own_modules
from tests.conftest import command_environment

Named = TypeVar("Named", bound=Record)
WRITERS = {
    "papers.pdf.sheets", "papers.word.sheet", "papers.pdf.packs", "papers.pdf.handbook", "papers.word.templates",
    "papers.excel.forms", "papers.pdf.share", "papers.pdf.large_class", "papers.pdf.class_slides",
    "papers.slides.pptx_file", "papers.word.large_class", "papers.pdf.questions",
}  # fmt: skip


@pytest.fixture
def code(root: Path, tmp_path: Path) -> Path:
    """A copy of the two packages."""
    for name in ingredients.PACKAGES:
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.fixture(scope="module")
def made(kb: KnowledgeBase) -> list[Paper]:
    return list(papers(kb, ""))


def test_every_writer_of_papers_is_among_those_tried(made: list[Paper]) -> None:
    assert {paper.writer.__module__ for paper in made} | {"papers.pdf.share"} == WRITERS


@pytest.mark.parametrize("writer", sorted(WRITERS))
@pytest.mark.full
def test_the_walk_over_imports_finds_every_module_that_python_loads(writer: str, root: Path) -> None:
    loads = (
        f"import sys, {writer}; print(*sorted(n for n in sys.modules if n.split('.')[0] in ('knowledge', 'papers')))"
    )
    told = subprocess.run([sys.executable, "-c", loads], cwd=root, text=True, capture_output=True, check=True)
    assert set(told.stdout.split()) <= set(own_modules(writer))


def test_imports_inside_functions_count_but_not_those_of_a_package(code: Path) -> None:
    lazily = set(own_modules("papers.files", code)) - set(own_modules("papers.cache", code))
    assert {"papers.word.templates", "knowledge.document_text", "papers.word.base"} <= lazily
    assert "knowledge.checks.project" not in own_modules("papers.pdf.sheets", code), "a sheet checks nothing"


@pytest.mark.parametrize("writer", sorted(WRITERS))
@pytest.mark.full
def test_a_change_in_any_module_data_font_or_template_changes_the_key(writer: str, code: Path) -> None:
    before = digest(writer, code)
    modules = [path for path in own_modules(writer, code).values() if path.stat().st_size]
    assert len(modules) >= 5
    look = {*(code / "papers/pdf").glob("*.typ"), *(code / "papers/fonts").glob("*.ttf")}
    assert look <= {*files_beside(writer, code)}
    for path in [*modules, *files_beside(writer, code)]:
        kept = path.read_bytes()
        path.write_bytes(kept + b"\n# changed\n")
        assert digest(writer, code) != before, path
        path.write_bytes(kept)
    assert digest(writer, code) == before


def test_days_off_are_part_of_a_spreadsheet(code: Path) -> None:
    """The fault that was: after ``make days-off`` the form kept the days that it had."""
    before = digest("papers.excel.forms", code), digest("papers.word.templates", code)
    table = code / "knowledge/days_off.yml"
    day = "\n- {day: 2031-12-31, name: Nghỉ thêm, announced: false, source: thử}\n"
    table.write_text(table.read_text("utf-8") + day, encoding="utf-8")
    assert digest("papers.excel.forms", code) != before[0]
    assert digest("papers.word.templates", code) == before[1], "no document in Word tells them"


READ_ELSEWHERE = {"draft_example.txt": "macros/draft_check.py", "ended_texts.yml": "publish/draft_signs_module.py"}
"""Data of knowledge/ that no module of knowledge/ reads, and who does."""


def test_data_is_named_whole_by_the_module_that_reads_it(root: Path) -> None:
    """A name put together from pieces would be found by nobody who looks for what a paper is made of."""
    packages = [root / name for name in ingredients.PACKAGES]
    modules = [path for package in packages for path in package.rglob("*.py")]
    named = {one for path in modules for one in files_named(path)}
    lying = {path for package in packages for path in package.rglob("*") if path.is_file() and path not in modules}
    # Templates and fonts count whoever names them; a licence is for people.
    data = {path for path in lying - named if path.suffix not in (".pyc", ".typ", ".ttf") and path.name != "OFL.txt"}
    assert {path.name for path in data} == READ_ELSEWHERE.keys()
    for name, module in READ_ELSEWHERE.items():
        assert name in (root / module).read_text("utf-8")


def test_numbers_of_articles_are_part_of_a_template(code: Path) -> None:
    """The fault that was: “Điều 1.” changed in the code, and the Word file kept its old bytes."""
    before = digest("papers.word.templates", code), digest("papers.pdf.sheets", code)
    path = code / "knowledge/document_text.py"
    path.write_text(path.read_text("utf-8").replace('f"Điều {article}. "', 'f"Điều {article}: "'), encoding="utf-8")
    assert digest("papers.word.templates", code) != before[0]
    assert digest("papers.pdf.sheets", code) == before[1], "a sheet has no articles and need not be made again"


@pytest.mark.parametrize(
    ("writer", "library"),
    [
        ("papers.pdf.sheets", "typst"), ("papers.pdf.sheets", "segno"), ("papers.pdf.packs", "typst"),
        ("papers.word.sheet", "python-docx"), ("papers.word.templates", "python-docx"), ("papers.word.templates", "lxml"),
        ("papers.excel.forms", "xlsxwriter"), ("papers.pdf.handbook", "fonttools"), ("papers.pdf.share", "typst"),
        ("papers.slides.pptx_file", "python-pptx"),
    ],
)  # fmt: skip
def test_another_version_of_a_library_changes_the_key(
    writer: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest(writer)
    real = importlib.metadata.version
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "0.0.0" if name == library else real(name))
    libraries.cache_clear()
    facts_of.cache_clear()
    try:
        assert digest(writer) != before
    finally:
        monkeypatch.undo()
        libraries.cache_clear()
        facts_of.cache_clear()
    assert digest(writer) == before


def with_another_edition(kb: KnowledgeBase, **changed: object) -> KnowledgeBase:
    return replace(kb, edition=kb.edition.model_copy(update=changed))


@pytest.mark.parametrize(
    "changed", [{"name": "Sổ tay của xã Tà Lèng"}, {"date": datetime.date(2027, 3, 5)}], ids=["name", "date"]
)
def test_another_edition_changes_the_key_of_every_paper(
    kb: KnowledgeBase, made: list[Paper], tmp_path: Path, changed: dict[str, object]
) -> None:
    cache = PaperCache(tmp_path)
    for old, new in zip(made, papers(with_another_edition(kb, **changed), ""), strict=True):
        # A Word form becomes the council's own: it bears no name.
        bears = "date" in changed or old.writer.__name__ != "template_docx"
        assert (cache.key(*old[:3]) != cache.key(*new[:3])) is bears, old.name


def test_what_a_paper_is_kept_under_is_read_alike_by_every_process(made: list[Paper]) -> None:
    """Plain data and days; a set's order, or where an object lies, would give each process a key of its own."""

    def told(value: object) -> str:
        assert isinstance(value, datetime.date), value
        return value.isoformat()

    for paper in made:
        json.dumps(paper.data, default=told)


def test_a_form_in_word_is_the_same_in_editions_of_other_names(kb: KnowledgeBase, made: list[Paper]) -> None:
    other = papers(with_another_edition(kb, name="Sổ tay của xã Tà Lèng", slug="ta-leng", compiled_by="Xã"), "")
    pairs = [(one, two) for one, two in zip(made, other, strict=True) if one.writer.__name__ == "template_docx"]
    assert len(pairs) > 20
    for old, new in pairs[::8]:
        assert old.writer(*old.arguments) == new.writer(*new.arguments), old.name


def test_a_warm_cache_gives_what_a_cold_one_gives(
    kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every title that a file shows is another one; nothing of the first run may come back."""
    wanted = ("dm01.pdf", "dm01.docx", "bm02.docx", "bm13.docx", "bm07.xlsx")
    monkeypatch.setattr("papers.files.papers", lambda *given: (one for one in papers(*given) if one.name in wanted))
    other = with_another_edition(kb, name="Sổ tay khác", date=datetime.date(2027, 3, 5))
    other.records = {name: {key: retitled(one) for key, one in records.items()} for name, records in kb.records.items()}
    first = dict(paper_files(kb, "", PaperCache(tmp_path)))
    assert dict(paper_files(kb, "", PaperCache(tmp_path))) == first
    warm = dict(paper_files(other, "", PaperCache(tmp_path)))
    cold = dict(paper_files(other, "", PaperCache(None)))
    assert len(cold) == len(wanted) and warm == cold
    assert not [name for name in cold if cold[name] == first[name]]


MAKE = """
import hashlib, os, sys
from pathlib import Path
from knowledge.checks.project import check_project
from knowledge.kept import forget
from papers.cache import PaperCache
from papers.files import papers
opened = set()
here = Path.cwd()
def hear(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
        opened.add(Path(os.path.abspath(arguments[0])))
every = [one for one in papers(check_project(Path("."))[0], "") if one.name in sys.argv[1:]]
sys.addaudithook(hear)
for one in every:
    forget()
    opened.clear()
    made = one.writer(*one.arguments)
    beside = [path for path in opened if path.is_relative_to(here) and path.suffix not in (".py", ".pyc")]
    key = PaperCache(None).key(one.name, one.data, one.writer)
    print(one.name, hashlib.sha256(made).hexdigest(), key, *sorted(str(path.relative_to(here)) for path in beside))
"""


@pytest.mark.full
def test_papers_made_anew_by_another_process_are_the_same(kb: KnowledgeBase, root: Path) -> None:
    """One paper of each writer, without a cache, where sets come in another order; what each opens is part of its key."""
    # Of spreadsheets the one that counts days off: it reads most.
    wanted = [paper for paper in papers(kb, "") if not paper.name.endswith(".xlsx") or paper.name == "bm07.xlsx"]
    of_writer = {paper.writer.__module__: paper for paper in wanted}
    assert set(of_writer) == WRITERS - {"papers.pdf.share"}
    here = {one.name: hashlib.sha256(one.writer(*one.arguments)).hexdigest() for one in of_writer.values()}
    environment = command_environment() | {"PYTHONHASHSEED": "1"}
    told = subprocess.run(
        [sys.executable, "-c", MAKE, *here], cwd=root, env=environment, text=True, capture_output=True
    )
    lines = [line.split() for line in told.stdout.splitlines()]
    assert {name: made for name, made, *_more in lines} == here, told.stderr
    keys = {one.name: PaperCache(None).key(one.name, one.data, one.writer) for one in of_writer.values()}
    assert {name: key for name, _made, key, *_opened in lines} == keys
    opened = {name: {root / one for one in more} for name, _made, _key, *more in lines}
    writer_of = {paper.name: writer for writer, paper in of_writer.items()}
    assert root / "knowledge/days_off.yml" in opened[of_writer["papers.excel.forms"].name], "what is opened is heard"
    for name, files in opened.items():
        assert {one for one in files if one.parts[len(root.parts)] in ingredients.PACKAGES} <= {
            *files_beside(writer_of[name])
        }, name


def retitled(record: Named) -> Named:
    return record.model_copy(update={"title": f"{record.title} khác"})


def test_what_is_no_longer_used_is_removed(tmp_path: Path) -> None:
    """Not at once: two builds for two addresses would take each other's papers away."""
    week = 7 * 86_400
    for name, age in (("old", week + 60), ("another-build's", week - 60)):
        (tmp_path / name).write_bytes(b"old")
        os.utime(tmp_path / name, (0, time.time() - age))
    cache = PaperCache(tmp_path)
    assert cache.get("a", "a", write_text, "a") == b"a"
    cache.forget_unused()
    key = cache.key("a", "a", write_text)
    assert {path.name for path in tmp_path.iterdir()} == {key, "another-build's"}
    # What is used stays young.
    os.utime(tmp_path / key, (0, time.time() - week))
    assert cache.get("a", "a", write_text, "a") == b"a"
    assert time.time() - (tmp_path / key).stat().st_mtime < 60


def write_text(text: str) -> bytes:
    return text.encode()


write_text.__module__ = "papers.word.base"
