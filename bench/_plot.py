"""A plot of times by size, both axes logarithmic, as a small SVG that can be read by day and by night."""

import math
from typing import Any

LINES = {  # what is drawn, and in which colour
    "home": "#3b6fd4", "events": "#c2410c", "news": "#15803d", "calendar.ics": "#a21caf",
    "news.rss": "#0e7490", "events, a word that none has": "#a16207",
}  # fmt: skip
WIDE, HIGH, LEFT, RIGHT, TOP, FOOT = 780, 420, 70, 220, 16, 44
LEAST, MOST = 0.1, 10_000.0  #: milliseconds


def drawn(found: dict[int, dict[str, dict[str, Any]]]) -> str:
    """The misses in `found`, by size and page, as lines; the hit of the home page below them."""
    sizes = sorted(found)
    span = math.log10(sizes[-1] / sizes[0])

    def x(size: int) -> float:
        return LEFT + math.log10(size / sizes[0]) / span * (WIDE - LEFT - RIGHT)

    def y(ms: float) -> float:
        return TOP + math.log10(MOST / min(max(ms, LEAST), MOST)) / math.log10(MOST / LEAST) * (
            HIGH - TOP - FOOT
        )

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img" '
        'font-family="sans-serif" font-size="12">'
        "<title>Milliseconds of a page by how many of each thing there are</title>",
        "<style>text{fill:#222}.grid{stroke:#8888;stroke-width:.5}.back{fill:#fff}"
        "@media(prefers-color-scheme:dark){text{fill:#eee}.back{fill:#16181c}}</style>"
        f'<rect class="back" width="{WIDE}" height="{HIGH}"/>',
    ]
    for power in range(-1, 5):
        at = y(10.0**power)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g} ms</text>')
    for size in sizes:
        parts.append(
            f'<line class="grid" x1="{x(size):.1f}" x2="{x(size):.1f}" y1="{TOP}" y2="{HIGH - FOOT}"/>'
        )
        parts.append(f'<text x="{x(size):.1f}" y="{HIGH - FOOT + 18}" text-anchor="middle">{size:,}</text>')
    parts.append(
        f'<text x="{(LEFT + WIDE - RIGHT) / 2}" y="{HIGH - 6}" text-anchor="middle">of each thing</text>'
    )
    lines = [
        (f"{name}, made", colour, "", [found[s][name]["ms"] for s in sizes]) for name, colour in LINES.items()
    ]
    lines.append(
        (
            "home, from the store",
            "#3b6fd4",
            ' stroke-dasharray="5 4"',
            [found[s]["home"]["hit"] for s in sizes],
        )
    )
    last = -math.inf
    for name, colour, dashes, times in sorted(lines, key=lambda line: -line[3][-1]):
        points = " ".join(f"{x(size):.1f},{y(ms):.1f}" for size, ms in zip(sizes, times, strict=True))
        last = max(y(times[-1]), last + 15)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>')
        parts.append(f'<text x="{WIDE - RIGHT + 20}" y="{last + 4:.1f}">{name}</text>')
        parts.append(
            f'<line x1="{WIDE - RIGHT + 2}" x2="{WIDE - RIGHT + 16}" y1="{y(times[-1]):.1f}" y2="{last:.1f}" '
            f'stroke="{colour}" stroke-width="2"/>'
        )
    return "\n".join([*parts, "</svg>", ""])
