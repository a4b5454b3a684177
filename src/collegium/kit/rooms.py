"""The base of every room's AppConfig: it imports the room's `wiring` and says which tables are private."""

from importlib import import_module
from importlib.util import find_spec
from typing import ClassVar

from django.apps import AppConfig


class Room(AppConfig):
    """A room of the house. When Django is ready it imports the room's `wiring`, if the room has one."""

    #: Django takes the one default AppConfig of an `apps` module; `Room`, imported there, is none.
    default = False
    default_auto_field = "django.db.models.BigAutoField"
    #: Whether public pages are made from this room's tables. Writes to a private room invalidate no page.
    public: ClassVar[bool] = True
    #: Tables of a public room that no public page is made from.
    private_tables: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        cls.default = True

    def ready(self) -> None:
        wiring = f"{self.name}.wiring"
        if find_spec(wiring):
            import_module(wiring)
