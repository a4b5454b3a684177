"""The page of all recordings."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from collegium.events import recording_jsonld, recording_presenters
from collegium.events.models import Recording, RecordingQuerySet
from collegium.events.recording_filters import RecordingFilter, filter_choices, filter_labels
from collegium.kit import jsonld
from collegium.pages import queries as pages
from collegium.pages.models import SingletonPerLocale
from collegium.pages.sections import ListPage


class RecordingsPage(SingletonPerLocale, ListPage):
    """All recordings that can be watched now, and each on a page of its own, also once it has ended."""

    section = "recordings"
    content_kind = "recording"
    page_description = _("Lists every recording, with its captions. One page for each language.")
    template = "recordings/list.html"
    record_template = "recordings/recording.html"
    filter_class = RecordingFilter
    parent_page_types = ["website.HomePage", "website.TextPage"]

    class Meta:
        verbose_name = _("page of all recordings")

    def list_rows(self) -> RecordingQuerySet:
        """What can be watched now, the newest first."""
        recordings: RecordingQuerySet = self.records().watchable().newest()
        return recordings

    def list_items(self, rows: Iterable[Recording]) -> list[recording_presenters.ListItem]:
        return recording_presenters.list_items(rows, self.url_prefix)

    def filter_labels(self, list_filter: RecordingFilter) -> dict[str, str]:
        return filter_labels(list_filter)

    def count_label(self, total: int) -> str:
        return ngettext("%d recording", "%d recordings", total) % total

    def list_context(self, request: HttpRequest) -> dict[str, Any]:
        return (
            super().list_context(request)
            | filter_choices(self.list_rows())
            | {
                "all_recordings": {"label": gettext("Show all recordings"), "url": self.url},
            }
        )

    def record_context(self, record: Recording, request: HttpRequest) -> dict[str, Any]:
        publisher = jsonld.Publisher(pages.society().name, request.build_absolute_uri("/"))
        address = self.record_address(record, request)
        description = recording_jsonld.describe(record, address=address, publisher=publisher)
        return {"recording": record, "jsonld": description}
