"""A worker's heartbeat: a row that it renews, so that others know that it lives and whether it works.

Nothing that goes wrong in a beat ends the worker: a database that is away, or locked, is asked again at the
next beat.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from secrets import token_hex

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from collegium.work.models import Worker
from collegium.work.time_limit import TimeLimitExceeded, time_limit

log = logging.getLogger("collegium.work")
Duty = Callable[[], object]
LONGEST_DUTY = 30.0  #: seconds


def new_worker() -> Worker:
    """A row for this process, not yet written."""
    host, pid = socket.gethostname(), os.getpid()
    return Worker(pk=f"{host[:40]}-{pid}-{token_hex(4)}", host=host[:255], pid=pid)


def beat(worker: Worker, *, working_at: datetime | None = None) -> None:
    """Renew the worker's row, or write it (again). `working_at` is its last sign of work, or now."""
    worker.beat = timezone.now()
    worker.working_at = working_at or worker.beat
    times = {"beat": worker.beat, "working_at": worker.working_at}
    if not Worker.objects.filter(pk=worker.pk).update(**times):
        worker.save(force_insert=True)


def leave(worker: Worker) -> None:
    """Delete the row. One that cannot be deleted goes silent and counts as gone soon."""
    with suppress(DatabaseError, InterfaceError):
        Worker.objects.filter(pk=worker.pk).delete()


def survive(duty: Duty) -> bool:
    """Do `duty`; log what goes wrong and start with a new connection next time. Whether it went well."""
    try:
        with time_limit(LONGEST_DUTY):
            duty()
    except (Exception, TimeLimitExceeded):
        log.exception("A periodic duty of the worker failed; it is tried again at the next beat.")
        if not connection.in_atomic_block:
            connection.close()
        return False
    return True


@contextmanager
def beating(*, every: float, duties: list[Duty]) -> Iterator[str]:
    """Keep a worker's row alive inside the block, by a thread; the block is given the worker's identifier.

    Duties are done at each beat. Inside a transaction of the caller nobody else can see the row: it is
    written, but no thread beats.
    """
    worker = new_worker()
    beat(worker)
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
        leave(worker)


def _beat_until(ended: threading.Event, worker: Worker, every: float, duties: list[Duty]) -> None:
    rounds: list[Duty] = [lambda: beat(worker), *duties]
    try:
        while not ended.wait(every):
            for duty in rounds:
                survive(duty)
    finally:
        connection.close()
