"""What a further edition costs: twenty small ones over the base, each with a name, a contact and a deadline of its own."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from knowledge.checks.project import editions
from knowledge.records.model import BASE_EDITION
from papers.cache import PaperCache
from publish.project import ROOT
from scripts.bench.table import Figure
from scripts.editions import built, prepare

NUMBER = 20
AIM = 1.10
"""Of the engine's build of the base; the papers whose content differs come on top."""
_EDITION = """name: Sổ tay HĐND xã Ví Dụ {n}
council: HĐND xã Ví Dụ {n}
compiled_by: Văn phòng HĐND và UBND xã Ví Dụ {n}
contact: "Văn phòng HĐND và UBND xã Ví Dụ {n}, phòng số {n}"
limits:
  ky-hop.thoi-han-gui-tai-lieu: {{value: {days:02} ngày, other: 05 ngày, article: Điều {n} khoản 1}}
"""


class Spent(NamedTuple):
    """Seconds of processor that an edition took, and how many of them went into making papers that no other had made."""

    whole: float
    papers: float

    @property
    def rest(self) -> float:
        """All but the papers whose content differs."""
        return self.whole - self.papers


def write_editions(root: Path, number: int = NUMBER) -> None:
    """Give a project editions."""
    for n in range(1, number + 1):
        folder = root / "editions" / f"xa-{n:02}"
        folder.mkdir(parents=True)
        (folder / "edition.yml").write_text(_EDITION.format(n=n, days=6 + n % 9), "utf-8")


def measure_editions() -> list[Spent]:
    """Build the base and its editions as ``make editions`` does. Returns what each took, the base first."""
    prepare()
    with tempfile.TemporaryDirectory() as folder, papers_timed(Path(folder) / "papers") as spent:
        found = []
        for slug in (BASE_EDITION, *editions(ROOT)):
            before = spent()
            whole = _children_cpu(lambda slug=slug: _must_build(slug))  # type: ignore[misc]
            found.append(Spent(whole, spent() - before))
        return found


@contextmanager
def papers_timed(file: Path) -> Iterator[Callable[[], float]]:
    """Write down what making papers takes, also in copies of this process; gives a function that returns the seconds so far.

    A paper that is taken as it was made before counts with the edition: its content does not differ.
    """
    getting, making = PaperCache.get, [0]

    def get(self: PaperCache, name: str, data: Any, writer: Callable[..., bytes], *arguments: Any) -> bytes:
        def timed(*taken: Any) -> bytes:
            start = time.process_time()
            making[0] += 1
            try:
                return writer(*taken)
            finally:
                making[0] -= 1
                # The parts of a paper are made within it.
                if not making[0]:
                    with file.open("a") as told:
                        told.write(f"{time.process_time() - start}\n")

        # Under the writer's own name a paper is known.
        timed.__module__, timed.__qualname__ = writer.__module__, writer.__qualname__
        return getting(self, name, data, timed, *arguments)

    PaperCache.get = get  # type: ignore[method-assign]
    try:
        yield lambda: sum(map(float, file.read_text().split())) if file.exists() else 0.0
    finally:
        PaperCache.get = getting  # type: ignore[method-assign]


def _must_build(slug: str) -> None:
    if not built(slug):
        raise SystemExit(f"edition {slug} was not built")


def _children_cpu(work: Callable[[], None]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def figures(costs: list[Spent], engine_alone: float) -> list[Figure]:
    """Return the table's rows of editions."""
    base, _first, *further = costs
    of = f"of {len(further)} further editions"
    return [
        Figure(
            "editions", f"each {of} without the papers that differ, processor", median(one.rest for one in further), "s",
            engine_alone, "mkdocs build", AIM, aim_of_ratio=True,
        ),
        Figure("editions", f"the papers that differ, each {of}, processor", median(one.papers for one in further), "s"),
        Figure(
            "editions", f"each {of} with them, processor", median(one.whole for one in further), "s",
            engine_alone, "mkdocs build",
        ),
        Figure("editions", "the base without any cache, processor", base.whole, "s", engine_alone, "mkdocs build"),
    ]  # fmt: skip


def told(costs: list[Spent], engine_alone: float) -> str:
    """Return the part of the report; ``engine_alone`` is the processor time of the engine's build of the base."""
    base, first, *further = costs
    rests = [one.rest for one in further]
    return (
        f"\n6. Editions, processor time: the base cold {base.whole:.1f} s, the first edition {first.whole:.1f} s,\n"
        f"   {len(further)} further ones {median(one.whole for one in further):.1f} s each, of it "
        f"{median(one.papers for one in further):.1f} s for the papers whose content differs;\n"
        f"   without those {median(rests):.1f} s each (least {min(rests):.1f}, most {max(rests):.1f}); "
        f"mkdocs build of the base {engine_alone:.1f} s\n"
        f"   a further edition: {median(rests) / engine_alone:.2f}x of mkdocs build; "
        f"aim at most {AIM:.2f}x, the papers whose content differs on top"
    )
