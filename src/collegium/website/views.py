"""The addresses that belong to no page: the root, and the permanent links."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from collegium.website import permalinks


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


def _language(request: HttpRequest) -> str:
    known = {code for code, _ in settings.LANGUAGES}
    wanted = get_language_from_request(request)
    return wanted if wanted in known else settings.LANGUAGE_CODE
