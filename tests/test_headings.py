"""What tools read of the headings beside them: the modules alone, over small pieces of pages, without a site."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

PIECE = (
    '<h2 id="two">Hai</h2><h3 id="three">Lần\n 1: <b>họp</b> <span class="hd-no-print">(in)</span>'
    '<a class="headerlink">¶</a></h3><h4 id="four">Bốn</h4><p>Lời</p><section></section>'
)
READ = """async ([html, text, before]) => {
  const { headingBefore, headingText } = await import("/ui/ui.js");
  document.querySelector("article").innerHTML = html;
  const section = document.querySelector("section");
  return {
    text: headingText(document.querySelector("h3"), ...text),
    before: section ? headingBefore(section, ...before)?.id ?? null : null,
  };
}"""


@pytest.mark.parametrize(
    ("left_out", "words"),
    [((), "Lần 1: họp (in)"), ((".hd-no-print, .headerlink",), "Lần 1: họp"), (("b",), "Lần 1: (in)¶")],
)
def test_a_heading_is_read_without_the_sign_for_its_address(modules: Page, left_out: tuple[str], words: str) -> None:
    assert modules.evaluate(READ, [PIECE, [*left_out], []])["text"] == words


@pytest.mark.parametrize(("levels", "found"), [((), "four"), (("h3",), "three"), (("h1",), None)])
def test_the_nearest_heading_before_a_place_is_found(modules: Page, levels: tuple[str], found: str | None) -> None:
    assert modules.evaluate(READ, [PIECE, [], [*levels]])["before"] == found
