"""What makes this room move by itself."""

from typing import Any

from django.db.models import Model
from django.dispatch import receiver
from wagtail.signals import page_published, published

from collegium.kit import markdown_blocks, packs
from collegium.pages import file_access
from collegium.pages.pack_blocks import BLOCK_TYPES
from collegium.pages.packs import IMPORTERS

packs.register(*IMPORTERS)

for block_type in BLOCK_TYPES:
    markdown_blocks.register(block_type)


@receiver(page_published)
@receiver(published)
def on_published(sender: type[Model], instance: Model, **_: Any) -> None:
    file_access.index_now(instance)
