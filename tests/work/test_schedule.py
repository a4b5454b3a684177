import threading
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django_tasks_db.models import DBTaskResult

from collegium.work import schedule
from collegium.work.models import ScheduledRun, Worker

from . import jobs
from .conftest import eventually

TASKS = DBTaskResult._meta.db_table
pytestmark = pytest.mark.usefixtures("no_daily_jobs")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_job_is_due_once_a_day_from_its_time_on(db):
    schedule.daily("tests.note", jobs.note_the_day, at="03:10")
    assert schedule.enqueue_due(now=at("2026-05-02T03:10")) == ["tests.note"]
    assert schedule.enqueue_due(now=at("2026-05-02T03:11")) == []
    assert schedule.enqueue_due(now=at("2026-05-03T03:09:59")) == []
    assert schedule.enqueue_due(now=at("2026-05-03T03:10")) == ["tests.note"]
    assert DBTaskResult.objects.count() == 2
    assert DBTaskResult.objects.first().task_path == jobs.note_the_day.module_path


def test_missed_days_are_made_up_for_once(db):
    schedule.daily("tests.note", jobs.note_the_day, at="03:10")
    schedule.enqueue_due(now=at("2026-05-02T04:00"))
    assert schedule.enqueue_due(now=at("2026-05-09T01:00")) == ["tests.note"]
    assert schedule.enqueue_due(now=at("2026-05-09T01:01")) == []
    assert schedule.enqueue_due(now=at("2026-05-09T03:10")) == ["tests.note"]
    assert [f"{run.due:%m-%d}" for run in ScheduledRun.objects.all()] == ["05-09", "05-08", "05-02"]


def test_jobs_are_due_each_at_its_own_time(db):
    schedule.daily("tests.late", jobs.note_the_day, at="23:00")
    schedule.daily("tests.early", jobs.note_the_day, at="01:00")
    assert [job.name for job in schedule.jobs()] == ["tests.early", "tests.late"]
    schedule.enqueue_due(now=at("2026-05-02T00:30"))
    assert schedule.enqueue_due(now=at("2026-05-02T12:00")) == ["tests.early"]


def test_a_house_without_jobs_has_nothing_due(db):
    assert schedule.enqueue_due() == []


def test_the_day_and_the_task_are_written_together_or_not_at_all(transactional_db):
    schedule.daily("tests.note", jobs.note_the_day, at="03:10")
    with transaction.atomic():
        schedule.enqueue_due(now=at("2026-05-02T04:00"))
        transaction.set_rollback(True)
    assert not ScheduledRun.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_name_is_registered_once():
    schedule.daily("tests.note", jobs.note_the_day, at="03:10")
    with pytest.raises(ValueError, match="registered twice"):
        schedule.daily("tests.note", jobs.note_the_day, at="04:10")


@pytest.mark.parametrize("wrong", ["", "3", "24:00", "12:60", "03:10:00", "noon"])
def test_a_time_that_is_none_is_refused(wrong):
    with pytest.raises(ValueError, match="Write hours and minutes"):
        schedule.daily("tests.note", jobs.note_the_day, at=wrong)


def test_a_job_that_cannot_be_queued_is_due_again(yard):
    schedule.daily("tests.note", jobs.note_the_day, at="03:10")
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TASKS} RENAME TO tasks_away")
    with pytest.raises(DatabaseError, match=TASKS):
        schedule.enqueue_due(now=at("2026-05-02T04:00"))
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE tasks_away RENAME TO {TASKS}")
    assert not ScheduledRun.objects.exists()
    assert schedule.enqueue_due(now=at("2026-05-02T04:00")) == ["tests.note"]


def test_of_several_workers_that_find_a_job_due_at_once_one_queues_it(yard):
    schedule.daily("tests.note", jobs.note_the_day, at="03:10")
    [job], due = schedule.jobs(), at("2026-05-02T03:10")
    queued, together = [], threading.Barrier(4)

    def enqueue():
        together.wait(10)
        try:
            queued.append(schedule._enqueue(job, due))
        finally:
            connection.close()

    threads = [threading.Thread(target=enqueue) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(queued) == [False, False, False, True]
    assert DBTaskResult.objects.count() == 1


def test_two_worker_processes_do_a_daily_job_once(yard):
    register = 'schedule.daily("tests.note", jobs.note_the_day, at="00:00")'
    yard.worker(first=register)
    yard.worker(first=register)
    eventually(lambda: Worker.objects.count() == 2)
    eventually(lambda: jobs.lines(yard.file))
    rounds = {worker.pk: worker.beat for worker in Worker.objects.all()}
    eventually(lambda: all(w.beat > rounds[w.pk] for w in Worker.objects.all()))
    assert len(jobs.lines(yard.file)) == DBTaskResult.objects.count() == 1


def test_a_job_of_every_few_minutes_is_queued_once_a_step_and_only_where_needed(db):
    needed = [False]
    schedule.every("tests.often", jobs.note_the_day, minutes=5, needed=lambda: needed[0])
    assert schedule.enqueue_due(now=at("2026-05-02T10:01")) == []
    needed[0] = True
    assert schedule.enqueue_due(now=at("2026-05-02T10:02")) == ["tests.often"]
    assert schedule.enqueue_due(now=at("2026-05-02T10:04:59")) == []
    assert schedule.enqueue_due(now=at("2026-05-02T10:05")) == ["tests.often"]


@pytest.mark.parametrize("wrong", [0, -5, 7, 1441])
def test_minutes_that_do_not_divide_a_day_are_refused(wrong):
    with pytest.raises(ValueError, match="do not divide a day"):
        schedule.every("tests.often", jobs.note_the_day, minutes=wrong, needed=lambda: True)
