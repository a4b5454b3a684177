"""The task processes of one worker: enough of them, none hung, none mourned for long.

One process takes tasks. When its task runs longer than the worker's patience, another process takes its place
at the queue, so that a hung task does not hold the others up. A process that exceeds its task's time limit is
killed, and what it was doing is settled at once.
"""

import logging
import signal
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.utils import timezone

from collegium.work import retries, task_process
from collegium.work.errors import TaskProcessEnded
from collegium.work.heartbeat import survive
from collegium.work.task_process import TaskProcess
from collegium.work.time_limit import TimeLimitExceeded
from collegium.work.timings import Timings

log = logging.getLogger("collegium.work")


@dataclass(frozen=True)
class Loss:
    """A task whose process is dead, until the database has heard of it."""

    task: UUID
    error: BaseException


class Pool:
    """Starts, watches and ends the task processes of the worker `worker_id`."""

    def __init__(self, *, worker_id: str, timings: Timings) -> None:
        self.worker_id, self.timings = worker_id, timings
        self.processes: list[TaskProcess] = []
        self.losses: list[Loss] = []
        self._not_before = 0.0

    def watch(self) -> None:
        """Kill what exceeds its limit, note what has ended, and tell the database."""
        self._kill_overdue()
        self._collect_ended()
        self.losses = [loss for loss in self.losses if not survive(partial(self._settle, loss))]

    def staff(self) -> None:
        """Have one process at the queue, besides those with a long task."""
        now = time.monotonic()
        serving = [process for process in self.processes if not process.stopping]
        at_queue = [p for p in serving if p.snapshot().busy_for(now) <= self.timings.patience]
        if not at_queue and len(self.processes) < self.timings.processes and now >= self._not_before:
            self.processes.append(task_process.start(worker_id=self.worker_id, poll=self.timings.poll))
        idle = [process for process in at_queue if process.snapshot().task is None]
        for surplus in idle[1:]:
            surplus.send(signal.SIGTERM)

    def stop(self) -> None:
        """Tell every process to stop: the first time after its task, the second time at once."""
        for process in self.processes:
            process.send(signal.SIGTERM)

    def worked_at(self) -> datetime:
        """The last sign of work of any process: it asked the queue, or runs a task within its limit."""
        now = time.monotonic()
        quiet = [_quiet_for(process, now) for process in self.processes]
        return timezone.now() - timedelta(seconds=min(quiet, default=now))

    def _kill_overdue(self) -> None:
        now = time.monotonic()
        for process in self.processes:
            seen = process.snapshot()
            is_stuck = seen.task is None and now - seen.looked > self.timings.stuck
            if is_stuck or seen.is_overdue(now, grace=self.timings.grace):
                process.send(signal.SIGKILL)

    def _collect_ended(self) -> None:
        for process in list(self.processes):
            code = process.wait()
            if code is None:
                continue
            self.processes.remove(process)
            seen = process.snapshot()
            if seen.task is not None:
                self.losses.append(Loss(seen.task, _cause(process, code)))
            elif code:
                self._not_before = time.monotonic() + self.timings.away

    def _settle(self, loss: Loss) -> None:
        retries.abandon(loss.task, worker=self.worker_id, error=loss.error)


def _quiet_for(process: TaskProcess, now: float) -> float:
    seen = process.snapshot()
    return 0.0 if seen.task and not seen.is_overdue(now) else now - seen.looked


def _cause(process: TaskProcess, code: int) -> BaseException:
    seen = process.snapshot()
    if code == -signal.SIGKILL and seen.is_overdue(time.monotonic()):
        return TimeLimitExceeded(seen.limit)
    return TaskProcessEnded(code)
