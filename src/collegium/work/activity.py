"""What a task process is doing, in memory that it shares with its parent.

The parent reads it without the database: a task can hang just because the database does not answer. Times are
seconds of the machine's monotonic clock, which all processes share.
"""

import mmap
import struct
import time
from dataclasses import dataclass
from uuid import UUID

_LAYOUT = struct.Struct("ddd16s")


@dataclass(frozen=True)
class Snapshot:
    """`task` runs since `since` and may take `limit` seconds; without a task the process waits for one."""

    looked: float  #: when it last asked the queue
    task: UUID | None = None
    since: float = 0.0
    limit: float = 0.0

    def busy_for(self, now: float) -> float:
        """Seconds that the present task has run; 0 without a task."""
        return now - self.since if self.task else 0.0

    def is_overdue(self, now: float, *, grace: float = 0.0) -> bool:
        """Whether the present task runs longer than it may."""
        return self.task is not None and self.busy_for(now) > self.limit + grace


class Activity:
    """Written by one task process, read by its parent."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _LAYOUT.size)
        self._write(looked=time.monotonic())

    def looked(self) -> None:
        """The queue has just answered."""
        self._write(looked=time.monotonic())

    def begin(self, task: UUID, *, limit: float) -> None:
        """The process runs `task` from now on."""
        now = time.monotonic()
        self._write(looked=now, since=now, limit=limit, task=task.bytes)

    def end(self) -> None:
        """The task is over."""
        self._write(looked=time.monotonic())

    def snapshot(self) -> Snapshot:
        """What the process is doing now, or was doing when it ended."""
        looked, since, limit, task = _LAYOUT.unpack(self._memory[:])
        if not since:
            return Snapshot(looked)
        return Snapshot(looked, UUID(bytes=task), since, limit)

    def _write(self, *, looked: float, since: float = 0.0, limit: float = 0.0, task: bytes = b"") -> None:
        self._memory[:] = _LAYOUT.pack(looked, since, limit, task)
