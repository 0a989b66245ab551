"""What somebody sent without git: a pasted message, a note of what is wrong, a file of the form → a draft source.

A filled trial form is read by ``knowledge/trial_note.py``; its names are struck or confirmed here, too.

Nothing is kept before each word that may be a person's name was struck or confirmed. Reads text, writes text; the
command that places the file is ``scripts/inbox.py``.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml

from knowledge.checks.new_part import pairs_of, words_of
from knowledge.plain_yaml import read_yaml
from knowledge.records.fields import TITLE_LETTERS
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.read import split_front_matter
from knowledge.records.yaml_lines import is_plain
from knowledge.recurrence import seen_of, told_group
from knowledge.text import fold, folded_space, nfc, vn_date

STRUCK = "[…]"
"""What stands where a name was."""
NOTE = ("cho", "dang ghi", "nen sua thanh", "vi sao", "ban ngay")
"""The lines of a note of what is wrong (page *Góp ý*), folded."""
LESSON = ("viec da xay ra", "lap lai loi", "de nghi doi")
"""The lines of a lesson as the form copies it for Zalo, folded."""
_HEAD = re.compile(r"rut kinh nghiem sau ky hop[^:.;]*, hdnd[^:.;]*?(?:,? ngay (\d{1,2}/\d{1,2}/\d{4}))?$")
"""The first line of what the form copies, folded; a sentence that only begins like it is kept."""
_STAMP = re.compile(r"^\s*\[\d{1,2}:\d{2}[^\]\n]{0,30}\]\s*(?:([^:\n]{0,40}):(?!\d))?\s*")
"""Before a forwarded message: “[10:23, 5/11/2026] Văn phòng:”."""
_TIME_ALONE = re.compile(r"^\s*\d{1,2}:\d{2},? \d{1,2}/\d{1,2}(?:/\d{4})?\s*$")
_CODE = re.compile(r"\bHC[0-9]+[a-z]{1,2}\b", re.IGNORECASE)
_LETTER = r"[^\W\d_]"
_NUMBER = re.compile(r"(?<!\w)\+?\(?\d(?:[ .()-]{0,2}\d){8,13}(?!\w)")
"""A telephone or a citizen's number: nine digits or more."""
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w.-]+\.\w+|(?<!\w)@[\w.]{3,}")
"""An address of mail or of a messenger; looked for from the start of a word alone, or a long one would take minutes."""
_LONGEST_HEAD = 400
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""What a terminal would act on, what turns letters round, and what is no character: nobody meant to send it."""
_MARKS = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200d]+")


@dataclass(frozen=True)
class Received:
    """What was sent: ``sections`` are the sentences under each heading, in order; ``codes`` the parts it names."""

    kind: Literal["bao-cao", "cau-hoi", "dung-thu"]
    about: str
    day: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    codes: tuple[str, ...]

    @property
    def sentences(self) -> list[str]:
        """All sentences, in order."""
        return [sentence for _heading, found in self.sections for sentence in found]


@dataclass(frozen=True)
class Suspect:
    """A run of words that may be a person's name, or a telephone number."""

    text: str
    sentence: str


def read_received(text: str, today: date) -> Received | None:
    """Return what a text says, or None where nothing can be read in it. Any of the three forms, or plain lines."""
    text = _with_line_feeds(text)
    front = split_front_matter(text)
    if front:
        return _from_file(front[0], front[1], today)
    lines = plain_lines(text)
    if not any(re.search(_LETTER, line) for line in lines):
        return None
    labels = [_label(line) for line in lines]
    if sum(label in NOTE for label in labels) >= 2:
        return _note(lines, today)
    return _lesson(lines, today)


def _with_line_feeds(text: str) -> str:
    return nfc(text.lstrip("\ufeff")).replace("\r\n", "\n").replace("\r", "\n")


def plain_lines(text: str, labels: Collection[str] = ()) -> list[str]:
    """Return the lines of a text that say something, as ``_plain``; ``labels`` are more that are no sender's name."""
    return [line for raw in _with_line_feeds(text).split("\n") if (line := _plain(raw, labels))]


def _plain(line: str, labels: Collection[str]) -> str:
    """Return a line without the sender's stamp of a messenger, marks of feeling and commands of the site."""
    if _TIME_ALONE.match(line):
        return ""
    stamp = _STAMP.match(line)
    if stamp:
        # The sender's name goes with the stamp; a label of the form stays.
        own = fold(stamp[1] or "").strip() in {*NOTE, *LESSON, *labels}
        line = line[line.index("]") + 1 :] if own else line[stamp.end() :]
    kept = re.sub(r"\{(?=[{%#])", "{ ", _MARKS.sub(" ", _UNSEEN.sub("", line)))
    return folded_space(kept).strip(" -–•*>")


