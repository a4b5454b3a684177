"""Sends uploads to readers in chunks, from the disk or from an object store."""

from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import default_storage
from django.http import StreamingHttpResponse

CHUNK_SIZE = 64 * 1024


class UploadResponse(StreamingHttpResponse):
    """`count` bytes of the upload `name` from `first` on. `path` is its file if it is on this machine."""

    def __init__(self, name: str, first: int, count: int, *, content_type: str) -> None:
        super().__init__(iter_chunks(name, first, count), content_type=content_type)
        self.first = first
        self.path = _path(name)


def _path(name: str) -> Path | None:
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:
        return None


def iter_chunks(name: str, first: int, count: int) -> Iterator[bytes]:
    """`count` bytes of the upload `name` from `first` on. An object store sends only these bytes."""
    if hasattr(default_storage, "stream"):
        return iter(default_storage.stream(name, first, count))
    return _read(name, first, count)


def _read(name: str, first: int, count: int) -> Iterator[bytes]:
    with default_storage.open(name) as file:
        file.seek(first)
        while count and (chunk := file.read(min(CHUNK_SIZE, count))):
            count -= len(chunk)
            yield chunk
