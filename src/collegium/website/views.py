"""The addresses that belong to no page: the root, the permanent links, and those where nothing is."""

from uuid import UUID

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request

from collegium.website import not_found as suggestions
from collegium.website import permalinks
from collegium.website.languages import alternates


def root(request: HttpRequest) -> HttpResponse:
    """Send a reader who names no language to the site in hers, or in the society's own."""
    response = HttpResponseRedirect(f"/{_language(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def go(request: HttpRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Send a reader from a permanent link to where the thing is now."""
    address = permalinks.address_of(kind, public_id, _language(request))
    if address is None:
        raise Http404
    response = HttpResponseRedirect(address)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Where the address went, if we know; else what it may have meant, and the ways most readers take."""
    if found := suggestions.moved_to(request.path):
        return HttpResponsePermanentRedirect(found)
    with translation.override(
        get_language() if get_language() in alternates.used_languages() else settings.LANGUAGE_CODE
    ):
        facts = {"proposals": suggestions.proposals(request), "original": suggestions.original(request)}
        return render(request, "404.html", facts, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the mark by which we know our own; `reason` is for logs, and Django writes it there."""
    return render(request, "403_csrf.html", status=403)


def _language(request: HttpRequest) -> str:
    wanted = get_language_from_request(request)
    return wanted if wanted in alternates.used_languages() else settings.LANGUAGE_CODE
