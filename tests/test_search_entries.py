"""What the search is given, page by page: read from a few small pages, without a build and without a browser."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from knowledge.records.knowledge_base import KnowledgeBase
from publish.search import entries
from publish.search.entries import Entry, search_entries, write_search_index
from publish.search.names import read_names

PAGE = '<html><body><article class="md-content__inner">{}</article><p>Chân trang</p></body></html>'
H1 = '<h1 id="ten">Tên trang<a class="headerlink">¶</a></h1>'


def read(folder: Path, kb: KnowledgeBase, pages: dict[str, str]) -> dict[str, Entry]:
    for location, article in pages.items():
        file = folder / location / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE.format(article), encoding="utf-8")
    return {entry.location: entry for entry in search_entries(folder, kb, "directory", list(pages))}


@pytest.mark.parametrize("page", ["ban-do", "doi-chieu", "cau-luat", "tai-ve-va-in"])
def test_a_page_that_lists_others_is_found_by_its_headings_alone(tmp_path: Path, kb: KnowledgeBase, page: str) -> None:
    article = H1 + '<p>Lời dẫn.</p><h2 id="muc">Một mục</h2><p>Chép từ trang khác.</p><ul><li>Dòng chép.</li></ul>'
    found = read(tmp_path, kb, {f"tra-cuu/{page}/": article, "tra-cuu/gioi-thieu/": article})
    listed, other = f"tra-cuu/{page}/", "tra-cuu/gioi-thieu/"
    assert found[listed].blocks == ["Lời dẫn."]
    assert found[f"{listed}#muc"].title == "Một mục" and found[f"{listed}#muc"].blocks == []
    assert found[f"{other}#muc"].blocks == ["Chép từ trang khác.", "Dòng chép."]


def test_each_page_that_the_search_treats_in_its_own_way_exists(kb: KnowledgeBase) -> None:
    names = read_names()
    assert len(names.lists) > 5 and names.news and names.pages
    assert {*names.lists, *names.news, *names.pages} - set(kb.pages) == set()


def test_what_an_edition_brought_is_found_on_its_own_pages(tmp_path: Path, kb: KnowledgeBase) -> None:
    article = H1 + '<h2 id="ban-1-1-2027">Bản mới</h2><p>Trang khác.</p><h2 id="vua-sua">Đã sửa</h2><p>Chỗ sai.</p>'
    found = read(tmp_path, kb, {"tra-cuu/thay-doi/": article, "tra-cuu/gioi-thieu/": article})
    news = found["tra-cuu/thay-doi/#ban-1-1-2027"]
    assert (news.title, news.blocks) == ("Bản mới", [])
    assert found["tra-cuu/thay-doi/#vua-sua"].blocks == ["Chỗ sai."]
    assert found["tra-cuu/gioi-thieu/#ban-1-1-2027"].blocks == ["Trang khác."]


def test_a_list_counts_less_than_the_pages_it_leads_to(tmp_path: Path, kb: KnowledgeBase) -> None:
    lists = ("tra-cuu/ban-do.md", "tra-cuu/doi-chieu.md", "tra-cuu/cau-luat.md", "tra-cuu/tai-ve-va-in.md")
    assert set(lists) <= set(kb.pages), "the pages have other names now"
    pages = {f"{uri.removesuffix('.md')}/": H1 for uri in lists}
    other = read(tmp_path, kb, {"tra-cuu/mot-trang/": H1})["tra-cuu/mot-trang/"]
    for entry in read(tmp_path, kb, pages).values():
        assert entry.weight <= other.weight * 0.6 + 1e-9, entry.location


def test_a_law_that_another_replaced_counts_less_than_one_in_force(tmp_path: Path, kb: KnowledgeBase) -> None:
    assert kb.instruments["luat-87-2015"].state == "replaced" and kb.instruments["luat-72-2025"].state == "in-force"
    found = read(tmp_path, kb, {"can-cu/luat-87-2015/": H1, "can-cu/luat-72-2025/": H1})
    old, new = found["can-cu/luat-87-2015/"].weight, found["can-cu/luat-72-2025/"].weight
    assert old / new == pytest.approx(0.85)
    # Only its state makes the difference.
    revived = replace(kb, records={**kb.records, "instruments": dict(kb.instruments)})
    law = kb.instruments["luat-87-2015"].model_copy(update={"state": "in-force"})
    revived.records["instruments"]["luat-87-2015"] = law
    assert read(tmp_path, revived, {"can-cu/luat-87-2015/": H1})["can-cu/luat-87-2015/"].weight == new


def test_what_to_do_counts_more_than_the_law_behind_it(tmp_path: Path, kb: KnowledgeBase) -> None:
    found = read(tmp_path, kb, {one: H1 for one in ("can-cu/luat-72-2025/", "danh-muc/dm05/", "han-che/hc1/")})
    law = found["can-cu/luat-72-2025/"].weight
    assert law < found["danh-muc/dm05/"].weight and law < found["han-che/hc1/"].weight


def test_furniture_and_the_links_at_the_end_are_not_read(tmp_path: Path, kb: KnowledgeBase) -> None:
    article = (
        H1 + '<p>Một <b>hai</b><i>ba</i><br>bốn.</p><button>Chép</button><p class="hd-why">Vì sao.</p>'
        '<h2 id="buoc-tiep-theo">Bước tiếp theo</h2><p>Đi đâu.</p>'
        '<h2 id="danh-muc-va-bieu-mau">Phiếu rà soát và biểu mẫu</h2><p>Phiếu.</p>'
    )
    found = read(tmp_path, kb, {"tra-cuu/gioi-thieu/": article})
    page = found["tra-cuu/gioi-thieu/"]
    assert list(found) == ["tra-cuu/gioi-thieu/"]
    assert (page.title, page.blocks) == ("Tên trang", ["Một hai ba bốn."])


def test_terms_sentences_of_law_and_items_are_entries_of_their_own(tmp_path: Path, kb: KnowledgeBase) -> None:
    term = next(one for one in kb.terms.values() if one.abbreviation == "HĐND")
    terms = f'<dl class="hd-terms"><div id="{term.id}"><dt>Thuật ngữ</dt><dd>Nghĩa.</dd><dd>Xem.</dd></div></dl>'
    rules = '<dl class="hd-rules"><div id="a-b"><dt>Câu luật.</dt><dd>Điều 1.</dd></div></dl>'
    item = (
        '<ol><li class="hd-item" id="viec"><span class="hd-item__text">Ghi  một\u00ad việc.</span>'
        '<span class="hd-answer">Số</span></li></ol>'
    )
    pages = {"tra-cuu/thuat-ngu/": H1 + terms, "can-cu/luat-72-2025/": H1 + rules, "danh-muc/dm05/": H1 + item}
    found = read(tmp_path, kb, pages)
    for location, title, blocks, factor in [
        (f"tra-cuu/thuat-ngu/#{term.id}", "Thuật ngữ", ["Nghĩa.", "Xem."], 0.8),
        ("can-cu/luat-72-2025/#a-b", "Câu luật.", ["Điều 1."], 0.75),
        ("danh-muc/dm05/#viec", "Ghi một việc.", ["Số"], 0.75),
    ]:
        entry, page = found[location], found[location.partition("#")[0]]
        assert (entry.title, entry.blocks) == (title, blocks)
        assert entry.weight == pytest.approx(page.weight * factor)
    asked = read_names().asked_as
    for location, known in (("danh-muc/dm05/", "DM05"), ("can-cu/luat-72-2025/", "luat-72-2025")):
        assert found[location].blocks == asked.get(known, []), "nothing of what has an entry of its own"
    assert found[f"tra-cuu/thuat-ngu/#{term.id}"].same == [[term.title, "HĐND"]]
    assert {name[1] for name in found["danh-muc/dm05/"].called} == {"DM05"}
    assert str(found["danh-muc/dm05/"].called[0][0]).endswith(" 5")


def test_the_table_of_kinds_says_which_sections_are_entries(tmp_path: Path, kb: KnowledgeBase) -> None:
    def sections(*names: str) -> str:
        return "".join(f'<h2 id="{one}">Mục {one}</h2><p>Chữ {one}.</p>' for one in names)

    pages = {
        "loai-nghi-quyet/ln01/": sections("cua-ai", "ho-so", "khac"), "vai-tro/dai-bieu/": sections("b4"),
        "nguon/thap-muoi-2022/": sections("cau-trich", "ho-so"),
    }  # fmt: skip
    found = read(tmp_path, kb, {page: H1 + article for page, article in pages.items()})
    assert set(found) == {*pages, "loai-nghi-quyet/ln01/#khac", "vai-tro/dai-bieu/#b4", "nguon/thap-muoi-2022/#ho-so"}
    assert "Chữ cua-ai." in found["loai-nghi-quyet/ln01/"].blocks, "merged"
    assert found["loai-nghi-quyet/ln01/#khac"].blocks == ["Chữ khac."]
    assert found["vai-tro/dai-bieu/#b4"].blocks == [], "headings only"


def test_the_index_keeps_the_engines_settings_and_its_order_of_pages(tmp_path: Path, kb: KnowledgeBase) -> None:
    read(tmp_path, kb, {"b/": H1 + "<p>1 &lt; 2 &amp; 3</p>", "a/": H1})
    built = {"config": {"lang": ["vi"]}, "docs": [{"location": one} for one in ("b/", "b/#x", "a/", "b/#y")]}
    (tmp_path / "search").mkdir()
    file = tmp_path / "search/search_index.json"
    file.write_text(json.dumps(built), encoding="utf-8")
    write_search_index(tmp_path, kb, "directory")
    written = json.loads(file.read_text("utf-8"))
    assert written["config"] == {"lang": ["vi"]}
    assert [entry["location"] for entry in written["docs"]] == ["b/", "a/"]
    assert written["docs"][0]["text"] == "<p>1 &lt; 2 &amp; 3</p>"
    assert not file.with_suffix(".js").exists()


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the addresses of pages that are read, not taken as read before."""
    monkeypatch.setattr(entries, "KEPT", tmp_path / "kept")
    asked: list[str] = []

    class Noted(entries._Reader):
        def __init__(self, location: str, *more: Any) -> None:
            asked.append(location)
            super().__init__(location, *more)

    monkeypatch.setattr(entries, "_Reader", Noted)
    return asked


