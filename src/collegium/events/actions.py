"""What staff and the daily round do to events."""

import hashlib

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from collegium.events import ical
from collegium.events.models import CalendarEntry, Event, Recording
from collegium.events.signals import calendar_changed
from collegium.kit import when_field
from collegium.kit.when import When


@transaction.atomic
def stamp_calendar(event: Event) -> CalendarEntry:
    """Tell calendars of `event` as it now stands published: a change raises the sequence, a move is noted."""
    now = timezone.now()
    first = {"fingerprint": "", "when": event.when, "stamped_at": now}
    _, made = CalendarEntry.objects.get_or_create(event_id=event.pk, defaults=first)
    entry = CalendarEntry.objects.select_for_update().get(event_id=event.pk)
    # Read again behind the lock: of two who publish at once, each would tell of her own version only.
    event = Event.objects.get(pk=event.pk)
    entry.moved_from = _moved_from(entry, event.when)
    event.entry = entry
    fingerprint = calendar_fingerprint(event)
    if entry.fingerprint == fingerprint:
        return entry
    entry.sequence += not made
    entry.fingerprint, entry.when, entry.stamped_at = fingerprint, event.when, now
    entry.save()
    if not made:
        calendar_changed.send(sender=Event, event=event, entry=entry)
    return entry


def _moved_from(entry: CalendarEntry, now: When) -> When | None:
    """The time announced before. Only another start is a move: not the day of a month announced, not
    another end, and not the way back."""
    same_start = now.first == entry.when.first and now.precision >= entry.when.precision
    if same_start or now.refines(entry.when):
        return entry.moved_from
    return None if now == entry.moved_from else entry.when


def calendar_fingerprint(event: Event) -> str:
    """A hash of all that a calendar shows of an event."""
    return hashlib.sha256(ical.described(event).to_ical()).hexdigest()


@task()
def recompute_moments() -> int:
    """Bring the derived moments of events and recordings up to the machine's zone data; how many moved."""
    return when_field.recompute(Event) + when_field.recompute(Recording)
