"""No test waits a fixed time: it waits for what is meant, or for what would come after it.

What is looked for, in the files of the tests: a sleep or Playwright's `wait_for_timeout` outside a loop that asks again and
again and ends by what it asks; the same in a page's script, by a timer that ends a promise; and `networkidle`, which is half
a second without a request. A few stay, each with its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

SLEEPS = frozenset({"sleep", "wait_for_timeout"})
LONGEST_STEP = 0.3
"""Seconds between two questions of a loop that waits."""
TIMER = re.compile(
    r"setTimeout\(\s*(?:"
    r"(?:done|resolve|tell|r)\s*,"  # the promise itself after so many milliseconds
    r"|\(\)\s*=>\s*(?:\{\s*)?(?:done|resolve|tell|r\b|requestIdleCallback\((?:done|resolve)))"
)
LINE = "what goes over the line by itself is the subject: it has no last request that the test could name"
DRAWN = "pages of many kinds draw themselves by scripts of their own: no sign is common to them"
STAY = {
    ("kept_on_device.py", ""): "a worker that does not answer: the end of patience, not a wait",
    ("browsing.py", "await_still"): "the time begins anew with each change: it is the stillness that is waited for",
    ("put_back.py", "__init__"): "the file system's clock must move on; there is nothing else to ask",
    ("put_back.py", "put_back"): "the file system's clock must move on; there is nothing else to ask",
    ("test_accessibility_tree.py", "tree"): DRAWN,
    ("test_board.py", "test_nothing_jumps_when_a_reader_comes_back"): LINE,
    ("test_fill_page.py", "test_who_has_kept_nothing_reads_how_to_begin"): LINE,
    ("test_hostile_browser.py", "opened"): DRAWN,
    ("test_hostile_browser.py", "test_what_is_typed_into_each_field_of_each_page"): DRAWN,
    ("test_hostile_browser.py", "test_what_is_searched_for"): "a hostile text may have no answer at all",
    ("test_hostile_browser.py", "test_a_file_of_what_was_kept"): "a hostile file may be answered by nothing",
    ("test_in_the_browser.py", "test_a_phone_uses_letters_of_its_own"): LINE,
    ("test_in_turn.py", ""): "the step of a loop in a page that draws no frames",
    ("test_inside_apps.py", "open_page"): DRAWN,
    ("test_lean.py", "looks"): "each style sheet that a page asks for by itself has come",
    ("test_light_pages.py", "test_the_first_page_and_the_next_are_light"): LINE,
    ("test_light_pages.py", "of_first_visit"): LINE,
    ("test_light_pages.py", "test_the_search_is_fetched_when_a_reader_turns_to_it"): LINE,
    ("test_light_pages.py", "test_a_first_visit_runs_nothing_of_the_sittings"): LINE,
    ("test_nothing_lost.py", "serve"): "a host that is slow is what is tried",
    ("test_policy.py", "open_each"): DRAWN,
    ("test_search.py", "test_the_index_waits_until_it_is_wanted"): LINE,
    ("test_tools_by_keys.py", "test_each_tool_is_gone_through_by_tab"): DRAWN,
    ("test_tools_by_keys.py", "test_each_fault_on_the_way_is_seen"): DRAWN,
}
"""(file, function, or '' for a script that stands by itself) → why it may wait so. Not to grow without need."""


def waits(source: str) -> Iterator[tuple[str, int]]:
    """Yield (function, line) of each fixed wait in a module's text; the innermost function, '' outside all."""
    yield from _waits(ast.parse(source), "", False)


def _waits(node: ast.AST, function: str, asking: bool) -> Iterator[tuple[str, int]]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        function, asking = node.name, False
    if isinstance(node, ast.For | ast.While):
        asking = _asks(node)
    if isinstance(node, ast.Call) and _sleeps(node) and not (asking and _step(node) <= LONGEST_STEP):
        yield function, node.lineno
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _in_script(node.value):
        yield function, node.lineno
    for child in ast.iter_child_nodes(node):
        yield from _waits(child, function, asking)


