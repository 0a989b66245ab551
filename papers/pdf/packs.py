"""Print packs: all sheets of a role, of a stage, or of the minimum set, behind a cover that is their calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from knowledge.deadline_text import is_binding, limit_text
from knowledge.index import Index
from knowledge.records.deadlines import NAMED_DAYS, REGULAR, Deadline
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import vn_date
from papers.cache import Keep, anew
from papers.pdf.sheets import compiled, set_stamps, shared, sheet_data, sheet_stamps, sheets_in_stage_order
from papers.pdf.stamps import EDITION, Slot, Stamp, slots, stamped
from papers.sheet_geometry import PAGE, geometry

HOW = [
    "In hai mặt, lật theo cạnh dài. Mỗi phiếu một trang; phiếu có mặt sau nằm trên cùng một tờ.",
    "Đến bước nào rút phiếu của bước đó. Một người nhắc từng mục, người làm xác nhận: số, ngày, tên.",
    "Mục trọng yếu chưa xong thì dừng. Ký dòng cuối, giữ phiếu cùng hồ sơ kỳ họp.",
]
DISCLAIMER = "Không phải văn bản của cơ quan nhà nước; mỗi HĐND điều chỉnh cho hợp với nơi mình."


@dataclass(frozen=True)
class Pack:
    """One print run: what it is called, its sheets in stage order, the deadlines of its calendar in their order.

    ``others`` are sheets that somebody else holds and that ask something of this role.
    """

    subtitle: str
    sheets: list[str]
    deadlines: list[Deadline]
    others: list[str] = field(default_factory=list)


def packs(index: Index) -> dict[str, Pack]:
    """Return the packs by the last part of their file name: a role's slug, b1…b9, toi-thieu."""
    kb = index.kb
    found: dict[str, Pack] = {}
    for role_id, role in kb.roles.items():
        mine = index.sheets_of.get(role_id, [])
        held = [sheet for sheet in mine if index.holds(sheet, role_id)]
        if mine:
            others = [sheet for sheet in mine if sheet not in held]
            found[role_id] = Pack(role.title, sheets_in_stage_order(index, held), _of_role(kb, role_id, held), others)
    for stage_id, stage in kb.stages.items():
        sheets = sheets_in_stage_order(index, index.sheets_of.get(stage_id, []))
        found[stage_id.lower()] = Pack(
            f"Bước {stage_id}. {stage.title}", sheets, [one for one in _regular(kb) if one.stage == stage_id]
        )
    least = [sheet.id for sheet in kb.checklists.values() if sheet.minimum]
    asked = [one for one in _regular(kb) if set(one.sheets) & set(least)]
    title = "Bộ phiếu tối thiểu cho văn phòng ít người"
    found["toi-thieu"] = Pack(title, sheets_in_stage_order(index, least), asked)
    return found


YEARLY = (*NAMED_DAYS, "nam", "thang")
"""Days that no sitting decides: they stand on the board, not on the calendar of a sitting."""


def _regular(kb: KnowledgeBase) -> list[Deadline]:
    """Return the deadlines that hang on the days of a regular sitting, in their order."""
    return [
        one
        for one in kb.deadlines.values()
        if one.anchor not in YEARLY and (not one.when or set(REGULAR) & set(one.when))
    ]


def _of_role(kb: KnowledgeBase, role_id: str, sheets: list[str]) -> list[Deadline]:
    """Return what a role does by a day, and what it reminds others of with a sheet that it holds."""
    return [
        one
        for one in _regular(kb)
        if role_id in one.roles or (role_id in one.reminds and set(one.sheets) & set(sheets))
    ]


def _rank(kb: KnowledgeBase, pack: Pack, one: Deadline) -> int:
    """Return what goes first where a page has no room for all: the highest number."""
    dated = one.side is not None and one.anchor in ("khai-mac", "be-mac")
    asked = bool(set(one.sheets) & set(pack.sheets))
    own = is_binding(kb, one) or one.local is not None
    return 4 * (not dated) + 2 * (not asked) + (one.only_if is not None) + (not own)


def pack_pdf(data: dict[str, Any], keep: Keep = anew) -> bytes:
    """Set one pack: A4, tagged, greyscale, an even number of pages; what editions share is kept."""
    line = f"{data['edition']}. {data['disclaimer']}"
    cover = Stamp({"kind": "line", "text": line}, line, PAGE["width"] - 2 * PAGE["side"])
    # What councils fix for themselves differs between editions; the rest of the calendar does not.
    local = [
        Stamp({"kind": "line", "text": one["limit"]}, one["limit"], LIMIT_WIDTH - 2 * LIMIT_INSET)
        for one in data["deadlines"]
        if one["local"]
    ]
    own = [sheet_stamps(sheet) for sheet in data["sheets"]]
    stamps = [cover, *local, *(one for each in own for one in each)]
    stamps_pdf = set_stamps(stamps)
    left = iter([place._asdict() for place in slots(stamps_pdf)])
    first = next(left)
    deadlines = [{**one, "limit": "", "slot": next(left)} if one["local"] else one for one in data["deadlines"]]
    sheets = [
        shared(sheet, [Slot(**next(left)) for _stamp in each]) for sheet, each in zip(data["sheets"], own, strict=True)
    ]
    common = {name: value for name, value in data.items() if name not in ("edition", "disclaimer")}
    common |= {"deadlines": deadlines, "sheets": sheets, "made-by": EDITION, "slots": [first]}
    common |= {"limit-width": LIMIT_WIDTH, "limit-inset": LIMIT_INSET}
    return stamped(keep(compiled, "pack.typ", common), stamps_pdf, stamps, data["edition"])


LIMIT_WIDTH, LIMIT_INSET = 58.0, 1.4
"""Millimetres: the first column of the calendar, and what a cell keeps free at its sides."""


def pack_data(kb: KnowledgeBase, pack: Pack, site_url: str = "") -> dict[str, Any]:
    """Return what a pack shows, as text."""
    sheets = [sheet_data(kb, kb.checklists[sheet], site_url) for sheet in pack.sheets]
    return {
        "title": "Bộ in trước kỳ họp",
        "subtitle": pack.subtitle,
        "edition": f"{kb.edition.name}, bản {vn_date(kb.edition.date)}",
        "disclaimer": DISCLAIMER,
        "how": HOW,
        "others": ", ".join(pack.others),
        "geometry": geometry(),
        "deadlines": [
            {
                "limit": limit_text(one) + ("" if is_binding(kb, one) else " *"),
                "local": one.local is not None,
                "does": one.does,
                "sheets": [sheet for sheet in one.sheets if sheet in pack.sheets],
                "rank": _rank(kb, pack, one),
            }
            for one in pack.deadlines
        ],
        "sheets": sheets,
        "leaves": _leaves([sheet["back"] is not None for sheet in sheets]),
    }


def _leaves(with_back: list[bool]) -> list[int | None]:
    """Return what follows the cover, page by page: a sheet by its place, None for a page of lines for notes.

    A sheet with a back begins on the front of a leaf, and the pages are an even number.
    """
    leaves: list[int | None] = []
    page = 2
    for place, back in enumerate(with_back):
        if back and page % 2 == 0:
            leaves.append(None)
            page += 1
        leaves.append(place)
        page += 2 if back else 1
    return leaves if page % 2 else [*leaves, None]
