"""The words that every form of a sheet repeats: page, browser print, PDF, Word. Knows no HTML and no paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from knowledge.law import DOUBT, named
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Checklist, Item, Round, Rule
from knowledge.text import vn_date

ADVICE = "gợi ý biên soạn"


class Fact(NamedTuple):
    """One piece of the stamp at a sheet's foot; ``strong`` pieces stand out."""

    text: str
    strong: bool = False


def basis_line(kb: KnowledgeBase, checklist: Checklist) -> str:
    """Return the instruments in force that a sheet cites, each with its date and label."""
    cited: dict[str, list[Rule]] = {}
    for rule_id in (rule for r in checklist.rounds for item in r.items for rule in item.rules):
        instrument, rule, _path = kb.rules[rule_id]
        cited.setdefault(instrument.id, []).append(rule)
    instruments = (named(kb.instruments[one], rules) for one, rules in cited.items())
    shown = "; ".join(filter(None, instruments))
    doubt = f". {DOUBT} theo trang tin" if DOUBT in shown else ""
    return f"{shown}{doubt}. Còn lại: {ADVICE}" if shown else ADVICE


def stamp(kb: KnowledgeBase, checklist: Checklist) -> list[Fact]:
    """Return what tells one state of a sheet from another; joined by “ · ”."""
    trial = [] if checklist.trialled else [Fact("Bản dùng thử", strong=True)]
    return [
        Fact(checklist.id, strong=True),
        Fact(f"phiên bản {checklist.version}"),
        Fact(f"sửa {vn_date(checklist.revised)}"),
        *trial,
        Fact(kb.edition.name),
    ]


def who_does(kb: KnowledgeBase, round_: Round) -> list[tuple[str, str]]:
    """Return (what they do, short names): who reminds item by item, who confirms; one alone reviews alone."""
    if round_.answers == [round_.reads]:
        return [("Tự rà soát", names(kb, round_.answers))]
    return [("Nhắc", names(kb, [round_.reads])), ("Xác nhận", names(kb, round_.answers))]


def names(kb: KnowledgeBase, role_ids: Iterable[str]) -> str:
    """Return roles by their short names: “Văn phòng, Ban HĐND”."""
    return ", ".join(kb.roles[role_id].short for role_id in role_ids)


def codes(item: Item) -> list[str]:
    """Return the lessons named behind an item: the fault it stops says most, what it applies less."""
    return item.prevents or item.applies
