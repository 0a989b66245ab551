"""What differs between two states of the records: the one of an earlier edition and the one of now.

Both are read in the same way, as plain data without the record types: an earlier edition was written for earlier types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.kinds import GO_ON
from knowledge.law_usage import RULE_CALL
from knowledge.moves import Trail
from knowledge.plain_yaml import read_yaml
from knowledge.records.docs_files import CHECKLISTS, DOCS
from knowledge.records.moves import PAGES
from knowledge.text import nfc

EDITION = "edition.yml"
_MORE = "|".join(re.escape(f"{DOCS}/{file}") for file in GO_ON)
READ = re.compile(rf"{EDITION}|{DOCS}/[^.][^:]*\.md|{DOCS}/bieu-mau/[^/]+\.yml|{_MORE}|{CHECKLISTS}/[^/]+\.yml")
"""The files in which records stand, below the project's root."""
_LISTED = ("deadlines", "signs", "draft_signs")
_TOLD_ELSEWHERE = re.compile(rf"{DOCS}/(danh-muc/dm|bieu-mau/bm)\d+\.md")
"""Pages of sheets and forms, which are told as such."""
_NOT_ON_PAPER = ("prevents", "applies", "rules", "forms", "revised", "review_by", "trialled", "roles", "stages")
"""Fields of a sheet that nobody reads on it."""


@dataclass(frozen=True)
class Entry:
    """One record: what it is called, and its parts by name as text; two states differ where a part does."""

    title: str
    parts: Mapping[str, str]