def _label(line: str) -> str:
    head, colon, _rest = line.partition(":")
    return fold(head).strip() if colon else ""


def _grouped(lines: Iterable[str], labels: Collection[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Return lines before the first label, and those under each."""
    before: list[str] = []
    found: dict[str, list[str]] = {}
    at: list[str] = before
    for line in lines:
        label = _label(line)
        if label in labels:
            at = found.setdefault(label, [])
            line = line.partition(":")[2].strip()
        if re.search(rf"{_LETTER}|\d", line):
            at.append(line)
    return before, found


def _lesson(lines: list[str], today: date) -> Received:
    before, found = _grouped(lines, LESSON)
    about, day, said = "rút kinh nghiệm sau một kỳ họp", today.isoformat(), []
    for line in before:
        head = _HEAD.match(fold(line)) if len(line) <= _LONGEST_HEAD else None
        if head:
            # Which council it was is left out: a commune is named only with good practice.
            day = _iso(head[1]) or day
        else:
            said.append(line)
    happened = said + found.get(LESSON[0], [])
    codes = _codes(lines)
    repeated = [line for line in found.get(LESSON[1], []) if not _CODE.search(line) and "chua co" not in fold(line)]
    sections = (("Việc đã xảy ra", tuple(happened + repeated)), ("Đề nghị đổi", tuple(found.get(LESSON[2], []))))
    return Received("bao-cao", about, day, tuple(one for one in sections if one[1]), codes)


def _codes(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the parts that a text names by their code, however it is spelt, each once."""
    found = _CODE.findall(" ".join(lines))
    return tuple(dict.fromkeys(f"{code[:2].upper()}{code[2:].lower()}" for code in found))


def _note(lines: list[str], today: date) -> Received:
    before, found = _grouped(lines, NOTE)
    names = {"cho": "Chỗ", "dang ghi": "Đang ghi", "nen sua thanh": "Nên sửa thành", "vi sao": "Vì sao"}
    sections = [(name, tuple(found[label])) for label, name in names.items() if found.get(label)]
    if before:
        sections.insert(0, ("Lời nhắn", tuple(before)))
    return Received(
        "cau-hoi",
        "góp ý cho một chỗ trong sổ tay",
        today.isoformat(),
        tuple(sections),
        # A code tells where in the book something is wrong, not that a fault was met.
        (),
    )


def _from_file(front: str, body: str, today: date) -> Received | None:
    """Return what the form's own file holds; None where it is not one."""
    if not is_plain(front):
        return None
    try:
        # Days stay text: one that is none is replaced, and loses nothing else.
        data: Any = yaml.load(front, Loader=yaml.BaseLoader)
        paragraphs = [
            (str(one["locator"]), folded_space(_UNSEEN.sub("", str(one["text"])))) for one in data["paragraphs"]
        ]
        day = _day(str(data.get("date") or ""), today)
    except (yaml.YAMLError, KeyError, TypeError, ValueError):
        return None
    happened = tuple(text for locator, text in paragraphs if locator.startswith("1."))
    wanted = tuple(text for locator, text in paragraphs if locator.startswith("2."))
    sections = (("Việc đã xảy ra", happened), ("Đề nghị đổi", wanted))
    return Received(
        "bao-cao", "rút kinh nghiệm sau một kỳ họp", day, tuple(one for one in sections if one[1]), _codes([body])
    )


def _day(text: str, today: date) -> str:
    """Return a day of the calendar as ISO text, today's where none can be read."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return _iso(text) or today.isoformat()


def _iso(text: str | None) -> str:
    try:
        day, month, year = (int(part) for part in (text or "").split("/"))
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


_PEOPLE = read_yaml(Path(__file__).with_name("people.yml").read_text("utf-8"))
_CAPITALS = "".join(
    char for char in map(chr, range(0x41, 0x1EFA)) if char.isupper() and char.isalpha() and len(fold(char)) == 1
)
_CAPITAL = rf"[{_CAPITALS}](?:[^\W\d_]|['’])*\.?"
_LONGEST_BODY = max(map(len, _PEOPLE["not_names"]))
_FAMILY = {fold(one) for one in _PEOPLE["family_names"]}
_TITLES = {fold(one) for one in _PEOPLE["titles"]}
_BODIES = [one.lower() for one in _PEOPLE["not_names"]]


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of some names as whole words, the longest that fits."""
    return re.compile(rf"(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})(?!\w)")


_BODY, _BARE_BODY = _any_of(_BODIES), _any_of(map(fold, _BODIES))
_RUN = re.compile(rf"(?<!\w){_CAPITAL}(?:[ .-]{{1,2}}{_CAPITAL}){{0,7}}")
_TITLED = re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(map(re.escape, _TITLES), key=len, reverse=True))})\.? +")
_WORD = re.compile(r"[^\W\d_]+")
_NO_STOP = _CAPITAL.removesuffix(r"\.?")
_TOGETHER = re.compile(rf"(?<!\w){_NO_STOP}(?:[ -]{_NO_STOP})+(?!\w)")
"""Words with capitals that stand together: one name, or a title, a name and a body."""


