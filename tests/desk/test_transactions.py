"""What the office does is done whole or not at all."""

import pytest
from django.db import connection
from django.urls import reverse
from wagtail import log_actions
from wagtail.actions import publish_revision
from wagtail.models import PageLogEntry, Revision
from wagtail.signals import page_published, published

import makers
from collegium.website.models import TextPage


class StoppedHalfWay(Exception):
    pass


def stop(*_, **__):
    raise StoppedHalfWay


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    makers.home()
    return client


@pytest.fixture
def page(desk):
    page = makers.text_page(title="Before")
    page.save_revision().publish()
    return page


def publish(desk, page, **changes):
    data = {"title": "After", "slug": page.slug, "action-publish": "1", "body-count": "0"}
    lists = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}
    comments = {f"comments-{name}": value for name, value in lists.items()}
    return desk.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), comments | page_fields(page) | data | changes
    )


def page_fields(page):
    return {"layout": page.layout} if hasattr(page, "layout") else {}


def state(page):
    row = TextPage.objects.get(pk=page.pk)
    return row.title, row.live_revision_id, row.latest_revision_id, PageLogEntry.objects.count()


def test_publishing_writes_the_page_its_revision_and_its_history(db, desk, page):
    _, live, _, entries = state(page)
    assert publish(desk, page).status_code == 302
    after = state(page)
    assert after[0] == "After"
    assert after[1] == after[2] != live
    assert after[3] > entries


@pytest.mark.parametrize("signal", [published, page_published])
def test_a_publish_that_stops_half_way_leaves_no_trace(db, desk, page, signal):
    before, revisions = state(page), Revision.objects.count()
    signal.connect(stop)
    try:
        with pytest.raises(StoppedHalfWay):
            publish(desk, page)
    finally:
        signal.disconnect(stop)
    assert (state(page), Revision.objects.count()) == (before, revisions)


def test_a_publish_without_its_history_entry_is_none(db, desk, page, monkeypatch):
    before, revisions = state(page), Revision.objects.count()
    log = log_actions.registry.log

    def stop_at_publish(instance, action, *rest, **facts):
        if action == "wagtail.publish":
            raise StoppedHalfWay
        return log(instance, action, *rest, **facts)

    monkeypatch.setattr(publish_revision, "log", stop_at_publish)
    with pytest.raises(StoppedHalfWay):
        publish(desk, page)
    assert (state(page), Revision.objects.count()) == (before, revisions)


def test_a_failure_is_answered_and_nothing_of_it_stays(transactional_db, desk, page):
    """As on a real server, where nobody catches the exception and the answer is 500."""
    desk.raise_request_exception = False
    before = state(page)
    page_published.connect(stop)
    try:
        assert publish(desk, page).status_code == 500
    finally:
        page_published.disconnect(stop)
    assert state(page) == before
    assert not connection.in_atomic_block


def test_signing_in_holds_no_transaction(transactional_db, client, monkeypatch):
    from collegium.people.backends import ThrottledBackend

    seen = []
    monkeypatch.setattr(
        ThrottledBackend, "authenticate", lambda *_, **__: seen.append(connection.in_atomic_block)
    )
    client.post(reverse("wagtailadmin_login"), {"username": "a@b.example", "password": "x" * 12})
    assert seen == [False]
