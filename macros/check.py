"""All checks over a loaded knowledge base, and the one call that runs them.

Local rules of single records are in ``model.py``; this module looks at records together.
Checklist rules are in ``check_items.py``; pages are checked by ``check_macros.py``,
``check_prose.py`` and ``check_wording.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from .check_claims import CLAIM_CHECKS
from .check_documents import DOCUMENT_CHECKS
from .check_items import ITEM_CHECKS
from .check_kinds import KIND_CHECKS
from .check_macros import MACRO_CHECKS
from .check_practice import PRACTICE_CHECKS
from .check_prose import PROSE_CHECKS
from .check_wording import WORDING_CHECKS
from .coverage import paragraph_at, places_of, quotes, unquoted_sentences
from .graph import (
    back_links,
    declared_links,
    has_kind,
    ids_of_kinds,
    kind_of,
)
from .issues import Issue, Level
from .kinds import NAMED
from .knowledge import KnowledgeBase, is_lost
from .law import manner, names_a_period
from .load import load
from .model import UNKNOWN, Lesson
from .text import folded_space, nearest

Check = Callable[[KnowledgeBase], Iterator[Issue]]


def check_project(root: Path) -> tuple[KnowledgeBase, list[Issue]]:
    """Load a project and run every check. Returns the records that loaded and all issues, sorted."""
    loaded = load(root)
    issues = [*loaded.issues]
    if loaded.kb.origins:
        issues += [issue for check in ALL_CHECKS for issue in check(loaded.kb)]
    return loaded.kb, sorted(set(issues))


def links_exist(kb: KnowledgeBase) -> Iterator[Issue]:
    """Every link names a known record of a kind that the field allows, once."""
    seen: set[tuple[str, str, str]] = set()
    for link in declared_links(kb):
        key = (link.owner, str(link.path[:-1]), link.target)
        if key in seen:
            yield link.origin.issue(
                link.path,
                "repeated-link",
                f"mã {link.target} ghi hai lần",
                "giữ một",
                Level.WARNING,
            )
        seen.add(key)
        if has_kind(kb, link.target, link.kinds) or is_lost(kb, link.target, link.kinds):
            continue
        kind = kind_of(kb, link.target)
        wanted = " hoặc ".join(NAMED[k] for k in link.kinds)
        if kind:
            message = f"{link.target} là {NAMED[kind]}, không dùng ở trường này"
            yield link.origin.issue(link.path, "wrong-link-kind", message, f"ghi mã {wanted}")
        else:
            guess = nearest(link.target, ids_of_kinds(kb, link.kinds))
            remedy = f"có phải “{guess}”?" if guess else f"chưa có {wanted} nào; tạo bản ghi trước"
            yield link.origin.issue(
                link.path, "unknown-id", f"không có bản ghi “{link.target}”", remedy
            )


def stated_links_are_links(kb: KnowledgeBase) -> Iterator[Issue]:
    """What the source is said to pair must be among the record's own links."""
    declared = {(link.owner, link.target) for link in declared_links(kb)}
    for group in (kb.strengths, kb.findings, kb.causes, kb.solutions):
        for owner, record in group.items():
            for index, target in enumerate(record.stated if isinstance(record, Lesson) else []):
                if (owner, target) not in declared:
                    yield kb.origins[owner].issue(
                        ("stated", index),
                        "stated-not-linked",
                        f"{target} không nằm trong các liên kết của {owner}",
                        "thêm vào causes, solutions, roles hoặc stages; hoặc xóa khỏi stated",
                    )


def quotes_are_verbatim(kb: KnowledgeBase) -> Iterator[Issue]:
    """A quotation stands word for word in its source, at its locator."""
    for placed in quotes(kb):
        quote, issue = placed.quote, placed.origin.issue
        source = kb.sources.get(quote.source)
        if source is None:
            if quote.source not in kb.broken:
                known_source = nearest(quote.source, kb.sources) or "chưa có nguồn nào"
                yield issue(
                    (*placed.path, "source"),
                    "unknown-id",
                    f"không có nguồn “{quote.source}”",
                    f"có phải “{known_source}”?",
                )
            continue
        paragraph = paragraph_at(source, quote.locator)
        if paragraph and folded_space(quote.text) in folded_space(paragraph.text):
            continue
        places = places_of(source, quote.text)
        if paragraph is None:
            known = [p.locator for p in source.paragraphs]
            guess = places[0] if places else nearest(quote.locator, known)
            yield issue(
                (*placed.path, "locator"),
                "wrong-locator",
                f"{source.id} không có vị trí “{quote.locator}”",
                f"có phải “{guess}”?" if guess else f"chọn trong: {', '.join(known)}",
            )
        else:
            if places:
                yield issue(
                    (*placed.path, "locator"),
                    "wrong-locator",
                    f"câu trích không ở {quote.locator}",
                    f"ghi locator: {places[0]}",
                )
            else:
                yield issue(
                    (*placed.path, "text"),
                    "quote-not-verbatim",
                    f"câu trích không có nguyên văn trong {source.id}",
                    f"chép đúng từng chữ; đoạn {quote.locator} bắt đầu: "
                    f"“{folded_space(paragraph.text)[:60]}…”",
                )