def suspects(received: Received, keep: Collection[str] = ()) -> list[Suspect]:
    """Return what may be a person's name, number or address, each once, in the order of the text.

    Rather one too many: who reads the text says what is none, and ``keep`` are those that were said to be none.
    """
    found: dict[str, str] = {}
    for sentence in received.sentences:
        # What was kept is not looked into again; the same length keeps places as they are.
        looked = sentence
        for name in keep:
            looked = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda match: "·" * len(match[0]), looked)
        reached = 0
        # Of two that begin at one place the longer comes first: what ends before another's end lies inside it.
        for start, end in sorted(_spans(looked), key=lambda span: (span[0], -span[1])):
            if end > reached:
                reached = end
                found.setdefault(sentence[start:end].strip(" .-"), sentence)
    return [Suspect(run, sentence) for run, sentence in found.items() if run]


def _spans(sentence: str) -> set[tuple[int, int]]:
    spans = {match.span() for pattern in (_NUMBER, _ADDRESS) for match in pattern.finditer(sentence)}
    # Folding keeps the length of composed text, so places are the same.
    small = fold(sentence)
    if len(small) != len(sentence):
        small = sentence.lower()
    for match in _RUN.finditer(sentence):
        first = re.split(r"[ .-]", small[match.start() : match.end()])[0]
        long_enough = re.search(r"[ .-]\S", match[0].strip(" .-"))
        if first in _FAMILY and long_enough and not _is_body(sentence, match.start()):
            spans.add(match.span())
    for match in _TITLED.finditer(small):
        start = match.end()
        run = _RUN.match(sentence, start)
        if run and not _is_body(sentence, start):
            spans.add(run.span())
        elif not run and (word := _WORD.match(small, start)) and word[0] in _FAMILY and not _is_body(sentence, start):
            # Nobody typed capitals: a title, a family name, one or two words more.
            more = re.compile(rf"{_WORD.pattern}(?: {_WORD.pattern}){{1,2}}").match(small, start)
            if more:
                spans.add(more.span())
    return spans


def _is_body(sentence: str, start: int) -> bool:
    """Tell whether a body, an office or a place is named from here on."""
    return _body_at(sentence, start) > start


def _body_at(sentence: str, start: int) -> int:
    """Return where the body, office or place ends that is named from here on, ``start`` where none is: with its marks,
    “Phong” is no “Phòng”.
    """
    pattern = _BARE_BODY if _is_bare(sentence) else _BODY
    match = pattern.match(sentence[start : start + _LONGEST_BODY + 1].lower())
    return start + (match.end() if match else 0)


@functools.lru_cache(maxsize=8)
def _is_bare(text: str) -> bool:
    """Tell whether a text was typed without marks."""
    return fold(text) == text.lower()


@functools.lru_cache(maxsize=8)
def _runs(text: str) -> list[tuple[int, int]]:
    """Return where words with capitals stand together, in order."""
    return [match.span() for match in _TOGETHER.finditer(text)]


@functools.lru_cache(maxsize=8)
def _shouts(text: str) -> bool:
    return text == text.upper()


def struck(received: Received, names: Collection[str], keep: Collection[str] = ()) -> Received:
    """Return what was sent with each of these names struck out, longest first; not inside a longer name (“Hà” in “Hà Nội”)."""

    def without(text: str) -> str:
        for name in sorted(names, key=len, reverse=True):
            spans = [(match.span(), _longer(text, *match.span())) for match in _whole(name, text)]
            for (start, end), longer in reversed(spans):
                if longer == (start, end) and not _inside_kept(text, start, end, keep):
                    text = text[:start] + STRUCK + text[end:]
        return text

    sections = tuple((heading, tuple(map(without, found))) for heading, found in received.sections)
    return Received(received.kind, received.about, received.day, sections, received.codes)


def longer_names(received: Received, names: Collection[str], keep: Collection[str] = ()) -> list[Suspect]:
    """Return longer names that hold one that was struck, and of which nothing was said: whose they are is not known."""
    found: dict[str, str] = {}
    for sentence in struck(received, names, keep).sentences:
        for name in names:
            for match in _whole(name, sentence):
                start, end = _longer(sentence, *match.span())
                whole = sentence[start:end]
                if whole != name and not _is_body(sentence, start) and not _inside_kept(sentence, *match.span(), keep):
                    found.setdefault(whole, sentence)
    return [Suspect(whole, sentence) for whole, sentence in found.items()]


