"""One table of kinds: a whole new kind takes a model, a line, a partial and a page, and gets everything."""

from __future__ import annotations

import ast
import dataclasses
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge import links
from knowledge.checks import kinds as check_kinds
from knowledge.checks.moves import declared_at
from knowledge.kinds import INNER_KINDS, KINDS, LISTED, NAMED
from knowledge.links import declared_links, kind_of
from knowledge.macro_specs import MACROS
from knowledge.published import read_ledger
from knowledge.records.documents import TemplateDocument
from knowledge.records.fields import Links, LinksTo, Strict, is_place, texts_at
from knowledge.records.knowledge_base import KnowledgeBase, place_of
from knowledge.records.resolution_kinds import ResolutionKind
from tests.conftest import ROOT, Project

MODEL = '''

class Scene(Strict):
    """A moment of what happened."""

    quotes: list[Quote] = Field(default_factory=list, description="Trích nguyên văn từ nguồn")


class Story(Lesson):
    """What happened somewhere, told."""

    id: str = _id(r"^CK[1-9][0-9]*$", "CK1")
    gist: Summary = Field(description="Tóm tắt")
    solutions: Annotated[Links, LinksTo("solutions")] = Field(default_factory=list, description="Giải pháp")
    told_by: Annotated[str | None, LinksTo("roles")] = Field(None, description="Ai kể")
    scenes: list[Scene] = Field(default_factory=list, description="Từng cảnh")
'''
LINE = """        Kind(
            "stories", Story, "chuyen-ke", Search(0.9),
            sentence="gist", header="story", macros=("record_header",),
            own_words=("gist",), first_id="CK1", reading=True, grows=True,
        ),
"""
WORDS = '  stories: {label: Chuyện kể, named: "chuyện kể (CK…)", shared: Chuyện kể, found: Chuyện kể}\n'
PARTIAL = '<p class="hd-main">{{ record.gist }}</p>\n'
PAGE = """---
id: CK1
title: Một buổi thẩm tra
summary: Đến tận nơi trước khi viết báo cáo.
quotes:
  - {source: TB183, locator: '2.1', text: "ban hành văn bản sai chủ thể"}
stated: [GP2]
gist: Ban đến tận nơi, đếm lại được số hộ.
solutions: [GP2]
told_by: ban-hdnd
scenes:
  - quotes:
      - {source: TB183, locator: '2.1', text: "chưa đầy đủ nội dung"}
---

{{ record_header() }}

{{ next_steps("GP2") }}
"""


@pytest.fixture
def with_stories(buildable: Project) -> Project:
    """A copy of the project that has a kind more."""
    project = buildable
    code = project.root / "knowledge"
    for file, at, text in (
        ("records/model.py", "\nclass Glossary(", MODEL.lstrip("\n") + "\n"),
        ("kinds.py", '    )\n}  # fmt: skip\n"""By name', LINE),
    ):
        whole = (code / file).read_text("utf-8")
        assert at in whole
        (code / file).write_text(whole.replace(at, text + at, 1), "utf-8")
    project.replace("knowledge/kinds.py", "    Strength,\n", "    Story,\n    Strength,\n")
    project.replace("knowledge/labels.yml", "  strengths:", WORDS + "  strengths:")
    project.write("macros/templates/header_story.html", PARTIAL)
    project.write("docs/chuyen-ke/ck1.md", PAGE)
    return project


def run(project: Project, code: str) -> str:
    """Run code that sees the copy's own package; returns what it prints, faults too."""
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=project.root, text=True, capture_output=True,
        env={**os.environ, "PYTHONPATH": f"{project.root}{os.pathsep}{ROOT}", "PYTHONUTF8": "1"},
    )  # fmt: skip
    return result.stdout + result.stderr


CHECK = """
from pathlib import Path
from knowledge.checks.project import check_project
from knowledge.records.issues import report
kb, issues = check_project(Path("."))
print(*report(issues), sep="\\n")
"""


