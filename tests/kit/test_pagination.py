import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import makers
from collegium.config import invalidation
from collegium.events.models import Event
from collegium.kit import pagination
from collegium.newsroom.models import NewsItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def long(monkeypatch):
    """Seven events, three of which begin together, in a list that counts as long."""
    monkeypatch.setattr(pagination, "MAX_NUMBERED", 3)
    days = ["2024-05-01", "2024-05-02", "2024-05-02", "2024-05-02", "2024-06", "2024-06-01", "2023"]
    return [makers.event(day, zone="UTC", slug=f"e{number}") for number, day in enumerate(days)]


def leaves(rows, size=2):
    """Every sheet from the first on by its rows, then every one back to the first."""
    seen, asked = [], {}
    while True:
        sheet = pagination.paginate(rows, size, asked)
        seen.append([row.slug for row in sheet.rows])
        if sheet.older is None:
            break
        asked = sheet.older
    back = [seen[-1]]
    while sheet.newer is not None:
        sheet = pagination.paginate(rows, size, sheet.newer)
        back.append([row.slug for row in sheet.rows])
    return seen, back


def test_a_long_list_is_leafed_through_without_a_gap_and_back(long):
    rows = Event.objects.past()
    seen, back = leaves(rows)
    assert [slug for sheet in seen for slug in sheet] == [row.slug for row in rows]
    assert [len(sheet) for sheet in seen] == [2, 2, 2, 1]
    assert back[-1] == seen[0]


def test_a_short_list_has_numbers():
    for number in range(5):
        makers.event("2024-05-01", slug=f"e{number}")
    rows = Event.objects.past()
    sheet = pagination.paginate(rows, 2, {"page": "2"})
    assert (sheet.newer, sheet.older, sheet.label) == ({"page": "1"}, {"page": "3"}, "Page 2 of 3")
    assert pagination.paginate(rows, 2, {"page": "99"}).number == 3
    assert pagination.paginate(rows, 2, {"page": "x"}).number == 1


@pytest.mark.parametrize("asked", [{"page-after": "999999"}, {"page-before": "x"}, {"page": "7"}])
def test_a_sheet_that_there_is_not_is_the_first(long, asked):
    sheet = pagination.paginate(Event.objects.past(), 2, asked)
    assert sheet.newer is None
    assert sheet.is_long
    assert sheet.label == ""


def test_years_are_found_one_from_the_other(long, django_assert_num_queries):
    makers.event("1999-12-31", slug="old")
    with django_assert_num_queries(1):
        assert Event.objects.past().years(10) == {2024: 6, 2023: 1, 1999: 1}
    assert list(Event.objects.past().years()) == [2024, 2023, 1999]
    assert Event.objects.past().years(2)[2024] == 3
    assert Event.objects.none().years() == {}


def test_the_years_of_news_pass_over_what_bears_no_day():
    for day in ("2024-01-01", "2022-12-31", None):
        makers.news(date=day)
    assert NewsItem.objects.years() == [2024, 2022]


def test_what_stands_in_a_column_is_found_one_from_the_other(django_assert_num_queries):
    for number, city in enumerate(["Kyoto", "", "Łódź", "Boston", "Kyoto", "São Paulo"]):
        makers.event("2024-05-01", slug=f"e{number}", city=city)
    makers.event("2024-05-01", slug="hidden", city="Lisbon").unpublish()
    with django_assert_num_queries(1):
        found = pagination.distinct_values(Event.objects.public(), "city")
    assert sorted(found) == ["Boston", "Kyoto", "São Paulo", "Łódź"]
    assert pagination.distinct_values(Event.objects.none(), "city") == []


def test_more_than_is_counted_is_told_as_such():
    assert pagination.capped_label("1001 past", 1001, 1000) == "1000+ past"
    assert pagination.capped_label("7 past", 7, 1000) == "7 past"


def test_to_ask_for_years_is_no_news():
    makers.event("2024-05-01")
    before = invalidation.content_version().read()
    with CaptureQueriesContext(connection) as asked:
        assert Event.objects.past().years(5) == {2024: 1}
    assert not invalidation.affects_public_pages(asked.captured_queries[0]["sql"])
    assert invalidation.content_version().read() == before
