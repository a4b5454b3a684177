"""Whether this process can serve: what a load balancer asks."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from collegium.config import disk


def ready(request: HttpRequest) -> HttpResponse:
    """200 where the database answers and the disk has room, else 503."""
    problem = _problem()
    text, status = (f"{problem}\n", 503) if problem else ("ok\n", 200)
    return HttpResponse(text, status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})


def _problem() -> str:
    if disk.is_short():
        return "the disk is nearly full"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "the database does not answer"
    return ""
