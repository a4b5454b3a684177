"""Pages that a password opens: guesses are limited."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.views import authenticate_with_password

from collegium.people.rate_limits import RateLimit
from collegium.people.throttle import client_network

GUESSES = RateLimit("page-password", 10, 900)


def page_password(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponse:
    """Wagtail's view, for so many wrong passwords from one address."""
    key = f"{page_view_restriction_id}\0{client_network(request)}"
    if request.method == "POST" and not GUESSES.take(key):
        text = _("There were too many wrong passwords. Wait 15 minutes, then try again.")
        return HttpResponse(text, status=429, content_type="text/plain; charset=utf-8")
    response: HttpResponse = authenticate_with_password(request, page_view_restriction_id, page_id)
    if request.method == "POST" and response.status_code == 302:
        GUESSES.reset(key)
    return response
