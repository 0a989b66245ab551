"""Checks of the pages' structure: headings, links, titles."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from knowledge.index import Index
from knowledge.kept import kept
from knowledge.kinds import KIND_OF_MODEL, LISTS
from knowledge.next_steps import next_steps
from knowledge.records.deadlines import GROUPS
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import TO_DRAFT, KnowledgeBase, Page, anchor_of, rule_anchor
from knowledge.records.model import Record, Source
from knowledge.records.resolution_kinds import SECTIONS, TIMES_OF_KINDS
from knowledge.text import fold, nearest, slugify

HOME = "index.md"

_RAW_BLOCK = re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`[^`\n]*`")
MACRO_CALL = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{[^}]*#([\w-]+)[^}]*\})?\s*#*\s*$")
_ATTRIBUTE_ID = re.compile(r"\{[^}{]*#([\w-]+)[^}{]*\}|\bid=[\"']([\w-]+)[\"']")


def page_skeletons(kb: KnowledgeBase) -> Iterator[Issue]:
    """Record pages carry the headings and macros of their kind; a finding shows each part once."""
    for page in kb.pages.values():
        if not page.record or page.record in kb.broken:
            continue
        prose = without_code(page.body)
        headings = _sections(page.body)
        record = kb.get(page.record)
        if not isinstance(record, Record):
            continue
        kind = KIND_OF_MODEL[type(record)]
        wanted = kind.sections
        missing = [heading for heading in wanted if heading not in headings]
        for heading in missing:
            yield page.issue(
                "missing-section", f"thiếu mục “## {heading}”", f"giữ đủ và đúng thứ tự: {' – '.join(wanted)}"
            )
        if not missing and [h for h in headings if h in wanted] != list(wanted):
            yield page.issue("section-order", "các mục sai thứ tự", f"xếp theo: {' – '.join(wanted)}")
        # What is quoted has its place on the page, or its address leads nowhere.
        shown = ("source_text",) if isinstance(record, Source) and record.paragraphs else ()
        for name in (*kind.macros, *shown):
            if not re.search(rf"\{{\{{-?\s*{name}\(", prose):
                yield page.issue(
                    "missing-macro", f"trang thiếu {{{{ {name}(…) }}}}", "thêm lời gọi này, xem trang cùng loại"
                )
        finding = kb.findings.get(page.record)
        for part in finding.parts if finding else []:
            count = len(re.findall(rf"\bpart\(\s*[\"']{part.id}[\"']\s*\)", prose))
            if count != 1:
                yield page.issue(
                    "part-not-shown",
                    f"ý {part.id} hiện {count} lần trên trang",
                    f'gọi {{{{ part("{part.id}") }}}} đúng một lần',
                )


@kept
def _sections(body: str) -> tuple[str, ...]:
    """Return the headings of a page's sections."""
    found = map(_HEADING.match, without_code(body).split("\n"))
    return tuple(one.group(2) for one in found if one and one.group(1) == "##")


def pages_lead_on(kb: KnowledgeBase) -> Iterator[Issue]:
    """Every page but the home page, which is all doors, ends with where to go next."""
    index = Index(kb)
    for page in kb.pages.values():
        if page.uri == HOME or page.record in kb.broken:
            continue
        calls = re.findall(r"\{\{-?\s*next_steps\(\s*(\)?)", without_code(page.body))
        count = len(calls)
        if count != 1:
            yield page.issue(
                "no-next-step",
                f"trang có {count} chỗ chỉ bước tiếp theo",
                "kết trang bằng một lời gọi {{ next_steps() }}",
            )
        # A page that is no record must name them: macro_calls.py sees to that.
        elif calls == [")"] and page.record and not next_steps(index, page.record):
            yield page.issue(
                "no-next-step",
                "không tính được bước tiếp theo nào",
                'ghi rõ đi đâu tiếp, ví dụ {{ next_steps("DM04") }}',
            )


_LEADS_OUT = re.compile(r"(?i)[a-z][a-z0-9+.-]*:|//")
_RUNS = re.compile(r"(?i)(javascript|data|vbscript):")


def prose_links(kb: KnowledgeBase) -> Iterator[Issue]:
    """Links between pages lead to an existing page, and to an existing place in it."""
    anchors = _Anchors(kb)
    for page in kb.pages.values():
        for number, target in _links(page.body):
            if _RUNS.match(target):
                message = f"liên kết “{target[:30]}…” chạy mã"
                yield page.issue("script", message, "bỏ liên kết này", line=page.body_line + number)
        for number, path, uri, fragment in _places_linked(page.body, page.uri):
            line = page.body_line + number
            if path and not path.endswith(".md"):
                if not _is_file(kb.root / kb.where(f"docs/{uri}")) and not uri.startswith("tai-ve/"):
                    yield page.issue("dead-link", f"không có tệp “{path}”", "sửa đường dẫn", line=line)
            elif uri in kb.unread:
                continue
            elif f"docs/{uri}" in kb.drafts and uri not in kb.pages:
                yield page.issue("link-to-draft", f"trang {path} là bản nháp", TO_DRAFT, line=line)
            elif uri not in kb.pages:
                guess = nearest(uri, kb.pages)
                relative = posixpath.relpath(guess, posixpath.dirname(page.uri) or ".") if guess else ""
                yield page.issue(
                    "dead-link",
                    f"liên kết tới trang không có “{path}”",
                    f"có phải “{relative}”?" if guess else 'sửa đường dẫn, hoặc dùng {{ ref("MÃ") }}',
                    line=line,
                )
            elif fragment and fragment not in anchors[uri]:
                guess = nearest(fragment, anchors[uri])
                yield page.issue(
                    "dead-link",
                    f"trang {uri} không có chỗ “#{fragment}”",
                    f"có phải “#{guess}”?" if guess else "bỏ phần sau dấu #",
                    line=line,
                )


