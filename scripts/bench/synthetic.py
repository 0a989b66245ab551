"""Projects to measure: a snapshot of this one, copies grown n times, its pages without macros.

A snapshot holds its own code, so nothing that changes meanwhile changes what is measured.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from knowledge.confirmed import FILE, Confirmed, read_confirmed, written
from knowledge.kinds import KINDS
from knowledge.records.knowledge_base import KnowledgeBase
from knowledge.records.model import BASE_EDITION, LABEL_LETTERS
from publish.project import ROOT

COPIED = (
    "checklists", "confirmed.yml", "docs", "edition.yml", "knowledge", "macros", "mkdocs.yml", "moved.yml", "overrides",
    "papers", "publish", "scripts",
)  # fmt: skip
GROWING = tuple(kind.name for kind in KINDS.values() if kind.grows)
"""Kinds that are multiplied. Roles, stages and terms stay: a council gets no new ones.

Of the sources those are multiplied that hold evidence, or the replicas' parts would rest on none.
"""

_CODE = re.compile(r"([A-Z]+)([0-9]+)([a-z]{0,2})")
_THREE_DIGITS = re.compile(r"([A-Z]{2})\(\[0-9\]\{2\}\|\[1-9\]\[0-9\]\{2\}\)")
_FIRST_OWN = "FIRST_OWN = 900"
_TWO_REVIEWS = "^TR-(HDND|DAI-BIEU)$"
_WORD = re.compile(r"(?<![\w.-])\w[\w.-]*")
_LABEL = re.compile(r"^label: (.*)$", re.MULTILINE)
_TITLE = re.compile(r"^title:.*$", re.MULTILINE)
_MACROS_PLUGIN = re.compile(r"^  - macros:?.*\n(?: {4,}.*\n)*", re.MULTILINE)
_EXTENSIONS = re.compile(r"^markdown_extensions:\n(?:[ ].*\n|\n)*", re.MULTILINE)
_STOCK = """site_name: Sổ tay HĐND
theme:
  name: material
  language: vi
  font: false
plugins:
  - search
  - awesome-nav
"""


def snapshot(target: Path) -> None:
    """Copy what a build reads, without compiled Python and generated files."""
    target.mkdir(parents=True)
    ignore = shutil.ignore_patterns("__pycache__", "tai-ve")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=ignore)
        elif source.exists():
            shutil.copy2(source, target / name)


def stage_in(project: Path) -> Path:
    """Return where a build of a project's base edition works."""
    return project / ".cache" / "build" / f"{BASE_EDITION}-directory"


def grow(kb: KnowledgeBase, base: Path, target: Path, times: int) -> None:
    """Write a project with ``times`` as many lessons, sheets, forms and instruments as ``base``.

    Each replica links only to itself and to the roles, stages and main source that all share, so a page
    stays as long as it was, except lists of everything. A self-review asks about the parts of its own
    replica: nobody would answer eight hundred questions on one page.
    """
    shutil.copytree(base, target, ignore=shutil.ignore_patterns("__pycache__", "tai-ve", ".cache"))
    _accept_longer_codes(target / "knowledge")
    for name, text in replicas(kb, base, times):
        (target / name).write_text(text, "utf-8")
    (target / FILE).write_text(written(_confirmed_for_all(kb, base, times)), "utf-8")


def _confirmed_for_all(kb: KnowledgeBase, base: Path, times: int) -> Confirmed:
    """Return what was read with what, for the replicas too: their rules say what those of the original say."""
    known = _known_ids(kb)
    steps = _steps(known)
    read, _faults = read_confirmed(base)
    found = Confirmed(dict(read.rules), dict(read.records))
    for number in range(1, times):
        rename = _renamer(known, steps, number)
        found.rules |= {rename(rule): readings for rule, readings in read.rules.items()}
        for record, by in read.records.items():
            if (own := rename(record)) != record:
                found.records[own] = {rename(rule): mark for rule, mark in by.items()}
    return found


def with_sources(kb: KnowledgeBase, base: Path, target: Path, count: int) -> None:
    """Write a project with so many sources more than this one: one with evidence, again under other IDs, labels and titles.

    Each adds its evidence to the same parts, so every check and view that looks at sources or at what they met looks at each.
    """
    shutil.copytree(base, target, ignore=shutil.ignore_patterns("__pycache__", "tai-ve", ".cache"))
    first = next(one for one in kb.sources.values() if one.coverage != "full" and len(one.evidence) > 1)
    page = target / "docs" / kb.page_of[first.id]
    text = page.read_text("utf-8")
    for number in range(1, count + 1):
        # Records that were read against nothing yet are no fault of theirs.
        copy = text.replace(first.id, f"nguon-{number:03d}")
        copy = copy.replace(f"label: {first.label}", f"label: Xã {number:03d}, khóa 2016–2021", 1)
        (page.parent / f"nguon-{number:03d}.md").write_text(_retitled(copy, f"Tin giao ban thứ {number}"), "utf-8")


def replicas(kb: KnowledgeBase, base: Path, times: int) -> Iterator[tuple[Path, str]]:
    """Yield (name, text) of each file that a project grown ``times`` has more than ``base``."""
    known = _known_ids(kb)
    steps = _steps(known)
    texts = {Path(file): (base / file).read_text("utf-8") for file in _record_files(kb)}
    titles = {
        Path(origin.file): str(getattr(kb.get(owner), "title", "")) for owner, origin in reversed(kb.origins.items())
    }
    for number in range(1, times):
        rename = _renamer(known, steps, number)
        for file, text in texts.items():
            # A page of a sheet, or the document of a template, has no title of its own.
            title = f"{titles[file]} ({number})" if file in titles else None
            own = _LABEL.sub(lambda found, n=number: f"label: {_short(found[1], f' ({n})')}", rename(text), count=1)  # type: ignore[misc]
            yield file.with_name(rename(file.name)), _retitled(own, title)


