"""Checks the contrast of the colour tokens by WCAG 2.2, in the light scheme (day) and the dark (night).

Colours are computed from the stylesheet, with its `light-dark`, `var` and `color-mix` in Oklab, so that the
values of a society are checked before they are published.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

Colour = tuple[float, float, float]  # linear light red, green, blue, each from 0 to 1
SCHEMES = ("day", "night")


class Pair(NamedTuple):
    """A text or line on its background, and the least contrast ratio allowed."""

    text: str
    ground: str
    floor: float


PAIRS = (
    Pair("ink", "paper", 7),
    Pair("ink", "tint", 7),
    Pair("ink", "tint-2", 7),
    Pair("ink", "accent-soft", 7),
    Pair("paper", "ink", 7),
    Pair("ink-2", "paper", 4.5),
    Pair("ink-2", "tint", 4.5),
    Pair("ink-2", "tint-2", 4.5),
    Pair("ink-2", "accent-soft", 4.5),
    Pair("accent", "paper", 4.5),
    Pair("accent", "tint", 4.5),
    Pair("accent", "accent-soft", 4.5),
    Pair("paper", "accent", 4.5),
    Pair("stain", "paper", 4.5),
    Pair("ok", "paper", 4.5),
    Pair("warn", "paper", 4.5),
    Pair("warn", "tint", 4.5),
    Pair("stop", "paper", 4.5),
    Pair("stop", "tint", 4.5),
    Pair("line-strong", "paper", 3),
)


class UnreadableColour(ValueError):
    """The value of a token is not a colour in a known form."""

    def __init__(self, value: str) -> None:
        super().__init__(
            f"{value!r} is not a colour that can be judged. Write #rrggbb, light-dark(day, night), "
            "var(--token) or color-mix(in oklab, a N%, b)."
        )


def tokens(stylesheet: str) -> dict[str, str]:
    """The custom properties of `stylesheet`, by name without dashes; the last value wins."""
    bare = re.sub(r"/\*.*?\*/", "", stylesheet, flags=re.DOTALL)
    declared = re.findall(r"--([\w-]+):\s*([^;]+);", bare)
    return {name: " ".join(value.split()) for name, value in declared}


def colour(value: str, known: Mapping[str, str], scheme: str) -> Colour:
    """The colour of `value` in `scheme`, or `UnreadableColour`."""
    if re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        return _from_hex(value)
    function, _, rest = value.partition("(")
    arguments = _arguments(rest.removesuffix(")"))
    if function == "var" and arguments[0].removeprefix("--") in known:
        return colour(known[arguments[0].removeprefix("--")], known, scheme)
    if function == "light-dark" and len(arguments) == 2:
        return colour(arguments[SCHEMES.index(scheme)], known, scheme)
    if function == "color-mix" and arguments[0] == "in oklab" and len(arguments) == 3:
        first, share = _share(arguments[1], value)
        return mix(colour(first, known, scheme), colour(arguments[2], known, scheme), share)
    raise UnreadableColour(value)


def ratio(a: Colour, b: Colour) -> float:
    """The contrast of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(a), _luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """`share` (0 to 1) of `a` with the rest of `b`, mixed in Oklab as browsers do."""
    blend = [x * share + y * (1 - share) for x, y in zip(_to_oklab(a), _to_oklab(b), strict=True)]
    return _from_oklab(blend[0], blend[1], blend[2])


class Failure(NamedTuple):
    """A pair with too little contrast in one scheme, and its contrast."""

    scheme: str
    pair: Pair
    reached: float

    def __str__(self) -> str:
        pair = self.pair
        said = f"{pair.text} on {pair.ground} reaches {self.reached:.2f}"
        return f"By {self.scheme}, {said}; it needs {pair.floor}."


def failures(stylesheet: str) -> list[Failure]:
    """Every pair with too little contrast."""
    known = tokens(stylesheet)
    tried = [Failure(scheme, pair, pair_ratio(pair, known, scheme)) for scheme in SCHEMES for pair in PAIRS]
    return [one for one in tried if one.reached < one.pair.floor]


def pair_ratio(pair: Pair, known: Mapping[str, str], scheme: str) -> float:
    return ratio(colour(known[pair.text], known, scheme), colour(known[pair.ground], known, scheme))


def as_hex(c: Colour) -> str:
    """The colour as `#rrggbb`."""
    return "#" + "".join(f"{round(_from_linear(channel) * 255):02x}" for channel in c)


def _from_linear(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _arguments(text: str) -> list[str]:
    """Split at commas outside brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _share(argument: str, value: str) -> tuple[str, float]:
    found = re.fullmatch(r"(.+) ([\d.]+)%", argument)
    if found is None:
        raise UnreadableColour(value)
    return found[1], float(found[2]) / 100


def _from_hex(value: str) -> Colour:
    red, green, blue = (_linear(int(value[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _luminance(c: Colour) -> float:
    return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]


# Oklab by Björn Ottosson (2020); the matrices are those of CSS Color 4.
def _to_oklab(c: Colour) -> Colour:
    r, g, b = c
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
    )


def _from_oklab(lightness: float, a: float, b: float) -> Colour:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
    return (
        _within(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _within(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _within(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
    )


def _within(channel: float) -> float:
    return max(0.0, min(1.0, channel))
