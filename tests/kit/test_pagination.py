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


def walk(rows, size=2):
    """The rows of every page from the first to the last, and back to the first."""
    seen, params = [], {}
    while True:
        page = pagination.paginate(rows, size, params)
        seen.append([row.slug for row in page.rows])
        if page.next is None:
            break
        params = page.next
    back = [seen[-1]]
    while page.previous is not None:
        page = pagination.paginate(rows, size, page.previous)
        back.append([row.slug for row in page.rows])
    return seen, back


def test_a_long_list_has_no_gap_forwards_or_backwards(long):
    rows = Event.objects.past()
    seen, back = walk(rows)
    assert [slug for page in seen for slug in page] == [row.slug for row in rows]
    assert [len(page) for page in seen] == [2, 2, 2, 1]
    assert back[-1] == seen[0]


def test_a_short_list_has_numbers():
    for number in range(5):
        makers.event("2024-05-01", slug=f"e{number}")
    rows = Event.objects.past()
    page = pagination.paginate(rows, 2, {"page": "2"})
    assert (page.previous, page.next, page.label) == ({}, {"page": "3"}, "Page 2 of 3")
    assert pagination.paginate(rows, 2, {"page": "99"}).number == 3
    assert pagination.paginate(rows, 2, {"page": "x"}).number == 1


@pytest.mark.parametrize("params", [{"page-after": "999999"}, {"page-before": "x"}, {"page": "7"}])
def test_a_page_out_of_range_is_the_first(long, params):
    page = pagination.paginate(Event.objects.past(), 2, params)
    assert page.previous is None
    assert page.is_long
    assert page.label == ""


def test_years_take_one_query(long, django_assert_num_queries):
    makers.event("1999-12-31", slug="old")
    with django_assert_num_queries(1):
        assert Event.objects.past().years(10) == {2024: 6, 2023: 1, 1999: 1}
    assert list(Event.objects.past().years()) == [2024, 2023, 1999]
    assert Event.objects.past().years(2)[2024] == 3
    assert Event.objects.none().years() == {}


def test_the_years_of_news_skip_undated_news():
    for day in ("2024-01-01", "2022-12-31", None):
        makers.news(date=day)
    assert NewsItem.objects.years() == [2024, 2022]


def test_distinct_values_take_one_query(django_assert_num_queries):
    for number, city in enumerate(["Kyoto", "", "Łódź", "Boston", "Kyoto", "São Paulo"]):
        makers.event("2024-05-01", slug=f"e{number}", city=city)
    makers.event("2024-05-01", slug="hidden", city="Lisbon").unpublish()
    with django_assert_num_queries(1):
        found = pagination.distinct_values(Event.objects.public(), "city")
    assert sorted(found) == ["Boston", "Kyoto", "São Paulo", "Łódź"]
    assert pagination.distinct_values(Event.objects.none(), "city") == []


def test_a_capped_count_shows_a_plus():
    assert pagination.capped_label("1001 past", 1001, 1000) == "1000+ past"
    assert pagination.capped_label("7 past", 7, 1000) == "7 past"


def test_counting_years_does_not_invalidate():
    makers.event("2024-05-01")
    before = invalidation.content_version().read()
    with CaptureQueriesContext(connection) as asked:
        assert Event.objects.past().years(5) == {2024: 1}
    assert not invalidation.affects_public_pages(asked.captured_queries[0]["sql"])
    assert invalidation.content_version().read() == before
