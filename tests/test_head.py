"""What a page needs is asked for at once: on a weak line no file waits until another has run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Route, expect
from selectolax.lexbor import LexborHTMLParser, LexborNode

from publish.head import in_order, lighten_heads

EVERY_SHEET = ("assets/stylesheets/main.1.min.css", "assets/styles/site.css")
SHEET = '<link rel="stylesheet" href="{0}">\n'
PAGE = (
    '<html>\n<head>\n<meta charset="utf-8">\n<title>T</title>\n{sheets}'
    '<script src="{up}assets/scripts/everywhere/first.js" data-edition="goc" data-base></script>\n'
    '<script src="{up}assets/scripts/everywhere/keys.js"></script>\n<template id="t"></template>\n{more}'
    '<link rel="stylesheet" href="{up}assets/styles/print.css" media="print">\n'
    '<script type="module" async src="{up}assets/scripts/everywhere/load-on-need.js"></script>\n'
    '<link rel="modulepreload" href="{up}assets/scripts/ui/element.js">\n</head>\n<body>\n<p>T</p>\n'
    '<script src="{up}assets/javascripts/bundle.1.min.js"></script>\n</body>\n</html>\n'
)


def page(up: str = "", more: str = "") -> str:
    sheets = "".join(SHEET.format(f"{up}{name}") for name in EVERY_SHEET)
    return PAGE.format(up=up, sheets=sheets, more=more)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of two pages, one of which has a style sheet of its own."""
    files = {
        "index.html": page(),
        "a/index.html": page("../", SHEET.format("../assets/styles/ticks.css")),
        "moved.html": '<head>\n<script src="assets/scripts/everywhere/moved.js"></script>\n</head>',
        "assets/stylesheets/main.1.min.css": "a{b:c}",
        "assets/styles/site.css": '@font-face{src:url("../fonts/f.woff2")}',
        "assets/styles/ticks.css": ".t{b:c}",
        "assets/scripts/everywhere/first.js": "one();\n",
        "assets/scripts/everywhere/keys.js": "two();\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def named(text: str, attribute: str = "href") -> list[str]:
    return re.findall(rf'\b{attribute}="([^"]+)"', text)


def test_what_every_page_asks_for_is_one_file_named_by_its_content(small: Path) -> None:
    lighten_heads(small)
    (sheet,) = (small / "assets/stylesheets").iterdir()
    assert re.fullmatch(r"main\.[0-9a-f]{8}\.min\.css", sheet.name)
    assert sheet.read_text("utf-8") == 'a{b:c}@font-face{src:url("../fonts/f.woff2")}'
    assert {file.name for file in (small / "assets/styles").iterdir()} == {"ticks.css"}
    for name, up in (("index.html", ""), ("a/index.html", "../")):
        text = (small / name).read_text("utf-8")
        assert text.count(f'"{up}assets/stylesheets/{sheet.name}"') == 1
        assert "site.css" not in text
        assert "keys.js" not in text
        assert 'first.js" data-edition="goc" data-base></script>' in text
    assert '"../assets/styles/ticks.css"' in (small / "a/index.html").read_text("utf-8")
    scripts = small / "assets/scripts/everywhere"
    assert [file.name for file in scripts.iterdir()] == ["first.js"]
    assert (scripts / "first.js").read_text("utf-8") == "one();\ntwo();\n"


def test_a_sheet_of_some_pages_keeps_its_place_behind_those_of_all(small: Path) -> None:
    """A sheet that stood before a common one would otherwise come after it, and win."""
    file = small / "a/index.html"
    first, own = SHEET.format("../" + EVERY_SHEET[0]), SHEET.format("../assets/styles/ticks.css")
    file.write_text(file.read_text("utf-8").replace(own, "").replace(first, first + own), "utf-8")
    lighten_heads(small)
    sheets = re.findall(r"assets/style\w*/(\w+)\.", file.read_text("utf-8").partition("as=")[0])
    assert sheets == ["main", "ticks", "site", "print"]


def test_on_paper_too_the_later_rule_holds(small: Path) -> None:
    """The sheet for paper stands before those of single tools, which turn a page or hide a part."""
    file = small / "a/index.html"
    own = SHEET.format("../assets/styles/ticks.css")
    paper = '<link rel="stylesheet" href="../assets/styles/print.css" media="print">\n'
    text = file.read_text("utf-8").replace(own, "").replace(paper, paper + own)
    file.write_text(text, "utf-8")
    lighten_heads(small)
    assert re.findall(r"assets/style\w*/(\w+)\.", file.read_text("utf-8").partition("as=")[0]) == [
        "main",
        "print",
        "ticks",
    ]


def test_pages_that_share_no_file_are_put_in_order_all_the_same(small: Path) -> None:
    text = page("../").replace(EVERY_SHEET[0], "assets/styles/ticks.css").replace("first.js", "keys.js")
    (small / "a/index.html").write_text(text, "utf-8")
    lighten_heads(small)
    assert (small / EVERY_SHEET[0]).is_file()
    assert (small / "assets/scripts/everywhere/first.js").read_text("utf-8") == "one();\n"
    assert 'as="script"' in (small / "a/index.html").read_text("utf-8")


def test_what_is_in_order_stays(small: Path) -> None:
    lighten_heads(small)
    before = {file: file.read_bytes() for file in small.rglob("*") if file.is_file()}
    lighten_heads(small)
    assert {file: file.read_bytes() for file in small.rglob("*") if file.is_file()} == before


def test_a_page_without_the_theme_stays_as_it_is(small: Path) -> None:
    before = (small / "moved.html").read_bytes()
    lighten_heads(small)
    assert (small / "moved.html").read_bytes() == before


def order(text: str) -> list[str]:
    head = in_order(text).partition("</head>")[0]
    names = re.findall(r'(fetchpriority="low" )?(?:href|src)="([^"]+)"', head)
    return [("late " if low else "") + name.rpartition("/")[2] for low, name in names]


SHEETS = ["main.1.min.css", "site.css", "print.css"]


def test_words_come_first_on_a_page_that_is_read() -> None:
    shared = page().replace("ui/element.js", "everywhere/share.js")
    assert order(shared) == [
        *SHEETS, "first.js", "keys.js", "bundle.1.min.js", "late load-on-need.js", "late share.js",
        "first.js", "keys.js", "load-on-need.js",
    ]  # fmt: skip
    assert in_order(shared).partition("</head>")[2] == shared.partition("</head>")[2]


def test_what_a_page_is_for_comes_before_the_theme() -> None:
    line = '<link rel="modulepreload" href="assets/scripts/everywhere/share.js">\n</head>'
    assert order(page().replace("</head>", line)) == [
        *SHEETS, "first.js", "keys.js", "load-on-need.js", "element.js", "bundle.1.min.js", "late share.js",
        "first.js", "keys.js", "load-on-need.js",
    ]  # fmt: skip


def test_a_tool_of_many_modules_leaves_the_theme_its_turn() -> None:
    lines = "".join(f'<link rel="modulepreload" href="assets/scripts/draft/m{at}.js">\n' for at in range(20))
    names = order(page().replace("</head>", f"{lines}</head>"))
    assert names.index("bundle.1.min.js") == names.index("m9.js") + 1
    assert "m19.js" in names


# The built site -----------------------------------------------------------------------------------


def _asks(node: LexborNode) -> bool:
    kind = node.attributes.get("rel") or ""
    return node.tag == "link" and kind in ("stylesheet", "preload", "modulepreload")


def test_no_page_hides_a_file_behind_a_script(site: Path) -> None:
    """Chromium looks no further where a page says its policy: what stands behind the first script waits for it."""
    looked = 0
    for file in site.rglob("*.html"):
        tree = LexborHTMLParser(file.read_text("utf-8"))
        head = [node for node in tree.css("head > link, head > script") if _asks(node) or "src" in node.attributes]
        classic = [
            at for at, node in enumerate(head) if node.tag == "script" and node.attributes.get("type") != "module"
        ]
        if not tree.css_first("link[rel=stylesheet][href*='stylesheets/main']"):
            continue
        looked += 1
        assert len(classic) == 1, file
        assert not any(_asks(node) for node in head[classic[0] :]), file
        named = {node.attributes["href"] for node in head if _asks(node)}
        for node in tree.css("script[src]"):
            if node.attributes["src"] != head[classic[0]].attributes["src"]:
                assert node.attributes["src"] in named, (file, node.attributes["src"])
    assert looked > 200


def test_a_browser_asks_for_everything_before_a_script_has_come(context: BrowserContext, address: str) -> None:
    """Held back for as long as it takes: all the rest that the sheet's page names is asked for meanwhile."""
    page = context.new_page()
    held: list[Route] = []
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(re.sub(r"\.[0-9a-f]{8}\.", ".", request.url.rpartition("/")[2])))
    page.route("**/first.js", lambda route: held.append(route))
    page.goto(f"{address}/danh-muc/dm07/", wait_until="commit")
    wanted = {"ticks.js", "store.js", "load-on-need.js", "ticks.css", "print.css", "bundle.min.js", "main.min.css"}
    for _ in range(100):
        if wanted <= asked and held:
            break
        page.wait_for_timeout(50)
    assert wanted - asked == set()
    (first,) = held
    first.continue_()
    expect(page.locator(".hd-tick").first).to_be_visible()
