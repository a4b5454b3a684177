"""A society for any number of tests, loaded from its pack once: that takes seconds, a copy none."""

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import override_settings

from . import databases

ROOT = Path(__file__).resolve().parents[2]
DEMO_DATE = date(2025, 2, 14)  #: the day at which the demo's clock stands


@dataclass(frozen=True)
class Loaded:
    """A database that holds a society, and the uploads that its rows name."""

    database: str
    uploads: dict[str, bytes]


@contextmanager
def made(make: Callable[[], object], templates: Path, *, called: str) -> Iterator[Loaded]:
    """What `make` writes, in a database of its own; `called` tells it from others of this process."""
    with databases.filled(templates, lambda: _at_the_demos_day(make), called=called) as name:
        yield Loaded(name, dict(_uploads("")))
    cache.clear()


def _at_the_demos_day(make: Callable[[], object]) -> None:
    cache.clear()  # what Wagtail remembers of another database's sites and addresses
    with override_settings(DEMO_DATE=DEMO_DATE):
        make()


@contextmanager
def loaded(pack: Path, templates: Path, *, called: str) -> Iterator[Loaded]:
    """The society of `pack`, loaded once for all processes and kept in `templates` until a source changes."""
    state = state_of_sources(pack)
    uploads = templates / f"{called}-{state}-{connection.vendor}.zip"

    def fill() -> None:
        from collegium.intake.actions import load_pack

        _at_the_demos_day(lambda: load_pack(pack))
        _keep_uploads(uploads)

    with databases.stored(templates, called, state, fill, anew=not uploads.exists()) as name:
        cache.clear()
        yield Loaded(name, _kept_uploads(uploads))
    cache.clear()


def state_of_sources(pack: Path) -> str:
    """A hash of everything that decides what a loaded `pack` looks like: code, migrations, pack and day."""
    made = hashlib.sha256(f"{databases.state_of_migrations()} {date.today()}".encode())
    files = [*(ROOT / "src" / "collegium").rglob("*.py"), *pack.rglob("*")]
    for path in sorted(path for path in files if path.is_file()):
        made.update(path.name.encode() + b"\0" + path.read_bytes())
    return made.hexdigest()[:12]


def _keep_uploads(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in _uploads(""):
            archive.writestr(name, data)
    databases.forget_old(file)


def _kept_uploads(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@contextmanager
def shown(demo: Loaded, *, commits: bool) -> Iterator[None]:
    """Let Django see the society for one test. `commits`: the test is not wrapped in a transaction."""
    for name, data in demo.uploads.items():
        if not default_storage.exists(name):  # a test with a storage of its own has emptied the other
            default_storage.save(name, ContentFile(data))
    cache.clear()  # what Wagtail remembers of another database's sites and addresses
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
