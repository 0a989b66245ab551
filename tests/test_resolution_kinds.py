"""Kinds of resolution: each has its page, its sheet of questions, its place in the tools of the sitting."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from knowledge.form_fields import unfilled
from knowledge.question_sheet import LATE_STEPS, question_data
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.path import DecisionStep
from knowledge.text import vn_date
from papers.pdf.questions import question_sheet_data, question_sheet_issues, question_sheet_pdf
from papers.word.templates import question_docx
from publish.contract import contract_text
from publish.resolution_kinds_module import resolution_kinds_module
from tests.browsing import PHONE, accessibility_faults, page_count, stays_too_wide
from tests.conftest import ROOT, Project
from tests.sample import SOME_OR_ALL, some_of

DATA = ROOT / "tests" / "data"
YEAR_END = {"LN01", "LN02", "LN03", "LN04", "LN05", "LN06", "LN07", "LN08"}
PROMISED = [f"LN{number:02d}" for number in range(1, 24)]
"""The kinds that the handbook promises at least; more may come."""
MOST_ASKED = 10
"""Questions of the path that one matter is asked at most."""


def test_every_promised_kind_has_its_page(kb: KnowledgeBase) -> None:
    assert set(PROMISED) <= set(kb.resolution_kinds)
    at_year_end = {one.id for one in kb.resolution_kinds.values() if one.time == "cuoi-nam"}
    assert at_year_end >= YEAR_END
    assert all(kb.page_of[one] == f"loai-nghi-quyet/{one.lower()}.md" for one in kb.resolution_kinds)


def test_what_decides_mostly_another_body_says_so(kb: KnowledgeBase) -> None:
    """Adjusting the budget is rare for a council; who decides instead is named, with its article."""
    adjusting = kb.resolution_kinds["LN10"]
    assert adjusting.owner != "hdnd"
    assert {"ngan-sach.dieu-chinh-hdnd"} <= set(adjusting.rules)
    assert any("ngan-sach.ubnd-doi-linh-vuc" in one.rules for one in adjusting.otherwise)


def test_the_data_tell_all_of_a_kind(kb: KnowledgeBase) -> None:
    data = json.loads(contract_text(kb, "directory"))
    first = data["resolution_kinds"][0]
    assert first["url"] == "loai-nghi-quyet/ln01/"
    promised = {
        "id", "title", "normative", "verb", "dossier", "questions", "rules", "deadlines", "forms", "no_form", "sheets",
    }  # fmt: skip
    assert promised <= set(first)
    assert {"id", "text", "where", "prevents", "rules"} <= set(first["questions"][0])
    assert [one["id"] for one in data["resolution_kinds"]] == list(kb.resolution_kinds)


@pytest.mark.parametrize("share", SOME_OR_ALL)
def test_a_sheet_is_one_page_with_every_question(kb: KnowledgeBase, share: int) -> None:
    """`make check`, which comes before, sets each sheet too."""
    some = {one: kb.resolution_kinds[one] for one in some_of(kb.resolution_kinds, share)}
    assert list(question_sheet_issues(replace(kb, records={**kb.records, "resolution_kinds": some}))) == []
    kind = kb.resolution_kinds["LN01"]
    pdf = question_sheet_pdf(question_sheet_data(kb, kind, "https://vi-du.vn/so-tay/"))
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    text = " ".join(page.extract_text().split())
    for question in kind.questions:
        assert question.text in text and question.where in text
    assert LATE_STEPS[-1] in text and "vi-du.vn/so-tay/" in text.replace(" ", "")
    assert question_sheet_pdf(question_sheet_data(kb, kind, "https://vi-du.vn/so-tay/")) == pdf, "the same bytes"


def changed(kb: KnowledgeBase, kind_id: str, **fields: object) -> KnowledgeBase:
    kind = kb.resolution_kinds[kind_id].model_copy(update=fields)
    return replace(kb, records={**kb.records, "resolution_kinds": {kind_id: kind}})


def test_a_sheet_that_cannot_be_printed_is_told(kb: KnowledgeBase) -> None:
    first, second, *rest = kb.resolution_kinds["LN01"].questions
    long = second.model_copy(update={"text": "Câu hỏi này dài quá. " * 40})
    (told,) = question_sheet_issues(changed(kb, "LN01", questions=[first, long, *rest]))
    assert (told.code, told.field, told.line > 0) == ("sheet-overflow", "questions[1].text", True)
    (told,) = question_sheet_issues(changed(kb, "LN01", title="Ô ☐ trống"))
    assert told.code == "missing-letter" and "☐" in told.message


def test_a_sheet_that_fits_is_not_set_again_until_anything_of_it_changes(
    kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitting, set_now = tmp_path / "fit", []
    monkeypatch.setattr("papers.pdf.questions.compiled", lambda _template, page: set_now.append(page["id"]))
    small = changed(kb, "LN01")
    for _ in range(2):
        assert list(question_sheet_issues(small, fitting)) == [] and set_now == ["LN01"]
    list(question_sheet_issues(changed(kb, "LN01", title="Tên khác"), fitting))
    assert set_now == ["LN01", "LN01"]


@pytest.mark.parametrize("share", SOME_OR_ALL)
def test_the_word_copy_is_filled_by_the_sitting(kb: KnowledgeBase, share: int) -> None:
    for kind in map(kb.resolution_kinds.__getitem__, some_of(kb.resolution_kinds, share)):
        with zipfile.ZipFile(io.BytesIO(question_docx(kb, kind))) as file:
            text = file.read("word/document.xml").decode()
        for name in ("don-vi", "khoa", "ky", "khai-mac"):
            assert f'w:val="{name}"' in text, (kind.id, name)
        shown = re.sub(r"<[^>]+>", "", text)
        for question in question_data(kb, kind)["questions"]:
            assert html.escape(question["text"], quote=False) in shown
        assert f"{kind.id}, {kb.edition.name}, bản {vn_date(kb.edition.date)}." in shown


def test_forms_bear_titles_of_their_kind(kb: KnowledgeBase) -> None:
    """The budget's form and its kind agree to the letter."""
    (subject,) = (one.subject for one in kb.documents["BM04"].documents if one.form == "resolution")
    assert subject
    blank = re.compile(r"«[^»]*»")
    assert blank.sub("", unfilled(subject)) in {blank.sub("", one) for one in kb.resolution_kinds["LN01"].titles}


