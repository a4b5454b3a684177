"""What makes this room move by itself."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import published

from collegium.events import actions
from collegium.events.models import Event, Recording
from collegium.events.packs import IMPORTERS
from collegium.events.recording_packs import IMPORTER as RECORDINGS
from collegium.events.todo import recordings_ending
from collegium.kit import cache_expiry, packs, todo
from collegium.work import schedule

for importer in [*IMPORTERS, RECORDINGS]:
    packs.register(importer)

todo.register("events.recordings_ending", recordings_ending)

cache_expiry.register("events.events", Event, "when_first", "when_last")
cache_expiry.register("events.recordings", Recording, "until_last")

schedule.daily("events.recompute_moments", actions.recompute_moments, at="03:20")


@receiver(published, sender=Event)
def on_published(sender: type[Event], instance: Event, **_: Any) -> None:
    actions.update_calendar_entry(instance)
