"""``kb.json`` keeps the contract: its schema, its keys, its addresses, its bytes."""

from __future__ import annotations

import copy
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from selectolax.lexbor import LexborHTMLParser

from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.read import split_front_matter
from knowledge.records.yaml_lines import parse_yaml
from publish.contract import contract_schema_text, contract_text
from publish.editor_schemas import editor_schemas
from tests.conftest import command_environment

KINDS = [
    "sources", "strengths", "findings", "causes", "solutions", "roles", "stages", "checklists",
    "templates", "resolution_kinds", "instruments", "exercises", "milestones", "reviews", "terms",
]  # fmt: skip


@pytest.fixture(scope="module")
def data(site: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((site / "tai-ve/kb.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def validator(site: Path) -> jsonschema.Draft202012Validator:
    schema = json.loads((site / "tai-ve/kb.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_published_data_fits_its_schema(
    data: dict[str, Any], validator: jsonschema.Draft202012Validator, kb: KnowledgeBase
) -> None:
    assert [error.message for error in validator.iter_errors(data)] == []
    assert list(data) == [
        "schema",
        "edition",
        *KINDS,
        "deadlines",
        "signs",
        "path_steps",
        "class_steps",
        "try_steps",
        "evidence",
    ]
    assert data["schema"] == 2 and data["edition"] == kb.edition.date.isoformat()


def test_the_schema_refuses_what_is_wrong(data: dict[str, Any], validator: jsonschema.Draft202012Validator) -> None:
    def broken(change: Any) -> bool:
        bad = copy.deepcopy(data)
        change(bad)
        return not validator.is_valid(bad)

    assert broken(lambda d: d.pop("findings"))
    assert broken(lambda d: d["findings"][0].update(extra=1))
    assert broken(lambda d: d["checklists"][0]["rounds"][0]["items"][0].update(id="chu-the"))
    assert broken(lambda d: d["sources"][0]["paragraphs"][0].update(locator="x"))
    assert broken(lambda d: d.update(edition=2026))


def test_counts_are_those_of_the_records(data: dict[str, Any], kb: KnowledgeBase) -> None:
    counts = {kind: len(data[kind]) for kind in KINDS}
    assert counts == {kind: len(getattr(kb, kind)) for kind in KINDS}
    assert min(counts["findings"], counts["causes"], counts["solutions"]) >= 5
    items = [i for c in data["checklists"] for r in c["rounds"] for i in r["items"]]
    assert [item["id"] for item in items] == list(kb.items)
    needed = {"id", "text", "answer", "critical", "prevents", "applies", "rules", "forms", "url"}
    assert needed <= set(items[0])


@pytest.mark.parametrize("form", ["directory", pytest.param("file", marks=pytest.mark.full)])
def test_every_address_leads_somewhere(sites: dict[str, Path], form: str) -> None:
    site = sites[form]
    data = json.loads((site / "tai-ve/kb.json").read_text("utf-8"))
    urls = [record["url"] for record in _records(data)]
    assert len(urls) > 700
    for url in urls:
        path, _, fragment = url.partition("#")
        file = site / path / "index.html" if form == "directory" else site / path
        assert file.is_file(), url
        if fragment:
            tree = LexborHTMLParser(file.read_text("utf-8"))
            assert tree.css_first(f'[id="{fragment}"]'), url


def _records(value: Any) -> list[dict[str, Any]]:
    found = [value] if isinstance(value, dict) and "url" in value and len(value) > 2 else []
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return found + [record for child in children for record in _records(child)]


@pytest.mark.parametrize("seed", ["1", pytest.param("2", marks=pytest.mark.full)])
def test_same_records_same_bytes(kb: KnowledgeBase, root: Path, seed: str) -> None:
    """In another process, where sets come in another order, as for the next who builds."""
    write = (
        "import hashlib; from pathlib import Path; from knowledge.checks.project import check_project\n"
        "from publish.contract import contract_text\n"
        "text = contract_text(check_project(Path('.'))[0], 'directory')\n"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    here = hashlib.sha256(contract_text(kb, "directory").encode()).hexdigest()
    environment = command_environment() | {"PYTHONHASHSEED": seed}
    told = subprocess.run([sys.executable, "-c", write], cwd=root, env=environment, text=True, capture_output=True)
    assert told.stdout.strip() == here, told.stderr
    assert contract_text(kb, "directory") != contract_text(kb, "file")
    assert contract_schema_text().endswith("}\n")


def test_editor_schemas_in_the_repository_are_current(root: Path) -> None:
    committed = {p.name: p.read_text("utf-8") for p in (root / "schemas").glob("*.json")}
    assert committed == editor_schemas(), "run: make schemas"


def test_every_record_fits_the_schema_that_editors_get(root: Path, kb: KnowledgeBase) -> None:
    settings = json.loads((root / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    for schema_path, globs in settings.items():
        validator = jsonschema.Draft7Validator(json.loads((root / schema_path).read_text("utf-8")))
        patterns = [globs] if isinstance(globs, str) else globs
        files = {f for g in patterns if g[0] != "!" for f in root.glob(g)}
        files -= {f for g in patterns if g[0] == "!" for f in root.glob(g[1:])}
        assert files, schema_path
        for file in sorted(files):
            text = file.read_text("utf-8")
            split = split_front_matter(text)
            value = parse_yaml(split[0] if split else text, file.name).value
            assert [e.message for e in validator.iter_errors(value)] == [], file.name
            assert not validator.is_valid({**value, "khong_co": 1}), "an unknown field passes"


def test_the_checklist_schema_serves_an_editor(root: Path) -> None:
    """The file names its schema; the schema accepts it, refuses faults, explains each field."""
    text = (root / "checklists/dm05.yml").read_text("utf-8")
    first = text.splitlines()[0]
    schema_path = first.partition("$schema=")[2]
    schema = json.loads((root / "checklists" / schema_path).read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    value = parse_yaml(text, "dm05.yml").value
    assert [e.message for e in validator.iter_errors(value)] == []
    value["rounds"][0]["items"][0]["txt"] = "x"
    assert not validator.is_valid(value)
    item = schema["$defs"]["Item"]["properties"]
    assert all("description" in field for field in item.values())
