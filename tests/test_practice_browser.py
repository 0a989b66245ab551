"""Practice as a delegate meets it: answer, try again, walk a path, compare two self-reviews, print."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Exercise
from knowledge.text import folded_space
from tests.browsing import (
    DESKTOP,
    HOSTILE,
    PHONE,
    accessibility_faults,
    await_colours,
    await_pictures,
    page_count,
    wait_until,
)
from tests.pdf_text import pages_of
from tests.sample import SOME_OR_ALL, some_of

KEY = "hdnd.goc.tap.v1"
READY = ".hd-option, .hd-tools"
LONG = "Tờ trình số 45, trang 12; biên bản họp Ban ngày 27/11/2026, 14 ý kiến; nghị quyết số 21, Điều 3 khoản 2"
AT = "2026-11-20T08:00:00.000Z"

Open = Callable[..., Page]


@pytest.fixture
def opened(context: BrowserContext, address: str) -> Iterator[Open]:
    """Open a page in a new tab; a script error anywhere fails the test."""
    faults: list[str] = []

    def open_tab(path: str, script: str = "", day: str = "", ready: str = READY) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        if day:
            page.clock.set_fixed_time(f"{day}T08:00:00")
        if script:
            page.add_init_script(script)
        page.goto(f"{address}/{path}")
        page.wait_for_selector(ready)
        return page

    yield open_tab
    assert faults == []


def first_of(kb: KnowledgeBase, kind: str) -> Exercise:
    return next(one for one in kb.exercises.values() if one.kind == kind)


def page_of(exercise: Exercise) -> str:
    return f"thuc-hanh/{exercise.id.lower()}/"


def option(page: Page, index: int) -> Any:
    return page.locator(".hd-options .hd-option").nth(index)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def stored(page: Page) -> Any:
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}')") or "null")


def put_first(document: Any) -> str:
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    return (
        f"if (!sessionStorage.getItem('put')) {{sessionStorage.setItem('put', '1');"
        f"localStorage.setItem('{KEY}', {json.dumps(text)});}}"
    )


def document_with(**fields: Any) -> dict[str, Any]:
    return {"schema": 1, "role": "", "exercises": {}, "paths": {}, "reviews": {}, **fields}


def answers(kb: KnowledgeBase, review: str, point: int, evidence: str = "") -> dict[str, Any]:
    one = {"point": point, "evidence": evidence, "text": "", "at": AT}
    return {statement.id: dict(one) for statement in kb.reviews[review].statements}


# Exercises --------------------------------------------------------------------------------------------


def test_choose_one_wrong_then_right_then_again_at_once(opened: Open, kb: KnowledgeBase) -> None:
    exercise = first_of(kb, "one")
    right = [choice.right for choice in exercise.choices].index(True)
    wrong = 0 if right else 1
    page = opened(page_of(exercise))
    after = page.locator("[data-hd-after]")
    expect(after).to_be_hidden()
    press(page, "Trả lời")
    expect(page.locator(".hd-result")).to_have_text("Chọn một câu rồi bấm Trả lời.")
    assert stored(page) is None, "nothing chosen is no answer"

    option(page, wrong).locator("label").tap()
    press(page, "Trả lời")
    verdict = option(page, wrong).locator(".hd-verdict")
    expect(verdict).to_contain_text("✗ Không nên chọn.")
    expect(verdict).to_contain_text(exercise.choices[wrong].feedback)
    expect(page.locator(".hd-verdict")).to_have_count(1)
    expect(after.locator("a").first).to_be_visible()
    expect(page.locator("[data-hd-takeaway]")).to_be_hidden()
    expect(page.get_by_role("button", name="Thử lại")).to_be_focused()
    assert stored(page)["exercises"][exercise.id]["result"] == "wrong"

    press(page, "Thử lại")
    expect(option(page, wrong).locator("input")).not_to_be_checked()
    option(page, right).locator("label").tap()
    press(page, "Trả lời")
    expect(page.locator(".hd-result")).to_contain_text("Đúng.")
    expect(page.locator(".hd-verdict")).to_have_count(len(exercise.choices))
    expect(option(page, right).locator(".hd-verdict")).to_contain_text("✓ Nên chọn.")
    expect(page.locator("[data-hd-takeaway]")).to_contain_text(exercise.takeaway)
    assert stored(page)["exercises"][exercise.id]["result"] == "later"

    lists = opened("thuc-hanh/")
    expect(lists.locator("#lam-lai")).to_have_text("Làm lại các bài chưa đúng (1)")
    expect(lists.locator(f"[data-hd-record={exercise.id}] .hd-done")).to_have_text("Đã làm: đúng khi thử lại")
    lists.locator(".hd-again a").click()
    lists.wait_for_selector(READY)
    expect(lists.locator(".hd-last")).to_have_text("Lần làm trước: đúng khi thử lại.")
    option(lists, right).locator("label").click()
    press(lists, "Trả lời")
    lists.goto(lists.url.replace(page_of(exercise), "thuc-hanh/"))
    expect(lists.locator(".hd-total")).to_contain_text("Đã làm 1/")
    expect(lists.locator("#lam-lai")).to_be_hidden()


@pytest.mark.parametrize("kind", ["several", "mark"])
@pytest.mark.corner
def test_choose_several_keeps_what_was_right(opened: Open, kb: KnowledgeBase, kind: str) -> None:
    exercise = first_of(kb, kind)
    rights = [i for i, choice in enumerate(exercise.choices) if choice.right]
    wrong = next(i for i, choice in enumerate(exercise.choices) if not choice.right)
    page = opened(page_of(exercise))
    for index in (rights[0], wrong):
        option(page, index).locator("label").tap()
    press(page, "Trả lời")
    yes, no = ("Có lỗi", "Không có lỗi") if kind == "mark" else ("Nên chọn", "Không nên chọn")
    expect(option(page, rights[0]).locator(".hd-verdict")).to_contain_text(f"✓ {yes}.")
    expect(option(page, wrong).locator(".hd-verdict")).to_contain_text(f"✗ {no}.")
    expect(page.locator(".hd-verdict")).to_have_count(2)
    expect(page.locator(".hd-result")).to_contain_text(f"Còn {len(rights) - 1} ")
    press(page, "Thử lại")
    expect(option(page, rights[0]).locator("input")).to_be_checked()
    expect(option(page, wrong).locator("input")).not_to_be_checked()
    for index in rights[1:]:
        option(page, index).locator("label").tap()
    press(page, "Trả lời")
    expect(page.locator(".hd-result")).to_contain_text("Đúng.")
    expect(page.locator(".hd-verdict")).to_have_count(len(exercise.choices))
    assert stored(page)["exercises"][exercise.id]["result"] == "later"


def test_the_keyboard_answers_by_choosing(opened: Open, kb: KnowledgeBase) -> None:
    exercise = first_of(kb, "one")
    right = [choice.right for choice in exercise.choices].index(True)
    page = opened(page_of(exercise))
    option(page, 0).locator("input").focus()
    page.keyboard.press("Space")
    for _ in range(right):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".hd-result")).to_have_text("Đúng. Đọc lý do ở từng câu.")
    expect(page.locator(".hd-result")).to_have_attribute("aria-live", "polite")
    described = option(page, right).locator("input").get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text(exercise.choices[right].feedback)


def test_the_keyboard_puts_steps_in_order_and_right_ones_stay(opened: Open, kb: KnowledgeBase) -> None:
    exercise = first_of(kb, "order")
    page = opened(page_of(exercise))
    steps = [step.text for step in exercise.steps]

    def order() -> list[str]:
        return page.locator(".hd-order__text").all_inner_texts()

    def mover(label: str, text: str) -> Any:
        return page.get_by_role("button", name=f"{label} ({text})")

    def put(text: str, place: int) -> None:
        while order().index(text) > place:
            mover("Lên", text).focus()
            page.keyboard.press("Enter")
            expect(mover("Lên", text)).to_be_focused()

    put(steps[0], 0)
    expect(page.locator(".hd-result")).to_contain_text("nay ở vị trí 1 trên")
    top = mover("Lên", steps[0])
    expect(top).to_have_attribute("aria-disabled", "true")
    # Whatever else is right by now, two are put wrong on purpose.
    for place, text in enumerate(steps):
        put(text, place)
    mover("Xuống", steps[1]).press("Enter")
    page.get_by_role("button", name="Trả lời", exact=True).press("Enter")
    expect(page.locator(".hd-verdict[data-hd-good=no]")).to_have_count(2)
    expect(page.locator(".hd-result")).to_contain_text(f"{len(steps) - 2} trên {len(steps)} bước đã đúng chỗ")
    page.keyboard.press("Enter")
    expect(page.locator(".hd-order .hd-row:visible")).to_have_count(2)
    mover("Lên", steps[1]).press("Enter")
    page.get_by_role("button", name="Trả lời", exact=True).press("Enter")
    expect(page.locator(".hd-result")).to_contain_text("Đúng.")
    assert order() == steps
    expect(page.locator(".hd-order")).to_contain_text(exercise.steps[0].feedback)
    assert stored(page)["exercises"][exercise.id]["result"] == "later"


@pytest.mark.corner
def test_answers_can_be_shown_and_the_exercise_begun_anew(opened: Open, kb: KnowledgeBase) -> None:
    exercise = first_of(kb, "order")
    page = opened(page_of(exercise))
    before = page.locator(".hd-order__text").all_inner_texts()
    press(page, "Trả lời")
    press(page, "Xem trả lời và lý do")
    assert page.locator(".hd-order__text").all_inner_texts() == [step.text for step in exercise.steps]
    assert stored(page)["exercises"][exercise.id]["result"] == "shown"
    press(page, "Làm lại từ đầu")
    assert page.locator(".hd-order__text").all_inner_texts() == before
    expect(page.locator("[data-hd-after]")).to_be_hidden()


@pytest.mark.corner
def test_results_are_removed_only_after_a_question_and_come_back(opened: Open) -> None:
    document = document_with(exercises={"TH01": {"result": "wrong", "at": AT}})
    page = opened("thuc-hanh/", put_first(document))
    press(page, "Xóa kết quả luyện tập…")
    expect(page.get_by_role("button", name="Giữ lại")).to_be_focused()
    page.keyboard.press("Escape")
    assert "TH01" in stored(page)["exercises"]
    press(page, "Xóa kết quả luyện tập…")
    press(page, "Xóa kết quả")
    assert stored(page)["exercises"] == {}
    press(page, "Hoàn tác xóa")
    expect(page.locator("#lam-lai")).to_contain_text("(1)")


@pytest.mark.corner
def test_exercises_for_one_role(opened: Open, kb: KnowledgeBase) -> None:
    page = opened("thuc-hanh/")
    page.get_by_label("Chỉ hiện bài cho vai trò").select_option("mttq")
    own = [one.id for one in kb.exercises.values() if "mttq" in one.roles]
    shown = page.eval_on_selector_all(
        "[data-hd-record]", "all => all.filter(e => e.offsetParent).map(e => e.dataset.hdRecord)"
    )
    assert shown == own


def printed_pages(page: Page) -> list[str]:
    return pages_of(page.pdf(format="A4"))


@pytest.mark.parametrize(
    "kind", ["one", *(pytest.param(kind, marks=pytest.mark.full) for kind in ("mark", "several", "order"))]
)
@pytest.mark.corner
def test_an_unfinished_exercise_prints_its_key_on_a_sheet_of_its_own_when_asked(
    opened: Open, kb: KnowledgeBase, kind: str
) -> None:
    exercise = first_of(kb, kind)
    page = opened(page_of(exercise))
    pieces = exercise.choices or exercise.steps
    plain = printed_pages(page)
    whole = " ".join(plain)
    assert all(folded_space(one.text) in whole for one in pieces)
    told = [folded_space(text) for text in (exercise.takeaway, *(one.feedback for one in pieces))]
    assert not [text for text in told if text in whole], "not asked: no answer"
    assert "In kèm đáp án" not in whole and "In bài này" not in whole and "Xuống" not in whole
    asked = page.get_by_label("In kèm đáp án, ở trang riêng")
    asked.focus()
    page.keyboard.press("Space")
    expect(asked).to_be_checked()
    assert asked.bounding_box()["height"] >= 44  # type: ignore[index]
    assert page.get_by_role("button", name="In bài này").bounding_box()["height"] >= 44  # type: ignore[index]
    assert accessibility_faults(page) == []
    expect(page.locator(".hd-paper-key")).to_be_hidden()
    with_key = printed_pages(page)
    assert with_key[: len(plain)] == plain, "the exercise itself is the same"
    assert len(with_key) > len(plain) and with_key[len(plain)].startswith("Đáp án: " + folded_space(exercise.title))
    key = " ".join(with_key[len(plain) :])
    assert [text for text in told if text not in key] == []
    places = [key.index(folded_space(one.text)) for one in pieces]
    assert places == sorted(places), "steps stand in their right order"
    for one in exercise.choices:
        words = {"mark": ("Có lỗi", "Không có lỗi")}.get(kind, ("Nên chọn", "Không nên chọn"))
        assert f"{folded_space(one.text)} {words[not one.right]}: {folded_space(one.feedback)}" in key
    asked.uncheck()
    assert printed_pages(page) == plain


@pytest.mark.parametrize("share", SOME_OR_ALL)
def test_no_exercise_prints_a_blank_page(opened: Open, kb: KnowledgeBase, share: int) -> None:
    page = opened("thuc-hanh/")
    counts = {}
    for exercise in map(kb.exercises.__getitem__, some_of(kb.exercises, share)):
        page.goto(page.url.rpartition("thuc-hanh/")[0] + page_of(exercise))
        page.wait_for_selector(".hd-option")
        pages = printed_pages(page)
        assert all(pages), exercise.id
        counts[exercise.id] = len(pages)
    assert set(counts.values()) <= {1, 2} and sum(count == 1 for count in counts.values()) > len(counts) / 2, counts


@pytest.mark.corner
def test_a_finished_exercise_prints_its_reasons_once(opened: Open, kb: KnowledgeBase) -> None:
    exercise = first_of(kb, "one")
    page = opened(page_of(exercise))
    page.get_by_label("In kèm đáp án, ở trang riêng").check()
    option(page, next(n for n, one in enumerate(exercise.choices) if one.right)).locator("input").check()
    press(page, "Trả lời")
    expect(page.get_by_label("In kèm đáp án, ở trang riêng")).to_be_hidden()
    whole = " ".join(printed_pages(page))
    assert all(whole.count(folded_space(one.feedback)) == 1 for one in exercise.choices)
    assert whole.count(folded_space(exercise.takeaway)) == 1
    press(page, "Làm lại từ đầu")
    expect(page.get_by_label("In kèm đáp án, ở trang riêng")).to_be_visible()
    assert folded_space(exercise.choices[0].feedback) in " ".join(printed_pages(page)[1:]), "asked for as before"


def test_the_button_prints(opened: Open, kb: KnowledgeBase) -> None:
    page = opened(page_of(first_of(kb, "one")), "window.print = () => { window.printed = true; };")
    press(page, "In bài này")
    assert page.evaluate("window.printed") is True


@pytest.mark.corner
def test_in_zalo_nothing_is_offered_to_print(browser: Browser, address: str, kb: KnowledgeBase) -> None:
    context = browser.new_context(
        viewport=PHONE, user_agent="Mozilla/5.0 (Linux; Android 12) Chrome/109 Zalo android/123"
    )
    page = context.new_page()
    page.goto(f"{address}/{page_of(first_of(kb, 'one'))}")
    page.wait_for_selector(READY)
    expect(page.get_by_role("button", name="In bài này")).to_have_count(0)
    context.close()


def test_without_script_answers_are_folded_and_all_is_readable(
    browser: Browser, address: str, kb: KnowledgeBase
) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    for kind in ("one", "several", "order", "mark"):
        exercise = first_of(kb, kind)
        page.goto(f"{address}/{page_of(exercise)}")
        count = len(exercise.choices or exercise.steps)
        expect(page.locator(".hd-choices > li")).to_have_count(count)
        reasons = page.locator(".hd-answers .hd-reason-text")
        expect(reasons.first).to_be_hidden()
        page.locator(".hd-answers summary").click()
        expect(reasons.first).to_be_visible()
    page.goto(f"{address}/moc/mc5/")
    expect(page.locator(".hd-pathstep")).to_have_count(len(kb.milestones["MC5"].steps))
    expect(page.locator(".hd-pathstep").last).to_contain_text("Làm ngay:")
    page.goto(f"{address}/tu-ra-soat/tr-hdnd/")
    expect(page.locator(".hd-points").first).to_be_visible()
    expect(page.locator(".hd-review__table tbody tr")).to_have_count(21)
    context.close()


# Paths ------------------------------------------------------------------------------------------------


def test_from_home_to_the_first_printed_sheet(opened: Open) -> None:
    """At 360 px: home → new delegates → before the year-end sitting → step → sheet → one page."""
    page = opened("", ready="h1")
    page.locator("article a", has_text="bắt đầu ở đây").click()
    expect(page.locator("#moc")).to_contain_text("Chọn lộ trình tự học")
    page.locator(".hd-cards a", has_text="Kỳ họp cuối năm").click()
    page.wait_for_selector("#xong-1")
    expect(page.locator(".hd-main")).to_be_in_viewport()
    page.get_by_role("link", name="Bắt đầu bài 1").click()
    page.get_by_label("Đã làm xong bài 1").check()
    expect(page.locator(".hd-bar strong")).to_contain_text("Xong 1/")
    page.locator(".hd-pathstep li", has_text="In phiếu rà soát:").locator("a").first.click()
    expect(page).to_have_url(re.compile(r"/danh-muc/dm12/$"))
    expect(page.locator("[data-hd-print]")).to_be_visible()
    assert page_count(page.pdf(prefer_css_page_size=True)) == 1
    page.go_back()
    expect(page.get_by_label("Đã làm xong bài 1")).to_be_checked()


@pytest.mark.corner
def test_a_path_is_kept_shortened_and_begun_anew(opened: Open, kb: KnowledgeBase) -> None:
    steps = kb.milestones["MC5"].steps
    quick = [number for number, step in enumerate(steps, 1) if step.quick]
    page = opened("moc/mc5/")
    page.get_by_label("Đã làm xong bài 2").check()
    page.get_by_label(re.compile("Chỉ có 10 phút")).check()
    expect(page.locator(".hd-pathstep:visible")).to_have_count(len(quick))
    page.reload()
    page.wait_for_selector(READY)
    expect(page.locator(".hd-pathstep:visible")).to_have_count(len(quick))
    expect(page.locator("article h3:visible")).to_have_count(len(quick))
    page.goto(page.url + "#buoc-2")
    expect(page.locator("#buoc-2")).to_be_in_viewport()
    expect(page.locator(".hd-pathstep:visible")).to_have_count(len(steps))
    expect(page.get_by_label("Đã làm xong bài 2")).to_be_checked()
    press(page, "Bỏ mọi dấu đã xong…")
    press(page, "Bỏ hết dấu")
    expect(page.get_by_label("Đã làm xong bài 2")).not_to_be_checked()
    press(page, "Hoàn tác xóa")
    expect(page.get_by_label("Đã làm xong bài 2")).to_be_checked()
    index = opened("moc/", ready="[data-hd-record=MC5] .hd-done")
    expect(index.locator("[data-hd-record=MC5] .hd-done")).to_have_text(f"Xong 1/{len(steps)} bài")


@pytest.mark.corner
def test_a_role_sees_its_own_sheets(opened: Open, kb: KnowledgeBase) -> None:
    page = opened("moc/mc5/")
    page.get_by_label("Vai trò của tôi").select_option("dai-bieu")
    lines = page.locator("[data-hd-role-sheets] > li:visible")
    assert 0 < lines.count() < page.locator("[data-hd-role-sheets] > li").count()
    for line in lines.all():
        assert "dai-bieu" in (line.get_attribute("data-hd-roles") or "").split()
    first = next(step.sheet for step in kb.milestones["MC5"].steps if step.sheet)
    mine = "dai-bieu" in kb.checklists[first].roles
    expect(page.locator(".hd-pathstep [data-hd-roles]").first).to_contain_text(
        "phiếu của vai trò này" if mine else "phiếu do"
    )
    other = opened("thuc-hanh/")
    expect(other.get_by_label("Chỉ hiện bài cho vai trò")).to_have_value("dai-bieu")


@pytest.mark.full
def test_each_milestone_prints_on_one_page_black_on_white(browser: Browser, address: str, kb: KnowledgeBase) -> None:
    context = browser.new_context(viewport=DESKTOP, color_scheme="dark", service_workers="block")
    page = context.new_page()
    for milestone in kb.milestones.values():
        page.goto(f"{address}/moc/{milestone.id.lower()}/")
        page.wait_for_selector("#xong-1")
        page.locator("#xong-1").check()
        page.locator("#vai-tro-cua-toi").select_option(index=1)
        assert page_count(page.pdf(prefer_css_page_size=True)) == 1, milestone.id
    page.emulate_media(media="print")
    await_colours(page)
    for hidden in (".md-header", ".hd-tools", ".hd-bar", ".hd-option--done", ".hd-buttons", "#loi-di"):
        assert not page.locator(hidden).first.is_visible(), hidden
    looks = page.eval_on_selector_all(
        ".hd-pathstep, .hd-pathstep li, .hd-pathstep a, article h3, .hd-main",
        "all => all.map(e => {const s = getComputedStyle(e); return [s.color, parseFloat(s.fontSize) * 0.75]})",
    )
    assert looks and all(ink == "rgb(0, 0, 0)" and size >= 11.9 for ink, size in looks)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    context.close()


# Self-review --------------------------------------------------------------------------------------------


def fill(page: Page, points: list[int]) -> None:
    for number, point in enumerate(points):
        page.locator("[data-hd-statement]").nth(number).locator("input[type=radio]").nth(point - 1).check()


@pytest.mark.full
def test_a_review_filled_twice_is_compared_on_one_page(opened: Open, kb: KnowledgeBase) -> None:
    count = len(kb.reviews["TR-HDND"].statements)
    page = opened("tu-ra-soat/tr-hdnd/", day="2026-06-10")
    before = [2] * count
    fill(page, before)
    page.close()

    page = opened("tu-ra-soat/tr-hdnd/", day="2026-12-15")
    expect(page.locator(".hd-total")).to_contain_text("Đã ghi 0/21 câu, ngày 15/12/2026. So với lần ngày 10/6/2026")
    now = [5] * count
    now[4], now[9], now[15], now[20] = 1, 3, 2, 4
    fill(page, now)
    page.get_by_label("Kỳ họp", exact=True).fill("kỳ họp cuối năm 2026")
    page.locator("#bang-chung-hc1a").fill("6/6 dự thảo, tra ngày 12/11")
    expect(page.locator(".hd-bar strong")).to_have_text("Đã ghi 21/21 câu")

    table = page.locator(".hd-review__table")
    expect(table.locator("thead")).to_contain_text("Lần này 15/12/2026")
    expect(table.locator("thead")).to_contain_text("Lần trước 10/6/2026")
    cells = page.eval_on_selector_all(
        "[data-hd-row]", "all => all.map(r => [...r.querySelectorAll('td strong')].map(e => +e.textContent))"
    )
    assert cells == [list(pair) for pair in zip(now, before, strict=True)]
    chart = page.locator(".hd-chart svg")
    expect(chart).to_have_attribute("role", "img")
    expect(chart.locator(".hd-chart__full")).to_have_count(sum(now))
    expect(chart.locator(".hd-chart__last")).to_have_count(count)

    advice = page.locator("[data-hd-take-up] li")
    expect(advice).to_have_count(3)
    lowest = [kb.reviews["TR-HDND"].statements[i] for i in (4, 15, 9)]
    for line, statement in zip(advice.all(), lowest, strict=True):
        expect(line).to_contain_text(statement.text)
        for link in statement.next:
            expect(line.locator(".hd-id", has_text=link).first).to_be_visible()
    text = page.locator("article").inner_text().lower()
    assert f"{sum(now)}/" not in text and "trung bình" not in text, "no total, no average"

    page.set_viewport_size(DESKTOP)
    assert page_count(page.pdf(prefer_css_page_size=True)) == 1
    page.emulate_media(media="print")
    for shown in (".hd-review__table", ".hd-row-evidence >> text=6/6 dự thảo", ".hd-review__facts"):
        expect(page.locator(shown).first).to_be_visible()
    expect(page.locator(".hd-review__facts")).to_contain_text("kỳ họp cuối năm 2026")
    for hidden in (".hd-chart", ".hd-statement", ".hd-tools", ".hd-bar"):
        expect(page.locator(hidden).first).to_be_hidden()


@pytest.mark.parametrize(
    ("size", "length", "share"),
    [
        *(pytest.param(size, length, 1, marks=pytest.mark.full) for size in (DESKTOP, PHONE) for length in (0, 20, 50, 66, 100)),
        (PHONE, 0, 8),
    ],
)  # fmt: skip
def test_a_review_prints_on_one_page_whatever_was_typed(
    browser: Browser, address: str, kb: KnowledgeBase, size: ViewportSize, length: int, share: int
) -> None:
    """A phone's screen has other letters than paper: what fits is measured with those of paper."""
    context = browser.new_context(viewport=size, service_workers="block")
    page = context.new_page()
    for review in [*kb.reviews][::share]:
        typed = answers(kb, review, 3, LONG[:length])
        today = page.evaluate("new Date().toISOString().slice(0, 10)")
        days = {today: {"about": (LONG * 2)[:100], "answers": typed}, "2026-01-10": {"about": "", "answers": typed}}
        page.goto(f"{address}/tu-ra-soat/{review.lower()}/")
        page.evaluate(
            "text => localStorage.setItem('hdnd.goc.tap.v1', text)", json.dumps(document_with(reviews={review: days}))
        )
        page.reload()
        page.wait_for_selector(".hd-chart svg")
        page.evaluate("document.fonts.ready")
        assert page_count(page.pdf(prefer_css_page_size=True)) == 1, f"{review}, {length} letters"
    context.close()


