"""What was published and stands elsewhere now, or was withdrawn: the types of ``moved.yml``.

The commands ``make rename`` and ``make withdraw`` write the file; how its entries are followed is in ``knowledge/moves.py``.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from knowledge.kinds import INNER_KINDS, KINDS
from knowledge.records.fields import Day, Strict, Text, Title, fault

FILE = "moved.yml"
PAGES = "pages"
"""The kind, in ``moved.yml`` alone, of pages that are no records: their ID is the path below ``docs/``."""
STEPS, STATEMENTS = "steps", "statements"
"""Steps of a path and statements of a self-review: no records, but devices keep what was done with them."""
PLACES = "places"
"""Places of a page that are no record's own, as the ledger names them: ``vai-tro/thu-ky.md#b7``. They are only withdrawn."""
MOVED_KINDS = (*KINDS, *INNER_KINDS, STEPS, STATEMENTS, PAGES, PLACES)


def _known_kind(kind: str) -> str:
    if kind not in MOVED_KINDS:
        raise fault("wrong-value", f"không có loại “{kind}”", f"chọn: {', '.join(MOVED_KINDS)}")
    return kind


MovedKind = Annotated[str, AfterValidator(_known_kind)]
_KIND = "Loại, ví dụ checklists, items, pages"
_ID = "Mã đã công bố, ví dụ DM04/ten-du-y; trang thường thì ghi đường dẫn dưới docs/"


class Move(Strict):
    """One ID that was changed. Items, parts, steps and statements stay in what holds them."""

    kind: MovedKind = Field(description=_KIND)
    old: Text = Field(description=_ID)
    new: Text = Field(description="Mã mới, cùng loại, chưa từng dùng")
    date: Day = Field(description="Ngày đổi")


class Withdrawal(Strict):
    """One ID that is gone; ``instead`` is an ID, or the path of a page, that readers are led to."""

    kind: MovedKind = Field(description=_KIND)
    id: Text = Field(description=_ID)
    title: Title = Field(description="Tên khi rút, để người đọc nhận ra")
    date: Day = Field(description="Ngày rút")
    reason: Text = Field(description="Vì sao rút, một câu")
    instead: Text | None = Field(None, description="Mã hoặc trang dùng thay, nếu có")


class Moves(Strict):
    """``moved.yml``: everything published that was renamed or withdrawn."""

    moved: list[Move] = Field(default_factory=list, description="Mã, trang đã đổi")
    withdrawn: list[Withdrawal] = Field(default_factory=list, description="Mã, trang đã rút")
