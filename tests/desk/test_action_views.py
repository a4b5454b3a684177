"""The office calls an event off by the room's verb, through the desk's one screen for verbs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

import makers
import makers_desk
from collegium.audit.models import Entry
from collegium.events import actions, errors
from collegium.events.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]
NOTE = "The hall burned down; tickets are paid back."


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    makers.events_page()
    return client


def screen(event):
    return reverse("desk:call_event_off", args=[event.pk])


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_an_event_is_called_off_for_readers_and_calendars(desk, status):
    event = makers.event("2025-06-11 to 2025-06-14", "Asia/Hong_Kong", slug="meeting")
    answer = desk.post(screen(event), {"status": status, "note": NOTE}, follow=True)
    assert "calendar feeds show it" in answer.content.decode()
    assert NOTE in desk.get("/en/events/meeting/").content.decode()
    feed = desk.get("/en/events/calendar.ics").content.decode()
    assert "STATUS:CANCELLED" in feed
    assert "SEQUENCE:1" in feed
    assert "The hall burned down" in feed.replace("\r\n ", "")
    entry = Entry.objects.exclude(verb__startswith="account.").get()
    assert (entry.verb, entry.subject_name) == ("event.called_off", event.title)
    assert entry.facts == {"status": status, "note": NOTE}


def test_a_draft_of_somebody_stays_a_draft(office):
    event = makers.event("2025-06-11", "Asia/Hong_Kong", title="As published")
    makers_desk.left_as_draft(event, days=1, title="Not to be seen yet")
    off = actions.call_off(event, status=Event.Status.CANCELLED, by=office)
    assert (off.title, off.status, off.has_unpublished_changes) == ("As published", "cancelled", True)
    draft = off.get_latest_revision_as_object()
    assert (draft.title, draft.status) == ("Not to be seen yet", "cancelled")


def test_what_is_refused_is_told_and_what_was_typed_is_kept(desk):
    event = makers.event("2025-06-11", "Asia/Hong_Kong", status="cancelled")
    html = desk.post(screen(event), {"status": "cancelled", "note": NOTE}).content.decode()
    assert "already marked “Cancelled”" in html
    assert f'value="{NOTE}"' in html
    assert not Entry.objects.exclude(verb__startswith="account.").exists()


def refused(event, by):
    with pytest.raises(errors.Refusal) as caught:
        actions.call_off(event, status=Event.Status.CANCELLED, by=by)
    return type(caught.value)


def test_a_draft_cannot_be_called_off(office):
    assert refused(makers.draft_event(), office) is errors.NotAnnounced


def test_what_is_over_stays_as_it_was(office):
    assert refused(makers.event("2024-06-11", "Asia/Hong_Kong"), office) is errors.EventPast


def test_a_version_that_is_still_to_come_would_undo_it(office):
    event = makers.event("2025-06-11", "Asia/Hong_Kong")
    event.go_live_at = timezone.now() + timedelta(days=2)
    event.save_revision().publish()
    assert refused(event, office) is errors.ChangeScheduled


def test_what_a_colleague_has_locked_is_left_alone(office):
    event = makers.event("2025-06-11", "Asia/Hong_Kong")
    event.locked, event.locked_by = True, makers_desk.account("Moderators")
    event.save()
    assert refused(event, office) is errors.EventLocked


@pytest.mark.parametrize("groups, status", [(["Editors"], 302), (["Moderators"], 200), ([], 302)])
def test_only_who_may_publish_may_call_off(client, groups, status):
    event = makers.event("2025-06-11", "Asia/Hong_Kong")
    client.force_login(makers_desk.account(*groups))
    assert client.get(screen(event)).status_code == status
    if status != 200:
        client.post(screen(event), {"status": "cancelled"})
        assert Event.objects.get().status == "announced"


def test_the_ways_to_it_are_where_it_would_do_something(desk):
    coming = makers.event("2025-06-11", "Asia/Hong_Kong")
    past = makers.event("2024-06-11", "Asia/Hong_Kong")
    draft = makers.draft_event("2025-07-11")
    listing = desk.get(reverse("wagtailsnippets_events_event:list")).content.decode()
    for event, offered in ((coming, True), (past, False), (draft, False)):
        form = desk.get(reverse("wagtailsnippets_events_event:edit", args=[event.pk])).content.decode()
        assert (screen(event) in listing, screen(event) in form) == (offered, offered)
