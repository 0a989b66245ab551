"""Which rule may stand as law: all sixteen pairs of status and validity."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from knowledge.law import DOUBT_LEGEND, ground, is_deadline, manner, named, names_a_period, show
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Instrument, Rule
from knowledge.text import vn_date

STATUSES = ["verified", "reported", "secondary", "unverified"]
VALIDITIES = ["current", "historical", "local", "unknown"]
EXPECTED = {
    ("verified", "current"): "plain",
    ("reported", "current"): "reported",
    **{(status, "historical"): "historical" for status in STATUSES},
    **{(status, "local"): "local" for status in STATUSES},
}


def rule(status: str, validity: str) -> Rule:
    return Rule.model_validate(
        {
            "id": "a.b",
            "text": "Câu luật.",
            "article": "Điều 1",
            "was": "Luật cũ Điều 2",
            "status": status,
            "validity": validity,
            "source": [{"name": "trang tin"}],
            "checked_on": date(2026, 11, 23),
        }
    )


LAW = Instrument.model_validate(
    {"id": "luat", "title": "Luật", "number": "1", "short": "Luật 1", "state": "in-force",
     "state_status": "verified"}
)  # fmt: skip


@pytest.mark.parametrize(("status", "validity"), list(product(STATUSES, VALIDITIES)))
def test_only_verified_and_current_stands_without_a_label(status: str, validity: str) -> None:
    one = rule(status, validity)
    expected = EXPECTED.get((status, validity), "hidden")
    shown = show(LAW, one)
    assert manner(one) == shown.manner == expected
    assert (shown.label == "") == (expected == "plain")
    if expected == "hidden":
        assert shown.text == "", "what is not known is not shown as law"
    if expected == "reported":
        assert "trang tin" in shown.label
    if expected == "historical":
        assert shown.reference == "Luật cũ Điều 2" and "quy định cũ" in shown.label
    if expected == "local":
        assert "…" in shown.label and not names_a_period(shown.label)


def test_the_rules_that_are_cited_are_showable(kb: KnowledgeBase) -> None:
    cited = {r for p in kb.items.values() for r in p.item.rules}
    assert len(cited) >= 10
    assert {manner(kb.rules[r][1]) for r in cited} == {"plain", "reported", "historical", "local"}


@pytest.mark.parametrize(
    ("state_status", "since", "cited", "line"),
    [
        ("verified", "2020-03-05", ["verified"], "Luật 1 (từ 05/3/2020)"),
        ("verified", "2020-03-05", ["reported"], "Luật 1 (từ 05/3/2020) (*)"),
        # The date of effect is known or not, the label is due all the same.
        ("verified", None, ["reported"], "Luật 1 (*)"),
        ("reported", None, ["verified"], "Luật 1"),
        ("reported", "2020-03-05", ["verified"], "Luật 1 (từ 05/3/2020) (*)"),
        ("unverified", "2020-03-05", ["verified"], "Luật 1"),
        # The least sure of several rules decides, in whatever order they are cited.
        ("verified", None, ["verified", "reported"], "Luật 1 (*)"),
        ("verified", None, ["reported", "verified"], "Luật 1 (*)"),
        # Nothing in force is cited.
        ("verified", "2020-03-05", ["secondary"], ""),
        ("verified", "2020-03-05", [], ""),
    ],
)
def test_an_instrument_is_named_with_what_is_known_of_it(
    state_status: str, since: str | None, cited: list[str], line: str
) -> None:
    day = date.fromisoformat(since) if since else None
    law = LAW.model_copy(update={"state_status": state_status, "in_force_from": day})
    assert named(law, [rule(status, "current") for status in cited]) == line


def test_a_rule_old_or_local_names_no_basis_in_force() -> None:
    assert named(LAW, [rule("verified", "historical"), rule("verified", "local")]) == ""


def test_where_a_rule_stands_and_its_label_are_one_run_of_text() -> None:
    assert show(LAW, rule("verified", "current")).place == "Luật 1, Điều 1"
    assert show(LAW, rule("reported", "current")).place == "Luật 1, Điều 1 (*)"
    blank = show(LAW, rule("verified", "local"))
    assert blank.place == blank.label, "a blank says itself where to look"


@pytest.mark.parametrize(("status", "validity"), list(product(STATUSES, VALIDITIES)))
@pytest.mark.parametrize("article", ["Điều 1", None])
@pytest.mark.parametrize("state", ["in-force", "replaced"])
def test_a_ground_says_how_it_is_known_and_only_law_that_was_read_and_stands_is_one(
    status: str, validity: str, article: str | None, state: str
) -> None:
    law = LAW.model_copy(update={"state": state})
    told = ground(law, rule(status, validity).model_copy(update={"article": article}))
    assert ("None" not in told and "Luật" in told) or validity == "local"
    stands = (status, validity, state) == ("verified", "current", "in-force")
    assert told.startswith("Căn cứ: ") is stands
    if not stands:
        labels = ("chưa đối chiếu văn bản gốc", "Quy định cũ: ", "Quy chế của HĐND mình: ", "chưa kiểm chứng")
        assert sum(one in told for one in labels) == 1, told


@pytest.mark.parametrize(
    ("status", "validity", "article", "words"),
    [
        ("verified", "current", "Điều 1", "Căn cứ: Luật 1, Điều 1"),
        ("verified", "current", None, "Căn cứ: Luật 1"),
        ("reported", "current", None, "Theo Luật 1; chưa đối chiếu văn bản gốc"),
        ("verified", "historical", "Điều 1", "Quy định cũ: Luật cũ Điều 2; nay đối chiếu Điều 1"),
        ("unverified", "local", None, "Quy chế của HĐND mình: điều do Quy chế làm việc ghi"),
        ("secondary", "current", "Điều 1", "Luật 1, Điều 1; chưa kiểm chứng, không nêu như quy định"),
    ],
)
def test_the_words_of_a_ground(status: str, validity: str, article: str | None, words: str) -> None:
    assert ground(LAW, rule(status, validity).model_copy(update={"article": article})) == words


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("NĐ 2/2025 Điều 3", "NĐ 2/2025 Điều 3"),
        ("Luật 1 Điều 2; Luật 3 Điều 4", "Luật 1 Điều 2; Luật 3 Điều 4"),
        ("các nghị định tháng 6/2025", "các nghị định tháng 6/2025"),
        ("Điều 2; NĐ 3/2025 Điều 4", "Luật 1, Điều 2; NĐ 3/2025 Điều 4"),
        ("Quy chế mẫu Điều 27", "Luật 1, Quy chế mẫu Điều 27"),
        ("sửa bởi NĐ 3/2025", "Luật 1, sửa bởi NĐ 3/2025"),
    ],
)
def test_an_article_of_another_text_is_not_given_to_the_law_it_is_kept_with(article: str, words: str) -> None:
    assert show(LAW, rule("verified", "current").model_copy(update={"article": article})).reference == words


def test_no_rule_is_shown_as_an_article_of_a_law_that_names_another_first(kb: KnowledgeBase) -> None:
    shown = [show(law, one).reference for law, one, _path in kb.rules.values()]
    assert [one for one in shown if re.match(r"[^,;]+, (?:các )?(?:Luật|NĐ|NQ|nghị định)", one)] == []


def test_signs_show_their_grounds_with_these_words_in_every_place(kb: KnowledgeBase) -> None:
    """The programme's page, the draft check, the page of signs; also of rules that no sign rests on today."""
    import json

    from macros.renderer import Renderer
    from publish.draft_signs_module import draft_signs_module
    from publish.signs_module import signs_module

    first, second = next(iter(kb.signs.values())), next(iter(kb.draft_signs.values()))
    every = list(kb.rules)
    other = replace(
        kb,
        signs={**kb.signs, first.id: first.model_copy(update={"rules": every})},
        draft_signs={**kb.draft_signs, second.id: second.model_copy(update={"rules": every})},
    )
    due = {ground(law, one) for law, one, _path in kb.rules.values()}
    page = Renderer(other, lambda: "tra-cuu/dau-hieu-du-thao.md", lambda: "directory").draft_sign_table()
    links = [one.text() for one in LexborHTMLParser(page).css(".hd-due__see a")]
    texts = [signs_module(other, "directory"), draft_signs_module(other, "directory")]
    for told in due:
        assert told in links, told
        assert all(json.dumps(told, ensure_ascii=False) in text for text in texts), told
    assert not any("None" in one for one in links)
    labelled = {one for one in links if one.startswith("Căn cứ: ")}
    assert labelled == {ground(law, one) for law, one, _path in kb.rules.values() if manner(one) == "plain"}


