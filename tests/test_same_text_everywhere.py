"""One record, many outputs: a sheet says the same on screen, in print, as PDF, in Word and in the data."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
import typst
from docx import Document as read_document
from docx.oxml.ns import qn
from playwright.sync_api import BrowserContext
from selectolax.lexbor import LexborHTMLParser, LexborNode

from knowledge.law import show
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Checklist
from knowledge.sheet_text import EACH_VOTE, LEGEND, basis_line, lessons_line
from knowledge.text import folded_space, vn_date
from knowledge.trials import is_trial_version
from tests.pdf_text import pages_of
from tests.sample import SOME_OR_ALL, some_of

# Where the forms of a sheet differ on purpose; everything else is the same to the letter.
# - The goal, the ways of use, the day of the next review stand on the screen alone: a paper is one side.
# - So do the rules and lessons behind an item (“Vì sao?”): a paper has one line of lessons and one of instruments.
# - Who reminds and who confirms stands in each round on the screen, on paper once at the head and where others do.
# - On paper a critical item has a heavy frame, told at the head; the browser's print keeps the words for who hears it.
# - In print a number ends with a full stop, on paper it stands in a column of its own.
# - A Word file is a copy that others change and keep: it names the edition it was made from.


@dataclass
class Item:
    """One item as the page says it."""

    number: int
    text: str
    answer: str
    critical: bool
    codes: str
    by: str
    branch: str


@dataclass
class Round:
    """One round as the page says it."""

    title: str
    when: str
    who: list[tuple[str, str]]
    usual: bool
    items: list[Item]


@dataclass
class Sheet:
    """A sheet as the page says it."""

    id: str
    title: str
    goal: str
    roles: str
    stages: str
    rounds: list[Round]
    lessons: str
    basis: str
    stamp: str
    back: list[str]


def words_of(node: LexborNode | LexborHTMLParser, selector: str) -> str:
    found = node.css_first(selector)
    return folded_space(found.text()) if found else ""


def on_the_page(html: str) -> Sheet:
    """Read a sheet back from its web page, as shown on a screen."""
    tree = LexborHTMLParser(html)
    for hidden in tree.css(".headerlink, .hd-hidden, .hd-no-print ul"):
        hidden.decompose()
    title, _space, code = words_of(tree, "h1").rpartition(" ")
    facts = {words_of(div, "dt"): words_of(div, "dd") for div in tree.css(".hd-facts div")}
    rounds = []
    for number, section in enumerate(tree.css(".hd-round"), 1):
        heading = words_of(tree, f"#lan-{number}")
        who = [tuple(one.split(": ")) for one in words_of(section, ".hd-who").split(" · ")]
        usual = section.css_first(".hd-who--usual") is not None
        items = [item_of(li) for li in section.css(".hd-item")]
        when = words_of(section, ".hd-when").removeprefix("Khi nào: ")
        title_of_round = heading.removeprefix(f"Lần rà soát {number}: ")
        rounds.append(Round(title_of_round, when, who, usual, items))  # type: ignore[arg-type]
    basis, stamp = words_of(tree, ".hd-basis"), words_of(tree, ".hd-stamp")
    lessons, _mark, instruments = basis.rpartition("Căn cứ: ")
    sections = tree.css("section.hd-back")
    for hidden in (node for section in sections for node in section.css(".hd-no-print")):
        hidden.decompose()
    back = [folded_space(node.text()) for section in sections for node in section.css("th, td, li, p")]
    return Sheet(
        code, title, words_of(tree, ".hd-main"), facts["Ai dùng"].replace(" · ", ", "), facts["Khi nào"], rounds,
        lessons.strip(), instruments.removesuffix("."), stamp.removeprefix(basis).strip(), back,
    )  # fmt: skip


def item_of(li: LexborNode) -> Item:
    text = words_of(li, ".hd-item__text")
    number, by = words_of(li, ".hd-number"), words_of(li, ".hd-by")
    mark, codes = words_of(li, ".hd-critical"), words_of(li, ".hd-codes")
    own = text.removeprefix(number).strip().removeprefix(mark).strip().removesuffix(codes).strip()
    own = own.removesuffix(by).strip()
    answer = words_of(li, ".hd-answer").removesuffix(":")
    branch = words_of(li, ".hd-branch")
    return Item(
        int(number.rstrip(".")),
        own,
        answer,
        bool(mark),
        codes.strip("[]"),
        by.removeprefix("Làm: ").rstrip("."),
        branch,
    )


def who_line(pairs: list[tuple[str, str]], joined: str) -> str:
    return joined.join(f"{does}: {people}" for does, people in pairs)


def head_of(sheet: Sheet, name: str) -> list[str]:
    usual = next(one.who for one in sheet.rounds if one.usual)
    return [name, f"{who_line(usual, '. ')}. {LEGEND}", "HĐND Kỳ họp thứ Ngày"]


def completion(sheet: Sheet) -> list[str]:
    return [f"Lần {number}: người rà soát, ngày" for number in range(1, len(sheet.rounds) + 1)]


def printed(sheet: Sheet) -> str:
    """Return all that a browser prints of a sheet, its back left out."""
    lines = head_of(sheet, f"{sheet.title} {sheet.id}")
    for number, one in enumerate(sheet.rounds, 1):
        lines += [f"Lần {number}: {one.title}", one.when, "" if one.usual else who_line(one.who, " · ")]
        for item in one.items:
            mark = "Trọng yếu " if item.critical else ""
            by = f"Làm: {item.by}." if item.by else ""
            lines += [f"{item.number}. {mark}{item.text}", by, item.answer, item.branch]
    return " ".join([*lines, *completion(sheet), f"{sheet.lessons} Căn cứ: {sheet.basis}. {sheet.stamp}"])


def set_on_paper(sheet: Sheet, name: str, word: bool) -> str:
    """Return all that the front of a paper of ours says, PDF or Word, in the order of reading."""
    lines = head_of(sheet, name)
    for number, one in enumerate(sheet.rounds, 1):
        who = "" if one.usual else who_line(one.who, ". ")
        end = "." if word else ""
        told = f"{one.when}. {who}{end}" if who else f"{one.when}{end}"
        lines += [f"Lần {number}. {one.title}", told]
        for item in one.items:
            by = f"Làm: {item.by}." if item.by else ""
            branch = item.branch if word else item.branch.replace("→ ", "")
            lines += [f"{item.number} {item.text}", by, branch, item.answer]
    return " ".join([*lines, *completion(sheet), f"{sheet.lessons} Căn cứ: {sheet.basis}."])


def squeezed(text: str) -> str:
    """Return a text without white space: lines break elsewhere on each medium."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("share", SOME_OR_ALL)
