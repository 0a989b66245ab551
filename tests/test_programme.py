"""The programme that adds up: clock times, what is pasted, models, and the signs that each of many programmes deserves."""

from __future__ import annotations

import base64
import copy
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document as read_document
from playwright.sync_api import Browser, Page, expect

from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.signs import LEVELS
from papers.word.nd30 import official_faults
from papers.word.templates import template_docx
from publish.deadlines_module import _row
from publish.signs_module import signs_module
from tests.browsing import HOSTILE, PHONE, accessibility_faults, page_count, stays_too_wide
from tests.filling import FACTS, MATTERS, known
from tests.test_fill_page import kept
from tests.test_filled_forms import out_of_order, text_of

DATA = yaml.safe_load((Path(__file__).parent / "data" / "programmes.yml").read_text("utf-8"))
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII"]
NTH = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"]
FIELDS = ("half", "kind", "matter", "text", "who", "minutes")
PAGE = "tra-cuu/chuong-trinh/"
DUTIES = ("han-bao-cao-dan-chu", "han-ke-hoach-ky-hop")
JUDGE = """async cases => {
  const p = await import('/sitting/programme.js');
  const s = await import('/sitting/programme-signs.js');
  return cases.map(({lines, halves, opening, ...context}) => {
    const timed = p.timed({halves, lines}, opening);
    const found = s.signsOf({lines}, {...context, halves: timed});
    return Object.fromEntries(found.map(({id, lines}) => [id, lines.length]));
  });
}"""


def line_of(text: str) -> dict[str, Any]:
    cells = [cell.strip() for cell in text.split("|")]
    return {**dict(zip(FIELDS, cells, strict=True)), "half": int(cells[0])}


