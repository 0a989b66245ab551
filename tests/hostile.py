"""Texts that somebody may type, paste or put into an address to do harm, or by mischance; each with what it tries."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml


class Hostile(NamedTuple):
    """One text, and in a few words what it tries."""

    what: str
    text: str


def _read() -> list[Hostile]:
    listed = yaml.safe_load((Path(__file__).parent / "data" / "hostile_strings.yml").read_text("utf-8"))
    return [
        Hostile(one["what"], one["text"] * one.get("times", 1) + one.get("tail", "") * one.get("times", 1))
        for one in listed
    ]


STRINGS = _read()


def arguments() -> list[Hostile]:
    """Return those that a shell can hand to a command: no NUL; what is no character travels as a stray byte."""
    return [
        Hostile(what, text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape"))
        for what, text in STRINGS
        if "\0" not in text
    ]
