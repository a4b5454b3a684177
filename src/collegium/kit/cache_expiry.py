"""When cached pages expire by themselves: an event begins, a job closes, an embargo lifts.

Every `DerivedInstantField` counts, so no room registers anything. Days need not count: in every zone
midnight falls on a full quarter of an hour, and no page is cached beyond the next one.
"""

from datetime import datetime, timedelta
from functools import cache

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet, Subquery

from collegium.kit.when_field import DayField, DerivedInstantField


@cache
def columns() -> tuple[tuple[type[Model], str], ...]:
    """Every column whose moments change a public page, with its model."""
    return tuple(
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, DerivedInstantField) and _expires_cache(model, field)
    )


def _expires_cache(model: type[Model], field: DerivedInstantField) -> bool:
    return field.expires_cache and not isinstance(model._meta.get_field(field.of), DayField)


def next_expiry(at: datetime) -> datetime:
    """The next moment after `at`, of the society's clock, at which a public page changes by itself.

    It is within a quarter of an hour. One query reads all tables.
    """
    quarter = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0) + timedelta(minutes=15)
    sources = {f"moment_{n}": _least(model, column, at) for n, (model, column) in enumerate(columns())}
    # The query needs one row of any table that is never empty.
    moments = ContentType.objects.order_by("pk").annotate(**sources).values_list(*sources).first() or ()
    return min([quarter, *(moment for moment in moments if moment)])


def _least(model: type[Model], column: str, at: datetime) -> Subquery:
    rows: QuerySet[Model] = model._default_manager.filter(**{f"{column}__gt": at})
    return Subquery(rows.order_by(column).values(column)[:1])