@pytest.mark.corner
def test_dates_of_a_review_are_chosen_moved_and_removed(opened: Open, kb: KnowledgeBase) -> None:
    days = {"2026-12-01": {"about": "", "answers": answers(kb, "TR-DAI-BIEU", 2)},
            "2026-12-14": {"about": "", "answers": answers(kb, "TR-DAI-BIEU", 4)}}  # fmt: skip
    page = opened("tu-ra-soat/tr-dai-bieu/", put_first(document_with(reviews={"TR-DAI-BIEU": days})), "2026-12-15")
    expect(page.locator(".hd-total")).to_contain_text("ngày 14/12/2026. So với lần ngày 01/12/2026")
    page.get_by_label("Ngày rà soát").fill("2026-12-01")
    expect(page.locator(".hd-status")).to_contain_text("đã có một lần rà soát")
    page.get_by_label("Ngày rà soát").fill("2026-12-13")
    assert sorted(stored(page)["reviews"]["TR-DAI-BIEU"]) == ["2026-12-01", "2026-12-13"]
    press(page, "Bắt đầu lần mới, hôm nay")
    expect(page.locator(".hd-total")).to_contain_text("Đã ghi 0/8 câu, ngày 15/12/2026. So với lần ngày 13/12/2026")
    page.keyboard.press("Space")
    expect(page.locator(".hd-total")).to_contain_text("Đã ghi 1/8 câu")
    press(page, "Bỏ mức đã chọn (câu 1)")
    expect(page.locator(".hd-total")).to_contain_text("Đã ghi 0/8 câu")
    page.get_by_label("Các lần trên máy này").select_option("2026-12-01")
    press(page, "Xóa lần này…")
    press(page, "Giữ lại")
    press(page, "Xóa lần này…")
    page.locator(".hd-ask").get_by_role("button", name="Xóa lần này").click()
    assert "2026-12-01" not in stored(page)["reviews"]["TR-DAI-BIEU"]
    press(page, "Hoàn tác xóa")
    assert "2026-12-01" in stored(page)["reviews"]["TR-DAI-BIEU"]


