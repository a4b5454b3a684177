import pytest

import makers
from collegium.events import jsonld
from collegium.kit.when import When

pytestmark = pytest.mark.django_db


def described(event):
    return jsonld.describe(
        event, address="https://s.example/e/", organizer="Society", organizer_address="https://s.example/"
    )


@pytest.mark.parametrize(
    "when, zone, start, end",
    [
        (
            "2025-03-11 10:00 to 11:15",
            "America/New_York",
            "2025-03-11T10:00:00-04:00",
            "2025-03-11T11:15:00-04:00",
        ),
        ("2025-06-11 to 2025-06-14", "Asia/Hong_Kong", "2025-06-11", "2025-06-14"),
        ("2026-10", "Asia/Tokyo", "2026-10", None),
        ("2025-05-06 23:59", "AoE", "2025-05-06T23:59:00-12:00", None),
    ],
)
def test_it_says_no_more_of_the_time_than_is_known(when, zone, start, end):
    facts = described(makers.event(when, zone))
    assert facts["startDate"] == start
    assert facts.get("endDate") == end


@pytest.mark.parametrize(
    "facts, mode, places",
    [
        ({"online": True}, "OnlineEventAttendanceMode", ["VirtualLocation"]),
        ({"city": "Kyoto", "country": "JP"}, "OfflineEventAttendanceMode", ["Place"]),
        ({"city": "Kyoto", "online": True}, "MixedEventAttendanceMode", ["Place", "VirtualLocation"]),
    ],
)
def test_where_it_can_be_attended(facts, mode, places):
    found = described(makers.event(**facts))
    location = found["location"] if isinstance(found["location"], list) else [found["location"]]
    assert found["eventAttendanceMode"].endswith(mode)
    assert [place["@type"] for place in location] == places


@pytest.mark.parametrize(
    "status, said",
    [
        ("registration-later", "EventScheduled"),
        ("cancelled", "EventCancelled"),
        ("postponed", "EventPostponed"),
    ],
)
def test_its_status(status, said):
    assert described(makers.event(status=status))["eventStatus"].endswith(said)


def test_a_moved_event_says_what_day_it_had():
    event = makers.event("2026-10-05", "Asia/Tokyo")
    event = makers.change(event, when=When.of("2026-11-09", "Asia/Tokyo"))
    facts = described(event)
    assert facts["eventStatus"].endswith("EventRescheduled")
    assert facts["previousStartDate"] == "2026-10-05"
