"""Pages go out without indentation, and say the same to the letter."""

from __future__ import annotations

import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from publish.unindent import bare_script, unindented

PAGE = (
    "<article>\n    <p>Một\n      câu   dài <b>đậm</b>\n   tiếp.</p>\n\n\n"
    "    <pre>\n  giữ\n    nguyên</pre>\n   <textarea>\n  a\n   b</textarea>\n"
    "  <script>\n    if (a < b)\n      c();\n  </script>\n    <p>Hết</p>\n</article>"
)


def test_indentation_goes_and_what_is_shown_as_written_stays() -> None:
    page = unindented(PAGE)
    assert "<p>Một\ncâu   dài <b>đậm</b>\ntiếp.</p>\n<pre>" in page
    for kept in (
        "<pre>\n  giữ\n    nguyên</pre>",
        "<textarea>\n  a\n   b</textarea>",
        "\n    if (a < b)\n      c();\n",
    ):
        assert kept in page
    assert unindented(page) == page


def test_what_the_engine_says_of_itself_goes_and_a_drawing_needs_no_namespace() -> None:
    page = '<head>\n<meta name="generator" content="mkdocs-1.6.1">\n<title>T</title>\n</head><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'
    assert unindented(page) == '<head>\n<title>T</title>\n</head><svg viewBox="0 0 1 1"></svg>'
    shown = '<pre><svg xmlns="http://www.w3.org/2000/svg"></pre>'
    assert unindented(shown) == shown


def test_every_page_goes_out_without_indentation(site: Path) -> None:
    indented = 0
    for file in sorted(site.rglob("*.html")):
        page = file.read_text("utf-8")
        outside = re.sub(r"(?is)<(pre|textarea|script|style)\b.*?</\1>", "", page)
        assert not re.search(r"\n[ \t]+", outside), file
        indented += "\n" in outside
    assert indented > 200


def test_two_words_never_grow_together() -> None:
    def words(page: str) -> list[str]:
        body = LexborHTMLParser(page).body
        assert body
        return body.text(separator="").split()

    assert words(unindented(PAGE)) == words(PAGE)


def test_a_script_loses_comments_and_indentation_and_does_the_same() -> None:
    script = (
        '// What it is.\n/**\n * More.\n */\nexport const a = (b) => {\n  // Why.\n  const c = "// text";\n\n'
        "  /* One line. */\n  return b\n    + c; // kept\n};\n"
    )
    assert bare_script(script) == 'export const a = (b) => {\n const c = "// text";\n return b\n + c; // kept\n};\n'
    several = "const text = `one\n  // two\n`;\n"
    assert bare_script(several) == several


def test_scripts_go_out_bare(site: Path) -> None:
    own = [file for file in (site / "assets/scripts").rglob("*.js") if file.parent.name != "vendor"]
    bare = [file for file in own if not re.search(r"^(?:[ \t]{2,}\S|[ \t]*//)", file.read_text("utf-8"), re.MULTILINE)]
    assert len(bare) > len(own) - 5
