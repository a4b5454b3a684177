"""Takes ready tasks one by one and runs them in this process.

`django_tasks_db` runs a task; the loop, the end of a try (`retries`) and the time limit are ours.
"""

import logging
import time
from typing import Any, cast

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction, is_locked_database_exception

from collegium.work import retries
from collegium.work.activity import Activity
from collegium.work.attempts import plan_of
from collegium.work.stop_flag import StopFlag
from collegium.work.time_limit import time_limit

log = logging.getLogger("collegium.work")
_NAP = 0.2  #: seconds between two looks at the stop flag


class Claim:
    """A task that this process has taken. Its result is written by `retries`."""

    def __init__(self, row: DBTaskResult) -> None:
        self.row = row

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)

    def set_successful(self, value: Any) -> None:
        retries.succeed(self.row, value)

    def set_failed(self, error: BaseException) -> None:
        try:
            retries.fail(self.row, error)
        except (OperationalError, InterfaceError):
            # The connection broke during the task: the failure is written through a new one.
            if connection.in_atomic_block:
                raise
            connection.close()
            retries.fail(self.row, error)


class Worker(db_worker.Worker):
    """Runs tasks of every queue until it is told to stop, or until none is ready if `once`."""

    def __init__(
        self, *, worker_id: str, once: bool, poll: float, stop: StopFlag, activity: Activity
    ) -> None:
        self.stop, self.activity = stop, activity
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

    def run(self) -> None:
        """Raises the database's error where the queue cannot be asked."""
        while not self.stop:
            _drop_old_connections()
            row = self._next()
            self.activity.looked()
            if row:
                self.run_task(row)
            elif self.batch:
                return
            else:
                self._wait()

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Run the task within its time limit and write how it ended."""
        limit = plan_of(db_task_result.task_path).limit
        self.activity.begin(db_task_result.pk, limit=limit)
        with time_limit(limit):
            super().run_task(cast(DBTaskResult, Claim(db_task_result)))
        self.activity.end()

    def _next(self) -> DBTaskResult | None:
        try:
            return self._claim()
        except OperationalError as error:
            if self.batch or not is_locked_database_exception(error):
                raise
            return None  # SQLite: somebody writes for long, so we look again

    def _claim(self) -> DBTaskResult | None:
        with exclusive_transaction():
            row = DBTaskResult.objects.ready().filter(backend_name=self.backend_name).get_locked()
            if row:
                row.claim(self.worker_id)
        return row

    def _wait(self) -> None:
        until = time.monotonic() + self.interval
        while not self.stop and (rest := until - time.monotonic()) > 0:
            time.sleep(min(rest, _NAP))


def _drop_old_connections() -> None:
    # Inside a transaction of the caller (a test, a script) the connection is not ours to close.
    if not connection.in_atomic_block:
        close_old_connections()
