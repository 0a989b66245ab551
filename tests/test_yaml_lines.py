"""The YAML reader: values with lines, a small safe language, no exception whatever the input."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.records.yaml_lines import field_name, is_plain, parse_yaml


def test_values_keep_their_lines() -> None:
    parsed = parse_yaml("a: 1\nb:\n  - x: chữ\n  - y: true\n", "t.yml", first_line=5)
    assert parsed.value == {"a": 1, "b": [{"x": "chữ"}, {"y": True}]}
    assert parsed.line_of(("b", 1, "y")) == 8
    assert parsed.line_of(("b", 1, "missing")) == 8
    assert field_name(("b", 1, "y")) == "b[1].y"


def test_only_numbers_booleans_and_null_are_converted() -> None:
    text = "day: 2026-02-30\nno: no\nyes: YES\nzip: 007\nname: 'true'\nnone:\nhalf: 0.5\n"
    assert parse_yaml(text, "t.yml").value == {
        "day": "2026-02-30",
        "no": "no",
        "yes": "YES",
        "zip": "007",
        "name": "true",
        "none": None,
        "half": 0.5,
    }


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\n\tb: 2", "tab", 2),
        ("a: [1\n", "yaml", 2),
        ("a: b: c", "yaml", 1),
        ("a: 1\na: 2", "duplicate-key", 2),
        ("a: &x 1\nb: *x", "alias", 1),
        ("a: !!python/object/apply:os.system [x]", "yaml", 1),
        ("? [a]\n: b", "yaml", 1),
        ("- " * 1000 + "x", "yaml", 1),
        ("[" * 100_000, "yaml", 1),
        ("a: 1\n---\nb: 2", "yaml", 2),
        ("# chỉ ghi chú", "yaml", 1),
    ],
)
def test_faults_are_issues(text: str, code: str, line: int) -> None:
    issues = parse_yaml(text, "t.yml").issues
    assert (issues[0].code, issues[0].line) == (code, line)


@given(st.text(max_size=200))
@example("&a [*a]")
@example("\x00")
@example("%YAML 9.9\n---\na")
@example("<<: *x")
def test_no_input_raises(text: str) -> None:
    parse_yaml(text, "t.yml")


def test_what_is_only_indented_far_is_not_deep() -> None:
    """The quick look takes it for deep; read event by event it is two levels."""
    parsed = parse_yaml(f"a: |\n  một\n{' ' * 200}hai\nb: [1, 2]\n", "x.yml")
    assert parsed.issues == [] and parsed.value["a"].split() == ["một", "hai"] and parsed.value["b"] == [1, 2]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a: [1, {b: 2}]\n", True),
        ("a: &x [1]\nb: *x\n", False),
        (f"a: {'[' * 99}{']' * 99}\n", False),
        ("a: [1\n", False),
    ],
)
def test_only_what_is_neither_deep_nor_refers_to_itself_is_plain(text: str, plain: bool) -> None:
    assert is_plain(text) is plain


def test_lines_are_there_after_they_were_kept() -> None:
    parsed = parse_yaml("a:\n  b: 1\n  c: [2,\n   3]\n", "x.yml", first_line=5)
    again = pickle.loads(pickle.dumps(parsed))
    paths: list[tuple[str | int, ...]] = [("a",), ("a", "b"), ("a", "c", 1), ("a", "none")]
    for _ in range(2):
        assert [again.line_of(path) for path in paths] == [parsed.line_of(path) for path in paths] == [5, 6, 8, 5]
    with pytest.raises(AttributeError):
        _ = again.no_such_thing
