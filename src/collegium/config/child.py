"""What runs under the supervisor: the web server and the task worker. Each ends when its parent does.

Started by `serve` as `python -m collegium.config.child PARENT web HOST PORT WORKERS` or `… PARENT tasks`,
where PARENT is the supervisor's process number.
"""

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

PR_SET_PDEATHSIG = 1  # of Linux' <linux/prctl.h>
BACKLOG = 1024  #: connections that may wait for a worker
GRACE = 20  #: seconds that a web worker has to finish what it answers


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


def threads() -> int:
    """How many requests one web worker answers at a time."""
    return min(4, 2 * (os.cpu_count() or 1) + 1)


def _application_of(server: int) -> Callable[[], Callable[..., Any]]:
    """How a web worker, forked from process `server`, finds what it serves."""

    def load() -> Callable[..., Any]:
        # The server's own handlers were inherited by the fork and would swallow a stop while we load.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        # A worker that has just begun to serve can hang on SIGTERM, and nobody would be left to see it.
        end_with(server, signal.SIGKILL)
        from collegium.config.wsgi import application

        return application

    return load


def web(host: str, port: int, workers: int) -> None:
    """Answer HTTP at `host`:`port` with `workers` processes until SIGTERM."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    Granian(
        "collegium.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=threads(),
        backlog=BACKLOG,
        # This counts open connections, idle ones too: a low number would let few browsers shut out all.
        backpressure=BACKLOG // workers,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.warning,
    ).serve(target_loader=_application_of(os.getpid()), wrap_loader=False)


def tasks() -> None:
    """Do the work for later until SIGTERM."""
    import django

    django.setup()
    from collegium.work import worker

    worker.run()


def main(argv: list[str]) -> None:
    """Run the child that `argv` names."""
    end_with(int(argv[0]))
    if argv[1] == "web":
        web(argv[2], int(argv[3]), int(argv[4]))
    else:
        tasks()


if __name__ == "__main__":
    main(sys.argv[1:])
