"""Whether there is something beside a row, looked up for each row that is shown.

For an `Exists` PostgreSQL may read or join the whole other table first, which pays for all rows and not for
the sheet of them that a page shows. What is asked as a value it looks up row by row.
"""

from typing import Any

from django.db.models import QuerySet, Subquery
from django.db.models.lookups import IsNull


def exists_scalar(rows: QuerySet[Any]) -> IsNull:
    """That there is one of `rows`, which name the row that is looked at by `OuterRef`."""
    return IsNull(_first(rows), False)


def not_exists_scalar(rows: QuerySet[Any]) -> IsNull:
    """That there is none of them."""
    return IsNull(_first(rows), True)


def _first(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values("pk")[:1])
