"""A migrated database for each process of the tests, copied from a template that is made once for each
state of all migrations.

The template is what migrations make (on SQLite from their dump, which a test compares), so Wagtail's first page, site and locale are in it. A test that commits
is followed by a fresh copy rather than by Django's flush: the flush would take those rows with it, and it
cannot empty tables that refuse deletion.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

from collegium.config import schema_dump

TEMPLATES = Path(__file__).resolve().parents[2] / "var" / "test-templates"
LOCK = 27182818  #: PostgreSQL's advisory lock while templates are made and copied


def required() -> set[str]:
    """What must be here, so that its absence is a failure: any of "postgresql", "redis", "chromium"."""
    return {name for name in os.environ.get("COLLEGIUM_REQUIRE", "").split(",") if name}


def state_of_migrations() -> str:
    """A hash of everything that decides what a migrated database looks like."""
    made = hashlib.sha256(repr((settings.LANGUAGE_CODE, settings.INSTALLED_APPS)).encode())
    for app in apps.get_app_configs():
        folder = Path(app.path)
        for path in sorted(
            [*folder.glob("migrations/*.py"), folder / "wiring.py", folder / "actions.py", folder / "apps.py"]
        ):
            if path.is_file():
                made.update(f"{app.label}/{path.name}".encode() + path.read_bytes())
    return made.hexdigest()[:12]


def migrate(url: str) -> None:
    """Bring the empty database at `url` to today's tables, in a process of its own."""
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--skip-checks"]
    # The test settings take the test's address before any other.
    environment = {**os.environ, "DATABASE_URL": url, "TEST_DATABASE_URL": url}
    environment["DJANGO_SETTINGS_MODULE"] = "collegium.config.settings.test"
    run = subprocess.run(command, env=environment, capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(f"the test database could not be migrated:\n{run.stdout}{run.stderr}")


def address(name: str = "") -> str:
    """The URL of the database `name`, or of the one that this process now tests on."""
    name = name or connection.settings_dict["NAME"]
    return f"sqlite:///{name}" if connection.vendor == "sqlite" else _postgresql_url(name)


@contextmanager
def copy_of_template(folder: Path, worker: str) -> Iterator[None]:
    """Let Django's connection lead to a fresh copy of the template until the end of the run."""
    kind = _sqlite_copy if connection.vendor == "sqlite" else _postgresql_copy
    flush = TransactionTestCase._fixture_teardown
    with kind(folder, worker) as restore:
        TransactionTestCase._fixture_teardown = lambda case: restore()
        try:
            yield
        finally:
            TransactionTestCase._fixture_teardown = flush
            connection.close()


@contextmanager
def without_migrations() -> Iterator[None]:
    """What `pytest --nomigrations` asks for: the tables of today's models, and none of the first rows."""
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    before = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(before, verbosity=0)


# --- SQLite


@contextmanager
def _sqlite_copy(folder, worker):
    template = _sqlite_template(folder)
    with tempfile.TemporaryDirectory(prefix="collegium-test-") as scratch:
        copy = Path(scratch) / f"{worker}.sqlite3"
        shutil.copyfile(template, copy)
        with _leading_to(str(copy)):
            yield lambda: _restore_sqlite(template, copy)


def _sqlite_template(folder: Path) -> Path:
    """The migrated file for today's migrations, made if it is not there; older ones are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    template = folder / f"migrated-{state_of_migrations()}.sqlite3"
    with locked(folder / "migrated.lock"):
        if not template.exists():
            _make_sqlite(folder / "unfinished.sqlite3", template)
    return template


def _make_sqlite(unfinished: Path, template: Path) -> None:
    for leftover in unfinished.parent.glob(f"{unfinished.name}*"):
        leftover.unlink()
    schema_dump.load(unfinished)
    migrate(f"sqlite:///{unfinished}")
    _finish_sqlite(unfinished, template)


def _finish_sqlite(unfinished: Path, finished: Path) -> None:
    """Make one whole file of `unfinished`, under the name by which others look for it."""
    with closing(sqlite3.connect(unfinished)) as database:
        # Out of the write-ahead log, so that one file is the whole database.
        database.execute("PRAGMA journal_mode = DELETE")
    unfinished.replace(finished)
    forget_old(finished)


def forget_old(newest: Path, keep: int = 3) -> None:
    """Remove all but the newest `keep` files of the same kind as `newest`, named `kind-state.suffix`."""
    alike = newest.parent.glob(f"{newest.name.partition('-')[0]}-*{newest.suffix}")
    for path in sorted(alike, key=lambda path: path.stat().st_mtime, reverse=True)[keep:]:
        path.unlink()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold `file` against the other processes of the tests."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _restore_sqlite(template: Path, copy: Path) -> None:
    """Overwrite all that is in `copy`, under SQLite's own locks: a server's thread may still read it."""
    connection.close()
    _copy(str(template), str(copy))


# --- PostgreSQL


@contextmanager
def _postgresql_copy(folder, worker):
    name = f"collegium_test_{os.getpid()}_{worker}"
    template = _postgresql_template()
    _copy_postgresql(template, name)
    try:
        with _leading_to(name):
            yield lambda: _copy_postgresql(template, name)
    finally:
        connection.close()
        with _maintenance() as run:
            run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _postgresql_template() -> str:
    """The name of the migrated database for today's migrations, made if it is not there."""
    name = f"collegium_template_{state_of_migrations()}"
    with _maintenance() as run:
        if not run("SELECT 1 FROM pg_database WHERE datname = %s", name):
            run(f'DROP DATABASE IF EXISTS "{name}_unfinished" WITH (FORCE)')
            run(f'CREATE DATABASE "{name}_unfinished"')
            migrate(_postgresql_url(f"{name}_unfinished"))
            run(f'ALTER DATABASE "{name}_unfinished" RENAME TO "{name}"')
            _drop_old(run)
    return name


def _drop_old(run, keep: int = 8) -> None:
    """Drop all templates but the newest `keep`: other runs may still copy those of a moment ago."""
    listed = "SELECT datname FROM pg_database WHERE datname LIKE 'collegium_template_%' ORDER BY oid DESC"
    for (name,) in run(listed)[keep:]:
        run(f'DROP DATABASE IF EXISTS "{name}"')


def _copy_postgresql(template: str, name: str) -> None:
    """A fresh database `name`; whoever is still connected to the one before is cut off."""
    connection.close()
    _replace_postgresql(template, name)


def _replace_postgresql(template: str, name: str) -> None:
    with _maintenance() as run:
        run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


@contextmanager
def _maintenance():
    """A way to run statements beside the test's own database, one process at a time."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])

        def run(statement, *values):
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

        yield run


def _postgresql_url(name: str) -> str:
    """The URL that the environment gave, with another database name."""
    from urllib.parse import urlsplit, urlunsplit

    given = urlsplit(os.environ.get("TEST_DATABASE_URL") or os.environ["DATABASE_URL"])
    return urlunsplit(given._replace(path=f"/{name}"))


# --- both


@contextmanager
def _leading_to(name: str) -> Iterator[None]:
    """Point Django at the database `name`; the setting too, for whatever opens a connection of its own."""
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = before


# --- a database with content, beside the test's own


@contextmanager
def filled(folder: Path, fill, *, called: str) -> Iterator[str]:
    """The name of a second database, migrated, once `fill` has written into it: a source of copies."""
    name = f"{connection.settings_dict['NAME']}_{called}"
    sqlite = connection.vendor == "sqlite"
    _copy(str(_sqlite_template(folder)) if sqlite else _postgresql_template(), name)
    try:
        with _leading_to(name):
            fill()
        yield name
    finally:
        _drop(name)


@contextmanager
def stored(folder: Path, called: str, state: str, fill: Callable[[], object], *, anew: bool) -> Iterator[str]:
    """The name of a copy of the database `called` in `state`, which `fill` fills once for all processes.

    `anew`: it is filled although it is there.
    """
    kind = _stored_sqlite if connection.vendor == "sqlite" else _stored_postgresql
    with locked(folder / f"{called}.lock"):
        source = kind(folder, f"{called}-{state}", fill, anew)
    name = f"{connection.settings_dict['NAME']}_{called}"
    _copy(source, name)
    try:
        yield name
    finally:
        _drop(name)


def _stored_sqlite(folder: Path, name: str, fill: Callable[[], object], anew: bool) -> str:
    finished, unfinished = folder / f"{name}.sqlite3", folder / f"filling-{name}.unfinished"
    if anew or not finished.exists():
        unfinished.unlink(missing_ok=True)
        _copy(str(_sqlite_template(folder)), str(unfinished))
        with _leading_to(str(unfinished)):
            fill()
        _finish_sqlite(unfinished, finished)
    return str(finished)


def _stored_postgresql(folder: Path, name: str, fill: Callable[[], object], anew: bool) -> str:
    finished, unfinished = f"collegium_template_{name}", f"collegium_filling_{name}"
    with _maintenance() as run:
        exists = run("SELECT 1 FROM pg_database WHERE datname = %s", finished)
    if anew or not exists:
        _replace_postgresql(_postgresql_template(), unfinished)
        with _leading_to(unfinished):
            fill()
        with _maintenance() as run:
            run(f'DROP DATABASE IF EXISTS "{finished}"')
            run(f'ALTER DATABASE "{unfinished}" RENAME TO "{finished}"')
            _drop_old(run)
    return finished


def copy_over(source: str) -> None:
    """Overwrite the test's own database with `source`; what a test that commits leaves is put right later."""
    connection.close()
    _copy(source, connection.settings_dict["NAME"])


@contextmanager
def standing_in(name: str) -> Iterator[None]:
    """The database `name` in place of the test's own, in a transaction that is taken back at the end."""
    own = connections[DEFAULT_DB_ALIAS]
    other = connections.create_connection(DEFAULT_DB_ALIAS)
    other.settings_dict = {**own.settings_dict, "NAME": name}
    connections[DEFAULT_DB_ALIAS] = other
    try:
        with transaction.atomic():
            yield
            other.check_constraints()
            transaction.set_rollback(True)
    finally:
        other.close()
        connections[DEFAULT_DB_ALIAS] = own


@contextmanager
def opened(name: str) -> Iterator[None]:
    """The database `name` in place of the test's own, for good: what is committed in it stays."""
    with _leading_to(name):
        yield


def _copy(source: str, target: str) -> None:
    if connection.vendor != "sqlite":
        _replace_postgresql(source, target)
        return
    with closing(sqlite3.connect(source)) as giver, closing(sqlite3.connect(target, timeout=20)) as taker:
        giver.backup(taker)


def _drop(name: str) -> None:
    if connection.vendor == "sqlite":
        Path(name).unlink(missing_ok=True)
        return
    with _maintenance() as run:
        run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
