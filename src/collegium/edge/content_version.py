"""The content version: a number in a file that all processes of a machine map into their memory.

Each public change raises it; a response made under an older number is stale. The file also holds a random
name of this machine, so that it ignores its own notifications, and the time of the last raise.
"""

import fcntl
import mmap
import os
import secrets
import struct
import time
from pathlib import Path

_LAYOUT = struct.Struct("=QQQ")  # number, name of the machine, nanoseconds since 1970 of the last raise


class ContentVersion:
    """The content version in `file`, which is created if missing. Reading costs no system call."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._begin()
        self._map = mmap.mmap(self._handle, _LAYOUT.size)
        # Aligned words: a reader sees the old number or the new one, never half of each.
        self._words = memoryview(self._map).cast("Q")

    def _begin(self) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        try:
            if os.fstat(self._handle).st_size < _LAYOUT.size:
                name = secrets.randbits(63)
                os.pwrite(self._handle, _LAYOUT.pack(1, name, time.time_ns()), 0)
        finally:
            fcntl.flock(self._handle, fcntl.LOCK_UN)

    def read(self) -> int:
        """The number now."""
        return self._words[0]

    def increment(self) -> int:
        """Raise the number by one, safely among processes; return the new number."""
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        try:
            self._words[2] = time.time_ns()
            self._words[0] += 1
            return self._words[0]
        finally:
            fcntl.flock(self._handle, fcntl.LOCK_UN)

    @property
    def machine(self) -> str:
        """The name of this machine among those that share a database."""
        return f"{self._words[1]:x}"

    def age(self) -> float:
        """Seconds since the number was last raised."""
        return (time.time_ns() - self._words[2]) / 1e9

    def close(self) -> None:
        self._words.release()
        self._map.close()
        os.close(self._handle)
