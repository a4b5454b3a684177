import os
import signal
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from collegium.work import worker
from collegium.work.models import Attempt, FailedJob, Worker

from . import jobs
from .conftest import BRISK, children, eventually


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


def test_a_task_that_kills_its_process_fails_at_once_and_the_others_go_on(yard):
    poison = jobs.kill_own_process.enqueue(str(yard.file))
    good = [jobs.note.enqueue("/dev/null", n) for n in range(3)]
    process = yard.worker()
    eventually(lambda: all(row(r).status == "SUCCESSFUL" for r in good))
    eventually(lambda: FailedJob.objects.open().exists())
    assert (row(poison).status, jobs.lines(yard.file)) == ("FAILED", ["tried"])
    assert "TaskProcessEnded: The process ended by signal SIGKILL" in FailedJob.objects.get().error
    assert process.poll() is None


def test_a_hung_task_holds_no_other_up_and_ends_at_its_limit(yard):
    hung = jobs.hang.enqueue(str(yard.file))
    good = jobs.note.enqueue("/dev/null", "x")
    yard.worker()
    eventually(lambda: row(good).status == "SUCCESSFUL")
    eventually(lambda: FailedJob.objects.open().exists())
    assert jobs.lines(yard.file) == ["hangs", "hangs"]
    assert row(hung).status == "FAILED"
    failed_job = FailedJob.objects.get()
    assert "TimeLimitExceeded: It ran longer than its limit of 0.4 seconds" in failed_job.error
    assert "time.sleep(120)" in failed_job.traceback  # it shows where it hung


def test_a_task_that_hears_nothing_is_killed_and_its_place_is_taken(yard):
    hung = jobs.hang_deaf.enqueue(str(yard.file))
    process = yard.worker()
    eventually(lambda: row(hung).status == "FAILED")
    assert "TimeLimitExceeded" in FailedJob.objects.get().error
    good = jobs.note.enqueue("/dev/null", "x")
    eventually(lambda: row(good).status == "SUCCESSFUL")
    assert process.poll() is None


def test_a_task_longer_than_our_patience_gets_company_that_leaves_again(yard):
    slow = jobs.slow.enqueue(str(yard.file), 3)
    process = yard.worker()
    eventually(lambda: jobs.lines(yard.file) == ["began"])
    good = jobs.note.enqueue("/dev/null", "x")
    eventually(lambda: row(good).status == "SUCCESSFUL")
    assert row(slow).status == "RUNNING"
    assert len(children(process)) == 2
    eventually(lambda: row(slow).status == "SUCCESSFUL")
    eventually(lambda: len(children(process)) == 1)
    assert not Attempt.objects.exists()


def cut_all_connections():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def server():
    if connection.vendor != "postgresql":
        pytest.skip("only a server can break a connection")


def test_a_worker_whose_connection_broke_during_a_task_works_on(server, yard):
    process = yard.worker()
    cut = jobs.count_in_database.enqueue(str(yard.file))
    eventually(lambda: jobs.lines(yard.file) == ["began"])
    cut_all_connections()
    eventually(lambda: row(cut).status == "SUCCESSFUL")
    assert jobs.lines(yard.file) == ["began", "began", "ended"]
    assert "OperationalError" in Attempt.objects.get().error
    good = jobs.note.enqueue("/dev/null", "x")
    eventually(lambda: row(good).status == "SUCCESSFUL")
    assert process.poll() is None


def test_a_worker_whose_connection_is_cut_again_and_again_works_on(server, yard):
    process = yard.worker()
    for n in range(5):
        cut_all_connections()
        good = jobs.note.enqueue("/dev/null", n)
        cut_all_connections()
        eventually(lambda good=good: row(good).status == "SUCCESSFUL")
    assert process.poll() is None
    eventually(lambda: Worker.objects.working(gone=BRISK.gone).count() == 1)


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
    frozen_processes = [frozen.pid, *children(frozen)]
    for pid in frozen_processes:
        os.kill(pid, signal.SIGSTOP)
    yard.worker()
    eventually(lambda: row(result).status == "SUCCESSFUL")
    finished = row(result)
    for pid in frozen_processes:
        os.kill(pid, signal.SIGCONT)
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
