"""What an editor last confirmed: for each record that rests on a rule of law, how that rule read then.

A rule that changes afterwards makes each such record suspect, until somebody has read both again. The idea is doorstop's
(suspect links); ``confirmed.yml`` at the project's root keeps it, written by ``make confirm`` alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from knowledge.kept import kept
from knowledge.law_usage import resting
from knowledge.plain_yaml import RepeatedKey, read_yaml_once
from knowledge.records.issues import Issue, Level
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import Rule
from knowledge.records.yaml_lines import parse_yaml
from knowledge.text import nfc

FILE = "confirmed.yml"
_HEAD = "# Do lệnh make confirm ghi, không sửa tay. rules: quy định như lần đã đọc; records: bản ghi nào đã đọc với bản nào.\n"
_BROKEN = Issue.of_file(
    FILE,
    "confirmed-file",
    "tệp hỏng, không đọc được",
    "lấy lại tệp từ lần lưu trước, hoặc xóa tệp rồi make confirm",
)


@dataclass(frozen=True)
class Reading:
    """A rule as it stood: how well it is known is left out, for that changes nothing of what it asks."""

    text: str
    article: str = ""
    was: str = ""
    validity: str = ""

    @property
    def mark(self) -> str:
        """Eight hexadecimal digits that differ when the reading does."""
        return hashlib.sha256("\n".join((self.text, self.article, self.was, self.validity)).encode()).hexdigest()[:8]


@dataclass
class Confirmed:
    """``rules``: rule → mark → reading; ``records``: record or page → rule → mark of the reading confirmed."""

    rules: dict[str, dict[str, Reading]] = field(default_factory=dict)
    records: dict[str, dict[str, str]] = field(default_factory=dict)

    def reading(self, record: str, rule: str) -> Reading | None:
        """Return how a rule read when the record was last confirmed, or None."""
        return self.rules.get(rule, {}).get(self.records.get(record, {}).get(rule, ""))


@dataclass(frozen=True)
class Suspect:
    """A record that rests on a rule which nobody has confirmed for it as it reads now; ``before`` is None if never."""

    record: str
    rule: str
    before: Reading | None
    now: Reading
    file: str
    line: int
    field: str


def reading_of(rule: Rule) -> Reading:
    """Return a rule as it reads now."""
    return Reading(rule.text, rule.article or "", rule.was or "", rule.validity)


def suspects(kb: KnowledgeBase, confirmed: Confirmed) -> list[Suspect]:
    """Return every place that rests on a rule and was not confirmed with the rule's present words, by record."""
    found = []
    readings = {rule: reading_of(one) for rule, (_law, one, _path) in kb.rules.items()}
    for (record, rule), (file, line, name) in resting(kb).items():
        now = readings[rule]
        before = confirmed.reading(record, rule)
        if before != now:
            found.append(Suspect(record, rule, before, now, file, line, name))
    return found


def confirm(kb: KnowledgeBase, confirmed: Confirmed, chosen: Iterable[Suspect]) -> Confirmed:
    """Return what is confirmed once the chosen ones are; what no longer rests on anything is forgotten."""
    kept: dict[str, dict[str, Reading]] = {}
    for record, rule in resting(kb):
        before = confirmed.reading(record, rule)
        if before:
            kept.setdefault(record, {})[rule] = before
    for one in chosen:
        kept.setdefault(one.record, {})[one.rule] = one.now
    rules: dict[str, dict[str, Reading]] = {}
    for readings in kept.values():
        for rule, reading in readings.items():
            rules.setdefault(rule, {})[reading.mark] = reading
    return Confirmed(rules, {record: {rule: one.mark for rule, one in by.items()} for record, by in kept.items()})


def read_confirmed(root: Path) -> tuple[Confirmed, list[Issue]]:
    """Return what ``confirmed.yml`` holds, nothing if there is none, and its faults if it cannot be used."""
    try:
        text = nfc((root / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return Confirmed(), []
    except (OSError, UnicodeDecodeError):
        return Confirmed(), [_BROKEN]
    confirmed, faults = _read(text)
    return confirmed, [*faults]


@kept
def _read(text: str) -> tuple[Confirmed, tuple[Issue, ...]]:
    try:
        held = read_yaml_once(text) or {}
        rules = {
            str(rule): {str(mark): Reading(**reading) for mark, reading in readings.items()}
            for rule, readings in (held.get("rules") or {}).items()
        }
        records = {
            str(record): {str(rule): str(mark) for rule, mark in by.items()}
            for record, by in (held.get("records") or {}).items()
        }
    except RepeatedKey:
        # Two people confirmed, and both entries were taken over: which one holds, nobody can tell.
        return Confirmed(), tuple(parse_yaml(text, FILE).issues) or (_BROKEN,)
    except (yaml.YAMLError, AttributeError, TypeError, ValueError):
        return Confirmed(), (_BROKEN,)
    return Confirmed(rules, records), ()


def written(confirmed: Confirmed) -> str:
    """Return the file's text, in one order whatever was confirmed first: few lines differ after each confirmation."""
    rules = {
        rule: {mark: _without_blanks(vars(reading)) for mark, reading in sorted(readings.items())}
        for rule, readings in sorted(confirmed.rules.items())
    }
    records = {record: dict(sorted(by.items())) for record, by in sorted(confirmed.records.items())}
    held = {"rules": rules, "records": records}
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return _HEAD + str(yaml.dump(held, Dumper=dumper, allow_unicode=True, sort_keys=False, width=10_000))


def _without_blanks(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def suspect_issue(one: Suspect, level: Level) -> Issue:
    """Return what a check says of a suspect: which rule, and what to do."""
    what = (
        f"{one.record} dựa trên {one.rule}, quy định này đã đổi từ lần đọc lại trước"
        if one.before
        else f"{one.record} dựa trên {one.rule}, chưa ai xác nhận đã đọc cùng nhau"
    )
    remedy = f"đọc lại cả hai, sửa nếu cần, rồi make confirm ids={one.record}"
    return Issue(one.file, one.line, one.field, "suspect-rule", what, remedy, level)
