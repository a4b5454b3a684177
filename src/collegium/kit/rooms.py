"""What every room's Django application shares: it moves by itself through its one `wiring` module."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class Room(AppConfig):
    """A room of the house. When Django is ready it imports the room's `wiring`, if the room has one."""

    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        wiring = f"{self.name}.wiring"
        if find_spec(wiring):
            import_module(wiring)
