"""What the list of matters and the study sheet need of each kind of resolution, cut from the records."""

from __future__ import annotations

import json

from knowledge.addresses import Form, record_url
from knowledge.downloads import FOLDER, pdf_name
from knowledge.records.knowledge_base import KnowledgeBase

KINDS_MODULE = "assets/scripts/data/resolution-kinds.js"


def resolution_kinds_module(kb: KnowledgeBase, form: Form) -> str:
    """Return the module ``RESOLUTION_KINDS``: ID → {title, page, sheet, words, normative, sheets: [[ID, title, address]], questions: [[text, where]]}; addresses from the root."""
    rows = {
        one.id: {
            "title": one.title,
            "page": record_url(kb, one.id, form),
            "sheet": f"{FOLDER}/{pdf_name(one.id)}",
            "words": one.words,
            "normative": one.normative,
            "sheets": [[sheet, kb.checklists[sheet].title, record_url(kb, sheet, form)] for sheet in one.sheets],
            "questions": [[question.text, question.where] for question in one.questions],
        }
        for one in kb.resolution_kinds.values()
    }
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return (
        "// Kinds of resolution as the list of matters and the study sheet need them. Written by the build from the records;"
        f" not to be changed here.\nexport const RESOLUTION_KINDS = {text};\n"
    )
