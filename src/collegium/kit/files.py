"""Uploads as they are sent to readers: in pieces, from a disk as from an object store."""

from collections.abc import Iterator

from django.core.files.storage import default_storage

A_PIECE = 64 * 1024


def pieces(name: str, first: int, count: int) -> Iterator[bytes]:
    """`count` bytes of the upload `name` from `first` on. A store that can is asked for these alone."""
    if hasattr(default_storage, "stream"):
        return iter(default_storage.stream(name, first, count))
    return _read(name, first, count)


def _read(name: str, first: int, count: int) -> Iterator[bytes]:
    with default_storage.open(name) as file:
        file.seek(first)
        while count and (piece := file.read(min(A_PIECE, count))):
            count -= len(piece)
            yield piece
