"""Seeded mutants of the real records: what an editor's slip, a bad merge or a hostile hand may leave in a file.

Each is a change of the file's text, so that all else in it stays as it was written. What must come of it is said by its
promise: told under its very field, told under its file, or nothing but a check that ends.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from knowledge.kinds import INNER_KINDS, KINDS
from knowledge.links import declared_links
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.read import split_front_matter
from knowledge.records.yaml_lines import Path as FieldPath
from knowledge.records.yaml_lines import field_name

Promise = Literal["field", "file", "none"]
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

BESIDE = ("edition.yml", "moved.yml", "confirmed.yml")
"""Files beside those of the records."""

OTHER_VALUES = (
    "[]", "{}", "[a]", "{a: b}", "null", "~", "true", "1", "-1", "0", "1.5", "9" * 400, "-" + "9" * 17, ".inf", ".nan", "1e999",
    "''", '" "', '"\\0"', '"\\ud800"', '"\\x1b[31m"', '"{{ 7*7 }}"', '"{% for a in b %}"', '"{#"', "'<script>alert(1)</script>'",
    "'../../../../etc/passwd'", "/etc/passwd", "'C:\\con'", "'javascript:alert(1)'", "'=1+1'", "'a, b'", "'| a | b |'", "'[a](b'",
    "'&#0;&#x110000;&amp'", "2026-02-30", "0000-00-00", "99999-01-01", "2026-13-01", "'2026-11-29T25:61:00'", "12:30:45", "0x10",
    "0o17", "1_000", "yes", "off", "'\u202eđảo'", "'a\u200bb'", "'" + "a\u0301" * 50 + "'", "'" + "\u0300" * 300 + "'", "'\ufeff'",
    "'" + "a" * 5_000 + "'", "'" + "(" * 500 + "'", "'" + "a " * 2_000 + "'", "'" + "*" * 400 + "'", "'__proto__'", "HC1", "DM01/", "/", "..",
    "'\u00a0'", "'\U0001f600'", "'\ufffe'", "|\n  a\n  b", "'Điều 999999999999 khoản 0'", "'**Nhãn:** [^1]'", "'{: .a }'",
)  # fmt: skip
DAYS = (
    "0001-01-01", "9999-12-31", "1970-01-01", "1582-12-31", "2026-02-30", "0000-00-00", "2026-13-01", "2026-1-1", "20261129", "2026-W01-1",
    "29/11/2026", "2026-11-29T00:00:00", "\u0662\u0660\u0662\u0666-11-29", "-2026-11-29",
)  # fmt: skip
BAD_YAML = (
    "*a", "&a b", "!!python/object/apply:os.system [ls]", "!!binary aaaa", "!a b", "'", '"', "[", "{", "]", "}", "a: b: c", "- a: b: c",
    "@a", "`a", "%a", '"\\q"', "[a, b", "{a: b", "'a' b", "<<: *a", "\t- a", "? [a, b] : c",
)  # fmt: skip
KEYS = (
    "__proto__",
    "constructor",
    "la_truong",
    "ID",
    "i\u0501",
    "\u0456d",
    "<<",
    "a b",
    "1",
    "null",
    "'{{ a }}'",
    "t\u0069\u0323tle",
)
MACROS = (
    "{{", "}}", "{%", "{#", "{{ }}", "{{ ref( }}", "{{ ref() }}", '{{ ref("HC999") }}', '{{ ref("HC1", "HC1", "HC1", "HC1") }}',
    '{{ ref(["HC1"]) }}', '{{ ref(None) }}', "{{ ref(1) }}", '{{ ref(a="HC1") }}', '{{ rule("khong.co") }}', '{{ khong_co("a") }}',
    "{{ ''.__class__.__mro__ }}", '{{ self.__init__.__globals__ }}', "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{% for a in range(999999999) %}a{% endfor %}", "{% include '/etc/passwd' %}", "{% import 'os' as a %}", "{{ 9**9**9 }}",
    '{{ "a" * 999999999 }}', "{% raw %}", '{{ ref("\\ud800") }}', "{{ ref('HC1') | safe }}", "{{- ref('HC1') -}}", "{{ ref(ref('HC1')) }}",
    "{{ ref(*['HC1']) }}", "{{ lambda: 1 }}", "{{" * 200, "{{ " + "(" * 300 + " }}",
)  # fmt: skip
PROSE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "[a]: <", "![a](../../../../etc/passwd)", "```",
    "~~~", "|a|\n|-", "# " * 50, ">" * 300, "- " * 300, "[" * 300, "*" * 300, "<" * 300, "&#0;", "\\", "\u202e", "\u200b" * 50, "\ufeff",
    "a\u0301" * 40, "[a](khong-co.md)", "[a](../khong-co/b.md#c)", "[a](../../../x.md)", "[^1]", "[^1]: [^1]", "--8<-- 'edition.yml'",
    "---", "+++", "!!! note", "<!--", "-->", "<details>", "$$", "==", "^^", "{: #a onclick=alert(1) }", "{ #a }", "x" * 4_000, "\x00", "\x1b[2J", "\x85",
)  # fmt: skip


class Mutant(NamedTuple):
    """One change: the file with its new content, what was done, and what must come of it."""

    file: str
    content: bytes
    what: str
    promise: Promise
    field: str = ""


@dataclass(frozen=True)
class Spot:
    """A value in a file's text: from where to where, and where its key begins (None: in a list)."""

    path: FieldPath
    start: int
    end: int
    value: str | None
    """What a scalar says; None of a list or map."""
    key: tuple[int, int] | None
    is_block: bool


