import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

import makers
from collegium.events import presenters
from collegium.events.models import Event
from collegium.kit.when import When

ELSEWHERE = {"status": "registration-elsewhere", "link": "https://register.example/"}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.mark.parametrize(
    "when, facts, tone, label",
    [
        ("2025-03-11 10:00", {}, "later", "Announced"),
        ("2025-03-11 10:00", {"status": "registration-later"}, "later", "Registration opens later"),
        ("2025-03-11 10:00", ELSEWHERE, "open", "Registration elsewhere"),
        ("2025-03-11 10:00", {"status": "full"}, "full", "Full"),
        ("2025-03-11 10:00", {"status": "cancelled"}, "failed", "Cancelled"),
        ("2025-03-11 10:00", {"status": "postponed"}, "closing", "Postponed, no new date yet"),
        ("2025-01-11 10:00", ELSEWHERE, "past", "Past"),
        ("2025-01-11 10:00", {"status": "cancelled"}, "failed", "Cancelled"),
    ],
)
def test_the_state_in_a_shape_and_a_word(when, facts, tone, label):
    state = presenters.state(makers.event(when, **facts))
    assert (state.tone, state.label) == (tone, label)


def test_a_moved_event_says_from_which_day():
    event = makers.event("2025-10-05", "Asia/Tokyo", status="full")
    event = makers.change(event, when=When.of("2025-11-09", "Asia/Tokyo"))
    assert presenters.state(event).label == "Moved from 5 October 2025. Full"


def unsaved(status):
    return Event(title="Autumn", when=When.of("2025-10-05", "Asia/Tokyo"), status=status)


def test_registration_elsewhere_needs_an_address():
    event = unsaved("registration-elsewhere")
    with pytest.raises(ValidationError, match="address where readers register"):
        event.clean()
    assert presenters.state(event).label == "Announced"


@pytest.mark.parametrize(
    "facts, button", [(ELSEWHERE, "Register"), ({"link": "https://event.example/"}, "own website")]
)
def test_only_where_one_can_register_the_button_says_so(client, facts, button):
    makers.events_page()
    makers.event("2025-10-05", "Asia/Tokyo", slug="autumn", **facts)
    html = client.get("/en/events/autumn/").content.decode()
    assert f"{button}</a>" in html
    assert ("Register</a>" in html) == (facts == ELSEWHERE)


@pytest.mark.parametrize("language", ["en", "ar", "es", "ja", "ko"])
def test_no_language_says_that_registration_is_open_where_nobody_can_register(language):
    misleading = {"Open", "التسجيل مفتوح", "Abierto", "受付中", "접수 중"}
    with translation.override(language):
        labels = {presenters.state(unsaved(status)).label for status in Event.Status.values}
    assert not labels & misleading


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
