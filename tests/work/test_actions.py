from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from collegium.work import actions, schedule, worker
from collegium.work.errors import FailedJobClosed
from collegium.work.models import Attempt, FailedJob, ScheduledRun, Worker

from . import jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return tmp_path / "lines"


@pytest.fixture
def failed_job(file):
    jobs.fail_twice.enqueue(str(file))
    worker.run(once=True)
    return FailedJob.objects.get()


@pytest.fixture
def officer():
    return Worker.objects.create(pk="officer", host="office", pid=1)  # any record can be named


def test_a_retried_task_has_all_its_attempts_again(failed_job, officer, file):
    closed = actions.retry(failed_job, by=officer)
    assert (closed.outcome, closed.closed_by) == ("retried", "work.worker:officer")
    assert not FailedJob.objects.open().exists()
    assert closed.task.status == "READY"
    worker.run(once=True)
    assert len(jobs.lines(file)) == 4
    again = FailedJob.objects.open().get()
    assert [a.number for a in again.attempts.all()] == [3, 4]
    assert [a.number for a in closed.attempts.all()] == [1, 2]


def test_a_retried_task_whose_cause_was_mended_completes(file):
    jobs.fail_first.enqueue(str(file))
    jobs.line(file, "mended")
    failed_job = FailedJob.objects.create(task=DBTaskResult.objects.get(), error="x")
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now(), traceback="x")
    actions.retry(failed_job, by=None)
    worker.run(once=True)
    done = DBTaskResult.objects.get()
    assert (done.status, done.traceback) == ("SUCCESSFUL", "")
    assert FailedJob.objects.get().closed_by == ""


def test_a_discarded_task_stays_as_it_is(failed_job, officer, file):
    actions.discard(failed_job, by=officer)
    worker.run(once=True)
    assert len(jobs.lines(file)) == 2
    assert DBTaskResult.objects.get().status == "FAILED"
    assert FailedJob.objects.closed().get().outcome == "discarded"


@pytest.mark.parametrize("first", [actions.retry, actions.discard])
@pytest.mark.parametrize("second", [actions.retry, actions.discard])
def test_a_failed_job_is_closed_once(failed_job, officer, first, second):
    first(failed_job, by=officer)
    with pytest.raises(FailedJobClosed, match="nothing was done") as refusal:
        second(failed_job, by=None)
    assert refusal.value.code == "work.failed_job_closed"
    assert refusal.value.facts["closed_by"] == "work.worker:officer"
    assert FailedJob.objects.get().closed_by == "work.worker:officer"


def test_a_task_has_one_open_failed_job(failed_job):
    with pytest.raises(IntegrityError), transaction.atomic():
        FailedJob.objects.create(task=failed_job.task, error="x")


def finished(file, *, days, status="SUCCESSFUL"):
    result = jobs.note.enqueue(str(file), "x")
    moment = timezone.now() - timedelta(days=days)
    DBTaskResult.objects.filter(pk=result.id).update(status=status, finished_at=moment)
    return result.id


def kept():
    return {str(key) for key in DBTaskResult.objects.values_list("pk", flat=True)}


def test_old_finished_work_is_forgotten_and_all_other_stays(file):
    finished(file, days=31)
    finished(file, days=31, status="FAILED")
    young = finished(file, days=29)
    ready = jobs.note.enqueue(str(file), "x").id
    assert actions.clean_up.call() == 2
    assert kept() == {young, ready}


def test_open_failed_jobs_are_never_forgotten_and_closed_ones_are(failed_job, officer):
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=400))
    assert actions.clean_up.call() == 0
    actions.discard(failed_job, by=officer)
    assert actions.clean_up.call() == 1
    assert not FailedJob.objects.exists()
    assert not Attempt.objects.exists()


def test_more_than_one_batch_is_forgotten(file, monkeypatch):
    monkeypatch.setattr(actions, "_BATCH", 3)
    for _ in range(7):
        finished(file, days=8)
    assert actions.clean_up.call(kept_days=7) == 7
    assert kept() == set()


def test_rows_of_old_runs_and_of_workers_that_never_came_back_go_too(officer):
    old = timezone.now() - timedelta(days=31)
    ScheduledRun.objects.create(job="tests.note", due=old, queued=old)
    recent = ScheduledRun.objects.create(job="tests.note", due=timezone.now())
    Worker.objects.create(pk="gone", host="here", pid=1, beat=old)
    actions.clean_up.call()
    assert list(ScheduledRun.objects.all()) == [recent]
    assert list(Worker.objects.all()) == [officer]


def test_the_cleaning_is_a_daily_job_of_the_house():
    noon = datetime(2026, 5, 2, 12, tzinfo=UTC)
    [job] = [job for job in schedule.jobs() if job.task == actions.clean_up]
    assert job.last_due(noon) == datetime(2026, 5, 2, 2, 40, tzinfo=UTC)
