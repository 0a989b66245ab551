"""What a reader's visits take beside a stock Material site of the same pages: bytes, time, search.

A slow processor is made by stopping all of Chromium's child processes most of the time: the browser's own
slow-down reaches the page but not its workers, and both search in a worker. How slow it became is measured
in the same run, on the page and in a worker.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts.bench.host import Host, Line, Sent, hosting
from scripts.bench.table import Figure
from scripts.browser_path import chromium_path

HOME, SHEET = "", "danh-muc/dm07/"
PHONE: Any = {"width": 360, "height": 640}
WEAK = Line(rate=750_000 / 8, wait=0.15)
"""A weak phone line: 750 kbit/s shared by all answers, 150 ms before each begins."""
SLOWER = 4
"""How many times slower than this computer the processor of an old phone is taken to be."""
TURN = 0.02
"""Seconds of one turn of stopping and running."""
FIRST_AIM, FIRST_LIMIT, SECOND_LIMIT = 120_000, 200_000, 25_000
QUERIES = (
    "thẩm tra", "kỳ họp", "nghị quyết", "biên bản", "chất vấn", "cử tri", "ngân sách", "quy chế",
    "tài liệu kỳ họp", "giám sát",
)  # fmt: skip
QUIET_MS = 1000
STOCK = "stock Material"
FIRST_ANSWER_AIM = 2.0
GROWING_PAGES = (
    "",
    "vai-tro/van-phong/",
    "tra-cuu/doi-chieu/",
    "han-che/hc1/",
    "han-che/",
    "danh-muc/",
    "can-cu/",
    "tra-cuu/cau-luat/",
)

WATCH = """
window.seen = {long: 0, tick: 0};
setInterval(() => { if (!window.seen.tick && document.querySelector(".hd-tick")) window.seen.tick = performance.now(); }, 50);
new PerformanceObserver(list => {
  for (const one of list.getEntries()) window.seen.long = Math.max(window.seen.long, one.startTime + one.duration);
}).observe({type: "longtask", buffered: true});
"""
USABLE = """quiet => new Promise(done => {
  const look = () => {
    const {long, tick} = window.seen;
    const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    const loaded = performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd;
    const since = Math.max(long, paint ?? Infinity, loaded || Infinity);
    if (performance.now() - since > quiet) done(tick ? {paint, usable: since, tick} : {paint, usable: since});
    else setTimeout(look, 50);
  };
  look();
})"""
"""Usable: text is painted, the scripts have run, and no task over 50 ms follows for a second."""
LOOP = "() => { const start = performance.now(); let x = 0; for (let i = 0; i < 6e7; i++) x += i % 7; return performance.now() - start; }"
LOOP_IN_WORKER = """loop => new Promise((done, refused) => {
  const url = URL.createObjectURL(new Blob([`postMessage((${loop})())`]));
  const worker = new Worker(url);
  worker.onmessage = ({data}) => { worker.terminate(); done(data); };
  worker.onerror = () => refused(new Error("the page starts no worker from a text"));
})"""
SEARCH = """text => new Promise(done => {
  const box = document.querySelector("input.md-search__input");
  const hits = () => document.querySelectorAll(".md-search-result__item").length;
  const none = () => document.querySelector(".md-search-result__meta").textContent.startsWith("Không ");
  const type = what => { box.value = what; box.dispatchEvent(new Event("input", {bubbles: true})); box.dispatchEvent(new KeyboardEvent("keyup", {bubbles: true})); };
  const until = (ready, then) => {
    if (ready()) return then();
    const look = new MutationObserver(() => {
      if (!ready()) return;
      look.disconnect();
      then();
    });
    look.observe(document.querySelector(".md-search"), {subtree: true, childList: true, characterData: true});
  };
  type("");
  until(() => !hits() && !none(), () => {
    const start = performance.now();
    type(text);
    until(() => hits() || none(), () => requestAnimationFrame(() => setTimeout(() => done([performance.now() - start, hits()]))));
  });
})"""
"""Until the frame that shows the answer. To ask each frame whether it is there would draw all those frames meanwhile.
“Nothing found” is an answer too; how many queries found something is told."""


@dataclass(frozen=True)
class Weight:
    """What one visit fetched: bytes with headers, and requests."""

    size: int
    requests: int

    @classmethod
    def of(cls, sent: list[Sent], background: bool = False) -> Weight:
        counted = [one.size for one in sent if one.background == background]
        return cls(sum(counted), len(counted))


@dataclass(frozen=True)
class Visits:
    """A site's weights: first page, the next one, the same page on a later day, kept meanwhile."""

    first: Weight
    second: Weight
    later: Weight
    background: Weight


