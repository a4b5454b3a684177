"""What makes the room move by itself: after every migration the entries are kept as they were written."""

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from collegium.audit import append_only
from collegium.audit.models import Entry


@receiver(post_migrate, sender=apps.get_app_config("audit"))
def on_migrated(sender: AppConfig, using: str, **_: Any) -> None:
    """Renew the refusals that a rebuilt table lost; a table that is not made yet waits for its migration."""
    connection, table = connections[using], Entry._meta.db_table
    if table in connection.introspection.table_names() and not append_only.is_kept(connection, table):
        append_only.keep(connection, table)
