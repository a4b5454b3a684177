"""What workers do in these tests. Each job leaves a line in a file, so that what ran can be counted."""

import os
import signal
import time
from pathlib import Path

from django.db import transaction
from django_tasks import task

from collegium.work.attempts import attempts
from collegium.work.models import ScheduledRun


def line(path, text):
    """Add a line in one write, so that the lines of several processes do not mix."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        os.write(handle, f"{text}\n".encode())
    finally:
        os.close(handle)


def lines(path):
    return Path(path).read_text().splitlines() if Path(path).exists() else []


@task
def note(path, text):
    line(path, text)
    return text


@task
def first_time_slow(path, seconds):
    """Takes its time the first time only; so a second worker can finish what the first one could not."""
    before = lines(path)
    line(path, "began")
    if not before:
        time.sleep(seconds)
    line(path, "ended")


@task
def slow(path, seconds):
    line(path, "began")
    time.sleep(seconds)
    line(path, "ended")


@task
def fail(path):
    line(path, "tried")
    raise LookupError("no such edition")


@task
@attempts(2, waits=(0,))
def fail_twice(path):
    line(path, "tried")
    raise LookupError("no such edition")


@task
@attempts(3, waits=(0, 0))
def fail_first(path):
    line(path, "tried")
    if len(lines(path)) < 2:
        raise LookupError("not yet")


@task
@attempts(2)
def leave():
    raise SystemExit(1)


@task
def return_what_json_cannot_hold():
    return object()


@task
def write_and_fail():
    with transaction.atomic():
        ScheduledRun.objects.create(job="tests.half", due="2026-01-01T00:00Z")
        raise LookupError("half-way")


@task
async def wait_a_little(path):
    line(path, "waited")


@task
def note_the_day():
    line(os.environ["WORK_TEST_FILE"], "done")


@task
@attempts(2, waits=(0.1,), limit=0.4)
def hang(path):
    line(path, "hangs")
    time.sleep(120)


@task
@attempts(1, limit=0.4)
def hang_deaf(path):
    """Hangs and hears no signal that Python would handle, like code in a C library."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM, signal.SIGTERM})
    line(path, "hangs")
    time.sleep(120)


@task
@attempts(2, waits=(0,))
def count_in_database(path):
    """Takes a minute the first time, unless its connection breaks."""
    first = not lines(path)
    line(path, "began")
    for _ in range(1200 if first else 1):
        ScheduledRun.objects.count()
        time.sleep(0.05)
    line(path, "ended")


@task
@attempts(1)
def kill_own_process(path):
    line(path, "tried")
    os.kill(os.getpid(), 9)
