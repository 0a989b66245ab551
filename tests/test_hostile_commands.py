"""Hostile texts and files at the commands: one line says why, nothing runs, nothing is written outside, no traceback.

What a text does to a command is asked of the command itself, in this process; a few go through `make` and its shell.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from knowledge.checks.project import check_project
from knowledge.inbox import draft_page, read_received, struck, suspects
from knowledge.records.issues import Level
from knowledge.records.knowledge_base import KnowledgeBase
from tests.conftest import Project, copy_of_content, run_here
from tests.hostile import STRINGS, Hostile, arguments
from tests.hostile_files import MADE, hostile_files
from tests.sample import some_of

SOME = [pytest.param(1, marks=pytest.mark.full, id="all"), pytest.param(40, id="some")]


def drawn(share: int) -> list[Hostile]:
    names = set(some_of([one.what for one in arguments()], share))
    return [one for one in arguments() if one.what in names]


def fingerprint(folder: Path) -> dict[str, str]:
    """Return every file below a folder with its content; links as what they lead to, caches left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if ".cache" in path.parts or "__pycache__" in path.parts:
            continue
        if path.is_symlink():
            found[str(path.relative_to(folder))] = f"→ {os.readlink(path)}"
        elif path.is_file():
            found[str(path.relative_to(folder))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


@pytest.fixture
def yard(tmp_path: Path) -> Iterator[Project]:
    """A copy of the content in a folder that must stay as it is around it."""
    (tmp_path / "yard").mkdir()
    project = copy_of_content(tmp_path / "yard" / "project")
    beside = tmp_path / "beside.txt"
    beside.write_text("x", "utf-8")
    yield project
    assert sorted(path.name for path in tmp_path.iterdir()) == ["beside.txt", "yard"]
    assert [path.name for path in (tmp_path / "yard").iterdir()] == ["project"]
    assert not Path("/tmp/hdnd-ran").exists() and not list(tmp_path.rglob("*hdnd-ran*"))


def said_well(said: str, what: str, lines: int = 30) -> None:
    """Fail where a command tells a traceback, or more than one line for each thing."""
    assert "Traceback" not in said and "Error:" not in said, (what, said[-400:])
    assert len(said.splitlines()) <= lines, (what, said[:400])
    # What somebody types at a terminal is his own; what others sent is looked at below.


def inside(project: Project, before: dict[str, str], folders: tuple[str, ...]) -> list[str]:
    """Return what was written; fails where it stands in another folder, or something that was there changed."""
    after = fingerprint(project.root)
    assert {name: after.get(name) for name in before} == before, "what was there is as it was"
    new = [name for name in after if name not in before]
    assert all(name.startswith(folders) for name in new), new
    return new


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME)
def test_a_title_of_a_new_record(yard: Project, share: int) -> None:
    before = fingerprint(yard.root)
    for what, text in drawn(share):
        for kind in ("han-che", "nguon") if share == 1 else ("nguon",):
            done = run_here("new_record", "--", kind, text, root=yard.root)
            said_well(done.stdout, what)
            new = inside(yard, before, (f"docs/{kind}/",))
            assert (done.returncode == 0) == bool(new), what
            for name in new:
                # What was made is a record that can be read: its data are those that were typed, as text.
                front = yaml.safe_load((yard.root / name).read_text("utf-8").split("\n---\n")[0])
                assert isinstance(front, dict) and {"id", "kind", "title", "label"} & set(front), what
                codes = {one.code for one in check_project(yard.root)[1] if one.file == name}
                assert not codes & {"yaml", "missing-front-matter", "macro-syntax", "unknown-macro"}, (what, codes)
                (yard.root / name).unlink()
        done = run_here("new_record", "--", text, "Tên", root=yard.root)
        assert done.returncode != 0 and "Traceback" not in done.stdout and inside(yard, before, ()) == [], what


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME)
def test_a_name_of_a_new_edition(yard: Project, share: int) -> None:
    before = fingerprint(yard.root)
    for what, text in drawn(share):
        done = run_here("new_edition", "--", text, "Sổ tay HĐND xã A", root=yard.root)
        said_well(done.stdout, what)
        # Some are whole words of small letters: a name like any other.
        new = inside(yard, before, ("editions/",))
        assert (done.returncode == 0) == bool(new) and all(
            re.fullmatch(r"editions/[a-z0-9-]+/edition\.yml", one) for one in new
        )
        shutil.rmtree(yard.root / "editions", ignore_errors=True)
        done = run_here("new_edition", "--", "xa-a", text, root=yard.root)
        said_well(done.stdout, what)
        for name in inside(yard, before, ("editions/xa-a/",)):
            told = yaml.safe_load((yard.root / name).read_text("utf-8"))
            assert list(told) == ["name"] and told["name"] == " ".join(text.split()), what
        shutil.rmtree(yard.root / "editions", ignore_errors=True)


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME)
def test_what_an_edition_says(yard: Project, share: int) -> None:
    """Each text as each thing that an edition may say: refused in one line at its field, or taken as text."""
    folder = yard.root / "editions/xa-a"
    folder.mkdir(parents=True)
    given = [one for one in STRINGS if one.what in set(some_of([one.what for one in STRINGS], share))]
    for what, text in given:
        data = {"name": text, "council": text, "compiled_by": text, "contact": text, "welcome": text, "site_url": text,
                "colours": {"main": text}, "limits": {text: {"value": text, "article": text}}, "drop": [text]}  # fmt: skip
        content = yaml.safe_dump(data, allow_unicode="\ud800" not in text and "\udc00" not in text)
        (folder / "edition.yml").write_bytes(content.encode("utf-8", "surrogatepass"))
        issues = check_project(yard.root, "xa-a")[1]
        faults = [one for one in issues if one.level == Level.ERROR]
        assert faults and {one.file for one in faults} == {"editions/xa-a/edition.yml"}, what
        for one in map(str, issues):
            said_well(one, what, 1)
    shutil.rmtree(yard.root / "editions")


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME)
def test_what_is_asked_of_the_dates(yard: Project, share: int) -> None:
    before = fingerprint(yard.root)
    for what, text in drawn(share):
        for asked in ((text, "thuong-le-cuoi-nam"), ("2026-12-10", text)):
            done = run_here("dates", *asked, root=yard.root)
            assert done.returncode == 1, what
            said_well(done.stdout, what, 3)
    inside(yard, before, ())


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME)
def test_what_is_renamed_or_withdrawn(yard: Project, share: int) -> None:
    before = fingerprint(yard.root)
    for what, text in drawn(share):
        for command, asked in (
            ("rename", (text, "HC99", "")), ("rename", ("HC1", text, "")), ("rename", ("HC1", "HC99", text)),
            ("rename", ("tra-cuu/cau-luat.md", f"tra-cuu/{text}.md", "")), ("withdraw", (text, "Đã ghép.", "HC1", "")),
            ("withdraw", ("HC1", "Đã ghép.", text, "")), ("withdraw", ("HC1", "Đã ghép.", "HC2", text)),
        )[:: 1 if share == 1 else 3]:  # fmt: skip
            if asked[0].endswith(".md") and re.fullmatch("[a-z0-9-]{1,60}", text):
                # A page may be called so.
                continue
            done = run_here(command, *asked, root=yard.root)
            said_well(done.stdout, f"{command} {what}")
            assert done.returncode != 0 and fingerprint(yard.root) == before, (command, what, asked, done.stdout[:300])