def test_articles_are_put_into_words_in_one_place(root: Path) -> None:
    """What formats an article itself forgets that it may be unknown, unread, replaced."""
    allowed = {"knowledge/law.py", "knowledge/checks/law.py", "knowledge/confirmed.py"}
    found = {
        str(file.relative_to(root))
        for folder in ("knowledge", "macros", "publish", "papers", "scripts")
        for file in (root / folder).rglob("*")
        if file.suffix in (".py", ".html") and "rule.article" in file.read_text("utf-8")
    }
    assert found == allowed


def test_no_deadline_is_shown_without_the_law_it_comes_from(kb: KnowledgeBase) -> None:
    """A label alone (“(*)”) does not tell which law; on a cover a star tells what is no law."""
    from knowledge.deadline_text import is_binding
    from macros.renderer import Renderer
    from papers.pdf.packs import pack_data, packs

    listed = 0
    for pack in packs(Renderer(kb, lambda: "index.md", lambda: "directory").index).values():
        for one, shown_there in zip(pack.deadlines, pack_data(kb, pack)["deadlines"], strict=True):
            assert shown_there["limit"].endswith(" *") is not is_binding(kb, one), one.id
            listed += 1
    assert listed > 20
    told = 0
    for stage in kb.stages:
        page = f"ky-hop/{stage.lower()}.md"
        shown = Renderer(kb, lambda page=page: page, lambda: "directory").stage_guide()  # type: ignore[misc]
        for rule_id, (instrument, one_rule, _path) in kb.rules.items():
            said = show(instrument, one_rule)
            if said.manner == "reported" and f"<li>{said.text} " in shown.partition("#thoi-han")[2]:
                assert said.reference in shown, rule_id
                told += 1
    assert told


