"""How a room says when what it shows changes by itself: an event begins, a job closes, an embargo lifts.

What is kept ready for readers is held true until the next such moment. Moments on a full quarter of an hour
need not be registered: midnights of all zones fall on one, and nothing is kept beyond it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Min, Model

#: The next moment after the given one, of the society's clock, at which something public changes.
NextAfter = Callable[[datetime], datetime | None]

_registered: dict[str, NextAfter] = {}


def register(name: str, next_after: NextAfter) -> None:
    """Make `next_after` known. A name registered twice is a fault of the house and fails at start."""
    if name in _registered:
        raise ValueError(f"two rooms register the moment {name!r}")
    _registered[name] = next_after


def of(model: type[Model], *columns: str) -> NextAfter:
    """The next moment in the `columns` of `model`, each derived from a time that people meant."""

    def next_after(at: datetime) -> datetime | None:
        found = [_least(model, column, at) for column in columns]
        return min((moment for moment in found if moment), default=None)

    return next_after


def _least(model: type[Model], column: str, at: datetime) -> datetime | None:
    rows = model._default_manager.filter(**{f"{column}__gt": at})
    moment: datetime | None = rows.aggregate(least=Min(column))["least"]
    return moment


def next_after(at: datetime) -> datetime:
    """The next moment after `at` at which anything public changes by itself: within a quarter of an hour."""
    quarter = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0) + timedelta(minutes=15)
    found = [source(at) for source in _registered.values()]
    return min([quarter, *(moment for moment in found if moment)])
