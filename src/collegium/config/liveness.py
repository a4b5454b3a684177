"""Web workers show that they live; the supervisor kills those that no longer do, and others take their place.

Each worker writes the time into a file of its own, which it keeps locked. A locked file belongs to a living
process, so its number can be trusted.
"""

import faulthandler
import fcntl
import logging
import os
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

log = logging.getLogger("collegium.serve")

EVERY = 2.0  #: seconds between two signs of life
SILENT = 30.0  #: seconds without a sign of life after which a worker is killed
STUCK = 90.0  #: seconds; the edge waits for 60. Where all threads took longer, the worker is stuck
_PREFIX = "worker-"


def is_stuck(requests: Mapping[int, float], now: float, threads: int) -> bool:
    """Whether all `threads` answer requests that began long ago; `requests` holds when, for each thread."""
    begun = list(requests.values())
    return len(begun) >= threads and max(begun) < now - STUCK


def track_requests() -> Mapping[int, float]:
    """When the request began that each thread of this process answers."""
    from django.core.signals import request_finished, request_started

    begun: dict[int, float] = {}

    def on_start(**kwargs: object) -> None:
        begun[threading.get_ident()] = time.monotonic()

    def on_finish(**kwargs: object) -> None:
        begun.pop(threading.get_ident(), None)

    request_started.connect(on_start, weak=False)
    request_finished.connect(on_finish, weak=False)
    return begun


def show(folder: Path, threads: int) -> None:
    """Give signs of life from this web worker, in `folder`, until all its `threads` are stuck."""
    handle = os.open(
        folder / f"{_PREFIX}{os.getpid()}", os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600
    )
    fcntl.flock(handle, fcntl.LOCK_EX)
    _sign(handle)
    threading.Thread(target=_keep_signing, args=(handle, track_requests(), threads), daemon=True).start()


def _keep_signing(handle: int, requests: Mapping[int, float], threads: int) -> None:
    while not is_stuck(requests, time.monotonic(), threads):
        _sign(handle)
        time.sleep(EVERY)
    log.error("All threads of this web worker are stuck. It will be replaced. What they do:")
    faulthandler.dump_traceback()


def _sign(handle: int) -> None:
    os.pwrite(handle, f"{time.monotonic():020.3f}".encode(), 0)


def silent(folder: Path) -> Iterator[int]:
    """The processes that gave no sign of life for too long. Files of those that ended are deleted."""
    for file in folder.glob(f"{_PREFIX}*"):
        with file.open() as handle:
            signed = handle.read()
            if signed and _is_free(handle):
                file.unlink()
            elif signed and time.monotonic() - float(signed) > SILENT:
                yield int(file.name.removeprefix(_PREFIX))


def _is_free(handle: TextIO) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class Watch:
    """Looks every few seconds for silent workers in `folder`, and kills them."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._due = folder, 0.0

    def step(self) -> None:
        now = time.monotonic()
        if now < self._due:
            return
        self._due = now + EVERY
        for pid in silent(self._folder):
            log.error("a web worker (process %d) gives no sign of life; it is killed and replaced", pid)
            os.kill(pid, signal.SIGKILL)
