"""What the screens of recordings show: the list with its filter, and one recording."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page

from collegium.events import recording_jsonld, recording_presenters
from collegium.events.models import Captions, Event, Recording, RecordingQuerySet, Topic
from collegium.kit import jsonld, languages, pagination, prose
from collegium.pages import queries as pages
from collegium.website.events.contexts import WORDS_AT_MOST, Chip

PAGE_SIZE = 50  #: recordings on one page of the list


@dataclass(frozen=True)
class Filter:
    """What a reader of the list asked for."""

    words: str = ""
    topic: str = ""
    captions: str = ""
    year: str = ""

    @classmethod
    def read(cls, params: QueryDict) -> "Filter":
        asked = (prose.one_line(params.get(name, ""))[:64] for name in ("q", "topic", "captions", "year"))
        return cls(*asked)

    def of(self, found: RecordingQuerySet) -> RecordingQuerySet:
        """Those of `found` that fit. A year that is none fits nothing."""
        for word in self.words.split()[:WORDS_AT_MOST]:
            tagged = Recording.topics.through.objects.filter(topic__title__icontains=word)
            said = Q(title__icontains=word) | Q(summary__icontains=word) | Q(speakers__icontains=word)
            found = found.filter(said | Q(pk__in=tagged.values("recording_id")))
        if self.topic:
            found = found.filter(topics__key=self.topic)
        if self.captions:
            found = found.filter(captions__language=self.captions)
        if self.year:
            known = self.year.isascii() and self.year.isdigit() and len(self.year) == 4
            found = found.of_year(int(self.year)) if known else found.none()
        return found

    def query(self) -> str:
        """The filter as the end of an address."""
        named = {"q": self.words, "topic": self.topic, "captions": self.captions, "year": self.year}
        kept = {name: value for name, value in named.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def listing(page: Page, shown: RecordingQuerySet, params: QueryDict) -> dict[str, Any]:
    """The list: what can be watched now and fits, the newest first, and what may be asked for."""
    asked, watchable = Filter.read(params), shown.watchable()
    results = pagination.paginate(asked.of(watchable).newest(), PAGE_SIZE, params)
    topics = list(Topic.objects.filter(Exists(watchable.filter(topics=OuterRef("pk")))))
    spoken = Captions.objects.filter(recording__in=watchable.values("pk")).order_by().values("language")
    captions = [(row["language"], _named(row["language"])) for row in spoken.distinct()]
    years = list(watchable.prefetch_related(None).years())
    return {
        "asked": asked,
        "cards": recording_presenters.list_items(results.rows, page.below),
        "page_links": pagination.page_links(page.url, asked.query(), results),
        "topics": topics,
        "captions": sorted(captions, key=lambda one: one[1]),
        "years": [str(year) for year in years],
        "chips": _chips(asked, topics),
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
    return recording_presenters.list_items(found, page.below)


def _chips(asked: Filter, topics: list[Topic]) -> list[Chip]:
    """Each condition of `asked`, to be taken off one by one."""
    titles = {topic.key: topic.title for topic in topics}
    said = {
        "words": f"“{asked.words}”",
        "topic": titles.get(asked.topic, asked.topic),
        "captions": _("Captions in %(language)s") % {"language": _named(asked.captions)},
        "year": asked.year,
    }
    set_ones = [name for name in said if getattr(asked, name)]
    return [Chip(said[name], replace(asked, **{name: ""}).query() or ".") for name in set_ones]


def _named(code: str) -> str:
    return languages.name(code, get_language() or "en")


def detail(page: Page, recording: Recording, request: HttpRequest) -> dict[str, Any]:
    """One recording, and as machines read it."""
    publisher = jsonld.Publisher(pages.society().name, request.build_absolute_uri("/"))
    address = request.build_absolute_uri(f"{page.url}{recording.slug}/")
    described = recording_jsonld.describe(recording, address=address, publisher=publisher)
    return {"recording": recording, "jsonld": described}
