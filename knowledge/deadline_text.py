"""What is said of a deadline in words: its limit, its basis. Pages, papers, commands and the browser's data share it."""

from __future__ import annotations

from datetime import date

from knowledge import law
from knowledge.records.deadlines import ANCHORS, NAMED_DAYS, Deadline
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import vn_date

UNITS = {"ngay": "ngày", "ngay-lam-viec": "ngày làm việc"}
ADVICE = "Gợi ý biên soạn"


def anchor_text(deadline: Deadline) -> str:
    """Return the day that is counted from: ngày khai mạc, ngày 31/12."""
    return _days(deadline) if deadline.anchor in NAMED_DAYS else ANCHORS[deadline.anchor]


def _days(deadline: Deadline) -> str:
    return "ngày " + ", ".join(
        vn_date(date.fromisoformat(day))
        if len(day) == 10
        else vn_date(date.fromisoformat(f"2028-{day}")).rpartition("/")[0]
        for day in deadline.days
    )


def limit_text(deadline: Deadline) -> str:
    """Return a limit in words: chậm nhất 15 ngày trước ngày khai mạc."""
    anchor, unit = anchor_text(deadline), UNITS[deadline.unit]
    if deadline.bound == "tai-ky":
        return "tại kỳ họp"
    if deadline.bound == "trong-nam":
        return f"trong {anchor}"
    if deadline.side is None:
        if deadline.bound == "truoc":
            return f"trước {anchor}"
        if deadline.bound == "khong-som-hon":
            return f"từ {anchor}" if deadline.anchor in NAMED_DAYS else f"không sớm hơn {anchor}"
        return f"đến hết {anchor}" if deadline.anchor in NAMED_DAYS else f"chậm nhất {anchor}"
    number = "……" if deadline.amount is None else f"{deadline.amount:02d}"
    direction = "trước" if deadline.side == "truoc" else "kể từ"
    if deadline.bound == "khong-som-hon":
        return (
            f"không sớm hơn {anchor}" if not deadline.amount else f"không sớm hơn {number} {unit} {direction} {anchor}"
        )
    if deadline.bound == "trong-khoang":
        return f"trong khoảng {number} đến {deadline.until:02d} {unit} {direction} {anchor}"
    return f"chậm nhất {number} {unit} {direction} {anchor}"


def basis_text(kb: KnowledgeBase, deadline: Deadline) -> str:
    """Return what a deadline rests on, with how sure that is: an article, the council's working rules, advice."""
    given = law.given_text(kb.rules[deadline.local][1]) if deadline.local else ""
    if given:
        return given
    places = [_place(kb, rule_id) for rule_id in (deadline.rule, *deadline.rules) if rule_id]
    if deadline.basis == "local" and deadline.amount is None:
        return "Quy chế làm việc, Điều ……"
    if deadline.basis == "local":
        return f"{_place(kb, deadline.local or '')}; sửa nếu Quy chế của mình khác"
    if deadline.basis == "rule":
        return "; ".join(places)
    known = [*places, *([deadline.source_note] if deadline.source_note else [])]
    if not known:
        return ADVICE
    return "; ".join([*known, *(["ngày là gợi ý"] if deadline.number == "advice" else [])])


def is_binding(kb: KnowledgeBase, deadline: Deadline) -> bool:
    """Tell whether a limit can be past due by law: it is a rule, and stands as law without a label."""
    rules = [kb.rules[rule_id] for rule_id in (deadline.rule,) if rule_id and rule_id in kb.rules]
    return deadline.basis == "rule" and bool(rules) and all(law.manner(rule) == "plain" for _law, rule, _path in rules)


def _place(kb: KnowledgeBase, rule_id: str) -> str:
    instrument, rule, _path = kb.rules[rule_id]
    shown = law.show(instrument, rule)
    return shown.place
