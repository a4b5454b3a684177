"""The filter of the list of recordings."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collegium.events.models import Captions, Recording, RecordingQuerySet, Topic
from collegium.kit import languages
from collegium.kit.filters import Filter, parse_year, search


@dataclass(frozen=True)
class RecordingFilter(Filter[RecordingQuerySet]):
    q: str = ""
    topic: str = ""
    captions: str = ""
    year: str = ""

    def apply(self, rows: RecordingQuerySet) -> RecordingQuerySet:
        """The rows that meet every condition. A malformed year matches nothing."""
        rows = search(rows, self.q, "title", "summary", "speakers", extra=_has_topic)
        if self.topic:
            rows = rows.filter(topics__key=self.topic)
        if self.captions:
            rows = rows.filter(captions__language=self.captions)
        if self.year:
            year = parse_year(self.year)
            rows = rows.of_year(year) if year else rows.none()
        return rows


def _has_topic(word: str) -> Q:
    tagged = Recording.topics.through.objects.filter(topic__title__icontains=word)
    return Q(pk__in=tagged.values("recording_id"))


def filter_labels(recording_filter: RecordingFilter) -> dict[str, str]:
    """The conditions that offer a choice, in words."""
    topic = Topic.objects.filter(key=recording_filter.topic).first() if recording_filter.topic else None
    language = _language_name(recording_filter.captions)
    return {
        "topic": topic.title if topic else "",
        "captions": _("Captions in %(language)s") % {"language": language},
    }


def filter_choices(rows: RecordingQuerySet) -> dict[str, Any]:
    """What readers can choose from: only what some of `rows` has."""
    rows = rows.order_by()
    codes = Captions.objects.filter(recording__in=rows.values("pk")).order_by().values("language").distinct()
    captions = [(row["language"], _language_name(row["language"])) for row in codes]
    return {
        "topics": list(Topic.objects.filter(Exists(rows.filter(topics=OuterRef("pk"))))),
        "captions": sorted(captions, key=lambda choice: choice[1]),
        "years": [str(year) for year in rows.prefetch_related(None).years()],
    }


def _language_name(code: str) -> str:
    return languages.name(code, get_language() or "en") if code else ""
