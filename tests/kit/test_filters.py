from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from django.db.models import Q
from django.http import QueryDict

import makers
from collegium.events.models import Event
from collegium.kit import filters
from collegium.kit.filters import ActiveFilter, Filter


@dataclass(frozen=True)
class Shelf(Filter[Any]):
    choices: ClassVar = {"place": ("online", "in-person")}
    passive: ClassVar = ("zone",)

    q: str = ""
    place: str = ""
    zone: str = ""


def shelf(query):
    return Shelf.from_params(QueryDict(query))


def test_parameters_are_read_cut_and_checked():
    assert shelf("q=+a%0Ab+&place=nowhere&other=1") == Shelf(q="a b")
    assert shelf(f"q={'x' * 99}&place=online") == Shelf(q="x" * 64, place="online")


@pytest.mark.parametrize(
    ("query", "kept", "active"),
    [("", "", False), ("zone=UTC", "?zone=UTC", False), ("zone=UTC&q=a+b", "?q=a+b&zone=UTC", True)],
)
def test_a_passive_parameter_is_kept_in_links_and_filters_nothing(query, kept, active):
    assert (shelf(query).query(), shelf(query).is_active) == (kept, active)


def test_each_condition_can_be_removed():
    active = shelf("q=bone&place=online&zone=UTC").active("/list/", {"place": "Online"})
    assert active == [
        ActiveFilter("“bone”", "/list/?place=online&zone=UTC"),
        ActiveFilter("Online", "/list/?q=bone&zone=UTC"),
    ]


@pytest.mark.django_db
def test_a_search_needs_every_word_in_some_column():
    for title, city in (("Bone day", "Kyoto"), ("Bone week", "Boston"), ("Skin day", "Kyoto")):
        makers.event("2024-05-01", title=title, city=city, slug=title.replace(" ", "-").lower())
    rows = Event.objects.order_by("pk")
    assert [e.title for e in filters.search(rows, "kyoto BONE", "title", "city")] == ["Bone day"]
    extra = filters.search(rows, "bone kyoto", "title", extra=lambda word: Q(city__iexact=word))
    assert [e.title for e in extra] == ["Bone day"]
    assert filters.search(rows, "a " * 8 + "zzz", "title").exists()  # the ninth word is ignored


@pytest.mark.parametrize(
    ("text", "year"), [("2024", 2024), ("24", None), ("0000", None), ("२०२४", None), ("", None)]
)
def test_a_year_has_four_digits(text, year):
    assert filters.parse_year(text) == year