# Kept on the device ---------------------------------------------------------------------------------------


def test_export_and_import_are_an_exact_round_trip(opened: Open, kb: KnowledgeBase, tmp_path: Path) -> None:
    document = document_with(
        role="dai-bieu",
        exercises={"TH01": {"result": "later", "at": AT}},
        paths={"MC5": {"quick": True, "steps": {"thu-xep-tron-ky-hop": {"done": True, "at": AT}}}},
        reviews={"TR-DAI-BIEU": {"2026-11-20": {"about": "kỳ 5", "answers": answers(kb, "TR-DAI-BIEU", 3, LONG[:90])}}},
    )
    page = opened("tu-ra-soat/tr-dai-bieu/", put_first(document), "2026-11-24")
    page.get_by_text("Giữ lại hoặc chuyển sang máy khác").click()
    with page.expect_download() as got:
        press(page, "Tải tệp lưu")
    file = tmp_path / "luu.json"
    got.value.save_as(file)
    assert json.loads(file.read_text("utf-8"))["document"] == document
    page.evaluate("localStorage.clear()")
    page.reload()
    page.wait_for_selector(READY)
    expect(page.locator(".hd-total")).to_contain_text("Đã ghi 0/8")
    page.get_by_text("Giữ lại hoặc chuyển sang máy khác").click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".hd-ask")).to_contain_text("1 bài luyện, 1 lộ trình, 1 lần tự rà soát")
    press(page, "Gộp vào")
    assert stored(page) == document
    expect(page.locator(".hd-status")).to_contain_text("Đã gộp")
    for text, reason in (
        ("{", "cắt cụt"),
        ('{"format": "so-tay-hdnd", "document": {}}', "tệp lưu của phiếu"),
        (json.dumps({"format": "so-tay-hdnd-tap", "document": {**document, "schema": 9}}), "bản mới hơn"),
        (json.dumps({"format": "so-tay-hdnd-tap", "document": {**document, "exercises": {"x": 1}}}), "chỗ sai"),
        (json.dumps({"format": "so-tay-hdnd-tap", "document": {**document, "role": HOSTILE}}), "chỗ sai"),
    ):
        file.write_text(text, encoding="utf-8")
        page.locator("input[type=file]").set_input_files(file)
        expect(page.locator(".hd-wrong-file")).to_contain_text(reason)
        assert stored(page) == document


