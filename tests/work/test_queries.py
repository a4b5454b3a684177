from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from collegium.work import worker
from collegium.work.models import Worker
from collegium.work.queries import Health, health

from . import jobs

pytestmark = pytest.mark.django_db


def test_a_house_at_rest():
    assert health() == Health(workers_alive=0, workers_working=0, ready=0, oldest_ready=None, failed_jobs=0)


def test_a_worker_that_lives_and_takes_no_task_does_not_work():
    hung = Worker.objects.create(
        pk="ada", host="here", pid=1, working_at=timezone.now() - timedelta(seconds=90)
    )
    assert (health().workers_alive, health().workers_working) == (1, 0)
    Worker.objects.create(pk="bo", host="here", pid=2)
    assert (health().workers_alive, health().workers_working) == (2, 1)
    Worker.objects.filter(pk=hung.pk).update(working_at=timezone.now(), beat=hung.working_at)
    assert (health().workers_alive, health().workers_working) == (1, 1)


def test_workers_count_while_they_beat():
    Worker.objects.create(pk="ada", host="here", pid=1)
    gone = Worker.objects.create(pk="bo", host="here", pid=2, beat=timezone.now() - timedelta(seconds=90))
    assert health().workers_alive == 1
    assert health(gone=120).workers_alive == 2
    assert list(Worker.objects.gone(gone=60)) == [gone]


def test_the_age_is_that_of_the_task_that_has_waited_longest():
    with time_machine.travel("2026-05-02T12:00:00Z", tick=False) as clock:
        jobs.note.using(run_after=timezone.now() + timedelta(seconds=100)).enqueue("/dev/null", "put off")
        clock.shift(130)
        assert health().oldest_ready == 30  # since the moment to which it was put off
        jobs.note.enqueue("/dev/null", "x")
        clock.shift(10)
        assert (health().oldest_ready, health().ready) == (40, 2)


def test_tasks_that_are_not_due_do_not_count():
    jobs.note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("/dev/null", "x")
    assert (health().oldest_ready, health().ready) == (None, 0)


def test_failed_jobs_count_while_they_wait(tmp_path):
    jobs.fail_twice.enqueue(str(tmp_path / "lines"))
    worker.run(once=True)
    assert health().failed_jobs == 1


@pytest.mark.parametrize("tasks", [1, 3])
def test_it_asks_five_questions_however_many_tasks_wait(tasks, django_assert_num_queries):
    for _ in range(tasks):
        jobs.note.enqueue("/dev/null", "x")
    with django_assert_num_queries(5):
        health()
