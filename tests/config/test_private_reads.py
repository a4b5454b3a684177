"""Public pages that read private tables: not stored, unless the room declares the figure."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.http import HttpResponse

from collegium.audit.models import Entry
from collegium.config import invalidation
from collegium.config.shared_cache import PrivateRead, SharedCacheMiddleware
from collegium.kit import public_figures
from collegium.kit.public_figures import public_figure

pytestmark = pytest.mark.django_db
MARK = "X-Collegium-Until"


def respond(rf, view):
    return SharedCacheMiddleware(lambda request: HttpResponse(str(view())))(rf.get("/en/events/"))


def test_a_test_fails_where_a_public_page_reads_a_private_table(rf):
    with pytest.raises(PrivateRead, match="/en/events/ reads audit_entry"):
        respond(rf, Entry.objects.count)


def test_such_a_page_is_stored_nowhere(rf, settings, caplog):
    settings.RAISE_ON_PRIVATE_READ = False
    with caplog.at_level(logging.ERROR, "collegium.cache"):
        response = respond(rf, Entry.objects.count)
    assert response["Cache-Control"] == "private, no-store"
    assert MARK not in response
    assert "audit_entry" in caplog.text


def test_a_join_is_a_read_too(rf):
    from collegium.events.models import Event

    with pytest.raises(PrivateRead, match="people_account"):
        respond(rf, lambda: list(Event.objects.select_related("owner")))


def test_a_declared_figure_may_be_shown(rf):
    def places_left():
        with public_figure("audit_entry"):
            return Entry.objects.count()

    assert MARK in respond(rf, places_left)
    with pytest.raises(PrivateRead, match="reads audit_entry"):  # the declaration ends with its block
        respond(rf, lambda: places_left() + Entry.objects.count())
    with pytest.raises(PrivateRead, match="reads people_account"):  # and covers what it names
        respond(rf, lambda: _declared_for_another_table())


def _declared_for_another_table():
    from collegium.people.models import Account

    with public_figure("audit_entry"):
        return Account.objects.count()


def test_a_figure_with_a_longest_age_ends_the_page_then(rf):
    def signatories():
        with (
            public_figure("audit_entry", max_age=timedelta(minutes=10)),
            public_figure("audit_entry", max_age=timedelta(seconds=5)),
        ):
            return Entry.objects.count()

    began = datetime.now(UTC).timestamp()
    until = float(respond(rf, signatories)[MARK])  # in milliseconds, rounded
    assert began - 0.001 <= until - 5 <= datetime.now(UTC).timestamp() + 0.001


@pytest.mark.django_db(transaction=True)
def test_a_room_says_when_its_figure_has_changed():
    version = invalidation.content_version()
    before = version.read()
    with transaction.atomic():
        public_figures.figure_changed.send(sender=Entry)
        public_figures.figure_changed.send(sender=Entry)
        assert version.read() == before
    assert version.read() == before + 1
    public_figures.figure_changed.send(sender=Entry)
    assert version.read() == before + 2
