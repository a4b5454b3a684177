"""The worker: keeps task processes running, beats, and starts what is due by the clock.

SIGTERM and SIGINT let running tasks finish; the second of them stops them at once, and they are ready again
for another worker. The worker itself runs no task and has no thread, so that no task can hold it up and a
fork is safe.
"""

import logging
import time

from django.db import connection

from collegium.work import heartbeat, retries, schedule
from collegium.work.activity import Activity
from collegium.work.heartbeat import survive
from collegium.work.models import Worker
from collegium.work.pool import Pool
from collegium.work.stop_flag import StopFlag, stop_signals
from collegium.work.task_loop import Worker as TaskLoop
from collegium.work.timings import TIMINGS, Timings

log = logging.getLogger("collegium.work")
_TICK = 0.1  #: seconds


def run(*, once: bool = False, timings: Timings = TIMINGS) -> None:
    """Work until told to stop by a signal.

    `once` runs everything that is ready, in this process, and returns. It leaves the daily schedule alone,
    and raises OperationalError where the database does not answer; a worker that stays asks again.
    """
    if once:
        _run_once(timings)
    else:
        _run(timings)


def _run_once(timings: Timings) -> None:
    retries.reap(gone=timings.gone)
    duties: list[heartbeat.Duty] = [lambda: retries.reap(gone=timings.gone)]
    with (
        stop_signals(second_exits=True) as stop,
        heartbeat.beating(every=timings.beat, duties=duties) as worker_id,
    ):
        loop = TaskLoop(worker_id=worker_id, once=True, poll=timings.poll, stop=stop, activity=Activity())
        loop.run()


def _run(timings: Timings) -> None:
    worker = heartbeat.new_worker()
    pool = Pool(worker_id=worker.pk, timings=timings)
    with stop_signals() as stop:
        log.info("Worker %s starts.", worker.pk)
        _serve(worker, pool, stop, timings)
        _finish(worker, pool, stop, timings)
        heartbeat.leave(worker)
        log.info("Worker %s stops.", worker.pk)
    connection.close()


def _serve(worker: Worker, pool: Pool, stop: StopFlag, timings: Timings) -> None:
    due = 0.0
    while not stop:
        pool.watch()
        if time.monotonic() >= due:
            answered = _do_duties(worker, pool, timings)
            due = time.monotonic() + (timings.beat if answered else timings.away)
        pool.staff()
        time.sleep(_TICK)


def _finish(worker: Worker, pool: Pool, stop: StopFlag, timings: Timings) -> None:
    """Tell the processes to stop, as often as we were told, and beat until they have."""
    told, due = 0, time.monotonic() + timings.beat
    while pool.processes:
        if stop.signals > told:
            told += 1
            pool.stop()
        pool.watch()
        if time.monotonic() >= due:
            survive(lambda: heartbeat.beat(worker, working_at=pool.worked_at()))
            due = time.monotonic() + timings.beat
        time.sleep(_TICK)


def _do_duties(worker: Worker, pool: Pool, timings: Timings) -> bool:
    """Beat first: who is not known to live would lose its tasks. Whether the database answered."""
    return (
        survive(lambda: heartbeat.beat(worker, working_at=pool.worked_at() if pool.processes else None))
        and survive(lambda: retries.reap(gone=timings.gone))
        and survive(schedule.enqueue_due)
    )
