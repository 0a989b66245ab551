"""What loading, checking and building take, and how it grows. Asserts nothing.

Everything happens in temporary copies and in processes of their own. Wall-clock time (the median) is
what people wait for. Ratios are of processor time, the least of several runs: whatever else the
machine does can only add to it.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from knowledge.checks.project import check_project
from knowledge.kept import forget
from knowledge.records.issues import Level, report
from macros import HANDED_RECORDS
from publish.generated import generated_files
from publish.project import ROOT
from publish.stage import RECORDS, write_stage
from scripts.bench.editions import Spent, measure_editions, told, write_editions
from scripts.bench.editions import figures as figures_of_editions
from scripts.bench.synthetic import grow, snapshot, stage_in, stock, with_sources, without_macros
from scripts.bench.table import Figure, as_section, from_json, write, written_into
from scripts.bench.tools import report_tools
from scripts.bench.visits import report_at_size, report_visits
from scripts.browser_path import chromium_path

BUILD_RATIO_AIM = 1.30
GROWTH_AIM = 1.15
PAPER_AIM = 5.0
CHECK_AIM = 1.0
"""Seconds of ``make check`` on a tree that was checked before."""
SOURCES = (10, 100, 1000)
NAMED = {10: "ten", 100: "a hundred", 1000: "a thousand"}
MEASURED = "scripts/bench/measured.json"
"""The run that the README quotes."""


@dataclass(frozen=True)
class Plan:
    """How often to measure: full, or quick for a first look."""

    sizes: tuple[int, ...]
    pairs: int
    rounds: int
    loads: int
    visits: int
    sources: int


FULL = Plan(sizes=(1, 10, 50), pairs=9, rounds=2, loads=20, visits=7, sources=5)
QUICK = Plan(sizes=(1, 10), pairs=3, rounds=1, loads=10, visits=5, sources=3)


@dataclass(frozen=True)
class Cost:
    """What one process took, or several: median of wall time and memory, least processor time."""

    wall: float
    cpu: float
    megabytes: float


@dataclass(frozen=True)
class Loading:
    """What a loading process measured of itself."""

    wall: float
    cpu: float
    records: int
    megabytes: float
    megabytes_before: float


@dataclass(frozen=True)
class Growth:
    """One size of project: what was built and what it took."""

    times: int
    pages: int
    page_bytes: float
    loading: Loading
    build: Cost


# In processes of their own ------------------------------------------------------------------------


def measure_loading(runs: int, collecting: bool = True, again: bool = False) -> dict[str, Any]:
    """Load and check the project that this script lies in; refuses one with errors.

    ``collecting``: Python looks for circles meanwhile. ``make check`` does not, and when it looks depends on chance.
    ``again``: what earlier runs found of the same files is taken, as while serving; else each run reads all anew.
    """
    if not collecting:
        gc.disable()
    before = _peak_megabytes()
    walls, cpus = [], []
    if again:
        check_project(ROOT)
    for _ in range(runs):
        if not again:
            forget()
        gc.collect()
        wall, cpu = time.perf_counter(), time.process_time()
        kb, issues = check_project(ROOT)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    if faults := report(issues, Level.ERROR):
        raise SystemExit("\n".join(["the project to measure has errors:", *faults[:20]]))
    return {
        "wall": median(walls),
        "cpu": min(cpus),
        "records": sum(len(records) for records in kb.records.values()),
        "megabytes": _peak_megabytes(),
        "megabytes_before": before,
    }


def rendered_pages() -> dict[str, str]:
    """Build this project once and return each page's Markdown as it left the macros."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.plugins import BasePlugin, event_priority
    from mkdocs.structure.pages import Page

    found: dict[str, str] = {}

    class Recorder(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
        @event_priority(-100)
        def on_page_markdown(self, markdown: str, /, *, page: Page, **_kwargs: Any) -> None:
            title = page.meta.get("title")
            front = f"title: {json.dumps(title, ensure_ascii=False)}\n" if title else ""
            found[page.file.src_uri] = f"---\n{front}---\n{markdown}" if front else markdown

    with tempfile.TemporaryDirectory() as folder:
        config = load_config(str(ROOT / "mkdocs.yml"), site_dir=folder)
        config.plugins["recorder"] = Recorder()
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    return found


def _peak_megabytes() -> float:
    """Return this process's peak of resident memory."""
    status = Path("/proc/self/status")
    if status.exists():
        # The kernel's ru_maxrss would count what the parent held when it started this process.
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) / 1000
    return _maxrss_megabytes(resource.getrusage(resource.RUSAGE_SELF))


