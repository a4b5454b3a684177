"""What makes this room move by itself."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import published

from collegium.events import actions
from collegium.events.models import Event
from collegium.events.packs import IMPORTERS
from collegium.events.todo import recordings_ending
from collegium.kit import packs, todo

packs.register(*IMPORTERS)

todo.register("events.recordings_ending", recordings_ending)


@receiver(published, sender=Event)
def on_published(sender: type[Event], instance: Event, **_: Any) -> None:
    actions.update_calendar_entry(instance)
