"""Nothing is lost: steps of a copy's life on a device × what can disturb them.

Each cell begins a step, disturbs it, and looks at four promises: no page is a mix of two editions, what was ticked
stays, no page is blank, the foot of the page never says more than is true and says what is missing. When the
disturbance is over, the next visit heals: the newest edition, whole to the byte. Which promise of which cell other
files prove, too, stands in tests/data/device_matrix.yml.
"""

from __future__ import annotations

import http.server
import random
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page, expect

from publish.worker import write_worker
from tests.browsing import PHONE, comes_to_hold
from tests.conftest import ROOT, made_once
from tests.kept_on_device import is_whole, kept_now
from tests.test_offline import KEPT, install, renew_worker, replace_text
from tests.test_storage_refused import REFUSED

MATRIX = yaml.safe_load((ROOT / "tests/data/device_matrix.yml").read_text("utf-8"))
STEPS: list[str] = list(MATRIX["steps"])
DISTURBANCES: list[str] = list(MATRIX["disturbances"])
CELLS = [(step, kind) for step in STEPS for kind in DISTURBANCES]
_SEED = random.Random(len(CELLS))
SAMPLE = [_SEED.choice([cell for cell in CELLS if (cell[0] in STEPS[:2]) is first]) for first in (True, False)]
"""The cells of `make test`: one of the first install, one of what comes later; the seed changes as the table grows."""

SHEET, OTHER = "danh-muc/dm07/", "han-che/hc1/"
SOME = ("index.html", "404.html", f"{SHEET}index.html", f"{OTHER}index.html", "danh-muc/index.html")
SCRIPT, LAZY, STYLE = (
    "assets/scripts/everywhere/load-on-need.js", "assets/scripts/everywhere/page-text.js", "assets/styles/ticks.css",
)  # fmt: skip
FILES = {f"/{OTHER}", f"/{SHEET}", f"/{SCRIPT}", f"/{LAZY}"}
MISSING = ("Chưa lưu được", "bị thiếu", "chưa tải được", "Đang lưu", "Trang chưa tải đủ")
LOGIN = "<!doctype html><html lang=vi><title>Wifi</title><h1>Đăng nhập Wifi</h1><p>Mời đăng nhập để dùng mạng của cơ quan.</p></html>"
BROKEN_CACHES = """for (const name of ["open", "has", "keys", "match", "delete"])
  self.caches[name] = () => Promise.reject(new DOMException("refused", "SecurityError"));"""


# Two editions of a small site, and a line that can be disturbed -------------------------------------


def edition_of(site: Path, target: Path, number: int) -> None:
    """Cut a few pages out of the site; every page, a script, a lazy one and a style tell their edition."""
    for name in SOME:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / name, target / name)
        replace_text(target / name, "</h1>", f"</h1><p id=ban data-ban={number}>Bản {number}</p>")
    shutil.copytree(site / "assets", target / "assets")
    for name, line in (
        (SCRIPT, f"\ndocument.documentElement.dataset.script='{number}';\n"),
        (LAZY, f"\ndocument.documentElement.dataset.lazy='{number}';\n"),
    ):
        file = target / name
        file.write_text(file.read_text("utf-8") + line, encoding="utf-8")
    style = target / STYLE
    style.write_text(style.read_text("utf-8") + f"\n:root{{--ban:{number}}}\n", encoding="utf-8")
    shutil.copyfile(site / "sw.js", target / "sw.js")
    renew_worker(target)


