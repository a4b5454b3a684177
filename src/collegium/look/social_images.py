"""Images for other sites: the one that they show beside a link (Open Graph), and the cover of a podcast.

    social_image(title="ISSCR 2025", name="International Society …", motif="colony", seed="isscr-2025")
    podcast_cover(title="The Cell Hour", name="International Society …", motif="organoid", seed="hour")

Both return a PNG. Without a motif the image has words only. A title with letters that our fonts lack is left
out, because empty boxes would be worse than no title.
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

SIZE = (1200, 630)  #: width and height in pixels, as Open Graph proposes
SQUARE_SIZE = (1400, 1400)  #: in pixels; the least that podcast directories accept
HOUSE = Brand()
VERSION = "2"  #: raised when the drawing changes, so that stored images are drawn again
_UNBROKEN = re.compile(r"\S{32}")  # longer words fit no line and may break anywhere
_TEMPLATES = Path(__file__).parent / "social_image_templates"
_CLASSES = {
    "ground": "tint",
    "soft": "art-soft",
    "stain": "stain",
    "line": "art-line",
    "mark": "accent",
}


def social_image(*, title: str, name: str, motif: str, seed: str, brand: Brand = HOUSE) -> bytes:
    """A PNG of 1200 × 630: `title` and the society's `name` beside the cover drawn from `seed`."""
    return _draw("social_image", title, name, motif, seed, brand)


def podcast_cover(*, title: str, name: str, motif: str, seed: str, brand: Brand = HOUSE) -> bytes:
    """A PNG of 1400 × 1400, as directories of podcasts ask for: the cover above, the words below."""
    return _draw("podcast_cover", title, name, motif, seed, brand)


def can_write(text: str) -> bool:
    """Whether our fonts have every letter of `text`."""
    return all(ord(sign) in _letters() for sign in text if not sign.isspace())


def _draw(shape: str, title: str, name: str, motif: str, seed: str, brand: Brand) -> bytes:
    # Imported here, because importing the typesetter takes a tenth of a second.
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
            "art": coloured_cover(motif, seed, colours) if motif else "",
            **{key: colours[key] for key in ("paper", "ink", "ink-2", "accent", "stain")},
        },
    )


def coloured_cover(motif: str, seed: str, colours: dict[str, str]) -> str:
    """The cover of `seed` as SVG with colours in each shape, for tools without CSS variables."""
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
    """`rtl` if the first letter that has a direction runs from the right."""
    strong = (unicodedata.bidirectional(sign) for sign in text)
    first = next((kind for kind in strong if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


@lru_cache
def _fonts() -> "typst.Fonts":
    """Only our own fonts, so that an image is the same on every machine."""
    import typst

    folders = sorted({str(cut.source.parent) for cut in CUTS})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@lru_cache
def _letters() -> frozenset[int]:
    """Every letter of the serif font and of the Arabic fonts that complete it."""
    sources = {cut.source for cut in CUTS if "newsreader" in cut.name or "arabic" in cut.name}
    return frozenset(code for source in sources for code in _letters_of(source))


def _letters_of(source: Path) -> list[int]:
    from fontTools.ttLib import TTFont

    with TTFont(source, lazy=True) as font:
        return list(font.getBestCmap())
