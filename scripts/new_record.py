"""``make new kind=… title="…"``: a new record with the next free ID, in the right file and skeleton."""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import date, timedelta

from knowledge.checks.project import check_project
from knowledge.kinds import BY_FOLDER, KINDS
from knowledge.records.fields import TITLE_LETTERS
from knowledge.records.ids import next_free_id
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.text import slugify
from publish.project import ROOT, write_changed

WITHOUT_PROSE = ("thuc-hanh", "moc")
TO_WRITE = "VIẾT Ở ĐÂY"


def free_id(kb: KnowledgeBase, folder: str, title: str) -> str:
    """Return the next ID of a kind that no record and no file uses."""
    kind = BY_FOLDER[folder]
    if not kind.first_id:
        stem = slugify(title)
        taken = {path.stem for path in (ROOT / "docs" / folder).glob("*.md")}
        return stem if stem not in taken else next_free_id(stem, taken)
    taken = {path.stem.upper() for path in (ROOT / "docs" / folder).glob("*.md")}
    taken |= {path.stem.upper() for path in (ROOT / "checklists").glob("*.yml")}
    taken |= set(kb.origins) | kb.broken
    return kind.first_id if kind.first_id not in taken else next_free_id(kind.first_id, taken)


def id_pattern(folder: str) -> str:
    """Return the regular expression of a kind's IDs."""
    return str(BY_FOLDER[folder].model.model_json_schema()["properties"]["id"]["pattern"])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def front_matter(folder: str, record_id: str, title: str) -> list[str]:
    """Return the data lines of a new page, with a place to write for each required field."""
    head = [f"id: {record_id}", f"title: {_quoted(title)}"]
    quote = ["quotes:", "  - source: TB183", "    locator: '2.1'", f"    text: {TO_WRITE}"]
    summary = [f"summary: {TO_WRITE}"]
    return {
        "cach-lam-hay": [*head, *summary, *quote, "solutions: []", "actions: []"],
        "han-che": [
            *head, *summary, "severity: vừa", *quote, "parts: []",
            "causes: []", "solutions: []", "stages: []",
        ],
        "nguyen-nhan": [*head, *summary, *quote, "solutions: []"],
        "giai-phap": [*head, *summary, *quote, "roles: []", "actions: []"],
        "vai-tro": [*head, f"short: {_quoted(title)}", "order: 100", f"mandate: {TO_WRITE}"],
        "ky-hop": [*head, f"when: {TO_WRITE}", f"outcome: {TO_WRITE}"],
        "bieu-mau": [*head, f"purpose: {TO_WRITE}", "kind: official", "roles: []", "stages: []"],
        "can-cu": [
            *head, f"number: {TO_WRITE}", f"short: {TO_WRITE}", "state: unknown",
            "state_status: unverified", "rules: []",
        ],
        "danh-muc": [f"id: {record_id}"],
        "thuc-hanh": [
            *head, "kind: one", "minutes: 5", "situation:", f"  - {TO_WRITE}", f"question: {TO_WRITE}",
            "choices:", f"  - text: {TO_WRITE}", "    right: true", f"    feedback: {TO_WRITE}",
            f"  - text: {TO_WRITE}", f"    feedback: {TO_WRITE}", f"takeaway: {TO_WRITE}",
            "trains: []", "roles: []", "stages: []",
        ],
        "moc": [
            *head, *summary, "order: 100", "stages: []", "steps:",
            *(
                line
                for number in (1, 2, 3)
                for line in (
                    f"  - id: buoc-{number}", f"    title: {TO_WRITE}", "    minutes: 10", f"    do: {TO_WRITE}",
                )
            ),
        ],
    }[folder]  # fmt: skip


