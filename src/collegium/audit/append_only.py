"""Tables that only grow: the database itself refuses to change or delete a row.

A migration calls `keep`, and so does the room's `post_migrate` receiver, because SQLite forgets a table's
triggers when a later migration rebuilds the table.

Emptying the whole database stays possible. On PostgreSQL `flush` truncates, which fires no row trigger; on
SQLite it deletes row by row, so our own `flush` command lifts the refusal for that one transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_CHANGED, _DELETED, _REPLACED = "_never_changed", "_never_deleted", "_never_replaced"

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION collegium_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is refused. Write a new row that says what changed.',
        TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def keep(connection: BaseDatabaseWrapper, table: str, *, primary_key: str = "id") -> None:
    """Make the database refuse to change or delete rows of `table`, by IntegrityError. Harmless twice."""
    statements = _sqlite(table, primary_key) if connection.vendor == "sqlite" else _postgresql(table)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def let_go(connection: BaseDatabaseWrapper, table: str) -> None:
    """Undo `keep`: for a migration that is taken back. The function that PostgreSQL shares stays."""
    target = "" if connection.vendor == "sqlite" else f' ON "{table}"'
    with connection.cursor() as cursor:
        for suffix in (_CHANGED, _DELETED, _REPLACED):
            cursor.execute(f'DROP TRIGGER IF EXISTS "{table}{suffix}"{target}')


def is_kept(connection: BaseDatabaseWrapper, table: str) -> bool:
    """Whether the refusals stand on `table`."""
    expected = {table + _CHANGED, table + _DELETED}
    if connection.vendor == "sqlite":
        expected.add(table + _REPLACED)
    return expected <= _triggers(connection)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let rows be deleted inside the block, which is one transaction. Matters on SQLite only."""
    if connection.vendor != "sqlite":
        yield
        return
    with transaction.atomic(using=connection.alias):
        refusals = _take_down(connection)
        yield
        _put_back(connection, refusals)


def _sqlite(table: str, primary_key: str) -> list[str]:
    # INSERT OR REPLACE deletes the old row without firing its delete trigger, hence the third refusal.
    taken = f'EXISTS (SELECT 1 FROM "{table}" WHERE "{primary_key}" = NEW."{primary_key}")'  # noqa: S608
    return [
        _sqlite_trigger(table, _CHANGED, "UPDATE"),
        _sqlite_trigger(table, _DELETED, "DELETE"),
        _sqlite_trigger(table, _REPLACED, "INSERT", when=f"WHEN {taken}"),
    ]


def _sqlite_trigger(table: str, suffix: str, verb: str, when: str = "") -> str:
    refusal = f"{table} only grows: {verb} is refused. Write a new row that says what changed."
    return (
        f'CREATE TRIGGER IF NOT EXISTS "{table}{suffix}" BEFORE {verb} ON "{table}" {when} '
        f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    )


def _postgresql(table: str) -> list[str]:
    return [
        _POSTGRESQL_FUNCTION,
        _postgresql_trigger(table, _CHANGED, "UPDATE"),
        _postgresql_trigger(table, _DELETED, "DELETE"),
    ]


def _postgresql_trigger(table: str, suffix: str, verb: str) -> str:
    return (
        f'CREATE OR REPLACE TRIGGER "{table}{suffix}" BEFORE {verb} ON "{table}" '
        "FOR EACH ROW EXECUTE FUNCTION collegium_append_only()"
    )


def _triggers(connection: BaseDatabaseWrapper) -> set[str]:
    listing = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(listing)
        return {name for (name,) in cursor.fetchall()}


def _take_down(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        refusals = {name: sql for name, sql in cursor.fetchall() if name.endswith(_DELETED)}
        for name in refusals:
            cursor.execute(f'DROP TRIGGER "{name}"')
    return refusals


def _put_back(connection: BaseDatabaseWrapper, refusals: dict[str, str]) -> None:
    # `post_migrate`, which ends a flush, may have put some back already.
    missing = refusals.keys() - _triggers(connection)
    with connection.cursor() as cursor:
        for name in missing:
            cursor.execute(refusals[name])
