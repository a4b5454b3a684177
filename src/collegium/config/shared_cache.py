"""Marks the responses that every reader gets alike: for the edge, the CDN and browsers."""

import logging
import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from collegium.config import invalidation, unavailable
from collegium.kit import cache_expiry, clock, public_figures

log = logging.getLogger("collegium.cache")

Handler = Callable[[HttpRequest], HttpResponseBase]

NEVER_CACHED = ("/admin/", "/documents/", "/media/audio/")
STATUSES = {200, 301, 302, 308, 404, 410}
#: A browser revalidates each time, which costs a 304 without a body.
FOR_BROWSERS = "public, max-age=0, must-revalidate"
LONGEST = timedelta(minutes=15)  #: `cache_expiry` never looks further ahead


class PrivateRead(Exception):
    """A public page reads a private table without declaring it; raised in tests only."""


class SharedCacheMiddleware:
    """Mark cacheable responses public until they expire, all others private."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self._until: tuple[int, datetime] | None = None

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with public_figures.recorded() as reads:
            response = self.get_response(request)
        if not is_publicly_cacheable(request, response):
            if request.COOKIES.get(settings.SESSION_COOKIE_NAME) or request.path.startswith(NEVER_CACHED):
                response.headers.setdefault("Cache-Control", "private, no-cache")
        elif reads.private:
            _refuse_to_store(request, response, reads.private)
        else:
            return self._marked(request, response, reads.max_age)
        return response

    def _marked(
        self, request: HttpRequest, response: HttpResponseBase, max_age: timedelta | None
    ) -> HttpResponseBase:
        try:
            self._mark(request, response, max_age)
        except DatabaseError:  # it went away while the page was made
            return unavailable.response(request)
        return response

    def _mark(self, request: HttpRequest, response: HttpResponseBase, max_age: timedelta | None) -> None:
        left = self.until() - clock.now()
        if max_age is not None:
            left = min(left, max_age)
        seconds = max(0.0, left.total_seconds())
        response.headers["X-Collegium-Until"] = f"{datetime.now(UTC).timestamp() + seconds:.3f}"
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = FOR_BROWSERS
            if settings.CDN_MAX_AGE:
                at_cdn = min(settings.CDN_MAX_AGE, math.floor(seconds))
                response.headers["Surrogate-Control"] = f"max-age={at_cdn}"
                response.headers["Surrogate-Key"] = surrogate_keys(request)

    def until(self) -> datetime:
        """When, on the society's clock, anything public next changes by itself."""
        number, now = invalidation.content_version().read(), clock.now()
        # A moment further ahead than any was computed before the clock was set back.
        if self._until is None or self._until[0] != number or not now < self._until[1] <= now + LONGEST:
            self._until = (number, cache_expiry.next_expiry(now))
        return self._until[1]


def _refuse_to_store(request: HttpRequest, response: HttpResponseBase, tables: set[str]) -> None:
    """Keep every cache from storing `response`, which shows what no later write would invalidate."""
    response.headers["Cache-Control"] = "private, no-store"
    text = (
        f"{request.path} reads {', '.join(sorted(tables))}: declare it with kit.public_figures.public_figure"
    )
    if settings.RAISE_ON_PRIVATE_READ:
        raise PrivateRead(text)
    log.error("not stored: %s", text)


def is_publicly_cacheable(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether another reader who asks this gets the very same."""
    if request.method not in ("GET", "HEAD") or response.status_code not in STATUSES:
        return False
    if request.path.startswith(NEVER_CACHED) or response.cookies or request.headers.get("Authorization"):
        return False
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    return _allows_storing(response)


def _allows_storing(response: HttpResponseBase) -> bool:
    control = response.headers.get("Cache-Control", "").lower()
    varies = {word.strip().lower() for word in response.headers.get("Vary", "").split(",")}
    return varies <= {"", "accept-encoding"} and not any(
        word in control for word in ("private", "no-store", "no-cache", "immutable")
    )


def surrogate_keys(request: HttpRequest) -> str:
    """The keys by which a CDN may purge this response: everything, or its section."""
    steps = [step for step in request.path.split("/") if step]
    section = "-".join(steps[:2]) or "root"
    return f"collegium section-{section}" if section.isascii() else "collegium"
