"""Fixtures: the real knowledge base, copies to plant defects in, built sites, a browser."""

from __future__ import annotations

import fcntl
import functools
import gc
import http.server
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from knowledge.checks.project import check_project
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase
from scripts.browser_path import chromium_path
from tests.browsing import PHONE

ROOT = Path(__file__).resolve().parent.parent

# How long a case takes says how busy the machine is.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")
expect.set_options(timeout=15_000)

# A knowledge base is many small things that stay: with the usual bounds half the time goes into looking for rubbish.
gc.set_threshold(50_000, 20, 50)

SAMPLED = {
    "test_planted_defect_is_caught": 3,
    "test_what_is_renamed_is_found_under_its_new_name_and_all_links_follow": 4,
    "test_what_cannot_be_renamed_is_told_and_nothing_is_touched": 3,
}
"""Tests with very many cases: `make test` runs one in so many, `make test-full` all."""


BUILT = frozenset({"site", "sites", "browser", "address", "project", "buildable", "tmp_path_factory"})
"""Fixtures that build something or copy the project."""


def in_sample(case: str, share: int, seed: str) -> bool:
    """Return whether a case is one of those that `make test` runs: the same ones with the same seed."""
    return zlib.crc32(f"{seed} {case}".encode()) % share == 0


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "HDND_TEST_ROOT" in os.environ:
        # A book that grew: what asks for a site, a browser or another copy looks at the project's own.
        items[:] = [item for item in items if "kb" in item.fixturenames and not BUILT.intersection(item.fixturenames)]  # type: ignore[attr-defined]
    seed = os.environ.get("TEST_SEED", "183")
    for item in items:
        share = SAMPLED.get(getattr(item, "originalname", ""), 1)
        if not in_sample(item.name, share, seed):
            item.add_marker(pytest.mark.full)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's own root; a copy that grew where ``test_growth.py`` runs the tests of content on it."""
    return Path(os.environ.get("HDND_TEST_ROOT", ROOT))


@pytest.fixture(scope="session")
def kb(root: Path) -> KnowledgeBase:
    """The real knowledge base, which has no fault."""
    records, _issues = check_project(root)
    return records


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
    """Return a copy of all that the checks read, or of all that a build reads; papers made before are shared."""
    ignored = shutil.ignore_patterns("tai-ve", "__pycache__", *([] if with_assets else ["assets"]))
    names = ["docs", "checklists", *(["overrides", "knowledge", "macros"] if with_assets else [])]
    for name in names:
        shutil.copytree(ROOT / name, folder / name, ignore=ignored, copy_function=shutil.copyfile)
    for name in ("edition.yml", "confirmed.yml", "moved.yml", "mkdocs.yml"):
        shutil.copy(ROOT / name, folder / name)
    (folder / ".cache").mkdir()
    for name in ("papers", "pictures"):
        (ROOT / ".cache" / name).mkdir(parents=True, exist_ok=True)
        (folder / ".cache" / name).symlink_to(ROOT / ".cache" / name)
    # Sheets that fit are not set again.
    if (ROOT / ".cache" / "sheets-that-fit").is_file():
        shutil.copy(ROOT / ".cache" / "sheets-that-fit", folder / ".cache")
    return Project(folder)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of all that the checks read."""
    return copy_of_content(tmp_path / "project")


@pytest.fixture
def buildable(tmp_path: Path) -> Project:
    """A copy that can be built, too."""
    return copy_of_content(tmp_path / "project", with_assets=True)


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


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The real site built in both forms of addresses, with warnings failing; both at once, which they may."""

    def make(place: Path) -> None:
        def build(form: str) -> subprocess.CompletedProcess[str]:
            return run_script("build", "--form", form, "--output", str(place / form), CI="true")

        with ThreadPoolExecutor() as both:
            results = list(both.map(build, ("directory", "file")))
        for result in results:
            assert result.returncode == 0, result.stdout
        (place / "said").write_text(results[0].stdout, "utf-8")

    place = made_once(tmp_path_factory, "sites", make)
    return {form: place / form for form in ("directory", "file")}


PUBLIC = "https://vi-du.vn/so-tay/"
HOSTILE = 'Nói "rõ" <b>ý</b>. "><script>alert(1)</script>'
LEFT_BEHIND = ("~$hc1.docx", "hc1.md~", "Thumbs.db", "desktop.ini", ".DS_Store", ".site.css.swp", "~hc1.md")


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as published at an address; hostile text in one record, files left behind, one section grown long."""

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

    return made_once(tmp_path_factory, "public", make) / "site"


@pytest.fixture(scope="session")
def site(sites: dict[str, Path]) -> Path:
    """The site as published online."""
    return sites["directory"]


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Address of a local server of the built site, without final slash."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
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


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone with nothing stored; the worker that stores pages is left out of it."""
    made = browser.new_context(viewport=PHONE, has_touch=True, service_workers="block")
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
