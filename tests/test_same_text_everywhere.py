"""One record, many outputs: a sheet says the same on screen, in print, as PDF, in Word and in the data."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pypdf
from docx import Document as read_document
from playwright.sync_api import BrowserContext
from selectolax.lexbor import LexborHTMLParser, LexborNode

from knowledge.law import show
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Checklist
from knowledge.text import folded_space, vn_date

# Where the forms of a sheet differ on purpose; everything else is the same to the letter.
# - The goal, the ways of use, the day of the next review stand on the screen alone: a paper is one side.
# - So do the rules and lessons behind an item (“Vì sao?”): a paper has their codes and one line of instruments.
# - On the page the code is a tag before the title; on paper it ends with a full stop.
# - On the page a round is “Lần rà soát 1: …”: in the page's contents “Lần 1” alone would say nothing.
# - On the page the field to fill in follows the item at once, and who does it comes last.
# - In Word […] is what is filled in: codes stand in (…), and the mark that is a box elsewhere is “[Trọng yếu]”.
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


@dataclass
class Round:
    """One round as the page says it."""

    title: str
    when: str
    who: list[tuple[str, str]]
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
    basis: str
    stamp: str


def words_of(node: LexborNode | LexborHTMLParser, selector: str) -> str:
    found = node.css_first(selector)
    return folded_space(found.text()) if found else ""


def on_the_page(html: str) -> Sheet:
    """Read a sheet back from its web page, as shown on a screen."""
    tree = LexborHTMLParser(html)
    for hidden in tree.css(".headerlink, .hd-hidden"):
        hidden.decompose()
    title, _space, code = words_of(tree, "h1").rpartition(" ")
    facts = {words_of(div, "dt"): words_of(div, "dd") for div in tree.css(".hd-facts div")}
    head = words_of(tree, ".hd-sheet-head p")
    roles, stages = head.removeprefix("Ai dùng: ").removesuffix(".").split(". Bước: ")
    assert facts["Ai dùng"].replace(" · ", ", ") == roles, "head of the page and of the sheet"
    assert [one.split()[-1] for one in facts["Khi nào"].split(" · ")] == [one.split()[-1] for one in stages.split(", ")]
    rounds = []
    for number, section in enumerate(tree.css(".hd-round"), 1):
        heading = words_of(tree, f"#lan-{number}")
        who = [tuple(one.split(": ")) for one in words_of(section, ".hd-who").split(" · ")]
        items = [item_of(li) for li in section.css(".hd-item")]
        when = words_of(section, ".hd-when").removeprefix("Khi nào: ")
        rounds.append(Round(heading.removeprefix(f"Lần rà soát {number}: "), when, who, items))  # type: ignore[arg-type]
    basis, foot = words_of(tree, ".hd-stamp").removeprefix("Căn cứ: ").split(f". {code} · ")
    return Sheet(code, title, words_of(tree, ".hd-main"), roles, stages, rounds, basis, f"{code} · {foot}")


def item_of(li: LexborNode) -> Item:
    text = words_of(li, ".hd-item__text")
    number = words_of(li, ".hd-number")
    mark, codes = words_of(li, ".hd-critical"), words_of(li, ".hd-codes")
    own = text.removeprefix(number).strip().removeprefix(mark).strip().removesuffix(codes).strip()
    answer = words_of(li, ".hd-answer").removesuffix(":")
    by = words_of(li, ".hd-by").removeprefix("Làm: ")
    return Item(int(number.rstrip(".")), own, answer, bool(mark), codes.strip("[]"), by)


def printed(sheet: Sheet) -> str:
    """Return all that a browser prints of a sheet."""
    lines = [f"{sheet.title} {sheet.id}", f"Ai dùng: {sheet.roles}. Bước: {sheet.stages}."]
    lines.append("HĐND: Kỳ họp thứ: Ngày:")
    for number, one in enumerate(sheet.rounds, 1):
        lines += [f"Lần rà soát {number}: {one.title}", one.when]
        lines.append(" · ".join(f"{does}: {people}" for does, people in one.who))
        for item in one.items:
            mark = "Trọng yếu " if item.critical else ""
            lines.append(f"{item.number}. {mark}{item.text} [{item.codes}]".removesuffix(" []"))
            lines += [f"{item.answer}:", f"Làm: {item.by}" if item.by else ""]
    lines += [f"Căn cứ: {sheet.basis}. {sheet.stamp}", "Người rà soát, ngày:"]
    return " ".join([*lines, *(f"lần {number}" for number in range(1, len(sheet.rounds) + 1))])


def set_on_paper(sheet: Sheet, name: str, slot: str, critical: str, codes: str, foot: list[str], end: str) -> str:
    """Return all that a paper of ours says, PDF or Word."""
    lines = [name, f"Ai dùng: {sheet.roles}. Bước: {sheet.stages}."]
    lines.append(f"HĐND: {slot} Kỳ họp thứ: {slot} Ngày: {slot}")
    for number, one in enumerate(sheet.rounds, 1):
        who = " ".join(f"{does}: {people}." for does, people in one.who)
        lines += [f"Lần {number}. {one.title}", f"{one.when}. {who}"]
        for item in one.items:
            lines.append(f"{item.number}. {critical if item.critical else ''} {item.text}")
            lines += [codes % item.codes if item.codes else "", f"Làm: {item.by}." if item.by else ""]
            lines.append(f"{item.answer}: {slot}")
    lines += [*foot, "Người rà soát, ngày:"]
    colon = ":" if slot else ""
    lines += [f"lần {number}{colon} {slot}" for number in range(1, len(sheet.rounds) + 1)]
    return " ".join([*lines, end])


def squeezed(text: str) -> str:
    """Return a text without white space: lines break elsewhere on each medium."""
    return re.sub(r"\s+", "", text)


def test_a_sheet_says_the_same_on_screen_in_print_as_pdf_and_in_word(
    site: Path, kb: KnowledgeBase, address: str, context: BrowserContext
) -> None:
    page = context.new_page()
    page.emulate_media(media="print")
    day = vn_date(kb.edition.date)
    for sheet_id, record in kb.checklists.items():
        stem = sheet_id.lower()
        html = (site / f"danh-muc/{stem}/index.html").read_text("utf-8")
        sheet = on_the_page(html)
        assert_is_the_record(sheet, record, kb)
        page.goto(f"{address}/danh-muc/{stem}/")
        assert squeezed(page.inner_text(".md-content__inner")) == squeezed(printed(sheet)), sheet_id
        reader = pypdf.PdfReader(io.BytesIO((site / f"tai-ve/{stem}.pdf").read_bytes()))
        in_pdf = " ".join(one.extract_text() for one in reader.pages)
        foot = [f"Căn cứ: {sheet.basis}. {sheet.stamp}"]
        wanted = set_on_paper(sheet, f"{sheet.title} {sheet.id}", "", "Trọng yếu", "[%s]", foot, "")
        assert squeezed(in_pdf) == squeezed(wanted), sheet_id
        document = read_document(io.BytesIO((site / f"tai-ve/{stem}.docx").read_bytes()))
        lines = [*document.paragraphs, *document.sections[0].footer.paragraphs]
        in_word = " ".join(one.text for one in lines)
        end = f"Dựa trên {sheet.stamp}, bản {day}"
        wanted = set_on_paper(
            sheet, f"{sheet.title} ({sheet.id})", "[…]", "[Trọng yếu]", "(%s)", [f"Căn cứ: {sheet.basis}."], end
        )
        assert squeezed(in_word) == squeezed(wanted), sheet_id


def assert_is_the_record(sheet: Sheet, record: Checklist, kb: KnowledgeBase) -> None:
    """What was read from the page is the record, so nothing that all forms lack goes unseen."""
    assert (sheet.id, sheet.title, sheet.goal) == (record.id, record.title, record.goal)
    assert sheet.roles == ", ".join(kb.roles[one].short for one in record.roles)
    assert sheet.stages == ", ".join(record.stages)
    for shown, round_ in zip(sheet.rounds, record.rounds, strict=True):
        assert (shown.title, shown.when) == (round_.title, round_.when)
        reminding, doing = [round_.reads], round_.answers
        pairs = [("Nhắc", reminding), ("Xác nhận", doing)] if reminding != doing else [("Tự rà soát", doing)]
        assert shown.who == [(does, ", ".join(kb.roles[one].short for one in roles)) for does, roles in pairs]
        for item, own in zip(shown.items, round_.items, strict=True):
            assert (item.text, item.answer, item.critical) == (own.text, own.answer, own.critical)
            assert item.codes == ", ".join(own.prevents or own.applies)
            assert item.by == ", ".join(kb.roles[one].short for one in own.by)
    for fact in (f"phiên bản {record.version}", f"sửa {vn_date(record.revised)}", kb.edition.name):
        assert f" · {fact}" in sheet.stamp
    assert ("Bản dùng thử" in sheet.stamp) is not record.trialled


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
    reader = pypdf.PdfReader(io.BytesIO((site / "tai-ve/so-tay.pdf").read_bytes()))
    in_handbook = squeezed(" ".join(one.extract_text() for one in reader.pages))
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
