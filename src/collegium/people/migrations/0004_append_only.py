"""Consents and contact preferences only grow: the database refuses to change or delete them."""

from django.db import migrations

from collegium.audit import append_only

TABLES = ("people_consentevent", "people_contactpreferenceevent")


def protect(apps, schema_editor):
    for table in TABLES:
        append_only.protect(schema_editor.connection, table)


def unprotect(apps, schema_editor):
    for table in TABLES:
        append_only.unprotect(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_persons")]

    operations = [migrations.RunPython(protect, unprotect)]
