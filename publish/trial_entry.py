"""Put a trial into a sheet's file: into its list, by date; every other line of the file stays as it is."""

from __future__ import annotations

from typing import Any

import yaml

from publish.yaml_places import elements

FIELD = "trialled"


def with_trial(text: str, trial: dict[str, Any]) -> str:
    """Return the text of a sheet's file with one trial more, the oldest first."""
    if "\r\n" in text:
        return with_trial(text.replace("\r\n", "\n"), trial).replace("\n", "\r\n")
    lines = text.split("\n")
    data = yaml.safe_load(text)
    held = data.get(FIELD) or []
    own = {int(path[1]): one for path, one in elements(text).items() if len(path) == 2 and path[0] == FIELD}
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{FIELD}:"))
    if not held or any(one.in_line for one in own.values()):
        ends = max((one.end_line for one in own.values()), default=at + 1)
        every = sorted([*held, trial], key=lambda one: str(one["date"]))
        return "\n".join([*lines[:at], f"{FIELD}:", *_block(every), *lines[max(ends, at + 1) :]])
    later = [one for number, one in own.items() if str(held[number]["date"]) > str(trial["date"])]
    place = min((one.first_line for one in later), default=max(one.end_line for one in own.values()))
    while not lines[place - 1].strip() or lines[place - 1].lstrip().startswith("#"):
        # What stands between two fields belongs to the next.
        place -= 1
    indent = len(lines[own[0].first_line]) - len(lines[own[0].first_line].lstrip())
    return "\n".join([*lines[:place], *_block([trial], indent), *lines[place:]])


def _block(trials: list[dict[str, Any]], indent: int = 2) -> list[str]:
    written = yaml.safe_dump(trials, allow_unicode=True, sort_keys=False, width=1000)
    return [" " * indent + line for line in written.rstrip("\n").split("\n")]
