"""A worker's heartbeat: a row that a thread of its own renews, so that a long task keeps beating.

The same thread does the duties that cannot wait for the end of a long task. Nothing that goes wrong in a
round ends the thread: a database that is away, or locked, is asked again at the next beat.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from secrets import token_hex

from django.db import DatabaseError, connection
from django.utils import timezone

from collegium.work.models import Worker

log = logging.getLogger("collegium.work")
Duty = Callable[[], object]


@contextmanager
def running_heartbeat(*, every: float, duties: list[Duty]) -> Iterator[str]:
    """Keep a worker's row alive inside the block, which is given the worker's identifier.

    Chores run at each beat. Inside a transaction of the caller nobody else can see the row: it is written,
    but no thread beats.
    """
    worker = _arrive()
    ended = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(ended, worker, every, duties), daemon=True)
    if not connection.in_atomic_block:
        thread.start()
    try:
        yield worker.pk
    finally:
        ended.set()
        if thread.ident:
            thread.join()
        _leave(worker)


def _arrive() -> Worker:
    host, pid = socket.gethostname(), os.getpid()
    return Worker.objects.create(pk=f"{host[:40]}-{pid}-{token_hex(4)}", host=host[:255], pid=pid)


def _leave(worker: Worker) -> None:
    # A row that cannot be taken away goes silent and counts as gone soon.
    with suppress(DatabaseError):
        Worker.objects.filter(pk=worker.pk).delete()


def _beat_until(ended: threading.Event, worker: Worker, every: float, duties: list[Duty]) -> None:
    rounds: list[Duty] = [lambda: beat(worker), *duties]
    try:
        while not ended.wait(every):
            for duty in rounds:
                _survive(duty)
    finally:
        connection.close()


def beat(worker: Worker) -> None:
    """Renew the worker's row, or write it again where somebody removed it."""
    worker.beat = timezone.now()
    if not Worker.objects.filter(pk=worker.pk).update(beat=worker.beat):
        Worker.objects.create(pk=worker.pk, host=worker.host, pid=worker.pid, started=worker.started)


def _survive(duty: Duty) -> None:
    try:
        duty()
    except Exception:  # a worker whose heart stops loses its task
        log.exception("A round of the worker's heartbeat failed; the next one tries again.")
        connection.close_if_unusable_or_obsolete()