# What somebody sent ----------------------------------------------------------------------------------


def test_each_text_becomes_a_draft_that_is_only_text(kb: KnowledgeBase) -> None:
    for what, text in STRINGS:
        sent = f"Rút kinh nghiệm sau kỳ họp, ngày 04/11/2026\nViệc đã xảy ra: {text}\nĐề nghị đổi: {text}\n"
        received = read_received(sent, kb.edition.date)
        assert received and received.sentences, what
        names = [one.text for one in suspects(received)]
        page = draft_page(kb, struck(received, names), "nhan-2026-11-04-1")
        assert page.isprintable() or not re.search(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", page), what
        front = yaml.safe_load(page.split("\n---\n")[0])
        assert front["id"] == "nhan-2026-11-04-1" and front["draft"] is True, what
        assert set(re.findall(r"\{\{\s*(\w+)", page)) <= {"record_header", "next_steps", "source_text", "ref"}, what
        assert "{%" not in page and "{#" not in page and "<script" not in page.split("\n---\n", 1)[1], what
    assert len(STRINGS) > 100


@pytest.mark.corner
@pytest.mark.parametrize("share", SOME)
def test_a_text_that_was_sent(yard: Project, share: int) -> None:
    before = fingerprint(yard.root)
    for what, text in drawn(share):
        (yard.root / "tin.txt").write_bytes(
            f"Việc đã xảy ra: {text}\nĐề nghị đổi: gửi sớm hơn.\n".encode("utf-8", "surrogateescape")
        )
        done = run_here("inbox", root=yard.root, FILE="tin.txt", strike="", keep="")
        said_well(done.stdout, what, 200)
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.stdout), what
        # As an answer, too.
        for answers in (
            ()
            if share > 1
            else ({"FILE": text}, {"FILE": "tin.txt", "strike": text}, {"FILE": "tin.txt", "keep": text})
        ):
            said_well(run_here("inbox", root=yard.root, **answers).stdout, what, 200)
        (yard.root / "tin.txt").unlink()
        for name in inside(yard, before, ("docs/nguon/nhan-",)):
            faults = {one.code for one in check_project(yard.root)[1] if one.file == name and not one.draft}
            assert not faults, (what, faults)
            (yard.root / name).unlink()


@pytest.mark.corner
@pytest.mark.parametrize("share", [pytest.param(1, marks=pytest.mark.full, id="all"), pytest.param(5, id="some")])
def test_each_file_that_was_sent(yard: Project, share: int) -> None:
    before = fingerprint(yard.root)
    wanted = some_of([name for _what, name, _make in MADE], share)
    read = 0
    for what, name, data in hostile_files(wanted):
        if len(data) > 1_000_000 and name != "e.txt":
            continue
        read += 1
        (yard.root / name).write_bytes(data)
        done = run_here("inbox", root=yard.root, FILE=name)
        said_well(done.stdout, what, 200)
        (yard.root / name).unlink()
        for made in inside(yard, before, ("docs/nguon/nhan-",)):
            (yard.root / made).unlink()
    assert read > len(wanted) // 2


def test_a_folder_a_link_and_a_pipe_are_one_line(yard: Project) -> None:
    (yard.root / "thu-muc").mkdir()
    (yard.root / "vong").symlink_to("vong")
    (yard.root / "ra").symlink_to("/dev/zero")
    os.mkfifo(yard.root / "ong")
    for name in ("thu-muc", "vong", "ra", "ong", "/dev/zero", "a" * 5000, "tin.txt/a"):
        done = run_here("inbox", root=yard.root, FILE=name)
        assert done.returncode == 1 and done.stdout.count("\n") == 1, (name[:40], done.stdout[:300])
