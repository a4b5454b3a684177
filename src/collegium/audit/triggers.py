"""Database triggers that must survive every migration.

SQLite drops a table's triggers when a migration rebuilds the table (AlterField, AddField with a default,
AddConstraint). A room registers its triggers here, in its wiring; they are restored after each `migrate`, and
`collegium check` fails where one is missing.

    triggers.register(append_only.AppendOnly(Entry._meta.db_table))
"""

from collections.abc import Iterable
from typing import Protocol

from django.db.backends.base.base import BaseDatabaseWrapper


class TableTriggers(Protocol):
    """The triggers that one rule needs on one table."""

    @property
    def table(self) -> str: ...

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Create the triggers, or replace them. Harmless twice."""

    def is_installed(self, connection: BaseDatabaseWrapper) -> bool:
        """Whether every trigger of the rule stands on the table and is enabled."""


_registered: list[TableTriggers] = []


def register(rule: TableTriggers) -> None:
    """Restore the triggers of `rule` after each migration from now on. Harmless twice."""
    if rule not in _registered:
        _registered.append(rule)


def missing(connection: BaseDatabaseWrapper) -> list[TableTriggers]:
    """The rules whose table exists without its triggers."""
    tables = set(connection.introspection.table_names())
    return [rule for rule in _registered if rule.table in tables and not rule.is_installed(connection)]


def restore(connection: BaseDatabaseWrapper) -> list[TableTriggers]:
    """Install what is missing; the rules that this call installed."""
    restored = missing(connection)
    for rule in restored:
        rule.install(connection)
    return restored


def unprotected_tables(rules: Iterable[TableTriggers]) -> list[str]:
    """The names of the tables of `rules`, each once."""
    return sorted({rule.table for rule in rules})


def installed_on(connection: BaseDatabaseWrapper, table: str) -> set[str]:
    """The names of the enabled triggers on `table`."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger"
                " WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgrelid = to_regclass(quote_ident(%s))",
                [table],
            )
        return {name for (name,) in cursor.fetchall()}