def _maxrss_megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _staged(root: Path) -> dict[str, str]:
    """Return what `make site` tells the engine: where the staged tree is, and the records, checked already."""
    stage = stage_in(root)
    if not (stage / RECORDS).is_file():
        return {}
    return {"DOCS_DIR": str(stage / "docs"), HANDED_RECORDS: str(stage / RECORDS)}


# Measuring ----------------------------------------------------------------------------------------


def run(root: Path, *command: str, papers: bool = False, at: str = "") -> tuple[Cost, str]:
    """Run Python in a project's folder, to be published at an address. Returns what it cost and what it printed."""
    environment = {name: value for name, value in os.environ.items() if name != "HDND_ROOT"}
    environment |= {
        "DIRECTORY_URLS": "true",
        "HDND_WITHOUT_PAPERS": "" if papers else "1",
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONPATH": str(root),
        "PYTHONUTF8": "1",
        "SITE_URL": at,
        **_staged(root),
    }
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=root,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
    if process.returncode:
        raise SystemExit(f"{' '.join(command[:3])} failed in a copy:\n{text[-3000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, _maxrss_megabytes(usage)), text


def build(root: Path) -> Cost:
    """Build a project's site into its own ``site/``, which is emptied first."""
    shutil.rmtree(root / "site", ignore_errors=True)
    cost, _text = run(root, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(root / "site"))
    return cost


def build_whole(root: Path, papers: bool = True) -> Cost:
    """Build everything that is published, papers too unless told, into the project's ``whole/``."""
    cost, _text = run(root, "-m", "scripts.build", "--output", str(root / "whole"), papers=papers)
    return cost


def load(root: Path, runs: int, collecting: bool = True, again: bool = False) -> Loading:
    """Load and check a project in a process of its own, each time as if for the first time, or ``again``."""
    options = [*([] if collecting else ["--uncollected"]), *(["--again"] if again else [])]
    _cost, text = run(root, "-m", "scripts.bench", "--load", str(runs), *options)
    return Loading(**json.loads(text.splitlines()[-1]))


def pages_of(root: Path) -> dict[str, str]:
    """Return a project's pages as plain Markdown, by path."""
    _cost, text = run(root, "-m", "scripts.bench", "--render")
    pages: dict[str, str] = json.loads(text.splitlines()[-1])
    return pages


def summary(costs: list[Cost]) -> Cost:
    """Return one cost for several runs of the same."""
    return Cost(
        median(cost.wall for cost in costs),
        min(cost.cpu for cost in costs),
        median(cost.megabytes for cost in costs),
    )


def html_files(root: Path) -> dict[str, int]:
    """Return the pages of a project's built site with their sizes."""
    site = root / "site"
    sizes = {path.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("*.html")}
    sizes.pop("404.html", None)
    return sizes


# Parts of the report ------------------------------------------------------------------------------


def report_loading(root: Path, plan: Plan) -> list[Figure]:
    """Parts 1 and 4: load and check this project, how fast and in how much memory."""
    many, again, once = load(root, plan.loads), load(root, plan.loads, again=True), load(root, 1)
    print(
        f"\n1. Load and check of this project ({plan.loads} runs in one process, each reads all anew)\n"
        f"   {many.wall * 1000:.0f} ms wall, {many.cpu * 1000:.0f} ms processor; "
        f"{many.records} records: {many.records / many.wall:.0f} records/s\n"
        f"   again, nothing changed: {again.wall * 1000:.0f} ms wall, {again.cpu * 1000:.0f} ms processor\n"
        f"   the first in a new process: {once.wall * 1000:.0f} ms wall, peak memory "
        f"{once.megabytes:.0f} MB, of it {once.megabytes_before:.0f} MB before loading",
        flush=True,
    )
    run(root, "-m", "scripts.check")
    check = summary([run(root, "-m", "scripts.check")[0] for _ in range(5)])
    start = summary([run(root, "-c", "import scripts.check")[0] for _ in range(3)])
    print(
        f"   make check, nothing changed: {check.wall * 1000:.0f} ms wall, {check.cpu * 1000:.0f} ms processor",
        flush=True,
    )
    return [
        Figure("check", "`make check`, nothing changed, by the clock", check.wall, "s", start.wall, "loading its code alone", CHECK_AIM),
        Figure("check", "load and check, all read anew, by the clock", many.wall, "s"),
        Figure("check", "load and check again in one process, by the clock", again.wall, "s", many.wall, "all read anew"),
        Figure("check", "records loaded and checked", many.records / many.wall, "records/s"),
        Figure("memory", "load and check, peak", once.megabytes, "MB", once.megabytes_before, "its code alone"),
    ]  # fmt: skip


def report_build(root: Path, plain: Path, plan: Plan) -> list[Figure]:
    """Part 2: the build against the same pages in plain Markdown."""
    without_macros(root, pages_of(root), plain)
    build(root), build(plain)
    ours, theirs = [], []
    for _ in range(plan.pairs):
        ours.append(build(root))
        theirs.append(build(plain))
    a, b = summary(ours), summary(theirs)
    print(f"\n2. mkdocs build against the same pages in plain Markdown ({plan.pairs} pairs)")
    print(f"   {'':14}{'wall':>9}{'processor':>12}{'peak':>9}")
    for name, cost in (("this site", a), ("plain Markdown", b)):
        print(f"   {name:14}{cost.wall:>7.2f} s{cost.cpu:>10.2f} s{cost.megabytes:>6.0f} MB")
    print(f"   {'ratio':14}{a.wall / b.wall:>8.2f}x{a.cpu / b.cpu:>11.2f}x   aim at most {BUILD_RATIO_AIM:.2f}x")
    print(f"   {_same_pages(root, plain)}", flush=True)
    reference = "plain Markdown"
    return [
        Figure("build", "`mkdocs build`, processor", a.cpu, "s", b.cpu, reference, BUILD_RATIO_AIM, aim_of_ratio=True),
        Figure("build", "`mkdocs build`, by the clock", a.wall, "s", b.wall, reference),
        Figure("memory", "`mkdocs build`, peak", a.megabytes, "MB", b.megabytes, reference),
    ]


def _same_pages(root: Path, plain: Path) -> str:
    ours, theirs = html_files(root), html_files(plain)
    if different := set(ours) ^ set(theirs):
        return f"NOT the same pages: {', '.join(sorted(different)[:10])}"
    texts = [_search_texts(project) for project in (root, plain)]
    same = sum(texts[0][place] == texts[1].get(place) for place in texts[0])
    return f"both built the same {len(ours)} pages; {same} of {len(texts[0])} sections read the same"


def _search_texts(root: Path) -> dict[str, tuple[str, str]]:
    index = json.loads((root / "site" / "search" / "search_index.json").read_text("utf-8"))
    return {entry["location"]: (entry["title"], entry["text"]) for entry in index["docs"]}


def report_growth(base: Path, folder: Path, plan: Plan) -> list[Figure]:
    """Part 3: how loading and building grow with the number of records."""
    kb, _issues = check_project(base)
    roots = {times: base if times == 1 else folder / f"grown-{times}" for times in plan.sizes}
    for times, root in roots.items():
        if times > 1:
            grow(kb, base, root, times)
            run(root, "-m", "scripts.bench", "--stage")
    loadings = {times: load(root, 3) for times, root in roots.items()}
    builds: dict[int, list[Cost]] = {times: [] for times in roots}
    for _ in range(plan.rounds):
        for times, root in roots.items():
            builds[times].append(build(root))
    print(
        "\n3. Growth: lessons, sheets, forms, self-reviews and instruments n times; roles, stages,\n"
        "   sources, terms once. The copies accept longer codes of sheets, forms and self-reviews.\n"
        f"   Per record and per page: processor time, the least of {plan.rounds}.\n"
        f"   {'size':>5}{'records':>9}{'pages':>7}{'load+check':>12}{'ms/record':>11}{'build':>9}"
        f"{'processor':>11}{'ms/page':>9}{'kB/page':>9}{'peak':>9}"
    )
    results = []
    for times, root in roots.items():
        pages = html_files(root)
        size = sum(pages.values()) / len(pages)
        results.append(Growth(times, len(pages), size, loadings[times], summary(builds[times])))
        _print_size(results[-1])
    _print_ratios(results)
    return [figure for one in results[1:] for figure in figures_of_growth(results[0], one)]


def figures_of_growth(first: Growth, one: Growth) -> list[Figure]:
    """Return the table's rows of one size, beside this book."""
    size, reference = f"{one.times} times the records", "this book"
    return [
        Figure(
            "growth", f"{size}: load and check, per record", _per_record(one), "ms", _per_record(first), reference,
            GROWTH_AIM, aim_of_ratio=True,
        ),
        Figure(
            "growth", f"{size}: build, per page", _per_page(one), "ms", _per_page(first), reference,
            GROWTH_AIM, aim_of_ratio=True,
        ),
        Figure("growth", f"{size}: load and check, by the clock", one.loading.wall, "s", first.loading.wall, reference),
        Figure("memory", f"{size}: build, peak", one.build.megabytes, "MB", first.build.megabytes, reference),
    ]  # fmt: skip


def report_sources(base: Path, folder: Path, plan: Plan) -> list[Figure]:
    """Part 3, of sources: what one more costs when there are ten, a hundred and a thousand more.

    Ten take four milliseconds of three hundred: all sizes take turns, the collector is off, the least of many runs counts.
    """
    kb, _issues = check_project(base)
    roots = {0: base} | {count: folder / f"sources-{count}" for count in SOURCES}
    for count in SOURCES:
        with_sources(kb, base, roots[count], count)
    turns = [{count: load(root, 6, collecting=False).cpu for count, root in roots.items()} for _ in range(plan.sources)]
    least = {count: min(turn[count] for turn in turns) for count in roots}
    each = {count: (least[count] - least[0]) / count * 1000 for count in SOURCES}
    figures = []
    for few, many in pairwise(SOURCES):
        print(
            f"   Load and check, each source more: {each[few]:.2f} ms of {few}, {each[many]:.2f} ms of {many}: "
            f"{each[many] / each[few]:.2f}x; aim at most {GROWTH_AIM:.2f}x",
            flush=True,
        )
        what = f"load and check, each source more of {NAMED[many]}"
        figures.append(
            Figure("growth", what, each[many], "ms", each[few], f"of {NAMED[few]}", GROWTH_AIM, aim_of_ratio=True)
        )
    return figures


def _print_size(one: Growth) -> None:
    cost, loading = one.build, one.loading
    print(
        f"   {one.times:>4}x{loading.records:>9}{one.pages:>7}{loading.wall * 1000:>9.0f} ms"
        f"{_per_record(one):>11.2f}{cost.wall:>7.1f} s{cost.cpu:>9.1f} s"
        f"{_per_page(one):>9.1f}{one.page_bytes / 1000:>9.0f}{cost.megabytes:>6.0f} MB"
    )


def _print_ratios(results: list[Growth]) -> None:
    """Compare sizes: what a page costs in all, and what each page added costs."""
    first = results[0]
    for one in results[1:]:
        print(
            f"   {one.times}x against 1x: per record {_per_record(one) / _per_record(first):.2f}x, "
            f"per page {_per_page(one) / _per_page(first):.2f}x, "
            f"HTML per page {one.page_bytes / first.page_bytes:.2f}x; aim at most {GROWTH_AIM:.2f}x"
        )
    # A build's start-up is the same at every size and hides growth: compare the pages added too.
    added = [_per_added_page(a, b) for a, b in pairwise(results)]
    for cost, (a, b) in zip(added, pairwise(results), strict=True):
        print(f"   each page added from {a.times}x to {b.times}x: {cost:.1f} ms")
    if len(added) > 1:
        print(f"   a later page against an earlier one: {added[-1] / added[0]:.2f}x; aim at most {GROWTH_AIM:.2f}x")


def _per_record(one: Growth) -> float:
    return one.loading.cpu / one.loading.records * 1000


def _per_page(one: Growth) -> float:
    return one.build.cpu / one.pages * 1000


def _per_added_page(a: Growth, b: Growth) -> float:
    return (b.build.cpu - a.build.cpu) / (b.pages - a.pages) * 1000


def measure_papers(times: int) -> dict[str, float]:
    """Set the sheets so many times over and all papers once; seconds of wall time."""
    from papers.cache import PaperCache
    from papers.files import paper_files
    from papers.pdf.sheets import sheet_data, sheet_pdf

    kb, _issues = check_project(ROOT)
    data = [sheet_data(kb, sheet) for sheet in kb.checklists.values()]
    sheet_pdf(data[0])
    start = time.perf_counter()
    for _ in range(times):
        for one in data:
            sheet_pdf(one)
    sheets = time.perf_counter() - start
    start = time.perf_counter()
    count = len(list(paper_files(kb, "", PaperCache(None)))) if times == 1 else 0
    return {"sheets": sheets, "number": len(data) * times, "papers": time.perf_counter() - start, "files": count}


def measure_printing(site: Path) -> dict[str, float]:
    """Print the same pages with headless Chromium; seconds of wall time, the start apart."""
    from playwright.sync_api import sync_playwright

    found = chromium_path()
    kb, _issues = check_project(ROOT)
    pages = [(site / "danh-muc" / sheet.lower() / "index.html").as_uri() for sheet in kb.checklists]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        opened = browser.new_page()
        opened.goto(pages[0])
        start = time.perf_counter()
        for page in pages:
            opened.goto(page)
            opened.pdf(prefer_css_page_size=True)
        seconds = time.perf_counter() - start
        browser.close()
    return {"sheets": seconds, "number": len(pages)}


def report_papers(root: Path) -> list[Figure]:
    """Part 5: papers: a sheet by the typesetter against the same page printed by a browser."""
    script = ("-m", "scripts.bench")
    once, tenfold = (json.loads(run(root, *script, "--papers", str(times))[1].splitlines()[-1]) for times in (1, 10))
    printed = json.loads(run(root, *script, "--print", str(root / "site"))[1].splitlines()[-1])
    each, browser = once["sheets"] / once["number"], printed["sheets"] / printed["number"]
    later = tenfold["sheets"] / tenfold["number"]
    print(
        f"\n5. Papers\n   a sheet: {each * 1000:.0f} ms set, {browser * 1000:.0f} ms printed by Chromium: "
        f"{browser / each:.1f}x faster; aim at least {PAPER_AIM:.0f}x\n"
        f"   ten times as many sheets: {later / each:.2f}x per sheet\n"
        f"   all {once['files']:.0f} papers without the cache: {once['papers']:.1f} s",
        flush=True,
    )
    whole = build_whole(root)
    bare = build(root)
    print(
        f"   make site {whole.wall:.1f} s wall, of it mkdocs build {bare.wall:.1f} s: {whole.wall / bare.wall:.2f}x",
        flush=True,
    )
    return [
        Figure(
            "papers", "a sheet set, by the clock", each * 1000, "ms", browser * 1000, "printed by Chromium",
            1 / PAPER_AIM, aim_of_ratio=True,
        ),
        Figure("papers", "ten times as many sheets, per sheet", later * 1000, "ms", each * 1000, "once"),
        Figure("papers", f"all {once['files']:.0f} papers without the cache", once["papers"], "s"),
        Figure("papers", "`make site`, papers kept", whole.wall, "s", bare.wall, "mkdocs build"),
        *figures_of_size(root / "whole"),
    ]  # fmt: skip


def figures_of_size(site: Path) -> list[Figure]:
    """Return what a whole built site weighs on a host."""
    sizes = {path.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("*") if path.is_file()}
    papers = sum(size for name, size in sizes.items() if name.startswith("tai-ve/"))
    pages = [size for name, size in sizes.items() if name.endswith(".html")]
    return [
        Figure("sizes", f"the site without papers, {len(pages)} pages", (sum(sizes.values()) - papers) / 1e6, "MB"),
        Figure("sizes", "papers and data to download", papers / 1e6, "MB"),
        Figure("sizes", "the longest page, not compressed", max(pages) / 1000, "kB"),
        Figure("sizes", "the search index, not compressed", sizes["search/search_index.json"] / 1000, "kB"),
        Figure("sizes", "the worker's list", sizes["sw.js"] / 1000, "kB"),
    ]


def report_editions(base: Path, folder: Path) -> list[Figure]:
    """Part 6: what a further edition costs, beside a cold base."""
    root = folder / "editions"
    snapshot(root)
    write_editions(root)
    _cost, text = run(root, "-m", "scripts.bench", "--cost-of-editions", papers=True, at="https://vi-du.vn/")
    costs = [Spent(*one) for one in json.loads(text.splitlines()[-1])]
    alone = min(build(base).cpu for _ in range(3))
    print(told(costs, alone), flush=True)
    return figures_of_editions(costs, alone)


def report_building(base: Path, folder: Path, plan: Plan) -> list[Figure]:
    """Parts 1 to 6: what the project's editors wait for."""
    return [
        *report_loading(base, plan),
        *report_build(base, folder / "plain", plan),
        *report_growth(base, folder, plan),
        *report_sources(base, folder, plan),
        *report_papers(base),
        *report_editions(base, folder),
    ]


def report_reading(base: Path, folder: Path, plan: Plan) -> list[Figure]:
    """Parts 7 and 8: what readers wait for, beside a stock site of the same pages."""
    stock(base, pages_of(base), folder / "stock")
    build(folder / "stock")
    return [
        *report_visits(base / "whole", folder / "stock" / "site", plan.visits),
        *report_tools(base / "whole", plan.visits),
    ]


def machine() -> str:
    """Return what kind of computer this is; its name is nobody's business."""
    system = (
        platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
        if Path("/etc/os-release").exists()
        else platform.system()
    )
    return f"{os.cpu_count()} virtual cores ({platform.machine()}), {system}, Python {platform.python_version()}"


def quote(root: Path) -> None:
    """Write the committed figures into the README."""
    readme = root / "README.md"
    figures, about = from_json((root / MEASURED).read_text("utf-8"))
    readme.write_text(written_into(readme.read_text("utf-8"), as_section(figures, about)), "utf-8")


def main() -> int:
    """Measure and print. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="no 50x, fewer repetitions")
    parser.add_argument("--visits", action="store_true", help="only visits and tools (parts 7 and 8)")
    parser.add_argument("--editions", action="store_true", help="only the editions (part 6)")
    parser.add_argument("--write", action="store_true", help="write the table into the README, too")
    parser.add_argument("--cost-of-editions", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--load", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--uncollected", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--again", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--stage", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--render", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--papers", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--print", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write and (options.visits or options.editions):
        parser.error("--write: the README quotes a whole run; leave out --visits, --editions")
    if options.papers or options.print:
        measured = measure_papers(options.papers) if options.papers else measure_printing(options.print)
        print(json.dumps(measured))
        return 0
    if options.stage:
        kb, _issues = check_project(ROOT)
        write_stage(kb, "directory", generated_files(kb, "directory"))
        return 0
    if options.cost_of_editions:
        print(json.dumps(measure_editions()))
        return 0
    if options.load or options.render:
        loading = measure_loading(options.load, not options.uncollected, options.again) if options.load else None
        print(json.dumps(loading or rendered_pages()))
        return 0
    plan = QUICK if options.quick else FULL
    figures = []
    start, load_before = time.perf_counter(), os.getloadavg()[0]
    print(f"{machine()}, load {load_before:.1f}")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        base = folder / "project"
        snapshot(base)
        run(base, "-m", "scripts.bench", "--stage")
        if options.editions:
            report_editions(base, folder)
            return 0
        if options.visits:
            build_whole(base)
        else:
            figures += report_building(base, folder, plan)
        figures += report_reading(base, folder, plan)
        if not options.visits:
            build_whole(folder / "grown-10", papers=False)
            figures += report_at_size(base / "whole", folder / "grown-10" / "whole", 10)
    command = "make bench" + (f" BENCH_ARGS={' '.join(sys.argv[1:])!r}" if sys.argv[1:] else "")
    minutes = (time.perf_counter() - start) / 60
    about = {
        "day": date.today().isoformat(), "command": command, "minutes": f"{minutes:.0f}",
        "machine": machine(), "load": f"{load_before:.1f}",
    }  # fmt: skip
    for file in write(ROOT / "dist", figures, about):
        print(f"{file.relative_to(ROOT)}: {len(figures)} figures")
    if options.write:
        shutil.copy(ROOT / "dist/bench.json", ROOT / MEASURED)
        quote(ROOT)
    print(f"\nMeasured in {minutes:.0f} minutes.")
    return 0
