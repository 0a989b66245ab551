"""The theme's language file for Vietnamese: ``lunr.vi.js`` with what it shares with others put in.

How words lose their marks stands in ``docs/assets/scripts/basics/without-marks.js``, which pages use too; which kinds
of pages answer a question, in ``names.yml``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from publish.project import CODE, BuildFailed
from publish.search.names import Names, read_names

LANGUAGE_FILE = "assets/javascripts/lunr/min/lunr.vi.min.js"
"""Where the theme looks for it, below ``docs/``."""
SOURCE = Path(__file__).with_name("lunr.vi.js")
MARKS = CODE / "docs" / "assets" / "scripts" / "basics" / "without-marks.js"
_SLOTS = {"marks": "/* WITHOUT MARKS */", "answers": "/* ANSWERS */ []"}


def language_file() -> str:
    """Return the file's text. Raises BuildFailed where a slot is missing."""
    text = SOURCE.read_text("utf-8")
    shared = re.sub(r"^export ", "", MARKS.read_text("utf-8"), flags=re.MULTILINE).rstrip().replace("\n", "\n  ")
    for name, value in {"marks": shared, "answers": answers(read_names())}.items():
        slot = _SLOTS[name]
        if text.count(slot) != 1:
            raise BuildFailed(f"publish/search/lunr.vi.js: cần đúng một chỗ “{slot}”")
        text = text.replace(slot, value)
    return text


def answers(names: Names) -> str:
    """Return the kinds that answer each kind of question, as a literal of JavaScript."""
    lines = (
        f"    [new RegExp({json.dumps(one.asked)}), {json.dumps(one.answered_by, ensure_ascii=False)}],\n"
        for one in names.answers
    )
    return "[\n" + "".join(lines) + "  ]"
