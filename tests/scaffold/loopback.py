"""The fence: no test reaches beyond this machine."""

import ipaddress
import sys

NAMES = {"localhost", "localhost.localdomain", "testserver", None, "", b"", "::", "0.0.0.0"}


class OutsideWorld(RuntimeError):
    """A test tried to reach another machine. Give it a stand-in on 127.0.0.1."""


def is_here(host) -> bool:
    """Whether `host` names this machine."""
    if host in NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _watch(event, args):
    if event == "socket.getaddrinfo" and not is_here(args[0]):
        raise OutsideWorld(f"a test asked for the address of {args[0]!r}")
    # A path or a kernel address (Unix sockets, netlink) is no tuple, and never leaves the machine.
    if (
        event in ("socket.connect", "socket.sendto")
        and isinstance(args[1], tuple)
        and not is_here(args[1][0])
    ):
        raise OutsideWorld(f"a test connected to {args[1]!r}")


_standing = False


def keep_to_it() -> None:
    """Put up the fence, for good: Python lets nobody take such a hook down."""
    global _standing
    if not _standing:
        sys.addaudithook(_watch)
        _standing = True