@functools.lru_cache(maxsize=64)
def _whole(name: str, text: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _inside_kept(text: str, start: int, end: int, keep: Collection[str]) -> bool:
    spans = (match.span() for name in keep for match in _whole(name, text))
    return any(kept[0] <= start and end <= kept[1] and kept != (start, end) for kept in spans)


def _longer(text: str, start: int, end: int) -> tuple[int, int]:
    """Return from where to where the name goes on of which these characters are a part, themselves where it does not."""
    for word in _WORD.finditer(text, max(0, start - 40), end):
        body_end = _body_at(text, word.start())
        if word.start() <= start and end <= body_end and (word.start(), body_end) != (start, end):
            return word.start(), body_end
    runs = _runs(text)
    at = bisect_right(runs, start, key=lambda run: run[0]) - 1
    # Where all is in capitals, they tell nothing.
    if at < 0 or end > runs[at][1] or _shouts(text):
        return start, end
    first, last = runs[at]
    for word in _WORD.finditer(text, first, start):
        if fold(word[0]) in _TITLES or _is_body(text, word.start()):
            first = max(first, _body_at(text, word.start()), word.end())
    for word in _WORD.finditer(text, end, last):
        if _is_body(text, word.start()):
            last = word.start()
            break
    # A family name and more is a whole name, whatever stands before it.
    family, more = re.match(r"([^ -]+)([ -])?", text[start:end]).groups()  # type: ignore[union-attr]
    whole = more and fold(family) in _FAMILY
    trimmed = text[start if whole else first : last]
    return last - len(trimmed.lstrip(" -")), last - len(trimmed) + len(trimmed.rstrip(" -"))


def parts_met(kb: KnowledgeBase, received: Received) -> tuple[list[str], list[str]]:
    """Return the parts that the text names by their code, and up to three others whose words it uses."""
    if received.kind != "bao-cao":
        return [], []
    named = [code for code in received.codes if code in kb.parts]
    said = fold(" ".join(received.sentences))
    scores = {part_id: _score(kb, part_id, said) for part_id in kb.parts}
    likely = sorted(
        (part for part, score in scores.items() if score >= 2 and part not in named), key=lambda one: -scores[one]
    )
    return named, likely[:3]


def _score(kb: KnowledgeBase, part_id: str, said: str) -> int:
    """Return how many of a part's words a folded text uses."""
    return sum(word in said for word in kb.once("folded words of parts", _folded_words)[part_id])


def _folded_words(kb: KnowledgeBase) -> dict[str, list[str]]:
    return {
        part_id: [fold(word) for word in {*words_of(placed.part), *pairs_of(placed.part.title)}]
        for part_id, placed in kb.parts.items()
    }


def told_recurrence(kb: KnowledgeBase, part_id: str) -> str:
    """Return what the book knows of a part: “HC3a Thẩm tra hình thức: đã gặp ở hai nơi: …”."""
    group = told_group(seen_of(kb, part_id))
    return f"{part_id} {kb.parts[part_id].part.title}: {group[:1].lower()}{group[1:]}"


def _likeliest(kb: KnowledgeBase, part_id: str, paragraphs: list[dict[str, str]]) -> dict[str, str]:
    """Return the sentence that uses most of a part's words, the first one where none does: the editor has to look."""
    return max(paragraphs, key=lambda one: _score(kb, part_id, fold(one["text"])))


def draft_page(kb: KnowledgeBase, received: Received, source_id: str) -> str:
    """Return the page of a draft source: what was sent, word for word, and evidence for the parts that it names."""
    day = date.fromisoformat(received.day)
    number = source_id.rpartition("-")[2]
    named, _likely = parts_met(kb, received)
    paragraphs = [
        {"locator": f"{section}.{index}", "text": sentence}
        for section, (_heading, found) in enumerate(received.sections, 1)
        for index, sentence in enumerate(found, 1)
    ]
    data: dict[str, Any] = {
        "id": source_id,
        "title": f"Nhận ngày {vn_date(day)} ({number}): {received.about}"[:TITLE_LETTERS],
        "draft": True,
        "kind": received.kind,
        "label": f"Nhận {vn_date(day)} ({number})",
        "date": received.day,
        "issuer": "Người gửi không nêu tên",
        "level": "xã",
        "setting": f"Bài học năm {day.year}, do người dùng sổ tay gửi.",
        "headings": [
            {"before": f"{section}.1", "text": heading}
            for section, (heading, _found) in enumerate(received.sections, 1)
        ],
        "paragraphs": paragraphs,
        "evidence": [
            {"id": f"BC-{source_id}-{count}", "part": part, **_likeliest(kb, part, paragraphs)}
            for count, part in enumerate(named, 1)
        ],
    }
    front = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{front}---\n\n{{{{ record_header() }}}}\n\n## Nguyên văn {{ #nguyen-van }}\n\n{{{{ source_text() }}}}\n\n{{{{ next_steps() }}}}\n"