def test_a_new_kind_gets_everything(with_stories: Project) -> None:
    said = run(
        with_stories,
        CHECK
        + """
import json
from publish.contract import contract_text, contract_schema_text
from publish.editor_schemas import editor_schemas
from knowledge.links import back_links
from macros.renderer import Renderer
from knowledge.coverage import quoted_by
from knowledge.kinds import READING
from papers.pdf.share import picture_data
from publish.editor_schemas import editor_settings
from publish.search.entries import _kind_of
from publish.search.names import read_names
from scripts.bench.synthetic import replicas
from scripts.new_record import free_id, page_text
data = json.loads(contract_text(kb, "directory"))
print(json.dumps({
    "published": data["stories"], "schema": "stories" in contract_schema_text(),
    "editors": sorted(n for n in editor_schemas() if "story" in n), "back": back_links(kb)["GP2"]["stories"],
    "role": back_links(kb)["ban-hdnd"]["stories"], "page": Renderer(kb, lambda: "chuyen-ke/ck1.md", lambda: "directory").record_header(),
    "list": Renderer(kb, lambda: "index.md", lambda: "directory").record_list("stories"),
    "reading": "stories" in READING, "quoted": quoted_by(kb, "TB183")["2.1"],
    "grown": sorted(name.as_posix() for name, _text in replicas(kb, Path("."), 2) if "chuyen-ke" in name.as_posix()),
    "new": page_text(kb, "chuyen-ke", free_id(kb, "chuyen-ke", "Chuyện mới"), "Chuyện mới"),
    "found": _kind_of(read_names(), "stories", "chuyen-ke/ck1.md")[0], "settings": json.loads(editor_settings())["yaml.schemas"],
    "picture": picture_data(kb, kb.pages["chuyen-ke/ck1.md"])["page"]["kind"],
}))
""",
    )
    assert "LỖI" not in said and "Traceback" not in said, said
    got = json.loads(said.strip().splitlines()[-1])
    assert got["published"][0] == {
        "id": "CK1", "title": "Một buổi thẩm tra", "summary": "Đến tận nơi trước khi viết báo cáo.",
        "quotes": [{"source": "TB183", "locator": "2.1", "text": "ban hành văn bản sai chủ thể"}], "stated": ["GP2"],
        "gist": "Ban đến tận nơi, đếm lại được số hộ.", "solutions": ["GP2"], "told_by": "ban-hdnd",
        "scenes": [{"quotes": [{"source": "TB183", "locator": "2.1", "text": "chưa đầy đủ nội dung"}]}],
        "url": "chuyen-ke/ck1/",
    }  # fmt: skip
    assert got["schema"] and got["editors"] == ["story.schema.json"]
    assert got["back"] == got["role"] == ["CK1"]
    assert "Ban đến tận nơi" in got["page"] and "Một buổi thẩm tra" in got["page"]
    assert "Ban đến tận nơi" in got["list"]
    assert got["reading"] and "CK1" in got["quoted"]
    assert got["grown"] == ["docs/chuyen-ke/ck2.md"], "the benchmark multiplies it"
    assert "id: CK2\ntitle: Chuyện mới\n" in got["new"] and "gist: VIẾT Ở ĐÂY" in got["new"]
    assert got["found"] == got["picture"] == "Chuyện kể"
    assert got["settings"]["./schemas/story.schema.json"] == "docs/chuyen-ke/ck*.md"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("docs/chuyen-ke/ck1.md", "solutions: [GP2]", "solutions: [GP99]", "không có bản ghi “GP99”"),
        ("docs/chuyen-ke/ck1.md", "told_by: ban-hdnd", "told_by: HC1", "HC1 là hạn chế"),
        ("docs/chuyen-ke/ck1.md", "{{ record_header() }}", "", "record_header"),
        ("docs/chuyen-ke/ck1.md", '{{ next_steps("GP2") }}', "", "no-next-step"),
        ("docs/chuyen-ke/ck1.md", "Ban đến tận nơi", "Ban " + "đi " * 30, "long-sentence"),
        ("docs/chuyen-ke/ck1.md", "stated: [GP2]", "stated: [GP3]", "stated-not-linked"),
        ("docs/chuyen-ke/ck1.md", "ban hành văn bản sai chủ thể", "ban hành văn bản đúng chủ thể", "quotes[0].text"),
        ("docs/chuyen-ke/ck1.md", "{source: TB183, locator: '2.1', text: \"ban", "{source: khong-co, locator: '2.1', text: \"ban", "quotes[0].source"),
        ("docs/chuyen-ke/ck1.md", "chưa đầy đủ nội dung", "đã đầy đủ nội dung", "scenes[0].quotes[0].text"),
        ("docs/han-che/hc1.md", "causes:", "causes: [CK1]\nold_causes:", "old_causes"),
    ],
)  # fmt: skip
@pytest.mark.full
def test_its_faults_are_told_like_those_of_any_kind(
    with_stories: Project, file: str, old: str, new: str, told: str
) -> None:
    with_stories.replace(file, old, new)
    assert told in run(with_stories, CHECK)


