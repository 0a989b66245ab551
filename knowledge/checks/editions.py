"""Checks of editions: their records keep to an ID space of their own, their colours can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.checks import Check
from knowledge.kinds import KINDS
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.layers import FIRST_OWN

READABLE = 4.5
"""Least contrast of text (WCAG 2.2 AA)."""
_DARK_GROUND = "#1e2329"
"""Nearly the theme's dark ground."""


DRAWN = 12
"""Digits of a code that a device draws: a day, a time, a lot."""


def ids_keep_to_their_space(kb: KnowledgeBase) -> Iterator[Issue]:
    """The base numbers below 900, an edition from there; an edition's slugs begin with its own name.

    Otherwise an update of the base brings a record that an edition already has.
    """
    slug = kb.edition.slug
    for kind in KINDS.values():
        for record_id in kb.records[kind.name]:
            origin = kb.origins[record_id]
            own = origin.file in kb.own_files
            number = re.fullmatch(r"[A-Z]+([0-9]+)", record_id)
            # A code drawn by day, minute and lot (the lesson sheet's) meets no other.
            if number and len(number[1]) >= DRAWN:
                continue
            if number and own != (int(number[1]) >= first_own(record_id)):
                first = re.sub("[0-9]+", str(first_own(record_id)), record_id)
                remedy = f"đặt mã từ {first}" if own else f"mã từ {first} dành cho bản riêng; dùng mã nhỏ hơn"
                yield origin.issue(("id",), "id-space", f"mã {record_id} nằm ngoài phần của bản này", remedy)
            elif own and not number and not record_id.startswith(f"{slug}-"):
                yield origin.issue(
                    ("id",), "id-space", f"mã {record_id} nằm ngoài phần của bản này", f"đặt mã bắt đầu bằng {slug}-"
                )


def first_own(record_id: str) -> int:
    """Return the first number of an edition's own records of a kind. Stages and paths have two digits at most: theirs begin at 90."""
    return FIRST_OWN if not re.match(r"(B|MC)[0-9]", record_id) else FIRST_OWN // 10


def colours_can_be_read(kb: KnowledgeBase) -> Iterator[Issue]:
    """White letters on the edition's colours, and its links on the dark ground, have the contrast that they need."""
    colours = kb.own.colours if kb.own else None
    if not colours or not kb.own_origin:
        return
    for name, value, ground, side in (
        ("main", colours.main, "#ffffff", "đậm"),
        ("dark", colours.dark, "#ffffff", "đậm"),
        ("on_dark", colours.on_dark, _DARK_GROUND, "sáng"),
    ):
        found = contrast(value, ground)
        if found < READABLE:
            yield kb.own_origin.issue(
                ("colours", name), "contrast", f"màu {value} chỉ có độ tương phản {found:.1f}".replace(".", ","),
                f"chọn màu {side} hơn, ít nhất {READABLE}".replace(".", ","),
            )  # fmt: skip


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 computes it, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


EDITION_CHECKS: list[Check] = [ids_keep_to_their_space, colours_can_be_read]
