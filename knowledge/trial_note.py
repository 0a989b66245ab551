"""A filled trial form, or lines of it pasted from a message → a trial of a sheet, or what has to be mended first."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from knowledge.document_text import flat
from knowledge.inbox import Received, plain_lines
from knowledge.records.documents import Table
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Checklist
from knowledge.records.trials import BODIES, Trial
from knowledge.text import fold, folded_space, nearest, vn_date

FORM = "BM52"
TITLE = "phieu dung thu"
"""The form's first line, folded."""
FACTS = {
    "sheet": ("Phiếu rà soát", ("phieu ra soat", "ma phieu", "phieu")),
    "version": ("Phiên bản", ("phien ban",)),
    "day": ("Ngày dùng thử", ("ngay dung thu", "ngay thu", "ngay")),
    "body": ("Nơi thử", ("noi dung thu", "loai noi thu", "noi thu")),
    "people": ("Số người", ("so nguoi",)),
    "minutes": ("Số phút", ("so phut", "thoi gian")),
}
"""What is read as a fact → (how the form calls it, how a line of it begins, folded)."""
SAID = {
    "left_blank": ("Mục để trống", ("muc de trong", "muc bo trong")),
    "unclear": ("Chưa hiểu", ("chua hieu", "chu chua hieu", "cau chua hieu", "cho chua hieu")),
    "wanted": ("Muốn đổi", ("muon doi", "muon sua", "de nghi doi", "de nghi sua")),
}
"""What is kept in the sender's words; the same way."""
_NAMES = {**FACTS, **SAID}
_WITH_COLON = {"phieu", "ngay", "thoi gian"}
"""Beginnings that are common words: labels only where a colon follows at once."""
_NOTHING = {"", "khong", "khong co", "khong co gi", "bo trong", "chua", "chua co", "ko", "k", "0"}
"""Answers that say that there is nothing, folded."""
_FIGURES = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")
_BODY_WORDS = {
    "xã": r"xa|ubnd xa|hdnd xa", "phường": r"phuong", "đặc khu": r"dac khu", "cấp tỉnh": r"tinh|thanh pho",
    "lớp bồi dưỡng": r"lop|boi duong|tap huan", "nơi khác": r"noi khac|khac",
}  # fmt: skip


@dataclass(frozen=True)
class TrialNote:
    """What a filled form says: facts as they were written, and in ``said`` the sentences that are kept word for word."""

    facts: dict[str, str]
    said: Received
    twice: str = ""
    """The label that comes a second time with another answer: two forms in one."""


def read_trial(kb: KnowledgeBase, text: str, today: date) -> TrialNote | None:
    """Return what a filled trial form says, None where a text is none."""
    lines = plain_lines(text, {start for _label, starts in _NAMES.values() for start in starts})
    found = [_labelled(line) for line in lines]
    named = {one[0] for one in found if one}
    titled = any(_is_title(line) for line in lines)
    if not (titled and named) and len(named & {"sheet", "version", "people", "left_blank", "unclear"}) < 3:
        return None
    facts: dict[str, str] = {}
    said: dict[str, list[str]] = {name: [] for name in SAID}
    furniture, at, twice = _furniture(kb), "", ""
    for line, one in zip(lines, found, strict=True):
        if one:
            at, line = one
            if at in FACTS:
                if not _says_nothing(line):
                    twice = twice or (FACTS[at][0] if facts.get(at, line) != line else "")
                    facts.setdefault(at, line)
                continue
        elif fold(line) in furniture or _is_title(line):
            continue
        # What stands under no heading is a wish, so that no word is lost.
        said[at if at in SAID else "wanted"] += _pieces(line)
    sections = tuple((SAID[name][0], tuple(lines)) for name, lines in said.items() if lines)
    received = Received(
        kind="dung-thu", about="dùng thử một phiếu rà soát", day=today.isoformat(), sections=sections, codes=()
    )
    return TrialNote(facts, received, twice)