def source_is_quoted(kb: KnowledgeBase) -> Iterator[Issue]:
    """Every sentence that carries a lesson is quoted by a record."""
    for source in kb.sources.values():
        origin = kb.origins[source.id]
        index_of = {p.locator: i for i, p in enumerate(source.paragraphs)}
        still_open: dict[str, bool] = {}
        for paragraph, sentence, quoted in unquoted_sentences(kb, source):
            path = ("paragraphs", index_of[paragraph.locator])
            still_open[paragraph.locator] = still_open.get(paragraph.locator, False) or not quoted
            if not quoted and not kb.broken:
                level = Level.INFO if paragraph.deferred else Level.ERROR
                yield origin.issue(
                    path,
                    "unquoted-sentence",
                    f"đoạn {paragraph.locator} có câu chưa bản ghi nào trích: “{sentence[:80]}”",
                    "trích câu này trong một hạn chế, nguyên nhân hoặc giải pháp",
                    level,
                )
        for paragraph in source.paragraphs:
            if paragraph.deferred and not still_open.get(paragraph.locator, True):
                yield origin.issue(
                    ("paragraphs", index_of[paragraph.locator], "deferred"),
                    "needless-deferred",
                    f"đoạn {paragraph.locator} đã được trích hết",
                    "xóa dòng deferred",
                    Level.WARNING,
                )
        seen: set[str] = set()
        for index, paragraph in enumerate(source.paragraphs):
            if paragraph.locator in seen:
                yield origin.issue(
                    ("paragraphs", index, "locator"),
                    "duplicate-id",
                    f"vị trí {paragraph.locator} bị trùng",
                    "đánh số lại",
                )
            seen.add(paragraph.locator)


def lessons_are_used(kb: KnowledgeBase) -> Iterator[Issue]:
    """Each lesson ends on a sheet: parts prevented, causes answered, solutions and strengths applied."""
    if kb.broken:
        return
    prevented = {t for p in kb.items.values() for t in p.item.prevents}
    applied = {t for p in kb.items.values() for t in p.item.applies}
    for part_id, placed in kb.parts.items():
        if part_id not in prevented:
            yield kb.origins[placed.finding.id].issue(
                placed.path,
                "part-not-prevented",
                f"chưa mục nào của danh mục ngăn {part_id}",
                f"thêm {part_id} vào prevents của một mục",
            )
    for finding_id, finding in kb.findings.items():
        if not finding.parts and finding_id not in prevented:
            yield kb.origins[finding_id].issue(
                (),
                "part-not-prevented",
                f"chưa mục nào của danh mục ngăn {finding_id}",
                f"thêm {finding_id} vào prevents của một mục",
            )
    for cause_id, cause in kb.causes.items():
        if not cause.solutions:
            yield kb.origins[cause_id].issue(
                (),
                "cause-without-solution",
                f"{cause_id} chưa có giải pháp",
                "thêm solutions: [GP…]",
            )
    for lesson_id in kb.acted_on:
        if lesson_id not in applied:
            yield kb.origins[lesson_id].issue(
                (),
                "lesson-not-applied",
                f"chưa mục nào của danh mục áp dụng {lesson_id}",
                f"thêm {lesson_id} vào applies của một mục",
            )


def everything_has_a_sheet(kb: KnowledgeBase) -> Iterator[Issue]:
    """Roles and stages have checklists, templates are used, rules are cited or shown on purpose."""
    if kb.broken:
        return
    for role_id, role in kb.roles.items():
        has = any(role_id in checklist.roles for checklist in kb.checklists.values())
        if role.sheets and not has:
            yield kb.origins[role_id].issue(
                (),
                "role-without-sheet",
                f"vai trò {role_id} chưa có danh mục nào",
                "thêm vào roles của một danh mục hoặc ghi sheets: false",
            )
        if not role.sheets and has:
            yield kb.origins[role_id].issue(
                ("sheets",),
                "role-with-sheet",
                f"vai trò {role_id} ghi sheets: false nhưng có danh mục",
                "xóa dòng sheets",
            )
    acting = {
        role_id
        for lesson in kb.acted_on.values()
        for action in lesson.actions
        for role_id in action.who
    }
    for role_id, role in kb.roles.items():
        if not role.sheets and role_id not in acting:
            yield kb.origins[role_id].issue(
                (),
                "role-without-work",
                f"vai trò {role_id} không có phiếu, cũng chưa có việc nào",
                "giao một việc trong actions của giải pháp hoặc cách làm hay",
            )
    for stage_id in kb.stages:
        if not any(stage_id in checklist.stages for checklist in kb.checklists.values()):
            yield kb.origins[stage_id].issue(
                (),
                "stage-without-sheet",
                f"bước {stage_id} chưa có danh mục nào",
                "thêm vào stages của một danh mục",
            )
    used = {form for placed in kb.items.values() for form in placed.item.forms}
    for template_id in kb.templates:
        if template_id not in used:
            yield kb.origins[template_id].issue(
                (),
                "template-not-used",
                f"chưa mục nào dùng {template_id}",
                f"thêm {template_id} vào forms của một mục",
            )


