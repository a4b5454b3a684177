"""From here on the database refuses to change or delete an entry, on SQLite and on PostgreSQL.

SQLite forgets triggers when a later migration rebuilds the table: the `post_migrate` receiver in
`collegium.audit.wiring` renews them, and a test looks for them after all migrations.
"""

from django.db import migrations

from collegium.audit import append_only


def keep_entries(apps, schema_editor):
    append_only.keep(schema_editor.connection, "audit_entry")


def let_go(apps, schema_editor):
    append_only.let_go(schema_editor.connection, "audit_entry")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(keep_entries, let_go)]
