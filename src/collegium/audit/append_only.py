"""Append-only tables: the database itself refuses to change or delete a row.

A migration calls `protect`, and the room registers `AppendOnly` with `audit.triggers`, because SQLite drops a
table's triggers when a later migration rebuilds the table.

Emptying the whole database stays possible. On PostgreSQL `flush` truncates, which fires no row trigger. On
SQLite it deletes row by row, so our own `flush` command suspends the refusal for that one transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from collegium.audit import triggers

_CHANGED, _DELETED, _REPLACED = "_never_changed", "_never_deleted", "_never_replaced"

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION collegium_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is refused. Write a new row that says what changed.',
        TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


@dataclass(frozen=True)
class AppendOnly:
    """The rule that rows of `table` are never changed or deleted."""

    table: str
    primary_key: str = "id"

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Make the database refuse, by IntegrityError. Harmless twice."""
        on_sqlite = connection.vendor == "sqlite"
        statements = _sqlite(self.table, self.primary_key) if on_sqlite else _postgresql(self.table)
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def is_installed(self, connection: BaseDatabaseWrapper) -> bool:
        """Whether the refusals stand on the table."""
        suffixes = [_CHANGED, _DELETED, *([_REPLACED] if connection.vendor == "sqlite" else [])]
        return {self.table + suffix for suffix in suffixes} <= triggers.installed_on(connection, self.table)


def protect(connection: BaseDatabaseWrapper, table: str, *, primary_key: str = "id") -> None:
    """Make the database refuse to change or delete rows of `table`. Harmless twice."""
    AppendOnly(table, primary_key).install(connection)


def unprotect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Undo `protect`, for a migration that is reversed. The function that PostgreSQL shares stays."""
    target = "" if connection.vendor == "sqlite" else f' ON "{table}"'
    with connection.cursor() as cursor:
        for suffix in (_CHANGED, _DELETED, _REPLACED):
            cursor.execute(f'DROP TRIGGER IF EXISTS "{table}{suffix}"{target}')


def is_protected(connection: BaseDatabaseWrapper, table: str) -> bool:
    """Whether the refusals stand on `table`."""
    return AppendOnly(table).is_installed(connection)


@contextmanager
def suspended(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let rows be deleted inside the block, which is one transaction. Matters on SQLite only."""
    if connection.vendor != "sqlite":
        yield
        return
    with transaction.atomic(using=connection.alias):
        dropped = _drop_delete_triggers(connection)
        yield
        _recreate(connection, dropped)


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


def _drop_delete_triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        dropped = {name: sql for name, sql in cursor.fetchall() if name.endswith(_DELETED)}
        for name in dropped:
            cursor.execute(f'DROP TRIGGER "{name}"')
    return dropped


def _recreate(connection: BaseDatabaseWrapper, dropped: dict[str, str]) -> None:
    # `post_migrate`, which ends a flush, may have recreated some already.
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {name for (name,) in cursor.fetchall()}
        for name in dropped.keys() - present:
            cursor.execute(dropped[name])
