"""`collegium check`: is this machine fit to serve, and if not, how is it mended?

Each part of the check tells its findings in words: ok, warning or fault.
"""

import json
import shutil
import sqlite3
import tempfile
import zoneinfo
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from collegium.config.check_queues import mail, worker
from collegium.config.env import SettingsProblem
from collegium.config.finding import Finding, Mark, first_line

LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}
LITTLE_SPACE, NO_SPACE = 2_000_000_000, 200_000_000  #: bytes


def settings() -> Iterator[Finding]:
    """What the settings hold that is wrong together, though each alone can be read."""
    from django.conf import settings as chosen
    from django.core import checks

    public = [host for host in chosen.ALLOWED_HOSTS if host not in LOOPBACK]
    if chosen.DEBUG and public:
        yield Finding(
            "fault", "settings", f"DEBUG shows the code to readers of {public[0]}. Use the base settings."
        )
    if "*" in public:
        yield Finding("warning", "settings", "HOSTS holds *, so any name is believed. List the site's names.")
    if public and not chosen.SESSION_COOKIE_SECURE:
        yield Finding(
            "warning", "settings", "cookies travel unencrypted. Serve through HTTPS and set HTTPS=1."
        )
    # Static files and databases have parts of their own in this check.
    wrong = [message for message in checks.run_checks() if message.id != "staticfiles.W004"]
    for message in wrong:
        mark: Mark = "fault" if message.is_serious() else "warning"
        yield Finding(mark, "settings", f"{message.msg} {message.hint or ''} ({message.id})")
    if not wrong:
        yield Finding("ok", "settings", f"read; names: {', '.join(chosen.ALLOWED_HOSTS)}")


# --- the database


def database() -> Iterator[Finding]:
    """Whether the database answers, is new enough, takes writing, and keeps readers out of writers' way."""
    from django.db import DatabaseError, connection
    from django.db.utils import NotSupportedError

    try:
        connection.ensure_connection()
    except NotSupportedError as fault:
        yield Finding("fault", "database", f"it is too old: {fault}. Install a newer one.")
    except DatabaseError as fault:
        text = f"it does not answer ({first_line(fault)}). Start it, or correct DATABASE_URL."
        yield Finding("fault", "database", text)
    else:
        yield Finding("ok", "database", _version())
        yield from _writable()
        yield from _wal()
        yield from _whole()


def _version() -> str:
    from django.db import connection

    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}, {connection.settings_dict['NAME']}"
    number = ".".join(str(part) for part in connection.get_database_version())
    return f"{connection.display_name} {number}, {connection.settings_dict['NAME']}"


def _writable() -> Iterator[Finding]:
    """Write a row, and take it back."""
    from django.db import DatabaseError, connection, transaction

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TABLE collegium_check (written integer)")
            cursor.execute("INSERT INTO collegium_check VALUES (1)")
            transaction.set_rollback(True)
    except DatabaseError as fault:
        why = first_line(fault)
        text = f"it cannot be written ({why}). Give this user the right to write to it, or free its disk."
        yield Finding("fault", "database", text)
    else:
        yield Finding("ok", "database", "can be written")


def _wal() -> Iterator[Finding]:
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    if mode == "wal":
        yield Finding("ok", "database", "readers do not wait for writers (WAL)")
    else:
        text = f"its journal mode is {mode}, not wal, so readers wait for writers. Keep it on a local disk."
        yield Finding("fault", "database", text)


def _whole() -> Iterator[Finding]:
    """Whether SQLite finds its file undamaged, and whether the tables hold a site."""
    from django.db import DatabaseError, connection

    from collegium.config import integrity

    if damage := integrity.note_damage():
        text = f"its file is damaged ({damage}). Stop the site and restore a backup: collegium restore FILE"
        yield Finding("fault", "database", text)
        return
    if connection.vendor == "sqlite":
        yield Finding("ok", "database", "its file is undamaged")
    try:
        if not integrity.has_pages():
            text = "the tables of pages are empty, so no page is served. Restore a whole backup."
            yield Finding("fault", "database", text)
    except DatabaseError:
        return  # the tables are not made yet, as the migrations say


