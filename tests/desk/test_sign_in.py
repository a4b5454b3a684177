"""Resetting a password and changing an address at the desk."""

import socket

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import makers
import makers_desk
from collegium.audit.models import Entry
from collegium.desk import sign_in
from collegium.mail.models import Letter
from collegium.work import worker

pytestmark = pytest.mark.django_db
RESET = "/admin/password_reset/"


@pytest.fixture
def editor():
    return makers_desk.account("Editors", first_name="Imara", last_name="Quillfeather")


def test_an_account_gets_at_most_so_many_reset_letters(client, editor, mailoutbox):
    for number in range(sign_in.RESETS_OF_ACCOUNT.attempts + 3):
        answer = client.post(RESET, {"email": "EDITORS@society.example"}, REMOTE_ADDR=f"192.0.2.{number}")
        assert answer.status_code == 302
    worker.run(once=True)
    assert len(mailoutbox) == sign_in.RESETS_OF_ACCOUNT.attempts


def test_a_known_and_an_unknown_address_cost_the_same(client, editor, mailoutbox):
    def reset(email):
        with CaptureQueriesContext(connection) as queries:
            assert client.post(RESET, {"email": email}).status_code == 302
        statements = [query["sql"].split("VALUES")[0] for query in queries]
        return [sql.split()[0] if "SAVEPOINT" in sql else sql.split()[:4] for sql in statements]

    reset("first@society.example")  # warms what is asked once
    assert reset("editors@society.example") == reset("nobody@society.example")
    assert mailoutbox == []
    worker.run(once=True)
    (letter,) = mailoutbox
    assert letter.to == ["editors@society.example"]
    assert "/admin/password_reset/confirm/" in letter.body


def test_a_hanging_mail_server_holds_no_reset_up(client, editor, settings):
    settings.EMAIL_BACKEND = "collegium.mail.backends.OutboxBackend"
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.5
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_PORT = silent.getsockname()[1]
        assert client.post(RESET, {"email": "editors@society.example"}).status_code == 302
        assert silent.gettimeout() is None
        silent.settimeout(0)
        with pytest.raises(BlockingIOError):
            silent.accept()  # nobody has even called
        worker.run(once=True)
    letter = Letter.objects.get()
    assert (letter.state, letter.recipients) == ("queued", ["editors@society.example"])
    assert "timed out" in letter.error


def test_sign_in_offers_no_longer_session(client):
    assert 'name="remember"' not in client.get("/admin/login/").content.decode()


def change_address(client, password):
    fields = {"first_name": "Imara", "last_name": "Quillfeather", "email": "new@society.example"}
    posted = {f"name_email-{name}": value for name, value in fields.items()}
    posted |= {"name_email-current_password": password, "locale-current_time_zone": "UTC"}
    posted |= {"theme-theme": "system", "theme-density": "default", "theme-contrast": "system"}
    posted |= {"theme-keyboard_shortcuts": "on"}
    return client.post(reverse("wagtailadmin_account"), posted)


@pytest.mark.parametrize("password", ["", "wrong"])
def test_a_new_address_needs_the_password(client, editor, mailoutbox, password):
    client.force_login(editor)
    assert "Enter your current password" in change_address(client, password).content.decode()
    editor.refresh_from_db()
    assert editor.email == "editors@society.example"
    assert mailoutbox == []


def test_the_old_address_is_told_of_the_new_one(client, editor, mailoutbox):
    client.force_login(editor)
    assert change_address(client, makers_desk.PASSWORD).status_code == 302
    editor.refresh_from_db()
    assert editor.email == "new@society.example"
    (letter,) = mailoutbox
    assert letter.to == ["editors@society.example"]
    assert "new@society.example" in letter.body
    assert Entry.objects.about(editor).filter(verb="account.email_changed").count() == 1


def test_the_password_cannot_be_guessed_there(client, editor):
    client.force_login(editor)
    for _ in range(8):
        change_address(client, "wrong")
    assert "Enter your current password" in change_address(client, makers_desk.PASSWORD).content.decode()


def test_a_link_signs_nobody_out(client, editor):
    client.force_login(editor)
    answer = client.get("/admin/logout/")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert "sessionid" not in answer.cookies
    assert client.get("/admin/account/").status_code == 200
    assert client.post("/admin/logout/").status_code == 302
    assert client.get("/admin/account/").status_code == 302


def test_the_state_of_the_session_is_told(client, editor):
    assert client.get("/admin/session/").status_code == 401
    client.force_login(editor)
    answer = client.get("/admin/session/")
    assert answer.json()["csrf"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", ["/admin/sprite/", "/admin/jsi18n/", "/look/"])
def test_what_is_open_to_everybody_shows_nothing_of_the_society(client, editor, path):
    """Icons, words of scripts and the pattern sheet are the same in every installation, so they stay open."""
    makers.society(name="Society of Quiet Rooms", short_name="SQR")
    makers.text_page(title="Not to be told")
    content = client.get(path).content.decode()
    for private in (editor.email, "Not to be told"):
        assert private not in content
