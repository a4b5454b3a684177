import re
import sqlite3
from contextlib import closing

import pytest

from collegium.config import schema_dump
from scaffold import databases

# Keys that Wagtail draws by lot, and moments at which something was done.
BY_LOT = re.compile(r"'[0-9a-f]{32}'|'\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*'")


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A database that all migrations made, one after the other."""
    path = tmp_path_factory.mktemp("migrated") / "migrated.sqlite3"
    databases.migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(autouse=True)
def readable(django_db_blocker):
    """A migration of wagtail_localize asks the database when it is imported."""
    with django_db_blocker.unblock():
        yield


def objects(path):
    with closing(sqlite3.connect(path)) as connection:
        return set(
            connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql NOT NULL")
        )


def rows(path):
    """Each row as text, without its number: migrations and permissions are made in another order."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for kind, name, _, sql in objects(path) if kind == "table" and "VIRTUAL" not in sql]
        own = [name for name in tables if "_fts" not in name and not name.startswith("sqlite_")]
        return {
            name: sorted(BY_LOT.sub("…", str(row)) for row in connection.execute(f'SELECT * FROM "{name}"'))
            for name in own
        }


NUMBERED = {"django_migrations", "django_content_type", "auth_permission", "auth_group_permissions"}
RIGHTS = """
    SELECT "group".name, app_label, model, codename FROM auth_permission AS permission
    JOIN django_content_type AS type ON type.id = content_type_id
    LEFT JOIN auth_group_permissions AS given ON given.permission_id = permission.id
    LEFT JOIN auth_group AS "group" ON "group".id = given.group_id
"""


def rights(path):
    """Every right, by the group that has it."""
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute(RIGHTS))


def test_a_database_from_the_dump_is_the_one_that_migrations_make(migrated, tmp_path):
    loaded = tmp_path / "loaded.sqlite3"
    assert schema_dump.load(loaded), "run: make schema"
    databases.migrate(f"sqlite:///{loaded}")
    assert objects(loaded) == objects(migrated), "run: make schema"
    made, wanted = rows(loaded), rows(migrated)
    assert {name: made[name] for name in set(made) - NUMBERED} == {
        name: wanted[name] for name in set(wanted) - NUMBERED
    }
    # An older dump has the rights over models that have another name since: nobody asks for them.
    assert rights(loaded) >= rights(migrated)


def test_what_is_written_is_loaded_alike(migrated, tmp_path):
    schema_dump.write(migrated, tmp_path / "dump.sql")
    assert schema_dump.load(tmp_path / "again.sqlite3", tmp_path / "dump.sql")
    assert objects(tmp_path / "again.sqlite3") == objects(migrated)
    assert rows(tmp_path / "again.sqlite3") == rows(migrated)


def test_a_dump_says_from_which_migrations_it_is(migrated, tmp_path):
    dump = tmp_path / "dump.sql"
    schema_dump.write(migrated, dump)
    assert schema_dump.is_current(dump)
    dump.write_text("-- Of others\n" + dump.read_text())
    assert not schema_dump.is_current(dump)


def test_a_dump_with_a_migration_that_the_code_lacks_is_left_aside(migrated, tmp_path):
    with closing(sqlite3.connect(migrated)) as connection, connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('events', '0999_x', '')"
        )
    dump = tmp_path / "dump.sql"
    schema_dump.write(migrated, dump)
    dump.write_text("-- Of others\n" + dump.read_text())
    assert not schema_dump.load(tmp_path / "empty.sqlite3", dump)
    assert objects(tmp_path / "empty.sqlite3") == set()
