"""The YAML reader: values with lines, a small safe language, no exception whatever the input."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.records.yaml_lines import field_name, parse_yaml


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