def programme_of(case: dict[str, Any], duties: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the judge takes: a base with a case's changes; line numbers are those of the base."""
    base = DATA["bases"][case["base"]]
    numbered: list[tuple[float, dict[str, Any]]] = [(n, line_of(text)) for n, text in enumerate(base["lines"], 1)]
    for number, fields in case.get("change", {}).items():
        numbered[number - 1][1].update(
            {name: value if name == "half" else str(value) for name, value in fields.items()}
        )
    if "move" in case:
        number, before = case["move"]
        numbered[number - 1] = (before - 0.5, numbered[number - 1][1])
    numbered = [(n, line) for at, (n, line) in enumerate(numbered, 1) if at not in case.get("drop", [])]
    numbered += [(before - 0.5, line_of(text)) for before, text in case.get("add", [])]
    lines = [line for _n, line in sorted(numbered, key=lambda one: one[0])]
    if "half" in case:
        lines = [{**line, "half": case["half"]} for line in lines]
    halves = [
        {"day": case.get("day", ""), "start": "", "end": case.get("end", "")},
        {"day": case.get("day2", case.get("day", "")), "start": "", "end": ""},
    ]
    names = ("title", "kind", "drafter", "committee")
    matters = {key: dict(zip(names, values, strict=True)) for key, values in DATA["matters"].items()}
    return {
        "lines": copy.deepcopy(lines), "halves": halves[: max((line["half"] for line in lines), default=1)], "opening": "",
        "kind": case.get("kind", base["kind"]), "matters": matters, "estimateWindow": case.get("window"), "duties": duties,
    }  # fmt: skip


@pytest.fixture
def duties(kb: KnowledgeBase) -> list[dict[str, Any]]:
    return [_row(kb, kb.deadlines[name]) for name in DUTIES]


def test_each_programme_gets_exactly_what_it_deserves(modules: Page, duties: list[dict[str, Any]]) -> None:
    cases = DATA["cases"]
    assert len(cases) >= 60 and len({case["name"] for case in cases}) == len(cases)
    found = modules.evaluate(JUDGE, [programme_of(case, duties) for case in cases])
    wrong = [
        f"{case['name']}: missing {sorted(set(case['deserves']) - set(one))}, too many {sorted(set(one) - set(case['deserves']))}"
        for case, one in zip(cases, found, strict=True)
        if set(one) != set(case["deserves"])
    ]
    assert not wrong, "\n".join(wrong)
    for case, one in zip(cases, found, strict=True):
        for name, count in case.get("lines", {}).items():
            assert one[name] == count, (case["name"], name)


def test_every_sign_is_looked_for_told_and_deserved_somewhere(modules: Page, kb: KnowledgeBase) -> None:
    looked_for = modules.evaluate("async () => (await import('/sitting/programme-signs.js')).SIGN_IDS")
    assert set(looked_for) == set(kb.signs), "a record without a test, or a test without words"
    deserved = {name for case in DATA["cases"] for name in case["deserves"]}
    assert deserved == set(kb.signs), "each is shown by a case"
    text = signs_module(kb, "directory")
    assert all(name in text and LEVELS[sign.level] in text for name, sign in kb.signs.items())
    assert kb.signs["dh-nua-ngay"].level == "luu-y", "no rule tells how long a sitting must be"


# Reading, times, models ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Chào cờ, khai mạc", "nghi-thuc"), ("1. Báo cáo số đại biểu có mặt", "nghi-thuc"), ("Nghỉ giải lao", "nghi"),
        ("- Báo cáo thẩm tra của Ban Kinh tế - Ngân sách", "tham-tra"), ("08h00: Tờ trình về dự toán", "to-trinh"),
        ("7 giờ 30 - 8 giờ 00: Báo cáo kinh tế - xã hội", "bao-cao"), ("Trình bày dự thảo Nghị quyết về chợ", "to-trinh"),
        ("Biểu quyết thông qua Nghị quyết về chợ", "bieu-quyet"), ("Thông qua các nghị quyết", "bieu-quyet"),
        ("Thông qua từng nghị quyết", "bieu-quyet"), ("Thông qua dự thảo năm nghị quyết", "bieu-quyet"),
        ("Biểu quyết thông qua chương trình kỳ họp", "thu-tuc"), ("Bầu thư ký kỳ họp", "thu-tuc"),
        ("Bầu Phó Chủ tịch HĐND", "nhan-su"), ("Thảo luận tại hội trường", "thao-luan"), ("Chất vấn và trả lời chất vấn", "chat-van"),
        ("Thông báo của Ủy ban MTTQ", "thong-bao"), ("Thời gian dự phòng", "du-phong"), ("Bế mạc", "nghi-thuc"), ("Việc lạ", "khac"),
        ("", "khac"),
    ],
)  # fmt: skip
@pytest.mark.full
def test_the_words_of_a_line_tell_its_kind(modules: Page, text: str, kind: str) -> None:
    assert modules.evaluate("async t => (await import('/sitting/programme.js')).kindOfLine(t)", text) == kind


PASTED = """BUỔI SÁNG, ngày 17/12
1. Khai mạc kỳ họp (10 phút)
2. Tờ trình dự toán ngân sách năm 2027\t15
3. Báo cáo thẩm tra dự toán ngân sách: 10 phút

Nghỉ giải lao 15'
Buổi chiều
Thảo luận dự toán ngân sách
Biểu quyết thông qua Nghị quyết dự toán ngân sách (5 phút)"""


