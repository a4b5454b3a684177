"""`collegium restart` and everything else that must cost no reader an answer, with real processes."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest

from config.test_child import ends_within, is_alive
from config.test_serve import cmdline, descendants, eventually, free_port

pytestmark = pytest.mark.system

SETTINGS = "from collegium.config.settings.dev import *\n"
SERVE = (
    "import sys; from collegium.config import cli, liveness; liveness.SILENT = 10.0; sys.exit(cli.main({!r}))"
)
# As systemd does: keep the socket, and hand it to each serve that is started.
HOLDER = """
import os, signal, socket, subprocess, sys
door = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=1024)
os.dup2(door.fileno(), 3, inheritable=True)
def begin():
    code = "import os, sys; os.environ['LISTEN_PID'] = str(os.getpid()); os.execv(sys.executable, sys.argv[1:])"
    return subprocess.Popen([sys.executable, "-c", code, *sys.argv[2:]], pass_fds=(3,), env=os.environ | {"LISTEN_FDS": "1"})
serving = begin()
for line in sys.stdin:
    serving.terminate(); serving.wait()
    serving = begin()
    print("started again", flush=True)
serving.terminate(); serving.wait()
"""


class Site:
    """`collegium serve` on a database of its own, whose settings a test may break."""

    def __init__(self, tmp_path, database_url):
        self.port, self.log, self.var = free_port(), tmp_path / "log", tmp_path / "var"
        self.settings = tmp_path / "site_settings.py"
        self.settings.write_text(SETTINGS)
        self.environment = {k: v for k, v in os.environ.items() if k != "TEST_DATABASE_URL"} | {
            "DATABASE_URL": database_url,
            "COLLEGIUM_VAR": str(self.var),
            "DJANGO_SETTINGS_MODULE": "site_settings",
            "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]),
            "SECRET_KEY": "s" * 50,
        }

    def arguments(self):
        return ["serve", "--port", str(self.port), "--workers", "2"]

    def run(self, *arguments):
        command = [sys.executable, "-m", "collegium.config.cli", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=300)

    def get(self, path="/healthz"):
        """The status of `path`, or None where nobody answers."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request("GET", path)
            return line.getresponse().status
        except OSError:
            return None
        finally:
            line.close()

    @contextmanager
    def started(self, command=None, **kwargs):
        command = command or [sys.executable, "-c", SERVE.format(self.arguments())]
        with self.log.open("a") as log:
            process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, **kwargs)
        try:
            eventually(lambda: self.get("/readyz") == 200, within=180)
            yield process
        finally:
            process.terminate()
            process.wait(60)


@pytest.fixture
def site(database_url, tmp_path):
    return Site(tmp_path, database_url)


@contextmanager
def reading(site, *paths):
    """Readers who ask for `paths` until the block ends; yields the statuses that they got."""
    statuses, over = [], threading.Event()

    def read(path):
        while not over.is_set():
            statuses.append(site.get(path))

    readers = [threading.Thread(target=read, args=(path,)) for path in paths]
    for reader in readers:
        reader.start()
    try:
        yield statuses
    finally:
        over.set()
        for reader in readers:
            reader.join()


def web_workers(process):
    """The web workers below the supervisor `process`, and not their server."""
    servers = [pid for pid in descendants(process.pid) if "\0django\0" in cmdline(pid)]
    return {worker for server in servers for worker in descendants(server)}


def test_restarts_cost_no_reader_an_answer(site):
    """One serve, and all that may happen to it, since each start takes long."""
    with site.started() as process:
        _refuses_a_second_serve(site)
        _keeps_the_old_release(
            site,
            process,
            "raise RuntimeError('this release is broken')",
            "RuntimeError: this release is broken",
        )
        _keeps_the_old_release(
            site, process, SETTINGS + "MIDDLEWARE = ['nowhere.Middleware']", "No module named 'nowhere'"
        )
        site.settings.write_text(SETTINGS)
        _replaces_all_processes(site, process)
        _replaces_hung_workers(site, process)
        children = descendants(process.pid)
        process.kill()
        process.wait()
        assert all(ends_within(pid, 10) for pid in children)
    restart = _restart(site)
    assert (restart.returncode, restart.stderr) == (
        1,
        f"Nothing is served from {site.var}. Run: collegium serve\n",
    )
    with site.started():
        assert site.get("/admin/login/") == 200


def _refuses_a_second_serve(site):
    second = site.run("serve", "--port", str(free_port()))
    assert second.returncode == 1
    assert f"Collegium is served from {site.var} already" in second.stderr
    assert site.get("/admin/login/") == 200


def _keeps_the_old_release(site, process, broken, told):
    before = set(descendants(process.pid))
    site.settings.write_text(broken)
    with reading(site, "/admin/login/") as statuses:
        restart = _restart(site)
    assert restart.returncode == 1
    assert restart.stderr.startswith("The old processes go on: the new ")
    assert told in restart.stderr
    assert "Traceback" not in restart.stderr
    assert set(statuses) == {200}
    assert before <= set(descendants(process.pid))


def _restart(site, *arguments):
    """Whoever types it has settings that can be read."""
    environment = site.environment | {"DJANGO_SETTINGS_MODULE": "collegium.config.settings.dev"}
    command = [sys.executable, "-m", "collegium.config.cli", "restart", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)


def _replaces_all_processes(site, process):
    before = set(descendants(process.pid))
    with reading(site, "/healthz", "/admin/login/") as statuses:
        restart = _restart(site, "--all")
        eventually(lambda: not any(map(is_alive, before)), within=180)
    assert restart.returncode == 0, restart.stderr
    assert set(statuses) == {200}
    assert len(statuses) > 50
    assert len(web_workers(process)) == 2


def _replaces_hung_workers(site, process):
    hung = web_workers(process)
    for pid in hung:
        os.kill(pid, signal.SIGSTOP)
    assert all(ends_within(pid, 30) for pid in hung)
    assert "gives no sign of life" in site.log.read_text()
    eventually(lambda: site.get("/admin/login/") == 200, within=180)


def test_a_full_restart_keeps_readers_waiting_and_refuses_none(site):
    command = [sys.executable, "-c", HOLDER, str(site.port), sys.executable, "-m", "collegium.config.cli"]
    with site.started([*command, *site.arguments()], stdin=subprocess.PIPE) as holder:
        with reading(site, "/healthz", "/admin/login/") as statuses:
            time.sleep(1)
            holder.stdin.write(b"again\n")
            holder.stdin.flush()
            eventually(lambda: "started again" in site.log.read_text(), within=90)
            time.sleep(1)
            eventually(lambda: site.get("/readyz") == 200, within=180)
        holder.stdin.close()
        holder.wait(60)
        assert set(statuses) == {200}


def test_the_socket_takes_readers_before_anybody_serves():
    from collegium.edge import process

    with process.listen("127.0.0.1", 0) as door, socket.create_connection(door.getsockname(), timeout=1):
        pass
