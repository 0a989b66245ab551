"""What the site's own tools take on a slowed processor, from the question to the first answer on the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from publish.project import ROOT
from scripts.bench.host import Host, hosting
from scripts.bench.table import Figure
from scripts.bench.visits import PHONE, SLOWER, slow_processor
from scripts.browser_path import chromium_path

DRAFT_AIM = 1.0
"""Seconds until ten pages of a draft show their first sign."""
TASK_AIM = 0.2
"""Seconds that no piece of that work may take: for so long the page neither draws nor hears."""
WATCH_TASKS = """() => {
  window.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
  }).observe({ type: "longtask" });
}"""
PAGE_LETTERS = 2500
"""Letters on a page of a resolution in 14 points."""
OPENING = "2027-02-05"


WATCH_ANSWER = """(selector) => {
  let from = 0;
  const asked = () => { from = from || performance.now(); };
  for (const kind of ["click", "input"]) document.addEventListener(kind, asked, true);
  window.answered = new Promise((resolve) => {
    const look = new MutationObserver(() => {
      if (!from || !document.querySelector(selector)) return;
      look.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from)));
    });
    look.observe(document, { subtree: true, childList: true });
  });
}"""
"""From the press or the letters as the page hears them until the frame that shows the first answer: what a reader waits for,
without the driver's own looking for buttons, which a slowed processor makes half a second."""


def ten_pages() -> str:
    """Return a draft of ten pages: the example, its articles after the first again and again under numbers of their own."""
    text = (ROOT / "knowledge/draft_example.txt").read_text("utf-8")
    head, _, rest = text.partition("Điều 2.")
    articles, _, foot = rest.partition("Nơi nhận:")
    body, number = "", 2
    while len(head) + len(body) + len(foot) < 10 * PAGE_LETTERS:
        body += f"Điều {number}.{articles.partition('Điều 3.')[0]}"
        number += 1
    return f"{head}{body}Nơi nhận:{foot}"


def _board(page: Page, address: str) -> Callable[[], None]:
    page.goto(f"{address}tra-cuu/tien-do/")
    page.locator("#bang-vai-tro").select_option("van-phong")

    def ask() -> None:
        page.locator("#bang-khai-mac").fill(OPENING)

    return ask


def _programme(page: Page, address: str) -> Callable[[], None]:
    page.goto(f"{address}tra-cuu/chuong-trinh/")
    page.locator("#dan-chuong-trinh").wait_for(state="attached")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.locator("#dan-chuong-trinh").fill(
        "\n".join(f"Tờ trình số {n} (10 phút)\nThảo luận (20 phút)" for n in range(12))
    )

    def ask() -> None:
        page.get_by_role("button", name="Đọc các dòng này").click()

    return ask


def _draft(page: Page, address: str) -> Callable[[], None]:
    page.goto(f"{address}tra-cuu/soat-loi-du-thao/")
    page.locator("#dan-du-thao").fill(ten_pages())

    def ask() -> None:
        page.get_by_role("button", name="Soát phần đã dán").click()

    return ask


TOOLS = {
    "board: a day entered until deadlines show": (_board, "[data-hd-board-body] .hd-dues"),
    "programme: 24 lines pasted until they stand": (_programme, ".hd-line"),
    "draft check: ten pages until the first sign": (_draft, "[data-sign]"),
}
"""Each with how it is asked and what the first answer is."""


def seconds(browser: Browser, host: Host, prepare: Callable[[Page, str], Callable[[], None]], answer: str) -> float:
    """Return the seconds from the question to the first answer on a slowed phone, the page open before; ``answer``: a selector."""
    context = browser.new_context(viewport=PHONE, has_touch=True, service_workers="block", locale="vi-VN")
    page = context.new_page()
    ask = prepare(page, host.address)
    page.evaluate(WATCH_ANSWER, answer)
    with slow_processor(SLOWER):
        ask()
        took: float = page.evaluate("window.answered")
    context.close()
    return took / 1000


def longest_task(browser: Browser, host: Host) -> float:
    """Return the seconds of the longest task while ten pages of a draft are looked at and drawn on a slowed phone."""
    context = browser.new_context(viewport=PHONE, has_touch=True, service_workers="block", locale="vi-VN")
    page = context.new_page()
    ask = _draft(page, host.address)
    page.evaluate(WATCH_TASKS)
    with slow_processor(SLOWER):
        ask()
        page.locator(".hd-found-here__number").first.wait_for()
        # A task is told of when it is over, and the last one draws.
        page.evaluate("() => new Promise((resolve) => { setTimeout(resolve, 500); })")
        longest: float = page.evaluate("window.longest")
    context.close()
    return longest / 1000


def report_tools(site: Path, rounds: int) -> list[Figure]:
    """Part 8: the tools, a phone's processor at a quarter."""
    figures = []
    print(f"\n8. Tools at a quarter of the processor, median of {rounds}")
    with sync_playwright() as playwright, hosting(site) as host:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        for name, (prepare, answer) in TOOLS.items():
            took = [seconds(browser, host, prepare, answer) for _ in range(rounds)]
            print(f"   {name:46}{median(took):>6.2f} s ({min(took):.2f}–{max(took):.2f})", flush=True)
            aim = DRAFT_AIM if prepare is _draft else None
            figures.append(Figure("tools", f"{name}, at a quarter of the processor", median(took), "s", aim=aim))
        tasks = [longest_task(browser, host) for _ in range(rounds)]
        name = "draft check: the longest task meanwhile"
        print(f"   {name:46}{median(tasks):>6.2f} s ({min(tasks):.2f}–{max(tasks):.2f})", flush=True)
        figures.append(Figure("tools", f"{name}, at a quarter of the processor", median(tasks), "s", aim=TASK_AIM))
        browser.close()
    return figures
