"""Make a backup, restore it, rehearse that, and keep as many as the society wants."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks import task

from collegium.intake.backup import archive, container, databases, uploads
from collegium.intake.backup.container import Writer
from collegium.intake.backup.errors import BackupRefused
from collegium.work.attempts import attempts

_NAME = re.compile(r"collegium-\d{8}-\d{6}\.backup")


@task()
@attempts(3, limit=7200)
def scheduled_backup() -> str:
    """Make a backup in BACKUP_DIR and delete all but the newest BACKUP_KEEP of them. Return its path."""
    folder = Path(str(settings.BACKUP_DIR))
    path = backup(folder)
    rotate(folder, keep=settings.BACKUP_KEEP)
    return str(path)


def backup(target: Path) -> Path:
    """Write a backup to the file `target`, or into that folder under a name with the time. Return its path.

    The file appears under its name when it is whole.
    """
    if target.is_dir() or not target.suffix:
        target.mkdir(parents=True, exist_ok=True)
        target = target / f"collegium-{timezone.now():%Y%m%d-%H%M%S}.backup"
    part = target.with_name(f"{target.name}.{token_hex(4)}.part")
    try:
        with os.fdopen(_create_private(part), "wb") as file:
            archive.write(Writer(file, passphrase=settings.BACKUP_KEY))
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def _create_private(path: Path) -> int:
    # It holds the personal data of the society.
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def rotate(folder: Path, *, keep: int) -> list[Path]:
    """Delete all but the newest `keep` backups that bear our name. Return those deleted."""
    ours = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
    old = ours[: max(0, len(ours) - keep)]
    for path in old:
        path.unlink()
    return old


def restore(path: Path) -> None:
    """Restore the backup at `path` into an empty place; compare what is there then with what was promised.

    Raises `BackupRefused`, before anything is touched, for a file that is damaged, foreign or newer, for
    another sort of database, and for a place that is not empty.
    """
    container.check(path, passphrase=settings.BACKUP_KEY)
    with (
        tempfile.TemporaryDirectory() as folder,
        archive.opened(path, passphrase=settings.BACKUP_KEY) as (description, tar),
    ):
        _ensure_fits(description, path)
        _ensure_empty()
        with _whole_or_nothing():
            names, promised = archive.extract(tar, path, Path(folder))
            databases.restore(Path(folder), names, description.migrations)
            _ensure_same(promised, path)
    call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def _whole_or_nothing() -> Iterator[None]:
    """Take away what a restore left that failed: the place was empty before."""
    try:
        yield
    except BaseException:
        uploads.delete_all()
        databases.delete_all()
        raise


def _ensure_fits(description: archive.Description, path: Path) -> None:
    if unknown := databases.unknown_migrations(description.migrations):
        raise BackupRefused(
            f"{path.name} was made by a newer Collegium ({description.version}), which has {unknown[0]}. "
            "Update this one first."
        )
    if description.vendor != connection.vendor:
        raise BackupRefused(
            f"{path.name} is of {description.vendor}, and DATABASE_URL names {connection.vendor}. "
            "Give it a database of the same sort."
        )


def _ensure_empty() -> None:
    if not databases.is_empty():
        raise BackupRefused("The database already has tables. Restore into an empty one: set DATABASE_URL.")
    if next(uploads.names(), None):
        raise BackupRefused("There are uploads already. Restore into an empty place: set STORAGE_URL.")


def _ensure_same(promised: archive.Contents, path: Path) -> None:
    held = archive.present_contents()
    held.tables.pop("django_migrations", None)
    promised.tables.pop("django_migrations", None)
    if different := promised.differences(held):
        raise BackupRefused(
            f"What was restored from {path.name} differs in {', '.join(different[:5])}. Do not use it."
        )


def problems() -> list[str]:
    """What a site lacks that was restored: pages, or files that its records name."""
    from wagtail.models import Page

    lost = [f"the file {name} is missing" for name in uploads.missing()]
    return lost if Page.objects.filter(live=True, depth__gt=1).exists() else ["it has no pages", *lost]


def rehearse(path: Path) -> None:
    """Restore `path` into a place of its own, by a process of its own, and delete that place.

    Raises `BackupRefused` with what the process said if it does not work.
    """
    with tempfile.TemporaryDirectory() as folder, _empty_database(Path(folder)) as url:
        place = {"COLLEGIUM_VAR": folder, "STORAGE_URL": f"file://{folder}/media"}
        place |= {"DATABASE_URL": url, "BACKUP_KEY": settings.BACKUP_KEY}
        if "TEST_DATABASE_URL" in os.environ:
            place["TEST_DATABASE_URL"] = url
        command = [sys.executable, "-m", "collegium.intake.backup", str(path.absolute())]
        run = subprocess.run(  # noqa: S603 our own program
            command, env=os.environ | place, capture_output=True, text=True, check=False
        )
    if run.returncode:
        raise BackupRefused(f"The rehearsal failed: {run.stderr.strip() or run.stdout.strip()}")


@contextmanager
def _empty_database(folder: Path) -> Iterator[str]:
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder}/rehearsal.sqlite3"
        return
    name, chosen = f"collegium_rehearsal_{token_hex(4)}", connection.settings_dict
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        account = f"{quote(chosen['USER'], safe='')}:{quote(chosen['PASSWORD'], safe='')}"
        yield f"postgresql://{account}@{chosen['HOST']}:{chosen['PORT']}/{name}"
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
