"""The computed views on a small knowledge base written out here, so that every answer can be told by reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.index import Index, deadlines_of
from knowledge.links import Link, back_links, declared_links, has_kind, ids_of_kinds, is_stated, kind_of
from knowledge.next_steps import next_steps
from knowledge.records.documents import TemplateDocument
from knowledge.records.knowledge_base import KnowledgeBase, Origin, PlacedItem, PlacedPart
from knowledge.records.model import (
    Cause,
    Checklist,
    Edition,
    Finding,
    Instrument,
    Role,
    Solution,
    Stage,
    Strength,
    Template,
)
from knowledge.records.yaml_lines import Parsed

DAY = date(2026, 11, 24)
QUOTES = [{"source": "TB1", "locator": "2.1", "text": "Câu trích."}]
LESSON = {"title": "Tên", "summary": "Tóm tắt.", "quotes": QUOTES}


def item(item_id: str, **more: Any) -> dict[str, Any]:
    return {"id": item_id, "text": "Ghi việc.", "answer": "Số", **more}


def round_(stage: str | None, reads: str, answers: list[str], *items: dict[str, Any]) -> dict[str, Any]:
    return {"title": "Lần", "when": "Lúc", "stage": stage, "reads": reads, "answers": answers, "items": list(items)}


def sheet(sheet_id: str, *rounds: dict[str, Any], **more: Any) -> Checklist:
    stages = list(dict.fromkeys(r["stage"] or "Thường xuyên" for r in rounds))
    given = {
        "id": sheet_id, "title": sheet_id, "goal": "Mục đích.", "kind": "DO-CONFIRM", "version": 1, "revised": DAY,
        "review_by": date(2027, 11, 1), "trialled": [], "roles": ["an", "binh", "chi"], "stages": stages,
        "rounds": list(rounds), **more,
    }  # fmt: skip
    return Checklist.model_validate(given)


def action(who: str, stage: str | None) -> dict[str, Any]:
    return {"who": [who], "does": "Làm việc.", "stage": stage, "when": "Lúc nào", "evidence": "Biên bản"}


def rule(rule_id: str, text: str, validity: str = "current") -> dict[str, Any]:
    return {"id": rule_id, "text": text, "status": "verified", "validity": validity, "checked_on": DAY}


SHEETS = [
    sheet(
        "DM01",
        round_("B2", "binh", ["an"], item("mot", prevents=["HC1a"], applies=["GP1"], forms=["BM01"], rules=["luat.han"]),
               item("hai", prevents=["HC2"], applies=["GP1"], by=["chi"]), item("ba", applies=["GP2"], critical=True)),
        round_("B1", "an", ["binh"], item("bon", prevents=["HC1b", "HC1a"], rules=["luat.cu", "luat.lau", "luat.trong"])),
    ),
    sheet(
        "DM02",
        round_(None, "binh", ["binh"], item("nam", applies=["CT1"], critical=True, forms=["BM01"])),
        round_("B2", "an", ["an"], item("sau", prevents=["HC1"], applies=["GP2"], rules=["luat.han"])),
    ),
    sheet(
        "DM03",
        round_("B1", "an", ["an"], item("bay", prevents=["HC1b"], applies=["GP1"])),
        round_("B1", "an", ["an"], item("tam", applies=["GP3"])),
        minimum=True,
    ),
]  # fmt: skip

FIRST = [
    {"when": "som", "tasks": ["DM01/ba", "DM03/bay", "DM03/tam"], "sheets": ["DM01"]},
    {"when": "ho-so", "tasks": ["DM03/tam", "DM01/mot", "DM02/sau"], "sheets": ["DM03", "DM02"]},
]


@pytest.fixture(scope="module")
def small() -> KnowledgeBase:
    edition = Edition.model_validate({"name": "Thử", "date": DAY, "compiled_by": "Ai đó"})
    kb = KnowledgeBase(Path("."), edition)

    def part(part_id: str) -> dict[str, Any]:
        best = {"HC1a": {"best": "DM01/bon"}}.get(part_id, {})
        quotes = [*QUOTES, {"source": "TB2", "locator": "1", "text": "Câu."}] if part_id == "HC1b" else QUOTES
        return {"id": part_id, "title": part_id, "signs": ["Dấu hiệu."], "quotes": quotes, **best}

    def finding(finding_id: str, causes: list[str], stages: list[str], *parts: str) -> Finding:
        more = {"severity": "cao", "causes": causes, "solutions": ["GP1"], "stages": stages}
        return Finding.model_validate({**LESSON, **more, "id": finding_id, "parts": [part(one) for one in parts]})

    def solution(solution_id: str, *actions: dict[str, Any]) -> Solution:
        return Solution.model_validate({**LESSON, "id": solution_id, "roles": ["an"], "actions": list(actions)})

    def role(role_id: str, order: int) -> Role:
        given = {"id": role_id, "title": role_id, "short": role_id, "mandate": "Việc.", "order": order}
        return Role.model_validate({**given, "first": FIRST if role_id == "an" else []})

    def stage(stage_id: str) -> Stage:
        return Stage.model_validate({"id": stage_id, "title": stage_id, "when": "Lúc", "outcome": "Kết quả"})

    rules = [
        rule("luat.han", "Gửi trước 5 ngày."), rule("luat.cu", "Gửi trước 9 ngày.", "historical"),
        rule("luat.lau", "Phát biểu 7 phút."), rule("luat.trong", "Theo Quy chế.", "local"),
    ]  # fmt: skip
    law = Instrument.model_validate(
        {"id": "luat", "title": "Luật", "number": "1", "short": "Luật 1", "state": "in-force",
         "state_status": "verified", "rules": rules}
    )  # fmt: skip
    records: dict[str, list[Any]] = {
        "findings": [finding("HC1", ["NN1"], ["B1", "B2"], "HC1a", "HC1b"), finding("HC2", ["NN2"], ["B2"])],
        "causes": [
            Cause.model_validate({**LESSON, "id": "NN1", "solutions": ["GP2", "GP1"]}),
            Cause.model_validate({**LESSON, "id": "NN2", "solutions": ["GP1"]}),
        ],
        "solutions": [solution("GP1", action("chi", "B2"), action("an", None)), solution("GP2"), solution("GP3")],
        "strengths": [Strength.model_validate(
            {**LESSON, "id": "CT1", "solutions": ["GP3"], "actions": [action("chi", "B1"), action("chi", "B2")]})],
        "roles": [role("an", 1), role("binh", 2), role("chi", 3)],
        "stages": [stage("B1"), stage("B2")],
        "checklists": SHEETS,
        "templates": [Template.model_validate(
            {"id": "BM01", "title": "Mẫu", "purpose": "Để ghi.", "kind": "internal", "roles": ["an"], "stages": ["B2"]})],
        "instruments": [law],
    }  # fmt: skip
    for name, found in records.items():
        kb.records[name] = {one.id: one for one in found}
        kb.origins |= {one.id: Origin(f"{one.id}.md", Parsed()) for one in found}
    kb.rules = {one.id: (law, one, ("rules", index)) for index, one in enumerate(law.rules)}
    form = {
        "form": "internal",
        "name": "MẪU",
        "grounds": [{"instrument": "luat"}],
        "blocks": [{"kind": "article", "title": "Việc"}],
    }
    kb.documents["BM01"] = TemplateDocument.model_validate({"id": "BM01", "documents": [form]})
    kb.document_origins["BM01"] = Origin("BM01.yml", Parsed())
    for one in kb.findings.values():
        kb.parts |= {p.id: PlacedPart(one, p, ("parts", i)) for i, p in enumerate(one.parts)}
    for one in SHEETS:
        number = 0
        for r, made in enumerate(one.rounds):
            for i, it in enumerate(made.items):
                number += 1
                placed = PlacedItem(one, made, it, number, ("rounds", r, "items", i))
                kb.items[placed.id] = placed
    return kb


@pytest.fixture(scope="module")
def index(small: KnowledgeBase) -> Index:
    return Index(small)


def ids(items: list[PlacedItem]) -> list[str]:
    return [placed.id for placed in items]


@pytest.mark.parametrize(
    ("lesson", "items"),
    [
        # A finding: what prevents it or a part of it, in the order of the sheets, each once.
        ("HC1", ["DM01/mot", "DM01/bon", "DM02/sau", "DM03/bay"]),
        ("HC1a", ["DM01/mot", "DM01/bon"]),
        ("HC1b", ["DM01/bon", "DM03/bay"]),
        ("GP1", ["DM01/mot", "DM01/hai", "DM03/bay"]),
        # A strength: what applies it or one of its solutions.
        ("CT1", ["DM02/nam", "DM03/tam"]),
        # A cause: what applies a solution of it and prevents a fault that it causes. DM01/hai applies GP1 against
        # a fault of another cause, DM01/ba applies GP2 against none.
        ("NN1", ["DM01/mot", "DM02/sau", "DM03/bay"]),
        ("NN2", ["DM01/hai"]),
        ("NN9", []),
    ],
)
def test_items_against_a_lesson(index: Index, lesson: str, items: list[str]) -> None:
    assert ids(index.items_against(lesson)) == items


@pytest.mark.parametrize(
    ("sheet_id", "role", "held"),
    [
        ("DM01", "an", True), ("DM01", "binh", True),
        # Who only does an item of somebody else's round has no use for the sheet.
        ("DM01", "chi", False), ("DM02", "an", True), ("DM02", "binh", True), ("DM03", "binh", False),
    ],
)  # fmt: skip
def test_who_reads_or_answers_holds_the_sheet(index: Index, sheet_id: str, role: str, held: bool) -> None:
    assert index.holds(sheet_id, role) is held


def test_who_reads_every_round_and_answers_none_holds_the_sheet(small: KnowledgeBase) -> None:
    read_out = sheet("DM04", round_("B1", "chi", ["an"], item("mot")), round_("B2", "chi", ["an"], item("hai")))
    index = Index(small)
    index.kb = replace(small, records={**small.records, "checklists": {"DM04": read_out}})
    assert [role for role in ("an", "binh", "chi") if index.holds("DM04", role)] == ["an", "chi"]


def test_a_guide_goes_through_the_stages_and_then_what_belongs_to_none(index: Index) -> None:
    def told(role: str) -> list[tuple[str | None, list[tuple[str, int, list[str], bool]], list[str]]]:
        return [
            (
                step.stage.id if step.stage else None,
                [(task.checklist.id, task.number, ids(task.items), task.reads) for task in step.tasks],
                [action.lesson for action in step.actions],
            )
            for step in index.role_guide(role).steps
        ]

    assert told("an") == [
        ("B1", [("DM01", 2, [], True), ("DM03", 1, ["DM03/bay"], True), ("DM03", 2, ["DM03/tam"], True)], []),
        ("B2", [("DM01", 1, ["DM01/mot", "DM01/ba"], False), ("DM02", 2, ["DM02/sau"], True)], []),
        (None, [], ["GP1"]),
    ]
    assert told("binh") == [
        ("B1", [("DM01", 2, ["DM01/bon"], False)], []),
        ("B2", [("DM01", 1, [], True)], []),
        (None, [("DM02", 1, ["DM02/nam"], True)], []),
    ]
    assert told("chi") == [("B1", [], ["CT1"]), ("B2", [("DM01", 1, ["DM01/hai"], False)], ["GP1", "CT1"])]


@pytest.mark.parametrize(
    ("role", "first_actions"),
    [("an", [(None, "GP1")]), ("binh", []), ("chi", [("B1", "CT1"), ("B2", "GP1"), ("B2", "CT1")])],
)
def test_three_actions_first(index: Index, role: str, first_actions: list[tuple[str | None, str]]) -> None:
    guide = index.role_guide(role)
    assert guide.role.id == role
    assert [(stage.id if stage else None, one.lesson) for stage, one in guide.first_actions] == first_actions


def test_what_an_editor_puts_first_comes_in_that_order(index: Index) -> None:
    early, usual = index.role_guide("an").first
    assert (early.when, early.label, early.until) == ("som", "Còn hơn 15 ngày", 16)
    assert (usual.when, usual.label, usual.until) == ("ho-so", "Còn 15 đến 6 ngày", 6)
    assert ids(early.items) == ["DM01/ba", "DM03/bay", "DM03/tam"] and early.sheets == ["DM01"]
    assert ids(usual.items) == ["DM03/tam", "DM01/mot", "DM02/sau"] and usual.sheets == ["DM03", "DM02"]
    assert index.role_guide("binh").first == []
    assert index.sheets_of_role("an") == ["DM03", "DM02", "DM01"], "those of the usual time, then the others"
    assert index.sheets_of_role("binh") == index.sheets_of["binh"] == ["DM01", "DM02", "DM03"]


def test_the_item_to_open_first_leads(index: Index) -> None:
    assert ids(index.items_against("HC1a")) == ["DM01/mot", "DM01/bon"]
    assert ids(index.best_first("HC1a")) == ["DM01/bon", "DM01/mot"]
    assert ids(index.best_first("HC1b")) == ids(index.items_against("HC1b"))
    assert ids(index.best_first("HC2")) == ["DM01/hai"]


def test_a_round_tells_who_does_it_and_with_which_forms(index: Index) -> None:
    reading, doing = index.by_role["binh"][0], index.by_role["an"][0]
    assert reading.only_reads and not doing.only_reads
    assert index.by_stage["B2"][0].doers == ["an", "chi"] and index.by_stage["B2"][0].forms == ["BM01"]


def test_a_stage_has_the_rounds_faults_and_forms_that_lie_at_it(index: Index) -> None:
    step = index.stage_step("B2")
    assert [(task.checklist.id, task.number, task.reads) for task in step.tasks] == [
        ("DM01", 1, False),
        ("DM02", 2, False),
    ]
    assert ids(step.items) == ["DM01/mot", "DM01/hai", "DM01/ba", "DM02/sau"]
    assert step.parts == ["HC1a", "HC2", "HC1"] and step.forms == ["BM01"]
    assert index.stage_step("B1").parts == ["HC1b", "HC1a"]
    assert {stage: [one.id for one in found] for stage, found in index.findings_at.items()} == {
        "B1": ["HC1"], "B2": ["HC1", "HC2"],
    }  # fmt: skip
    assert index.forms_at == {"B2": ["BM01"]}


def test_sheets_are_found_by_stage_form_and_rule_and_come_in_the_order_of_work(index: Index) -> None:
    assert index.sheets_with == {
        "BM01": ["DM01", "DM02"], "luat.han": ["DM01", "DM02"],
        "luat.cu": ["DM01"], "luat.lau": ["DM01"], "luat.trong": ["DM01"],
    }  # fmt: skip
    # By the stage of the first round; what belongs to no stage comes last.
    assert index.sheets_in_order == ["DM03", "DM01", "DM02"]
    assert index.place_of_sheet == {"DM03": 0, "DM01": 1, "DM02": 2}


def test_deadlines_are_what_fixes_a_time_now_or_is_left_to_fill_in(small: KnowledgeBase) -> None:
    items = [small.items[one] for one in ("DM01/mot", "DM01/bon", "DM02/sau")]
    assert deadlines_of(small, items) == ["luat.han", "luat.trong"]


def test_the_limits_of_a_stage_are_those_by_which_its_own_work_ends(kb: KnowledgeBase) -> None:
    found = Index(kb).limits_of("B3")
    assert "han-ho-so-tham-tra" in found
    assert {kb.deadlines[one].stage for one in found} == {"B3"}


@pytest.mark.parametrize(
    ("record", "steps"),
    [
        ("B1", ["Mở phiếu DM01", "Mở phiếu DM03", "Bước sau B2"]),
        ("B2", ["Mở phiếu DM01", "Mở phiếu DM02", "Kỳ họp sau B1"]),
        ("DM01", ["Phiếu sau của cùng người DM02", "Bước sau B2", "Bài học liên quan HC1"]),
        ("DM02", ["Bước sau B1", "Bài học liên quan HC1"]),
        ("DM03", ["Phiếu sau của cùng người DM01", "Bước sau B2", "Bài học liên quan HC1"]),
        # The smallest set of sheets first; a round that is only read is no work of one's own.
        ("an", ["Mở phiếu DM03", "Mở phiếu DM02", "Bắt đầu từ bước B1"]),
        ("binh", ["Mở phiếu DM01", "Mở phiếu DM02", "Bắt đầu từ bước B1"]),
        ("chi", ["Mở phiếu DM01", "Mở phiếu DM02", "Bắt đầu từ bước B1"]),
        # The sheet with the most items against it first.
        ("HC1", ["Mở phiếu DM01", "Mở phiếu DM02", "Làm theo giải pháp GP1"]),
        ("HC2", ["Mở phiếu DM01", "Làm theo giải pháp GP1"]),
        ("NN1", ["Mở phiếu DM01", "Mở phiếu DM02", "Làm theo giải pháp GP2"]),
        ("GP1", ["Mở phiếu DM01", "Mở phiếu DM03", "Xem việc của vai trò an"]),
        ("GP3", ["Mở phiếu DM03", "Xem việc của vai trò an"]),
        ("CT1", ["Mở phiếu DM02", "Mở phiếu DM03", "Làm theo giải pháp GP3"]),
        ("BM01", ["Rà soát bằng phiếu DM01", "Rà soát bằng phiếu DM02", "Dùng ở bước B2"]),
        ("luat", ["Dùng trong phiếu DM01", "Dùng trong phiếu DM02"]),
        ("khong-co", []),
    ],
)
def test_where_a_reader_goes_next(index: Index, record: str, steps: list[str]) -> None:
    assert [f"{why} {target}" for why, target in next_steps(index, record)] == steps


def test_a_law_leads_to_the_one_that_replaced_it_first(small: KnowledgeBase) -> None:
    law = small.instruments["luat"].model_copy(update={"replaced_by": "luat-moi"})
    kb = replace(small, records={**small.records, "instruments": {"luat": law}})
    assert next_steps(Index(kb), "luat")[0] == ("Văn bản thay thế", "luat-moi")


@pytest.mark.parametrize(
    ("target", "owners"),
    [
        ("HC1a", {"items": ["DM01/mot", "DM01/bon"]}),
        ("GP1", {"findings": ["HC1", "HC2"], "causes": ["NN1", "NN2"], "items": ["DM01/mot", "DM01/hai", "DM03/bay"]}),
        ("B2", {"findings": ["HC1", "HC2"], "checklists": ["DM01", "DM02"], "templates": ["BM01"],
                "strengths": ["CT1"], "solutions": ["GP1"]}),
        ("chi", {"checklists": ["DM01", "DM02", "DM03"], "strengths": ["CT1"], "solutions": ["GP1"],
                 "items": ["DM01/hai"]}),
        ("luat.han", {"items": ["DM01/mot", "DM02/sau"]}),
        ("BM01", {"items": ["DM01/mot", "DM02/nam"]}),
        # Documents and quotations, a part's as its finding's.
        ("luat", {"templates": ["BM01"]}),
        ("TB1", {"strengths": ["CT1"], "findings": ["HC1", "HC2"], "causes": ["NN1", "NN2"], "solutions": ["GP1", "GP2", "GP3"]}),
        ("TB2", {"findings": ["HC1"]}),
    ],
)  # fmt: skip
def test_who_links_to_a_record(small: KnowledgeBase, target: str, owners: dict[str, list[str]]) -> None:
    assert back_links(small)[target] == owners


def test_what_belongs_to_no_stage_links_to_none(small: KnowledgeBase) -> None:
    assert "Thường xuyên" not in {link.target for link in declared_links(small)}


def test_a_link_knows_its_owner_its_field_and_its_place(small: KnowledgeBase) -> None:
    told = [(link.path, link.field, link.target) for link in declared_links(small) if link.owner == "DM01/bon"]
    assert told == [
        (("rounds", 1, "items", 0, "prevents", 0), "prevents", "HC1b"),
        (("rounds", 1, "items", 0, "prevents", 1), "prevents", "HC1a"),
        (("rounds", 1, "items", 0, "rules", 0), "rules", "luat.cu"),
        (("rounds", 1, "items", 0, "rules", 1), "rules", "luat.lau"),
        (("rounds", 1, "items", 0, "rules", 2), "rules", "luat.trong"),
    ]
    nested = [link.path for link in declared_links(small) if link.owner == "CT1"]
    assert nested == [
        ("solutions", 0),
        ("quotes", 0, "source"),
        *[("actions", 0, "who", 0), ("actions", 0, "stage"), ("actions", 1, "who", 0), ("actions", 1, "stage")],
    ]
    assert Link("a", small.origins["GP1"], ("roles",), "an", ()).field == "roles"


def test_the_kind_of_an_id(small: KnowledgeBase) -> None:
    known = {"HC1": "findings", "HC1a": "parts", "DM01/mot": "items", "luat.han": "rules", "an": "roles", "x": None}
    assert {record_id: kind_of(small, record_id) for record_id in known} == known
    assert has_kind(small, "HC1a", ("findings", "parts")) and not has_kind(small, "HC1a", ("findings",))
    assert ids_of_kinds(small, ("causes", "parts")) == {"NN1", "NN2", "HC1a", "HC1b"}


def test_a_link_is_stated_when_the_source_makes_it(small: KnowledgeBase) -> None:
    cause = small.causes["NN1"].model_copy(update={"stated": ["GP1"]})
    assert is_stated(cause, "GP1") and not is_stated(cause, "GP2")
    assert not is_stated(small.roles["an"], "GP1")