@pytest.mark.parametrize(
    ("text", "period", "deadline"),
    [
        ("Gửi tài liệu chậm nhất 10 ngày trước kỳ họp.", True, True),
        ("Trong 24 giờ phải trả lời.", True, True),
        ("Sau 2 tháng thì báo cáo.", True, True),
        # A period that counts from nothing says how long something lasts, not by when it is done.
        ("Mỗi đại biểu phát biểu 7 phút.", True, False),
        ("Kỳ họp kéo dài 3ngày.", True, False),
        ("Gửi tài liệu trước kỳ họp.", False, False),
        ("Nhắc 3 người trước giờ họp.", False, False),
        ("Câu luật.", False, False),
    ],
)
def test_a_deadline_is_a_period_that_counts_from_something(text: str, period: bool, deadline: bool) -> None:
    assert names_a_period(text) is period
    for status, validity, expected in (
        ("verified", "current", deadline),
        ("reported", "current", deadline),
        # What is replaced or not known fixes no time; a blank is there to be filled in.
        ("secondary", "current", False),
        ("verified", "historical", False),
        ("verified", "local", True),
    ):
        assert is_deadline(rule(status, validity).model_copy(update={"text": text})) is expected, (status, validity)


@pytest.mark.parametrize(
    ("state", "status", "line"),
    [
        ("in-force", "verified", "Đang có hiệu lực"),
        ("amended", "reported", "Đang có hiệu lực, đã được sửa đổi (theo trang tin của cơ quan nhà nước hoặc báo chí)"),
        ("replaced", "secondary", "Đã được thay thế (theo nguồn thứ ba)"),
        ("unknown", "unverified", "Chưa rõ tình trạng (chưa kiểm chứng)"),
    ],
)
def test_the_state_of_a_law_says_how_it_is_known(kb: KnowledgeBase, state: str, status: str, line: str) -> None:
    """On the list of laws, as readers see it."""
    from macros.renderer import Renderer

    law = kb.instruments["luat-72-2025"].model_copy(update={"state": state, "state_status": status})
    other = replace(kb, records={**kb.records, "instruments": {law.id: law}})
    shown = LexborHTMLParser(Renderer(other, lambda: "can-cu/index.md", lambda: "directory").record_list("instruments"))
    assert shown.body and f"{law.number} · {line}\n" in shown.body.text()


