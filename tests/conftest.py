"""Fixtures: the real knowledge base, copies to plant defects in, built sites, a browser."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import gc
import http.server
import importlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from knowledge.checks.project import check_project
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase
from scripts.browser_path import chromium_path
from tests.browsing import PHONE
from tests.lending import Lender
from tests.order import Ahead, fixtures_of, in_order
from tests.put_back import PutBack
from tests.sample import leave_to_full

ROOT = Path(__file__).resolve().parent.parent
T = TypeVar("T")
AHEAD = Ahead()

# How long a case takes says how busy the machine is.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")
expect.set_options(timeout=15_000)

# A knowledge base is many small things that stay: half the time would go into looking for rubbish among them. It is looked
# for after a file's tests, where much was made since.
gc.disable()
MUCH = 2_000_000

BUILT = frozenset({"site", "sites", "browser", "address", "project", "buildable", "tmp_path_factory"})
"""Fixtures that build something or copy the project."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "HDND_TEST_ROOT" in os.environ:
        # A book that grew: what asks for a site, a browser or another copy looks at the project's own.
        items[:] = [item for item in items if "kb" in item.fixturenames and not BUILT.intersection(item.fixturenames)]  # type: ignore[attr-defined]
    leave_to_full(items)
    items[:] = in_order(items)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Build what the tests of this run will ask for, beside those that run first; one process does."""
    asked = frozenset[str]().union(*map(fixtures_of, session.items))
    if (
        os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0"
        and session.items
        and not session.config.option.collectonly
    ):
        factory = session.config._tmp_path_factory  # type: ignore[attr-defined]
        AHEAD.start([functools.partial(make, factory) for name, make in MAKERS.items() if name in asked])


def pytest_sessionfinish() -> None:
    AHEAD.stop()


@pytest.fixture(scope="module", autouse=True)
def rubbish_taken_out() -> Iterator[None]:
    """After a file's tests look for what nobody holds any more; what is held then is not looked through again."""
    yield
    if gc.get_count()[0] > MUCH:
        gc.collect()
        gc.freeze()


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's own root; a copy that grew where ``test_growth.py`` runs the tests of content on it."""
    return Path(os.environ.get("HDND_TEST_ROOT", ROOT))


@pytest.fixture(scope="session")
def kb(root: Path) -> KnowledgeBase:
    """The real knowledge base, which has no fault."""
    records, _issues = check_project(root)
    return records


class Made(dict[str, T]):
    """Things by name, each made when it is first asked for."""

    def __init__(self, make: Callable[[str], T]) -> None:
        self.make = make

    def __missing__(self, name: str) -> T:
        self[name] = self.make(name)
        return self[name]


@dataclass
class Project:
    """A copy of the project's content in which a test may plant a defect."""

    root: Path

    def read(self, file: str) -> str:
        return (self.root / file).read_text("utf-8")

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        text = self.read(file)
        assert old in text, f"nothing to plant in {file}: {old!r}"
        self.write(file, text.replace(old, new, 1))

    def append(self, file: str, text: str) -> None:
        self.write(file, self.read(file) + text)

    def check(self) -> list[Issue]:
        return check_project(self.root)[1]


def copy_of_content(folder: Path, with_assets: bool = False) -> Project:
    """Return a copy of all that the checks read, or of all that a build reads; what was made before is shared."""
    ignored = shutil.ignore_patterns("tai-ve", "__pycache__", *([] if with_assets else ["assets"]))
    names = ["docs", "checklists", *(["overrides", "knowledge", "macros"] if with_assets else [])]
    for name in names:
        shutil.copytree(ROOT / name, folder / name, ignore=ignored, copy_function=shutil.copyfile)
    for name in ("edition.yml", "confirmed.yml", "moved.yml", "mkdocs.yml"):
        shutil.copy(ROOT / name, folder / name)
    (folder / ".cache").mkdir()
    for name in ("papers", "pictures", "engine", "kept"):
        (ROOT / ".cache" / name).mkdir(parents=True, exist_ok=True)
        (folder / ".cache" / name).symlink_to(ROOT / ".cache" / name)
    # Sheets that fit are not set again.
    if (ROOT / ".cache" / "sheets-that-fit").is_file():
        shutil.copy(ROOT / ".cache" / "sheets-that-fit", folder / ".cache")
    return Project(folder)


