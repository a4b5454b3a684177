"""What is in the file: a description, the database, the uploads, and what each of them holds."""

import io
import json
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from django.db import connection
from django.utils import timezone

from collegium.intake.backup import databases, uploads
from collegium.intake.backup.container import Reader, Writer
from collegium.intake.backup.errors import damaged

_DATABASE, _UPLOADS = "database/", "uploads/"
_SPOOLED = 8 << 20
Digests = dict[str, list[Any]]


@dataclass
class Description:
    """Stands at the beginning: what is needed to restore."""

    vendor: str
    migrations: list[list[str]]
    created: str
    version: str


@dataclass
class Contents:
    """Stands at the end: what the site held."""

    tables: Digests = field(default_factory=dict)
    uploads: Digests = field(default_factory=dict)

    def differences(self, other: "Contents") -> list[str]:
        """The tables and files in which both differ."""
        return [
            name
            for mine, theirs in ((self.tables, other.tables), (self.uploads, other.uploads))
            for name in sorted(mine.keys() | theirs.keys())
            if mine.get(name) != theirs.get(name)
        ]


def describe() -> Description:
    """The description of this site now."""
    created = timezone.now().isoformat(timespec="seconds")
    return Description(connection.vendor, databases.applied_migrations(), created, version("collegium"))


def write(writer: Writer) -> Contents:
    """Write the site. The database is copied first, so that every file that it names is stored already."""
    contents = Contents()
    with tarfile.open(fileobj=writer, mode="w|gz") as tar, tempfile.TemporaryDirectory() as folder:  # type: ignore[call-overload]
        _add_json(tar, "description.json", asdict(describe()))
        with databases.snapshot(Path(folder)) as (names, contents.tables):
            for name in names:
                tar.add(Path(folder) / name, arcname=_DATABASE + name)
        for name in uploads.names():
            # Whoever deletes a file meanwhile deletes its record too; what else is missing, --verify says.
            with suppress(FileNotFoundError):
                contents.uploads[name] = _add_upload(tar, name)
        _add_json(tar, "contents.json", asdict(contents))
    writer.close()
    return contents


def _add_json(tar: tarfile.TarFile, name: str, value: dict[str, Any]) -> None:
    data = json.dumps(value).encode()
    member = tarfile.TarInfo(name)
    member.size = len(data)
    tar.addfile(member, io.BytesIO(data))


def _add_upload(tar: tarfile.TarFile, name: str) -> list[Any]:
    with tempfile.SpooledTemporaryFile(_SPOOLED) as spooled:
        digest = uploads.copy(name, spooled)
        member = tarfile.TarInfo(_UPLOADS + name)
        member.size = digest[0]
        spooled.seek(0)
        tar.addfile(member, spooled)
    return digest


@contextmanager
def opened(path: Path, *, passphrase: str) -> Iterator[tuple[Description, tarfile.TarFile]]:
    """The description, and the rest to be read in order."""
    with path.open("rb") as file:
        reader = Reader(file, name=path.name, passphrase=passphrase)
        try:
            with tarfile.open(fileobj=reader, mode="r|gz") as tar:  # type: ignore[call-overload]
                yield Description(**_json(tar, tar.next(), path)), tar
        except (tarfile.TarError, TypeError, EOFError) as fault:
            raise damaged(path.name, str(fault)) from fault


def extract(tar: tarfile.TarFile, path: Path, folder: Path) -> tuple[list[str], Contents]:
    """Put the database's files into `folder`, store the uploads; the files' names and what was promised."""
    names: list[str] = []
    while member := tar.next():
        if member.name == "contents.json":
            return names, Contents(**_json(tar, member, path))
        source = tar.extractfile(member)
        if source is None or ".." in PurePosixPath(member.name).parts:
            raise damaged(path.name, f"it holds {member.name}")
        if member.name.startswith(_UPLOADS):
            uploads.store(member.name.removeprefix(_UPLOADS), source)
        else:
            names.append(PurePosixPath(member.name).name)
            with (folder / names[-1]).open("wb") as target:
                while part := source.read(1 << 20):
                    target.write(part)
    raise damaged(path.name, "it has no table of contents")


def _json(tar: tarfile.TarFile, member: tarfile.TarInfo | None, path: Path) -> dict[str, Any]:
    source = tar.extractfile(member) if member else None
    if source is None:
        raise damaged(path.name, "it is empty")
    value: dict[str, Any] = json.loads(source.read())
    return value


def present_contents() -> Contents:
    """What this site holds now."""
    held = Contents(databases.digests())
    with tempfile.TemporaryFile() as nowhere:
        for name in uploads.names():
            nowhere.seek(0)
            held.uploads[name] = uploads.copy(name, nowhere)
    return held
