"""Procedural cover art: one motif and one slug give one picture, always the same.

    cover("colony", "annual-meeting-2025")              inline, stained by the page's tokens
    cover("colony", "annual-meeting-2025", wide=True)   a wider field for a banner, not a magnified one
    cover("colony", "annual-meeting-2025", standalone=True)   a file with its own small style

A society with other pictures in mind adds its own to `MOTIFS`: a function of (chance, field) that
returns SVG shapes of the classes `c-ground c-soft c-stain c-line c-veil c-mark` and `d-…` for discs.
"""

from collections.abc import Callable
from functools import lru_cache
from random import Random

from django.utils.translation import gettext_lazy as _

from collegium.look.motifs.colony import colony
from collegium.look.motifs.landscape import landscape
from collegium.look.motifs.organoid import organoid
from collegium.look.motifs.plate import plate
from collegium.look.motifs.turing import turing
from collegium.look.shapes import Field

Motif = Callable[[Random, Field], str]

USUAL = Field(600, 400)
WIDE = Field(1440, 300)

MOTIFS: dict[str, Motif] = {
    "landscape": landscape,
    "colony": colony,
    "turing": turing,
    "plate": plate,
    "organoid": organoid,
}

# For feeds and social images, which have no page with tokens. Light and dark values as in tokens.css.
STANDALONE_STYLE = """<style>
:root{--g:#f1f0f8;--s:#d9d5ec;--n:#4b3fa0;--l:#8f88bd;--m:#ad1457}
@media(prefers-color-scheme:dark){:root{--g:#14131f;--s:#25243a;--n:#93a6ff;--l:#565b8c;--m:#ff8dbb}}
.c-ground{fill:var(--g)}.c-soft{fill:var(--s)}.c-stain{fill:var(--n)}.c-mark{fill:var(--m)}
.c-line{fill:none;stroke:var(--l)}.c-veil{fill:var(--g);stroke:var(--l)}
[class^=d-]{fill:none;stroke-linecap:round}
.d-ground{stroke:var(--g)}.d-soft{stroke:var(--s)}.d-stain{stroke:var(--n)}.d-line{stroke:var(--l)}
.d-mark{stroke:var(--m)}
</style>"""


#: The motifs as authors choose them.
CHOICES = [
    ("landscape", _("Landscape")),
    ("colony", _("Colony")),
    ("organoid", _("Organoid")),
    ("turing", _("Labyrinth")),
    ("plate", _("Plate")),
]


class UnknownMotif(ValueError):
    """There is no such motif. The message lists those that exist."""

    def __init__(self, motif: str) -> None:
        known = ", ".join(MOTIFS)
        super().__init__(
            f"There is no cover motif {motif!r}. Choose one of: {known}; or add yours to MOTIFS."
        )


def motif_at(place: int) -> str:
    """The default motif at `place` in a list, so that neighbours differ."""
    return list(MOTIFS)[place % len(MOTIFS)]


@lru_cache(maxsize=512)
def cover(motif: str, slug: str, *, wide: bool = False, standalone: bool = False) -> str:
    """The picture of `slug` in `motif` as one `<svg>`, or raise `UnknownMotif`."""
    if motif not in MOTIFS:
        raise UnknownMotif(motif)
    field = WIDE if wide else USUAL
    chance = Random(f"{motif}/{slug}")  # noqa: S311 a picture, not a secret
    ground = f'<rect class="c-ground" width="{field.width}" height="{field.height}"/>'
    style = STANDALONE_STYLE if standalone else ""
    return f"{_opening(field, standalone=standalone)}{style}{ground}{MOTIFS[motif](chance, field)}</svg>"


def _opening(field: Field, *, standalone: bool) -> str:
    namespace = ' xmlns="http://www.w3.org/2000/svg"' if standalone else ""
    return (
        f'<svg{namespace} class="cover-art" viewBox="0 0 {field.width} {field.height}"'
        ' preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">'
    )
