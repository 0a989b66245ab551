"""A release: whole or not at all, the same bytes for the same content, and notes that name what a changed rule is to whom."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import jsonschema
import pytest
import yaml

from knowledge.addresses import Form
from knowledge.changed_since import State, changes, files_of, state_of
from knowledge.law_usage import resting
from knowledge.moves import trail_of
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.load import load
from knowledge.records.moves import PAGES, Moves
from publish.project import BuildFailed
from publish.release import archive
from publish.release.archive import SUMS, must_be_whole, verify, write_sums, write_tar
from publish.release.earlier import earlier_commit, files_at, must_be_told, must_fit
from publish.release.notes import NOT_STATED, notes
from publish.release.sbom import FONTS, LOCK, VENDOR, asked_for, locked, sbom, vendored
from publish.site import Use
from scripts import release as command
from tests.conftest import ROOT, Project, run_script, told_elsewhere, working_on

DAY = date(2026, 11, 29)


# --- notes


@pytest.fixture(scope="module")
def now() -> State:
    """What the project's own records say."""
    return state_of(files_of(ROOT))


def noted(project: Project, before: State) -> str:
    """The notes of a copy in which something was planted, compared with the project."""
    return notes(load(project.root).kb, before, state_of(files_of(project.root)))


def rule_with_all(kb: KnowledgeBase) -> str:
    """A rule, not at its doubt, on which an item and a deadline rest."""
    rests: dict[str, set[str]] = {}
    for record, rule in resting(kb):
        rests.setdefault(rule, set()).add(
            "item" if record in kb.items else "deadline" if record in kb.deadlines else ""
        )
    stated = (
        one for one, (_, rule, _path) in kb.rules.items() if (rule.status, rule.validity) == ("verified", "current")
    )
    return next(one for one in stated if {"item", "deadline"} <= rests.get(one, set()))


def plant_in_rule(project: Project, kb: KnowledgeBase, rule: str, old: str, new: str) -> None:
    file = f"docs/can-cu/{kb.rules[rule][0].id}.md"
    text = project.read(file)
    start = text.index(f"- id: {rule}\n")
    assert old in text[start : text.find("\n  - id: ", start)]
    project.write(file, text[:start] + text[start:].replace(old, new, 1))


def test_nothing_changed_nothing_noted(project: Project, now: State) -> None:
    told = noted(project, now)
    assert re.findall(r"^\| [^|]*\| (\d+) \| (\d+) \| (\d+) \|$", told, re.MULTILINE) == [("0", "0", "0")] * 7
    assert "##" not in told.replace("# Sổ", "")


def test_a_changed_rule_is_named_with_all_that_rests_on_it_and_whose_it_is(
    project: Project, kb: KnowledgeBase, now: State
) -> None:
    rule = rule_with_all(kb)
    words = kb.rules[rule][1].text
    plant_in_rule(project, kb, rule, words[:-1], words[:-1] + " (đã sửa)")
    told = noted(project, now)
    section = told.split(f": {rule} (đổi)")[1].split("\n#")[0]
    assert f"- Nội dung trước: {words}" in section and f"- Nội dung nay: {words[:-1]} (đã sửa)" in section
    records = [record for record, named in resting(kb) if named == rule]
    assert len(records) >= 2
    for record in records:
        line = next(line for line in section.splitlines() if (record.partition("/")[0]) in line)
        if placed := kb.items.get(record):
            line = next(line for line in section.splitlines() if placed.item.text.rstrip(".") in line)
            assert f"mục {placed.number} " in line and all(kb.roles[role].title in line for role in placed.roles)
        if deadline := kb.deadlines.get(record):
            assert deadline.outside or all(kb.roles[role].title in line for role in deadline.roles)
    assert "| Quy định của luật | 0 | 1 | 0 |" in told


def test_a_rule_known_less_well_is_named_and_no_longer_stated(project: Project, kb: KnowledgeBase, now: State) -> None:
    rule = rule_with_all(kb)
    plant_in_rule(project, kb, rule, "status: verified", "status: unverified")
    section = noted(project, now).split(f": {rule} (đổi)")[1].split("\n#")[0]
    assert "- Mức kiểm chứng trước: đã thấy trong văn bản\n- Mức kiểm chứng nay: chưa kiểm chứng" in section
    assert NOT_STATED in section and kb.rules[rule][1].text not in section
    assert "- Phiếu " in section and "- Thời hạn " in section


