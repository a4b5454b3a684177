"""The filter of the list of resources, and what it offers."""

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Exists, OuterRef, Q

from collegium.kit import pagination
from collegium.kit.filters import ActiveFilter, Filter, parse_year, search
from collegium.library.models import Audience, Resource, ResourceQuerySet, Topic

_COLUMNS = ("title", "subject", "authors", "container", "summary", "doi")


@dataclass(frozen=True)
class ResourceFilter(Filter[ResourceQuerySet]):
    choices: ClassVar = {"type": ("", *Resource.Kind.values)}

    q: str = ""
    type: str = ""
    audience: str = ""
    topic: str = ""
    year: str = ""

    def apply(self, rows: ResourceQuerySet) -> ResourceQuerySet:
        """The rows that meet every condition. A malformed year matches nothing."""
        rows = search(rows, self.q, *_COLUMNS, extra=_has_topic)
        if self.type:
            rows = rows.filter(kind=self.type)
        if self.audience:
            rows = rows.filter(audiences__key=self.audience)
        if self.topic:
            rows = rows.filter(topics__key=self.topic)
        if self.year:
            year = parse_year(self.year)
            rows = rows.filter(year=year) if year else rows.none()
        return rows


def _has_topic(word: str) -> Q:
    tagged = Resource.topics.through.objects.filter(topic__title__icontains=word)
    return Q(pk__in=tagged.values("resource_id"))


@dataclass(frozen=True)
class Choices:
    """The values that some resource has, so that every choice finds something."""

    kinds: list[tuple[str, str]]
    audiences: list[Audience]
    topics: list[Topic]
    years: list[int]

    @classmethod
    def of(cls, resources: ResourceQuerySet) -> "Choices":
        rows = resources.order_by()
        used = set(pagination.distinct_values(resources, "kind"))
        return cls(
            kinds=[(value, str(label)) for value, label in Resource.Kind.choices if value in used],
            audiences=list(Audience.objects.filter(Exists(rows.filter(audiences=OuterRef("pk"))))),
            topics=list(Topic.objects.filter(Exists(rows.filter(topics=OuterRef("pk"))))),
            years=list(pagination.year_counts(resources, "year")),
        )


def active_filters(resource_filter: ResourceFilter, url: str, choices: Choices) -> list[ActiveFilter]:
    """Each condition that is set, and the address without it."""
    labels = {
        "type": dict(choices.kinds).get(resource_filter.type, ""),
        "audience": next((a.title for a in choices.audiences if a.key == resource_filter.audience), ""),
        "topic": next((t.title for t in choices.topics if t.key == resource_filter.topic), ""),
    }
    return resource_filter.active(url, labels)
