"""Without network: the copy on the device, and the folder that opens by double-click."""

from __future__ import annotations

import gzip
import hashlib
import http.server
import os
import random
import re
import shutil
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import folded_space
from macros import define_env
from publish.offline.classic_scripts import classic_script
from publish.offline.folder import finish_copy, write_zip
from publish.project import BuildFailed
from publish.read_back import faults, read_site
from publish.worker.write_worker import kept_files, write_worker
from tests.browsing import NOTHING_KEPT, PHONE, await_frames, wait_until
from tests.conftest import PUBLIC, ROOT
from tests.kept_on_device import is_whole, kept_now
from tests.pdf_text import pages_of
from tests.sample import SOME_OR_ALL, some_of

KEPT = "Đã lưu để xem khi không có mạng"


class Host:
    """A static host whose folder may change, that counts what is asked and can be cut off.

    The caches before it may still hold files of another folder, by address; ``blind`` ones leave out what stands
    behind the question mark.
    """

    def __init__(self, folder: Path, below: str = "/") -> None:
        self.folder, self.below = folder, below
        self.asked: list[str] = []
        self.failing: set[str] = set()
        self.edge: dict[str, Path] = {}
        self.blind = False
        host = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def translate_path(self, path: str) -> str:
                asked = urlsplit(path)
                inside = unquote(asked.path)
                if not inside.startswith(host.below):
                    return str(host.folder / "no-such-file")
                hit = inside in host.edge and (host.blind or not asked.query)
                return str((host.edge[inside] if hit else host.folder) / inside.removeprefix(host.below))

            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                host.asked.append(path)
                if path in host.failing:
                    self.send_error(503)
                else:
                    super().do_GET()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}{below}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def copy_of(site: Path, target: Path) -> Path:
    """Copy a site by hard links; a file that is to change must be replaced, not written to."""
    shutil.copytree(site, target, copy_function=lambda a, b: Path(b).hardlink_to(a))
    return target


def offline_copy(site: Path, target: Path) -> Path:
    """Copy a site built in files without what only an online build names."""
    shutil.copytree(site, target)
    for page in target.rglob("*.html"):
        text = page.read_text("utf-8")
        page.write_text(re.sub(r'<link rel="(manifest|apple-touch-icon)"[^>]*>', "", text), encoding="utf-8")
    return target


def replace_text(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.unlink()
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def renew_worker(site: Path, live: bool = False) -> None:
    (site / "sw.js").unlink()
    write_worker(site, live)


@pytest.fixture
def host(site: Path) -> Iterator[Host]:
    running = Host(site)
    yield running
    running.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=PHONE, has_touch=True)
    yield opened
    opened.close()


def visit(context: BrowserContext, url: str) -> Page:
    """Open a page and wait until the whole site is kept."""
    page = context.new_page()
    page.goto(url)
    expect(page.locator(".hd-offline p")).to_contain_text(KEPT, timeout=30_000)
    return page


def cut(context: BrowserContext, host: Host) -> None:
    host.stop()
    context.set_offline(True)


# The copy on the device ---------------------------------------------------------------------------


@pytest.mark.parametrize("share", SOME_OR_ALL)
def test_after_one_visit_everything_opens_without_network(context: BrowserContext, host: Host, share: int) -> None:
    page = visit(context, host.address)
    wrong: list[str] = []
    failed: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: failed.append(f"{request.url} {request.failure}"))
    cut(context, host)

    # Home → role → sheet, as a delegate would.
    page.goto(host.address)
    page.locator("article a[href='vai-tro/dai-bieu/']").first.click()
    expect(page.locator(".hd-first li:visible").first).to_be_visible()
    page.locator("a[href*='danh-muc/dm']").first.click()
    expect(page.locator("li.hd-item").first).to_be_visible()
    expect(page.locator(".hd-offline p")).to_contain_text("Đang không có mạng")

    # Every page, script, style and font, as the browser gets them.
    kept = kept_files(host.folder)
    asked = some_of(kept.pages, share)
    answers = page.evaluate(
        "async (paths) => Promise.all(paths.map(async (path) => {"
        "  const answer = await fetch(new URL(path, document.baseURI));"
        "  return [path, answer.status, await answer.arrayBuffer().then(b => b.byteLength)]; }))",
        [host.address + path for path in asked],
    )
    assert len(answers) == len(asked) and len(kept.pages) > 130
    for address, status, length in answers:
        path = address.removeprefix(host.address)
        file = host.folder / (path + "index.html" if path == "" or path.endswith("/") else path)
        assert (status, length) == (200, file.stat().st_size), path

    # The other ways to write an address, and one that does not exist.
    for written in ("han-che/hc1/index.html", "han-che/hc1", "han-che/hc1/?q=x#hc1e"):
        page.goto(host.address + written)
        expect(page.locator("main h1")).to_contain_text("Nghị quyết chưa bám sát luật")
    answer = page.goto(f"{host.address}khong-co/")
    assert answer and answer.status == 404
    expect(page.locator("article h1")).to_contain_text("Không có trang này")
    assert wrong == []
    # A page that is left takes its unfinished requests with it.
    assert [told for told in failed if "ABORTED" not in told and "/khong-co" not in told] == []