def rules_may_be_shown(kb: KnowledgeBase) -> Iterator[Issue]:
    """A rule carries what its status promises; only a showable rule is cited."""
    for rule_id, (instrument, rule, path) in kb.rules.items():
        origin = kb.origins[instrument.id]
        how = manner(rule)
        if how in ("plain", "reported") and not rule.source:
            yield origin.issue(
                (*path, "source"),
                "rule-without-source",
                f"{rule_id} chưa ghi nơi đã đọc",
                "thêm source: [{name: …, url: …}]",
            )
        if how == "plain" and not rule.article:
            yield origin.issue(
                (*path, "article"),
                "rule-without-article",
                f"{rule_id} là verified nhưng chưa ghi điều, khoản",
                "thêm article, hoặc hạ status",
            )
        if how in ("plain", "reported") and instrument.state == "replaced":
            yield origin.issue(
                (*path, "validity"),
                "rule-of-replaced-law",
                f"{rule_id} ghi current trong khi {instrument.short} đã bị thay thế",
                "ghi validity: historical",
            )
        if how == "historical" and not (rule.was or rule.article):
            yield origin.issue(
                (*path, "was"),
                "rule-without-article",
                f"{rule_id} là quy định cũ nhưng chưa ghi điều, khoản cũ",
                "thêm was: …",
            )
        if how == "local" and names_a_period(rule.text):
            yield origin.issue(
                (*path, "text"),
                "local-with-number",
                f"{rule_id} là local nhưng ghi thời hạn bằng số",
                "bỏ con số; thời hạn để trống cho người dùng điền",
            )
        if rule.checked_on > kb.edition.date and kb.edition.name != UNKNOWN:
            yield origin.issue(
                (*path, "checked_on"),
                "date-order",
                "ngày kiểm tra sau ngày của bản này",
                "sửa ngày, hoặc sửa date trong edition.yml",
            )
    for link in declared_links(kb):
        if link.field == "rules" and link.target in kb.rules:
            instrument, rule, _path = kb.rules[link.target]
            if manner(rule) == "hidden":
                yield link.origin.issue(
                    link.path,
                    "rule-not-showable",
                    f"{link.target} mới ở mức {rule.status}/{rule.validity}, không được nêu như quy định",
                    "bỏ căn cứ này hoặc kiểm chứng văn bản rồi sửa status",
                )


def instruments_agree(kb: KnowledgeBase) -> Iterator[Issue]:
    """Dates of instruments are in order; who replaces and who is replaced agree."""
    for instrument_id, instrument in kb.instruments.items():
        origin = kb.origins[instrument_id]
        start, end = instrument.in_force_from, instrument.in_force_to
        if start and end and end < start:
            yield origin.issue(
                ("in_force_to",),
                "date-order",
                "ngày hết hiệu lực trước ngày có hiệu lực",
                "kiểm tra lại hai ngày",
            )
        if instrument.replaced_by and instrument.state != "replaced":
            yield origin.issue(
                ("state",),
                "state-disagrees",
                "đã có văn bản thay thế nhưng state không phải replaced",
                "ghi state: replaced",
            )
        successor = kb.instruments.get(instrument.replaced_by or "")
        if successor and instrument_id not in successor.supersedes:
            yield kb.origins[successor.id].issue(
                ("supersedes",),
                "state-disagrees",
                f"{instrument_id} ghi bị {successor.id} thay thế",
                f"thêm {instrument_id} vào supersedes",
            )


def ends_meet(kb: KnowledgeBase) -> Iterator[Issue]:
    """A record nobody points to is probably forgotten."""
    if kb.broken:
        return
    links = back_links(kb)
    wanted = {"findings", "causes", "items", "strengths"}
    for group in (kb.causes, kb.solutions):
        for record_id in group:
            if wanted.isdisjoint(links.get(record_id, {})):
                message = f"không bản ghi nào nối tới {record_id}"
                remedy = "nối từ một hạn chế hoặc một mục"
                yield kb.origins[record_id].issue((), "orphan", message, remedy, Level.WARNING)


RECORD_CHECKS: list[Check] = [
    links_exist,
    stated_links_are_links,
    quotes_are_verbatim,
    source_is_quoted,
    lessons_are_used,
    everything_has_a_sheet,
    rules_may_be_shown,
    instruments_agree,
    ends_meet,
]
ALL_CHECKS: list[Check] = [
    *KIND_CHECKS,
    *RECORD_CHECKS,
    *ITEM_CHECKS,
    *DOCUMENT_CHECKS,
    *PRACTICE_CHECKS,
    *MACRO_CHECKS,
    *PROSE_CHECKS,
    *WORDING_CHECKS,
    *CLAIM_CHECKS,
]