ARTICLE = H1 + '<p>Lời dẫn.</p><h2 id="muc">Một mục</h2><p>Chữ của mục.</p>'


def test_a_page_whose_article_did_not_change_is_read_once(
    tmp_path: Path, kb: KnowledgeBase, reading: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Editions have other heads and feet around the same article; what is added to entries afterwards is not kept."""
    pages = {"han-che/hc1/": ARTICLE, "tra-cuu/gioi-thieu/": ARTICLE}
    first = read(tmp_path, kb, pages)
    assert reading == [*pages]
    monkeypatch.setattr(
        "tests.test_search_entries.PAGE", PAGE.replace("<body>", "<body class=khac><header><p>Bản khác</p></header>")
    )
    assert read(tmp_path, kb, pages) == first == read(tmp_path, kb, pages)
    assert reading == [*pages]
    # By the engine's own parser and without anything kept it is the same.
    monkeypatch.setattr(entries, "KEPT", tmp_path / "other")
    assert read(tmp_path, kb, pages) == first and reading == [*pages, *pages]


@pytest.mark.parametrize(
    ("page", "article"),
    [
        ("han-che/hc1/", ARTICLE.replace("Lời dẫn", "Lời khác")), ("han-che/hc2/", ARTICLE),
        ("can-cu/luat-87-2015/", ARTICLE), ("tra-cuu/doi-chieu/", ARTICLE),
    ],
)  # fmt: skip
def test_another_article_address_or_kind_of_page_is_read(
    tmp_path: Path, kb: KnowledgeBase, reading: list[str], page: str, article: str
) -> None:
    read(tmp_path, kb, {"han-che/hc1/": ARTICLE})
    reading.clear()
    read(tmp_path, kb, {page: article})
    assert reading == [page]
