"""Templates kept between builds are taken only for the same text, settings and Jinja; a broken file costs time only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import pytest

from macros.compiled import CodeOfThisProcess, KeptCode, compile_pages_once


class Pages:
    """An environment that keeps pages, and how often it has compiled."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.page = "a.md"
        self.compiled = 0
        environment = jinja2.Environment(**settings)
        compiling = environment.compile

        def counted(*arguments: Any, **named: Any) -> Any:
            self.compiled += 1
            return compiling(*arguments, **named)

        environment.compile = counted  # type: ignore[method-assign]
        compile_pages_once(environment, folder, lambda: self.page)
        self.environment = environment

    def render(self, text: str) -> str:
        return self.environment.from_string(text).render(x=2)


def test_a_page_is_compiled_once(tmp_path: Path) -> None:
    first, later = Pages(tmp_path), Pages(tmp_path)
    assert [first.render("{{ x + 1 }}"), later.render("{{ x + 1 }}")] == ["3", "3"]
    assert (first.compiled, later.compiled) == (1, 0)


def test_another_text_or_page_is_compiled_and_a_page_keeps_one_file(tmp_path: Path) -> None:
    pages = Pages(tmp_path)
    assert [pages.render("{{ x }}"), pages.render("{{ x * 2 }}"), pages.render("{{ x }}")] == ["2", "4", "2"]
    assert pages.compiled == 3
    assert len(list(tmp_path.iterdir())) == 1
    pages.page = "b.md"
    assert pages.render("{{ x }}") == "2"
    assert pages.compiled == 4


@pytest.mark.parametrize("settings", [{"trim_blocks": True}, {"autoescape": True}, {"variable_start_string": "[["}])
def test_other_settings_are_compiled_for(tmp_path: Path, settings: dict[str, Any]) -> None:
    text = "{% if x %}\n{{ '<' }}{% endif %}"
    Pages(tmp_path).render(text)
    other = Pages(tmp_path, **settings)
    assert other.render(text) == jinja2.Environment(**settings).from_string(text).render(x=2)
    assert other.compiled == 1


def test_another_jinja_compiles_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Pages(tmp_path).render("{{ x }}")
    monkeypatch.setattr("macros.compiled.version", lambda _name: "0.1")
    later = Pages(tmp_path)
    assert later.render("{{ x }}") == "2"
    assert later.compiled == 1


@pytest.mark.parametrize("length", [0, 3, 40, 90])
def test_a_file_cut_short_is_compiled_anew(tmp_path: Path, length: int) -> None:
    Pages(tmp_path).render("{{ x }}")
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:length])
    later = Pages(tmp_path)
    assert later.render("{{ x }}") == "2"
    assert later.compiled == 1


def test_a_partial_cut_short_is_compiled_anew(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/p.html").write_text("{{ x }}", "utf-8")
    for _ in range(2):
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(tmp_path / "templates"), bytecode_cache=KeptCode(tmp_path)
        )
        assert environment.get_template("p.html").render(x=2) == "2"
        (file,) = tmp_path.glob("*.cache")
        file.write_bytes(file.read_bytes()[:30])


def test_views_of_one_process_compile_a_partial_once_and_a_changed_one_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    known, compiled = CodeOfThisProcess(), []
    compiling = jinja2.Environment.compile
    monkeypatch.setattr(
        jinja2.Environment, "compile", lambda *given, **named: compiled.append(given[1]) or compiling(*given, **named)
    )
    shown = []
    for text in ("{{ x }}", "{{ x }}", "{{ x + 1 }}", "{{ x }}"):
        loader = jinja2.DictLoader({"p.html": text})
        shown.append(jinja2.Environment(loader=loader, bytecode_cache=known).get_template("p.html").render(x=2))
    assert shown == ["2", "2", "3", "2"]
    assert compiled == ["{{ x }}", "{{ x + 1 }}"]


def test_a_fault_is_told_at_its_line_when_taken_from_what_was_kept(tmp_path: Path) -> None:
    text = "\n\n{{ x.y.z }}"
    for _ in range(2):
        pages = Pages(tmp_path, undefined=jinja2.StrictUndefined)
        with pytest.raises(jinja2.UndefinedError) as told:
            pages.render(text)
        assert [entry.lineno + 1 for entry in told.traceback if entry.frame.code.path == "<template>"] == [3]
