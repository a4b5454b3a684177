"""`collegium serve`: what it starts, on which socket, and how `collegium restart` replaces it.

It imports no Django, so that it stays small and starts at once. Its children are in `child`.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from collegium.config import child as children_of
from collegium.config import control, liveness, lock, sqlite, supervisor
from collegium.config.env import Env, content_version_file
from collegium.config.errors import Refused
from collegium.config.supervisor import Child, Supervisor
from collegium.edge import process
from collegium.edge.setup import Setup

LONGEST_WAIT = 60.0  #: seconds that an edge on such a socket waits for Django before it serves without
FITNESS = ["check", "--only", "settings", "database", "migrations", "--faults"]


@dataclass
class Family:
    """Makes the children of one `collegium serve`: the edge on `listening`, and what runs behind it."""

    setup: Setup
    run: Path
    listening: socket.socket
    workers: int
    purges: bool = False  #: whether a cache in front is told of changes
    begun: float = field(default_factory=time.monotonic)
    _numbers: Iterator[int] = field(default_factory=count)

    def children(self) -> list[Child]:
        web = self.web()
        web.take_over()
        children = [web, self.edge(), self.tasks()]
        return (
            [*children, self._child("the process that purges the CDN", "purges")] if self.purges else children
        )

    def web(self) -> Child:
        """Django's workers on a socket of their own; readers come by the link that leads there."""
        path = Path(self.setup.socket).with_name(f"django{next(self._numbers)}.sock")
        child = self._child("the web server", "django", str(path), str(self.workers))
        child.successor = self.web
        child.readiness = lambda child: self._lack(child) or lack_of(path, self.setup.ready_host)
        child.take_over = lambda: point(Path(self.setup.socket), path)
        return child

    def edge(self) -> Child:
        child = self._child("the edge", "edge", str(self.listening.fileno()))
        child.files, child.successor = (self.listening.fileno(),), self.edge
        child.faces_readers = True
        if was_handed_over():
            child.may_start = self._may_serve
        if self.setup.certificate:
            child.certificate = (self.setup.certificate, self.setup.key)
        return child

    def _may_serve(self) -> bool:
        """Readers who wait at a socket that was handed over would not wait long enough at the edge."""
        if time.monotonic() > self.begun + LONGEST_WAIT:
            return True
        return not lack_of(Path(self.setup.socket), self.setup.ready_host)

    def tasks(self) -> Child:
        child = self._child("the task worker", "tasks")
        child.successor = self.tasks
        return child

    def _child(self, name: str, *role: str) -> Child:
        command = [sys.executable, "-m", "collegium.config.child", str(os.getpid()), *role]
        return Child(name, command, readiness=self._lack)

    def _lack(self, child: Child) -> str:
        assert child.process is not None
        said = children_of.said(self.run, child.process.pid)
        if said and said != children_of.READY:
            raise Refused(f"{supervisor.KEPT} the new {child.bare_name} cannot be loaded. {said}")
        return "" if said else "does not begin to work"


def point(link: Path, target: Path) -> None:
    """Let `link` lead to `target`, in one step."""
    new = link.with_suffix(".new")
    new.unlink(missing_ok=True)
    new.symlink_to(target.name)
    new.replace(link)


def lack_of(path: Path, host: str) -> str:
    """What Django behind the socket at `path` says that it lacks; nothing where it is ready."""
    with closing(http.client.HTTPConnection(host)) as line:
        line.sock = socket.socket(socket.AF_UNIX)
        line.sock.settimeout(1.0)
        try:
            line.sock.connect(str(path))
            line.request("GET", "/readyz")
            response = line.getresponse()
            text = response.read(500).decode(errors="replace").strip()
        except (OSError, http.client.HTTPException):
            return "does not answer"
    return (
        ""
        if response.status == 200
        else f"is not ready ({text.splitlines()[0] if text else response.status})"
    )


# --- restart


def jobs(running: Supervisor) -> dict[str, control.Job]:
    """What `collegium restart` can ask for."""

    def workers() -> Iterator[None]:
        yield from _ensure_fit(running.env)
        for child in list(running.children):
            if child.successor and not child.faces_readers:
                yield from running.replace(child)

    def everything() -> Iterator[None]:
        yield from workers()
        for child in list(running.children):
            if child.successor and child.faces_readers:
                yield from running.replace(child)

    def certificate() -> Iterator[None]:
        supervisor.show_new_certificate(running.children)
        yield

    return {"restart": workers, "restart --all": everything, "restart --certificate": certificate}


def _ensure_fit(env: Mapping[str, str]) -> Iterator[None]:
    """Refuse a restart where the new code, its settings or its tables are not fit to serve."""
    with tempfile.TemporaryFile() as output:
        check = subprocess.Popen(_check(), env=dict(env), stdout=output, stderr=output)
        while check.poll() is None:
            yield
        if check.returncode:
            output.seek(0)
            raise Refused(f"{supervisor.KEPT} the new code is not fit.\n{_told(output.read())}")


def _check() -> list[str]:
    return [sys.executable, "-m", "collegium.config.cli", *FITNESS]


def _told(output: bytes) -> str:
    """What a failed check printed; of a traceback its last line."""
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines and lines[0].startswith("Traceback") else "\n".join(lines)


