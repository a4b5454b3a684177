"""The cache backends. Both keep Wagtail's site root paths in the memory of each process.

Wagtail caches the paths for an hour and deletes them only in the process that changed them. Here they are
valid for one content version, so every process sees a new language's home page at once, and no public page
needs a shared cache.
"""

import time
from dataclasses import dataclass
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY

from collegium.config import invalidation

Stamp = tuple[str, int]
AT_MOST = 3600.0  #: seconds, for a process on a machine without an edge, where no other machine is heard


@dataclass(frozen=True)
class _Kept:
    """The root paths read under `stamp`, valid until the monotonic second `until` at most."""

    stamp: Stamp
    roots: tuple[Any, ...]
    until: float


class _Memory:
    """The cached paths of this process."""

    kept: _Kept | None = None


def _stamp() -> Stamp:
    content_version = invalidation.content_version()
    return content_version.machine, content_version.read()


class VersionedSiteRoots:
    """A cache mixin that keeps Wagtail's site root paths for one content version.

    Each thread has its own backend. A value it stores belongs to the version of its last cache miss, so a
    change that commits while the paths are read is not lost.
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


class LocMem(VersionedSiteRoots, LocMemCache):
    """A cache in the memory of each process."""


class Redis(VersionedSiteRoots, RedisCache):
    """One cache for all processes of all machines."""