def test_links_lead_to_sections_questions_and_evidence(project: Project) -> None:
    """To places that macros make, which no page's text shows."""
    targets = [
        "ln01.md#cau-hoi",
        "ln01.md#so-khop",
        "index.md#cuoi-nam",
        "../nguon/thap-muoi-2022.md#bc-thap-muoi-2022-1",
    ]
    project.append("docs/loai-nghi-quyet/index.md", "\n" + " ".join(f"[x]({one})." for one in targets) + "\n")
    assert project.check() == []
    project.append("docs/loai-nghi-quyet/index.md", "\n[x](ln01.md#so-khopp)\n")
    assert [issue.remedy for issue in project.check()] == ["có phải “#so-khop”?"]


GUESS = """async ([titles, text]) => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const { RESOLUTION_KINDS } = await import(url);
  const { kindOfTitle } = await import('/sitting/resolution-kinds.js');
  return titles.map((title) => kindOfTitle(title, RESOLUTION_KINDS));
}"""


def test_a_title_tells_its_kind(modules: Page, kb: KnowledgeBase) -> None:
    """Every right title is known, typed without marks as well; words of no kind tell none."""
    wanted = [(title, one.id) for one in kb.resolution_kinds.values() for title in one.titles]
    text = resolution_kinds_module(kb, "directory")
    titles = [title for title, _id in wanted]
    assert list(zip(titles, modules.evaluate(GUESS, [titles, text]), strict=True)) == wanted
    typed = ["nghi quyet ve DU TOAN thu, chi ngan sach nam 2027", "Báo cáo công tác Mặt trận", ""]
    assert modules.evaluate(GUESS, [typed, text]) == ["LN01", "", ""]


def test_the_path_asks_few_questions_and_reaches_every_end(kb: KnowledgeBase) -> None:
    steps = kb.path_steps
    longest = 0
    reached = set()
    waiting = [(next(iter(steps)), 0)]
    while waiting:
        step_id, asked = waiting.pop()
        step = steps[step_id]
        longest = max(longest, asked)
        reached.add(step_id)
        waiting += [(target, asked + 1) for target in (step.if_yes, step.if_no) if target]
    assert reached == set(steps)
    assert longest <= MOST_ASKED
    ends = [one for one in steps.values() if not one.is_question]
    assert {one.whose for one in ends} >= {"hdnd", "thuong-truc", "ban", "ubnd", "cap-tinh", "ky-chung"}
    assert {one.text_kind for one in ends} == {"ca-biet", "quy-pham", "khong"}


def walked(steps: dict[str, DecisionStep], answers: dict[str, bool]) -> tuple[list[str], DecisionStep | None]:
    """Return the questions asked and the end reached with these answers; None where an answer is missing."""
    step: DecisionStep | None = next(iter(steps.values()))
    asked: list[str] = []
    while step is not None and step.is_question:
        asked.append(step.id)
        answer = answers.get(step.id)
        step = None if answer is None else steps[(step.if_yes if answer else step.if_no) or ""]
    return asked, step