def ensure_ready() -> None:
    """Refuse to serve where the settings or the database are not fit for it, with what `check` says of them.

    It asks in a process of its own, so that Django's memory is not kept in the supervisor.
    """
    run = subprocess.run(_check(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if run.returncode:
        raise Refused(f"Collegium cannot be served yet:\n{_told(run.stdout)}")


def restart(var: Path, *, what: str = "restart") -> None:
    """Let the running `collegium serve` replace its workers, or do `what`. Refuse where it does not."""
    control.ask(control_socket(var), what)


def control_socket(var: Path) -> Path:
    return var / "run" / "control.sock"


# --- the set-up


def setup_of(env: Env, *, host: str, port: int, workers: int, **chosen: Any) -> Setup:
    """What the edge of this installation is told; `chosen` are fields of `Setup`."""
    run = env.var / "run"
    run.mkdir(parents=True, exist_ok=True)
    return Setup(
        socket=str(run / "django.sock"),
        spool=str(run / "spool"),
        version_file=str(content_version_file(env.var)),
        host=host,
        port=port,
        ready_host=env.hosts[0].lstrip("."),
        hosts=tuple(env.hosts),
        behind_proxy=env.https and not chosen.get("certificate"),
        database=listened_at(env.database),
        slots=workers * children_of.threads(),
        **chosen,
    )


def listened_at(database: Mapping[str, Any]) -> dict[str, Any]:
    """How to reach the PostgreSQL of Django's `database` without Django; empty for another."""
    if not database["ENGINE"].endswith("postgresql"):
        return {}
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    found = {word: str(database[name]) for name, word in names.items() if database.get(name)}
    return {**found, **database.get("OPTIONS", {})}


def shared_clock(env: Mapping[str, str]) -> dict[str, str]:
    """`env` with one start for the displaced clock (`DEMO_DATE`), so that all children tell the same time."""
    if env.get("DEMO_DATE", "now") in ("", "now") or env.get("DEMO_DATE_SINCE"):
        return dict(env)
    return {**env, "DEMO_DATE_SINCE": datetime.now(UTC).isoformat()}


def only_one(env: Env) -> AbstractContextManager[None]:
    """Within the block no other `collegium serve` can serve the same folder."""
    return lock.exclusive(
        env.var / "run" / "serve.lock",
        f"Collegium is served from {env.var} already. Stop that one, or give this one another COLLEGIUM_VAR. "
        "To load new code, run: collegium restart",
    )


def was_handed_over() -> bool:
    """Whether systemd, or who does as it does, gave this process its listening socket."""
    return os.environ.get("LISTEN_PID") == str(os.getpid()) and os.environ.get("LISTEN_FDS") == "1"


def listening_socket(host: str, port: int) -> socket.socket:
    """The socket that systemd handed over (`LISTEN_FDS`), or a new one at `host`:`port`."""
    if was_handed_over():
        return socket.socket(fileno=3)
    try:
        return process.listen(host, port)
    except (OSError, OverflowError) as fault:
        why = getattr(fault, "strerror", None) or str(fault)
        raise Refused(
            f"Collegium cannot listen at {host} port {port}: {why}. Stop what uses that port, "
            "or choose another one with --port."
        ) from None


def ensure_free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on."""
    listening_socket(host, port).close()


def ensure_certificate(certificate: str, key: str) -> None:
    """Refuse a certificate without its key, or one that cannot be read."""
    if bool(certificate) != bool(key):
        raise Refused("HTTPS needs both files: --certificate FILE --key FILE.")
    for file in filter(None, (certificate, key)):
        try:
            Path(file).read_bytes()
        except OSError as fault:
            raise Refused(
                f"{file} cannot be read ({fault.strerror}). Give this user the right to it."
            ) from None


def serve(
    env: Env, *, host: str, port: int, workers: int, check: Callable[[], None] = lambda: None, **chosen: Any
) -> None:
    """Serve the site at `host`:`port` until a stop signal, if `check` refuses nothing."""
    with only_one(env), listening_socket(host, port) as listening:
        check()
        _serve(env, listening, workers, **chosen)


def _serve(env: Env, listening: socket.socket, workers: int, **chosen: Any) -> None:
    host, port = listening.getsockname()[:2]
    setup = setup_of(env, host=host, port=port, workers=workers, **chosen)
    run = Path(setup.socket).parent
    if env.database["ENGINE"].endswith("sqlite3"):
        sqlite.note_served(env.var / "served-database", str(env.database["NAME"]))
    for stale in run.glob("start-*"):
        stale.unlink()
    family = Family(setup, run, listening, workers, purges=bool(env.purge))
    running = Supervisor(family.children(), env=environment(setup, run))
    watch, door = liveness.Watch(run), control.Control(control_socket(env.var), jobs(running))

    def duty() -> None:
        watch.step()
        door.step()

    signals = {signal.SIGUSR1: "restart", signal.SIGUSR2: "restart --certificate"}
    with (
        closing(door),
        supervisor.handling(signals, lambda number, frame: door.enqueue(signals[signal.Signals(number)])),
    ):
        running.run(duty)


def environment(setup: Setup, run: Path) -> dict[str, str]:
    """What the children find in their environment."""
    env = {name: value for name, value in shared_clock(os.environ).items() if not name.startswith("LISTEN_")}
    env |= {children_of.SETUP: setup.to_json(), children_of.RUN: str(run)}
    return env | {"HTTPS": "1"} if setup.certificate else env
