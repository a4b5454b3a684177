"""Signing out at the desk: by POST only."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods
from wagtail.admin.views.account import LogoutView


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """Wagtail's view deletes the session cookie whatever the method. A link must not sign anybody out."""
    if request.method != "POST":
        return redirect("wagtailadmin_home")
    return LogoutView.as_view()(request, **kwargs)
