"""The social image of a page: what other sites show beside a link to it (Open Graph).

It is the picture that an editor chose, else one generated from the title and the cover motif. The address of
a generated image carries its facts and our signature, so that nobody else can have words drawn. It is drawn
at the first request and stored under `SOCIAL_IMAGE_DIR`.
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

from collegium.look import social_images
from collegium.pages.models import SiteSettings

SALT = "collegium.website.social-image"
MAX_STORED = 2000  #: generated images; the oldest beyond that are deleted
MAX_TITLE = 120  #: letters of a title
RENDITION = "fill-1200x630|format-jpeg"


@dataclass(frozen=True)
class Picture:
    """A social image: its path or address, size in pixels, alternative text and MIME type."""

    url: str
    width: int
    height: int
    alt: str
    kind: str


def generated(title: str, motif: str, seed: str, society: SiteSettings) -> Picture:
    """The image generated for `title`."""
    facts = [Truncator(title).chars(MAX_TITLE), motif, seed, _stamp(society)]
    token = signing.Signer(salt=SALT).sign_object(facts)
    width, height = social_images.SIZE
    return Picture(reverse("social-image", args=[token]), width, height, title, "image/png")


def from_image(image: Any) -> Picture:
    """The image cut from the picture that an editor chose."""
    rendition = image.get_rendition(RENDITION)
    return Picture(rendition.url, rendition.width, rendition.height, rendition.alt, "image/jpeg")


def read_token(token: str) -> list[str] | None:
    """Title, motif, seed and stamp from a token that we signed; None for any other."""
    try:
        facts: list[str] = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return facts


def png(facts: list[str], society: SiteSettings) -> bytes:
    """The image of `facts` in the society's present name and colours, stored or drawn now."""
    title, motif, seed, _stamped = facts
    key = hashlib.sha256(json.dumps([title, motif, seed, _stamp(society)]).encode()).hexdigest()
    file = Path(settings.SOCIAL_IMAGE_DIR) / f"{key}.png"
    if file.is_file():
        return file.read_bytes()
    data = social_images.social_image(
        title=title, name=_name(society), motif=motif, seed=seed, brand=society.brand
    )
    store(file, data)
    return data


def store(file: Path, data: bytes) -> None:
    """Write `file` atomically, and delete the oldest images where there are too many."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(f".{os.getpid()}.partial")
    partial.write_bytes(data)
    partial.replace(file)
    images = list(file.parent.glob("*.png"))
    if len(images) > MAX_STORED:
        for old in sorted(images, key=_age)[: len(images) - MAX_STORED]:
            old.unlink(missing_ok=True)


def _age(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:  # another process deleted it
        return 0.0


def _name(society: SiteSettings) -> str:
    """The name on the image, which also says if this is a demonstration."""
    if not society.demonstration:
        return society.name
    return _("%(society)s · demonstration") % {"society": society.name}


def _stamp(society: SiteSettings) -> str:
    """A digest of everything on the image that is not in its own facts."""
    shown = json.dumps([social_images.VERSION, _name(society), society.brand.stamp])
    return hashlib.sha256(shown.encode()).hexdigest()[:8]
