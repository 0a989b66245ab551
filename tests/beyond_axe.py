"""What axe does not see, read from an open page: what is cut, what scrolls sideways, what moves, what vanishes in two colours."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.browsing import add_style

# What a reader who needs it sets on any page (WCAG 1.4.12).
SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""

# Shared by what follows: what is seen, and the boxes of its words.
_WORDS = r"""
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const name = (one) => `${one.tagName.toLowerCase()}.${(one.getAttribute("class") || "").trim().replace(/\s+/g, ".")}`;
  // Kept for screen readers alone.
  const hidden = (one) => one.closest(".hd-hidden, [aria-hidden=true] > title");
  const words = function* (under = document.body) {
    const walk = document.createTreeWalker(under, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const [node, parent] = [walk.currentNode, walk.currentNode.parentElement];
      if (!node.data.trim() || !parent || parent.closest("script, style, svg, option") || !seen(parent) || hidden(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
      if (boxes.length) yield [node, parent, boxes];
    }
  };
"""

# Words that cannot be seen whole: beyond the window, or beyond a box that shows no more than its size. What scrolls
# sideways by itself may hold a table, a drawing or words that must not break.
CUT = (
    "() => {"
    + _WORDS
    + r"""
  const faults = [];
  const scrolls = (style) => ["auto", "scroll"].includes(style.overflowX);
  if (document.documentElement.scrollWidth > innerWidth)
    faults.push(`the page is ${document.documentElement.scrollWidth} px wide in ${innerWidth}`);
  for (const [node, parent, boxes] of words()) {
    let [left, right, top, bottom] = [0, innerWidth, -Infinity, Infinity];
    let apart = false;
    for (let e = parent; e && e !== document.body; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.clipPath !== "none" || style.clip !== "auto") { apart = true; break; }
      if (style.position === "fixed") break;
      const clips = [style.overflowX, style.overflowY].map((value) => value !== "visible");
      if (!clips[0] && !clips[1]) continue;
      const box = e.getBoundingClientRect();
      if (scrolls(style) && e.scrollWidth > e.clientWidth + 1) {
        if (!e.querySelector("table, svg, pre") && !e.matches("pre, code, table, nav, .md-tabs, .md-search__scrollwrap"))
          faults.push(`${name(e)} scrolls sideways and holds no table: ${e.innerText.slice(0, 40)}`);
        [left, right] = [-Infinity, Infinity];
      } else if (clips[0]) {
        left = Math.max(left, box.left);
        right = Math.min(right, box.right);
      }
      if (clips[1] && !["auto", "scroll"].includes(style.overflowY)) {
        top = Math.max(top, box.top);
        bottom = Math.min(bottom, box.bottom);
      } else if (clips[1]) [top, bottom] = [-Infinity, Infinity];
    }
    if (apart) continue;
    // A line's box is taller than its letters.
    const cut = boxes.find((box) => box.left < left - 1 || box.right > right + 1
      || box.top + box.height * 0.2 < top || box.bottom - box.height * 0.2 > bottom);
    if (cut) faults.push(`cut: ${name(parent)} “${node.data.trim().slice(0, 40)}”`);
  }
  return [...new Set(faults)].slice(0, 8);
}"""
)

# Words that lie over other words. Bars that stay while the page moves lie over it (tests/test_keys_and_focus.py).
OVER = (
    "() => {"
    + _WORDS
    + r"""
  const faults = [];
  const all = [];
  for (const [node, parent, boxes] of words(document.querySelector("main") || document.body)) {
    for (let e = parent; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.clipPath !== "none" || ["fixed", "sticky"].includes(style.position)) boxes.length = 0;
    }
    for (const box of boxes) {
      // Letters fill the middle of a line's box.
      const size = parseFloat(getComputedStyle(parent).fontSize);
      const middle = (box.top + box.bottom) / 2;
      all.push([box.left + 1, box.right - 1, middle - size * 0.3, middle + size * 0.3, node, parent]);
    }
  }
  all.sort((a, b) => a[2] - b[2]);
  for (let i = 0; i < all.length; i++)
    for (let j = i + 1; j < all.length && all[j][2] < all[i][3]; j++)
      if (all[i][4] !== all[j][4] && all[i][0] < all[j][1] && all[j][0] < all[i][1])
        faults.push(`${name(all[i][5])} “${all[i][4].data.trim().slice(0, 25)}” lies over ${name(all[j][5])} “${all[j][4].data.trim().slice(0, 25)}”`);
  return faults.slice(0, 5);
}"""
)

# What moves by itself or slowly. A hundredth of a second is none.
MOVING = r"""() => {
  const seconds = (text) => Math.max(...text.split(",").map((one) => parseFloat(one) * (one.trim().endsWith("ms") ? 0.001 : 1)));
  const faults = new Set();
  for (const one of document.querySelectorAll("*"))
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(one, part);
      if (part && style.content === "none") continue;
      const name = `${one.tagName.toLowerCase()}.${one.getAttribute("class") || ""}${part || ""}`;
      if (style.transitionProperty !== "none" && seconds(style.transitionDuration) > 0.01) faults.add(`${name} changes slowly`);
      if (style.animationName !== "none" && seconds(style.animationDuration) > 0.01) faults.add(`${name} moves`);
      if (!part && style.scrollBehavior === "smooth") faults.add(`${name} scrolls smoothly`);
    }
  for (const one of document.getAnimations())
    if (one.effect && one.effect.getComputedTiming().duration > 10) faults.add(`runs: ${one.animationName || one.transitionProperty}`);
  return [...faults].slice(0, 6);
}"""

# In two colours of the system: what is drawn by a ground alone is gone. A control has an edge, or letters in the
# system's colour for it; a drawing by a mask needs a ground that differs from what lies behind.
VANISHED = (
    "() => {"
    + _WORDS
    + r"""
  const faults = new Set();
  const clear = (colour) => colour === "transparent" || /^rgba.*, 0\)$/.test(colour);
  const ground = (one) => {
    for (let e = one; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (!clear(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  for (const one of document.querySelectorAll("body *")) {
    if (!seen(one) || hidden(one) || one.closest("svg")) continue;
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(one, part);
      if (part && (style.content === "none" || style.content === "normal" || style.display === "none")) continue;
      const drawn = style.maskImage || style.webkitMaskImage;
      if (drawn && drawn !== "none" && !clear(style.backgroundColor) && parseFloat(style.width) > 0) {
        const behind = part ? ground(one) : ground(one.parentElement);
        if (style.backgroundColor === behind) faults.add(`an icon is gone: ${name(one)}${part || ""}`);
      }
    }
  }
  // What a reader presses or fills in.
  const edge = (style) => ["Top", "Right", "Bottom", "Left"].some((side) =>
    style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0 && !clear(style[`border${side}Color`]));
  for (const one of document.querySelectorAll("input, select, textarea, button, progress")) {
    const box = one.getBoundingClientRect();
    if (!seen(one) || hidden(one) || box.width < 3 || box.height < 3 || one.matches(".hd-key, .md-toggle, .md-option")) continue;
    const style = getComputedStyle(one);
    const own = style.appearance !== "none" && one.matches("[type=checkbox], [type=radio], [type=range], progress, select");
    // Drawn as a picture; the search field's edge is its form's.
    if (one.matches(".md-icon, .md-search__options > *, .md-search__input")) continue;
    if (!own && !edge(style) && !edge(getComputedStyle(one, "::before")) && !(one.matches("button") && style.textDecorationLine.includes("underline")))
      faults.add(`no edge: ${name(one)} “${String(one.innerText || one.type || "").slice(0, 20)}”`);
  }
  return [...faults].slice(0, 8);
}"""
)


def text_spaced(page: Page) -> None:
    """Space letters, words, lines and paragraphs as a reader may."""
    add_style(page, SPACED)


def found(page: Page, *looks: str) -> list[Any]:
    """Return what is wrong by each way of looking."""
    return [one for look in looks for one in page.evaluate(look)]
