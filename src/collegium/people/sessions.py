"""The end of a session: after 30 minutes without a request, and 12 hours after signing in."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

ABSOLUTE_SECONDS = 12 * 3600
RENEWED_EVERY = 60  #: seconds, so that not every request writes
#: Requests that an open form makes by itself. They are no sign that somebody is there.
BACKGROUND = ("/admin/editing-sessions/",)

Handler = Callable[[HttpRequest], HttpResponse]


class SessionExpiryMiddleware:
    """Renew the session of who is signed in, until it is `ABSOLUTE_SECONDS` old."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        # Only what the view has read: reading it here would make every page vary by cookie.
        if session.accessed and SESSION_KEY in session and not request.path.startswith(BACKGROUND):
            renew(session)
        return response


def renew(session: SessionBase) -> None:
    """Let `session` end `SESSION_COOKIE_AGE` seconds from now, or at its absolute end if that is sooner."""
    now = int(time.time())
    began = session.setdefault("signed_in_at", now)
    if now - session.get("renewed_at", 0) < RENEWED_EVERY:
        return
    session["renewed_at"] = now
    session.set_expiry(max(1, min(settings.SESSION_COOKIE_AGE, began + ABSOLUTE_SECONDS - now)))
