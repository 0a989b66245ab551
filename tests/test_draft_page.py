"""The page of the draft check: chosen, pasted or dropped; read on the device; forgotten unless asked to keep."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from knowledge.draft_samples import draft_text
from knowledge.records.signs import DraftSample
from tests.browsing import accessibility_faults, wait_until

PAGE = "tra-cuu/soat-loi-du-thao/"
EXAMPLE = Path("knowledge/draft_example.txt")


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    opened = context.new_page()
    opened.goto(f"{address}/{PAGE}")
    expect(opened.get_by_role("button", name="Chọn tệp")).to_be_visible()
    return opened


def pasted(page: Page, words: str) -> None:
    page.locator("#dan-du-thao").fill(words)
    page.get_by_role("button", name="Soát phần đã dán").click()
    expect(page.locator("#ket-qua")).to_be_focused()
    expect(page.locator("[data-sign]")).to_have_count(told(page))


def told(page: Page) -> int:
    """How many places the heading tells of: the list is drawn in slices below it."""
    number = re.search(r"\d+", page.locator("#ket-qua").inner_text())
    return int(number[0]) if number else 0


def signs(page: Page) -> list[str]:
    found: list[str] = page.locator("[data-sign]").evaluate_all("all => all.map(one => one.dataset.sign)")
    return found


def test_a_pasted_draft_is_shown_beside_what_was_found(page: Page, root: Path) -> None:
    pasted(page, (root / EXAMPLE).read_text("utf-8"))
    found = signs(page)
    assert "sl-tong-lech" in found and "sl-co-quan-huyen" in found
    numbered = page.locator(".hd-draft__quote").count()
    assert numbered > 0
    expect(page.locator(".hd-found-here__number")).to_have_count(numbered)
    # From the list to the place and back, by keys alone.
    quote = page.locator("[data-sign=sl-tong-lech] .hd-draft__quote")
    quote.focus()
    page.keyboard.press("Enter")
    number = page.locator(":focus")
    expect(number).to_have_class(re.compile("hd-found-here__number"))
    assert "12.500" in number.evaluate("one => one.parentElement.textContent")
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("data-sign") == "sl-tong-lech"


ORDER = """() => new Promise((resolve) => {
  const seen = [];
  new MutationObserver(() => {
    const now = [!!document.querySelector("[data-sign]"), !!document.querySelector(".hd-found-here__number")].join();
    if (seen[seen.length - 1] !== now) seen.push(now);
    if (now === "true,true") resolve(seen);
  }).observe(document, { subtree: true, childList: true });
  [...document.querySelectorAll("button")].find((one) => one.textContent === "Soát phần đã dán").click();
})"""


def test_the_list_is_shown_before_the_draft_is_drawn(page: Page, root: Path) -> None:
    page.locator("#dan-du-thao").fill((root / EXAMPLE).read_text("utf-8"))
    assert page.evaluate(ORDER)[-2:] == ["true,false", "true,true"]


def test_who_prints_or_goes_to_a_place_at_once_finds_the_draft_drawn(page: Page, root: Path) -> None:
    """A page that is not looked at draws no frames: what waits for one must not be waited for."""
    page.evaluate("() => { window.requestAnimationFrame = () => 0; }")
    drawn = """async (ask) => {
      const list = document.querySelector(".hd-draft__list");
      await new Promise((resolve) => {
        new MutationObserver(resolve).observe(list, { childList: true });
        [...document.querySelectorAll("button")].find((one) => one.textContent === "Soát phần đã dán").click();
      });
      const many = (selector) => document.querySelectorAll(selector).length;
      const before = [many("[data-sign]"), many(".hd-found-here__number")];
      if (ask === "print") window.dispatchEvent(new Event("beforeprint"));
      else document.querySelector(".hd-draft__quote").click();
      return [before, many("[data-sign]"), many(".hd-found-here__number") === many(".hd-draft__quote")];
    }"""
    page.locator("#dan-du-thao").fill((root / EXAMPLE).read_text("utf-8"))
    assert page.evaluate(drawn, "print") == [[5, 0], told(page), True]
    page.reload()
    page.evaluate("() => { window.requestAnimationFrame = () => 0; }")
    page.locator("#dan-du-thao").fill((root / EXAMPLE).read_text("utf-8"))
    assert page.evaluate(drawn, "place") == [[5, 0], told(page), True]


AT_THE_TOP = """async box => {
  // What came into view is drawn with the next frame.
  for (let frame = 0; frame < 2; frame += 1) await new Promise(done => requestAnimationFrame(done));
  const top = box.getBoundingClientRect().top;
  const line = [...box.children].find(one => one.getBoundingClientRect().bottom > top);
  return [line.textContent, line.getBoundingClientRect().top - top];
}"""


@pytest.mark.parametrize("to", [150, 300, 600])
def test_who_sets_aside_keeps_the_list_and_the_place_in_the_draft(page: Page, root: Path, to: int) -> None:
    """The list is whole at once where the reader is within it, and the draft stays where it was read."""
    page.set_viewport_size({"width": 1366, "height": 500})
    pasted(page, (root / EXAMPLE).read_text("utf-8"))
    box = page.locator(".hd-draft__text")
    expect(page.locator(".hd-found-here__number")).to_have_count(page.locator(".hd-draft__quote").count())
    found = told(page)
    assert found > 7
    box.evaluate("(one, to) => { one.scrollTop = to; }", to)
    line, below = box.evaluate(AT_THE_TOP)
    after = page.evaluate(
        """() => {
          document.querySelector("#nhac-7").querySelector(".md-button").click();
          return [document.querySelectorAll("[data-sign]").length, document.activeElement.id];
        }"""
    )
    assert after == [found - 1, "nhac-7"]
    expect(page.locator(".hd-found-here__number")).to_have_count(page.locator(".hd-draft__quote").count())
    now, now_below = box.evaluate(AT_THE_TOP)
    # Of a line and of a table whose marks are fewer the words are the same.
    assert re.sub(r"\d", "", now) == re.sub(r"\d", "", line) and abs(now_below - below) <= 1


DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const dropped = new DataTransfer();
  dropped.items.add(new File([bytes], name));
  window.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
}"""


