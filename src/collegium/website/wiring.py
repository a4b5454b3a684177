"""What makes the website move by itself."""

from typing import Any

from django.dispatch import receiver

from collegium.events.models import Event
from collegium.kit import blocks, packs
from collegium.website import sitemap
from collegium.website.models import EventsPage, TextPage
from collegium.website.packs import PARTS
from collegium.website.packs.blocks import KINDS

for part in PARTS:
    packs.register(part)

for kind in KINDS:
    blocks.register(kind)

sitemap.register("events", Event.objects.public, below=EventsPage)


@receiver(packs.pack_loaded)
def on_pack_loaded(sender: object, pack: packs.Item, **_: Any) -> None:
    # A page that an editor took away may have been made again, as bare ground, by a link to it.
    for bare in TextPage.objects.filter(live=False, latest_revision=None, numchild=0):
        bare.delete()