def _is_title(line: str) -> bool:
    return fold(line).strip(" .:") in (TITLE, f"{FORM.lower()} {TITLE}", f"{TITLE} {FORM.lower()}")


def _furniture(kb: KnowledgeBase) -> set[str]:
    """Return the form's own words besides its labels, folded."""
    template = kb.documents.get(FORM)
    found: set[str] = set()
    for document in template.documents if template else ():
        found |= {fold(document.name), fold(document.subject or "")}
        found |= {fold(": ".join(one.columns)) for one in flat(document.blocks) if isinstance(one, Table)}
    return found


def _labelled(line: str) -> tuple[str, str] | None:
    """Return (field, answer) of a line that begins with a label, numbered or not, with or without its colon."""
    bare = re.sub(r"^\d{1,2}[.)]\s*", "", line)
    small = fold(bare)
    if len(small) != len(bare):
        return None
    for name, (_label, beginnings) in _NAMES.items():
        for beginning in beginnings:
            # The label, at most a few words more, what stands in brackets, the colon.
            more = "" if beginning in _WITH_COLON else r"[^:(\n]{0,30}"
            colon = re.match(rf"{beginning}\b{more}(?:\([^)]*\))?\s*:\s*", small)
            if colon:
                return name, bare[colon.end() :].strip()
            alone = re.match(rf"{beginning}\b\s*(?:\([^)]*\))?\s*", small)
            if alone and beginning not in _WITH_COLON and _answers(name, bare[alone.end() :]):
                return name, bare[alone.end() :].strip()
    return None


def _answers(name: str, rest: str) -> bool:
    """Tell whether what follows a label without a colon can be its answer."""
    if name == "sheet":
        return bool(_codes(rest))
    if name == "body":
        return len(_bodies(rest)) == 1
    return name in SAID or bool(re.match(r"\D{0,12}\d", rest))


def _pieces(line: str) -> list[str]:
    """Return the answers on a line; those that say that there is nothing are none."""
    return [one for piece in line.split(";") if not _says_nothing(one := piece.strip(" .…_-–•"))]


def _says_nothing(answer: str) -> bool:
    return fold(answer).strip(" .…_-–•()/") in _NOTHING


def _codes(text: str) -> list[str]:
    return list(dict.fromkeys(f"DM{int(number):02d}" for number in re.findall(r"\bdm[ .-]?0*(\d{1,3})\b", fold(text))))


def _bodies(text: str) -> list[str]:
    return [body for body, words in _BODY_WORDS.items() if re.search(rf"\b(?:{words})\b", fold(text))]


def _number(text: str) -> int | None:
    """Return the one number that a text holds, in figures or as a word up to ten; None where none or several."""
    figures = {int(one) for one in re.findall(r"\d{1,6}", text)}
    words = {_FIGURES.index(one) + 1 for one in re.findall(r"[a-z]+", fold(text)) if one in _FIGURES}
    found = figures or words
    return found.pop() if len(found) == 1 else None


def _minutes(text: str) -> int | None:
    hours = re.fullmatch(r"\D{0,12}(\d{1,2})\s*(?:h|gio|tieng)\s*(?:(\d{1,2})\s*(?:p|ph|phut)?)?\W*", fold(text))
    if hours:
        return int(hours[1]) * 60 + int(hours[2] or 0)
    return _number(text)


