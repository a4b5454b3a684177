"""What staff do to events, and what publishing does to their calendar entries."""

import hashlib

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from collegium.events import errors, ical
from collegium.events.models import CalendarEntry, Event
from collegium.kit.when import When


@transaction.atomic
def call_off(event: Event, *, status: Event.Status, note: str = "", by: Model) -> Event:
    """Mark `event` as postponed or cancelled, with a note, and publish that.

    Other changes of a draft stay a draft. Raises a Refusal if the event is unpublished, over, already so
    marked, locked, or scheduled to change.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    _ensure_can_call_off(event, status, by)
    draft = event.get_latest_revision_as_object() if event.has_unpublished_changes else None
    event.status, event.status_note = status, note
    event.save_revision(user=by, log_action=True, clean=False).publish(user=by)
    if draft:
        draft.status, draft.status_note = status, note
        draft.save_revision(user=by, clean=False)
    return Event.objects.get(pk=event.pk)


def _ensure_can_call_off(event: Event, status: Event.Status, by: Model) -> None:
    if not event.live:
        raise errors.NotAnnounced(event.title)
    if event.is_past:
        raise errors.EventPast(event.title)
    if event.status == status:
        raise errors.AlreadyOff(event.title, event.get_status_display())
    if event.revisions.filter(approved_go_live_at__isnull=False).exists():
        raise errors.ChangeScheduled(event.title)
    lock = event.get_lock()
    if lock and lock.for_user(by):
        raise errors.EventLocked(event.title)


@transaction.atomic
def update_calendar_entry(event: Event) -> CalendarEntry:
    """Bring the calendar entry up to the published `event`. A change raises the sequence; a move is noted."""
    now = timezone.now()
    first = {"fingerprint": "", "when": event.when, "changed_at": now}
    _, made = CalendarEntry.objects.get_or_create(event_id=event.pk, defaults=first)
    entry = CalendarEntry.objects.select_for_update().get(event_id=event.pk)
    # Load it again behind the lock: of two who publish at once, each knows only her own version.
    event = Event.objects.get(pk=event.pk)
    entry.moved_from = _moved_from(entry, event.when)
    event.entry = entry
    fingerprint = calendar_fingerprint(event)
    if entry.fingerprint == fingerprint:
        return entry
    entry.sequence += not made
    entry.fingerprint, entry.when, entry.changed_at = fingerprint, event.when, now
    entry.save()
    return entry


def _moved_from(entry: CalendarEntry, now: When) -> When | None:
    """The time announced before, if the start has moved. A more exact day, another end or a move back to
    the announced time is no move."""
    same_start = now.first == entry.when.first and now.precision >= entry.when.precision
    if same_start or now.refines(entry.when):
        return entry.moved_from
    return None if now == entry.moved_from else entry.when


def calendar_fingerprint(event: Event) -> str:
    """A hash of what a calendar shows of an event."""
    return hashlib.sha256(ical.event_component(event).to_ical()).hexdigest()
