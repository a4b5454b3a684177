import pytest

import makers
from collegium.events import presenters
from collegium.kit.when import When

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.mark.parametrize(
    "when, facts, tone, label",
    [
        ("2025-03-11 10:00", {}, "later", "Announced"),
        ("2025-03-11 10:00", {"status": "open"}, "open", "Open"),
        ("2025-03-11 10:00", {"status": "full"}, "full", "Full"),
        ("2025-03-11 10:00", {"status": "cancelled"}, "failed", "Cancelled"),
        ("2025-03-11 10:00", {"status": "postponed"}, "closing", "Postponed, no new date yet"),
        ("2025-01-11 10:00", {"status": "open"}, "past", "Past"),
        ("2025-01-11 10:00", {"status": "cancelled"}, "failed", "Cancelled"),
    ],
)
def test_the_state_in_a_shape_and_a_word(when, facts, tone, label):
    state = presenters.state(makers.event(when, **facts))
    assert (state.tone, state.label) == (tone, label)


def test_a_moved_event_says_from_which_day():
    event = makers.event("2025-10-05", "Asia/Tokyo", status="open")
    event = makers.change(event, when=When.of("2025-11-09", "Asia/Tokyo"))
    assert presenters.state(event).label == "Moved from 5 October 2025. Open"


@pytest.mark.parametrize(
    "facts, place",
    [
        ({"city": "Kyoto"}, "Kyoto"),
        ({"online": True}, "Online"),
        ({"city": "Kyoto", "online": True}, "Kyoto and online"),
        ({}, ""),
    ],
)
def test_the_place_in_a_line(facts, place):
    assert presenters.place(makers.event(**facts)) == place
