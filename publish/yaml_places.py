"""Where the values of a YAML text stand, to the character: what a command may change without touching the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from knowledge.kept import kept
from knowledge.plain_yaml import LOADER
from knowledge.records.yaml_lines import Path


@dataclass(frozen=True)
class Place:
    """A value or a key: its path, what it says, from which character to which; ``is_key`` for a key."""

    path: Path
    value: str
    start: int
    end: int
    is_key: bool = False


@dataclass(frozen=True)
class Element:
    """An element of a list: its path, the lines [first, end) on which it stands, or characters in a list on one line."""

    path: Path
    start: int
    end: int
    first_line: int
    end_line: int
    in_line: bool


@kept
def places(text: str) -> list[Place]:
    """Return every scalar of a YAML text, in order; none where it cannot be read."""
    return [one for one in _walk(text) if isinstance(one, Place)]


def elements(text: str) -> dict[Path, Element]:
    """Return the elements of every list of a YAML text by path."""
    return {one.path: one for one in _walk(text) if isinstance(one, Element)}


def _walk(text: str) -> Iterator[Place | Element]:
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError:
        return
    if node is not None:
        yield from _inside(node, ())


def _inside(node: yaml.Node, path: Path) -> Iterator[Place | Element]:
    if isinstance(node, yaml.ScalarNode):
        yield Place(path, node.value, node.start_mark.index, node.end_mark.index)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield Place((*path, key.value), key.value, key.start_mark.index, key.end_mark.index, is_key=True)
            yield from _inside(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, one in enumerate(node.value):
            start, end = one.start_mark, one.end_mark
            # What is written on one line ends there; a block ends where the next thing begins.
            block = isinstance(one, yaml.CollectionNode) and not one.flow_style
            last = end.line if block else end.line + 1
            yield Element((*path, index), start.index, end.index, start.line, last, bool(node.flow_style))
            yield from _inside(one, (*path, index))
