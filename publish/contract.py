"""The data contract: ``kb.json``, the whole knowledge base for other tools, and its JSON Schema.

Top-level keys: ``schema`` (integer, raised when a reader would break), ``edition`` (ISO date) and one
list per kind of record. Each record has its own fields and ``url``, relative to the site root in the
address form of the build it belongs to; items carry their full ID.
"""

from __future__ import annotations

import functools
import json
from typing import Any

from pydantic import Field, create_model

from knowledge.addresses import Form, page_url, record_url
from knowledge.kinds import INNER_KINDS, KINDS, LISTS, InnerKind, Kind
from knowledge.law import Manner, manner
from knowledge.records.fields import Day, Locator, Strict, Text
from knowledge.records.ids import id_pattern
from knowledge.records.knowledge_base import KnowledgeBase, anchor_of, rule_anchor
from knowledge.records.model import (
    Checklist,
    Evidence,
    Finding,
    Instrument,
    Item,
    Part,
    Round,
    Rule,
    Source,
)
from knowledge.recurrence import seen_of
from knowledge.trials import counted, is_trial_version

SCHEMA_VERSION = 2
"""2: ``trialled`` of a checklist is the list of its trials, no longer whether it was tried; ``trial_version`` tells that."""
SCHEMA_ADDRESS = "https://json-schema.org/draft/2020-12/schema"

_URL = Field(description="Address relative to the site root, with fragment for parts and items")


class ParagraphOut(Strict):
    """A paragraph of a source."""

    locator: Locator
    text: Text
    frame: bool
    url: str = _URL


class EvidenceOut(Evidence):
    """Where a source met a fault, with its address."""

    source: str
    url: str = _URL


class SeenOut(Strict):
    """A source that met a part: by evidence of its own, or by what the finding quotes of it."""

    source: str
    year: int | None
    province: str | None
    evidence: str | None


class SourceOut(Source):
    """A source with addresses."""

    paragraphs: list[ParagraphOut]  # type: ignore[assignment]
    evidence: list[EvidenceOut]  # type: ignore[assignment]
    url: str = _URL


class PartOut(Part):
    """A part with its address and the sources that met it, oldest first."""

    seen: list[SeenOut]
    url: str = _URL


class FindingOut(Finding):
    """A finding with addresses."""

    parts: list[PartOut]  # type: ignore[assignment]
    url: str = _URL


# As the sheet's own type has it, so that the two cannot part.
_SHEET_CODE = id_pattern(Checklist)[:-1]


class ItemOut(Item):
    """An item with its full ID and address."""

    id: str = Field(pattern=rf"{_SHEET_CODE}/[a-z0-9]+(-[a-z0-9]+)*$")
    url: str = _URL


class RoundOut(Round):
    """A round of items."""

    items: list[ItemOut]  # type: ignore[assignment]


class ChecklistOut(Checklist):
    """A checklist with addresses."""

    rounds: list[RoundOut]  # type: ignore[assignment]
    trial_version: bool = Field(description="Whether too few people have tried the present version")
    url: str = _URL


class RuleOut(Rule):
    """A rule with its address and how it may be shown."""

    shown_as: Manner
    url: str = _URL


class InstrumentOut(Instrument):
    """An instrument with addresses."""

    rules: list[RuleOut]  # type: ignore[assignment]
    url: str = _URL


JOINED = {"draft_signs": "signs"}
"""Lists that are published at the end of another: readers of the data see one list of signs, told apart by ``where``."""

SHAPED: dict[str, type[Strict]] = {
    "sources": SourceOut,
    "findings": FindingOut,
    "checklists": ChecklistOut,
    "instruments": InstrumentOut,
}
"""Kinds that are published in another shape than they are kept in: their inner records have addresses."""


def _published(kind: Kind | InnerKind) -> type[Strict]:
    """Return the type of a kind's records as published: as they are kept, with their address."""
    if kind.name in SHAPED:
        return SHAPED[kind.name]
    return create_model(f"{kind.model.__name__}Out", __base__=kind.model, url=(str, _URL))


class Head(Strict):
    """The document itself."""

    schema_: int = Field(alias="schema", description="Version of this contract")
    edition: Day


def _contract() -> type[Head]:
    lists: dict[str, Any] = {kind.name: (list[_published(kind)], ...) for kind in KINDS.values()}  # type: ignore[misc]
    lists |= {kind.name: (list[_published(kind)], ...) for kind in LISTS.values() if kind.name not in JOINED}  # type: ignore[misc]
    for name, other in JOINED.items():
        lists[other] = (list[_published(INNER_KINDS[other]) | _published(INNER_KINDS[name])], ...)  # type: ignore[misc]
    lists["evidence"] = (list[EvidenceOut], ...)
    return create_model("Contract", __base__=Head, __doc__=Head.__doc__, **lists)