@pytest.fixture(scope="session")
def lent(tmp_path_factory: pytest.TempPathFactory) -> PutBack:
    """The copy that the tests of one process use one after the other."""
    return PutBack(copy_of_content(tmp_path_factory.mktemp("lent") / "project").root)


@pytest.fixture
def project(lent: PutBack) -> Iterator[Project]:
    """A copy of all that the checks read."""
    yield Project(Path(lent.root))
    lent.put_back()


@pytest.fixture
def buildable(tmp_path: Path) -> Project:
    """A copy that can be built, too."""
    return copy_of_content(tmp_path / "project", with_assets=True)


def at_the_top() -> set[str]:
    """Return the files and folders of the repository's root, as git knows them; a copy without git skips the test."""
    if not (ROOT / ".git").exists():
        pytest.skip("which files belong here only git knows")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return {name.partition("/")[0] for name in listed.stdout.splitlines()}


def heed_interruptions() -> None:
    """In a child before it starts: a background job of a shell has interruptions ignored, and passes that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def command_environment(root: Path = ROOT) -> dict[str, str]:
    """Return the environment in which this program's commands work on a copy of the content."""
    named = {"CI": "", "SITE_URL": "", "HDND_ROOT": str(root), "PYTHONPATH": str(ROOT)}
    return {**os.environ, **named}