def without_macros(base: Path, rendered: dict[str, str], target: Path) -> None:
    """Write the same site from plain Markdown: ``rendered`` by page path, no macros plugin."""
    shutil.copytree(base, target, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.rmtree(target / "docs")
    shutil.copytree(stage_in(base) / "docs", target / "docs")
    shutil.rmtree(target / ".cache", ignore_errors=True)
    for page in (target / "docs").rglob("*.md"):
        page.unlink()
    for uri, text in rendered.items():
        (target / "docs" / uri).write_text(text, "utf-8")
    config = target / "mkdocs.yml"
    text, count = _MACROS_PLUGIN.subn("", config.read_text("utf-8"))
    if count != 1:
        raise SystemExit("mkdocs.yml: the entry of the macros plugin was not found")
    config.write_text(text, "utf-8")


def stock(base: Path, rendered: dict[str, str], target: Path) -> None:
    """Write the same pages for Material as it comes: no looks, scripts or features of this project's.

    The order and names of the pages stay, and fonts are switched off, which would come from elsewhere.
    """
    (target / "docs").mkdir(parents=True)
    for uri, text in rendered.items():
        page = target / "docs" / uri
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, "utf-8")
    for names in (base / "docs").rglob(".nav.yml"):
        shutil.copy2(names, target / names.relative_to(base))
    extensions = _EXTENSIONS.search((base / "mkdocs.yml").read_text("utf-8"))
    if extensions is None:
        raise SystemExit("mkdocs.yml: markdown_extensions was not found")
    (target / "mkdocs.yml").write_text(_STOCK + extensions[0], "utf-8")
    # The headings' addresses are made by this project's function.
    shutil.copytree(base / "knowledge", target / "knowledge", ignore=shutil.ignore_patterns("__pycache__"))


def _accept_longer_codes(package: Path) -> None:
    """Sheets and forms have three digits at most, self-reviews a name each: too few for replicas; the copies accept more."""
    for module in package.rglob("*.py"):
        text = _THREE_DIGITS.sub(r"\1[0-9]{2,}", module.read_text("utf-8"))
        # Codes from 900 are an edition's; the copies need more before them.
        text = text.replace(_FIRST_OWN, f"{_FIRST_OWN}00")
        module.write_text(text.replace(_TWO_REVIEWS, _TWO_REVIEWS.replace("$", "(-N[0-9]+)?$")), "utf-8")


def _known_ids(kb: KnowledgeBase) -> list[str]:
    groups = [kb.of(group) for group in (*GROWING, "parts", "rules", "evidence")]
    return [*(record_id for group in groups for record_id in group), *_sources_with_evidence(kb)]


def _sources_with_evidence(kb: KnowledgeBase) -> list[str]:
    return [source.id for source in kb.sources.values() if source.evidence and source.coverage != "full"]


def _record_files(kb: KnowledgeBase) -> list[str]:
    files: dict[str, None] = {}
    for group in GROWING:
        for record_id in kb.of(group):
            files[kb.origins[record_id].file] = None
            files[f"docs/{kb.page_of[record_id]}"] = None
    files |= {kb.origins[source].file: None for source in _sources_with_evidence(kb)}
    return [*files, *(origin.file for origin in kb.document_origins.values())]


def _steps(known: list[str]) -> dict[str, int]:
    """Return by how much a replica raises the numbers of each kind of code."""
    steps: dict[str, int] = {}
    for match in filter(None, map(_CODE.fullmatch, known)):
        steps[match[1]] = max(steps.get(match[1], 0), int(match[2]))
    return steps


def _renamer(known: list[str], steps: dict[str, int], number: int) -> Callable[[str], str]:
    """Return the function that turns every ID in a text, also in addresses, into the replica's."""
    new: dict[str, str] = {}
    for old in known:
        match = _CODE.fullmatch(old)
        if match is None:
            new[old] = f"{old}-{'N' if old.isupper() else 'n'}{number}"
            new[old.lower()] = f"{old.lower()}-n{number}"
            continue
        letters, digits, part = match.groups()
        raised = int(digits) + number * steps[letters]
        new[old] = f"{letters}{raised:0{len(digits)}d}{part}"
        new[old.lower()] = new[old].lower()

    def renamed(found: re.Match[str]) -> str:
        # “hc1.md” and “giam-sat.pham-vi.” hold a name and then more; the longest name counts.
        head, tail = found[0], ""
        while head not in new and "." in head:
            head, _dot, rest = head.rpartition(".")
            tail = f".{rest}{tail}"
        return new.get(head, head) + tail

    return lambda text: _WORD.sub(renamed, text)


def _short(label: str, number: str) -> str:
    """Return a source's label with a number, no longer than a label may be."""
    return json.dumps(label.strip("'\"")[: LABEL_LETTERS - len(number)] + number, ensure_ascii=False)


def _retitled(text: str, title: str | None) -> str:
    """Give a copied record a title of its own, where it has one."""
    if title is None:
        return text
    line = f"title: {json.dumps(title, ensure_ascii=False)}"
    return _TITLE.sub(lambda _: line, text, count=1)
