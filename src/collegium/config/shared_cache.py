"""Which answers are for all readers, and until when: what the edge, caches in front and browsers hear."""

import math
from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from collegium.config import invalidation
from collegium.kit import cache_expiry, clock

Handler = Callable[[HttpRequest], HttpResponseBase]

NEVER_CACHED = ("/admin/", "/documents/", "/media/audio/")
STATUSES = {200, 301, 302, 308, 404, 410}
#: A browser asks each time whether a page is still true, which costs 304 and no body.
FOR_BROWSERS = "public, max-age=0, must-revalidate"


class SharedCacheMiddleware:
    """Marks what is the same for everybody, and says of the rest that it is somebody's own."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self._until: tuple[int, datetime] | None = None

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_publicly_cacheable(request, response):
            self._mark(request, response)
        elif request.COOKIES.get(settings.SESSION_COOKIE_NAME):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    def _mark(self, request: HttpRequest, response: HttpResponseBase) -> None:
        until = self.until()
        left = max(0.0, (until - clock.now()).total_seconds())
        moment = datetime.now(UTC).timestamp() + left
        response.headers["X-Collegium-Until"] = f"{moment:.3f}"
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = FOR_BROWSERS
            if settings.CDN_MAX_AGE:
                seconds = min(settings.CDN_MAX_AGE, math.floor(left))
                response.headers["Surrogate-Control"] = f"max-age={seconds}"
                response.headers["Surrogate-Key"] = surrogate_keys(request)

    def until(self) -> datetime:
        """The next moment, of the society's clock, at which anything public changes by itself."""
        number, now = invalidation.content_version().read(), clock.now()
        if self._until is None or self._until[0] != number or self._until[1] <= now:
            self._until = (number, cache_expiry.next_expiry(now))
        return self._until[1]


def is_publicly_cacheable(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether another reader who asks this gets the very same."""
    if request.method not in ("GET", "HEAD") or response.status_code not in STATUSES:
        return False
    if request.path.startswith(NEVER_CACHED) or response.cookies or request.headers.get("Authorization"):
        return False
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    return _says_nothing_against_it(response)


def _says_nothing_against_it(response: HttpResponseBase) -> bool:
    control = response.headers.get("Cache-Control", "").lower()
    varies = {word.strip().lower() for word in response.headers.get("Vary", "").split(",")}
    return varies <= {"", "accept-encoding"} and not any(
        word in control for word in ("private", "no-store", "no-cache", "immutable")
    )


def surrogate_keys(request: HttpRequest) -> str:
    """By what a cache in front may forget this answer: everything, a section, one address."""
    steps = [step for step in request.path.split("/") if step]
    section = "-".join(steps[:2]) or "root"
    return f"collegium section-{section}" if section.isascii() else "collegium"