def migrations() -> Iterator[Finding]:
    """Whether the tables are those that this version of the code expects."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as fault:
        yield Finding(
            "fault", "migrations", f"cannot be read ({first_line(fault)}). Mend the database first."
        )
        return
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        names = ", ".join(f"{step.app_label}.{step.name}" for step, _ in plan[:3])
        more = f" and {len(plan) - 3} more" if len(plan) > 3 else ""
        text = f"{len(plan)} pending ({names}{more}). Make a backup, then run: collegium manage migrate"
        yield Finding("fault", "migrations", text)
    else:
        yield Finding("ok", "migrations", "none pending")
        yield _triggers()


def _triggers() -> Finding:
    """Whether the tables that only grow are still protected by the database."""
    from django.db import connection

    from collegium.audit import triggers

    tables = triggers.unprotected_tables(triggers.missing(connection))
    if not tables:
        return Finding("ok", "triggers", "every table that only grows is protected")
    text = f"rows of {', '.join(tables)} can be changed or deleted. Run: collegium manage migrate"
    return Finding("fault", "triggers", text)


# --- files, time


def storage() -> Iterator[Finding]:
    """Whether uploaded files can be kept, and how much room is left for them."""
    from django.conf import settings as chosen
    from django.core.files.storage import default_storage

    if hasattr(default_storage, "probe"):
        yield _bucket(default_storage)
        return
    folder = Path(chosen.MEDIA_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"collegium")
            probe.flush()
        free = shutil.disk_usage(folder).free
    except OSError as fault:
        text = f"{folder} cannot be written ({fault.strerror}). Give this user the right, or set STORAGE_URL."
        yield Finding("fault", "storage", text)
        return
    yield _room(folder, free)
    yield from _uploads(folder)


def _uploads(folder: Path) -> Iterator[Finding]:
    """Whether every picture and document that the database names is there."""
    from django.db import DatabaseError

    from collegium.config import integrity

    try:
        missing = integrity.missing_uploads()
    except DatabaseError:
        return  # the database has a part of its own
    if missing:
        named = ", ".join(missing[: integrity.LISTED])
        text = f"{len(missing)} uploaded files are missing from {folder}, such as {named}. Restore a backup."
        yield Finding("fault", "storage", text)


def _bucket(store: Any) -> Finding:
    try:
        store.probe()
    except OSError as fault:
        reason = first_line(fault)
        text = f"{store.bucket_config} cannot be used ({reason}). Correct STORAGE_URL, or mend the store."
        return Finding("fault", "storage", text)
    return Finding("ok", "storage", f"{store.bucket_config}: a file was written, read and taken away again")


def cache() -> Iterator[Finding]:
    """Whether what all processes are to share can be kept where they all see it."""
    from django.conf import settings as chosen
    from django.core.cache import cache as kept

    if not chosen.CACHES["default"]["BACKEND"].endswith("Redis"):
        yield Finding("ok", "cache", "each process's own memory. For several machines, set CACHE_URL.")
        return
    name = f"collegium-check-{uuid4().hex}"
    try:
        kept.set(name, "collegium", 60)
        found = kept.get(name)
        kept.delete(name)
    except Exception as fault:  # noqa: BLE001 the driver has many
        text = f"Redis does not answer ({first_line(fault)}). Start it, or correct CACHE_URL."
        yield Finding("fault", "cache", f"{text} Until then each request does without it.")
        return
    if found == "collegium":
        yield Finding("ok", "cache", "Redis: a word was written, read and taken away again")
    else:
        yield Finding("fault", "cache", "Redis forgets what it was told a moment ago. Give it more memory.")


def _room(folder: Path, free: int) -> Finding:
    amount = f"{folder} has {free / 1e9:.1f} GB free"
    if free < NO_SPACE:
        return Finding("fault", "storage", f"{amount}: writing will soon fail. Make room on that disk.")
    if free < LITTLE_SPACE:
        return Finding("warning", "storage", f"{amount}. Make room on that disk soon.")
    return Finding("ok", "storage", amount)


def timezones() -> Iterator[Finding]:
    """Whether the rules of all zones are here, and which edition of them is used."""
    try:
        zoneinfo.ZoneInfo.no_cache("Asia/Seoul")
        zoneinfo.ZoneInfo.no_cache("Europe/Zurich")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        text = "the rules of the zones are missing. Install Debian's tzdata, or the Python package tzdata."
        yield Finding("fault", "time zones", text)
        return
    yield _edition(system_edition(), package_edition())


def system_edition() -> str | None:
    """The edition ("2025b") of the machine's own zone rules, "unknown", or None if it has no rules."""
    for folder in zoneinfo.TZPATH:
        if not (Path(folder) / "Europe/Zurich").is_file():
            continue
        try:
            with (Path(folder) / "tzdata.zi").open() as rules:
                return rules.readline().removeprefix("# version").strip()
        except OSError:
            return "unknown"
    return None


