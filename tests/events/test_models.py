from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

import makers
from collegium.events.models import Event
from collegium.kit import when_field
from collegium.kit.when import When

pytestmark = pytest.mark.django_db


def test_order_is_by_the_first_moment_the_more_precise_first():
    month = makers.event("2026-10", "Asia/Tokyo")
    day = makers.event("2026-10-01", "Asia/Tokyo")
    hour = makers.event("2026-10-01 00:00 to 01:00", "Asia/Tokyo")
    year = makers.event("2026", "Asia/Tokyo")
    assert list(Event.objects.in_order()) == [year, hour, day, month]


@pytest.mark.usefixtures("as_of")
def test_what_goes_on_is_upcoming_however_long_ago_it_began():
    for title, when in {
        "Over": "2025-02-01",
        "Next week": "2025-02-20",
        "Going on since a decade": "2015-03-01 to 2025-12-31",
        "Some time this year": "2025",
        "Today": "2025-02-14",
    }.items():
        makers.event(when, "Europe/Lisbon", title=title)
    makers.event("1999-01-01 to 2030-01-01", "UTC", title="Hidden").unpublish()
    assert [event.title for event in Event.objects.public().upcoming()] == [
        "Going on since a decade",
        "Some time this year",
        "Today",
        "Next week",
    ]
    assert not Event.objects.public().upcoming(datetime(2031, 1, 1, tzinfo=UTC)).exists()


def test_an_event_is_past_when_the_last_moment_that_it_can_be_is_past():
    still_on = makers.event("2025-04-03", "America/Los_Angeles")
    over = makers.event("2025-04-03", "Europe/Athens")
    this_month = makers.event("2025-04", "Europe/Athens")
    at = datetime(2025, 4, 3, 22, 0, tzinfo=UTC)  # past midnight in Athens, mid-afternoon in Los Angeles
    assert set(Event.objects.upcoming(at)) == {still_on, this_month}
    assert list(Event.objects.past(at)) == [over]


def test_drafts_are_not_public():
    makers.draft_event()
    assert not Event.objects.public().exists()


def test_the_database_keeps_its_derived_moments():
    event = Event.objects.get(pk=makers.event("2025-06-11 to 2025-06-14", "Asia/Hong_Kong").pk)
    assert event.when == When.of("2025-06-11 to 2025-06-14", "Asia/Hong_Kong")
    assert event.when_first == datetime(2025, 6, 10, 16, tzinfo=UTC)
    assert event.when_last == datetime(2025, 6, 14, 16, tzinfo=UTC)
    assert event.when_precision == 3


def test_an_event_that_ends_before_it_starts_is_refused_by_the_database_too():
    wrong = makers.draft_event("2025-06-11 to 2025-06-14", "UTC")
    wrong.when = When.of("2025-06-14 to 2025-06-11", "UTC")
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()


def test_when_the_zone_data_change_the_wall_time_stays_and_the_moments_follow():
    event = makers.event("2025-03-11 10:00 to 11:15")
    # As if the event had been kept under rules of which the machine has since learnt better.
    Event.objects.filter(pk=event.pk).update(when_first=datetime(2025, 3, 11, 15, tzinfo=UTC))
    assert when_field.recompute(Event) == 1
    again = Event.objects.get(pk=event.pk)
    assert str(again.when) == "2025-03-11T10:00/2025-03-11T11:15[America/New_York]"
    assert again.when_first == datetime(2025, 3, 11, 14, tzinfo=UTC)
    assert when_field.recompute(Event) == 0


def test_a_version_kept_in_the_history_comes_back_with_its_time():
    event = makers.event("2026-10", "Asia/Tokyo")
    first = event.latest_revision
    event = makers.change(event, when=When.of("2026-10-05 to 2026-10-07", "Asia/Tokyo"))
    assert first.as_object().when == When.of("2026-10", "Asia/Tokyo")
    assert event.when == When.of("2026-10-05 to 2026-10-07", "Asia/Tokyo")


def test_an_event_can_be_translated_and_stays_the_same_event():
    english = makers.event(title="Symposium")
    korean = english.copy_for_translation(makers.locale("ko"))
    korean.kind = makers.kind()
    korean.save()
    assert korean.public_id == english.public_id
    assert korean.when == english.when
