"""The worker: takes ready tasks one by one, until it is told to stop.

Claiming and running is the library's; ours is how a try ends (`settling`), the heartbeat (`pulse`) and the
daily schedule. SIGTERM and SIGINT let the running task finish; the second of them stops it at once, and the
task is ready again for another worker.
"""

import logging
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, cast

from django.db import OperationalError, connection, transaction
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from collegium.work import pulse, schedule, settling
from collegium.work.pace import PACE, Pace

log = logging.getLogger("collegium.work")
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)


class Halt:
    """Whether the worker was told to stop, by its caller or by a signal.

    The signal sets a plain flag: an event's lock could be held by the very code that the signal interrupts.
    """

    def __init__(self, stop: threading.Event | None) -> None:
        self.stop = stop or threading.Event()
        self.signalled = False

    def __bool__(self) -> bool:
        return self.signalled or self.stop.is_set()


class Claim:
    """A task that this worker has taken, whose end is settled in our way."""

    def __init__(self, row: DBTaskResult) -> None:
        self.row = row

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)

    def set_successful(self, value: Any) -> None:
        settling.succeed(self.row, value)

    def set_failed(self, error: BaseException) -> None:
        settling.fail(self.row, error)


class Hand(db_worker.Worker):
    """The library's worker, which heeds our `Halt` and hands every task on as a `Claim`."""

    def __init__(self, *, worker_id: str, once: bool, poll: float, halt: Halt) -> None:
        self.halt = halt
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=poll,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
        )

    @property
    def running(self) -> bool:
        return not self.halt

    @running.setter
    def running(self, value: bool) -> None:
        """The library starts with True; only `Halt` can end the run."""

    def run_within(self) -> None:
        """Run all that is ready in the caller's transaction, whose connection the library would close."""
        while self.running and (row := self._claim()):
            self.run_task(row)

    @transaction.atomic
    def _claim(self) -> DBTaskResult | None:
        row = DBTaskResult.objects.ready().filter(backend_name=self.backend_name).get_locked()
        if row:
            row.claim(self.worker_id)
        return row

    def run_task(self, db_task_result: DBTaskResult) -> None:
        super().run_task(cast(DBTaskResult, Claim(db_task_result)))


def run(*, once: bool = False, stop: threading.Event | None = None, pace: Pace = PACE) -> None:
    """Work until told to stop, by a signal (in the main thread) or by `stop`; the running task is finished.

    `once` runs everything that is ready and returns; it leaves the daily schedule alone, and a database
    that does not answer raises OperationalError, where a worker that stays waits and asks again.
    """
    halt = Halt(stop)
    with _heeding_signals(halt):
        while not halt:
            try:
                _shift(once=once, halt=halt, pace=pace)
            except OperationalError:
                if once:
                    raise
                log.exception("The database did not answer. Asking again in %s s.", pace.away)
                _sleep(pace.away, halt)
            if once:
                return


def _shift(*, once: bool, halt: Halt, pace: Pace) -> None:
    # Each shift is a worker of its own: what the one before left running is reaped like anybody's.
    chores: list[pulse.Chore] = [lambda: settling.reap(gone=pace.gone)]
    if not once:
        chores.append(schedule.enqueue_due)
    for chore in chores:
        chore()
    with pulse.beating(every=pace.beat, chores=chores) as worker_id:
        log.info("Worker %s starts.", worker_id)
        hand = Hand(worker_id=worker_id, once=once, poll=pace.poll, halt=halt)
        hand.run_within() if once and connection.in_atomic_block else hand.run()
        log.info("Worker %s stops.", worker_id)


def _sleep(seconds: float, halt: Halt) -> None:
    until = time.monotonic() + seconds
    while not halt and time.monotonic() < until:
        time.sleep(0.1)


@contextmanager
def _heeding_signals(halt: Halt) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, _stopper(halt)) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _stopper(halt: Halt) -> Any:
    def on_signal(number: int, frame: FrameType | None) -> None:
        if halt.signalled:
            raise SystemExit(1)
        halt.signalled = True

    return on_signal