class _Anchors(dict[str, set[str]]):
    """Page → its fragments, found when first asked for."""

    def __init__(self, kb: KnowledgeBase) -> None:
        super().__init__()
        self.kb = kb

    def __missing__(self, uri: str) -> set[str]:
        found = self[uri] = _anchors(self.kb, self.kb.pages[uri])
        return found


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file system takes
        return False


def no_scripts_in_pages(kb: KnowledgeBase) -> Iterator[Issue]:
    """Pages bring no script of their own; scripts lie in ``docs/assets/scripts/``."""
    for page in kb.pages.values():
        for number in _lines_that_run(page.body):
            yield page.issue("script", "trang có đoạn chạy mã", "bỏ đoạn mã này", line=page.body_line + number)


@kept
def _lines_that_run(body: str) -> tuple[int, ...]:
    """Return the lines of a body, counted from 0, that hold a script, a frame or a handler."""
    runs = re.compile(r"(?i)<(script|iframe|object|embed)\b|<[a-z][^>]*\son[a-z]+\s*=")
    return tuple(number for number, line in enumerate(without_code(body).split("\n")) if runs.search(line))


@kept
def _links(body: str) -> tuple[tuple[int, str], ...]:
    """Return the targets of a page's links, each with its line, counted from 0."""
    return tuple(
        (number, match.group(1))
        for number, line in enumerate(without_code(body).split("\n"))
        if "](" in line
        for match in _LINK.finditer(MACRO_CALL.sub("", line))
    )


@kept
def _places_linked(body: str, page: str) -> tuple[tuple[int, str, str, str], ...]:
    """Return where a page's links within the site lead: line, counted from 0, path as written, path below docs/, fragment."""
    found = []
    for number, target in _links(body):
        if not _LEADS_OUT.match(target):
            path, _, fragment = target.partition("#")
            uri = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
            found.append((number, path, uri, fragment))
    return tuple(found)


@kept
def _places_in_prose(body: str) -> frozenset[str]:
    found: set[str] = set()
    for line in without_code(body).split("\n"):
        heading = _HEADING.match(line)
        if heading and not heading.group(3):
            found.add(slugify(MACRO_CALL.sub("", heading.group(2))))
        found |= {a or b for a, b in _ATTRIBUTE_ID.findall(line)}
    return frozenset(found)


def _anchors(kb: KnowledgeBase, page: Page) -> set[str]:
    """Return the fragments of a page: explicit IDs, headings, and those that macros make."""
    found = set(_places_in_prose(page.body))
    if page.record in kb.findings:
        found |= {part.id.lower() for part in kb.findings[page.record].parts}
    if page.record in kb.checklists:
        found |= {item.id for r in kb.checklists[page.record].rounds for item in r.items}
        found |= {"neu-chua"} if kb.checklists[page.record].branches else set()
        found |= {"bang-bieu-quyet"} if any(r.each_vote for r in kb.checklists[page.record].rounds) else set()
    if page.record in kb.sources:
        found |= {anchor_of(p.locator) for p in kb.sources[page.record].paragraphs}
        found |= {one.id.lower() for one in kb.sources[page.record].evidence}
    if page.record in kb.instruments:
        found |= {rule_anchor(rule.id) for rule in kb.instruments[page.record].rules}
    if page.record in kb.resolution_kinds:
        found |= {place for _title, place in SECTIONS.values()}
        found |= {question.id for question in kb.resolution_kinds[page.record].questions}
    if page.uri in LISTS:
        found |= set(kb.of(LISTS[page.uri].name))
    if re.search(r"\b(fault_map|cross_reference)\(", page.body):
        found |= {finding.lower() for finding in kb.findings}
        # A finding that could not be read is told of once, on its own page.
        found |= {posixpath.basename(uri).removesuffix(".md") for uri in kb.unread}
    if "kind_list()" in page.body:
        found |= set(TIMES_OF_KINDS)
    if "deadline_table(" in page.body:
        found |= set(GROUPS)
    if re.search(r"\b(role_guide|stage_list)\(", page.body):
        found |= {stage.lower() for stage in kb.stages}
    return found


def titles_are_unique(kb: KnowledgeBase) -> Iterator[Issue]:
    """No two pages bear the same title: screen readers and search tell pages apart by it."""
    seen: dict[str, str] = {}
    for page in kb.pages.values():
        record = kb.get(page.record) if page.record else None
        title = getattr(record, "title", None) or page.title
        if not title:
            continue
        # A checklist's page takes its title from its first heading, which bears the ID.
        key = fold(f"{page.record} {title}" if page.record in kb.checklists else title)
        if key in seen:
            yield page.issue("duplicate-title", f"tên trang trùng với {seen[key]}", "đặt tên khác", field="title")
        seen.setdefault(key, page.file)


@kept
def without_code(body: str) -> str:
    """Blank out raw blocks, fences and code spans, keeping the line count."""

    def blank(match: re.Match[str]) -> str:
        return "\n" * match.group(0).count("\n")

    return _CODE.sub("", _FENCE.sub(blank, _RAW_BLOCK.sub(blank, body)))


PROSE_CHECKS: list[Callable[[KnowledgeBase], Iterator[Issue]]] = [
    page_skeletons,
    pages_lead_on,
    prose_links,
    no_scripts_in_pages,
    titles_are_unique,
]
