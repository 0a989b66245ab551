"""In what order `make test` runs the files, so that no core waits: sites are built beside tests that need none.

Where the tests run side by side, each process takes the next file when it is done with one: long ones first, so that all
end together. Files that need a built site come after all others.
"""

from __future__ import annotations

import contextlib
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable

import pytest

SITES = frozenset({"site", "sites", "packed", "public"})
"""Fixtures that are a built site or are made of one; others ask for these."""
_SECONDS = {"browser": 2.0, "project": 0.6}
"""What a test takes that asks for a fixture, roughly; any other takes less."""


def fixtures_of(item: pytest.Item) -> frozenset[str]:
    """Return the names of all fixtures that a test asks for, itself or through others."""
    return frozenset(getattr(item, "fixturenames", ()))


def in_order(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Return tests file by file, those of one file as they stand; what `make test` leaves out weighs nothing."""
    files: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        files[item.nodeid.partition("::")[0]].append(item)

    def rank(tests: list[pytest.Item]) -> tuple[bool, float]:
        now = [fixtures_of(one) for one in tests if not one.get_closest_marker("full")]
        seconds = sum(max((_SECONDS.get(name, 0.2) for name in names), default=0.2) for names in now)
        return any(SITES & names for names in now), -seconds

    return [item for tests in sorted(files.values(), key=rank) for item in tests]


class Ahead:
    """Makes things in the background, one after the other, before anybody asks for them."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._over = threading.Event()

    def start(self, makers: list[Callable[[], object]]) -> None:
        """Begin. A fault is told by the test that asks for the thing: it makes it once more."""

        def work() -> None:
            for make in makers:
                with contextlib.suppress(Exception):
                    if not self._over.is_set():
                        make()

        self._thread = threading.Thread(target=work)
        self._thread.start()

    def stop(self) -> None:
        """Begin nothing more, and wait for what is being made."""
        self._over.set()
        if self._thread:
            self._thread.join()