# A slow device ------------------------------------------------------------------------------------


def children_of(parent: int) -> list[int]:
    """Return the processes below one, at any depth."""
    found: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        found.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    below, rest = [], [parent]
    while rest:
        children = found.get(rest.pop(), [])
        below += children
        rest += children
    return below


def _works_for_browser(process: int) -> bool:
    """The browser's children, which compute; not the browser itself, which only directs them."""
    try:
        return b"--type=" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


@contextmanager
def slow_processor(times: int) -> Iterator[None]:
    """Let Chromium's processes run only one part in so many of the time while the block runs."""
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            workers = [one for one in children_of(os.getpid()) if _works_for_browser(one)]
            for _ in range(15):
                _signal(workers, signal.SIGSTOP)
                time.sleep(TURN * (times - 1) / times)
                _signal(workers, signal.SIGCONT)
                time.sleep(TURN / times)
                if ended.is_set():
                    break

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _signal(processes: list[int], what: signal.Signals) -> None:
    for process in processes:
        try:
            os.kill(process, what)
        except ProcessLookupError:
            continue


def slowness(browser: Browser) -> tuple[float, float]:
    """Return how many times longer a loop takes on a slowed page and in a slowed worker."""
    # Our own pages start no worker from a text: their policy.
    page = browser.new_page()

    def loops() -> tuple[float, float]:
        return (
            min(page.evaluate(LOOP) for _ in range(3)),
            min(page.evaluate(LOOP_IN_WORKER, LOOP) for _ in range(3)),
        )

    loops()
    bare = loops()
    with slow_processor(SLOWER):
        slowed = loops()
    page.close()
    return slowed[0] / bare[0], slowed[1] / bare[1]


# Visits -------------------------------------------------------------------------------------------


def _context(browser: Browser, workers: Literal["allow", "block"]) -> BrowserContext:
    context = browser.new_context(viewport=PHONE, has_touch=True, service_workers=workers, locale="vi-VN")
    context.add_init_script(WATCH)
    return context


def _opened(context: BrowserContext, host: Host, path: str) -> Page:
    page = context.new_page()
    page.goto(host.address + path, wait_until="networkidle")
    return page


def weigh(browser: Browser, host: Host) -> Visits:
    """Open the home page, then a sheet; then, in another profile, the home page on two days."""
    context = _context(browser, "block")
    host.max_age = 600
    host.sent.clear()
    page = _opened(context, host, HOME)
    first = Weight.of(host.sent)
    host.sent.clear()
    page.goto(host.address + SHEET, wait_until="networkidle")
    second = Weight.of(host.sent)
    context.close()

    context = _context(browser, "allow")
    # On a later day every answer is too old to be used without asking.
    host.max_age = 0
    host.sent.clear()
    page = _opened(context, host, HOME)
    _await_quiet(host)
    background = Weight.of(host.sent, background=True)
    page.close()
    host.sent.clear()
    _opened(context, host, HOME)
    _await_quiet(host)
    later = Weight.of(host.sent)
    context.close()
    host.max_age = 600
    return Visits(first, second, later, background)


def _await_quiet(host: Host, seconds: float = 4.0) -> None:
    """Wait until nothing more was asked for so long; the worker begins a second or two after load."""
    count, since = -1, time.monotonic()
    while time.monotonic() - since < seconds:
        if len(host.sent) != count:
            count, since = len(host.sent), time.monotonic()
        time.sleep(0.1)


def times_until_usable(browser: Browser, host: Host, path: str) -> dict[str, float]:
    """Return milliseconds until text is painted and until the page is usable, on a weak line and slowed."""
    context = _context(browser, "allow")
    page = context.new_page()
    # The browser's own start is not the page's.
    page.goto("about:blank")
    host.line = WEAK
    try:
        with slow_processor(SLOWER):
            page.goto(host.address + path, wait_until="commit", timeout=120_000)
            measured: dict[str, float] = page.evaluate(USABLE, QUIET_MS)
    finally:
        host.line = Line()
    context.close()
    return measured


