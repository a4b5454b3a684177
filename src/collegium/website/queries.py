"""Questions that the frame and the permanent links ask: which page shows what, at which address."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Page

from collegium.events.models import Event
from collegium.kit import when_words
from collegium.newsroom.models import NewsItem, NewsPage
from collegium.website.models import EventsPage


@dataclass
class Sections:
    """The pages that show what the rooms keep, in one language, each asked for once and only if needed."""

    language: str

    @cached_property
    def events(self) -> EventsPage | None:
        return EventsPage.objects.live().filter(locale__language_code=self.language).first()

    @cached_property
    def news(self) -> NewsPage | None:
        return NewsPage.objects.live().filter(locale__language_code=self.language).first()

    @property
    def calendar(self) -> str:
        """The path of the calendar of all events; empty where there is none."""
        return f"{self.events.url}calendar.ics" if self.events else ""

    def feeds(self) -> dict[str, str]:
        """The path of each feed, by its name in menus."""
        news = f"{self.news.url}news.rss" if self.news else ""
        return {"calendar": self.calendar, "news": news}

    def promotion(self) -> dict[str, str] | None:
        """The next event, as the menus show it."""
        event = (
            Event.objects.public().in_language(self.language).taking_place().upcoming().for_lists().first()
        )
        if event is None or self.events is None:
            return None
        theirs = when_words.theirs(event.when, self.language)
        days = when_words.days(event.when, self.language)
        return {
            "kind": _("Next: %(kind)s") % {"kind": event.kind.title},
            "title": event.title,
            "url": f"{self.events.url}{event.slug}/",
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
    withheld = NewsItem.objects.embargoed().values("pk")
    found = (
        Page.objects.live()
        .filter(translation_key=public_id)
        .exclude(pk__in=withheld)
        .select_related("locale")
    )
    return {page.locale.language_code: page.url for page in found if page.url}
