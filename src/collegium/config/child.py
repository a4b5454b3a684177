"""What runs under the supervisor: the edge, Django's workers and the task worker. Each ends when its parent
does.

Started by `serve` as `python -m collegium.config.child PARENT edge`, `… PARENT django SOCKET WORKERS`,
`… PARENT tasks` or `… PARENT purges`, where PARENT is the supervisor's process number. The edge finds its
set-up, which may hold a password, in its environment.
"""

import ctypes
import os
import signal
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
LONGEST_HEAD = 65_536  #: bytes of a request's line and headers


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


def _guarded(server: int, load: Callable[[], Any]) -> Callable[[], Any]:
    """`load` as a worker calls it that was forked from process `server` and is to go with it."""

    def guarded() -> Any:
        # The server's own handlers were inherited by the fork and would swallow a stop while we load.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        # A worker that has just begun to serve can hang on SIGTERM, and nobody would be left to see it.
        end_with(server, signal.SIGKILL)
        return load()

    return guarded


def _django() -> Callable[..., Any]:
    from collegium.config import invalidation
    from collegium.config.wsgi import application

    # The worker before may have been killed between a change and the word of it.
    invalidation.invalidate()
    return application


def django_workers(socket: str, workers: int) -> None:
    """Answer the edge at the Unix `socket` with `workers` processes until SIGTERM; SIGHUP renews them."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    os.nice(RENDERING)
    Path(socket).unlink(missing_ok=True)  # of a server that was killed
    Granian(
        "collegium.config.wsgi:application",
        uds=Path(socket),
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


def edge(told: str) -> None:
    """Answer readers as `told` (an edge's set-up as JSON) says, until SIGTERM."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces, SSLProtocols
    from granian.http import HTTP1Settings, HTTP2Settings
    from granian.log import LogLevels

    from collegium.edge.app import Edge
    from collegium.edge.setup import Setup

    setup = Setup.from_json(told)
    server = Granian(
        "collegium.edge.app:Edge",
        address=setup.host,
        port=setup.port,
        interface=Interfaces.RSGI,
        # Without TLS no browser speaks HTTP/2, and what may be either must be looked at first.
        http=HTTPModes.auto if setup.certificate else HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=int(setup.head * 1000), max_buffer_size=LONGEST_HEAD
        ),
        http2_settings=HTTP2Settings(max_headers_size=LONGEST_HEAD),
        websockets=False,
        workers=1,  # what is in memory is there once
        backlog=BACKLOG,
        # This counts open connections, idle ones too: a low number would let few browsers shut out all.
        backpressure=setup.connections,
        ssl_cert=Path(setup.certificate) if setup.certificate else None,
        ssl_key=Path(setup.key) if setup.certificate else None,
        ssl_protocol_min=SSLProtocols.tls12,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.warning,
    )
    if setup.certificate:
        # SIGHUP: the worker that comes then reads the files to which the links lead then.
        files = Path(setup.certificate), Path(setup.key)
        server.on_reload(lambda: server.build_ssl_context(*files, None, SSLProtocols.tls12, None, [], False))
    server.serve(target_loader=_guarded(os.getpid(), lambda: Edge(setup)), wrap_loader=False)


def tasks() -> None:
    """Do the work for later until SIGTERM."""
    import django

    os.nice(LATER)
    django.setup()
    from collegium.work import worker

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
        edge(os.environ.pop(SETUP))
    elif argv[1] == "django":
        django_workers(argv[2], int(argv[3]))
    elif argv[1] == "purges":
        purges()
    else:
        tasks()


if __name__ == "__main__":
    main(sys.argv[1:])