def test_a_withdrawn_rule_names_what_rested_on_it(kb: KnowledgeBase, now: State) -> None:
    rule = rule_with_all(kb)
    item = next(record for record, named in resting(kb) if named == rule and record in kb.items)
    after = state_of(files_of(ROOT))
    del after.records["rules"][rule]
    section = notes(kb, now, after).split(f": {rule} (đã rút)")[1].split("\n#")[0]
    assert "Bản trước dựa vào quy định này: " in section and item in section


def test_sheets_forms_deadlines_signs_pages_are_told_apart(project: Project, kb: KnowledgeBase, now: State) -> None:
    item = kb.checklists["DM05"].rounds[0].items[0]
    project.replace("checklists/dm05.yml", f"text: {item.text}", f"text: {item.text[:-1]} rồi.")
    project.replace("checklists/dm05.yml", "version: ", "version: 9")
    # A link more on an item is not on paper.
    project.replace("checklists/dm06.yml", "revised: ", "revised: 2020-01-01 # ")
    project.replace("docs/bieu-mau/bm01.yml", "text: ", "text: Thêm ")
    project.append("docs/bieu-mau/bm02.md", "\nThêm một câu.\n")
    deadline = next(one for one in kb.deadlines.values() if one.roles and not one.outside)
    project.replace("docs/tra-cuu/thoi-han.md", deadline.does, f"{deadline.does} sớm")
    counted = next(one for one in kb.deadlines.values() if one.amount and one.until is None and one is not deadline)
    page = project.read("docs/tra-cuu/thoi-han.md")
    start = page.index(f"id: {counted.id}\n")
    project.write(
        "docs/tra-cuu/thoi-han.md",
        page[:start] + page[start:].replace(f"amount: {counted.amount}\n", "amount: 399\n", 1),
    )
    (sign, *_) = kb.signs.values()
    project.replace("docs/tra-cuu/dau-hieu-chuong-trinh.md", sign.title, f"{sign.title} nhé")
    project.write("docs/tra-cuu/trang-moi.md", "---\ntitle: Trang mới\n---\n\n# Trang mới\n")
    (project.root / "docs/tra-cuu/gop-y.md").unlink()
    told = noted(project, now)
    version = kb.checklists["DM05"].version
    for line in (
        f"- DM05, {kb.checklists['DM05'].title}: đổi, phiên bản {version} → 9{version}; in lại phiếu",
        f"    - {item.id}, “{item.text[:-1]} rồi”: đổi (câu)",
        f"- BM01, {kb.templates['BM01'].title}: đổi; tải lại tệp",
        f"- BM02, {kb.templates['BM02'].title}: đổi lời hướng dẫn; tệp như cũ",
        f"- {deadline.id}, {deadline.does} sớm: đổi (việc)",
        f"- {counted.id}, {counted.does}: đổi (số ngày {counted.amount} → 399)",
        f"    - Ai: {', '.join(kb.roles[role].title for role in deadline.roles)}",
        f"- {sign.id}, {sign.title} nhé: đổi",
        "- tra-cuu/trang-moi.md, Trang mới: mới",
        "- tra-cuu/gop-y.md, Góp ý, báo chỗ sai: đã rút",
    ):
        assert f"{line}\n" in told, line
    assert "| Phiếu rà soát | 0 | 1 | 0 |" in told and "DM06," not in told


def test_what_was_renamed_is_not_new_and_what_was_withdrawn_says_why(project: Project, now: State) -> None:
    moves = Moves.model_validate(
        {"moved": [{"kind": "templates", "old": "BM01", "new": "BM99", "date": "2026-11-29"}], "withdrawn": []}
    )
    after = state_of(files_of(project.root))
    after.records["templates"]["BM99"] = after.records["templates"].pop("BM01")
    (found,) = changes("templates", now, after, trail_of(moves))
    assert (found.id, found.was, found.parts) == ("BM99", "BM01", ())
    project.write(
        "moved.yml",
        "moved: []\nwithdrawn:\n- {kind: pages, id: tra-cuu/gop-y.md, title: Góp ý, date: 2026-11-29,"
        " reason: Đã ghép., instead: tra-cuu/hoi-dap.md}\n",
    )
    (project.root / "docs/tra-cuu/gop-y.md").unlink()
    assert "đã rút: Đã ghép. Thay bằng tra-cuu/hoi-dap.md." in noted(project, now)


