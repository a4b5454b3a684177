"""What the edge asks before it receives a large body, and no reader."""

from django.http import HttpRequest, HttpResponse


def may_upload(request: HttpRequest) -> HttpResponse:
    """204 for whoever may send more than a small body: the office, which uploads recordings. Else 403."""
    allowed = request.user.is_active and request.user.has_perm("wagtailadmin.access_admin")
    return HttpResponse(status=204 if allowed else 403, headers={"Cache-Control": "no-store"})
