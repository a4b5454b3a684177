"""What jobs put on the to-do list of the office."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from collegium.careers import presenters
from collegium.careers.models import Job
from collegium.kit.todo import Severity, TodoItem

_WEEK, _DAY = timedelta(days=7), timedelta(days=1)


def closing_jobs(at: datetime) -> Iterable[TodoItem]:
    """Public jobs that close within seven days of `at`."""
    for job in Job.objects.public().open(at).filter(closes_last__lte=at + _WEEK):
        why = _("%(state)s. Ask the employer whether to extend it.") % {"state": presenters.state(job).label}
        yield TodoItem(record=job, why=why, severity=Severity.DUE, due=job.closes_last)


def recently_closed_jobs(at: datetime) -> Iterable[TodoItem]:
    """Public jobs that closed within the day before `at`."""
    for job in Job.objects.public().closed(at).filter(closes_last__gt=at - _DAY):
        why = _("Closed on %(day)s; readers see it as closed. Do nothing unless it was extended.")
        yield TodoItem(record=job, why=why % {"day": presenters.closed_on(job)}, severity=Severity.WAITING)