def _asks(loop: ast.For | ast.While) -> bool:
    """Tell whether a loop asks for a state: by its own question, or, where it goes on for a time or so many times, by leaving.

    A loop over things that waits for each of them asks for nothing; one over `_` does it again and again.
    """
    if isinstance(loop, ast.For):
        if ast.unparse(loop.target) != "_":
            return False
    elif not isinstance(loop.test, ast.Constant) and not ast.unparse(loop.test).startswith("time.monotonic() <"):
        return True
    return any(isinstance(one, ast.Break | ast.Return) for one in ast.walk(loop))


def _sleeps(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in SLEEPS


def _step(call: ast.Call) -> float:
    """Return the seconds of a sleep; what is not written as a number is taken for too long."""
    told = call.args[0] if call.args else None
    if not (isinstance(told, ast.Constant) and isinstance(told.value, int | float)):
        return float("inf")
    return told.value / 1000 if "wait_for_timeout" in ast.dump(call.func) else told.value


def _in_script(text: str) -> bool:
    return text == "networkidle" or (TIMER.search(text) is not None)


def faults(found: list[tuple[str, str, int]], stay: dict[tuple[str, str], str]) -> list[str]:
    """Return what is wrong about the fixed waits found, as (file, function, line): for one reason one may stay."""
    met = [(name, function) for name, function, _line in found]
    new = [
        f"{name}:{line} {function}: wait for the state that is meant (tests/browsing.py)"
        for at, (name, function, line) in enumerate(found)
        if (name, function) not in stay or (name, function) in met[:at]
    ]
    return new + [f"{name} {function}: no reason is needed any more" for name, function in stay.keys() - set(met)]


def test_no_test_waits_a_fixed_time() -> None:
    files = sorted((ROOT / "tests").glob("*.py"))
    assert len(files) > 100
    # What is planted below is text of this file.
    found = [
        (file.name, function, line)
        for file in files
        if file.name != Path(__file__).name
        for function, line in waits(file.read_text("utf-8"))
    ]
    assert faults(found, STAY) == []
    assert all(len(reason) > 30 for reason in STAY.values())


def test_each_reason_is_for_one_wait_and_goes_with_it() -> None:
    stay = {("a.py", "one"): "", ("a.py", "gone"): ""}
    found = [("a.py", "one", 1), ("a.py", "one", 2), ("b.py", "one", 3)]
    assert [one.partition(":")[0] for one in faults(found, stay)] == ["a.py", "b.py", "a.py gone"]
    assert faults(found[:1], {("a.py", "one"): ""}) == []


@pytest.mark.parametrize(
    "line",
    [
        "page.wait_for_timeout(20)",
        "time.sleep(0.1)",
        "sleep(1)",
        "page.goto(address, wait_until='networkidle')",
        "page.wait_for_load_state('networkidle')",
        "for path in paths:\n        page.goto(path)\n        page.wait_for_timeout(50)",
        "for path in paths:\n        page.wait_for_timeout(50)\n        if not path: break",
        "for _ in range(4):\n        page.wait_for_timeout(50)",
        "while not page.evaluate(holds):\n        page.wait_for_timeout(2000)",
        "while True:\n        time.sleep(0.1)",
        "while time.monotonic() < end:\n        time.sleep(0.2)",
        "while not done():\n        time.sleep(LONG)",
        "page.evaluate('new Promise(done => setTimeout(done, 500))')",
        "page.evaluate('new Promise((resolve) => setTimeout(() => resolve([1]), 500))')",
        "page.evaluate('new Promise((r) => { setTimeout(() => requestIdleCallback(resolve), 1500); })')",
    ],
)
def test_a_fixed_wait_is_seen(line: str) -> None:
    assert [function for function, _line in waits(f"def test_it():\n    {line}\n")] == ["test_it"]


@pytest.mark.parametrize(
    "line",
    [
        "wait_until(page, 'window.done')",
        "while not page.evaluate(holds):\n        page.wait_for_timeout(40)",
        "for _ in range(50):\n        if page.evaluate(holds):\n            break\n        page.wait_for_timeout(20)",
        "while time.monotonic() < end:\n        if done():\n            return\n        time.sleep(0.2)",
        "while not done() and time.monotonic() < end:\n        time.sleep(0.2)",
        "page.evaluate('document.readyState')",
        "page.evaluate('setTimeout(() => { throw new Error() })')",
    ],
)
def test_what_asks_again_until_it_holds_is_none(line: str) -> None:
    assert [*waits(f"def test_it():\n    {line}\n")] == []
