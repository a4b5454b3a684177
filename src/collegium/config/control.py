"""The control socket: `collegium restart` speaks to the running `collegium serve`, and hears how it went.

No process number is written down, so none can be mistaken for another's after a crash.
"""

import logging
import socket
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from collegium.config.errors import Refused

log = logging.getLogger("collegium.serve")

OK = "ok"
PATIENCE = 300.0  #: seconds that a restart may take
Job = Callable[[], Iterator[None]]


def ask(path: Path, command: str) -> None:
    """Let the serve that listens at `path` do `command`; refuse where it did not, or none listens."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(PATIENCE)
        try:
            line.connect(str(path))
            line.sendall(f"{command}\n".encode())
            answer = _read_all(line)
        except OSError:
            answer = ""
    if answer == OK:
        return
    folder = path.parent.parent
    raise Refused(answer or f"Nothing is served from {folder}. Run: collegium serve")


def _read_all(line: socket.socket) -> str:
    parts = []
    while part := line.recv(65_536):
        parts.append(part)
    return b"".join(parts).decode()


class Control:
    """Does one job after the other, a step at each call of `step`. `path` is its socket."""

    def __init__(self, path: Path, jobs: Mapping[str, Job]) -> None:
        path.unlink(missing_ok=True)  # of a serve that was killed
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(path))
        path.chmod(0o600)
        self._door.listen(8)
        self._door.setblocking(False)
        self._path, self._jobs = path, jobs
        self._signalled: deque[str] = deque()
        self._job: Iterator[None] | None = None
        self._line: socket.socket | None = None

    def enqueue(self, command: str) -> None:
        """Do `command` when it is its turn. For signals, which nobody answers."""
        self._signalled.append(command)

    def step(self) -> None:
        """Go on with the job that runs, or begin the next one."""
        if self._job is None:
            self._begin()
            return
        try:
            next(self._job)
        except StopIteration:
            self._end(OK)
        except Refused as refusal:
            log.error("%s", refusal)
            self._end(str(refusal))

    def _begin(self) -> None:
        command = self._signalled.popleft() if self._signalled else self._accept()
        if command is None:
            return
        if command in self._jobs:
            self._job = self._jobs[command]()
        else:
            self._end(f"This collegium serve does not know {command!r}. Stop it and start it again.")

    def _accept(self) -> str | None:
        try:
            self._line, _ = self._door.accept()
        except BlockingIOError:
            return None
        self._line.settimeout(1.0)
        try:
            return self._line.recv(100).decode(errors="replace").strip()
        except OSError:
            return ""

    def _end(self, answer: str) -> None:
        self._job = None
        if self._line is not None:
            try:
                self._line.sendall(answer.encode())
            except OSError:
                log.info("who asked has gone: %s", answer)
            self._line.close()
            self._line = None

    def close(self) -> None:
        if self._job is not None:
            self._end("collegium serve was stopped meanwhile.")
        self._door.close()
        self._path.unlink(missing_ok=True)
