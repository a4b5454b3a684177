"""What the frame around every page shows: the society, its menus, the line of a demonstration."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from collegium.kit import clock
from collegium.pages import queries as pages
from collegium.sections.events import contexts as event_contexts
from collegium.website import queries


def frame(request: HttpRequest) -> dict[str, Any]:
    """Nothing is asked of the database until a template shows it: staff screens do not."""
    sections = queries.Sections(get_language() or "en")
    return {
        "society": SimpleLazyObject(pages.society),
        "menus": SimpleLazyObject(lambda: _menus(request, sections)),
        "shown_as_of": clock.shown_as_of(),
        "reader_zone": SimpleLazyObject(lambda: event_contexts.reader_zone(request.GET.get("zone", ""))),
        "sections": sections,
    }


def _menus(request: HttpRequest, sections: queries.Sections) -> pages.Menus:
    menus = pages.menus(sections.language, request.path, sections.feeds)
    menus.promo = sections.promotion()
    return menus
