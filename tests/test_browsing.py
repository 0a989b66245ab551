"""What the browser tests wait by: each waits for the state that it names, and no longer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.browsing import HOSTILE, add_style, await_colours, await_frames, await_pictures, comes_to_hold, wait_until

INK = "getComputedStyle(document.querySelector('article')).color"


def test_what_never_holds_is_told(modules: Page) -> None:
    assert comes_to_hold(modules, "true") and not comes_to_hold(modules, "false", timeout=60)
    with pytest.raises(PlaywrightTimeoutError, match="not within 60 ms: false"):
        wait_until(modules, "false", timeout=60)


def test_a_colour_that_changes_slowly_is_waited_for(modules: Page) -> None:
    add_style(modules, "article { color: rgb(0, 0, 0); transition: color 0.4s } .red { color: rgb(255, 0, 0) }")
    # What turns for ever is not waited for.
    add_style(modules, "@keyframes turn { to { rotate: 1turn } } body { animation: turn 1s infinite }")
    assert modules.evaluate(INK) == "rgb(0, 0, 0)"
    modules.evaluate("document.querySelector('article').classList.add('red')")
    assert modules.evaluate(INK) != "rgb(255, 0, 0)", "without waiting it is half-way"
    await_colours(modules)
    assert modules.evaluate(INK) == "rgb(255, 0, 0)"


def test_what_a_planted_picture_does_has_happened(modules: Page) -> None:
    for place in ("document.querySelector('article')", "document.createElement('p')"):
        modules.evaluate(f"text => {{ window.ran = null; {place}.innerHTML = text; }}", HOSTILE)
        await_pictures(modules)
        assert modules.evaluate("window.ran") == 1, place


def test_what_is_drawn_in_the_next_frame_has_been_drawn(modules: Page) -> None:
    modules.evaluate("() => { requestAnimationFrame(() => { window.drawn = true; }); }")
    await_frames(modules)
    assert modules.evaluate("window.drawn") is True
