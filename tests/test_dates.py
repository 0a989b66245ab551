"""Days that deadlines fall on: one table of cases for Python and the browser, equal to the letter; and what always holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from knowledge.dates import Calendar, Due, Sitting, days_left, due, due_text, long_day
from knowledge.days_off import ANNOUNCED_FILE, YEARS, calendar, days_off, read_announced, read_days_off
from knowledge.records.deadlines import Deadline
from scripts.days_off import table, text

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("data").joinpath("due_cases.yml").read_text("utf-8")
)
KEPT = ("bound", "side", "amount", "until", "unit", "days")
BASIS: Mapping[str, Any] = {
    "id": "han-thu", "does": "Làm thử", "group": "chuan-bi", "basis": "advice", "task": "advice", "number": "advice",
    "roles": ["van-phong"],
}  # fmt: skip


def deadline_of(case: Mapping[str, Any]) -> Deadline:
    anchor = ("ngay" if len(case["days"][0]) == 10 else "ngay-trong-nam") if "days" in case else "khai-mac"
    return Deadline.model_validate({**BASIS, "anchor": anchor} | {name: case[name] for name in KEPT if name in case})


def calendar_of(case: Mapping[str, Any]) -> Calendar:
    known = calendar()
    off, worked = ({date.fromisoformat(day) for day in case.get(name, [])} for name in ("off", "worked"))
    return Calendar(frozenset((known.off | off) - worked), frozenset((known.worked | worked) - off))


def told(when: Due | None) -> dict[str, str]:
    assert when
    found = {"day": when.day, "start": when.start, "better": when.better, "counted": when.counted}
    return {name: day.isoformat() for name, day in sorted(found.items()) if day}


def python_of(case: Mapping[str, Any]) -> tuple[dict[str, str], str]:
    sitting = Sitting("thuong-le-cuoi-nam", {"khai-mac": date.fromisoformat(case["opening"])})
    when = due(deadline_of(case), sitting, calendar_of(case))
    return told(when), due_text(case["bound"], when) if when else ""


def test_the_table_is_large_and_holds_what_matters() -> None:
    assert len(CASES) >= 150
    for name in ("start", "better", "counted"):
        assert [case for case in CASES if name in case["due"]], name
    assert {case["bound"] for case in CASES} == {"cham-nhat", "truoc", "khong-som-hon", "trong-khoang", "tai-ky"}


def test_python_computes_every_case() -> None:
    wrong = [(case, python_of(case)[0]) for case in CASES if python_of(case)[0] != case["due"]]
    assert wrong == []


def test_the_browser_computes_every_case_and_says_the_same(modules: Page) -> None:
    compute = """async ({cases, off, worked}) => {
      const {due, dueText} = await import('/sitting/dates.js');
      const set = (all, more, less) => new Set([...all, ...(more || [])].filter(day => !(less || []).includes(day)));
      return cases.map(one => {
        const anchor = one.days ? (one.days[0].length === 10 ? 'ngay' : 'ngay-trong-nam') : 'khai-mac';
        const calendar = {off: set(off, one.off, one.worked), worked: set(worked, one.worked, one.off)};
        const sitting = {kind: 'thuong-le-cuoi-nam', days: {'khai-mac': one.opening}, local: {}};
        const found = due({...one, anchor}, sitting, calendar);
        return [Object.fromEntries(Object.entries(found).sort()), dueText(one.bound, found)];
      });
    }"""
    off = [one.day.isoformat() for one in days_off() if not one.worked]
    worked = [one.day.isoformat() for one in days_off() if one.worked]
    cases = [{name: case[name] for name in (*KEPT, "opening", "off", "worked") if name in case} for case in CASES]
    found = modules.evaluate(compute, {"cases": cases, "off": off, "worked": worked})
    assert [tuple(one) for one in found] == [python_of(case) for case in CASES]


def test_words_of_days_are_the_same_in_both(modules: Page) -> None:
    today = date(2026, 11, 27)
    days = [today + timedelta(days=count) for count in (-40, -2, -1, 0, 1, 2, 13, 40)]
    read = """async ([days, today]) => {
      const d = await import('/sitting/dates.js');
      return days.map(day => [d.longDay(day), d.daysLeft(day, today)]);
    }"""
    found = modules.evaluate(read, [[day.isoformat() for day in days], today.isoformat()])
    assert found == [[long_day(day), days_left(day, today)] for day in days]
    assert long_day(date(2026, 12, 10)) == "Thứ Năm 10/12/2026"
    assert [days_left(day, today) for day in days[1:5]] == ["đã qua 2 ngày", "đã qua 1 ngày", "hôm nay", "còn 1 ngày"]


DAYS = st.dates(date(2026, 3, 1), date(2031, 10, 1))


@given(DAYS, st.integers(0, 60), st.sampled_from(["ngay", "ngay-lam-viec"]))
def test_a_limit_counted_backwards_ends_on_a_working_day_before(opening: date, amount: int, unit: str) -> None:
    case = {"bound": "cham-nhat", "side": "truoc", "amount": amount, "unit": unit}
    when = due(deadline_of(case), Sitting("chuyen-de", {"khai-mac": opening}), calendar())
    assert when and when.better is None and when.day <= opening
    if amount or unit == "ngay":
        assert calendar().works(when.day)
    further = due(deadline_of({**case, "amount": amount + 1}), Sitting("chuyen-de", {"khai-mac": opening}), calendar())
    assert further and further.day <= when.day


@given(DAYS, st.integers(0, 60))
def test_a_limit_counted_forwards_never_moves(opening: date, amount: int) -> None:
    case = {"bound": "cham-nhat", "side": "sau", "amount": amount}
    when = due(deadline_of(case), Sitting("chuyen-de", {"khai-mac": opening}), calendar())
    assert when and when.day == opening + timedelta(days=amount) and when.counted is None
    assert when.better is None or (opening <= when.better < when.day and calendar().works(when.better))


@given(DAYS, st.integers(1, 40))
def test_working_days_there_and_back(day: date, count: int) -> None:
    found = calendar()
    ahead = found.shift(day, count)
    assert found.works(ahead) and found.shift(ahead, -count) == found.working_day(day)


def test_a_number_of_ones_own_goes_before_all_and_none_gives_no_day() -> None:
    opening = {"khai-mac": date(2026, 12, 10)}
    one = Deadline.model_validate(
        {**BASIS, "anchor": "khai-mac", "bound": "cham-nhat", "side": "truoc", "local": "a.b", "number": "local"}
    )
    assert due(one, Sitting("chuyen-de", opening), calendar()) is None
    when = due(one, Sitting("chuyen-de", opening, {"a.b": (5, "ngay-lam-viec")}), calendar())
    assert when and when.day == date(2026, 12, 3)
    two = Deadline.model_validate(
        {**BASIS, "anchor": "khai-mac", "bound": "cham-nhat", "side": "truoc", "amount": 20, "amount_other": 7}
    )
    days = [due(two, Sitting(kind, opening), calendar()) for kind in ("thuong-le-giua-nam", "chuyen-de")]
    assert [one.day for one in days if one] == [date(2026, 11, 20), date(2026, 12, 3)]
    assert due(two, Sitting("chuyen-de", {}), calendar()) is None


def test_the_province_and_the_estimate(root: Path) -> None:
    """The days that the issue of the estimate turns on: 16/12, 19/12, better 18/12; before 31/3 is 30/3."""
    from knowledge.records.load import load

    deadlines = load(root).kb.deadlines
    sitting = Sitting("thuong-le-cuoi-nam", {"khai-mac": date(2026, 12, 10), "hdnd-tinh-quyet": date(2026, 12, 9)})
    days = {
        name: due(deadlines[f"han-{name}"], sitting, calendar())
        for name in (
            "du-toan-som-nhat",
            "du-toan-muon-nhat",
            "phe-chuan-quyet-toan",
            "ho-so-tham-tra",
            "bao-cao-tham-tra",
        )
    }
    assert {name: told(when) for name, when in days.items()} == {
        "du-toan-som-nhat": {"day": "2026-12-16"},
        "du-toan-muon-nhat": {"day": "2026-12-19", "better": "2026-12-18"},
        "phe-chuan-quyet-toan": {"day": "2027-03-30"},
        "ho-so-tham-tra": {"day": "2026-11-25"},
        "bao-cao-tham-tra": {"day": "2026-12-03"},
    }


def test_the_table_of_days_off_is_what_the_library_and_the_papers_say(root: Path) -> None:
    """Run `make days-off` after a new library or paper."""
    written = (root / "knowledge" / "days_off.yml").read_text("utf-8")
    assert written == text(table())
    days = {one.day: one for one in days_off()}
    for year in YEARS:
        assert not days[date(year, 11, 24)].worked
    assert days[date(2026, 8, 22)].worked and days[date(2026, 1, 10)].worked
    assert {one.announced for one in days_off() if one.day.year == 2028 and one.day.month != 11} == {False}
    assert all(one.source for one in days_off())


@pytest.mark.parametrize("spoilt", ["- {day: 2026-13-01}\n", "nonsense: [", "- {day: '2026-01-01', name: Tết}\n"])
def test_a_spoilt_table_is_one_line(spoilt: str) -> None:
    with pytest.raises(SystemExit) as told_:
        read_days_off(spoilt)
    assert str(told_.value).startswith("knowledge/days_off.yml: LỖI") and "\n" not in str(told_.value)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("first: 2026-04-01", "first: 2026-04-31"), ("last: 2026-02-28", "last: 2026-01-28"), ("worked: true", "worked: có"),
        ("month: 11", "month: 13"), ("left_out:", "left:"),
    ],
)  # fmt: skip
def test_what_was_announced_and_is_spoilt_is_one_line(before: str, after: str) -> None:
    announced = ANNOUNCED_FILE.read_text("utf-8")
    assert read_announced(announced).papers and announced.count(before) == 1
    with pytest.raises(SystemExit) as told_:
        read_announced(announced.replace(before, after))
    assert str(told_.value).startswith("knowledge/days_off_announced.yml: LỖI") and "\n" not in str(told_.value)
