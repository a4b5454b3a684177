"""Imports files of a content pack as Wagtail images and documents; the same bytes only once."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from collegium.kit.packs import PackContents


def import_image(name: str, contents: PackContents, title: str) -> Any:
    """The image with the bytes of `files/NAME` in the pack, created if there is none."""
    return _import(get_image_model(), name, contents, title)


def import_document(name: str, contents: PackContents, title: str) -> Any:
    """As `import_image`, for a document."""
    return _import(get_document_model(), name, contents, title)


def is_image(path: Path) -> bool:
    """Whether the file is an image in a format that browsers show."""
    try:
        with Image.open(path, formats=["AVIF", "GIF", "JPEG", "PNG", "WEBP"]) as picture:
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True


def _import(model: Any, name: str, contents: PackContents, title: str) -> Any:
    path = contents.files[f"files/{name}"]
    collection = _collection(contents)
    # By its bytes, because storage may change the name.
    existing = model.objects.filter(collection=collection, file_hash=_hash(path)).order_by("pk").first()
    return existing or _create(model, path, title, collection)


def _create(model: Any, path: Path, title: str, collection: Collection) -> Any:
    record = model(title=title[:255], collection=collection)
    record.file = ContentFile(path.read_bytes(), name=path.name)
    record.file_size, record.file_hash = path.stat().st_size, _hash(path)
    record.full_clean(exclude=["tags"])
    record.save()
    return record


def _hash(path: Path) -> str:
    """SHA-1 in hexadecimal, as Wagtail stores it."""
    return hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()


def _collection(contents: PackContents) -> Collection:
    """The collection of the pack's files, named after the pack."""
    root = Collection.get_first_root_node()
    title = contents.pack["title"][:255]
    return root.get_children().filter(name=title).first() or root.add_child(name=title)