def failing(methods: str, error: str) -> str:
    """Return a script that makes storage fail for our keys; the theme's own are not under test."""
    return (
        f"for (const name of {methods}) {{ const real = Storage.prototype[name];"
        " Storage.prototype[name] = function (key, ...rest) {"
        f" if (key.startsWith('hdnd')) throw new DOMException('no', '{error}');"
        " return real.call(this, key, ...rest); }; }"
    )


BLOCKED = failing("['getItem', 'setItem']", "SecurityError")
FULL = failing("['setItem']", "QuotaExceededError")


@pytest.mark.parametrize(
    ("script", "words"),
    [(BLOCKED, "Máy này không cho lưu"), (FULL, "đã đầy"), (put_first("{ not json"), "bị hỏng"),
     (put_first('{"schema": 1, "exercises": {"__proto__": 3, "TH01": {"result": "x"}}}'), "bị hỏng"),
     (put_first('{"schema": 99}'), "bản mới hơn")],
    ids=["blocked", "full", "spoilt", "partly", "newer"],
)  # fmt: skip
@pytest.mark.full
def test_storage_that_fails_leaves_the_screen_as_it_is(opened: Open, script: str, words: str) -> None:
    page = opened("moc/mc5/", script)
    page.get_by_label("Đã làm xong bài 1").check()
    page.get_by_label("Đã làm xong bài 3").check()
    expect(page.get_by_label("Đã làm xong bài 1")).to_be_checked()
    expect(page.locator(".hd-bar strong")).to_contain_text("Xong 2/")
    expect(page.locator(".hd-tools .hd-storage")).to_contain_text(words)
    if words == "bị hỏng":
        assert page.evaluate(f"localStorage.getItem('{KEY}.hong')"), "the damaged text is put aside"
        page.reload()
        expect(page.get_by_label("Đã làm xong bài 1")).to_be_checked()
    elif words == "bản mới hơn":
        assert page.evaluate(f"localStorage.getItem('{KEY}')") == '{"schema": 99}', "left alone"