def test_an_edition_written_for_earlier_types_is_read(now: State) -> None:
    files = files_of(ROOT)
    sheet = yaml.safe_load(files["checklists/dm05.yml"])
    old = {**files, "checklists/dm05.yml": yaml.safe_dump({**sheet, "given_up": 1, "rounds": [*sheet["rounds"], "?"]})}
    old["docs/han-che/hc1.md"] = "không có phần đầu"
    old["docs/tra-cuu/hong.md"] = "---\na: [\n---\n"
    state = state_of(old)
    assert state.day == now.day and state.records["items"] == now.records["items"]
    assert "han-che/hc1.md" in state.records[PAGES]
    assert (
        "DM05"
        not in state_of({**files, "checklists/dm05.yml": "draft: true\n" + files["checklists/dm05.yml"]}).records[
            "checklists"
        ]
    )


def turned(value: object) -> object:
    """The same with the keys of each map in the other order."""
    if isinstance(value, dict):
        return {name: turned(value[name]) for name in reversed(value)}
    return [*map(turned, value)] if isinstance(value, list) else value


def test_in_which_order_a_file_is_written_is_no_change(now: State) -> None:
    files = files_of(ROOT)
    name = "checklists/dm05.yml"
    sheet = yaml.safe_load(files[name])
    as_now, changed = (
        state_of({**files, name: yaml.safe_dump(turned(one), allow_unicode=True, sort_keys=False)}).records[
            "checklists"
        ]
        for one in (sheet, {**sheet, "goal": f"{sheet['goal']} nhé"})
    )
    assert as_now == now.records["checklists"] and changed["DM05"] != as_now["DM05"]


def test_all_records_of_today_are_in_the_state(kb: KnowledgeBase, now: State) -> None:
    for kind in ("checklists", "items", "templates", "rules", "deadlines", "signs", "draft_signs"):
        assert set(now.records[kind]) == set(kb.of(kind)), kind
    told = {*now.records[PAGES], *(kb.page_of[one] for kind in ("checklists", "templates") for one in kb.of(kind))}
    assert told == set(kb.pages)


def test_the_first_edition_and_its_number(kb: KnowledgeBase, now: State) -> None:
    kb = replace(kb, edition=kb.edition.model_copy(update={"number": 7}))
    assert re.match(r"# .* \(bản số 7\)\n\nBản đầu tiên: \d+ phiếu rà soát, ", notes(kb, None, now))


# --- the edition before


def git(folder: Path, *arguments: str) -> None:
    named = (
        "-c",
        "user.name=Thử",
        "-c",
        "user.email=thu@vi-du.vn",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "tag.gpgsign=false",
    )
    subprocess.run(["git", "-C", str(folder), *named, *arguments], check=True, capture_output=True)


def commit(folder: Path, day: str, word: str = "") -> str:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "edition.yml").write_text(f"name: A\ndate: {day}\n", "utf-8")
    (folder / "docs/a.md").write_text(f"---\ntitle: {word}\n---\n", "utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", f"{day} {word}")
    return subprocess.check_output(["git", "-C", str(folder), "rev-parse", "HEAD"], text=True).strip()


@pytest.fixture
def history(tmp_path: Path) -> Path:
    folder = tmp_path / "history"
    folder.mkdir()
    git(folder, "init", "-q")
    return folder