def test_a_pasted_programme_is_read(modules: Page) -> None:
    read = "async ([text, matters]) => (await import('/sitting/programme.js')).linesIn(text, matters)"
    told = modules.evaluate(read, [PASTED, [["k1", {"title": "Nghị quyết dự toán ngân sách"}]]])
    found = told["lines"]
    assert [(one["half"], one["kind"], one["minutes"], one["matter"]) for one in found] == [
        (1, "nghi-thuc", "10", ""), (1, "to-trinh", "15", "k1"), (1, "tham-tra", "10", "k1"), (1, "nghi", "15", ""),
        (2, "thao-luan", "", "k1"), (2, "bieu-quyet", "5", "k1"),
    ]  # fmt: skip
    assert found[1]["text"] == "Tờ trình dự toán ngân sách năm 2027"
    assert [one["start"] for one in told["halves"]] == ["07:30", "13:30"]
    for odd in ("", "\n\n", "\t\t", "Buổi sáng"):
        assert modules.evaluate(read, [odd, []])["lines"] == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Khai mạc (10 phút).", [("Khai mạc", "10", 1)]), ("Thảo luận 1 giờ 30 phút", [("Thảo luận", "90", 1)]),
        ("Thảo luận 15’", [("Thảo luận", "15", 1)]), ("7h30 – 7h45: Khai mạc", [("Khai mạc", "15", 1)]),
        ("08 giờ 00: Khai mạc\n08 giờ 20: Bế mạc", [("Khai mạc", "20", 1), ("Bế mạc", "", 1)]),
        ("Buổi chiều: chất vấn và trả lời chất vấn (60 phút)", [("chất vấn và trả lời chất vấn", "60", 1)]),
        ("Sáng 17/12\nKhai mạc\nChiều ngày 17/12\nBế mạc", [("Khai mạc", "", 1), ("Bế mạc", "", 2)]),
        ("Ngày thứ nhất (17/12/2026)\nKhai mạc\nNGÀY THỨ NHẤT - BUỔI CHIỀU\nThảo luận", [("Khai mạc", "", 1), ("Thảo luận", "", 2)]),
        ("TT\tNội dung\tNgười trình bày\tSố phút\n1\tTờ trình về chợ\tPhòng Kinh tế\t10", [("Tờ trình về chợ", "10", 1)]),
        ("I. Khai mạc\n1.1. Chào cờ\n(2) Giới thiệu", [("Khai mạc", "", 1), ("Chào cờ", "", 1), ("Giới thiệu", "", 1)]),
        ("Sáng kiến kinh nghiệm của xã", [("Sáng kiến kinh nghiệm của xã", "", 1)]),
        ("12 hộ nghèo được hỗ trợ", [("12 hộ nghèo được hỗ trợ", "", 1)]),
    ],
)  # fmt: skip
def test_minutes_halves_and_columns_are_read(modules: Page, text: str, wanted: list[tuple[str, str, int]]) -> None:
    read = "async ([text, matters]) => (await import('/sitting/programme.js')).linesIn(text, matters)"
    found = modules.evaluate(read, [text, []])["lines"]
    assert [(one["text"], one["minutes"], one["half"]) for one in found] == wanted


def test_pasted_programmes_get_what_they_deserve(modules: Page, duties: list[dict[str, Any]]) -> None:
    judge = """async ([cases, duties]) => {
      const p = await import('/sitting/programme.js'); const s = await import('/sitting/programme-signs.js');
      return cases.map(({text, kind}) => {
        const {lines, halves} = p.linesIn(text, []);
        return s.signsOf({lines}, {kind, halves: p.timed({halves, lines}), duties}).map(one => one.id);
      });
    }"""
    found = modules.evaluate(judge, [DATA["pasted"], duties])
    wrong = [
        f"{case['name']}: {sorted(set(one) - set(DATA['besides']))}, deserves {sorted(case['deserves'])}"
        for case, one in zip(DATA["pasted"], found, strict=True)
        if set(one) - set(DATA["besides"]) != set(case["deserves"])
    ]
    assert not wrong, "\n".join(wrong)


def timed(modules: Page, lines: list[dict[str, Any]], halves: list[dict[str, str]], opening: str = "") -> Any:
    run = "async ([p, o]) => (await import('/sitting/programme.js')).timed(p, o)"
    return modules.evaluate(run, [{"lines": lines, "halves": halves}, opening])


def test_clock_times_add_up(modules: Page) -> None:
    lines = [
        {**line_of(f"{half} | khac | | Việc {n} | | {minutes}"), "n": n}
        for n, (half, minutes) in enumerate([(2, 30), (1, 45), (1, ""), (1, 200), (2, "x")])
    ]
    first, second = timed(modules, lines, [{"day": "", "start": "08:15", "end": "11:30"}], "2026-12-17")
    assert [(one["n"], one["from"], one["to"]) for one in first["lines"]] == [
        (1, 495, 540),
        (2, 540, 540),
        (3, 540, 740),
    ]
    assert (first["over"], first["until"], first["day"]) == (50, 740, "2026-12-17")
    assert [(one["n"], one["from"]) for one in second["lines"]] == [(0, 810), (4, 840)]
    odd = timed(modules, lines, [{"day": "", "start": "25:99", "end": "x"}])
    assert odd[0]["from"] == 450, "an impossible hour is the usual one"


