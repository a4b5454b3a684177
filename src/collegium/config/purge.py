"""Purges the CDN whenever the content version rises, with Wagtail's frontend cache backends.

Watching the version covers every cause: an editor, a command, a job, another machine. Nobody knows which
pages show a changed record, so everything is purged and fetched again from the edge.
"""

import json
import logging
import time
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import urlunsplit
from urllib.request import Request, urlopen

from wagtail.contrib.frontend_cache.backends.cloudflare import CloudflareBackend
from wagtail.contrib.frontend_cache.backends.http import HTTPBackend, PurgeRequest
from wagtail.contrib.frontend_cache.utils import get_backends

from collegium.edge.content_version import ContentVersion

log = logging.getLogger("collegium.purge")

EVERYTHING = "collegium"  #: the surrogate key of every public response
TICK = 0.02  #: seconds between two looks at the content version
PATIENCE = 5.0  #: seconds that a CDN has to answer
RETRY_AFTER = 1.0  #: seconds before a failed purge is repeated
#: Seconds until a second purge: a response on its way into the CDN during the first one is older.
SECOND_PURGE_AFTER = 1.0


class CDN(Protocol):
    """A cache in front of the edge. `pause` is the seconds that it wants between two purges."""

    pause: float

    def purge(self, url: str) -> None:
        """Purge everything, whatever `url`, or raise OSError."""


class Varnish(HTTPBackend):
    """Varnish, or whatever heeds `PURGE /` with a `Surrogate-Key`: see docs/varnish.vcl."""

    pause = 0.0

    def purge(self, url: str) -> None:
        # Wagtail's method purges one address, has no time-out, and swallows errors.
        address = urlunsplit((self.cache_scheme, self.cache_netloc, "/", "", ""))
        _done(PurgeRequest(address, headers={"Surrogate-Key": EVERYTHING}))


class Cloudflare(CloudflareBackend):
    """Cloudflare, whose purge by address would leave out lists and feeds."""

    pause = 15.0  # it takes few of these in a minute

    def purge(self, url: str) -> None:
        told = {"Authorization": f"Bearer {self.cloudflare_token}", "Content-Type": "application/json"}
        body = json.dumps({"purge_everything": True}).encode()
        _done(Request(self.cloudflare_purge_endpoint_url, body, told))  # noqa: S310 https, or a test's own


def _done(request: Request) -> None:
    with urlopen(request, timeout=PATIENCE):  # noqa: S310 the engineer chose the address
        pass


def cdn(chosen: dict[str, Any]) -> CDN:
    """The CDN of `chosen`, which is an entry of Wagtail's WAGTAILFRONTENDCACHE."""
    found: CDN = get_backends({"default": chosen})["default"]
    return found


def watch(content_version: ContentVersion, cache: CDN, *, going: Callable[[], bool] = lambda: True) -> None:
    """Purge `cache` whenever `content_version` rises, once for changes that come together."""
    purged, again_at, failing = 0, 0.0, False
    while going():
        number = content_version.read()
        if number == purged and time.monotonic() < again_at:
            time.sleep(TICK)
            continue
        if not _purged(cache, failing=failing):
            failing = True
            time.sleep(RETRY_AFTER)
            continue
        again_at = float("inf") if number == purged else time.monotonic() + SECOND_PURGE_AFTER
        purged, failing = number, False
        time.sleep(cache.pause)


def _purged(cache: CDN, *, failing: bool) -> bool:
    """Purge `cache` and return whether that worked. A lasting fault is logged once."""
    try:
        cache.purge("/")
    except OSError as fault:
        if not failing:
            log.warning("the cache in front cannot be told of changes (%s); it is told again", fault)
        return False
    if failing:
        log.warning("the cache in front is told of changes again")
    return True