def test_notes_compare_with_the_edition_before_or_its_tag_or_what_is_named(history: Path) -> None:
    first = commit(history, "2026-11-27", "một")
    assert earlier_commit(history, date(2026, 11, 27)) is None
    second = commit(history, "2026-11-28", "hai")
    later = commit(history, "2026-11-28", "ba")
    commit(history, "2026-11-29", "bốn")
    assert earlier_commit(history, DAY) == second, "the commit that set the edition before"
    git(history, "tag", "v2026-11-28", later)
    git(history, "tag", "v2026-11-29")
    assert earlier_commit(history, DAY) == later, "its tag, not this edition's own"
    assert earlier_commit(history, DAY, since=first[:12]) == first
    assert state_of(files_at(history, later)).records[PAGES]["a.md"].title == "ba"
    with pytest.raises(BuildFailed, match="since=v2020: không có nhãn"):
        earlier_commit(history, DAY, since="v2020")
    with pytest.raises(BuildFailed, match="không có nhãn"):
        earlier_commit(history, DAY, since="--all")


def test_a_history_cut_short_is_refused(history: Path, tmp_path: Path) -> None:
    commit(history, "2026-11-28")
    commit(history, "2026-11-29", "hai")
    short = tmp_path / "short"
    subprocess.run(
        ["git", "clone", "-q", "--depth=1", f"file://{history}", str(short)], check=True, capture_output=True
    )
    with pytest.raises(BuildFailed, match="bị cắt ngắn"):
        earlier_commit(short, DAY)


def test_tag_and_list_of_editions_fit_the_edition(tmp_path: Path) -> None:
    must_fit("v2026-11-29", DAY)
    with pytest.raises(BuildFailed, match="nhãn v2026-11-30 không khớp bản ngày 2026-11-29"):
        must_fit("v2026-11-30", DAY)
    (tmp_path / "CHANGELOG.md").write_text("## 2026-11-28\n\n- 2026-11-29\n", "utf-8")
    with pytest.raises(BuildFailed, match="chưa có mục “## 2026-11-29”"):
        must_be_told(tmp_path, DAY)


# --- the bill of materials

HASHES = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["alg", "content"],
        "additionalProperties": False,
        "properties": {"alg": {"const": "SHA-256"}, "content": {"pattern": "^[a-f0-9]{64}$"}},
    },
}
COMPONENT = {
    "type": "object",
    "required": ["type", "name"],
    "additionalProperties": False,
    "properties": {
        "type": {"enum": ["application", "library", "file"]},
        "bom-ref": {"type": "string", "minLength": 1},
        "name": {"type": "string", "minLength": 1},
        "description": {"type": "string"},
        "version": {"type": "string", "minLength": 1},
        "scope": {"enum": ["required", "optional", "excluded"]},
        "hashes": HASHES,
        "licenses": {
            "items": {"properties": {"license": {"properties": {"id": {"enum": ["MIT", "CC-BY-4.0", "OFL-1.1"]}}}}}
        },
        "purl": {"pattern": "^pkg:(pypi|npm)/[a-z0-9-]+@[^/]+$"},
        "externalReferences": {
            "items": {
                "required": ["url", "type"],
                "additionalProperties": False,
                "properties": {"url": {"format": "uri"}, "type": {"const": "distribution"}, "hashes": HASHES},
            }
        },
        "properties": {
            "items": {
                "required": ["name", "value"],
                "additionalProperties": False,
                "properties": {"name": {"type": "string", "minLength": 1}, "value": {"type": "string"}},
            }
        },
        "components": {"items": {"$ref": "#/$defs/component"}},
    },
}
BOM = {
    "$defs": {"component": COMPONENT},
    "type": "object",
    "required": ["bomFormat", "specVersion", "serialNumber", "version", "metadata", "components", "dependencies"],
    "additionalProperties": False,
    "properties": {
        "bomFormat": {"const": "CycloneDX"},
        "specVersion": {"const": "1.6"},
        "serialNumber": {"pattern": "^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},
        "version": {"type": "integer", "minimum": 1},
        "metadata": {
            "additionalProperties": False,
            "properties": {
                "timestamp": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
                "component": {"$ref": "#/$defs/component"},
            },
        },
        "components": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/component"}},
        "dependencies": {"items": {"required": ["ref"], "properties": {"dependsOn": {"uniqueItems": True}}}},
    },
}
"""The fields that we write, as the specification of CycloneDX 1.6 has them."""


def test_the_bill_of_materials_keeps_to_the_specification(kb: KnowledgeBase) -> None:
    told = json.loads(sbom(ROOT, kb.edition.name, DAY))
    jsonschema.Draft202012Validator(BOM).validate(told)
    refs = [told["metadata"]["component"]["bom-ref"], *(one["bom-ref"] for one in told["components"])]
    assert len(refs) == len(set(refs))
    (root,) = told["dependencies"]
    assert (
        root["ref"] == refs[0]
        and set(root["dependsOn"]) <= set(refs)
        and len(root["dependsOn"]) >= len(asked_for(ROOT))
    )


def test_the_bill_of_materials_is_the_same_for_the_same_locks_and_files(tmp_path: Path) -> None:
    """In another folder, process and order of sets."""
    for pattern in (LOCK, "pyproject.toml", f"{VENDOR}/*.js", *FONTS):
        for path in ROOT.glob(pattern):
            copy = tmp_path / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    code = """
import datetime, json, pathlib, sys
from publish.release.sbom import sbom
print(sbom(pathlib.Path.cwd(), "Sổ tay", datetime.date.fromisoformat(json.load(sys.stdin))), end="")
"""
    assert told_elsewhere(code, DAY.isoformat(), tmp_path) == sbom(ROOT, "Sổ tay", DAY)
    assert sbom(ROOT, "Sổ tay", date(2026, 11, 30)) != sbom(ROOT, "Sổ tay", DAY)


def test_every_locked_package_stands_in_it_with_every_hash() -> None:
    text = (ROOT / LOCK).read_text("utf-8")
    found = locked(text)
    assert [f"{one['name']}=={one['version']}" for one in found] == [
        name.lower().replace("_", "-") for name in re.findall(r"^([^\s#;]+==[^\s;]+)", text, re.MULTILINE)
    ]
    assert sum(len(one["externalReferences"][0]["hashes"]) for one in found) == text.count("--hash=sha256:") > 100
    marked = "a-b==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:" + "0" * 64 + "\n"
    assert locked(marked)[0]["scope"] == "optional"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a==1.0\n", "a không có hash"),
        ("a>=1.0\n", "lock:1: không hiểu"),
        ("a==1 \\\n    --hash=md5:00\n", "lock:2: không hiểu"),
    ],
)
def test_a_lock_without_hashes_is_refused(text: str, said: str) -> None:
    with pytest.raises(BuildFailed, match=said):
        locked(text)


