"""A society for any number of tests, loaded from its pack once: that takes seconds, a copy none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import override_settings

from . import databases

DEMO_DATE = date(2025, 2, 14)  #: the day at which the demo's clock stands


@dataclass(frozen=True)
class Loaded:
    """A database that holds a society, and the uploads that its rows name."""

    database: str
    uploads: dict[str, bytes]


@contextmanager
def loaded(pack: Path, templates: Path) -> Iterator[Loaded]:
    """`pack` in a database beside the test's own, until the end; `templates` is where migrated ones lie."""
    from collegium.intake.actions import load_pack

    with made(lambda: load_pack(pack), templates, called="filled") as once:
        yield once


@contextmanager
def made(make: Callable[[], object], templates: Path, *, called: str) -> Iterator[Loaded]:
    """What `make` writes, in a database of its own; `called` tells it from others of this process."""

    def fill() -> None:
        cache.clear()  # what the library remembers of another database's sites and addresses
        with override_settings(DEMO_DATE=DEMO_DATE):
            make()

    with databases.filled(templates, fill, called=called) as name:
        yield Loaded(name, dict(_uploads("")))
    cache.clear()


@contextmanager
def shown(demo: Loaded, *, commits: bool) -> Iterator[None]:
    """Let Django see the society for one test. `commits`: the test is not wrapped in a transaction."""
    for name, data in demo.uploads.items():
        if not default_storage.exists(name):  # a test with a storage of its own has emptied the other
            default_storage.save(name, ContentFile(data))
    cache.clear()  # what the library remembers of another database's sites and addresses
    if commits:
        databases.copy_over(demo.database)
        yield
    else:
        with databases.standing_in(demo.database):
            yield
    cache.clear()


def _uploads(folder: str) -> Iterator[tuple[str, bytes]]:
    folders, files = default_storage.listdir(folder)
    for name in files:
        path = f"{folder}/{name}".lstrip("/")
        with default_storage.open(path) as file:
            yield path, file.read()
    for inner in folders:
        yield from _uploads(f"{folder}/{inner}".lstrip("/"))
