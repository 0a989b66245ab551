"""A page as text for a chat: the module alone, over small pieces of pages, without a site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from publish.project import ROOT

READER = ROOT / "docs/assets/scripts/everywhere/page-text.js"
ADDRESS = "https://vi-du.vn/danh-muc/dm07/"
TEXT = """async ([html, address, module]) => {
  const article = document.querySelector("article");
  article.innerHTML = html;
  return (await import(module)).pageText(article, address);
}"""

Read = Callable[..., dict[str, Any]]


def reader(page: Page, module: str = "/everywhere/page-text.js") -> Read:
    def read(html: str, address: str = "") -> dict[str, Any]:
        found: dict[str, Any] = page.evaluate(TEXT, [html, address, module])
        return found

    return read


ITEM = '<li class="hd-item"><input type="checkbox"{}><label class="hd-item__name">{}</label></li>'
LONG = "".join(f"<p>{number} {'chữ ' * 24}</p>" for number in range(60))


def blocks_are_lines(read: Read) -> None:
    html = "<h1>Tên\n  trang</h1><p>Một <b>hai</b>\tba</p><div>Bốn<p>Năm</p>Sáu</div>Bảy<br>Tám"
    assert read(html)["text"] == "Tên trang\nMột hai ba\nBốn\nNăm\nSáu\nBảy\nTám"


def headings_have_a_line_before_them(read: Read) -> None:
    assert (
        read("<h1>Trang</h1><h2>Phần</h2><p>Lời</p><h3>Mục</h3><p>Lời</p>")["text"] == "Trang\n\nPhần\nLời\n\nMục\nLời"
    )


def lists_have_signs(read: Read) -> None:
    html = '<ul><li>Một</li><li>Hai</li></ul><ol><li>Ba</li><li>Bốn</li></ol><ol class="hd-cycle"><li>Năm</li></ol>'
    assert read(html)["text"] == "- Một\n- Hai\n1. Ba\n2. Bốn\n- Năm"


def a_sign_stands_before_the_first_line_alone(read: Read) -> None:
    assert read("<ul><li><p>Một</p><p>Hai</p></li></ul><p>Ba</p>")["text"] == "- Một\nHai\nBa"


def items_are_boxes_ticked_or_not(read: Read) -> None:
    html = f'<ol class="hd-items">{ITEM.format("", "1. Xem")}{ITEM.format(" checked", "2. Ghi")}</ol>'
    assert read(html)["text"] == "☐ 1. Xem\n☑ 2. Ghi"


def cells_of_a_row_are_parted(read: Read) -> None:
    html = "<table><tr><th>Việc</th><th>Hạn</th></tr><tr><td>Gửi</td><td>5 ngày</td></tr></table>"
    assert read(html)["text"] == "Việc | Hạn\nGửi | 5 ngày"


def what_is_folded_or_only_for_the_screen_is_left_out(read: Read) -> None:
    unseen = (
        "<details><summary>Thêm</summary>a</details>", "<button>b</button>", "<nav>c</nav>", "<p hidden>d</p>",
        '<p role="status">e</p>', '<a class="headerlink">¶</a>', '<p class="hd-no-print">f</p>', "<label>g</label>",
        "<script>h</script>", '<div class="hd-next">i</div>', "<figure>k</figure>", "<select><option>l</select>",
        '<div data-hd-files="">m</div>', "<!-- n -->",
    )  # fmt: skip
    for html in unseen:
        assert read(f"<p>Một</p>{html}<p>Hai</p>")["text"] == "Một\nHai", html


def a_heading_at_the_end_without_words_leaves_no_empty_line(read: Read) -> None:
    assert read('<p>Một</p><h2 id="buoc-tiep-theo">Tiếp</h2><section><h2></h2></section>')["text"] == "Một"
    assert read("<p>Một</p><h2></h2>", ADDRESS)["text"] == f"Một\n\n{ADDRESS}"


def the_address_stands_at_the_end(read: Read) -> None:
    assert read("<p>Một</p>", ADDRESS) == {"text": f"Một\n\n{ADDRESS}", "whole": True}
    assert read("<p>Một</p>") == {"text": "Một", "whole": True}


def a_long_page_is_cut_at_a_line_and_says_so(read: Read) -> None:
    found = read(LONG, ADDRESS)
    *lines, empty, foot = found["text"].split("\n")
    assert (found["whole"], empty, foot) == (False, "", f"… Xem tiếp: {ADDRESS}")
    assert 2800 < len("\n".join(lines)) <= 3000 and lines[-1].endswith("chữ")
    assert read(LONG)["text"].endswith("chữ\n\n…")


def a_first_line_that_is_too_long_goes_in_all_the_same(read: Read) -> None:
    found = read(f"<p>{'a' * 4000}</p><p>b</p>")
    assert (found["whole"], found["text"]) == (False, "a" * 4000 + "\n\n…")


def a_sheet_is_copied_whole(read: Read) -> None:
    found = read(f'{LONG}<ol class="hd-items">{ITEM.format("", "1. Xem")}</ol>', ADDRESS)
    assert found["whole"] and "59 chữ" in found["text"] and f"☐ 1. Xem\n\n{ADDRESS}" in found["text"]


def letters_are_composed(read: Read) -> None:
    assert read("<p>tha\u0302\u0309m</p>")["text"] == "thẩm"


PROMISES: list[tuple[Callable[[Read], None], str, str]] = [
    (blocks_are_lines, 'node.tagName === "BR"', "false"),
    (blocks_are_lines, 'line.replace(/\\s+/g, " ")', "line"),
    (headings_have_a_line_before_them, "/^H[2-6]$/", "/^H[2-2]$/"),
    (lists_have_signs, 'list?.tagName === "OL" && ', ""),
    (lists_have_signs, ' && !list.matches(".hd-cycle, .hd-items")', ""),
    (a_sign_stands_before_the_first_line_alone, 'lines.push(sign + text);\n      sign = "";', "lines.push(sign + text);"),
    (items_are_boxes_ticked_or_not, "input[type=checkbox]:checked", "input[type=checkbox]"),
    (items_are_boxes_ticked_or_not, "label:not(.hd-item__name)", "label"),
    (cells_of_a_row_are_parted, " && node.nextElementSibling", ""),
    (what_is_folded_or_only_for_the_screen_is_left_out, "svg, details, ", "svg, "),
    (what_is_folded_or_only_for_the_screen_is_left_out, "label:not(.hd-item__name), ", ""),
    (what_is_folded_or_only_for_the_screen_is_left_out, "[hidden], ", ""),
    (a_heading_at_the_end_without_words_leaves_no_empty_line, "lines.pop();", "break;"),
    (the_address_stands_at_the_end, "address ? [whole", "false ? [whole"),
    (a_long_page_is_cut_at_a_line_and_says_so, "LONGEST = 3000", "LONGEST = 3200"),
    (a_long_page_is_cut_at_a_line_and_says_so, "let length = address.length;", "let length = 500;"),
    (a_first_line_that_is_too_long_goes_in_all_the_same, " && taken.length > 0", ""),
    (a_sheet_is_copied_whole, "if (!sheet && ", "if ("),
    (letters_are_composed, '.normalize("NFC")', ""),
]  # fmt: skip


@pytest.mark.parametrize("check", list(dict.fromkeys(one for one, *_ in PROMISES)), ids=lambda one: one.__name__)
def test_a_page_becomes_text(modules: Page, check: Callable[[Read], None]) -> None:
    check(reader(modules))


def test_a_planted_fault_breaks_each_promise(modules: Page) -> None:
    text = READER.read_text("utf-8")
    broken: dict[str, str] = {}

    def serve(route: Route) -> None:
        route.fulfill(body=broken[route.request.url.rsplit("/", 1)[1]], content_type="text/javascript")

    modules.route("**/planted-*.js", serve)
    kept = []
    for number, (check, old, new) in enumerate(PROMISES):
        assert text.count(old) == 1, old
        name = f"planted-{number}.js"
        broken[name] = text.replace(old, new)
        try:
            check(reader(modules, f"/{name}"))
        except AssertionError:
            continue
        kept.append((check.__name__, old))
    assert kept == []
