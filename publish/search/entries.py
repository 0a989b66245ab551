"""The search index, written anew after the build from the finished pages.

The engine's own index takes whole sections, so a glossary of a hundred terms is one entry, and each list
of links counts as much as the page it leads to. Here each term, sentence of law and item of a sheet is an
entry of its own; computed lists, which only repeat other records, are left out; each page says what kind
it is (shown as a tag by the theme) and what its weight is. Weights, kinds and names are all there is to
tune: how words are matched is told in ``publish/search/lunr.vi.js``.
"""

from __future__ import annotations

import html
import json
import pickle
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from knowledge.addresses import Form, page_url
from knowledge.kinds import INNER_KINDS, KINDS, Search
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import fold, nfc
from publish.project import write_changed
from publish.search.names import Names, read_names, spoken_names
from publish.spared import KEPT, Store, code_digest

ARTICLE, ARTICLE_ENDS = '<article class="md-content__inner', "</article>"

LIST_WEIGHT = 0.6
REPLACED_WEIGHT = 0.85
"""For a law that another has replaced."""
LEFT_OUT = {"buoc-tiep-theo", "danh-muc-va-bieu-mau"}
"""Sections of any page, by the end of their address, that are no entries: they only name other records."""
ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu")
COUNTED = ("một", "hai", "ba", "bốn", "năm", "sáu")
BLANK = re.compile("«[^«»]*»")
HEADING_WEIGHT = 0.7
"""For headings of computed sections, which stand alike on many pages ("B4. Thẩm tra")."""
TERM_WEIGHT = 0.8
RULE_WEIGHT = 0.75
ITEM_WEIGHT = 0.75

# Not read: page furniture, and computed lists that repeat other records.
SKIPPED = (
    "script, style, template, svg, button, .headerlink, [data-search-exclude], [aria-hidden=true], "
    "[data-hd-no-script], "
    ".hd-seen, .hd-next, .hd-back, .hd-buttons, .hd-all-sheets, .hd-quiet, .hd-codes, .hd-number, .hd-critical, "
    ".hd-hidden, .hd-why, .hd-stop, .hd-fill, .hd-todo, .hd-task, .hd-round-of, .hd-lessons, .hd-qr, "
    ".hd-stamp, .hd-doc-head, .hd-completion, .hd-who--usual"
)
BLOCKS = {
    "p", "li", "dt", "dd", "td", "th", "tr", "div", "section", "blockquote", "footer", "ul", "ol", "dl",
    "table", "details", "summary", "figure", "figcaption", "pre", "nav", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass
class Entry:
    """One result: a page, a section of it, a term, a sentence of law or an item."""

    location: str
    title: str
    weight: float
    blocks: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    same: list[list[str]] = field(default_factory=list)
    """Names that mean the same everywhere."""
    called: list[list[str | float]] = field(default_factory=list)
    """Who types the first means the second, but not the other way round; then how surely, if not quite."""

    def as_document(self) -> dict[str, Any]:
        """Return the entry in the form that the theme's search reads."""
        document: dict[str, Any] = {
            "location": self.location,
            "title": html.escape(self.title, quote=False),
            "text": "".join(f"<p>{html.escape(block, quote=False)}</p>" for block in self.blocks),
            "boost": round(self.weight, 3),
        }
        if self.tags:
            document["tags"] = self.tags
        if self.same:
            document["same"] = self.same
        if self.called:
            document["called"] = self.called
        return document


def write_search_index(site: Path, kb: KnowledgeBase, form: Form) -> None:
    """Replace the index that the engine wrote, keeping its settings and its list of pages."""
    file = site / "search" / "search_index.json"
    built = json.loads(file.read_text("utf-8"))
    locations = dict.fromkeys(document["location"].split("#")[0] for document in built["docs"])
    entries = search_entries(site, kb, form, list(locations))
    index = {"config": built["config"], "docs": [entry.as_document() for entry in entries]}
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    write_changed(file, text)
    if form == "file":
        # From a folder on disk the theme loads the index as a script.
        write_changed(file.with_suffix(".js"), f"var __index = {text}")


def search_entries(site: Path, kb: KnowledgeBase, form: Form, locations: list[str]) -> list[Entry]:
    """Return the entries of all pages in the order of the engine's index."""
    uri_of = {page_url(uri, form): uri for uri in kb.pages}
    record_of = {
        kb.page_of[record_id]: (group, record_id)
        for group, records in kb.records.items()
        for record_id in records
        if record_id in kb.page_of
    }
    initials = _initials(kb)
    names = read_names()
    store = Store(KEPT, code_digest())
    entries: list[Entry] = []
    for location in locations:
        file = site / location / "index.html" if _is_folder(location) else site / location
        page = file.read_text("utf-8")
        article = article_of(page)
        if not article:
            continue
        uri = uri_of.get(location, location)
        group, record_id = record_of.get(uri, ("", ""))
        kind, rules = _kind_of(names, group, uri)
        weight = rules.weight
        weight *= LIST_WEIGHT if uri in names.lists else 1
        if group == "instruments" and kb.instruments[record_id].state == "replaced":
            weight *= REPLACED_WEIGHT
        found = _read_once(store, page, article, location, rules, weight)
        for entry in found[1:]:
            if names.repeats(uri, entry.location.partition("#")[2]):
                entry.blocks = []
        if found:
            found[0].tags = [kind]
            found[0].called = _names(kind, record_id)
            asked = names.asked_as.get(record_id or uri, [])
            found[0].blocks += asked
            if re.fullmatch(r"[A-Z]+[0-9]+", record_id):
                found[0].called += [[one, record_id] for one in asked]
        if uri == INNER_KINDS["terms"].page:
            _name_terms(found, kb, initials)
        entries += found
    if entries:
        entries[0].called += spoken_names(names)
    return entries


def article_of(page: str) -> str:
    """Return what a page says, without head, navigation and foot, as it is written; '' for a page without it."""
    start = page.find(ARTICLE)
    return page[start : page.rfind(ARTICLE_ENDS) + len(ARTICLE_ENDS)] if start >= 0 else ""


def _read_once(store: Store, page: str, article: str, location: str, rules: Search, weight: float) -> list[Entry]:
    """Return a page's entries, kept by what the page says: in most pages editions differ at head and foot alone."""
    key = store.key("entries", article, location, rules, weight)
    kept = store.get(key)
    if kept is not None:
        read: list[Entry] = pickle.loads(kept)
        return read
    node = LexborHTMLParser(page).css_first("article.md-content__inner")
    found = list(_Reader(location, rules, weight).read(node)) if node else []
    store.put(key, pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL))
    return found


