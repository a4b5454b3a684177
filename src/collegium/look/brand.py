"""The brand of a society: the values that it sets, their contrast errors, and their stylesheet.

brand = Brand(paper_day="#fbfcf9", accent_day="#a8430c")   # other values keep their defaults
brand.errors()         # field → which pair lacks contrast, its contrast, the contrast it needs
brand.stylesheet()     # "@layer tokens { :root { --society-paper: … } }", or empty
"""

import hashlib
import re
from dataclasses import asdict, dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from collegium.look import contrast
from collegium.look.assets import SOURCES

COLOURS = ("paper", "ink", "accent", "stain")


@dataclass(frozen=True)
class Brand:
    """The values that a society sets. Colours are `#rrggbb`; empty means the default.

    `radius` is in pixels, from 0 to 6; `display` is the weight of large lines, from 400 to 600.
    """

    paper_day: str = ""
    paper_night: str = ""
    ink_day: str = ""
    ink_night: str = ""
    accent_day: str = ""
    accent_night: str = ""
    stain_day: str = ""
    stain_night: str = ""
    radius: int | None = None
    display: int | None = None

    def stylesheet(self) -> str:
        """The tokens that differ from the defaults, as one rule; empty if none does."""
        lines = [f"    --{name}: {value};" for name, value in self._tokens().items()]
        # In the layer `tokens`, so that `print`, the last layer, can override it.
        return "\n".join(["@layer tokens {", "  :root {", *lines, "  }", "}", ""]) if lines else ""

    @property
    def stamp(self) -> str:
        """Twelve hexadecimal digits that change with the stylesheet; empty without one."""
        text = self.stylesheet()
        return hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""

    def errors(self) -> dict[str, list[str]]:
        """Errors by field: malformed colours, else pairs with too little contrast."""
        wrong = {
            name: [_("“%(value)s” is not a colour. Write it as #ad1457.") % {"value": value}]
            for name, value in asdict(self).items()
            if name not in ("radius", "display") and value and not is_colour(value)
        }
        if wrong:
            return wrong
        found: dict[str, list[str]] = {}
        for failure in contrast.failures(_house_tokens() + self.stylesheet()):
            found.setdefault(_value_of(failure), []).append(str(failure))
        return found

    def colours(self) -> dict[str, str]:
        """The colours of the light scheme with those of the society, as `#rrggbb`, for images."""
        known = contrast.tokens(_house_tokens() + self.stylesheet())
        return {
            name: contrast.as_hex(contrast.colour(known[name], known, "day"))
            for name in ("paper", "ink", "ink-2", "accent", "stain", "tint", "tint-2", "art-soft", "art-line")
        }

    def _tokens(self) -> dict[str, str]:
        found = {}
        for name in COLOURS:
            day, night = getattr(self, f"{name}_day"), getattr(self, f"{name}_night")
            if day or night:
                own = house_colours()[name]
                found[f"society-{name}"] = f"light-dark({day or own[0]}, {night or own[1]})"
        if self.radius is not None:
            found["society-radius"] = f"{self.radius}px"
        if self.display is not None:
            found["society-display"] = str(self.display)
        return found


def _value_of(failure: contrast.Failure) -> str:
    """The field that corrects `failure`: `ink_night` for a line that is mixed from ink."""
    words = failure.pair.text.split("-")[0]
    name = words if words in COLOURS else {"line": "ink"}.get(words, "paper")
    return f"{name}_{failure.scheme}"


def is_colour(text: str) -> bool:
    return re.fullmatch(r"#[0-9a-fA-F]{6}", text) is not None


@lru_cache
def _house_tokens() -> str:
    return (SOURCES / "tokens.css").read_text(encoding="utf-8")


@lru_cache
def house_colours() -> dict[str, tuple[str, str]]:
    """The default colours in the light and dark scheme, as `#rrggbb`."""
    known = contrast.tokens(_house_tokens())
    return {name: _day_and_night(known[f"society-{name}"]) for name in COLOURS}


def _day_and_night(value: str) -> tuple[str, str]:
    day, night = re.findall(r"#[0-9a-fA-F]{6}", value)
    return day, night