@dataclass
class State:
    """What an edition says: its day, kind → ID → record, and rule → items, sheets, deadlines, pages that rest on it."""

    day: date | None = None
    records: dict[str, dict[str, Entry]] = field(
        default_factory=lambda: {kind: {} for kind in ("checklists", "items", "templates", "rules", *_LISTED, PAGES)}
    )
    resting: dict[str, dict[str, None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """A record that is new (no ``before``), withdrawn (no ``after``) or changed in some ``parts``; ``was`` is its ID before."""

    id: str
    was: str
    before: Entry | None
    after: Entry | None
    parts: tuple[str, ...] = ()

    @property
    def entry(self) -> Entry:
        """What is known of it: as it is now, else as it was."""
        found = self.after or self.before
        assert found is not None
        return found


def files_of(root: Path) -> dict[str, str]:
    """Return the files of a project in which records stand → their text."""
    places = [root / EDITION, *(root / DOCS).rglob("*"), *(root / CHECKLISTS).glob("*.yml")]
    names = {path.relative_to(root).as_posix(): path for path in sorted(places) if path.is_file()}
    return {name: path.read_text("utf-8") for name, path in names.items() if READ.fullmatch(name)}


def state_of(files: Mapping[str, str]) -> State:
    """Return what the files of a project say; what cannot be read is not part of it, nor are drafts."""
    state = State()
    edition = _data(files.get(EDITION, ""))
    state.day = edition["date"] if isinstance(edition.get("date"), date) else None
    for name, text in sorted(files.items()):
        if name.startswith(f"{CHECKLISTS}/"):
            _add_sheet(state, _data(text))
        elif name.removeprefix(f"{DOCS}/") in GO_ON:
            _add_listed(state, _data(text))
        elif name.endswith(".md"):
            head, body = _split(nfc(text))
            data = _data(head)
            if not data.get("draft"):
                _add_page(state, name, data, head, body, nfc(files.get(f"{name[:-3]}.yml", "")))
    return state


def changes(kind: str, before: State, after: State, trail: Trail) -> list[Change]:
    """Return what is new, changed or withdrawn of a kind; what was renamed is followed to its ID of now."""
    old, new = before.records[kind], after.records[kind]
    names = {trail.now(kind, one) or one: one for one in old}
    found = []
    for one in (*(one for one in new), *(one for one in names if one not in new)):
        was = names.get(one, one)
        first, last = old.get(was), new.get(one)
        parts = _differing(first, last) if first and last else ()
        if first is None or last is None or parts or was != one:
            found.append(Change(one, was, first, last, parts))
    return found


def _differing(before: Entry, after: Entry) -> tuple[str, ...]:
    names = dict.fromkeys((*before.parts, *after.parts))
    return tuple(name for name in names if before.parts.get(name, "") != after.parts.get(name, ""))


def _split(text: str) -> tuple[str, str]:
    found = re.match(r"---\r?\n(.*?)\r?\n---\s*?(?:\n|$)(.*)", text, re.DOTALL)
    return (found[1], found[2]) if found else ("", text)


@lru_cache(maxsize=1_024)
def _data(text: str) -> dict[str, Any]:
    """Return what a text says, {} where it cannot be read; two states have most texts in common. Nobody changes it."""
    try:
        data = read_yaml(nfc(text))
    except (yaml.YAMLError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _dicts(value: object) -> Iterator[dict[str, Any]]:
    """Yield the records of a list that have an ID."""
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict) and one.get("id"):
            yield one


def _text(value: object) -> str:
    """Return a value as text that is equal where the value is, however its file was written."""
    if value is None or value == "":
        return ""
    if isinstance(value, (list, dict)):
        return repr(_in_one_order(value))
    return " ".join(str(value).split())


def _in_one_order(value: object) -> object:
    """Return a value whose maps have their keys in one order; how a file was written is no change."""
    if isinstance(value, dict):
        return {name: _in_one_order(value[name]) for name in sorted(value, key=str)}
    return [*map(_in_one_order, value)] if isinstance(value, list) else value


def _on_paper(value: object) -> object:
    if isinstance(value, dict):
        return {name: _on_paper(one) for name, one in value.items() if name not in _NOT_ON_PAPER}
    return [_on_paper(one) for one in value] if isinstance(value, list) else value


def _note_rules(state: State, record: str, *named: object) -> None:
    """Note the rules that a record rests on, from fields that hold one or several."""
    for value in named:
        for rule in value if isinstance(value, list) else [value]:
            if isinstance(rule, str):
                state.resting.setdefault(rule, {})[record] = None


def _add_sheet(state: State, data: dict[str, Any]) -> None:
    if not data.get("id") or data.get("draft"):
        return
    sheet, rounds = str(data["id"]), data.get("rounds")
    words = _on_paper({name: one for name, one in data.items() if name != "version"})
    parts = {"version": _text(data.get("version")), "words": _text(words)}
    state.records["checklists"][sheet] = Entry(_text(data.get("title")), parts)
    for one in rounds if isinstance(rounds, list) else ():
        for item in _dicts(one.get("items") if isinstance(one, dict) else None):
            told = {name: _text(item.get(name)) for name in ("text", "answer", "critical")}
            state.records["items"][f"{sheet}/{item['id']}"] = Entry(told["text"], told)
            _note_rules(state, f"{sheet}/{item['id']}", item.get("rules"))
    branches = data.get("branches")
    for branch in branches if isinstance(branches, list) else ():
        _note_rules(state, sheet, branch.get("rules") if isinstance(branch, dict) else None)


def _add_listed(state: State, data: dict[str, Any]) -> None:
    for kind in _LISTED:
        for one in _dicts(data.get(kind)):
            parts = {key: _text(value) for key, value in one.items() if key != "samples"}
            state.records[kind][str(one["id"])] = Entry(_text(one.get("title") or one.get("does")), parts)
            _note_rules(state, str(one["id"]), one.get("rule"), one.get("rules"), one.get("local"))


def _add_page(state: State, name: str, data: dict[str, Any], head: str, body: str, document: str) -> None:
    title = _text(data.get("title"))
    _add_listed(state, data)
    for one in _dicts(data.get("rules")):
        parts = {key: _text(one.get(key)) for key in ("text", "article", "was", "validity", "status")}
        state.records["rules"][str(one["id"])] = Entry(f"{data.get('short') or title}", parts)
    if name.startswith(f"{DOCS}/bieu-mau/bm") and data.get("id"):
        parts = {"document": _text(_data(document)), "guide": " ".join(f"{head} {body}".split())}
        state.records["templates"][str(data["id"])] = Entry(title, parts)
    _note_rules(state, str(data.get("id") or name.removeprefix(f"{DOCS}/")), data.get("rules"), RULE_CALL.findall(body))
    if not _TOLD_ELSEWHERE.fullmatch(name):
        state.records[PAGES][name.removeprefix(f"{DOCS}/")] = Entry(title, {"text": " ".join(f"{head} {body}".split())})
