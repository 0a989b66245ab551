"""No page is a dead end: every record leads on, somewhere else, for a reason that fits."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from knowledge.index import Index
from knowledge.next_steps import MOST, next_steps
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Evidence, Exercise, Instrument, Milestone, SelfReview
from macros.renderer import Renderer
from tests.conftest import Project

GIVEN = (Exercise, Milestone, SelfReview)
"""Their pages say themselves where to go next."""


@pytest.fixture(scope="module")
def index(kb: KnowledgeBase) -> Index:
    return Index(kb)


def test_every_record_leads_on_to_others(index: Index, kb: KnowledgeBase) -> None:
    led = 0
    for record_id in kb.origins:
        record = kb.get(record_id)
        steps = next_steps(index, record_id)
        # A law that no sheet cites has nothing to compute: its page names the next steps.
        assert steps or isinstance(record, (*GIVEN, Instrument)), record_id
        targets = [target for _why, target in steps]
        assert len(steps) <= MOST and len(set(targets)) == len(targets), record_id
        assert record_id not in targets, "a page that leads to itself leads nowhere"
        for why, target in steps:
            assert kb.get(target) is not None and why == why.strip() and why, (record_id, target)
        led += bool(steps)
    assert led > 80


def test_a_source_leads_to_what_it_met_first(index: Index, kb: KnowledgeBase) -> None:
    """Not every source to the findings of the first."""
    for source in kb.sources.values():
        met = [kb.parts[one.part].finding.id for one in source.evidence]
        quoting = [one.id for one in kb.findings.values() if any(quote.source == source.id for quote in one.quotes)]
        told = [target for _why, target in next_steps(index, source.id)]
        assert told == [*dict.fromkeys([*met, *quoting, *kb.findings])][:MOST], source.id
    assert next_steps(index, "bac-kan-2014")[0][1] != next(iter(kb.findings))
    # What it met stands before what quotes it.
    quoted = next(one.quotes[0].source for one in kb.findings.values())
    part, placed = list(kb.parts.items())[-1]
    met_last = kb.sources[quoted].model_copy(update={"evidence": [Evidence(id="BC-x-1", part=part, told="Đã gặp.")]})
    other = replace(kb, records={**kb.records, "sources": {**kb.sources, quoted: met_last}})
    assert next_steps(Index(other), quoted)[0][1] == placed.finding.id != next(iter(kb.findings))


def test_a_stage_leads_to_its_sheets_and_the_stage_after(index: Index, kb: KnowledgeBase) -> None:
    stages = list(kb.stages)
    for stage, after in zip(stages, [*stages[1:], stages[0]], strict=True):
        *sheets, (why, last) = next_steps(index, stage)
        assert (why, last) == ("Kỳ họp sau" if after == stages[0] else "Bước sau", after)
        assert {target for _why, target in sheets} <= set(index.sheets_of[stage]) and sheets


def test_a_sheet_leads_to_a_later_sheet_of_the_same_people(index: Index, kb: KnowledgeBase) -> None:
    def doers(sheet: str) -> set[str]:
        return {role for round_ in kb.checklists[sheet].rounds for role in round_.answers}

    def first_stage(sheet: str) -> int:
        stage = kb.checklists[sheet].rounds[0].stage
        return list(kb.stages).index(stage) if stage else len(kb.stages)

    later = [
        (sheet, target)
        for sheet in kb.checklists
        for why, target in next_steps(index, sheet)
        if why == "Phiếu sau của cùng người"
    ]
    assert len(later) > 15
    for sheet, target in later:
        assert doers(sheet) & doers(target) and first_stage(target) >= first_stage(sheet), sheet


@pytest.mark.parametrize(
    ("record", "steps"),
    [
        ("DM03", [("Phiếu sau của cùng người", "DM04"), ("Bước sau", "B4"), ("Bài học liên quan", "HC1")]),
        ("luat-65-2025", [("Văn bản thay thế", "luat-72-2025")]),
        ("TB183", [("Tránh lỗi", "HC1"), ("Tránh lỗi", "HC2"), ("Tránh lỗi", "HC3")]),
    ],
)
def test_some_steps_word_for_word(index: Index, record: str, steps: list[tuple[str, str]]) -> None:
    assert next_steps(index, record) == steps


@pytest.mark.full
def test_every_page_ends_with_links_to_other_pages(kb: KnowledgeBase) -> None:
    for uri, page in kb.pages.items():
        for call in re.findall(r"\{\{ next_steps\(([^)]*)\)", page.body):
            given = re.findall(r'"([^"]+)"', call)
            block = Renderer(kb, lambda uri=uri: uri, lambda: "directory").next_steps(*given)  # type: ignore[misc]
            links = LexborHTMLParser(block).css(".hd-next a")
            assert links, uri
            assert all(a.attributes["href"] not in ("", "./", "#") for a in links), uri


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        ("docs/ky-hop/b9.md", "id: B9", "idd: B9", "idd"),
        ("checklists/dm01.yml", "stage: B1", "stage: B77", "rounds[2].stage"),
    ],
)
def test_a_stage_that_was_refused_or_is_none_is_told_and_stops_no_check(
    project: Project, file: str, old: str, new: str, field: str
) -> None:
    before, _old, after = project.read(file).rpartition(old)
    project.write(file, f"{before}{new}{after}")
    assert field in {one.field for one in project.check() if one.file == file}