def test_a_sheet_says_the_same_on_screen_in_print_as_pdf_and_in_word(
    site: Path, kb: KnowledgeBase, address: str, context: BrowserContext, share: int
) -> None:
    page = context.new_page()
    page.emulate_media(media="print")
    day = vn_date(kb.edition.date)
    for sheet_id in some_of(kb.checklists, share):
        record, stem = kb.checklists[sheet_id], sheet_id.lower()
        html = (site / f"danh-muc/{stem}/index.html").read_text("utf-8")
        sheet = on_the_page(html)
        assert_is_the_record(sheet, record, kb)
        page.goto(f"{address}/danh-muc/{stem}/")
        in_print = squeezed(page.inner_text(".md-content__inner"))
        assert_begins(in_print, squeezed(printed(sheet)), sheet_id)
        back = in_print.removeprefix(squeezed(printed(sheet)))
        assert bool(back) == bool(record.branches), f"{sheet_id}: {back[:80]}"
        assert [one for one in sheet.back if squeezed(one) not in back] == [], sheet_id
        front, *rest = map(squeezed, pages_of(site / f"tai-ve/{stem}.pdf"))
        head = f"{sheet.title} {sheet.id}"
        wanted = squeezed(f"{set_on_paper(sheet, head, word=False)} {sheet.stamp}")
        assert_begins(front, wanted, sheet_id)
        assert len(front) == len(wanted), sheet_id
        document = read_document(io.BytesIO((site / f"tai-ve/{stem}.docx").read_bytes()))
        in_word = squeezed(
            " ".join(node.text or "" for node in document.element.body.iter(qn("w:t")) if node.text != "☐")
        )
        wanted = squeezed(set_on_paper(sheet, f"{sheet.title} ({sheet.id})", word=True))
        assert_begins(in_word, wanted, sheet_id)
        for branch in record.branches:
            for words in (branch.unless, *branch.steps):
                assert squeezed(words) in "".join(rest) and squeezed(words) in in_word.removeprefix(wanted), words
        foot = document.sections[0].footer.paragraphs[0].text
        assert foot == f"Dựa trên {sheet.stamp}, bản {day}", sheet_id


