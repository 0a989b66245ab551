"""Printed from the dark look: black on white all the same, whatever chose the dark and whatever page it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import DESKTOP

# How dark each text is that paper shows: against white, for printers that leave grounds out, and against its own
# ground. Fields, drawings and what stands in a button count as all else.
FAINT = r"""() => {
  const parse = (text) => { const n = text.match(/[\d.]+/g).map(Number); return [n[0], n[1], n[2], n[3] ?? 1]; };
  const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const light = (colour) => {
    const [r, g, b] = colour.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const WHITE = [255, 255, 255, 1];
  const groundOf = (element) => {
    const grounds = [];
    for (let e = element; e; e = e.parentElement) grounds.push(parse(getComputedStyle(e).backgroundColor));
    return grounds.reduceRight((below, one) => over(one, below), WHITE);
  };
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const faint = [];
  let count = 0;
  const look = (element, text, colour) => {
    count += 1;
    const worst = Math.min(...[WHITE, groundOf(element)].map((ground) => ratio(over(parse(colour), ground), ground)));
    if (worst < 4.5) faint.push(`${worst.toFixed(2)}: ${element.tagName}.${element.className} ${text.trim().slice(0, 30)}`);
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const [text, element] = [walk.currentNode.data, walk.currentNode.parentElement];
    const range = document.createRange();
    range.selectNode(walk.currentNode);
    const box = range.getBoundingClientRect();
    if (!text.trim() || box.width < 2 || box.height < 2 || !seen(element)) continue;
    const style = getComputedStyle(element);
    look(element, text, element.closest("svg") ? style.fill : style.color);
  }
  for (const field of document.querySelectorAll("input, select, textarea")) {
    if (seen(field)) look(field, "", getComputedStyle(field).color);
  }
  const paper = [document.documentElement, document.body].map((e) => getComputedStyle(e));
  for (const { backgroundColor, colorScheme } of paper) {
    if (ratio(parse(backgroundColor), WHITE) > 1.01 || colorScheme.includes("dark")) faint.push("the paper is dark");
  }
  return [count, faint];
}"""


@pytest.fixture(scope="module", params=[False, True], ids=["system", "button"])
def by_button(request: pytest.FixtureRequest) -> bool:
    """Whether the reader chose the dark; else the device did."""
    return bool(request.param)


@pytest.fixture(scope="module")
def dark(by_button: bool, browser: Browser, address: str) -> Iterator[Page]:
    """A page in the dark look."""
    context = browser.new_context(
        viewport=DESKTOP, service_workers="block", color_scheme="light" if by_button else "dark"
    )
    page = context.new_page()
    if by_button:
        page.goto(f"{address}/")
        page.locator("label[for=__palette_1]").click()
    page.goto(f"{address}/han-che/hc1/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    yield page
    context.close()


# Pages of which there is only one, or that look unlike their neighbours.
SINGLE = [
    "", "404.html", "danh-muc/", "tra-cuu/ky-hop-dang-chuan-bi/", "tra-cuu/phieu-nghien-cuu/", "tra-cuu/rut-kinh-nghiem/",
    "tra-cuu/moc-quy-che/", "tra-cuu/thuat-ngu/", "tra-cuu/tb183/", "tra-cuu/doi-chieu/", "tra-cuu/viet-bai/", "tra-cuu/ban-do/",
]  # fmt: skip


@pytest.mark.full
def test_every_kind_of_page_is_dark_on_white(dark: Page, site: Path, address: str, by_button: bool) -> None:
    records = [
        f"{folder.name}/{min(path.parent.name for path in folder.glob('*/index.html'))}/"
        for folder in sorted(site.iterdir())
        if folder.name != "tra-cuu" and list(folder.glob("*/index.html"))
    ]
    assert len(records) >= 13
    faults = {}
    # Who chose the dark matters to the first pages as much as to all.
    for name in SINGLE[:2] + records[:1] if by_button else SINGLE + records:
        dark.goto(f"{address}/{name}")
        dark.emulate_media(media="print")
        count, faint = dark.evaluate(FAINT)
        assert count > 5, name
        if faint:
            faults[name] = faint[:3]
        dark.emulate_media(media="null")
    assert faults == {}


@pytest.mark.parametrize("name", ["", "han-che/hc1/", "danh-muc/dm05/"])
@pytest.mark.full
def test_no_frame_and_no_dark_ground_with_background_graphics(
    dark: Page, address: str, name: str, tmp_path: Path
) -> None:
    dark.goto(f"{address}/{name}")
    dark.pdf(path=tmp_path / "page.pdf", print_background=True, prefer_css_page_size=True)
    for page in pypdfium2.PdfDocument(tmp_path / "page.pdf"):
        picture = page.render(scale=0.5).to_pil().convert("L")
        edge = [picture.getpixel((x, y)) for x in (1, picture.width - 2) for y in (1, picture.height - 2)]
        assert edge == [255] * 4, "a frame round the page"
        black = sum(picture.histogram()[:128]) / (picture.width * picture.height)
        assert black < 0.15, f"{black:.0%} of the page is dark"


def test_the_button_just_pressed_prints_like_all_others(dark: Page, address: str) -> None:
    dark.goto(f"{address}/danh-muc/dm05/")
    dark.locator("article .md-button").first.focus()
    dark.emulate_media(media="print")
    count, faint = dark.evaluate(FAINT)
    dark.emulate_media(media="null")
    assert count > 5 and faint == []
