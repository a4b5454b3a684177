"""Questions about events that several parts of one page ask."""

from collegium.events.models import Event
from collegium.kit.request_cache import memoize

MOST_COMING = 20  #: that one page may show


def coming(language: str) -> list[Event]:
    """The next events as one language shows them, in order; asked for once a request."""
    asked = Event.objects.public().with_fallback(language).upcoming().for_lists()
    return memoize(("coming", language), lambda: list(asked[:MOST_COMING]))
