"""The page that shows all recordings."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path

from collegium.events.models import Recording, RecordingQuerySet
from collegium.pages.models import SingletonPerLocale
from collegium.pages.sections import SectionPage
from collegium.website.recordings import contexts as recording_contexts


class RecordingsPage(SingletonPerLocale, SectionPage):
    """All recordings that can be watched now, and each on a page of its own, also once it has ended."""

    section = "recordings"
    content_kind = "recording"
    page_description = _("Lists every recording, with its captions. One page for each language.")
    template = "recordings/list.html"
    parent_page_types = ["website.HomePage", "website.TextPage"]

    class Meta:
        verbose_name = _("page of all recordings")

    @property
    def recordings(self) -> RecordingQuerySet:
        """All that this page shows: what is public, in its language."""
        return Recording.objects.public().with_fallback(self.locale_id).for_lists()

    @path("", name="list")
    def all_recordings(self, request: HttpRequest) -> TemplateResponse:
        """What can be watched, with a filter."""
        shown = recording_contexts.listing(self, self.recordings, request.GET)
        return self.render_screen(request, shown, "recordings/list.html")

    @path("<slug:slug>/", name="recording")
    def recording(self, request: HttpRequest, slug: str) -> TemplateResponse:
        """One recording on a page of its own."""
        recording = get_object_or_404(self.recordings, slug=slug, locale=self.locale_id)
        shown = recording_contexts.detail(self, recording, request)
        return self.render_screen(request, shown, "recordings/recording.html")