Contract = _contract()


def contract(kb: KnowledgeBase, form: Form) -> Head:
    """Return the knowledge base as a typed document, addresses in the given form."""
    plain = {
        name: [_located(kb, record, form) for record in records.values()]
        for name, records in kb.records.items()
        if name not in SHAPED
    }
    return Contract.model_validate(
        {
            "schema": SCHEMA_VERSION,
            "edition": kb.edition.date,
            "sources": [_source(kb, source, form) for source in kb.sources.values()],
            "evidence": [_evidence(kb, one, form) for one in kb.evidence],
            "findings": [_finding(kb, finding, form) for finding in kb.findings.values()],
            "checklists": [_checklist(kb, sheet, form) for sheet in kb.checklists.values()],
            "instruments": [_instrument(kb, one, form) for one in kb.instruments.values()],
            **_lists(kb, form),
            **plain,
        }
    )


def contract_text(kb: KnowledgeBase, form: Form) -> str:
    """Return ``kb.json``: UTF-8 text, the same bytes for the same records."""
    data = contract(kb, form).model_dump(mode="json", by_alias=True)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


@functools.cache
def contract_schema_text() -> str:
    """Return ``kb.schema.json``."""
    schema = Contract.model_json_schema(by_alias=True, mode="serialization")
    return json.dumps({"$schema": SCHEMA_ADDRESS, **schema}, ensure_ascii=False, indent=1) + "\n"


def _located(kb: KnowledgeBase, record: Any, form: Form) -> dict[str, Any]:
    return {**record.model_dump(), "url": record_url(kb, record.id, form)}


def _lists(kb: KnowledgeBase, form: Form) -> dict[str, list[dict[str, Any]]]:
    found = {kind.name: _listed(kb, kind, form) for kind in LISTS.values()}
    for name, other in JOINED.items():
        found[other] = [*found[other], *found.pop(name)]
    return found


def _listed(kb: KnowledgeBase, kind: InnerKind, form: Form) -> list[dict[str, Any]]:
    page = page_url(kind.page, form)
    return [{**record.model_dump(), "url": f"{page}#{record_id}"} for record_id, record in kb.of(kind.name).items()]


def _source(kb: KnowledgeBase, source: Source, form: Form) -> dict[str, Any]:
    data = _located(kb, source, form)
    data["paragraphs"] = [
        {
            "locator": paragraph.locator,
            "text": paragraph.text,
            "frame": paragraph.frame,
            "url": f"{data['url']}#{anchor_of(paragraph.locator)}",
        }
        for paragraph in source.paragraphs
    ]
    data["evidence"] = [_evidence(kb, one.id, form) for one in source.evidence]
    return data


def _seen(kb: KnowledgeBase, part_id: str) -> list[dict[str, Any]]:
    return [
        {
            "source": one.source.id,
            "year": one.source.year,
            "province": one.source.province,
            "evidence": one.evidence and one.evidence.id,
        }
        for one in seen_of(kb, part_id)
    ]


def _evidence(kb: KnowledgeBase, evidence_id: str, form: Form) -> dict[str, Any]:
    placed = kb.evidence[evidence_id]
    return {**_located(kb, placed.evidence, form), "source": placed.source.id}


def _finding(kb: KnowledgeBase, finding: Finding, form: Form) -> dict[str, Any]:
    data = _located(kb, finding, form)
    data["parts"] = [{**_located(kb, part, form), "seen": _seen(kb, part.id)} for part in finding.parts]
    return data


def _checklist(kb: KnowledgeBase, checklist: Checklist, form: Form) -> dict[str, Any]:
    trialled = [trial.model_dump() for trial in counted(checklist)]
    data = _located(kb, checklist, form) | {"trialled": trialled, "trial_version": is_trial_version(checklist)}
    for round_ in data["rounds"]:
        for item in round_["items"]:
            item["id"] = f"{checklist.id}/{item['id']}"
            item["url"] = record_url(kb, item["id"], form)
    return data


def _instrument(kb: KnowledgeBase, instrument: Instrument, form: Form) -> dict[str, Any]:
    data = _located(kb, instrument, form)
    data["rules"] = [
        {
            **rule.model_dump(),
            "shown_as": manner(rule),
            "url": f"{data['url']}#{rule_anchor(rule.id)}",
        }
        for rule in instrument.rules
    ]
    return data
