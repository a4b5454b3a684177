"""EXISTS as a scalar subquery.

For `Exists`, PostgreSQL may join the whole other table before it limits the rows. A scalar subquery it
evaluates only for the rows on the page.
"""

from typing import Any

from django.db.models import QuerySet, Subquery
from django.db.models.lookups import IsNull


def exists_scalar(rows: QuerySet[Any]) -> IsNull:
    """Whether `rows`, which refer to the outer row by `OuterRef`, has any row."""
    return IsNull(_first(rows), False)


def not_exists_scalar(rows: QuerySet[Any]) -> IsNull:
    """Whether `rows` has no row."""
    return IsNull(_first(rows), True)


def _first(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values("pk")[:1])
