"""Sharing: previews with a picture, a button that copies, an icon on the device."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from selectolax.lexbor import LexborHTMLParser

from knowledge.addresses import Form, page_url
from knowledge.records.knowledge_base import KnowledgeBase
from papers.cache import PaperCache
from papers.pdf.share import SIZE, picture_data, picture_name, picture_png, share_files
from papers.pdf.sheets import MissingLetter
from scripts.icons import ICONS, icons
from tests.browsing import PHONE, accessibility_faults, wait_until
from tests.conftest import PUBLIC, ROOT
from tests.lending import Lender


def previews(site: Path) -> Iterator[tuple[str, LexborHTMLParser, dict[str, str]]]:
    for file in sorted(site.rglob("*.html")):
        tree = LexborHTMLParser(file.read_text("utf-8"))
        found = {
            node.attributes["property"] or "": node.attributes["content"] or "" for node in tree.css("meta[property]")
        }
        yield file.relative_to(site).as_posix(), tree, found


def test_every_page_has_a_preview_with_its_own_picture(public: Path) -> None:
    titles: dict[str, str] = {}
    pictures: set[str] = set()
    count = 0
    for name, tree, found in previews(public):
        if name == "404.html":
            assert "og:title" not in found, "a wrong address is not worth sharing"
            continue
        count += 1
        canonical = tree.css_first("link[rel=canonical]")
        assert canonical and canonical.attributes["href"] == found["og:url"], name
        assert found["og:url"].startswith(PUBLIC) and found["og:locale"] == "vi_VN"
        assert found["og:title"] and found["og:title"] not in titles, (name, found["og:title"])
        titles[found["og:title"]] = name
        assert len(found["og:description"]) > 20, name
        assert found["og:image"].startswith(f"{PUBLIC}tai-ve/anh/"), name
        picture = public / found["og:image"].removeprefix(PUBLIC)
        head = picture.read_bytes()[:24]
        assert struct.unpack(">II", head[16:24]) == SIZE, name
        pictures.add(picture.name)
    assert count > 100 and len(pictures) == count, "one picture for each page"
    assert {p.name for p in (public / "tai-ve/anh").iterdir()} == pictures, "no picture too many"


@pytest.mark.parametrize("form", ["directory", "file"])
def test_a_page_names_the_picture_that_is_made_for_it(kb: KnowledgeBase, form: Form) -> None:
    template = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "overrides"))
    template.filters["url"] = str
    config = {"site_url": PUBLIC, "site_name": "Sổ tay", "extra": {"offline": False}}
    for uri in kb.pages:
        page = {"url": page_url(uri, form), "canonical_url": PUBLIC, "title": "Tên", "meta": {}}
        shown = template.get_template("partials/sharing.html").render(config=config, page=page)
        assert f'content="{PUBLIC}tai-ve/anh/{picture_name(uri)}"' in shown, uri


def test_a_sheet_is_described_by_its_own_goal(public: Path, kb: KnowledgeBase) -> None:
    described = {found["og:title"]: found["og:description"] for _n, _t, found in previews(public) if found}
    for sheet in kb.checklists.values():
        assert described[f"{sheet.title} {sheet.id}"] == sheet.goal


def test_hostile_text_stays_text_in_previews(public: Path) -> None:
    for name, tree, found in previews(public):
        if name == "ky-hop/b4/index.html":
            assert found["og:description"].startswith('Nói "rõ" ý. ">')
            assert [s for s in tree.css("script") if "alert(1)" in s.text()] == []
            return
    raise AssertionError("no page of B4")


def test_without_a_public_address_there_are_no_pictures(site: Path) -> None:
    assert not (site / "tai-ve/anh").exists()
    assert "og:" not in (site / "index.html").read_text("utf-8")


@pytest.mark.full
def test_pictures_keep_their_text_within_its_room(kb: KnowledgeBase) -> None:
    """The longest title ends above the foot; nothing runs out at the sides."""
    files = dict(share_files(kb, PaperCache(None)))
    assert len(files) == len(kb.pages)
    for name, content in files.items():
        picture = Image.open(io.BytesIO(content)).convert("L")
        assert picture.size == SIZE
        for free in ((0, 466, 1200, 505), (0, 20, 66, 630), (1134, 20, 1200, 630)):
            assert picture.crop(free).getextrema() == (255, 255), (name, free)
        assert picture.crop((72, 148, 1128, 464)).getextrema()[0] < 100, f"{name}: no title"


def test_a_picture_shows_its_title_and_refuses_letters_it_lacks(kb: KnowledgeBase) -> None:
    page = kb.pages["han-che/hc1.md"]
    data = picture_data(kb, page)
    assert data["page"]["code"] == "HC1" and picture_name(page.uri) == "han-che-hc1.png"
    assert picture_png(data) != picture_png({**data, "page": {**data["page"], "title": "Tên khác"}})
    with pytest.raises(MissingLetter):
        picture_png({**data, "page": {**data["page"], "title": "Ô ☐ trống"}})


def test_icons_are_those_of_the_mark() -> None:
    drawn = icons()
    for icon in ICONS:
        kept = (ROOT / "docs/assets/images" / icon.name).read_bytes()
        assert kept == drawn[icon.name], f"{icon.name}: run .venv/bin/python -m scripts.icons"
        assert struct.unpack(">II", kept[16:24]) == (icon.side, icon.side)
    mask = Image.open(io.BytesIO(drawn["icon-maskable-512.png"])).convert("RGBA")
    assert mask.getextrema()[3] == (255, 255), "the device cuts it: no hole"
    ground = mask.getpixel((0, 0))
    assert isinstance(ground, tuple)
    for x in range(0, 512, 4):
        for y in range(0, 512, 4):
            if (x - 256) ** 2 + (y - 256) ** 2 > (0.4 * 512) ** 2:
                assert mask.getpixel((x, y)) == ground, "the mark stays in the middle 80 %"


@pytest.mark.corner
def test_the_site_can_be_installed(browser: Browser, address: str, site: Path) -> None:
    manifest = json.loads((site / "manifest.webmanifest").read_text("utf-8"))
    for icon in manifest["icons"]:
        width, height = map(int, icon["sizes"].split("x"))
        head = (site / icon["src"]).read_bytes()[:24]
        assert struct.unpack(">II", head[16:24]) == (width, height)
    context = browser.new_context(service_workers="block")
    opened = context.new_page()
    opened.goto(f"{address}/danh-muc/dm05/")
    session = context.new_cdp_session(opened)
    read = session.send("Page.getAppManifest")
    assert read["errors"] == [] and read["url"] == f"{address}/manifest.webmanifest"
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A headless browser in a private window says so; anything else is ours.
    assert [e["errorId"] for e in errors if e["errorId"] != "in-incognito"] == []
    context.close()


# The button ---------------------------------------------------------------------------------------


@pytest.fixture
def phone(lender: Lender, address: str) -> Iterator[BrowserContext]:
    context = lender.lend(viewport=PHONE, has_touch=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    yield context
    context.close()


def opened_panel(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    page.get_by_role("button", name="Chia sẻ trang này").click()
    return page


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_the_address_is_copied_with_its_place(phone: BrowserContext, address: str) -> None:
    page = opened_panel(phone, f"{address}/danh-muc/dm05/?q=x#chu-the")
    page.get_by_role("button", name="Sao chép địa chỉ").click()
    expect(page.locator("#hd-share [role=status]")).to_contain_text("Đã sao chép địa chỉ")
    assert clipboard(page) == f"{address}/danh-muc/dm05/#chu-the"
    hostile = opened_panel(phone, f'{address}/danh-muc/dm05/#%E0%A4%A"><img src=x onerror=alert(1)>')
    hostile.get_by_role("button", name="Sao chép địa chỉ").click()
    expect(hostile.locator("#hd-share [role=status]")).to_contain_text("Đã sao chép địa chỉ")
    assert clipboard(hostile) == f"{address}/danh-muc/dm05/"


def test_a_sheet_is_copied_whole_as_plain_text(phone: BrowserContext, address: str, kb: KnowledgeBase) -> None:
    page = opened_panel(phone, f"{address}/danh-muc/dm05/")
    page.get_by_role("button", name="Sao chép nội dung").click()
    expect(page.locator("#hd-share [role=status]")).to_contain_text("Đã sao chép nội dung")
    text = clipboard(page)
    sheet = kb.checklists["DM05"]
    assert text.startswith(f"{sheet.title} DM05\n{sheet.goal}\n")
    items = [item for round_ in sheet.rounds for item in round_.items]
    lines = [line for line in text.splitlines() if line.startswith("☐ ")]
    assert len(lines) == len(items) == 15
    assert all(item.text in line for item, line in zip(items, lines, strict=True))
    assert text.endswith(f"\n{address}/danh-muc/dm05/")
    assert "¶" not in text and "In phiếu này" not in text and "\n\n\n" not in text


@pytest.mark.corner
def test_a_long_page_is_cut_between_lines_and_says_where_it_goes_on(phone: BrowserContext, address: str) -> None:
    page = opened_panel(phone, f"{address}/tra-cuu/tb183/")
    page.get_by_role("button", name="Sao chép nội dung").click()
    expect(page.locator("#hd-share [role=status]")).to_contain_text("đã sao chép phần đầu")
    text = clipboard(page)
    assert 1500 < len(text) < 3200
    assert text.endswith(f"… Xem tiếp: {address}/tra-cuu/tb183/")


@pytest.mark.corner
def test_the_device_shares_where_it_can(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, service_workers="block")
    context.add_init_script("navigator.share = async (data) => { window.shared = data; }")
    page = opened_panel(context, f"{address}/han-che/hc1/")
    page.get_by_role("button", name="Gửi qua ứng dụng khác").click()
    assert page.evaluate("window.shared.url") == f"{address}/han-che/hc1/"
    context.close()
    context = browser.new_context(viewport=PHONE, service_workers="block")
    context.add_init_script("delete Navigator.prototype.share")
    page = opened_panel(context, f"{address}/han-che/hc1/")
    expect(page.get_by_role("button", name="Sao chép địa chỉ")).to_be_visible()
    expect(page.get_by_role("button", name="Gửi qua ứng dụng khác")).to_have_count(0)
    context.close()


@pytest.mark.corner
def test_where_copying_is_refused_the_text_is_shown_to_copy_by_hand(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, service_workers="block")
    context.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.execCommand = () => { throw new Error('no'); };"
    )
    page = opened_panel(context, f"{address}/han-che/hc1/")
    page.get_by_role("button", name="Sao chép địa chỉ").click()
    field = page.get_by_label("Nội dung để sao chép")
    expect(field).to_have_value(f"{address}/han-che/hc1/")
    expect(field).to_be_focused()
    context.close()


@pytest.mark.corner
def test_sharing_by_keyboard_alone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
    page = context.new_page()
    page.goto(f"{address}/han-che/hc1/")
    button = page.get_by_role("button", name="Chia sẻ trang này")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Sao chép địa chỉ")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    for _ in range(6):
        page.keyboard.press("Tab")
    expect(page.locator("#hd-share")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.full
def test_the_panel_is_accessible_and_large_enough(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, service_workers="block")  # type: ignore[arg-type]
    page = opened_panel(context, f"{address}/danh-muc/dm05/")
    page.get_by_role("button", name="Sao chép địa chỉ").click()
    wait_until(page, "document.querySelector('.md-search').hasAttribute('aria-label')")
    page.mouse.move(5, 600)
    assert accessibility_faults(page) == []
    sizes = page.eval_on_selector_all(
        ".hd-share-open, #hd-share .md-button",
        "all => all.map(e => [e.getBoundingClientRect().width, e.getBoundingClientRect().height])",
    )
    assert len(sizes) >= 3 and all(min(size) >= 44 for size in sizes), sizes
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    context.close()


def test_without_script_no_button_is_left_dead(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/danh-muc/dm05/")
    assert page.locator(".hd-share-open, #hd-share, .hd-offline, .hd-update").count() == 0
    context.close()