def run_script(name: str, *arguments: str, root: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one of the commands on a project; stdout and stderr come together."""
    return subprocess.run(
        [sys.executable, "-m", f"scripts.{name}", *arguments],
        cwd=root,
        env=command_environment(root) | environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def told_elsewhere(code: str, given: object, folder: Path) -> str:
    """Return what Python code prints of ``given`` as JSON: in another process and folder, with sets and clock otherwise."""
    environment = command_environment() | {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"}
    result = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(given), cwd=folder, env=environment, text=True, capture_output=True,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return result.stdout


@contextlib.contextmanager
def working_on(root: Path) -> Iterator[None]:
    """Have the commands in this process work on a copy of the content, as `command_environment` has those of a child.

    Each loaded module's ROOT, and what it made of it, is set: modules take it over by name.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name, module in [*sys.modules.items()]:
            if name.partition(".")[0] in ("scripts", "publish", "papers", "knowledge", "macros"):
                for variable, value in [*vars(module).items()]:
                    if variable == "ROOT" and value == ROOT:
                        patch.setattr(module, variable, root)
                    elif isinstance(value, Path) and (value == ROOT / ".cache" or ROOT / ".cache" in value.parents):
                        patch.setattr(module, variable, root / value.relative_to(ROOT))
        patch.chdir(root)
        yield


def run_here(name: str, *arguments: str, root: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Do as `run_script` does without another process, which reads every file anew; for commands that end by themselves."""
    command = importlib.import_module(f"scripts.{name}")
    said = io.StringIO()
    with (
        working_on(root),
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
    ):
        for variable, value in ({"CI": "", "SITE_URL": ""} | environment).items():
            patch.setenv(variable, value)
        patch.setattr(sys, "argv", [name, *arguments])
        try:
            code = command.main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
            if isinstance(end.code, str):
                print(end.code)
    return subprocess.CompletedProcess([name, *arguments], code, said.getvalue())


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that the first process of a run makes and all others use."""
    base = factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    place = base / name
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "done").is_file():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            make(place)
            (place / "done").touch()
    return place


def built(factory: pytest.TempPathFactory, form: str) -> Path:
    """Return the real site built in a form of addresses, with warnings failing; beside it, what the build said."""

    def make(place: Path) -> None:
        result = run_script("build", "--form", form, "--output", str(place / "site"), CI="true")
        assert result.returncode == 0, result.stdout
        (place / "said").write_text(result.stdout, "utf-8")

    return made_once(factory, form, make) / "site"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as published online."""
    return built(tmp_path_factory, "directory")


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory, site: Path) -> dict[str, Path]:
    """The site in both forms of addresses."""
    return {"directory": site, "file": built(tmp_path_factory, "file")}


PUBLIC = "https://vi-du.vn/so-tay/"
HOSTILE = 'Nói "rõ" <b>ý</b>. "><script>alert(1)</script>'
LEFT_BEHIND = ("~$hc1.docx", "hc1.md~", "Thumbs.db", "desktop.ini", ".DS_Store", ".site.css.swp", "~hc1.md")


def published(factory: pytest.TempPathFactory) -> Path:
    def make(place: Path) -> None:
        project = copy_of_content(place / "project", with_assets=True)
        text = project.read("docs/ky-hop/b4.md")
        start = text.index("outcome: ")
        planted = f"outcome: {json.dumps(HOSTILE, ensure_ascii=False)}"
        project.write("docs/ky-hop/b4.md", text[:start] + planted + text[text.index("\n", start) :])
        for folder in ("docs", "docs/han-che", "docs/assets/styles", "overrides"):
            for name in LEFT_BEHIND:
                project.write(f"{folder}/{name}", "x")
        for number in range(1, 61):
            text = f'---\ntitle: Trang thử {number}\n---\n\n# Trang thử {number}\n\n{{{{ next_steps("B1") }}}}\n'
            project.write(f"docs/dai-bieu-moi/thu-{number}.md", text)
        result = run_script("build", "--output", str(place / "site"), root=project.root, SITE_URL=PUBLIC.rstrip("/"))
        assert result.returncode == 0, result.stdout

    return made_once(factory, "public", make) / "site"


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as published at an address; hostile text in one record, files left behind, one section grown long."""
    return published(tmp_path_factory)


def zipped(factory: pytest.TempPathFactory) -> Path:
    def make(place: Path) -> None:
        result = run_script("offline", "--output", str(place / "dist"), CI="true")
        assert result.returncode == 0, result.stdout
        assert re.search(r"\.zip: \d+\.\d MB; \d+ files, \d+\.\d MB unpacked", result.stdout)

    (made,) = (made_once(factory, "offline", make) / "dist").iterdir()
    return made


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip as ``make offline`` makes it, with a public address known."""
    return zipped(tmp_path_factory)


MAKERS: dict[str, Callable[[pytest.TempPathFactory], Path]] = {
    "site": functools.partial(built, form="directory"),
    "sites": functools.partial(built, form="file"),
    "public": published,
    "packed": zipped,
}
"""Fixture → what makes it; in the order in which they are asked for."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Address of a local server of the built site, without final slash."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        # As public hosts do: one connection for many files, and a file is asked for once while it is fresh.
        protocol_version = "HTTP/1.1"

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "max-age=600")
            super().end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def found_chromium(whole: bool = False) -> str:
    """Where Chromium is. Missing is a failure, never a skip."""
    found = chromium_path(whole)
    assert found, "no Chromium: run `make test`, which installs it or says how"
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found_chromium(), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def lender(browser: Browser) -> Lender:
    """Contexts that several tests use one after the other; each finds them as new."""
    return Lender(browser)


@pytest.fixture
def context(lender: Lender) -> Iterator[BrowserContext]:
    """A phone with nothing stored; the worker that stores pages is left out of it."""
    made = lender.lend(viewport=PHONE, has_touch=True)
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def modules(context: BrowserContext) -> Page:
    """An empty page that can import the site's scripts by their path below their folder; no site is built."""
    folder = ROOT / "docs" / "assets" / "scripts"

    def serve(route: Route) -> None:
        name = urlsplit(route.request.url).path.lstrip("/")
        if not name:
            first = '<script src="/everywhere/first.js" data-edition="goc" data-base></script>'
            route.fulfill(
                body=f'<!doctype html><meta charset="utf-8">{first}<article></article>', content_type="text/html"
            )
        elif (folder / name).is_file():
            route.fulfill(path=folder / name)
        else:
            route.fulfill(status=404)

    page = context.new_page()
    page.route("http://scripts.test/**", serve)
    page.goto("http://scripts.test/")
    return page