@pytest.mark.parametrize("count", [1, 4, 9, 40])
def test_a_model_has_every_matter_whole_and_deserves_nothing_that_it_could_avoid(
    modules: Page, duties: list[dict[str, Any]], count: int
) -> None:
    matters = [
        [
            f"k{n:03}",
            {
                "title": f"Nghị quyết thứ {n} về việc số {n}",
                "kind": "nghi-quyet",
                "drafter": "Phòng Kinh tế",
                "committee": "Hai Ban",
                "papers": "",
            },
        ]
        for n in range(count)
    ]
    make = """async ([matters, kind]) => {
      const p = await import('/sitting/programme.js'); const s = await import('/sitting/programme-signs.js');
      const lines = p.programmeFrom(matters, kind, [], '2026-12-17');
      const halves = p.timed({halves: [], lines}, '2026-12-17');
      const found = s.signsOf({lines}, {kind, matters: Object.fromEntries(matters), halves, duties: [], estimateWindow: null});
      return {lines, over: halves.map(one => one.over), found: found.map(one => one.id)};
    }"""
    made = modules.evaluate(make, [matters, "chuyen-de"])
    assert made["over"] == [0] * len(made["over"]) and made["found"] == []
    for key, _one in matters:
        own = [line for line in made["lines"] if line["matter"] == key]
        assert [line["kind"] for line in own] == ["to-trinh", "tham-tra", "thao-luan", "bieu-quyet"]
        assert len({line["half"] for line in own}) == 1, "a matter is not parted"
    regular = modules.evaluate(make, [matters, "thuong-le-cuoi-nam"])
    assert set(regular["found"]) <= {"dh-thieu-nguoi", "dh-thieu-cu-tri", "dh-nua-ngay"}, (
        "who answers and the voters are for the reader"
    )


def test_each_model_lacks_only_what_the_reader_must_tell(modules: Page, duties: list[dict[str, Any]]) -> None:
    found = modules.evaluate(
        """async duties => {
      const p = await import('/sitting/programme.js'); const s = await import('/sitting/programme-signs.js');
      return Object.entries(p.MODELS).map(([kind, {matters}]) => {
        const lines = p.programmeFrom(matters, kind, [], '');
        return [kind, s.signsOf({lines}, {kind, halves: p.timed({halves: [], lines}), duties}).map(one => one.id)];
      });
    }""",
        duties,
    )
    assert {kind for kind, _signs in found} == {"thuong-le-giua-nam", "thuong-le-cuoi-nam", "chuyen-de"}
    for kind, signs in found:
        assert set(signs) <= {"dh-thieu-nguoi", "dh-nua-ngay"}, kind


# The page ---------------------------------------------------------------------------------------------


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, service_workers="block", accept_downloads=True)
    context.set_default_timeout(15_000)
    made = context.new_page()
    made.goto(f"{address}/{PAGE}")
    made.evaluate(kept(FACTS, MATTERS))
    made.reload()
    yield made
    context.close()


def lines_kept(page: Page) -> list[dict[str, Any]]:
    data = json.loads(page.evaluate("localStorage.getItem('hdnd.goc.v1')"))
    return data["sittings"][data["current"]]["programme"]["lines"]  # type: ignore[no-any-return]


def minutes(lines: list[dict[str, Any]]) -> int:
    return sum(int(line["minutes"] or 0) for line in lines)


def test_made_from_the_list_moved_by_keys_and_taken_back(page: Page) -> None:
    page.get_by_role("button", name="Lập từ danh mục nội dung").click()
    expect(page.locator(".hd-total")).to_contain_text("Cộng ")
    before = lines_kept(page)
    third = page.locator('[data-line="3"] textarea')
    third.focus()
    page.keyboard.press("Alt+ArrowUp")
    after = lines_kept(page)
    assert [one["text"] for one in after[2:4]] == [before[3]["text"], before[2]["text"]]
    assert minutes(after) == minutes(before), "no minute is lost"
    for _ in range(8):
        page.keyboard.press("Alt+ArrowDown")
    assert sorted(one["text"] for one in lines_kept(page)) == sorted(one["text"] for one in before)
    for _ in range(9):
        page.get_by_role("button", name="Hoàn tác").click()
    assert lines_kept(page) == before
    page.get_by_role("button", name="Bỏ dòng: Chào cờ").click()
    assert len(lines_kept(page)) == len(before) - 1
    page.keyboard.press("Enter")
    assert lines_kept(page) == before, "the way back has the focus"


