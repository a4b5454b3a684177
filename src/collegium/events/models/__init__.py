"""What this room keeps: events with their kinds and topics, and the recordings that remain of them."""

from collegium.events.models.events import (
    RESERVED,
    RICH_TEXT,
    CalendarEntry,
    Event,
    EventKind,
    EventQuerySet,
    Topic,
    check_address,
)
from collegium.events.models.recordings import Captions, Recording, RecordingQuerySet

__all__ = [
    "RESERVED",
    "RICH_TEXT",
    "CalendarEntry",
    "Captions",
    "Event",
    "EventKind",
    "EventQuerySet",
    "Recording",
    "RecordingQuerySet",
    "Topic",
    "check_address",
]
