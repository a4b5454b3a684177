"""What we record beside the task's own row: workers, attempts, failed jobs, scheduled runs."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult


class WorkerQuerySet(models.QuerySet["Worker"]):
    def alive(self, *, gone: float) -> "WorkerQuerySet":
        """Those with a beat in the last `gone` seconds."""
        return self.filter(beat__gte=timezone.now() - timedelta(seconds=gone))

    def working(self, *, gone: float) -> "WorkerQuerySet":
        """Those alive whose processes have asked the queue, or run a task, in the last `gone` seconds."""
        since = timezone.now() - timedelta(seconds=gone)
        return self.alive(gone=gone).filter(working_at__gte=since)

    def gone(self, *, gone: float) -> "WorkerQuerySet":
        """Those without a beat for more than `gone` seconds."""
        return self.filter(beat__lt=timezone.now() - timedelta(seconds=gone))


class Worker(models.Model):
    """A worker that renews `beat`, and deletes its row when it stops in order.

    It lives while it beats. It works while its processes take tasks, which `working_at` shows.
    """

    id = models.CharField(_("worker"), max_length=64, primary_key=True)
    host = models.CharField(_("machine"), max_length=255)
    pid = models.PositiveBigIntegerField(_("process"))
    started = models.DateTimeField(_("started"), default=timezone.now)
    beat = models.DateTimeField(_("last beat"), default=timezone.now, db_index=True)
    working_at = models.DateTimeField(_("last sign of work"), default=timezone.now)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["started"]

    def __str__(self) -> str:
        return f"{self.host}, process {self.pid}"


class FailedJobQuerySet(models.QuerySet["FailedJob"]):
    def open(self) -> "FailedJobQuerySet":
        """Those that nobody has retried or discarded yet."""
        return self.filter(closed__isnull=True)

    def closed(self) -> "FailedJobQuerySet":
        """Those that somebody has retried or discarded."""
        return self.filter(closed__isnull=False)


class FailedJob(models.Model):
    """A task that has used up its attempts, until somebody retries or discards it."""

    class Outcome(models.TextChoices):
        RETRIED = "retried", _("retried")
        DISCARDED = "discarded", _("discarded")

    task = models.ForeignKey(DBTaskResult, models.CASCADE, related_name="failed_jobs", verbose_name=_("task"))
    failed_at = models.DateTimeField(_("failed at"), default=timezone.now)
    error = models.CharField(_("last error"), max_length=255)
    traceback = models.TextField(_("traceback"), blank=True)
    closed = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.CharField(_("closed by"), max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)

    objects = FailedJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("failed job")
        verbose_name_plural = _("failed jobs")
        ordering = ["-failed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=models.Q(closed__isnull=True),
                name="work_one_open_failure_a_task",
            ),
            models.CheckConstraint(
                condition=models.Q(closed__isnull=True, outcome="")
                | models.Q(closed__isnull=False) & ~models.Q(outcome=""),
                name="work_closed_failure_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task.task_path}: {self.error}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def counting(self) -> "AttemptQuerySet":
        """Those that count against the task's plan: not yet summed up in a failed job."""
        return self.filter(failed_job__isnull=True)


class Attempt(models.Model):
    """One try at a task that did not succeed. A task that succeeds at once leaves none."""

    class Outcome(models.TextChoices):
        FAILED = "failed", _("failed")
        LOST = "lost", _("worker gone")

    task = models.ForeignKey(DBTaskResult, models.CASCADE, related_name="attempts", verbose_name=_("task"))
    number = models.PositiveIntegerField(_("number"))
    worker = models.CharField(_("worker"), max_length=64)
    began = models.DateTimeField(_("began"))
    ended = models.DateTimeField(_("ended"), default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    error = models.CharField(_("error"), max_length=255)
    traceback = models.TextField(_("traceback"), blank=True)
    failed_job = models.ForeignKey(
        FailedJob,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="attempts",
        verbose_name=_("failed job"),
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["task", "number"]
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="work_one_row_an_attempt")]

    def __str__(self) -> str:
        return f"{self.number}: {self.error}"


class ScheduledRun(models.Model):
    """A job was put in the queue for the moment at which it was due. The row is what makes it once."""

    job = models.CharField(_("job"), max_length=100)
    due = models.DateTimeField(_("due"))
    queued = models.DateTimeField(_("put in the queue"), default=timezone.now)

    class Meta:
        verbose_name = _("scheduled run")
        verbose_name_plural = _("scheduled runs")
        ordering = ["-due", "job"]
        constraints = [models.UniqueConstraint(fields=["job", "due"], name="work_job_once_when_due")]

    def __str__(self) -> str:
        return f"{self.job} {self.due:%Y-%m-%d %H:%M}"