@pytest.mark.parametrize(
    ("forget", "told"),
    [
        (lambda p: p.replace("knowledge/kinds.py", LINE, ""), "docs/chuyen-ke: LỖI"),
        (lambda p: p.replace("knowledge/labels.yml", WORDS, ""), "labels.yml"),
        (lambda p: p.replace("knowledge/labels.yml", ", found: Chuyện kể", ""), "found"),
        (lambda p: (p.root / "macros/templates/header_story.html").unlink(), "header_story.html"),
        (lambda p: (p.root / "docs/chuyen-ke/ck1.md").unlink(), "docs/chuyen-ke"),
        (lambda p: p.replace("knowledge/kinds.py", 'own_words=("gist",), first_id="CK1"', 'first_id="CK1"'), "own_words"),
        (lambda p: p.replace("knowledge/kinds.py", 'own_words=("gist",), first_id="CK1"', 'own_words=("gist.text",), first_id="CK1"'), "gist.text"),
        (lambda p: p.replace("knowledge/kinds.py", 'own_words=("does", "note")', 'own_words=("does", "notes")'), "“notes”"),
        (lambda p: p.replace("knowledge/kinds.py", 'own_words=("gist",), first_id="CK1"', 'own_words=("gist",)'), "first_id"),
        (lambda p: p.replace("knowledge/kinds.py", 'first_id="CK1"', 'first_id="CK01"'), "first_id"),
        (lambda p: p.replace("knowledge/kinds.py", 'sentence="gist"', 'sentence="mandate"'), "sentence"),
        (lambda p: p.replace("knowledge/records/model.py", "    scenes: list[Scene]", "    actions: list[Scene]"), "applies"),
        (lambda p: p.replace("knowledge/kinds.py", '"chuyen-ke", Search', '"han-che", Search'), "han-che"),
    ],
)  # fmt: skip
def test_each_place_forgotten_is_told(with_stories: Project, forget: object, told: str) -> None:
    forget(with_stories)  # type: ignore[operator]
    said = run(with_stories, CHECK)
    assert told in said, said


def test_the_table_itself_has_no_fault() -> None:
    assert list(check_kinds.table_faults(ROOT)) == []
    assert set(LISTED) < set(KINDS)
    assert {m for kind in KINDS.values() for m in kind.macros} <= set(MACROS)


@pytest.mark.parametrize("kind", INNER_KINDS)
def test_what_lies_inside_records_is_known_addressed_and_published(kb: KnowledgeBase, root: Path, kind: str) -> None:
    """As a whole kind is: by its ID, at its place, in the file that declares it, in the ledger with its anchor."""
    ledger = read_ledger(root)
    assert kb.of(kind) and NAMED[kind]
    for one, record in kb.of(kind).items():
        origin, path = declared_at(kb, kind, one)
        told = origin.parsed.value
        for step in path:
            told = told[step]
        assert told == one.rpartition("/")[2]
        assert one in ledger["ids"][kind], "run: make ledger"
        if kind == "terms":  # they may share a name with a role; ``term`` leads to them
            continue
        assert kind_of(kb, one) == kind and kb.get(one) is not None
        uri, fragment = place_of(kb, one) or ("", "")
        assert fragment and (fragment in ledger["pages"][uri]), f"{record}: run: make ledger"


def test_the_place_of_our_words_reaches_into_lists(kb: KnowledgeBase) -> None:
    kind = kb.resolution_kinds["LN01"]
    asked = list(texts_at(kind, "questions.text"))
    assert asked[1] == (("questions", 1, "text"), kind.questions[1].text) and len(asked) == len(kind.questions)
    assert next(texts_at(kind, "whose")) == (("whose", 0), kind.whose[0])
    review = kb.reviews["TR-HDND"]
    points = list(texts_at(review, "statements.points"))
    assert points[6] == (("statements", 1, "points", 1), review.statements[1].points[1])
    assert list(texts_at(kind.model_copy(update={"no_form": None}), "no_form")) == []
    wrong = ("questions", "questions.texts", "question.text", "summary.text")
    assert is_place(ResolutionKind, "no_form") and not any(is_place(ResolutionKind, one) for one in wrong)


def test_the_sections_that_each_kind_of_page_must_have() -> None:
    """Written out: a section that the table forgets is missed by nobody else."""
    both = "Phiếu rà soát và biểu mẫu"
    assert {name: kind.sections for name, kind in KINDS.items() if kind.sections} == {
        "strengths": ("Làm gì", "Thế nào là đã làm", both),
        "findings": ("Biểu hiện", "Ảnh hưởng", "Vì sao", "Làm gì", "Ví dụ minh họa", both),
        "causes": ("Nhận ra thế nào", "Làm gì", both),
        "solutions": ("Làm gì", "Thế nào là đã làm", both),
        "checklists": ("Cách dùng", "Phiếu", "Sau khi rà soát"),
        "templates": ("Khi nào dùng", "Ai điền, ai ký", "Lỗi thường gặp", "Trước khi ký hoặc dùng", "Xem trước"),
        "instruments": ("Cần biết khi dùng", "Quy định được trích"),
    }


