"""Checks of law: a rule carries what its status promises, instruments agree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.checks import Check
from knowledge.law import manner, names_a_period
from knowledge.law_usage import places_resting
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase


def what_was_read_is_told(kb: KnowledgeBase) -> Iterator[Issue]:
    """Every instrument tells what was read of it, in which copy, when; never after the edition's own day."""
    for instrument in kb.instruments.values():
        origin = kb.origins[instrument.id]
        if not instrument.read:
            remedy = "thêm read: [{what: …, where: …, on: …}]; chưa đọc gì thì viết “mới biết tên”"
            yield origin.issue(("read",), "not-told-what-was-read", f"{instrument.id} chưa ghi đã đọc gì", remedy)
        for index, one in enumerate(instrument.read):
            if one.on > kb.edition.date and kb.has_edition:
                yield origin.issue(
                    ("read", index, "on"),
                    "date-order",
                    "ngày đọc sau ngày của bản này",
                    "sửa ngày đọc hoặc date của edition.yml",
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
        if rule.checked_on > kb.edition.date and kb.has_edition:
            yield origin.issue(
                (*path, "checked_on"),
                "date-order",
                "ngày kiểm tra sau ngày của bản này",
                "sửa ngày, hoặc sửa date trong edition.yml",
            )
    for one in places_resting(kb):
        rule = kb.rules[one.rule][1]
        if manner(rule) == "hidden":
            yield Issue(
                one.file,
                one.line,
                one.field,
                "rule-not-showable",
                f"{one.rule} mới ở mức {rule.status}/{rule.validity}, không được nêu như quy định",
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


LAW_CHECKS: list[Check] = [what_was_read_is_told, rules_may_be_shown, instruments_agree]