def test_scripts_and_fonts_of_others_stand_in_it(tmp_path: Path, kb: KnowledgeBase) -> None:
    found = {one["name"]: one for one in vendored(ROOT)}
    for path in (ROOT / VENDOR).glob("*.js"):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert found[path.stem]["hashes"] == [{"alg": "SHA-256", "content": digest}]
    told = sbom(ROOT, kb.edition.name, DAY)
    for folder in ("docs/assets/fonts", "papers/fonts"):
        assert all(path.name in told for path in (ROOT / folder).iterdir() if path.suffix in (".ttf", ".woff2"))
    (tmp_path / VENDOR).mkdir(parents=True)
    (tmp_path / VENDOR / "la.js").write_text("let a;", "utf-8")
    with pytest.raises(BuildFailed, match=r"vendor/la\.js: dòng đầu không ghi tên và phiên bản"):
        vendored(tmp_path)


# --- archives and checksums


def small_site(folder: Path, names: tuple[str, ...] = ("index.html", "a/b.txt")) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"<p>{name}</p>", "utf-8")
    return folder


def test_an_archive_depends_on_nothing_but_content_and_day(tmp_path: Path) -> None:
    one = small_site(tmp_path / "one")
    two = small_site(tmp_path / "two", ("a/b.txt", "index.html"))
    for path in two.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o700)
    write_tar(one, tmp_path / "1.tar.gz", DAY)
    write_tar(two, tmp_path / "2.tar.gz", DAY)
    assert (tmp_path / "1.tar.gz").read_bytes() == (tmp_path / "2.tar.gz").read_bytes()
    moment = int(datetime(2026, 11, 29, tzinfo=UTC).timestamp())
    assert (tmp_path / "1.tar.gz").read_bytes()[4:8] == moment.to_bytes(4, "little")
    with tarfile.open(tmp_path / "1.tar.gz") as packed:
        assert {entry.mtime for entry in packed} == {moment}
        assert packed.getnames() == ["site/a/b.txt", "site/index.html"]
        assert {(entry.mode, entry.uid, entry.uname) for entry in packed} == {(0o644, 0, "")}


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    folder.mkdir()
    write_tar(small_site(tmp_path / "site"), folder / "a.tar.gz", DAY)
    with zipfile.ZipFile(folder / "a.zip", "w") as packed:
        packed.writestr("so-tay/index.html", "x" * 1000)
    (folder / "sbom.cdx.json").write_text("{}", "utf-8")
    (folder / "GHI-CHU.md").write_text("# A\n", "utf-8")
    write_sums(folder)
    assert verify(folder) == []
    return folder


