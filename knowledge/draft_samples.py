"""Puts samples of draft signs together: a clean model draft of a body and kind, some of its parts in other words."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from knowledge.plain_yaml import read_yaml
from knowledge.records.signs import DraftSample

MODELS = Path(__file__).parent / "draft_models.yml"
ORDER = (
    "head", "number", "dated", "title", "council", "grounds", "submission", "verification", "resolves", "articles",
    "implementation", "effect", "adopted", "recipients", "signature", "annex",
)  # fmt: skip
"""Parts as they follow each other in a draft."""
_KIND_STANDS_BEFORE = "title"
_OWN_NUMBER = re.compile(r"\d+/")


@functools.cache
def models() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the model drafts: ``bodies`` → body → part → words; ``kinds`` → kind → part → words that differ."""
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = read_yaml(MODELS.read_text("utf-8"))
    return found


def draft_text(sample: DraftSample) -> str:
    """Return a sample as the text of a whole draft, cells of a row told apart by tabs."""
    if "whole" in sample.parts:
        return sample.parts["whole"]
    known = models()
    parts = {**known["bodies"]["thuong-truc" if sample.body == "thuong-truc" else "hdnd"]}
    parts |= known["kinds"].get(sample.kind or "", {})
    if sample.state == "du-thao":
        parts |= {
            "number": _OWN_NUMBER.sub("     /", parts["number"], count=1),
            "dated": "Ví Dụ, ngày     tháng 12 năm 2026",
        }
    parts |= {str(name): words for name, words in sample.parts.items()}
    lines = []
    for name in ORDER:
        if name == _KIND_STANDS_BEFORE:
            lines.append("NGHỊ QUYẾT")
        lines.append(parts[name])
        if name in ("dated", "title", "council", "verification", "adopted"):
            lines.append("")
    return "\n".join(lines) + "\n"
