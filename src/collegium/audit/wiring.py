"""The audit record is append-only, and every registered trigger is restored after a migration."""

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from collegium.audit import triggers
from collegium.audit.append_only import AppendOnly
from collegium.audit.models import Entry

triggers.register(AppendOnly(Entry._meta.db_table))


@receiver(post_migrate, sender=apps.get_app_config("audit"))
def on_migrated(sender: AppConfig, using: str, **_: Any) -> None:
    """Restore triggers that a rebuilt table lost. Django sends this once all migrations have run."""
    triggers.restore(connections[using])
