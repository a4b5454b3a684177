import threading

import pytest
from django.db import connection

import makers
from collegium.events import actions
from collegium.events.models import CalendarEntry, Event
from collegium.kit.when import When


def tokyo(text):
    return When.of(text, "Asia/Tokyo")


@pytest.fixture
def event(db):
    return makers.event("2026-10", "Asia/Tokyo", title="Kyoto Symposium")


def test_the_first_publication_makes_the_entry(event):
    assert event.entry.sequence == 0
    assert event.entry.when == event.when
    assert event.moved_from is None


def test_a_draft_tells_calendars_nothing(event):
    draft = event.get_latest_revision_as_object()
    draft.title = "Another title"
    draft.save_revision()
    assert CalendarEntry.objects.get(event=event).sequence == 0


def test_publishing_again_without_a_change_leaves_the_sequence(event):
    assert makers.change(event).entry.sequence == 0
    assert makers.change(event, motif="plate").entry.sequence == 0


@pytest.mark.parametrize(
    "change",
    [
        {"title": "New"},
        {"city": "Kyoto"},
        {"status": "cancelled"},
        {"summary": "New"},
        {"body": "<p>New</p>"},
    ],
)
def test_every_change_that_calendars_show_raises_the_sequence(event, change):
    assert makers.change(event, **change).entry.sequence == 1


def test_a_day_within_the_month_announced_is_told_but_is_no_move(event):
    event = makers.change(event, when=tokyo("2026-10-05 to 2026-10-07"))
    assert event.entry.sequence == 1
    assert event.moved_from is None


def test_another_day_is_a_move_and_moving_back_is_none(event):
    makers.change(event, when=tokyo("2026-10-05"))
    moved = makers.change(event, when=tokyo("2026-11-09"))
    assert moved.moved_from == tokyo("2026-10-05")
    assert makers.change(event, title="Still moved").moved_from == tokyo("2026-10-05")
    back = makers.change(event, when=tokyo("2026-10-05"))
    assert back.moved_from is None
    assert back.entry.sequence == 4


def test_publishing_without_a_change_leaves_the_sequence(event):
    makers.change(event, title="New")
    assert makers.change(event).entry.sequence == 1


def test_another_kind_or_topic_is_told_too(event):
    assert makers.change(event, kind=makers.kind("symposium")).entry.sequence == 1
    assert makers.change(event, topics=[makers.topic()]).entry.sequence == 2


@pytest.mark.parametrize(
    "before, after",
    [
        ("2025-03-11 10:00 to 11:15", "2025-03-11 10:00 to 11:30"),
        ("2025-06-11 to 2025-06-14", "2025-06-11 to 2025-06-15"),
        ("2025-03-11", "2025-03-11 00:00 to 01:00"),
    ],
)
def test_another_end_is_told_but_is_no_move(db, before, after):
    event = makers.event(before, "Asia/Tokyo")
    event = makers.change(event, when=tokyo(after))
    assert event.entry.sequence == 1
    assert event.moved_from is None


def test_to_take_back_the_day_is_a_move_also_from_the_first_of_the_month(db):
    event = makers.event("2026-10-01", "Asia/Tokyo")
    assert makers.change(event, when=tokyo("2026-10")).moved_from == tokyo("2026-10-01")


def test_of_publications_at_the_same_moment_the_last_is_told(transactional_db):
    event = makers.event("2025-07-01", "Asia/Tokyo")
    together, failures = threading.Barrier(4), []

    def publish(number):
        mine = Event.objects.get(pk=event.pk)
        mine.when = tokyo(f"2025-07-{10 + number}")
        revision = mine.save_revision()
        together.wait(10)
        try:
            revision.publish()
        except Exception as failure:  # noqa: BLE001 told by the assertion below
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    entry, now = CalendarEntry.objects.get(event=event), Event.objects.get(pk=event.pk)
    assert entry.when == now.when
    assert entry.moved_from != now.when
    assert entry.fingerprint == actions.calendar_fingerprint(now)
