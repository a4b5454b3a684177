"""Pictures for elsewhere: the card that other sites show beside a link, and the square of a podcast.

    card(title="ISSCR 2025", name="International Society …", motif="colony", seed="isscr-2025")   1200 × 630
    square(title="The Cell Hour", name="International Society …", motif="organoid", seed="hour")   1400 × 1400

Both return a PNG. A card without a motif is words on paper: a drawing must not stand for everything. A title
in letters that our fonts do not have is left out, and the art stands alone: better no words than a row of
empty boxes.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from collegium.look import covers
from collegium.look.brand import Brand
from collegium.look.fonts import CUTS

if TYPE_CHECKING:
    import typst

CARD = (1200, 630)  #: width and height in pixels of what Open Graph shows
SQUARE = (1400, 1400)  #: in pixels; what directories of podcasts ask for at least
HOUSE = Brand()
RECIPE = "2"  #: changes when the drawing does, so that kept pictures are drawn anew
_UNBROKEN = re.compile(r"\S{32}")  # longer words than this may be broken anywhere: they fit no line
_TEMPLATES = Path(__file__).parent / "cards_drawn"
_CLASSES = {
    "ground": "tint",
    "soft": "art-soft",
    "stain": "stain",
    "line": "art-line",
    "mark": "accent",
}


def card(*, title: str, name: str, motif: str, seed: str, brand: Brand = HOUSE) -> bytes:
    """A PNG of 1200 × 630: `title` and the society's `name` beside the cover that grows from `seed`."""
    return _drawn("card", title, name, motif, seed, brand)


def square(*, title: str, name: str, motif: str, seed: str, brand: Brand = HOUSE) -> bytes:
    """A PNG of 1400 × 1400, as directories of podcasts ask for: the cover above, the words below."""
    return _drawn("square", title, name, motif, seed, brand)


def can_write(text: str) -> bool:
    """True where our fonts have every letter of `text`."""
    return all(ord(sign) in _letters() for sign in text if not sign.isspace())


def _drawn(shape: str, title: str, name: str, motif: str, seed: str, brand: Brand) -> bytes:
    # The typesetter takes a tenth of a second to import: only those who draw pay it.
    import typst

    colours = brand.colours()
    words = _writable(title)
    return typst.compile(
        (_TEMPLATES / f"{shape}.typ").read_bytes(),
        format="png",
        ppi=72,  # a point of the drawing is a pixel of the picture
        font_paths=_fonts(),
        sys_inputs={
            "title": _UNBROKEN.sub("\\g<0>\u200b", words),
            "name": _writable(name),
            "direction": _direction(words),
            "art": painted(motif, seed, colours) if motif else "",
            **{key: colours[key] for key in ("paper", "ink", "ink-2", "accent", "stain")},
        },
    )


def painted(motif: str, seed: str, colours: dict[str, str]) -> str:
    """The cover of `seed` as SVG with its colours in each shape, for tools that know no variables."""
    drawn = covers.cover(motif if motif in covers.MOTIFS else "plate", seed, standalone=True)
    drawn = re.sub(r"<style>.*?</style>", "", drawn, flags=re.DOTALL)
    for name, token in _CLASSES.items():
        drawn = drawn.replace(f'class="c-{name}"', _paint(name, colours[token]))
        stroke = f'fill="none" stroke-linecap="round" stroke="{colours[token]}"'
        drawn = drawn.replace(f'class="d-{name}"', stroke)
    veil = f'fill="{colours["tint"]}" stroke="{colours["art-line"]}"'
    return drawn.replace('class="c-veil"', veil)


def _paint(name: str, colour: str) -> str:
    return f'fill="none" stroke="{colour}"' if name == "line" else f'fill="{colour}"'


def _writable(text: str) -> str:
    return text if can_write(text) else ""


def _direction(text: str) -> str:
    """`rtl` where the first letter with a direction runs from the right."""
    strong = (unicodedata.bidirectional(sign) for sign in text)
    first = next((kind for kind in strong if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


@lru_cache
def _fonts() -> "typst.Fonts":
    """Our own fonts and no others: a picture is the same on every machine."""
    import typst

    folders = sorted({str(cut.source.parent) for cut in CUTS})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@lru_cache
def _letters() -> frozenset[int]:
    """Every letter that the serif has, with those of the Arabic fonts that stand in for it."""
    sources = {cut.source for cut in CUTS if "newsreader" in cut.name or "arabic" in cut.name}
    return frozenset(code for source in sources for code in _letters_of(source))


def _letters_of(source: Path) -> list[int]:
    from fontTools.ttLib import TTFont

    with TTFont(source, lazy=True) as font:
        return list(font.getBestCmap())
