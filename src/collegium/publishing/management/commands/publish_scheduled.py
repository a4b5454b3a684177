"""Wagtail's command of this name, done by our action: in transactions, exactly once."""

from typing import Any

from django.core.management.base import BaseCommand

from collegium.publishing import actions


class Command(BaseCommand):
    help = "Publish and unpublish everything that is scheduled for now. The worker does so each minute."

    def handle(self, **options: Any) -> None:
        """Do it now."""
        actions.publish_scheduled.call()
