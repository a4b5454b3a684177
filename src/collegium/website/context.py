"""What the frame around every page shows: the society, its menus, the line of a demonstration."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from collegium.kit import clock
from collegium.pages import queries as pages
from collegium.website import event_screens, queries


def frame(request: HttpRequest) -> dict[str, Any]:
    """Nothing is asked of the database until a template shows it: staff screens do not."""
    return {
        "society": SimpleLazyObject(pages.society),
        "menus": SimpleLazyObject(lambda: _menus(request)),
        "shown_as_of": clock.shown_as_of(),
        "reader_zone": SimpleLazyObject(lambda: event_screens.reader_zone(request.GET.get("zone", ""))),
        "absolute": request.build_absolute_uri,
        "calendar_url": SimpleLazyObject(lambda: queries.feed_addresses(_language()).get("calendar", "")),
    }


def _menus(request: HttpRequest) -> pages.Menus:
    menus = pages.menus(_language(), request.path, queries.feed_addresses(_language()))
    menus.promo = queries.promotion(_language())
    return menus


def _language() -> str:
    return get_language() or "en"
