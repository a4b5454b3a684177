"""The one reader of "now" for what is upcoming, open, due or past.

A demonstration may start it on another day (`DEMO_DATE`); from there it runs on. Sign-in, audit and the
worker use the machine's own time.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

_started = datetime.now(UTC)


def now() -> datetime:
    """This moment, in UTC, by the society's clock."""
    return datetime.now(UTC) + _displacement()


def today(zone: str) -> date:
    """The day it now is in `zone`."""
    return now().astimezone(ZoneInfo(zone)).date()


def shown_as_of() -> date | None:
    """The day at which a displaced clock stands, in UTC; nothing where the clock tells the real time."""
    return now().date() if settings.DEMO_DATE else None


def _displacement() -> timedelta:
    if not settings.DEMO_DATE:
        return timedelta(0)
    return datetime.combine(settings.DEMO_DATE, time(12), UTC) - (settings.DEMO_DATE_SINCE or _started)