def package_edition() -> str | None:
    """The edition of the Python package of zone rules, or None where it is not installed."""
    try:
        import tzdata
    except ImportError:
        return None
    return str(tzdata.IANA_VERSION)


def _edition(system: str | None, package: str | None) -> Finding:
    if system is None:
        return Finding("ok", "time zones", f"edition {package}, of the Python package")
    if package is not None and system != "unknown" and system < package:
        text = (
            f"the machine's own edition {system} is used, though {package} is installed. Zones that changed "
            "since are told wrongly. Upgrade Debian's tzdata, or set PYTHONTZPATH= to use the newer one."
        )
        return Finding("warning", "time zones", text)
    return Finding("ok", "time zones", f"edition {system}, of the machine")


# --- what runs beside


def static() -> Iterator[Finding]:
    """Whether stylesheet, fonts and scripts were collected for serving, and are all there."""
    from django.conf import settings as chosen

    if not chosen.STORAGES["staticfiles"]["BACKEND"].endswith("ManifestStaticFilesStorage"):
        yield Finding("ok", "static files", "are read where they stand")
        return
    root = Path(chosen.STATIC_ROOT)
    try:
        paths = json.loads((root / "staticfiles.json").read_text())["paths"]
    except (OSError, ValueError, KeyError):
        yield Finding("fault", "static files", f"{root} holds no list of them. Run: collegium build-assets")
        return
    lost = sorted(name for name in paths.values() if not (root / name).is_file())
    yield _collected(root, paths, lost)


def _collected(root: Path, paths: dict[str, str], lost: list[str]) -> Finding:
    if lost:
        lost_files = f"{len(lost)} of {len(paths)} are gone from {root}, such as {lost[0]}."
        text = f"{lost_files} Run: collegium build-assets"
        return Finding("fault", "static files", text)
    if "look/look.css" not in paths:
        return Finding(
            "fault", "static files", "the site's stylesheet is not among them. Run: collegium build-assets"
        )
    return Finding("ok", "static files", f"{len(paths)} in {root}")


PARTS: dict[str, Callable[[], Iterable[Finding]]] = {
    "settings": settings,
    "database": database,
    "migrations": migrations,
    "mail": mail,
    "storage": storage,
    "cache": cache,
    "time-zones": timezones,
    "static": static,
    "worker": worker,
}


def findings(names: Iterable[str]) -> Iterator[Finding]:
    """The findings of the named parts, in their order; only the settings' where those cannot be read."""
    import django

    try:
        django.setup()
    except SettingsProblem as problem:
        for sentence in problem.problems:
            yield Finding("fault", "settings", sentence)
        return
    for name in names:
        yield from PARTS[name]()


def check(names: Iterable[str], *, faults_only: bool = False) -> int:
    """Print the findings of the named parts; 1 if any of them is a fault, else 0."""
    faults = 0
    for finding in findings(names):
        faults += finding.mark == "fault"
        if finding.mark == "fault" or not faults_only:
            print(finding)
    return 1 if faults else 0
