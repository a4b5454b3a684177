"""Jobs that are done by the clock, in UTC, by the machine's own time. Rooms register them in `wiring`.

    schedule.daily("events.recount", actions.recount, at="03:10")
    schedule.every("desk.publish", actions.publish_due, minutes=1, needed=queries.is_due)

Every worker looks for due jobs; a row for each job and hour, written in one transaction with the task, lets
exactly one of them put it in the queue. After a time without any worker a job runs once, not once for each
time missed; a job that is new runs at the next look.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django_tasks.base import Task

from collegium.work.models import ScheduledRun


@dataclass(frozen=True)
class Job:
    """`last_due` gives the last moment at which its time had come; `needed` may say that it can be left."""

    name: str
    task: Task[[], Any]
    last_due: Callable[[datetime], datetime]
    needed: Callable[[], bool]


_jobs: dict[str, Job] = {}


def daily(name: str, task: Task[..., Any], *, at: str) -> None:
    """Have `task`, which needs no arguments, done every day at `at` ("HH:MM", UTC).

    Raises ValueError for a name registered twice or an `at` that is no time of the day.
    """
    hour = _time_of_day(name, at)
    _register(Job(name, task, lambda now: _last_at(hour, now), lambda: True))


def every(name: str, task: Task[..., Any], *, minutes: int, needed: Callable[[], bool]) -> None:
    """Have `task` done every so many `minutes`, but only where `needed()`: the queue is not for nothing.

    Raises ValueError for a name registered twice or `minutes` that do not divide a day.
    """
    if minutes < 1 or 1440 % minutes:
        raise ValueError(f"The job {name!r} cannot run every {minutes} minutes, which do not divide a day.")
    _register(Job(name, task, lambda now: _last_step(minutes, now), needed))


def _register(job: Job) -> None:
    if job.name in _jobs:
        raise ValueError(f"The job {job.name!r} is registered twice. Give one of them another name.")
    _jobs[job.name] = job


def jobs() -> list[Job]:
    """All jobs, by name."""
    return [_jobs[name] for name in sorted(_jobs)]


def enqueue_due(*, now: datetime | None = None) -> list[str]:
    """Put every job in the queue that is due and needed and that nobody has put there; the names of those."""
    moment = now or datetime.now(UTC)
    due = {job: job.last_due(moment) for job in jobs()}
    done = _done_since(min(due.values())) if due else set()
    return [
        job.name
        for job, at in due.items()
        if (job.name, at) not in done and job.needed() and _enqueue(job, at)
    ]


def _done_since(moment: datetime) -> set[tuple[str, datetime]]:
    return set(ScheduledRun.objects.filter(due__gte=moment).values_list("job", "due"))


@transaction.atomic
def _enqueue(job: Job, due: datetime) -> bool:
    _, first = ScheduledRun.objects.get_or_create(job=job.name, due=due)
    if first:
        job.task.enqueue()
    return first


def _last_at(hour: time, now: datetime) -> datetime:
    today = datetime.combine(now.date(), hour, UTC)
    return today if today <= now else today - timedelta(days=1)


def _last_step(minutes: int, now: datetime) -> datetime:
    midnight = datetime.combine(now.date(), time(), UTC)
    return midnight + (now - midnight) // timedelta(minutes=minutes) * timedelta(minutes=minutes)


def _time_of_day(name: str, at: str) -> time:
    try:
        return datetime.strptime(at, "%H:%M").time()
    except ValueError:
        raise ValueError(
            f"The job {name!r} cannot run at {at!r}, which is no time of the day. "
            'Write hours and minutes in UTC, such as "03:10".'
        ) from None
