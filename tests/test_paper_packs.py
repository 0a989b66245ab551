"""Packs and the handbook: right sheets in stage order, even pages, contents, bookmarks, no colour."""

from __future__ import annotations

import io

import pypdf
import pypdfium2
import pytest

from knowledge.index import Index
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.sheet_text import BRANCHES_TITLE, VOTES_TITLE
from knowledge.text import folded_space
from papers.pdf.handbook import handbook_data, handbook_pdf
from papers.pdf.packs import Pack, pack_data, pack_pdf, packs
from tests.pdf_text import pages_of
from tests.test_content import MINIMUM


@pytest.fixture(scope="module")
def index(kb: KnowledgeBase) -> Index:
    return Index(kb)


@pytest.fixture(scope="module")
def all_packs(index: Index) -> dict[str, Pack]:
    return packs(index)


def test_there_is_a_pack_for_each_role_with_sheets_each_stage_and_the_minimum(
    all_packs: dict[str, Pack], kb: KnowledgeBase
) -> None:
    roles = {role_id for role_id, role in kb.roles.items() if role.sheets}
    assert set(all_packs) == roles | {s.lower() for s in kb.stages} | {"toi-thieu"}
    assert sorted(all_packs["toi-thieu"].sheets) == MINIMUM


def test_the_sheets_of_a_pack_come_in_the_order_of_the_stages(all_packs: dict[str, Pack], kb: KnowledgeBase) -> None:
    stages = list(kb.stages)
    for name, pack in all_packs.items():
        first = [stages.index(str(kb.checklists[s].rounds[0].stage)) for s in pack.sheets]
        assert first == sorted(first) and pack.sheets, name
        assert not set(pack.sheets) & set(pack.others)


@pytest.mark.parametrize("name", ["dai-bieu", "thuong-truc", "ban-hdnd", "b7", "toi-thieu"])
def test_a_pack_is_read_back(all_packs: dict[str, Pack], kb: KnowledgeBase, name: str) -> None:
    pack = all_packs[name]
    pdf = pack_pdf(pack_data(kb, pack))
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    texts = pages_of(pdf)
    assert len(texts) % 2 == 0, "for printing on both sides"
    assert pack.subtitle in texts[0] and "Bộ in trước kỳ họp" in texts[0]
    shown = [one for one in pack.deadlines if folded_space(one.does) in texts[0]]
    left = len(pack.deadlines) - len(shown)
    assert (f"Còn {left} thời hạn khác" in texts[0]) is (left > 0), "what the cover has no room for is counted"
    for sheet in pack.sheets:
        (page,) = [
            n for n, text in enumerate(texts) if text.startswith(f"{folded_space(kb.checklists[sheet].title)} {sheet}")
        ]
        title = folded_space(kb.checklists[sheet].title)
        assert f"{title} {sheet}" in " ".join(texts[:2]), "it is in the contents"
        assert "người rà soát, ngày" in texts[page], "a sheet is one side of paper"
        if kb.checklists[sheet].branches:
            votes = any(round_.each_vote for round_ in kb.checklists[sheet].rounds)
            back = VOTES_TITLE if votes else BRANCHES_TITLE
            assert page % 2 == 0 and texts[page + 1].startswith(back), "front and back of one leaf"
    assert all(text for text in texts), "no page is blank"
    notes = [n for n, text in enumerate(texts) if text.startswith("Ghi chú")]
    assert len(notes) <= 2
    assert not any(text.startswith(kb.edition.name) for text in texts), "a page with the cover's last line alone"
    assert reader.trailer["/Root"]["/Lang"] == "vi"  # type: ignore[index]
    assert pdf == pack_pdf(pack_data(kb, pack)), "same bytes"


def test_a_pack_prints_without_colour(all_packs: dict[str, Pack], kb: KnowledgeBase) -> None:
    document = pypdfium2.PdfDocument(pack_pdf(pack_data(kb, all_packs["b2"])))
    for page in document:
        colours = page.render(scale=0.5).to_pil().convert("RGB").getcolors(1 << 24)
        assert all(r == g == b for _count, (r, g, b) in colours)


def test_the_handbook_has_contents_bookmarks_and_all_parts(index: Index, kb: KnowledgeBase) -> None:
    pdf = handbook_pdf(handbook_data(index))
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    texts = pages_of(pdf)
    whole = " ".join(texts)
    titles = [str(entry.title) for entry in reader.outline if not isinstance(entry, list)]
    for part in ("Hạn chế cần tránh", "Nguyên nhân", "Giải pháp và cách làm hay", "Phiếu rà soát",
                 "Bảng đối chiếu hạn chế – giải pháp", "Căn cứ được dẫn", "Thuật ngữ và chữ viết tắt"):  # fmt: skip
        assert part in titles, "a bookmark"
        assert part in " ".join(texts[2:5]), "a line of the contents"
    for group in (kb.findings, kb.causes, kb.solutions, kb.strengths, kb.checklists):
        for record in group.values():
            assert folded_space(record.title) in whole, record.title
    for part_id, placed in kb.parts.items():
        assert f"{part_id}. {folded_space(placed.part.title)}" in whole
    for term in kb.terms.values():
        assert folded_space(term.definition)[:30] in whole, term.id
    assert "căn cứ pháp lý" in texts[0], "it says what it is not"
    assert len(reader.pages) > 30
