"""The macros: text is escaped, links fit the page and the form of addresses."""

from __future__ import annotations

import html
import posixpath
from dataclasses import replace
from datetime import date

import jinja2
import pytest
from selectolax.lexbor import LexborHTMLParser

from knowledge.addresses import Form, _way, href, markdown_target, page_url, record_url
from knowledge.checks.project import check_project
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import SOURCE_KINDS
from macros.renderer import Renderer
from tests.conftest import Project


def renderer(kb: KnowledgeBase, page: str, form: Form = "directory") -> Renderer:
    return Renderer(kb, lambda: page, lambda: form)


@pytest.mark.parametrize(
    ("form", "page", "url"),
    [
        ("directory", "index.md", ""),
        ("directory", "han-che/index.md", "han-che/"),
        ("directory", "han-che/hc1.md", "han-che/hc1/"),
        ("file", "index.md", "index.html"),
        ("file", "han-che/hc1.md", "han-che/hc1.html"),
    ],
)
def test_page_addresses(form: Form, page: str, url: str) -> None:
    assert page_url(page, form) == url


@pytest.mark.parametrize(
    ("form", "page", "target", "link"),
    [
        ("directory", "index.md", "han-che/hc1/#hc1e", "han-che/hc1/#hc1e"),
        ("directory", "han-che/hc1.md", "danh-muc/dm05/#chu-the", "../../danh-muc/dm05/#chu-the"),
        ("directory", "han-che/hc1.md", "han-che/hc1/#hc1e", "#hc1e"),
        ("directory", "han-che/hc1.md", "", "../../"),
        ("directory", "index.md", "", "./"),
        ("file", "han-che/hc1.md", "danh-muc/dm05.html#chu-the", "../danh-muc/dm05.html#chu-the"),
        ("file", "index.md", "han-che/hc1.html", "han-che/hc1.html"),
    ],
)
def test_links_between_pages(form: Form, page: str, target: str, link: str) -> None:
    assert href(page, target, form) == link


def test_every_record_has_an_address(kb: KnowledgeBase) -> None:
    ids = [*kb.origins, *kb.parts, *kb.items, *kb.rules]
    assert len(ids) > 60
    assert [i for i in ids if not record_url(kb, i, "directory")] == []
    assert record_url(kb, "HC1e", "directory") == "han-che/hc1/#hc1e"
    assert record_url(kb, "DM05/chu-the", "file") == "danh-muc/dm05.html#chu-the"


def test_ref_is_a_markdown_link_that_mkdocs_validates(kb: KnowledgeBase) -> None:
    link = renderer(kb, "vai-tro/thu-ky.md").ref("HC1e")
    assert link.endswith("](../han-che/hc1.md#hc1e)")
    assert "Thiếu giám sát thường xuyên" in link and "> HC1e<" in link


def test_script_in_an_item_is_shown_never_run(project: Project) -> None:
    project.replace("checklists/dm05.yml", "text: Tách chuyên đề", "text: Tách <script>alert(1)</script> chuyên đề")
    project.replace(
        "docs/han-che/hc1.md",
        "Phần mở đầu ghi một cơ quan",
        "Phần <script>alert(2)</script> *mở* đầu ghi một cơ quan",
    )
    kb, _issues = check_project(project.root)
    sheet = renderer(kb, "danh-muc/dm05.md").checklist()
    assert "<script>" not in sheet and "&lt;script&gt;alert(1)" in sheet
    shown = renderer(kb, "han-che/hc1.md").part("HC1b")
    assert "<script>" not in shown and "&lt;script&gt;alert(2)" in shown


def test_markup_in_a_title_is_refused(project: Project) -> None:
    project.replace("docs/han-che/hc1.md", "title: Sai chủ thể", "title: Sai <b>chủ</b> thể")
    _kb, issues = check_project(project.root)
    assert "markup" in {issue.code for issue in issues}


def test_a_rule_carries_its_label(kb: KnowledgeBase) -> None:
    page = renderer(kb, "index.md")
    plain = page.rule("giam-sat.pham-vi-hdnd")
    assert "Luật 72/2025, Điều 21 khoản 8" in plain and "quy định cũ" not in plain
    assert "chưa đối chiếu văn bản gốc" in page.rule("giam-sat.luat-hien-hanh")
    old = page.rule("giam-sat.chuong-trinh-bao-cao")
    assert "đã thay thế" in old and "nay đối chiếu Luật 121/2025" in old
    assert "điền: …" in page.rule("ky-hop.thoi-han-gui-tai-lieu")


@pytest.mark.parametrize("kind", SOURCE_KINDS)
def test_the_theme_of_a_source_is_called_so_whatever_it_is(kb: KnowledgeBase, kind: str) -> None:
    """The fault that was: every source was a conference, a council's own lessons after a sitting, too."""
    source = kb.sources["TB183"].model_copy(update={"kind": kind, "theme": "Rút kinh nghiệm sau kỳ họp thứ 5"})
    other = replace(kb, records={**kb.records, "sources": {**kb.sources, "TB183": source}})
    head = LexborHTMLParser(renderer(other, "tra-cuu/tb183.md").record_header())
    (told,) = [one.parent for one in head.css("dd.hd-serif")]
    assert told and told.text() == "Chủ đề“Rút kinh nghiệm sau kỳ họp thứ 5”"