def times_of_search(browser: Browser, host: Host, queries: Sequence[str] = QUERIES) -> tuple[float, list[float], int]:
    """Return milliseconds until the first answer, data included, and until each later one; hits.

    Only the processor is slowed. The last figure counts the queries that found something.
    """
    context = _context(browser, "block")
    page = _opened(context, host, HOME)
    with slow_processor(SLOWER):
        page.evaluate("document.querySelector('input.md-search__input').focus()")
        answers: list[tuple[float, int]] = [page.evaluate(SEARCH, query) for query in queries]
    context.close()
    first, *later = [ms for ms, _hits in answers]
    return first, later, sum(hits > 0 for _ms, hits in answers)


def processor_seconds() -> float:
    """Return what all of Chromium's processes that compute have used so far."""
    used = 0.0
    for process in filter(_works_for_browser, children_of(os.getpid())):
        try:
            fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


@dataclass(frozen=True)
class AtSize:
    """A site as a phone meets it: seconds until a first answer, slowed; processor seconds of a first and a later one; pages."""

    waited: float
    first: float
    later: float
    screens: dict[str, float]
    widest: float


def at_size(browser: Browser, host: Host) -> AtSize:
    """Ask the search, slowed, median of five; once and again at full speed; then open pages that grow with the book.

    Processor time is told beside the wait because other work on the computer counts for nothing there; it is no wait: what
    runs at the same time on two cores is added up.
    """
    # The first time is the browser's own start as well.
    waited = median([times_of_search(browser, host, QUERIES[:1])[0] for _ in range(6)][1:]) / 1000
    context = _context(browser, "block")
    page = _opened(context, host, HOME)
    marks = [processor_seconds()]
    page.evaluate("document.querySelector('input.md-search__input').focus()")
    for query in QUERIES[:2]:
        page.evaluate(SEARCH, query)
        marks.append(processor_seconds())
    screens, widest = {}, 0.0
    for path in GROWING_PAGES:
        page.goto(host.address + path, wait_until="load")
        width, height = page.evaluate(
            "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
        )
        screens[path] = height / PHONE["height"]
        widest = max(widest, width / PHONE["width"])
    context.close()
    return AtSize(waited, marks[1] - marks[0], marks[2] - marks[1], screens, widest)


# The report ---------------------------------------------------------------------------------------


def report_at_size(base: Path, grown: Path, times: int) -> list[Figure]:
    """Part 7: the search and the length of pages of a grown site beside this one."""
    with sync_playwright() as playwright, hosting(base) as small, hosting(grown) as large:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        one, many = (at_size(browser, host) for host in (small, large))
        browser.close()
    print(f"\n7. A site {times} times as large, on a phone of {PHONE['width']} px")
    print(
        f"   search: {'first, waited':16}{one.waited:>7.2f} s{many.waited:>8.2f} s{many.waited / one.waited:>7.1f}x"
        f" at a quarter of the processor, aim {FIRST_ANSWER_AIM:.0f} s; below all of the browser's processor time"
    )
    for name, a, b in (("first answer", one.first, many.first), ("a later answer", one.later, many.later)):
        slow = f"{b * SLOWER:.1f} s at a quarter of the processor"
        print(f"   search: {name:16}{a:>7.2f} s{b:>8.2f} s{b / max(a, 0.01):>7.1f}x; {slow}")
    for path, screens in many.screens.items():
        before = one.screens[path]
        print(f"   {path or 'home':24}{before:>6.0f} screens{screens:>6.0f} screens{screens / before:>7.1f}x")
    print(f"   widest page: {many.widest:.2f} of the screen (1.00)", flush=True)
    size, base_says = f"a book {times} times as large", "this book"
    return [
        Figure(
            "growth", f"search, first answer in {size}, waited for at a quarter of the processor", many.waited, "s",
            one.waited, base_says, FIRST_ANSWER_AIM,
        ),
        Figure(
            "growth", f"search, first answer in {size}, all processor time at a quarter", many.first * SLOWER, "s",
            one.first * SLOWER, base_says,
        ),
        Figure("growth", f"search, a later answer in {size}", many.later * SLOWER, "s", one.later * SLOWER, base_says),
        Figure("growth", f"longest page of {size}, 360 px", max(many.screens.values()), "screens", max(one.screens.values()), base_says),
        Figure("growth", f"widest page of {size}", many.widest, "of the screen", aim=1.0),
    ]  # fmt: skip


