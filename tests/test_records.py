"""What the parts of reading do by themselves: IDs, places, fields, and what is said of a wrong value."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from knowledge.checks.items import _a_year_after
from knowledge.records import model
from knowledge.records.explain import explain, path_in_file
from knowledge.records.fields import (
    Day,
    ExerciseText,
    ItemText,
    LinksTo,
    Locator,
    RuleId,
    Slug,
    Strict,
    Summary,
    Text,
    Title,
    Url,
)
from knowledge.records.ids import next_free_id, record_of_page
from knowledge.records.issues import LEVEL_NAMES, Issue, Level, report
from knowledge.records.knowledge_base import (
    KnowledgeBase,
    anchor_of,
    is_draft,
    is_lost,
    natural_key,
    place_of,
    rule_anchor,
)
from knowledge.records.large_class import ClassStep, FeedbackQuestion
from knowledge.records.layers import without_at
from knowledge.records.model import (
    Cause,
    Checklist,
    ChecklistPage,
    Exercise,
    Finding,
    Glossary,
    Instrument,
    Role,
    Round,
    Source,
)
from knowledge.records.yaml_lines import field_name


@pytest.mark.parametrize(
    ("record_id", "taken", "free"),
    [
        ("HC1", {"HC1", "HC5", "HC3a", "NN9"}, "HC6"),
        ("HC1", {"HC9"}, "HC10"),
        ("HC1", set(), "HC1"),
        ("DM05", {"DM05", "DM21", "XDM99"}, "DM22"),
        ("DM05", {"DM05", "DM09"}, "DM10"),
        ("HC1a", {"HC1a", "HC1c", "HC1", "HC2f"}, "HC1d"),
        ("HC1a", set(), "HC1a"),
        ("HC1a", {"HC1z"}, "HC1aa"),
        ("viec", {"viec"}, "viec-2"),
        ("viec", {"viec", "viec-2", "viec-3"}, "viec-4"),
        ("a.b", set(), "a.b-2"),
    ],
)
def test_the_next_free_id(record_id: str, taken: set[str], free: str) -> None:
    assert next_free_id(record_id, taken) == free


@pytest.mark.parametrize(
    ("uri", "model", "record_id"),
    [
        ("han-che/hc1.md", Finding, "HC1"),
        ("han-che/index.md", None, None),
        ("index.md", None, None),
        ("hc1.md", None, None),
        ("vai-tro/thu-ky.md", Role, "thu-ky"),
        ("can-cu/luat-72-2025.md", Instrument, "luat-72-2025"),
        ("danh-muc/dm05.md", ChecklistPage, "DM05"),
        ("tra-cuu/tb183.md", Source, "TB183"),
        ("tra-cuu/tb.md", None, None),
        ("tra-cuu/tb183-moi.md", None, None),
        ("tra-cuu/thuat-ngu.md", Glossary, None),
        ("tra-cuu/gioi-thieu.md", None, None),
        ("tu-ra-soat/tr-hdnd.md", None, "TR-HDND"),
    ],
)
def test_a_page_holds_the_record_that_its_folder_and_name_say(
    uri: str, model: type | None, record_id: str | None
) -> None:
    found, found_id = record_of_page(uri)
    assert found_id == record_id and (found is model or uri.startswith("tu-ra-soat/"))


def test_ids_sort_as_people_count() -> None:
    ids = ["HC10", "HC2", "HC1b", "HC1", "HC1a", "DM10", "DM02", "GP3"]
    assert sorted(ids, key=natural_key) == ["DM02", "DM10", "GP3", "HC1", "HC1a", "HC1b", "HC2", "HC10"]


@pytest.mark.parametrize(
    ("record_id", "place"),
    [
        ("HC1", ("han-che/hc1.md", "")),
        ("HC1e", ("han-che/hc1.md", "hc1e")),
        ("DM05", ("danh-muc/dm05.md", "")),
        ("DM05/chu-the", ("danh-muc/dm05.md", "chu-the")),
        ("giam-sat.pham-vi-hdnd", ("can-cu/luat-72-2025.md", "giam-sat-pham-vi-hdnd")),
        ("thu-ky", ("vai-tro/thu-ky.md", "")),
        ("HC99", None),
    ],
)
def test_the_place_of_an_id(kb: KnowledgeBase, record_id: str, place: tuple[str, str] | None) -> None:
    assert place_of(kb, record_id) == place


def test_anchors_hold_no_point() -> None:
    assert (anchor_of("fn1.b"), anchor_of("2.1")) == ("doan-fn1-b", "doan-2-1")
    assert rule_anchor("giam-sat.pham-vi.hai") == "giam-sat-pham-vi-hai"


def test_get_finds_records_and_what_lies_inside_them(kb: KnowledgeBase) -> None:
    for record_id, kind in [
        ("HC1", "Finding"), ("HC1e", "Part"), ("DM05/chu-the", "Item"), ("giam-sat.pham-vi-hdnd", "Rule"),
        ("HC99", "NoneType"), ("DM05/khong-co", "NoneType"),
    ]:  # fmt: skip
        assert type(kb.get(record_id)).__name__ == kind


@pytest.mark.parametrize(
    ("broken", "lost_kinds", "record_id", "kinds", "lost"),
    [
        (set(), set(), "HC1", (), False),
        ({"HC1"}, set(), "HC1", (), True),
        # What lies inside a refused file is missed with it.
        ({"HC1"}, set(), "HC1a", (), True),
        ({"DM05"}, set(), "DM05/viec", (), True),
        ({"DM05"}, set(), "DM06/viec", (), False),
        ({"HC1a"}, set(), "HC1", (), False),
        ({"HC2"}, set(), "HC1a", ("rules",), False),
        (set(), {"rules"}, "a.b", ("rules", "parts"), True),
        (set(), {"rules"}, "a.b", ("parts",), False),
        (set(), {"rules"}, "a.b", (), False),
    ],
)
def test_an_id_may_be_lost_with_its_file(
    kb: KnowledgeBase, broken: set[str], lost_kinds: set[str], record_id: str, kinds: tuple[str, ...], lost: bool
) -> None:
    without = KnowledgeBase(Path("."), kb.edition, broken=broken, lost_kinds=lost_kinds)
    assert is_lost(without, record_id, kinds) is lost


def words(count: int) -> str:
    return " ".join(["chữ"] * count)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Text, ["Một dòng.", " Có chỗ trống \n", "{ một ngoặc }"], ["", " \n", "Hai\ndòng", "{{ x", "{% x", "{# x"]),
        (Title, ["a" * 120], ["a" * 121, "a < b", "a > b", "<b>"]),
        (Summary, [words(50)], [words(51)]),
        (ItemText, [words(25)], [words(26)]),
        (ExerciseText, [words(60)], [words(61)]),
        (Slug, ["a", "a-b-2", "07"], ["", "-a", "a-", "a--b", "A", "a.b", "a b", "đ"]),
        (RuleId, ["a.b", "giam-sat.pham-vi.2"], ["a", "a.", ".a", "A.b", "a..b"]),
        (Url, ["https://a.vn/b?c#d", "http://a.vn"], ["a.vn", "ftp://a.vn", "https://a b", "https://"]),
        (Locator, ["2", "2.1", "fn1", "fn1.b", "12.10a"], ["", "fn", "a.1", "2.", "2.1.3", "2.A", "Fn1"]),
        (Day, ["2026-11-24", "1900-01-01", "2100-12-31", "2028-02-29"],
         ["1899-12-31", "2101-01-01", "2027-02-29", "24/11/2026", "2026-1-2", "20261124", 2026, None]),
    ],
)  # fmt: skip
def test_a_field_takes_what_fits_and_nothing_else(kind: Any, good: list[Any], bad: list[Any]) -> None:
    adapter = TypeAdapter(kind)
    for value in good:
        adapter.validate_python(value)
    for value in bad:
        with pytest.raises(ValidationError):
            adapter.validate_python(value)


def test_a_text_loses_the_blanks_around_it() -> None:
    assert TypeAdapter(Text).validate_python("  Một dòng. \n") == "Một dòng."


@pytest.mark.parametrize(
    ("path", "name"),
    [((), ""), (("a",), "a"), (("a", 0), "a[0]"), (("a", 2, "b", "c", 11), "a[2].b.c[11]"), ((0, "a"), "[0].a")],
)
def test_a_field_is_named_as_an_editor_reads_it(path: tuple[str | int, ...], name: str) -> None:
    assert field_name(path) == name


def test_alternatives_are_no_part_of_the_path_in_a_file() -> None:
    value = {"blocks": [{"kind": "heading", "text": "x"}], "grounds": []}
    for told, kept in [
        (("blocks", 0, "heading", "text"), ("blocks", 0, "text")),
        (("blocks", 0, "heading", "level"), ("blocks", 0, "level")),
        (("blocks", 1, "text"), ("blocks", "text")),
        (("grounds",), ("grounds",)),
        (("name",), ("name",)),
    ]:
        assert path_in_file(told, value) == kept


CAUSE = {
    "id": "NN1", "title": "Tên", "summary": "Tóm tắt.", "solutions": [],
    "quotes": [{"source": "TB1", "locator": "2.1", "text": "Trích."}],
}  # fmt: skip
QUOTE = {"source": "TB1", "locator": "2.1", "text": "Trích."}


STEP = {"id": "lop-mo-dau", "does": "talk", "minutes": 5, "title": "Mở đầu"}


@pytest.mark.parametrize(
    ("model", "value", "code", "message", "remedy"),
    [
        (Cause, {**CAUSE, "titel": "x"}, "unknown-field", "trường “titel” không có trong bản ghi này", "có phải “title”?"),
        (Cause, {**CAUSE, "zzzzzz": "x"}, "unknown-field", "trường “zzzzzz” không có trong bản ghi này",
         "chỉ dùng: id, title, draft, summary, quotes, stated, solutions"),
        (Cause, {k: v for k, v in CAUSE.items() if k != "summary"}, "missing-field", "thiếu trường “summary”",
         "thêm “summary: …” (Tóm tắt, tối đa 50 chữ, nói việc cần làm hoặc lỗi cần tránh)"),
        (Cause, {**CAUSE, "title": 5}, "wrong-type", "sai kiểu: “5”", "viết chữ (đặt trong dấu ngoặc kép nếu trông như số)"),
        (Cause, {**CAUSE, "title": None}, "wrong-type", "sai kiểu: “trống”",
         "viết chữ (đặt trong dấu ngoặc kép nếu trông như số)"),
        (Cause, {**CAUSE, "solutions": "GP1"}, "wrong-type", "sai kiểu: “GP1”",
         "viết danh sách, mỗi dòng một gạch đầu dòng"),
        (Cause, {**CAUSE, "quotes": [{**QUOTE, "source": "X" * 61}]}, "wrong-form", f"“{'X' * 60}…” sai dạng",
         "Mã nguồn, ví dụ TB1"),
        (Cause, {**CAUSE, "quotes": [{**QUOTE, "source": "X" * 60}]}, "wrong-form", f"“{'X' * 60}” sai dạng",
         "Mã nguồn, ví dụ TB1"),
        (Cause, {**CAUSE, "quotes": []}, "wrong-count", "có 0 phần tử", "cần ít nhất 1 (Trích nguyên văn từ nguồn)"),
        (FeedbackQuestion, {"text": "Hỏi?", "choices": ["a"] * 6}, "wrong-count", "có 6 phần tử",
         "cần nhiều nhất 5 (Các ô để đánh dấu; bỏ trống thì viết)"),
        (Cause, {**CAUSE, "title": " "}, "empty-text", "để trống", "viết nội dung hoặc xóa trường này"),
        (ClassStep, {**STEP, "minutes": 0}, "wrong-value", "số “0” ngoài khoảng cho phép", "Số phút"),
        (ClassStep, {**STEP, "minutes": 61}, "wrong-value", "số “61” ngoài khoảng cho phép", "Số phút"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_wrong_value(model: Any, value: Any, code: str, message: str, remedy: str) -> None:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(value)
    (detail,) = caught.value.errors(include_url=False)
    assert explain(model, dict(detail)) == (message, remedy, code)


ITEM = {"id": "viec", "text": "Ghi việc.", "answer": "Số"}
ROUND = {"title": "Lần", "when": "Lúc", "stage": "B1", "reads": "an", "answers": ["an"], "items": [ITEM]}


@pytest.mark.parametrize(
    ("model", "field", "good", "bad"),
    [
        (Round, "items", [ITEM] * 9, [ITEM] * 10),
        (Round, "answers", ["an"], []),
        (Exercise, "minutes", 10, 11),
        (Exercise, "minutes", 1, 0),
        (Exercise, "id", "TH01", "TH1"),
        (Finding, "solutions", ["GP1"], []),
        (Finding, "causes", ["NN1"], []),
        (Finding, "severity", "thấp", "nhẹ"),
        (Finding, "id", "HC12", "HC0"),
        (Checklist, "version", 1, 0),
        (Checklist, "trialled", [], True),
        (Checklist, "version", 2, "2"),
        (Checklist, "rounds", [ROUND] * 3, [ROUND] * 4),
        (Checklist, "rounds", [ROUND] * 2, [ROUND]),
    ],
)
def test_the_bounds_of_records(kb: KnowledgeBase, model: Any, field: str, good: Any, bad: Any) -> None:
    real = {Round: kb.checklists["DM05"].rounds[0], Exercise: kb.exercises["TH01"], Finding: kb.findings["HC1"],
            Checklist: kb.checklists["DM05"]}[model].model_dump()  # fmt: skip
    model.model_validate({**real, field: good})
    with pytest.raises(ValidationError):
        model.model_validate({**real, field: bad})


def test_a_record_that_was_read_is_not_changed(kb: KnowledgeBase) -> None:
    for record in (kb.checklists["DM05"], kb.checklists["DM05"].rounds[0].items[0], kb.edition):
        with pytest.raises(ValidationError, match="frozen"):
            record.title = "khác"  # type: ignore[union-attr]


def test_a_fault_is_one_line_with_its_place_and_lines_stand_in_the_order_of_files() -> None:
    field = Issue("a.md", 7, "rounds[0].stage", "unknown-id", "không có B77", "sửa mã")
    whole = Issue.of_file("a.md", "stray-file", "tệp không thuộc sổ tay", level=Level.WARNING)
    later = Issue("b.md", 2, "", "date-order", "ngày sau", level=Level.INFO, draft=True)
    assert report([later, field, whole, field]) == [
        "a.md: CẢNH BÁO tệp không thuộc sổ tay [stray-file]",
        "a.md:7: LỖI rounds[0].stage: không có B77 → sửa mã [unknown-id]",
        "b.md:2: GHI CHÚ (bản nháp) ngày sau [date-order]",
    ]
    assert report([later, field, whole], Level.WARNING) == [str(whole), str(field)]


@pytest.mark.parametrize(
    ("drafts", "one", "is_one"),
    [
        ("DM30", "DM30/mot-viec", True),
        ("HC6", "HC6a", True),
        ("HC6", "6HC6", False),
        ("thap-muoi-2022", "BC-thap-muoi-2022-1", True),
        ("thap", "BC-thap-muoi-2022-1", False),
        ("HC6", "HC7", False),
    ],
)
def test_an_id_is_that_of_a_draft_or_of_what_lies_inside_it(
    kb: KnowledgeBase, drafts: str, one: str, is_one: bool
) -> None:
    assert is_draft(dataclasses.replace(kb, drafts={"docs/x.md": drafts}), one) is is_one


@pytest.mark.parametrize(("days", "fits"), [(0, False), (1, True), (180, True), (181, False)])
def test_a_limit_longer_than_half_a_year_is_a_slip_of_the_pen(days: int, fits: bool) -> None:
    limit = TypeAdapter(model.LimitText)
    if fits:
        assert limit.validate_python(f"{days} ngày") == f"{days} ngày"
    else:
        with pytest.raises(ValidationError):
            limit.validate_python(f"{days} ngày")


@pytest.mark.parametrize(
    ("path", "left"),
    [
        (("a", 0), {"a": ["y", "z"]}),
        (("a", 1), {"a": ["x", "z"]}),
        (("a", "list", 2), {"a": ["x", "y"]}),
        (("b", 1, "c", 0), {"b": [{"c": [1]}, {"c": [3]}, {"c": [4]}]}),
        (("b", 0), {"b": [{"c": [2, 3]}, {"c": [4]}]}),
        (("other", 0), {}),
    ],
)
def test_an_element_of_a_list_is_left_out_and_nothing_else(path: tuple[str | int, ...], left: dict[str, Any]) -> None:
    data = {"a": ["x", "y", "z"], "b": [{"c": [1]}, {"c": [2, 3]}, {"c": [4]}]}
    assert without_at(data, path) == data | left


def test_an_info_never_fails_and_a_warning_weighs_less_than_an_error() -> None:
    assert [level.name for level in sorted(LEVEL_NAMES)] == ["INFO", "WARNING", "ERROR"]
    assert Level.INFO < Level.WARNING < Level.ERROR and not Level.INFO


@pytest.mark.parametrize(
    ("value", "days"),
    [("07 ngày", (7, "ngay")), ("05 ngày làm việc", (5, "ngay-lam-viec")), ("07 ngày trước kỳ họp", None), ("7", None)],
)
def test_a_limit_that_a_council_fixed_is_counted_as_it_says(value: str, days: tuple[int, str] | None) -> None:
    assert model._days_of(value) == days


def test_a_part_has_the_letter_of_its_place(kb: KnowledgeBase) -> None:
    part = kb.parts["HC1a"].part.model_dump()
    for bad in ("HC1", "HC1abc", "HC1A", "NN1a"):
        with pytest.raises(ValidationError):
            type(kb.parts["HC1a"].part).model_validate({**part, "id": bad})


LINKS = {
    "Quote.source": "sources",
    "FirstThings.tasks": "items", "FirstThings.sheets": "checklists", "Part.best": "items",
    "Branch.rules": "rules", "Addressee.roles": "roles", "Evidence.part": "parts", "Action.who": "roles", "Action.stage": "stages", "Strength.solutions": "solutions",
    "Finding.causes": "causes", "Finding.solutions": "solutions", "Finding.stages": "stages",
    "Cause.solutions": "solutions", "Solution.roles": "roles", "Item.by": "roles", "Item.prevents": "parts findings",
    "Item.applies": "solutions strengths", "Item.rules": "rules", "Item.forms": "templates", "Round.stage": "stages",
    "Round.reads": "roles", "Round.answers": "roles", "Checklist.roles": "roles",
    "Checklist.stages": "stages or Thường xuyên", "Template.roles": "roles", "Template.stages": "stages",
    "Instrument.replaced_by": "instruments", "Instrument.supersedes": "instruments", "Exercise.trains": "parts",
    "Exercise.roles": "roles", "Exercise.stages": "stages", "Exercise.rules": "rules", "Exercise.see": "*",
    "PathStep.read": "*", "PathStep.sheet": "checklists", "PathStep.exercise": "exercises",
    "Milestone.stages": "stages", "ScaleStatement.part": "parts", "ScaleStatement.next": "*", "Term.see_also": "**",
}  # fmt: skip
"""Every field that holds IDs, and which kinds these may name; * is all that can be read, ** anything."""
NO_LINKS = {"Source.lessons_in", "Lesson.stated", "Strength.stated", "Finding.stated", "Cause.stated",
            "Solution.stated"}  # fmt: skip
"""Lists of places and of links that stand elsewhere."""


def test_every_field_of_ids_says_which_kinds_they_may_name() -> None:
    found, unmarked = {}, set()
    for name, one in vars(model).items():
        if not (isinstance(one, type) and issubclass(one, Strict)):
            continue
        for field, info in one.model_fields.items():
            marks = [mark for mark in info.metadata if isinstance(mark, LinksTo)]
            for mark in marks:
                found[f"{name}.{field}"] = " ".join(mark.kinds) + "".join(f" or {word}" for word in mark.also)
            if not marks and info.annotation == list[str]:
                unmarked.add(f"{name}.{field}")
    assert found == LINKS
    assert unmarked == NO_LINKS


REQUIRED = {
    "Branch": "item unless steps", "Column": "title", "Record": "id title", "Quote": "source locator text", "Paragraph": "locator text", "Heading": "before text",
    "FirstThings": "when tasks sheets", "Notice": "id text page link show_until", "WhatWasRead": "what where on",
    "Addressee": "then now", "Evidence": "id part", "Source": "id title kind label issuer level",
    "Lesson": "id title summary quotes", "Action": "who does when evidence", "Strength": "id title summary quotes",
    "Part": "id title signs", "Finding": "id title summary quotes severity causes solutions stages",
    "Cause": "id title summary quotes", "Solution": "id title summary quotes roles",
    "Role": "id title short mandate order", "Stage": "id title when outcome", "Item": "id text answer",
    "Round": "title when reads answers items",
    "Checklist": "id title goal kind version revised review_by trialled roles stages rounds",
    "Template": "id title purpose kind roles stages", "RuleSource": "name",
    "Rule": "id text status validity checked_on", "Instrument": "id title number short state state_status",
    "Choice": "text feedback", "OrderedStep": "text feedback",
    "Exercise": "id title kind minutes situation question takeaway trains roles stages",
    "PathStep": "id title minutes do", "Milestone": "id title summary order stages steps",
    "ScaleStatement": "id text points evidence", "SelfReview": "id title summary statements",
    "Term": "id title definition", "Glossary": "title terms", "ChecklistPage": "id", "PlainPage": "title",
    "Edition": "name date compiled_by", "Limit": "value article", "Colours": "main dark on_dark", "OwnEdition": "name",
    "RuleWithLimit": "id text status validity checked_on given",
}  # fmt: skip
"""What must stand in a file; everything else may be left out."""


def test_what_must_stand_in_a_file_and_what_may_be_left_out() -> None:
    types = {name: one for name, one in vars(model).items() if isinstance(one, type) and issubclass(one, Strict)}
    found = {
        name: " ".join(field for field, info in one.model_fields.items() if info.is_required())
        for name, one in types.items()
        if one is not Strict
    }
    assert found == REQUIRED
    left_out = [
        (name, field, info.get_default(call_default_factory=True))  # type: ignore[call-arg]
        for name, one in types.items()
        for field, info in one.model_fields.items()
        if not info.is_required()
    ]
    odd = {f"{name}.{field}": value for name, field, value in left_out if value not in (None, False, [], {})}
    assert odd == {
        "Role.sheets": True, "PlainPage.render_macros": True, "Edition.slug": "goc",
        "Source.coverage": "none", "Source.issued": True, "Source.read": "đủ",
    }  # fmt: skip


def test_a_sheet_of_the_29th_of_february_is_due_on_the_28th() -> None:
    checklist = SimpleNamespace(revised=date(2028, 2, 29))
    assert _a_year_after(checklist) == date(2029, 2, 28)  # type: ignore[arg-type]
    assert _a_year_after(SimpleNamespace(revised=date(2027, 2, 28))) == date(2028, 2, 28)  # type: ignore[arg-type]