def page_text(folder: str, record_id: str, title: str) -> str:
    """Return the whole new page: data, then the skeleton of its kind."""
    lines = ["---", *front_matter(folder, record_id, title), "---", "", "{{ record_header() }}"]
    kind = BY_FOLDER[folder]
    needed = [name for name in kind.macros if name != "record_header"]
    for heading in kind.sections:
        lines += ["", f"## {heading}", "", _macro_for(folder, heading) or TO_WRITE]
    if not kind.sections:
        lines += [line for name in needed for line in ("", f"{{{{ {name}() }}}}")]
        if folder not in WITHOUT_PROSE:
            lines += ["", "## Cần nhớ", "", f"- {TO_WRITE}"]
    lines += ["", "{{ next_steps() }}"]
    return "\n".join(lines) + "\n"


def _macro_for(folder: str, heading: str) -> str:
    return {
        ("han-che", "Vì sao"): '{{ linked("causes") }}',
        ("nguyen-nhan", "Làm gì"): f'{TO_WRITE}\n\n{{{{ linked("solutions") }}}}',
        ("giai-phap", "Làm gì"): f"{TO_WRITE}\n\n{{{{ action_list() }}}}",
        ("cach-lam-hay", "Làm gì"): f"{TO_WRITE}\n\n{{{{ action_list() }}}}",
        ("danh-muc", "Phiếu"): "{{ checklist() }}",
        ("can-cu", "Quy định được trích"): "{{ rule_list() }}",
    }.get((folder, heading), "{{ sheet_items() }}" if heading == "Danh mục và biểu mẫu" else "")


def checklist_text(kb: KnowledgeBase, record_id: str, title: str) -> str:
    """Return the data file of a new checklist: two rounds with one item each."""
    today = kb.edition.date
    item = ["      - id: muc-moi", f"        text: Ghi {TO_WRITE}", f"        answer: {TO_WRITE}"]
    lines = [
        "# yaml-language-server: $schema=../schemas/checklist.schema.json",
        f"id: {record_id}",
        f"title: {_quoted(title)}",
        f"goal: {TO_WRITE}",
        "kind: DO-CONFIRM",
        "version: 1",
        f"revised: {today.isoformat()}",
        f"review_by: {_half_a_year_after(today).isoformat()}",
        "trialled: false",
        "roles: []",
        "stages: []",
        "rounds:",
    ]
    for number in (1, 2):
        lines += [f"  - title: {TO_WRITE}", f"    when: {TO_WRITE}", "    reads: van-phong"]
        lines += ["    answers: [thuong-truc]", "    items:"]
        lines += [line.replace("muc-moi", f"muc-moi-{number}") for line in item]
    return "\n".join(lines) + "\n"


def _half_a_year_after(day: date) -> date:
    return day + timedelta(days=180)


def main() -> int:
    """Write the files of one new record. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=sorted(kind.folder for kind in KINDS.values() if kind.begun))
    parser.add_argument("title")
    options = parser.parse_args()
    title = " ".join(options.title.split())
    if not title or (not BY_FOLDER[options.kind].first_id and not slugify(title)):
        print('Tên bản ghi để trống. Ví dụ: make new kind=han-che title="Tên hạn chế"')
        return 1
    if len(title) > TITLE_LETTERS:
        print(f"Tên bản ghi dài {len(title)} ký tự: rút còn tối đa {TITLE_LETTERS} ký tự")
        return 1
    kb, _issues = check_project(ROOT)
    record_id = free_id(kb, options.kind, title)
    if not re.fullmatch(id_pattern(options.kind), record_id):
        print(f"Hết mã trống: {record_id} không phải mã hợp lệ của {options.kind}")
        return 1
    files = {f"docs/{options.kind}/{record_id.lower()}.md": page_text(options.kind, record_id, title)}
    if options.kind == "danh-muc":
        files[f"checklists/{record_id.lower()}.yml"] = checklist_text(kb, record_id, title)
    for name, text in files.items():
        write_changed(ROOT / name, text)
        print(f"Đã tạo {name}")
    print(f"Điền các chỗ “{TO_WRITE}”, rồi chạy: make check")
    return 0


if __name__ == "__main__":
    sys.exit(main())
