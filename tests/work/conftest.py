"""A database of their own for tests with several processes: a real file, or a real PostgreSQL database.

`yard` points this process's ORM at it too, so a test enqueues and looks as usual while workers run beside.
"""

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from collegium.work import schedule
from collegium.work.models import ScheduledRun, Worker
from collegium.work.timings import Timings

SETTINGS = f"{__package__}.settings"
BRISK = Timings(poll=0.05, beat=0.2, gone=1.5, away=0.2, patience=0.5, grace=0.5, stuck=5)
SERVE = """
import django; django.setup()
from collegium.work import schedule, worker
from {package}.conftest import BRISK
from {package} import jobs
schedule._jobs.clear()
{first}
worker.run(timings=BRISK)
"""


def eventually(condition, *, within=20.0):
    """Wait until `condition()` holds; its last value. Fails after `within` seconds."""
    until = time.monotonic() + within
    while not (value := condition()):
        assert time.monotonic() < until, f"not within {within} s"
        time.sleep(0.05)
    return value


@pytest.fixture
def no_daily_jobs(monkeypatch):
    monkeypatch.setattr(schedule, "_jobs", {})


class Yard:
    """Starts worker processes on the database at `name`, and ends those that it started."""

    def __init__(self, name, tmp_path):
        self.name, self.file, self.log = name, tmp_path / "lines", tmp_path / "log"
        self.processes = []

    @property
    def environment(self):
        return environment(self.name) | {"WORK_TEST_FILE": str(self.file)}

    def worker(self, first=""):
        code = SERVE.format(package=__package__, first=first)
        return self.start("-W", "error", "-c", code)

    def start(self, *arguments):
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *arguments], env=self.environment, stdout=log, stderr=log
            )
        self.processes.append(process)
        return process

    def close(self):
        for process in self.processes:
            process.kill()
            process.wait()


def environment(name):
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "DATABASE_URL": url(name),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }


def url(name):
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    had = connections.settings["default"]
    return f"postgresql://{had['USER']}:{had['PASSWORD']}@{had['HOST']}:{had['PORT']}/{name}"


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The name of a migrated database."""
    with _new_database(tmp_path_factory) as name:
        migrate = [sys.executable, "-m", "django", "migrate", "--skip-checks", "--verbosity", "0"]
        subprocess.run(migrate, env=environment(name), check=True)
        yield name


def children(process):
    """The numbers of the task processes of a worker."""
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, check=False)
    return [int(number) for number in told.stdout.split()]


@contextmanager
def _new_database(tmp_path_factory):
    if connection.vendor == "sqlite":
        yield str(tmp_path_factory.mktemp("yard") / "built.sqlite3")
        return
    name = f"collegium_yard_{os.getpid()}"
    with psycopg.connect(url("postgres"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield name
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def yard(built, tmp_path, django_db_blocker, no_daily_jobs):
    name = built
    if connection.vendor == "sqlite":
        name = shutil.copy(built, tmp_path / "yard.sqlite3")
    with django_db_blocker.unblock(), _pointed_at(str(name)):
        for model in (DBTaskResult, Worker, ScheduledRun):
            model.objects.all().delete()
        yard = Yard(name, tmp_path)
        try:
            yield yard
        finally:
            yard.close()


@contextmanager
def _pointed_at(name):
    usual, usual_name = connections["default"], connections.settings["default"]["NAME"]
    connections.settings["default"]["NAME"] = name
    connections["default"] = here = connections.create_connection("default")
    try:
        yield
    finally:
        here.close()
        connections["default"] = usual
        connections.settings["default"]["NAME"] = usual_name