def test_typing_keeps_the_place_and_the_clock_follows(page: Page) -> None:
    page.get_by_role("button", name="Lập từ danh mục nội dung").click()
    first = page.locator('[data-line="0"]')
    first.get_by_label("Phút").fill("25")
    page.keyboard.press("Tab")
    expect(page.locator('[data-line="1"] .hd-line__clock')).to_have_text("07 giờ 55")
    assert page.evaluate("document.activeElement.closest('[data-line]').dataset.line") == "0", (
        "the focus goes on from here"
    )
    page.get_by_label("Bắt đầu").first.fill("08:00")
    page.keyboard.press("Tab")
    expect(page.locator('[data-line="0"] .hd-line__clock')).to_have_text("08 giờ 00")
    page.reload()
    expect(page.locator('[data-line="0"]').get_by_label("Phút")).to_have_value("25")


def test_what_it_shows_leads_to_the_line_and_the_lesson(page: Page) -> None:
    page.get_by_text("Dán chương trình có sẵn để rà soát").click()
    page.get_by_label("Dán các dòng").fill(
        "Khai mạc (5 phút)\nTờ trình về chợ (10 phút)\nBiểu quyết thông qua Tờ trình về chợ (5 phút)"
    )
    page.get_by_role("button", name="Đọc các dòng này").click()
    sign = page.locator('[data-sign="dh-thieu-tham-tra"]')
    expect(sign).to_contain_text("Cần xem lại")
    sign.get_by_role("button", name="Tờ trình về chợ").click()
    expect(page.locator('[data-line="1"] textarea')).to_be_focused()
    expect(sign.get_by_role("link", name="HC4c")).to_have_attribute("href", re.compile(r"/han-che/hc4/#hc4c$"))
    assert page.locator('[data-sign="dh-bieu-quyet-to-trinh"]').count() == 1
    page.get_by_role("button", name="Lập từ danh mục nội dung").click()
    expect(page.get_by_role("button", name="Giữ lại")).to_be_focused()
    page.get_by_role("button", name="Thay", exact=True).click()
    page.get_by_role("button", name="Trở lại bản trước").click()
    assert [one["text"] for one in lines_kept(page)][1] == "Tờ trình về chợ"


def test_the_papers_have_its_clock(page: Page) -> None:
    page.get_by_role("button", name="Lập từ danh mục nội dung").click()
    with page.expect_download() as found:
        page.get_by_role("button", name="(BM10)").click()
    text = text_of(Path(found.value.path()).read_bytes())
    assert "07 giờ 30" in text and "Chất vấn nhóm vấn đề thứ nhất" in text and "nd." not in text
    assert text.count("Biểu quyết thông qua Nghị quyết dự toán ngân sách") == 1
    assert "Buổi thứ nhất, ngày 05 tháng 02 năm 2027" in text
    with page.expect_download() as found:
        page.get_by_role("button", name="(BM16)").click()
    script = text_of(Path(found.value.path()).read_bytes())
    assert "08 giờ 00" in script and "«giờ 1»" not in script
    with page.expect_download() as found:
        page.get_by_role("button", name="(BM18)").click()
    minutes = text_of(Path(found.value.path()).read_bytes())
    assert "Nội dung: Nghị quyết dự toán ngân sách" in minutes and "nd." not in minutes


@pytest.mark.full
def test_it_fits_a_phone_and_everybody_and_one_sheet(page: Page) -> None:
    page.get_by_role("button", name="Lập từ danh mục nội dung").click()
    page.locator('[data-line="0"] summary').click()
    assert accessibility_faults(page) == []
    assert not stays_too_wide(page, 360)
    assert page_count(page.pdf(format="A4")) <= 2


