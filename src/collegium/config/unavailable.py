"""503 instead of 500 where the database is away: the edge then serves what it has stored."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views import defaults

from collegium.edge import error_pages

AWAY = "The database of this site does not answer just now. Nothing that you sent was saved."
HEADERS = {"Retry-After": "5", "Cache-Control": "no-store", "X-Collegium-Unavailable": "database"}


def server_error(request: HttpRequest) -> HttpResponseBase:
    """The page for an error that nobody caught."""
    if is_database_away(sys.exc_info()[1]):
        return HttpResponse(error_pages.page(503, AWAY), status=503, headers=HEADERS)
    return defaults.server_error(request)


def is_database_away(fault: BaseException | None) -> bool:
    """Whether `fault`, or what led to it, says that the database cannot be used just now."""
    while fault is not None:
        if isinstance(fault, OperationalError | InterfaceError):
            return True
        fault = fault.__cause__
    return False
