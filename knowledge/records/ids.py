"""IDs and the files they stand for: which record a page holds, which ID is free next."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

from knowledge.kinds import KINDS, LISTS, RECORD_FOLDERS
from knowledge.records.fields import Strict
from knowledge.records.model import (
    Checklist,
    ChecklistPage,
    Instrument,
    Role,
    Source,
)


def record_of_page(uri: str) -> tuple[type[Strict] | None, str | None]:
    """Return the model of a page's front matter, None for a plain page; and the record's ID."""
    model = _record_type(uri)
    return model, _id_from_stem(model, Path(uri).stem) if model else None


def _record_type(uri: str) -> type[Strict] | None:
    """Return the model of a page's front matter, or None for a plain page."""
    folder, _, name = uri.rpartition("/")
    if uri in LISTS:
        return LISTS[uri].holder
    if name == "index.md" or not folder:
        return None
    # Sources entered on a device, and those of before, lie among the plain pages.
    for kind in KINDS.values():
        if kind.apart and fnmatch(uri, kind.apart) and re.fullmatch(r"[a-z]+[0-9]+", Path(uri).stem):
            return kind.model
    model = RECORD_FOLDERS.get(folder)
    # The data of a sheet lie apart: its page holds only the ID.
    return ChecklistPage if model is Checklist else model


def _id_from_stem(model: type[Strict], stem: str) -> str | None:
    """Return the ID that a file name stands for: codes are upper case, slugs as written."""
    if model in {kind.holder for kind in LISTS.values()}:
        return None
    if model is Source and not re.fullmatch(r"tb[0-9]+", stem):
        return stem
    return stem if model in (Role, Instrument) else stem.upper()


def id_pattern(model: type[Strict]) -> str:
    """Return the regular expression of a type's IDs, as its field has it."""
    return next(str(rule.pattern) for rule in model.model_fields["id"].metadata if hasattr(rule, "pattern"))


def next_free_id(record_id: str, taken: set[str]) -> str:
    """Return the next ID of the same kind that nobody uses: HC1 → HC6, DM05 → DM22, a → a-2."""
    match = re.fullmatch(r"([A-Z]+)([0-9]+)", record_id)
    if match:
        prefix, digits = match.groups()
        numbers = [int(m.group(1)) for m in (re.fullmatch(rf"{prefix}([0-9]+)", t) for t in taken) if m]
        return f"{prefix}{max(numbers, default=0) + 1:0{len(digits)}d}"
    match = re.fullmatch(r"([A-Z]+[0-9]+)([a-z]{1,2})", record_id)
    if match:
        stem = match.group(1)
        letters = [found[1] for found in (re.fullmatch(rf"{stem}([a-z]{{1,2}})", one) for one in taken) if found]
        return stem + _after(max(letters, key=lambda one: (len(one), one), default=""))
    number = 2
    while f"{record_id}-{number}" in taken:
        number += 1
    return f"{record_id}-{number}"


def _after(letters: str) -> str:
    """Return the next letters of a part: '' → a, z → aa, az → ba; none follows zz."""
    if letters in ("", "z", "zz"):
        return {"": "a", "z": "aa", "zz": "zz"}[letters]
    if letters[-1] == "z":
        return f"{chr(ord(letters[0]) + 1)}a"
    return letters[:-1] + chr(ord(letters[-1]) + 1)
