"""The filter of the list of events."""

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Q
from django.utils.translation import gettext as _

from collegium.events.models import Event, EventKind, EventQuerySet
from collegium.kit.filters import ActiveFilter, Filter, search


@dataclass(frozen=True)
class EventFilter(Filter[EventQuerySet]):
    choices: ClassVar = {"place": ("", "online", "in-person")}
    passive: ClassVar = ("zone",)

    q: str = ""
    kind: str = ""
    place: str = ""
    zone: str = ""

    def apply(self, rows: EventQuerySet) -> EventQuerySet:
        rows = search(rows, self.q, "title", "summary", "city", extra=_has_topic)
        if self.kind:
            rows = rows.filter(kind__key=self.kind)
        if self.place == "online":
            rows = rows.filter(online=True)
        if self.place == "in-person":
            rows = rows.exclude(city="", venue="")
        return rows


def _has_topic(word: str) -> Q:
    tagged = Event.topics.through.objects.filter(topic__title__icontains=word)
    return Q(pk__in=tagged.values("event_id"))


def active_filters(event_filter: EventFilter, url: str, kinds: list[EventKind]) -> list[ActiveFilter]:
    """Each condition that is set, and the address without it."""
    titles = {kind.key: kind.title for kind in kinds}
    labels = {
        "kind": titles.get(event_filter.kind, ""),
        "place": _("Online") if event_filter.place == "online" else _("In person"),
    }
    return event_filter.active(url, labels)
