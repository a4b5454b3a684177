"""The named colours of the look, read from the tokens."""

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.look.brand import Brand

TOKENS = Path(__file__).parent / "static" / "look" / "css" / "tokens.css"
_COLOUR = re.compile(r"(--(?:society-)?([a-z]+)):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\);")

#: The name and purpose of each colour. The stylesheet of the component `palette` has a class for each.
TITLES: dict[str, Promise] = {
    "paper": _("Paper: the ground of every page"),
    "ink": _("Ink: what is read"),
    "accent": _("Accent: links and what comes next"),
    "stain": _("Stain: drawn art and focus"),
    "ok": _("Done: what went well"),
    "warn": _("Beware: what ends soon"),
    "stop": _("Stop: what went wrong"),
}


@dataclass(frozen=True)
class Swatch:
    """One colour: name, token, and its light and dark values in hexadecimal."""

    name: str
    token: str
    day: str
    night: str

    @property
    def title(self) -> Promise:
        return TITLES[self.name]


def swatches(brand: Brand | None = None) -> list[Swatch]:
    """The named colours in the order of the tokens, with the values of `brand`."""
    return [_branded(swatch, brand) if brand else swatch for swatch in _house()]


def _branded(swatch: Swatch, brand: Brand) -> Swatch:
    day, night = (getattr(brand, f"{swatch.name}_{time}", "") for time in ("day", "night"))
    return replace(swatch, day=day or swatch.day, night=night or swatch.night)


@cache
def _house() -> tuple[Swatch, ...]:
    found = _COLOUR.findall(TOKENS.read_text(encoding="utf-8"))
    return tuple(Swatch(name, token, day, night) for token, name, day, night in found if name in TITLES)
