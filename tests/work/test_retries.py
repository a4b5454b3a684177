import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from collegium.work import retries, worker
from collegium.work.models import Attempt, FailedJob, ScheduledRun, Worker

from . import jobs


def row(result):
    return DBTaskResult.objects.get(pk=result.id)


def running(result, holder="ada", *, since=timedelta(minutes=5)):
    """The row as it stands when a worker has claimed it and `since` has passed."""
    claimed = row(result)
    claimed.claim(holder)
    DBTaskResult.objects.filter(pk=claimed.pk).update(started_at=timezone.now() - since)
    return row(result)


def alive(name):
    return Worker.objects.create(pk=name, host="here", pid=1)


def test_a_failed_task_rests_longer_each_time_and_then_dies(db, tmp_path):
    with time_machine.travel("2026-05-02T12:00:00Z", tick=False) as clock:
        result = jobs.fail.enqueue(str(tmp_path / "lines"))
        for tried, rest in enumerate((10, 60, 600, 3600), start=1):
            worker.run(once=True)
            assert row(result).status == "READY"
            assert row(result).run_after - timezone.now() == timedelta(seconds=rest)
            clock.shift(rest - 1)
            worker.run(once=True)
            assert len(jobs.lines(tmp_path / "lines")) == tried
            clock.shift(1)
        worker.run(once=True)
        assert row(result).status == "FAILED"
    failed_job = FailedJob.objects.open().get()
    assert failed_job.error == "builtins.LookupError: no such edition"
    assert "raise LookupError" in failed_job.traceback
    assert [(a.number, a.outcome) for a in failed_job.attempts.all()] == [(n, "failed") for n in range(1, 6)]
    assert str(failed_job) == f"{jobs.fail.module_path}: builtins.LookupError: no such edition"
    assert str(failed_job.attempts.first()) == "1: builtins.LookupError: no such edition"


def test_a_task_that_succeeds_at_its_second_attempt_is_done(db, tmp_path):
    result = jobs.fail_first.enqueue(str(tmp_path / "lines"))
    worker.run(once=True)
    assert (row(result).status, row(result).traceback) == ("SUCCESSFUL", "")
    assert len(row(result).worker_ids) == 2
    assert Attempt.objects.get().number == 1
    assert not FailedJob.objects.exists()


def test_a_task_with_fewer_attempts_fails_sooner(db, tmp_path):
    jobs.fail_twice.enqueue(str(tmp_path / "lines"))
    worker.run(once=True)
    assert jobs.lines(tmp_path / "lines") == ["tried", "tried"]
    assert FailedJob.objects.open().count() == 1


def test_a_failed_task_leaves_no_half_of_its_own_writing(transactional_db):
    jobs.write_and_fail.enqueue()
    worker.run(once=True)
    assert not ScheduledRun.objects.exists()
    assert Attempt.objects.get().outcome == "failed"


def test_a_result_that_cannot_be_written_is_a_failure(db):
    result = jobs.return_what_json_cannot_hold.enqueue()
    worker.run(once=True)
    assert row(result).status == "READY"
    assert "TypeError" in Attempt.objects.get().error


def test_a_task_that_is_no_longer_in_the_house_is_tried_again_later(db):
    result = jobs.note.enqueue("/dev/null", "x")
    DBTaskResult.objects.update(task_path="collegium.work.gone")
    worker.run(once=True)
    assert row(result).status == "READY"
    assert "ImportError" in Attempt.objects.get().error


def test_a_task_that_was_stopped_is_ready_at_once_and_its_attempt_counts(db):
    result = jobs.leave.enqueue()
    worker.run(once=True)
    assert [(a.outcome, a.number) for a in Attempt.objects.all()] == [("lost", 1), ("lost", 2)]
    assert row(result).status == "FAILED"


def test_a_running_task_without_a_living_worker_is_ready_again(db):
    result = jobs.note.enqueue("/dev/null", "x")
    running(result)
    assert retries.reap(gone=60) == 1
    again = row(result)
    assert (again.status, again.worker_ids) == ("READY", ["ada"])
    assert again.run_after <= timezone.now()
    attempt = Attempt.objects.get()
    assert (attempt.worker, attempt.outcome, attempt.number) == ("ada", "lost", 1)
    assert retries.reap(gone=60) == 0


def test_a_running_task_with_a_living_worker_is_left_alone(db):
    alive("ada")
    result = jobs.note.enqueue("/dev/null", "x")
    running(result)
    assert retries.reap(gone=60) == 0
    Worker.objects.update(beat=timezone.now() - timedelta(seconds=61))
    assert retries.reap(gone=60) == 1


def test_only_the_last_worker_counts(db):
    alive("ada")
    result = jobs.note.enqueue("/dev/null", "x")
    running(result, "ada")
    retries.requeue(row(result))
    running(result, "bo")
    assert retries.reap(gone=60) == 1
    assert Attempt.objects.get().worker == "bo"


def test_a_task_just_begun_is_not_taken_before_its_worker_could_beat(db):
    result = jobs.note.enqueue("/dev/null", "x")
    running(result, since=timedelta(seconds=59))
    assert retries.reap(gone=60) == 0


def test_a_task_that_loses_every_worker_dies(db, tmp_path):
    result = jobs.fail_twice.enqueue(str(tmp_path / "lines"))
    for _ in range(2):
        running(result)
        assert retries.reap(gone=60) == 1
    assert row(result).status == "FAILED"
    assert "WorkerGone: Worker ada stopped" in FailedJob.objects.get().error


@pytest.mark.parametrize("settle", [lambda r: retries.succeed(r, 1), lambda r: retries.fail(r, OSError())])
def test_a_late_result_changes_nothing(db, settle):
    result = jobs.note.enqueue("/dev/null", "x")
    late = running(result, "ada")
    retries.reap(gone=60)
    running(result, "bo")
    settle(late)
    assert (row(result).status, row(result).worker_ids) == ("RUNNING", ["ada", "bo"])
    assert Attempt.objects.count() == 1


def test_a_result_of_a_task_that_was_forgotten_is_not_an_error(db):
    result = jobs.note.enqueue("/dev/null", "x")
    late = running(result)
    DBTaskResult.objects.all().delete()
    retries.succeed(late, 1)
    assert not DBTaskResult.objects.exists()


def test_of_several_reapers_exactly_one_takes_a_task(yard):
    results = [jobs.note.enqueue("/dev/null", n) for n in range(20)]
    for result in results:
        running(result)
    taken, together = [], threading.Barrier(4)

    def reap():
        together.wait(10)
        try:
            taken.append(retries.reap(gone=60))
        finally:
            connection.close()

    threads = [threading.Thread(target=reap) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(taken) == 4
    # A task that one reaper has locked is passed over by the others; none is taken twice.
    assert sum(taken) == Attempt.objects.count() == DBTaskResult.objects.ready().count() == 20
