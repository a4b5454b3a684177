"""Questions that the frame asks: which page shows what, at which address."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from collegium.events import queries as events
from collegium.kit import links, when_format
from collegium.kit.translations import fallback_language
from collegium.newsroom.models import NewsPage
from collegium.pages.known import the
from collegium.website.models import EventsPage, GovernancePage, JobsPage, RecordingsPage, ResourcesPage


@dataclass
class Sections:
    """The pages that show what the rooms keep, in one language, asked for together and only if needed."""

    language: str

    @property
    def events(self) -> EventsPage | None:
        return the(EventsPage, self.language)

    @property
    def recordings(self) -> RecordingsPage | None:
        return the(RecordingsPage, self.language)

    @property
    def news(self) -> NewsPage | None:
        return the(NewsPage, self.language)

    @property
    def resources(self) -> ResourcesPage | None:
        return the(ResourcesPage, self.language)

    @property
    def bodies(self) -> GovernancePage | None:
        return the(GovernancePage, self.language)

    @property
    def jobs(self) -> JobsPage | None:
        return the(JobsPage, self.language)

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
        event = next((event for event in events.coming(self.language) if not event.is_called_off), None)
        if event is None or self.events is None:
            return None
        theirs = when_format.venue_time(event.when, self.language)
        days = when_format.days(event.when, self.language)
        return {
            "kind": _("Next: %(kind)s") % {"kind": event.kind.title},
            "title": event.title,
            "url": f"{links.url_prefix(self.events.below, bool(fallback_language(event)))}{event.slug}/",
            "language": fallback_language(event),
            "text": f"{days}, {theirs}" if theirs else days,
        }
