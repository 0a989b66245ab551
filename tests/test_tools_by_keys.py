"""Each tool by keys alone: every control is a stop, in the order in which it stands, seen, and left again.

What each tool does with its keys is tested beside the tool; here the way through it, and tools that had no such test.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import DESKTOP, DONE, add_style, wait_until
from tests.lending import Lender
from tests.sample import SOME_OR_ALL, some_of
from tests.test_accessibility_tree import SCENES, TODAY, votes
from tests.test_matters import LINES

TOOLS = [
    "bang-tien-do", "lap-chuong-trinh", "soat-du-thao", "bang-bieu-quyet", "lop-hoc", "phieu-tich",
    "bieu-mau-dien-san", "viec-cua-ai", "bai-luyen", "danh-sach-bai", "lo-trinh", "tu-ra-soat", "danh-muc-noi-dung",
    "ky-hop", "quy-che", "phieu-nghien-cuu", "rut-kinh-nghiem",
]  # fmt: skip

# What the focus is on: its number among all controls of the article, whether anything shows that, its name.
AT = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || !at.closest("article")) return null;
  const style = getComputedStyle(at);
  // The button for the calendar or the clock lies in the field; the browser itself shows that it has the focus.
  const shows = ["date", "time"].includes(at.type) && !at.matches(":focus") || style.outlineStyle === "auto" || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none";
  const box = at.getBoundingClientRect();
  const inside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  return [window.controls().indexOf(at), shows, inside, at.outerHTML.slice(0, 90)];
}"""
# Everything that can be pressed or filled in; of radio buttons of one name the chosen or the first.
CONTROLS = """() => {
  const one = (box) => {
    const group = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(box.name)}"]`)];
    return box === (group.find((other) => other.checked) || group[0]);
  };
  window.controls = () => [...document.querySelectorAll("article :is(a[href], button, input, select, textarea, summary, [tabindex='0'])")]
    .filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length
      && (e.type !== "radio" || !e.name || one(e)));
  return window.controls().length;
}"""


def begin(page: Page) -> int:
    """Stand before the article's first control. Return how many there are."""
    count: int = page.evaluate(CONTROLS)
    page.evaluate("""() => {
      document.activeElement.blur();
      const before = document.querySelector("article");
      before.tabIndex = -1;
      before.focus();
      before.removeAttribute("tabindex");
    }""")
    return count


def faults_on_the_way(page: Page) -> list[str]:
    """Go through an article by Tab, and say what is wrong on the way."""
    count = begin(page)
    assert count > 0
    last, seen, faults = -1, set(), []
    for _ in range(3 * count + 20):
        page.keyboard.press("Tab")
        told = page.evaluate(AT)
        if told is None:
            break
        number, shows, inside, name = told
        # A date has three stops, and a button, in one field.
        if number < last:
            faults.append(f"goes back to {name}")
        if number < 0:
            faults.append(f"no control: {name}")
        faults += [] if shows else [f"unseen: {name}"]
        faults += [] if inside else [f"out of the window: {name}"]
        last = number
        seen.add(number)
    else:
        faults.append("no way out")
    left = sorted(set(range(count)) - seen)
    if left:
        faults.append(
            f"not reached: {page.evaluate('all => all.map(n => window.controls()[n].outerHTML.slice(0, 70))', left[:3])}"
        )
    return faults[:5]


@pytest.mark.parametrize("share", SOME_OR_ALL)
def test_each_tool_is_gone_through_by_tab(lender: Lender, address: str, share: int) -> None:
    faults = {}
    for name in some_of(TOOLS, share):
        context = lender.lend(TODAY, viewport=DESKTOP, reduced_motion="reduce", timezone_id="Asia/Ho_Chi_Minh")
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto(f"{address}/{SCENES[name].path}")
        wait_until(page, DONE)
        page.wait_for_load_state("networkidle")
        SCENES[name].done(page)
        if told := faults_on_the_way(page):
            faults[name] = told
        context.close()
    assert faults == {}