def assert_begins(text: str, wanted: str, where: str) -> None:
    """Fail with the place where two texts part."""
    same = next((n for n, (a, b) in enumerate(zip(text, wanted, strict=False)) if a != b), min(len(text), len(wanted)))
    assert same == len(wanted), f"{where}: {text[same - 30 : same + 40]!r} is not {wanted[same - 30 : same + 40]!r}"


def lessons_of(kb: KnowledgeBase, record: Checklist) -> str:
    line = lessons_line(kb, record)
    return f"Bài học: {line}." if line else ""


def assert_is_the_record(sheet: Sheet, record: Checklist, kb: KnowledgeBase) -> None:
    """What was read from the page is the record, so nothing that all forms lack goes unseen."""
    assert (sheet.id, sheet.title, sheet.goal) == (record.id, record.title, record.goal)
    assert sheet.roles == ", ".join(kb.roles[one].short for one in record.roles)
    assert [one.split()[-1] for one in sheet.stages.split(" · ")] == [one.split()[-1] for one in record.stages]
    assert (sheet.lessons, sheet.basis) == (lessons_of(kb, record), basis_line(kb, record))
    for shown, round_ in zip(sheet.rounds, record.rounds, strict=True):
        each = f". {EACH_VOTE}" if round_.each_vote else ""
        assert (shown.title, shown.when) == (round_.title, round_.when + each)
        reminding, doing = [round_.reads], round_.answers
        pairs = [("Nhắc", reminding), ("Xác nhận", doing)] if reminding != doing else [("Tự rà soát", doing)]
        assert shown.who == [(does, ", ".join(kb.roles[one].short for one in roles)) for does, roles in pairs]
        for item, own in zip(shown.items, round_.items, strict=True):
            answer = f"Cột {item.number}, mặt sau" if own.column else own.answer
            assert (item.text, item.answer, item.critical) == (own.text, answer, own.critical)
            assert item.codes == ", ".join(own.prevents or own.applies)
            assert item.by == ", ".join(kb.roles[one].short for one in own.by)
    for fact in (f"phiên bản {record.version}", f"sửa {vn_date(record.revised)}", kb.edition.name):
        assert f" · {fact}" in sheet.stamp
    assert ("Bản dùng thử" in sheet.stamp) is is_trial_version(record)


def test_every_rule_behind_an_item_carries_its_label_on_the_page(site: Path, kb: KnowledgeBase) -> None:
    for sheet in kb.checklists:
        tree = LexborHTMLParser((site / f"danh-muc/{sheet.lower()}/index.html").read_text("utf-8"))
        for placed in (p for p in kb.items.values() if p.checklist.id == sheet):
            why = words_of(tree, f'[id="{placed.item.id}"] .hd-why')
            marked = tree.css(f'[id="{placed.item.id}"] .hd-why .hd-doubt')
            doubted = [show(*kb.rules[rule][:2]).label for rule in placed.item.rules if show(*kb.rules[rule][:2]).sign]
            assert [sign.attributes.get("title") for sign in marked] == doubted, placed.id
            for rule_id in placed.item.rules:
                shown = show(*kb.rules[rule_id][:2])
                for words in (shown.text, shown.reference, shown.sign or shown.label):
                    assert folded_space(words) in why, (placed.id, rule_id)


