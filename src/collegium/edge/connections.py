"""The connections of this process, which the HTTP server does not show us: found among its open files.

The kernel closes those whose reader takes nothing. We close those that one client address has too many of.
"""

import asyncio
import logging
import os
import socket
from collections import defaultdict
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

from collegium.edge.limits import network_of

log = logging.getLogger("collegium.edge")

_OPEN_FILES = "/proc/self/fd" if Path("/proc/self/fd").is_dir() else "/dev/fd"
PAUSE = 0.5  #: seconds between two counts


def sockets(port: int) -> Iterator[socket.socket]:
    """The TCP sockets of this process at the local `port`. They belong to the server: never close them."""
    for name in [entry.name for entry in os.scandir(_OPEN_FILES)]:
        try:
            found = socket.socket(fileno=int(name))
        except (OSError, ValueError):
            continue
        try:
            if found.type == socket.SOCK_STREAM and found.getsockname()[1] == port:
                yield found
        except (OSError, IndexError, TypeError):
            pass
        finally:
            found.detach()


def end_unread(port: int, seconds: float) -> None:
    """Let the kernel close each connection at `port` whose reader takes nothing for `seconds`."""
    option = getattr(socket, "TCP_USER_TIMEOUT", None)  # of Linux
    if option is None:
        return
    for listening in sockets(port):
        if listening.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            # Each connection that is accepted inherits it.
            listening.setsockopt(socket.IPPROTO_TCP, option, int(seconds * 1000))


def shut(port: int, client: str) -> None:
    """End the connection of `client` ("address:port") at `port`."""
    for line in sockets(port):
        if _peer(line) == client:
            _shut(line)


async def watch(port: int, most: int) -> None:
    """Keep each client address to `most` connections at `port`, for ever. Loopback is not counted."""
    while True:
        await asyncio.sleep(PAUSE)
        closed = shut_excess(port, most)
        if closed:
            log.warning("%d connections were closed: their addresses had more than %d each", closed, most)


def shut_excess(port: int, most: int, *, count_loopback: bool = False) -> int:
    """Shut what any client address has beyond `most` connections; how many were shut."""
    seen: dict[str, int] = defaultdict(int)
    closed = 0
    for line in sockets(port):
        address = _peer(line).rpartition(":")[0].strip("[]")
        if not address or (not count_loopback and _is_loopback(address)):
            continue
        network = network_of(address)
        seen[network] += 1
        if seen[network] > most:
            closed += _shut(line)
    return closed


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _peer(line: socket.socket) -> str:
    try:
        host, port = line.getpeername()[:2]
    except (OSError, ValueError):
        return ""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _shut(line: socket.socket) -> bool:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return False
    return True
