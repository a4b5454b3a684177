"""503 instead of 500 where the database is away: the edge then serves what it has stored."""

import logging
import sys
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views import defaults

from collegium.config import resend
from collegium.edge import error_pages

log = logging.getLogger("collegium.database")

AWAY = "The database of this site does not answer just now. Nothing that you sent was saved."
HEADERS = {"Retry-After": "5", "Cache-Control": "no-store", "X-Collegium-Unavailable": "database"}


class DatabaseAwayMiddleware:
    """Answer 503 where a view cannot reach the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if not is_database_away(fault):
            return None
        log.error("%s %s: the database cannot be used (%s)", request.method, request.path, _first_line(fault))
        return response(request)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """The page for an error that nobody caught, in a middleware too."""
    if is_database_away(sys.exc_info()[1]):
        return response(request)
    return defaults.server_error(request)


def response(request: HttpRequest) -> HttpResponse:
    """503, what was typed, and the word for the edge that it may serve a stale page."""
    page = error_pages.page(503, AWAY, form=resend.form(request))
    return HttpResponse(page, status=503, headers=HEADERS)


def _first_line(fault: Exception) -> str:
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0]


def is_database_away(fault: BaseException | None) -> bool:
    """Whether `fault`, or what led to it, says that the database cannot be used just now."""
    while fault is not None:
        if isinstance(fault, OperationalError | InterfaceError) or _is_damage(fault):
            return True
        fault = fault.__cause__
    return False


def _is_damage(fault: BaseException) -> bool:
    """Whether SQLite says that its file is broken."""
    return isinstance(fault, DatabaseError) and any(
        words in str(fault) for words in ("malformed", "not a database")
    )
