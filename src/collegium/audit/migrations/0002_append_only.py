"""From here on the database refuses to change or delete an entry, on SQLite and on PostgreSQL.

SQLite forgets triggers when a later migration rebuilds the table: `collegium.audit.triggers`
restores them, and a test looks for them after all migrations.
"""

from django.db import migrations

from collegium.audit import append_only


def protect(apps, schema_editor):
    append_only.protect(schema_editor.connection, "audit_entry")


def unprotect(apps, schema_editor):
    append_only.unprotect(schema_editor.connection, "audit_entry")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(protect, unprotect)]
