"""What the first slice of content promises: the notice whole, HC1 in eight parts, all served by DM05."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import yaml

from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import folded_space

NOTICE = yaml.safe_load((Path(__file__).parent / "data" / "sources" / "tb183.yml").read_text("utf-8"))
PARTS = NOTICE["findings"]["HC1"]


def test_the_notice_is_word_for_word(kb: KnowledgeBase) -> None:
    source = kb.sources["TB183"]
    text = "\n".join(f"{p.locator} {folded_space(p.text)}" for p in source.paragraphs)
    assert hashlib.sha256(text.encode()).hexdigest() == NOTICE["digest"]
    assert (source.number, source.date) == (NOTICE["number"], NOTICE["date"])


def test_each_paragraph_has_an_address(site: Path, kb: KnowledgeBase) -> None:
    page = (site / "tra-cuu/tb183/index.html").read_text("utf-8")
    for paragraph in kb.sources["TB183"].paragraphs:
        assert f'id="doan-{paragraph.locator.replace(".", "-")}"' in page
    for word in ("Bối cảnh", "01/7/2025", "Luật 72/2025", "Luật 121/2025", "Tân Phong", "Đoàn Kết"):
        assert word in page


def test_hc1_has_its_eight_parts_each_stopped_by_dm05(kb: KnowledgeBase) -> None:
    assert [part.id for part in kb.findings["HC1"].parts][: len(PARTS)] == PARTS
    prevented = {t for p in kb.items.values() if p.checklist.id == NOTICE["sheet_of_hc1"] for t in p.item.prevents}
    assert set(PARTS) <= prevented


def test_causes_and_solutions_are_quoted_whole(kb: KnowledgeBase) -> None:
    assert set(kb.causes) >= set(NOTICE["causes"])
    for number, solution in enumerate((kb.solutions[one] for one in NOTICE["solutions"]), 1):
        assert [quote.locator for quote in solution.quotes] == [f"3.{number}"]
        assert solution.actions and all(a.who and a.when and a.evidence for a in solution.actions)


def test_the_reporting_session_is_a_blank_to_fill(kb: KnowledgeBase) -> None:
    item = kb.items["DM05/ky-bao-cao"].item
    assert "NQ 114/2025/UBTVQH15" in item.text and "Quy chế" in item.text
    assert not re.search(r"giữa năm|cuối năm", item.text + item.answer)


def test_the_project_stands_alone(root: Path) -> None:
    """No file reads what lies beside the project, none names a machine's folder."""
    # Put together here, so that this file does not hold what it looks for.
    forbidden = re.compile("|".join([r"\.\./sha" + "red", "/wo" + "rk/", "/ro" + r"ot/", "/tmp/bash" + "_jobs"]))
    suffixes = {
        ".py",
        ".md",
        ".yml",
        ".yaml",
        ".toml",
        ".sh",
        ".html",
        ".css",
        ".js",
        ".json",
        ".lock",
        "",
    }
    skipped = {
        ".git",
        ".venv",
        ".cache",
        "site",
        "tai-ve",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        ".hypothesis",
    }
    found = [
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file()
        and path.suffix in suffixes
        and not skipped & set(path.relative_to(root).parts)
        and forbidden.search(path.read_text("utf-8", errors="ignore"))
    ]
    assert found == []
