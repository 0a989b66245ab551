"""What is drawn in slices, as a module on an empty page: nothing is lost, nothing waits for a frame that does not come."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

DRAW = """async ({ frames, ask }) => {
  if (!frames) window.requestAnimationFrame = () => 0;
  const { makeTurns } = await import("/ui/in-turn.js");
  const turns = makeTurns();
  const drawn = [];
  const pieces = ["a", "b", "c", "d"].map((name) => () => drawn.push(name));
  turns.start(pieces);
  const atOnce = drawn.join("");
  if (ask === "until") turns.until(() => drawn.includes("b"));
  if (ask === "anew") turns.start([() => drawn.push("x")]);
  if (ask === "nothing") turns.start([]);
  const asked = drawn.join("");
  const seen = [];
  // Begun after it: when its pieces have had their turn, what should be forgotten would have had one.
  let isOver = false;
  if (ask === "anew" || ask === "nothing") makeTurns().start([() => {}, () => (isOver = true)]);
  for (let at = 0; at < (frames ? 60 : 3000) && drawn.length < 4 && !isOver; at += frames ? 1 : 50) {
    await new Promise((resolve) => (frames ? requestAnimationFrame(() => setTimeout(resolve)) : setTimeout(resolve, 50)));
    seen.push(drawn.join(""));
  }
  return [atOnce, asked, drawn.join(""), new Set(seen).size];
}"""


def test_each_piece_has_a_frame_of_its_own(modules: Page) -> None:
    at_once, _, drawn, steps = modules.evaluate(DRAW, {"frames": True, "ask": ""})
    assert (at_once, drawn) == ("", "abcd") and steps >= 3


def test_a_page_that_is_not_seen_is_drawn_all_the_same(modules: Page) -> None:
    assert modules.evaluate(DRAW, {"frames": False, "ask": ""})[2] == "abcd"


@pytest.mark.parametrize("frames", [True, False], ids=["seen", "unseen"])
def test_who_asks_for_something_has_it_at_once_and_the_rest_follows(modules: Page, frames: bool) -> None:
    assert modules.evaluate(DRAW, {"frames": frames, "ask": "until"})[1:3] == ["ab", "abcd"]


@pytest.mark.parametrize("frames", [True, False], ids=["seen", "unseen"])
@pytest.mark.parametrize(("ask", "drawn"), [("anew", "x"), ("nothing", "")])
def test_what_begins_anew_forgets_what_was_not_drawn(modules: Page, frames: bool, ask: str, drawn: str) -> None:
    assert modules.evaluate(DRAW, {"frames": frames, "ask": ask})[2] == drawn


def test_a_piece_that_fails_takes_no_other_with_it(modules: Page) -> None:
    drawn = modules.evaluate(
        """async () => {
          window.addEventListener("error", (event) => event.preventDefault());
          const { makeTurns } = await import("/ui/in-turn.js");
          const drawn = [];
          const fails = () => { throw new Error("planted"); };
          await new Promise((resolve) => makeTurns().start([() => drawn.push("a"), fails, () => { drawn.push("c"); resolve(); }]));
          return drawn.join("");
        }"""
    )
    assert drawn == "ac"


@pytest.mark.parametrize("many", [0, 1, 5, 6, 43, 1000])
def test_slices_hold_everything_in_its_order_and_double(modules: Page, many: int) -> None:
    slices = modules.evaluate(
        """async (many) => {
          const { slicesOf } = await import("/ui/in-turn.js");
          return slicesOf(Array.from({ length: many }, (_, at) => at), 5);
        }""",
        many,
    )
    assert [one for some in slices for one in some] == list(range(many))
    sizes = [len(some) for some in slices]
    assert all(size <= max(5, sum(sizes[:at])) for at, size in enumerate(sizes))
    # Few slices even for a long list: each has what is below it laid out anew.
    assert len(sizes) <= 9
