"""What SQLite must know of its tables to find its way through them; PostgreSQL sees to that by itself."""

from django.db import connection
from django_tasks import task

# ANALYZE records nothing of an empty table, and SQLite then takes it for large.
_EMPTY = (
    "INSERT INTO sqlite_stat1 (tbl, idx, stat) SELECT name, NULL, '1' FROM sqlite_schema "
    "WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
    "AND name NOT IN (SELECT tbl FROM sqlite_stat1)"
)


@task()
def count_rows() -> None:
    """Let SQLite note how many rows its tables have; without that it reads whole ones."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for statement in ("ANALYZE", _EMPTY, "ANALYZE sqlite_schema"):
            cursor.execute(statement)
