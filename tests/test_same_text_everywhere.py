"""One record, many outputs: an item reads the same on the web, on paper, in Word and in the data."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pypdf
from docx import Document as read_document
from selectolax.lexbor import LexborHTMLParser

from macros.knowledge import KnowledgeBase
from macros.text import folded_space


def test_every_item_reads_the_same_in_every_file(site: Path, kb: KnowledgeBase) -> None:
    data = json.loads((site / "tai-ve/kb.json").read_text("utf-8"))
    in_data = {
        item["id"]: item["text"]
        for sheet in data["checklists"]
        for round_ in sheet["rounds"]
        for item in round_["items"]
    }
    for sheet in kb.checklists:
        stem = sheet.lower()
        page = LexborHTMLParser((site / f"danh-muc/{stem}/index.html").read_text("utf-8"))
        reader = pypdf.PdfReader(io.BytesIO((site / f"tai-ve/{stem}.pdf").read_bytes()))
        on_paper = folded_space(" ".join(p.extract_text() for p in reader.pages))
        document = read_document(io.BytesIO((site / f"tai-ve/{stem}.docx").read_bytes()))
        in_word = "\n".join(p.text for p in document.paragraphs)
        for placed in (p for p in kb.items.values() if p.checklist.id == sheet):
            text = placed.item.text
            node = page.css_first(f'[id="{placed.item.id}"] .hd-item__text')
            assert node and text in node.text(), placed.id
            assert folded_space(text) in on_paper, placed.id
            assert text in in_word, placed.id
            assert in_data[placed.id] == text


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
    made = {p.name for p in (site / "tai-ve").iterdir() if p.suffix in (".pdf", ".docx", ".xlsx")}
    assert made <= set(listed) and len(made) > 80
    for name in made:
        size = (site / "tai-ve" / name).stat().st_size
        assert f"{max(1, round(size / 1000))} kB" in listed[name], name
