"""What screen readers are told of each tool and each kind of page, kept as files: tests/data/aria/.

A change shows as a difference to read. When it is meant:  RENEW_ARIA=1 python -m pytest -m 'full or not full'
tests/test_accessibility_tree.py  writes the files anew; read what changed before it is committed.
Days and counts are left out: the clock stands still, numbers are N, of things that repeat the first two are kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import DESKTOP, DONE, PHONE, wait_until
from tests.lending import Lender
from tests.sample import SOME_OR_ALL, some_of
from tests.test_votes import FILL, TITLES

FOLDER = Path(__file__).parent / "data" / "aria"
TODAY = "2026-11-27T09:00:00+07:00"
KEPT = 2
"""Of siblings of one kind so many are kept."""


def told_of(snapshot: str) -> str:
    """Return a tree without addresses, numbers and what repeats."""
    out: list[str] = []
    runs: dict[int, tuple[str, int]] = {}
    skipped: int | None = None
    for line in snapshot.splitlines():
        depth = len(line) - len(line.lstrip())
        if skipped is not None and depth > skipped:
            continue
        skipped = None
        role = re.match(r"\s*- '?([\w/]+)", line)
        if role and role[1] == "/url":
            continue
        runs = {at: run for at, run in runs.items() if at <= depth}
        last, count = runs.get(depth, ("", 0))
        count = count + 1 if role and role[1] == last else 1
        runs[depth] = (role[1] if role else "", count)
        if role and role[1] in ("listitem", "row", "link", "option", "paragraph", "group") and count > KEPT:
            skipped = depth
            if count == KEPT + 1:
                out.append(f"{' ' * depth}- …")
            continue
        out.append(re.sub(r"\d+(?:[./–-]\d+)*", "N", line) if "[level=" not in line else numbers_out(line))
    return "\n".join(out) + "\n"


def numbers_out(line: str) -> str:
    """Leave out the numbers of a heading's words, not its level."""
    words, _mark, level = line.rpartition("[level=")
    return re.sub(r"\d+(?:[./–-]\d+)*", "N", words) + "[level=" + level


class Scene(NamedTuple):
    """A page, what of it is told, and what a reader did there."""

    path: str
    part: str = "article"
    done: Callable[[Page], None] = lambda page: None
    phone: bool = True


def board(page: Page) -> None:
    page.locator("#bang-vai-tro").select_option(index=2)
    page.locator("#bang-khai-mac").fill("2026-12-17")
    page.locator("#bang-khai-mac").blur()
    expect(page.locator("#hom-nay")).to_be_visible()


def programme(page: Page) -> None:
    page.locator("summary", has_text="Lập từ mẫu gợi ý").click()
    page.get_by_role("button", name="Chuyên đề").click()
    expect(page.locator(".hd-total")).to_contain_text("Cộng ")


def draft(page: Page) -> None:
    page.locator("#dan-du-thao").fill(
        "NGHỊ QUYẾT\nVề việc phân bổ dự toán\nCăn cứ Luật Ngân sách nhà nước;\nĐiều 1. Phân bổ."
    )
    page.get_by_role("button", name="Soát phần đã dán").click()
    expect(page.locator("#ket-qua")).to_be_focused()
    # The draft itself is drawn after the list.
    expect(page.locator(".hd-draft__line").first).to_be_visible()


def votes(page: Page) -> None:
    page.evaluate(FILL, {"titles": TITLES[:2], "delegates": "25"})
    page.reload()
    expect(page.locator("[data-hd-vote-table] tbody tr").first.get_by_role("textbox").first).to_be_visible()


def exercise(page: Page) -> None:
    page.locator(".hd-choose").first.check()
    page.get_by_role("button", name="Trả lời", exact=True).click()


def sharing(page: Page) -> None:
    page.locator(".hd-share-open").press("Enter")
    expect(page.locator("#hd-share")).to_be_visible()


def search(page: Page) -> None:
    page.get_by_role("button", name="Tìm kiếm").press("Enter")
    page.locator("[data-md-component=search-query]").fill("tham tra")
    expect(page.locator(".md-search-result__item").first).to_be_visible()


