"""Middleware of every response: the client's address, the language of the URL, the CSP, maintenance."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from collegium.kit import request_cache

Handler = Callable[[HttpRequest], HttpResponse]

PUBLIC = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'none'",
    "manifest-src": "'self'",
}
# Wagtail's choosers and inline panels are set up by inline scripts, its rich text editor adds styles.
STAFF = PUBLIC | {
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "frame-src": "'self'",
    "worker-src": "'self' blob:",
}
#: Screens of the desk for who is not signed in need no more than a public page.
STRICT_SCREENS = ("/admin/login/", "/admin/password_reset/")


def _line(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())


class RemoteAddrMiddleware:
    """Set REMOTE_ADDR from the edge's header. On the edge's socket nobody else can set it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.META.get("REMOTE_ADDR"):
            request.META["REMOTE_ADDR"] = request.META.get("HTTP_X_FORWARDED_FOR", "").strip()
        return self.get_response(request)


class RequestCacheMiddleware:
    """What a reader's page asks several times is asked once; the desk, which writes, asks every time."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path.startswith("/admin/"):
            return self.get_response(request)
        with request_cache.activate():
            return self.get_response(request)


class ContentSecurityPolicy:
    """Set the Content-Security-Policy: scripts and styles come from our own files; see docs/security.md."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _line(_policy(request.path)))
        return response


def _policy(path: str) -> dict[str, str]:
    return STAFF if path.startswith("/admin/") and not path.startswith(STRICT_SCREENS) else PUBLIC


class UrlLocaleMiddleware:
    """Activate the language that the path begins with. Nothing else selects it: shared pages never vary."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.known = {code for code, _ in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        prefix = request.path_info.lstrip("/").partition("/")[0]
        with translation.override(prefix if prefix in self.known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
            return response


RETRY_AFTER = 600  #: seconds, where the file of maintenance names no other number
#: Open during maintenance: the desk, and the check of a load balancer, or it would take the desk away too.
OPEN = ("/admin/", "/static/", "/media/", "/readyz")


class Maintenance:
    """Answer readers 503 while the file `settings.MAINTENANCE_FILE` exists; the desk stays open.

    The file may hold the number of seconds after which a reader may try again.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN):
            return self.get_response(request)
        seconds = closed_for(Path(settings.MAINTENANCE_FILE))
        if seconds is None:
            return self.get_response(request)
        body = render_to_string("503.html", {"minutes": -(-seconds // 60)})
        response = HttpResponse(body, status=503)
        response["Retry-After"] = str(seconds)
        response["Cache-Control"] = "no-store"
        return response


def closed_for(file: Path) -> int | None:
    """Seconds after which a reader may try again; None outside maintenance."""
    try:
        text = file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return int(text) if text.isascii() and text.isdecimal() and text != "0" else RETRY_AFTER