def _is_folder(location: str) -> bool:
    return not location or location.endswith("/")


def _kind_of(names: Names, group: str, uri: str) -> tuple[str, Search]:
    """Return what a result says it is, and how its page stands in the search."""
    if group in KINDS:
        return KINDS[group].words.found, KINDS[group].search
    found = names.page(uri)
    return found.label, Search(found.weight)


def _names(kind: str, record_id: str) -> list[list[str | float]]:
    """Who types "danh mục 7" means ``DM07``, and "hạn chế thứ ba" is ``HC3``."""
    numbered = re.fullmatch(r"([A-Z]+)0*(\d+)", record_id)
    if not numbered:
        return []
    number = int(numbered[2])
    told = [f"{kind} {number}", f"{kind} thứ {number}"]
    if 0 < number <= len(ORDINALS):
        told += [f"{kind} thứ {ORDINALS[number - 1]}", f"{kind} số {COUNTED[number - 1]}"]
    return [[one, record_id] for one in told]


def _initials(kb: KnowledgeBase) -> dict[str, str]:
    """Term → its initials, as officials shorten names when no fixed abbreviation exists.

    Only where they are three letters or more and no other term has the same ones.
    """
    fixed = {re.sub(r"[^a-z]", "", fold(t.abbreviation or "")) for t in kb.terms.values()}
    by_letters: dict[str, list[str]] = {}
    full = {t.abbreviation: t.title for t in kb.terms.values() if t.abbreviation}
    for term_id, term in kb.terms.items():
        if term.abbreviation:
            continue
        words = [full.get(word, word) for word in term.title.split()]
        letters = "".join(word[0] for word in " ".join(words).split())
        if letters.isalpha() and len(words) >= 2 and len(letters) >= 3:
            by_letters.setdefault(fold(letters), []).append(term_id)
    return {ids[0]: key for key, ids in by_letters.items() if len(ids) == 1 and key not in fixed}


