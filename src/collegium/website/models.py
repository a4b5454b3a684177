"""The pages of the public site."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField

from collegium.events.models import Event, EventKind, EventQuerySet, Topic
from collegium.look import covers
from collegium.pages.blocks import BodyBlock
from collegium.pages.models import BasePage
from collegium.website import event_screens
from collegium.website.blocks import HomeBlock, link


class HomePage(BasePage):
    """The first page: a headline over its landscape, then sections in the order that staff choose."""

    headline = models.CharField(_("headline"), max_length=80)
    lede = models.TextField(_("below the headline"), blank=True)
    motif = models.CharField(_("motif"), max_length=20, choices=covers.CHOICES, default="landscape")
    seed = models.CharField(_("word from which it is drawn"), max_length=40, default="home")
    credit = models.CharField(_("words on the drawing"), max_length=160, blank=True)
    primary_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("button leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    primary_title = models.CharField(_("words of the button"), max_length=40, blank=True)
    secondary_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("link leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    secondary_title = models.CharField(_("words of the link"), max_length=40, blank=True)
    lead_event = models.ForeignKey(
        Event,
        verbose_name=_("event shown large"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Until it is past; then none is."),
    )
    sections = StreamField(HomeBlock(), verbose_name=_("sections"), blank=True)

    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "website/home_page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel(name) for name in ("headline", "lede", "motif", "seed", "credit")],
            _("Headline and drawing"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("primary_page", "primary_title", "secondary_page", "secondary_title")
            ],
            _("Where it leads"),
        ),
        FieldPanel("lead_event"),
        FieldPanel("sections"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "primary": link(self.primary_page, self.primary_title),
            "secondary": link(self.secondary_page, self.secondary_title),
        }


class TextPage(BasePage):
    """A plain page: text and tables."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["website.HomePage", "website.TextPage"]
    template = "website/text_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("plain page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"subpages": self.get_children().live().public().specific()}


class EventsPage(RoutablePageMixin, BasePage):
    """All events: those to come, the archive, each on a page of its own, and the calendar feeds."""

    max_count_per_parent = 1
    parent_page_types = ["website.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("page of all events")

    @property
    def events(self) -> EventQuerySet:
        """All that this page shows: what is public, in its language."""
        return Event.objects.public().filter(locale=self.locale_id).for_lists()

    @path("", name="list")
    def all_events(self, request: HttpRequest) -> TemplateResponse:
        """Upcoming events by year, and the latest year of the archive."""
        return self._screen(
            request, event_screens.listing(self, self.events, request.GET), "events/list.html"
        )

    @path("archive/<int:year>/", name="archive")
    def archive(self, request: HttpRequest, year: int) -> TemplateResponse:
        """The past events of one year."""
        return self._screen(request, event_screens.archive(self, self.events, year), "events/archive.html")

    # The library asks for every address with a slash behind it; readers type the feeds' without.
    @path("calendar.ics/", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """Every event with a day, for any calendar client."""
        return event_screens.feed(request, self.events.in_order(), name=self.title, file="calendar")

    @path("kind/<slug:key>.ics/", name="calendar_of_kind")
    def calendar_of_kind(self, request: HttpRequest, key: str) -> HttpResponse:
        """Events of one kind."""
        kind = get_object_or_404(EventKind, key=key, locale=self.locale_id)
        return event_screens.feed(
            request, self.events.filter(kind=kind).in_order(), name=kind.plural, file=key
        )

    @path("topic/<slug:key>.ics/", name="calendar_of_topic")
    def calendar_of_topic(self, request: HttpRequest, key: str) -> HttpResponse:
        """Events on one topic."""
        topic = get_object_or_404(Topic, key=key, locale=self.locale_id)
        return event_screens.feed(
            request, self.events.filter(topics=topic).in_order(), name=topic.title, file=key
        )

    @path("<slug:slug>.ics/", name="calendar_of_event")
    def calendar_of_event(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One event; without a day yet, as a tentative span."""
        event = get_object_or_404(self.events, slug=slug)
        return event_screens.feed(
            request, self.events.filter(pk=event.pk), name=event.title, file=slug, tentative=True
        )

    @path("<slug:slug>/", name="event")
    def event(self, request: HttpRequest, slug: str) -> TemplateResponse:
        """One event on a page of its own."""
        event = get_object_or_404(self.events, slug=slug)
        return self._screen(request, event_screens.detail(self, event, request), "events/event.html")

    def _screen(self, request: HttpRequest, shown: dict[str, Any], template: str) -> TemplateResponse:
        return self.render(request, context_overrides=shown, template=template)