@pytest.mark.full
@pytest.mark.parametrize(
    ("plant", "fault"),
    [
        (
            "document.querySelector('#bang-loai').addEventListener('keydown', e => {"
            " e.preventDefault(); document.querySelector('#bang-vai-tro').focus(); })",
            "goes back to",
        ),
        ("document.querySelector('#bang-khai-mac').addEventListener('keydown', e => e.preventDefault())", "no way out"),
        ("document.querySelector('article select').tabIndex = 5", "not reached"),
        ("add", "unseen"),
    ],
)
def test_each_fault_on_the_way_is_seen(lender: Lender, address: str, plant: str, fault: str) -> None:
    context = lender.lend(TODAY, viewport=DESKTOP, reduced_motion="reduce", timezone_id="Asia/Ho_Chi_Minh")
    page = context.new_page()
    page.goto(f"{address}/tra-cuu/tien-do/")
    wait_until(page, DONE)
    page.wait_for_load_state("networkidle")
    if plant == "add":
        add_style(page, "article :focus-visible { outline: none !important; box-shadow: none !important }")
    else:
        page.evaluate(plant)
    told = faults_on_the_way(page)
    context.close()
    assert [one for one in told if fault in one], told


@pytest.fixture
def page(lender: Lender, address: str) -> Page:
    context = lender.lend(TODAY, viewport=DESKTOP, reduced_motion="reduce", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(10_000)
    return context.new_page()


def test_the_table_of_votes_by_keys(page: Page, address: str) -> None:
    page.goto(f"{address}/danh-muc/dm15/")
    votes(page)
    row = page.locator("[data-hd-vote-table] tbody tr").first
    tick = row.get_by_role("checkbox").first
    tick.focus()
    page.keyboard.press("Space")
    expect(tick).to_be_checked()
    expect(tick).to_be_focused()
    for number in ("20", "18", "2", "0"):
        field = row.get_by_role("textbox").nth(
            ("20", "18", "2", "0").index(number) + row.get_by_role("textbox").count() - 4
        )
        field.focus()
        page.keyboard.type(number)
        page.keyboard.press("Tab")
        expect(field).to_have_value(number)
    expect(row).to_contain_text("Thông qua")
    assert not page.evaluate("document.activeElement === document.body"), "the focus is kept"
    page.context.close()


def test_the_list_of_matters_by_keys(page: Page, address: str) -> None:
    page.goto(f"{address}/tra-cuu/danh-muc-noi-dung/")
    field = page.locator("[data-hd-matters] textarea").first
    field.focus()
    page.keyboard.insert_text(LINES)
    page.get_by_role("button", name="Thêm vào danh mục", exact=True).focus()
    page.keyboard.press("Enter")
    wait_until(page, "[...document.querySelectorAll('[role=status]')].some(one => one.textContent.includes('Đã thêm'))")
    titles = page.locator("[data-hd-matters] :is(input, textarea)").evaluate_all("all => all.map(one => one.value)")
    assert "Đề án đặt tên đường" in titles
    assert not page.evaluate("document.activeElement === document.body"), "the focus is kept"
    # The next one up, by its button; the focus goes along.
    up = page.get_by_role("button", name="Đưa lên: Đề án đặt tên đường")
    up.focus()
    page.keyboard.press("Enter")
    wait_until(
        page, "[...document.querySelectorAll('[role=status]')].some(one => one.textContent.includes('đã chuyển'))"
    )
    expect(page.get_by_role("button", name="Đưa lên: Đề án đặt tên đường")).to_be_focused()
    page.context.close()


def test_the_sitting_by_keys(page: Page, address: str) -> None:
    page.goto(f"{address}/tra-cuu/ky-hop-dang-chuan-bi/")
    name = page.locator("#ky-hop-hdnd")
    name.focus()
    page.keyboard.type("xã Ví Dụ")
    page.keyboard.press("Tab")
    expect(page.locator("#ky-hop-khoa")).to_be_focused()
    expect(page.locator(".hd-status").first).to_contain_text("Đã ghi")
    page.reload()
    expect(name).to_have_value("xã Ví Dụ")
    page.context.close()


def test_the_own_review_by_arrows(page: Page, address: str) -> None:
    """Levels of a question are one stop; arrows choose among them."""
    page.goto(f"{address}/tu-ra-soat/tr-dai-bieu/")
    first = page.locator(".hd-option input[type=radio]").first
    first.focus()
    page.keyboard.press("Space")
    expect(first).to_be_checked()
    page.keyboard.press("ArrowDown")
    second = page.locator(".hd-option input[type=radio]").nth(1)
    expect(second).to_be_checked()
    expect(second).to_be_focused()
    wait_until(page, "[...document.querySelectorAll('[role=status]')].some(one => one.textContent.includes('1/8'))")
    page.context.close()
