"""Whether this process can serve: what a load balancer asks."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from collegium.config import disk, integrity


def ready(request: HttpRequest) -> HttpResponse:
    """200 where the database answers and holds a site, and the disk has room, else 503."""
    problem = _problem()
    text, status = (f"{problem}\n", 503) if problem else ("ok\n", 200)
    return HttpResponse(text, status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})


def _problem() -> str:
    if disk.is_short():
        return "the disk is nearly full"
    try:
        return integrity.lack()
    except DatabaseError:
        return "the database does not answer"
