import os
import socket
from datetime import timedelta

import pytest
from django.utils import timezone

from collegium.work import heartbeat
from collegium.work.models import Worker

from .conftest import eventually


def test_a_worker_is_known_while_it_works(db):
    with heartbeat.beating(every=5, duties=[]) as name:
        row = Worker.objects.get(pk=name)
        assert (row.host, row.pid) == (socket.gethostname(), os.getpid())
        assert str(row) == f"{socket.gethostname()}, process {os.getpid()}"
    assert not Worker.objects.exists()


def test_the_row_goes_when_the_work_breaks_off(db):
    with pytest.raises(LookupError), heartbeat.beating(every=5, duties=[]):
        raise LookupError
    assert not Worker.objects.exists()


def test_a_row_that_was_removed_is_written_again(db):
    with heartbeat.beating(every=5, duties=[]) as name:
        worker = Worker.objects.get(pk=name)
        Worker.objects.all().delete()
        heartbeat.beat(worker)
        assert Worker.objects.get().started == worker.started


def test_beats_and_duties_go_on_although_a_duty_fails(yard, caplog):
    rounds = []

    def fail():
        rounds.append(1)
        raise LookupError("a duty that fails")

    with heartbeat.beating(every=0.02, duties=[fail]) as name:
        Worker.objects.filter(pk=name).update(beat=timezone.now() - timedelta(hours=1))
        eventually(lambda: Worker.objects.alive(gone=10).exists() and len(rounds) >= 3)
    assert "tried again at the next beat" in caplog.text


def test_inside_a_transaction_of_the_caller_no_thread_beats(db):
    rounds = []
    with heartbeat.beating(every=0.001, duties=[lambda: rounds.append(1)]) as name:
        before = Worker.objects.get(pk=name).beat
        eventually(lambda: timezone.now() - before > timedelta(seconds=0.05))
        assert Worker.objects.get(pk=name).beat == before
    assert rounds == []
