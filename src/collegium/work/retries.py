"""How a try at a task ends: it succeeded, it failed, or its process is gone.

The list of workers on the task's row grows with every claim, so it serves as a fence: a worker that was given
up and wakes again finds another list there, and its late result changes nothing.
"""

import logging
from datetime import timedelta
from traceback import format_exception
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.compat import TASK_MIN_PRIORITY, normalize_json
from django_tasks_db.models import DBTaskResult

from collegium.work.attempts import plan_of
from collegium.work.errors import WorkerGone
from collegium.work.models import Attempt, FailedJob, Worker

log = logging.getLogger("collegium.work")


@transaction.atomic
def succeed(row: DBTaskResult, value: Any) -> None:
    """Write down the result of a try, unless the task was given to another worker meanwhile.

    Raises TypeError for a result that JSON cannot hold, before anything is written.
    """
    result = normalize_json(value)
    if _holds(row):
        row.set_successful(result)


@transaction.atomic
def fail(row: DBTaskResult, error: BaseException) -> None:
    """Put the task back for its next try, or record a failed job when its attempts are used up.

    A worker that was told to stop at once has not failed: its task is ready again without a rest.
    """
    if not _holds(row):
        return
    if isinstance(error, SystemExit | KeyboardInterrupt):
        _settle(row, error, Attempt.Outcome.LOST, rests=False)
    else:
        _settle(row, error, Attempt.Outcome.FAILED)


@transaction.atomic
def abandon(task: UUID, *, worker: str, error: BaseException) -> bool:
    """Settle a try whose process is dead, if `worker` still holds the task; whether it did.

    Such a task may kill its process each time. It rests like a failed one and lets all others go first.
    """
    row = DBTaskResult.objects.running().select_for_update().filter(pk=task).first()
    if row is None or _holder(row) != worker:
        return False
    row.priority = TASK_MIN_PRIORITY
    _settle(row, error, Attempt.Outcome.LOST)
    return True


def reap(*, gone: float) -> int:
    """Take running tasks from workers without a beat for `gone` seconds; how many this call took.

    Where several reap at the same moment, each task is taken by exactly one. A task whose worker is gone may
    have killed it, so it lets all others go first.
    """
    return sum(_take(row) for row in _orphans(gone))


def _holds(row: DBTaskResult) -> bool:
    now = DBTaskResult.objects.select_for_update().filter(pk=row.pk).first()
    if now is not None and _same_try(now, row):
        return True
    log.warning("Task %s went to another worker meanwhile; this result of it is not kept.", row.pk)
    return False


def _same_try(now: DBTaskResult, seen: DBTaskResult) -> bool:
    return now.status == TaskResultStatus.RUNNING and now.worker_ids == seen.worker_ids


def _orphans(gone: float) -> list[DBTaskResult]:
    # The start is asked too: a worker's row may have been taken away while its last result was not written.
    stale = timezone.now() - timedelta(seconds=gone)
    running = list(DBTaskResult.objects.running().filter(started_at__lt=stale))
    if not running:
        return []
    alive = set(Worker.objects.alive(gone=gone).values_list("pk", flat=True))
    return [row for row in running if _holder(row) not in alive]


@transaction.atomic
def _take(seen: DBTaskResult) -> bool:
    row = DBTaskResult.objects.select_for_update(skip_locked=True).filter(pk=seen.pk).first()
    if row is None or not _same_try(row, seen):
        return False
    row.priority = TASK_MIN_PRIORITY
    _settle(row, WorkerGone(_holder(row)), Attempt.Outcome.LOST, rests=False)
    return True


def _holder(row: DBTaskResult) -> str:
    return row.worker_ids[-1] if row.worker_ids else ""


def _settle(row: DBTaskResult, error: BaseException, outcome: Attempt.Outcome, *, rests: bool = True) -> None:
    attempt = _write_attempt(row, error, outcome)
    plan = plan_of(row.task_path)
    used = Attempt.objects.counting().filter(task=row).count()
    facts = (row.task_path, row.pk, attempt.outcome, used, plan.count, error)
    if used >= plan.count:
        log.error("%s (%s) %s at attempt %d of %d and is now a failed job: %r", *facts)
        _give_up(row, error, attempt)
        return
    rest = plan.rest(used) if rests else timedelta(0)
    log.warning("%s (%s) %s at attempt %d of %d: %r. Again in %s.", *facts, rest)
    requeue(row, rest=rest)


def requeue(row: DBTaskResult, *, rest: timedelta = timedelta(0)) -> None:
    """Let the task wait for a worker again, from `rest` after now."""
    row.status = TaskResultStatus.READY
    row.run_after = timezone.now() + rest
    row.finished_at = None
    row.exception_class_path = row.traceback = ""
    row.save(
        update_fields=["status", "priority", "run_after", "finished_at", "exception_class_path", "traceback"]
    )


def _write_attempt(row: DBTaskResult, error: BaseException, outcome: Attempt.Outcome) -> Attempt:
    return Attempt.objects.create(
        task=row,
        number=len(row.worker_ids),
        worker=_holder(row),
        began=row.started_at or timezone.now(),
        outcome=outcome,
        error=_name(error),
        traceback="".join(format_exception(error)),
    )


def _give_up(row: DBTaskResult, error: BaseException, last: Attempt) -> None:
    row.set_failed(error)
    failed_job = FailedJob.objects.create(task=row, error=last.error, traceback=last.traceback)
    Attempt.objects.counting().filter(task=row).update(failed_job=failed_job)


def _name(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}: {error}"[:255]
