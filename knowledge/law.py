"""How a rule of law may be shown: with no label, with one, as a blank to fill, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from knowledge.records.model import Instrument, Rule, RuleWithLimit
from knowledge.text import vn_date

Manner = Literal["plain", "reported", "historical", "local", "hidden"]

DOUBT = "(*)"
"""The sign of a rule that was not compared with the instrument itself; ``DOUBT_LEGEND`` tells once what it means."""
DOUBT_LEGEND = f"{DOUBT} Người biên soạn đọc ở trang tin hoặc bản chép, chưa đối chiếu văn bản gốc."
UNREAD = "chưa đối chiếu văn bản gốc"
OLD = "quy định cũ"
LOCAL_BLANK = "điền: …………… (Quy chế làm việc của HĐND mình, Điều ……)"
STATES = {
    "in-force": "Đang có hiệu lực",
    "amended": "Đang có hiệu lực, đã được sửa đổi",
    "replaced": "Đã được thay thế",
    "unknown": "Chưa rõ tình trạng",
}
HOW_SURE = {
    "verified": "đã thấy trong văn bản",
    "reported": "theo trang tin của cơ quan nhà nước hoặc báo chí",
    "secondary": "theo nguồn thứ ba",
    "unverified": "chưa kiểm chứng",
}
_DAY_COUNT = re.compile(r"\d+\s*(ngày|giờ|tháng|phút)")
_OF_ANOTHER_TEXT = re.compile(r"(?:Luật|NĐ|NQ|NQLT|TT) \d|[Cc]ác nghị định ")
"""A rule may be kept with the law it serves and stand in another text: that law has no such article."""
_COUNTS_FROM = re.compile(r"\b(trước|trong|sau|chậm nhất)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Shown:
    """A rule ready to show: its sentence, where it stands, and the label ('' when none is due)."""

    manner: Manner
    text: str
    reference: str
    label: str

    @property
    def sign(self) -> str:
        """The sign of doubt, or ''."""
        return DOUBT if self.manner == "reported" else ""

    @property
    def place(self) -> str:
        """Where a rule stands with its label or sign, in one run of text; a blank to fill in names its own place."""
        if self.manner == "local":
            return self.label
        if self.manner == "reported":
            return f"{self.reference} {self.sign}"
        return "; ".join(filter(None, (self.reference, self.label)))


def manner(rule: Rule) -> Manner:
    """Return how a rule may be shown. Only verified and current stands without a label."""
    if rule.validity == "historical":
        return "historical"
    if rule.validity == "local":
        return "local"
    if rule.validity == "current" and rule.status == "verified":
        return "plain"
    if rule.validity == "current" and rule.status == "reported":
        return "reported"
    return "hidden"


def show(instrument: Instrument, rule: Rule) -> Shown:
    """Return a rule's sentence with its reference and label."""
    how = manner(rule)
    now = _reference(instrument, rule.article)
    if how == "plain":
        return Shown(how, rule.text, now, "")
    if how == "reported":
        # Where exactly it was read stands on the instrument's page.
        names = ", ".join(dict.fromkeys(one.name.split(",")[0] for one in rule.source))
        return Shown(how, rule.text, now, f"theo {names}; {UNREAD}")
    if how == "historical":
        check = f"; nay đối chiếu {rule.article}" if rule.article else ""
        return Shown(how, rule.text, rule.was or now, f"{OLD}{check}")
    if how == "local":
        return Shown(how, rule.text, "Quy chế làm việc", given_text(rule) or LOCAL_BLANK)
    return Shown(how, "", now, "chưa kiểm chứng, không nêu như quy định")


def ground(instrument: Instrument, rule: Rule) -> str:
    """Return the words by which a way on names its ground, alone in a link: only law that was read and stands is “Căn cứ”."""
    shown = show(instrument, rule)
    if shown.manner in ("plain", "reported") and instrument.state == "replaced":
        return f"Quy định cũ: {shown.reference}"
    if shown.manner == "plain":
        return f"Căn cứ: {shown.reference}"
    if shown.manner == "reported":
        return f"Theo {shown.reference}; {UNREAD}"
    if shown.manner == "historical":
        return f"Quy định cũ: {shown.reference}{shown.label.removeprefix(OLD)}"
    if shown.manner == "local":
        return f"Quy chế của HĐND mình: {given_text(rule) or 'điều do Quy chế làm việc ghi'}"
    return f"{shown.reference}; {shown.label}"


def given_text(rule: Rule) -> str:
    """Return what an edition's council fixed, with its article: “07 ngày (Quy chế làm việc, Điều 12)”; '' in the base."""
    if not isinstance(rule, RuleWithLimit):
        return ""
    other = f"; kỳ chuyên đề, đột xuất: {rule.given.other}" if rule.given.other else ""
    return f"{rule.given.value}{other} (Quy chế làm việc, {rule.given.article})"


def named(instrument: Instrument, cited: Iterable[Rule], dated: bool = True) -> str:
    """Return an instrument with its date and label, as the rules cited from it allow; '' if none is in force.

    “NĐ 78/2025 (từ 12/4/2025) (*)”: one rule known from a portal is enough for the sign, and so is a date known from
    there. A day that nobody has checked is not stated.
    """
    manners = {manner(rule) for rule in cited} & {"plain", "reported"}
    if not manners:
        return ""
    known = instrument.state_status in ("verified", "reported")
    since = instrument.in_force_from if known else None
    reported = "reported" in manners or (since and instrument.state_status == "reported")
    told = f"{instrument.short} (từ {vn_date(since)})" if since and dated else instrument.short
    return f"{told} {DOUBT}" if reported else told


def _reference(instrument: Instrument, article: str | None) -> str:
    if not article:
        return instrument.short
    named_itself = instrument.short in article or _OF_ANOTHER_TEXT.match(article)
    return article if named_itself else f"{instrument.short}, {article}"


def names_a_period(text: str) -> bool:
    """Tell whether a sentence fixes a period ("15 ngày"), which a local rule must not."""
    return bool(_DAY_COUNT.search(text))


def is_deadline(rule: Rule) -> bool:
    """Tell whether a rule in force fixes by when something is done, or is a blank to fill in."""
    how = manner(rule)
    if how in ("plain", "reported"):
        return names_a_period(rule.text) and bool(_COUNTS_FROM.search(rule.text))
    return how == "local"
