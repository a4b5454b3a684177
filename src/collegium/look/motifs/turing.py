"""The pattern of a reaction and its inhibitor, drawn as the level lines of ten waves."""

import math
from random import Random

from collegium.look.shapes import Field, Ring, blobs, contours, path


def turing(chance: Random, field: Field) -> str:
    """The labyrinth of a reaction that feeds itself and starves its neighbours. The journal."""
    waves = [
        (chance.uniform(0, 6.28), chance.uniform(0.92, 1.08) * 0.104, chance.uniform(0, 6.28))
        for _ in range(10)
    ]

    def level(x: float, y: float) -> float:
        return sum(math.cos((x * math.cos(a) + y * math.sin(a)) * k + phase) for a, k, phase in waves) - 0.3

    rings = [_thinned(ring) for ring in contours(level, field, 12)]
    islands = sorted(
        (ring for ring in rings if len(ring) < 14), key=lambda ring: math.dist(ring[0], field.centre)
    )
    marked = islands[: 4 * field.groups]
    stained = blobs(ring for ring in rings if ring not in marked)
    return path("c-stain", stained, fill_rule="evenodd") + path("c-mark", blobs(marked))


def _thinned(ring: Ring) -> Ring:
    """Every third point of a long line, every second of a short one: the curves hide the rest."""
    return ring[::3] if len(ring) > 14 else ring[::2]
