"""Questions that the frame and the permanent links ask: which page shows what, at which address."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page

from collegium.careers.models import Job
from collegium.events.models import Event
from collegium.governance.models import Body
from collegium.kit import when_words
from collegium.newsroom.models import NewsPage
from collegium.pages.models import BasePage
from collegium.website.models import EventsPage, GovernancePage, JobsPage


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

    @cached_property
    def bodies(self) -> GovernancePage | None:
        return GovernancePage.objects.live().filter(locale__language_code=self.language).first()

    @cached_property
    def jobs(self) -> JobsPage | None:
        return JobsPage.objects.live().filter(locale__language_code=self.language).first()

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
    finder = _FINDERS.get(kind)
    found = finder(public_id) if finder else {}
    return found.get(language) or next(iter(found.values()), None)


def _event_addresses(public_id: UUID) -> dict[str, str]:
    return _record_addresses(Event.objects.public().filter(translation_key=public_id), EventsPage)


def _body_addresses(public_id: UUID) -> dict[str, str]:
    return _record_addresses(Body.objects.public().filter(translation_key=public_id), GovernancePage)


def _job_addresses(public_id: UUID) -> dict[str, str]:
    return _record_addresses(Job.objects.public().filter(translation_key=public_id), JobsPage)


def _record_addresses(found: QuerySet[Any], section: type[BasePage]) -> dict[str, str]:
    """The path of each record of `found` below the page of its language that shows such records."""
    pages = {page.locale_id: page for page in section.objects.live()}
    return {
        record.locale.language_code: f"{pages[record.locale_id].url}{record.slug}/"
        for record in found.select_related("locale")
        if record.locale_id in pages
    }


def _page_addresses(public_id: UUID) -> dict[str, str]:
    found = Page.objects.live().filter(translation_key=public_id).select_related("locale")
    return {page.locale.language_code: page.url for page in found if page.url}


_FINDERS: dict[str, Callable[[UUID], dict[str, str]]] = {
    "body": _body_addresses,
    "event": _event_addresses,
    "job": _job_addresses,
    "page": _page_addresses,
}