def test_a_rule_old_or_from_a_portal_says_what_to_compare() -> None:
    old = rule("verified", "historical")
    assert show(LAW, old).place == "Luật cũ Điều 2; quy định cũ; nay đối chiếu Điều 1"
    bare = old.model_copy(update={"article": None, "was": None})
    assert show(LAW, bare).place == "Luật 1; quy định cũ"
    named_twice = rule("verified", "current").model_copy(update={"article": "Luật 1 Điều 3"})
    assert show(LAW, named_twice).reference == "Luật 1 Điều 3"
    sources = [{"name": "Báo A, ngày 1"}, {"name": "Báo A, ngày 2"}, {"name": "Báo B"}]
    told = Rule.model_validate({**rule("reported", "current").model_dump(), "source": sources})
    assert show(LAW, told).label == "theo Báo A, Báo B; chưa đối chiếu văn bản gốc"


@pytest.mark.parametrize(
    ("status", "validity", "is_shown"), [("secondary", "current", False), ("verified", "current", True)]
)
def test_a_rule_that_nobody_read_is_named_on_its_page_and_not_stated(
    kb: KnowledgeBase, status: str, validity: str, is_shown: bool
) -> None:
    from macros.renderer import Renderer

    law = kb.instruments["luat-121-2025"]
    changed = law.rules[0].model_copy(update={"status": status, "validity": validity, "article": "Điều 1"})
    rules = {**kb.rules, changed.id: (law, changed, kb.rules[changed.id][2])}
    instruments = {**kb.records["instruments"], law.id: law.model_copy(update={"rules": [changed]})}
    other = replace(kb, rules=rules, records={**kb.records, "instruments": instruments})
    page = Renderer(other, lambda: "can-cu/luat-121-2025.md", lambda: "directory").rule_list()
    assert (changed.text in page) is is_shown
    assert ("Chưa dùng được" in page) is not is_shown


def test_what_the_sign_of_doubt_means_stands_once_where_it_is_used_and_nowhere_else(
    site: Path, kb: KnowledgeBase
) -> None:
    marked = bare = 0
    for file in site.rglob("*.html"):
        page = LexborHTMLParser(file.read_text("utf-8"))
        signs, legends = page.css(".hd-doubt"), page.css(".hd-doubt-legend")
        assert len(legends) == bool(signs), file
        assert all(DOUBT_LEGEND in " ".join(one.text().split()) for one in legends), file
        assert all("chưa đối chiếu văn bản gốc" in (one.attributes["title"] or "") for one in signs), file
        marked, bare = marked + bool(signs), bare + (not signs)
    assert marked > 20 and bare > 20


def test_each_instrument_tells_what_was_read_of_it_in_which_copy_when(site: Path, kb: KnowledgeBase) -> None:
    rows = LexborHTMLParser((site / "can-cu/index.html").read_text("utf-8")).css("table.hd-tasks tbody tr")
    told = [tuple(" ".join(cell.text().split()) for cell in row.css("td")) for row in rows]
    assert told == [
        (law.short, one.what, one.where, vn_date(one.on)) for law in kb.instruments.values() for one in law.read
    ]
    assert {law for law, *_rest in told} == {law.short for law in kb.instruments.values()} and len(told) >= 27
