"""The database of a backup: how it is copied while the site writes, put back, and compared.

SQLite is copied by its backup interface, as one file. PostgreSQL is read by COPY, in one REPEATABLE READ
transaction, and needs no program beside it. Both see one moment.
"""

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Digests = dict[str, list[Any]]  #: table → number of rows, SHA-256 of their content
_MIGRATIONS = "django_migrations"


@contextmanager
def snapshot(folder: Path) -> Iterator[tuple[Iterable[str], Digests]]:
    """Write the database's files into `folder`; give their names and what they hold."""
    if connection.vendor == "sqlite":
        copy_sqlite(folder / "database.sqlite3")
        yield ["database.sqlite3"], sqlite_digests(folder / "database.sqlite3")
    else:
        digests = _copy_postgresql(folder)
        yield [f"{table}.copy" for table in digests], digests


def digests() -> Digests:
    """What the database holds now."""
    if connection.vendor == "sqlite":
        return sqlite_digests(Path(connection.settings_dict["NAME"]))
    with tempfile.TemporaryDirectory() as folder:
        return _copy_postgresql(Path(folder))


def applied_migrations() -> list[list[str]]:
    """Every applied migration, as [app, name]."""
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def unknown_migrations(recorded: list[list[str]]) -> list[str]:
    """Those of `recorded` that this version of the code does not have."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return [f"{app}.{name}" for app, name in recorded if (app, name) not in known]


def is_empty() -> bool:
    """Whether the database has no tables."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return True
    return not connection.introspection.table_names()


def restore(folder: Path, names: list[str], migrations: list[list[str]]) -> None:
    """Fill the empty database from the files `names` in `folder`."""
    if connection.vendor == "sqlite":
        _restore_sqlite(folder / "database.sqlite3")
    else:
        _migrate_to(migrations)
        _restore_postgresql(folder, [name.removesuffix(".copy") for name in names])


def delete_all() -> None:
    """Make the database empty again."""
    if connection.vendor == "sqlite":
        connection.close()
        Path(connection.settings_dict["NAME"]).unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        for table in _tables(cursor):
            cursor.execute(f'DROP TABLE "{table}" CASCADE')


# --- SQLite


def copy_sqlite(path: Path) -> None:
    """Copy the database to `path`, as it is at one moment."""
    source = sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True)
    with closing(source), closing(sqlite3.connect(path)) as target:
        source.backup(target)


def sqlite_digests(path: Path) -> Digests:
    """Raises sqlite3.DatabaseError for a damaged file."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        return {table: _sqlite_digest(database, table) for table in _sqlite_tables(database)}


def _sqlite_tables(database: sqlite3.Connection) -> list[str]:
    """Tables with rows of their own: those that a virtual table keeps for itself are left out."""
    rows = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    virtual = tuple(f"{name}_" for name, sql in rows if "VIRTUAL TABLE" in (sql or "").upper())
    return sorted(
        name
        for name, _ in rows
        if not name.startswith("sqlite_") and not (virtual and name.startswith(virtual))
    )


def _sqlite_digest(database: sqlite3.Connection, table: str) -> list[Any]:
    content, number = hashlib.sha256(), 0
    for row in database.execute(f'SELECT * FROM "{table}" ORDER BY rowid'):  # noqa: S608 a name of its own
        content.update(repr(row).encode())
        number += 1
    return [number, content.hexdigest()]


def _restore_sqlite(path: Path) -> None:
    target = Path(connection.settings_dict["NAME"])
    connection.close()
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as database:
        source.backup(database)


# --- PostgreSQL


def _copy_postgresql(folder: Path) -> Digests:
    with _moment() as cursor:
        return {table: _copy_table(cursor, table, folder / f"{table}.copy") for table in _tables(cursor)}


@contextmanager
def _moment() -> Iterator[Any]:
    """A cursor that sees one moment of the database, whatever is written meanwhile."""
    reader = connection.copy()
    try:
        reader.ensure_connection()
        raw = reader.connection
        raw.autocommit = False
        raw.isolation_level, raw.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        with raw.cursor() as cursor:
            yield cursor
        raw.rollback()
    finally:
        reader.close()


def _tables(cursor: Any) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
    return [table for (table,) in cursor.fetchall()]


def _columns(cursor: Any, table: str) -> str:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return ", ".join(f'"{name}"' for (name,) in cursor.fetchall())


def _key(cursor: Any, table: str) -> str:
    cursor.execute(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
        " AND a.attnum = ANY(i.indkey) WHERE i.indisprimary AND i.indrelid = quote_ident(%s)::regclass",
        [table],
    )
    return ", ".join(f'"{name}"' for (name,) in cursor.fetchall()) or "1"


def _copy_table(cursor: Any, table: str, path: Path) -> list[Any]:
    content, number = hashlib.sha256(), 0
    columns, key = _columns(cursor, table), _key(cursor, table)
    query = f'COPY (SELECT {columns} FROM "{table}" ORDER BY {key}) TO STDOUT'  # noqa: S608 names of its own
    with path.open("wb") as file, cursor.copy(query) as copy:
        for part in copy:
            content.update(part)
            file.write(part)
            number += bytes(part).count(b"\n")  # a line end within a value is written as \n
    return [number, content.hexdigest()]


def _migrate_to(migrations: list[list[str]]) -> None:
    """Make the tables as they were when the backup was made."""
    executor = MigrationExecutor(connection)
    recorded = {(app, name) for app, name in migrations}
    graph = executor.loader.graph
    targets = [
        node
        for node in sorted(recorded & graph.nodes.keys())
        if not any(
            child.key[0] == node[0] and child.key in recorded for child in graph.node_map[node].children
        )
    ]
    executor.migrate(targets)


def _restore_postgresql(folder: Path, tables: list[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        present = [table for table in _tables(cursor) if table != _MIGRATIONS]
        names = ", ".join(f'"{table}"' for table in present)
        cursor.execute(f"TRUNCATE {names}")
        for table in tables:
            if table != _MIGRATIONS:
                _fill_table(cursor, table, folder / f"{table}.copy")
        for statement in connection.ops.sequence_reset_sql(no_style(), _models(present)):
            cursor.execute(statement)


def _fill_table(cursor: Any, table: str, path: Path) -> None:
    command = f'COPY "{table}" ({_columns(cursor, table)}) FROM STDIN'
    with path.open("rb") as file, cursor.copy(command) as copy:
        while part := file.read(1 << 20):
            copy.write(part)


def _models(tables: list[str]) -> list[Any]:
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.db_table in tables]
