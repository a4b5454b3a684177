"""Files of a pack become pictures and documents of the library; the same file is not taken in twice."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from collegium.kit.packs import PackContents


def image_of(name: str, contents: PackContents, title: str) -> Any:
    """The picture `files/NAME` of the pack, taken in where its very bytes are not there yet."""
    return _taken_in(get_image_model(), name, contents, title)


def document_of(name: str, contents: PackContents, title: str) -> Any:
    """As `image_of`, for a document."""
    return _taken_in(get_document_model(), name, contents, title)


def is_picture(path: Path) -> bool:
    """Whether the file holds a picture of a kind that browsers show."""
    try:
        with Image.open(path, formats=["AVIF", "GIF", "JPEG", "PNG", "WEBP"]) as picture:
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True


def _taken_in(model: Any, name: str, contents: PackContents, title: str) -> Any:
    path = contents.files[f"files/{name}"]
    collection = _collection(contents)
    # The name is no part of it: storage may have changed that. Other bytes are another file.
    found = model.objects.filter(collection=collection, file_hash=_hash(path)).order_by("pk").first()
    return found or _made(model, path, title, collection)


def _made(model: Any, path: Path, title: str, collection: Collection) -> Any:
    record = model(title=title[:255], collection=collection)
    record.file = ContentFile(path.read_bytes(), name=path.name)
    record.file_size, record.file_hash = path.stat().st_size, _hash(path)
    record.full_clean(exclude=["tags"])
    record.save()
    return record


def _hash(path: Path) -> str:
    """As the library reckons it: SHA-1, in hexadecimal."""
    return hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()


def _collection(contents: PackContents) -> Collection:
    """Where the files of the pack stand, called as the pack is."""
    root = Collection.get_first_root_node()
    title = contents.pack["title"][:255]
    return root.get_children().filter(name=title).first() or root.add_child(name=title)
