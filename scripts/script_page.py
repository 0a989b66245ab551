"""An empty page in headless Chromium that imports the site's own scripts: commands and checks run what readers run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from publish.project import ROOT
from scripts.browser_path import chromium_path

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

SCRIPTS = "assets/scripts/"
"""Where scripts stand below ``docs/``; the page serves what is below it."""
HOST = "http://scripts.test/"
_FIRST = '<script src="/everywhere/first.js" data-edition="goc" data-base></script>'


class NoBrowser(Exception):
    """Neither Chromium nor what drives it is there; the message is for whoever gave the command."""


@contextmanager
def script_page(generated: Mapping[str, str | bytes]) -> Iterator[Page]:
    """Open a page that may import ``/draft/check.js`` and the like, and ends with the block.

    ``generated``: modules that a build writes, by path below ``docs/`` (``publish.generated.script_files``).
    Raises NoBrowser.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise NoBrowser(
            "chưa cài playwright → chạy make test một lần, hoặc pip install -r requirements/test.txt"
        ) from None
    executable = chromium_path()
    if not executable:
        raise NoBrowser("chưa có Chromium → cài gói chromium-headless-shell hoặc chromium")
    folder = ROOT / "docs"

    def serve(route: Route) -> None:
        name = SCRIPTS + urlsplit(route.request.url).path.lstrip("/")
        if name == SCRIPTS:
            route.fulfill(
                body=f'<!doctype html><meta charset="utf-8">{_FIRST}<article></article>', content_type="text/html"
            )
        elif name in generated:
            route.fulfill(body=generated[name], content_type="text/javascript")
        elif (folder / name).is_file():
            route.fulfill(path=folder / name)
        else:
            route.fulfill(status=404)

    with sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        except Error as fault:
            raise NoBrowser(f"Chromium không chạy được ({executable}): {str(fault).splitlines()[0]}") from None
        try:
            page = browser.new_page()
            page.route(f"{HOST}**", serve)
            page.goto(HOST)
            yield page
        finally:
            browser.close()
