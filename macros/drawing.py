"""Geometry of the drawing of a classroom. No markup, no colours.

Lengths are in user units of the drawing, which is 340 wide: on a phone of 360 px one unit is about
one CSS px, so letters of 13 units stay legible there.
"""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 340
CELL = 84
TABLE_WIDTH, TABLE_HEIGHT = 40, 34
CHAIR = 5.5
TABLES_A_ROW = 4


@dataclass(frozen=True)
class Table:
    """A table with its number, its upper left corner, and the middle of each chair."""

    number: int
    x: float
    y: float
    chairs: list[tuple[float, float]]


@dataclass(frozen=True)
class Room:
    """A room from above: the screen along the top, tables in rows below it; height in units."""

    tables: list[Table]
    height: float


def room(tables: int, seats: int) -> Room:
    """Place tables in rows of four; chairs stand left, right and behind, so that nobody turns the back to the screen."""
    found = []
    for index in range(tables):
        row, column = divmod(index, TABLES_A_ROW)
        x = 2 + column * CELL + (CELL - TABLE_WIDTH) / 2
        y = 40 + row * CELL + 8
        found.append(Table(index + 1, x, y, _chairs(x, y, seats)))
    rows = -(-tables // TABLES_A_ROW)
    return Room(found, 40 + rows * CELL)


def _chairs(x: float, y: float, seats: int) -> list[tuple[float, float]]:
    behind = seats % 2 if seats < 6 else 2 - seats % 2
    beside = (seats - behind) // 2
    gap = CHAIR + 4
    places = [(x + TABLE_WIDTH * (n + 0.5) / behind, y + TABLE_HEIGHT + gap) for n in range(behind)]
    for edge in (x - gap, x + TABLE_WIDTH + gap):
        places += [(edge, y + TABLE_HEIGHT * (n + 0.5) / beside) for n in range(beside)]
    return places
