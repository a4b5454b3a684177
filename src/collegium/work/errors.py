"""Refusals of the room, and the errors of tasks whose process is gone."""

import signal

from collegium.kit.errors import Refusal


class FailedJobClosed(Refusal):
    """Somebody has already retried or discarded this job."""

    code = "work.failed_job_closed"

    def __init__(self, *, outcome: str, closed_by: str) -> None:
        super().__init__(
            f"This job has already been {outcome}, so nothing was done. "
            "If it fails again, it appears here again.",
            outcome=outcome,
            closed_by=closed_by,
        )


class WorkerGone(Exception):
    """The worker that ran the task stopped in the middle of it."""

    def __init__(self, worker: str) -> None:
        super().__init__(f"Worker {worker or 'unknown'} stopped before it finished the task.")


class TaskProcessEnded(Exception):
    """The process that ran the task ended in the middle of it."""

    def __init__(self, code: int) -> None:
        how = f"by signal {signal.Signals(-code).name}" if code < 0 else f"with code {code}"
        super().__init__(f"The process ended {how} before it finished the task.")
