import signal
import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from collegium.work import worker
from collegium.work.models import Attempt, FailedJob, Worker

from . import jobs
from .conftest import BRISK, eventually


def row(result):
    return DBTaskResult.objects.get(pk=result.id)


def test_a_task_goes_back_with_the_callers_transaction(transactional_db, tmp_path):
    with transaction.atomic():
        jobs.note.enqueue(str(tmp_path / "lines"), "never")
        transaction.set_rollback(True)
    worker.run(once=True)
    assert not DBTaskResult.objects.exists()
    assert jobs.lines(tmp_path / "lines") == []


def test_once_runs_all_that_is_ready_and_returns(db, tmp_path):
    results = [jobs.note.enqueue(str(tmp_path / "lines"), n) for n in range(3)]
    later = jobs.note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(
        str(tmp_path / "lines"), "later"
    )
    worker.run(once=True)
    assert jobs.lines(tmp_path / "lines") == ["0", "1", "2"]
    assert [row(r).return_value for r in results] == [0, 1, 2]
    assert row(later).status == "READY"
    assert not Worker.objects.exists()
    assert not Attempt.objects.exists()


def test_tasks_of_every_queue_and_coroutines_are_run(db, tmp_path):
    jobs.note.using(queue_name="default", priority=5).enqueue(str(tmp_path / "lines"), "first")
    jobs.wait_a_little.enqueue(str(tmp_path / "lines"))
    worker.run(once=True)
    assert jobs.lines(tmp_path / "lines") == ["first", "waited"]


def test_the_library_reports_are_sent_as_usual(db, tmp_path, caplog):
    caplog.set_level("INFO", logger="django_tasks")
    jobs.note.enqueue(str(tmp_path / "lines"), "x")
    worker.run(once=True)
    reports = [record.args[-1] for record in caplog.records if record.name == "django_tasks"]
    assert reports == ["RUNNING", "SUCCESSFUL"]


def test_signals_have_their_former_handlers_afterwards(db):
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    worker.run(once=True)
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def test_a_worker_told_to_stop_before_it_starts_does_nothing(db, tmp_path):
    result = jobs.note.enqueue(str(tmp_path / "lines"), "x")
    stop = threading.Event()
    stop.set()
    worker.run(stop=stop)
    assert row(result).status == "READY"


def test_the_event_stops_a_worker_that_stays(yard):
    stop = threading.Event()

    def work():
        try:
            worker.run(stop=stop, timings=BRISK)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    result = jobs.note.enqueue(str(yard.file), "x")
    thread.start()
    eventually(lambda: row(result).status == "SUCCESSFUL")
    assert Worker.objects.alive(gone=BRISK.gone).count() == 1
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert not Worker.objects.exists()


def test_once_says_so_when_the_database_does_not_answer(yard):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE work_worker RENAME TO work_worker_away")
    try:
        with pytest.raises(Exception, match="work_worker") as raised:
            worker.run(once=True)
        assert isinstance(raised.value, OperationalError) or connection.vendor == "postgresql"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE work_worker_away RENAME TO work_worker")


def test_sigterm_lets_the_running_task_finish_and_takes_no_other(yard):
    process = yard.worker()
    running = jobs.slow.enqueue(str(yard.file), 1.5)
    eventually(lambda: jobs.lines(yard.file) == ["began"])
    waiting = jobs.note.enqueue(str(yard.file), "not now")
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert jobs.lines(yard.file) == ["began", "ended"]
    assert (row(running).status, row(waiting).status) == ("SUCCESSFUL", "READY")
    assert not Worker.objects.exists()


def test_a_second_signal_stops_the_task_and_leaves_it_ready(yard):
    process = yard.worker()
    running = jobs.slow.enqueue(str(yard.file), 60)
    eventually(lambda: jobs.lines(yard.file) == ["began"])
    process.send_signal(signal.SIGINT)
    with pytest.raises(Exception, match="timed out"):
        process.wait(0.5)
    process.send_signal(signal.SIGINT)
    process.wait(10)
    assert row(running).status == "READY"
    assert row(running).run_after <= timezone.now()
    assert Attempt.objects.get().outcome == "lost"


def test_it_works_as_a_main_program(yard):
    process = yard.start("-m", "collegium.work")
    result = jobs.note.enqueue(str(yard.file), "x")
    eventually(lambda: row(result).status == "SUCCESSFUL")
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def test_a_task_whose_worker_was_killed_is_finished_by_another(yard):
    killed = yard.worker()
    result = jobs.first_time_slow.enqueue(str(yard.file), 60)
    eventually(lambda: jobs.lines(yard.file) == ["began"])
    killed.kill()
    killed.wait()
    assert row(result).status == "RUNNING"
    yard.worker()
    eventually(lambda: row(result).status == "SUCCESSFUL")
    assert jobs.lines(yard.file) == ["began", "began", "ended"]
    attempt = Attempt.objects.get()
    assert (attempt.number, attempt.outcome, attempt.worker) == (1, "lost", row(result).worker_ids[0])
    assert len(set(row(result).worker_ids)) == 2


def test_a_task_that_kills_its_workers_becomes_a_failed_job(yard):
    killed = yard.worker()
    result = jobs.kill_own_worker.enqueue(str(yard.file))
    assert killed.wait(20) == -signal.SIGKILL
    yard.worker()
    eventually(lambda: FailedJob.objects.open().exists())
    assert (row(result).status, jobs.lines(yard.file)) == ("FAILED", ["tried"])
    assert "WorkerGone" in FailedJob.objects.get().error


def test_a_long_task_keeps_beating_and_stays_with_its_worker(yard):
    yard.worker()
    yard.worker()
    eventually(lambda: Worker.objects.count() == 2)
    result = jobs.slow.enqueue(str(yard.file), 3 * BRISK.gone)
    eventually(lambda: jobs.lines(yard.file) == ["began"])
    holder = Worker.objects.get(pk=row(result).worker_ids[0])
    eventually(
        lambda: Worker.objects.get(pk=holder.pk).beat > holder.beat + timedelta(seconds=2 * BRISK.gone)
    )
    assert row(result).status == "RUNNING"
    eventually(lambda: row(result).status == "SUCCESSFUL")
    assert jobs.lines(yard.file) == ["began", "ended"]
    assert not Attempt.objects.exists()


def test_the_late_result_of_a_worker_that_was_given_up_changes_nothing(yard):
    frozen = yard.worker()
    result = jobs.first_time_slow.enqueue(str(yard.file), 1)
    eventually(lambda: jobs.lines(yard.file) == ["began"])
    frozen.send_signal(signal.SIGSTOP)
    yard.worker()
    eventually(lambda: row(result).status == "SUCCESSFUL")
    finished = row(result)
    frozen.send_signal(signal.SIGCONT)
    eventually(lambda: jobs.lines(yard.file).count("ended") == 2)
    eventually(lambda: "is not kept" in yard.log.read_text())
    assert row(result).finished_at == finished.finished_at
    assert row(result).worker_ids == finished.worker_ids
    assert frozen.poll() is None


def test_two_workers_run_two_hundred_tasks_each_exactly_once(yard):
    workers = [yard.worker(), yard.worker()]
    eventually(lambda: Worker.objects.count() == 2)
    for n in range(200):
        jobs.note.enqueue(str(yard.file), n)
    eventually(lambda: DBTaskResult.objects.successful().count() == 200, within=60)
    assert sorted(map(int, jobs.lines(yard.file))) == list(range(200))
    assert len({i for r in DBTaskResult.objects.all() for i in r.worker_ids}) == 2
    assert [process.poll() for process in workers] == [None, None]
