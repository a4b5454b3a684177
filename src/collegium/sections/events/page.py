"""The page that shows all events."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path

from collegium.events.models import Event, EventKind, EventQuerySet, Topic
from collegium.pages import page_loader
from collegium.pages.models import SingletonPerLocale
from collegium.pages.sections import ListPage
from collegium.sections.events import contexts as event_contexts
from collegium.sections.recordings import contexts as recording_contexts
from collegium.sections.recordings.page import RecordingsPage


class EventsPage(SingletonPerLocale, ListPage):
    """All events: those to come, the archive, each on a page of its own, and the calendar feeds."""

    section = "events"
    content_kind = "event"
    feeds = {"calendar": "calendar.ics"}
    page_description = _("Lists every event, upcoming and past. One page for each language.")
    template = "events/list.html"
    record_template = "events/event.html"
    parent_page_types = ["website.HomePage"]

    class Meta:
        verbose_name = _("page of all events")

    def list_context(self, request: HttpRequest) -> dict[str, Any]:
        """Upcoming events by year, and the latest year of the archive."""
        return event_contexts.listing(self, self.records(), request.GET)

    def record_context(self, record: Event, request: HttpRequest) -> dict[str, Any]:
        page = page_loader.section_page(RecordingsPage, self.locale.language_code)
        context = event_contexts.detail(self, record, request)
        return context | {"recordings": recording_contexts.of_event(record, page)}

    @path("archive/<int:year>/", name="archive")
    def archive(self, request: HttpRequest, year: int) -> TemplateResponse:
        """The past events of one year."""
        return self.render_screen(
            request, event_contexts.archive(self, self.records(), year, request.GET), "events/archive.html"
        )

    @path("archive/", name="years")
    def years(self, request: HttpRequest) -> TemplateResponse:
        """Every year that has past events, and every kind."""
        return self.render_screen(request, event_contexts.years(self, self.records()), "events/years.html")

    @path("kind/<slug:key>/", name="kind")
    def of_kind(self, request: HttpRequest, key: str) -> TemplateResponse:
        """Events of one kind, those to come and all that are past."""
        kind, events = self._of_kind(key)
        shown = event_contexts.of_kind(self, events, kind, request.GET)
        return self.render_screen(request, shown, "events/kind.html")

    # Wagtail routes every address with a slash at its end; readers type those of feeds without.
    @path("calendar.ics/", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """The events with a day, for any calendar client: those to come, and those of the last two years."""
        return self._calendar(request, self.records(), name=self.title, file="calendar")

    @path("kind/<slug:key>.ics/", name="calendar_of_kind")
    def calendar_of_kind(self, request: HttpRequest, key: str) -> HttpResponse:
        """Events of one kind."""
        kind, events = self._of_kind(key)
        return self._calendar(request, events, name=kind.plural, file=key)

    @path("topic/<slug:key>.ics/", name="calendar_of_topic")
    def calendar_of_topic(self, request: HttpRequest, key: str) -> HttpResponse:
        """Events on one topic."""
        topic = self._versions(Topic, key)[0]
        events = self.records().filter(topics__key=key).distinct()
        return self._calendar(request, events, name=topic.title, file=key)

    @path("<slug:slug>.ics/", name="calendar_of_event")
    def calendar_of_event(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One event; without a day yet, as a tentative span."""
        event = self.get_record(slug)
        return event_contexts.feed(request, [event], name=event.title, file=slug, tentative=True)

    def _calendar(self, request: HttpRequest, events: EventQuerySet, *, name: str, file: str) -> HttpResponse:
        return event_contexts.feed(request, event_contexts.in_calendar(events), name=name, file=file)

    def _of_kind(self, key: str) -> tuple[EventKind, EventQuerySet]:
        """The kind as this language names it, and its events."""
        kinds = self._versions(EventKind, key)
        # By number and not by key, so that the index that finds them also has them in order.
        return kinds[0], self.records().filter(kind__in=[kind.pk for kind in kinds])

    def _versions(self, model: Any, key: str) -> list[Any]:
        """A kind or a topic in this language, if it is translated, then the original; 404 without any."""
        shown = Q(locale=self.locale_id) | Q(locale__language_code=settings.LANGUAGE_CODE)
        found = sorted(model.objects.filter(shown, key=key), key=lambda one: one.locale_id != self.locale_id)
        if not found:
            raise Http404
        return found
