from datetime import UTC, date, datetime

import pytest

import makers
from collegium.careers.models import Job
from collegium.kit import clock, request_cache
from collegium.society import queries
from collegium.society.models import Society

pytestmark = pytest.mark.django_db


def test_there_is_a_society_before_anybody_entered_one():
    assert queries.society().name == "A learned society"
    assert not Society.objects.exists()


def test_the_society_is_read_once_a_request(django_assert_num_queries):
    makers.society(name="Society of Worked Examples")
    with request_cache.activate(), django_assert_num_queries(1):
        assert queries.society().name == queries.society().name == "Society of Worked Examples"


@pytest.mark.parametrize(("zone", "day"), [("Asia/Tokyo", 15), ("America/Los_Angeles", 14), ("UTC", 14)])
def test_its_day_is_that_of_its_office(monkeypatch, zone, day):
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 2, 14, 20, 0, tzinfo=UTC))
    makers.society(zone=zone)
    assert queries.today() == date(2025, 2, day)
    assert Job().posted == date(2025, 2, day)
