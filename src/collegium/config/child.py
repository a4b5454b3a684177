"""What runs under the supervisor: the edge, Django's workers and the task worker.

Each ends when its parent does. `serve` starts them as `python -m collegium.config.child PARENT ROLE …`, where
PARENT is the supervisor's process number, and the rest `edge [OPEN FILE]`, `django SOCKET WORKERS`, `tasks`
or `purges`. The edge finds its set-up, which may hold a password, in its environment.
"""

import ctypes
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1  # of Linux' <linux/prctl.h>
BACKLOG = 1024  #: connections that may wait for a worker
GRACE = 20  #: seconds that a web worker has to finish what it answers
RENDERING, LATER = 5, 10  #: how far pages that are made, and work for later, stand back behind hits
SETUP = "COLLEGIUM_EDGE"  #: where the edge finds its set-up
READY = "ready"
RUN = "COLLEGIUM_RUN"  #: where children find the folder in which they meet their supervisor


def end_with(parent: int, number: signal.Signals = signal.SIGTERM) -> None:
    """See to it that this process gets the signal `number` once `parent`, which started it, is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, number)
    else:
        threading.Thread(target=_end_after, args=(parent, number), daemon=True).start()
    if os.getppid() != parent:  # it went before we had asked
        raise SystemExit(1)


def _end_after(parent: int, number: signal.Signals, pause: float = 1.0) -> None:
    """Where the kernel offers no such signal: look every `pause` seconds."""
    while os.getppid() == parent:
        time.sleep(pause)
    os.kill(os.getpid(), number)


def say(pid: int, text: str) -> None:
    """Tell the supervisor that its child `pid` is ready to serve, or why it cannot be."""
    if folder := os.environ.get(RUN):
        new = Path(folder) / f"new-{pid}"
        new.write_text(text)
        new.replace(Path(folder) / f"start-{pid}")


def said(folder: Path, pid: int) -> str:
    """What the child `pid` said of its start; nothing where it said nothing yet."""
    try:
        return (folder / f"start-{pid}").read_text()
    except FileNotFoundError:
        return ""


def threads() -> int:
    """How many requests one web worker answers at a time."""
    return min(4, 2 * (os.cpu_count() or 1) + 1)


def _guarded(server: int, load: Callable[[], Any]) -> Callable[[], Any]:
    """`load` as a worker calls it that was forked from process `server` and is to go with it."""

    def guarded() -> Any:
        # The server's own handlers were inherited by the fork and would swallow a stop while we load.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        # A worker that has just begun to serve can hang on SIGTERM, and nobody would be left to see it.
        end_with(server, signal.SIGKILL)
        try:
            made = load()
        except BaseException as fault:
            say(server, f"{type(fault).__name__}: {fault}")
            raise
        say(server, READY)
        return made

    return guarded


def _django() -> Callable[..., Any]:
    from collegium.config import invalidation, liveness
    from collegium.config.wsgi import application

    # The worker before may have been killed between a change and the word of it.
    invalidation.invalidate()
    if folder := os.environ.get(RUN):
        liveness.show(Path(folder), threads())
    return application


def django_workers(path: str, workers: int) -> None:
    """Answer the edge at the Unix socket `path` with `workers` processes until SIGTERM."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    os.nice(RENDERING)
    Path(path).unlink(missing_ok=True)  # of a server that was killed
    Granian(
        "collegium.config.wsgi:application",
        uds=Path(path),
        uds_permissions=0o600,  # whoever can write to it may name any reader's address
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=threads(),
        backlog=BACKLOG,
        backpressure=BACKLOG // workers,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.warning,
    ).serve(target_loader=_guarded(os.getpid(), _django), wrap_loader=False)


def edge(setup: str, *files: str) -> None:
    """Answer readers as `setup` (JSON) says, until SIGTERM; `files` may name an open socket."""
    from collegium.edge import process
    from collegium.edge.setup import Setup

    described = Setup.from_json(setup)
    if files:
        listening = socket.socket(fileno=int(files[0]))
    else:
        listening = process.listen(described.host, described.port)
    process.serve(described, listening, lambda load: _guarded(os.getpid(), load))


def tasks() -> None:
    """Do the work for later until SIGTERM."""
    import django

    os.nice(LATER)
    django.setup()
    from collegium.work import worker

    say(os.getpid(), READY)
    worker.run()


def purges() -> None:
    """Tell the cache in front of each change until SIGTERM."""
    from collegium.config import purge
    from collegium.config.env import Env, content_version_file
    from collegium.edge.content_version import ContentVersion

    env = Env.read()
    purge.watch(ContentVersion(content_version_file(env.var)), purge.cdn(env.purge))


def main(argv: list[str]) -> None:
    """Run the child that `argv` names."""
    end_with(int(argv[0]))
    if argv[1] == "edge":
        edge(os.environ.pop(SETUP), *argv[2:])
    elif argv[1] == "django":
        django_workers(argv[2], int(argv[3]))
    elif argv[1] == "purges":
        purges()
    else:
        tasks()


if __name__ == "__main__":
    main(sys.argv[1:])
