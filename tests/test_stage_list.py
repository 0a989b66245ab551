"""The stages of a sitting: a path with when and who, whole without script; days in the place of words once the opening is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from selectolax.lexbor import LexborHTMLParser

from knowledge.dates import Calendar, Due, Sitting, days_left, due, long_day
from knowledge.days_off import days_off
from knowledge.index import Index
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import vn_date
from macros.renderer import Renderer
from tests.browsing import DESKTOP, PHONE, accessibility_faults, await_frames, page_count, stays_too_wide

TODAY = date(2026, 11, 23)
OPENING = date(2026, 12, 10)
STAGES = "ky-hop/"


def shown(kb: KnowledgeBase) -> LexborHTMLParser:
    return LexborHTMLParser(Renderer(kb, lambda: "ky-hop/index.md", lambda: "directory").stage_list())


def said(node: Any) -> str:
    return " ".join(node.text().split())


def test_every_stage_says_what_when_and_who(kb: KnowledgeBase) -> None:
    lines = shown(kb).css("ol.hd-cycle > li")
    assert [line.attributes["id"] for line in lines] == [stage.lower() for stage in kb.stages]
    for line, stage in zip(lines, kb.stages.values(), strict=True):
        links = line.css("a")
        assert [said(link) for link in links] == [f"{stage.title} {stage.id}"], (
            "one stop for the keyboard, named in full"
        )
        assert links[0].attributes["href"] == f"{stage.id.lower()}/"
        assert said(line.css_first(".hd-cycle__when")) == f"Khi nào: {stage.when}"
        answering: Counter[str] = Counter()
        for sheet in kb.checklists.values():
            for round_ in sheet.rounds:
                if round_.stage == stage.id:
                    answering.update({role: len(round_.items) for role in round_.answers})
        names = said(line.css_first(".hd-cycle__who")).removeprefix("Ai làm: ").split(", ")
        assert sorted(names) == sorted(kb.roles[role].short for role in answering), stage.id
        counts = {kb.roles[role].short: count for role, count in answering.items()}
        assert [counts[name] for name in names] == sorted(counts.values(), reverse=True), "who does most comes first"
        assert ("Song song: " in said(line)) == bool(stage.parallel)
    opens = [line for line in lines if line.css_first(".hd-cycle__opening")]
    assert [line.attributes["data-hd-stage"] for line in opens] == [s.id for s in kb.stages.values() if s.opening]


def test_who_answers_is_counted_from_the_sheets(kb: KnowledgeBase) -> None:
    assert Index(kb).answering_at("B4") == ["ban-hdnd"]
    assert Index(kb).answering_at("B3")[0] == "phong-chuyen-mon"
    assert Index(kb).answering_at("B0") == []


def test_the_page_lists_the_stages_once(site: Path, kb: KnowledgeBase) -> None:
    page = LexborHTMLParser((site / "ky-hop/index.html").read_text("utf-8"))
    assert len(page.css("article ol")) == 1 and not page.css("article svg[viewBox^='0 0 340']")
    steps = page.css_first("article nav.hd-next")
    assert steps is not None
    steps.decompose()
    targets = Counter(link.attributes["href"] for link in page.css("article a"))
    assert {stage: targets[f"{stage.lower()}/"] for stage in kb.stages} == dict.fromkeys(kb.stages, 1)


# Days -------------------------------------------------------------------------------------------


def expected(kb: KnowledgeBase, done: frozenset[str] = frozenset()) -> dict[str, tuple[date, date, date | None]]:
    """Stage → first, last and next day of a year-end sitting on OPENING, by this side's own reckoning."""
    table = days_off()
    calendar = Calendar(
        frozenset(one.day for one in table if not one.worked), frozenset(one.day for one in table if one.worked)
    )
    sitting = Sitting("thuong-le-cuoi-nam", {"khai-mac": OPENING, "hdnd-tinh-quyet": date(2026, 12, 9)})
    found: dict[str, list[tuple[str, Due]]] = {}
    for one in kb.deadlines.values():
        if one.group not in ("chuan-bi", "sau-ky") or one.bound == "khong-som-hon" or one.stage is None:
            continue
        if one.when and sitting.kind not in one.when:
            continue
        if one.only_if not in (None, "y-kien-tham-tra", "chat-van", "du-toan"):
            continue
        when = due(one, sitting, calendar)
        if when and not kb.stages[one.stage].opening:
            found.setdefault(one.stage, []).append((one.id, when))
    told = {}
    for stage, ends in found.items():
        days = [(name, when.better or when.day) for name, when in ends]
        first = min(when.start or when.better or when.day for _name, when in ends)
        coming = [day for name, day in days if day >= TODAY and name not in done]
        told[stage] = (first, max(day for _name, day in days), min(coming, default=None))
    return told


