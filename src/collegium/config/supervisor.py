"""The supervisor: starts its children, starts again those that end, replaces and stops them.

It imports no Django, so that it stays small and starts at once.
"""

import logging
import signal
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from collegium.config.errors import Refused

log = logging.getLogger("collegium.serve")

FIRST_PAUSE = 0.5  #: seconds before a child that died is started again
LONGEST_PAUSE = 30.0
STEADY = 60.0  #: seconds after which a child counts as well again
GRACE = 30.0  #: seconds that the children have to stop
TICK = 0.1
KEPT = "The old processes go on:"  #: how a refused restart begins
START_LIMIT = 90.0  #: seconds that a new child has to come up before it is given up
OVERLAP = 1.0  #: seconds that old and new child both serve, so that nobody who waits for the old one is lost


@dataclass
class Child:
    """A program that should always run, and how its last attempts went. Times are monotonic seconds."""

    name: str
    command: list[str]
    files: tuple[int, ...] = ()  #: open files that it inherits
    faces_readers: bool = False  #: it stops first, so that what it has accepted is still answered
    certificate: tuple[str, str] | None = None  #: the files of certificate and key that it shows readers
    successor: "Callable[[], Child] | None" = None  #: makes the child that replaces it on a restart
    readiness: "Callable[[Child], str]" = lambda child: ""  #: what it still lacks before it can serve
    may_start: Callable[[], bool] = lambda: True
    take_over: Callable[[], None] = lambda: None  #: sends readers to it
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = field(default_factory=time.monotonic)

    @property
    def bare_name(self) -> str:
        return self.name.removeprefix("the ")


def start(child: Child, env: Mapping[str, str]) -> None:
    """Start `child` in a group of its own, so that Ctrl-C reaches it through the supervisor only."""
    child.process = subprocess.Popen(child.command, env=dict(env), process_group=0, pass_fds=child.files)
    child.started = time.monotonic()


def tend(child: Child, env: Mapping[str, str]) -> None:
    """Start `child` when it is due; note its death, and when it is due again."""
    now = time.monotonic()
    if child.process is None:
        if now >= child.due and child.may_start():
            start(child, env)
    elif child.process.poll() is not None:
        note_death(child, now)


def note_death(child: Child, now: float) -> None:
    """Log that `child` died and put off its next start: longer each time, unless it had run well."""
    if now - child.started >= STEADY:
        child.pause = FIRST_PAUSE
    log.error("%s %s; it is started again in %.1f s", child.name, how_it_ended(child), child.pause)
    child.process, child.due = None, now + child.pause
    child.pause = min(child.pause * 2, LONGEST_PAUSE)


def how_it_ended(child: Child) -> str:
    """In words, for a child that has ended."""
    assert child.process is not None
    code = child.process.returncode
    return f"ended by signal {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"


def is_running(child: Child) -> bool:
    return child.process is not None and child.process.poll() is None


def send(child: Child, number: signal.Signals) -> None:
    """Send a signal to `child` if it still runs."""
    if child.process is not None and is_running(child):
        child.process.send_signal(number)


def stop(children: list[Child], hurry: threading.Event) -> None:
    """Ask all `children` to finish, wait for them, and kill what is still there after the grace."""
    deadline = time.monotonic() + GRACE
    for faces_readers in (True, False):
        some = [child for child in children if child.faces_readers == faces_readers]
        for child in some:
            send(child, signal.SIGTERM)
        _wait_until_gone(some, deadline, hurry)


def _wait_until_gone(children: list[Child], deadline: float, hurry: threading.Event) -> None:
    for child in children:
        if not _ends(child, deadline, hurry):
            why = "a second signal came" if hurry.is_set() else f"it did not stop within {GRACE:.0f} s"
            log.error("%s is killed: %s", child.name, why)
            kill(child)


def kill(child: Child) -> None:
    send(child, signal.SIGKILL)
    if child.process is not None:
        child.process.wait()


def _ends(child: Child, deadline: float, hurry: threading.Event) -> bool:
    while is_running(child):
        if time.monotonic() > deadline or hurry.is_set():
            return False
        time.sleep(TICK)
    return True


def show_new_certificate(children: Iterable[Child]) -> None:
    """Let who shows a certificate read it again, or refuse files that do not fit; the old one stays then."""
    for child in children:
        if child.certificate and child.process is not None:
            try:
                ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(*child.certificate)
            except OSError as fault:
                raise Refused(f"The old certificate is kept: the new one cannot be used ({fault}).") from None
            log.info("%s reads its certificate again", child.name)
            send(child, signal.SIGHUP)


@contextmanager
def stop_signals() -> Iterator[tuple[threading.Event, threading.Event]]:
    """Two events: a first SIGTERM, SIGINT or SIGHUP sets `stopping`, any further one `hurry`."""
    stopping, hurry = threading.Event(), threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        (hurry if stopping.is_set() else stopping).set()

    with handling((signal.SIGTERM, signal.SIGINT, signal.SIGHUP), on_signal):
        yield stopping, hurry


@contextmanager
def handling(
    numbers: Iterable[signal.Signals], handler: Callable[[int, FrameType | None], None]
) -> Iterator[None]:
    """Handle the signals `numbers` with `handler` within the block."""
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


class Supervisor:
    """Keeps `children` running. Those that were replaced, or come up, are among `others`."""

    def __init__(self, children: list[Child], *, env: Mapping[str, str]) -> None:
        self.children, self.others, self.env = children, list[Child](), env

    def run(self, duty: Callable[[], None] = lambda: None) -> None:
        """Do `duty` at each tick until a stop signal; then stop all children and wait until they are gone."""
        with stop_signals() as (stopping, hurry):
            try:
                while not stopping.is_set():
                    for child in self.children:
                        tend(child, self.env)
                    self.others = [child for child in self.others if is_running(child)]
                    duty()
                    stopping.wait(TICK)
            finally:
                stop([*self.children, *self.others], hurry)

    def replace(self, old: Child) -> Iterator[None]:
        """Start the successor of `old`, and retire `old` once the new one serves.

        Each step of the iterator is short. Raises `Refused` where the new one does not come up.
        """
        assert old.successor is not None
        new = old.successor()
        start(new, self.env)
        self.others.append(new)
        log.info("%s is replaced", old.name)
        try:
            yield from self._wait_for(new)
        except BaseException:
            kill(new)
            raise
        new.take_over()
        self.others.remove(new)
        self.children[self.children.index(old)] = new
        self.others.append(old)
        yield from _wait(OVERLAP)
        send(old, signal.SIGTERM)

    def _wait_for(self, new: Child) -> Iterator[None]:
        deadline = time.monotonic() + START_LIMIT
        while lack := new.readiness(new):
            if not is_running(new):
                lack = how_it_ended(new)
            elif time.monotonic() < deadline:
                yield
                continue
            raise Refused(f"{KEPT} the new {new.bare_name} {lack}.")


def _wait(seconds: float) -> Iterator[None]:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield
