"""What staff do with failed jobs, and the room's own daily cleaning."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from collegium.work import retries
from collegium.work.errors import FailedJobClosed
from collegium.work.models import FailedJob, ScheduledRun, Worker

log = logging.getLogger("collegium.work")
KEPT_DAYS = 30  #: how long finished work can be looked at
_BATCH = 500  # SQLite lets nobody write during a delete, so it is done in short pieces


@transaction.atomic
def retry(failed_job: FailedJob, *, by: Model | None) -> FailedJob:
    """Put the failed_job's task back in the queue with all its attempts, or raise `FailedJobClosed`."""
    closed = _close(failed_job, outcome=FailedJob.Outcome.RETRIED, by=by)
    retries.requeue(DBTaskResult.objects.select_for_update().get(pk=closed.task_id))
    return closed


@transaction.atomic
def discard(failed_job: FailedJob, *, by: Model | None) -> FailedJob:
    """Give the failed_job's task up for good, or raise `FailedJobClosed`."""
    return _close(failed_job, outcome=FailedJob.Outcome.DISCARDED, by=by)


def _close(failed_job: FailedJob, *, outcome: FailedJob.Outcome, by: Model | None) -> FailedJob:
    failed_job = FailedJob.objects.select_for_update().get(pk=failed_job.pk)
    if failed_job.closed:
        raise FailedJobClosed(outcome=failed_job.outcome, closed_by=failed_job.closed_by)
    failed_job.closed, failed_job.closed_by, failed_job.outcome = timezone.now(), _identifier(by), outcome
    failed_job.save(update_fields=["closed", "closed_by", "outcome"])
    return failed_job


def _identifier(by: Model | None) -> str:
    return "" if by is None else f"{by._meta.label_lower}:{by.pk}"


@task
def clean_up(kept_days: int = KEPT_DAYS) -> int:
    """Forget finished work older than `kept_days` days; how many tasks went. Open failed jobs stay."""
    before = timezone.now() - timedelta(days=kept_days)
    forgotten = _forget_tasks(before)
    ScheduledRun.objects.filter(queued__lt=before).delete()
    Worker.objects.filter(beat__lt=before).delete()
    log.info("Forgot %d finished tasks from before %s.", forgotten, before.date())
    return forgotten


def _forget_tasks(before: datetime) -> int:
    finished = DBTaskResult.objects.finished().filter(finished_at__lt=before)
    old = finished.exclude(pk__in=FailedJob.objects.open().values("task"))
    keys = list(old.order_by().values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        DBTaskResult.objects.filter(pk__in=keys[start : start + _BATCH]).delete()
    return len(keys)