def test_the_kinds_whose_records_must_be_linked_to() -> None:
    """Written out, as the sections are: a kind without a word on it asks for no link."""
    assert {name: kind.needed_by for name, kind in KINDS.items() if kind.needed_by} == {
        "causes": ("findings",),
        "solutions": ("findings", "causes", "items", "strengths"),
    }


def test_every_field_of_links_says_what_it_links_to(root: Path) -> None:
    """Found in the source, where ``Links`` is still to be seen. ``stated`` repeats a record's own links."""
    trees = [ast.parse(file.read_text("utf-8")) for file in (root / "knowledge/records").glob("*.py")]
    bare = [
        f"{one.name}.{field.target.id}"
        for tree in trees for one in ast.walk(tree) if isinstance(one, ast.ClassDef)
        for field in one.body
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        and isinstance(field.annotation, ast.Name) and field.annotation.id == "Links"
    ]  # fmt: skip
    assert bare == ["Lesson.stated"]
    assert Links == list[str]


def _fields_that_name_records(kb: KnowledgeBase) -> dict[str, bool]:
    """Return each field of free text that holds the ID of a record somewhere → whether it is marked. What is chosen from a list is none."""
    # A term is named like any common word.
    known = {one for kind in (*KINDS, *INNER_KINDS) for one in kb.of(kind) if kind != "terms"}
    found: dict[str, bool] = {}
    for _owner, _origin, record, path in links.every_record(kb):
        for one in (record, *(inner for _place, inner in links.structures(record, path))):
            for name, field in type(one).model_fields.items():
                value = getattr(one, name)
                said = {text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)}
                if name != "id" and not said.isdisjoint(known) and "Literal" not in str(field.annotation):
                    found[f"{type(one).__name__}.{name}"] = any(isinstance(mark, LinksTo) for mark in field.metadata)
    return found


def test_no_field_names_records_without_saying_so(kb: KnowledgeBase) -> None:
    """By what stands in it, whatever its type: a bare ``str`` that holds an ID would be renamed and checked by nobody."""
    found = _fields_that_name_records(kb)
    assert {"Quote.source", "Ground.instrument", "Column.limit", "Finding.causes", "Action.stage"} <= set(found)
    # What a source pairs stands among a record's own links, too.
    assert {name for name, marked in found.items() if not marked} == {"Finding.stated", "Solution.stated"}


def test_every_mark_is_walked(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each model with a marked field, and each kind that lies inside another, is looked through; each field yields a link."""
    marked = {
        (model, name)
        for model in _models()
        for name, field in model.model_fields.items()
        if any(isinstance(one, LinksTo) for one in field.metadata)
    }
    assert len(marked) >= 38
    assert {name for _model, name in marked} == {link.field for link in declared_links(kb)}
    walked: set[type[Strict]] = set()
    monkeypatch.setattr(links, "_kept_links", lambda which, *given: which(*given))
    monkeypatch.setattr(links, "_marked_fields", lambda model: walked.add(model) or ())
    assert not list(links._declared_links(kb))
    assert {model for model, _name in marked} <= walked
    assert {kind.model for kind in (*KINDS.values(), *INNER_KINDS.values())} <= walked


def test_a_record_inside_another_is_told_once_with_its_place(kb: KnowledgeBase) -> None:
    for kind in INNER_KINDS.values():
        inner = kb.inner(kind.name)
        assert inner.keys() == kb.of(kind.name).keys()
        assert all(isinstance(record, kind.model) for _origin, record, _path in inner.values())
        if kind.name != "terms":
            assert all(kb.get(one) is record for one, (_origin, record, _path) in inner.items())
    kb_of_another = dataclasses.replace(kb, parts={"HC1a": "a place of another form"})  # type: ignore[dict-item]
    with pytest.raises(TypeError, match="not known where this lies"):
        kb_of_another.inner("parts")


def _models() -> set[type[Strict]]:
    """The records' types and those of the structures inside them."""
    found: set[type[Strict]] = set()
    waiting = [*(kind.model for kind in (*KINDS.values(), *INNER_KINDS.values())), TemplateDocument]
    while waiting:
        model = waiting.pop()
        if model in found:
            continue
        found.add(model)
        for field in model.model_fields.values():
            names = re.findall(r"(knowledge\.records\.\w+)\.([A-Z]\w+)", str(field.annotation))
            found_types = [getattr(sys.modules[module], name) for module, name in names]
            waiting += [one for one in found_types if isinstance(one, type) and issubclass(one, Strict)]
    return found
