"""What staff and the daily round do to events."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from collegium.events.models import CalendarEntry, Event
from collegium.events.signals import calendar_changed
from collegium.kit import when_field
from collegium.kit.when import When


@transaction.atomic
def stamp_calendar(event: Event) -> CalendarEntry:
    """Tell calendars of `event` as it now stands published: a change raises the sequence, a move is noted."""
    fingerprint = calendar_fingerprint(event)
    now = timezone.now()
    first = {"fingerprint": fingerprint, "when": event.when, "stamped_at": now}
    CalendarEntry.objects.get_or_create(event_id=event.pk, defaults=first)
    entry = CalendarEntry.objects.select_for_update().get(event_id=event.pk)
    if entry.fingerprint == fingerprint:
        return entry
    entry.sequence += 1
    entry.moved_from = _moved_from(entry, event.when)
    entry.fingerprint, entry.when, entry.stamped_at = fingerprint, event.when, now
    entry.save()
    calendar_changed.send(sender=Event, event=event, entry=entry)
    return entry


def _moved_from(entry: CalendarEntry, now: When) -> When | None:
    """The time announced before. To fill in the day of a month announced is no move, nor is to move back."""
    if now == entry.when or now.refines(entry.when):
        return entry.moved_from
    return None if now == entry.moved_from else entry.when


def calendar_fingerprint(event: Event) -> str:
    """A hash of all that a calendar shows of an event."""
    facts = [
        event.title,
        str(event.when),
        event.status,
        event.online,
        event.venue,
        event.city,
        event.country,
        event.summary,
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


@task()
def recompute_moments() -> int:
    """Bring the derived moments of all events up to the machine's zone data; how many had moved."""
    return when_field.recompute(Event)