def _name_terms(entries: list[Entry], kb: KnowledgeBase, initials: dict[str, str]) -> None:
    for entry in entries:
        term = kb.terms.get(entry.location.partition("#")[2])
        if term is None:
            continue
        short = term.abbreviation or initials.get(term.id)
        if short:
            entry.same = [[term.title, short]]


class _Reader:
    """Reads one page: entries in the order of their addresses, texts as plain blocks."""

    def __init__(self, location: str, rules: Search, weight: float) -> None:
        self.location, self.rules, self.weight = location, rules, weight
        self.entries: list[Entry] = []
        self.current: Entry | None = None
        self.buffer: list[str] = []
        self.closed = False

    def read(self, article: LexborNode) -> Iterator[Entry]:
        for node in article.css(SKIPPED):
            node.decompose()
        self._children(article)
        self._flush()
        for entry in self.entries:
            section = entry.location.partition("#")[2]
            if section in self.rules.merged:
                self.entries[0].blocks += entry.blocks
            if section and self.rules.headings_only:
                entry.blocks = []
        no_entries = LEFT_OUT.union(self.rules.left_out, self.rules.merged)
        yield from (entry for entry in self.entries if entry.location.partition("#")[2] not in no_entries)

    def _children(self, node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            self._node(child)

    def _node(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self.buffer.append(node.text_content or "")
            self.closed = False
        elif tag in HEADINGS and node.id:
            self._heading(node, tag)
        elif _class_of(node.parent) & {"hd-terms", "hd-rules"} and node.id:
            self._definition(node)
        elif "hd-item" in _class_of(node) and node.id:
            self._item(node)
        elif tag in BLOCKS:
            self._flush()
            self._children(node)
            self._flush()
        elif tag == "br":
            self.buffer.append(" ")
        else:
            # Two elements without a blank between them stand apart on the page, too.
            if self.closed:
                self.buffer.append(" ")
            self.closed = False
            self._children(node)
            self.closed = True

    def _flush(self) -> None:
        # What a form leaves to be written is named, not said: nobody looks for it.
        text = _plain(BLANK.sub("", "".join(self.buffer)))
        self.buffer = []
        self.closed = False
        if text and self.current:
            self.current.blocks.append(text)

    def _start(self, fragment: str | None, title: str, factor: float) -> Entry:
        location = f"{self.location}#{fragment}" if fragment else self.location
        for entry in self.entries:
            if entry.location == location:
                return entry
        entry = Entry(location, title, self.weight * factor)
        self.entries.append(entry)
        return entry

    def _heading(self, node: LexborNode, tag: str) -> None:
        self._flush()
        title = _plain(node.text())
        fragment = None if tag == "h1" and not self.entries else node.id
        factor = HEADING_WEIGHT if fragment and self.rules.computed else 1.0
        self.current = self._start(fragment, title, factor)

    def _definition(self, node: LexborNode) -> None:
        self._flush()
        name = node.css_first("dt")
        terms = "hd-terms" in _class_of(node.parent)
        entry = self._start(node.id, _plain(name.text()) if name else "", TERM_WEIGHT if terms else RULE_WEIGHT)
        entry.blocks = [text for d in node.css("dd") if (text := _plain(d.text()))]

    def _item(self, node: LexborNode) -> None:
        self._flush()
        text = node.css_first(".hd-item__text")
        entry = self._start(node.id, _plain(text.text()) if text else "", ITEM_WEIGHT)
        answer = node.css_first(".hd-answer")
        entry.blocks = [_plain(answer.text())] if answer else []


def _class_of(node: LexborNode | None) -> set[str]:
    return set((node.attributes.get("class") or "").split()) if node else set()


class _Unseen(dict[int, int | None]):
    """Letters that nobody sees → nothing, as texts are translated; each letter is asked for once."""

    def __missing__(self, code: int) -> int | None:
        found = self[code] = None if unicodedata.category(chr(code)) == "Cf" else code
        return found


UNSEEN = _Unseen()


def _plain(text: str) -> str:
    """Return the text as it is seen: letters that nobody sees would part a word from its own name."""
    return nfc(" ".join(text.translate(UNSEEN).split()))
