"""Processes that publish are killed at random moments, on the database that the tests run on.

`COLLEGIUM_KILLS=200` asks for more of them than the suite does.
"""

import os
import random
import signal
import time
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, Revision
from wagtail.signals import published

import makers
from collegium.audit import actions as audit
from collegium.audit.models import Entry
from collegium.events.models import Event
from collegium.publishing import actions, queries
from collegium.website.models import TextPage

pytestmark = [pytest.mark.system, pytest.mark.each_database]
KILLS = int(os.environ.get("COLLEGIUM_KILLS", "8"))
BATCH = 6


def started(work):
    """The number of a process of its own that does `work`."""
    connections.close_all()
    pid = os.fork()
    if not pid:
        try:
            work()
        finally:
            os._exit(0)
    return pid


def killed(pid):
    """Kill the process; whether it was still at work."""
    os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1] == signal.SIGKILL


@pytest.fixture
def announced(transactional_db):
    """Each announcement of a publication becomes an entry of the record, in its transaction."""

    def note(instance, **_):
        audit.record("tests.announced", subject=instance)

    published.connect(note)
    yield
    published.disconnect(note)


def schedule_batch():
    """Some events whose moment is past. Wagtail would publish a past one at once, so it is moved there."""
    past = timezone.now() - timedelta(minutes=1)
    for _ in range(BATCH):
        event = makers.draft_event()
        event.go_live_at = timezone.now() + timedelta(hours=1)
        event.save_revision().publish()
        revision = event.latest_revision
        revision.content["go_live_at"] = past.isoformat()
        Revision.objects.filter(pk=revision.pk).update(content=revision.content, approved_go_live_at=past)


def test_scheduled_publications_under_kill_are_neither_lost_nor_done_twice(announced):
    chance = random.Random(7)
    kills = 0
    while kills < KILLS:
        if not queries.is_publication_due():
            schedule_batch()
        workers = [started(actions.publish_scheduled.call) for _ in range(2)]
        for pid in workers:
            time.sleep(chance.uniform(0, 0.15))
            kills += killed(pid)
    actions.publish_scheduled.call()
    events = Event.objects.all()
    assert [event.pk for event in events if not event.live] == []
    history = ModelLogEntry.objects.filter(action="wagtail.publish.scheduled")
    assert sorted(int(entry.object_id) for entry in history) == sorted(event.pk for event in events)
    # The first announcement is that of the schedule, the second that of the publication.
    counts = {event.pk: Entry.objects.about(event).filter(verb="tests.announced").count() for event in events}
    assert set(counts.values()) == {2}


def test_publishing_by_hand_under_kill_is_whole_or_not_done(transactional_db, client, office, tmp_path):
    client.force_login(office)
    makers.home()
    page = makers.text_page(title="0")
    page.save_revision().publish(user=office)
    answers = tmp_path / "answers"
    answers.touch()
    chance, kills, tries = random.Random(7), 0, 0
    while kills < KILLS:
        tries += 1
        pid = started(partial(answered, client, page, str(tries), answers))
        time.sleep(chance.uniform(0.02, 0.4))
        kills += killed(pid)
        check_whole(page, answers)


def answered(client, page, title, answers):
    """Publish, and note the answer as a browser would have seen it."""
    form = {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    form |= {"comments-MAX_NUM_FORMS": "1000", "body-count": "0", "layout": page.layout, "slug": page.slug}
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(url, form | {"title": title, "action-publish": "1"})
    if answer.status_code == 302:
        answers.write_text(title)


def check_whole(page, answers):
    row = TextPage.objects.get(pk=page.pk)
    assert row.live_revision_id == row.latest_revision_id, "a draft is left of a publish that was cut off"
    assert row.live_revision.as_object().title == row.title
    assert int(row.title) >= int(answers.read_text() or 0), "an answered publish is lost"
    entries = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish")
    assert entries.filter(revision=row.live_revision_id).count() == 1, "the history lacks the publish"
    assert set(Revision.objects.for_instance(row).values_list("pk", flat=True)) == set(
        entries.values_list("revision", flat=True)
    )