def wrong_sum(folder: Path) -> None:
    text = (folder / SUMS).read_text("utf-8")
    (folder / SUMS).write_text(text.replace(text[0], "0" if text[0] != "0" else "1", 1), "utf-8")


def cut(name: str) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data[: len(data) * 2 // 3])
        write_sums(folder)

    return plant


def harmed_zip(folder: Path) -> None:
    data = (folder / "a.zip").read_bytes()
    (folder / "a.zip").write_bytes(data.replace(b"xxx", b"xyx", 1))
    write_sums(folder)


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        pytest.param(wrong_sum, "GHI-CHU.md: mã SHA-256 không khớp", id="a wrong checksum"),
        (lambda folder: (folder / "GHI-CHU.md").write_text("# B\n", "utf-8"), "GHI-CHU.md: mã SHA-256 không khớp"),
        (lambda folder: (folder / "a.zip").unlink(), f"a.zip: có trong {SUMS} mà không có tệp"),
        (lambda folder: (folder / "la.txt").write_text("", "utf-8"), f"la.txt: không có trong {SUMS}"),
        (lambda folder: (folder / SUMS).unlink(), f"{SUMS}: không có"),
        (lambda folder: (folder / SUMS).write_text(f"{'0' * 64}  ../a\n", "utf-8"), f"{SUMS}:1: sai dạng"),
        pytest.param(cut("a.zip"), "a.zip: hỏng", id="a zip cut short"),
        pytest.param(cut("a.tar.gz"), "a.tar.gz: hỏng", id="a tar cut short"),
        pytest.param(cut("sbom.cdx.json"), "sbom.cdx.json: hỏng", id="a bill cut short"),
        pytest.param(harmed_zip, "a.zip: so-tay/index.html hỏng", id="a file in a zip harmed"),
    ],
)
def test_what_is_not_whole_is_refused(whole: Path, plant: Callable[[Path], object], said: str) -> None:
    plant(whole)
    assert any(line.startswith(said) for line in verify(whole)), verify(whole)
    with pytest.raises(BuildFailed):
        must_be_whole(whole)


def test_the_sums_are_what_other_programs_read(whole: Path) -> None:
    assert subprocess.run(["sha256sum", "--check", "--strict", SUMS], cwd=whole, capture_output=True).returncode == 0
    assert run_script("release", "--verify", str(whole)).returncode == 0
    wrong_sum(whole)
    result = run_script("release", "--verify", str(whole))
    assert result.returncode == 1 and "không khớp" in result.stdout and "Traceback" not in result.stdout


# --- the whole command, with builds that are quick


@pytest.fixture
def committed(project: Project) -> Iterator[Project]:
    """A copy with a history of its own, on which the command works."""
    for name in (LOCK, "pyproject.toml", "CHANGELOG.md", ".gitignore"):
        project.write(name, (ROOT / name).read_text("utf-8"))
    day = yaml.safe_load(project.read("edition.yml"))["date"]
    if f"## {day}" not in project.read("CHANGELOG.md"):
        project.append("CHANGELOG.md", f"\n## {day}\n")
    git(project.root, "init", "-q")
    git(project.root, "add", "-A")
    git(project.root, "commit", "-q", "-m", "Bản này")
    with working_on(project.root):
        yield project