@pytest.mark.full
def test_search_works_without_network(context: BrowserContext, host: Host) -> None:
    page = visit(context, f"{host.address}han-che/hc3/")
    cut(context, host)
    page.goto(f"{host.address}vai-tro/dai-bieu/")
    page.locator("label[for=__search]").first.click()
    page.locator(".md-search__input").fill("tham tra hinh thuc")
    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute("href", re.compile("han-che/hc3"), timeout=15_000)


def test_nothing_is_fetched_before_the_first_page_is_ready(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    page.goto(f"{host.address}han-che/hc1/")
    assert page.evaluate("navigator.serviceWorker.getRegistration().then(found => !found)")
    assert not any(path.startswith("/sw.js") for path in host.asked)
    others = [p for p in host.asked if p.endswith("/") and p != "/han-che/hc1/"]
    assert others == []


@pytest.mark.full
def test_papers_are_kept_when_opened_or_on_request(context: BrowserContext, host: Host) -> None:
    page = visit(context, f"{host.address}danh-muc/dm07/")
    papers = kept_files(host.folder).papers
    assert f"đã lưu 0 trong {len(papers)} tệp" in page.locator(".hd-offline p").inner_text()
    assert not any(path.endswith((".pdf", ".docx")) for path in host.asked), "papers cost nothing unasked"
    read = "async (url) => { const a = await fetch(url); return [a.status, (await a.arrayBuffer()).byteLength]; }"
    assert page.evaluate(read, f"{host.address}tai-ve/dm07.pdf")[0] == 200
    wait_until(
        page,
        "async () => { const names = (await caches.keys()).filter(n => n.endsWith('papers'));"
        " return (await (await caches.open(names[0])).keys()).length === 1; }",
    )
    size = (host.folder / "tai-ve/dm07.pdf").stat().st_size
    context.set_offline(True)
    assert page.evaluate(read, f"{host.address}tai-ve/dm07.pdf") == [200, size]
    answer = page.goto(f"{host.address}tai-ve/dm08.pdf")
    assert answer and answer.status == 503
    expect(page.locator("h1")).to_have_text("Tệp này chưa có trên máy")
    context.set_offline(False)
    page.goto(f"{host.address}danh-muc/dm07/")
    button = page.get_by_role("button", name=re.compile(r"^Lưu cả tệp PDF, Word, Excel \(\d+,\d MB\)$"))
    assert button.bounding_box()["height"] >= 44  # type: ignore[index]
    button.click()
    expect(page.locator(".hd-offline p")).to_contain_text(f"Có cả {len(papers)} tệp", timeout=30_000)
    cut(context, host)
    for path in papers:
        kept = page.evaluate(read, host.address + path)
        assert kept == [200, (host.folder / path).stat().st_size], path


def with_line(browser: Browser, line: str) -> BrowserContext:
    opened = browser.new_context(viewport=PHONE)
    opened.add_init_script(f"Object.defineProperty(navigator, 'connection', {{value: {line}}})")
    return opened


@pytest.mark.full
def test_papers_come_by_themselves_on_an_unmetered_line(browser: Browser, host: Host) -> None:
    context = with_line(browser, "{type: 'wifi', saveData: false}")
    page = visit(context, host.address)
    expect(page.locator(".hd-offline p")).to_contain_text("Có cả", timeout=30_000)
    context.close()


@pytest.mark.full
def test_who_saves_data_is_asked_first(browser: Browser, host: Host) -> None:
    context = with_line(browser, "{type: 'cellular', saveData: true}")
    page = context.new_page()
    page.goto(host.address)
    told = f"{weight_of_the_copy(host.folder) / 1e6:.1f}".replace(".", ",")
    ask = page.get_by_role("button", name=f"Lưu cả sổ tay (khoảng {told} MB)", exact=True)
    expect(ask).to_be_visible()
    assert "/sw.js" not in host.asked
    ask.click()
    expect(page.locator(".hd-offline p")).to_contain_text(KEPT, timeout=30_000)
    context.close()


QUESTIONS = """window.questions = [];
const post = ServiceWorker.prototype.postMessage;
ServiceWorker.prototype.postMessage = function (question, ports) {
  window.questions.push(question);
  return post.call(this, question, ports);
};"""
"""Notes what a page asks its workers."""
VERSION = """() => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => done(data.version);
  navigator.serviceWorker.controller.postMessage("version", [port2]);
})"""
"""A worker answers in turn: who gets this answer knows that those before it are there."""


@pytest.mark.full
def test_a_newer_edition_is_announced_and_replaces_the_old(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    running = Host(copy_of(site, tmp_path / "first"))
    page = visit(context, f"{running.address}han-che/hc1/")
    names = "caches.keys().then(all => all.filter(name => !name.endsWith('papers')))"
    (before,) = page.evaluate(names)
    page.evaluate("fetch('../../tai-ve/dm07.pdf').then(a => a.arrayBuffer())")

    second = copy_of(running.folder, tmp_path / "second")
    replace_text(second / "han-che/hc1/index.html", "</h1>", " (sửa)</h1>")
    (second / "tai-ve/dm07.pdf").unlink()
    (second / "tai-ve/dm07.pdf").write_bytes(b"%PDF-1.7 new")
    renew_worker(second)
    running.folder = second
    running.asked.clear()
    page.goto(f"{running.address}han-che/hc1/")
    expect(page.locator("h1")).not_to_contain_text("(sửa)")
    bar = page.get_by_role("complementary", name="Bản mới của sổ tay")
    expect(bar.get_by_role("status")).to_have_text("Sổ tay có bản mới.", timeout=20_000)
    fetched = [path for path in running.asked if path != "/sw.js"]
    assert fetched == ["/han-che/hc1/"], "only what changed goes over the line"
    boxes = bar.locator("button").evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    assert boxes and min(boxes) >= 44
    bar.get_by_role("button", name="Để sau").click()
    expect(bar).to_have_count(0)
    page.add_init_script(QUESTIONS)
    page.goto(f"{running.address}han-che/hc2/")
    # The page has asked which edition waits, then which one it is of: now it would announce the other.
    wait_until(page, "window.questions.includes('version')")
    page.evaluate(VERSION)
    await_frames(page)
    assert bar.count() == 0

    other = context.new_page()
    other.goto(f"{running.address}han-che/hc1/")
    expect(other.locator("h1")).not_to_contain_text("(sửa)")
    other.get_by_role("button", name="Dùng bản mới").click()
    expect(other.locator("h1")).to_contain_text("(sửa)")
    read = "fetch('../../han-che/hc1/').then(answer => answer.text()).then(text => text.includes('(sửa)'))"
    assert (page.evaluate(read), other.evaluate(read)) == (False, True), "an open page goes on with its own edition"
    assert before in page.evaluate(names)
    page.close()
    other.reload()
    wait_until(other, f"{names}.then(all => all.length === 1)")
    (after,) = other.evaluate(names)
    assert after != before, "the old copy is gone"
    papers = other.evaluate("caches.keys().then(all => caches.open(all.find(n => n.endsWith('papers'))))"
                            ".then(cache => cache.keys()).then(keys => keys.length)")  # fmt: skip
    assert papers == 0, "a paper of the old edition is not shown as the new one"
    cut(context, running)
    other.reload()
    expect(other.locator("h1")).to_contain_text("(sửa)")


# What a cache before the host may still hold of the edition before: a page, a script, that a page is not there.
OLD_PAGE, OLD_SCRIPT, NOT_YET = "/danh-muc/dm10/", "/assets/scripts/pages/ticks.js", "/han-che/hc2/"


@pytest.fixture
def edge(site: Path, tmp_path: Path) -> Iterator[Host]:
    """A host that has gone on to the next edition, with two files of the first in the caches before it."""
    first = copy_of(site, tmp_path / "first")
    second = copy_of(site, tmp_path / "second")
    shutil.rmtree(first / NOT_YET[1:])
    for page in ("index.html", f"{OLD_PAGE[1:]}index.html"):
        replace_text(second / page, "</h1>", " (sửa)</h1>")
    replace_text(second / OLD_SCRIPT[1:], "import", "/* sửa */ import")
    renew_worker(first)
    renew_worker(second)
    # Hosts tell a file's age in whole seconds; both were made in the same.
    for changed in ("sw.js", "index.html", f"{OLD_PAGE[1:]}index.html", OLD_SCRIPT[1:]):
        os.utime(second / changed, (time.time() + 60,) * 2)
    running = Host(second)
    running.edge = dict.fromkeys((OLD_PAGE, OLD_SCRIPT), first)
    yield running
    running.stop()


def install(page: Page) -> str:
    """Look for a newer edition and wait until it is fetched or given up; return how it ended."""
    ended: str = page.evaluate("""async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      const found = new Promise((tell, fail) => {
        registration.addEventListener("updatefound", tell, { once: true });
        setTimeout(() => fail(new Error("no newer edition was found")), 20000);
      });
      registration.update().catch(() => {});
      await found;
      const coming = registration.installing;
      return new Promise((done) => {
        const look = () => coming.state !== "installing" && done(coming.state);
        coming.addEventListener("statechange", look);
        look();
      });
    }""")
    return ended


def editions_kept(page: Page, host: Host) -> set[str]:
    """Return the folders to which the files kept belong, the one that answers pages; byte by byte."""
    kept = kept_now(page)
    editions = {host.folder, *host.edge.values()}
    return {folder.name for folder in editions if is_whole(kept, folder)}


@pytest.mark.parametrize("blind", [False, True])
@pytest.mark.full
def test_a_newer_edition_is_whole_or_the_old_one_stays(context: BrowserContext, edge: Host, blind: bool) -> None:
    """Caches before the host give old files for a while: never a page of one edition with a script of the other."""
    second, (first, *_) = edge.folder, edge.edge.values()
    edge.folder, edge.blind = first, blind
    if not blind:
        edge.edge[NOT_YET] = first
    page = visit(context, edge.address)
    assert editions_kept(page, edge) == {"first"}
    edge.folder = second
    bar = page.get_by_role("button", name="Dùng bản mới")
    if blind:
        assert install(page) == "redundant"
        assert editions_kept(page, edge) == {"first"}
        expect(page.locator(".hd-offline p")).to_contain_text(KEPT)
        assert "(sửa)" not in page.evaluate("fetch('.').then((answer) => answer.text())")
        assert bar.count() == 0
        # The caches have forgotten: the next try takes all.
        edge.blind = False
    assert install(page) == "installed"
    bar.click()
    expect(page.locator("h1")).to_contain_text("(sửa)")
    expect(page.locator(".hd-offline p")).to_contain_text(KEPT)
    assert editions_kept(page, edge) == {"second"}


@pytest.mark.full
def test_a_first_visit_beside_old_caches_keeps_all_or_says_that_it_did_not(context: BrowserContext, edge: Host) -> None:
    edge.blind = True
    page = context.new_page()
    page.goto(edge.address)
    expect(page.locator(".hd-offline p")).to_contain_text("Chưa lưu được", timeout=30_000)
    edge.blind = False
    page.reload()
    expect(page.locator(".hd-offline p")).to_contain_text(KEPT, timeout=30_000)
    assert editions_kept(page, edge) == {"second"}


@pytest.mark.full
def test_a_copy_that_lost_files_is_made_whole_or_not_called_kept(context: BrowserContext, host: Host) -> None:
    lose = """async (path) => {
      const name = (await caches.keys()).find((one) => !one.endsWith("papers"));
      return (await caches.open(name)).delete(new URL(path, location.origin));
    }"""
    page = visit(context, host.address)
    assert page.evaluate(lose, "/han-che/hc1/")
    host.failing = {"/han-che/hc1/"}
    page.reload()
    expect(page.locator(".hd-offline p")).to_contain_text("bị thiếu")
    host.failing = set()
    page.reload()
    expect(page.locator(".hd-offline p")).to_contain_text(KEPT)
    cut(context, host)
    page.goto(f"{host.address}han-che/hc1/")
    expect(page.locator("main h1")).to_contain_text("Nghị quyết chưa bám sát luật")


@pytest.mark.full
def test_an_interrupted_first_visit_goes_on_where_it_stopped(context: BrowserContext, host: Host) -> None:
    host.failing = {"/vai-tro/van-phong/"}
    page = context.new_page()
    page.goto(host.address)
    expect(page.locator(".hd-offline p")).to_contain_text("Chưa lưu được", timeout=30_000)
    assert page.locator("h1").is_visible()
    host.failing = set()
    before = len(host.asked)
    page.reload()
    expect(page.locator(".hd-offline p")).to_contain_text(KEPT, timeout=30_000)
    pages = [path for path in host.asked[before:] if path.endswith("/") and path != "/"]
    assert "/vai-tro/van-phong/" in pages and len(pages) < 20


@pytest.mark.full
def test_below_a_sub_folder_and_beside_a_neighbour(context: BrowserContext, site: Path) -> None:
    running = Host(site, "/xa/so-tay/")
    page = context.new_page()
    page.goto(f"{running.address}han-che/hc1/")
    page.evaluate("caches.open('so-tay|' + location.origin + '/|khac')")
    expect(page.locator(".hd-offline p")).to_contain_text(KEPT, timeout=30_000)
    scope = page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.scope)")
    assert scope == running.address
    assert page.evaluate("caches.has('so-tay|' + location.origin + '/|khac')"), "a neighbour's copy"
    assert all(path.startswith("/xa/so-tay/") for path in running.asked if path != "/favicon.ico")
    cut(context, running)
    page.goto(f"{running.address}danh-muc/dm05/")
    expect(page.locator("li.hd-item")).to_have_count(15)


OFFLINE = "assets/scripts/everywhere/offline.js"


def begin_keeping(page: Page, has_run: str = "") -> None:
    """Have a page whose clock is ours begin to keep the site, once its script has run; come back when it would say so.

    Its timer and its moment of idleness are long over. What it may ask of the browser is asked after it: answers come in turn.
    """
    page.evaluate(f"async () => {{ await {has_run or 0}; }}")
    page.clock.run_for(10_000)
    page.evaluate("""async () => {
      const workers = navigator.serviceWorker;
      for (const ask of [() => workers?.getRegistration(), () => workers?.register("sw.js"), () => workers?.getRegistration()])
        await Promise.resolve().then(ask).catch(() => undefined);
    }""")
    await_frames(page)


def test_where_nothing_can_be_kept_the_site_works_as_before(browser: Browser, host: Host) -> None:
    context = browser.new_context()
    context.add_init_script("delete Navigator.prototype.serviceWorker")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.clock.install()
    with page.expect_request_finished(lambda one: one.url.endswith(f"/{OFFLINE}")):
        page.goto(host.address)
    begin_keeping(page, f"import('/{OFFLINE}')")
    assert wrong == [] and page.locator(".hd-offline").count() == 0
    context.close()


@pytest.mark.full
def test_while_editing_nothing_is_kept(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    """The worker of ``make serve`` takes the place of an earlier one and removes what it kept."""
    running = Host(copy_of(site, tmp_path / "site"))
    page = visit(context, running.address)
    edited = copy_of(running.folder, tmp_path / "edited")
    replace_text(edited / "index.html", "</h1>", " (sửa)</h1>")
    renew_worker(edited, live=True)
    running.folder = edited
    page.goto(running.address)
    expect(page.locator("h1")).to_contain_text("(sửa)", timeout=20_000)
    assert page.evaluate("caches.keys()") == []
    running.stop()


def test_what_the_worker_keeps(site: Path) -> None:
    kept = kept_files(site)
    names = set(kept.pages) | set(kept.papers)
    for address, revision in {**kept.pages, **kept.papers}.items():
        file = site / (address + "index.html" if address == "" or address.endswith("/") else address)
        assert hashlib.sha256(file.read_bytes()).hexdigest().startswith(revision), address
    pages = {re.sub(r"(^|/)index\.html$", r"\1", page) for page in read_site(site)}
    assert pages <= set(kept.pages), "every page"
    assert not [n for n in names if n.endswith(".map") or "lunr.de" in n or "wordcut" in n or "/anh/" in n]
    assert "search/search_index.json" in kept.pages
    assert len([n for n in kept.papers if n.endswith(".pdf")]) > 40
    worker = (site / "sw.js").read_text("utf-8")
    assert "/* BUILD */" not in worker and str(site) not in worker


def test_the_worker_changes_with_the_site_and_only_then(site: Path, tmp_path: Path) -> None:
    first = copy_of(site, tmp_path / "a")
    renew_worker(first)
    assert (first / "sw.js").read_bytes() == (site / "sw.js").read_bytes()
    replace_text(first / "tra-cuu/cach-dung/index.html", "</h1>", "!</h1>")
    renew_worker(first)
    assert (first / "sw.js").read_bytes() != (site / "sw.js").read_bytes()


def weight_of_the_copy(site: Path) -> int:
    """Return what goes over the line in the background, compressed as hosts do it."""
    total = 0
    for address in kept_files(site).pages:
        file = site / (address + "index.html" if address == "" or address.endswith("/") else address)
        data = file.read_bytes()
        total += len(data) if file.suffix in (".woff2", ".png") else len(gzip.compress(data, 6))
    return total


def test_the_size_that_is_told_follows_the_build(site: Path, tmp_path: Path) -> None:
    """A build tells its own figure; without one (a source file, a live build) none is told."""
    source = Path(__file__).parent.parent / "docs/assets/scripts/everywhere/offline.js"
    assert "const COPY_BYTES = null;" in source.read_text("utf-8")
    assert not re.search(r"\d+ MB", source.read_text("utf-8")), "no figure is written by hand"
    heavier = copy_of(site, tmp_path / "heavier")
    (heavier / "more.css").write_bytes(random.Random(1).randbytes(3_000_000))
    # Told to a tenth of a megabyte.
    assert abs(figure_of(site) - weight_of_the_copy(site)) <= 51_000
    renew_worker(heavier)
    assert 2_900_000 <= figure_of(heavier) - figure_of(site) <= 3_100_000
    live = copy_of(site, tmp_path / "live")
    (live / "assets/scripts/everywhere/offline.js").unlink()
    shutil.copy(source, live / "assets/scripts/everywhere/offline.js")
    renew_worker(live, live=True)
    assert "COPY_BYTES = null" in (live / "assets/scripts/everywhere/offline.js").read_text("utf-8")


def figure_of(site: Path) -> int:
    text = (site / "assets/scripts/everywhere/offline.js").read_text("utf-8")
    (found,) = re.findall(r"const COPY_BYTES = (\d+);", text)
    return int(found)


def test_the_copy_is_light(site: Path) -> None:
    total, pages = weight_of_the_copy(site), len(list(site.rglob("*.html")))
    worker = len(gzip.compress((site / "sw.js").read_bytes(), 6))
    print(f"copy on the device: {total / 1e6:.2f} MB compressed, {pages} pages; worker {worker / 1e3:.1f} kB")
    # With all that pages share; 2.4 MB when there were 209 of them. The draft check's scripts came with 270 pages (110 kB).
    assert total / pages < 11_350 and worker < 12_000


# The folder ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked folder, under a name with spaces and Vietnamese letters."""
    place = tmp_path_factory.mktemp("usb") / "Tài liệu của tôi"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(place)
    (top,) = place.iterdir()
    return top


@pytest.fixture
def disk(browser: Browser) -> Iterator[Page]:
    """A page that may ask for files only; whatever else it asks for is refused and remembered."""
    context = browser.new_context(viewport=PHONE, has_touch=True)
    foreign: list[str] = []
    wrong: list[str] = []

    def refuse(route: Route) -> None:
        foreign.append(route.request.url)
        route.abort()

    context.route(lambda url: not url.startswith(("file://", "data:", "blob:", "about:")), refuse)
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    # A page that is left takes its unfinished requests with it.
    page.on(
        "requestfailed",
        lambda request: None if "ABORTED" in (request.failure or "") else wrong.append(request.url),
    )
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    yield page
    context.close()
    assert foreign == [], "requests outside the folder"
    assert wrong == []


@pytest.mark.full
def test_the_same_content_gives_the_same_zip(packed: Path, folder: Path, kb: KnowledgeBase, tmp_path: Path) -> None:
    """Packed again from files of another day in another place; that a build gives the same bytes has its own test."""
    copy = tmp_path / "copy"
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file():
            target = copy / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    again = tmp_path / packed.name
    write_zip(copy, again, kb.edition.date)
    assert again.read_bytes() == packed.read_bytes()


@pytest.mark.full
def test_the_zip_grows_by_what_is_in_it_alone(packed: Path, folder: Path) -> None:
    """8 MB at 179 pages and 47 papers; a page takes 8.8 kB packed now, a paper, with its letters, 36 kB."""
    pages = len([*folder.rglob("*.html")])
    papers = len([file for file in (folder / "tai-ve").iterdir() if file.suffix in {".pdf", ".docx", ".xlsx", ".pptx"}])
    assert packed.stat().st_size < 1_000_000 + 9_500 * pages + 38_000 * papers


def test_the_folder_holds_what_is_needed_and_nothing_else(folder: Path) -> None:
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert all(name.isascii() for name in names), "old unpackers spoil other letters"
    assert not [n for n in names if n.endswith((".map", ".webmanifest")) or n.startswith("tai-ve/schemas")]
    assert {n for n in names if "/lunr/" in n} == {
        "assets/javascripts/lunr/min/lunr.stemmer.support.min.js",
        "assets/javascripts/lunr/min/lunr.vi.min.js",
    }
    assert not names & {"sw.js", "404.html", "search/search_index.json", "sitemap.xml"}
    assert (folder / "tai-ve/dm07.pdf").read_bytes().startswith(b"%PDF-")
    assert (folder / "tai-ve/dm07.docx").read_bytes().startswith(b"PK")
    told = (folder / "README.txt").read_bytes()
    assert told.startswith("\ufeff".encode()) and b"\r\n" in told
    assert "bấm đúp vào tệp index.html" in told.decode("utf-8-sig")
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        assert 'type="module"' not in text and "modulepreload" not in text, page
        assert 'rel="manifest"' not in text, page
    assert (folder / "assets/fonts/OFL.txt").is_file()


def test_from_the_folder_by_double_click(disk: Page, folder: Path) -> None:
    disk.clock.install()
    disk.goto((folder / "index.html").as_uri())
    expect(disk.locator(".hd-unpack")).to_be_hidden()
    disk.locator("article a[href='vai-tro/dai-bieu.html']").first.click()
    expect(disk.locator(".hd-first li:visible").first).to_be_visible()
    disk.locator("a[href*='danh-muc/dm']").first.click()
    expect(disk.locator("li.hd-item").first).to_be_visible()
    # The scripts run: one shows the print button, one adds the button for sharing.
    expect(disk.locator("[data-hd-print]").first).to_be_visible()
    disk.get_by_role("button", name="Chia sẻ trang này").click()
    expect(disk.get_by_role("button", name="Sao chép nội dung")).to_be_visible()
    expect(disk.get_by_role("button", name="Sao chép địa chỉ")).to_have_count(0)
    expect(disk.locator("#hd-share")).to_contain_text("không có địa chỉ chung")
    # Letters of our own are for wider screens than a phone's.
    disk.set_viewport_size({"width": 1280, "height": 900})
    wait_until(disk, "[...document.fonts].filter(f => f.status === 'loaded').length === 2")
    begin_keeping(disk)
    assert disk.locator(".hd-offline").count() == 0, "on disk there is nothing to keep"
    for link in disk.eval_on_selector_all("a[href*='tai-ve/']", "all => all.map(e => e.href)"):
        assert Path(unquote(urlsplit(link).path)).is_file()


def test_a_draft_is_read_in_the_folder(disk: Page, folder: Path) -> None:
    disk.goto((folder / "tra-cuu/soat-loi-du-thao.html").as_uri())
    disk.locator("#tep-du-thao").set_input_files(folder / "tai-ve/bm03.docx")
    expect(disk.locator("#ket-qua")).to_be_visible()
    assert "sl-cho-trong" in disk.locator("[data-sign]").evaluate_all("all => all.map(one => one.dataset.sign)")
    expect(disk.get_by_label("Nghị quyết về việc gì?")).to_have_value("LN09")


def test_ticks_stay_in_the_folder(disk: Page, folder: Path) -> None:
    disk.goto((folder / "danh-muc/dm05.html").as_uri())
    box = disk.locator("li.hd-item input[type=checkbox]").first
    box.check()
    expect(box).to_be_checked()
    wait_until(disk, "Object.keys(localStorage).some(one => one.startsWith('hdnd.'))")
    disk.goto((folder / "danh-muc/dm07.html").as_uri())
    disk.goto((folder / "danh-muc/dm05.html").as_uri())
    expect(disk.locator("li.hd-item input[type=checkbox]").first).to_be_checked()


def test_from_the_folder_an_exercise_prints_its_key_when_asked(disk: Page, folder: Path, kb: KnowledgeBase) -> None:
    exercise = kb.exercises["TH06"]
    disk.goto((folder / "thuc-hanh/th06.html").as_uri())
    disk.wait_for_selector(".hd-option")

    def printed() -> str:
        return " ".join(pages_of(disk.pdf(format="A4")))

    assert folded_space(exercise.takeaway) not in printed()
    disk.get_by_label("In kèm đáp án, ở trang riêng").check()
    told = printed()
    assert (
        all(folded_space(one.feedback) in told for one in exercise.choices) and folded_space(exercise.takeaway) in told
    )
    assert (folder / "tai-ve/lop-hoc.pptx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("start", ["index.html", "danh-muc/dm05.html"])
@pytest.mark.full
def test_search_from_the_folder(disk: Page, folder: Path, start: str) -> None:
    disk.goto((folder / start).as_uri())
    disk.locator("label[for=__search]").first.click()
    disk.locator(".md-search__input").fill("tham tra hinh thuc")
    first = disk.locator(".md-search-result__link").first
    expect(first).to_have_attribute("href", re.compile(r"han-che/hc3\.html"), timeout=15_000)
    first.click()
    expect(disk.locator("h1")).to_contain_text("Thẩm tra")
    # Nothing found: what to try, as on the web.
    disk.locator("label[for=__search]").first.click()
    disk.locator(".md-search__input").fill("zzzq xqzz")
    expect(disk.locator(".hd-search-help")).to_be_visible(timeout=15_000)
    expect(disk.locator(".hd-search-help a").first).to_have_attribute("href", re.compile(r"danh-muc/index\.html$"))


def test_from_the_folder_where_the_browser_keeps_nothing(disk: Page, folder: Path) -> None:
    disk.add_init_script(NOTHING_KEPT)
    disk.goto((folder / "danh-muc/dm05.html").as_uri())
    disk.locator("li.hd-item input[type=checkbox]").first.check()
    expect(disk.locator(".hd-tools .hd-storage")).to_contain_text("Máy này không cho lưu")
    disk.locator("label[for=__palette_1]").click()
    expect(disk.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    disk.locator("label[for=__search]").first.click()
    disk.locator(".md-search__input").fill("tham tra hinh thuc")
    expect(disk.locator(".md-search-result__link").first).to_be_visible(timeout=15_000)


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.full, id="all"), pytest.param(15, id="some")])
@pytest.mark.full
def test_every_page_of_the_folder_asks_for_nothing_outside(disk: Page, folder: Path, every: int) -> None:
    """All are read, which ``make offline`` does too; some are opened, with scripts."""
    assert [str(fault) for fault in faults(folder)] == []
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 120
    for page in [folder / "index.html", *pages[::every]]:
        disk.goto(page.as_uri(), wait_until="load")


def test_opened_inside_the_zip_the_page_says_to_unpack(browser: Browser, folder: Path, tmp_path: Path) -> None:
    """Windows opens a file inside a zip alone, without its styles."""
    shutil.copy(folder / "index.html", tmp_path / "index.html")
    context = browser.new_context()
    page = context.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    expect(page.get_by_text("Hãy giải nén cả tệp zip")).to_be_visible()
    context.close()


class Registered:
    """As much of the macros plugin as registering needs."""

    def __init__(self, uri: str) -> None:
        self.conf = {"docs_dir": str(ROOT / "docs"), "use_directory_urls": False, "site_url": PUBLIC,
            "config_file_path": str(ROOT / "mkdocs.yml")}  # fmt: skip
        self.page = SimpleNamespace(path=uri)
        self.macros: dict[str, Callable[..., str]] = {}

    def macro(self, function: Callable[..., str], name: str) -> None:
        self.macros[name] = function


def test_the_folder_names_the_public_site_in_its_own_form(
    sites: dict[str, Path], kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the public site pages are directories: a code printed from the folder must lead there."""
    monkeypatch.setenv("SITE_URL", PUBLIC)
    printed = {}
    for offline in ("true", "false"):
        monkeypatch.setenv("OFFLINE", offline)
        registered = Registered("danh-muc/dm05.md")
        define_env(registered)
        printed[offline] = registered.macros["checklist"]()
    assert "vi-du.vn/so-tay/danh-muc/dm05/</p>" in printed["true"]
    assert "vi-du.vn/so-tay/danh-muc/dm05.html</p>" in printed["false"]

    copy = offline_copy(sites["file"], tmp_path / "site")
    for name in ("index", "danh-muc/dm05", "danh-muc/index"):
        page = copy / f"{name}.html"
        link = f'<link rel="canonical" href="{PUBLIC}{name}.html"></head>'
        page.write_text(page.read_text("utf-8").replace("</head>", link, 1), encoding="utf-8")
    finish_copy(copy, kb)
    for name, address in {"index": "", "danh-muc/dm05": "danh-muc/dm05/", "danh-muc/index": "danh-muc/"}.items():
        text = (copy / f"{name}.html").read_text("utf-8")
        assert f'<link rel="canonical" href="{PUBLIC}{address}">' in text
    assert f"Bản mới nhất: {PUBLIC}" in (copy / "README.txt").read_text("utf-8-sig")


# Planted defects ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("index.html", "</body>", '<script src="https://vi-du.vn/x.js"></script></body>'),
        ("index.html", "</body>", '<img src="//vi-du.vn/x.png" alt=""></body>'),
        ("assets/styles/site.css", ":root", '@import "https://vi-du.vn/x.css";\n:root'),
        ("assets/styles/site.css", ":root", "b { background: url(//vi-du.vn/x.png) }\n:root"),
        ("danh-muc/dm07.html", "tai-ve/dm07.pdf", "tai-ve/dm77.pdf"),
        ("assets/scripts/pages/print-button.js", "const button", "await 0;\nconst button"),
    ],
)
@pytest.mark.full
def test_a_folder_that_would_not_work_alone_is_refused(
    sites: dict[str, Path], kb: KnowledgeBase, tmp_path: Path, file: str, old: str, new: str
) -> None:
    copy = offline_copy(sites["file"], tmp_path / "site")
    path = copy / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BuildFailed):
        finish_copy(copy, kb)


@pytest.mark.parametrize(
    "source",
    ["export * from './a.js';", "import a, { b } from './a.js';", "await 0;", "const a = await 0;",
     "const a = import(name);", "export const { a } = b;", "export let a = 1;", "import {a} from 'https://vi-du.vn/a.js';"],
)  # fmt: skip
def test_forms_of_modules_that_are_not_understood_are_refused(source: str) -> None:
    with pytest.raises(BuildFailed):
        classic_script({"x.js": source})


def test_modules_joined_behave_as_they_did(browser: Browser, tmp_path: Path) -> None:
    """Names, defaults, whole modules, later imports, addresses; a fault stops no other."""
    modules = {
        "a.js": "import {\n  n, add as plus,\n} from './in/b.js';\nimport * as x from './c.js';\n"
        "import d from './c.js';\nplus();\nwindow.seen = [n(), x.default, d, x.size];\n"
        "import('./later.js').then((m) => { window.later = m.word; });\n",
        "in/b.js": "import '../c.js';\nlet m = 1;\nexport const n = () => m;\nexport function add() {\n  m += 1;\n}\nconst q=2;export{q as size}\n",
        "c.js": "const size = 7;\nexport { size };\nexport default 'tên';\nwindow.ran = (window.ran ?? 0) + 1;\n",
        "later.js": "/* import this */\nexport const word = new URL('x.png', import.meta.url).href;\n",
        "bad.js": "throw new Error('planted');\n",
    }
    (tmp_path / "all.js").write_text(classic_script(modules), encoding="utf-8")
    (tmp_path / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><script defer src="all.js" data-entries="bad.js a.js"></script>',
        encoding="utf-8",
    )
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto((tmp_path / "index.html").as_uri())
    wait_until(page, "window.later")
    assert page.evaluate("window.seen") == [2, "tên", "tên", 7]
    assert page.evaluate("window.ran") == 1
    assert page.evaluate("window.later") == (tmp_path / "x.png").as_uri()
    assert len(wrong) == 1 and "planted" in wrong[0]
    context.close()
