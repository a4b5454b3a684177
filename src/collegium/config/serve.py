"""The supervisor: starts the web server and the task worker, watches both, and stops both.

It imports no Django, so that it stays small and starts at once. Its children are in `child`.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import FrameType

from collegium.config.errors import Refused

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
    log.error("%s ended %s; it is started again in %.1f s", child.name, how, child.pause)
    child.process, child.due = None, now + child.pause
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


def supervise(children: list[Child], *, env: Mapping[str, str], on_tick: Callable[[], None]) -> None:
    """Keep `children` running until a stop signal, then stop them all and wait until they are gone."""
    with stop_signals() as (stopping, hurry):
        try:
            while not stopping.is_set():
                for child in children:
                    tend(child, env)
                on_tick()
                stopping.wait(TICK)
        finally:
            stop(children, hurry)


# --- what `collegium serve` starts


def family(*, host: str, port: int, workers: int) -> list[Child]:
    """The web server and the task worker of this process."""
    base = [sys.executable, "-m", "collegium.config.child", str(os.getpid())]
    return [
        Child("the web server", [*base, "web", host, str(port), str(workers)]),
        Child("the task worker", [*base, "tasks"]),
    ]


def shared_clock(env: Mapping[str, str]) -> dict[str, str]:
    """`env` with one start for the displaced clock (`AS_OF`), so that all children tell the same time."""
    if env.get("AS_OF", "now") in ("", "now") or env.get("AS_OF_SINCE"):
        return dict(env)
    return {**env, "AS_OF_SINCE": datetime.now(UTC).isoformat()}


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


def serve(*, host: str, port: int, workers: int, on_tick: Callable[[], None] = lambda: None) -> None:
    """Serve the site at `host`:`port` until a stop signal. The address must be free."""
    ensure_free(host, port)
    env = shared_clock(os.environ)
    supervise(family(host=host, port=port, workers=workers), env=env, on_tick=on_tick)
