"""What makes this room move by itself."""

from typing import Any

from django.dispatch import receiver

from collegium.kit import packs
from collegium.pages import actions, queries
from collegium.pages.models import Society
from collegium.pages.packs import PARTS
from collegium.work import schedule

for part in PARTS:
    packs.register(part)

schedule.every(
    "pages.publish_scheduled", actions.publish_scheduled, minutes=1, needed=queries.is_publication_due
)


@receiver(packs.pack_loaded)
def on_pack_loaded(sender: object, pack: packs.Item, **_: Any) -> None:
    Society.load()
    Society.objects.update(demonstration=pack.get("demonstration", False))
