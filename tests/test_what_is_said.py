"""Nothing is called done that the site cannot know to be done: files saved, text copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsing import PHONE
from tests.conftest import ROOT

SCRIPTS = ROOT / "docs" / "assets" / "scripts"
ZALO = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Zalo android/13"
NO_COPYING = (
    "navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); document.execCommand = () => false;"
)


@pytest.fixture
def refusing(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a browser that saves no file and copies no text, as windows inside other apps may."""
    agent: dict[str, Any] = {"user_agent": request.param} if hasattr(request, "param") else {}
    context = browser.new_context(viewport=PHONE, accept_downloads=False, service_workers="block", **agent)
    context.add_init_script(NO_COPYING)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def hand_over(page: Page, name: str) -> None:
    """Press a button that gives a file; nothing is saved, and the page says no more than it knows."""
    with page.expect_download() as told:
        page.get_by_role("button", name=name).first.click()
    assert told.value.failure(), "refused"
    status = page.locator("[role=status]", has_text=told.value.suggested_filename)
    expect(status).to_contain_text(f"Đã chuyển {told.value.suggested_filename} cho trình duyệt.")
    expect(status).to_contain_text("Hãy kiểm tra mục Tải xuống; không thấy thì ")


def test_a_file_that_was_dropped_is_not_called_saved(refusing: Page, address: str) -> None:
    refusing.goto(f"{address}/tra-cuu/ky-hop-dang-chuan-bi/")
    hand_over(refusing, "Tải tệp lưu")
    refusing.goto(f"{address}/danh-muc/dm07/")
    refusing.get_by_text("Giữ lại hoặc chuyển sang máy khác").click()
    hand_over(refusing, "Tải tệp lưu")
    refusing.goto(f"{address}/tra-cuu/moc-quy-che/")
    refusing.locator(".hd-pair input").first.fill("10")
    hand_over(refusing, "Tải tệp thời hạn")
    refusing.goto(f"{address}/tra-cuu/rut-kinh-nghiem/")
    refusing.get_by_text("Dành cho người biên soạn sổ tay").click()
    refusing.locator("#rut-viec").fill("Họp muộn.")
    refusing.locator("#rut-doi").fill("Họp sớm.")
    hand_over(refusing, "Tải tệp bản ghi")


@pytest.mark.parametrize("refusing", [ZALO], indirect=True)
def test_nor_inside_zalo(refusing: Page, address: str) -> None:
    refusing.goto(f"{address}/danh-muc/dm07/")
    refusing.locator("#ho-so .hd-tick").check()
    expect(refusing.locator(".hd-bar__warning")).to_be_visible()
    hand_over(refusing, "Tải tệp lưu")


def test_text_that_was_not_copied_is_not_called_copied(refusing: Page, address: str) -> None:
    refusing.goto(f"{address}/danh-muc/dm07/")
    refusing.get_by_role("button", name="Sao chép để gửi Zalo").click()
    expect(refusing.locator("[role=status]", has_text="Máy không cho sao chép tự động")).to_be_attached()
    refusing.get_by_role("button", name="Chia sẻ trang này").click()
    refusing.get_by_role("button", name="Sao chép địa chỉ").click()
    expect(refusing.locator("#hd-share [role=status]")).to_contain_text("Máy không cho sao chép tự động")
    expect(refusing.get_by_text("Đã sao chép")).to_have_count(0)


def test_files_leave_by_one_door_and_no_script_says_that_one_was_saved() -> None:
    """Whoever adds a file to hand out uses ``handOver`` and with it its words."""
    sources = {
        path.relative_to(SCRIPTS).as_posix(): path.read_text("utf-8")
        for path in SCRIPTS.rglob("*.js")
        if path.parent.name != "vendor"
    }
    assert [name for name, text in sources.items() if re.search(r"\bdownload\b\s*[:=]", text)] == ["ui/ui.js"]
    said = {name: re.findall(r"Đã (?:tải|in|lưu tệp)\b[^\"`”]*", text) for name, text in sources.items()}
    assert {name: words for name, words in said.items() if words} == {}
