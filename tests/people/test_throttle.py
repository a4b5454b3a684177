"""Every sign-in passes one throttle, whichever address it is posted to."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.utils import timezone

import makers_desk
from collegium.people import throttle
from collegium.people.models import RateLimitCount
from collegium.people.rate_limits import delete_expired
from scaffold.edges import free_port

pytestmark = pytest.mark.django_db
LOGIN, NAME = "/admin/login/", "editors@society.example"


@pytest.fixture
def editor():
    return makers_desk.account("Editors")


def attempt(client, name=NAME, password="wrong", **where):
    return client.post(LOGIN, {"username": name, "password": password}, **where)


def right(client, name=NAME, **where):
    return attempt(client, name, makers_desk.PASSWORD, **where)


def test_too_many_failures_refuse_even_the_right_password(client, editor):
    for _ in range(throttle.PAIR.attempts):
        assert "didn&#x27;t match" in attempt(client).content.decode()
    html = right(client, "EDITORS@society.example ").content.decode()
    assert "Wait 15 minutes" in html
    assert "_auth_user_id" not in client.session


def test_nobody_can_lock_the_account_of_another_out(client, editor):
    for number in range(throttle.ACCOUNT.attempts + 5):
        attempt(client, REMOTE_ADDR=f"192.0.2.{number}")
    assert right(client, REMOTE_ADDR="198.51.100.1").status_code == 302


def test_an_account_under_attack_gives_each_address_fewer_attempts(client, editor):
    for number in range(throttle.ACCOUNT.attempts):
        attempt(client, REMOTE_ADDR=f"192.0.2.{number}")
    for _ in range(throttle.PAIR_UNDER_ATTACK.attempts):
        assert "Wait" not in attempt(client, REMOTE_ADDR="198.51.100.1").content.decode()
    assert "Wait 15 minutes" in right(client, REMOTE_ADDR="198.51.100.1").content.decode()


def test_another_account_may_sign_in_meanwhile(client, editor, office):
    for _ in range(throttle.PAIR.attempts + 1):
        attempt(client)
    assert right(client, office.email).status_code == 302


def test_one_address_may_not_try_account_after_account(client, editor):
    for number in range(throttle.ADDRESS.attempts):
        attempt(client, f"nobody-{number}@society.example")
    assert "Wait 15 minutes" in right(client).content.decode()
    assert right(client, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_an_office_behind_one_address_may_sign_in_often(client, editor):
    for _ in range(throttle.ADDRESS.attempts + 1):
        assert right(client).status_code == 302
        client.logout()


def test_attempts_are_forgotten_after_a_while(client, editor):
    for _ in range(throttle.PAIR.attempts):
        attempt(client)
    RateLimitCount.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert right(client).status_code == 302


def test_expired_counts_are_deleted(client, editor):
    attempt(client)
    assert delete_expired() == 0
    RateLimitCount.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert delete_expired() == 3


@pytest.mark.parametrize("name", ["ed\u0131tors@society.example", "editor\u017f@society.example"])
def test_every_spelling_that_reaches_an_account_counts_for_it(client, editor, name):
    for _ in range(throttle.PAIR.attempts):
        attempt(client, name)
    reached = right(client, name).status_code == 302
    assert not reached
    if authenticate(None, username=name, password=makers_desk.PASSWORD):
        assert "Wait" in right(client).content.decode()


@pytest.mark.parametrize("prefix", ["", "/en", "/es", "/ar", "/ko", "/ja"])
def test_there_is_no_second_door(client, editor, prefix):
    door = f"{prefix or '/en'}/_util/login/"
    refused = client.post(door, {"username": NAME, "password": makers_desk.PASSWORD})
    assert (refused.status_code, refused["Location"]) == (302, "/admin/login/")
    assert "_auth_user_id" not in client.session
    assert client.get(f"{door}?next=/admin/pages/")["Location"] == "/admin/login/?next=/admin/pages/"


def test_the_throttle_stands_in_the_backend(rf, editor):
    for _ in range(throttle.PAIR.attempts):
        assert authenticate(rf.get("/"), username=NAME, password="wrong") is None
    assert authenticate(rf.get("/"), username=NAME, password=makers_desk.PASSWORD) is None
    assert authenticate(rf.get("/", REMOTE_ADDR="192.0.2.7"), username=NAME, password=makers_desk.PASSWORD)


def test_redis_is_not_needed(client, editor, settings):
    away = {"BACKEND": "collegium.config.caches.Redis", "LOCATION": f"redis://127.0.0.1:{free_port()}/0"}
    settings.CACHES = {**settings.CACHES, "default": away}
    for _ in range(throttle.PAIR.attempts - 1):
        attempt(client)
    assert right(client).status_code == 302
    client.logout()
    for _ in range(throttle.PAIR.attempts):
        attempt(client)
    assert "Wait 15 minutes" in right(client).content.decode()


@pytest.mark.django_db(transaction=True)
def test_parallel_guesses_are_counted(rf):
    makers_desk.account("Editors")

    def guess(_number):
        request = rf.post(LOGIN)
        authenticate(request, username=NAME, password="wrong")
        connection.close()
        return not getattr(request, "sign_in_throttled", False)

    with ThreadPoolExecutor(12) as pool:
        compared = sum(pool.map(guess, range(24)))
    assert compared == throttle.PAIR.attempts


def test_what_a_reader_claims_to_be_counts_only_behind_our_proxy(rf, settings):
    request = rf.get("/", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.4", REMOTE_ADDR="192.0.2.1")
    settings.SECURE_PROXY_SSL_HEADER = None
    assert throttle.client_address(request) == "192.0.2.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert throttle.client_address(request) == "198.51.100.4"


@pytest.mark.parametrize(
    "address, network",
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_one_subscriber_counts_as_one_address(rf, address, network):
    assert throttle.client_network(rf.get("/", REMOTE_ADDR=address)) == network
