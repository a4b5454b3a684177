import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from collegium.config import serve
from collegium.config import supervisor as supervision
from collegium.config.errors import Refused
from config.test_child import ends_within, is_alive

# A supervisor over children that the test writes: NAME=CODE pairs follow.
SUPERVISOR = """
import logging, sys, os
from collegium.config import supervisor
logging.basicConfig(level="INFO", format="%(message)s")
supervisor.FIRST_PAUSE = 0.1
parts = [a.split("=", 1) for a in sys.argv[2:]]
children = [supervisor.Child(n, [sys.executable, "-c", c], pause=0.1) for n, c in parts]
supervisor.GRACE = float(sys.argv[1])
supervisor.Supervisor(children, env=os.environ).run()
print("all gone", flush=True)
"""
STAYS = """
import os, time, pathlib
from collegium.config import child
child.end_with(os.getppid())
with open({file!r}, "a") as f: f.write(str(os.getpid()) + "\\n")
time.sleep(60)
"""
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + STAYS


def eventually(condition, within=15.0):
    until = time.monotonic() + within
    while not (value := condition()):
        assert time.monotonic() < until, f"not within {within} s"
        time.sleep(0.05)
    return value


def pids(file):
    return [int(line) for line in file.read_text().splitlines()] if file.exists() else []


@pytest.fixture
def supervisor(tmp_path):
    """Starts a supervisor over two children of the given code; each writes its number into its file."""
    started = []

    def start(code=STAYS, grace=20):
        files = tmp_path / "a", tmp_path / "b"
        children = [f"{file.name}={code.format(file=str(file))}" for file in files]
        command = [sys.executable, "-c", SUPERVISOR, str(grace), *children]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        started.append(process)
        eventually(lambda: all(pids(file) for file in files))
        return process, *files

    yield start
    for process in started:
        process.kill()
        process.communicate(timeout=15)


@pytest.mark.parametrize("number", (signal.SIGTERM, signal.SIGINT, signal.SIGHUP))
def test_a_stop_signal_stops_all_and_waits(supervisor, number):
    process, a, b = supervisor()
    process.send_signal(number)
    output, _ = process.communicate(timeout=15)
    assert process.returncode == 0
    assert "all gone" in output
    assert not any(map(is_alive, pids(a) + pids(b)))


def test_a_child_that_dies_is_started_again_and_the_other_is_left_alone(supervisor):
    process, a, b = supervisor()
    os.kill(pids(a)[0], signal.SIGKILL)
    eventually(lambda: len(pids(a)) == 2)
    process.terminate()
    output, _ = process.communicate(timeout=15)
    assert "a ended by signal SIGKILL; it is started again in 0.1 s" in output
    assert len(pids(b)) == 1


def test_a_child_that_keeps_dying_waits_longer_each_time(supervisor):
    process, a, _ = supervisor(STAYS.replace("time.sleep(60)", "raise SystemExit(3)"))
    eventually(lambda: len(pids(a)) == 4)
    process.terminate()
    output, _ = process.communicate(timeout=15)
    for pause in ("0.1", "0.2", "0.4"):
        assert f"a ended with code 3; it is started again in {pause} s" in output


def test_a_child_that_ran_well_starts_from_the_first_pause():
    child = supervision.Child("x", [], pause=16.0)
    child.process = subprocess.Popen([sys.executable, "-c", ""])
    child.process.wait()
    supervision.note_death(child, now=child.started + supervision.STEADY)
    assert child.due == child.started + supervision.STEADY + supervision.FIRST_PAUSE


def test_a_child_that_does_not_stop_is_killed_and_named(supervisor):
    process, a, _ = supervisor(DEAF, grace=0.5)
    process.terminate()
    output, _ = process.communicate(timeout=15)
    assert "a is killed: it did not stop within" in output
    assert not is_alive(pids(a)[0])


def test_a_second_signal_waits_for_nobody(supervisor):
    process, a, b = supervisor(DEAF, grace=60)
    process.terminate()
    time.sleep(0.5)
    process.terminate()
    process.communicate(timeout=10)
    assert not any(map(is_alive, pids(a) + pids(b)))