def words_of(first: date, last: date) -> str:
    if first == last:
        return long_day(first)
    return f"{vn_date(first) if first.year != last.year else vn_date(first).rpartition('/')[0]} – {vn_date(last)}"


@pytest.fixture
def stages(context: BrowserContext, address: str) -> Iterator[Page]:
    """The page of the stages on a device that knows the opening day."""
    page = context.new_page()
    page.clock.set_fixed_time(f"{TODAY.isoformat()}T09:00:00+07:00")
    page.goto(f"{address}/tra-cuu/tien-do/")
    page.locator("input[name=opening]").fill(OPENING.isoformat())
    page.locator("input[name=opening]").blur()
    expect(page.locator("[data-hd-board-body] .hd-due").first).to_be_visible()
    page.goto(f"{address}/{STAGES}")
    expect(page.locator("[data-hd-stages-says]")).to_be_visible()
    yield page


def days_shown(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = page.evaluate("""() => Object.fromEntries(
      [...document.querySelectorAll("[data-hd-stage]")].map(line => [line.dataset.hdStage,
        [...line.querySelector("[data-hd-stage-days]").children].map(one => one.textContent)]))""")
    return found


def test_the_days_are_those_of_the_deadlines(stages: Page, kb: KnowledgeBase) -> None:
    told = expected(kb)
    assert len(told) == 8, "every stage but the sitting itself has days"
    nearest = min(coming for _first, _last, coming in told.values() if coming)
    shown_days = days_shown(stages)
    for stage, (first, last, coming) in told.items():
        span, state = shown_days[stage]
        assert span == words_of(first, last), stage
        if coming is None:
            assert state == "Đã qua", stage
        else:
            assert state.lower().endswith(days_left(coming, TODAY)), stage
            assert ("gần nhất" in state) == (coming == nearest), stage
    assert shown_days["B7"] == [long_day(OPENING), "Còn 17 ngày"]
    now = stages.locator("[aria-current=step]")
    assert now.evaluate_all("all => all.map(one => one.dataset.hdStage)") == [
        stage for stage, (_f, _l, coming) in told.items() if coming == nearest
    ]
    says = stages.locator("[data-hd-stages-says] strong")
    name = kb.stages[now.first.get_attribute("data-hd-stage") or ""].title
    expect(says).to_contain_text(f"Khai mạc {long_day(OPENING)}, còn 17 ngày.")
    expect(says).to_contain_text(f"ở bước “{name}”")
    expect(stages.locator("[data-hd-stages-none]")).to_be_hidden()


def test_what_is_done_comes_next_no_more(stages: Page, kb: KnowledgeBase, address: str) -> None:
    told = expected(kb)
    stage = next(s for s, (_f, _l, coming) in told.items() if coming == TODAY)
    due_today = stages.context.new_page()
    due_today.clock.set_fixed_time(f"{TODAY.isoformat()}T09:00:00+07:00")
    due_today.goto(f"{address}/tra-cuu/tien-do/")
    own = frozenset(one.id for one in kb.deadlines.values() if one.stage == stage)
    # Those due today are what keeps the stage at today while all its others are done; several may be.
    done = {one for one in own if expected(kb, own - {one})[stage][2] == TODAY}
    assert done
    for one in sorted(done):
        due_today.locator(f"[data-hd-due={one}] .hd-tick").check()
    later = expected(kb, frozenset(done))[stage][2]
    # The page that stands open in the other tab follows.
    assert later is not None and later > TODAY
    expect(stages.locator(f"[data-hd-stage={stage}] [data-hd-stage-days] span")).to_contain_text(
        days_left(later, TODAY)
    )


def test_no_day_that_nobody_can_know(context: BrowserContext, address: str, kb: KnowledgeBase) -> None:
    """Without an opening day, or with one that is no day, the words of the stage stand."""
    page = context.new_page()
    page.goto(f"{address}/tra-cuu/ky-hop-dang-chuan-bi/")
    page.locator("[data-hd-sitting-form] input.hd-field").first.fill("Xã Ví Dụ")
    page.locator("[data-hd-sitting-form] input.hd-field").first.blur()
    with page.expect_response(re.compile(r"/pages/stages\.js")):
        page.goto(f"{address}/{STAGES}")
    page.evaluate("import('/assets/scripts/pages/stages.js').then(() => true)")
    await_frames(page)
    for stage in kb.stages.values():
        expect(page.locator(f"[data-hd-stage={stage.id}] .hd-cycle__when")).to_have_text(f"Khi nào: {stage.when}")
    expect(page.locator("[data-hd-stages-says]")).to_be_hidden()
    expect(page.locator("[data-hd-stages-none]")).to_be_visible()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        # A day off is left before it; without a day there is nothing to tell.
        (
            [[{"day": "2026-12-13", "better": "2026-12-11"}, "later"], [None, "unknown"]],
            ["2026-12-11", "2026-12-11", "2026-12-11"],
        ),
        ([[None, "unknown"]], None),
        # A span begins with its first day; what is done is not awaited, what does not apply does not count.
        (
            [[{"start": "2026-11-20", "day": "2026-11-27"}, "done"], [{"day": "2026-12-01"}, "na"]],
            ["2026-11-20", "2026-11-27", ""],
        ),
        (
            [[{"day": "2026-11-20"}, "late"], [{"day": "2026-11-23"}, "week"]],
            ["2026-11-20", "2026-11-23", "2026-11-23"],
        ),
    ],
)
def test_days_of_a_stage_from_its_rows(modules: Page, rows: list[Any], told: list[str] | None) -> None:
    found = modules.evaluate(
        """async ([rows, today]) => {
          const {stageDays} = await import("/sitting/stage-days.js");
          const days = stageDays(rows.map(([due, state]) => ({due, state})), today);
          return days && [days.first, days.last, days.next];
        }""",
        [rows, TODAY.isoformat()],
    )
    assert found == told


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2026-12-10", "2026-12-11", "2026-12-10"),
        ("2026-11-22", "2026-11-24", "2026-11-23"),
        ("2026-11-01", "2026-11-02", ""),
    ],
)
def test_while_the_sitting_lasts_it_is_today(modules: Page, start: str, end: str, told: str) -> None:
    found = modules.evaluate(
        """async (days) => (await import("/sitting/stage-days.js")).sittingDays(...days)""",
        [start, end, TODAY.isoformat()],
    )
    assert found == {"first": start, "last": end, "next": told}


