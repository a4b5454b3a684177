"""Sign-ins, failures, and changes of address, password and rights stand in the audit record."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

import makers_desk
from collegium.audit.models import Entry
from collegium.people import throttle

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"


@pytest.fixture
def editor():
    return makers_desk.account("Editors", first_name="Imara", last_name="Quillfeather")


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    return client


def verbs(subject):
    return [entry.verb for entry in Entry.objects.about(subject).order_by("pk")]


def last(verb):
    return Entry.objects.filter(verb=verb).order_by("pk").last()


def test_sign_ins_and_failures_are_recorded(client, editor):
    before = Entry.objects.count()
    for password in ("wrong", makers_desk.PASSWORD):
        client.post(LOGIN, {"username": editor.email, "password": password}, REMOTE_ADDR="192.0.2.7")
    client.post("/admin/logout/")
    entries = Entry.objects.order_by("pk")[before:]
    assert [e.verb for e in entries] == ["account.sign_in_failed", "account.signed_in", "account.signed_out"]
    assert entries[0].facts == {"network": "192.0.2.0/24"}


def test_what_was_typed_for_an_unknown_account_is_not_recorded(client):
    client.post(LOGIN, {"username": "my secret", "password": "wrong"})
    assert not Entry.objects.exists()


def test_a_flood_of_refused_attempts_is_recorded_once(client, editor):
    for _ in range(throttle.PAIR.attempts + 5):
        client.post(LOGIN, {"username": editor.email, "password": "wrong"})
    failures = Entry.objects.filter(verb="account.sign_in_failed")
    assert failures.count() == throttle.PAIR.attempts + 1
    assert [e.facts.get("throttled") for e in failures].count(True) == 1


def test_a_changed_password_is_recorded_whoever_changes_it(desk, editor, office):
    fields = {"email": editor.email, "first_name": "Imara", "last_name": "Quillfeather", "is_active": "on"}
    groups = {"groups": [str(group.pk) for group in editor.groups.all()]}
    new = {"password1": "tundra velvet ozone kiwi", "password2": "tundra velvet ozone kiwi"}
    desk.post(reverse("wagtailusers_users:edit", args=[editor.pk]), fields | groups | new)
    assert last("account.password_changed").subject == f"people.account:{editor.pk}"
    assert last("account.password_changed").actor == f"people.account:{office.pk}"


def test_an_administrator_changes_address_and_rights(desk, editor, office, mailoutbox):
    fields = {"email": "new@society.example", "first_name": "Imara", "last_name": "Quillfeather"}
    rights = {"is_active": "on", "is_superuser": "on", "groups": [Group.objects.get(name="Moderators").pk]}
    desk.post(reverse("wagtailusers_users:edit", args=[editor.pk]), fields | rights)
    assert {"rights.granted", "account.rights_changed", "account.email_changed"} <= set(verbs(editor))
    assert last("account.rights_changed").facts == {"is_superuser": True}
    assert "Moderators" in str(last("rights.granted").facts)
    assert last("rights.granted").actor == f"people.account:{office.pk}"
    assert [letter.to for letter in mailoutbox] == [["editors@society.example"]]


def test_rights_of_a_group_are_recorded(office):
    group, permission = Group.objects.get(name="Editors"), Permission.objects.first()
    group.permissions.add(permission)
    group.permissions.remove(permission)
    assert verbs(group) == ["rights.granted", "rights.revoked"]
    assert last("rights.revoked").facts == {"what": [str(permission)]}
