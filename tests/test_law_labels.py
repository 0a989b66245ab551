"""Which rule may stand as law: all sixteen pairs of status and validity."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from macros.knowledge import KnowledgeBase
from macros.law import manner, names_a_period, show
from macros.model import Instrument, Rule

STATUSES = ["verified", "reported", "secondary", "unverified"]
VALIDITIES = ["current", "historical", "local", "unknown"]
EXPECTED = {
    ("verified", "current"): "plain",
    ("reported", "current"): "reported",
    **{(status, "historical"): "historical" for status in STATUSES},
    **{(status, "local"): "local" for status in STATUSES},
}


def rule(status: str, validity: str) -> Rule:
    return Rule.model_validate(
        {
            "id": "a.b",
            "text": "Câu luật.",
            "article": "Điều 1",
            "was": "Luật cũ Điều 2",
            "status": status,
            "validity": validity,
            "source": [{"name": "trang tin"}],
            "checked_on": date(2026, 11, 23),
        }
    )


LAW = Instrument.model_validate(
    {"id": "luat", "title": "Luật", "number": "1", "short": "Luật 1", "state": "in-force",
     "state_status": "verified"}
)  # fmt: skip


@pytest.mark.parametrize(("status", "validity"), list(product(STATUSES, VALIDITIES)))
def test_only_verified_and_current_stands_without_a_label(status: str, validity: str) -> None:
    one = rule(status, validity)
    expected = EXPECTED.get((status, validity), "hidden")
    shown = show(LAW, one)
    assert manner(one) == shown.manner == expected
    assert (shown.label == "") == (expected == "plain")
    if expected == "hidden":
        assert shown.text == "", "what is not known is not shown as law"
    if expected == "reported":
        assert "trang tin" in shown.label
    if expected == "historical":
        assert shown.reference == "Luật cũ Điều 2" and "quy định cũ" in shown.label
    if expected == "local":
        assert "…" in shown.label and not names_a_period(shown.label)


def test_the_rules_that_are_cited_are_showable(kb: KnowledgeBase) -> None:
    cited = {r for p in kb.items.values() for r in p.item.rules}
    assert len(cited) >= 10
    assert {manner(kb.rules[r][1]) for r in cited} == {"plain", "reported", "historical", "local"}
