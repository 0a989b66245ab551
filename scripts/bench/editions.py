"""What a further edition costs: twenty small ones over the base, each with a name, a contact and a deadline of its own."""

from __future__ import annotations

import resource
from collections.abc import Callable
from pathlib import Path
from statistics import median

from knowledge.checks.project import editions
from knowledge.records.model import BASE_EDITION
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


def write_editions(root: Path, number: int = NUMBER) -> None:
    """Give a project editions."""
    for n in range(1, number + 1):
        folder = root / "editions" / f"xa-{n:02}"
        folder.mkdir(parents=True)
        (folder / "edition.yml").write_text(_EDITION.format(n=n, days=6 + n % 9), "utf-8")


def measure_editions() -> list[float]:
    """Build the base and its editions as ``make editions`` does. Returns the processor time of each, the base first."""
    prepare()
    return [_children_cpu(lambda slug=slug: _must_build(slug)) for slug in (BASE_EDITION, *editions(ROOT))]  # type: ignore[misc]


def _must_build(slug: str) -> None:
    if not built(slug):
        raise SystemExit(f"edition {slug} was not built")


def _children_cpu(work: Callable[[], None]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def figures(costs: list[float], engine_alone: float) -> list[Figure]:
    """Return the table's rows of editions."""
    base, _first, *further = costs
    return [
        Figure(
            "editions", f"each of {len(further)} further editions, processor", median(further), "s",
            engine_alone, "mkdocs build", AIM, aim_of_ratio=True,
        ),
        Figure("editions", "the base without any cache, processor", base, "s", engine_alone, "mkdocs build"),
    ]  # fmt: skip


def told(costs: list[float], engine_alone: float) -> str:
    """Return the part of the report; ``engine_alone`` is the processor time of the engine's build of the base."""
    base, first, *further = costs
    each = median(further)
    return (
        f"\n6. Editions, processor time: the base cold {base:.1f} s, the first edition {first:.1f} s,\n"
        f"   {len(further)} further ones {each:.1f} s each (least {min(further):.1f}, most {max(further):.1f}); "
        f"mkdocs build of the base {engine_alone:.1f} s\n"
        f"   a further edition: {each / engine_alone:.2f}x of mkdocs build; aim at most {AIM:.2f}x and the papers that differ"
    )
