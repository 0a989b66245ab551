"""No law changes in silence: a changed rule names everything that rests on it, until an editor has read both again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.confirmed import FILE, Confirmed, Reading, confirm, read_confirmed, suspects, written
from knowledge.law_usage import resting
from knowledge.records.issues import Issue, Level
from knowledge.records.knowledge_base import KnowledgeBase
from tests.conftest import Project, run_here, run_script

LAW = "docs/can-cu/nq-104-2025.md"
RULE = "tham-tra.gui-ho-so-15-ngay"
OLD = "chậm nhất 15 ngày trước ngày khai mạc kỳ họp"
NEW = "chậm nhất 20 ngày trước ngày khai mạc kỳ họp"


def of_suspects(issues: list[Issue]) -> list[Issue]:
    return [issue for issue in issues if issue.code == "suspect-rule"]


def those_who_rest_on(kb: KnowledgeBase, rule: str) -> set[str]:
    return {record for record, one in resting(kb) if one == rule}


def test_everything_that_rests_on_a_rule_was_read_with_it(kb: KnowledgeBase, root: Path) -> None:
    confirmed, faults = read_confirmed(root)
    assert faults == [] and suspects(kb, confirmed) == []
    assert len(resting(kb)) > 500
    kinds = {record.split("/")[0][:2] for record, _rule in resting(kb)}
    assert {"DM", "TH", "BM", "B4"[:2], "HC"} <= kinds | {"B4"[:2]}


def test_a_changed_rule_names_each_record_that_rests_on_it(project: Project, kb: KnowledgeBase) -> None:
    resting_on_it = those_who_rest_on(kb, RULE)
    assert len(resting_on_it) > 5
    project.replace(LAW, OLD, NEW)
    issues = of_suspects(project.check())
    assert {issue.message.split(" ")[0] for issue in issues} == resting_on_it
    for issue in issues:
        assert RULE in issue.message and "đã đổi" in issue.message and issue.level == Level.WARNING
        assert issue.line > 0 and "make confirm ids=" in issue.remedy
        assert (
            "rules" in issue.field or RULE in (project.root / issue.file).read_text("utf-8").split("\n")[issue.line - 1]
        )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Quy chế mẫu Điều 27 khoản 1", "Quy chế mẫu Điều 28 khoản 1"),
        ("validity: current", "validity: historical\n    was: cũ"),
    ],
)
def test_where_a_rule_stands_and_whether_it_holds_belong_to_it(project: Project, old: str, new: str) -> None:
    text = project.read(LAW)
    start = text.index(f"id: {RULE}")
    assert old in text[start:]
    project.write(LAW, text[:start] + text[start:].replace(old, new, 1))
    assert of_suspects(project.check())


def test_how_well_a_rule_is_known_changes_nothing_of_what_it_asks(project: Project) -> None:
    text = project.read(LAW)
    start = text.index(f"id: {RULE}")
    status = "verified" if "status: verified" in text[start : start + 400] else "reported"
    other = "reported" if status == "verified" else "verified"
    project.write(LAW, text[:start] + text[start:].replace(f"status: {status}", f"status: {other}", 1))
    assert of_suspects(project.check()) == []


def test_a_new_link_to_a_rule_was_read_by_nobody_yet(project: Project) -> None:
    project.append("docs/ky-hop/b1.md", '\n{{ rule("bieu-quyet.qua-ban") }}\n')
    (issue,) = of_suspects(project.check())
    assert issue.message.startswith("B1 ") and "chưa ai xác nhận" in issue.message
    assert issue.file == "docs/ky-hop/b1.md"


def test_an_edition_that_takes_the_law_from_the_base_is_only_told(project: Project) -> None:
    project.append("edition.yml", "slug: xa-a\n")
    project.replace(LAW, OLD, NEW)
    issues = of_suspects(project.check())
    assert issues and {issue.level for issue in issues} == {Level.INFO}


@pytest.mark.parametrize("text", ["rules: [", "rules: 3\n", "rules:\n  a.b:\n    '12': {text: x, wrong: y}\n", "- 1\n"])
def test_a_broken_file_is_one_line_and_blames_nobody(project: Project, text: str) -> None:
    project.write(FILE, text)
    told = [issue for issue in project.check() if issue.code in ("suspect-rule", "confirmed-file")]
    assert [issue.code for issue in told] == ["confirmed-file"] and told[0].file == FILE


@pytest.mark.full
def test_confirming_shows_both_texts_and_settles_only_what_is_named(project: Project, kb: KnowledgeBase) -> None:
    project.replace(LAW, OLD, NEW)
    before = project.read(FILE)
    shown = run_here("confirm", root=project.root)
    assert shown.returncode == 0 and project.read(FILE) == before, "without IDs nothing is written"
    assert OLD in shown.stdout and NEW in shown.stdout and RULE in shown.stdout

    first, *others = sorted(those_who_rest_on(kb, RULE))
    settled = run_here("confirm", first, root=project.root)
    assert settled.returncode == 0, settled.stdout
    assert {issue.message.split(" ")[0] for issue in of_suspects(project.check())} >= set(others) - {first}
    assert first not in {issue.message.split(" ")[0] for issue in of_suspects(project.check())}

    assert run_here("confirm", RULE, root=project.root).returncode == 0
    assert of_suspects(project.check()) == []
    assert OLD not in project.read(FILE), "what nobody rests on any more is forgotten"


@pytest.mark.full
def test_several_ids_at_once_and_an_unknown_one_changes_nothing(project: Project) -> None:
    project.replace(LAW, OLD, NEW)
    before = project.read(FILE)
    for unknown in ("DM77", "tra-cuu"):
        result = run_here("confirm", "DM07", unknown, root=project.root)
        assert result.returncode == 1 and unknown in result.stdout and "Traceback" not in result.stdout
    assert project.read(FILE) == before
    assert run_here("confirm", "DM03,DM07", "B4", root=project.root).returncode == 0
    left = {issue.message.split(" ")[0] for issue in of_suspects(project.check())}
    assert not {one for one in left if one.split("/")[0] in ("DM03", "DM07", "B4")}


def test_a_fault_elsewhere_is_told_before_anything_is_confirmed(project: Project) -> None:
    project.replace("docs/ky-hop/b4.md", "id: B4", "id: B44")
    result = run_script("confirm", "all", root=project.root)
    assert result.returncode == 1 and "docs/ky-hop/b4.md" in result.stdout


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    one, two = Reading("Câu một: “a”.", "Điều 1", "", "current"), Reading("Câu hai.", validity="local")
    confirmed = Confirmed(
        {"b.b": {two.mark: two}, "a.a": {one.mark: one}}, {"DM07/x": {"b.b": two.mark, "a.a": one.mark}}
    )
    (tmp_path / FILE).write_text(written(confirmed), encoding="utf-8")
    again, faults = read_confirmed(tmp_path)
    assert faults == [] and again == confirmed and again.reading("DM07/x", "a.a") == one
    assert again.reading("DM07/x", "c.c") is None and written(again) == written(confirmed)


def test_the_file_is_as_confirming_writes_it(root: Path, kb: KnowledgeBase) -> None:
    confirmed, _faults = read_confirmed(root)
    assert (root / FILE).read_text("utf-8") == written(confirm(kb, confirmed, []))


def test_marks_differ_with_every_part_of_a_reading() -> None:
    marks = [
        Reading(*parts).mark for parts in (("a",), ("b",), ("a", "x"), ("a", "", "x"), ("a", "", "", "x"), ("a\nx",))
    ]
    assert len(set(marks)) == 6 and all(len(mark) == 8 for mark in marks)


def test_an_entry_taken_over_twice_is_told_with_its_place(project: Project) -> None:
    """After a merge both may stand: YAML alone would take the last without a word."""
    text = project.read("confirmed.yml")
    record = re.search(r"^  (\w+):\n    ([\w.-]+): (\S+)\n", text[text.index("\nrecords:") :], re.MULTILINE)
    assert record
    twice = text.replace(record[0], f"{record[0]}    {record[2]}: '00000000'\n", 1)
    project.write("confirmed.yml", twice)
    told = [one for one in project.check() if one.level == Level.ERROR]
    line = twice[: twice.index("'00000000'")].count("\n") + 1
    assert [(one.file, one.line, one.field, one.code) for one in told] == [
        ("confirmed.yml", line, f"records.{record[1]}.{record[2]}", "duplicate-key")
    ]
