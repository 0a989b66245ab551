"""What a device keeps, tested as modules on an empty page: no site, no tool, no waiting.

The keeper joins what two tabs wrote, survives storage that is blocked, full, damaged or newer, and takes over once
what stood under the key of earlier editions.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

Document = dict[str, Any]

# A keeper of the smallest document: names with the time of their last change; the later one wins.
MAKE = """async ({ stored = {}, former = "", full = -1, fullFor = [] }) => {
  const { makeKeeper } = await import("/kept/keeper.js");
  localStorage.clear();
  for (const [key, text] of Object.entries(stored)) localStorage.setItem(key, text);
  const real = Storage.prototype.setItem;
  let writes = 0;
  window.refuse = (at, keys) => {
    Storage.prototype.setItem = function (key, text) {
      writes += 1;
      if (writes > at && at >= 0 && (!keys.length || keys.includes(key))) throw new DOMException("full", "QuotaExceededError");
      return real.call(this, key, text);
    };
  };
  window.allow = () => { Storage.prototype.setItem = real; };
  if (full >= 0) window.refuse(full, fullFor);
  window.keeper = makeKeeper({
    key: "k", former, schema: 2, empty: () => ({ schema: 2, names: {} }),
    read: (value) => {
      if (!value || typeof value.names !== "object") throw new Error("bad");
      const good = Object.entries(value.names).filter(([, at]) => Number.isInteger(at));
      return { document: { schema: 2, names: Object.fromEntries(good) }, dropped: Object.keys(value.names).length - good.length };
    },
    merge: (into, from) => {
      for (const [name, at] of Object.entries(from.names)) into.names[name] = Math.max(into.names[name] ?? 0, at);
      return into;
    },
  });
  return look();
}"""
LOOK = """window.look = () => ({
  names: { ...keeper.current().names }, ...keeper.state(), kept: { ...localStorage },
});
window.write = (name, at) => { keeper.update((document) => { document.names[name] = at; }); return look(); };
window.otherTab = (text) => {
  localStorage.setItem("k", text);
  window.dispatchEvent(new StorageEvent("storage", { key: "k" }));
  return look();
};"""


def document(**names: object) -> str:
    return json.dumps({"schema": 2, "names": names}, separators=(",", ":"))


@pytest.fixture
def page(modules: Page) -> Page:
    modules.evaluate("() => {" + LOOK + "}")
    return modules


def made(page: Page, **given: object) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(MAKE, given)
    return found


def test_what_is_written_is_kept_and_read_again(page: Page) -> None:
    assert made(page)["names"] == {}
    assert page.evaluate("write('a', 1)")["kept"] == {"k": document(a=1)}
    assert made(page, stored={"k": document(a=1)})["names"] == {"a": 1}


def test_another_tab_is_heard_and_joined_with_what_could_not_be_written(page: Page) -> None:
    made(page)
    page.evaluate("refuse(0, [])")
    assert page.evaluate("write('mine', 5)") == {"names": {"mine": 5}, "trouble": "full", "unsaved": True, "kept": {}}
    page.evaluate("allow()")
    heard = page.evaluate(f"otherTab('{document(theirs=3)}')")
    assert heard["names"] == {"mine": 5, "theirs": 3} and heard["unsaved"]
    written = page.evaluate("write('more', 6)")
    assert written["kept"] == {"k": document(theirs=3, mine=5, more=6)}
    assert (written["trouble"], written["unsaved"]) == ("", False)


def test_what_another_tab_wrote_takes_the_place_of_what_is_saved(page: Page) -> None:
    made(page, stored={"k": document(a=1)})
    assert page.evaluate(f"otherTab('{document(b=2)}')")["names"] == {"b": 2}


def test_damaged_data_are_put_aside_and_what_is_readable_stays(page: Page) -> None:
    raw = document(a=1, b="x")
    found = made(page, stored={"k": raw})
    assert (found["names"], found["trouble"]) == ({"a": 1}, "spoilt")
    assert found["kept"]["k.hong"] == raw
    found = made(page, stored={"k": "{"})
    assert (found["names"], found["trouble"], found["kept"]["k.hong"]) == ({}, "spoilt", "{")


def test_damaged_data_that_cannot_be_put_aside_are_never_overwritten(page: Page) -> None:
    found = made(page, stored={"k": "{"}, full=0)
    assert found["trouble"] == "spoilt"
    page.evaluate("allow()")
    after = page.evaluate("write('a', 1)")
    assert after["kept"] == {"k": "{"} and after["unsaved"] and after["names"] == {"a": 1}


def test_data_of_a_newer_edition_are_never_overwritten(page: Page) -> None:
    raw = json.dumps({"schema": 3, "names": {"new": 1}})
    assert made(page, stored={"k": raw})["trouble"] == "newer"
    assert page.evaluate("write('a', 1)")["kept"] == {"k": raw}
    page.evaluate("keeper.replaceAll({ schema: 2, names: { b: 2 } })")
    assert page.evaluate("look()")["kept"] == {"k": raw}, "not even when asked for"


def test_a_page_from_the_back_list_reads_what_happened_meanwhile(page: Page) -> None:
    made(page, stored={"k": document(a=1)})
    page.evaluate(f"localStorage.setItem('k', '{document(b=2)}')")
    again = "persisted => { window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted })); return look().names; }"
    assert page.evaluate(again, False) == {"a": 1}
    assert page.evaluate(again, True) == {"b": 2}


def test_replacing_gives_back_what_was_there(page: Page) -> None:
    made(page, stored={"k": document(a=1)})
    assert page.evaluate("keeper.replaceAll({ schema: 2, names: { b: 2 } }).names") == {"a": 1}
    assert page.evaluate("look()")["kept"] == {"k": document(b=2)}


# Taking over from earlier editions ----------------------------------------------------------------


def test_what_stood_under_the_former_key_moves_once(page: Page) -> None:
    found = made(page, stored={"old": document(a=1)}, former="old")
    assert found["names"] == {"a": 1} and found["kept"] == {"k": document(a=1)} and found["trouble"] == ""
    assert made(page, stored=found["kept"], former="old")["kept"] == {"k": document(a=1)}


def test_what_an_open_page_of_an_earlier_edition_wrote_afterwards_is_joined(page: Page) -> None:
    found = made(page, stored={"k": document(a=1, b=5), "old": document(a=3, c=2)}, former="old")
    assert found["names"] == {"a": 3, "b": 5, "c": 2}
    assert found["kept"] == {"k": document(a=3, b=5, c=2)}


def test_where_there_is_no_room_for_it_twice_it_moves_all_the_same(page: Page) -> None:
    found = made(page, stored={"old": document(a=1)}, former="old", full=0, fullFor=["k"])
    assert found["names"] == {"a": 1} and found["unsaved"]
    assert found["kept"] == {"old": document(a=1)}, "nothing is lost where nothing can be written"
    room = """async () => {
      allow();
      localStorage.clear();
      localStorage.setItem("old", '{"schema":2,"names":{"a":1}}');
      const real = Storage.prototype.setItem;
      Storage.prototype.setItem = function (key, text) {
        if (key === "k" && localStorage.getItem("old") !== null) throw new DOMException("full", "QuotaExceededError");
        return real.call(this, key, text);
      };
      const { makeKeeper } = await import("/kept/keeper.js?again");
      const read = (value) => ({ document: value, dropped: 0 });
      const keeper = makeKeeper({ key: "k", former: "old", schema: 2, empty: () => ({}), read, merge: (a) => a });
      Storage.prototype.setItem = real;
      return [{ ...localStorage }, keeper.state()];
    }"""
    assert page.evaluate(room) == [{"k": document(a=1)}, {"trouble": "", "unsaved": False}]


def test_damaged_former_data_are_put_aside_and_newer_ones_left_alone(page: Page) -> None:
    found = made(page, stored={"old": "{"}, former="old")
    assert (found["trouble"], found["kept"]["k.hong"]) == ("spoilt", "{") and "old" not in found["kept"]
    newer = json.dumps({"schema": 3, "names": {}})
    found = made(page, stored={"old": newer, "k": document(a=1)}, former="old")
    assert found["names"] == {"a": 1} and found["trouble"] == "" and found["kept"]["old"] == newer


def test_what_was_put_aside_earlier_moves_too_unless_something_stands_there(page: Page) -> None:
    assert made(page, stored={"old.hong": "{"}, former="old")["kept"] == {"k.hong": "{"}
    both = {"old.hong": "{", "k.hong": "["}
    assert made(page, stored=both, former="old")["kept"] == both


def test_another_edition_never_looks_at_the_base_editions_data(modules: Page) -> None:
    other = """() => {
      const script = document.createElement("script");
      script.src = "/everywhere/first.js?other";
      script.dataset.edition = "xa-ta-leng";
      return new Promise((done) => { script.onload = () => done(window.hdnd.places); document.head.append(script); });
    }"""
    base = modules.evaluate("window.hdnd.places")
    assert base["ticks"] == {"key": "hdnd.goc.v1", "former": "hdnd.v1"}
    assert base["practice"] == {"key": "hdnd.goc.tap.v1", "former": "hdnd.tap.v1"}
    assert modules.evaluate(other) == {
        "ticks": {"key": "hdnd.xa-ta-leng.v1", "former": ""},
        "practice": {"key": "hdnd.xa-ta-leng.tap.v1", "former": ""},
        "room": {"key": "hdnd.xa-ta-leng.cho", "former": ""},
        "draft": {"key": "hdnd.xa-ta-leng.du-thao", "former": ""},
    }


# Joins of the two documents: properties ------------------------------------------------------------

TIMES = st.integers(0, 5).map(lambda n: f"2027-01-0{n + 1}T00:00:00.000Z")
SLUGS = st.sampled_from(["ho-so", "chu-the", "ten", "dieu-khoan"])
ITEMS = st.fixed_dictionaries({"done": st.booleans(), "value": st.sampled_from(["", "5", "12"]), "at": TIMES})
SHEETS = st.fixed_dictionaries({
    "seen": st.lists(SLUGS, unique=True), "items": st.dictionaries(SLUGS, ITEMS), "rounds": st.just({}),
})  # fmt: skip
SITTINGS = st.fixed_dictionaries(
    {"facts": st.just({}), "sheets": st.dictionaries(st.sampled_from(["DM01", "DM07"]), SHEETS)}
)
DOCUMENTS = st.fixed_dictionaries({
    "schema": st.just(1), "current": st.just(""),
    "sittings": st.dictionaries(st.sampled_from(["k0001", "k0002", "k0003"]), SITTINGS),
    "rules": st.dictionaries(st.just("quy-che.han"), st.fixed_dictionaries({"value": st.just("5 ngày"), "at": TIMES})),
})  # fmt: skip
JOIN = """async ([first, second]) => {
  const s = await import("/kept/store.js");
  const read = (value) => s.readDocument(value).document;
  const joined = (a, b) => s.merge(read(a), read(b));
  return { ab: joined(first, second), ba: joined(second, first), aa: joined(first, first), a: read(first) };
}"""


def items_of(document: Document) -> dict[tuple[str, str, str], Document]:
    return {
        (sitting, sheet, slug): item
        for sitting, one in document["sittings"].items()
        for sheet, state in one["sheets"].items()
        for slug, item in state["items"].items()
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DOCUMENTS, DOCUMENTS)
def test_joining_loses_nothing_and_the_later_change_wins(modules: Page, first: Document, second: Document) -> None:
    got = modules.evaluate(JOIN, [first, second])
    mine, theirs, both = items_of(first), items_of(second), items_of(got["ab"])
    assert both.keys() == mine.keys() | theirs.keys()
    for key, item in both.items():
        own, other = mine.get(key), theirs.get(key)
        later = own if other is None else other if own is None else other if other["at"] > own["at"] else own
        assert later is not None and {name: item[name] for name in later} == later
    assert got["aa"] == got["a"], "joined with itself it is the same"
    assert {k: v["at"] for k, v in items_of(got["ba"]).items()} == {k: v["at"] for k, v in both.items()}
    for sitting, one in got["ab"]["sittings"].items():
        for sheet, state in one["sheets"].items():
            seen = [
                d["sittings"].get(sitting, {}).get("sheets", {}).get(sheet, {}).get("seen", []) for d in (first, second)
            ]
            assert set(state["seen"]) == set(seen[0]) | set(seen[1])


PRACTICE = st.fixed_dictionaries({
    "schema": st.just(1), "role": st.just(""),
    "exercises": st.dictionaries(
        st.sampled_from(["TH01", "TH02", "TH03"]),
        st.fixed_dictionaries({"result": st.sampled_from(["right", "later", "wrong", "shown"]), "at": TIMES}),
    ),
    "paths": st.dictionaries(st.just("MC1"), st.fixed_dictionaries({
        "quick": st.booleans(),
        "steps": st.dictionaries(SLUGS, st.fixed_dictionaries({"done": st.booleans(), "at": TIMES})),
    })),
    "reviews": st.just({}),
})  # fmt: skip
JOIN_PRACTICE = """async ([first, second]) => {
  const { kept } = await import("/kept/practice-store.js");
  const joined = (a, b) => kept.merge(kept.copyOf(a), kept.copyOf(b));
  return { ab: joined(first, second), aa: joined(first, first), a: kept.copyOf(first) };
}"""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PRACTICE, PRACTICE)
def test_joining_practice_loses_nothing(modules: Page, first: Document, second: Document) -> None:
    got = modules.evaluate(JOIN_PRACTICE, [first, second])
    both = got["ab"]["exercises"]
    assert both.keys() == first["exercises"].keys() | second["exercises"].keys()
    for one, result in both.items():
        found = [d["exercises"][one] for d in (first, second) if one in d["exercises"]]
        assert result["at"] == max(each["at"] for each in found)
    steps = [d["paths"].get("MC1", {}).get("steps", {}) for d in (first, second)]
    assert got["ab"]["paths"].get("MC1", {}).get("steps", {}).keys() == steps[0].keys() | steps[1].keys()
    assert got["aa"] == got["a"]


@pytest.mark.parametrize(
    ("typed", "folded"), [("Đường", "duong"), ("HỌP", "hop"), ("Nghị quyết", "nghi quyet"), ("đÂy", "day"), ("", "")]
)
def test_letters_are_folded_as_readers_type_them(modules: Page, typed: str, folded: str) -> None:
    assert (
        modules.evaluate("async text => (await import('/basics/without-marks.js')).withoutMarks(text)", typed) == folded
    )


def test_days_that_no_calendar_has_are_put_aside(modules: Page) -> None:
    read = """async opening => {
      const s = await import('/kept/store.js');
      const {document: kept, dropped} = s.readDocument({schema: 2, sittings: {k123: {facts: {opening, closing: opening}}},
        days: {[opening]: {worked: true}}});
      return [kept.sittings.k123.facts.opening, kept.sittings.k123.facts.closing, Object.keys(kept.days), dropped];
    }"""
    assert modules.evaluate(read, "2026-02-28") == ["2026-02-28", "2026-02-28", ["2026-02-28"], 0]
    for wrong in ("2026-02-31", "2026-13-01", "2027-02-29"):
        assert modules.evaluate(read, wrong) == ["", "", [], 3], wrong


def test_names_of_the_language_are_no_data_and_days_of_practice_are_written_as_days(modules: Page) -> None:
    """What both stores share: keys of objects, and how a day is written."""
    read = """async () => {
      const text = '{"schema":1,"role":"","exercises":{},"paths":{},"reviews":{"TR-HDND":{"__proto__":{},"2026-1-1":{},"2026-01-31":{}}}}';
      localStorage.setItem(window.hdnd.places.practice.key, text);
      const { current, kept, pathOf, reviewOf } = await import("/kept/practice-store.js");
      const { reviews } = current();
      return [Object.keys(reviews["TR-HDND"]), kept.state().trouble, Object.getPrototypeOf(reviews),
        reviewOf(current(), "TR-HDND", "constructor"), pathOf(current(), "toString").quick];
    }"""
    assert modules.evaluate(read) == [["2026-01-31"], "spoilt", None, None, False]
