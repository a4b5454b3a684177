"""Uploads in an object store that speaks S3 (`STORAGE_URL=s3://…`), through django-storages.

Readers never meet the store: addresses are our own, and what may be seen is asked of us. See
docs/decisions/0015-uploads-in-an-object-store.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import uuid4

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from collegium.config.env import Bucket

CHUNK_SIZE = 64 * 1024
IN_MEMORY = 4 * 1024**2  #: bytes of an opened file that are kept in memory; a larger one goes to the disk


class StorageError(OSError):
    """The object store does not answer, or refuses. Says what it said."""


@contextmanager
def _as_disk_errors() -> Iterator[None]:
    """Turn errors of the store into those of a disk, which Wagtail expects."""
    try:
        yield
    except ClientError as error:
        details = error.response.get("Error", {})
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404 and "Bucket" not in (
            code := details.get("Code", "")
        ):
            raise FileNotFoundError(f"not in the store ({code})") from error
        raise StorageError(f"{details.get('Code')}: {details.get('Message')}") from error
    except (BotoCoreError, Boto3Error) as error:
        raise StorageError(str(error)) from error


def options(bucket: Bucket) -> dict[str, Any]:
    """The options of django-storages for `bucket`."""
    own = {"access_key": bucket.key, "secret_key": bucket.secret, "security_token": None}
    return {
        "bucket_name": bucket.name,
        "location": bucket.prefix,
        "endpoint_url": bucket.endpoint,
        # Servers other than Amazon's seldom care, and signing needs one.
        "region_name": bucket.region or ("us-east-1" if bucket.endpoint else None),
        "file_overwrite": False,  # two uploads of one name are two files
        "max_memory_size": IN_MEMORY,
        "client_config": Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if bucket.endpoint else "auto"},
            connect_timeout=5,
            read_timeout=30,
            retries={"mode": "standard", "max_attempts": 3},
            # Not every server knows the checksums that newer clients send.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
        **(own if bucket.key else {}),
    }


class BucketStorage(S3Storage):
    """The files of `settings.BUCKET`, under our own addresses. Every fault of the store is an `OSError`.

    It takes no arguments: django-tasks serialises how a storage was made.
    """

    def __init__(self) -> None:
        self.bucket_config: Bucket = settings.BUCKET
        super().__init__(**options(self.bucket_config))

    def url(self, name: str, *_: Any, **__: Any) -> str:
        """The address at which we serve it; what is not served there is not found there."""
        return settings.MEDIA_URL + filepath_to_uri(name).lstrip("/")

    def stream(self, name: str, first: int = 0, count: int | None = None) -> Iterator[bytes]:
        """The bytes from `first` on, `count` of them or all, in pieces; nothing else is fetched."""
        if count == 0:
            return
        last = "" if count is None else first + count - 1
        asked = {"Range": f"bytes={first}-{last}"} if first or count else {}
        with _as_disk_errors():
            body = self._object(name).get(**asked)["Body"]
            try:
                yield from body.iter_chunks(CHUNK_SIZE)
            finally:
                body.close()

    def stat(self, name: str) -> tuple[int, datetime]:
        """Bytes, and when they were written; asked once."""
        with _as_disk_errors():
            found = self._object(name)
            return found.content_length, found.last_modified

    def probe(self) -> None:
        """Write a file, read it and take it away again, or raise what went wrong."""
        name = f"collegium-check-{uuid4().hex}.txt"
        kept = self.save(name, ContentFile(b"collegium"))
        try:
            if b"".join(self.stream(kept)) != b"collegium":
                raise StorageError("what was read is not what was written")
        finally:
            self.delete(kept)

    def _object(self, name: str) -> Any:
        return self.bucket.Object(self._normalize_name(name))

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _as_disk_errors():
            opened = super()._open(name, mode)
            if "r" in mode:
                _ = opened.file  # fetched now, so that a fault is met here
        return opened

    def _save(self, name: str, content: Any) -> str:
        with _as_disk_errors():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with _as_disk_errors():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _as_disk_errors():
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        return self.stat(name)[0]

    def get_modified_time(self, name: str) -> datetime:
        return self.stat(name)[1]
