"""The handbook as one PDF: contents, lessons, roles, stages, sheets, cross-reference, law, glossary."""

from __future__ import annotations

from typing import Any

from knowledge.index import Index
from knowledge.law import DOUBT_LEGEND, manner, show
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Finding, Lesson, Quote
from knowledge.recurrence import drawn_from, seen_of, told_group
from knowledge.sheet_text import names, who_does
from knowledge.text import vn_date
from papers.cache import Keep, anew
from papers.pdf.sheets import compiled, set_stamps, sheets_in_stage_order
from papers.pdf.stamps import EDITION, TITLE, Stamp, slots, stamped

Block = dict[str, Any]


def handbook_pdf(data: dict[str, Any], keep: Keep = anew) -> bytes:
    """Set the handbook: A4 for printing on both sides, tagged, with bookmarks; all but its cover is kept."""
    stamps = [
        Stamp({"kind": "title", "text": data["title"]}, data["title"], WIDTH),
        Stamp({"kind": "lines", "lines": data["front"]}, " ".join(data["front"]), WIDTH),
    ]
    stamps_pdf = set_stamps(stamps)
    common = {name: value for name, value in data.items() if name not in ("edition", "front")}
    common |= {"title": TITLE, "made-by": EDITION, "slots": [place._asdict() for place in slots(stamps_pdf)]}
    return stamped(keep(compiled, "handbook.typ", common), stamps_pdf, stamps, data["edition"], data["title"])


WIDTH = 170.0
"""Millimetres between the margins."""


def handbook_data(index: Index) -> dict[str, Any]:
    """Return the handbook as parts, sections and blocks of text."""
    kb = index.kb
    return {
        "title": kb.edition.name,
        "subtitle": "Bài học và phiếu rà soát cho Hội đồng nhân dân xã, phường",
        "edition": f"{kb.edition.name}, bản {vn_date(kb.edition.date)}",
        "front": [
            f"Bản ngày {vn_date(kb.edition.date)}. Người biên soạn: {kb.edition.compiled_by}.",
            _drawn_from(kb),
            "Không phải văn bản của cơ quan nhà nước, không phải căn cứ pháp lý. Câu trong ngoặc kép trích nguyên văn; câu luật có nhãn; còn lại là gợi ý biên soạn.",
        ],
        "parts": [
            _findings(kb, index),
            _causes(kb),
            _solutions(kb),
            _stages(kb, index),
            _sheets(kb, index),
            _cross_reference(kb, index),
            _law(kb),
            _glossary(kb),
        ],
    }


def _drawn_from(kb: KnowledgeBase) -> str:
    """Name the sources that are used whole, and count the others."""
    whole, others = drawn_from(kb)
    names = "; ".join(f"{one.title} của {one.council or one.issuer}" for one in whole)
    return f"Rút từ {names}; đối chiếu với {others} nguồn khác." if others else f"Rút từ {names}."


def _part(title: str, intro: str, sections: list[dict[str, Any]]) -> dict[str, Any]:
    return {"title": title, "intro": intro, "sections": sections}


def _section(id_: str, title: str, blocks: list[Block]) -> dict[str, Any]:
    return {"id": id_, "title": title, "blocks": blocks}


def _quotes(kb: KnowledgeBase, quotes: list[Quote]) -> list[Block]:
    return [
        {"kind": "quote", "text": q.text, "place": f"{kb.sources[q.source].cited}, đoạn {q.locator}"} for q in quotes
    ]


def _refs(label: str, ids: list[str]) -> list[Block]:
    return [{"kind": "refs", "label": label, "ids": ids}] if ids else []


def _findings(kb: KnowledgeBase, index: Index) -> dict[str, Any]:
    sections = []
    for finding in kb.findings.values():
        blocks: list[Block] = [{"kind": "main", "text": finding.summary}]
        for part in finding.parts:
            blocks.append({"kind": "head", "text": f"{part.id}. {part.title}"})
            blocks.append({"kind": "list", "items": part.signs})
            blocks += _quotes(kb, part.quotes)
            seen = seen_of(kb, part.id)
            blocks.append({"kind": "text", "text": f"{told_group(seen)}."})
            blocks.append({"kind": "text", "text": f"Chặn ở: {_numbers(index, part.id)}."})
        blocks += _links(finding)
        sections.append(_section(finding.id, finding.title, blocks))
    intro = "Dấu hiệu do người biên soạn gợi ý. Mỗi lỗi có mục của phiếu rà soát để chặn."
    return _part("Hạn chế cần tránh", intro, sections)


def _numbers(index: Index, part_id: str) -> str:
    """Return the items that stop a fault: “DM03 mục 6, 14; DM04 mục 2”."""
    numbers: dict[str, list[str]] = {}
    for placed in index.items_against(part_id):
        numbers.setdefault(placed.checklist.id, []).append(str(placed.number))
    return "; ".join(f"{sheet} mục {', '.join(own)}" for sheet, own in numbers.items())


def _links(lesson: Lesson) -> list[Block]:
    blocks = []
    if isinstance(lesson, Finding):
        blocks += _refs("Nguyên nhân (phần lớn do người biên soạn liên hệ)", lesson.causes)
    return blocks + _refs("Giải pháp (người biên soạn liên hệ)", getattr(lesson, "solutions", []))


