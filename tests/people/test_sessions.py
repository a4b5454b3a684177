"""Sessions end without activity and after a day's work; what has ended is cleared."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session

import makers_desk
from collegium.people import actions, sessions

pytestmark = pytest.mark.django_db
MORNING = datetime(2030, 3, 4, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def desk(client, clock):
    account = makers_desk.account("Editors")
    client.post("/admin/login/", {"username": account.email, "password": makers_desk.PASSWORD})
    return client


def is_signed_in(desk):
    return desk.get("/admin/account/").status_code == 200


def test_a_session_ends_without_requests(desk, clock):
    clock.shift(timedelta(minutes=29))
    assert is_signed_in(desk)
    clock.shift(timedelta(minutes=31))
    assert not is_signed_in(desk)


def test_a_session_ends_twelve_hours_after_signing_in(desk, clock):
    for _ in range(12 * 3 - 1):
        clock.shift(timedelta(minutes=20))
        assert is_signed_in(desk)
    clock.shift(timedelta(minutes=20))
    assert not is_signed_in(desk)


def test_what_a_page_asks_by_itself_does_not_keep_a_session(desk, clock):
    clock.shift(timedelta(minutes=20))
    desk.post(f"{sessions.BACKGROUND[0]}1/")
    clock.shift(timedelta(minutes=20))
    assert not is_signed_in(desk)


def test_not_every_request_writes_the_session(desk, clock, django_assert_num_queries):
    clock.shift(timedelta(seconds=30))
    before = Session.objects.get().session_data
    assert is_signed_in(desk)
    assert Session.objects.get().session_data == before


def test_ended_sessions_are_cleared(desk, clock):
    assert actions.clear_expired.call() == 0
    assert Session.objects.count() == 1
    clock.shift(timedelta(hours=1))
    actions.clear_expired.call()
    assert not Session.objects.exists()


def test_public_pages_do_not_read_the_session(desk):
    assert "Cookie" not in desk.get("/en/").headers.get("Vary", "")
