"""Browsers inside other apps, by their names and without one: nothing is offered there that does nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import NOTHING_KEPT, PHONE

_ANDROID = "Mozilla/5.0 (Linux; Android 13; SM-A135F{}) AppleWebKit/537.36 (KHTML, like Gecko) {}Chrome/120.0.0.0 Mobile Safari/537.36{}"
_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko){}"
NAMELESS = "một ứng dụng khác"
IN_APPS = {
    "Zalo on Android": (_ANDROID.format("", "", " Zalo android/12100731 ZaloTheme/light"), "Zalo"),
    "Zalo on iPhone": (_IPHONE.format(" Mobile/15E148 Zalo iOS/551 ZaloTheme/light"), "Zalo"),
    "Facebook on Android": (_ANDROID.format("; wv", "Version/4.0 ", " [FB_IAB/FB4A;FBAV/442.0.0.44;]"), "Facebook"),
    "Facebook on iPhone": (_IPHONE.format(" Mobile/15E148 [FBAN/FBIOS;FBAV/442.0.0;FBDV/iPhone12,1]"), "Facebook"),
    "Messenger on Android": (
        _ANDROID.format("; wv", "Version/4.0 ", " [FB_IAB/Orca-Android;FBAV/437.0;]"),
        "Messenger",
    ),
    "Messenger on iPhone": (_IPHONE.format(" Mobile/15E148 [FBAN/MessengerForiOS;FBAV/437.0;]"), "Messenger"),
    "Viber on Android": (_ANDROID.format("; wv", "Version/4.0 ", " Viber/21.0"), "Viber"),
    "Instagram on iPhone": (_IPHONE.format(" Mobile/15E148 Instagram 310.0 (iPhone12,1)"), "Instagram"),
    "Telegram on Android": (_ANDROID.format("; wv", "Version/4.0 ", " Telegram-Android/10.3"), "Telegram"),
    "TikTok on Android": (
        _ANDROID.format("; wv", "Version/4.0 ", " musical_ly_2023 BytedanceWebview/d8a21c6"),
        "TikTok",
    ),
    "a window on Android": (_ANDROID.format("; wv", "Version/4.0 ", ""), NAMELESS),
    "a window on iPhone": (_IPHONE.format(" Mobile/15E148"), NAMELESS),
}
BROWSERS = {
    "Chrome on Android": _ANDROID.format("", "", ""),
    "Samsung": _ANDROID.format("", "SamsungBrowser/23.0 ", ""),
    "Cốc Cốc": _ANDROID.format("", "coc_coc_browser/120.0 ", ""),
    "Safari": _IPHONE.format(" Version/16.6 Mobile/15E148 Safari/604.1"),
    "Chrome on iPhone": _IPHONE.format(" CriOS/120.0 Mobile/15E148 Safari/604.1"),
    "Firefox": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0",
    "unknown": "Quyển/1.0",
    "none": "",
}  # fmt: skip
# Where a sheet, an exercise, a self-review and a page with nothing but a button are printed.
PRINTED = ("danh-muc/dm07/", "thuc-hanh/th01/", "tu-ra-soat/tr-hdnd/", "tra-cuu/ky-hop-thu-nhat/")
TO_PRINT = re.compile(r"^In (?!kèm)")
Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    """Open a page as an app's window does: its name, without workers; no fault may happen."""
    faults: list[str] = []
    contexts = []

    def open_page(agent: str, name: str, script: str = "") -> Page:
        context = browser.new_context(viewport=PHONE, has_touch=True)
        contexts.append(context)
        # Playwright leaves the browser's own name where none is given.
        named = f"Object.defineProperty(Navigator.prototype, 'userAgent', {{ get: () => {agent!r} }});"
        context.add_init_script(f"delete Navigator.prototype.serviceWorker; {named} {script}")
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}/{name}", wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def prints(page: Page) -> int:
    return page.get_by_role("button", name=TO_PRINT).count()


def test_apps_are_known_by_their_names_and_browsers_are_none(modules: Page) -> None:
    tell = "async agents => { const { appOf } = await import('/ui/inside.js'); return agents.map(one => appOf(one)); }"
    assert modules.evaluate(tell, [agent for agent, _ in IN_APPS.values()]) == [name for _, name in IN_APPS.values()]
    assert modules.evaluate(tell, list(BROWSERS.values())) == [""] * len(BROWSERS)
    on_home_screen = "async agent => (await import('/ui/inside.js')).appOf(agent, true)"
    assert modules.evaluate(on_home_screen, IN_APPS["a window on iPhone"][0]) == ""


@pytest.mark.parametrize("app", IN_APPS)
@pytest.mark.full
def test_inside_an_app_the_way_out_is_told_and_nothing_is_offered_to_print(opened: Open, app: str) -> None:
    agent, name = IN_APPS[app]
    page = opened(agent, PRINTED[0])
    note = page.locator(".hd-zalo")
    expect(note).to_contain_text(f"Anh/chị đang mở trong {name}.")
    expect(note).to_contain_text("Mở bằng trình duyệt")
    expect(note.get_by_role("button", name="Sao chép địa chỉ trang")).to_be_visible()
    expect(note.get_by_role("link", name="Mở phiếu PDF")).to_be_visible()
    page.locator("#ho-so .hd-tick").check()
    expect(page.locator(".hd-bar__warning")).to_contain_text("có thể mất khi đóng")
    assert prints(page) == 0


@pytest.mark.corner
@pytest.mark.parametrize("name", PRINTED)
def test_no_page_offers_to_print_where_nothing_prints(opened: Open, name: str) -> None:
    assert prints(opened(IN_APPS["a window on Android"][0], name)) == 0
    assert prints(opened(BROWSERS["Chrome on Android"], name, "window.print = undefined;")) == 0
    page = opened(BROWSERS["Chrome on Android"], name)
    assert prints(page) > 0 and page.locator(".hd-zalo").count() == 0


@pytest.mark.parametrize("name", BROWSERS)
@pytest.mark.full
def test_a_browser_even_without_a_name_is_not_called_an_app(opened: Open, name: str) -> None:
    page = opened(BROWSERS[name], PRINTED[0])
    page.locator("#ho-so .hd-tick").check()
    expect(page.locator(".hd-total")).to_contain_text("Xong 1/")
    assert page.locator(".hd-zalo, .hd-bar__warning").count() == 0 and prints(page) > 0


@pytest.mark.full
def test_an_app_that_keeps_nothing_and_prints_nothing_still_shows_and_ticks(opened: Open) -> None:
    page = opened(IN_APPS["Facebook on Android"][0], PRINTED[0], NOTHING_KEPT + "window.print = undefined;")
    page.locator("#ho-so .hd-tick").check()
    expect(page.locator(".hd-total")).to_contain_text("Xong 1/")
    expect(page.locator(".hd-tools .hd-storage")).to_contain_text("Máy này không cho lưu")
    expect(page.locator(".hd-zalo")).to_contain_text("Facebook")
