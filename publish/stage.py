"""The tree that one build works on: ``.cache/build/<edition>-<form>/docs``.

Links to ``docs/``, and the files that are generated for this edition and this form of addresses. No two builds
share generated files. Only what changed is written, and what no record makes any more is removed, so live
reload neither loops nor goes stale.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from knowledge.addresses import Form
from knowledge.downloads import FOLDER
from knowledge.records.docs_files import NAVIGATION, is_left_behind
from knowledge.records.knowledge_base import KnowledgeBase
from publish.project import CACHE, ROOT, write_changed

RECORDS = "records.pickle"
"""Beside the staged ``docs/``: the checked records, handed to the engine's process instead of loaded twice."""


def stage_of(kb: KnowledgeBase, form: Form) -> Path:
    """Return the folder of a build; the engine's ``docs_dir`` is ``docs`` in it."""
    return CACHE / "build" / f"{kb.edition.slug}-{form}"


def write_stage(kb: KnowledgeBase, form: Form, generated: Mapping[str, str | bytes]) -> Path:
    """Bring the staged tree up to date and return its folder.

    ``generated`` are files by path below ``docs/``; they stand before a source file of the same path.
    """
    stage = stage_of(kb, form)
    docs = stage / "docs"
    left_out = {file.removeprefix("docs/") for file in {*kb.drafts, *kb.dropped.files}} - {*kb.pages}
    sources = {name: path for name, path in _sources(ROOT / "docs") if name not in left_out}
    # The middle layer: an edition's own files.
    own = {file.removeprefix("docs/"): ROOT / kb.where(file) for file in kb.own_files if file.startswith("docs/")}
    sources |= {name: path for name, path in own.items() if name not in left_out}
    # First of all: a folder may become a file.
    _remove_others(docs, sources.keys() | generated.keys())
    for name, path in sources.items():
        if name not in generated:
            _link(docs / name, path)
    for name, content in generated.items():
        if (docs / name).is_symlink():
            (docs / name).unlink()
        write_changed(docs / name, content)
    # Anew, without what the checks have computed from them.
    write_changed(stage / RECORDS, pickle.dumps(replace(kb), protocol=pickle.HIGHEST_PROTOCOL))
    return stage


def _sources(folder: Path) -> list[tuple[str, Path]]:
    """Return (path below ``docs/``, file) of what editors wrote; what an earlier build left there is no source."""
    found = []
    for place, folders, names in os.walk(folder):
        here = Path(place)
        folders[:] = [name for name in folders if (here / name) != folder / FOLDER and not is_left_behind(name)]
        for name in names:
            if name == NAVIGATION or not is_left_behind(name):
                path = here / name
                found.append((path.relative_to(folder).as_posix(), path))
    return found


def _link(link: Path, target: Path) -> None:
    if link.is_symlink() and link.readlink() == target:
        return
    link.unlink(missing_ok=True)
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target)


def _remove_others(folder: Path, wanted: set[str]) -> None:
    for place, folders, names in os.walk(folder, topdown=False):
        here = Path(place)
        for name in names:
            if (here / name).relative_to(folder).as_posix() not in wanted:
                (here / name).unlink()
        for name in folders:
            path = here / name
            if path.is_symlink():
                path.unlink()
            elif not any(path.iterdir()):
                path.rmdir()