def report_visits(ours: Path, stock: Path, rounds: int) -> list[Figure]:
    """Part 7: visits to this site and to a stock Material site of the same pages, in turns."""
    figures: list[Figure] = []
    found = chromium_path()
    with sync_playwright() as playwright, hosting(ours) as us, hosting(stock) as them:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        hosts = (us, them)
        print(
            "\n7. Visits, beside a stock Material site of the same pages (without its fonts, which come from elsewhere)"
        )
        figures += _print_weights(*(weigh(browser, host) for host in hosts))
        on_page, in_worker = slowness(browser)
        print(
            f"   slowed {SLOWER} times: a loop took {on_page:.1f} times as long on the page, {in_worker:.1f} in a worker;\n"
            f"   weak line: 750 kbit/s, 150 ms before each answer; median of {rounds} (least–most), in turns"
        )
        for name, path in (("home", HOME), ("sheet", SHEET)):
            figures += _print_times(name, *_in_turns(hosts, rounds, partial(times_until_usable, browser, path=path)))
        figures += _print_searches(*_in_turns(hosts, rounds, partial(times_of_search, browser)))
        browser.close()
    return figures


def _in_turns(hosts: tuple[Host, Host], rounds: int, measure: Callable[[Host], Any]) -> tuple[list[Any], list[Any]]:
    results: tuple[list[Any], list[Any]] = ([], [])
    for turn in range(rounds):
        # Who is first changes, or one of them would always find the computer as the other left it.
        for at in (0, 1) if turn % 2 == 0 else (1, 0):
            results[at].append(measure(hosts[at]))
    return results


def _print_weights(us: Visits, them: Visits) -> list[Figure]:
    print(f"   {'':34}{'this site':>22}{'stock':>22}{'bytes':>8}")
    rows = (
        ("first visit, home", us.first, them.first, f"limit {FIRST_LIMIT // 1000} kB, aim {FIRST_AIM // 1000}"),
        ("then a sheet", us.second, them.second, f"limit {SECOND_LIMIT // 1000} kB"),
        ("home on a later day", us.later, them.later, ""),
        ("kept in the background", us.background, them.background, ""),
    )
    for name, a, b, aim in rows:
        ratio = f"{a.size / b.size:.2f}x" if b.size else ""
        print(f"   {name:34}{_weight(a):>22}{_weight(b):>22}{ratio:>8}  {aim}".rstrip(), flush=True)
    aims = (FIRST_AIM / 1000, SECOND_LIMIT / 1000, None, None)
    return [
        Figure("visits", name, a.size / 1000, "kB", b.size / 1000 or None, STOCK if b.size else "", aim)
        for (name, a, b, _), aim in zip(rows, aims, strict=True)
    ]


def _weight(one: Weight) -> str:
    return f"{one.size / 1000:.1f} kB, {one.requests} req."


def _print_times(name: str, us: list[dict[str, float]], them: list[dict[str, float]]) -> list[Figure]:
    figures = [
        _print_row("weak line", f"{name}: {what}", [one[key] for one in us], [one[key] for one in them], aim)
        for key, what, aim in (("paint", "text seen", None), ("usable", "usable", 1.0))
    ]
    ticks = [one["tick"] for one in us if "tick" in one]
    if ticks:
        figures.append(_print_row("weak line", f"{name}: can be ticked", ticks, []))
    return figures


def _print_searches(
    us: list[tuple[float, list[float], int]], them: list[tuple[float, list[float], int]]
) -> list[Figure]:
    first, later = [one[0] for one in us], [median(one[1]) for one in us]
    figures = [
        _print_row("search", "search: first answer, with its data", first, [one[0] for one in them]),
        _print_row("search", "search: a later answer", later, [median(one[1]) for one in them]),
        Figure("search", "queries that found anything", us[0][2], "of 10", them[0][2], STOCK),
    ]
    print(f"   {f'search: queries of {len(QUERIES)} that found anything':37}{us[0][2]:>22}{them[0][2]:>22}")
    return figures


def _print_row(part: str, name: str, us: list[float], them: list[float], aim: float | None = None) -> Figure:
    """Print what was measured and return it. ``aim``: of the ratio to the stock site."""
    ratio = f"{median(us) / median(them):.2f}x" if them else ""
    print(f"   {name:37}{_spread(us):>22}{_spread(them):>22}{ratio:>8}".rstrip(), flush=True)
    beside, reference = (median(them), STOCK) if them else (None, "")
    return Figure(
        part, name.removeprefix("search: "), median(us), "ms", beside, reference, aim, aim_of_ratio=aim is not None
    )


def _spread(values: list[float]) -> str:
    return f"{median(values):.0f} ms ({min(values):.0f}–{max(values):.0f})" if values else ""
