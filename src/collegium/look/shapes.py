"""The shapes of covers as SVG path data: rounded rings, discs, cells and contours.

Coordinates are user units. Paths are relative and integer, so that they are small. They carry classes, not
colours, because the tokens of the page colour them.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float]
Ring = list[Point]
Node = tuple[int, int]
Edge = tuple[Node, Node]


class Field(NamedTuple):
    """The size of a picture in user units."""

    width: int
    height: int

    @property
    def centre(self) -> Point:
        return self.width / 2, self.height / 2

    @property
    def groups(self) -> int:
        """How many main figures fit: one for every 600 units."""
        return max(1, round(self.width / 600))

    @property
    def scale(self) -> float:
        """The height of figures relative to the usual 400."""
        return self.height / 400


class Disc(NamedTuple):
    """A round-capped stroke of `width` from (x, y) along (dx, dy): a disc if it has no length."""

    width: float
    x: float
    y: float
    dx: float = 0
    dy: float = 0


def path(name: str, data: str, **attributes: str | float) -> str:
    """One `<path>` of class `name`; underscores in attribute names become hyphens."""
    more = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f'<path class="{name}" d="{data}"{more}/>'


def steps(*numbers: int) -> str:
    """Whole numbers as relative path data, with no more separators than needed."""
    return "".join(f"{number:+d}" for number in numbers).lstrip("+").replace("+", " ")


def _middle(a: Point, b: Point) -> Node:
    return round((a[0] + b[0]) / 2), round((a[1] + b[1]) / 2)


def blob(ring: Sequence[Point]) -> str:
    """A closed path with every corner rounded: quadratic curves from side to side of `ring`."""
    middles = [_middle(a, b) for a, b in pairwise([*ring, ring[0]])]
    x, y = middles[-1]
    data = f"M{x} {y}"
    for (px, py), (mx, my) in zip(ring, middles, strict=True):
        data += "q" + steps(round(px) - x, round(py) - y, mx - x, my - y)
        x, y = mx, my
    return data + "z"


def blobs(rings: Iterable[Sequence[Point]]) -> str:
    return "".join(blob(ring) for ring in rings)


def discs(stain: str, items: Iterable[Disc]) -> str:
    """All discs of one stain, grouped by width to the next three units so that they cost little."""
    by_width: dict[int, list[str]] = defaultdict(list)
    for disc in items:
        stroke = f"M{disc.x:.0f} {disc.y:.0f}l{disc.dx:.0f}{disc.dy:+.0f}".replace("+", " ")
        by_width[max(2, round(disc.width / 3) * 3)].append(stroke)
    return "".join(path(f"d-{stain}", "".join(by_width[w]), stroke_width=w) for w in sorted(by_width))


def centroid(ring: Sequence[Point]) -> Point:
    """The mean of the corners, which is near enough to the middle for drawing."""
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)


def voronoi_cell(seed: Point, neighbours: Iterable[Point], box: Ring) -> Ring:
    """The part of `box` that is nearer to `seed` than to any neighbour."""
    for other in neighbours:
        box = _clip(box, seed, other)
    return box


def _clip(ring: Ring, seed: Point, other: Point) -> Ring:
    """Keep the half of `ring` on the side of `seed` of the line half-way to `other`."""
    dx, dy = other[0] - seed[0], other[1] - seed[1]
    mx, my = (seed[0] + other[0]) / 2, (seed[1] + other[1]) / 2
    sides = [(x - mx) * dx + (y - my) * dy for x, y in ring]
    kept: Ring = []
    for i, (point, side) in enumerate(zip(ring, sides, strict=True)):
        before, side_before = ring[i - 1], sides[i - 1]
        if (side <= 0) != (side_before <= 0):
            kept.append(_between(before, point, side_before / (side_before - side)))
        if side <= 0:
            kept.append(point)
    return kept


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def contours(value: Callable[[float, float], float], field: Field, step: int) -> list[Ring]:
    """The closed contours where `value(x, y)` crosses nought over `field`: marching squares of `step` units.

    The grid reaches past the edges of the field and ends below nought, so every line closes.
    """
    columns = range(-3, field.width // step + 4)
    rows = range(-3, field.height // step + 5)
    rim = {columns[0], columns[-1]}, {rows[0], rows[-1]}
    values = {
        (i, j): -1 if i in rim[0] or j in rim[1] else value(i * step, j * step) for i in columns for j in rows
    }
    following: dict[Edge, Edge] = {}
    crossing: dict[Edge, Point] = {}
    for i in columns[:-1]:
        for j in rows[:-1]:
            following.update(_square((i, j), values, crossing, step))
    return _rings(following, crossing)


def _square(
    corner: Node, values: dict[Node, float], crossing: dict[Edge, Point], step: int
) -> Iterable[tuple[Edge, Edge]]:
    """Join the segments of all squares into closed lines."""
    i, j = corner
    corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
    entering: list[Edge] = []
    leaving: list[Edge] = []
    for p, q in pairwise([*corners, corners[0]]):
        if (values[p] > 0) == (values[q] > 0):
            continue
        edge = (min(p, q), max(p, q))
        x, y = _between(p, q, values[p] / (values[p] - values[q]))
        crossing[edge] = (x * step, y * step)
        (leaving if values[p] > 0 else entering).append(edge)
    return zip(leaving, entering, strict=True)


def _rings(following: dict[Edge, Edge], crossing: dict[Edge, Point]) -> list[Ring]:
    rings: list[Ring] = []
    while following:
        edge = next(iter(following))
        ring: Ring = []
        while edge in following:
            ring.append(crossing[edge])
            edge = following.pop(edge)
        if len(ring) > 5:  # a speck of five points would be drawn as a smudge
            rings.append(ring)
    return rings


def nearest(points: Iterable[Point], to: Point) -> list[Point]:
    return sorted(points, key=lambda point: math.dist(point, to))
