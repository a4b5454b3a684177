"""Questions that the frame and the permanent links ask: which page shows what, at which address."""

from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Page

from collegium.events.models import Event
from collegium.kit import when_words
from collegium.newsroom.models import NewsPage
from collegium.website.models import EventsPage


def events_page(language: str) -> EventsPage | None:
    """The page that shows all events in `language`."""
    return EventsPage.objects.live().filter(locale__language_code=language).first()


def feed_addresses(language: str) -> dict[str, str]:
    """The path of each feed, by its name in menus."""
    found = {}
    if page := events_page(language):
        found["calendar"] = f"{page.url}calendar.ics"
    if news := NewsPage.objects.live().filter(locale__language_code=language).first():
        found["news"] = f"{news.url}news.rss"
    return found


def promotion(language: str) -> dict[str, str] | None:
    """The next event, as the menus show it."""
    event = Event.objects.public().in_language(language).upcoming().for_lists().first()
    page = events_page(language)
    if event is None or page is None:
        return None
    theirs = when_words.theirs(event.when, language)
    days = when_words.days(event.when, language)
    return {
        "kind": _("Next: %(kind)s") % {"kind": event.kind.title},
        "title": event.title,
        "url": f"{page.url}{event.slug}/",
        "text": f"{days}, {theirs}" if theirs else days,
    }


def address_of(kind: str, public_id: UUID, language: str) -> str | None:
    """Where the permanent link of a thing leads now, in `language` where it exists in that, else in any."""
    finder = {"event": _event_addresses, "page": _page_addresses}.get(kind)
    found = finder(public_id) if finder else {}
    return found.get(language) or next(iter(found.values()), None)


def _event_addresses(public_id: UUID) -> dict[str, str]:
    events = Event.objects.public().filter(translation_key=public_id).select_related("locale")
    pages = {page.locale_id: page for page in EventsPage.objects.live()}
    return {
        e.locale.language_code: f"{pages[e.locale_id].url}{e.slug}/" for e in events if e.locale_id in pages
    }


def _page_addresses(public_id: UUID) -> dict[str, str]:
    found = Page.objects.live().filter(translation_key=public_id).select_related("locale")
    return {page.locale.language_code: page.url for page in found if page.url}
