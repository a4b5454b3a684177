"""Whether this process can serve: what a load balancer asks."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse


def ready(request: HttpRequest) -> HttpResponse:
    """200 where the database answers, else 503."""
    status = 200
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        status = 503
    text = "ok\n" if status == 200 else "the database does not answer\n"
    return HttpResponse(text, status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})
