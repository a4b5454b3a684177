"""A plate of wells with a dilution across it."""

import math
from collections.abc import Iterator
from random import Random

from collegium.look.shapes import Disc, Field, discs

_PITCH = 45  # from one well to the next, in user units


def plate(chance: Random, field: Field) -> str:
    """A plate of wells with a dilution running across it. Standards: measured the same way."""
    turn, slope = chance.uniform(0, 6.28), chance.uniform(0.5, 0.9)
    empty: list[Disc] = []
    soft: list[Disc] = []
    plain: list[Disc] = []
    marked: list[Disc] = []
    for x, y, across, down in _wells(field):
        dose = slope * (math.cos(turn) * across + math.sin(turn) * down) + chance.gauss(0, 0.1)
        (empty if dose < -0.35 else soft).append(Disc(36, x, y))
        content = max(0.0, min(30.0, 15 + dose * 18))
        if content > 3:
            (marked if chance.random() < 0.06 else plain).append(Disc(content, x, y))
    hollow = [disc._replace(width=33) for disc in empty]
    rims = discs("line", empty) + discs("ground", hollow) + discs("soft", soft)
    return rims + discs("stain", plain) + discs("mark", marked)


def _wells(field: Field) -> Iterator[tuple[int, int, float, float]]:
    """Each well's place in user units, and its place on the plate from -1 to 1 in both directions."""
    columns, rows = (field.width - 105) // _PITCH + 1, (field.height - 75) // _PITCH + 1
    left, top = (field.width - (columns - 1) * _PITCH) // 2, (field.height - (rows - 1) * _PITCH) // 2
    for i in range(columns):
        for j in range(rows):
            across, down = 2 * i / (columns - 1) - 1, 2 * j / (rows - 1) - 1
            yield left + i * _PITCH, top + j * _PITCH, across, down
