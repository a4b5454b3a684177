"""The worker: takes ready tasks one by one, until it is told to stop.

Claiming and running is the library's; ours is how a try ends (`retries`), the heartbeat (`heartbeat`) and the
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

from collegium.work import heartbeat, retries, schedule
from collegium.work.timings import TIMINGS, Timings

log = logging.getLogger("collegium.work")
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)


class StopFlag:
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
        retries.succeed(self.row, value)

    def set_failed(self, error: BaseException) -> None:
        retries.fail(self.row, error)


class Worker(db_worker.Worker):
    """The library's worker, which heeds our `StopFlag` and hands every task on as a `Claim`."""

    def __init__(self, *, worker_id: str, once: bool, poll: float, stop_flag: StopFlag) -> None:
        self.stop_flag = stop_flag
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
        return not self.stop_flag

    @running.setter
    def running(self, value: bool) -> None:
        """The library starts with True; only `StopFlag` can end the run."""

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


def run(*, once: bool = False, stop: threading.Event | None = None, timings: Timings = TIMINGS) -> None:
    """Work until told to stop, by a signal (in the main thread) or by `stop`; the running task is finished.

    `once` runs everything that is ready and returns; it leaves the daily schedule alone, and a database
    that does not answer raises OperationalError, where a worker that stays waits and asks again.
    """
    stop_flag = StopFlag(stop)
    with _heeding_signals(stop_flag):
        while not stop_flag:
            try:
                _shift(once=once, stop_flag=stop_flag, timings=timings)
            except OperationalError:
                if once:
                    raise
                log.exception("The database did not answer. Asking again in %s s.", timings.away)
                _sleep(timings.away, stop_flag)
            if once:
                return


def _shift(*, once: bool, stop_flag: StopFlag, timings: Timings) -> None:
    # Each shift is a worker of its own: what the one before left running is reaped like anybody's.
    duties: list[heartbeat.Duty] = [lambda: retries.reap(gone=timings.gone)]
    if not once:
        duties.append(schedule.enqueue_due)
    for duty in duties:
        duty()
    with heartbeat.running_heartbeat(every=timings.beat, duties=duties) as worker_id:
        log.info("Worker %s starts.", worker_id)
        worker = Worker(worker_id=worker_id, once=once, poll=timings.poll, stop_flag=stop_flag)
        worker.run_within() if once and connection.in_atomic_block else worker.run()
        log.info("Worker %s stops.", worker_id)


def _sleep(seconds: float, stop_flag: StopFlag) -> None:
    until = time.monotonic() + seconds
    while not stop_flag and time.monotonic() < until:
        time.sleep(0.1)


@contextmanager
def _heeding_signals(stop_flag: StopFlag) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, _stopper(stop_flag)) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _stopper(stop_flag: StopFlag) -> Any:
    def on_signal(number: int, frame: FrameType | None) -> None:
        if stop_flag.signalled:
            raise SystemExit(1)
        stop_flag.signalled = True

    return on_signal