@dataclass(frozen=True)
class Readable:
    """A file as it can be changed."""

    file: str
    text: str
    spots: tuple[Spot, ...]
    prose: int | None
    """Where its prose begins."""


def _spots(text: str, offset: int) -> Iterator[Spot]:
    root = yaml.compose(text, Loader=_LOADER)

    def walk(node: yaml.Node, path: FieldPath, key: tuple[int, int] | None, is_block: bool) -> Iterator[Spot]:
        start, end = node.start_mark.index, node.end_mark.index
        end = start + len(text[start:end].rstrip())
        value = node.value if isinstance(node, yaml.ScalarNode) else None
        if path:
            yield Spot(path, offset + start, offset + end, value, key, is_block)
        inside_block = not getattr(node, "flow_style", False)
        if isinstance(node, yaml.MappingNode):
            for name, child in node.value:
                mark = (offset + name.start_mark.index, offset + name.end_mark.index)
                yield from walk(child, (*path, str(name.value)), mark, inside_block)
        elif isinstance(node, yaml.SequenceNode):
            for number, child in enumerate(node.value):
                yield from walk(child, (*path, number), None, inside_block)

    if root is not None:
        yield from walk(root, (), None, True)


def readable(root: Path, file: str) -> Readable | None:
    """Return a file with the places of its values, or None where it has none."""
    text = (root / file).read_text("utf-8")
    if file.endswith(".md"):
        split = split_front_matter(text)
        if split is None:
            return None
        front, body, _line = split
        offset = text.index("\n") + 1
        return Readable(file, text, tuple(_spots(front, offset)), len(text) - len(body))
    return Readable(file, text, tuple(_spots(text, 0)), None)


