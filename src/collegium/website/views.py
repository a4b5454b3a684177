"""The addresses that belong to no page: the root, permanent links, errors."""

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

from collegium.languages import alternates
from collegium.website import not_found as lookups
from collegium.website import permalinks


def root(request: HttpRequest) -> HttpResponse:
    """Redirect `/` to the reader's language, or to the society's own."""
    response = HttpResponseRedirect(f"/{_language(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def go(request: HttpRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Redirect a permanent link to the present address of its page or record."""
    address = permalinks.address_of(kind, public_id, _language(request))
    if address is None:
        raise Http404
    response = HttpResponseRedirect(address)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, or a redirect if the page has moved. Offers similar addresses and the original."""
    if address := lookups.moved_to(request.path):
        return HttpResponsePermanentRedirect(address)
    language = get_language()
    with translation.override(
        language if language in alternates.used_languages() else settings.LANGUAGE_CODE
    ):
        context = {"suggestions": lookups.suggestions(request), "original": lookups.original(request)}
        return render(request, "404.html", context, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the CSRF token is missing or wrong. Django logs the reason."""
    return render(request, "403_csrf.html", status=403)


def _language(request: HttpRequest) -> str:
    """The reader's language if the site is published in it, else the society's own."""
    language = get_language_from_request(request)
    return language if language in alternates.published_languages() else settings.LANGUAGE_CODE