@pytest.fixture(scope="module")
def editions(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    def make(place: Path) -> None:
        for number in (1, 2):
            edition_of(site, place / str(number), number)

    place = made_once(tmp_path_factory, "two-editions", make)
    return {number: place / str(number) for number in (1, 2)}


Spoil = Callable[[str, bytes], bytes]


def changed(path: str, body: bytes) -> bytes:
    """What a proxy does that writes over words and pictures."""
    return (
        re.sub(rb'"([0-9a-f]{12})"', b'"000000000000"', body, count=3)
        if path == "/sw.js"
        else body + b"\n/* proxy */\n"
    )


def injected(path: str, body: bytes) -> bytes:
    if path.endswith(".js"):
        return b"window.tracked=1;\n" + body
    return body.replace(b"</body>", b'<script src="/track.js"></script></body>')


def minified(_path: str, body: bytes) -> bytes:
    return re.sub(rb"\n[ \t]*", b"\n", body) + b"\n"


SPOILT: dict[str, Spoil] = {"changed": changed, "injected": injected, "minified": minified}
STATUS = {"404": 404, "500": 500}


@dataclass
class Line:
    """A host with switches: what of it is disturbed, and how."""

    folders: dict[int, Path]
    edition: int = 1
    kind: str = ""
    paths: set[str] = field(default_factory=set)
    prelude: str = ""
    address: str = ""

    def serve(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        path = unquote(urlsplit(handler.path).path)
        hit = not self.paths or path in self.paths
        kind = self.kind if hit else ""
        if kind == "cut":
            handler.close_connection = True
            handler.connection.close()
            return
        if kind == "slow":
            time.sleep(1.5)
        if kind == "login":
            send(handler, 200, LOGIN.encode(), "text/html; charset=utf-8")
            return
        # An edge that knows no query: it gives the other edition whatever is asked.
        folder = self.folders[3 - self.edition if kind == "edge" else self.edition]
        file = folder / path.lstrip("/")
        file = file / "index.html" if path.endswith("/") else file
        if kind in STATUS or not file.is_file():
            send(handler, STATUS.get(kind, 404), b"<h1>error</h1>", "text/html")
            return
        body = file.read_bytes()
        if kind in SPOILT and file.suffix in (".html", ".js"):
            body = SPOILT[kind](path, body)
        if path == "/sw.js":
            body = self.prelude.encode() + body
        send(handler, 200, body, handler.guess_type(path if file.suffix != ".html" else "x.html"))  # type: ignore[attr-defined]


def send(handler: http.server.BaseHTTPRequestHandler, status: int, body: bytes, kind: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def line(editions: dict[int, Path]) -> Iterator[Line]:
    made = Line(editions)

    class Handler(http.server.SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                made.serve(self)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.address = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


# What is looked at ----------------------------------------------------------------------------------

EDITIONS_SEEN = """() => {
  const { dataset } = document.documentElement;
  const style = getComputedStyle(document.documentElement).getPropertyValue("--ban").trim();
  return [document.getElementById("ban")?.dataset.ban, dataset.script, dataset.lazy, style].filter(Boolean);
}"""


def kept_edition(page: Page, line: Line) -> int | None:
    """Return the edition of which the device keeps every byte, or None."""
    kept = kept_now(page)
    return next((number for number, folder in line.folders.items() if is_whole(kept, folder)), None)


def foot(page: Page) -> str:
    said = page.locator(".hd-offline p")
    return said.inner_text() if said.count() else ""


def settled(page: Page) -> str:
    """Wait until the foot says how keeping ended; return what it says."""
    end = time.monotonic() + 20
    while (not foot(page) or "Đang lưu" in foot(page)) and time.monotonic() < end:
        page.wait_for_timeout(100)
    return foot(page)


def look(page: Page) -> None:
    """No page is blank, none is a mix of two editions; what did not come is told."""
    assert len(page.locator("body").inner_text().strip()) > 60, "a blank page"
    seen = page.evaluate(EDITIONS_SEEN)
    assert len(set(seen)) <= 1, f"a mix of editions: {seen}"


def share_text(page: Page) -> None:
    """Use what a page loads only when it is asked for."""
    page.get_by_role("button", name="Chia sẻ trang này").click()
    page.get_by_role("button", name="Sao chép nội dung").click()
    expect(page.locator("#hd-share [role=status]")).not_to_be_empty()


FIRST_TICK = "li.hd-item input.hd-tick"


def tick(page: Page) -> None:
    page.locator(FIRST_TICK).first.check()
    expect(page.locator(".hd-total")).to_contain_text("Xong 1/")


def still_ticked(page: Page) -> None:
    expect(page.locator(FIRST_TICK).first).to_be_checked()


# Disturbances ---------------------------------------------------------------------------------------


class Device:
    """A browser with one reader, on a line."""

    def __init__(self, browser: Browser, line: Line) -> None:
        self.line = line
        self.context: BrowserContext = browser.new_context(viewport=PHONE, has_touch=True)
        self.context.set_default_timeout(15_000)
        self.faults: list[str] = []
        self.page = self.open()
        self.exported = ""

    def open(self, init: str = "") -> Page:
        page = self.context.new_page()
        if init:
            page.add_init_script(init)
        return page

    def devtools(self) -> CDPSession:
        return self.context.new_cdp_session(self.page)

    def visit(self, path: str = SHEET) -> Page:
        self.page.goto(self.line.address + path)
        return self.page

    def kept(self) -> Page:
        """Visit without disturbance, tick, wait until all is kept."""
        page = self.visit()
        tick(page)
        expect(page.locator(".hd-offline p")).to_contain_text(KEPT, timeout=30_000)
        return page

    def workers_break(self, script: str) -> None:
        for worker in self.context.service_workers:
            worker.evaluate(f"() => {{ {script} }}")

    def disturb(self, kind: str, paths: set[str]) -> None:
        """Begin a disturbance; from here on the line, the storage or the device is not what it was."""
        line, origin = self.line, self.line.address.rstrip("/")
        if kind == "full":
            room = {"origin": origin, "quotaSize": 20_000}
            self.devtools().send("Storage.overrideQuotaForOrigin", room)
            self.page.evaluate(
                "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
            )
        elif kind == "blocked":
            line.prelude = BROKEN_CACHES + "\n"
            self.workers_break(BROKEN_CACHES)
            self.page = self.replaced(REFUSED)
        elif kind == "wiped":
            self.exported = self.page.evaluate(
                "async () => { const s = await import('/assets/scripts/kept/store.js'); return s.fileText(s.current()); }"
            )
            self.devtools().send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        elif kind == "evicted":
            self.devtools().send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "cache_storage"})
        elif kind == "holed":
            self.page.evaluate("""async (paths) => {
              for (const name of await caches.keys())
                for (const path of paths) await (await caches.open(name)).delete(new URL(path, location.origin));
            }""", [f"/{OTHER}", f"/{SCRIPT}", f"/{LAZY}"])  # fmt: skip
        else:
            line.kind, line.paths = kind, paths

    def replaced(self, init: str = "") -> Page:
        """The reader closes the page and opens another one, where a script comes first."""
        address = self.page.url
        self.page.close()
        page = self.open(init)
        if address.startswith("http"):
            page.goto(address)
        self.page = page
        return page

    def ends(self, kind: str) -> None:
        self.line.kind, self.line.paths, self.line.prelude = "", set(), ""
        if kind == "full":
            self.devtools().send("Storage.overrideQuotaForOrigin", {"origin": self.line.address.rstrip("/")})
        if kind == "blocked":
            # The browser's setting is another one after a start, and with it the worker's process.
            session = self.devtools()
            session.send("ServiceWorker.enable")
            session.send("ServiceWorker.stopAllWorkers")
        if kind in ("full", "blocked"):
            self.replaced()


@pytest.fixture
def device(browser: Browser, line: Line) -> Iterator[Device]:
    made = Device(browser, line)
    yield made
    made.context.close()


# The cells ------------------------------------------------------------------------------------------


def promises(device: Device, kind: str) -> None:
    """Look at the open page and at two others, as a reader goes on."""
    page = device.page
    said = settled(page)
    look(page)
    whole = None if kind == "blocked" else kept_edition(page, device.line)
    if KEPT in said:
        assert whole is not None, f"called kept, but is not whole: {said}"
    elif kind != "blocked":
        # A script that was lost is told in the page itself, with a button to load it again.
        told = said or " ".join(page.locator(".hd-missing").all_inner_texts())
        assert any(one in told for one in MISSING), f"nobody is told: {told!r}"


SHARING = "document.querySelector('.hd-share-open, .hd-missing') || !document.querySelector('script[src]')"


def goes_on(device: Device, kind: str) -> None:
    """Open further pages while it is disturbed; each comes whole or says that it is not there."""
    for path in (OTHER, SHEET):
        try:
            device.page.goto(device.line.address + path)
        except Error:
            # The browser's own page says that there is no network: only where nothing was ever kept.
            assert kept_edition_was(device) is None, f"{path}: the browser's error page, though a copy is kept"
            continue
        # Sharing comes last; where nothing came, or what was lost is told, nothing more is waited for.
        comes_to_hold(device.page, SHARING, timeout=2000)
        look(device.page)
        share = device.page.get_by_role("button", name="Chia sẻ trang này")
        if share.count():
            share_text(device.page)
            look(device.page)


def kept_edition_was(device: Device) -> str | None:
    scripts = [worker.url for worker in device.context.service_workers]
    return scripts[0] if scripts and device.line.prelude == "" and not device.line.paths else None


VISITS = 3
"""A copy that is broken gives way at the first one, the update is offered at the next."""


def newest(device: Device, page: Page) -> bool:
    """Take the update when it is offered; tell whether the newest edition is kept, while the page is open."""
    bar = page.get_by_role("button", name="Dùng bản mới")
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if bar.count():
            bar.click()
            # The page may be of that edition already: that it loads itself anew is seen by the bar.
            expect(bar).to_have_count(0)
            expect(page.locator("#ban")).to_have_attribute("data-ban", str(device.line.edition))
            page.wait_for_load_state()
        elif KEPT in foot(page) and kept_edition(page, device.line) == device.line.edition:
            return True
        page.wait_for_timeout(100)
    return False


def heals(device: Device, kind: str) -> None:
    """On the next visits the newest edition is there, whole to the byte, and what was ticked can be read."""
    page = device.page
    for _visit in range(VISITS):
        page.goto(device.line.address + SHEET)
        if newest(device, page):
            break
    expect(page.locator(".hd-offline p")).to_contain_text(KEPT)
    expect(page.locator(".hd-offline p")).not_to_contain_text("chưa tải được")
    assert kept_edition(page, device.line) == device.line.edition
    look(page)
    assert page.evaluate(EDITIONS_SEEN)[0] == str(device.line.edition)
    if kind == "wiped":
        page.evaluate(
            "async text => { const s = await import('/assets/scripts/kept/store.js'); s.replaceAll(s.readFileText(text)); }",
            device.exported,
        )
        page.reload()
    still_ticked(page)


def begin_first_install(device: Device, kind: str, paths: set[str]) -> None:
    device.visit()
    tick(device.page)
    device.disturb(kind, paths)
    if kind == "wiped":
        device.visit()
    promises(device, kind)


def list_is_fetched(device: Device, kind: str) -> None:
    """First install; the list of files is disturbed."""
    begin_first_install(device, kind, {"/sw.js"})


def files_are_fetched(device: Device, kind: str) -> None:
    """First install; some of the files are disturbed."""
    begin_first_install(device, kind, FILES - {f"/{SHEET}"})


def activated(device: Device, kind: str) -> None:
    """The copy has just taken over; the reader goes on reading."""
    device.kept()
    device.disturb(kind, set())
    goes_on(device, kind)
    promises(device, kind)


def update_is_found(device: Device, kind: str) -> None:
    """The host has a newer edition; its list is disturbed."""
    device.kept()
    device.line.edition = 2
    device.disturb(kind, {"/sw.js"})
    goes_on(device, kind)
    promises(device, kind)


def update_is_fetched(device: Device, kind: str) -> None:
    """The list of the newer edition came; its files are disturbed."""
    page = device.kept()
    device.line.edition = 2
    device.disturb(kind, FILES)
    page = device.page
    ended = "none"
    if kind not in ("wiped",):
        ended = install(page)
    if ended == "redundant" and kind != "blocked":
        expect(page.locator(".hd-offline p")).to_contain_text(re.compile("Có bản mới nhưng chưa tải được|bị thiếu"))
    goes_on(device, kind)
    promises(device, kind)


def update_is_taken(device: Device, kind: str) -> None:
    """One tab takes the newer edition while another one is open at the old, with something written."""
    page = device.kept()
    other = device.open()
    other.goto(device.line.address + OTHER)
    device.line.edition = 2
    assert install(page) == "installed"
    expect(page.get_by_role("button", name="Dùng bản mới")).to_be_visible()
    device.disturb(kind, set())
    # Taken: the page loads itself anew. Where storage is refused it is another page, which has looked for itself.
    with device.page.expect_navigation():
        device.page.get_by_role("button", name="Dùng bản mới").click()
    if kind not in ("blocked", "wiped", "evicted"):
        expect(device.page.locator("#ban")).to_have_attribute("data-ban", "2")
        device.page.wait_for_load_state()
    look(other)
    # Without its worker a page asks the host, which has the newer edition only: `left` in the matrix.
    if kind != "wiped":
        share_text(other)
        look(other)
    assert other.evaluate(EDITIONS_SEEN)[0] == "1", "an open page is not pulled away"
    goes_on(device, kind)
    promises(device, kind)
    look(other)
    other.close()


def later_start(device: Device, kind: str) -> None:
    """Another day: nothing is open, the host has a newer edition, and the first page of the day is disturbed."""
    device.kept()
    device.line.edition = 2
    device.disturb(kind, set())
    device.page.close()
    device.page = device.open(REFUSED if kind == "blocked" else "")
    goes_on(device, kind)
    promises(device, kind)


PLAY: dict[str, Callable[[Device, str], None]] = {
    "list": list_is_fetched, "files": files_are_fetched, "activated": activated, "found": update_is_found,
    "fetched": update_is_fetched, "taken": update_is_taken, "later": later_start,
}  # fmt: skip


@pytest.mark.parametrize(
    ("step", "kind"),
    [pytest.param(*cell, marks=[] if cell in SAMPLE else pytest.mark.full, id="-".join(cell)) for cell in CELLS],
)
def test_nothing_is_lost(device: Device, step: str, kind: str) -> None:
    PLAY[step](device, kind)
    device.ends(kind)
    heals(device, kind)


# Planted defects: what each promise of the worker rests on ---------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "cell"),
    [
        pytest.param("if (!known.has(id)) await noteTab", "if (false) await noteTab", "taken-cut", id="tabs"),
        pytest.param(
            "=== revision) {\n      return noted", "!== null) {\n      return noted", "files-changed", id="bytes"
        ),
        pytest.param("return Response.error();", "return response;", "found-holed", id="scripts"),
        pytest.param("kept ?? notHere()", "Response.error()", "later-holed-cut", id="blank"),
        pytest.param("if (opens) {\n    coming", "if (opens && false) {\n    coming", "found-evicted", id="line"),
    ],
)
@pytest.mark.full
def test_a_worker_that_breaks_a_promise_is_noticed(
    site: Path, device: Device, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, cell: str
) -> None:
    text = (write_worker.HERE / "service_worker.js").read_text("utf-8")
    assert text.count(old) == 1, old
    (tmp_path / "service_worker.js").write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.setattr(write_worker, "HERE", tmp_path)
    for number in (1, 2):
        edition_of(site, tmp_path / str(number), number)
    device.line.folders = {number: tmp_path / str(number) for number in (1, 2)}
    step, kind, *more = cell.split("-")
    with pytest.raises(AssertionError):
        PLAY[step](device, kind)
        if more:
            device.line.kind = more[0]
            goes_on(device, kind)
        heals(device, kind)


# The table ------------------------------------------------------------------------------------------


def test_the_table_names_steps_that_are_played_and_tests_that_are_there() -> None:
    assert list(PLAY) == STEPS and len(CELLS) == len(STEPS) * len(DISTURBANCES)
    for cell, told in MATRIX["proved"].items():
        assert tuple(cell.split("-")) in CELLS, cell
        file, _, name = told.partition("::")
        assert f"def {name}(" in (ROOT / file).read_text("utf-8"), told
