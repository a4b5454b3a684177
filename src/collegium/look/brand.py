"""A society's own look: eight values that it may set, whether they can be read, and the stylesheet they make.

brand = Brand(paper_day="#fbfcf9", accent_day="#a8430c")   what is left out stays as the house has it
brand.faults()         by value: which pair cannot be read, what it reaches, what it needs
brand.stylesheet()     "@layer tokens { :root { --society-paper: … } }", or nothing
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
    """What a society sets of the look. Colours are `#rrggbb`; an empty one is the house's own.

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
        """The tokens that differ from the house's own, as one rule of their layer; empty where none does."""
        lines = [f"    --{name}: {value};" for name, value in self._tokens().items()]
        # In the layer of the tokens, so that paper, which is the last layer, stays white.
        return "\n".join(["@layer tokens {", "  :root {", *lines, "  }", "}", ""]) if lines else ""

    @property
    def stamp(self) -> str:
        """Twelve signs that change with the stylesheet; empty where there is none."""
        text = self.stylesheet()
        return hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""

    def faults(self) -> dict[str, list[str]]:
        """By the name of the value at fault, one sentence for each form that is none and each pair that
        cannot be read. Where the ground is at fault as much as the text, the text is named."""
        wrong = {
            name: [_("“%(value)s” is no colour. Write it as #ad1457.") % {"value": value}]
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
        """The house's colours by day with the society's own in them, as `#rrggbb`, for pictures."""
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
    """The value that a society changes to mend `failure`: `ink_night` for a line that is mixed of ink."""
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
    """The house's own colours by day and by night, as `#rrggbb`."""
    known = contrast.tokens(_house_tokens())
    return {name: _day_and_night(known[f"society-{name}"]) for name in COLOURS}


def _day_and_night(value: str) -> tuple[str, str]:
    day, night = re.findall(r"#[0-9a-fA-F]{6}", value)
    return day, night
