"""Questions about the society and its calendar."""

from datetime import date

from collegium.kit import clock
from collegium.kit.request_cache import memoize
from collegium.society.models import Society


def society() -> Society:
    """The society's record; one with defaults, not saved, as long as nobody has entered anything."""
    return memoize("society", lambda: Society.objects.order_by("pk").first() or Society())


def today() -> date:
    """The day it now is at the society's office, by the society's clock."""
    return clock.today(society().zone)