def _causes(kb: KnowledgeBase) -> dict[str, Any]:
    sections = [
        _section(
            cause.id,
            cause.title,
            [{"kind": "main", "text": cause.summary}, *_quotes(kb, cause.quotes), *_links(cause)],
        )
        for cause in kb.causes.values()
    ]
    return _part("Nguyên nhân", "", sections)


def _solutions(kb: KnowledgeBase) -> dict[str, Any]:
    sections = []
    for lesson in kb.acted_on.values():
        rows = [
            [
                action.stage or "",
                names(kb, action.who),
                action.does,
                action.when,
                action.evidence,
            ]
            for action in lesson.actions
        ]
        table = {
            "kind": "table",
            "columns": ["Bước", "Ai", "Làm gì", "Khi nào", "Bằng chứng"],
            "widths": [2, 5, 10, 6, 7],
            "rows": rows,
        }
        blocks = [{"kind": "main", "text": lesson.summary}, *_quotes(kb, lesson.quotes), table]
        sections.append(_section(lesson.id, lesson.title, blocks))
    intro = "Mỗi giải pháp, cách làm hay tách thành việc cụ thể; phần tách là gợi ý biên soạn."
    return _part("Giải pháp và cách làm hay", intro, sections)


def _stages(kb: KnowledgeBase, index: Index) -> dict[str, Any]:
    sections = []
    for stage in kb.stages.values():
        blocks: list[Block] = [
            {"kind": "main", "text": stage.outcome},
            {"kind": "text", "text": f"Khi nào: {stage.when}."},
        ]
        if stage.parallel:
            blocks.append({"kind": "text", "text": f"Làm song song: {stage.parallel}."})
        blocks += _refs("Phiếu", index.sheets_of.get(stage.id, []))
        findings = [finding.id for finding in index.findings_at.get(stage.id, [])]
        blocks += _refs("Lỗi dễ mắc", findings)
        sections.append(_section(stage.id, stage.title, blocks))
    return _part("Chín bước của một kỳ họp", "", sections)


def _sheets(kb: KnowledgeBase, index: Index) -> dict[str, Any]:
    sections = []
    for sheet_id in sheets_in_stage_order(index, list(kb.checklists)):
        sheet = kb.checklists[sheet_id]
        blocks: list[Block] = [{"kind": "main", "text": sheet.goal}]
        number = 0
        for count, round_ in enumerate(sheet.rounds, 1):
            who = " ".join(f"{does}: {people}." for does, people in who_does(kb, round_))
            blocks.append({"kind": "head", "text": f"Lần {count}. {round_.title}"})
            blocks.append({"kind": "text", "text": f"{round_.when}. {who}"})
            lines = []
            for item in round_.items:
                number += 1
                mark = "(trọng yếu) " if item.critical else ""
                by = f" Làm: {names(kb, item.by)}." if item.by else ""
                lines.append(f"{number}. {mark}{item.text}{by} Ghi: {item.answer}.")
            blocks.append({"kind": "list", "items": lines})
        sections.append(_section(sheet.id, sheet.title, blocks))
    intro = "Ở đây để đọc và tra. Để dùng, in phiếu một trang từ trang của từng phiếu."
    return _part("Phiếu rà soát", intro, sections)


def _cross_reference(kb: KnowledgeBase, index: Index) -> dict[str, Any]:
    rows = []
    for part_id, placed in kb.parts.items():
        solutions = ", ".join(placed.finding.solutions)
        rows.append([part_id, placed.part.title, solutions, _numbers(index, part_id)])
    table = {
        "kind": "table",
        "columns": ["Ý", "Lỗi", "Giải pháp", "Chặn ở"],
        "widths": [2, 7, 4, 11],
        "rows": rows,
    }
    return _part("Bảng đối chiếu hạn chế – giải pháp", "", [_section("", "Lỗi nào chặn ở đâu", [table])])


def _law(kb: KnowledgeBase) -> dict[str, Any]:
    cited = dict.fromkeys(rule for placed in kb.items.values() for rule in placed.item.rules)
    sections = []
    for instrument in kb.instruments.values():
        own = [rule for rule in instrument.rules if rule.id in cited and manner(rule) != "hidden"]
        items = []
        for rule in own:
            shown = show(instrument, rule)
            items.append(f"{shown.text} ({shown.place})")
        if items:
            sections.append(_section("", instrument.title, [{"kind": "list", "items": items}]))
    intro = (
        "Các câu luật mà phiếu dẫn. Không có nhãn: đã đọc trong bản đăng lại, đang áp dụng. "
        f"{DOUBT_LEGEND} "
        "Đối chiếu Công báo trước khi viện dẫn trong văn bản chính thức."
    )
    return _part("Căn cứ được dẫn", intro, sections)


def _glossary(kb: KnowledgeBase) -> dict[str, Any]:
    terms = [
        {
            "title": f"{term.title} ({term.abbreviation})" if term.abbreviation else term.title,
            "text": term.definition,
        }
        for term in kb.terms.values()
    ]
    return _part("Thuật ngữ và chữ viết tắt", "", [_section("", "Từ A đến Y", [{"kind": "terms", "items": terms}])])
