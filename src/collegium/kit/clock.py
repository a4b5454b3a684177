"""The one reader of "now" for what is upcoming, open, due or past.

A demo may start it on another day (`DEMO_DATE`); from there it runs on. Sign-in, audit and the
worker use the machine's own time.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

_started = datetime.now(UTC)


def now() -> datetime:
    """The present moment of the society's clock, in UTC."""
    return datetime.now(UTC) + _displacement()


def today(zone: str) -> date:
    """The present day in `zone`, by the society's clock."""
    return now().astimezone(ZoneInfo(zone)).date()


def shown_as_of() -> date | None:
    """The day of a displaced clock, in UTC; None if the clock shows the real time."""
    return now().date() if settings.DEMO_DATE else None


def _displacement() -> timedelta:
    if not settings.DEMO_DATE:
        return timedelta(0)
    return datetime.combine(settings.DEMO_DATE, time(12), UTC) - (settings.DEMO_DATE_SINCE or _started)
