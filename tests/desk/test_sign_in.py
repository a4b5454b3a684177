"""Resetting a password and changing an address at the desk."""

import pytest
from django.urls import reverse

import makers_desk
from collegium.audit.models import Entry
from collegium.desk import sign_in

pytestmark = pytest.mark.django_db
RESET = "/admin/password_reset/"


@pytest.fixture
def editor():
    return makers_desk.account("Editors", first_name="Imara", last_name="Quillfeather")


def test_an_account_gets_at_most_so_many_reset_letters(client, editor, mailoutbox):
    for number in range(sign_in.RESETS_OF_ACCOUNT.attempts + 3):
        answer = client.post(RESET, {"email": "EDITORS@society.example"}, REMOTE_ADDR=f"192.0.2.{number}")
        assert answer.status_code == 302
    assert len(mailoutbox) == sign_in.RESETS_OF_ACCOUNT.attempts


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
