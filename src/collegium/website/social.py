"""What other sites show beside a link to a page: its title, its line, and a card.

The card is the picture that an editor chose, else one that is drawn from the title and the cover. A drawn
one has an address that carries its facts and our signature, so that nobody else can have words drawn;
it is drawn when it is first asked for and kept under `var/cards/`.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from collegium.look import cards
from collegium.pages.models import SiteSettings

SALT = "collegium.website.card"
KEPT_AT_MOST = 2000  #: drawn cards; of more, those that were drawn first go
TITLE_AT_MOST = 120  #: letters of a title on a card
MEASURES = "fill-1200x630|format-jpeg"


@dataclass(frozen=True)
class Picture:
    """A picture for other sites: its path or address, its size in pixels, and its words."""

    url: str
    width: int
    height: int
    alt: str
    kind: str


def drawn(title: str, motif: str, seed: str, society: SiteSettings) -> Picture:
    """The card that is drawn for `title`."""
    facts = [Truncator(title).chars(TITLE_AT_MOST), motif, seed, _stamp(society)]
    token = signing.Signer(salt=SALT).sign_object(facts)
    width, height = cards.CARD
    return Picture(reverse("card", args=[token]), width, height, title, "image/png")


def chosen(image: Any) -> Picture:
    """The card that is cut from the picture that an editor chose."""
    cut = image.get_rendition(MEASURES)
    return Picture(cut.url, cut.width, cut.height, cut.alt, "image/jpeg")


def facts_of(token: str) -> list[str] | None:
    """Title, motif, seed and stamp of a card that we have signed; None for any other."""
    try:
        facts: list[str] = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return facts


def png(facts: list[str], society: SiteSettings) -> bytes:
    """The card of `facts` in the society's name and colours of now: as it was kept, else drawn."""
    title, motif, seed, _stamped = facts
    key = hashlib.sha256(json.dumps([title, motif, seed, _stamp(society)]).encode()).hexdigest()
    kept = Path(settings.SOCIAL_IMAGE_DIR) / f"{key}.png"
    if kept.is_file():
        return kept.read_bytes()
    data = cards.card(title=title, name=_name(society), motif=motif, seed=seed, brand=society.brand)
    keep(kept, data)
    return data


def keep(file: Path, data: bytes) -> None:
    """Write `file` whole or not at all, and let the oldest beside it go where there are too many."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(f".{os.getpid()}.partial")
    partial.write_bytes(data)
    partial.replace(file)
    others = list(file.parent.glob("*.png"))
    if len(others) > KEPT_AT_MOST:
        for old in sorted(others, key=_age)[: len(others) - KEPT_AT_MOST]:
            old.unlink(missing_ok=True)


def _age(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:  # another process let it go
        return 0.0


def _name(society: SiteSettings) -> str:
    """The society as cards name it: a demonstration says so there too."""
    if not society.demonstration:
        return society.name
    return _("%(society)s · demonstration") % {"society": society.name}


def _stamp(society: SiteSettings) -> str:
    """Changes with all that a card shows beside its own facts."""
    shown = json.dumps([cards.RECIPE, _name(society), society.brand.stamp])
    return hashlib.sha256(shown.encode()).hexdigest()[:8]
