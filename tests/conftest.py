"""Fixtures: the real knowledge base, copies to plant defects in, built sites, a browser."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from knowledge.checks.project import check_project
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase
from tests.browsing import PHONE

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's own root."""
    return ROOT


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


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Project:
    """A copy of all that the checks read."""
    folder = tmp_path / "project"
    ignored = shutil.ignore_patterns("assets", "tai-ve")
    shutil.copytree(root / "docs", folder / "docs", ignore=ignored)
    shutil.copytree(root / "checklists", folder / "checklists")
    shutil.copy(root / "edition.yml", folder / "edition.yml")
    return Project(folder)


@pytest.fixture
def buildable(project: Project, root: Path) -> Project:
    """A copy that can be built, too."""
    shutil.copytree(root / "docs" / "assets", project.root / "docs" / "assets")
    shutil.copytree(root / "overrides", project.root / "overrides")
    without_compiled = shutil.ignore_patterns("__pycache__")
    for name in ("knowledge", "macros"):
        shutil.copytree(root / name, project.root / name, ignore=without_compiled)
    shutil.copy(root / "mkdocs.yml", project.root / "mkdocs.yml")
    return project


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


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The real site built in both forms of addresses, with warnings failing; both started at once."""
    built = {form: tmp_path_factory.mktemp(form) / "site" for form in ("directory", "file")}

    def build(form: str) -> subprocess.CompletedProcess[str]:
        return run_script("build", "--form", form, "--output", str(built[form]), CI="true")

    with ThreadPoolExecutor() as both:
        results = list(both.map(build, built))
    for result in results:
        assert result.returncode == 0, result.stdout
    return built


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


def chromium_path() -> str:
    """Where Debian's Chromium is. Missing is a failure, never a skip."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert found, "no Chromium: run `make test`, which installs it or says how"
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone with nothing stored; the worker that stores pages is left out of it."""
    made = browser.new_context(viewport=PHONE, has_touch=True, service_workers="block")
    made.set_default_timeout(5000)
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
