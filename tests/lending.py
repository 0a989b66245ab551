"""Browser contexts that are lent, given back and lent again, as good as new.

A page in a context of its own starts a process and reads every script anew; that takes longer than most tests. What a
test may leave behind is taken away: what is stored, further pages, routes, listeners, sizes, media. Where something was
done that stays, such as a script for every page, the context is closed and the next one is new.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, Page

KINDS = "cookies,local_storage,indexeddb,cache_storage,file_systems"
FORGET = "() => { sessionStorage.clear(); return true; }"
MOST = 3
"""So many contexts wait to be lent again; each is a process."""
_STAYS_OF_CONTEXT = (
    "add_init_script", "expose_function", "expose_binding", "new_cdp_session", "set_extra_http_headers",
    "set_geolocation", "set_offline", "route_from_har",
)  # fmt: skip
_STAYS_OF_PAGE = (
    "add_init_script", "expose_function", "expose_binding", "set_extra_http_headers", "set_default_timeout",
    "set_default_navigation_timeout", "route_from_har", "close",
)  # fmt: skip
_MEDIA = {"color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}


class _Lent:
    """A context with its first page, and what was done to them since they were lent."""

    def __init__(self, context: BrowserContext, options: dict[str, Any], at: str) -> None:
        self.context, self.options, self.at = context, options, at
        self.page = context.new_page()
        if at:
            self.page.clock.set_fixed_time(at)
        self._devtools = context.new_cdp_session
        self.close_for_good = context.close
        self._more_pages = context.new_page
        self.is_given = self.is_spoilt = False
        self.origins: set[str] = set()
        self.heard: list[tuple[Any, str, Any]] = []
        context.new_page = self._new_page  # type: ignore[method-assign]
        for one, names in ((context, _STAYS_OF_CONTEXT), (self.page, _STAYS_OF_PAGE)):
            for name in names:
                setattr(one, name, self._spoiling(getattr(one, name)))
        self.page.on(
            "framenavigated", lambda frame: self.origins.add("{0.scheme}://{0.netloc}".format(urlsplit(frame.url)))
        )
        for one in (context, self.page):
            one.on = self._noting(one)  # type: ignore[assignment, method-assign]

    def _new_page(self, **options: Any) -> Page:
        if options or self.is_given:
            return self._more_pages(**options)
        self.is_given = True
        return self.page

    def _spoiling(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def work(*arguments: Any, **named: Any) -> Any:
            self.is_spoilt = True
            return method(*arguments, **named)

        return work

    def _noting(self, one: Any) -> Callable[[str, Any], None]:
        add = one.on

        def on(event: str, listener: Any) -> None:
            self.heard.append((one, event, listener))
            add(event, listener)

        return on

    def cleaned(self) -> bool:
        """Take away what a test left. Returns whether all is as new."""
        if self.is_spoilt or any(not origin.startswith(("http", "about", "data")) for origin in self.origins):
            return False
        try:
            for one, event, listener in self.heard:
                one.remove_listener(event, listener)
            for page in self.context.pages:
                if page is not self.page:
                    page.close()
            self.page.unroute_all(behavior="ignoreErrors")
            self.context.unroute_all(behavior="ignoreErrors")
            # What is kept for a tab can be reached from its own origin alone.
            if len(self.origins - {"://", "about://"}) > 1 or not self.page.evaluate(FORGET):
                return False
            self.page.goto("about:blank")
            # Not kept open: beside it what a page is told of its medium does not hold.
            devtools = self._devtools(self.page)
            for origin in sorted(one for one in self.origins if one.startswith("http")):
                devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": KINDS})
            devtools.detach()
            self.context.clear_cookies()
            self.context.clear_permissions()
            self.context.set_default_timeout(30_000)
            if viewport := self.options.get("viewport"):
                self.page.set_viewport_size(viewport)
            self.page.emulate_media(
                media="null", **{name: self.options.get(name, usual) for name, usual in _MEDIA.items()}
            )
        except Error:
            return False
        self.is_given, self.heard = False, []
        self.origins.clear()
        return True


class Lender:
    """The contexts of one browser."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: list[_Lent] = []

    def lend(self, at: str = "", **options: Any) -> BrowserContext:
        """Return a context as ``browser.new_context`` makes it, in whose first page it is always ``at``; its ``close`` gives it back.

        Workers that store pages are left out.
        """
        options["service_workers"] = "block"
        found = next((one for one in self.free if (one.options, one.at) == (options, at)), None)
        if found:
            self.free.remove(found)
        else:
            found = _Lent(self.browser.new_context(**options), options, at)
            found.context.close = self._taking_back(found)  # type: ignore[method-assign]
        return found.context

    def _taking_back(self, one: _Lent) -> Callable[..., None]:
        def close(**_named: Any) -> None:
            if one in self.free:
                return
            if one.cleaned():
                self.free.append(one)
            else:
                with contextlib.suppress(Error):
                    one.close_for_good()
            while len(self.free) > MOST:
                self.free.pop(0).close_for_good()

        return close
