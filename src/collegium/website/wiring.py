"""What the website registers: its pack parts and the blocks of its texts."""

from typing import Any

from django.dispatch import receiver

from collegium.kit import markdown_blocks, packs
from collegium.website.models import TextPage
from collegium.website.packs import IMPORTERS
from collegium.website.packs.blocks import BLOCK_TYPES

packs.register(*IMPORTERS)

for block_type in BLOCK_TYPES:
    markdown_blocks.register(block_type)


@receiver(packs.pack_loaded)
def on_pack_loaded(sender: object, pack: packs.Item, **_: Any) -> None:
    # A link may have made a deleted page again, as a placeholder.
    for bare in TextPage.objects.filter(live=False, latest_revision=None, numchild=0):
        bare.delete()
