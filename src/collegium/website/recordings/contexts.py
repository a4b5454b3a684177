"""What the screens of recordings show: the list with its filter, and one recording."""

from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page

from collegium.events import recording_jsonld, recording_presenters
from collegium.events.models import Captions, Event, Recording, RecordingQuerySet, Topic
from collegium.kit import jsonld, languages, pagination
from collegium.pages import queries as pages
from collegium.website.recordings.filters import RecordingFilter, active_filters

PAGE_SIZE = 50  #: recordings on one page of the list


def listing(page: Page, shown: RecordingQuerySet, params: QueryDict) -> dict[str, Any]:
    """The list: what can be watched now and fits, the newest first, and what may be asked for."""
    recording_filter, watchable = RecordingFilter.from_params(params), shown.watchable()
    results = pagination.paginate(recording_filter.apply(watchable).newest(), PAGE_SIZE, params)
    topics = list(Topic.objects.filter(Exists(watchable.filter(topics=OuterRef("pk")))))
    spoken = Captions.objects.filter(recording__in=watchable.values("pk")).order_by().values("language")
    captions = [(row["language"], _named(row["language"])) for row in spoken.distinct()]
    years = list(watchable.prefetch_related(None).years())
    return {
        "filter": recording_filter,
        "cards": recording_presenters.list_items(results.rows, page.url_prefix),
        "page_links": pagination.page_links(page.url, recording_filter.query(), results),
        "topics": topics,
        "captions": sorted(captions, key=lambda one: one[1]),
        "years": [str(year) for year in years],
        "active_filters": active_filters(
            recording_filter, page.url, topics, _named(recording_filter.captions)
        ),
        "counted": pagination.capped_label(
            ngettext("%d recording", "%d recordings", results.total) % results.total, results.total
        ),
        "all_recordings": {"label": _("Show all recordings"), "url": page.url},
    }


def of_event(event: Event, page: Page | None) -> list[recording_presenters.ListItem]:
    """The recordings of `event`, the earliest first; without a page of recordings each leads to its site."""
    kept = Recording.objects.public().filter(event=event, locale=event.locale_id).for_lists()
    found = list(kept.watchable().order_by("when_first", "pk"))
    if page is None:
        return [replace(recording_presenters.list_item(one, ""), url=one.link) for one in found]
    return recording_presenters.list_items(found, page.url_prefix)


def _named(code: str) -> str:
    return languages.name(code, get_language() or "en")


def detail(page: Page, recording: Recording, request: HttpRequest) -> dict[str, Any]:
    """One recording, and as machines read it."""
    publisher = jsonld.Publisher(pages.society().name, request.build_absolute_uri("/"))
    address = request.build_absolute_uri(f"{page.url}{recording.slug}/")
    described = recording_jsonld.describe(recording, address=address, publisher=publisher)
    return {"recording": recording, "jsonld": described}
