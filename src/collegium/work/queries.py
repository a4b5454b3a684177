"""How the work is going."""

from dataclasses import dataclass

from django.db.models import Case, DateTimeField, F, Min, When
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from collegium.work.models import FailedJob, Worker
from collegium.work.timings import TIMINGS


@dataclass(frozen=True)
class Health:
    workers_alive: int  #: that beat
    workers_working: int  #: of those, that take tasks
    ready: int  #: tasks that could run now
    oldest_ready: float | None  #: seconds that the longest-waiting of them has waited; None if none waits
    failed_jobs: int  #: that nobody has retried or discarded yet


def health(*, gone: float = TIMINGS.gone) -> Health:
    """The facts of this moment. A worker counts as alive with a beat in the last `gone` seconds."""
    return Health(
        workers_alive=Worker.objects.alive(gone=gone).count(),
        workers_working=Worker.objects.working(gone=gone).count(),
        ready=DBTaskResult.objects.ready().count(),
        oldest_ready=_oldest_ready(),
        failed_jobs=FailedJob.objects.open().count(),
    )


def _oldest_ready() -> float | None:
    # A task that was put off has waited only since the moment to which it was put off.
    since = Case(
        When(run_after=get_date_max(), then=F("enqueued_at")),
        default=F("run_after"),
        output_field=DateTimeField(),
    )
    oldest = DBTaskResult.objects.ready().aggregate(oldest=Min(since))["oldest"]
    return None if oldest is None else max(0.0, (timezone.now() - oldest).total_seconds())