def _day(text: str) -> date | None:
    iso = re.search(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", text)
    local = re.search(r"\b(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\b", text)
    words = re.search(r"\b(\d{1,2}) thang (\d{1,2}) nam (\d{4})\b", fold(text))
    parts = [int(one) for one in iso.groups()] if iso else []
    for found in (local, words):
        parts = parts or ([int(one) for one in reversed(found.groups())] if found else [])
    try:
        return date(*parts) if parts else None
    except ValueError:
        return None


def trial_of(kb: KnowledgeBase, note: TrialNote, today: date) -> tuple[Checklist | None, dict[str, Any], list[str]]:
    """Return (the sheet, the trial as its fields, a line for each fault); the trial is whole only without faults."""
    faults: list[str] = []
    if note.twice:
        faults.append(f"{note.twice}: có hai câu trả lời khác nhau → mỗi lần dùng thử một tệp")
    sheet = _sheet(kb, note.facts.get("sheet", ""), faults)

    def fact(name: str, read: Callable[[str], Any], wanted: str) -> Any:
        text = note.facts.get(name, "")
        value = read(text) if text else None
        if value is None:
            said = f"không đọc được “{_short(text)}”" if text else "chưa ghi"
            faults.append(f"{FACTS[name][0]}: {said} → {wanted}")
        return value

    def one_body(text: str) -> str | None:
        found = _bodies(text)
        return found[0] if len(found) == 1 else None

    version = fact("version", _number, "ghi số ở cuối phiếu đã dùng, ví dụ 4")
    day = fact("day", _day, "ghi đủ ngày/tháng/năm, ví dụ 28/11/2026")
    body = fact("body", one_body, f"ghi một: {', '.join(BODIES)}")
    people = fact("people", _number, "ghi một số, ví dụ 5")
    minutes = None
    if note.facts.get("minutes"):
        minutes = fact("minutes", _minutes, "ghi một số, hoặc bỏ trống")
    if version is not None and sheet and not 1 <= version <= sheet.version:
        faults.append(f"Phiên bản: ghi {version}, {sheet.id} chỉ có phiên bản 1 đến {sheet.version} → ghi lại")
    if day and day > today:
        faults.append(f"Ngày dùng thử: {vn_date(day)} chưa tới → ghi lại ngày")
    if day and sheet and version == sheet.version and day < sheet.revised:
        faults.append(
            f"Ngày dùng thử: {vn_date(day)}, {sheet.id} phiên bản {version} có từ {vn_date(sheet.revised)} → "
            "ghi lại ngày, hoặc phiên bản cũ hơn"
        )
    for name, value, most in (("people", people, 500), ("minutes", minutes, 480)):
        if value is not None and not 1 <= value <= most:
            faults.append(f"{FACTS[name][0]}: ghi {value} → ghi từ 1 đến {most}")
    said = dict(note.said.sections)
    trial = {
        "date": day, "version": version, "body": body, "people": people, "minutes": minutes,
        **{name: list(said.get(label, ())) for name, (label, _beginnings) in SAID.items()},
        "draft": True,
    }  # fmt: skip
    trial = {name: value for name, value in trial.items() if value not in (None, [])}
    if not faults and sheet and _as_trial(trial) in [one.model_copy(update=_UNSEEN) for one in sheet.trialled]:
        faults.append(f"{sheet.id} đã có lần dùng thử này → không thêm lần nữa")
    return sheet, trial, faults


_UNSEEN = {"draft": True, "changed": None}
"""What an editor changes of a trial after it came in."""


def _as_trial(trial: dict[str, Any]) -> Trial:
    return Trial.model_validate(trial)


def _sheet(kb: KnowledgeBase, text: str, faults: list[str]) -> Checklist | None:
    codes = _codes(text)
    if not codes:
        codes = [one.id for one in kb.checklists.values() if fold(one.title) == fold(folded_space(text))]
    if len(codes) == 1 and codes[0] in kb.checklists:
        return kb.checklists[codes[0]]
    if len(codes) > 1:
        faults.append(f"Phiếu rà soát: ghi {len(codes)} mã ({', '.join(codes)}) → mỗi phiếu một tệp")
    elif codes:
        guess = nearest(codes[0], list(kb.checklists))
        faults.append(f"Phiếu rà soát: không có phiếu {codes[0]} → " + (f"có phải {guess}?" if guess else "ghi lại mã"))
    else:
        said = f"không đọc được “{_short(text)}”" if text else "chưa ghi"
        faults.append(f"Phiếu rà soát: {said} → ghi mã ở đầu phiếu, ví dụ DM12")
    return None


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def with_said(note: TrialNote, said: Received) -> TrialNote:
    """Return a note whose sentences were replaced, as by those without names."""
    return replace(note, said=said)
