import pytest
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import post_migrate

from collegium.audit import append_only
from collegium.audit.models import Entry

TABLE = "audit_entry"


def write(**fields):
    return Entry.objects.create(**{"verb": "account.locked", "subject": "people.account:1"} | fields)


def refused(sql, *params):
    with (
        pytest.raises(IntegrityError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, params)


def test_the_migrations_leave_the_refusals_standing(db):
    assert append_only.is_protected(connection, TABLE)


def test_the_database_refuses_to_change_an_entry(db):
    entry = write()
    refused("UPDATE audit_entry SET verb = %s", "account.opened")
    entry.verb = "account.opened"
    with pytest.raises(IntegrityError, match="UPDATE is refused"), transaction.atomic():
        entry.save()
    with pytest.raises(IntegrityError, match="UPDATE is refused"), transaction.atomic():
        Entry.objects.update(verb="account.opened")
    assert Entry.objects.get().verb == "account.locked"


def test_the_database_refuses_to_delete_an_entry(db):
    entry = write()
    refused("DELETE FROM audit_entry")
    with pytest.raises(IntegrityError, match="DELETE is refused"), transaction.atomic():
        entry.delete()
    with pytest.raises(IntegrityError, match="DELETE is refused"), transaction.atomic():
        Entry.objects.all().delete()
    assert Entry.objects.count() == 1


def test_an_entry_cannot_be_replaced_under_its_number(db):
    entry = write()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.bulk_create(
            [Entry(pk=entry.pk, verb="account.opened", subject="people.account:1")],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["verb"],
        )
    if connection.vendor == "sqlite":
        refused(
            "INSERT OR REPLACE INTO audit_entry SELECT id, \"when\", 'account.opened', actor, actor_name, "
            "subject, subject_name, facts FROM audit_entry WHERE id = %s",
            entry.pk,
        )
    assert Entry.objects.get().verb == "account.locked"


def test_new_entries_may_always_be_written(db):
    Entry.objects.bulk_create([Entry(verb="account.locked", subject=f"people.account:{n}") for n in range(3)])
    assert Entry.objects.count() == 3


def test_protecting_twice_is_harmless_and_can_be_undone(db):
    append_only.protect(connection, TABLE)
    append_only.unprotect(connection, TABLE)
    assert not append_only.is_protected(connection, TABLE)
    write().delete()
    append_only.protect(connection, TABLE)
    assert append_only.is_protected(connection, TABLE)


def test_a_table_that_lost_its_refusals_gets_them_back_after_the_next_migration(db):
    append_only.unprotect(connection, TABLE)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert append_only.is_protected(connection, TABLE)


def test_flush_empties_the_record_and_leaves_it_protected(transactional_db):
    write()
    call_command("flush", interactive=False, verbosity=0)
    assert not Entry.objects.exists()
    write()
    refused("DELETE FROM audit_entry")
    refused("UPDATE audit_entry SET verb = 'account.opened'")


def test_tests_that_flush_begin_with_an_empty_record(transactional_db):
    assert not Entry.objects.exists()  # the test before this one left an entry, and its flush removed it
    assert append_only.is_protected(connection, TABLE)


def test_a_flush_that_fails_leaves_everything_as_it_was(transactional_db):
    write()

    def fail(**_):
        raise RuntimeError("stopped half-way")

    post_migrate.connect(fail, weak=False)
    try:
        if connection.vendor == "sqlite":
            with pytest.raises(RuntimeError, match="half-way"):
                call_command("flush", interactive=False, verbosity=0)
            assert Entry.objects.count() == 1
    finally:
        post_migrate.disconnect(fail)
    assert append_only.is_protected(connection, TABLE)


def test_suspension_ends_with_its_block(transactional_db):
    write()
    with append_only.suspended(connection):
        if connection.vendor == "sqlite":
            refused("UPDATE audit_entry SET verb = 'account.opened'")
            Entry.objects.all().delete()
    write()
    refused("DELETE FROM audit_entry")
