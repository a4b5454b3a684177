"""The supervisor: starts the edge, Django's workers and the task worker, watches them, and stops them.

It imports no Django, so that it stays small and starts at once. Its children are in `child`.
"""

import logging
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

from collegium.config import child as children_of
from collegium.config.env import Env, content_version_file
from collegium.config.errors import Refused
from collegium.edge.setup import Setup

log = logging.getLogger("collegium.serve")

FIRST_PAUSE = 0.5  #: seconds before a child that died is started again
LONGEST_PAUSE = 30.0
STEADY = 60.0  #: seconds after which a child counts as well again
GRACE = 30.0  #: seconds that the children have to stop
TICK = 0.1


@dataclass
class Child:
    """A program that should always run, and how its last attempts went. Times are monotonic seconds."""

    name: str
    command: list[str]
    anew: signal.Signals | None = None  #: what tells it to begin anew with the code at hand
    told: bool = False  #: whether it was, and may end
    certificate: tuple[str, str] | None = None  #: the files of certificate and key that it shows readers
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = field(default_factory=time.monotonic)


def start(child: Child, env: Mapping[str, str]) -> None:
    """Start `child` in a group of its own, so that Ctrl-C reaches it through the supervisor only."""
    child.process = subprocess.Popen(child.command, env=dict(env), process_group=0)
    child.started = time.monotonic()


def tend(child: Child, env: Mapping[str, str]) -> None:
    """Start `child` when it is due; note its death, and when it is due again."""
    now = time.monotonic()
    if child.process is None:
        if now >= child.due:
            start(child, env)
    elif child.process.poll() is not None:
        bury(child, now)


def bury(child: Child, now: float) -> None:
    """Log that `child` died and put off its next start: longer each time, unless it had run well."""
    assert child.process is not None
    if now - child.started >= STEADY:
        child.pause = FIRST_PAUSE
    code = child.process.returncode
    how = f"by signal {signal.Signals(-code).name}" if code < 0 else f"with code {code}"
    level = logging.INFO if child.told else logging.ERROR
    log.log(level, "%s ended %s; it is started again in %.1f s", child.name, how, child.pause)
    child.process, child.due, child.told = None, now + child.pause, False
    child.pause = min(child.pause * 2, LONGEST_PAUSE)


