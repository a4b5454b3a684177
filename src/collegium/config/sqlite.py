"""SQLite makes an empty file where none is. A site that has lost its file must say so instead."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any


def note_served(note: Path, file: str) -> None:
    """Note that the database `file` is one that a site was served from."""
    note.write_text(file, encoding="utf-8")


def forget(note: Path) -> None:
    """Let the file be made anew, for a restore."""
    note.unlink(missing_ok=True)


def connecting(note: Path) -> Callable[..., sqlite3.Connection]:
    """A factory of connections that refuses to make anew a file that `note` names."""

    def connect(database: str, *args: Any, **kwargs: Any) -> sqlite3.Connection:
        if not Path(database).exists() and _noted(note) == database:
            raise sqlite3.OperationalError(
                f"{database} is missing, though this site was served from it. Put it or a backup back. "
                f"To begin with an empty one, delete {note}"
            )
        return sqlite3.Connection(database, *args, **kwargs)

    return connect


def _noted(note: Path) -> str:
    try:
        return note.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