def test_hostile_lines_run_nothing_and_too_many_are_told(page: Page) -> None:
    page.get_by_text("Dán chương trình có sẵn để rà soát").click()
    page.get_by_label("Dán các dòng").fill("\n".join([f"Tờ trình {HOSTILE} (10 phút)"] * 170))
    page.get_by_role("button", name="Đọc các dòng này").click()
    expect(page.locator(".hd-line")).to_have_count(150)
    assert page.evaluate("window.ran") is None


def test_a_half_day_without_lines_that_ends_before_it_begins_stops_nothing(page: Page) -> None:
    page.get_by_role("button", name="Lập từ danh mục nội dung").click()
    data = json.loads(page.evaluate("localStorage.getItem('hdnd.goc.v1')"))
    programme = data["sittings"]["k123"]["programme"]
    programme["halves"] = [{"day": "", "start": "13:30", "end": "11:30"}]
    for line in programme["lines"]:
        line["half"] = 2
    page.evaluate("data => localStorage.setItem('hdnd.goc.v1', JSON.stringify(data))", data)
    page.reload()
    expect(page.locator(".hd-line")).to_have_count(len(programme["lines"]))
    expect(page.locator(".hd-half")).to_have_count(2)


def test_the_kind_of_sitting_decides_what_is_looked_for(page: Page) -> None:
    page.evaluate(kept({**FACTS, "kind": ""}, []))
    page.reload()
    page.get_by_text("Lập từ mẫu gợi ý, khi chưa có danh mục").click()
    page.get_by_role("button", name="Chuyên đề").click()
    expect(page.get_by_label("Loại kỳ họp")).to_have_value("chuyen-de")
    assert page.locator('[data-sign="dh-khong-chat-van"]').count() == 0
    page.get_by_label("Loại kỳ họp").select_option("Thường lệ cuối năm")
    expect(page.locator('[data-sign="dh-khong-chat-van"]')).to_contain_text("Cần xem lại")


def test_a_line_that_is_typed_tells_its_kind_and_mends_what_was_shown(page: Page) -> None:
    page.get_by_text("Dán chương trình có sẵn để rà soát").click()
    page.get_by_label("Dán các dòng").fill("Tờ trình về chợ mới (10 phút)\nThảo luận (20 phút)")
    page.get_by_role("button", name="Đọc các dòng này").click()
    expect(page.locator('[data-sign="dh-thieu-tham-tra"]')).to_be_visible()
    page.get_by_role("button", name="Thêm dòng vào buổi 1").click()
    page.keyboard.type("Báo cáo thẩm tra chợ mới")
    page.keyboard.press("Tab")
    expect(page.locator('[data-sign="dh-thieu-tham-tra"]')).to_have_count(0)
    expect(page.locator('[data-sign="dh-tham-tra-sau"]')).to_be_visible()
    page.locator('[data-line="2"] input').first.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator('[data-sign="dh-tham-tra-sau"]')).to_have_count(0)


def test_the_way_back_knows_the_version_before(page: Page) -> None:
    for words in ("Việc thứ nhất (5 phút)", "Việc thứ hai (5 phút)"):
        if not page.get_by_label("Dán các dòng").is_visible():
            page.get_by_text("Dán chương trình có sẵn để rà soát").click()
        page.get_by_label("Dán các dòng").fill(words)
        page.get_by_role("button", name="Đọc các dòng này").click()
        if words.startswith("Việc thứ hai"):
            page.get_by_role("button", name="Thay", exact=True).click()
    page.get_by_role("button", name="Trở lại bản trước").click()
    assert lines_kept(page)[0]["text"] == "Việc thứ nhất"
    page.get_by_role("button", name="Hoàn tác").click()
    assert lines_kept(page)[0]["text"] == "Việc thứ hai"
    page.get_by_role("button", name="Trở lại bản trước").click()
    assert lines_kept(page)[0]["text"] == "Việc thứ nhất", "neither is lost"
    page.get_by_role("button", name="Đưa lên: Việc thứ nhất").click()
    expect(page.get_by_role("status")).to_contain_text("đã đứng đầu")