class Maker:
    """Makes mutants of a project's records; the same ones with the same seed."""

    def __init__(self, root: Path, kb: KnowledgeBase, seed: str) -> None:
        self.dice = random.Random(seed)
        names = sorted(
            path.relative_to(root).as_posix()
            for folder in ("docs", "checklists")
            for path in (root / folder).rglob("*")
            if path.suffix in (".md", ".yml") and not path.name.startswith(".") and "assets" not in path.parts
        )
        found = (readable(root, name) for name in [*names, *(one for one in BESIDE if (root / one).is_file())])
        self.files = [one for one in found if one and one.spots]
        self.known = {one for kind in (*KINDS, *INNER_KINDS) for one in kb.of(kind)}
        self.links = {(link.origin.file, field_name(link.path)) for link in declared_links(kb)}
        self.linked = [
            (one, spot)
            for one in self.files
            for spot in one.spots
            if spot.value is not None and (one.file, field_name(spot.path)) in self.links
        ]

    def make(self, number: int) -> Iterator[Mutant]:
        """Yield so many mutants, a third of them links that lead nowhere."""
        ways: list[Callable[[Readable], Mutant | None]] = [
            self._other_value, self._other_value, self._other_value, self._lost_field, self._field_twice, self._other_key, self._strange_key,
            self._bad_yaml, self._indent, self._swapped, self._whole_file, self._prose, self._macro, self._repeated, self._one_character,
            self._other_day,
        ]  # fmt: skip
        made = 0
        while made < number:
            mutant = self._link() if made % 3 == 0 else self.dice.choice(ways)(self.dice.choice(self.files))
            if mutant:
                made += 1
                yield mutant

    # One way each ----------------------------------------------------------------------------------

    def _link(self) -> Mutant:
        one, spot = self.dice.choice(self.linked)
        said = spot.value or ""
        digits = re.sub(r"\d+", lambda found: "9" * max(2, len(found[0])), said)
        head = said.rpartition("/")[0]
        wrong = self.dice.choice([
            digits if digits != said else f"{said}-khac", f"{said}-khac", f"{head}/khong-co" if head else "khong-co", said[:-1] or "x",
        ])  # fmt: skip
        # Shorter by a letter it may be another record's.
        promise: Promise = "none" if wrong in self.known else "field"
        return self._changed(one, spot.start, spot.end, f"'{wrong}'", f"link {said} → {wrong}", promise, spot.path)

    def _other_value(self, one: Readable) -> Mutant | None:
        spot, value = self.dice.choice(one.spots), self.dice.choice(OTHER_VALUES)
        if "\n" in value and not spot.is_block:
            return None
        # What was a list or a map is no scalar.
        told: Promise = "file" if spot.value is None and not value.startswith(("[", "{", "null", "~", "|")) else "none"
        return self._changed(one, spot.start, spot.end, value, f"value {value[:30]!r}", told, spot.path)

    def _lost_field(self, one: Readable) -> Mutant | None:
        spot = self.dice.choice(one.spots)
        start = spot.key[0] if spot.key else spot.start
        return self._changed(one, start, spot.end, "", "without", "none", spot.path)

    def _field_twice(self, one: Readable) -> Mutant | None:
        spot = self.dice.choice(one.spots)
        if not spot.key or not spot.is_block:
            return None
        column = spot.key[0] - (one.text.rfind("\n", 0, spot.key[0]) + 1)
        again = f"\n{' ' * column}{one.text[spot.key[0] : spot.end]}"
        return self._changed(one, spot.end, spot.end, again, "twice", "field", spot.path)

    def _other_key(self, one: Readable) -> Mutant | None:
        spot = self.dice.choice(one.spots)
        if not spot.key:
            return None
        # A record that by this was not read again is told where it stands.
        promise: Promise = "none" if one.file == "confirmed.yml" else "file"
        return self._changed(one, *spot.key, self.dice.choice(KEYS), "key", promise, spot.path)

    def _strange_key(self, one: Readable) -> Mutant | None:
        spot, key = self.dice.choice(one.spots), self.dice.choice(KEYS)
        if not spot.key or not spot.is_block:
            return None
        # Below what was read again stand names of places, whatever they are.
        promise: Promise = "none" if one.file == "confirmed.yml" else "file"
        column = spot.key[0] - (one.text.rfind("\n", 0, spot.key[0]) + 1)
        return self._changed(one, spot.end, spot.end, f"\n{' ' * column}{key}: 1", f"also {key}", promise, spot.path)

    def _bad_yaml(self, one: Readable) -> Mutant | None:
        spot = self.dice.choice(one.spots)
        return self._changed(one, spot.start, spot.end, self.dice.choice(BAD_YAML), "bad YAML", "none", spot.path)

    def _indent(self, one: Readable) -> Mutant | None:
        spot = self.dice.choice(one.spots)
        line = one.text.rfind("\n", 0, spot.start) + 1
        return self._changed(
            one, line, line, self.dice.choice([" ", "   ", "\t", "- ", "#", "\u00a0"]), "indent", "none", spot.path
        )

    def _swapped(self, one: Readable) -> Mutant | None:
        flat = [spot for spot in one.spots if spot.value is not None]
        if len(flat) < 2:
            return None
        first, second = sorted(self.dice.sample(flat, 2), key=lambda spot: spot.start)
        text = one.text
        between = f"{text[second.start : second.end]}{text[first.end : second.start]}{text[first.start : first.end]}"
        return self._changed(one, first.start, second.end, between, "two values swapped", "none", first.path)

    def _other_day(self, one: Readable) -> Mutant | None:
        days = [spot for spot in one.spots if re.fullmatch(r"\d{4}-\d\d-\d\d", spot.value or "")]
        if not days:
            return None
        spot, day = self.dice.choice(days), self.dice.choice(DAYS)
        told: Promise = "none" if re.fullmatch(r"\d{4}-(01-01|12-31)", day) else "field"
        return self._changed(one, spot.start, spot.end, f"'{day}'", f"day {day}", told, spot.path)

    def _repeated(self, one: Readable) -> Mutant | None:
        lists = [spot for spot in one.spots if spot.key is None and spot.is_block]
        if not lists:
            return None
        spot = self.dice.choice(lists)
        line = one.text.rfind("\n", 0, spot.start) + 1
        again = "\n" + one.text[line : spot.end]
        times = self.dice.choice([1, 2, 40])
        return self._changed(one, spot.end, spot.end, again * times, f"an entry {times} times more", "none", spot.path)

    def _one_character(self, one: Readable) -> Mutant | None:
        at = self.dice.randrange(len(one.text))
        put = self.dice.choice(
            [
                "",
                "\x00",
                "\x08",
                "\u2028",
                "\u0301",
                "\u200f",
                "\r",
                "\n",
                "\x85",
                "'",
                '"',
                ":",
                "#",
                "{",
                "\ufeff",
                "\U000e0001",
            ]
        )
        return self._changed(one, at, at + self.dice.choice([0, 1]), put, f"character {put!r}", "none", ())

    def _whole_file(self, one: Readable) -> Mutant | None:
        raw = one.text.encode()
        half = len(raw) // 2
        what, content, promise = self.dice.choice([
            ("empty", b"", "file"), ("blank", b" \n\t\r\n", "file"), ("binary", bytes(range(256)) * 4, "file"), ("UTF-16", one.text.encode("utf-16"), "file"),
            ("Windows-1258", one.text.encode("cp1258", "replace"), "none"), ("cut", raw[:half], "none"), ("cut within a letter", "ế".encode()[:2], "file"),
            ("twice", raw + raw, "none"), ("backwards", one.text[::-1].encode(), "none"), ("too big", raw + b"a" * 300_001, "file"),
            ("a surrogate", raw[:half] + b"\xed\xa0\x80" + raw[half:], "file"), ("deep", b"---\na: " + b"[" * 3000 + b"\n---\n", "file"),
            ("deep blocks", b"---\n" + b"".join(b" " * n + b"a:\n" for n in range(300)) + b"---\nx\n", "file"), ("a line end", b"\n" + raw, "none"),
            ("only marks", b"---\n---\n", "file"), ("a list", b"- a\n- b\n", "file"), ("a number", b"1", "file"), ("a laugh", LAUGH, "file"),
            ("Mac line ends", raw.replace(b"\n", b"\r"), "none"), ("a mark", b"\xef\xbb\xbf\xef\xbb\xbf" + raw, "none"), ("zip", b"PK\x03\x04" + bytes(60), "file"),
        ])  # fmt: skip
        return Mutant(one.file, content, f"file: {what}", promise)  # type: ignore[arg-type]

    def _place_in_prose(self, one: Readable) -> int | None:
        if one.prose is None or one.prose >= len(one.text):
            return None
        return one.text.find("\n", self.dice.randrange(one.prose, len(one.text)))

    def _prose(self, one: Readable) -> Mutant | None:
        at = self._place_in_prose(one)
        if at is None or at < 0:
            return None
        put = self.dice.choice(PROSE)
        leads = "khong-co" in put or "../../x" in put
        # Between fences an address is no link.
        is_code = one.text[one.prose : at].count("\n```") % 2 == 1
        promise: Promise = "file" if leads and not is_code else "none"
        return self._changed(one, at, at, f"\n\n{put}\n", f"prose {put[:30]!r}", promise, ())

    def _macro(self, one: Readable) -> Mutant | None:
        at = self._place_in_prose(one)
        if at is None or at < 0:
            return None
        put = self.dice.choice(MACROS)
        return self._changed(one, at, at, f"\n\n{put}\n", f"macro {put[:40]!r}", "none", ())

    def _changed(
        self, one: Readable, start: int, end: int, put: str, what: str, promise: Promise, path: FieldPath
    ) -> Mutant | None:
        text = one.text[:start] + put + one.text[end:]
        if text == one.text:
            return None
        return Mutant(
            one.file, text.encode("utf-8", "surrogatepass"), f"{field_name(path)}: {what}", promise, field_name(path)
        )


LAUGH = b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + b"".join(
    b"d%d: &d%d [*%s, *%s]\n" % (n, n, (b"d%d" % (n - 1)) if n else b"c", (b"d%d" % (n - 1)) if n else b"c")
    for n in range(40)
)
"""Lists of lists that would grow to 2^40 entries where references are followed."""
