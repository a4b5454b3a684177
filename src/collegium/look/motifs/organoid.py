"""Buds with a wall of cells around a lumen, large and small, that do not touch."""

import math
from collections.abc import Iterator
from random import Random

from collegium.look.shapes import Disc, Field, Point, blob, discs, path


class _Bud:
    """One organoid: a wobbling ring at (x, y) with a wall of cells around a lumen."""

    def __init__(self, chance: Random, x: float, y: float, radius: float) -> None:
        self.x, self.y, self.radius = x, y, radius
        self.wobble = [(m, chance.uniform(0, 6.28), chance.uniform(0.02, 0.08)) for m in (2, 3, 5)]

    def at(self, angle: float, radius: float) -> Point:
        reach = radius * (1 + sum(e * math.sin(m * angle + phase) for m, phase, e in self.wobble))
        return self.x + math.cos(angle) * reach, self.y + math.sin(angle) * reach

    def ring(self, share: float) -> str:
        return blob([self.at(i * 0.5236, self.radius * share) for i in range(12)])

    def drawn(self) -> str:
        wall = path("c-soft", self.ring(1.1)) + path("c-line", self.ring(0.97), stroke_width=1.5)
        return wall + path("c-ground", self.ring(0.46))

    def cells(self) -> Iterator[Disc]:
        many = int(7 + self.radius / 5.5)
        for i in range(many):
            angle = 6.2832 * i / many
            (ax, ay), (bx, by) = self.at(angle, self.radius * 0.58), self.at(angle, self.radius * 0.76)
            yield Disc(self.radius * 0.075 + 4, ax, ay, bx - ax, by - ay)


def organoid(chance: Random, field: Field) -> str:
    """Buds around a lumen, each wall a wobbling ring. News and education: something growing."""
    shapes = ""
    taken: list[tuple[float, float, float]] = []
    plain: list[Disc] = []
    lit: list[Disc] = []
    for number in range(6 * field.groups):
        spot = _free_spot(chance, field, number, taken)
        if spot is None:
            continue
        x, y, radius = spot
        taken.append((x, y, radius * 1.1))
        bud = _Bud(chance, x, y, radius)
        shapes += bud.drawn()
        for cell in bud.cells():
            (lit if chance.random() < 0.12 else plain).append(cell)
    return shapes + discs("stain", plain) + discs("mark", lit)


def _free_spot(
    chance: Random, field: Field, number: int, taken: list[tuple[float, float, float]]
) -> tuple[float, float, float] | None:
    """A place and radius that touch no bud in `taken`, or None after ninety throws."""
    for _ in range(90):
        radius, x, y = _bud_throw(chance, field, number)
        if all(math.dist((x, y), (u, v)) > radius * 1.1 + other + 8 for u, v, other in taken):
            return x, y, radius
    return None


def _bud_throw(chance: Random, field: Field, number: int) -> tuple[float, float, float]:
    """The first bud of each group is large and central; the others are small and anywhere."""
    if number >= field.groups:
        radius = chance.uniform(30, 88) * field.scale
        return radius, chance.uniform(0, field.width), chance.uniform(0, field.height)
    radius = chance.uniform(125, 165) * field.scale
    left, right = (field.width * (number + share) / field.groups for share in (0.3, 0.7))
    return radius, chance.uniform(left, right), chance.uniform(field.height * 0.4, field.height * 0.6)
