"""An empty page in headless Chromium that imports the site's own scripts: commands and checks run what readers run."""

from __future__ import annotations

import threading
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from publish.project import ROOT
from scripts.browser_path import chromium_path

if TYPE_CHECKING:
    import asyncio

    from playwright.async_api import Browser, Page, Route

T = TypeVar("T")
SCRIPTS = "assets/scripts/"
"""Where scripts stand below ``docs/``; the page serves what is below it."""
HOST = "http://scripts.test/"
_FIRST = '<script src="/everywhere/first.js" data-edition="goc" data-base></script>'


class NoBrowser(Exception):
    """Chromium, what drives it or the scripts themselves do not run; the message is for whoever gave the command."""


class ScriptPage:
    """A page driven from a thread of its own: whoever asks may drive another browser at the same time."""

    def __init__(self, loop: asyncio.AbstractEventLoop, page: Page) -> None:
        self._loop, self._page = loop, page

    def evaluate(self, expression: str, argument: object = None) -> Any:
        """Return what a function of the page returns for an argument, both as JSON has them. Raises NoBrowser."""
        from playwright.async_api import Error

        try:
            return _wait(self._loop, self._page.evaluate(expression, argument))
        except Error as fault:
            raise NoBrowser(f"mã của trang không chạy: {fault.message.splitlines()[0]}") from None


def _wait(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
    # A check whose signs did not change opens no page: what drives one is imported only then.
    import asyncio

    return asyncio.run_coroutine_threadsafe(work, loop).result()


@contextmanager
def script_page(generated: Mapping[str, str | bytes]) -> Iterator[ScriptPage]:
    """Open a page that may import ``/draft/check.js`` and the like, and ends with the block.

    ``generated``: modules that a build writes, by path below ``docs/`` (``publish.generated.script_files``).
    Raises NoBrowser.
    """
    try:
        from playwright.async_api import Error, async_playwright
    except ImportError:
        raise NoBrowser(
            "chưa cài playwright → chạy make test một lần, hoặc pip install -r requirements/test.txt"
        ) from None
    executable = chromium_path()
    if not executable:
        raise NoBrowser("chưa có Chromium → cài gói chromium-headless-shell hoặc chromium")
    import asyncio

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        driver = _wait(loop, async_playwright().start())
        try:
            browser: Browser = _wait(
                loop, driver.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
            )
        except Error as fault:
            _wait(loop, driver.stop())
            raise NoBrowser(f"Chromium không chạy được ({executable}): {str(fault).splitlines()[0]}") from None
        try:
            yield ScriptPage(loop, _wait(loop, _opened(browser, generated)))
        finally:
            _wait(loop, browser.close())
            _wait(loop, driver.stop())
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _opened(browser: Browser, generated: Mapping[str, str | bytes]) -> Page:
    folder = ROOT / "docs"

    async def serve(route: Route) -> None:
        name = SCRIPTS + urlsplit(route.request.url).path.lstrip("/")
        if name == SCRIPTS:
            body = f'<!doctype html><meta charset="utf-8">{_FIRST}<article></article>'
            await route.fulfill(body=body, content_type="text/html")
        elif name in generated:
            await route.fulfill(body=generated[name], content_type="text/javascript")
        elif (folder / name).is_file():
            await route.fulfill(path=folder / name)
        else:
            await route.fulfill(status=404)

    page = await browser.new_page()
    await page.route(f"{HOST}**", serve)
    await page.goto(HOST)
    return page