SCENES = {
    "bang-tien-do": Scene("tra-cuu/tien-do/", "[data-hd-board]", board),
    "lap-chuong-trinh": Scene("tra-cuu/chuong-trinh/", "[data-hd-programme]", programme),
    "soat-du-thao": Scene("tra-cuu/soat-loi-du-thao/", "[data-hd-draft]", draft),
    "bang-bieu-quyet": Scene("danh-muc/dm15/", "[data-hd-vote-table]", votes),
    "lop-hoc": Scene("dai-bieu-moi/lop-hoc-40-nguoi/"),
    "phieu-tich": Scene("danh-muc/dm05/", ".hd-round >> nth=0"),
    "bieu-mau-dien-san": Scene("bieu-mau/bm10/", "[data-hd-fill]"),
    "viec-cua-ai": Scene("tra-cuu/viec-cua-ai/"),
    "bai-luyen": Scene("thuc-hanh/th01/", "[data-hd-exercise]", exercise),
    "danh-sach-bai": Scene("thuc-hanh/"),
    "lo-trinh": Scene("moc/mc1/"),
    "tu-ra-soat": Scene("tu-ra-soat/tr-dai-bieu/"),
    "chia-se": Scene("han-che/hc1/", "#hd-share", sharing),
    "danh-muc-noi-dung": Scene("tra-cuu/danh-muc-noi-dung/", "[data-hd-matters]"),
    "ky-hop": Scene("tra-cuu/ky-hop-dang-chuan-bi/"),
    "quy-che": Scene("tra-cuu/moc-quy-che/"),
    "phieu-nghien-cuu": Scene("tra-cuu/phieu-nghien-cuu/"),
    "rut-kinh-nghiem": Scene("tra-cuu/rut-kinh-nghiem/"),
    "tim-kiem": Scene("", "[data-md-component=search]", search),
    "dau-trang": Scene("han-che/hc1/", ".md-header"),
    "trang-dau": Scene("", "body", phone=False),
    "buoc": Scene("ky-hop/b4/"),
    "vai-tro": Scene("vai-tro/thuong-truc/"),
    "phieu": Scene("danh-muc/dm05/", phone=False),
    "bieu-mau": Scene("bieu-mau/bm01/"),
    "han-che": Scene("han-che/hc1/"),
    "giai-phap": Scene("giai-phap/gp2/"),
    "luat": Scene("can-cu/luat-72-2025/"),
    "loai-nghi-quyet": Scene("loai-nghi-quyet/ln01/"),
    "ban-do": Scene("tra-cuu/ban-do/"),
    "sai-dia-chi": Scene("404.html"),
}


def tree(lender: Lender, address: str, scene: Scene) -> str:
    """Return what is told of a scene."""
    context = lender.lend(TODAY, viewport=PHONE if scene.phone else DESKTOP, reduced_motion="reduce",
                          timezone_id="Asia/Ho_Chi_Minh")  # fmt: skip
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{address}/{scene.path}")
    wait_until(page, DONE)
    page.wait_for_load_state("networkidle")
    scene.done(page)
    told = page.locator(scene.part).first.aria_snapshot()
    context.close()
    return told_of(told)


@pytest.mark.parametrize("share", SOME_OR_ALL)
def test_what_is_told_is_what_was_read(lender: Lender, address: str, share: int) -> None:
    other = {}
    for name in some_of(SCENES, share):
        file = FOLDER / f"{name}.yml"
        told = tree(lender, address, SCENES[name])
        if os.environ.get("RENEW_ARIA"):
            file.write_text(told, encoding="utf-8")
        elif told != file.read_text("utf-8"):
            kept = file.read_text("utf-8").splitlines()
            other[name] = [line for line in told.splitlines() if line not in kept][:5] or ["in another order, or less"]
    assert other == {}, "read the difference; then renew (this file's first lines)"


def test_each_file_has_its_scene_and_holds_no_day() -> None:
    files = {file.stem: file.read_text("utf-8") for file in FOLDER.glob("*.yml")}
    assert set(files) == set(SCENES)
    for name, told in files.items():
        assert len(told.splitlines()) > 3, name
        assert not re.search(r"\d", re.sub(r"\[level=\d\]", "", told)), name


def test_a_name_lost_and_a_role_changed_are_seen(lender: Lender, address: str) -> None:
    """Planted: a field loses its label, a heading becomes a paragraph."""
    context = lender.lend(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}/tra-cuu/tien-do/")
    wait_until(page, DONE)
    expect(page.locator("#bang-khai-mac")).to_be_visible()
    before = told_of(page.locator("article").aria_snapshot())
    page.evaluate("document.querySelector('[for=bang-khai-mac]').removeAttribute('for')")
    after = told_of(page.locator("article").aria_snapshot())
    assert after != before
    page.evaluate("document.querySelector('article h2').setAttribute('role', 'paragraph')")
    assert told_of(page.locator("article").aria_snapshot()) != after
    context.close()
