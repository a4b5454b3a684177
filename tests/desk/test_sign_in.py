import pytest
from django.core.cache import cache

import makers_desk
from collegium.desk import sign_in

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def editor():
    return makers_desk.account("Editors")


def attempt(client, name="editors@society.example", password="wrong", **where):
    return client.post(LOGIN, {"username": name, "password": password}, **where)


def test_who_fails_too_often_waits_even_with_the_right_password(client, editor):
    for _ in range(sign_in.TRIES["account"]):
        assert "didn&#x27;t match" in attempt(client).content.decode()
    html = attempt(client, "EDITORS@society.example ", makers_desk.PASSWORD).content.decode()
    assert "Wait 15 minutes" in html
    assert "_auth_user_id" not in client.session


def test_another_account_may_sign_in_meanwhile(client, editor, office):
    for _ in range(sign_in.TRIES["account"] + 1):
        attempt(client)
    assert attempt(client, office.email, makers_desk.PASSWORD).status_code == 302


def test_one_address_may_not_try_account_after_account(client, editor):
    for number in range(sign_in.TRIES["address"]):
        attempt(client, f"nobody-{number}@society.example")
    assert "Wait 15 minutes" in attempt(client, password=makers_desk.PASSWORD).content.decode()
    elsewhere = attempt(client, password=makers_desk.PASSWORD, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_a_success_forgets_the_failures_of_the_account(client, editor):
    for _ in range(2):
        for _ in range(sign_in.TRIES["account"] - 1):
            attempt(client)
        assert attempt(client, password=makers_desk.PASSWORD).status_code == 302
        client.logout()


def test_what_a_reader_claims_to_be_counts_only_behind_our_proxy(rf, settings):
    request = rf.get("/", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.4", REMOTE_ADDR="192.0.2.1")
    settings.SECURE_PROXY_SSL_HEADER = None
    assert sign_in._address(request) == "192.0.2.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert sign_in._address(request) == "198.51.100.4"
