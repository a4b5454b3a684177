"""How a room says when what it shows changes by itself: an event begins, a job closes, an embargo lifts.

What is kept ready for readers is held true until the next such moment. Moments on a full quarter of an hour
need not be registered: midnights of all zones fall on one, and nothing is kept beyond it.
"""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet, Subquery

_registered: dict[str, tuple[type[Model], str]] = {}


def register(name: str, model: type[Model], *columns: str) -> None:
    """Make the moments in `columns` of `model` known. A name registered twice fails at start."""
    for column in columns:
        key = f"{name}.{column}"
        if key in _registered:
            raise ValueError(f"two rooms register the moment {key!r}")
        _registered[key] = model, column


def next_expiry(at: datetime) -> datetime:
    """The next moment after `at`, of the society's clock, at which anything public changes by itself.

    It is within a quarter of an hour. All tables are asked in one question.
    """
    quarter = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0) + timedelta(minutes=15)
    sources = {f"moment_{n}": _least(*source, at) for n, source in enumerate(_registered.values())}
    # Any table that is never empty will do: its one row carries the answers.
    found = ContentType.objects.order_by("pk").annotate(**sources)
    return min([quarter, *(moment for moment in found.values_list(*sources).first() or () if moment)])


def _least(model: type[Model], column: str, at: datetime) -> Subquery:
    rows: QuerySet[Model] = model._default_manager.filter(**{f"{column}__gt": at})
    return Subquery(rows.order_by(column).values(column)[:1])
