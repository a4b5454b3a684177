"""The uploads of a backup, wherever they are stored."""

import hashlib
from collections.abc import Iterator
from typing import IO, Any

from django.apps import apps
from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import FileField

Digests = dict[str, list[Any]]  #: name → size, SHA-256
_PART = 1 << 20


def names(folder: str = "") -> Iterator[str]:
    """Every stored file."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        yield from names(f"{folder}{name}/")


def copy(name: str, target: IO[bytes]) -> list[Any]:
    """Copy the file `name` to `target`; its size and digest."""
    content, size = hashlib.sha256(), 0
    with default_storage.open(name) as source:
        while part := source.read(_PART):
            content.update(part)
            size += len(part)
            target.write(part)
    return [size, content.hexdigest()]


def store(name: str, source: IO[bytes]) -> None:
    """Store a file under exactly this name. Raises ValueError where another is there."""
    stored = default_storage.save(name, File(source))
    if stored != name:
        raise ValueError(f"{name} is there already")


def delete_all() -> None:
    """Delete every stored file."""
    for name in list(names()):
        default_storage.delete(name)


def missing() -> list[str]:
    """Files that records name and that are not stored."""
    return sorted(name for name in _named() if not default_storage.exists(name))


def _named() -> set[str]:
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField):
                found |= set(model._base_manager.values_list(field.name, flat=True).distinct())
    return {str(name) for name in found if name}
