"""What was found of a text is kept between runs and hides no fault: only the same text, read by the same code, is taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge import kept as kept_module
from knowledge.kept import _FUNCTIONS, forget, kept_between_runs
from knowledge.records.yaml_lines import Parsed, parse_yaml
from tests.conftest import Project, run_here, run_script

YAML = 'tên: "một"\nds:\n  - a\n  - 2\n'


def told(project: Project, in_another_process: bool = False) -> list[str]:
    """Return what a check tells that has only the file of earlier runs to go by, the line of counts apart."""
    if not in_another_process:
        forget()
    run = run_script if in_another_process else run_here
    return run("check", root=project.root, INFO="1").stdout.splitlines()[:-1]


@pytest.fixture
def unknowing() -> Iterator[None]:
    """A process that has read nothing yet, and what it finds here is forgotten."""

    before = [(one, one.known, one.before, one.new) for one in _FUNCTIONS.values()]
    forget()
    yield
    kept_module._read.clear()
    for one, known, earlier, new in before:
        one.known, one.before, one.new = known, earlier, new


def the_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def codes_of(lines: list[str]) -> set[str]:
    return {line.rpartition("[")[2].rstrip("]") for line in lines}


@pytest.mark.usefixtures("unknowing")
def test_faults_that_come_go_and_stay_are_told_in_each_run(project: Project) -> None:
    clean = told(project)
    assert clean == told(project, in_another_process=True)
    file = "docs/han-che/hc1.md"
    was = project.read(file)
    # Of prose: a promise, a date, a source by hand; of data: a link to nothing, a field twice.
    project.append(file, "\nTệp Word sẽ có sau.\n\nNgày 1/2/2025 có Thông báo 183.\n")
    project.replace(file, "\ntitle:", "\ntitle: x\ntitle:")
    first = told(project)
    new = [line for line in first if line not in clean]
    assert {"denies-what-exists", "date-form", "duplicate-key"} <= codes_of(new)
    assert told(project, in_another_process=True) == first
    # The same fault a line further down is told there.
    project.replace(file, "\ntitle: x", "\n# ghi chú\ntitle: x")
    moved = [line for line in told(project) if "[duplicate-key]" in line]
    assert [int(line.split(":")[1]) for line in moved] == [
        int(line.split(":")[1]) + 1 for line in new if "[duplicate-key]" in line
    ]
    # Prose that changed is read anew.
    project.write(file, f"{was}\nTệp Word sẽ có sau.\n\nNgày 1/2/2025 có Thông báo 183.\n")
    assert {"date-form", "source-by-hand"} <= codes_of([line for line in told(project) if line not in clean])
    project.replace(file, "Ngày 1/2/2025 có Thông báo 183.", "Xong.")
    assert not {"date-form", "source-by-hand"} & codes_of([line for line in told(project) if line not in clean])
    project.write(file, was)
    assert told(project) == clean


@pytest.mark.usefixtures("unknowing")
def test_a_later_run_takes_what_an_earlier_one_found(tmp_path: Path) -> None:
    with kept_between_runs(tmp_path):
        found = parse_yaml(YAML, "x.yml", 3)
    size = the_file(tmp_path).stat().st_size
    forget()
    with kept_between_runs(tmp_path):
        parse = _FUNCTIONS["knowledge.records.yaml_lines.parse_yaml"]
        assert (YAML, "x.yml", 3) in parse.before
        again = parse_yaml(YAML, "x.yml", 3)
    assert isinstance(again, Parsed) and again is not found and again == found
    assert again.lines[("ds", 1)] == 6 and again.line_of(("ds", 1, "khong-co")) == 6
    assert not parse.new and the_file(tmp_path).stat().st_size == size


@pytest.mark.usefixtures("unknowing")
@pytest.mark.parametrize("other", [(YAML + "b: 1\n", "x.yml", 3), (YAML, "y.yml", 3), (YAML, "x.yml", 4)])
def test_another_text_file_or_line_is_found_anew(tmp_path: Path, other: tuple[str, str, int]) -> None:
    with kept_between_runs(tmp_path):
        parse_yaml(YAML, "x.yml", 3)
    forget()
    with kept_between_runs(tmp_path):
        found = parse_yaml(*other)
    assert found.lines[("tên",)] == other[2] and other in _FUNCTIONS["knowledge.records.yaml_lines.parse_yaml"].known


@pytest.mark.usefixtures("unknowing")
@pytest.mark.parametrize("keeps", [-1, 40, 0])
def test_a_file_that_is_not_whole_is_not_believed(tmp_path: Path, keeps: int) -> None:
    with kept_between_runs(tmp_path):
        parse_yaml(YAML, "x.yml")
    file = the_file(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[:keeps])
    forget()
    with kept_between_runs(tmp_path):
        assert not any(function.before for function in _FUNCTIONS.values())
        parse_yaml(YAML, "x.yml")
    assert file.read_bytes() == whole


@pytest.mark.usefixtures("unknowing")
def test_other_code_takes_nothing_and_removes_what_it_cannot_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kept_between_runs(tmp_path):
        parse_yaml(YAML, "x.yml")
    old = the_file(tmp_path)
    forget()
    monkeypatch.setattr(kept_module, "_digest", lambda: "another")
    with kept_between_runs(tmp_path):
        assert not any(function.before for function in _FUNCTIONS.values())
        parse_yaml(YAML, "x.yml")
    assert the_file(tmp_path) == tmp_path / "another" != old


@pytest.mark.usefixtures("unknowing")
def test_what_is_new_is_added_and_what_nobody_asks_for_goes(tmp_path: Path) -> None:
    for number in range(40):
        with kept_between_runs(tmp_path):
            parse_yaml(f"a: {number}\n", "x.yml")
        forget()
    with kept_between_runs(tmp_path):
        kept = _FUNCTIONS["knowledge.records.yaml_lines.parse_yaml"].before
        assert ("a: 39\n", "x.yml") in kept and len(kept) < 20