def test_the_limits_of_a_stage_are_its_own_work(kb: KnowledgeBase) -> None:
    lines = shown(kb).css("[data-hd-stage]")
    given = {line.attributes["data-hd-stage"]: (line.attributes.get("data-hd-limits") or "").split() for line in lines}
    assert "han-ho-so-tham-tra" in given["B3"] and "han-rut-kinh-nghiem" in given["B9"]
    # The estimate's days, and those from which on something may be done, are no end of a stage.
    assert not {"han-so-lieu-tinh-giao", "han-cong-khai-kien-nghi"} & {one for own in given.values() for one in own}


# Look -------------------------------------------------------------------------------------------


def stops(page: Page) -> list[list[float]]:
    found: list[list[float]] = page.eval_on_selector_all(
        "[data-hd-stages] > li",
        """all => all.map(line => {
          const parts = ["name", "when", "who"].map(one => line.querySelector(`.hd-cycle__${one}`).getBoundingClientRect());
          return [line.querySelector(".hd-cycle__step").offsetHeight, ...parts.map(one => one.left), ...parts.map(one => one.top)];
        })""",
    )
    return found


def test_a_line_down_a_phone_and_columns_on_a_wide_screen(stages: Page) -> None:
    for width in (320, 360):
        assert not stays_too_wide(stages, width)
        for height, *lefts, name, when, who in stops(stages):
            assert height >= 44 and len(set(lefts)) == 1 and name < when < who
    for width in (768, 1280):
        assert not stays_too_wide(stages, width)
        for _height, *lefts, name, when, who in stops(stages):
            assert lefts == sorted(set(lefts)) and len(lefts) == 3 and name == pytest.approx(when, abs=8) == who
    stages.set_viewport_size(DESKTOP)
    article = stages.locator("article").bounding_box()
    who = stages.locator(".hd-cycle__who").first.bounding_box()
    assert article and who and who["x"] + who["width"] > article["x"] + article["width"] - 60, "the width is used"
    assert accessibility_faults(stages) == []


def test_the_whole_step_is_its_link_and_the_only_stop(stages: Page) -> None:
    stages.set_viewport_size(PHONE)
    # What lies above it there takes the touch: the link.
    stages.locator("#b4 .hd-cycle__who").click(force=True)
    expect(stages).to_have_url(re.compile("/ky-hop/b4/$"))
    stages.go_back()
    assert stages.locator("#b4 :is(a, button, [tabindex])").count() == 1


@pytest.mark.parametrize("script", [True, False])
def test_one_page_on_paper_with_and_without_days(stages: Page, browser: Browser, address: str, script: bool) -> None:
    if script:
        assert page_count(stages.pdf(prefer_css_page_size=True)) == 1
        return
    bare = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
    page = bare.new_page()
    page.goto(f"{address}/{STAGES}")
    expect(page.locator("#b3 .hd-cycle__when")).to_have_text("Khi nào: Sau khi phân công, trước khi gửi hồ sơ thẩm tra")
    expect(page.locator("[data-hd-stages-says]")).to_be_hidden()
    expect(page.locator("[data-hd-stages-none]")).to_be_hidden()
    assert page_count(page.pdf(prefer_css_page_size=True)) == 1
    bare.close()