def drop(page: Page, name: str, content: bytes) -> None:
    page.evaluate(DROP, [name, base64.b64encode(content).decode()])


LONG = "\n".join(f"Dòng {number}: giao Phòng Tài chính - Kế hoạch huyện rà soát, báo cáo." for number in range(4000))


def test_who_stops_a_second_look_keeps_the_first_draft(page: Page, root: Path) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    pasted(page, (root / EXAMPLE).read_text("utf-8"))
    before, number = signs(page), told(page)
    page.evaluate(
        """() => {
          const work = document.querySelector(".hd-draft-work");
          window.stopped = new Promise((resolve) => {
            new MutationObserver(() => {
              if (work.hidden) return;
              work.querySelector("button").click();
              resolve();
            }).observe(work, { attributes: true });
          });
        }"""
    )
    drop(page, "hai.txt", "\n".join([LONG] * 4).encode())
    page.evaluate("window.stopped")
    expect(page.locator("#ket-qua")).to_be_focused()
    page.locator("#nhac-3").get_by_role("button", name="Không phải lỗi").click()
    assert signs(page) == before[:2] + before[3:] and told(page) == number - 1
    expect(page.locator("#nhac-3")).to_be_focused()
    assert "12.500" in page.locator(".hd-draft__text").inner_text() and wrong == []


