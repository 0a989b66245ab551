"""The grown projects that `make bench` measures are as valid as this one, at every size."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledge.checks.project import check_project
from knowledge.kinds import KINDS
from knowledge.records.ids import id_pattern
from knowledge.records.issues import Level
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.read import MAX_BYTES
from papers.cache import Keep, PaperCache, anew
from publish.engine import in_a_copy
from scripts.bench.editions import Spent, papers_timed
from scripts.bench.editions import figures as figures_of_editions
from scripts.bench.editions import told as told_of_editions
from scripts.bench.report import FULL, QUICK, load
from scripts.bench.synthetic import _THREE_DIGITS, grow, replicas, snapshot, with_sources


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("bench") / "project"
    snapshot(target)
    return target


@pytest.mark.full
def test_no_file_of_a_grown_project_is_too_large_to_be_read(kb: KnowledgeBase, base: Path) -> None:
    """The fault that was: one self-review grew with the project, past what the checks accept."""
    most = max(FULL.sizes)
    assert most >= 50 and set(QUICK.sizes) <= set(FULL.sizes)
    written: set[Path] = set()
    own = {path.relative_to(base) for path in base.rglob("*") if path.is_file()}
    for name, text in replicas(kb, base, most):
        assert len(text.encode()) < MAX_BYTES / 2, name
        assert name not in written and name not in own, f"{name} is written twice"
        written.add(name)
    assert len(written) > 49 * 150


@pytest.mark.full
def test_a_grown_project_has_no_fault_and_more_of_everything(kb: KnowledgeBase, base: Path, tmp_path: Path) -> None:
    """Read and checked by its own code, which accepts longer codes; a fault ends the run."""
    grown = tmp_path / "grown"
    grow(kb, base, grown, 3)
    loaded = load(grown, 1)
    assert loaded.records > 2.5 * load(base, 1).records
    assert len(list((grown / "docs/tu-ra-soat").glob("tr-hdnd*.md"))) == 3
    held = {source.id: len(source.evidence) for source in kb.sources.values() if source.evidence}
    assert held and all(len(list((grown / "docs/nguon").glob(f"{one}*.md"))) == 3 for one in held), "parts rest on them"
    # In CI a warning fails, too: what was read with what is known of the replicas.
    environment = {
        **os.environ,
        "CI": "true",
        "HDND_WITHOUT_PAPERS": "1",
        "PYTHONPATH": str(grown),
        "HDND_ROOT": str(grown),
    }
    done = subprocess.run(
        [sys.executable, "-m", "scripts.check"], cwd=grown, env=environment, text=True, capture_output=True
    )
    assert done.returncode == 0 and "0 lỗi, 0 cảnh báo" in done.stdout, done.stdout[-2000:]


def test_a_project_with_more_sources_has_no_fault(kb: KnowledgeBase, base: Path, tmp_path: Path) -> None:
    """The fault that was: copies of the notice bore IDs and names that later checks refuse, and the benchmark ended there."""
    with_sources(kb, base, tmp_path / "more", 3)
    copied, issues = check_project(tmp_path / "more")
    assert [str(one) for one in issues if one.level >= Level.ERROR] == []
    assert len(copied.sources) == len(kb.sources) + 3 and len(copied.evidence) > len(kb.evidence) + 3


def test_a_load_without_the_collector_is_told_in_the_same_way(base: Path) -> None:
    once = load(base, 1, collecting=False)
    assert once.records > 0 and once.cpu > 0


def busy(seconds: float) -> None:
    start = time.process_time()
    while time.process_time() - start < seconds:
        pass


def made(words: str, keep: Keep = anew) -> bytes:
    busy(0.05)
    return keep(part, words) + words.encode()


def part(_words: str) -> bytes:
    busy(0.05)
    return b"part of "


def test_only_papers_that_are_made_count_as_papers_that_differ(tmp_path: Path) -> None:
    """Also those made in a copy of this process; a part counts once, with its paper; a kept one takes nothing."""
    getting = PaperCache.get
    with papers_timed(tmp_path / "spent") as spent:
        cache = PaperCache(tmp_path / "papers")
        busy(0.05)
        assert spent() == 0
        assert in_a_copy(lambda: int(cache.get("a", 1, made, "a", cache.keep) != b"part of a"), dict(os.environ)) == 0
        first = spent()
        assert 0.1 <= first < 0.19
        assert cache.get("a", 1, made, "a", cache.keep) == b"part of a"
        assert spent() == first
        assert cache.get("b", 1, made, "b", cache.keep) == b"part of b"
        assert spent() > first + 0.09
    assert PaperCache.get is getting
    # Kept under the same names as without a clock.
    assert PaperCache(tmp_path / "papers").get("a", 1, made, "khác") == b"part of a"


def test_the_aim_of_editions_is_told_of_what_is_not_papers() -> None:
    costs = [Spent(30.0, 15.0), Spent(10.0, 4.0), *(Spent(8.0, 2.5) for _ in range(3))]
    with_aim = [one for one in figures_of_editions(costs, 5.0) if one.aim is not None]
    assert [(one.value, one.beside, one.met) for one in with_aim] == [(5.5, 5.0, True)]
    assert figures_of_editions([*costs[:2], *(Spent(8.0, 2.4) for _ in range(3))], 5.0)[0].met is False
    assert "1.10x of mkdocs build; aim at most 1.10x" in told_of_editions(costs, 5.0)


def test_codes_of_fifty_times_as_many_records_are_accepted_by_the_copies(kb: KnowledgeBase) -> None:
    """The fault that was: the 24th kind of resolution of a book 50 times as large had no code, and nothing was measured."""
    grown = [kind for kind in KINDS.values() if kind.grows and kind.first_id]
    assert len(grown) > 6
    for kind in grown:
        pattern = _THREE_DIGITS.sub(r"\1[0-9]{2,}", id_pattern(kind.model))
        letters = kind.first_id.rstrip("0123456789")
        assert re.fullmatch(pattern, f"{letters}{max(FULL.sizes) * len(kb.of(kind.name)) + 99}"), kind.name