TITLES = yaml.safe_load((DATA / "resolution_titles.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", TITLES, ids=lambda case: case["title"][:40])
def test_the_path_on_titles(kb: KnowledgeBase, case: dict[str, object]) -> None:
    """Thirty titles, most written by somebody who had not seen the path: the answers lead where the law leads."""
    answers = {name: value == "có" for name, value in dict(case["answers"]).items()}  # type: ignore[call-overload]
    asked, end = walked(kb.path_steps, answers)
    assert end is not None, f"no answer to {asked[-1]}"
    assert set(asked) == set(answers), "an answer that nobody asks for"
    assert (end.whose, end.text_kind) == (case["whose"], case["kind"])


def test_titles_are_enough_and_some_are_traps() -> None:
    assert len(TITLES) >= 30
    assert sum(one["whose"] != "hdnd" for one in TITLES) >= 8
    assert sum(one["by"] == "khac" for one in TITLES) >= 20


def test_two_clicks_from_home_to_the_sheet(site: Path) -> None:
    home = (site / "index.html").read_text("utf-8")
    assert 'href="loai-nghi-quyet/ln01/"' in home
    page = (site / "loai-nghi-quyet/ln01/index.html").read_text("utf-8")
    assert 'href="../../tai-ve/ln01.pdf"' in page and 'href="../../tai-ve/ln01.docx"' in page
    whole = (site / "loai-nghi-quyet/index.html").read_text("utf-8")
    for one in PROMISED:
        assert f"tai-ve/{one.lower()}.pdf" in whole
        assert (site / "tai-ve" / f"{one.lower()}.pdf").is_file()
        assert (site / "tai-ve" / f"{one.lower()}.docx").is_file()


def test_the_list_of_matters_knows_what_a_matter_is_about(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/tra-cuu/danh-muc-noi-dung/")
    page.get_by_label("Gõ hoặc dán các nội dung").fill("Nghị quyết về dự toán ngân sách năm 2027\nBáo cáo của Mặt trận")
    page.get_by_role("button", name="Thêm vào danh mục", exact=True).first.click()
    choice = page.get_by_label("Nghị quyết về việc gì?")
    expect(choice).to_have_count(1)
    expect(choice).to_have_value("LN01")
    sheet = page.get_by_role("link", name=re.compile("^Phiếu câu hỏi"))
    expect(sheet).to_have_attribute("href", re.compile(r"/tai-ve/ln01\.pdf$"))
    choice.select_option("LN09")
    page.reload()
    expect(page.get_by_label("Nghị quyết về việc gì?")).to_have_value("LN09")


def test_the_study_sheet_shows_the_questions_of_the_draft(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/tra-cuu/phieu-nghien-cuu/")
    page.locator("#o1").fill("Nghị quyết phê chuẩn quyết toán ngân sách năm 2026")
    page.locator("[data-hd-kind-questions] summary").click()
    expect(page.locator("[data-hd-kind-questions] li").first).to_be_visible()
    expect(page.locator("[data-hd-kind-questions] summary")).to_contain_text("quyết toán")
    page.locator("#loai").select_option("LN15")
    expect(page.locator("[data-hd-kind-questions] summary")).to_contain_text("Thôn")
    page.reload()
    expect(page.locator("#loai")).to_have_value("LN15")
    expect(page.locator("[data-hd-kind-questions] summary")).to_contain_text("Thôn")


@pytest.mark.parametrize(
    "page_name",
    [
        "loai-nghi-quyet/ln15/",
        *(pytest.param(one, marks=pytest.mark.full) for one in ("loai-nghi-quyet/", "tra-cuu/viec-cua-ai/")),
    ],
)
def test_pages_on_a_phone(context: BrowserContext, address: str, page_name: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/{page_name}")
    assert not stays_too_wide(page, PHONE["width"])
    assert accessibility_faults(page) == []


def test_the_path_prints_on_three_pages(context: BrowserContext, address: str) -> None:
    """For circling answers on paper: what only leads on from a screen stays there."""
    page = context.new_page()
    page.goto(f"{address}/tra-cuu/viec-cua-ai/")
    assert page.locator(".hd-path__kinds a").count() > 5
    page.emulate_media(media="print")
    assert page.locator(".hd-path__kinds a:visible").count() == 0
    assert page_count(page.pdf(prefer_css_page_size=True)) <= 3


def test_links_to_kinds_stand_apart(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/tra-cuu/phieu-nghien-cuu/")
    page.locator("#o1").fill("Nghị quyết phê chuẩn quyết toán ngân sách năm 2026")
    page.locator("[data-hd-kind-questions] summary").click()
    first, second = page.locator("[data-hd-kind-questions] p a").all()
    left, right = first.bounding_box(), second.bounding_box()
    assert left and right and (right["x"] > left["x"] + left["width"] + 4 or right["y"] > left["y"] + 10)


def test_the_path_is_walked_by_keys_and_without_scripts(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}/tra-cuu/viec-cua-ai/")
    first = page.locator(".hd-path__ways a").first
    box = first.bounding_box()
    assert box and box["height"] >= 44
    first.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#duong-ky-chung")
    expect(page.locator("#duong-ky-chung")).to_be_in_viewport()
    context.close()
