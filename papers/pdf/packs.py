"""Print packs: all sheets of a role, of a stage, or of the minimum set, in one PDF."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from knowledge.index import Index, deadlines_of
from knowledge.law import DOUBT, DOUBT_LEGEND, show
from knowledge.records.knowledge_base import KnowledgeBase, PlacedItem
from knowledge.text import vn_date
from papers.pdf.sheets import compiled, sheet_data, sheets_in_stage_order

HOW = [
    "In hai mặt hoặc một mặt đều được; mỗi phiếu nằm trọn một trang.",
    "Đến bước nào rút phiếu của bước đó. Một người nhắc từng mục, người làm xác nhận: số, ngày, tên.",
    "Mục trọng yếu chưa xong thì dừng. Ký dòng cuối, giữ phiếu cùng hồ sơ kỳ họp.",
]
DISCLAIMER = "Không phải văn bản của cơ quan nhà nước; mỗi HĐND điều chỉnh cho hợp với nơi mình."


@dataclass(frozen=True)
class Pack:
    """One print run: what it is called, its sheets in stage order, the items whose times it lists.

    ``others`` are sheets that somebody else holds and that ask something of this role.
    """

    subtitle: str
    sheets: list[str]
    items: list[PlacedItem]
    others: list[str] = field(default_factory=list)


def packs(index: Index) -> dict[str, Pack]:
    """Return the packs by the last part of their file name: a role's slug, b1…b9, toi-thieu."""
    kb = index.kb
    found: dict[str, Pack] = {}
    for role_id, role in kb.roles.items():
        mine = index.sheets_of.get(role_id, [])
        held = [sheet for sheet in mine if index.holds(sheet, role_id)]
        if mine:
            items = [p for step in index.role_guide(role_id).steps for p in step.items]
            others = [sheet for sheet in mine if sheet not in held]
            found[role_id] = Pack(role.title, sheets_in_stage_order(index, held), items, others)
    for stage_id, stage in kb.stages.items():
        items = index.stage_step(stage_id).items
        sheets = sheets_in_stage_order(index, index.sheets_of.get(stage_id, []))
        found[stage_id.lower()] = Pack(f"Bước {stage_id}. {stage.title}", sheets, items)
    least = [sheet.id for sheet in kb.checklists.values() if sheet.minimum]
    items = [p for p in kb.items.values() if p.checklist.id in least]
    title = "Bộ phiếu tối thiểu cho văn phòng ít người"
    found["toi-thieu"] = Pack(title, sheets_in_stage_order(index, least), items)
    return found


def pack_pdf(kb: KnowledgeBase, pack: Pack, site_url: str = "") -> bytes:
    """Set one pack: A4, tagged, greyscale, an even number of pages."""
    return compiled("pack.typ", pack_data(kb, pack, site_url))


def pack_data(kb: KnowledgeBase, pack: Pack, site_url: str = "") -> dict[str, Any]:
    """Return what a pack shows, as text."""
    deadlines = []
    for rule_id in deadlines_of(kb, pack.items):
        instrument, rule, _path = kb.rules[rule_id]
        shown = show(instrument, rule)
        deadlines.append({"text": shown.text, "label": shown.place})
    return {
        "title": "Bộ in trước kỳ họp",
        "subtitle": pack.subtitle,
        "edition": f"{kb.edition.name}, bản {vn_date(kb.edition.date)}",
        "disclaimer": DISCLAIMER,
        "how": HOW,
        "others": ", ".join(pack.others),
        "deadlines": deadlines,
        "doubt": DOUBT_LEGEND if any(DOUBT in one["label"] for one in deadlines) else "",
        "sheets": [sheet_data(kb, kb.checklists[sheet], site_url) for sheet in pack.sheets],
    }
