"""Scripts and patterns run in Chrome 109 and iOS 15.0: what is newer is named, with what to write instead."""

from __future__ import annotations

import pytest

from knowledge.browser_baseline import IN_SCRIPTS, faults_of_pattern, newer_in_script
from tests.conftest import ROOT

SCRIPTS = ROOT / "docs/assets/scripts"
NEWER = {
    "const last = list.at(-1);": ".at(",
    "const copy = structuredClone(record);": "structuredClone",
    "if (Object.hasOwn(record, name)) return;": "hasOwn",
    "const groups = Object.groupBy(list, kind);": "groupBy",
    "const one = list.findLast((item) => item.done);": "findLast",
    "return list.toSorted();": "toSorted",
    "const all = await Array.fromAsync(list);": "fromAsync",
    "const name = crypto.randomUUID();": "randomUUID",
    "fetch(address, { signal: AbortSignal.timeout(500) });": "AbortSignal",
    "const channel = new BroadcastChannel('ticks');": "BroadcastChannel",
    "dialog.showModal();": "showModal",
    "class One {\n  static {\n    One.all = [];\n  }\n}": "static",
    "const { read } = await import('./read.js');": "await",
    "const NAME = /(?<=số )\\d+/u;": "(?<=",
    "const NAME = /[\\p{L}--[a-z]]/v;": "d, v",
    "if (/a(b)/d.exec(text)) return;": "d, v",
    "const made = new RegExp(words, \"gv\");": "d, v",
}  # fmt: skip


@pytest.mark.parametrize(("script", "name"), NEWER.items(), ids=NEWER.values())
def test_what_is_newer_is_named(script: str, name: str) -> None:
    found = [one for _line, one in newer_in_script(script)]
    assert any(name in one.name for one in found) and all(one.instead for one in found)


def test_each_thing_newer_is_shown_here() -> None:
    shown = {one.pattern for script in NEWER for _line, one in newer_in_script(script)}
    assert {one.name for one in IN_SCRIPTS if one.pattern not in shown} == set()


@pytest.mark.parametrize(
    "script",
    [
        "const half = width / 2 / ratio;",
        "async function read() {\n  const one = await import('./one.js');\n}",
        "const at = (line, value) => ({ ...value, line });",
        "const named = /(?<name>\\p{L}+)\\/d/u;",
        "replaceAll('a', 'b') ?? text?.length;",
    ],
)
def test_what_is_old_enough_is_not_named(script: str) -> None:
    assert list(newer_in_script(script)) == []


def test_every_script_of_the_site_runs_in_the_baseline() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {one.name} → {one.instead}"
        for path in sorted([*SCRIPTS.rglob("*.js"), *(ROOT / "publish").rglob("*.js")])
        if "vendor" not in path.parts
        for line, one in newer_in_script(path.read_text("utf-8"))
    ]
    assert found == []


def test_no_pattern_of_the_draft_check_holds_any_letter_of_any_script() -> None:
    r"""Each ``\p{L}`` takes about a millisecond to make ready; a first look needs five hundred patterns."""
    slow = [one.name for one in sorted((SCRIPTS / "draft").glob("*.js")) if r"p{L}" in one.read_text("utf-8")]
    assert slow == []


def test_a_pattern_may_be_long_and_lower_case() -> None:
    assert faults_of_pattern(r"(?:^|[^\p{L}])(?:phí|lệ phí)(?![\p{L}\d])|\D{2,4}(?:\p{L}+\s+){0,3}\(?cũ") == ()
