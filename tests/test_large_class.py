"""The class of forty: a plan that adds up, papers and slides read back, letters as large as promised."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pdfplumber
import pypdf
import pypdfium2
import pytest
from docx import Document
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

from knowledge.checks.large_class import CARD_KINDS
from knowledge.downloads import ATTENDANCE, CARDS, CLASS_FILES, HANDOUT, SLIDES
from knowledge.large_class import (
    CASES,
    FRONT_PAGES,
    case_steps,
    cases,
    clock,
    findings_met,
    lettered,
    letters_used,
    minute_of,
    prints,
    right_letters,
    timed_steps,
)
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.large_class import LargeClass
from knowledge.text import folded_space
from macros.drawing import WIDTH, room
from papers.files import papers
from papers.pdf import large_class as pdf
from papers.pdf.sheets import SheetOverflow
from papers.slides.deck import (
    BODY_BOX,
    SIZES,
    Line,
    Slide,
    SlideOverflow,
    deck,
    fits,
    fitted,
    height,
)
from papers.slides.widths import arial_width, bundled_width, lines_of
from tests.pdf_text import pages_of
from tests.sample import SOME_OR_ALL, some_of


@pytest.fixture(scope="module")
def plan(kb: KnowledgeBase) -> LargeClass:
    assert kb.large_class
    return kb.large_class


@pytest.fixture(scope="module")
def made(kb: KnowledgeBase) -> dict[str, bytes]:
    """Every file of the class."""
    return {one.name: one.writer(*one.arguments) for one in papers(kb, "") if one.name in CLASS_FILES}


# The plan ----------------------------------------------------------------------------------------------


def test_the_plan_is_a_morning_of_three_hours_with_a_break(kb: KnowledgeBase, plan: LargeClass) -> None:
    steps = timed_steps(kb, plan)
    assert (steps[0].span, steps[-1].ends - steps[0].starts) == ("08:00–08:10", 180)
    assert all(a.ends == b.starts for a, b in pairwise(steps)), "no minute lost or used twice"
    first_break = next(one for one in steps if one.step.does == "break")
    assert first_break.starts - steps[0].starts <= 120 and steps[-1].ends - first_break.ends <= 120
    assert [one.case for one in steps if one.exercise] == list(range(1, CASES + 1))
    assert [one.table for one in steps if one.exercise] == [1, 2, 3, 4, 5, 6, 7, 8, 1, 2], "tables take turns"


def test_the_cases_train_every_fault_and_are_for_delegates(kb: KnowledgeBase, plan: LargeClass) -> None:
    assert findings_met(kb, plan) == list(kb.findings) == ["HC1", "HC2", "HC3", "HC4", "HC5"]
    own = [one.id for _timed, one in cases(kb, plan) if "dai-bieu" in one.roles]
    assert len(own) >= CASES / 2


def test_times_of_day() -> None:
    assert clock(minute_of("08:05") + 175) == "11:00"
    assert clock(minute_of("23:30") + 45) == "00:15"


def test_letters_and_copies_follow_from_the_cases(kb: KnowledgeBase, plan: LargeClass) -> None:
    assert letters_used(kb, plan) == list("ABCDEF")
    by_id = {one.id: one for _timed, one in cases(kb, plan)}
    assert (right_letters(by_id["TH20"]), right_letters(by_id["TH01"])) == (
        "B, C, E, F",
        "C",
    )
    copies = {one.name: one.copies for one in prints(kb, plan)}
    assert copies[HANDOUT] == 40 and copies["lop-hoc-the.pdf"] == 8 and copies["lop-hoc-gop-y.pdf"] == 40
    other = plan.model_copy(update={"people": 24, "tables": 6})
    assert {one.name: one.copies for one in prints(kb, other)}["lop-hoc-the.pdf"] == 6
    minutes = [re.match(r"[\d–]+ phút", line) for line in case_steps(kb, plan)]
    assert all(minutes) and len(minutes) == 5


@pytest.mark.parametrize(("tables", "seats"), [(8, 5), (5, 6), (4, 3), (9, 4), (2, 7)])
def test_every_chair_has_its_place_and_none_turns_its_back_to_the_screen(tables: int, seats: int) -> None:
    drawn = room(tables, seats)
    assert [table.number for table in drawn.tables] == list(range(1, tables + 1))
    chairs = [chair for table in drawn.tables for chair in table.chairs]
    assert len(chairs) == len(set(chairs)) == tables * seats
    for table in drawn.tables:
        assert all(y > table.y for _x, y in table.chairs), "nobody sits between a table and the screen"
    assert all(6 <= x <= WIDTH - 6 and 6 <= y <= drawn.height - 6 for x, y in chairs)
    for index, (x, y) in enumerate(chairs):
        assert all((x - a) ** 2 + (y - b) ** 2 > 10**2 for a, b in chairs[:index]), "chairs stand apart"


# Papers ------------------------------------------------------------------------------------------------


def test_every_file_is_made_and_the_same_bytes_again(kb: KnowledgeBase, made: dict[str, bytes]) -> None:
    assert set(made) == set(CLASS_FILES)
    again = {one.name: one.writer(*one.arguments) for one in papers(kb, "") if one.name in CLASS_FILES}
    assert [name for name in made if made[name] != again[name]] == []


def test_without_a_large_class_there_are_no_such_files(kb: KnowledgeBase) -> None:
    without = replace(kb, large_class=None)
    assert not {one.name for one in papers(without, "")} & set(CLASS_FILES)


def test_each_case_is_one_page_of_the_handout_and_tells_no_answer(
    kb: KnowledgeBase, plan: LargeClass, made: dict[str, bytes]
) -> None:
    pages = pages_of(made[HANDOUT])
    for timed, exercise in cases(kb, plan):
        (own,) = [n for n, text in enumerate(pages) if folded_space(exercise.situation[0]) in text]
        assert own == timed.case, "one page each, after the plan"
        text = pages[own]
        assert text.startswith(folded_space(timed.title)) and "Ví dụ minh họa" in text
        for told in (*exercise.situation, exercise.question):
            assert folded_space(told) in text, exercise.id
        places = [text.index(f"{one.letter}. {folded_space(one.choice.text)}") for one in lettered(exercise)]
        assert places == sorted(places) and len(places) == len(exercise.choices)
        for part in ("Tôi chọn:", "Bàn tôi chọn:", "Vì sao tôi chọn:", "tôi nhớ một điều:"):
            assert part in text
    front = " ".join(pages[:FRONT_PAGES])
    for _timed, exercise in cases(kb, plan):
        for choice in exercise.choices:
            assert folded_space(choice.feedback) not in front, "a reason before the key"
        assert folded_space(exercise.takeaway) not in front
    assert "Nên chọn" not in front and "Đáp án và lý do" not in front


@pytest.mark.parametrize("name", ["lop-hoc-dap-an.pdf", pytest.param(HANDOUT, marks=pytest.mark.full)])
def test_the_key_says_which_and_why_for_every_choice(
    kb: KnowledgeBase, plan: LargeClass, made: dict[str, bytes], name: str
) -> None:
    pages = pages_of(made[name])
    (start,) = [n for n, text in enumerate(pages) if text.startswith("Đáp án và lý do")]
    if name == HANDOUT:
        assert start == FRONT_PAGES and start % 2 == 0, "a new sheet of paper, so that it can be held back"
    key = pages[start:]
    for timed, exercise in cases(kb, plan):
        (page,) = [text for text in key if folded_space(timed.title) in text]
        told = page[page.index(folded_space(timed.title)) :]
        assert f"Nên chọn: {right_letters(exercise)}." in told
        for one in lettered(exercise):
            assert f"{one.letter}. {one.verdict}. {folded_space(one.choice.feedback)}" in told, exercise.id
        assert f"Nhớ một điều: {folded_space(exercise.takeaway)}" in told
        assert all(part in told for part in exercise.trains), "the lesson"


def test_the_trainer_holds_the_plan_by_the_minute(kb: KnowledgeBase, plan: LargeClass, made: dict[str, bytes]) -> None:
    told = " ".join(pages_of(made["lop-hoc-dap-an.pdf"]))
    front = pages_of(made[HANDOUT])[0]
    for timed in timed_steps(kb, plan):
        assert timed.span in told and timed.span in front
        assert all(folded_space(text) in told for text in timed.step.said)
    assert "Ví dụ minh họa: bắt đầu 08:00" in told and "Ví dụ minh họa: bắt đầu 08:00" in front


def test_cards_forms_and_list(kb: KnowledgeBase, plan: LargeClass, made: dict[str, bytes]) -> None:
    cards = " ".join(pages_of(made["lop-hoc-the.pdf"]))
    assert re.findall(r"\b[A-F]\b", cards) == list("ABCDEF") and len(pages_of(made["lop-hoc-the.pdf"])) == 3
    (form,) = pages_of(made["lop-hoc-gop-y.pdf"])
    assert 5 <= len(plan.feedback) <= 6 and "Không ghi tên" in form
    for number, question in enumerate(plan.feedback, 1):
        assert f"{number}. {folded_space(question.text)}" in form
        assert all(choice in form for choice in question.choices)
    assert not re.search(r"điểm số|xếp loại|giỏi|kém|từ 1 đến", form), "nobody is scored"
    listed = pages_of(made["lop-hoc-diem-danh.pdf"])
    assert len(listed) == 2
    assert re.findall(r"\b(\d+) (\d)\b", " ".join(re.sub(r".*Ký tên", "", text) for text in listed)) == [
        (str(n + 1), str(n // 5 + 1)) for n in range(40)
    ]


@pytest.mark.parametrize(
    "name",
    [
        name if name == CARDS else pytest.param(name, marks=pytest.mark.full)
        for name in CLASS_FILES
        if name.endswith(".pdf")
    ],
)
def test_pdfs_are_tagged_titled_and_large_enough(made: dict[str, bytes], name: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(made[name]))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "vi"  # type: ignore[index]
    assert reader.metadata and reader.metadata.title
    assert reader.xmp_metadata and b"pdfuaid" in reader.xmp_metadata.stream.get_data()
    with pdfplumber.open(io.BytesIO(made[name])) as opened:
        letters = [char for page in opened.pages for char in page.chars]
        assert {char["fontname"].split("+")[-1] for char in letters} <= {"BeVietnamPro-Regular", "BeVietnamPro-Bold"}
        for page in opened.pages:
            inside = [
                c["x0"] >= 0 and c["x1"] <= page.width and c["top"] >= 0 and c["bottom"] <= page.height
                for c in page.chars
            ]
            assert all(inside) and page.chars, "no page is blank, no letter off it"
    sizes = sorted(char["size"] for char in letters)
    assert sizes[0] >= 12 - 0.01
    # On cards all but the one letter is small print; the list has heads and numbers alone.
    assert name in (CARDS, ATTENDANCE) or sum(size >= 14 - 0.01 for size in sizes) > len(sizes) / 2


@pytest.mark.parametrize(
    "name",
    [
        "lop-hoc-dap-an.pdf",
        *(pytest.param(name, marks=pytest.mark.full) for name in (HANDOUT, "lop-hoc-gop-y.pdf", ATTENDANCE, CARDS)),
    ],
)
def test_papers_print_without_colour(made: dict[str, bytes], name: str) -> None:
    for page in pypdfium2.PdfDocument(made[name]):
        colours = page.render(scale=0.4).to_pil().convert("RGB").getcolors(1 << 24)
        assert all(r == g == b for _count, (r, g, b) in colours)


def test_a_case_longer_than_its_page_stops_with_its_name(kb: KnowledgeBase, plan: LargeClass) -> None:
    data = pdf.handout_data(kb, plan)
    data["cases"][3]["situation"] = data["cases"][3]["situation"] * 12
    with pytest.raises(SheetOverflow, match="TH16"):
        pdf.handout_pdf(data)


def test_a_key_on_the_back_of_a_sheet_stops(kb: KnowledgeBase, plan: LargeClass) -> None:
    data = pdf.handout_data(kb, plan)
    data["cases"] = data["cases"][:9]
    with pytest.raises(Exception, match="back of a sheet"):
        pdf.handout_pdf(data)


def test_word_forms_say_the_same(plan: LargeClass, made: dict[str, bytes]) -> None:
    form = Document(io.BytesIO(made["lop-hoc-gop-y.docx"]))
    texts = [paragraph.text for paragraph in form.paragraphs]
    for number, question in enumerate(plan.feedback, 1):
        assert f"{number}. {question.text}" in texts
        assert all(any(choice in text for text in texts) for choice in question.choices)
    assert sum(text == "\t" for text in texts) == sum(question.lines for question in plan.feedback)
    assert len(form.element.findall(".//" + "{http://schemas.microsoft.com/office/word/2010/wordml}checkbox")) == sum(
        len(question.choices) for question in plan.feedback
    )
    (table,) = Document(io.BytesIO(made["lop-hoc-diem-danh.docx"])).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == pdf.ATTENDANCE_HEADS
    assert [row[:2] for row in rows[1:]] == [[str(n + 1), str(n // 5 + 1)] for n in range(40)]
    assert all(row[2:] == ["", "", ""] for row in rows[1:])
    for name in ("lop-hoc-gop-y.docx", "lop-hoc-diem-danh.docx"):
        document = Document(io.BytesIO(made[name]))
        sizes = [
            int(size.get(f"{{{size.nsmap['w']}}}val")) / 2
            for size in document.element.iter(f"{{{document.element.nsmap['w']}}}sz")
        ]
        assert sizes and min(sizes) >= 12
        assert document.core_properties.language == "vi-VN" and document.core_properties.title


# Slides ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def slides(kb: KnowledgeBase, plan: LargeClass) -> list[Slide]:
    return deck(kb, plan)


@pytest.fixture(scope="module")
def opened(made: dict[str, bytes]) -> Any:
    return Presentation(io.BytesIO(made[SLIDES]))


def body_text(slide: Slide) -> list[str]:
    """What the body of a slide reads, paragraph by paragraph."""
    parts = (
        (line.label and f"{line.label}\t", " ".join(filter(None, (line.strong, line.text)))) for line in slide.lines
    )
    return ["".join(pair) for pair in parts]


def test_the_file_holds_every_slide_as_text_in_placeholders(slides: list[Slide], opened: Any) -> None:
    assert len(opened.slides) == len(slides) > 40
    for shown, slide in zip(opened.slides, slides, strict=True):
        assert shown.shapes.title.text_frame.text == slide.title
        (body,) = [one for one in shown.placeholders if one.placeholder_format.idx == 1]
        assert [paragraph.text for paragraph in body.text_frame.paragraphs] == body_text(slide)
        assert shown.notes_slide.notes_text_frame.text == "\n".join(slide.notes) and slide.notes
        assert all(shape.is_placeholder for shape in shown.shapes), "nothing but text that can be edited"
    assert len({slide.title for slide in slides}) == len(slides), "screen readers tell slides by their titles"


def test_the_slides_go_through_every_step_and_case(kb: KnowledgeBase, plan: LargeClass, slides: list[Slide]) -> None:
    told = [folded_space(" ".join([slide.title, *body_text(slide)])).replace("\t", " ") for slide in slides]
    agenda = " ".join(text for text in told if text.startswith("Kế hoạch"))
    for timed in timed_steps(kb, plan):
        assert f"{timed.span} {folded_space(timed.title)}" in agenda
        if not timed.exercise:
            assert any(text.startswith(folded_space(timed.title)) for text in told)

    def at(text: str) -> int:
        return next(n for n, one in enumerate(told) if folded_space(text) in one)

    previous = 0
    for timed, exercise in cases(kb, plan):
        situation, asked = at(exercise.situation[0]), at(exercise.question)
        reasons = [at(f"{one.letter}. {one.verdict}. {one.choice.feedback}") for one in lettered(exercise)]
        remembered = at(exercise.takeaway)
        assert previous < situation < asked < min(reasons) <= max(reasons) < remembered, exercise.id
        assert "Ví dụ minh họa." in told[situation] and timed.title in told[situation]
        assert all(folded_space(one.choice.text) in told[asked] for one in lettered(exercise)), "all choices at once"
        assert not any(folded_space(one.choice.feedback) in told[asked] for one in lettered(exercise))
        previous = remembered


def test_no_letter_is_small_and_the_right_choice_is_told_in_words(
    kb: KnowledgeBase, plan: LargeClass, opened: Any
) -> None:
    for slide in opened.slides:
        runs = [
            (shape.placeholder_format.type, run)
            for shape in slide.placeholders if shape.placeholder_format.idx in (0, 1)
            for paragraph in shape.text_frame.paragraphs for run in paragraph.runs
        ]  # fmt: skip
        assert min(run.font.size.pt for _kind, run in runs) >= 24
        assert {run.font.name for _kind, run in runs} == {"Arial"}
        for run in slide._element.iter(qn("a:rPr")):
            assert run.get("lang") == "vi-VN"
            assert run.find(qn("a:solidFill")) is None, "no meaning by colour"
    right = sum(choice.right for _timed, one in cases(kb, plan) for choice in one.choices)
    wrong = sum(not choice.right for _timed, one in cases(kb, plan) for choice in one.choices)
    starts = [re.match(r"[A-F]\.\t(Nên chọn|Không nên chọn)\.", paragraph.text) for slide in opened.slides
              for shape in slide.placeholders if shape.placeholder_format.idx == 1
              for paragraph in shape.text_frame.paragraphs]  # fmt: skip
    found = [one[1] for one in starts if one]
    assert (found.count("Nên chọn"), found.count("Không nên chọn")) == (right, wrong)


def test_nothing_overflows_by_the_widths_of_the_fonts(slides: list[Slide], opened: Any) -> None:
    """Measured from the file: its boxes, its sizes, its words, in Arial."""
    measured = 0
    for shown in opened.slides:
        for shape in shown.placeholders:
            if shape.placeholder_format.idx not in (0, 1):
                continue
            measured += 1
            needed = 0.0
            for paragraph in shape.text_frame.paragraphs:
                size = max(run.font.size.pt for run in paragraph.runs)
                properties = paragraph._p.pPr
                hang = int(properties.get("marL", 0)) / 12700 if properties is not None else 0
                label, _tab, _rest = paragraph.text.rpartition("\t")
                assert arial_width(label, size, True) < hang or not label, "the label stays in its column"
                words = [
                    (w, bool(run.font.bold))
                    for run in paragraph.runs
                    for w in run.text.split()
                    if not run.text.endswith("\t")
                ]
                needed += lines_of(words, size, shape.width.pt - hang) * size * 1.15 + (
                    paragraph.space_after.pt if paragraph.space_after else 0
                )
            assert needed <= shape.height.pt, (shown.shapes.title.text_frame.text, needed)
            assert shape.left >= 0 and shape.left + shape.width <= 960 * 12700
            assert shape.top >= 0 and shape.top + shape.height <= 540 * 12700
    assert measured >= len(slides)
    assert all(map(fits, slides))


def test_what_does_not_fit_goes_on_to_another_slide_in_letters_as_large(slides: list[Slide]) -> None:
    long = Slide("Bài thử. Vì sao", tuple(Line("chữ " * 60, f"{n}.", 1.7) for n in "ABCDEF"), ("Lời",))
    parts = fitted(long)
    assert len(parts) == 3 and all(map(fits, parts)) and min(part.size for part in parts) >= SIZES[-1]
    assert [line for part in parts for line in part.lines] == list(long.lines), "nothing is lost"
    assert parts[1].title == "Bài thử. Vì sao (tiếp)"
    assert max(map(height, parts)) - min(map(height, parts)) < BODY_BOX[3] / 3, "evenly"
    short = fitted(Slide("Ngắn", (Line("Một câu."),), ("Lời",)))
    assert short[0].size == SIZES[0], "the largest that fits"
    with pytest.raises(SlideOverflow, match="Bìa"):
        fitted(replace(long, title="Bìa", cover=True))
    with pytest.raises(SlideOverflow):
        fitted(Slide("Dài", (Line("chữ " * 400),), ("Lời",)))
    with pytest.raises(SlideOverflow):
        fitted(Slide("tên rất dài " * 20, (Line("Một câu."),), ("Lời",)))


def test_widths_of_letters() -> None:
    assert arial_width("Tham tra", 10) == pytest.approx(arial_width("Thẩm tra", 10)), "marks take no room"
    assert arial_width("nguoi", 10) < arial_width("người", 10), "but horns do"
    assert arial_width("l", 1000) == 222 and arial_width("M", 1000, True) == 833
    assert bundled_width("mm", 10) > bundled_width("m", 10) > bundled_width("i", 10) > 0
    words = [("chữ", False)] * 10
    assert lines_of(words, 10, 1000) == 1 and lines_of(words, 10, 60) > lines_of(words, 10, 120) > 1


def test_the_file_is_of_16_to_9_in_one_font_without_pictures_or_traces(
    made: dict[str, bytes], opened: Any, kb: KnowledgeBase, plan: LargeClass
) -> None:
    assert opened.slide_width / opened.slide_height == pytest.approx(16 / 9)
    assert [layout.name for layout in opened.slide_layouts] == ["Trang đầu", "Tiêu đề và nội dung"]
    core = opened.core_properties
    assert (core.title, core.language, core.author) == (plan.title, "vi-VN", "Sổ tay HĐND")
    assert core.created.date() == core.modified.date() == kb.edition.date
    with zipfile.ZipFile(io.BytesIO(made[SLIDES])) as packed:
        names = packed.namelist()
        assert not [name for name in names if re.search(r"media/|thumbnail|printerSettings", name)]
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in names:
            if name.endswith(".xml"):
                text = packed.read(name).decode("utf-8")
                etree.fromstring(packed.read(name))
                assert set(re.findall(r'typeface="([^"+]+)"', text)) <= {"Arial"}, name
                assert set(re.findall(r'lang="([^"]+)"', text)) <= {"vi-VN"}, name


def test_the_pdf_shows_the_same_slides(slides: list[Slide], made: dict[str, bytes]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(made["lop-hoc-trinh-chieu.pdf"]))
    assert len(reader.pages) == len(slides)
    assert {(float(p.mediabox.width), float(p.mediabox.height)) for p in reader.pages} == {(960.0, 540.0)}
    for page, slide in zip(pages_of(made["lop-hoc-trinh-chieu.pdf"]), slides, strict=True):
        told = folded_space(" ".join([slide.title, *body_text(slide)])).replace("\t", " ")
        assert folded_space(page).removesuffix(f" {slides.index(slide) + 1}") == folded_space(told)
    with pdfplumber.open(io.BytesIO(made["lop-hoc-trinh-chieu.pdf"])) as opened:
        for number, (page, slide) in enumerate(zip(opened.pages, slides, strict=True), 1):
            own = [char for char in page.chars if char["size"] < 24]
            assert "".join(char["text"] for char in own) == ("" if slide.cover else str(number))


@pytest.mark.parametrize("share", SOME_OR_ALL)
def test_every_exercise_that_cards_can_answer_could_be_taken(kb: KnowledgeBase, plan: LargeClass, share: int) -> None:
    """An editor may put another exercise in: each that the check admits fits its page and its slides."""
    fit = [one for one in kb.exercises.values() if one.kind in CARD_KINDS]
    assert len(fit) > 20
    for start in map(int, some_of(map(str, range(0, len(fit), CASES)), share)):
        chosen = iter([*fit[start : start + CASES], *fit][:CASES])
        steps = [
            step.model_copy(update={"exercise": next(chosen).id}) if step.does == "case" else step
            for step in plan.class_steps
        ]
        other = plan.model_copy(update={"class_steps": steps})
        assert all(map(fits, deck(kb, other)))
        assert len(pages_of(pdf.handout_pdf(pdf.handout_data(kb, other)))) > FRONT_PAGES
