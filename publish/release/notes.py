"""What a release says of itself, in Vietnamese: what is new, changed, withdrawn; which rules changed and who that concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.changed_since import Change, Entry, State, changes
from knowledge.law import HOW_SURE
from knowledge.law_usage import resting
from knowledge.moves import trail
from knowledge.records.knowledge_base import KnowledgeBase, natural_key
from knowledge.records.moves import PAGES
from knowledge.text import vn_date

PARTS = {
    "text": "Nội dung",
    "article": "Điều khoản",
    "was": "Điều khoản cũ",
    "status": "Mức kiểm chứng",
    "validity": "Hiệu lực",
}
VALUES = {
    **HOW_SURE,
    "current": "đang áp dụng",
    "historical": "đã thay thế",
    "local": "theo Quy chế",
    "unknown": "chưa rõ",
    "": "(trống)",
}
"""What the codes of status and validity mean."""
ITEM_PARTS = {"text": "câu", "answer": "điều phải ghi", "critical": "trọng yếu"}
DEADLINE_PARTS = {
    "does": "việc", "amount": "số ngày", "until": "số ngày thứ hai", "amount_other": "số ngày, kỳ khác", "days": "ngày", "anchor": "mốc tính",
    "bound": "cách tính", "side": "cách tính", "unit": "đơn vị", "roles": "ai làm", "outside": "ai làm", "reminds": "ai nhắc", "rule": "căn cứ",
    "rules": "căn cứ", "local": "căn cứ", "condition": "điều kiện", "only_if": "điều kiện", "when": "loại kỳ họp", "note": "ghi chú",
}  # fmt: skip
COUNTED = ("amount", "until", "amount_other")
"""Parts of which the notes say what they were and are."""
NOT_STATED = "(chưa kiểm chứng, không nêu như quy định)"
HEADINGS = {
    "checklists": "Phiếu rà soát", "templates": "Biểu mẫu", "deadlines": "Thời hạn", "signs": "Dấu hiệu của chương trình",
    "draft_signs": "Dấu hiệu của dự thảo", PAGES: "Trang",
}  # fmt: skip


def notes(kb: KnowledgeBase, before: State | None, after: State) -> str:
    """Return the notes of an edition in Markdown; ``before`` is None for the first. They depend on the records alone."""
    number = f" (bản số {kb.edition.number})" if kb.edition.number else ""
    lines = [f"# {kb.edition.name}, bản ngày {vn_date(kb.edition.date)}{number}", ""]
    if before is None:
        counts = [f"{len(after.records[kind])} {label.lower()}" for kind, label in HEADINGS.items()]
        return "\n".join([*lines, f"Bản đầu tiên: {', '.join(counts)}.", ""])
    found = {kind: changes(kind, before, after, trail(kb)) for kind in after.records}
    since = f"bản ngày {vn_date(before.day)}" if before.day else "lần trước"
    lines += [
        f"Những gì khác so với {since}. Máy so các bản ghi rồi viết; lời của người biên soạn ở trang “Điều gì đã thay đổi”.",
        "",
    ]
    lines += [*_table({"rules": "Quy định của luật", **HEADINGS}, found), ""]
    lines += _rules(kb, before, found["rules"])
    for kind, label in HEADINGS.items():
        if found[kind]:
            lines += [f"## {label}", ""]
            lines += [line for one in _sorted(found[kind]) for line in _told(kb, kind, one, found["items"])]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _table(labels: dict[str, str], found: dict[str, list[Change]]) -> Iterator[str]:
    yield "| | Mới | Đổi | Rút |"
    yield "| --- | --- | --- | --- |"
    for kind, label in labels.items():
        new = sum(one.before is None for one in found[kind])
        gone = sum(one.after is None for one in found[kind])
        yield f"| {label} | {new} | {len(found[kind]) - new - gone} | {gone} |"


def _sorted(found: Iterable[Change]) -> list[Change]:
    """New first, then changed, then withdrawn; in each the order in which people count."""
    return sorted(found, key=lambda one: (one.before is not None, one.after is None, natural_key(one.id)))


def _verb(one: Change) -> str:
    if one.before is None:
        return "mới"
    if one.after is None:
        return "đã rút"
    if one.was != one.id:
        return f"đổi mã, trước là {one.was}" + ("; đổi nội dung" if one.parts else "")
    return "đổi"


def _told(kb: KnowledgeBase, kind: str, one: Change, items: list[Change]) -> Iterator[str]:
    """Yield the lines about one record that is new, changed or gone."""
    more = ""
    if one.before and one.after and kind == "checklists":
        first, last = one.before.parts["version"], one.after.parts["version"]
        more = f", phiên bản {first} → {last}; in lại phiếu" if first != last else f", vẫn phiên bản {last}"
    if one.before and one.after and kind == "templates" and one.parts:
        more = "; tải lại tệp" if "document" in one.parts else " lời hướng dẫn; tệp như cũ"
    if one.after is None and (gone := trail(kb).withdrawal(kind, one.id)):
        more = f": {gone.reason}" + (f" Thay bằng {gone.instead}." if gone.instead else "")
    if kind == "deadlines":
        more += _which(one, DEADLINE_PARTS)
    yield f"- {one.id}, {one.entry.title or 'không có tên'}: {_verb(one)}{more}"
    if kind == "checklists" and one.before and one.after:
        for item in _sorted(items):
            if item.id.startswith(f"{one.id}/"):
                yield f"    - {item.id.partition('/')[2]}, “{item.entry.title.rstrip('.')}”: {_verb(item)}{_which(item, ITEM_PARTS)}"
    if kind == "deadlines" and one.after and (known := kb.deadlines.get(one.id)):
        yield f"    - Ai: {known.outside or _roles(kb, known.roles)}"


def _which(one: Change, labels: dict[str, str]) -> str:
    """Return which parts changed, by what people call them, numbers with what they were; '' where it is new or gone."""
    told: dict[str, None] = {}
    for part in one.parts:
        first, last = (entry.parts.get(part, "") if entry else "" for entry in (one.before, one.after))
        values = f" {first or 'trống'} → {last or 'trống'}" if part in COUNTED else ""
        told[labels.get(part, "phần khác") + values] = None
    return f" ({', '.join(told)})" if told else ""


def _rules(kb: KnowledgeBase, before: State, found: list[Change]) -> list[str]:
    """Return the sections of rules: what each said and says, then who has to read what again; new ones last."""
    by_rule: dict[str, list[str]] = {}
    for record, rule in resting(kb):
        by_rule.setdefault(rule, []).append(record)
    lines = []
    for heading, some in (
        ("Quy định đã đổi, đã rút: ai đọc lại gì", [one for one in found if one.before]),
        ("Quy định mới: ai dùng", [one for one in found if not one.before]),
    ):
        lines += ["## " + heading, ""] if some else []
        for one in _sorted(some):
            lines += [f"### {one.entry.title}: {one.id} ({_verb(one)})", "", *_readings(one)]
            if one.after:
                lines += _follows(kb, sorted(by_rule.get(one.id, []), key=natural_key))
            else:
                lines.append(
                    f"- Bản trước dựa vào quy định này: {', '.join(before.resting.get(one.was, ())) or 'không có'}."
                )
            lines.append("")
    return lines


def _readings(one: Change) -> Iterator[str]:
    if one.before is None or one.after is None:
        for part, label in PARTS.items():
            if one.entry.parts[part]:
                yield f"- {label}: {_value(part, one.entry)}"
        return
    if "text" not in one.parts:
        yield f"- {PARTS['text']}, như cũ: {_value('text', one.after)}"
    for part in one.parts:
        yield f"- {PARTS[part]} trước: {_value(part, one.before)}"
        yield f"- {PARTS[part]} nay: {_value(part, one.after)}"


def _value(part: str, entry: Entry) -> str:
    """Return a part of a rule as people read it; what a page may not state as law, notes may not either."""
    value = entry.parts[part]
    if part == "text" and entry.parts["validity"] not in ("historical", "local"):
        stated = entry.parts["validity"] == "current" and entry.parts["status"] in ("verified", "reported")
        return value if stated else NOT_STATED
    return VALUES.get(value, value) if part in ("status", "validity") or not value else value


def _follows(kb: KnowledgeBase, records: list[str]) -> Iterator[str]:
    """Yield who has to look at what: items with those who do them, deadlines, forms, all else by ID."""
    told = {one: line for one in records if (line := _who_looks(kb, one))}
    yield from told.values()
    if rest := [one for one in records if one not in told]:
        yield f"- Trang, bản ghi khác: {', '.join(rest)}"
    if not records:
        yield "- Chưa phiếu, thời hạn, biểu mẫu, trang nào dựa vào quy định này."


def _who_looks(kb: KnowledgeBase, record: str) -> str:
    """Return what a record is and who works with it; '' where nobody in particular does."""
    if placed := kb.items.get(record):
        named = f"Phiếu {placed.checklist.id}, mục {placed.number} “{placed.item.text.rstrip('.')}”"
        who = _roles(kb, placed.roles)
    elif sheet := kb.checklists.get(record):
        named, who = f"Phiếu {record}, {sheet.title}", _roles(kb, sheet.roles)
    elif deadline := kb.deadlines.get(record):
        named, who = f"Thời hạn {record}, {deadline.does}", deadline.outside or _roles(kb, deadline.roles)
    elif form := kb.templates.get(record):
        named, who = f"Biểu mẫu {record}, {form.title}", _roles(kb, form.roles)
    else:
        return ""
    return f"- {named}. Ai: {who}"


def _roles(kb: KnowledgeBase, roles: Iterable[str]) -> str:
    return ", ".join(kb.roles[one].title for one in roles if one in kb.roles) or "chưa ghi"
