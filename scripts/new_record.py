"""``make new kind=… title="…"``: a new record with the next free ID, in the right file and skeleton.

With ``EDITION`` set it is the edition's own, in its folder and numbered as its own are.
"""

from __future__ import annotations

import argparse
import posixpath
import re
import sys
from datetime import date, timedelta
from typing import Any

import yaml

from knowledge.checks.editions import first_own
from knowledge.checks.project import check_project
from knowledge.kinds import BY_FOLDER, KINDS, TO_WRITE
from knowledge.published import read_ledger, used_before
from knowledge.records.fields import TITLE_LETTERS
from knowledge.records.ids import id_pattern, next_free_id
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.layers import folder_of
from knowledge.records.model import BASE_EDITION, Checklist
from knowledge.records.skeleton import skeleton
from knowledge.text import slugify
from publish.project import ROOT, write_changed
from scripts.command import wanted_edition


def free_id(kb: KnowledgeBase, folder: str, title: str) -> str:
    """Return the next ID of a kind that no record and no file uses, and that nothing published ever had."""
    kind = BY_FOLDER[folder]
    published = used_before(kb, kind.name, read_ledger(ROOT))
    roots = [ROOT / layer for layer in {"", folder_of(kb.edition.slug)}]
    stems = {path.stem for root in roots for path in (root / "docs" / folder).glob("*.md")}
    own = kb.edition.slug != BASE_EDITION
    if not kind.first_id:
        stem = slugify(f"{kb.edition.slug} {title}" if own else title)
        taken = published | stems
        return stem if stem not in taken else next_free_id(stem, taken)
    taken = published | {stem.upper() for stem in stems}
    taken |= {path.stem.upper() for root in roots for path in (root / "checklists").glob("*.yml")}
    taken |= set(kb.origins) | kb.broken
    first = re.sub("[0-9]+", str(first_own(kind.first_id)), kind.first_id) if own else kind.first_id
    return first if first not in taken else next_free_id(first, taken)


def front_matter(kb: KnowledgeBase, folder: str, record_id: str, title: str) -> str:
    """Return the data of a new page, with a place to write for each required field."""
    kind = BY_FOLDER[folder]
    if kind.model is Checklist:
        return f"id: {record_id}\n"
    return _yaml(skeleton(kind, record_id, title, first_quote(kb)))


def first_quote(kb: KnowledgeBase) -> dict[str, str]:
    """Return a quotation to begin with: the newest source, the first paragraph that holds a lesson."""
    source = max(
        (one for one in kb.sources.values() if one.coverage == "full"),
        key=lambda one: (one.date or "", one.id),
        default=None,
    )
    if source is None:
        return {"source": TO_WRITE, "locator": "1.1", "text": TO_WRITE}
    lessons = [p.locator for p in source.paragraphs if not p.frame and p.locator.split(".")[0] in source.lessons_in]
    return {"source": source.id, "locator": (lessons or [source.paragraphs[0].locator])[0], "text": TO_WRITE}


def _yaml(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def page_text(kb: KnowledgeBase, folder: str, record_id: str, title: str) -> str:
    """Return the whole new page: data, then the skeleton of its kind."""
    kind = BY_FOLDER[folder]
    lines = ["---", front_matter(kb, folder, record_id, title).rstrip("\n"), "---", "", "{{ record_header() }}"]
    for heading in kind.sections:
        lines += ["", f"## {heading}", "", kind.fills.get(heading, TO_WRITE)]
    if not kind.sections:
        needed = [name for name in kind.macros if name != "record_header"]
        lines += [line for name in needed for line in ("", f"{{{{ {name}() }}}}")]
        for heading, text in kind.fills.items():
            lines += ["", *([f"## {heading}", ""] if heading else []), text]
    lines += ["", "{{ next_steps() }}"]
    return "\n".join(lines) + "\n"


def checklist_text(kb: KnowledgeBase, record_id: str, title: str) -> str:
    """Return the data file of a new checklist: two rounds with one item each, held by the first two roles."""
    today = kb.edition.date
    reads, answers = (*kb.roles, TO_WRITE, TO_WRITE)[:2]
    data = {
        "id": record_id,
        "title": title,
        "goal": TO_WRITE,
        "kind": "DO-CONFIRM",
        "version": 1,
        "revised": today,
        "review_by": _half_a_year_after(today),
        "trialled": [],
        "roles": [],
        "stages": [],
        "rounds": [
            {
                "title": TO_WRITE, "when": TO_WRITE, "reads": reads, "answers": [answers],
                "items": [{"id": f"muc-moi-{number}", "text": f"Ghi {TO_WRITE}", "answer": TO_WRITE}],
            }
            for number in (1, 2)
        ],
    }  # fmt: skip
    return f"# yaml-language-server: $schema=../schemas/checklist.schema.json\n{_yaml(data)}"


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
    if not title.isprintable():
        print("Tên bản ghi có ký tự không nhìn thấy: gõ lại tên, không dán")
        return 1
    if len(title) > TITLE_LETTERS:
        print(f"Tên bản ghi dài {len(title)} ký tự: rút còn tối đa {TITLE_LETTERS} ký tự")
        return 1
    slug = wanted_edition()
    kb, _issues = check_project(ROOT, slug)
    record_id = free_id(kb, options.kind, title)
    if not re.fullmatch(id_pattern(BY_FOLDER[options.kind].model), record_id):
        print(f"Hết mã trống: {record_id} không phải mã hợp lệ của {options.kind}")
        return 1
    files = {f"docs/{options.kind}/{record_id.lower()}.md": page_text(kb, options.kind, record_id, title)}
    if options.kind == "danh-muc":
        files[f"checklists/{record_id.lower()}.yml"] = checklist_text(kb, record_id, title)
    for file, text in files.items():
        name = posixpath.join(folder_of(slug), file)
        write_changed(ROOT / name, text)
        print(f"Đã tạo {name}")
    print(f"Điền các chỗ “{TO_WRITE}”, rồi chạy: make check" + (f" EDITION={slug}" if folder_of(slug) else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
