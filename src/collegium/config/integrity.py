"""Whether the site is whole: its database undamaged, its pages and uploaded files there."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, connection
from django_tasks import task

LISTED = 3  #: missing files that are named


def damage() -> str:
    """What SQLite finds broken in its file; empty where it finds nothing. PostgreSQL has no such question."""
    if connection.vendor != "sqlite":
        return ""
    try:
        with connection.cursor() as cursor:
            report = str(cursor.execute("PRAGMA quick_check(1)").fetchone()[0])
    except DatabaseError as fault:
        report = str(fault)
    return "" if report == "ok" else report.splitlines()[-1]


def note_damage() -> str:
    """Look for damage, and note it where /readyz reads it."""
    found = damage()
    if found:
        _note().write_text(found, encoding="utf-8")
    else:
        _note().unlink(missing_ok=True)
    return found


@task()
def look_for_damage() -> None:
    """Each night, since a large file takes long."""
    note_damage()


def _note() -> Path:
    return Path(settings.VAR) / "damaged-database"


def lack() -> str:
    """What a site must have to serve readers and has not, by questions that cost little."""
    if _note().exists():
        return "the database is damaged"
    if not has_pages():
        return "the database has no pages"
    if _uploads_are_gone():
        return "the uploaded files are missing"
    return ""


def has_pages() -> bool:
    """Whether the tables hold a site and its first page, which every installation has from its beginning."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM wagtailcore_site), EXISTS (SELECT 1 FROM wagtailcore_page)"
        )
        return all(cursor.fetchone())


def _uploads_are_gone() -> bool:
    """Whether the folder of uploads is empty or gone though there are pictures: perhaps it is not mounted."""
    if not isinstance(default_storage, FileSystemStorage):
        return False
    folder = Path(settings.MEDIA_ROOT)
    if folder.is_dir() and any(folder.iterdir()):
        return False
    return bool(upload_names())


def upload_names() -> list[str]:
    """The names of all uploaded pictures and documents."""
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model

    models = (get_image_model(), get_document_model())
    return [name for model in models for name in model._default_manager.values_list("file", flat=True)]


def missing_uploads() -> list[str]:
    """The uploaded files that are not in the folder of uploads. An object store is not asked for each."""
    if not isinstance(default_storage, FileSystemStorage):
        return []
    return sorted(name for name in upload_names() if not default_storage.exists(name))
