"""The theme's language file for Vietnamese: ``lunr.vi.js`` with what it shares with others put in.

How words lose their marks stands in ``docs/assets/scripts/basics/without-marks.js``, which pages use too; which words
only ask, what is counted and which kinds of pages answer a question, in ``names.yml``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from knowledge.text import fold
from publish.project import CODE, BuildFailed
from publish.search.names import Names, read_names

LANGUAGE_FILE = "assets/javascripts/lunr/min/lunr.vi.min.js"
"""Where the theme looks for it, below ``docs/``."""
SOURCE = Path(__file__).with_name("lunr.vi.js")
MARKS = CODE / "docs" / "assets" / "scripts" / "basics" / "without-marks.js"
_SLOTS = {
    "marks": "/* WITHOUT MARKS */",
    "asking": "/* ASKING */ []",
    "only_with_marks": "/* ONLY WITH MARKS */ []",
    "counted": "/* COUNTED */ []",
    "answers": "/* ANSWERS */ []",
}


def language_file() -> str:
    """Return the file's text. Raises BuildFailed where a slot is missing."""
    text = SOURCE.read_text("utf-8")
    shared = re.sub(r"^export ", "", MARKS.read_text("utf-8"), flags=re.MULTILINE).rstrip().replace("\n", "\n  ")
    names = read_names()
    values = {
        "marks": shared,
        "asking": _literal([phrase.split() for phrase in names.asking]),
        "only_with_marks": _literal(names.asking_only_with_marks),
        "counted": _literal([fold(word) for word in names.counted]),
        "answers": answers(names),
    }
    for name, slot in _SLOTS.items():
        if text.count(slot) != 1:
            raise BuildFailed(f"publish/search/lunr.vi.js: cần đúng một chỗ “{slot}”")
        text = text.replace(slot, values[name])
    return text


def _literal(words: list[str] | list[list[str]]) -> str:
    return json.dumps(words, ensure_ascii=False)


def answers(names: Names) -> str:
    """Return the kinds that answer each kind of question, as a literal of JavaScript."""
    lines = (
        f"    [new RegExp({json.dumps(one.asked)}), {json.dumps(one.answered_by, ensure_ascii=False)}],\n"
        for one in names.answers
    )
    return "[\n" + "".join(lines) + "  ]"
