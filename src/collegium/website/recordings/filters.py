"""The filter of the list of recordings."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from collegium.events.models import Recording, RecordingQuerySet, Topic
from collegium.kit.filters import ActiveFilter, Filter, parse_year, search


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


def active_filters(
    recording_filter: RecordingFilter, url: str, topics: list[Topic], language: str
) -> list[ActiveFilter]:
    """Each condition that is set, and the address without it. `language` names that of the captions."""
    titles = {topic.key: topic.title for topic in topics}
    labels = {
        "topic": titles.get(recording_filter.topic, ""),
        "captions": _("Captions in %(language)s") % {"language": language},
    }
    return recording_filter.active(url, labels)
