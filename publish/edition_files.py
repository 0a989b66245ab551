"""What an edition publishes instead of the base's files: its name, its colours, pages and navigation without what it drops."""

from __future__ import annotations

import json

import yaml

from knowledge.records.docs_files import NAVIGATION
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.layers import without_pages
from knowledge.records.model import Colours
from papers.colours import MARK, mark
from publish.project import ROOT

MANIFEST = "manifest.webmanifest"
STYLES = "assets/styles/site.css"


def edition_files(kb: KnowledgeBase) -> dict[str, str | bytes]:
    """Return the files of an edition that stand before the base's, by path below ``docs/``; none for the base."""
    if kb.own is None:
        return {}
    docs = ROOT / "docs"
    files: dict[str, str | bytes] = {**kb.rewritten}
    files[MANIFEST] = _manifest((docs / MANIFEST).read_text("utf-8"), kb)
    if kb.own.colours:
        files[STYLES] = (docs / STYLES).read_text("utf-8") + _styles(kb.own.colours)
        if MARK not in kb.own_files:
            files[MARK.removeprefix("docs/")] = mark(kb)
    if kb.dropped.pages:
        nav = yaml.safe_load((docs / NAVIGATION).read_text("utf-8"))
        files[NAVIGATION] = yaml.safe_dump(without_pages(nav, kb.dropped.pages), allow_unicode=True, sort_keys=False)
    return files


def _manifest(text: str, kb: KnowledgeBase) -> str:
    told = json.loads(text) | {"name": kb.edition.name, "short_name": kb.edition.name}
    if kb.own and kb.own.colours:
        told["theme_color"] = kb.own.colours.main
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _styles(colours: Colours) -> str:
    """Return the rules that set an edition's colours; they come after the base's."""
    return f"""
:root,
[data-md-color-scheme="default"] {{
  --md-primary-fg-color: {colours.main};
  --md-primary-fg-color--light: {colours.main};
  --md-primary-fg-color--dark: {colours.dark};
  --md-typeset-a-color: {colours.main};
  --md-footer-bg-color: {colours.dark};
  --md-footer-bg-color--dark: {colours.dark};
}}
@media screen {{
  [data-md-color-scheme="slate"] {{
    --md-primary-fg-color: {colours.dark};
    --md-primary-fg-color--dark: {colours.dark};
    --md-typeset-a-color: {colours.on_dark};
  }}
}}
"""