def stop(children: list[Child], hurry: threading.Event) -> None:
    """Ask all `children` to finish, wait for them, and kill what is still there after the grace."""
    living = [child for child in children if child.process is not None]
    for child in living:
        _tell(child, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    for child in living:
        if not _gone(child, deadline, hurry):
            why = "a second signal came" if hurry.is_set() else f"it did not stop within {GRACE:.0f} s"
            log.error("%s is killed: %s", child.name, why)
            _tell(child, signal.SIGKILL)
            child.process.wait()  # type: ignore[union-attr]


def renew(children: list[Child]) -> None:
    """Let those of `children` begin anew that run the society's code; readers notice nothing."""
    for child in children:
        if child.anew is not None and child.process is not None:
            log.info("%s begins anew", child.name)
            child.pause, child.told = FIRST_PAUSE, child.anew == signal.SIGTERM
            _tell(child, child.anew)


def show_new_certificate(children: list[Child]) -> None:
    """Let who shows a certificate read it anew, unless the files do not fit."""
    for child in children:
        if child.certificate and child.process is not None:
            try:
                ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(*child.certificate)
            except OSError as fault:
                log.error("the old certificate is kept: the new one cannot be used (%s)", fault)
            else:
                log.info("%s reads its certificate anew", child.name)
                _tell(child, signal.SIGHUP)


def _tell(child: Child, number: signal.Signals) -> None:
    if child.process is not None and child.process.poll() is None:
        child.process.send_signal(number)


def _gone(child: Child, deadline: float, hurry: threading.Event) -> bool:
    while child.process is not None and child.process.poll() is None:
        if time.monotonic() > deadline or hurry.is_set():
            return False
        time.sleep(TICK)
    return True


@contextmanager
def stop_signals() -> Iterator[tuple[threading.Event, threading.Event]]:
    """Two events: a first SIGTERM, SIGINT or SIGHUP sets `stopping`, any further one `hurry`."""
    stopping, hurry = threading.Event(), threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        (hurry if stopping.is_set() else stopping).set()

    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = [signal.signal(number, on_signal) for number in numbers]
    try:
        yield stopping, hurry
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


@contextmanager
def asked_by(number: signal.Signals) -> Iterator[threading.Event]:
    """An event that `number` sets. SIGHUP, which others take for this, comes of closed windows."""
    asked = threading.Event()
    before = signal.signal(number, lambda _, frame: asked.set())
    try:
        yield asked
    finally:
        signal.signal(number, before)


def supervise(children: list[Child], *, env: Mapping[str, str], on_tick: Callable[[], None]) -> None:
    """Keep `children` running until a stop signal, then stop them all and wait until they are gone.

    SIGUSR1 lets them begin anew, SIGUSR2 read their certificate anew.
    """
    with (
        stop_signals() as (stopping, hurry),
        asked_by(signal.SIGUSR1) as renewal,
        asked_by(signal.SIGUSR2) as certificate,
    ):
        try:
            while not stopping.is_set():
                if renewal.is_set():
                    renewal.clear()
                    renew(children)
                if certificate.is_set():
                    certificate.clear()
                    show_new_certificate(children)
                for child in children:
                    tend(child, env)
                on_tick()
                stopping.wait(TICK)
        finally:
            stop(children, hurry)


# --- what `collegium serve` starts


def family(
    *, socket_path: str, workers: int, certificate: tuple[str, str] | None = None, purges: bool = False
) -> list[Child]:
    """The edge, Django's workers behind it, and the task worker; `purges` where a cache in front is told."""
    base = [sys.executable, "-m", "collegium.config.child", str(os.getpid())]
    children = [
        Child("the web server", [*base, "django", socket_path, str(workers)], anew=signal.SIGHUP),
        Child("the edge", [*base, "edge"], certificate=certificate),
        Child("the task worker", [*base, "tasks"], anew=signal.SIGTERM),
    ]
    return [*children, Child("the word to the cache in front", [*base, "purges"])] if purges else children


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


def ensure_free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as fault:
            why = getattr(fault, "strerror", None) or str(fault)
            raise Refused(
                f"Collegium cannot listen at {host} port {port}: {why}. Stop what uses that port, "
                "or choose another one with --port."
            ) from None


def ensure_ready() -> None:
    """Refuse to serve where the settings or the database are not fit for it, with what `check` says of them.

    It asks in a process of its own, so that Django's memory is not kept in the supervisor.
    """
    asked = ["check", "--only", "settings", "database", "migrations", "--faults"]
    run = subprocess.run(
        [sys.executable, "-m", "collegium.config.cli", *asked], capture_output=True, text=True
    )
    if run.returncode:
        raise Refused("Collegium cannot be served yet:\n" + (run.stdout + run.stderr).strip())


def pid_file(var: Path) -> Path:
    """Where the number of the process is that serves the installation in `var`."""
    return var / "run" / "serve.pid"


def restart(var: Path, *, certificate: bool = False) -> None:
    """Tell the running `collegium serve` to let its workers begin anew, or only to read its certificate anew.

    Refuse where there is none.
    """
    try:
        os.kill(int(pid_file(var).read_text()), signal.SIGUSR2 if certificate else signal.SIGUSR1)
    except (OSError, ValueError):
        raise Refused(f"Nothing is served from {var}, so nothing begins anew. Run: collegium serve") from None


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
    env: Env, *, host: str, port: int, workers: int, on_tick: Callable[[], None] = lambda: None, **chosen: Any
) -> None:
    """Serve the site at `host`:`port` until a stop signal. The address must be free."""
    ensure_free(host, port)
    setup = setup_of(env, host=host, port=port, workers=workers, **chosen)
    around = {**shared_clock(os.environ), children_of.SETUP: setup.to_json()}
    if setup.certificate:
        around["HTTPS"] = "1"
    shown = (setup.certificate, setup.key) if setup.certificate else None
    pid_file(env.var).write_text(str(os.getpid()))
    try:
        children = family(
            socket_path=setup.socket, workers=workers, certificate=shown, purges=bool(env.purge)
        )
        supervise(children, env=around, on_tick=on_tick)
    finally:
        pid_file(env.var).unlink(missing_ok=True)
