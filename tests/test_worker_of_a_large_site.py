"""Above 300 pages a device keeps what every page needs, the lists, its reader's role and what was opened, not 70 MB."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from publish.worker import write_worker as worker
from publish.worker.write_worker import is_list, is_page, kept_files
from tests.browsing import wait_until
from tests.test_offline import Host, context, copy_of, cut, renew_worker

__all__ = ["context"]
ROLE = "van-phong"


@pytest.fixture
def large(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """The site as if it had too many pages."""
    monkeypatch.setattr(worker, "KEEP_ALL", 50)
    copy = copy_of(site, tmp_path / "site")
    # A hard link would be written through to the shared site.
    script = copy / worker.ASKING
    text = script.read_text("utf-8")
    script.unlink()
    script.write_text(text, encoding="utf-8")
    renew_worker(copy)
    host = Host(copy)
    yield host
    host.stop()


def test_a_site_of_today_is_kept_whole(site: Path) -> None:
    kept = kept_files(site)
    assert sum(map(is_page, kept.pages)) <= worker.KEEP_ALL
    assert kept.core is None and '"core"' not in worker.worker_text(kept)


def test_what_each_device_keeps(large: Host) -> None:
    kept = kept_files(large.folder)
    assert kept.core is not None
    assert "" in kept.core and "danh-muc/" in kept.core and "danh-muc/dm04/" not in kept.core
    assert all(is_list(one) or not is_page(one) for one in kept.core)
    assert f"vai-tro/{ROLE}/" in kept.roles[ROLE] and "danh-muc/dm04/" in kept.roles[ROLE]
    assert len(kept.roles[ROLE]) < len(kept.pages) / 2
    assert set(kept.roles[ROLE]) <= set(kept.pages)


@pytest.mark.full
def test_role_and_opened_pages_open_without_network(context: BrowserContext, large: Host) -> None:
    page = context.new_page()
    page.goto(large.address)
    page.locator("#bang-vai-tro").select_option(ROLE)
    wait_until(page, "Object.keys(localStorage).some((key) => key.includes('hdnd'))")
    page.reload()
    expect(page.locator(".hd-offline p")).to_contain_text("trang đã mở", timeout=30_000)
    # Opened while the worker answers.
    page.goto(f"{large.address}thuc-hanh/th01/")
    expect(page.locator(".hd-offline p")).to_contain_text("trang đã mở", timeout=30_000)
    last = f"{large.address}vai-tro/{ROLE}/"
    kept_now = "async (address) => !!(await caches.match(address))"
    deadline = time.monotonic() + 30
    while not page.evaluate(kept_now, last) and time.monotonic() < deadline:
        page.wait_for_timeout(200)
    # The role's note is not taken for the first page: cleared by the browser, that is brought back.
    page.evaluate(
        "async (first) => { for (const name of await caches.keys()) await (await caches.open(name)).delete(first); }",
        large.address,
    )
    page.reload()
    deadline = time.monotonic() + 30
    while not page.evaluate(kept_now, large.address) and time.monotonic() < deadline:
        page.wait_for_timeout(200)
    assert page.evaluate(kept_now, large.address), "the first page is missed"
    kept = kept_files(large.folder)
    opened = "thuc-hanh/th01/"
    never = next(
        one for one in kept.pages if is_page(one) and one not in {*(kept.core or ()), *kept.roles[ROLE], opened}
    )
    cut(context, large)
    for there in ("", "danh-muc/", "danh-muc/dm04/", "thuc-hanh/th01/", f"vai-tro/{ROLE}/"):
        page.goto(large.address + there)
        expect(page.locator("h1").first).not_to_contain_text("chưa có trên máy")
    answer = page.goto(large.address + never)
    assert answer and answer.status == 503
    expect(page.locator("h1")).to_contain_text("chưa có trên máy")


@pytest.mark.full
def test_the_page_of_a_first_visit_is_kept(context: BrowserContext, large: Host) -> None:
    """A link that somebody sent opens a page before there is a worker to see it."""
    first = f"{large.address}thuc-hanh/th01/"
    kept = kept_files(large.folder)
    assert kept.core is not None and "thuc-hanh/th01/" not in kept.core
    page = context.new_page()
    page.goto(first)
    expect(page.locator(".hd-offline p")).to_contain_text("trang đã mở", timeout=30_000)
    cut(context, large)
    answer = page.goto(first)
    assert answer and answer.status == 200
    expect(page.locator(".hd-offline p")).to_be_visible()
