"""The tables of a new SQLite database, as all migrations leave them, in one file: loaded in a moment.

Only the demonstration starts from it; every other database runs the migrations themselves. The dump may be
older than the code: `migrate` then applies what is newer. `make schema` writes it anew, and a test compares.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

DUMP = Path(__file__).parent / "schema" / "sqlite.sql"
WITHOUT_ROWS = ("django_session",)
ORDER = ("table", "index", "trigger", "view")


def load(database: Path, dump: Path = DUMP) -> bool:
    """Make `database` from `dump`, or leave it empty if the code lacks a migration that the dump has."""
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(f"BEGIN;\n{dump.read_text(encoding='utf-8')}\n")
        if not is_current(dump) and _migrations(connection) - _known_migrations():
            connection.rollback()
            return False
        connection.commit()
        return True


def is_current(dump: Path = DUMP) -> bool:
    """Whether `dump` was made from exactly the migrations at hand: then `migrate` has nothing to add."""
    with dump.open(encoding="utf-8") as file:
        return file.readline().strip() == _heading()


def _heading() -> str:
    """Names the migrations of all apps by their files: to import them takes seconds."""
    from django.apps import apps

    files = {
        f"{app.label}/{path.stem}"
        for app in apps.get_app_configs()
        for path in Path(app.path, "migrations").glob("*.py")
    }
    digest = hashlib.sha256("\n".join(sorted(files)).encode()).hexdigest()
    return f"-- Written by `make schema` from {len(files)} files of migrations: {digest[:16]}"


def write(database: Path, dump: Path = DUMP) -> None:
    """Write the tables and the first rows of the migrated `database` to `dump`."""
    with closing(sqlite3.connect(database)) as connection:
        lines = [_heading(), *_statements(connection)]
    dump.parent.mkdir(exist_ok=True)
    dump.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _migrations(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(connection.execute("SELECT app, name FROM django_migrations"))


def _known_migrations() -> set[tuple[str, str]]:
    from django.db.migrations.loader import MigrationLoader

    return set(MigrationLoader(None).disk_migrations)


def _statements(connection: sqlite3.Connection) -> Iterator[str]:
    """All of `connection` as SQL. The tables inside a virtual table come with it."""
    objects = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql NOT NULL AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    virtual = tuple(f"{name}_" for _, name, _, sql in objects if sql.startswith("CREATE VIRTUAL"))
    own = [row for row in objects if not (virtual and row[1].startswith(virtual))]
    for kind in ORDER:
        yield from (f"{sql};" for this, _, _, sql in own if this == kind)
        if kind == "table":  # the rows come before the triggers that would fire for them
            for this, name, _, sql in own:
                if this == "table" and name not in WITHOUT_ROWS and not sql.startswith("CREATE VIRTUAL"):
                    yield from _rows(connection, name)


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    quoted = ", ".join(f'quote("{column}")' for column in columns)
    for row in connection.execute(f'SELECT {quoted} FROM "{table}" ORDER BY rowid'):  # noqa: S608 a table's own name
        yield f'INSERT INTO "{table}" VALUES ({", ".join(row)});'  # noqa: S608 quoted by SQLite itself
