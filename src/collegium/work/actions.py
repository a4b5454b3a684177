"""What staff decide on dead letters, and the room's own daily cleaning."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from collegium.work import settling
from collegium.work.errors import LetterClosed
from collegium.work.models import DeadLetter, ScheduledRun, Worker
from collegium.work.signals import letter_buried, letter_revived

log = logging.getLogger("collegium.work")
KEPT_DAYS = 30  #: how long finished work can be looked at
_BATCH = 500  # SQLite lets nobody write during a delete, so it is done in short pieces


@transaction.atomic
def revive(letter: DeadLetter, *, by: Model | None) -> DeadLetter:
    """Put the letter's task back in the queue with all its attempts, or raise `LetterClosed`."""
    closed = _close(letter, outcome=DeadLetter.Outcome.REVIVED, by=by)
    settling.put_back(DBTaskResult.objects.select_for_update().get(pk=closed.task_id))
    letter_revived.send(sender=DeadLetter, letter=closed, by=by)
    return closed


@transaction.atomic
def bury(letter: DeadLetter, *, by: Model | None) -> DeadLetter:
    """Give the letter's task up for good, or raise `LetterClosed`."""
    closed = _close(letter, outcome=DeadLetter.Outcome.BURIED, by=by)
    letter_buried.send(sender=DeadLetter, letter=closed, by=by)
    return closed


def _close(letter: DeadLetter, *, outcome: DeadLetter.Outcome, by: Model | None) -> DeadLetter:
    letter = DeadLetter.objects.select_for_update().get(pk=letter.pk)
    if letter.closed:
        raise LetterClosed(outcome=letter.outcome, closed_by=letter.closed_by)
    letter.closed, letter.closed_by, letter.outcome = timezone.now(), _identifier(by), outcome
    letter.save(update_fields=["closed", "closed_by", "outcome"])
    return letter


def _identifier(by: Model | None) -> str:
    return "" if by is None else f"{by._meta.label_lower}:{by.pk}"


@task
def clean_up(kept_days: int = KEPT_DAYS) -> int:
    """Forget finished work older than `kept_days` days; how many tasks went. Waiting dead letters stay."""
    before = timezone.now() - timedelta(days=kept_days)
    forgotten = _forget_tasks(before)
    ScheduledRun.objects.filter(queued__lt=before).delete()
    Worker.objects.filter(beat__lt=before).delete()
    log.info("Forgot %d finished tasks from before %s.", forgotten, before.date())
    return forgotten


def _forget_tasks(before: datetime) -> int:
    finished = DBTaskResult.objects.finished().filter(finished_at__lt=before)
    old = finished.exclude(pk__in=DeadLetter.objects.waiting().values("task"))
    keys = list(old.order_by().values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        DBTaskResult.objects.filter(pk__in=keys[start : start + _BATCH]).delete()
    return len(keys)