@pytest.mark.corner
def test_two_tabs_stay_in_step(opened: Open) -> None:
    first, second = opened("moc/mc5/"), opened("moc/mc5/")
    first.get_by_label("Đã làm xong bài 1").check()
    expect(second.get_by_label("Đã làm xong bài 1")).to_be_checked()
    second.get_by_label("Đã làm xong bài 2").check()
    expect(first.locator(".hd-bar strong")).to_contain_text("Xong 2/")
    assert len(stored(first)["paths"]["MC5"]["steps"]) == 2


@pytest.mark.corner
def test_hostile_text_is_shown_never_run(opened: Open) -> None:
    answer = {"point": 2, "evidence": HOSTILE, "text": HOSTILE, "at": AT}
    days = {"2026-12-01": {"about": HOSTILE, "answers": {"hc1a": answer, "constructor": answer}},
            "2026-11-01": {"about": HOSTILE, "answers": {"hc1a": answer}}}  # fmt: skip
    page = opened("tu-ra-soat/tr-hdnd/", put_first(document_with(reviews={"TR-HDND": days})), "2026-12-02")
    expect(page.locator("#bang-chung-hc1a")).to_have_value(HOSTILE)
    expect(page.locator(".hd-row-evidence").first).to_contain_text("<img")
    await_pictures(page)
    assert page.evaluate("window.ran") is None
    assert page.locator("article img").count() == 0


