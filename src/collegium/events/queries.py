"""Queries that several parts of one page share."""

from collegium.events.models import Event
from collegium.kit.request_cache import memoize

MAX_UPCOMING = 20  #: events that one page may show


def upcoming(language: str) -> list[Event]:
    """The next events in one language, in order. One query per request."""
    asked = Event.objects.public().with_fallback(language).upcoming().for_lists()
    return memoize(("upcoming", language), lambda: list(asked[:MAX_UPCOMING]))
