from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from collegium.audit import triggers
from collegium.audit.models import Entry
from collegium.people import actions, errors, queries
from collegium.people.models import Account, ConsentEvent, ContactPreferenceEvent, Role


@pytest.fixture
def officer(db):
    return Account.objects.create_user("office@society.example")


@pytest.fixture
def lan(officer):
    return actions.create_person(name=" Nguyễn Thị Lan ", by=officer)


def verbs(subject):
    return [entry.verb for entry in Entry.objects.about(subject).order_by("pk")]


def test_a_person_is_recorded_with_who_did_it(lan, officer):
    assert lan.name == "Nguyễn Thị Lan"
    assert Entry.objects.about(lan).by(officer).count() == 1


def test_a_former_name_is_kept(lan, officer):
    lan.name = "Lan Thị Trần"
    actions.change_person(lan, by=officer)
    assert [row.name for row in lan.former_names.all()] == ["Nguyễn Thị Lan"]
    lan.name = "Nguyễn Thị Lan"
    actions.change_person(lan, by=officer)
    assert [row.name for row in lan.former_names.all()] == ["Lan Thị Trần"]
    assert Entry.objects.about(lan).first().facts == {"fields": ["name"]}


def test_an_orcid_entered_by_hand_is_not_proven(officer):
    person = actions.create_person(name="Josiah", orcid="0000-0002-1825-0097", by=officer)
    actions.claim_by_orcid(Account.objects.create_user("jc@lab.example"), orcid=person.orcid)
    person.refresh_from_db()
    person.orcid = "0000-0002-1694-233X"
    assert actions.change_person(person, by=officer).orcid_proven_at is None


def test_the_first_address_gets_the_letters_until_another_is_chosen(lan, officer):
    first = actions.add_email(lan, address="lan@lab.example", by=officer)
    second = actions.add_email(lan, address="Lan@Home.example", by=officer)
    assert (first.is_primary, second.is_primary) == (True, False)
    assert actions.add_email(lan, address="LAN@home.example", by=officer) == second
    actions.set_primary_email(second, by=officer)
    assert lan.primary_email == "lan@home.example"


def test_an_address_that_another_proved_cannot_be_proven(lan, officer):
    actions.prove_email(actions.add_email(lan, address="x@lab.example", by=officer), by=officer)
    other = actions.create_person(name="Kim", by=officer)
    email = actions.add_email(other, address="x@lab.example", by=officer)
    with pytest.raises(errors.AddressTaken, match=r"x@lab\.example"):
        actions.prove_email(email, by=officer)


def test_a_record_is_claimed_by_its_address(lan, officer):
    actions.add_email(lan, address="lan@lab.example", by=officer)
    account = Account.objects.create_user("LAN@lab.example")
    assert actions.claim_by_email(account) == lan
    account.refresh_from_db()
    assert account.person == lan
    assert lan.emails.get().proven_at is not None
    assert "person.claimed" in verbs(lan)
    assert actions.claim_by_email(account) == lan  # twice is harmless


def test_an_address_that_two_records_have_claims_neither(lan, officer):
    other = actions.create_person(name="Kim", by=officer)
    for person in (lan, other):
        actions.add_email(person, address="lab@lab.example", by=officer)
    with pytest.raises(errors.NothingToClaim):
        actions.claim_by_email(Account.objects.create_user("lab@lab.example"))


def test_a_record_with_an_account_is_not_claimed_again(lan, officer):
    actions.add_email(lan, address="lan@lab.example", by=officer)
    Account.objects.create_user("first@lab.example", person=lan)
    with pytest.raises(errors.AlreadyClaimed):
        actions.claim_by_email(Account.objects.create_user("lan@lab.example"))


def test_a_record_is_claimed_by_its_orcid(officer):
    person = actions.create_person(name="Josiah", orcid="0000-0002-1825-0097", by=officer)
    account = Account.objects.create_user("jc@lab.example")
    with pytest.raises(errors.NothingToClaim):
        actions.claim_by_orcid(account, orcid="")
    assert actions.claim_by_orcid(account, orcid="0000-0002-1825-0097") == person
    person.refresh_from_db()
    assert person.orcid_proven_at is not None


def consent(person, purpose, by):
    return actions.give_consent(
        person,
        purpose=purpose,
        text="Send me letters.",
        text_version="7",
        language="en",
        how="form",
        by=by,
    )


def test_the_last_word_on_a_consent_counts(lan, officer):
    assert not queries.has_consented(lan, "newsletter")
    consent(lan, "newsletter", officer)
    assert queries.has_consented(lan, "newsletter")
    actions.withdraw_consent(lan, purpose="newsletter", how="link", by=None)
    assert not queries.has_consented(lan, "newsletter")
    consent(lan, "directory", officer)
    assert [(row.purpose, row.given) for row in queries.consents(lan)] == [
        ("directory", True),
        ("newsletter", False),
    ]


def test_the_last_contact_preference_counts(lan, officer):
    for wanted in (True, False):
        actions.set_contact_preference(lan, subject="events", wanted=wanted, how="account", by=officer)
    assert queries.contact_preferences(lan) == {"events": False}


def test_the_database_refuses_to_change_a_consent(lan, officer):
    event = consent(lan, "newsletter", officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentEvent.objects.filter(pk=event.pk).update(given=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        event.delete()


def test_the_triggers_of_the_room_are_registered(db):
    protected = {rule.table for rule in triggers._registered}
    tables = {ConsentEvent._meta.db_table, ContactPreferenceEvent._meta.db_table}
    assert tables <= protected
    assert triggers.missing(connection) == []


def test_a_role_holds_from_its_start_until_its_end(officer):
    now = timezone.now()
    actions.grant_role(officer, role=Role.EDITOR, by=None, start=now, end=now + timedelta(days=30))
    assert queries.roles_of(officer, now - timedelta(seconds=1)) == set()
    assert queries.roles_of(officer, now) == {"editor"}
    assert queries.roles_of(officer, now + timedelta(days=30)) == set()


def test_a_role_that_is_ended_holds_no_longer(officer):
    grant = actions.grant_role(officer, role=Role.TREASURER, by=None, reason="Elected")
    assert queries.roles_of(officer) == {"treasurer"}
    actions.end_role(grant, by=None, reason="Resigned")
    assert queries.roles_of(officer) == set()
    assert verbs(officer) == ["role.granted", "role.ended"]


def test_a_role_that_has_not_begun_can_be_ended(officer):
    tomorrow = timezone.now() + timedelta(days=1)
    grant = actions.grant_role(officer, role=Role.VIEWER, by=None, start=tomorrow)
    actions.end_role(grant, by=None)
    assert queries.roles_of(officer, tomorrow + timedelta(hours=1)) == set()
