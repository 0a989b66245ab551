"""Samples of draft signs, run through the browser's own modules: what shows a sign, what keeps still.

What was proven is kept in ``.cache`` by all that goes into it, so that a second run costs nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.draft_samples import draft_text
from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.signs import DraftSample
from publish.project import CACHE, ROOT
from scripts.script_page import NoBrowser, script_page

PROVEN = CACHE / "signs-proven.json"
LIST = "draft_signs"
GOES_IN = (
    "docs/assets/scripts/draft/*.js", "docs/assets/scripts/sitting/*.js", "docs/assets/scripts/basics/*.js",
    "docs/assets/scripts/vendor/*.js", "docs/tra-cuu/dau-hieu-*.md", "docs/tra-cuu/dau-hieu-*.yml", "docs/can-cu/*.md", "docs/loai-nghi-quyet/*.md",
    "knowledge/*.yml", "knowledge/draft_samples.py", "knowledge/records/signs.py",
    "publish/*_module.py", "scripts/prove_signs.py", "scripts/script_page.py",
)  # fmt: skip
"""All that a sample's result hangs on, more rather than less."""

CHECK = """async (drafts) => {
  const [{ TESTS }, { checkDraft }, { textOfPlain }] = await Promise.all(["check", "with-data", "plain-text"].map((name) => import(`/draft/${name}.js`)));
  return [Object.keys(TESTS), drafts.map(([words, file, answers]) => {
    const text = textOfPlain(words, "");
    Object.assign(text.file, file);
    return checkDraft(text, answers).found;
  })];
}"""
"""Given [words, what the file says, answers] for each draft: the names of the tests, what is found in each draft."""

Placed = tuple[str, str, int, DraftSample]
"""A sign's ID, ``bad`` or ``good``, which of these, the sample."""


def answers_of(sample: DraftSample, today: date) -> dict[str, Any]:
    """Return what the reader would answer of a sample on a day."""
    told = {"body": sample.body, "state": sample.state, "today": today.isoformat()}
    return told | ({"kind": sample.kind} if sample.kind else {}) | ({"year": sample.year} if sample.year else {})


def samples(kb: KnowledgeBase) -> list[Placed]:
    """Return every sample of every sign."""
    return [
        (sign.id, group, number, sample)
        for sign in kb.draft_signs.values()
        for group, among in (("bad", sign.samples.bad), ("good", sign.samples.good))
        for number, sample in enumerate(among)
    ]


def looked_at(kb: KnowledgeBase, drafts: Iterable[DraftSample]) -> tuple[list[str], list[list[dict[str, Any]]]]:
    """Return the names of the scripts' tests, and what they find in each draft. Raises NoBrowser."""
    # Loads the makers of papers, too; not needed where all is known.
    from publish.generated import script_files

    given: list[list[Any]] = [[draft_text(one), {**one.file}, answers_of(one, kb.edition.date)] for one in drafts]
    with script_page(script_files(kb, "directory")) as page:
        tests, found = page.evaluate(CHECK, given)
    return tests, found


def _key(root: Path) -> str:
    """Return what names a state of all that goes in."""
    made = hashlib.sha256()
    for path in sorted({path for pattern in GOES_IN for path in root.glob(pattern)}):
        made.update(f"{path.relative_to(root)}\0".encode())
        made.update(path.read_bytes())
    return made.hexdigest()


def _faults(kb: KnowledgeBase) -> Iterator[tuple[str, list[str | int], str, str]]:
    """Yield each fault as (sign, path in its record, what is wrong, what to write instead). Raises NoBrowser."""
    placed = samples(kb)
    tests, found = looked_at(kb, [sample for *_, sample in placed])
    for (sign, group, number, _sample), places in zip(placed, found, strict=True):
        seen = any(one["sign"] == sign for one in places)
        if seen != (group == "bad"):
            said = "không thấy dấu hiệu" if group == "bad" else "vẫn nhắc"
            yield (
                sign,
                ["samples", group, number],
                f"{sign}: {said} ở ví dụ này",
                "sửa ví dụ, mẫu tìm hoặc phép thử trong draft/signs-….js",
            )
    for one in kb.draft_signs.values():
        if bool(one.pattern) == (one.id in tests):
            said = "vừa có mẫu tìm vừa có phép thử" if one.pattern else "không có mẫu tìm, không có phép thử"
            yield (
                one.id,
                ["pattern"],
                f"{one.id} {said}",
                "giữ một cách tìm: pattern, hoặc phép thử cùng tên trong draft/signs-….js",
            )
    for name in sorted(set(tests) - set(kb.draft_signs)):
        yield (
            "",
            [],
            f"phép thử {name} trong draft/signs-….js không có bản ghi",
            "thêm bản ghi cùng mã, hoặc bỏ phép thử",
        )


def sign_issues(kb: KnowledgeBase, kept: Path = PROVEN) -> list[Issue]:
    """Return an issue for each sample that does not show what its record says. Raises NoBrowser where nothing is known yet."""
    origin = kb.list_origins.get(LIST)
    # A copy of the content alone, as tests and benchmarks make, has no scripts to prove them by.
    if kb.own is not None or origin is None or not (ROOT / "docs/assets/scripts/draft/check.js").is_file():
        return []
    key = _key(ROOT)
    known = json.loads(kept.read_text("utf-8")) if kept.is_file() else {}
    if known.get("key") != key:
        known = {"key": key, "faults": list(_faults(kb))}
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(known, ensure_ascii=False), "utf-8")
    places = kb.listed_at[LIST] | {"": (origin, (LIST,))}
    found = ((*places[sign], path, message, remedy) for sign, path, message, remedy in known["faults"])
    return [
        holder.issue((*place, *path), "sign-sample", message, remedy) for holder, place, path, message, remedy in found
    ]


__all__ = ["CHECK", "NoBrowser", "answers_of", "looked_at", "samples", "sign_issues"]
