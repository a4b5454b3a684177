"""The caches, and what is in none of them: where the sites of the content library begin.

The library keeps that for an hour, and forgets it only in the process that changed it. Here it is kept in
each process's own memory under the generation that it was read under, so that a new language's home is known
everywhere at once; and a shared cache that is away takes no page with it.
"""

import time
from dataclasses import dataclass
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY

from collegium.config import freshness

Stamp = tuple[str, int]
AT_MOST = 3600.0  #: seconds, for a process on a machine without an edge, where no other machine is heard


@dataclass(frozen=True)
class _Kept:
    """The roots as they were read under `stamp`, kept until the monotonic second `until` at most."""

    stamp: Stamp
    roots: tuple[Any, ...]
    until: float


class _Memory:
    """This process's own."""

    kept: _Kept | None = None


def _stamp() -> Stamp:
    generation = freshness.generation()
    return generation.machine, generation.read()


class RootsOfTheGeneration:
    """Keeps the roots of the sites beside the cache that it is mixed into.

    Each thread has a backend of its own, so what a thread puts in belongs to the generation under which it
    last asked in vain: a change that commits while the roots are read is not lost.
    """

    _asked: Stamp | None = None

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        if key != SITE_ROOT_PATHS_CACHE_KEY:
            return super().get(key, default, version)  # type: ignore[misc]
        self._asked, kept = _stamp(), _Memory.kept
        if kept is None or kept.stamp != self._asked or kept.until < time.monotonic():
            return default
        return list(kept.roots)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        if key != SITE_ROOT_PATHS_CACHE_KEY:
            super().set(key, value, timeout, version)  # type: ignore[misc]
        elif self._asked:
            _Memory.kept = _Kept(self._asked, tuple(value), time.monotonic() + AT_MOST)

    def delete(self, key: str, version: int | None = None) -> bool:
        if key != SITE_ROOT_PATHS_CACHE_KEY:
            return bool(super().delete(key, version))  # type: ignore[misc]
        had, _Memory.kept, self._asked = _Memory.kept is not None, None, None
        return had

    def clear(self) -> None:
        _Memory.kept = self._asked = None
        super().clear()  # type: ignore[misc]


class OwnMemory(RootsOfTheGeneration, LocMemCache):
    """Each process's own memory."""


class Redis(RootsOfTheGeneration, RedisCache):
    """One cache for all processes of all machines."""
