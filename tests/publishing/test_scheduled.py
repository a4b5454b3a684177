import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry
from wagtail.signals import published

import makers
from collegium.desk.password_reset import send_reset_letter
from collegium.events.models import Event
from collegium.mail.actions import send_due
from collegium.publishing import actions, queries
from collegium.publishing.errors import PublicationFailed
from collegium.work import schedule, worker
from collegium.work.priority import PROMPT

pytestmark = pytest.mark.django_db


def scheduled(event, **when):
    for name, moment in when.items():
        setattr(event, name, moment)
    event.save_revision().publish()


def test_what_is_scheduled_is_published_by_the_worker_when_its_moment_has_come():
    event = makers.draft_event()
    scheduled(event, go_live_at=timezone.now() + timedelta(hours=1))
    assert not Event.objects.public().exists()
    assert not queries.is_publication_due()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert queries.is_publication_due()
        assert "publishing.publish_scheduled" in schedule.enqueue_due()
        worker.run(once=True)
        assert Event.objects.public().get() == event
        assert Event.objects.get().entry.sequence == 0
        assert not queries.is_publication_due()


def test_what_has_expired_is_taken_down():
    event = makers.event()
    Event.objects.update(expire_at=timezone.now() - timedelta(minutes=1))
    assert queries.is_publication_due()
    actions.publish_scheduled.call()
    assert not Event.objects.public().exists()
    assert Event.objects.get() == event


def test_a_page_that_has_expired_is_noticed_too():
    page = makers.text_page()
    type(page).objects.update(expire_at=timezone.now() - timedelta(minutes=1))
    assert queries.is_publication_due()


# --- exactly once

HISTORY = "wagtail.publish.scheduled"


@pytest.fixture
def due(transactional_db):
    """Events whose hour of publication has come."""
    events = [makers.draft_event(slug=f"due-{n}") for n in range(4)]
    for event in events:
        scheduled(event, go_live_at=timezone.now() + timedelta(hours=1))
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        yield events


@pytest.fixture
def announced():
    """Which records were announced as published."""
    heard = []

    def hear(instance, **_):
        heard.append(instance.pk)

    published.connect(hear)
    yield heard
    published.disconnect(hear)


def history(event):
    return ModelLogEntry.objects.filter(object_id=event.pk, action=HISTORY).count()


def test_two_late_workers_publish_each_record_once(due, announced):
    together = threading.Barrier(3)
    failures = []

    def work():
        together.wait(10)
        try:
            actions.publish_scheduled.call()
        except PublicationFailed as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    actions.publish_scheduled.call()  # what one left to another that was busy
    assert failures == []
    assert sorted(announced) == sorted(event.pk for event in due)
    assert [history(event) for event in due] == [1, 1, 1, 1]


def test_a_worker_that_looked_before_another_published_publishes_nothing_again(due, announced):
    late = list(queries.due_revisions())
    actions.publish_scheduled.call()
    for revision in late:
        actions._publish(revision)
    assert len(announced) == len(due)
    assert [history(event) for event in due] == [1, 1, 1, 1]


def test_a_publication_that_stops_half_way_is_still_due_and_holds_no_other_up(due, announced):
    broken = due[1]

    def stop(instance, **_):
        if instance.pk == broken.pk:
            raise LookupError("stopped half-way")

    published.connect(stop)
    try:
        with pytest.raises(PublicationFailed, match="stopped half-way"):
            actions.publish_scheduled.call()
    finally:
        published.disconnect(stop)
    assert [revision.content_object for revision in queries.due_revisions()] == [broken]
    assert not Event.objects.get(pk=broken.pk).live
    assert [history(event) for event in due] == [1, 0, 1, 1]
    actions.publish_scheduled.call()
    assert Event.objects.get(pk=broken.pk).live
    assert history(broken) == 1


def test_the_command_of_that_name_does_the_same(due):
    call_command("publish_scheduled")
    assert [history(event) for event in due] == [1, 1, 1, 1]


def test_publishing_and_letters_go_before_the_index():
    """A large pack leaves thousands of index tasks behind."""
    jobs = [send_due, actions.publish_scheduled, send_reset_letter]
    assert {job.priority for job in jobs} == {PROMPT}
    actions.recompute_derived_fields.enqueue()
    actions.publish_scheduled.enqueue()
    assert DBTaskResult.objects.ready().first().task_path == actions.publish_scheduled.module_path
