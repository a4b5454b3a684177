"""The demo society for any number of tests, loaded from its pack once: that takes seconds, a copy none."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import override_settings

from . import databases

AS_OF = date(2025, 2, 14)  #: the day at which the demo's clock stands


@dataclass(frozen=True)
class Loaded:
    """A database that holds the demo, and the uploads that its rows name."""

    database: str
    uploads: dict[str, bytes]


@contextmanager
def loaded(pack: Path, templates: Path) -> Iterator[Loaded]:
    """`pack` in a database beside the test's own, until the end; `templates` is where migrated ones lie."""
    from collegium.intake.actions import load_pack

    def fill() -> None:
        with override_settings(AS_OF=AS_OF):
            load_pack(pack)

    with databases.filled(templates, fill) as name:
        yield Loaded(name, dict(_uploads("")))


@contextmanager
def shown(demo: Loaded, *, commits: bool) -> Iterator[None]:
    """Let Django see the demo for one test. `commits`: the test is not wrapped in a transaction."""
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
