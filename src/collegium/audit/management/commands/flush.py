"""Django's own `flush`, where tables that only grow are emptied with all the others."""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from collegium.audit import append_only


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        """Empty the whole database; the refusals stand again before anybody else can write."""
        with append_only.suspended(connections[options["database"]]):
            super().handle(**options)