def test_of_two_programmes_the_later_stands_and_the_other_is_kept(modules: Page) -> None:
    join = """async ([first, second]) => {
      const s = await import('/kept/store.js');
      const of = ([at, ...texts]) => s.readDocument({schema: 3, current: 'k123', sittings: {k123: {programme: {at, lines: texts.map(text => ({text, kind: 'khac', half: 1}))}}}}).document;
      const {programme, before} = s.merge(of(first), of(second)).sittings.k123;
      return [programme.lines.map(one => one.text), before.lines.map(one => one.text)];
    }"""
    early, late = ["2026-11-27T08:00:00Z", "sớm"], ["2026-11-28T08:00:00Z", "muộn"]
    assert modules.evaluate(join, [early, late]) == [["muộn"], ["sớm"]]
    assert modules.evaluate(join, [late, early]) == [["muộn"], ["sớm"]]
    assert modules.evaluate(join, [late, late]) == [["muộn"], []]
    assert modules.evaluate(join, [early, ["2026-11-28T09:00:00Z"]]) == [["sớm"], []], "an empty one replaces nothing"


def test_what_a_device_brings_stays_within_bounds(modules: Page) -> None:
    read = """async lines => {
      const s = await import('/kept/store.js');
      return s.readDocument({schema: 3, current: 'k123', sittings: {k123: {programme: {lines}}}}).document.sittings.k123.programme.lines;
    }"""
    found = modules.evaluate(read, [{"kind": "x hd-no-print", "half": 99, "text": "a"}, {"half": -1}, {"half": "2"}, 7])
    assert [(one["kind"], one["half"]) for one in found] == [("khac", 12), ("khac", 1), ("khac", 1), ("khac", 1)]
    assert len(modules.evaluate(read, [{"text": "a"}] * 400)) == 150


def test_the_text_for_zalo_has_days_as_officials_write_them(modules: Page) -> None:
    told = modules.evaluate(
        """async () => {
      const p = await import('/sitting/programme.js');
      return p.programmeText(p.timed({halves: [{day: '2027-02-05', start: '', end: ''}], lines: [{half: 1, kind: 'khac', text: 'Khai mạc', who: 'Chủ tọa', minutes: '5'}]}), 'HĐND xã A');
    }"""
    )
    assert told == "Dự kiến chương trình: HĐND xã A.\n\nBuổi 1, ngày 05/02/2027:\n07 giờ 30: Khai mạc (Chủ tọa), 5 phút"


@pytest.mark.parametrize("count", [1, 2, 3, 5, 12])
@pytest.mark.full
def test_the_paper_has_as_many_half_days_as_the_programme(modules: Page, kb: KnowledgeBase, count: int) -> None:
    told = known(modules)
    run = """async ({file, values, lists, count}) => {
      const w = await import('/office/word-file.js');
      const halves = Array.from({length: count}, (_, at) => ({half: at + 1, day: 'ngày 05 tháng 02 năm 2027', end: '11 giờ 00', all: '30', debate: '20', questions: '–', rows: [['07 giờ 30', `Việc ${at} <b>`, 'Ai', '10'], ['07 giờ 40', 'Việc', '', '']]}));
      const bytes = w.filledWord(Uint8Array.from(atob(file), c => c.charCodeAt(0)), values, lists, halves);
      let text = ''; for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    }"""
    form = base64.b64encode(template_docx(kb, kb.documents["BM10"])).decode()
    data = base64.b64decode(modules.evaluate(run, {"file": form, "count": count, **told}))
    document = read_document(io.BytesIO(data))
    grids = [one for one in document.tables if one.style and one.style.name == "Table Grid"]
    assert len(grids) == count + 1
    assert [[cell.text for cell in row.cells] for row in grids[0].rows][1] == ["07 giờ 30", "Việc 0 <b>", "Ai", "10"]
    assert [row.cells[0].text for row in grids[-1].rows] == ["Buổi", *[f"Thứ {name}" for name in NTH[:count]], "Cộng"]
    assert official_faults(data) == [] and out_of_order(data) == []
    kinds = [child.tag.rpartition("}")[2] for child in document.element.body]
    assert all(kinds[at : at + 2] != ["tbl", "tbl"] for at in range(len(kinds))), "something stands between two tables"
    text = text_of(data)
    assert f"{ROMAN[count]}. Thời lượng" in text and text.count("Buổi thứ") == count
