"""Waddington's hill, ridge behind ridge, with the marbles that roll down its valleys."""

import math
from itertools import pairwise
from random import Random

from collegium.look.shapes import Field, Ring

_RIDGES = 19


def landscape(chance: Random, field: Field) -> str:
    """Waddington's hill: a cell rolls down and the valleys fork. The society, and its annual meeting."""
    leans = [chance.uniform(-40, 40) for _ in range(field.groups)]
    ripples = [
        (chance.uniform(40, 90), chance.uniform(0, 6.28), chance.uniform(0.05, 0.25)) for _ in range(3)
    ]
    ways = [(chance.choice((-1, 1)), chance.choice((-1, 1))) for _ in range(field.groups)]
    hills = [(field.width * (k + 0.5) / field.groups, lean) for k, lean in enumerate(leans)]
    ridges = "".join(_ridge(row, hills, ripples, field) for row in range(_RIDGES))
    marbles = (
        _marble(row, hill, way, field) for row in (1, 8, 15) for hill, way in zip(hills, ways, strict=True)
    )
    return f'<g class="c-veil">{ridges}</g>{"".join(marbles)}'


def _fork(depth: float, since: float) -> float:
    """How far two valleys have parted at `depth`, from 0 to 1, smoothly."""
    share = min(1.0, max(0.0, (depth - since) / 0.55))
    return share * share * (3 - 2 * share)


def _valley(depth: float, hill: tuple[float, float], first: int, second: int) -> float:
    """Where the floor of one valley lies at `depth`; the two turns are -1 or 1."""
    middle, lean = hill
    return middle + lean * (depth - 0.3) + first * 128 * _fork(depth, 0.08) + second * 62 * _fork(depth, 0.45)


def _base(depth: float) -> float:
    return 118 + depth**1.2 * 290


def _ridge(
    row: int, hills: list[tuple[float, float]], ripples: list[tuple[float, float, float]], field: Field
) -> str:
    depth = row / (_RIDGES - 1)
    floors = [_valley(depth, hill, a, b) for hill in hills for a in (-1, 1) for b in (-1, 1)]
    breadth = 27 + 11 * depth
    points: Ring = []
    for x in range(-47, field.width + 72, 30):
        dip = max(math.exp(-(((x - floor) / breadth) ** 2)) for floor in floors)
        wave = sum(math.sin(x / length + phase + row * drift) for length, phase, drift in ripples) * 7
        height = (1 - 0.95 * dip) * (78 - 30 * depth + wave)
        points.append((x, (_base(depth) - height) * field.scale))
    return _veil(points, field)


def _veil(points: Ring, field: Field) -> str:
    """One ridge line, closed far below the picture so that it hides the ridges behind it."""
    y = start = round((points[0][1] + points[1][1]) / 2)
    curve = ""
    for (_, py), (_, qy) in pairwise(points[1:]):
        middle = round((py + qy) / 2)
        curve += f"15{round(py) - y:+d} 30{middle - y:+d} "
        y = middle
    bends = curve.strip().replace("+", " ")
    return f'<path d="M-32 {start}q{bends}V{field.height + 40}H-32z"/>'


def _marble(row: int, hill: tuple[float, float], way: tuple[int, int], field: Field) -> str:
    depth = row / (_RIDGES - 1)
    stain = "mark" if row == 1 else "stain"
    x, y = _valley(depth, hill, *way), (_base(depth) - 9 - 8 * depth) * field.scale
    return f'<circle class="c-{stain}" cx="{x:.0f}" cy="{y:.0f}" r="{10 + 8 * depth:.0f}"/>'