def test_no_orphans_when_the_supervisor_itself_is_killed(supervisor):
    process, a, b = supervisor()
    process.kill()
    assert all(ends_within(pid, 5) for pid in pids(a) + pids(b))


# --- the clock, the address


def test_children_share_the_start_of_a_displaced_clock():
    env = serve.shared_clock({"DEMO_DATE": "2025-02-14"})
    assert env["DEMO_DATE_SINCE"].endswith("+00:00")
    assert serve.shared_clock(env) == env


@pytest.mark.parametrize("env", ({}, {"DEMO_DATE": ""}, {"DEMO_DATE": "now"}))
def test_the_real_clock_has_no_start(env):
    assert "DEMO_DATE_SINCE" not in serve.shared_clock(env)


def test_an_address_in_use_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=f"127.0.0.1 port {port}: Address already in use"):
            serve.ensure_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(Refused, match="--port"):
        serve.ensure_free("192.0.2.1", 8000)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


# --- the real family


@pytest.fixture
def served(database_url, tmp_path):
    """`collegium serve` on this test's database: its process, port and log."""
    port, log = free_port(), tmp_path / "log"
    environment = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
    environment |= {
        "DATABASE_URL": database_url,
        "COLLEGIUM_VAR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "collegium.config.settings.dev",
        "SECRET_KEY": "s" * 50,
    }
    command = [sys.executable, "-m", "collegium.config.cli", "serve", "--port", str(port), "--workers", "2"]
    with log.open("w") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
    yield process, port, log
    process.terminate()
    process.wait(30)


def answers(port):
    """The status of the staff's sign-in page, or None where nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/admin/login/", timeout=10) as response:
            return response.status
    except urllib.error.HTTPError as fault:
        return fault.code
    except OSError:
        return None


def cmdline(pid):
    return Path(f"/proc/{pid}/cmdline").read_text()


def descendants(pid):
    """All processes below `pid`."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        parents.setdefault(int(text.rsplit(")", 1)[1].split()[1]), []).append(int(stat.parent.name))
    found = list(parents.get(pid, []))
    for one in found:
        found += parents.get(one, [])
    return found


def test_the_site_is_served_and_its_work_done_until_it_is_stopped(served):
    process, port, log = served
    assert eventually(lambda: answers(port), within=40) == 200
    eventually(lambda: "collegium.work: Worker" in log.read_text())
    # The edge and its process, Django's server and its two workers, and the task worker.
    family = eventually(lambda: len(found := descendants(process.pid)) == 6 and found)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    assert not any(map(is_alive, family))
    assert answers(port) is None


def test_nothing_of_it_stays_when_its_supervisor_is_killed(served):
    process, port, _ = served
    eventually(lambda: answers(port), within=40)
    family = descendants(process.pid)
    process.kill()
    assert all(ends_within(pid, 10) for pid in family)
    assert answers(port) is None


@pytest.mark.parametrize("role", ("edge", "django"))
def test_workers_go_with_a_server_that_is_killed_and_come_back(served, role):
    process, port, _ = served
    eventually(lambda: answers(port), within=40)
    web = next(pid for pid in descendants(process.pid) if f"\0{role}\0" in cmdline(pid))
    workers = descendants(web)
    os.kill(web, signal.SIGKILL)
    assert workers
    assert all(ends_within(pid, 10) for pid in workers)
    assert eventually(lambda: answers(port) == 200, within=40)


def test_a_database_that_is_not_migrated_is_not_served(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
    environment |= {
        "DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3",
        "COLLEGIUM_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "collegium.config.settings.base",
        "SECRET_KEY": "s" * 50,
    }
    command = [sys.executable, "-m", "collegium.config.cli", "serve", "--port", str(free_port())]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert run.returncode == 1
    assert "migrations" in run.stderr
    assert "collegium manage migrate" in run.stderr
    assert "Traceback" not in run.stderr


def test_handlers_are_given_back():
    before = signal.getsignal(signal.SIGTERM)
    with supervision.stop_signals() as (stopping, hurry):
        signal.raise_signal(signal.SIGTERM)
        assert stopping.is_set()
        assert not hurry.is_set()
        signal.raise_signal(signal.SIGINT)
        assert hurry.is_set()
    assert signal.getsignal(signal.SIGTERM) is before
    assert isinstance(stopping, threading.Event)
