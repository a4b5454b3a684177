"""A real change of the table, as a later migration would make it, on both databases."""

import pytest
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState
from django.db.utils import IntegrityError

from collegium.audit import append_only, triggers
from collegium.audit.append_only import AppendOnly
from collegium.audit.models import Entry

TABLE = "audit_entry"
WIDER = models.CharField(blank=True, max_length=300)
CHANGES = [
    migrations.AlterField("entry", "actor_name", WIDER),
    migrations.AddField("entry", "origin", models.CharField(max_length=20, default="desk")),
    migrations.AddConstraint(
        "entry",
        models.CheckConstraint(condition=~models.Q(verb="x"), name="audit_entry_tests"),
    ),
]


@pytest.fixture
def changed(transactional_db):
    """Carry out an operation on the real table, and take it back afterwards."""
    done = []

    def change(operation):
        before = ProjectState.from_apps(apps)
        after = before.clone()
        operation.state_forwards("audit", after)
        with connection.schema_editor() as editor:
            operation.database_forwards("audit", editor, before, after)
        done.append((operation, before, after))

    yield change
    for operation, before, after in reversed(done):
        with connection.schema_editor() as editor:
            operation.database_backwards("audit", editor, after, before)
    triggers.restore(connection)


@pytest.mark.parametrize("operation", CHANGES, ids=lambda o: type(o).__name__)
def test_a_changed_table_is_protected_again_after_the_migration(changed, operation):
    Entry.objects.create(verb="account.locked", subject="people.account:1")
    changed(operation)
    if connection.vendor == "sqlite":
        assert triggers.missing(connection) == [AppendOnly(TABLE)]
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert triggers.missing(connection) == []
    with pytest.raises(IntegrityError, match="only grows"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry")


def test_a_missing_trigger_is_found_and_restored_once(db):
    append_only.unprotect(connection, TABLE)
    assert triggers.unprotected_tables(triggers.missing(connection)) == [TABLE]
    assert triggers.restore(connection) == [AppendOnly(TABLE)]
    assert triggers.restore(connection) == []


def test_a_disabled_trigger_counts_as_missing(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite cannot disable a trigger")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_never_deleted")
    assert triggers.missing(connection) == [AppendOnly(TABLE)]


def test_a_rule_is_registered_once_and_waits_for_its_table(db, monkeypatch):
    monkeypatch.setattr(triggers, "_registered", [])
    for _ in range(2):
        triggers.register(AppendOnly("ledger_line"))
    assert triggers._registered == [AppendOnly("ledger_line")]
    assert triggers.missing(connection) == []
