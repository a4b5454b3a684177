"""Signing in at the desk, with a limit on how often a password may be guessed.

Failures are counted in the cache, for an account and for an address they come from. Where the cache is that
of one process, each process counts for itself; one shared cache (CACHE_URL) counts for all.
"""

import hashlib
from typing import Any

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import LoginForm

MINUTES = 15  #: failures are forgotten after so long without another
TRIES = {"account": 8, "address": 40}  #: an office shares one address, so that it may fail more often


class SignInForm(LoginForm):
    """The library's form. Who failed too often is not even compared, and is told when to come back."""

    def clean(self) -> dict[str, Any]:
        keys = _keys(self.request, self.cleaned_data.get("username", ""))
        if any(cache.get(key, 0) >= TRIES[key.split(":")[1]] for key in keys):
            raise forms.ValidationError(_too_often(), code="too_often")
        try:
            cleaned: dict[str, Any] = super().clean()
        except forms.ValidationError:
            _count(keys)
            raise
        cache.delete(keys[0])
        return cleaned


def _too_often() -> str:
    said = _(
        "There were too many attempts to sign in, so this one was not looked at. Wait %(minutes)d minutes, "
        "then try again; if you have forgotten your password, ask for a new one below."
    )
    return said % {"minutes": MINUTES}


def _count(keys: list[str]) -> None:
    for key in keys:
        cache.add(key, 0, MINUTES * 60)
        try:
            cache.incr(key)
        except ValueError:  # it ran out between the two lines
            cache.set(key, 1, MINUTES * 60)
        cache.touch(key, MINUTES * 60)


def _keys(request: HttpRequest, name: str) -> list[str]:
    # Hashed: neither a cache nor its keys need to know who works here, and names may hold any sign.
    told = {"account": name.strip().lower(), "address": _address(request)}
    return [f"sign-in:{what}:{hashlib.sha256(value.encode()).hexdigest()}" for what, value in told.items()]


def _address(request: HttpRequest) -> str:
    """Where the request comes from: behind our own proxy, the address that the proxy has added last."""
    chain = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return chain.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