def test_misprints_of_the_source_are_marked(kb: KnowledgeBase) -> None:
    shown = renderer(kb, "giai-phap/gp5.md").quote("TB183", "3.5")
    assert 'thời gian họp lý <span class="hd-sic">[nguyên văn]</span>' in shown


def test_links_made_by_the_editors_are_marked(kb: KnowledgeBase) -> None:
    causes = renderer(kb, "han-che/hc1.md").linked("causes")
    assert causes.count("*(người biên soạn liên hệ)*") == len(kb.findings["HC1"].causes)
    assert "Người biên soạn liên hệ" in renderer(kb, "han-che/hc1.md").record_header()


def test_blocks_hold_no_blank_line(kb: KnowledgeBase) -> None:
    """A blank line would let Markdown read the inside of an HTML block."""
    block = renderer(kb, "danh-muc/dm05.md").checklist()
    for part in block.split("<section")[1:]:
        assert "\n\n" not in part.split("</section>")[0]


def test_a_sheet_shows_box_value_and_completion_line(kb: KnowledgeBase) -> None:
    tree = LexborHTMLParser(renderer(kb, "danh-muc/dm05.md").checklist())
    items = tree.css("li.hd-item")
    assert [item.attributes["id"] for item in items] == [
        placed.item.id for placed in kb.items.values() if placed.checklist.id == "DM05"
    ]
    for item in items:
        assert item.css_first(".hd-box") and item.css_first(".hd-answer .hd-slot")
        assert (item.css_first("summary").text() or "").startswith("Vì sao?")  # type: ignore[union-attr]
    critical = [item for item in items if "Trọng yếu" in item.text()]
    assert len(critical) == 7
    end = [paragraph.text() for paragraph in tree.css("section")[-1].css("p")]
    assert "Lần 3: người rà soát, ngày" in end[0] and "Căn cứ:" in end[1], (
        "the lines to sign come before the small print"
    )


def test_each_sheet_says_when_it_is_read_again_and_who_is_asked(kb: KnowledgeBase) -> None:
    later = kb.checklists["DM05"].model_copy(update={"review_by": date(2099, 1, 31)})
    changed = replace(kb, records={**kb.records, "checklists": {**kb.checklists, "DM05": later}})
    for base, last in ((kb, None), (changed, "31/01/2099")):
        told = Renderer(base, lambda: "tra-cuu/dua-ve-co-quan.md", lambda: "directory").review_list()
        lines = LexborHTMLParser(told).css("li")
        assert len(lines) == len(kb.checklists)
        for sheet in kb.checklists.values():
            (line,) = [one.text() for one in lines if f" {sheet.id}." in one.text() or f"{sheet.id}. Hỏi" in one.text()]
            assert all(kb.roles[role].title in line for role in sheet.roles)
        if last:
            assert f"Đọc lại trước ngày {last}" in told and lines[-1].text().count("DM05") == 1


def test_ways_between_pages_are_what_the_system_would_say(kb: KnowledgeBase) -> None:
    pages = [*kb.pages][::7]
    addresses = ["", "index.html", "tai-ve/dm01.pdf", *(page_url(page, "directory").rstrip("/") for page in pages)]
    for page in pages:
        for form in ("directory", "file"):
            folder = posixpath.dirname(page_url(page, form))
            for address in addresses:
                assert _way(folder, address) == posixpath.relpath(f"/{address}", f"/{folder}"), (page, address)
        for other in pages:
            assert markdown_target(page, other) == posixpath.relpath(other, posixpath.dirname(page) or ".")


def test_a_link_to_a_record_names_it_and_escapes(kb: KnowledgeBase) -> None:
    page = renderer(kb, "han-che/hc1.md")
    link = page._record_link("HC2")
    assert link == f'<a href="../hc2/">{html.escape(kb.findings["HC2"].title)}<span class="hd-id"> HC2</span></a>'
    assert page._record_link("HC2", "a < b") == '<a href="../hc2/">a &lt; b</a>'
    assert page._record_link("van-phong") == f'<a href="../../vai-tro/van-phong/">{kb.roles["van-phong"].short}</a>'


def test_what_one_view_compiled_another_of_the_process_takes(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = renderer(kb, "ky-hop/b4.md").stage_guide()
    compiled: list[str] = []
    compiling = jinja2.Environment.compile
    monkeypatch.setattr(
        jinja2.Environment,
        "compile",
        lambda *given, **named: compiled.append(str(given[1])) or compiling(*given, **named),
    )
    assert renderer(kb, "ky-hop/b4.md").stage_guide() == first
    assert compiled == []


def test_a_blank_is_named_by_its_rules_first_sentence(kb: KnowledgeBase) -> None:
    """What is said behind it, where else to look, stays on the page of the instrument."""
    assert "tra trước khi điền" in kb.rules["thoi-han.gui-quy-pham"][1].text
    names = [one.text() for one in LexborHTMLParser(renderer(kb, "tra-cuu/moc-quy-che.md").local_rules()).css("dt")]
    assert len(names) >= 19 and not any("tra trước khi điền" in name or "ghi theo Quy chế" in name for name in names)
    assert any("gửi nghị quyết quy phạm để kiểm tra" in name for name in names)
