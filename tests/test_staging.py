"""A build works on its own tree, and the tree is brought up to date, not made anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.records.knowledge_base import KnowledgeBase
from publish import stage
from publish.stage import stage_of, write_stage


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with three files of its own, and what an earlier version of the program left behind."""
    for name in ("index.md", "han-che/hc1.md", ".nav.yml", "tai-ve/dm01.pdf", "han-che/~$hc1.docx"):
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    monkeypatch.setattr(stage, "ROOT", tmp_path)
    monkeypatch.setattr(stage, "CACHE", tmp_path / ".cache")
    return tmp_path / "docs"


def tree(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in found}


def test_a_stage_has_the_sources_and_what_is_generated(source: Path, kb: KnowledgeBase) -> None:
    docs = write_stage(kb, "directory", {"tai-ve/kb.json": "{}"}) / "docs"
    assert tree(docs) == {
        "index.md": "index.md", "han-che/hc1.md": "han-che/hc1.md", ".nav.yml": ".nav.yml", "tai-ve/kb.json": "{}",
    }  # fmt: skip
    (source / "index.md").write_text("sửa", "utf-8")
    assert (docs / "index.md").read_text("utf-8") == "sửa", "an edit is seen without staging again"


def test_no_two_forms_or_editions_share_a_tree(kb: KnowledgeBase) -> None:
    other = replace(kb, edition=kb.edition.model_copy(update={"slug": "xa-ta-leng"}))
    assert len({stage_of(kb, "directory"), stage_of(kb, "file"), stage_of(other, "directory")}) == 3


def test_what_is_gone_is_removed_and_what_stays_is_not_touched(source: Path, kb: KnowledgeBase) -> None:
    docs = write_stage(kb, "directory", {"tai-ve/a.pdf": "a", "tai-ve/cu/b.pdf": "b"}) / "docs"
    before = (docs / "tai-ve/a.pdf").stat().st_mtime_ns
    (source / "han-che/hc1.md").unlink()
    (source / "index.md").rename(source / "gioi-thieu.md")
    write_stage(kb, "directory", {"tai-ve/a.pdf": "a"})
    assert set(tree(docs)) == {"gioi-thieu.md", ".nav.yml", "tai-ve/a.pdf"}
    assert not (docs / "tai-ve/cu").exists() and not (docs / "han-che").exists()
    assert (docs / "tai-ve/a.pdf").stat().st_mtime_ns == before


def test_what_is_generated_stands_before_a_source_and_never_writes_into_it(source: Path, kb: KnowledgeBase) -> None:
    write_stage(kb, "directory", {})
    docs = write_stage(kb, "directory", {"index.md": "mới"}) / "docs"
    assert (docs / "index.md").read_text("utf-8") == "mới"
    assert (source / "index.md").read_text("utf-8") == "index.md"
    assert (write_stage(kb, "directory", {}) / "docs/index.md").read_text("utf-8") == "index.md"


def test_a_file_may_become_a_folder_and_a_folder_a_file(source: Path, kb: KnowledgeBase) -> None:
    docs = write_stage(kb, "directory", {"tai-ve/a": "tệp"}) / "docs"
    write_stage(kb, "directory", {"tai-ve/a/b": "trong thư mục"})
    assert tree(docs)["tai-ve/a/b"] == "trong thư mục"
    write_stage(kb, "directory", {"tai-ve/a": "tệp"})
    assert tree(docs)["tai-ve/a"] == "tệp"


def test_the_records_handed_over_are_those_that_were_checked(source: Path, kb: KnowledgeBase) -> None:
    import pickle

    handed = pickle.loads((write_stage(kb, "directory", {}) / stage.RECORDS).read_bytes())
    assert handed == kb
