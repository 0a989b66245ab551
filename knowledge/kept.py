"""What pure functions found of a text, kept: in one process for all that read it again, and between runs of a command.

A check follows every change while the site is served, an edition's check and a rename's read the same texts again, and from
one run to the next one file of three hundred is another. A finding is taken only for the very same arguments and the same
code; what cannot be read whole is computed anew.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml

F = TypeVar("F", bound=Callable[..., Any])

MOST = 1 << 19
"""Findings of one function in one process."""
MOST_PIECES = 12
"""Of the file; then it is written as one."""
_MISSING = object()
_PACKAGE = Path(__file__).resolve().parent
_SEAL = 32
_LENGTH = 8


class _Kept:
    """A function with what it found: ``known`` is what this process asked for, ``before`` what only earlier runs did."""

    def __init__(self, find: Callable[..., Any]) -> None:
        functools.update_wrapper(self, find)
        self.find = find
        self.known: dict[Any, Any] = {}
        self.before: dict[Any, Any] = {}
        self.new: dict[Any, Any] = {}

    def __call__(self, text: str, *more: Any, **named: Any) -> Any:
        if named:
            return self.find(text, *more, **named)
        asked = (text, *more) if more else text
        found = self.known.get(asked, _MISSING)
        return self._learn(asked, text, *more) if found is _MISSING else found

    def _learn(self, asked: Any, *arguments: Any) -> Any:
        found = self.before.pop(asked, _MISSING)
        if found is _MISSING:
            found = self.new[asked] = self.find(*arguments)
        if len(self.known) >= MOST:
            self.known.clear()
            self.new.clear()
        self.known[asked] = found
        return found


_FUNCTIONS: dict[str, _Kept] = {}
_read: set[Path] = set()
"""Files whose findings this process, or the one that it is a copy of, has."""


def kept(find: F) -> F:
    """Keep what a pure function of a text finds. It takes the text first; nobody changes what it returns."""
    function = _Kept(find)
    # The digest below is that of this package alone.
    if find.__module__.startswith("knowledge."):
        _FUNCTIONS[f"{find.__module__}.{find.__qualname__}"] = function
    return cast(F, function)


def forget() -> None:
    """Know no more than a new process does: what was found of texts, and whatever this package remembers besides."""
    _read.clear()
    for function in _FUNCTIONS.values():
        function.known, function.before, function.new = {}, {}, {}
    for name, module in [*sys.modules.items()]:
        if name.startswith(f"{_PACKAGE.name}."):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


@contextlib.contextmanager
def kept_between_runs(folder: Path) -> Iterator[None]:
    """Take what earlier runs found, and add for later ones what this one finds, in a file below a folder."""
    file = folder / _digest()
    pieces = _taken(file)
    try:
        yield
    finally:
        # What takes no more, or may not be written, costs time only.
        with contextlib.suppress(OSError):
            _write(file, pieces)


@functools.cache
def _digest() -> str:
    """Return a digest of the code that finds: all of this package, the parser, the language."""
    found = hashlib.sha256(f"{sys.version}\n{yaml.__version__} {yaml.__with_libyaml__}\n".encode())
    for path in sorted(_PACKAGE.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            found.update(f"{path.relative_to(_PACKAGE)}\n".encode() + path.read_bytes())
    return found.hexdigest()[:32]


def _taken(file: Path) -> int:
    """Read a file's findings. Returns the number of its pieces; 0 where there are none, or not all are whole."""
    if file in _read:
        return 1
    try:
        content = file.read_bytes()
    except OSError:
        return 0
    pieces = at = 0
    while at < len(content):
        start = at + _SEAL + _LENGTH
        end = start + int.from_bytes(content[at + _SEAL : start], "big")
        piece = content[start:end]
        if hashlib.sha256(piece).digest() != content[at : at + _SEAL]:
            return 0
        for name, findings in pickle.loads(piece).items():
            if name in _FUNCTIONS:
                _FUNCTIONS[name].before.update(findings)
        pieces, at = pieces + 1, end
    _read.add(file)
    return pieces


def _write(file: Path, pieces: int) -> None:
    """Add what is new to the file; write it anew when it is broken, in many pieces, or holds more that nobody asked for."""
    functions = _FUNCTIONS.items()
    new = {name: one.new for name, one in functions if one.new}
    if not new:
        return
    asked = sum(len(one.known) for one in _FUNCTIONS.values())
    not_asked = sum(len(one.before) for one in _FUNCTIONS.values())
    file.parent.mkdir(parents=True, exist_ok=True)
    if 0 < pieces < MOST_PIECES and not_asked <= asked:
        with file.open("ab") as open_file:
            open_file.write(_sealed(new))
    else:
        whole = {name: one.known if not_asked > asked else {**one.before, **one.known} for name, one in functions}
        part = file.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(_sealed(whole))
        part.replace(file)
        for other in file.parent.iterdir():
            if other.name != file.name and other.suffix != ".part":
                other.unlink(missing_ok=True)
    _read.add(file)
    for one in _FUNCTIONS.values():
        one.new = {}


def _sealed(findings: dict[str, dict[Any, Any]]) -> bytes:
    piece = pickle.dumps(findings, protocol=pickle.HIGHEST_PROTOCOL)
    return hashlib.sha256(piece).digest() + len(piece).to_bytes(_LENGTH, "big") + piece
