"""Bounds that all requests share: bytes in flight, room on the disk, requests of one client address."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address

from collegium.edge.errors import HTTPError

DISK_SHORT = "The disk of this site is nearly full, so nothing large can be taken. Please tell the office."
TOO_MUCH = "Too much is being sent to this site just now. Please try again in a moment."
TOO_MANY = "Too many requests of yours are still being answered. Please wait for them."


class Budget:
    """At most `total` bytes at the same time, and `reserve` bytes left free on the disk of `folder`."""

    def __init__(self, total: int, *, folder: str, reserve: int) -> None:
        self._total, self._folder, self._reserve = total, folder, reserve
        self.used = 0

    def take(self, size: int) -> None:
        """Account for `size` bytes, or raise `HTTPError`."""
        if self.used + size > self._total:
            raise HTTPError(503, TOO_MUCH)
        if is_short(self._folder, self._reserve + size):
            raise HTTPError(507, DISK_SHORT)
        self.used += size

    def give_back(self, size: int) -> None:
        self.used -= size

    @contextmanager
    def taken(self, size: int) -> Iterator[None]:
        """`take`, until the end of the block."""
        self.take(size)
        try:
            yield
        finally:
            self.give_back(size)


def is_short(folder: str, needed: int) -> bool:
    """Whether fewer than `needed` bytes are free on the disk of `folder`."""
    try:
        return shutil.disk_usage(folder).free < needed
    except OSError:
        return False  # whoever writes there will say what is wrong


class ClientLimit:
    """At most `most` requests of one client address at the same time, an IPv6 network counting as one."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._running: Counter[str] = Counter()

    @contextmanager
    def counted(self, client: str) -> Iterator[None]:
        """Count a request of `client` until the end of the block, or raise `HTTPError`."""
        network = network_of(client)
        if self._running[network] >= self._most:
            raise HTTPError(429, TOO_MANY)
        self._running[network] += 1
        try:
            yield
        finally:
            self._running[network] -= 1
            if not self._running[network]:
                del self._running[network]


def network_of(client: str) -> str:
    """The address of `client`, or its /64 network: one subscriber has all of that in IPv6."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> 64 << 64))
    return client
