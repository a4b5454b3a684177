"""A sheet of cells: dense, stained and dividing near a heart, wide and pale away from it."""

import math
from random import Random

from collegium.look.shapes import Disc, Field, Point, Ring, blob, centroid, discs, nearest, path, voronoi_cell


def colony(chance: Random, field: Field) -> str:
    """A sheet of cells with nuclei; a few divide. Events: many who meet."""
    hearts = [_heart(chance, field, k) for k in range(field.groups)]
    seeds = _sown(chance, field, hearts)
    sheet = _Sheet(chance, hearts)
    for seed in seeds:
        sheet.add(_walls(seed, seeds, field))
    return sheet.drawn()


def _heart(chance: Random, field: Field, number: int) -> Point:
    """Where a colony is densest: in the middle third of its share of the field."""
    left, right = (field.width * (number + third) / field.groups for third in (1 / 3, 2 / 3))
    return chance.uniform(left, right), chance.uniform(field.height * 3 / 8, field.height * 5 / 8)


def _sown(chance: Random, field: Field, hearts: list[Point]) -> Ring:
    """Seeds that keep their distance from each other, less so near a heart: best of twelve throws each."""
    seeds: Ring = []
    for _ in range(round(52 * field.width * field.height / 240_000)):
        throws = [_throw(chance, field) for _ in range(12)]
        seeds.append(max(throws, key=lambda spot: _room(spot, seeds, hearts)))
    return seeds


def _throw(chance: Random, field: Field) -> Point:
    return chance.uniform(-20, field.width + 20), chance.uniform(-20, field.height + 20)


def _room(spot: Point, seeds: Ring, hearts: list[Point]) -> float:
    crowding = 110 + _distance(spot, hearts)
    return min((math.dist(spot, seed) * 300 / crowding for seed in seeds), default=1)


def _distance(spot: Point, hearts: list[Point]) -> float:
    return min(math.dist(spot, heart) for heart in hearts)


def _walls(seed: Point, seeds: Ring, field: Field) -> Ring:
    # Fourteen neighbours are more than any cell of such a sheet ever touches.
    around = nearest((other for other in seeds if other != seed), seed)[:14]
    right, bottom = field.width + 40, field.height + 40
    return voronoi_cell(seed, around, [(-40, -40), (right, -40), (right, bottom), (-40, bottom)])


class _Sheet:
    """The cells drawn so far, gathered by stain so that each stain is one path."""

    def __init__(self, chance: Random, hearts: list[Point]) -> None:
        self.chance, self.hearts = chance, hearts
        self.soft = self.line = ""
        self.nuclei: list[Disc] = []
        self.dividing: list[Disc] = []

    def add(self, walls: Ring) -> None:
        gx, gy = centroid(walls)
        outline = blob([(gx + (x - gx) * 0.93, gy + (y - gy) * 0.93) for x, y in walls])
        near = _distance((gx, gy), self.hearts) < self.chance.uniform(110, 200)
        if near:
            self.soft += outline
        else:
            self.line += outline
        self._nucleus((gx, gy), walls, near=near)

    def _nucleus(self, middle: Point, walls: Ring, *, near: bool) -> None:
        size = min(math.dist(middle, corner) for corner in walls) * self.chance.uniform(0.5, 0.66)
        angle = self.chance.uniform(0, 3.14)
        if near and self.chance.random() < 0.2:
            self.dividing += _sisters(middle, size, angle)
        else:
            self.nuclei.append(_resting(middle, size, angle))

    def drawn(self) -> str:
        cells = path("c-soft", self.soft) + path("c-line", self.line, stroke_width=1.5)
        return cells + discs("stain", self.nuclei) + discs("mark", self.dividing)


def _resting(middle: Point, size: float, angle: float) -> Disc:
    dx, dy = math.cos(angle) * size, math.sin(angle) * size
    return Disc(size, middle[0] - dx * 0.2, middle[1] - dy * 0.2, dx * 0.4, dy * 0.4)


def _sisters(middle: Point, size: float, angle: float) -> list[Disc]:
    """A mitosis: two nuclei side by side."""
    (gx, gy), u, v = middle, math.cos(angle) * size * 0.36, math.sin(angle) * size * 0.36
    return [
        Disc(size * 0.6, gx + side * u + v * 0.3, gy + side * v - u * 0.3, -v * 0.6, u * 0.6)
        for side in (-1, 1)
    ]
