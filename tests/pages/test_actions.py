from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

import makers
from collegium.events.models import Event
from collegium.pages import actions, queries
from collegium.work import schedule, worker

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
        assert "pages.publish_scheduled" in schedule.enqueue_due()
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
