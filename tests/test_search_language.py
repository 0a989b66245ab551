"""How the search matches Vietnamese: the theme's own worker and our language file over a few documents, without a site.

Each promise stands beside a fault that breaks it: planted into the language file, it must be noticed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import material
import pytest
import yaml
from playwright.sync_api import Page, Route

from knowledge.text import fold, slugify
from publish.project import ROOT
from publish.search.language_file import LANGUAGE_FILE, language_file
from publish.search.names import read_names
from tests.browsing import PHONE
from tests.conftest import Lender

THEME = Path(material.__path__[0], "templates")
ADDRESS = "http://search.test/"
WORKERS = "assets/javascripts/workers"

Document = dict[str, Any]
Result = dict[str, Any]
Find = Callable[[str], list[Result]]

# What the theme's bundle sends its worker, and how often each field counts there.
SET_UP = """async ([worker, separator, docs]) => {
  window.search?.terminate();
  window.search = new Worker(worker);
  window.answered = (message) => new Promise((done, failed) => {
    search.onmessage = ({ data }) => done(data);
    search.onerror = ({ message }) => failed(new Error(message));
    // A language file that cannot be read is told to nobody.
    setTimeout(() => failed(new Error("no answer")), 20000);
    search.postMessage(message);
  });
  const fields = { title: { boost: 1000 }, text: { boost: 1 }, tags: { boost: 1000000 } };
  const config = { lang: ["vi"], separator, pipeline: [], fields };
  return (await answered({ type: 0, data: { config, docs, options: { suggest: false } } })).type;
}"""
READY = 1
# One result for each page: the place in it that answers best, what is marked, words of the query that are not there.
ASK = """async (texts) => {
  const read = (group) => {
    const shown = document.createElement("template");
    shown.innerHTML = group.map(({ title, text }) => `${title} ${text}`).join(" ");
    const [best] = [...group].sort((a, b) => b.score - a.score);
    return {
      page: group[0].location.replace(/#.*/, "").replace(/\\/$/, ""),
      best: best.location.split("#")[1] ?? "",
      marked: [...shown.content.querySelectorAll("mark")].map((mark) => mark.textContent),
      missing: Object.entries(group[0].terms).filter(([, found]) => !found).map(([word]) => word),
    };
  };
  return (await answered({ type: 2, data: texts })).data.items.map(read);
}"""


@pytest.fixture(scope="module")
def blank(lender: Lender) -> Iterator[Page]:
    """An empty page that can ask the theme for its files."""
    context = lender.lend(viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.route(f"{ADDRESS}**", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto(ADDRESS)
    yield page
    context.close()


def separator() -> str:
    """Return what parts words, as the site's settings have it."""
    lines = (line.strip() for line in (ROOT / "mkdocs.yml").read_text("utf-8").splitlines())
    (line,) = (line for line in lines if line.startswith("separator:"))
    return str(yaml.safe_load(line)["separator"])


def search_over(page: Page, documents: Sequence[Document], language: str) -> Find:
    """Return a search over these documents by the theme's worker with this language file."""

    def serve(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        if name == LANGUAGE_FILE:
            route.fulfill(body=language, content_type="text/javascript")
        else:
            route.fulfill(path=THEME / name)

    files = f"{ADDRESS}assets/javascripts/**"
    page.unroute(files)
    page.route(files, serve)
    (worker,) = (THEME / WORKERS).glob("search.*.js")
    assert page.evaluate(SET_UP, [f"{ADDRESS}{WORKERS}/{worker.name}", separator(), [*documents]]) == READY

    def find(text: str) -> list[Result]:
        found: list[Result] = page.evaluate(ASK, text)
        return found

    return find


# The documents -------------------------------------------------------------------------------------


def entry(location: str, title: str, text: str, kind: str = "", **more: object) -> Document:
    """Return an entry of the index; a page has a kind, a section has none."""
    tags = {"tags": [kind]} if kind else {}
    return {"location": location, "title": title, "text": f"<p>{text}</p>", **tags, **more}


SAME = [["HĐND", "hội đồng nhân dân"], ["KT-XH", "kinh tế xã hội"]]
CALLED = [
    ["cqđp", "chính quyền địa phương"], ["tôi", "anh chị"], ["ct", "chủ tịch", 0.65], ["ct", "cấp trên"],
]  # fmt: skip
BOOK = [
    entry("han-che/hc3/", "HC3. Thẩm tra còn hình thức", "Ban đọc hồ sơ rồi viết báo cáo thẩm tra.", "Hạn chế"),
    entry("han-che/hc3/#lam-gi", "Làm gì", "Cần làm gì: đi khảo sát, hỏi người dân, nghe ý kiến."),
    entry("danh-muc/dm07/", "DM07. Khảo sát", "Trước khi thẩm tra, Ban khảo sát, trả lời. Danh mục 7.", "Phiếu rà soát"),
    entry("danh-muc/dm07/#khi-nao", "Khi nào", "Khảo sát trước kỳ họp, tra cứu sau."),
    entry("ky-hop/b6/", "B6. Chất vấn", "Đại biểu hỏi, Chủ tịch trả lời. Bước 6 của kỳ họp.", "Bước"),
    entry("tra-cuu/thuat-ngu/", "Thuật ngữ", "Những từ hay gặp.", "Thuật ngữ"),
    entry("tra-cuu/thuat-ngu/#chat-van", "Chất vấn", "Đại biểu nêu câu hỏi, người bị hỏi trả lời.", "Thuật ngữ"),
    entry("tra-cuu/thuat-ngu/#hdnd", "Hội đồng nhân dân", "HĐND là cơ quan của chính quyền địa phương.", "Thuật ngữ",
          same=SAME, called=CALLED),
    entry("tra-cuu/may-in/", "Máy in", "Chưa có máy in thì mượn.", "Tra cứu"),
    entry("tra-cuu/phieu/", "Kiểm phiếu", "Đếm từng phiếu một, ghi biên bản. Đủ tám phiếu thì hợp lệ.", "Tra cứu"),
    entry("tra-cuu/mang/", "Không có mạng", "Sổ tay vẫn mở được.", "Tra cứu"),
    entry("tra-cuu/chu-tich/", "Chủ tịch", "Điều hành, chủ tọa.", "Tra cứu"),
    entry("tra-cuu/cap-tren/", "Cấp trên", "Quan hệ, báo cáo.", "Tra cứu"),
    entry("tra-cuu/anh-chi/", "Dành cho anh chị", "Anh chị mới trúng cử đọc trước.", "Tra cứu"),
    entry("tra-cuu/buoi-toi/", "Họp buổi tối", "Tối mới họp được. Cuộc họp tới ghi sau.", "Tra cứu"),
    entry("can-cu/nd-30/", "Nghị định 30", "NĐ 30 và Luật 72, NQ 104 nói về ủy ban, uỷ ban. Thăm hộ khó.", "Căn cứ"),
    entry("tra-cuu/kt/", "Kinh tế xã hội", "Nghị quyết năm tới của xã.", "Tra cứu"),
    entry("tra-cuu/san/", "Ngoài sân", "Ghế kia là ghế nhựa, gỗ kia là gỗ tròn.", "Tra cứu"),
    entry("tra-cuu/kho/", "Trong kho", "Còn bốn cái ghế gỗ để dùng thêm khi họp.", "Tra cứu"),
    entry("tra-cuu/cq/", "Viết tắt", "Viết CQĐP cho gọn. Thời gian hơi gấp.", "Tra cứu"),
]  # fmt: skip


def pages(results: Sequence[Result]) -> list[str]:
    return [result["page"] for result in results]


def first(results: Sequence[Result]) -> str:
    assert results
    return str(results[0]["page"])


def marked(results: Sequence[Result]) -> set[str]:
    return {word.lower() for result in results for word in result["marked"]}


# The promises --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Promise:
    check: Callable[[Find], None]
    faults: Sequence[Sequence[str]]
    """Each breaks the promise: words of the language file, what is planted in their place, perhaps others with theirs."""


PROMISES: list[Promise] = []


def broken_by(*faults: Sequence[str]) -> Callable[[Callable[[Find], None]], Callable[[Find], None]]:
    def note(check: Callable[[Find], None]) -> Callable[[Find], None]:
        PROMISES.append(Promise(check, faults))
        return check

    return note


@broken_by(("text => withoutMarks(text)", "text => text.toLowerCase()"))
def marks_may_be_left_out(find: Find) -> None:
    for text in ("thẩm tra hình thức", "tham tra hinh thuc", "THAM TRA HINH THUC", "Thẩm TRA hình thức"):
        assert first(find(text)) == "han-che/hc3", text
    assert find("nguoi dan")[0]["missing"] == [] and marked(find("nguoi dan")) == {"người", "dân"}


@broken_by(
    ("return other.toneless === plain ? OTHER_TONE : OTHER_LETTER;", "return EXACT;"),
    ("const marked = withMarks || isMarked(typed);", "const marked = isMarked(typed);"),
)
def whoever_types_marks_means_them(find: Find) -> None:
    """Whoever types none gets all; one word with marks speaks for the others."""
    assert marked(find("hội")) == {"hội"}
    assert marked(find("hoi")) >= {"hội", "hỏi", "hơi"}
    found = marked(find("thẩm tra"))
    assert {"thẩm", "tra"} <= found and not found & {"thăm", "trả"}


@broken_by(('return toneless(text) + (tones ? tones.join("") : "");', "return text.toLowerCase();"))
def two_spellings_of_a_tone_are_one_word(find: Find) -> None:
    for one, other in (("uỷ ban", "ủy ban"), ("chủ toạ", "CHỦ TỌA")):
        found, again = find(one), find(other)
        assert found and [(r["page"], r["marked"]) for r in found] == [(r["page"], r["marked"]) for r in again]
    assert {"ủy", "uỷ"} <= marked(find("uỷ ban"))


@broken_by((r'.replace(/^([a-z]+)0+(\d+[a-z]{0,2})$/, "$1$2")', ""))
def a_code_is_found_without_its_zeros(find: Find) -> None:
    for text in ("dm07", "DM07", "dm7"):
        assert first(find(text)) == "danh-muc/dm07", text


@broken_by(("if (this.postings.has(joined)) this.noteName(", "if (false) this.noteName("))
def a_code_may_be_typed_apart(find: Find) -> None:
    (found,) = find("dm 07")
    assert (found["page"], found["missing"]) == ("danh-muc/dm07", [])


@broken_by(
    ("for (const names of same || []) this.addNames(names);", ""),
    ("if (words.length > 1 && /[-.]/", "if (false && /[-.]/"),
)
def names_that_mean_the_same_find_each_other(find: Find) -> None:
    assert {"hđnd", "hội", "nhân"} <= marked(find("hdnd"))
    assert {"hđnd", "hội", "nhân"} <= marked(find("hội đồng nhân dân"))
    assert first(find("ktxh")) == "tra-cuu/kt"


CALLED_LINE = "this.addName(this.wordsOfName(typed), [{ typed, meant, worth: worth || 1 }]);"


@broken_by(
    (CALLED_LINE, ";"),
    (
        CALLED_LINE,
        f"{{ {CALLED_LINE} this.addName(this.wordsOfName(meant), [{{ typed: meant, meant: typed, worth: 1 }}]); }}",
    ),
    (
        "const says = ({ text }, typed) => !isMarked(text) || formOf(text) === formOf(typed);",
        "const says = () => true;",
    ),
)
def what_officials_say_leads_one_way_and_keeps_its_marks(find: Find) -> None:
    assert "tra-cuu/thuat-ngu" in pages(find("cqdp")) and "phương" in marked(find("cqđp"))
    assert "cqđp" not in marked(find("chính quyền địa phương")), "the pages' own words keep their meaning"
    assert "anh" in marked(find("tôi")) and "anh" not in marked(find("tới"))


@broken_by(("worth: worth || 1 }", "worth: 1 }"))
def a_doubtful_name_counts_less(find: Find) -> None:
    assert pages(find("ct"))[:2] == ["tra-cuu/cap-tren", "tra-cuu/chu-tich"]


@broken_by(("const ASKING = 0.12;", "const ASKING = 1;"))
def words_that_ask_weigh_little_beside_the_subject(find: Find) -> None:
    """Whatever is asked about it, the pages of the subject come first, not those called "Làm gì"."""
    for subject in ("khảo sát", "chat van", "may in", "thẩm tra"):
        plain = set(pages(find(subject)))
        for asking in ("cần làm gì", "can lam gi", "như thế nào", "nhu the nao", "khi nào", "là gì"):
            found = find(f"{subject} {asking}")[0]
            assert found["page"] in plain, f"{subject} {asking}"
            assert found["best"] not in ("lam-gi", "khi-nao"), f"{subject} {asking}"


@broken_by(("asking.has(i) ? ASKING : 1", "asking.has(i) ? 0 : 1"))
def words_that_ask_are_answered_when_they_stand_alone(find: Find) -> None:
    for text in ("khi nào", "khi nao", "làm gì", "toi can lam gi", "là gì", "co khong", "gì"):
        assert find(text), text


@broken_by(("(!isMarked(typed) || formOf(typed) === formOf(meant))", "true"))
def marks_tell_words_that_ask_from_others(find: Find) -> None:
    assert first(find("máy phiếu")) == "tra-cuu/may-in", "“máy” is not “mấy”"
    assert first(find("tối tám")) == "tra-cuu/buoi-toi", "“tối” is not “tôi”"
    assert first(find("mấy phiếu")) == "tra-cuu/phieu"


@broken_by(
    ("(i < last && COUNTED.has(folded(words[i + 1])))", "false"),
    ("(i < last && COUNTED.has(folded(words[i + 1])))", "true"),
)
def how_many_is_asked_before_what_is_counted(find: Find) -> None:
    assert first(find("may phieu")) == "tra-cuu/phieu"
    assert first(find("may kiem")) == "tra-cuu/may-in"


@broken_by(("ONLY_WITH_MARKS.has(phrase[0])", "false"))
def a_word_that_means_more_without_marks_asks_only_with_them(find: Find) -> None:
    assert first(find("toi tam")) == "tra-cuu/buoi-toi", "“tối”, too"
    assert first(find("tôi tám")) == "tra-cuu/phieu"


@broken_by(('if (last > 0 && isSaid(words[last], "không"))', "if (false)"))
def yes_or_no_is_a_question(find: Find) -> None:
    for text in ("có khảo sát không", "co khao sat khong", "khảo sát được không"):
        assert first(find(text)) == "danh-muc/dm07", text
    assert first(find("có tám không")) == "tra-cuu/phieu"


@broken_by(("result.value *= factors[kind] || 1;", ""))
def what_is_asked_for_decides_which_kind_answers(find: Find) -> None:
    assert first(find("chất vấn")) == "ky-hop/b6"
    assert first(find("chất vấn là gì")) == "tra-cuu/thuat-ngu"


@broken_by(("const terms = this.apart(this.termsOf(text));", "const terms = this.termsOf(text);"))
def words_written_together_find_the_same(find: Find) -> None:
    for joined, apart in (
        ("nd30", "nd 30"), ("nq104", "nq 104"), ("luat72", "luat 72"), ("buoc6", "buoc 6"),
        ("thamtra", "tham tra"), ("thẩmtra", "thẩm tra"), ("danhmuc7", "danh muc 7"),
    ):  # fmt: skip
        found, again = find(joined), find(apart)
        assert found and pages(found) == pages(again), joined
    assert find("xqzw77") == [] and find("abcdefghijklm") == []


# A byte order mark never reaches the worker: the page sends another of these for it.
UNSEEN = ["\u200b", "\u00ad", "\u200c", "\u200d", "\u2060", "\u200e", "\ufe0f"]
BLANKS = ["\u00a0", "\u202f", "\u3000", "_", "|", "\u2010", "\u2011", "\u2212", "*", "'", "#", "\t"]


@broken_by(("word.split(UNSEEN)", "[word]"))
def letters_that_nobody_sees_count_for_nothing(find: Find) -> None:
    """They come with what is pasted from papers, tables, chats: inside words, between them, around them."""

    def found(text: str) -> list[tuple[str, list[str], list[str]]]:
        return [(one["page"], one["marked"], one["missing"]) for one in find(text)]

    plain = found("thẩm tra")
    assert len(plain) >= 2
    for sign in UNSEEN:
        for text in (
            f"th{sign}ẩm tra", f"thẩm{sign} tra", f"thẩm{sign}tra", f"{sign}thẩm tra{sign}", f"t{sign}h{sign}ẩm t{sign}ra",
            f"tha\u0302{sign}\u0309m tra",
        ):  # fmt: skip
            assert found(text) == plain, ascii(text)
    for sign in BLANKS:
        for text in (f"thẩm{sign}tra", f"{sign}thẩm{sign}{sign}tra{sign}"):
            assert pages(find(text)) == [page for page, *_ in plain], ascii(text)
    assert find("\u200b\u200b") == []


@broken_by(
    # Either of the two is enough.
    (
        'const parts = text.normalize("NFC")', "const parts = text",
        'toneless = text => text.toLowerCase().normalize("NFD")', "toneless = text => text.toLowerCase()",
    )
)  # fmt: skip
def letters_in_pieces_are_the_same_letters(find: Find) -> None:
    for text in ("thẩm tra", "hội đồng nhân dân", "hội"):
        composed, pieces = find(text), find(unicodedata.normalize("NFD", text))
        assert composed and [(r["page"], r["marked"]) for r in composed] == [(r["page"], r["marked"]) for r in pieces]


@broken_by(("if (word.places.has(number) || word.other.has(number)) metadata", "metadata"))
def words_that_are_not_found_are_named(find: Find) -> None:
    assert find("thẩm tra abcxyz")[0]["missing"] == ["abcxyz"]
    assert find("hoi dong nhan dan")[0]["missing"] == []


@broken_by(("const NEIGHBOURS = 1.3;", "const NEIGHBOURS = 0;"))
def words_that_are_neighbours_count_more(find: Find) -> None:
    assert pages(find("ghế gỗ")) == ["tra-cuu/kho", "tra-cuu/san"]


@broken_by(("if (!found.size && key.length > 3)", "if (false)"))
def one_wrong_letter_is_forgiven(find: Find) -> None:
    for text in ("chatt van", "khao saat", "khảo sáht"):
        assert find(text)[0]["missing"] == [], text
    assert first(find("chatt van")) == "ky-hop/b6"


@broken_by(("for (const word of this.beginningWith(start)) if (word !== key)", "for (const word of [])"))
def a_word_that_is_still_being_typed_finds_already(find: Find) -> None:
    assert first(find("thu")) == "tra-cuu/thuat-ngu"
    assert first(find("quan hệ với cấp tr")) == "tra-cuu/cap-tren"


@broken_by(
    ("if (excluded.has(number)) continue;", ""),
    ("if (words.some(word => word.required && ", "if (words.some(word => false && "),
)
def operators_of_the_theme_still_work(find: Find) -> None:
    assert pages(find("+thẩm +khảo")) == ["danh-muc/dm07"]
    assert "han-che/hc3" in pages(find("thẩm -khảo")) and "khảo" not in marked(find("thẩm -khảo"))
    assert "danh-muc/dm07" not in pages(find("thẩm -khảo"))
    assert find('"thẩm tra"')


def named(promise: Promise) -> str:
    return promise.check.__name__.replace("_", " ")


@pytest.fixture(scope="module")
def find(blank: Page) -> Find:
    return search_over(blank, BOOK, language_file())


@pytest.mark.parametrize("promise", PROMISES, ids=named)
def test_the_language_keeps_what_it_promises(find: Find, promise: Promise) -> None:
    promise.check(find)


FAULTS = [
    pytest.param(one, fault, id=f"{named(one)} {number}") for one in PROMISES for number, fault in enumerate(one.faults)
]


@pytest.mark.parametrize(("promise", "fault"), FAULTS)
def test_each_promise_notices_a_planted_fault(blank: Page, promise: Promise, fault: Sequence[str]) -> None:
    text = language_file()
    for old, new in zip(fault[::2], fault[1::2], strict=True):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    broken = search_over(blank, BOOK, text)
    with pytest.raises(AssertionError):
        promise.check(broken)


QUESTIONS = "const QUESTIONS = "
COUNTED = "const COUNTED = new Set("


def without(words: str) -> str:
    """Return the language file with one of its lists of words empty."""
    (line,) = (line for line in language_file().splitlines() if line.strip().startswith(words))
    return language_file().replace(line, f"{words}[]{');' if words.endswith('(') else ';'}")


def test_every_phrase_of_the_data_only_asks(blank: Page) -> None:
    """Even where a page has the phrase for its title; without marks, too, unless it means more there."""
    names = read_names()
    titled = [entry(f"tra-cuu/{slugify(phrase)}/", phrase, "Lời.", "Tra cứu") for phrase in names.asking]
    asked = [*names.asking, *(fold(one) for one in names.asking if one not in names.asking_only_with_marks)]

    def taken_for_more(language: str) -> list[str]:
        find = search_over(blank, [*BOOK, *titled], language)
        return [phrase for phrase in asked if first(find(f"tám {phrase}")) != "tra-cuu/phieu"]

    assert taken_for_more(language_file()) == []
    assert len(taken_for_more(without(QUESTIONS))) > len(asked) / 2, "planted"


def test_before_each_counted_word_of_the_data_how_many_is_asked(blank: Page) -> None:
    counted = read_names().counted
    note = entry("tra-cuu/ghi-chep/", "Ghi chép", ", ".join(counted), "Tra cứu")

    def taken_for_a_machine(language: str) -> list[str]:
        find = search_over(blank, [*BOOK, note], language)
        return [word for word in counted if first(find(f"may {fold(word)}")) == "tra-cuu/may-in"]

    assert taken_for_a_machine(language_file()) == []
    assert len(taken_for_a_machine(without(COUNTED))) > len(counted) / 2, "planted"


def test_a_long_list_of_results_is_cut(blank: Page) -> None:
    """Nobody reads on, and each is marked, copied and counted."""
    many = [entry(f"tra-cuu/{number}/", f"Khảo sát {number}", "Khảo sát.", "Tra cứu") for number in range(130)]
    assert len(search_over(blank, many, language_file())("khao sat")) == 100
    loose = language_file().replace("const MOST = 100;", "const MOST = 1000;")
    assert len(search_over(blank, many, loose)("khao sat")) == 130, "planted"
