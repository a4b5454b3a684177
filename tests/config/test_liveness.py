import fcntl
import os
import time

import pytest

from collegium.config import liveness


@pytest.mark.parametrize(
    ("begun", "stuck"),
    (
        ((), False),
        ((0, 0), True),
        ((0,), False),
        ((0, 950), False),
    ),
)
def test_a_worker_is_stuck_when_all_its_threads_are(begun, stuck):
    requests = dict(enumerate(map(float, begun)))
    assert liveness.is_stuck(requests, now=1000.0, threads=2) is stuck


def test_the_requests_of_each_thread_are_known(client, db):
    requests = liveness.track_requests()
    seen = []
    from django.core.signals import request_started

    def look(**kwargs):
        seen.append(len(requests))

    request_started.connect(look)
    try:
        client.get("/admin/login/")
    finally:
        request_started.disconnect(look)
    assert seen == [1]
    assert not requests


def test_who_is_silent_and_lives_is_found(tmp_path):
    (tmp_path / "worker-1").write_text(f"{time.monotonic() - 2 * liveness.SILENT:020.3f}")
    (tmp_path / "worker-2").write_text(f"{time.monotonic():020.3f}")
    (tmp_path / "worker-3").write_text(f"{time.monotonic() - 2 * liveness.SILENT:020.3f}")
    handles = [os.open(tmp_path / f"worker-{number}", os.O_RDWR) for number in (1, 2)]
    for handle in handles:
        fcntl.flock(handle, fcntl.LOCK_EX)
    assert list(liveness.silent(tmp_path)) == [1]
    # The third has ended: its number may be another's by now.
    assert sorted(file.name for file in tmp_path.iterdir()) == ["worker-1", "worker-2"]
    for handle in handles:
        os.close(handle)


def test_a_worker_signs(tmp_path):
    liveness.show(tmp_path, threads=2)
    (file,) = tmp_path.iterdir()
    assert file.name == f"worker-{os.getpid()}"
    assert time.monotonic() - float(file.read_text()) < 5
    assert list(liveness.silent(tmp_path)) == []
    assert file.exists()