# Reach ------------------------------------------------------------------------------------------------------


def work(page: Page, path: str) -> None:
    """Bring a page into its busiest state: answered, ticked, compared, a question open."""
    page.wait_for_selector(READY)
    if "thuc-hanh/th" in path:
        if page.locator(".hd-options").count():
            option(page, 0).locator("label").click()
        press(page, "Trả lời")
        if page.get_by_role("button", name="Xem trả lời và lý do").is_visible():
            press(page, "Xem trả lời và lý do")
    elif "moc/mc" in path:
        page.locator("#xong-1").check()
        page.locator("#vai-tro-cua-toi").select_option(index=1)
        press(page, "Bỏ mọi dấu đã xong…")
    elif "tu-ra-soat/tr" in path:
        fill(page, [1, 2, 3, 4, 5])
        press(page, "Xóa lần này…")
    await_colours(page)


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.full)])
@pytest.mark.full
def test_practice_has_no_accessibility_fault_and_fits_a_phone(
    browser: Browser, address: str, kb: KnowledgeBase, scheme: str
) -> None:
    context = browser.new_context(
        viewport=PHONE, has_touch=True, color_scheme=scheme, service_workers="block"  # type: ignore[arg-type]
    )  # fmt: skip
    page = context.new_page()
    found = []
    exercises = [page_of(first_of(kb, kind)) for kind in ("one", "several", "order", "mark")]
    paths = [*exercises, "thuc-hanh/", "moc/", "moc/mc5/", "tu-ra-soat/", "tu-ra-soat/tr-dai-bieu/", "dai-bieu-moi/"]
    for path in paths:
        page.goto(f"{address}/{path}")
        if path != "dai-bieu-moi/" and path not in ("moc/", "tu-ra-soat/"):
            page.locator(READY).first.wait_for()
            work(page, path)
        wait_until(page, "document.querySelector('.md-search').hasAttribute('aria-label')")
        found += [f"{path}: {fault}" for fault in accessibility_faults(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{path}: wider than 360 px")
        small = page.eval_on_selector_all(
            "article :is(button, input, select, summary, .hd-option > label, .hd-bar__link)",
            "all => all.filter(e => e.offsetParent && e.type !== 'file').map(e => [e.outerHTML.slice(0, 80),"
            " e.getBoundingClientRect()]).filter(([, r]) => r.height < 43.9 || r.width < 43.9).map(([h]) => h)",
        )
        found += [f"{path}: small: {one}" for one in small]
        if page.locator("article label :is(input, button, a, select)").count():
            found.append(f"{path}: nested in a label")
    context.close()
    assert found == []
