"""The process of an edge: its HTTP server, on a listening socket that it was given or opens itself."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.http import HTTP1Settings, HTTP2Settings
from granian.log import LogLevels
from granian.net import SocketHolder
from granian.server.mp import MPServer

from collegium.edge.setup import Setup

BACKLOG = 1024  #: connections that may wait until they are accepted
LONGEST_HEAD = 65_536  #: bytes of a request's line and headers


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at `host`:`port`; readers wait in its queue until somebody serves them."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except BaseException:
        listening.close()
        raise
    return listening


class Server(MPServer):
    """Granian on a socket that listens already, so that one edge follows another and no reader is refused."""

    listening: socket.socket
    _ssp: Any
    _sso: Any
    _sfd: Any
    _shd: Any

    def _init_shared_socket(self) -> None:
        self.listening.setblocking(False)
        self.listening.set_inheritable(True)
        self._ssp, self._sso = None, self.listening
        self._sfd = self.listening.fileno()
        self._shd = SocketHolder(self._sfd, False, BACKLOG)  # type: ignore[call-arg]


def server(setup: Setup, listening: socket.socket) -> Server:
    """The HTTP server of the edge that `setup` describes."""
    made = Server(
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
        workers_kill_timeout=20,
        log_level=LogLevels.warning,
    )
    made.listening = listening
    return made


def serve(
    setup: Setup, listening: socket.socket, loader: Callable[[Callable[[], Any]], Callable[[], Any]]
) -> None:
    """Answer readers as `setup` says, until SIGTERM. `loader` wraps what a worker calls to begin."""
    from collegium.edge.app import Edge

    made = server(setup, listening)
    if setup.certificate:
        # SIGHUP: the worker that comes then reads the files to which the links lead then.
        files = Path(setup.certificate), Path(setup.key)
        made.on_reload(lambda: made.build_ssl_context(*files, None, SSLProtocols.tls12, None, [], False))
    made.serve(target_loader=loader(lambda: Edge(setup)), wrap_loader=False)