def test_the_data_and_the_handbook_say_every_item_in_the_same_words(site: Path, kb: KnowledgeBase) -> None:
    data = json.loads((site / "tai-ve/kb.json").read_text("utf-8"))
    in_data = {
        item["id"]: (item["text"], item["answer"], item["critical"], item["by"])
        for sheet in data["checklists"]
        for round_ in sheet["rounds"]
        for item in round_["items"]
    }
    in_handbook = squeezed(" ".join(pages_of(site / "tai-ve/so-tay.pdf")))
    for placed in kb.items.values():
        item = placed.item
        assert in_data[placed.id] == (item.text, item.answer, item.critical, item.by)
        by = ", ".join(kb.roles[one].short for one in item.by)
        mark = "(trọng yếu) " if item.critical else ""
        line = f"{placed.number}. {mark}{item.text} {f'Làm: {by}.' if by else ''} Ghi: {item.answer}."
        # A line may go over the end of a page, where the number of the page stands between.
        whole = squeezed(line)
        halves = (whole[: len(whole) // 2], whole[len(whole) // 2 :])
        assert whole in in_handbook or all(half in in_handbook for half in halves), placed.id


def test_pages_link_to_their_own_files(site: Path, kb: KnowledgeBase) -> None:
    def links(path: str) -> set[str]:
        tree = LexborHTMLParser((site / path / "index.html").read_text("utf-8"))
        hrefs = (a.attributes.get("href") or "" for a in tree.css("article a"))
        return {h.rsplit("/", 1)[-1] for h in hrefs if "tai-ve/" in h}

    for sheet in kb.checklists:
        assert links(f"danh-muc/{sheet.lower()}") == {f"{sheet.lower()}.pdf", f"{sheet.lower()}.docx"}
    for stage in kb.stages:
        assert links(f"ky-hop/{stage.lower()}") == {f"bo-in-{stage.lower()}.pdf"}
    for role_id, role in kb.roles.items():
        assert links(f"vai-tro/{role_id}") == ({f"bo-in-{role_id}.pdf"} if role.sheets else set())
    for form, document in kb.documents.items():
        suffix = "xlsx" if document.sheets else "docx"
        assert links(f"bieu-mau/{form.lower()}") == {f"{form.lower()}.{suffix}"}


def test_the_page_of_downloads_lists_every_paper_with_its_size(site: Path) -> None:
    tree = LexborHTMLParser((site / "tra-cuu/tai-ve-va-in/index.html").read_text("utf-8"))
    listed = {
        (li.css_first("a").attributes.get("href") or "").rsplit("/", 1)[-1]: li.text()  # type: ignore[union-attr]
        for li in tree.css(".hd-downloads li")
    }
    made = {p.name for p in (site / "tai-ve").iterdir() if p.suffix in (".pdf", ".docx", ".xlsx", ".pptx")}
    assert made <= set(listed) and len(made) > 80
    for name in made:
        size = (site / "tai-ve" / name).stat().st_size
        assert f"{max(1, round(size / 1000))} kB" in listed[name], name


def test_a_number_that_a_line_of_paper_breaks_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.typ").write_text("#set page(width: 90pt, height: 60pt, margin: 5pt)\nTT09/2025/TT-BTP", "utf-8")
    made = typst.compile(str(tmp_path / "a.typ"))
    with pypdfium2.PdfDocument(made) as document:
        assert "-" not in document[0].get_textpage().get_text_range(), "the reader tells it in its own way"
    assert pages_of(made) == ["TT09/2025/TT-BTP"]