def test_the_marks_of_one_draft_never_lead_into_the_list_of_another(page: Page, root: Path) -> None:
    """Nor to what has another number by now."""
    pasted(page, (root / EXAMPLE).read_text("utf-8"))
    expect(page.locator(".hd-found-here__number")).to_have_count(page.locator(".hd-draft__quote").count())
    number = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.hd-found-here__number')].map((one) => +one.textContent))"
    )
    assert number > 2
    same = page.evaluate(
        """(number) => {
          const titleOf = (item) => item.querySelector("strong").textContent.replace(/^\\d+/, "");
          const meant = titleOf(document.getElementById(`nhac-${number}`));
          document.querySelector("#nhac-1 .md-button").click();
          document.getElementById(`cho-${number}`).click();
          return [meant, titleOf(document.activeElement)];
        }""",
        number,
    )
    assert same[0] == same[1]
    page.evaluate(
        """() => {
          window.requestAnimationFrame = () => 0;
          const box = document.querySelector(".hd-draft__text");
          window.seen = new Promise((resolve) => {
            new MutationObserver(() => resolve(box.textContent)).observe(document.querySelector(".hd-draft__list"), { childList: true });
          });
        }"""
    )
    drop(page, "hai.txt", LONG.encode())
    assert page.evaluate("window.seen") == ""


def test_the_last_item_set_aside_does_not_draw_the_draft(page: Page, root: Path) -> None:
    page.evaluate("() => { window.requestAnimationFrame = () => 0; }")
    page.locator("#dan-du-thao").fill((root / EXAMPLE).read_text("utf-8"))
    left = page.evaluate(
        """async () => {
          const list = document.querySelector(".hd-draft__list");
          await new Promise((resolve) => {
            new MutationObserver(resolve).observe(list, { childList: true });
            [...document.querySelectorAll("button")].find((one) => one.textContent === "Soát phần đã dán").click();
          });
          const next = () => list.querySelector("li .md-button");
          while (next()) next().click();
          return [list.children.length, document.querySelectorAll(".hd-draft__line").length, document.activeElement.id];
        }"""
    )
    assert left == [0, 0, "ket-qua"]


def test_what_is_dropped_leaves_no_word_in_the_page(page: Page, root: Path) -> None:
    pasted(page, (root / EXAMPLE).read_text("utf-8"))
    page.get_by_role("button", name="Soát dự thảo khác").click()
    page.get_by_role("button", name="Bỏ", exact=True).click()
    left = page.evaluate("document.querySelector('.hd-draft').textContent")
    assert "Ví Dụ" not in left and "12.500" not in left and "chỗ nên đọc lại" not in left


IDLE = """window.idle = { asked: 0, had: 0 };
const plain = window.requestIdleCallback;
window.requestIdleCallback = (act, options) => {
  window.idle.asked += 1;
  return plain((deadline) => {
    act(deadline);
    window.idle.had += 1;
  }, options);
};"""
"""Counts the moments of idleness that a page asked for and those that it had."""


def test_what_is_made_ready_before_is_neither_shown_nor_kept(page: Page) -> None:
    page.add_init_script(IDLE)
    page.reload()
    # Each stage asks for the next moment of idleness: nothing is asked for when all is ready.
    wait_until(page, "window.idle.asked > 5 && window.idle.asked === window.idle.had")
    assert signs(page) == [] and page.locator("#ket-qua").is_hidden()
    assert page.evaluate("Object.keys(localStorage).filter((one) => one.includes('draft'))") == []


def test_who_stops_leaves_no_word_behind(page: Page) -> None:
    times = page.evaluate(
        """async () => {
          const { remembered } = await import(`${location.pathname.split("tra-cuu/")[0]}assets/scripts/draft/words.js`);
          let times = 0;
          const work = remembered(() => [(times += 1)]);
          work("a");
          document.querySelector(".hd-draft-work button").click();
          work("a");
          return times;
        }"""
    )
    assert times == 2


def test_what_is_no_fault_is_set_aside_and_comes_back(page: Page, root: Path) -> None:
    pasted(page, (root / EXAMPLE).read_text("utf-8"))
    before = signs(page)
    page.locator("[data-sign]").first.get_by_role("button", name="Không phải lỗi").click()
    assert len(signs(page)) == len(before) - 1
    page.get_by_role("button", name="Hiện lại").click()
    assert signs(page) == before


def test_another_answer_changes_what_is_looked_for(page: Page) -> None:
    words = draft_text(
        DraftSample(
            kind="LN01", parts={"effect": "Điều 3. Nghị quyết này có hiệu lực sau 10 ngày kể từ ngày thông qua."}
        )
    )
    pasted(page, words)
    assert "sl-hieu-luc-10-ngay" in signs(page)
    page.get_by_label("Nghị quyết về việc gì?").select_option("LN21")
    expect(page.locator("[data-sign=sl-quy-pham-thieu-nam]")).to_have_count(1)
    assert "sl-hieu-luc-10-ngay" not in signs(page)


