"""The words that every form of a sheet repeats: page, browser print, PDF, Word. Knows no HTML and no paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from knowledge.law import DOUBT, given_text, named
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Checklist, Item, Round, Rule
from knowledge.text import vn_date
from knowledge.trials import TRIAL_VERSION, is_trial_version

ADVICE = "gợi ý biên soạn"
LEGEND = "Ô đậm (trọng yếu): chưa xong thì dừng."
"""What the heavy frame of a box means, told at the head of a sheet."""

VOTES_TITLE = "Bảng biểu quyết"
BRANCHES_TITLE = "Nếu chưa xác nhận được"
EACH_VOTE = "Mỗi nghị quyết một dòng ở mặt sau; xong hết mới tích"
VOTE_FACTS = [
    ("A. Tổng số đại biểu", "Đang làm nhiệm vụ; Thư ký xác nhận"),
    ("B. Số phiếu cần", "A chia 2, bỏ phần lẻ, cộng 1"),
    ("C. Bãi nhiệm đại biểu", "A nhân 2, chia 3, lẻ thì tính lên"),
]
"""What is written over the table of votes, and how it is found."""
VOTE_RULES = ["bieu-quyet.qua-ban", "bieu-quyet.bai-nhiem-dai-bieu", "bieu-quyet.thieu-dai-bieu"]
VOTE_COLUMNS = ["Có mặt", "Tán thành", "Không tán thành", "Không biểu quyết"]
VOTE_RESULTS = ("Thông qua", ["có", "chưa"])
VOTE_NOTE = "Ba số cộng lại bằng số có mặt. Người vắng vẫn nằm trong A. Mức phiếu khác: tra phiếu DM16, ghi số cần của riêng nghị quyết đó."


class Fact(NamedTuple):
    """One piece of the stamp at a sheet's foot; ``strong`` pieces stand out."""

    text: str
    strong: bool = False


def basis_line(kb: KnowledgeBase, checklist: Checklist) -> str:
    """Return the instruments in force that a sheet cites, each with its label; the page of each tells since when."""
    return "; ".join([law_line(kb, checklist), *_own_limits(kb, checklist)])


def law_line(kb: KnowledgeBase, checklist: Checklist) -> str:
    """Return the instruments alone, as every edition names them."""
    return named_instruments(kb, (rule for r in checklist.rounds for item in r.items for rule in item.rules))


def _own_limits(kb: KnowledgeBase, checklist: Checklist) -> list[str]:
    """Return what an edition's council fixed for items of a sheet: “mục 7: 07 ngày (Quy chế làm việc, Điều 12)”."""
    placed = (kb.items[f"{checklist.id}/{item.id}"] for round_ in checklist.rounds for item in round_.items)
    given = ((one.number, given_text(kb.rules[rule][1])) for one in placed for rule in one.item.rules)
    return [f"mục {number}: {text}" for number, text in given if text]


def back_basis_line(kb: KnowledgeBase, checklist: Checklist) -> str:
    """Return the instruments that the back of a sheet rests on."""
    return named_instruments(kb, [*VOTE_RULES, *(rule for branch in checklist.branches for rule in branch.rules)])


def named_instruments(kb: KnowledgeBase, rule_ids: Iterable[str]) -> str:
    """Return the instruments of rules, each with its label; what rests on none is advice."""
    cited: dict[str, list[Rule]] = {}
    for rule_id in rule_ids:
        instrument, rule, _path = kb.rules[rule_id]
        cited.setdefault(instrument.id, []).append(rule)
    instruments = (named(kb.instruments[one], rules, dated=False) for one, rules in cited.items())
    shown = "; ".join(filter(None, instruments))
    doubt = f". {DOUBT} theo trang tin" if DOUBT in shown else ""
    return f"{shown}{doubt}. Còn lại: {ADVICE}" if shown else ADVICE


def stamp(kb: KnowledgeBase, checklist: Checklist) -> list[Fact]:
    """Return what tells one state of a sheet from another; joined by “ · ”."""
    trial = [Fact(TRIAL_VERSION, strong=True)] if is_trial_version(checklist) else []
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


def lessons_line(kb: KnowledgeBase, checklist: Checklist) -> str:
    """Return which items rest on which lesson: “HC4c: 2, 7; HC5c: 3, 8, 10–12”."""
    resting: dict[str, list[int]] = {}
    for placed in (kb.items[f"{checklist.id}/{item.id}"] for round_ in checklist.rounds for item in round_.items):
        for code in placed.item.prevents:
            resting.setdefault(code, []).append(placed.number)
    return "; ".join(f"{code}: {spans(numbers)}" for code, numbers in sorted(resting.items()))


def spans(numbers: list[int]) -> str:
    """Return rising numbers with three or more in a row as a span: “3, 8, 10–12”."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = (f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
    return ", ".join(parts)


def has_votes(checklist: Checklist) -> bool:
    """Return whether a sheet has a table of votes on its back."""
    return any(round_.each_vote for round_ in checklist.rounds)


def back_of(kb: KnowledgeBase, checklist: Checklist) -> dict[str, Any] | None:
    """Return what stands on the back: the table of votes, then what to do when an item cannot be confirmed."""
    if not checklist.branches and not has_votes(checklist):
        return None
    placed = [kb.items[f"{checklist.id}/{item.id}"] for round_ in checklist.rounds for item in round_.items]
    numbers = {one.item.id: one.number for one in placed}
    columns = [
        {"title": f"{one.number}. {one.item.column.title}", "tick": one.item.column.tick}
        for one in placed
        if one.item.column
    ]
    return {
        "title": VOTES_TITLE if columns else BRANCHES_TITLE,
        "branches-title": BRANCHES_TITLE,
        "columns": columns,
        "facts": VOTE_FACTS,
        "counts": VOTE_COLUMNS,
        "result": VOTE_RESULTS,
        "note": VOTE_NOTE,
        "branches": [
            {"number": numbers[one.item], "unless": one.unless, "steps": " ".join(one.steps)}
            for one in checklist.branches
        ],
        "basis": back_basis_line(kb, checklist),
    }


def usual_who(kb: KnowledgeBase, checklist: Checklist) -> list[tuple[str, str]]:
    """Return who reminds and who confirms in most rounds: told once at the head of a sheet."""
    who = [who_does(kb, round_) for round_ in checklist.rounds]
    return max(who, key=who.count)
