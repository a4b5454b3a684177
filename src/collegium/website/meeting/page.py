"""The page of the annual meeting: one event of the calendar, told at length."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from collegium.events import jsonld as event_jsonld
from collegium.events import presenters
from collegium.events.models import Event
from collegium.kit import jsonld
from collegium.kit.request_cache import memoize
from collegium.pages.models import BasePage
from collegium.pages.page_loader import section_page
from collegium.sections.events import contexts as event_contexts
from collegium.sections.events.page import EventsPage
from collegium.website.meeting import labels as meeting_words
from collegium.website.meeting.blocks import MeetingBlock, anchor, dated

EARLIER_AT_MOST = 6


class AnnualMeetingPage(BasePage):
    """A meeting with a story: what happens when, until when to decide, what it costs, what was before."""

    page_description = gettext_lazy("The annual meeting: its story, programme, dates and fees.")
    translated_fields = ("notice", "story")

    event = models.ForeignKey(
        Event,
        verbose_name=gettext_lazy("meeting"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=gettext_lazy("The event that this page is about. Choose the next each year."),
    )
    notice = models.CharField(
        gettext_lazy("notice"),
        max_length=250,
        blank=True,
        help_text=gettext_lazy("Stands above the story, for what everybody must know first."),
    )
    story = StreamField(MeetingBlock(), verbose_name=gettext_lazy("story"), blank=True)

    parent_page_types = ["website.HomePage", "website.TextPage"]
    subpage_types = ["website.TextPage"]
    template = "website/annual_meeting.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("event"),
        FieldPanel("notice"),
        FieldPanel("story"),
    ]

    class Meta:
        verbose_name = gettext_lazy("page of the annual meeting")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        events = section_page(EventsPage)
        meeting = self.meeting()
        base = events.url_prefix if events else ""
        return context | {
            "meeting": meeting,
            "card": presenters.list_item(meeting, base) if meeting else None,
            "ways": event_contexts.ways(events, meeting, request) if meeting and events else [],
            "events_page": events,
            "anchors": self.anchors(),
            "coming": self.next_date(),
            "earlier": self.earlier(meeting, base),
            "all_of_kind": f"{base}kind/{meeting.kind.key}/" if meeting and base else "",
        }

    def meeting(self) -> Event | None:
        """The event, where readers may see it."""
        return memoize(("meeting", self.pk), self._meeting) if self.event_id else None

    def _meeting(self) -> Event | None:
        chosen = Event.objects.filter(pk=self.event_id or 0).values("translation_key")
        shown = Event.objects.public().with_fallback(self.locale_id).for_lists()
        return shown.filter(translation_key__in=chosen).first()

    def anchors(self) -> list[dict[str, str]]:
        """The sections of the story, to jump to."""
        return [{"title": block.value["title"], "url": f"#{anchor(block.value)}"} for block in self.story]

    def next_date(self) -> dict[str, Any] | None:
        """The key date that comes next, of all that the story has."""
        found = [pair for block in self.story if block.block_type == "dates" for pair in dated(block.value)]
        due = [(one, when) for one, when in found if when and meeting_words.is_ahead(when)]
        if not due:
            return None
        one, when = min(due, key=lambda pair: pair[1].last)
        return {"title": one["title"], "when": when, "said": meeting_words.left(when)}

    def earlier(self, meeting: Event | None, base: str) -> list[presenters.ListItem]:
        """Meetings of the same kind that are past, the latest first."""
        if meeting is None or not base:
            return []
        same = (
            Event.objects.public()
            .with_fallback(self.locale_id)
            .filter(kind__key=meeting.kind.key)
            .exclude(pk=meeting.pk)
        )
        return presenters.list_items(same.for_lists().past()[:EARLIER_AT_MOST], base)

    def json_ld(self, address: str, publisher: jsonld.Publisher) -> dict[str, Any]:
        """The page for machines, and the meeting that it is about."""
        facts, meeting = super().json_ld(address, publisher), self.meeting()
        if meeting is None:
            return facts
        about: dict[str, Any] = {
            "@type": "Event",
            "name": meeting.title,
            "startDate": meeting.when.iso_start(),
        }
        if meeting.when.end:
            about["endDate"] = meeting.when.iso_end()
        if location := event_jsonld.location_of(meeting, address):
            about["location"] = location
        return facts | {"about": about}