def test_nothing_is_kept_unless_asked(page: Page, root: Path) -> None:
    pasted(page, (root / EXAMPLE).read_text("utf-8"))
    assert "Phòng Tài chính" not in page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
    page.reload()
    expect(page.get_by_role("button", name="Chọn tệp")).to_be_visible()
    expect(page.locator("#ket-qua")).to_be_hidden()
    pasted(page, (root / EXAMPLE).read_text("utf-8"))
    found = signs(page)
    page.get_by_label("Giữ dự thảo này trên máy").check()
    page.reload()
    expect(page.locator("#ket-qua")).to_be_visible()
    assert signs(page) == found
    page.get_by_label("Giữ dự thảo này trên máy").uncheck()
    assert "Phòng Tài chính" not in page.evaluate("JSON.stringify(localStorage)")


def test_a_file_is_read_and_nothing_is_sent(page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    file = tmp_path / "du-thao.txt"
    file.write_text(draft_text(DraftSample(parts={"recipients": "Nơi nhận:\n- UBND huyện;\n- Lưu: VT."})), "utf-8")
    page.locator("#tep-du-thao").set_input_files(file)
    expect(page.locator("[data-sign=sl-noi-nhan-huyen]")).to_have_count(1)
    assert asked == [], "what the page needs is there before a file is chosen"


def test_a_secret_text_is_not_read(page: Page, root: Path) -> None:
    page.locator("#dan-du-thao").fill("MẬT\n" + (root / EXAMPLE).read_text("utf-8"))
    page.get_by_role("button", name="Soát phần đã dán").click()
    expect(page.get_by_role("alert").filter(has_text="MẬT")).to_be_visible()
    assert page.locator("#dan-du-thao").input_value() == ""
    assert page.locator(".hd-draft__line").count() == 0


def test_what_was_found_is_noted_on_the_sheet_of_the_kind(page: Page) -> None:
    pasted(page, draft_text(DraftSample(kind="LN01", parts={"recipients": "Nơi nhận:\n- UBND huyện;\n- Lưu: VT."})))
    page.get_by_role("button", name="Mở phiếu, ghi sẵn").filter(has_text="nội dung một nghị quyết").click()
    page.wait_for_url("**/danh-muc/dm04/")
    noted_on = "[...document.querySelectorAll('.hd-items .hd-value')].some(one => one.value.includes('Soát dự thảo'))"
    wait_until(page, noted_on)
    values = page.locator(".hd-items .hd-value").evaluate_all("all => all.map(one => one.value)")
    noted = [value for value in values if "Soát dự thảo" in value and "UBND huyện" in value]
    assert len(noted) == 1, "in the one item that serves most"
    expect(page.get_by_text("Mục mới")).to_have_count(0)


@pytest.mark.corner
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_fault(browser: Browser, address: str, root: Path, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme, service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/{PAGE}")
    pasted(page, (root / EXAMPLE).read_text("utf-8"))
    assert accessibility_faults(page) == []
    context.close()


def test_it_fits_a_phone(page: Page, root: Path) -> None:
    pasted(page, (root / EXAMPLE).read_text("utf-8"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.locator("[data-hd-draft] button:visible").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 24).map(one => one.textContent)"
    )
    assert small == []


def test_the_paper_has_the_list_and_what_it_is_not(page: Page, root: Path) -> None:
    pasted(page, (root / EXAMPLE).read_text("utf-8"))
    page.emulate_media(media="print")
    expect(page.get_by_text("Gợi ý cho người soạn; không thay")).to_be_visible()
    expect(page.locator("[data-sign]").first).to_be_visible()
    for hidden in (".hd-draft__text", ".hd-draft [data-sign] button.hd-button", ".hd-drop"):
        assert not any(one.is_visible() for one in page.locator(hidden).all()), hidden