class Builds:
    """A build that writes a small site, or goes wrong in one of the two forms."""

    def __init__(self, fails_in: str = "", error: BaseException | None = None, word: str = "") -> None:
        self.fails_in, self.error, self.word = fails_in, error or BuildFailed("hỏng giữa chừng"), word

    def __call__(self, target: Path, kb: KnowledgeBase, form: Form, use: Use) -> None:
        target.mkdir()
        (target / "index.html").write_text(f"<!doctype html><html><body><p>{self.word}</p></body></html>", "utf-8")
        if form == self.fails_in:
            raise self.error


@pytest.fixture(autouse=True)
def folder_is_not_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small site is no site to read back; the real one is released whole below."""
    monkeypatch.setattr(command, "finish_copy", lambda site, kb: None)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def left_over(project: Project) -> list[str]:
    return [
        path.name for path in (project.root / ".cache").iterdir() if path.is_dir() and path.name.startswith("build-")
    ]


def test_a_release_has_its_five_files_and_the_same_bytes_again(committed: Project, tmp_path: Path) -> None:
    out = tmp_path / "dist"
    # What a killed run left is taken away by the next.
    (committed.root / ".cache/build-release-x/release").mkdir(parents=True)
    assert command.release(out, build=Builds()) == 0
    (made,) = out.iterdir()
    day = made.name.removeprefix("release-")
    assert made.name == f"release-{yaml.safe_load(committed.read('edition.yml'))['date']}"
    assert sorted(contents(made)) == [
        "GHI-CHU.md", "SHA256SUMS", "sbom.cdx.json", f"so-tay-hdnd-{day}.zip", f"so-tay-hdnd-site-{day}.tar.gz",
    ]  # fmt: skip
    assert command.release(tmp_path / "again", build=Builds()) == 0
    assert contents(made) == contents(tmp_path / "again" / made.name)
    # Made again in its place, with other content: wholly the new one.
    assert command.release(out, build=Builds(word="khác")) == 0
    assert verify(made) == [] and [path.name for path in out.iterdir()] == [made.name]
    assert left_over(committed) == []


@pytest.mark.corner
@pytest.mark.parametrize("form", ["file", "directory"])
@pytest.mark.parametrize(
    "error", [BuildFailed("hỏng giữa chừng"), OSError(28, "No space left on device"), KeyboardInterrupt()]
)
def test_a_build_that_fails_or_is_interrupted_leaves_what_was_there(
    committed: Project, tmp_path: Path, form: str, error: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "dist"

    def fails() -> None:
        if isinstance(error, KeyboardInterrupt):
            with pytest.raises(KeyboardInterrupt):
                command.release(out, build=Builds(form, error))
        else:
            assert command.release(out, build=Builds(form, error)) == 1
            assert capsys.readouterr().out.splitlines()[-1] in (
                "hỏng giữa chừng",
                "Hết chỗ trên đĩa; xóa bớt tệp rồi chạy lại",
            )

    fails()
    assert not out.exists() or [*out.iterdir()] == []
    assert command.release(out, build=Builds()) == 0
    (made,) = out.iterdir()
    before = contents(made)
    fails()
    assert contents(made) == before and left_over(committed) == []


def test_the_command_reads_again_what_it_made(
    committed: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def wrong(folder: Path) -> None:
        archive.write_sums(folder)
        wrong_sum(folder)

    monkeypatch.setattr(command, "write_sums", wrong)
    assert command.release(tmp_path / "dist", build=Builds()) == 1
    assert "mã SHA-256 không khớp" in capsys.readouterr().out
    assert not (tmp_path / "dist").exists()


def test_what_cannot_be_released_is_told_in_a_line_before_anything_is_built(
    committed: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, never = tmp_path / "dist", Builds("file", AssertionError("built all the same"))

    def said(**options: str) -> str:
        assert command.release(out, build=never, **options) == 1
        return capsys.readouterr().out.splitlines()[-1]

    day = yaml.safe_load(committed.read("edition.yml"))["date"]
    assert "không khớp bản ngày" in said(tag="v2000-01-01")
    assert "không có nhãn hay lần lưu" in said(since="v2000-01-01")
    (out / f"release-{day}").mkdir(parents=True)
    (out / f"release-{day}" / "luan-van.docx").write_text("của tôi", "utf-8")
    assert "thư mục có tệp khác" in said()
    assert (out / f"release-{day}" / "luan-van.docx").is_file()
    committed.append("docs/ky-hop/b4.md", "\nCâu mới.\n")
    assert "docs/ky-hop/b4.md: chưa lưu vào git" in said()
    monkeypatch.setattr(command, "ROOT", tmp_path)
    assert "không có lịch sử git" in said()


@pytest.mark.full
def test_the_real_release_is_whole_and_the_same_again(buildable: Project, tmp_path: Path) -> None:
    for name in (LOCK, "pyproject.toml", "CHANGELOG.md", ".gitignore"):
        buildable.write(name, (ROOT / name).read_text("utf-8"))
    day = yaml.safe_load(buildable.read("edition.yml"))["date"]
    buildable.append("CHANGELOG.md", f"\n## {day}\n")
    git(buildable.root, "init", "-q")
    git(buildable.root, "add", "-A")
    git(buildable.root, "commit", "-q", "-m", "Bản này")
    for name in ("one", "two"):
        result = run_script(
            "release", "--output", str(tmp_path / name), root=buildable.root, SITE_URL="https://vi-du.vn/so-tay/"
        )
        assert result.returncode == 0, result.stdout
    one, two = tmp_path / "one" / f"release-{day}", tmp_path / "two" / f"release-{day}"
    assert contents(one) == contents(two) and verify(one) == []
    with tarfile.open(one / f"so-tay-hdnd-site-{day}.tar.gz") as packed:
        names = packed.getnames()
    assert {"site/sw.js", "site/tai-ve/kb.json", "site/sitemap.xml"} <= set(names)


# --- what stands around it


def test_a_tag_is_published_by_the_command_alone(root: Path) -> None:
    flow = yaml.safe_load((root / ".github/workflows/release.yml").read_text("utf-8"))
    # YAML reads the key `on` as true.
    assert [*flow[True]] == ["push"] and flow[True]["push"] == {"tags": ["v[0-9]*-[0-9]*-[0-9]*"]}
    build, publish = flow["jobs"]["build"], flow["jobs"]["publish"]
    assert build["needs"] == "test" and publish["needs"] == "build"
    assert 'make release tag="$TAG"' in [step.get("run") for step in build["steps"]]
    (checkout,) = [step for step in build["steps"] if "checkout" in step.get("uses", "")]
    assert checkout["with"]["fetch-depth"] == 0, "notes compare with an earlier edition"
    # The one job that may write runs nothing of the project, and only after the sums fit.
    assert [name for name, job in flow["jobs"].items() if "write" in str(job.get("permissions"))] == ["publish"]
    ran = [step["run"] for step in publish["steps"] if "run" in step]
    assert (
        SUMS in ran[0] and "gh release create" in ran[1] and not any("make" in line or "python" in line for line in ran)
    )


def test_forms_ask_what_is_needed_and_no_names(root: Path) -> None:
    folder = root / ".github/ISSUE_TEMPLATE"
    for path in (folder / "noi-dung.yml", folder / "may-khong-chay.yml"):
        form = yaml.safe_load(path.read_text("utf-8"))
        assert form["name"] and form["description"]
        fields = [one for one in form["body"] if one["type"] != "markdown"]
        ids = [one["id"] for one in fields]
        assert len(ids) == len(set(ids)) and "ban" in ids
        assert all(one["type"] in ("input", "textarea") and one["attributes"]["label"] for one in fields)
    assert "Không ghi nội dung mật" in (folder / "noi-dung.yml").read_text("utf-8")


@pytest.mark.parametrize("file", ["CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", ".github/PULL_REQUEST_TEMPLATE.md"])
def test_commands_and_files_that_are_named_exist(root: Path, file: str) -> None:
    text = (root / file).read_text("utf-8")
    targets = re.findall(r"^([a-z-]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert [one for one in re.findall(r"`make ([a-z-]+)", text) if one not in targets] == []
    named = re.findall(r"`((?:\.?[\w-]+/)*[\w-]+\.(?:md|yml|py|json))`", text)
    made = {"GHI-CHU.md", "sbom.cdx.json"}
    assert [one for one in named if one not in made and not (root / one).exists()] == []
